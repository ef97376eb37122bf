// Stands before the mock and remembers what a client really sent, so that each tool is held to the sample it was given.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { type Call, type Tolerance, told } from "./calls.ts";

/** What came from a client. */
export interface Received {
  path: string;
  prefer: string;
  body: string;
}

/** A gateway before the mock, for one tool. */
export interface Gateway {
  url: string;
  received: Received[];
  close(): Promise<void>;
}

/** Headers of one connection, which a gateway does not pass on. */
const HOP = new Set([
  "connection",
  "host",
  "content-length",
  "transfer-encoding",
  "expect",
  "keep-alive",
  "upgrade",
  "http2-settings",
]);

export async function startGateway(mock: string): Promise<Gateway> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    pass(request, response).catch((error: Error) => response.writeHead(502).end(String(error.cause ?? error)));
  });
  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const path = request.url ?? "";
    const headers = Object.entries(request.headers).filter(([name]) => !HOP.has(name)) as [string, string][];
    received.push({ path, prefer: String(request.headers.prefer ?? ""), body: body.toString() });
    const init = request.method === "POST" ? { body } : {};
    const answer = await fetch(mock + path, { method: request.method ?? "GET", headers, ...init });
    response.writeHead(answer.status, [...answer.headers].filter(([name]) => !HOP.has(name)).flat());
    response.end(Buffer.from(await answer.arrayBuffer()));
  }
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Checks that each sample arrived unchanged, once for each answer asked for. */
export function checkReceived(calls: readonly Call[], received: readonly Received[], tolerance: Tolerance = {}): void {
  for (const [index, { operationId, path, prefer, body }] of calls.entries()) {
    const { body: sent = "null", ...its } = received[index] ?? {};
    const expected = { path, prefer, body: told(body, tolerance) };
    const message = `${operationId}, ${prefer}: what was sent differs from the published sample`;
    assert.deepEqual({ ...its, body: told(JSON.parse(sent), tolerance) }, expected, message);
  }
  assert.equal(received.length, calls.length, "each call must be sent once");
}
