// Files for the command line to read, and servers that it starts.
import { spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { onTestFinished } from "vitest";
import { built } from "../support/cli.ts";

export const folder = mkdtempSync(join(tmpdir(), "snap-cli-"));

/** Writes a file and returns its path. */
export function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Waits until a server has told where it listens; what it prints goes on being collected. */
export async function toldBy(stdout: Readable, end: string): Promise<() => string> {
  let printed = "";
  await new Promise<void>((resolve, reject) => {
    stdout.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.includes(end)) resolve();
    });
    stdout.once("end", () => reject(new Error(`it stopped after it had printed "${printed}"`)));
  });
  return () => printed;
}

/** Starts a server as a child process, to be killed when the test ends. */
export async function serving(args: string[], end = "Ctrl-C stops it.\n", env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [...built, ...args, "--port", "0"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...env },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const exit = new Promise((resolve) => child.once("exit", resolve));
  const printed = await toldBy(child.stdout, end);
  const stopped = (signal: "SIGINT" | "SIGTERM") => {
    child.kill(signal);
    return exit;
  };
  return { url: /http:\/\/[\d.]+:\d+/.exec(printed())?.[0] ?? "", printed, stopped };
}
