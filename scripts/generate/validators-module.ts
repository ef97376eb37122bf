// Compiles the contract's schemas into generated/validators.js: plain functions, no dependency, no eval.
import { Ajv, type AnySchemaObject } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import { build } from "esbuild";
import type { Bundle, Schema } from "./bundle.ts";
import { headerSchema } from "./bundle.ts";

/** A validator's name, and the schema that it checks. */
export interface ValidatorSpec {
  name: string;
  schema: Schema;
}

/** Every validator of the contract: a request body, the headers, and the response body of each status, for each operation. */
export function validatorSpecs({ operations }: Bundle): ValidatorSpec[] {
  return operations.flatMap((operation) => [
    { name: `${operation.operationId}Request`, schema: operation.request },
    { name: `${operation.operationId}Headers`, schema: headerSchema(operation.parameters) },
    ...Object.entries(operation.responses).map(([status, schema]) => ({
      name: `${operation.operationId}Response${status}`,
      schema,
    })),
  ]);
}

/** The error bodies differ in their codes only. What all of them share is compiled once, under this name. */
const ERROR_BODY = "ErrorBody";

/** An error body's schema taken apart: what all of them share, and its own codes. */
function splitError(schema: Schema): { shared: Schema; codes: string[] } {
  const { responseCode: { enum: codes, ...responseCode } = {}, ...others } = schema.properties ?? {};
  return { shared: { ...schema, properties: { responseCode, ...others } }, codes: codes as string[] };
}

/** The validator of an error body: the shared one, and `enum` on its code as Ajv would have it. 72 of Ajv's own weigh 5 kB gzipped. */
const ERROR_VALIDATOR = `
const codesFrom = (prefix, count) => Array.from({ length: count }, (_, index) => prefix + String(index).padStart(2, "0"));
const errorValidator = (allowedValues) => {
  const validate = (data) => {
    ${ERROR_BODY}(data);
    let errors = ${ERROR_BODY}.errors;
    if (data && typeof data == "object" && !Array.isArray(data) && data.responseCode !== undefined && !allowedValues.includes(data.responseCode))
      errors = [...(errors ?? []), { instancePath: "/responseCode", keyword: "enum", params: { allowedValues } }];
    validate.errors = errors;
    return errors === null;
  };
  return validate;
};`;

/** An error body's validator as source. Case codes count up from 00 without a gap, which the generator makes sure of. */
function errorValidator(name: string, codes: string[]): string {
  const prefix = codes[0]?.slice(0, 5) ?? "";
  if (codes.some((code, index) => code !== prefix + String(index).padStart(2, "0"))) {
    throw new Error(`the codes of ${name} do not count up from 00: ${codes.join(", ")}`);
  }
  return `export const ${name} = /* @__PURE__ */ errorValidator(/* @__PURE__ */ codesFrom("${prefix}", ${codes.length}));`;
}

/** A schema without what says nothing of validity, and with components called by name, so that one function serves all. */
function lean(schema: Schema): AnySchemaObject {
  const text = JSON.stringify(schema, (key, value) =>
    /^(x-.*|title|description|deprecated)$/.test(key) && !isProperty(value) ? undefined : value,
  );
  return JSON.parse(text.replaceAll('"#/components/schemas/', '"')) as AnySchemaObject;
}

/** Whether a value is a schema: a body property may be called `title`. */
const isProperty = (value: unknown) => typeof value === "object" && value !== null && "type" in value;

/** The module's text. */
export async function validatorsModule(bundle: Bundle): Promise<string> {
  // Not Ajv2020: its code keeps track of what unevaluatedProperties and $dynamicRef would ask for, which the contract does not use.
  const ajv = new Ajv({
    strict: true,
    strictRequired: false,
    strictTypes: false,
    allErrors: true,
    messages: false,
    inlineRefs: false,
    // every pattern is ASCII, for which the flag changes nothing but the speed
    unicodeRegExp: false,
    code: { source: true, esm: true },
  });
  const compiledNames = new Set<string>();
  const aliases: string[] = [];
  const nameOf = new Map<string, string>();
  for (const [name, schema] of Object.entries(bundle.components)) {
    ajv.addSchema(lean(schema), name);
    nameOf.set(JSON.stringify({ $ref: `#/components/schemas/${name}` }), name);
  }
  const specs = validatorSpecs(bundle);
  const errorValidators: string[] = [];
  let errorBody: string | undefined;
  for (const { name, schema } of specs) {
    if (/Response[45]\d\d$/.test(name)) {
      const { shared, codes } = splitError(schema);
      const text = JSON.stringify(shared);
      if (errorBody === undefined) ajv.addSchema(lean(shared), ERROR_BODY);
      else if (errorBody !== text)
        throw new Error(`${name} differs from the other error bodies in more than its codes`);
      errorBody = text;
      errorValidators.push(errorValidator(name, codes));
      continue;
    }
    // operations that ask for the same headers share their validator
    const text = JSON.stringify(schema);
    const same = nameOf.get(text) ?? name;
    if (same === name) {
      nameOf.set(text, name);
      ajv.addSchema(lean(schema), name);
    }
    compiledNames.add(same);
    if (same !== name) aliases.push(`export const ${name} = ${same};`);
  }

  compiledNames.add(ERROR_BODY);
  const code = standalone.default(ajv, Object.fromEntries([...compiledNames].map((name) => [name, name])));
  // neither a component nor the shared error body is an export of its own
  const own = code.replace(/\bexport const (\w+) =/g, (statement, exported) =>
    specs.some(({ name }) => name === exported) ? statement : `const ${exported} =`,
  );
  const source = [FAIL, tighten(own), ...aliases, ERROR_VALIDATOR, ...errorValidators].join("\n");

  // bundling drops the schemas that Ajv leaves beside the code
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: import.meta.dirname, loader: "js" },
    bundle: true,
    format: "esm",
    platform: "neutral",
    minify: true,
    legalComments: "none",
    write: false,
  });
  const [output] = outputFiles;
  if (!output) throw new Error("esbuild wrote no validators");
  if (/\brequire\b/.test(output.text)) throw new Error("the validators require another of Ajv's helpers");
  return output.text;
}

