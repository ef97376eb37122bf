// A Redis server of its own for a test, on a free port, that can be killed and started again.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import getPort from "get-port";
import { createClient } from "redis";
import { onTestFinished } from "vitest";

/** A server. */
export interface RedisServer {
  url: string;
  /** Ends it as a failure of the machine would. */
  kill(): Promise<void>;
  /** Starts it again, on the same port and with the same files. */
  start(): Promise<void>;
  /** Stops the process where it is, so that it answers nothing and closes nothing; and lets it go on. */
  freeze(): void;
  thaw(): void;
}

/** Starts a server for one test, as the README asks for it: each write is on the disk before it is answered. */
export async function startRedis(): Promise<RedisServer> {
  if (spawnSync("redis-server", ["--version"]).error) {
    throw new Error(
      "These tests need redis-server: install Debian's package of that name (apt-get install redis-server).",
    );
  }
  const folder = mkdtempSync(join(tmpdir(), "snap-redis-"));
  const port = await getPort();
  let child: ChildProcess | undefined;
  const server: RedisServer = {
    url: `redis://127.0.0.1:${port}`,
    async start() {
      const options = [
        "--port",
        String(port),
        "--dir",
        folder,
        "--save",
        "",
        "--appendonly",
        "yes",
        "--appendfsync",
        "always",
      ];
      child = spawn("redis-server", [...options, "--bind", "127.0.0.1"], { stdio: "ignore" });
      await untilItListens(port);
    },
    async kill() {
      const ended = child && child.exitCode === null && child.signalCode === null ? once(child, "exit") : undefined;
      child?.kill("SIGKILL");
      await ended;
    },
    freeze: () => void child?.kill("SIGSTOP"),
    thaw: () => void child?.kill("SIGCONT"),
  };
  await server.start();
  onTestFinished(async () => {
    server.thaw();
    await server.kill();
    rmSync(folder, { recursive: true, force: true });
  });
  return server;
}

async function untilItListens(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const socket = connect(port, "127.0.0.1");
    const listens = await Promise.race([
      once(socket, "connect").then(() => true),
      once(socket, "error").then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (listens) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`redis-server does not listen on port ${port}`);
}

/** A client for one test, as the README has it. */
export async function connected(url: string) {
  const client = createClient({ url, disableOfflineQueue: true, socket: { reconnectStrategy: 50 } });
  client.on("error", () => {});
  await client.connect();
  onTestFinished(() => client.destroy());
  return client;
}
