// The bundled contract as the generator reads it: one record an operation, references to parameters followed.

/** A JSON Schema, as far as the generator looks into it. */
export interface Schema {
  $ref?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  /** What holds where a property is there: here, other spellings of a property's name. */
  dependentSchemas?: Record<string, Schema>;
  "x-snap-presence"?: string;
  [keyword: string]: unknown;
}
/** A header parameter. */
export interface Parameter {
  name: string;
  required: boolean;
  schema: Schema;
  example?: unknown;
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
  /** By HTTP status: that of 200 is a reference, the others, which only this operation has, are followed. */
  responses: Record<string, Schema>;
}
/** The contract. */
export interface Bundle {
  operations: Operation[];
  /** The schemas that the standard's tables have: not the 202 and error bodies. */
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

/** The name of a component that a reference leads to. */
const nameIn = (reference: string) => reference.split("/").at(-1) ?? "";

/** A schema, its reference followed. */
export function resolved(schema: Schema | undefined, components: Bundle["components"]): Schema {
  return (schema?.$ref ? components[nameIn(schema.$ref)] : schema) ?? {};
}

/** Names of the bodies of one status of one operation, as expand-catalogue gives them. */
const OF_ONE_ANSWER = /(InProgress|Error\d{3})$/;

/** Reads the bundle. */
export function readBundle({ paths, components }: OpenApi): Bundle {
  const { schemas } = components;
  return {
    components: Object.fromEntries(Object.entries(schemas).filter(([name]) => !OF_ONE_ANSWER.test(name))),
    operations: Object.entries(paths).map(([path, { post }]) => ({
      path,
      operationId: post.operationId,
      serviceCode: post["x-snap-service-code"],
      summary: post.summary,
      description: post.description.trim(),
      bearer: post.security === undefined,
      parameters: post.parameters.map(({ $ref }) => {
        const parameter = components.parameters[nameIn($ref)];
        if (!parameter) throw new Error(`${post.operationId} refers to no parameter: ${$ref}`);
        return parameter;
      }),
      request: post.requestBody.content["application/json"].schema,
      responses: Object.fromEntries(
        Object.entries(post.responses).map(([status, { content }]) => [
          status,
          status === "200" ? content["application/json"].schema : resolved(content["application/json"].schema, schemas),
        ]),
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
  const { properties = {}, required = [], dependentSchemas = {} } = resolved(schema, components);
  return Object.entries(properties).flatMap(([name, property]) => [
    { path: prefix + name, mandatory: required.includes(name) },
    ...fieldsOf({ components, operations: [] }, property, `${prefix}${name}.`),
    // another spelling of the name, which stands in the table's place of this one
    ...Object.keys(dependentSchemas)
      .filter((other) => other.toLowerCase() === name.toLowerCase())
      .map((other) => ({ path: prefix + other, mandatory: false })),
  ]);
}
