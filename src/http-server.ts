// Node's http server without an answer of Node's own: what it would refuse or drop before a listener sees it is answered as the
// contract has it.
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { OperationId } from "../generated/client.ts";
import type { Contract } from "./contract.ts";
import { type ErrorCode, responseMessageOf } from "./response-codes.ts";
import { snapTimestamp } from "./time.ts";

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

/** What is known of a connection. */
interface Connection {
  /** The operation that was asked for last. */
  asked: OperationId | undefined;
  /** What still has to be answered. */
  readonly unanswered: Set<ServerResponse>;
  /** Whether it is given up, for something came that is no HTTP. */
  refused: boolean;
}

/**
 * Makes a server. The listener gets every request that is HTTP at all. To one that is not, or lacks the Host header, the answer is
 * 400 00 of the service whose path it asks for, to CONNECT 405 00; a bare status where the path is no operation's.
 */
export function createHttpServer(listener: Listener, { contract, clock, onRefused }: HttpServerOptions): Server {
  const connections = new WeakMap<Duplex, Connection>();
  const ids = Object.keys(contract.operations) as OperationId[];
  // Node refuses what has no Host without a body
  const server = createServer({ requireHostHeader: false }, take);
  // an expectation that nobody knows is ignored, not answered by Node with 417
  server.on("checkExpectation", take);

  server.on("connection", (socket: Socket) => {
    const connection: Connection = { asked: undefined, unanswered: new Set(), refused: false };
    connections.set(socket, connection);
    // what is broken may come in a later packet than the path
    socket.on("data", (packet: Buffer) => {
      connection.asked = lastAskedFor(packet) ?? connection.asked;
    });
  });

  server.on("clientError", async (error: Error & { rawPacket?: Buffer }, socket: Socket) => {
    const connection = connections.get(socket);
    if (!connection || connection.refused) return;
    connection.refused = true;
    await answered(connection);
    // the caller is gone, or its connection was to be closed anyway
    if (!socket.writable) return;
    const operation = (error.rawPacket && lastAskedFor(error.rawPacket)) ?? connection.asked;
    socket.end(rawOf(refuse({ method: "-", path: pathOf(operation), operation, status: 400, why: error.message })));
  });

  // without a listener Node hangs up
  server.on("connect", async ({ url = "" }: IncomingMessage, socket: Duplex) => {
    const path = url.split("?", 1)[0] ?? "";
    const asked = { method: "CONNECT", path, operation: operationAt(path), status: 405 } as const;
    socket.on("error", () => {});
    await answered(connections.get(socket));
    // the server itself no longer knows of the connection
    socket.end(rawOf(refuse({ ...asked, why: "This is no proxy" })), () => socket.destroy());
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
    const path = url.split("?", 1)[0] ?? "";
    const why = "HTTP/1.1 asks for a Host header";
    const { status, headers, text } = refuse({ method, path, operation: operationAt(path), status: 400, why });
    outgoing.writeHead(status, headers).end(text);
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

  /** The operation that the last request line in a packet asks for. */
  function lastAskedFor(packet: Buffer): OperationId | undefined {
    const placeOf = (path: string) => Math.max(packet.lastIndexOf(` ${path} `), packet.lastIndexOf(` ${path}?`));
    const places = ids.map((id) => ({ id, place: placeOf(pathOf(id)) })).filter(({ place }) => place >= 0);
    return places.sort((one, other) => other.place - one.place)[0]?.id;
  }

  function operationAt(path: string): OperationId | undefined {
    return ids.find((id) => contract.operations[id].path === path);
  }

  function pathOf(operation: OperationId | undefined): string {
    return operation ? contract.operations[operation].path : "-";
  }

  return server;
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
