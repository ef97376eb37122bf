// Compiles the contract's schemas into generated/validators.js: plain functions, no dependency, no eval.
import { Ajv, type AnySchemaObject } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import { build } from "esbuild";
import type { Bundle, Schema } from "./bundle.ts";
import { headerSchema, isError } from "./bundle.ts";
import type { Imports } from "./contract-module.ts";
import { createCompiler, shortenErrors } from "./validator-code.ts";

/** A validator's name, and the schema that it checks; of a response its status. */
interface ValidatorSpec {
  name: string;
  status?: string;
  schema: Schema;
}

/** Every schema that is validated: a request body, the headers, and the response body of each status, for each operation. */
function validatorSpecs({ operations }: Bundle): ValidatorSpec[] {
  return operations.flatMap((operation) => [
    { name: `${operation.operationId}Request`, schema: operation.request },
    { name: `${operation.operationId}Headers`, schema: headerSchema(operation.parameters) },
    ...Object.entries(operation.responses).map(([status, schema]) => ({
      name: `${operation.operationId}Response${status}`,
      status,
      schema,
    })),
  ]);
}

/** Those that have a validator of their own: the error bodies share one. */
const ownSpecs = (bundle: Bundle) => validatorSpecs(bundle).filter(({ status = "" }) => !isError(status));

/** What the module exports: the validators one by one, and those of error bodies as a map for each operation. */
const exportsOf = (bundle: Bundle) => ({
  single: ownSpecs(bundle).map(({ name }) => name),
  errors: bundle.operations.map(({ operationId }) => `${operationId}Errors`),
});

/** The error bodies differ in their codes only. What all of them share is compiled once, under this name. */
const ERROR_BODY = "ErrorBody";

/** An error body's schema taken apart: what all of them share, and its own codes. */
function splitError(schema: Schema): { shared: Schema; codes: string[] } {
  const { responseCode: { enum: codes, ...responseCode } = {}, ...others } = schema.properties ?? {};
  return { shared: { ...schema, properties: { responseCode, ...others } }, codes: codes as string[] };
}

/**
 * The validators of an operation's error bodies, by status: the shared one, and `enum` on its code as Ajv would have it. 72 of Ajv's
 * own weigh 5 kB gzipped. The standard's case codes count up from 00 without a gap, so that a number stands for them.
 */
const ERROR_VALIDATORS = `
const errorValidators = (service, codes) => Object.fromEntries(Object.entries(codes).map(([status, of]) => [status, errorValidator(
  typeof of == "number" ? Array.from({ length: of }, (_, index) => status + service + String(index).padStart(2, "0")) : of)]));
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

/** What all error bodies share, and the source of each operation's validators of them. */
function errorBodies({ operations }: Bundle): { shared: AnySchemaObject; sources: string[] } {
  const all = new Map<string, AnySchemaObject>();
  const sources = operations.map(({ operationId, serviceCode, responses }) => {
    const statuses = Object.entries(responses).filter(([status]) => isError(status));
    const cases = statuses.map(([status, schema]) => {
      const { shared, codes } = splitError(schema);
      all.set(JSON.stringify(lean(shared)), lean(shared));
      const counted = codes.every((code, index) => code === status + serviceCode + String(index).padStart(2, "0"));
      return [status, counted ? codes.length : codes];
    });
    const ofStatus = JSON.stringify(Object.fromEntries(cases));
    return `export const ${operationId}Errors = /* @__PURE__ */ errorValidators("${serviceCode}", ${ofStatus});`;
  });
  const [shared, another] = all.values();
  if (!shared || another) throw new Error("an error body differs from the others in more than its codes");
  return { shared, sources };
}

/** What says nothing of validity; `unevaluatedProperties` is true everywhere. */
const IDLE = /^(x-.*|title|description|deprecated|unevaluatedProperties)$/;

/** A schema without what says nothing of validity, and with components called by name, so that one function serves all. */
function lean(schema: Schema): AnySchemaObject {
  const text = JSON.stringify(schema, (key, value) => (IDLE.test(key) && !isProperty(value) ? undefined : value));
  return JSON.parse(
    text
      .replaceAll('"#/components/schemas/', '"')
      // the same keyword, as the Ajv knows it that keeps no track of what was evaluated
      .replaceAll('"dependentSchemas":', '"dependencies":'),
  ) as AnySchemaObject;
}

/** Whether a value is a schema: a body property may be called `title`. */
const isProperty = (value: unknown) => typeof value === "object" && value !== null && "type" in value;

/** The module's text. */
export async function validatorsModule(bundle: Bundle): Promise<string> {
  const compiler = createCompiler();
  const compiledNames = new Set([ERROR_BODY]);
  const nameOf = new Map<string, string>();
  for (const [name, schema] of Object.entries(bundle.components)) {
    compiler.addSchema(lean(schema), name);
    nameOf.set(JSON.stringify({ $ref: `#/components/schemas/${name}` }), name);
  }
  const { single, errors } = exportsOf(bundle);
  const { shared, sources } = errorBodies(bundle);
  compiler.addSchema(shared, ERROR_BODY);
  const others: string[] = [];
  for (const { name, schema } of ownSpecs(bundle)) {
    // operations that ask for the same headers share their validator
    const text = JSON.stringify(schema);
    const same = nameOf.get(text) ?? name;
    if (same === name) {
      nameOf.set(text, name);
      compiler.addSchema(lean(schema), name);
    } else others.push(`export const ${name} = ${same};`);
    compiledNames.add(same);
  }

  const code = standalone.default(compiler, Object.fromEntries([...compiledNames].map((name) => [name, name])));
  const exported = new Set([...single, ...errors]);
  // neither a component nor the shared error body is an export of its own
  const own = code.replace(/\bexport const (\w+) =/g, (statement, name) =>
    exported.has(name) ? statement : `const ${name} =`,
  );
  return minified([shortenErrors(own), ERROR_VALIDATORS, ...sources, ...others].join("\n"));
}

