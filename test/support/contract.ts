// The bundled contract as the tests see it: operations with their references followed.
import { Ajv2020, type Options, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { read } from "./repository.ts";

/** A JSON Schema, as far as the tests look into it. */
export interface Schema {
  type?: string | string[];
  required?: string[];
  properties?: Record<string, Schema>;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  enum?: unknown[];
  const?: unknown;
  if?: Schema;
  then?: Schema;
  dependentSchemas?: Record<string, Schema>;
  deprecated?: boolean;
  additionalProperties?: boolean;
  "x-snap-presence"?: "M" | "O" | "C";
  "x-snap-condition"?: string;
  "x-snap-errata"?: string[];
  [keyword: string]: unknown;
}
export interface Parameter {
  name: string;
  in: string;
  required: boolean;
  schema: Schema;
  "x-snap-errata": string[];
}
export interface Example {
  summary: string;
  description?: string;
  value: Record<string, unknown>;
}
export interface Response {
  description: string;
  headers: Record<string, { required: boolean; schema: Schema }>;
  content: { "application/json": { schema: Schema; examples: Record<string, Example> } };
}
export interface Operation {
  operationId: string;
  path: string;
  service: string;
  summary: string;
  description: string;
  tags: string[];
  parameters: Parameter[];
  requestBody: {
    required: boolean;
    content: { "application/json": { schema: Schema; examples: { Published: Example } } };
  };
  responses: Record<string, Response>;
  security?: unknown;
  "x-snap-errata"?: string[];
}

/** The bundle as it is in generated/. */
export const bundle = JSON.parse(read("generated/openapi.json")) as {
  openapi: string;
  jsonSchemaDialect: string;
  paths: Record<string, { post: Omit<Operation, "path" | "service"> & { "x-snap-service-code": string } }>;
  info: { description: string };
  servers: { url: string }[];
  tags: { name: string; description: string }[];
  components: { schemas: Record<string, Schema>; securitySchemes: Record<string, unknown> };
  security: unknown;
  "x-snap-errata": string[];
};

/** Copies a node with every reference replaced by its target; what stands beside a reference is kept, errata are joined. */
export function follow<T>(node: T): T {
  if (Array.isArray(node)) return node.map(follow) as T;
  if (typeof node !== "object" || node === null) return node;
  const { $ref, ...rest } = node as { $ref?: string; "x-snap-errata"?: string[] };
  const own = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, key === "value" ? value : follow(value)]),
  );
  if ($ref === undefined) return own as T;
  const target = follow(
    $ref
      .slice(2)
      .split("/")
      .reduce((at, key) => (at as Record<string, unknown>)[key] as object, bundle as object),
  ) as { "x-snap-errata"?: string[] };
  const joined = [...(target["x-snap-errata"] ?? []), ...(rest["x-snap-errata"] ?? [])];
  return { ...target, ...own, ...(joined.length > 0 && { "x-snap-errata": joined }) } as T;
}

/** Every operation of the contract. */
export const operations: Operation[] = Object.entries(bundle.paths).map(([path, { post }]) => ({
  ...follow(post),
  path,
  service: post["x-snap-service-code"],
}));

/** The schema of a request body, or of the response body of a status. */
export function bodySchema(operation: Operation, body: "request" | string): Schema {
  const holder = body === "request" ? operation.requestBody : operation.responses[body];
  if (!holder) throw new Error(`${operation.operationId} has no ${body}`);
  return holder.content["application/json"].schema;
}

/** An Ajv that knows formats as its users do, by ajv-formats. */
export function ajv(options: Options): Ajv2020 {
  return formats.default(new Ajv2020(options), ["date-time"]);
}

/** A strict Ajv that knows the contract's extensions and nothing else. */
export function strictAjv(): Ajv2020 {
  return ajv({ strict: true, strictRequired: false, strictTypes: false, allErrors: true }).addVocabulary([
    "x-snap-presence",
    "x-snap-condition",
    "x-snap-errata",
    "x-snap-format",
    "x-snap-states",
    "x-enum-varnames",
    "x-enumNames",
  ]);
}

/** Compiles a schema whose references have been followed. One Ajv for all: to make one takes as long as to compile many. */
export function compile(schema: Schema): ValidateFunction {
  return compiler.compile(schema);
}
const compiler = strictAjv();

/** The header parameters as one object schema, for Ajv. */
export function headerSchema(parameters: Parameter[]): Schema {
  return {
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
  };
}
