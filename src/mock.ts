// The mock server: Prism behind Node's http, and the documentation page beside it.
import { existsSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createPrism, type PrismReply } from "./prism.ts";
import { snapTimestamp } from "./time.ts";

/** How to start the mock. */
export interface MockOptions {
  /** The bundled contract, `generated/openapi.yaml`. */
  contract: string;
  /** The documentation page, served under `/docs`. */
  docs: string;
  /** Port to listen on; 0 takes a free one. */
  port: number;
  /** Address to listen on. */
  host: string;
  /** Called once a request with one line that says what was answered and why. */
  log?: (line: string) => void;
}

/** A running mock. */
export interface Mock {
  /** Where it listens, without a trailing slash, such as `http://127.0.0.1:4010`. */
  url: string;
  /** Stops it, open connections included. */
  close(): Promise<void>;
}

/** Prism's own limit. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;

/**
 * Starts the mock.
 * @throws Error with `code` `EADDRINUSE`, `EACCES` or `EADDRNOTAVAIL` when it cannot listen
 */
export async function startMock({ contract, docs, port, host, log = () => {} }: MockOptions): Promise<Mock> {
  const prism = await createPrism(contract);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // not by URL, which takes `//host/path` for another host's and refuses what a client may well send
    const [pathname = "/", query] = (request.url ?? "/").split(/\?(.*)/s);
    if (/^(GET|HEAD)$/.test(request.method ?? "") && /^\/docs\/?$/.test(pathname)) return serveDocs(response);

    const raw = await readBody(request);
    const input = {
      method: (request.method ?? "GET").toLowerCase() as "post",
      // an absolute target or `*` is no path, and no operation
      url: { path: pathname.startsWith("/") ? pathname : "/", query: Object.fromEntries(new URLSearchParams(query)) },
      headers: request.headers as Record<string, string>,
    };
    const body = raw === undefined ? undefined : parseJson(raw);
    const reply = body
      ? await prism.answer({ ...input, body: body.value })
      : await prism.answerWith(input, 400, "BadRequest");
    send(response, reply);
    const why = body ? reply.violations.join("; ") : "the body is not JSON, or larger than 10 MB";
    log(`${request.method} ${pathname} ${reply.status} ${codeOf(reply)}${why && ` (${why})`}`);
  }

  function serveDocs(response: ServerResponse): void {
    const found = existsSync(docs);
    response.writeHead(found ? 200 : 404, { "content-type": `text/${found ? "html" : "plain"}; charset=utf-8` });
    response.end(found ? readFileSync(docs) : "The page has not been built yet: npm run docs\n");
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: Error) => {
      log(`${request.method} ${request.url} 500 ${error.message}`);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const { port: actualPort } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${actualPort}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

/** The body's bytes, or undefined when there are more than the limit. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return size > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks);
}

/** The parsed body; no body at all is the value null, as Prism has it. */
function parseJson(raw: Buffer): { value: unknown } | undefined {
  if (raw.length === 0) return { value: null };
  try {
    return { value: JSON.parse(raw.toString("utf8")) };
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, { status, headers, body, violations }: PrismReply): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.setHeader("X-TIMESTAMP", snapTimestamp(new Date()));
  // violations name the contract's own fields and rules, which are ASCII
  if (violations.length) response.setHeader("sl-violations", JSON.stringify(violations).slice(0, 8000));
  response.statusCode = status;
  response.end(JSON.stringify(body));
}

function codeOf({ body }: PrismReply): string {
  return typeof body === "object" && body !== null && "responseCode" in body ? String(body.responseCode) : "";
}
