// What the commands share: options, refusals, files and secrets, and the terminal that they read from and write to.
import { readFile } from "node:fs/promises";
import { type ParseArgsConfig, parseArgs } from "node:util";
import { type OperationId, operations } from "../../generated/client.ts";

/** The command was called wrongly: its message is one line, and the exit code is 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Where a command reads from and writes to. Tests pass their own. */
export interface Terminal {
  /** Writes a line to stdout. */
  out(line: string): void;
  /** Writes a line to stderr. */
  err(line: string): void;
  /** Everything on stdin. */
  stdin(): Promise<Buffer>;
  env: Readonly<Record<string, string | undefined>>;
  now(): Date;
}

/** A command: takes what follows its name, resolves to the exit code. */
export type Command = (args: string[], terminal?: Terminal) => Promise<number>;

/** The terminal of this process. */
export const terminal: Terminal = {
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  async stdin() {
    if (process.stdin.isTTY) process.stderr.write("snap-bi: reading from the terminal; end it with Ctrl-D\n");
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  },
  env: process.env,
  now: () => new Date(),
};

type Options = NonNullable<ParseArgsConfig["options"]>;
type Parsed<O extends Options> = ReturnType<
  typeof parseArgs<{ args: string[]; allowPositionals: true; options: O & { help: typeof HELP } }>
>;
const HELP = { type: "boolean", short: "h" } as const;

/**
 * Reads options and the words between them; every command has `--help`.
 * @throws UsageError for an option that does not exist, lacks its value, or has one that it does not take
 */
export function readArgs<const O extends Options>(args: string[], options: O): Parsed<O> {
  try {
    const all = { ...options, help: HELP };
    return parseArgs({ args: withNumbers(args, all), allowPositionals: true, options: all }) as Parsed<O>;
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    if (!code.startsWith("ERR_PARSE_ARGS")) throw error;
    const [, option] = /^Option '(--[\w-]+)' argument is ambiguous/.exec(message) ?? [];
    if (option) throw new UsageError(`${option} lacks its value; write ${option}=VALUE if that starts with a dash`);
    // Node's advice follows after the first sentence
    throw new UsageError(`${message.split(/\. |\.?\n/)[0]}; try --help`);
  }
}

/** Joins a number below zero to its option, for whoever reads the option to refuse; Node would take it for an option of its own. */
function withNumbers(args: string[], options: Options): string[] {
  const joined: string[] = [];
  for (const [at, arg] of args.entries()) {
    const last = joined.at(-1) ?? "";
    const takesValue = last.startsWith("--") && options[last.slice(2)]?.type === "string";
    if (/^-\d/.test(arg) && takesValue && !args.slice(0, at).includes("--")) joined.push(`${joined.pop()}=${arg}`);
    else joined.push(arg);
  }
  return joined;
}

/**
 * Reads a file, or stdin where the name is `-`.
 * @throws UsageError when it cannot be read; it names the file
 */
export async function readInput(name: string, { stdin }: Terminal): Promise<Buffer> {
  if (name === "-") return stdin();
  try {
    return await readFile(name);
  } catch (error) {
    throw new UsageError(`cannot read ${printable(name)}: ${reasonOf(error)}`);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  ENOTDIR: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "it is not allowed",
  EPERM: "it is not allowed",
};

function reasonOf(error: unknown): string {
  const { code = "" } = error as NodeJS.ErrnoException;
  return REASONS[code] ?? code;
}

/** What `--help` says of secrets. */
export const SECRETS_HELP = `A secret, key or token is never given as such, for a command line stays in the shell's history and shows in the list of
processes. It is env:NAME, an environment variable, or @FILE, a file (a line break at its end does not count).`;

/**
 * Reads a secret from where an option says, or from a variable that stands in when the option is not given.
 * @param option the option's name, for refusals
 * @param source `env:NAME` or `@FILE`
 * @param variable the environment variable that stands in; an empty one is none
 * @throws UsageError which repeats nothing of `source`: it may be the secret itself, as in `env:$SECRET`
 */
export async function readSecret(
  option: string,
  source: string | undefined,
  { env }: Terminal,
  variable?: string,
): Promise<string | undefined> {
  if (source === undefined) return (variable && env[variable]) || undefined;
  if (source.startsWith("env:")) {
    const name = source.slice("env:".length);
    const value = Object.hasOwn(env, name) ? env[name] : undefined;
    if (value) return value;
    const found = value === "" ? "is empty" : "is not set";
    throw new UsageError(
      `the environment variable that --${option} names ${found}; write its name, as in env:NAME, not its value, and export it`,
    );
  }
  if (source.startsWith("@")) return readSecretFile(option, source.slice(1), "; write @ and its name");
  throw new UsageError(
    `--${option} takes env:NAME or @FILE and no value as such: a command line stays in the shell's history and shows in the list of processes; export it as an environment variable, or write it to a file that only you can read`,
  );
}

/**
 * Reads a key from the file that an option names, `FILE` or `@FILE`, or from `env:NAME`.
 * @throws UsageError which repeats nothing of `source`: it may be the key itself
 */
export async function readKeyFile(option: string, source: string, terminal: Terminal): Promise<string> {
  if (source.startsWith("env:")) return (await readSecret(option, source, terminal)) ?? "";
  return readSecretFile(option, source.replace(/^@/, ""));
}

async function readSecretFile(option: string, file: string, advice = ""): Promise<string> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new UsageError(`cannot read the file that --${option} names: ${reasonOf(error)}${advice}`);
  });
  const secret = text.replace(/\r?\n$/, "");
  if (!secret) throw new UsageError(`the file that --${option} names is empty`);
  return secret;
}

/** An operation of the contract. */
export interface Service {
  id: OperationId;
  serviceCode: (typeof operations)[OperationId]["serviceCode"];
  path: string;
}

/** The operations of the contract, in its order. */
export const services: readonly Service[] = Object.entries(operations).map(([id, facts]) => ({
  id: id as OperationId,
  ...facts,
}));

/** The operations in a line, for help and refusals: `59 qrCpmGenerate, 60 qrCpmPayment, ...`. */
export const servicesInWords = services.map(({ id, serviceCode }) => `${serviceCode} ${id}`).join(", ");

/**
 * The operation that `--service` names, by its code or its id.
 * @throws UsageError when there is none
 */
export function readService(value: string): Service {
  const found = services.find(({ id, serviceCode }) => value === serviceCode || value === id);
  if (!found) throw new UsageError(`--service takes one of ${servicesInWords}, not "${printable(value)}"`);
  return found;
}

/** A text for a line of output: what would steer the terminal is written as an escape. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/** Rows with their columns aligned, the last one ragged. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length);
  }
  return rows.map((row) =>
    row.map((cell, at) => (at < row.length - 1 ? cell.padEnd(widths[at] ?? 0) : cell)).join("  "),
  );
}
