// Lets Node's http server call a receiver.
import type { IncomingMessage, ServerResponse } from "node:http";

/** Methods that a web-standard Request cannot carry. A receiver refuses them as it does GET. */
const FORBIDDEN = new Set(["CONNECT", "TRACE", "TRACK"]);

/**
 * Turns a receiver into a listener for `http.createServer`. It reads no more of a body than the receiver accepts.
 * @param handler what createSnapHandler returns, or any function from Request to Response with a `maxBodyBytes`
 * @example http.createServer(toNodeListener(handler)).listen(8080)
 */
export function toNodeListener(
  handler: ((request: Request) => Promise<Response>) & { readonly maxBodyBytes: number },
): (incoming: IncomingMessage, outgoing: ServerResponse) => void {
  return (incoming, outgoing) => {
    serve(handler, incoming, outgoing).catch(() => outgoing.destroy());
  };
}

async function serve(
  handler: ((request: Request) => Promise<Response>) & { readonly maxBodyBytes: number },
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const body = await readUpTo(incoming, handler.maxBodyBytes);
  const response = await handler(requestOf(incoming, body));
  const text = await response.text();
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) outgoing.setHeader(name, value);
  // what was not read is still on its way and must not be taken for the next request
  if (!incoming.complete) outgoing.setHeader("connection", "close");
  outgoing.end(text);
}

function requestOf({ method = "GET", url = "/", headers }: IncomingMessage, body: Buffer): Request {
  const allowed = FORBIDDEN.has(method) ? "GET" : method;
  const init: RequestInit = { method: allowed, headers: headers as Record<string, string> };
  if (allowed !== "GET" && allowed !== "HEAD") init.body = body;
  return new Request(`http://localhost${pathOf(url)}`, init);
}

/** The path and query of a request's target. The Host header is left out of it: it may hold what changes the path. */
function pathOf(target: string): string {
  if (target.startsWith("/")) return target;
  // a proxy's form is a whole URL; "*" is no path, and neither is any operation
  if (!/^https?:\/\//i.test(target) || !URL.canParse(target)) return "/";
  const { pathname, search } = new URL(target);
  return pathname + search;
}

/** The body's bytes; where they are more than the limit, as many as it takes to tell. */
async function readUpTo(incoming: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > limit) break;
  }
  return Buffer.concat(chunks);
}
