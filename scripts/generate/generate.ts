// Writes all of generated/ from openapi/. Run it after every change of the contract; the drift test fails otherwise.
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { parse } from "yaml";
import { redocly, root } from "../redocly/run.ts";
import { type OpenApi, readBundle } from "./bundle.ts";
import { contractModule } from "./contract-module.ts";
import { openApi30 } from "./openapi-3.0.ts";
import { operationsModule } from "./operations-module.ts";
import { type Catalogue, casesModule, responseCodesModule, type States } from "./response-codes-module.ts";
import { RUN_FILE_DECLARATION, runFileModule } from "./run-file-module.ts";
import { type Sheet, scenariosModule } from "./scenarios-module.ts";
import { typesModule } from "./types-module.ts";
import { validatorsDeclarations, validatorsModule } from "./validators-module.ts";

const { values } = parseArgs({
  options: { help: { type: "boolean", short: "h" }, out: { type: "string", default: join(root, "generated") } },
});
if (values.help) {
  console.log(
    "npm run generate [-- --out FOLDER]\n\nWrites the bundle (openapi.yaml, openapi.json, openapi-3.0.json), types, operations, response codes, contract, validators, scenarios\nand the run file's schema from openapi/ into generated/.",
  );
  process.exit(0);
}
const { out } = values;
mkdirSync(out, { recursive: true });

const NOTE = "Generated from openapi/ by `npm run generate`. Do not edit.";
const yamlFile = join(out, "openapi.yaml");
redocly("bundle", "snap", "--output", yamlFile);
const yaml = readFileSync(yamlFile, "utf8");
const document = parse(yaml) as OpenApi;
write("openapi.yaml", `# ${NOTE}\n${yaml}`);
write("openapi.json", `${JSON.stringify(document, null, 2)}\n`);
write("openapi-3.0.json", `${JSON.stringify(openApi30(parse(yaml)), null, 2)}\n`);

const bundle = readBundle(document);
const catalogue = parse(readFileSync(join(root, "openapi/response-codes.yaml"), "utf8")) as Catalogue;
const states = bundle.components.TransactionStatus?.["x-snap-states"] as States;
// openapi-typescript writes into the document that it is given
write("types.ts", `// ${NOTE}\n${await typesModule(parse(yaml))}`);
write("response-codes.ts", `// ${NOTE}\n${responseCodesModule(catalogue, states, bundle)}`);
write("cases.ts", `// ${NOTE}\n${casesModule(catalogue)}`);
write("operations.ts", `// ${NOTE}\n${operationsModule(bundle)}`);
write("validators.js", `// @ts-nocheck ${NOTE}\n${await validatorsModule(bundle)}`);
write("validators.d.ts", `// ${NOTE}\n${validatorsDeclarations(bundle)}`);
write("contract.ts", `// ${NOTE}\n${contractModule(bundle)}`);
const sheet = parse(readFileSync(join(root, "openapi/scenarios.yaml"), "utf8")) as Sheet;
write("scenarios.ts", `// ${NOTE}\n${scenariosModule(sheet, catalogue, bundle)}`);
const runFile = parse(readFileSync(join(root, "openapi/run-file.schema.yaml"), "utf8")) as Record<string, unknown>;
write("run.schema.json", `${JSON.stringify(runFile, null, 2)}\n`);
write("run-file.js", `// @ts-nocheck ${NOTE}\n${await runFileModule(runFile)}`);
write("run-file.d.ts", `// ${NOTE}\n${RUN_FILE_DECLARATION}`);

function write(name: string, text: string): void {
  const file = join(out, name);
  writeFileSync(file, text);
  console.log(`wrote ${file} (${Math.ceil(statSync(file).size / 1024)} kB)`);
}