/** Counts code points, in place of the helper that Ajv's code requires. */
const COUNT = "(text) => { let count = 0; for (const _ of text) count++; return count; }";

/**
 * Ajv's code without what nobody here reads (where in the schema an error arose, and in which parent), and with lengths counted
 * only when needed: a length counts code points, which takes a pass over the text, but a text has no more of them than UTF-16
 * units, so one that is short enough in units needs no count, and one unit is at least one code point.
 */
function tighten(code: string): string {
  const schemas = new Map<string, unknown>();
  for (const [, name = "", text = ""] of code.matchAll(/const (schema\d+) = (.*?);(?=const |function |export |$)/g)) {
    if (code.includes(`${name}.`)) schemas.set(name, JSON.parse(text));
  }
  return (
    code
      .replaceAll('require("ajv/dist/runtime/ucs2length").default', COUNT)
      .replace(/schemaPath:"[^"]*",/g, "")
      .replace(/,parentData(:data\d*)?,parentDataProperty(:[^,]+)?,rootData/g, "")
      .replace(/, parentData, parentDataProperty, rootData=data/g, "")
      .replace(/\b(func\d+)\((data\d*)\) > (\d+)/g, "$2.length > $3 && $1($2) > $3")
      .replace(/\bfunc\d+\((data\d*)\) < 1\b/g, "$1.length < 1")
      // the path goes as it is, not in an object
      .replaceAll('{instancePath=""}={}', 'instancePath=""')
      .replace(/, ?\{instancePath(?::([^{}]*?))?\}\)/g, (_, path = "instancePath") => `, ${path})`)
      .replace(
        /const (err\d+) = \{instancePath(?::([^,]+))?,keyword:("[^"]*"),params:(\{.*?\})\};if\(vErrors === null\)\{vErrors = \[\1\];\}else \{vErrors\.push\(\1\);\}/g,
        (_, _name, path = "instancePath", keyword, params) =>
          `vErrors = fail(vErrors, ${path}, ${keyword}, ${params});`,
      )
      // nearly every currency is rupiah, and to compare costs a tenth of what it costs to match
      .replace(
        /!(pattern\d+)\.test\((data\d*)\)(?=\)\{[^}]*pattern: ?"\^\[A-Z\]\{3\}\$")/g,
        '$2 !== "IDR" && !$1.test($2)',
      )
      // nobody reads what a group caught
      .replace(/new RegExp\(("(?:[^"\\]|\\.)*")/g, (_, pattern) => `new RegExp(${pattern.replace(/\((?!\?)/g, "(?:")}`)
      // the values themselves, so that the schema around them goes
      .replace(/\b(schema\d+)((?:\.\w+)+)/g, (_, name, path) =>
        JSON.stringify(
          path
            .slice(1)
            .split(".")
            .reduce((at: Record<string, unknown>, key: string) => at[key], schemas.get(name)),
        ),
      )
  );
}

/** Adds an error, in place of the statements that Ajv writes each time. */
const FAIL = `function fail(errors, instancePath, keyword, params) {
  const error = { instancePath, keyword, params };
  if (errors === null) return [error];
  errors.push(error);
  return errors;
}`;

/** The declarations beside the module. */
export function validatorsDeclarations(bundle: Bundle): string {
  const names = validatorSpecs(bundle).map(({ name }) => `export const ${name}: Validator;`);
  return `import type { Validator } from "../../src/contract/contract.ts";\n\n${names.join("\n")}\n`;
}
