// Writes all of generated/ from openapi/. Run it after every change of the contract; the drift test fails otherwise.
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import openapiTS, { astToString } from "openapi-typescript";
import { parse } from "yaml";
import { redocly, root } from "../redocly/run.ts";
import { type OpenApi, readBundle } from "./bundle.ts";
import { clientModule, contractModule } from "./client-module.ts";
import { type Catalogue, responseCodesModule, type States } from "./response-codes-module.ts";
import { validatorsDeclarations, validatorsModule } from "./validators-module.ts";

const { values } = parseArgs({
  options: { help: { type: "boolean", short: "h" }, out: { type: "string", default: join(root, "generated") } },
});
if (values.help) {
  console.log(
    "npm run generate [-- --out FOLDER]\n\nWrites the bundle (openapi.yaml, openapi.json), types, client methods, response codes and validators from openapi/\ninto generated/.",
  );
  process.exit(0);
}
const { out } = values;
mkdirSync(out, { recursive: true });

const NOTE = "Generated from openapi/ by `npm run generate`. Do not edit.";
const yamlFile = join(out, "openapi.yaml");
redocly("bundle", "snap", "--output", yamlFile);
const bundle = readFileSync(yamlFile, "utf8");
write("openapi.yaml", `# ${NOTE}\n${bundle}`);
write("openapi.json", `${JSON.stringify(parse(bundle), null, 2)}\n`);

const types = await openapiTS(parse(bundle), {
  rootTypes: true,
  rootTypesNoSchemaPrefix: true,
  rootTypesKeepCasing: true,
  defaultNonNullable: false,
});
write("types.ts", `// ${NOTE}\n${astToString(types)}`);

const document = readBundle(parse(bundle) as OpenApi);
const catalogue = parse(readFileSync(join(root, "openapi/response-codes.yaml"), "utf8")) as Catalogue;
const states = document.components.TransactionStatus?.["x-snap-states"] as States;
const services = document.operations.map(({ serviceCode }) => serviceCode);
write("response-codes.ts", `// ${NOTE}\n${responseCodesModule(catalogue, states, services)}`);
write("client.ts", `// ${NOTE}\n${clientModule(document)}`);
write("validators.js", `// @ts-nocheck ${NOTE}\n${await validatorsModule(document)}`);
write("validators.d.ts", `// ${NOTE}\n${validatorsDeclarations(document)}`);
write("contract.ts", `// ${NOTE}\n${contractModule(document)}`);

function write(name: string, text: string): void {
  const file = join(out, name);
  writeFileSync(file, text);
  console.log(`wrote ${file} (${Math.ceil(statSync(file).size / 1024)} kB)`);
}
