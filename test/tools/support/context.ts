// What a check gets: a folder of its own, the contract, the calls, a gateway to the mock, and programs to run.
import { type ChildProcess, spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { type Answer, type Call, checkAnswers, type Tolerance } from "./calls.ts";
import { checkReceived, type Gateway, startGateway } from "./gateway.ts";

/** This folder: test/tools. */
export const home = fileURLToPath(new URL("..", import.meta.url));
/** The project's folder. */
export const root = fileURLToPath(new URL("../../..", import.meta.url));

/** The documents that a tool may be given. */
export interface Contract {
  /** OpenAPI 3.1, as JSON and as YAML. */
  json: string;
  yaml: string;
  /** The copy for tools that know OpenAPI 3.0 only. */
  openapi30: string;
}

/** How to run a program. */
export interface RunOptions {
  cwd?: string;
  env?: Record<string, string>;
  /** The exit code that it must have; 0 by default. */
  code?: number;
  /** Seconds until it is stopped. */
  limit?: number;
}

/** The Debian package that has a program. */
const DEBIAN: Readonly<Record<string, string>> = {
  java: "default-jdk-headless",
  javac: "default-jdk-headless",
  php: "php-cli",
  go: "golang-go",
  mono: "mono-devel",
  mcs: "mono-devel",
  "/usr/bin/python3": "python3",
};

export class Context {
  readonly folder: string;
  readonly #servers: ChildProcess[] = [];
  constructor(
    readonly name: string,
    readonly contract: Contract,
    readonly calls: readonly Call[],
    readonly gateway: Gateway,
    readonly mock: string,
  ) {
    this.folder = join(home, ".out", name);
  }

  /** Gives a check an empty folder, a gateway and what it needs, and takes the gateway down after it. */
  static async run(
    name: string,
    contract: Contract,
    calls: readonly Call[],
    mock: string,
    check: Check,
  ): Promise<void> {
    const gateway = await startGateway(mock);
    const context = new Context(name, contract, calls, gateway, mock);
    rmSync(context.folder, { recursive: true, force: true });
    mkdirSync(context.folder, { recursive: true });
    try {
      await check(context);
    } finally {
      for (const child of context.#servers) child.kill();
      await gateway.close();
    }
  }

  path(...names: string[]): string {
    return join(this.folder, ...names);
  }

  write(name: string, content: string | object): string {
    const path = this.path(name);
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content, null, 2));
    return path;
  }

  /** For programs that read an answer by the name of its schema. */
  needNames(): void {
    for (const { operationId, status, answerSchema } of this.calls)
      if (!answerSchema) throw new Error(`${operationId} ${status}: the schema of the answer must have a name`);
  }

  read(name: string): string {
    return readFileSync(this.path(name), "utf8");
  }

  /** Copies a program of programs/ into the folder. */
  copy(name: string, as = name.split("/").at(-1) ?? name): string {
    copyFileSync(join(home, "programs", name), this.path(as));
    return this.path(as);
  }

  /** Writes down the calls for a program in another language: `calls.json`. */
  writeCalls(url = this.gateway.url): void {
    this.write("calls.json", { url, calls: this.calls });
  }

  /** Checks what a program sent, and what it wrote to `answers.json`. */
  checkExchange(tolerance: Tolerance = {}): void {
    checkReceived(this.calls, this.gateway.received, tolerance);
    this.checkAnswers(tolerance);
  }

  checkAnswers(tolerance: Tolerance = {}): void {
    checkAnswers(this.calls, JSON.parse(this.read("answers.json")) as Answer[], tolerance);
  }

  /** Runs a program, and returns what it printed. Another exit code throws, with the end of what it printed. */
  async run(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
    const { cwd = this.folder, env = {}, code = 0, limit = 240 } = options;
    needProgram(command);
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0", ...env },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: limit * 1000,
    });
    const exited = new Promise<number | null>((resolve, reject) => child.once("close", resolve).once("error", reject));
    const [found, out, err] = await Promise.all([exited, text(child.stdout), text(child.stderr)]);
    const said = stripVTControlCharacters(out + err);
    if (found === code) return said;
    const how = found === null ? `was stopped after ${limit} s` : `exited with ${found}, expected ${code}`;
    throw new Error(`${[command, ...args].join(" ")} ${how}\n${tail(said)}`);
  }

  /** Starts a server of Node, which ends with the check, and waits until it answers. */
  async serve(args: readonly string[], port: number): Promise<string> {
    const child = spawn(process.execPath, args, { cwd: this.folder, stdio: ["ignore", "ignore", "pipe"] });
    this.#servers.push(child);
    const said = text(child.stderr);
    const url = `http://127.0.0.1:${port}`;
    for (const began = performance.now(); performance.now() - began < 60_000; ) {
      if (child.exitCode !== null) throw new Error(`${args.join(" ")} ended\n${tail(await said)}`);
      try {
        await fetch(url);
        return url;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
    throw new Error(`${args.join(" ")} did not listen on ${port}`);
  }

  /** A library that is missing is a failure as well: the program tells by its exit code. */
  async needLibrary(command: string, args: readonly string[], packages: string): Promise<void> {
    await this.run(command, args).catch((error: Error) => {
      throw new Error(`a library of ${command} is not installed: apt-get install ${packages}\n${error.message}`);
    });
  }

  /** Runs the command of an installed npm package by Node. */
  tool(name: string, command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
    return this.run(process.execPath, [binOf(name, command), ...args], options);
  }
}

/** Proves a tool, or throws. */
export type Check = (context: Context) => Promise<void>;

/** The last lines of a long output: the first ones are seldom about the failure. */
function tail(output: string): string {
  const lines = output.trim().split("\n");
  return (lines.length > 60 ? ["...", ...lines.slice(-60)] : lines).join("\n");
}

/** A missing program is a failure that says what to install; a check that is left out would read as green. */
export function needProgram(command: string): void {
  const there = command.includes("/")
    ? existsSync(command)
    : (process.env.PATH ?? "").split(delimiter).some((folder) => existsSync(join(folder, command)));
  if (!there) throw new Error(`${command} is not installed: apt-get install ${DEBIAN[command] ?? command}`);
}

/** The folder of a package that is installed in test/tools, or of the project itself. */
export function packageFolder(name: string): string {
  const own = join(home, "node_modules", name);
  return existsSync(own) ? own : join(root, "node_modules", name);
}

export function binOf(name: string, command: string): string {
  const folder = packageFolder(name);
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    bin: string | Record<string, string>;
  };
  const file = typeof bin === "string" ? bin : bin[command];
  if (file === undefined) throw new Error(`${name} must have the command ${command}`);
  return join(folder, file);
}
