// Writes collections/ from the bundle: a Bruno collection and a Postman one. `npm run generate` runs it.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "../redocly/run.ts";
import { brunoFiles, postmanCollection } from "./bruno.ts";
import { collectionOf, type OpenApi } from "./collection.ts";

const { values } = parseArgs({ options: { out: { type: "string", default: join(root, "collections") } } });
const { out } = values;

/** Installs what writes the collections when it is missing or the lock has changed. */
function install(): void {
  const folder = import.meta.dirname;
  const lock = readFileSync(join(folder, "package-lock.json"), "utf8");
  const mark = join(folder, "node_modules/.installed-lock.json");
  if (existsSync(mark) && readFileSync(mark, "utf8") === lock) return;
  console.log("installing what writes the collections (npm ci --prefix scripts/collections) ...");
  const args = ["ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", folder];
  const shell = process.platform === "win32";
  const { status } = spawnSync("npm", args, { stdio: ["ignore", "ignore", "inherit"], shell });
  if (status !== 0) throw new Error(`npm ${args.join(" ")} exited with ${status}`);
  writeFileSync(mark, lock);
}

install();
const openapi = JSON.parse(readFileSync(join(root, "generated/openapi.json"), "utf8")) as OpenApi;
const collection = collectionOf(openapi);
const files = brunoFiles(collection);
rmSync(join(out, "bruno"), { recursive: true, force: true });
for (const [name, text] of files) write(join("bruno", name), text);
write("postman.json", `${JSON.stringify(await postmanCollection(collection), null, 2)}\n`);
console.log(`wrote ${out} (${files.size} files of Bruno, and postman.json)`);

function write(name: string, text: string): void {
  const file = join(out, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
