// The bundled contract as the generator reads it: one record an operation, references to parameters followed.
import type { Facts, SignatureFacts } from "./facts.ts";

/** A JSON Schema, as far as the generator looks into it. */
export interface Schema {
  $ref?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  type?: string | string[];
  title?: string;
  description?: string;
  enum?: unknown[];
  const?: unknown;
  maxLength?: number;
  minLength?: number;
  pattern?: string;
  if?: Schema;
  then?: Schema;
  /** What holds where a property is there: here, other spellings of a property's name. */
  dependentSchemas?: Record<string, Schema>;
  "x-snap-presence"?: string;
  "x-snap-condition"?: string;
  "x-snap-format"?: string;
  "x-snap-errata"?: string[];
  "x-snap-states"?: Record<string, { name: string; state: string; why: string }>;
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
  signature: SignatureFacts;
  parameters: Parameter[];
  request: Schema;
  /** By HTTP status: that of 200 is a reference, the others, which only this operation has, are followed. */
  responses: Record<string, Schema>;
}
/** Whether a status is an error's. */
export const isError = (status: string): boolean => /^[45]/.test(status);

/** The contract. */
export interface Bundle {
  /** What stands before every path: empty, or `/openapi`. */
  basePath: string;
  operations: Operation[];
  /** The schemas that the standard's tables have: not the 202 and error bodies. */
  components: Record<string, Schema>;
}

/** The name of a component that a reference leads to. */
const nameIn = (reference: string) => reference.split("/").at(-1) ?? "";

/** A schema, its reference followed. */
export function resolved(schema: Schema | undefined, components: Bundle["components"]): Schema {
  return (schema?.$ref ? components[nameIn(schema.$ref)] : schema) ?? {};
}

/** Names of the bodies of one status of one operation, as they are derived. */
const OF_ONE_ANSWER = /(InProgress|Error\d{3})$/;

/** Reads a bundle. */
export function readBundle({ paths, components, ...document }: Facts): Bundle {
  const { schemas } = components;
  return {
    basePath: document["x-snap-base-path"] ?? "",
    components: Object.fromEntries(Object.entries(schemas).filter(([name]) => !OF_ONE_ANSWER.test(name))),
    operations: Object.entries(paths).map(([path, { post }]) => ({
      path,
      operationId: post.operationId,
      serviceCode: post["x-snap-service-code"],
      summary: post.summary,
      description: post.description.trim(),
      bearer: post.security === undefined,
      signature: post["x-snap-signature"] ?? {},
      parameters: post.parameters.map(({ $ref }) => {
        const parameter = components.parameters[nameIn($ref ?? "")] as Parameter | undefined;
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

/** The properties of a body in the order of the published table, nested ones dotted, and whether each is mandatory, be it on a condition. */
export function fieldsOf(
  components: Bundle["components"],
  schema: Schema,
  prefix = "",
): { path: string; mandatory: boolean }[] {
  const { properties = {}, required = [], then, dependentSchemas = {} } = resolved(schema, components);
  return Object.entries(properties).flatMap(([name, property]) => [
    { path: prefix + name, mandatory: required.includes(name) || then?.required?.includes(name) === true },
    ...fieldsOf(components, property, `${prefix}${name}.`),
    // another spelling of the name, which stands in the table's place of this one
    ...Object.keys(dependentSchemas)
      .filter((other) => other.toLowerCase() === name.toLowerCase())
      .map((other) => ({ path: prefix + other, mandatory: false })),
  ]);
}
