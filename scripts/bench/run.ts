// Times the built package against what one would write or take instead, on service 60's full request. Ratios are medians over
// rounds that alternate within one run, so that they hold on a busy machine too. A row of the table is a file in rows/.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "../redocly/run.ts";
import type { Extent, Row } from "./subject.ts";

const { values } = parseArgs({
  options: {
    help: { type: "boolean", short: "h" },
    quick: { type: "boolean", default: false },
    only: { type: "string" },
  },
});
/** The rows by name. Each is loaded once dist/ is built. */
const ROWS: Readonly<Record<string, (extent: Extent) => Promise<Row[]>>> = {
  validate: async (extent) => (await import("./rows/validate.ts")).validation(extent),
  sign: async (extent) => (await import("./rows/sign.ts")).signing(extent),
  call: async (extent) => (await import("./rows/call.ts")).calling(extent),
  receive: async (extent) => (await import("./rows/receive.ts")).receiving(extent),
  claim: async (extent) => (await import("./rows/claim.ts")).claiming(extent),
  mock: async (extent) => (await import("./rows/mock.ts")).mocking(extent),
  growth: async (extent) => (await import("./rows/growth.ts")).growth(extent),
  import: async (extent) => (await import("./rows/import.ts")).importing(extent),
  size: async () => (await import("./rows/size.ts")).weighing(),
};
if (values.only !== undefined && !Object.hasOwn(ROWS, values.only)) {
  console.error(`--only must be one of ${Object.keys(ROWS).join(", ")}, not "${values.only}"`);
  process.exit(2);
}
if (values.help) {
  console.log(`npm run bench [-- --quick] [-- --only NAME]

Builds the package, times it against its peers and prints one table. The peers are installed into scripts/bench/node_modules
the first time. --quick takes fewer rounds and is good for a first look only. --only takes one of: ${Object.keys(ROWS).join(", ")}.`);
  process.exit(0);
}

function npm(...args: string[]): void {
  const shell = process.platform === "win32";
  const { status } = spawnSync("npm", args, { cwd: root, stdio: ["ignore", "ignore", "inherit"], shell });
  if (status !== 0) throw new Error(`npm ${args.join(" ")} failed`);
}

console.log("... building the package into dist/");
npm("run", "--silent", "build", "--", "--logLevel", "silent");
const folder = import.meta.dirname;
// only this row needs them
const needsPeers = values.only === undefined || values.only === "validate";
if (needsPeers && !existsSync(join(folder, "node_modules/zod"))) {
  console.log("... installing the peers into scripts/bench/node_modules (npm ci --prefix scripts/bench)");
  npm("ci", "--silent", "--no-audit", "--no-fund", "--prefix", folder);
}

const extent = { rounds: values.quick ? 51 : 401, quick: values.quick };
const chosen = Object.entries(ROWS).filter(([name]) => values.only === undefined || name === values.only);
const rows: Row[] = [];
for (const [, measure] of chosen) rows.push(...(await measure(extent)));
print();

function print(): void {
  const cells = [
    ["what", "against", "measured", "aim", ""],
    ...rows.map(({ what, against, measured, aim, met }) => [what, against, measured, aim, met ? "met" : "missed"]),
  ];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0), 3));
  const line = (row: string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const [head = [], ...body] = cells.map(line);
  console.log(`\n${head}\n${line(widths.map((width) => "-".repeat(width)))}\n${body.join("\n")}`);
  const missed = rows.filter(({ met }) => !met).length;
  console.log(
    `\n${rows.length - missed} of ${rows.length} aims met, medians of ${extent.rounds} rounds${values.quick ? " (--quick)" : ""}.`,
  );
  console.log(
    `Machine: ${cpus()[0]?.model ?? "unknown CPU"}, ${cpus().length} threads, Node ${process.versions.node}, ${process.platform} ${process.arch}.`,
  );
}
