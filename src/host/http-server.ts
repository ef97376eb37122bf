// Node's http server without an answer of Node's own: what it would refuse or drop before a listener sees it is answered as the
// contract has it.
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { OperationId } from "../../generated/client.ts";
import type { Contract } from "../contract/contract.ts";
import { targetIn } from "../receiver/node-listener.ts";
import { type ErrorCode, responseMessageOf } from "../snap/response-codes.ts";
import { snapTimestamp } from "../snap/time.ts";

/** A request that was answered before it came to the listener. */
export interface Refused {
  /** `-` where it cannot be told. */
  method: string;
  /** `-` where it cannot be told. */
  path: string;
  /** Undefined when the path is no operation's. */
  operation: OperationId | undefined;
  status: 400 | 405;
  /** Undefined when the path is no operation's: then the answer has no body. */
  responseCode: string | undefined;
  responseMessage: string;
  /** What is wrong with it. */
  why: string;
}

/** What a server needs beside its listener. */
export interface HttpServerOptions {
  contract: Contract;
  clock: () => Date;
  /** Told of every request that was answered here. */
  onRefused: (refused: Refused) => void;
}

type Listener = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

/** What Node's parser says when it gives up. */
type ParseError = Error & {
  /** The packet that it gave up in; undefined where the connection ended, or took too long. */
  rawPacket?: Buffer;
  /** How much of the packet was fine. */
  bytesParsed?: number;
};

/** What is known of a connection. */
interface Connection {
  /** Where requests begin in what comes. */
  readonly requests: RequestFollower;
  /** What still has to be answered. */
  readonly unanswered: Set<ServerResponse>;
  /** What has come of the request that is no HTTP, its first line to begin with. */
  broken: string | undefined;
  /** Whether that request was answered. */
  refused: boolean;
}

/** What a request asks for. */
type Asked = Pick<Refused, "method" | "path" | "operation">;

/**
 * Makes a server. The listener gets every request that is HTTP at all. To one that is not, or lacks the Host header, the answer is
 * 400 00 of the service whose path it asks for, or 405 00 where what is broken is no POST, and to CONNECT 405 00; a bare status where
 * the path is no operation's.
 */
