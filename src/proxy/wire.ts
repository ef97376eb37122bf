// The proxy's side of HTTP: a request's headers and exact bytes, and an answer's.
import type { IncomingMessage, ServerResponse } from "node:http";

/** The headers of a request as they came, those that came twice joined. */
export function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers();
  for (let at = 0; at < rawHeaders.length; at += 2) headers.append(rawHeaders[at] ?? "", rawHeaders[at + 1] ?? "");
  return headers;
}

/**
 * Reads a body up to a limit.
 * @returns undefined if there is more; the rest is not read
 * @throws Error when the caller hung up
 */
export async function readBody(incoming: IncomingMessage, limit: number): Promise<Uint8Array | undefined> {
  if (Number(incoming.headers["content-length"]) > limit) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  // the connection is still needed for the answer
  for await (const chunk of incoming.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Buffer>) {
    size += chunk.length;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The longest unread body that Node drains, so that a caller that writes before it reads still gets the answer. */
const MAX_DRAINED_BYTES = 1_048_576;

/** Writes an answer with the bytes that it has. */
export async function writeAnswer(response: Response, incoming: IncomingMessage, outgoing: ServerResponse) {
  const bytes = new Uint8Array(await response.arrayBuffer());
  // a header that came twice, such as Set-Cookie, is written twice
  const pairs = [...response.headers].flat();
  const isShort = Number(incoming.headers["content-length"]) <= MAX_DRAINED_BYTES;
  if (!incoming.complete && !isShort) pairs.push("connection", "close");
  if (!NULL_BODY.includes(response.status)) pairs.push("content-length", String(bytes.length));
  outgoing.writeHead(response.status, pairs).end(bytes);
}

/** Statuses that have no body, with which no Response is made that has one. */
export const NULL_BODY: readonly number[] = [204, 205, 304];
