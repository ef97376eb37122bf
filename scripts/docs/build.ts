// Builds the documentation page: one HTML file that works offline, made from the bundle, the catalogue and the register.
import { mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
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
    ...readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" }).map((file) => `scripts/docs/${file}`),
    "src/sandbox/payment-states.ts",
    "src/sandbox/scenarios.ts",
    "src/snap/signature.ts",
  ].map((file) => join(root, file));
  const changed = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return changed(out) <= Math.max(...inputs.map(changed));
}

async function build(out: string): Promise<void> {
  console.log("building the documentation page ...");
  const page = await renderPage();
  mkdirSync(dirname(out), { recursive: true });
  // who reads the page meanwhile reads it whole
  const beside = `${out}.${process.pid}`;
  writeFileSync(beside, page);
  renameSync(beside, out);
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

Builds the documentation page, one HTML file. --if-stale does nothing when the page is newer than the contract.`);
} else if (!values["if-stale"] || isStale(values.out)) await build(values.out);
