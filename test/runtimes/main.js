// Runs the checks in Node, Deno or Bun, whichever this is, and prints a line for each.
import { once } from "node:events";
import { createServer } from "node:http";
import process from "node:process";
import { toNodeListener } from "snap-bi-contract/node";
import { checksOf, runChecks } from "./checks.js";
import { runsSandbox } from "./sandbox-check.js";

/**
 * What Deno and Bun add.
 * @typedef {object} Others
 * @property {{ serve(options: object, handler: Function): { addr: { port: number }, shutdown(): unknown } }} [Deno]
 * @property {{ serve(options: object): { port: number, stop(now: boolean): unknown } }} [Bun]
 */
const { Deno, Bun } = /** @type {Others} */ (globalThis);
const hostname = "127.0.0.1";

/** @type {import("./checks.js").Serve} */
async function serve(handler) {
  if (Deno) {
    const server = Deno.serve({ hostname, port: 0, onListen() {} }, (/** @type {Request} */ request) =>
      handler(request),
    );
    return { url: `http://${hostname}:${server.addr.port}`, close: () => server.shutdown() };
  }
  if (Bun) {
    const server = Bun.serve({ hostname, port: 0, fetch: (/** @type {Request} */ request) => handler(request) });
    return { url: `http://${hostname}:${server.port}`, close: () => server.stop(true) };
  }
  const server = createServer(toNodeListener(handler)).listen(0, hostname);
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://${hostname}:${port}`, close };
}

const settings = JSON.parse(process.env.SNAP_SETTINGS ?? "");
await runChecks({ ...checksOf(settings, serve), "runs the sandbox": () => runsSandbox(settings) }, console.log);
process.exit(0);
