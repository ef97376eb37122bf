// Lets Node's http server call a receiver.
import type { IncomingMessage, ServerResponse } from "node:http";

/** Methods that a web-standard Request cannot carry. A receiver refuses them as it does GET. */
const FORBIDDEN = new Set(["CONNECT", "TRACE", "TRACK"]);

/** The longest body that is taken in for a caller to get its answer, though it is too long for the receiver. */
const TAKEN_IN = 1_048_576;

/** What stood in the request line, for a Request writes it anew: a quote of the query as %27, a path without its dots. */
const targets = new WeakMap<Request, string>();

/** Path and query of a Request as they came over the wire; undefined for one that did not come through {@link toNodeListener}. */
export function wireTargetOf(request: Request): string | undefined {
  return targets.get(request);
}

/** Path and query in a request line's target, character for character; `/` where there are none. */
export function targetIn(target: string): string {
  if (target.startsWith("/")) return target;
  // a proxy's form is a whole URL; "*" is no path, and neither is any operation
  const rest = /^https?:\/\/[^/?#]*(\/.*)$/is.exec(target)?.[1];
  return rest ?? "/";
}

/**
 * Turns a receiver into a listener for `http.createServer`, or for Express before its body parsers. It reads no more of a body than
 * the receiver accepts.
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
  const response = await handler(requestOf(incoming, await bodyOf(incoming, handler.maxBodyBytes)));
  const text = await response.text();
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) outgoing.setHeader(name, value);
  // Node takes in what was not read, and whoever writes all of it before reading gets the answer; more is not worth waiting for
  const isShort = Number(incoming.headers["content-length"]) <= TAKEN_IN;
  if (!incoming.complete && !isShort) outgoing.setHeader("connection", "close");
  outgoing.end(text);
}

function requestOf(incoming: IncomingMessage, body: Buffer | ReadableStream): Request {
  const { method = "GET", headers } = incoming;
  // Express takes the path that it is mounted on off the URL; the signature covers it
  const { originalUrl = incoming.url ?? "/" } = incoming as { originalUrl?: string };
  const allowed = FORBIDDEN.has(method) ? "GET" : method;
  const init: RequestInit & { duplex: "half" } = {
    method: allowed,
    headers: headers as Record<string, string>,
    duplex: "half",
  };
  if (allowed !== "GET" && allowed !== "HEAD") init.body = body;
  const target = targetIn(originalUrl);
  // the Host header is left out of it: it may hold what changes the path
  const request = new Request(`http://localhost${target}`, init);
  targets.set(request, target);
  return request;
}

/** The body's bytes; where they are more than the limit, as many as it takes to tell. */
async function bodyOf(incoming: IncomingMessage, limit: number): Promise<Buffer | ReadableStream> {
  if (incoming.readableDidRead) return brokenBody();
  // the receiver refuses it by this header alone
  if (Number(incoming.headers["content-length"]) > limit) return Buffer.alloc(0);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > limit) break;
  }
  return Buffer.concat(chunks);
}

/** In place of a body that is gone: the receiver answers 500 00 and tells `onError` why. */
function brokenBody(): ReadableStream {
  const cause = new TypeError("The body was read before it came here: put toNodeListener before any body parser.");
  return new ReadableStream({ start: (controller) => controller.error(cause) });
}
