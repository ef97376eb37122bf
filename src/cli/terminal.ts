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
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line !== "" && line.length + 1 + word.length > WIDTH - indent) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].join(`\n${" ".repeat(indent)}`);
}
