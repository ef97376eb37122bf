// Lets Node's http server call a receiver.
import type { IncomingMessage } from "node:http";
import { consumed } from "../receiver/body.ts";
import { targetInRequestLine, WireRequest } from "../receiver/target.ts";

/** A request of `node:http`, as far as the listener looks at it. Stated here, so that these declarations need no `@types/node`. */
export interface NodeRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly complete: boolean;
}

/** A response of `node:http`, as far as the listener writes it. */
export interface NodeResponse {
  statusCode: number;
  setHeader(name: string, value: string): unknown;
  end(text: string): unknown;
  destroy(): unknown;
}

/** Methods that a web-standard Request cannot carry. A receiver refuses them as it does GET. */
const FORBIDDEN = new Set(["CONNECT", "TRACE", "TRACK"]);

/** The longest unread body that Node drains, so that a client that writes before it reads still gets the answer. */
const MAX_DRAINED_BYTES = 1_048_576;

/**
 * Turns a receiver into a listener for `http.createServer`, or for Express before its body parsers. It reads no more of a body than
 * the receiver does.
 * @param handler what createSnapHandler returns, or any function from Request to Response
 * @example http.createServer(toNodeListener(handler)).listen(8080)
 */
export function toNodeListener(
  handler: (request: Request, wire: WireRequest) => Promise<Response>,
): (incoming: NodeRequest, outgoing: NodeResponse) => void {
  return (incoming, outgoing) => {
    serve(handler, incoming as IncomingMessage, outgoing).catch(() => outgoing.destroy());
  };
}

async function serve(
  handler: (request: Request, wire: WireRequest) => Promise<Response>,
  incoming: IncomingMessage,
  outgoing: NodeResponse,
): Promise<void> {
  // Express takes the path that it is mounted on off the URL; the signature covers it
  const { originalUrl = incoming.url ?? "/" } = incoming as { originalUrl?: string };
  const target = targetInRequestLine(originalUrl);
  const response = await handler(requestOf(incoming, target), new WireRequest(target));
  const text = await response.text();
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) outgoing.setHeader(name, value);
  // Node drains what was not read; more is not worth waiting for
  const isShort = Number(incoming.headers["content-length"]) <= MAX_DRAINED_BYTES;
  if (!incoming.complete && !isShort) outgoing.setHeader("connection", "close");
  outgoing.end(text);
}

function requestOf(incoming: IncomingMessage, target: string): Request {
  const { method = "GET", headers } = incoming;
  const allowed = FORBIDDEN.has(method) ? "GET" : method;
  const init: RequestInit & { duplex: "half" } = {
    method: allowed,
    headers: headers as Record<string, string>,
    duplex: "half",
  };
  if (allowed !== "GET" && allowed !== "HEAD") init.body = streamOf(incoming);
  // the Host header is left out of it: it may hold what changes the path
  return new Request(`http://localhost${target}`, init);
}

/** The body as a web stream, read as far as the handler reads. */
function streamOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  const chunks = incoming.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Buffer>;
  const source = {
    start(controller: ReadableStreamDefaultController) {
      // the receiver answers 500 00 and tells `onError` why
      if (incoming.readableDidRead) controller.error(consumed());
    },
    async pull(controller: ReadableStreamDefaultController) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await chunks.return?.();
    },
  };
  return new ReadableStream(source, { highWaterMark: 0 });
}
