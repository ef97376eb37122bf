// Where a text stops being JSON. JSON.parse knows, but says it in another way in every version of Node, and not always.

/** Where a text stops being JSON, and why. */
export interface JsonBreak {
  /** In UTF-16 units. */
  at: number;
  /** From 1 on. */
  line: number;
  /** In characters, from 1 on. */
  column: number;
  /** What is wrong there: `expected ":", found "1"`. */
  problem: string;
}

/** Signals the place; caught in this file. */
class Broken extends Error {
  readonly at: number;
  constructor(at: number, problem: string) {
    super(problem);
    this.at = at;
  }
}

/** Where a text stops being JSON; undefined when it is JSON, as JSON.parse reads it. */
export function jsonBreakOf(text: string): JsonBreak | undefined {
  try {
    read(text);
    return undefined;
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    const { at, message: problem } = error;
    const before = text.slice(0, at);
    const start = before.lastIndexOf("\n") + 1;
    return { at, line: before.split("\n").length, column: [...before.slice(start)].length + 1, problem };
  }
}

const BLANKS = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON does not let them stand in a string
const CHARACTERS = /[^"\\\u0000-\u001f]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;

/** Reads a whole document without recursion, for it may nest deep. */
function read(text: string): void {
  const open: ("{" | "[")[] = [];
  let at = pass(BLANKS, text, 0);
  for (;;) {
    // here a value begins
    const first = text[at];
    if (first === "{" || first === "[") {
      at = pass(BLANKS, text, at + 1);
      const empty = text[at] === closerOf(first);
      if (!empty) {
        open.push(first);
        if (first === "{") at = readName(text, at, 'a name in double quotes or "}"');
        continue;
      }
      at += 1;
    } else at = readScalar(text, at);

    // here one has ended, and with it perhaps what it is in
    at = pass(BLANKS, text, at);
    let around = open.at(-1);
    while (around && text[at] === closerOf(around)) {
      open.pop();
      at = pass(BLANKS, text, at + 1);
      around = open.at(-1);
    }
    if (!around) {
      if (at < text.length) throw broken(text, at, "the end");
      return;
    }
    if (text[at] !== ",") throw broken(text, at, `"," or "${closerOf(around)}"`);
    at = pass(BLANKS, text, at + 1);
    if (around === "{") at = readName(text, at, "a name in double quotes");
  }
}

function closerOf(opener: "{" | "["): "}" | "]" {
  return opener === "{" ? "}" : "]";
}

/** Reads a member's name and its colon, up to its value. */
function readName(text: string, start: number, expected: string): number {
  if (text[start] !== '"') throw broken(text, start, expected);
  const at = pass(BLANKS, text, readString(text, start));
  if (text[at] !== ":") throw broken(text, at, '":"');
  return pass(BLANKS, text, at + 1);
}

function readScalar(text: string, start: number): number {
  if (text[start] === '"') return readString(text, start);
  const at = Math.max(pass(NUMBER, text, start), pass(WORD, text, start));
  if (at === start) throw broken(text, at, "a value");
  return at;
}

function readString(text: string, start: number): number {
  let at = pass(CHARACTERS, text, start + 1);
  for (let after = pass(ESCAPE, text, at); after > at; after = pass(ESCAPE, text, at)) {
    at = pass(CHARACTERS, text, after);
  }
  if (text[at] === '"') return at + 1;
  if (at === text.length) throw new Broken(start, "a string opens here and is never closed");
  if (text[at] === "\\") throw new Broken(at, `the escape ${foundAt(text, at, 2)} does not exist`);
  throw new Broken(at, `${foundAt(text, at)} cannot stand in a string; write it as an escape`);
}

function pass(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

function broken(text: string, at: number, expected: string): Broken {
  return new Broken(at, `expected ${expected}, found ${foundAt(text, at)}`);
}

function foundAt(text: string, at: number, length = 1): string {
  const found = [...text.slice(at, at + 2 * length)].slice(0, length).join("");
  // as JSON writes it, which makes a control character visible
  return found ? JSON.stringify(found) : "the end";
}
