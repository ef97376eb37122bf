// How long the main entry takes to import.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median } from "../measure.ts";
import { type Extent, fixed, mainEntry, type Row, say } from "../subject.ts";

export function importing({ quick }: Extent): Row[] {
  const times = quick ? 5 : 15;
  say(`starting node with and without the main entry, ${times} times each`);
  const scripts = mkdtempSync(join(tmpdir(), "snap-bench-"));
  const empty = join(scripts, "empty.mjs");
  const full = join(scripts, "full.mjs");
  writeFileSync(empty, "");
  writeFileSync(full, `import ${JSON.stringify(mainEntry)};\n`);
  const start = (file: string) => {
    const from = performance.now();
    // without what this process was given, such as a loader
    const { status } = spawnSync(process.execPath, [file], { env: { PATH: process.env.PATH } });
    if (status !== 0) throw new Error(`${file} failed`);
    return performance.now() - from;
  };
  start(full);
  const taken = Array.from({ length: times }, () => [start(empty), start(full)] as const);
  rmSync(scripts, { recursive: true });
  const spent = median(taken.map(([without, with_]) => with_ - without));
  return [
    {
      what: "import of the main entry",
      against: "an empty Node process",
      measured: `${fixed(spent, 1)} ms more`,
      aim: "at most 15 ms",
      met: spent <= 15,
    },
  ];
}
