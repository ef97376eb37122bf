// The receiver in Express 5. It comes before every body parser: the signature covers the bytes as they came.
import express from "express";
import { toNodeListener } from "snap-bi-contract/node";
import { handler } from "./notifications.ts";

const app = express();
app.use("/v1.0", toNodeListener(handler));
app.use(express.json());

export const server = app.listen(process.env.PORT ?? 8080);
