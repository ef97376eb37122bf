// HTTP servers for tests, on a free port of 127.0.0.1.
import { once } from "node:events";
import {
  createServer,
  type IncomingHttpHeaders,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface Started {
  /** Without a trailing slash. */
  url: string;
  port: number;
  server: Server;
  /** Stops it, open connections included. It may be called twice. */
  close: () => Promise<void>;
}

/** Starts a server, or one around a listener, which the caller closes. */
export async function started(listener: RequestListener | Server): Promise<Started> {
  const server = (typeof listener === "function" ? createServer(listener) : listener).listen({
    port: 0,
    host: "127.0.0.1",
    backlog: 4096,
  });
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, port, server, close };
}

/** Starts a server for one test: it is closed when the test ends. */
export async function listen(listener: RequestListener | Server): Promise<Started> {
  const one = await started(listener);
  onTestFinished(one.close);
  return one;
}

/** A request as it came over the wire. */
export interface Received {
  method: string;
  /** With the query string. */
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** How a recording server answers. `number` counts the requests from 1. */
export type Answer = (response: ServerResponse, received: Received, number: number) => void;

/** Starts a server for one test that keeps what it is sent. */
export async function record(answer: Answer): Promise<Started & { received: Received[] }> {
  const received: Received[] = [];
  const one = await listen(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = "", url: path = "", headers } = request;
    const sent = { method, path, headers, body: Buffer.concat(chunks) };
    received.push(sent);
    answer(response, sent, received.length);
  });
  return { ...one, received };
}

/** A header of a request; empty when it has none. */
export const header = ({ headers }: Received, name: string) => String(headers[name.toLowerCase()] ?? "");

/** Answers with JSON. */
export const json = (status: number, body: unknown) => text(status, JSON.stringify(body), "application/json");

/** Answers with a text, with a content length or in chunks. */
export function text(status: number, body: string, type: string, length = true): (response: ServerResponse) => void {
  return (response) => {
    response.writeHead(status, {
      "content-type": type,
      ...(length && { "content-length": Buffer.byteLength(body) }),
    });
    response.end(body);
  };
}
