// The receiver in Fastify. Its routes get the raw request, which no parser of Fastify's has read.
import fastify from "fastify";
import { toNodeListener } from "snap-bi-contract/node";
import { handler } from "./notifications.ts";

const listener = toNodeListener(handler);

export const app = fastify();
app.register(async (snap) => {
  snap.removeAllContentTypeParsers();
  snap.addContentTypeParser("*", (_request, _payload, done) => done(null));
  snap.post("/v1.0/*", (request, reply) => {
    reply.hijack();
    listener(request.raw, reply.raw);
  });
});
