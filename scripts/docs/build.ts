// Builds the documentation page: one HTML file that works offline, made from the bundle, the catalogue and the register; and beside it
// the page of the console.
import { mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { renderConsole } from "../console/page.ts";
import { root } from "../redocly/run.ts";
import { renderPage } from "./page.ts";

function isStale(out: string): boolean {
  const inputs = [
    "generated/openapi.json",
    "generated/operations.ts",
    "generated/profiles/index.ts",
    "openapi/errata.yaml",
    ...readdirSync(join(root, "openapi/profiles")).map((file) => `openapi/profiles/${file}`),
    "openapi/response-codes.yaml",
    ...["scripts/docs", "scripts/console", "scripts/page"].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((file) => `${folder}/${file}`),
    ),
    "src/sandbox/payment-states.ts",
    "src/sandbox/scenarios.ts",
    "src/snap/signature.ts",
  ].map((file) => join(root, file));
  const changed = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return Math.min(changed(out), changed(consoleBeside(out))) <= Math.max(...inputs.map(changed));
}

/** The console's page is in the same folder. */
const consoleBeside = (out: string) => join(dirname(out), "console.html");

/** Writes a page so that who reads it meanwhile reads it whole. */
function write(out: string, page: string): void {
  const beside = `${out}.${process.pid}`;
  writeFileSync(beside, page);
  renameSync(beside, out);
}

async function build(out: string): Promise<void> {
  console.log("building the documentation page ...");
  const page = await renderPage();
  mkdirSync(dirname(out), { recursive: true });
  write(consoleBeside(out), renderConsole());
  write(out, page);
  console.log(`wrote ${out} (${Math.ceil(statSync(out).size / 1024)} kB); open it in a browser, no server needed`);
}

const { values } = parseArgs({
  options: {
    help: { type: "boolean", short: "h" },
    out: { type: "string", default: join(root, "dist/docs/index.html") },
    "if-stale": { type: "boolean", default: false },
  },
});
if (values.help) {
  console.log(`npm run docs [-- --out FILE] [-- --if-stale]

Builds the documentation page, one HTML file, and console.html beside it, the page of mock and sandbox. --if-stale does nothing when the page is newer than the contract.`);
} else if (!values["if-stale"] || isStale(values.out)) await build(values.out);
