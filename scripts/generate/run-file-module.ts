// Turns openapi/run-file.schema.yaml into the function that checks a run file.
import { _, type AnySchemaObject } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import { minified } from "../../src/generate/validators-module.ts";

/** The module's text: one function, `runFile`, which leaves its errors as Ajv does. */
export async function runFileModule(schema: AnySchemaObject): Promise<string> {
  const ajv = new Ajv2020({ strict: true, strictRequired: false, allErrors: true, code: { source: true, esm: true } });
  // Ajv's own counts code points with a helper that would have to be loaded
  ajv.removeKeyword("minLength").addKeyword({
    keyword: "minLength",
    type: "string",
    schemaType: "number",
    error: { message: "must not be empty" },
    code: (cxt) => cxt.fail(_`${cxt.data}.length < ${cxt.schema}`),
  });
  // Ajv leaves the schema beside the code, and what it says to people would weigh more than the rest
  const lean = JSON.stringify(schema, (key, value: unknown) =>
    key === "description" && typeof value === "string" ? undefined : value,
  );
  ajv.addSchema(JSON.parse(lean) as AnySchemaObject, "runFile");
  return minified(standalone.default(ajv, { runFile: "runFile" }));
}

/** The declaration beside the module. */
export const RUN_FILE_DECLARATION = `/** What breaks the schema, as Ajv says it. */
export interface RunFileError {
  instancePath: string;
  schemaPath: string;
  keyword: string;
  params: Record<string, unknown>;
  message?: string;
}
/** Whether a value is a run file. After it returned false, \`errors\` says why. */
export const runFile: ((data: unknown) => boolean) & { errors?: RunFileError[] | null };
`;