/** A module in short; bundling drops the schemas that Ajv leaves beside the code. */
export async function minified(source: string): Promise<string> {
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

/** Examples that break their schema, in sentences. */
export function exampleViolations(
  bundle: Bundle,
  examples: readonly { validator: string; place: string; value: unknown }[],
): string[] {
  // Ajv as it comes: the compiler's code is for files
  const compiler = new Ajv({ strict: false, allErrors: true, formats: { "date-time": true } });
  for (const [name, schema] of Object.entries(bundle.components)) compiler.addSchema(lean(schema), name);
  const schemas = new Map(validatorSpecs(bundle).map(({ name, schema }) => [name, schema]));
  return examples.flatMap(({ validator, place, value }) => {
    const schema = schemas.get(validator);
    const validate = schema && compiler.compile(lean(schema));
    if (!validate || validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, keyword, params }) =>
        `${place} breaks ${keyword} at ${instancePath || "/"}${keyword === "required" ? ` (${String(params.missingProperty)} is missing)` : ""}`,
    );
  });
}

/** The declarations beside the module. */
export function validatorsDeclarations(bundle: Bundle): string {
  const { single, errors } = exportsOf(bundle);
  return `import type { Validator } from "./contract.ts";

${single.map((name) => `export const ${name}: Validator;`).join("\n")}
${errors.map((name) => `export const ${name}: Readonly<Record<string, Validator>>;`).join("\n")}
`;
}

/** The same module for a profile, which is TypeScript: what compiles a user's project takes it along. */
export async function profileValidatorsModule(
  bundle: Bundle,
  { validator }: Pick<Imports, "validator">,
): Promise<string> {
  const code = await validatorsModule(bundle);
  const [statement = "", list = ""] = /export\s*\{([^{}]*)\};?\s*$/.exec(code) ?? [];
  if (!statement) throw new Error("esbuild has changed: it does not end a module with its exports");
  const members = list.split(",").map((each) => each.trim().split(" as "));
  const { single, errors } = exportsOf(bundle);
  const entries = members.map(([own = "", name = own]) => `${name}: ${own}`);
  return `import type { Validator } from "${validator}";
${code.slice(0, code.length - statement.length)}
export const validators: Readonly<
  Record<${union(single)}, Validator> & Record<${union(errors)}, Readonly<Record<string, Validator>>>
> = { ${entries.join(", ")} };
`;
}

const union = (names: string[]) => names.map((name) => JSON.stringify(name)).join(" | ");
