// Lets Node's http server call a receiver.
import type { IncomingMessage } from "node:http";
import { consumed } from "../receiver/body.ts";
import { targetInRequestLine, WireRequest } from "../receiver/target.ts";
import { type AddressOptions, createAddressOf } from "./remote-address.ts";

/** A request of `node:http` or `node:http2`, as far as the listener looks at it. Stated here, so that these declarations need no `@types/node`. */
export interface NodeRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly complete: boolean;
}

/** A response of `node:http` or `node:http2`, as far as the listener writes it. */
export interface NodeResponse {
  statusCode: number;
  readonly writableEnded: boolean;
  setHeader(name: string, value: string): unknown;
  end(text: string): unknown;
  once(event: "close", listener: () => void): unknown;
}

/** A receiver, or any function from Request to Response. */
export type Handler = (request: Request, wire: WireRequest) => Promise<Response>;

/** Methods that a web-standard Request cannot carry. A receiver refuses them as it does GET. */
const FORBIDDEN = new Set(["CONNECT", "TRACE", "TRACK"]);

/** The longest unread body that Node drains, so that a client that writes before it reads still gets the answer. */
const MAX_DRAINED_BYTES = 1_048_576;

/**
 * Turns a receiver into a listener for `http.createServer`, `http2.createSecureServer`, or Express before its body parsers. It reads
 * no more of a body than the receiver does. Where nothing else listens, `createSnapServer` does more: it closes gracefully, and tells
 * of what Node would answer by itself.
 * @param handler what createSnapHandler returns, or any function from Request to Response
 * @throws TypeError (`ERR_SNAP_INVALID_OPTION`) when one of `trustedProxies` is not an address
 * @example http.createServer(toNodeListener(handler)).listen(8080)
 */
export function toNodeListener(
  handler: Handler,
  options: AddressOptions = {},
): (incoming: NodeRequest, outgoing: NodeResponse) => void {
  const addressOf = createAddressOf(options);
  return (incoming, outgoing) => {
    serve(handler, incoming as IncomingMessage, outgoing, addressOf).catch(() => hangUp(outgoing));
  };
}

/** Only where no answer could be written. */
function hangUp(outgoing: NodeResponse & { destroy?: () => void; stream?: { destroy(): void } }): void {
  if (outgoing.stream) outgoing.stream.destroy();
  else outgoing.destroy?.();
}

async function serve(
  handler: Handler,
  incoming: IncomingMessage,
  outgoing: NodeResponse,
  addressOf: (incoming: IncomingMessage) => string | undefined,
): Promise<void> {
  // Express takes the path that it is mounted on off the URL; the signature covers it
  const { originalUrl = incoming.url ?? "/" } = incoming as { originalUrl?: string };
  const target = targetInRequestLine(originalUrl);
  const wire = new WireRequest(target, {
    remoteAddress: addressOf(incoming),
    whenGone: (tell) =>
      outgoing.once("close", () => {
        if (!outgoing.writableEnded) tell(new DOMException("the caller hung up", "AbortError"));
      }),
  });
  const response = await handler(requestOf(incoming, target), wire);
  const text = await response.text();
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) outgoing.setHeader(name, value);
  // Node drains what was not read; more is not worth waiting for. HTTP/2 has no such header
  const isShort = Number(incoming.headers["content-length"]) <= MAX_DRAINED_BYTES;
  if (!incoming.complete && !isShort && incoming.httpVersionMajor < 2) outgoing.setHeader("connection", "close");
  outgoing.end(text);
}

function requestOf(incoming: IncomingMessage, target: string): Request {
  const { method = "GET", headers } = incoming;
  // HTTP/2 lets a method be written in any case, and Request looks at none
  const allowed = FORBIDDEN.has(method.toUpperCase()) ? "GET" : method;
  const init: RequestInit & { duplex: "half" } = {
    method: allowed,
    headers: (incoming.httpVersionMajor < 2 ? headers : withoutPseudo(headers)) as Record<string, string>,
    duplex: "half",
  };
  if (allowed !== "GET" && allowed !== "HEAD") init.body = streamOf(incoming);
  // the Host header is left out of it: it may hold what changes the path
  return new Request(`http://localhost${target}`, init);
}

/** The headers of an HTTP/2 request, but for `:method` and the like, which no Headers object takes. */
const withoutPseudo = (headers: IncomingMessage["headers"]) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(":")));

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
