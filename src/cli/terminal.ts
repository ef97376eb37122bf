// Where a command reads from and writes to, and how text is laid out there.
import { styleText } from "node:util";

export { printable } from "../util/foreign-text.ts";

/** Where a command reads from and writes to. Tests pass their own. */
export interface Terminal {
  /** Writes a line to stdout. */
  out(line: string): void;
  /** Writes a line to stderr. */
  err(line: string): void;
  /** Shows how far something is, in place of what it showed before; an empty text ends that. Left out where nobody watches. */
  progress?(text: string): void;
  /** How many columns there are where somebody watches; left out for files and pipes, whose readers want a row in a line. */
  readonly columns?: number | undefined;
  /** Whether colours are wanted: on a terminal, unless NO_COLOR is set. */
  readonly colours?: boolean;
  /** Asks a question; left out where nobody is there to answer. */
  ask?(question: string): Promise<string>;
  /** Everything on stdin. */
  stdin(): Promise<Buffer>;
  env: Readonly<Record<string, string | undefined>>;
  now(): Date;
}

async function ask(question: string): Promise<string> {
  const { createInterface } = await import("node:readline/promises");
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  // Ctrl-D is an answer too: none
  const closed = new Promise<string>((resolve) => lines.once("close", () => resolve("")));
  try {
    return await Promise.race([lines.question(question), closed]);
  } finally {
    lines.close();
  }
}

/** The terminal of this process. */
export const processTerminal: Terminal = {
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  // to the line's start, and what stood there is erased
  ...(process.stderr.isTTY && { progress: (text: string) => void process.stderr.write(`\r\u001b[K${text}`) }),
  get columns() {
    return process.stdout.isTTY ? process.stdout.columns : undefined;
  },
  // https://no-color.org: any text but an empty one
  colours: !!process.stdout.isTTY && !process.env.NO_COLOR && process.env.TERM !== "dumb",
  async stdin() {
    if (process.stdin.isTTY) process.stderr.write("snap-bi: reading from the terminal; end it with Ctrl-D\n");
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  },
  ...(process.stdin.isTTY && process.stdout.isTTY && { ask }),
  env: process.env,
  now: () => new Date(),
};

/** What a colour says. */
export type Tone = "good" | "bad" | "careful" | "quiet" | "strong";
const STYLES = { good: "green", bad: "red", careful: "yellow", quiet: "dim", strong: "bold" } as const;

/** A text in the colour of what it says, where colours are wanted. */
export function toned({ colours }: Pick<Terminal, "colours">, tone: Tone, text: string): string {
  return colours ? styleText(STYLES[tone], text, { validateStream: false }) : text;
}

/** How wide a line may be on this terminal; undefined in files and pipes. */
export function widthOf({ columns }: Pick<Terminal, "columns">): number | undefined {
  return columns && Math.max(40, Math.min(columns, WIDTH));
}

/**
 * Rows with their columns aligned, the last one ragged.
 * @param width where the last column is broken into lines of its own; left out, each row is one line
 */
export function table(rows: readonly (readonly string[])[], width?: number): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length);
  }
  return rows.map((row) => {
    const before = row.slice(0, -1).map((cell, at) => `${cell.padEnd(widths[at] ?? 0)}  `);
    const [last = ""] = row.slice(-1);
    const indent = before.join("").length;
    const fits = width === undefined || indent + last.length <= width;
    // no room for two words beside the others; and a URL or a key that was broken could not be copied
    const isWhole = fits || width - indent < 20 || !last.includes(" ");
    return before.join("") + (isWhole ? last : wrapped(last, indent, width));
  });
}

/** Rows whose first column says what the second one is. */
export function labelled(rows: readonly (readonly [string, string])[], terminal: Terminal): string[] {
  // all texts of a start-up begin in the same column
  const padded = rows.map(([label, text]) => [label.padEnd("documentation ".length), text]);
  return table(padded, widthOf(terminal)).map((line, at) => {
    const { length } = rows[at]?.[0] ?? "";
    return toned(terminal, "quiet", line.slice(0, length)) + line.slice(length);
  });
}

/** A sentence no wider than the terminal, all its lines but the first indented; as it is in files and pipes. */
export function fitted(text: string, terminal: Pick<Terminal, "columns">, indent = 0): string {
  const width = widthOf(terminal);
  return width === undefined || text.length + indent <= width ? text : wrapped(text, indent, width);
}

/** A call of a shell in lines no wider than the terminal, which the shell takes for one. */
export function call(text: string, terminal: Pick<Terminal, "columns">, indent = 0): string {
  const width = (widthOf(terminal) ?? Number.POSITIVE_INFINITY) - indent;
  if (text.split("\n").every((line) => line.length <= width)) return text;
  const lines: string[] = [];
  // an option stays with its value
  for (const [part] of text.replaceAll(/\s+\\\n\s*/g, " ").matchAll(PART)) {
    const joined = `${lines.at(-1)} ${part}`;
    if (lines.length && joined.length + " \\".length <= width) lines[lines.length - 1] = joined;
    else lines.push(lines.length ? `    ${part}` : part);
  }
  return lines.join(` \\\n${" ".repeat(indent)}`);
}

/** A word, quoted parts and all; an option with its value. */
const PART = /-{1,2}[a-zA-Z][\w-]*(?:[ =](?!-)(?:'[^']*'|[^\s'])+)?|(?:'[^']*'|[^\s'])+/g;

/** Says on stderr, under the program's name, what is beside the answer. */
export function remark(terminal: Terminal, text: string): void {
  terminal.err(fitted(`snap-bi: ${text}`, terminal));
}

/** How wide a line is at most. */
const WIDTH = 100;

/** A text in lines that are not wider than that, all but the first indented. */
export function wrapped(text: string, indent = 0, width = WIDTH): string {
  return linesOf(text, width - indent).join(`\n${" ".repeat(indent)}`);
}

/** A text in lines of at most this width; a word that is longer is broken. */
function linesOf(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  // status and case code of a response code are one word
  for (const word of text.split(/(?<!\b\d{3})\s+|\s+(?!\d\d\b)/).flatMap((each) => piecesOf(each, width))) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

const piecesOf = (word: string, width: number) =>
  Array.from({ length: Math.max(1, Math.ceil(word.length / width)) }, (_, at) =>
    word.slice(at * width, (at + 1) * width),
  );

/** The least width of a column whose cells are wrapped. */
const LEAST_WIDTH = 12;

/** Rows with their columns aligned and no wider than the terminal: the cells of the last three are wrapped, of the widest first. */
export function columns(
  rows: readonly (readonly string[])[],
  { columns: width = WIDTH }: Pick<Terminal, "columns">,
): string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  const total = () => widths.reduce((sum, each) => sum + each + 2, -2);
  while (total() > width) {
    const widest = Math.max(...widths.slice(-3));
    if (widest <= LEAST_WIDTH) break;
    widths[widths.lastIndexOf(widest)] = widest - 1;
  }
  return rows.flatMap((row) => {
    const cells = row.map((cell, at) => linesOf(cell, widths[at] ?? 0));
    return Array.from({ length: Math.max(...cells.map(({ length }) => length)) }, (_, line) =>
      cells
        .map((lines, at) => (lines[line] ?? "").padEnd(widths[at] ?? 0))
        .join("  ")
        .trimEnd(),
    );
  });
}
