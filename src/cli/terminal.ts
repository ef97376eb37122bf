// Where a command reads from and writes to, and how text is laid out there.

export { printable } from "../util/foreign-text.ts";

/** Where a command reads from and writes to. Tests pass their own. */
export interface Terminal {
  /** Writes a line to stdout. */
  out(line: string): void;
  /** Writes a line to stderr. */
  err(line: string): void;
  /** Shows how far something is, in place of what it showed before; an empty text ends that. Left out where nobody watches. */
  progress?(text: string): void;
  /** Everything on stdin. */
  stdin(): Promise<Buffer>;
  env: Readonly<Record<string, string | undefined>>;
  now(): Date;
  /** How many columns a line has; undefined where it is not a terminal. */
  readonly columns?: number | undefined;
}

/** The terminal of this process. */
export const processTerminal: Terminal = {
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  // to the line's start, and what stood there is erased
  ...(process.stderr.isTTY && { progress: (text: string) => void process.stderr.write(`\r\u001b[K${text}`) }),
  async stdin() {
    if (process.stdin.isTTY) process.stderr.write("snap-bi: reading from the terminal; end it with Ctrl-D\n");
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  },
  env: process.env,
  now: () => new Date(),
  get columns() {
    return process.stdout.columns;
  },
};

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

/** How wide a line of help is at most. */
const WIDTH = 100;

/** A text in lines that are not wider than help may be, all but the first indented. */
export function wrapped(text: string, indent = 0): string {
  return linesOf(text, WIDTH - indent).join(`\n${" ".repeat(indent)}`);
}

/** A text in lines of at most this width; a word that is longer is broken. */
function linesOf(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).flatMap((each) => piecesOf(each, width))) {
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
