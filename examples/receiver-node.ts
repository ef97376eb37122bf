// The receiver on Node's own http server.
// #region node
import { createServer } from "node:http";
import { toNodeListener } from "snap-bi-contract/server";
import { handler } from "./notifications.ts";

export const server = createServer(toNodeListener(handler)).listen(process.env.PORT ?? 8080);
// #endregion
