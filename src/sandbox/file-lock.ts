// Keeps two processes from one file: a file beside it says which process has it. Node has no lock that ends with its process, so a
// lock is stale when its process is gone, or when another process has that number by now.
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";

/** A process: its number, and when it began, where the system tells. */
interface Owner {
  pid: number;
  began: string;
}

/**
 * Takes a file for this process.
 * @param refused makes the error of a file that is taken
 * @returns lets it go
 */
export function lockFile(file: string, refused: (why: string) => Error): () => void {
  const lock = `${file}.lock`;
  const mine = JSON.stringify({ pid: process.pid, began: beginOf(process.pid) });
  for (let tries = 0; tries < 3; tries += 1) {
    if (create(lock, mine, refused)) return () => rmSync(lock, { force: true });
    const found = textOf(lock);
    // let go meanwhile
    if (found === undefined) continue;
    const owner = ownerIn(found);
    if (owner && isRunning(owner)) {
      throw refused(
        `process ${owner.pid} has it: stop that, or choose another file. If it is not a sandbox, delete ${lock}.`,
      );
    }
    takeAway(lock, found);
  }
  throw refused(`another process took it at the same time: try again. If nothing else runs, delete ${lock}.`);
}

function create(lock: string, text: string, refused: (why: string) => Error): boolean {
  const whole = `${lock}.${process.pid}`;
  try {
    // linked when it is written, so that nobody reads half of it; what is there before may be a link to another file
    rmSync(whole, { force: true });
    writeFileSync(whole, text, { mode: 0o600, flag: "wx" });
    linkSync(whole, lock);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    throw refused(`${lock} cannot be written: ${code}.`);
  } finally {
    rmSync(whole, { force: true });
  }
}

/** Takes away a stale lock, and puts it back if it was another one by now. */
function takeAway(lock: string, stale: string): void {
  const aside = `${lock}.${process.pid}`;
  try {
    renameSync(lock, aside);
    if (textOf(aside) !== stale) linkSync(aside, lock);
  } catch {
    // another process was faster; the next try sees what there is
  }
  rmSync(aside, { force: true });
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/** Undefined for what is not a lock. */
function ownerIn(text: string): Owner | undefined {
  try {
    const { pid, began } = JSON.parse(text) as Owner;
    return Number.isInteger(pid) && pid > 0 ? { pid, began } : undefined;
  } catch {
    return undefined;
  }
}

function isRunning({ pid, began }: Owner): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // it runs, and is another user's
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  return beginOf(pid) === began;
}

/** When a process began, in ticks since the system started; empty where only Linux would tell. */
function beginOf(pid: number): string {
  // the name in brackets may hold blanks and brackets
  return textOf(`/proc/${pid}/stat`)?.split(") ").at(-1)?.split(" ")[19] ?? "";
}
