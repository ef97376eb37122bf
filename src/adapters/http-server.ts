// Node's http server. What Node parses, the listener gets; the few things that Node would answer by itself are answered as the
// contract has it, and what is not HTTP gets a bare status.

import { once } from "node:events";
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerOptions,
  type ServerResponse,
  STATUS_CODES,
} from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { BareAnswer, RefusedStatus, SnapHandler } from "../receiver/handler.ts";

/** Answers what never became a request, and tells of it. */
type Refusing = Pick<SnapHandler, "refuse" | "serves">;

type Listener = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

/** What Node's parser says when it gives up. */
type ParseError = Error & { code?: string; rawPacket?: Buffer; bytesParsed?: number };

/** What is known of a connection. */
interface Connection {
  /** What still has to be answered. */
  readonly unanswered: Set<ServerResponse>;
  /** Whether what came was found not to be HTTP. */
  broken: boolean;
}

/**
 * Makes a server. The listener gets every request that Node parses, but for one without the Host header (400 00 of the service whose
 * path it asks for) and CONNECT (405 00). A method that does not exist is 405 00 as well. A path of no operation gets a bare status,
 * and so does what is not HTTP, after the answers that are owed on that connection.
 */
export function createHttpServer(listener: Listener, refusing: Refusing, options: ServerOptions = {}): Server {
  const connections = new WeakMap<Duplex, Connection>();
  const connectionOf = (socket: Duplex): Connection => {
    const known = connections.get(socket) ?? { unanswered: new Set(), broken: false };
    connections.set(socket, known);
    return known;
  };

  function take(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const { unanswered } = connectionOf(incoming.socket);
    unanswered.add(outgoing);
    outgoing.once("close", () => unanswered.delete(outgoing));
    // Node drops what comes behind it in the same packet, so the caller must know
    if (incoming.headers.upgrade !== undefined) outgoing.setHeader("Connection", "close");
    if (incoming.httpVersion !== "1.1" || incoming.headers.host !== undefined) {
      listener(incoming, outgoing);
      return;
    }
    const { status, headers, text } = refusing.refuse(400, {
      ...aboutOf(incoming),
      reason: "HTTP/1.1 asks for a Host header",
    });
    // without a length Node would send an empty body in chunks
    outgoing
      .writeHead(status, { ...headers, "Content-Length": Buffer.byteLength(text), Connection: "close" })
      .end(text);
  }

  // Node refuses what has no Host without a body
  const server = createServer({ ...options, requireHostHeader: false }, take);
  // an expectation that nobody knows is ignored; Node answers it with 417
  server.on("checkExpectation", take);
  server.on("clientError", (error: ParseError, socket: Socket) => {
    void answerBroken(error, socket, connectionOf(socket), refusing);
  });
  // without a listener Node hangs up
  server.on("connect", async (incoming: IncomingMessage, socket: Duplex) => {
    socket.on("error", () => {});
    await answered(connectionOf(socket));
    const answer = refusing.refuse(405, {
      ...aboutOf(incoming),
      method: "CONNECT",
      reason: "this server is not a proxy",
    });
    // the server itself does not know of the connection any more
    socket.end(rawOf(answer), () => socket.destroy());
  });
  return server;
}

const aboutOf = ({ method, url, socket: { remoteAddress } }: IncomingMessage) => ({
  ...(method !== undefined && { method }),
  ...(url !== undefined && { target: url }),
  remoteAddress,
});

/** Answers what is not HTTP, or names a method that does not exist, once everything before it is answered. */
async function answerBroken(
  error: ParseError,
  socket: Socket,
  connection: Connection,
  { refuse, serves }: Refusing,
): Promise<void> {
  if (connection.broken) return;
  connection.broken = true;
  // where the request's head was fine, the listener has it, and reports that its body broke off
  const isReported = [...connection.unanswered].some(({ req }) => !req.complete);
  await answered(connection);
  // the caller is gone, or its connection was to be closed anyway
  if (!socket.writable) return;
  const { remoteAddress } = socket;
  const about = { reason: error.message, remoteAddress };
  const line = requestLineIn(error, socket.bytesRead);
  if (line && serves(line.target)) return void socket.end(rawOf(refuse(405, { ...about, ...line })));
  const status = STATUS_OF_ERROR[error.code ?? ""] ?? 400;
  socket.end(rawOf(isReported ? { status, headers: {}, text: "" } : refuse(status, about)));
}

/** What Node itself answers where it is not a plain 400. */
const STATUS_OF_ERROR: Readonly<Record<string, RefusedStatus>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** Method and target of a request whose method does not exist, where its first line came whole in one packet. */
function requestLineIn({ code, message, rawPacket, bytesParsed = 0 }: ParseError, bytesRead: number) {
  // Node's parser knows the methods of RTSP, and refuses them by the version behind the target
  const isMethod = code === "HPE_INVALID_METHOD" || message.includes("Invalid method for HTTP");
  if (!isMethod || !rawPacket) return undefined;
  const text = rawPacket.toString("latin1");
  const start = text.lastIndexOf("\n", bytesParsed - 1) + 1;
  const [, method = "", target = ""] = /^(.*) (\S+) HTTP\/1\.[01]\r?\n/.exec(text.slice(start)) ?? [];
  // behind another request the line may begin with the end of a body, which is for nobody's log
  const isFirst = text.slice(0, start).trim() === "" && bytesRead === rawPacket.length;
  return target === "" ? undefined : { method: isFirst ? method : "-", target };
}

/** Waits until all that came before, and came whole, is answered. */
async function answered({ unanswered }: Connection): Promise<void> {
  const before = [...unanswered].filter(({ req }) => req.complete);
  await Promise.all(before.map((outgoing) => once(outgoing, "close")));
}

function rawOf({ status, headers, text }: BareAnswer): string {
  const length = text === "" ? {} : { "Content-Length": String(Buffer.byteLength(text)) };
  const lines = Object.entries({ ...headers, ...length, Connection: "close" }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, "", text].join("\r\n");
}
