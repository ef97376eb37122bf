// Which command is asked for, and how an error of its use is said.
import { readFileSync } from "node:fs";
import { didYouMean } from "../util/nearest.ts";
import { packageFile } from "../util/package-file.ts";
import { type Command, type CommandHelp, helpOf, inColumns, type Options, readArgs, UsageError } from "./args.ts";
import { fitted, printable, processTerminal, type Terminal, toned } from "./terminal.ts";

/** The commands. Each is loaded when it is called: the mock needs what the others do without. */
export const COMMANDS: Readonly<Record<string, { about: string; load(): Promise<{ run: Command }> }>> = {
  mock: { about: "serve the SNAP mock and its documentation", load: () => import("./mock.ts") },
  sandbox: { about: "serve a PJP with a memory: the life of a payment", load: () => import("./sandbox.ts") },
  proxy: { about: "sign the requests of tools that cannot, and check the answers", load: () => import("./proxy.ts") },
  validate: { about: "check request or response bodies against the contract", load: () => import("./validate.ts") },
  sign: { about: "sign a request and show every step, or check a signature", load: () => import("./sign/sign.ts") },
  conform: {
    about: "run the functional test of the certification against a PJP or a merchant",
    load: () => import("./conform/conform.ts"),
  },
  codes: { about: "look up or search the response codes", load: () => import("./codes.ts") },
  generate: { about: "make a dialect of your own, from an OpenAPI Overlay", load: () => import("./generate.ts") },
  diff: { about: "what differs between two dialects", load: () => import("./diff.ts") },
  init: { about: "write a small project that runs against the sandbox", load: () => import("./init.ts") },
};

/** What the command line says of itself. */
export const HELP = {
  usage: ["snap-bi COMMAND [OPTIONS]"],
  about: [],
  examples: Object.entries(COMMANDS).map(([name, { about }]) => [name, about] as const),
  options: { version: { type: "boolean", short: "v", about: "the version of snap-bi-contract" } },
  notes: [
    "snap-bi COMMAND --help, or snap-bi help COMMAND, says what a command takes, with examples.",
    "Exit codes: 0 success, 1 problems found, 2 usage error.",
  ],
} as const satisfies CommandHelp<Options>;

/** What to try first, for those who call it without a word. */
const FIRST = [
  ["snap-bi sandbox", "a PJP on this machine, which signs, pays and notifies: http://127.0.0.1:4010/docs"],
  ["snap-bi codes 4036014", "what a response code means, and what to do next"],
  ["snap-bi validate payment.json --service 60", "whether a body keeps the contract"],
  ["snap-bi init my-shop", "a small project that runs against the sandbox at once"],
  ["snap-bi sign --help", "how to sign a request, and to find out why a signature is refused"],
] as const;

/**
 * Runs the command line.
 * @param args what follows the program's name
 * @returns the exit code: 0 success, 1 problems found, 2 usage error
 */
export async function main(args: string[], terminal: Terminal = processTerminal): Promise<number> {
  try {
    return await dispatch(args, terminal);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const lines = `snap-bi: ${error.message}`.split("\n").map((line) => fitted(line, terminal));
    terminal.err(lines.join("\n").replace("snap-bi:", toned(terminal, "bad", "snap-bi:")));
    return 2;
  }
}

async function dispatch(args: string[], terminal: Terminal): Promise<number> {
  const words = args[0] === "help" ? asOption(args.slice(1)) : args;
  const [name = "", ...rest] = words;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command) return (await command.load()).run(rest, terminal);
  if (name !== "" && !name.startsWith("-")) {
    const advice = didYouMean(name, Object.keys(COMMANDS)) || "; try --help";
    throw new UsageError(`unknown command "${printable(name)}"${advice}`);
  }
  const { values, positionals } = readArgs(words, HELP.options);
  if (values.help) terminal.out(helpOf(HELP, terminal));
  else if (values.version) terminal.out(version());
  else if (positionals.length) throw new UsageError("the command comes first: snap-bi COMMAND [OPTIONS]; try --help");
  else {
    terminal.err(`Try first:\n\n${inColumns(FIRST, terminal)}\n\nsnap-bi --help lists all commands.`);
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