export function createHttpServer(listener: Listener, { contract, clock, onRefused }: HttpServerOptions): Server {
  const connections = new WeakMap<Duplex, Connection>();
  const ids = Object.keys(contract.operations) as OperationId[];
  // Node refuses what has no Host without a body
  const server = createServer({ requireHostHeader: false }, take);
  // an expectation that nobody knows is ignored, not answered by Node with 417
  server.on("checkExpectation", take);

  server.on("connection", (socket: Socket) => {
    const requests = createRequestFollower();
    const connection: Connection = { requests, unanswered: new Set(), broken: undefined, refused: false };
    connections.set(socket, connection);
    // after Node's own listener, so that a packet that is no HTTP came to `clientError` before
    socket.on("data", requests.follow);
  });

  server.on("clientError", async (error: ParseError, socket: Socket) => {
    const connection = connections.get(socket);
    if (!connection || connection.refused) return;
    connection.broken = brokenBy(error, connection);
    // that a method is none is noticed at its first letter
    if (error.rawPacket && isCutShort(connection.broken)) return;
    connection.refused = true;
    await answered(connection);
    // the caller is gone, or its connection was to be closed anyway
    if (!socket.writable) return;
    const asked = askedIn(connection.broken);
    const status = asked.operation && asked.method !== "POST" ? 405 : 400;
    socket.end(rawOf(refuse({ ...asked, status, why: error.message })));
  });

  // without a listener Node hangs up
  server.on("connect", async ({ url = "" }: IncomingMessage, socket: Duplex) => {
    socket.on("error", () => {});
    await answered(connections.get(socket));
    // the server itself no longer knows of the connection
    socket.end(rawOf(refuse({ ...askedFor("CONNECT", url), status: 405, why: "This is no proxy" })), () =>
      socket.destroy(),
    );
  });

  function take(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const unanswered = connections.get(incoming.socket)?.unanswered;
    unanswered?.add(outgoing);
    outgoing.once("close", () => unanswered?.delete(outgoing));
    // Node drops what comes behind it in the same packet, and the caller had better know
    if (incoming.headers.upgrade !== undefined) outgoing.setHeader("Connection", "close");
    if (incoming.httpVersion !== "1.1" || incoming.headers.host !== undefined) {
      listener(incoming, outgoing);
      return;
    }
    const { method = "-", url = "-" } = incoming;
    const why = "HTTP/1.1 asks for a Host header";
    const { status, headers, text } = refuse({ ...askedFor(method, url), status: 400, why });
    // without a length Node would send an empty body in chunks
    outgoing.writeHead(status, { "Content-Length": Buffer.byteLength(text), ...headers }).end(text);
  }

  /** Tells of a refusal and says what to answer. */
  function refuse(asked: Omit<Refused, "responseCode" | "responseMessage">) {
    const { operation, status } = asked;
    const code = operation && `${status}${contract.operations[operation].serviceCode}00`;
    const responseMessage = code
      ? responseMessageOf(code as ErrorCode, undefined, contract.messages)
      : (STATUS_CODES[status] ?? "");
    onRefused({ ...asked, responseCode: code, responseMessage });
    const text = code ? JSON.stringify({ responseCode: code, responseMessage }) : "";
    const headers = {
      ...(code && {
        "Content-Type": "application/json",
        "X-TIMESTAMP": snapTimestamp(clock()),
        "Content-Length": String(Buffer.byteLength(text)),
      }),
      ...(status === 405 && { Allow: "POST" }),
      Connection: "close",
    };
    return { status, headers, text };
  }

  /** What a broken request asks for. What names no operation is not repeated: it may be anything. */
  function askedIn(broken: string): Asked {
    const [, method = "-", target = ""] = /^([\w!#$%&'*+.^`|~-]+) +([^ \r\n]+)/.exec(broken) ?? [];
    const asked = askedFor(method, target);
    return asked.operation ? asked : { method: "-", path: "-", operation: undefined };
  }

  /** The path is looked for as it came, as the receiver does. */
  function askedFor(method: string, target: string): Asked {
    const path = targetIn(target).split("?", 1)[0] ?? "";
    return { method, path, operation: ids.find((id) => contract.operations[id].path === path) };
  }

  return server;
}

/** What has come of the request that is no HTTP. After the first error Node counts no more, and everything is part of it. */
function brokenBy({ rawPacket, bytesParsed }: ParseError, { broken, requests }: Connection): string {
  const packet = rawPacket ?? Buffer.alloc(0);
  if (broken !== undefined) return broken + packet.toString("latin1");
  requests.follow(packet.subarray(0, bytesParsed));
  return requests.latest() + packet.toString("latin1", bytesParsed);
}

/** Whether it may be a request line whose target is not all there yet. A TLS handshake, for one, is none. */
function isCutShort(broken: string): boolean {
  return broken.length < LONGEST_LINE && /^[\w!#$%&'*+.^`|~-]+( +[^ \r\n]*)?$/.test(broken);
}

/** Follows the requests on a connection that are HTTP, only to know where the next one begins. */
interface RequestFollower {
  /** Takes what comes next. */
  follow(packet: Buffer): void;
  /** The first line of the latest request, with its end, or as much of it as has come. */
  latest(): string;
}

/** Of a longer line the end is not looked at: behind what is broken, it may have none. */
const LONGEST_LINE = 16_384;

function createRequestFollower(): RequestFollower {
  let expected: "first line" | "header" | "chunk" | "trailer" = "first line";
  let firstLine = "";
  let line = "";
  let length = 0;
  let encoding = "";
  /** How many bytes of a body are still to come. */
  let skipped = 0;

  function takeLine(): void {
    const text = line.replace(/\r?\n$/, "");
    if (expected === "first line" && text !== "") {
      firstLine = line;
      length = 0;
      encoding = "";
      expected = "header";
    } else if (expected === "header") {
      if (text === "") beginBody();
      length = Number(/^content-length:\s*(\d+)/i.exec(text)?.[1] ?? length);
      encoding = /^transfer-encoding:(.*)/i.exec(text)?.[1] ?? encoding;
    } else if (expected === "chunk") {
      const size = Number.parseInt(text, 16);
      if (size > 0) skipped = size + "\r\n".length;
      else expected = "trailer";
    } else if (expected === "trailer" && text === "") expected = "first line";
    line = "";
  }

  function beginBody(): void {
    if (/\bchunked\s*$/i.test(encoding)) {
      expected = "chunk";
      return;
    }
    // of another encoding nobody knows the end
    skipped = encoding === "" ? length : Number.POSITIVE_INFINITY;
    expected = "first line";
  }

  return {
    follow(packet) {
      for (let at = 0; at < packet.length; ) {
        const left = packet.length - at;
        if (skipped > 0) {
          at += Math.min(skipped, left);
          skipped = Math.max(skipped - left, 0);
          continue;
        }
        const end = packet.indexOf("\n", at);
        const next = end < 0 ? packet.length : end + 1;
        if (line.length < LONGEST_LINE) line += packet.toString("latin1", at, next);
        at = next;
        if (end >= 0) takeLine();
      }
    },
    latest: () => (expected === "first line" && skipped === 0 ? line : firstLine),
  };
}

/** Waits until all that came before, and came whole, is answered. */
async function answered(connection: Connection | undefined): Promise<void> {
  const before = [...(connection?.unanswered ?? [])].filter(({ req }) => req.complete);
  await Promise.all(before.map((outgoing) => once(outgoing, "close")));
}

/** An answer as it goes over the wire. */
function rawOf({ status, headers, text }: { status: number; headers: Record<string, string>; text: string }): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, "", text].join("\r\n");
}
