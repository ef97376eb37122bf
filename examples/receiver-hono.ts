// The receiver in Hono, and so in Bun, Deno and Cloudflare Workers: a web-standard Request in, a Response out.
import { Hono } from "hono";
import { handler } from "./notifications.ts";

export const app = new Hono();
app.post("/v1.0/*", ({ req }) => handler(req.raw));
