// The command line as tests run it: in this process for the many, as a child process for those about pipes and exit codes.
import { type ExecFileException, execFile } from "node:child_process";
import { join } from "node:path";
import { main } from "../../src/cli/main.ts";
import { root } from "./repository.ts";

/** What a run of the command line came to. */
export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}
/** What surrounds a run. */
export interface Surroundings {
  env?: Record<string, string>;
  stdin?: string | Buffer;
  now?: Date;
  columns?: number;
  colours?: boolean;
}

/** Runs the command line in this process. */
export async function snapBi(
  args: string[],
  { env = {}, stdin = "", now, columns, colours = false }: Surroundings = {},
): Promise<Ran> {
  const ran = { stdout: "", stderr: "" };
  const code = await main(args, {
    out(line) {
      ran.stdout += `${line}\n`;
    },
    err(line) {
      ran.stderr += `${line}\n`;
    },
    stdin: async () => Buffer.from(stdin),
    env,
    now: () => now ?? new Date(),
    columns,
    colours,
  });
  return { code, ...ran };
}

/** The arguments with which Node runs the command line as it is built, in a third of the time. */
export const built = [join(root, "dist/cli.js")];
/** The arguments with which Node runs it from the source, in the root, as the README does. */
export const fromSource = ["--import", "tsx", "src/cli.ts"];

/** Runs the command line as a child process, to its end. */
export function snapBiProcess(
  args: string[],
  { env = {}, stdin = "" }: Surroundings = {},
  cli: string[] = built,
): Promise<Ran> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [...cli, ...args],
      { cwd: root, env: { PATH: process.env.PATH, ...env }, maxBuffer: 1e8 },
      // a signal leaves no code
      (error: ExecFileException | null, stdout, stderr) =>
        resolve({ code: error ? Number(error.code ?? Number.NaN) : 0, stdout, stderr }),
    );
    child.stdin?.end(stdin);
  });
}
