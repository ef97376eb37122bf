// A server that runs: where it listens, and how it stops.
import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A running mock, sandbox or proxy. */
export interface RunningServer {
  /** Where it listens, without a trailing slash, such as `http://127.0.0.1:4010`. */
  readonly url: string;
  /** Stops it, open connections included. Stopping it again does nothing. */
  close(): Promise<void>;
}

/**
 * Has a server listen.
 * @param port 0 for a free one
 * @throws Error with `code` `EADDRINUSE`, `EACCES` or `EADDRNOTAVAIL` when it cannot
 */
export async function listenOn(server: Server, port: number, host: string): Promise<RunningServer> {
  server.listen(port, host);
  await once(server, "listening");
  const { port: actualPort } = server.address() as AddressInfo;
  let closed: Promise<void> | undefined;
  const close = () =>
    new Promise<void>((resolve, reject) => {
      server.close((error) => (error ? reject(error) : resolve()));
      server.closeAllConnections();
    });
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${actualPort}`,
    close() {
      closed ??= close();
      return closed;
    },
  };
}
