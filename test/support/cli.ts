// The command line as tests run it: in this process for the many, as a child process for those about pipes and exit codes.
import { type ExecFileException, execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { main } from "../../src/cli/main.ts";

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
}

/** Runs the command line in this process. */
export async function snapBi(args: string[], { env = {}, stdin = "", now }: Surroundings = {}): Promise<Ran> {
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
  });
  return { code, ...ran };
}

/** The arguments with which Node runs the command line. */
export const cli = ["--import", "tsx", fileURLToPath(new URL("../../src/cli.ts", import.meta.url))];

/** Runs the command line as a child process, to its end. */
export function snapBiProcess(args: string[], { env = {}, stdin = "" }: Surroundings = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [...cli, ...args],
      { env: { PATH: process.env.PATH, ...env }, maxBuffer: 1e8 },
      (error: ExecFileException | null, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
    child.stdin?.end(stdin);
  });
}
