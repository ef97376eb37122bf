// Writes all of generated/ from openapi/, and collections/ of that. Run it after every change of the contract; the drift test fails otherwise.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { stringifyYaml } from "@redocly/openapi-core";
import { parse } from "yaml";
import { readBundle, type Schema } from "../../src/generate/bundle.ts";
import { contractModule } from "../../src/generate/contract-module.ts";
import { derive } from "../../src/generate/derive.ts";
import type { Catalogue, Facts } from "../../src/generate/facts.ts";
import { openApi30 } from "../../src/generate/openapi-3.0.ts";
import { headerSamplesModule, operationsModule } from "../../src/generate/operations-module.ts";
import { profileFacts } from "../../src/generate/overlays.ts";
import { profileFiles } from "../../src/generate/profile-files.ts";
import { identifierOf } from "../../src/generate/profile-module.ts";
import { overlaysIn } from "../../src/generate/project.ts";
import { typesModule } from "../../src/generate/types-module.ts";
import { validatorsDeclarations, validatorsModule } from "../../src/generate/validators-module.ts";
import { redocly, root } from "../redocly/run.ts";
import { casesModule, notesModule, responseCodesModule } from "./response-codes-module.ts";
import { RUN_FILE_DECLARATION, runFileModule } from "./run-file-module.ts";
import { type Sheet, scenariosModule } from "./scenarios-module.ts";

const { values } = parseArgs({
  options: { help: { type: "boolean", short: "h" }, out: { type: "string", default: join(root, "generated") } },
});
if (values.help) {
  console.log(
    "npm run generate [-- --out FOLDER]\n\nWrites the bundle (openapi.yaml, openapi.json, openapi-3.0.json), its facts, types, operations, response codes, contract, validators,\nscenarios and the run file's schema from openapi/ into generated/, the same of each overlay in openapi/profiles/ into\ngenerated/profiles/, and collections/ of that, unless --out is given: scripts/collections/write.ts has one of its own.",
  );
  process.exit(0);
}
const { out } = values;
const NOTE = "Generated from openapi/ by `npm run generate`. Do not edit.";
const published = readFacts();
await writePublished();
await writeProfiles();
// a process of its own, for it reads what has just been written
if (out === join(root, "generated")) {
  const script = join(root, "scripts/collections/write.ts");
  execFileSync(process.execPath, ["--import", "tsx", script], { cwd: root, stdio: "inherit" });
}

/** What openapi/ states, in one document. */
function readFacts(): Facts {
  const folder = mkdtempSync(join(tmpdir(), "snap-facts-"));
  try {
    const file = join(folder, "facts.yaml");
    redocly("bundle", "snap", "--output", file);
    const facts = parse(readFileSync(file, "utf8")) as Facts;
    const source = <T>(name: string) => parse(readFileSync(join(root, "openapi", name), "utf8")) as T;
    facts["x-snap-response-codes"] = source<Catalogue>("response-codes.yaml");
    // nothing refers to it before the error bodies are derived
    facts.components.schemas.ErrorResponse = source<Schema>("components/schemas/ErrorResponse.yaml");
    return facts;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function writePublished(): Promise<void> {
  const document = derive(published);
  const bundle = readBundle(document);
  const catalogue = published["x-snap-response-codes"];
  const states = bundle.components.TransactionStatus?.["x-snap-states"] ?? {};
  write("facts.json", `${JSON.stringify(published)}\n`);
  write("openapi.yaml", `# ${NOTE}\n${stringifyYaml(document)}`);
  write("openapi.json", `${JSON.stringify(document, null, 2)}\n`);
  write("openapi-3.0.json", `${JSON.stringify(openApi30(structuredClone(document)), null, 2)}\n`);
  // openapi-typescript writes into the document that it is given
  write("types.ts", `// ${NOTE}\n${await typesModule(structuredClone(document))}`);
  write("response-codes.ts", `// ${NOTE}\n${responseCodesModule(catalogue, states, bundle)}`);
  write("cases.ts", `// ${NOTE}\n${casesModule(catalogue)}`);
  write("notes.ts", `// ${NOTE}\n${notesModule(catalogue)}`);
  write("operations.ts", `// ${NOTE}\n${operationsModule(bundle)}`);
  write("header-samples.ts", `// ${NOTE}\n${headerSamplesModule(bundle)}`);
  write("validators.js", `// @ts-nocheck ${NOTE}\n${await validatorsModule(bundle)}`);
  write("validators.d.ts", `// ${NOTE}\n${validatorsDeclarations(bundle)}`);
  write("contract.ts", `// ${NOTE}\n${contractModule(bundle, catalogue)}`);
  const source = <T>(name: string) => parse(readFileSync(join(root, "openapi", name), "utf8")) as T;
  write("scenarios.ts", `// ${NOTE}\n${scenariosModule(source<Sheet>("scenarios.yaml"), catalogue, bundle)}`);
  const runFile = source<Record<string, unknown>>("run-file.schema.yaml");
  write("run.schema.json", `${JSON.stringify(runFile, null, 2)}\n`);
  write("run-file.js", `// @ts-nocheck ${NOTE}\n${await runFileModule(runFile)}`);
  write("run-file.d.ts", `// ${NOTE}\n${RUN_FILE_DECLARATION}`);
}

/** The profiles. */
async function writeProfiles(): Promise<void> {
  const overlays = overlaysIn(join(root, "openapi/profiles"), (entry) => `openapi/profiles/${entry}`);
  const factsOf = profileFacts(published, overlays);
  for (const [name, { file, overlay }] of overlays) {
    const files = await profileFiles({
      name,
      info: overlay.info,
      facts: await factsOf(name),
      published,
      note: `Generated from ${file} by \`npm run generate\`. Do not edit.`,
      extension: ".ts",
      validator: "../../contract.ts",
      document: JSON.stringify(`generated/profiles/${name}/openapi.json`),
    });
    for (const [made, text] of files) write(join("profiles", name, made), text);
  }
  write("profiles/index.ts", `// ${NOTE}\n${profilesIndex([...overlays.keys()])}`);
}

/** What the command line loads a profile by its name from. */
function profilesIndex(names: string[]): string {
  const lines = names.map(
    (name) => `  ${JSON.stringify(name)}: async () => (await import("./${name}/contract.ts")).${identifierOf(name)},`,
  );
  return `/** The profiles that come with the package, each loaded when it is asked for. */
export const profiles = {\n${lines.join("\n")}\n};
`;
}

function write(name: string, text: string): void {
  const file = join(out, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.log(`wrote ${file} (${Math.ceil(statSync(file).size / 1024)} kB)`);
}
