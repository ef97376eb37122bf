// Generated from openapi/ by `npm run generate`. Do not edit.
/** What breaks the schema, as Ajv says it. */
export interface RunFileError {
  instancePath: string;
  schemaPath: string;
  keyword: string;
  params: Record<string, unknown>;
  message?: string;
}
/** Whether a value is a run file. After it returned false, `errors` says why. */
export const runFile: ((data: unknown) => boolean) & { errors?: RunFileError[] | null };
