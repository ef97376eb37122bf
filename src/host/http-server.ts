// Node's http server. What Node parses, the listener gets; the few things that Node would answer by itself are answered as the
// contract has it, and what is not HTTP gets a bare status.

import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { BadRequest, RequestedFunctionIsNotSupported } from "../../generated/cases.ts";
import { headers, type OperationId } from "../../generated/operations.ts";
import { answerOf } from "../contract/answer.ts";
import type { Contract } from "../contract/contract.ts";
import { pathOf, targetInRequestLine } from "../receiver/target.ts";
import { snapTimestamp } from "../snap/time.ts";

/** A request that was answered before it came to the listener. */
export interface Refused {
  /** `-` where it cannot be told. */
  method: string;
  /** `-` where it cannot be told. */
  path: string;
  /** Undefined when the path is not an operation's. */
  operation: OperationId | undefined;
  status: number;
  /** Undefined when the path is not an operation's: then the answer has no body. */
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
type ParseError = Error & { code?: string; rawPacket?: Buffer; bytesParsed?: number };

/** What is known of a connection. */
interface Connection {
  /** What still has to be answered. */
  readonly unanswered: Set<ServerResponse>;
  /** Whether what came was found not to be HTTP. */
  broken: boolean;
}

/** An answer as it goes over the wire. */
interface RawAnswer {
  status: number;
  headers: Record<string, string>;
  text: string;
}

/**
 * Makes a server. The listener gets every request that Node parses, but for one without the Host header (400 00 of the service whose
 * path it asks for) and CONNECT (405 00). A method that does not exist is 405 00 as well. A path of no operation gets a bare status,
 * and so does what is not HTTP, after the answers that are owed on that connection.
 */
export function createHttpServer(listener: Listener, options: HttpServerOptions): Server {
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
    const { method = "-", url = "-" } = incoming;
    const { status, headers, text } = refuse(BadRequest, method, url, "HTTP/1.1 asks for a Host header", options);
    // without a length Node would send an empty body in chunks
    outgoing.writeHead(status, { "Content-Length": Buffer.byteLength(text), ...headers }).end(text);
  }

  // Node refuses what has no Host without a body
  const server = createServer({ requireHostHeader: false }, take);
  // an expectation that nobody knows is ignored; Node answers it with 417
  server.on("checkExpectation", take);
  server.on("clientError", (error: ParseError, socket: Socket) => {
    void answerBroken(error, socket, connectionOf(socket), options);
  });
  // without a listener Node hangs up
  server.on("connect", async ({ url = "" }: IncomingMessage, socket: Duplex) => {
    socket.on("error", () => {});
    await answered(connectionOf(socket));
    const answer = refuse(RequestedFunctionIsNotSupported, "CONNECT", url, "this server is not a proxy", options);
    // the server itself does not know of the connection any more
    socket.end(rawOf(answer), () => socket.destroy());
  });
  return server;
}

/** Answers what is not HTTP, or names a method that does not exist, once everything before it is answered. */
async function answerBroken(
  error: ParseError,
  socket: Socket,
  connection: Connection,
  options: HttpServerOptions,
): Promise<void> {
  if (connection.broken) return;
  connection.broken = true;
  // where the request's head was fine, the listener has it, and reports that its body broke off
  const isReported = [...connection.unanswered].some(({ req }) => !req.complete);
  await answered(connection);
  // the caller is gone, or its connection was to be closed anyway
  if (!socket.writable) return;
  const line = requestLineIn(error, socket.bytesRead);
  if (line && operationAt(line.target, options.contract).operation) {
    const answer = refuse(RequestedFunctionIsNotSupported, line.method, line.target, error.message, options);
    return void socket.end(rawOf(answer));
  }
  const status = STATUS_OF_ERROR[error.code ?? ""] ?? 400;
  const responseMessage = STATUS_CODES[status] ?? "";
  const about = { method: "-", path: "-", operation: undefined, status, responseCode: undefined, responseMessage };
  if (!isReported) options.onRefused({ ...about, why: error.message });
  socket.end(rawOf({ status, headers: { Connection: "close" }, text: "" }));
}

/** What Node itself answers where it is not a plain 400. */
const STATUS_OF_ERROR: Readonly<Record<string, number>> = {
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

/** Tells of a refusal and says what to answer: a row of the catalogue, or a bare 400 or 405 where the path is not an operation's. */
function refuse(
  row: typeof BadRequest | typeof RequestedFunctionIsNotSupported,
  method: string,
  target: string,
  why: string,
  { contract, clock, onRefused }: HttpServerOptions,
): RawAnswer {
  const { path, operation } = operationAt(target, contract);
  const status = Number(row.slice(0, 3));
  const answer = operation && answerOf(contract, operation, row);
  const responseMessage = answer?.responseMessage ?? STATUS_CODES[status] ?? "";
  onRefused({ method, path, operation, status, responseCode: answer?.responseCode, responseMessage, why });
  const text = answer ? JSON.stringify(answer) : "";
  return {
    status,
    headers: {
      ...(answer && {
        [headers.contentType]: "application/json",
        [headers.timestamp]: snapTimestamp(clock()),
        "Content-Length": String(Buffer.byteLength(text)),
      }),
      ...(status === 405 && { Allow: "POST" }),
      Connection: "close",
    },
    text,
  };
}

/** The path is looked for as it came, as the receiver does. */
function operationAt(target: string, { operations }: Contract) {
  const path = pathOf(targetInRequestLine(target));
  const ids = Object.keys(operations) as OperationId[];
  return { path, operation: ids.find((id) => operations[id].path === path) };
}

/** Waits until all that came before, and came whole, is answered. */
async function answered({ unanswered }: Connection): Promise<void> {
  const before = [...unanswered].filter(({ req }) => req.complete);
  await Promise.all(before.map((outgoing) => once(outgoing, "close")));
}

function rawOf({ status, headers, text }: RawAnswer): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, "", text].join("\r\n");
}
