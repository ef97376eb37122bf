// Writes all of generated/ from openapi/. Run it after every change of the contract; the drift test fails otherwise.
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import openapiTS, { astToString } from "openapi-typescript";
import { parse } from "yaml";
import { redocly, root } from "./redocly.ts";

const { values } = parseArgs({
  options: { help: { type: "boolean", short: "h" }, out: { type: "string", default: join(root, "generated") } },
});
if (values.help) {
  console.log(
    "npm run generate [-- --out FOLDER]\n\nWrites openapi.yaml, openapi.json and types.ts from openapi/ into generated/.",
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

function write(name: string, text: string): void {
  const file = join(out, name);
  writeFileSync(file, text);
  console.log(`wrote ${file} (${Math.ceil(statSync(file).size / 1024)} kB)`);
}
