// The receiver on Node's own http server.
import { createSnapServer } from "snap-bi-contract/node";
import { handler } from "./notifications.ts";

export const server = createSnapServer(handler);
export const url = await server.listen(Number(process.env.PORT ?? 8080));
process.once("SIGTERM", () => server.close());
