// Files and secrets that options name.
import { readFile } from "node:fs/promises";
import { UsageError } from "./args.ts";
import { printable, type Terminal } from "./terminal.ts";

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
  ENOENT: "the file does not exist",
  ENOTDIR: "the file does not exist",
  EISDIR: "it is a folder",
  EACCES: "permission denied",
  EPERM: "permission denied",
};

/** Why a file cannot be read or written, in words. */
export function reasonOf(error: unknown): string {
  const { code = "" } = error as NodeJS.ErrnoException;
  return REASONS[code] ?? code;
}

/** What `--help` says of secrets. */
export const SECRETS_HELP =
  "A secret, key or token must not stand on the command line, which stays in the shell's history and shows in the list of processes. Write env:NAME, an environment variable, or @FILE, a file (a line break at its end does not count).";

/**
 * Reads a secret from where an option says, or from a variable that stands in when the option is not given.
 * @param option the option's name, for errors
 * @param source `env:NAME` or `@FILE`
 * @param variable the environment variable that stands in; an empty one does not
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
    `--${option} must be env:NAME or @FILE, not the value itself: a command line stays in the shell's history and shows in the list of processes; export it as an environment variable, or write it to a file that only you can read`,
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
