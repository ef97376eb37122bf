// Which command is asked for, and how its refusal is said.
import { readFileSync } from "node:fs";
import { packageFile } from "../util/package-file.ts";
import { type Command, printable, readArgs, type Terminal, terminal as thisTerminal, UsageError } from "./args.ts";

// each is loaded when it is called: the mock needs what the others do without
const COMMANDS: Readonly<Record<string, { about: string; load(): Promise<{ run: Command }> }>> = {
  mock: { about: "serve the SNAP mock and its documentation", load: () => import("./mock.ts") },
  sandbox: { about: "serve a PJP with a memory: the life of a payment", load: () => import("./sandbox.ts") },
  validate: { about: "check request or response bodies against the contract", load: () => import("./validate.ts") },
  sign: { about: "sign a request and show every step, or check a signature", load: () => import("./sign/command.ts") },
  codes: { about: "look up or search the response codes", load: () => import("./codes.ts") },
};

const HELP = `snap-bi COMMAND [OPTIONS]

${Object.entries(COMMANDS)
  .map(([name, { about }]) => `  ${name.padEnd(10)} ${about}`)
  .join("\n")}

  --help, -h     this text; after a command, or as snap-bi help COMMAND, what that takes, with examples
  --version, -v  the version of snap-bi-contract

Exit codes: 0 fine, 1 found something, 2 used wrongly.`;

/**
 * Runs the command line.
 * @param args what follows the program's name
 * @returns the exit code: 0 fine, 1 found something, 2 used wrongly
 */
export async function main(args: string[], terminal: Terminal = thisTerminal): Promise<number> {
  try {
    return await dispatch(args, terminal);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    terminal.err(`snap-bi: ${error.message}`);
    return 2;
  }
}

async function dispatch(args: string[], terminal: Terminal): Promise<number> {
  const words = args[0] === "help" ? asOption(args.slice(1)) : args;
  const [name = "", ...rest] = words;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command) return (await command.load()).run(rest, terminal);
  if (name !== "" && !name.startsWith("-")) throw new UsageError(`unknown command "${printable(name)}"; try --help`);
  const { values, positionals } = readArgs(words, { version: { type: "boolean", short: "v" } });
  if (values.help) terminal.out(HELP);
  else if (values.version) terminal.out(version());
  else if (positionals.length) throw new UsageError(`the command comes first: snap-bi COMMAND [OPTIONS]; try --help`);
  else {
    terminal.err(HELP);
    return 2;
  }
  return 0;
}

/** `help codes` as `codes --help`. */
function asOption(words: string[]): string[] {
  if (words.length > 1) throw new UsageError("help takes one command; try --help");
  return [...words, "--help"];
}

function version(): string {
  return (JSON.parse(readFileSync(packageFile("package.json"), "utf8")) as { version: string }).version;
}
