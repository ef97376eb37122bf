// The file that keeps the books: a line for each change, written before the call is answered. A process that is killed loses at most
// the line that it was writing, which nobody was answered for; a computer that loses its power may lose more, for nothing is synced.
import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { invalidOption } from "../util/errors.ts";
import { count, isChange } from "./change-check.ts";
import { lockFile } from "./file-lock.ts";
import { type Change, changesOf, emptyState, type State, withChange } from "./state.ts";

/** Books that are kept. */
export interface Journal {
  readonly state: State;
  /** The seed that the books were begun with. */
  readonly seed: number | string;
  /** How often a sandbox was started on the file before. */
  readonly starts: number;
  /**
   * Writes a change down.
   * @throws Error when it cannot be written; then no later one is written either, for the books in memory are ahead of the file
   */
  write(change: Change): void;
  /** Lets another process have the file. */
  close(): void;
}

interface Head {
  readonly version: number;
  readonly seed: number | string;
  readonly starts: number;
}

const VERSION = 1;
/** What every such file begins with. */
const MAGIC = '{"snapSandboxBooks":';

/**
 * Opens the books in a file, or begins them. The file is written again with what is left of it, so that it holds nothing twice.
 * @param seed of new books; undefined takes that of the file, or the other one where there is none
 * @throws TypeError (`ERR_SNAP_INVALID_OPTION`) when the file holds something else, is of a later version, was begun with another
 *   seed, is in use, or cannot be read or written
 */
export function openJournal(path: string, seed: number | string | undefined, newSeed: number | string): Journal {
  const file = checked(path, () => resolved(path));
  refuseDevice(path, file);
  const unlock = lockFile(file, (why) =>
    invalidOption(`state: ${path} must be used by one sandbox at a time, but ${why}`),
  );
  try {
    const { head, state } = readBooks(path, textOf(path, file));
    if (head && seed !== undefined && String(head.seed) !== String(seed)) {
      throw invalidOption(
        `state: ${path} was begun with seed ${head.seed}, not ${seed}: leave the seed out, or choose another file.`,
      );
    }
    const next: Head = { version: VERSION, seed: head?.seed ?? seed ?? newSeed, starts: (head?.starts ?? -1) + 1 };
    const opened = checked(path, () => compact(file, next, state));
    return { state, seed: next.seed, starts: next.starts, ...writer(opened, unlock) };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** Reads the text of a file of books. What is behind the last line break was cut off while it was written, and is dropped. */
export function readBooks(path: string, text: string): { head: Head | undefined; state: State } {
  const lines = text.split("\n");
  const cut = lines.pop() ?? "";
  const [first, ...rest] = lines;
  if (first === undefined) {
    if (cut.startsWith(MAGIC) || MAGIC.startsWith(cut)) return { head: undefined, state: emptyState() };
    throw notBooks(path);
  }
  const head = headIn(path, first);
  let state = emptyState();
  for (const [index, line] of rest.entries()) {
    const change = changeIn(line);
    if (!change) {
      throw invalidOption(
        `state: every line of ${path} must be JSON as the sandbox wrote it, but line ${index + 2} is not: take the file from a copy, or delete it to begin again.`,
      );
    }
    state = withChange(state, change);
  }
  return { head, state };
}

function changeIn(line: string): Change | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isChange(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function headIn(path: string, line: string): Head {
  if (!line.startsWith(MAGIC)) throw notBooks(path);
  let head: { snapSandboxBooks?: unknown; seed?: unknown; starts?: unknown };
  try {
    head = JSON.parse(line) as typeof head;
  } catch {
    throw notBooks(path);
  }
  const { snapSandboxBooks: version, seed, starts } = head;
  if (version !== VERSION) {
    throw invalidOption(
      `state: ${path} must be of version ${VERSION}, but is of version ${JSON.stringify(version)}: use the release that wrote it, or another file.`,
    );
  }
  if (!(typeof seed === "string" || typeof seed === "number") || !count(starts)) throw notBooks(path);
  return { version, seed, starts: starts as number };
}

function notBooks(path: string) {
  return invalidOption(
    `state: ${path} must be a file that a sandbox wrote, and is something else: choose another name.`,
  );
}

/** Writes the books beside the file and puts them in its place, so that there are always whole ones. */
function compact(file: string, { version, seed, starts }: Head, state: State): { descriptor: number; size: number } {
  const beside = `${file}.new`;
  // what it holds is for those who started the sandbox: a file that is there may be another's, or a link to where it would be written
  rmSync(beside, { force: true });
  const descriptor = openSync(beside, "wx", 0o600);
  let size = append(descriptor, `${JSON.stringify({ snapSandboxBooks: version, seed, starts })}\n`);
  for (const change of changesOf(state)) size += append(descriptor, lineOf(change));
  fsyncSync(descriptor);
  renameSync(beside, file);
  return { descriptor, size };
}

function writer({ descriptor, size: start }: { descriptor: number; size: number }, unlock: () => void) {
  let size = start;
  let failure: Error | undefined;
  let closed = false;
  return {
    write(change: Change) {
      // what still ends after the books were closed is not in them, as after a kill
      if (closed) return;
      if (failure) throw failure;
      try {
        size += append(descriptor, lineOf(change));
      } catch (error) {
        failure = new Error(`The books cannot be written (${(error as Error).message}): start the sandbox again.`);
        // a line that is half there must not be taken for the beginning of another
        ftruncateSync(descriptor, size);
        throw failure;
      }
    },
    close() {
      if (closed) return;
      closed = true;
      closeSync(descriptor);
      unlock();
    },
  };
}

const lineOf = (change: Change) => `${JSON.stringify(change)}\n`;

/** Writes a text to its end, and returns how many bytes it has. */
function append(descriptor: number, text: string): number {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
  return bytes.length;
}

/** Where the file really is: a link is followed, for it would be replaced. */
function resolved(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return path;
    throw error;
  }
}

/** A device or a pipe would be read for ever, and a file put in its place. */
function refuseDevice(path: string, file: string): void {
  const found = checked(path, () => statSync(file, { throwIfNoEntry: false }));
  if (found && !found.isFile() && !found.isDirectory()) throw unusable(path, new Error("it is a device or a pipe"));
}

function textOf(path: string, file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw unusable(path, error);
  }
}

function checked<T>(path: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw unusable(path, error);
  }
}

function unusable(path: string, error: unknown) {
  const { code = "", message } = error as NodeJS.ErrnoException;
  return invalidOption(`state: ${path} must be a file that can be read and written, but: ${code || message}.`, error);
}
