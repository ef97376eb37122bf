// A command: its options as a table, which is read and which its help is printed from.
import { type ParseArgsConfig, parseArgs } from "node:util";
import { didYouMean } from "../util/nearest.ts";
import { call, processTerminal, type Terminal, toned, widthOf, wrapped } from "./terminal.ts";

/** The command was called wrongly: its message is one line, and the exit code is 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** An option of a command. */
export interface Option {
  readonly type: "string" | "boolean";
  readonly short?: string;
  readonly default?: string | boolean;
  /** Whether it may be given more than once; its value is a list then. */
  readonly multiple?: boolean;
  /** What stands for its value in the help, such as `FILE`. */
  readonly value?: string;
  /** What it does, in a sentence or two. */
  readonly about: string;
}
export type Options = Readonly<Record<string, Option>>;

/** What a command says of itself. */
export interface CommandHelp<O extends Options> {
  /** The ways to call it. */
  usage: readonly string[];
  /** What it does, a paragraph an entry. */
  about: readonly string[];
  /** A call, and what it is an example of. */
  examples: readonly (readonly [call: string, about?: string])[];
  options: O;
  /** What comes last, a paragraph an entry. */
  notes: readonly string[];
}

/** A command: takes what follows its name, resolves to the exit code; and what its help is printed from. */
export type Command = ((args: string[], terminal?: Terminal) => Promise<number>) & {
  readonly help: CommandHelp<Options>;
};

const HELP = { help: { type: "boolean", short: "h", about: "this text" } } as const satisfies Options;

/** What the options of a table come to. */
export type Values<O extends Options> = ReturnType<
  typeof parseArgs<{ args: string[]; allowPositionals: true; options: O & typeof HELP }>
>["values"];

/** Makes a command: `--help` prints what the command says of itself, everything else runs it. */
export function command<const O extends Options>(
  help: CommandHelp<O>,
  run: (values: Values<O>, positionals: string[], terminal: Terminal) => Promise<number>,
): Command {
  const called = async (args: string[], terminal: Terminal = processTerminal) => {
    const { values, positionals } = readArgs(args, help.options);
    if (!(values as { help?: boolean }).help) return run(values, positionals, terminal);
    terminal.out(helpOf(help, terminal));
    return 0;
  };
  return Object.assign(called, { help });
}

/** What `--help` prints, no wider than the terminal. */
export function helpOf({ usage, about, examples, options, notes }: CommandHelp<Options>, terminal: Shown = {}): string {
  const width = widthOf(terminal);
  return [
    usage.map((line) => toned(terminal, "strong", wrapped(line, 4, width))).join("\n"),
    ...about.map((paragraph) => wrapped(paragraph, 0, width)),
    inColumns(examples, terminal),
    inColumns(Object.entries({ ...options, ...HELP }).map(optionInWords), terminal),
    ...notes.map((paragraph) => wrapped(paragraph, 0, width)),
  ]
    .filter(Boolean)
    .join("\n\n");
}

type Shown = Pick<Terminal, "columns" | "colours">;

function optionInWords([name, { short, value, about, default: usual }]: [string, Option]): [string, string] {
  const isTold = usual !== undefined && usual !== false;
  return [
    `${short ? `-${short}, ` : ""}--${name}${value ? ` ${value}` : ""}`,
    isTold ? `${about} (default ${usual})` : about,
  ];
}

/** How many columns the second of two must have. */
const LEAST = 30;

/** Pairs in two columns; a first one that is too wide stands on a line of its own, and all do on a narrow terminal. */
export function inColumns(pairs: readonly (readonly [string, string?])[], terminal: Shown = {}): string {
  const full = widthOf(terminal);
  const widest = Math.min(Math.max(...pairs.map(([first, second]) => (second ? first.length : 0))), 36);
  const width = full !== undefined && full - widest - 4 < LEAST ? 2 : widest;
  const line = ([first, second]: readonly [string, string?]) => {
    const name = `  ${toned(terminal, "strong", call(first, terminal, 2))}`;
    if (!second) return name;
    const about = wrapped(second, width + 4, full);
    const gap = first.length > width ? `\n${" ".repeat(width + 4)}` : " ".repeat(width - first.length + 2);
    return name + gap + about;
  };
  return pairs.map(line).join("\n");
}

/**
 * Reads options and the words between them; every command has `--help`.
 * @throws UsageError for an option that does not exist, lacks its value, or has one that it does not take
 */
export function readArgs<const O extends Options>(
  args: string[],
  options: O,
): { values: Values<O>; positionals: string[] } {
  const all: Options = { ...options, ...HELP };
  const config = Object.fromEntries(
    Object.entries(all).map(([name, { about: _, value: __, ...option }]) => [name, option]),
  ) as ParseArgsConfig["options"];
  try {
    const parsed = parseArgs({ args: withNumbers(args, all), allowPositionals: true, options: config ?? {} });
    return parsed as { values: Values<O>; positionals: string[] };
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    if (!code.startsWith("ERR_PARSE_ARGS")) throw error;
    const [, option] = /^Option '(--[\w-]+)' argument is ambiguous/.exec(message) ?? [];
    if (option) throw new UsageError(`${option} lacks its value; write ${option}=VALUE if that starts with a dash`);
    // Node's advice follows after the first sentence
    const [first = ""] = message.split(/\. |\.?\n/);
    const [, unknown = ""] = /^Unknown option '--([\w-]+)'/.exec(first) ?? [];
    throw new UsageError(first + (didYouMean(unknown, Object.keys(all), "--") || "; try --help"));
  }
}

/** Joins a number below zero to its option, for the option to refuse it; Node would take it for an option of its own. */
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
