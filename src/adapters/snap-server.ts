// A receiver on a server of its own: Node's http with limits that suit, and an end that finishes what is owed.
import { once } from "node:events";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { SnapHandler } from "../receiver/handler.ts";
import { invalidArgument, invalidOption } from "../util/errors.ts";
import { createHttpServer } from "./http-server.ts";
import { type Handler, toNodeListener } from "./node-listener.ts";
import type { AddressOptions } from "./remote-address.ts";

/** How to serve. All times are in milliseconds. */
export interface SnapServerOptions extends AddressOptions {
  /** How long a request's head may take; 10,000 by default, or `requestTimeout` where that is shorter. */
  headersTimeout?: number;
  /** How long a whole request may take to come; 30,000 by default, or `headersTimeout` where that is longer. */
  requestTimeout?: number;
  /** How long a connection may be idle between requests; 5,000 by default. */
  keepAliveTimeout?: number;
  /** How large a request's head may be, in bytes; 16,384 by default. */
  maxHeaderBytes?: number;
  /** How many connections there may be at a time; 10,000 by default. */
  maxConnections?: number;
  /** How long `close` waits for what is under way; 30,000 by default. */
  closeTimeout?: number;
}

/** A server. */
export interface SnapServer {
  /**
   * Listens.
   * @param port a free one if it is 0 or left out
   * @param host all addresses if it is left out
   * @returns where it can be reached from this machine: `http://127.0.0.1:8080`
   * @throws Error with `code` `EADDRINUSE`, `EACCES` or `EADDRNOTAVAIL` when it cannot
   * @throws TypeError (`ERR_SNAP_INVALID_ARGUMENT`) after `close`
   */
  listen(port?: number, host?: string): Promise<string>;
  /**
   * Takes no more calls, and resolves when all that came are answered, or `closeTimeout` has run out. Closing again does the same, and
   * closing while `listen` is under way waits for it.
   */
  close(): Promise<void>;
}

/** The shape of the limits, with their defaults. */
const LIMITS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 5000,
  maxHeaderBytes: 16_384,
  maxConnections: 10_000,
  closeTimeout: 30_000,
};

/**
 * Makes a server for a receiver. In front of the internet put a proxy that speaks TLS.
 *
 * Beside what `http.createServer(toNodeListener(handler))` does, it has limits that suit, tells `onAnswer` of what Node would answer
 * by itself (400, 405, 408, 431), puts no answer of a broken request in the place of one that is owed, and closes gracefully.
 * @throws TypeError (`ERR_SNAP_INVALID_OPTION`) when an option cannot be right
 * @example
 * const server = createSnapServer(createSnapHandler({ ... }));
 * console.log(await server.listen(8080));
 * process.once("SIGTERM", () => server.close());
 */
export function createSnapServer(handler: SnapHandler, options: SnapServerOptions = {}): SnapServer {
  const limits = limitsOf(options);
  let isClosing = false;
  const receive = toNodeListener(handler as Handler, options);
  const listener = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    if (isClosing) outgoing.setHeader("connection", "close");
    receive(incoming, outgoing);
  };
  const server = createHttpServer(listener, handler, {
    headersTimeout: limits.headersTimeout,
    requestTimeout: limits.requestTimeout,
    keepAliveTimeout: limits.keepAliveTimeout,
    maxHeaderSize: limits.maxHeaderBytes,
    // how soon a limit of time is noticed
    connectionsCheckingInterval: Math.max(50, Math.min(1000, limits.headersTimeout / 2)),
  });
  server.maxConnections = limits.maxConnections;
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  let started: Promise<unknown> = Promise.resolve();
  let closed: Promise<void> | undefined;
  return {
    async listen(port = 0, host) {
      if (isClosing) throw invalidArgument("listen must not be called after close; make another server.");
      server.listen(port, host);
      const listening = once(server, "listening").then(() => urlOf(server.address() as AddressInfo));
      started = listening.catch(() => {});
      return listening;
    },
    close() {
      isClosing = true;
      closed ??= started.then(() => closeGracefully(server, sockets, limits.closeTimeout));
      return closed;
    },
  };
}

/** What a timer of Node's holds: a longer one would fire at once. */
const MOST = 2 ** 31 - 1;

function limitsOf(options: SnapServerOptions): typeof LIMITS {
  const limits = { ...LIMITS };
  for (const name of Object.keys(LIMITS) as (keyof typeof LIMITS)[]) {
    const value = options[name] ?? LIMITS[name];
    if (!(Number.isInteger(value) && value >= 1 && value <= MOST)) {
      throw invalidOption(`${name} must be a whole number from 1 to ${MOST}; leave it out for ${LIMITS[name]}.`);
    }
    limits[name] = value;
  }
  // a head is a part of its request: the one that is not given makes room for the other
  const { headersTimeout, requestTimeout } = limits;
  if (options.headersTimeout === undefined) limits.headersTimeout = Math.min(headersTimeout, requestTimeout);
  if (options.requestTimeout === undefined) limits.requestTimeout = Math.max(headersTimeout, requestTimeout);
  if (limits.headersTimeout <= limits.requestTimeout) return limits;
  throw invalidOption("headersTimeout must not be longer than requestTimeout.");
}

/** An address that stands for all is none that a browser can open. */
function urlOf({ address, family, port }: AddressInfo): string {
  const isAny = address === "::" || address === "0.0.0.0";
  const host = isAny ? "127.0.0.1" : family === "IPv6" ? `[${address}]` : address;
  return `http://${host}:${port}`;
}

async function closeGracefully(server: Server, sockets: ReadonlySet<Socket>, timeout: number): Promise<void> {
  if (!server.listening) return;
  const ended = new Promise<void>((resolve) => server.close(() => resolve()));
  // Node takes a connection on which nothing came yet for one that is under way
  for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
  // a connection whose last call is answered is idle, and stays open until it is told
  const idle = setInterval(() => server.closeIdleConnections(), 20);
  const late = setTimeout(() => server.closeAllConnections(), timeout);
  await ended;
  clearInterval(idle);
  clearTimeout(late);
}
