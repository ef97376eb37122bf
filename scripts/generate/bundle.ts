// The bundled contract as the generator reads it: one record an operation, references to parameters followed.

/** A JSON Schema, as far as the generator looks into it. */
export interface Schema {
  $ref?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  "x-snap-presence"?: string;
  [keyword: string]: unknown;
}
/** A header parameter. */
export interface Parameter {
  name: string;
  required: boolean;
  schema: Schema;
}
/** An operation. Schemas keep their references to `components`. */
export interface Operation {
  operationId: string;
  path: string;
  serviceCode: string;
  summary: string;
  description: string;
  /** Whether it asks for an access token. */
  bearer: boolean;
  parameters: Parameter[];
  request: Schema;
  /** By HTTP status. */
  responses: Record<string, Schema>;
}
/** The contract. */
export interface Bundle {
  operations: Operation[];
  components: Record<string, Schema>;
}

interface Content {
  content: { "application/json": { schema: Schema } };
}
/** The parts of an OpenAPI document that are read here. */
export interface OpenApi {
  paths: Record<
    string,
    {
      post: {
        operationId: string;
        summary: string;
        description: string;
        security?: unknown[];
        "x-snap-service-code": string;
        parameters: { $ref: string }[];
        requestBody: Content;
        responses: Record<string, Content>;
      };
    }
  >;
  components: { schemas: Record<string, Schema>; parameters: Record<string, Parameter> };
}

/** Reads the bundle. */
export function readBundle({ paths, components }: OpenApi): Bundle {
  return {
    components: components.schemas,
    operations: Object.entries(paths).map(([path, { post }]) => ({
      path,
      operationId: post.operationId,
      serviceCode: post["x-snap-service-code"],
      summary: post.summary,
      description: post.description.trim(),
      bearer: post.security === undefined,
      parameters: post.parameters.map(({ $ref }) => {
        const parameter = components.parameters[$ref.split("/").at(-1) ?? ""];
        if (!parameter) throw new Error(`${post.operationId} refers to no parameter: ${$ref}`);
        return parameter;
      }),
      request: post.requestBody.content["application/json"].schema,
      responses: Object.fromEntries(
        Object.entries(post.responses).map(([status, { content }]) => [status, content["application/json"].schema]),
      ),
    })),
  };
}

/** The header parameters as one object schema. */
export function headerSchema(parameters: Parameter[]): Schema {
  return {
    type: "object",
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
  };
}

/** The properties of a body in the order of the published table, nested ones dotted, and whether each is mandatory. */
export function fieldsOf({ components }: Bundle, schema: Schema, prefix = ""): { path: string; mandatory: boolean }[] {
  const target = schema.$ref ? components[schema.$ref.split("/").at(-1) ?? ""] : schema;
  return Object.entries(target?.properties ?? {}).flatMap(([name, property]) => [
    { path: prefix + name, mandatory: target?.required?.includes(name) ?? false },
    ...fieldsOf({ components, operations: [] }, property, `${prefix}${name}.`),
  ]);
}
