// What the bodies of a document are, facts or bundle: flattened for a walk, and as validators of an Ajv that shares nothing with ours.
import type { Ajv2020 } from "ajv/dist/2020.js";
import type { Facts, OperationFacts } from "../../src/generate/facts.ts";
import { ajv, type Schema } from "./contract.ts";
import type { Json } from "./profiles.ts";

/** A body of an operation: of the request, or of the answer of a status. */
export type BodyName = "request" | "response" | `${number}`;

/** A property, its reference followed. */
export interface Property {
  /** Dotted, with [] after a list. */
  path: string;
  schema: Schema;
  required: boolean;
  /** What `then` adds where it asks for it. */
  conditional: Schema | undefined;
}

export function operationOf({ paths }: Facts, service: string): OperationFacts | undefined {
  return Object.values(paths).find(({ post }) => post["x-snap-service-code"] === service)?.post;
}

/** The path that an operation is called at, without the base path. */
export function pathOf({ paths }: Facts, service: string): string | undefined {
  const found = Object.entries(paths).find(([, { post }]) => post["x-snap-service-code"] === service);
  return found && (found[1].post["x-snap-path"] ?? found[0]);
}

export function schemaOf(document: Facts, service: string, body: BodyName): Schema {
  const operation = operationOf(document, service);
  const holder = body === "request" ? operation?.requestBody : operation?.responses[body === "response" ? "200" : body];
  if (!holder) throw new Error(`service ${service} has no ${body}`);
  return holder.content["application/json"].schema as Schema;
}

export function exampleOf(document: Facts, service: string, body: "request" | "response"): Json {
  const operation = operationOf(document, service);
  const content = body === "request" ? operation?.requestBody.content : operation?.responses["200"]?.content;
  const [example] = Object.values(content?.["application/json"].examples ?? {});
  return followed(document, example as Schema) as Json;
}

/** A node with its reference followed; what stands beside the reference is kept. */
export function followed(document: Facts, { $ref, ...own }: Schema): Schema {
  if (typeof $ref !== "string") return own;
  const [kind = "", name = ""] = $ref.split("/").slice(2);
  const target = document.components[kind]?.[name] as Schema | undefined;
  if (!target) throw new Error(`${$ref} leads nowhere`);
  return { ...followed(document, target), ...own };
}

/** The properties of a body in their order, each list's members after it. */
export function propertiesOf(document: Facts, schema: Schema, prefix = ""): Property[] {
  const { properties = {}, required = [], dependentSchemas = {}, ...its } = followed(document, schema);
  const others = Object.entries(dependentSchemas).map(
    ([name, dependent]) => [name, dependent.properties?.[name] ?? {}] as const,
  );
  return [...Object.entries(properties), ...others].flatMap(([name, property]) => {
    const path = prefix + name;
    const whole = followed(document, property);
    const asked = its.if && its.then?.required?.includes(name);
    return [
      {
        path,
        schema: whole,
        required: required.includes(name),
        conditional: asked ? (its.then?.properties?.[name] ?? {}) : undefined,
      },
      ...propertiesOf(document, whole, `${path}.`),
      ...(whole.items ? propertiesOf(document, whole.items as Schema, `${path}[].`) : []),
    ];
  });
}

/** Keywords that decide what is valid. */
const CONSTRAINTS = ["type", "minLength", "maxLength", "pattern", "format", "enum", "const"] as const;

/** What a property asks for, in one text. */
export const constraintsOf = ({ schema, required, conditional }: Property): string =>
  JSON.stringify([CONSTRAINTS.map((keyword) => schema[keyword]), required, conditional]);

/** One Ajv a document: to make one takes longer than to compile many schemas. */
const compilers = new WeakMap<Facts, Ajv2020>();

function compilerOf(document: Facts): Ajv2020 {
  const compiler =
    compilers.get(document) ??
    ajv({ strict: false, validateSchema: false }).addSchema({ components: document.components }, "document");
  compilers.set(document, compiler);
  return compiler;
}

/** Judges bodies by the schemas of a document. */
export function judgeOf(document: Facts): (service: string, body: BodyName, value: unknown) => boolean {
  return (service, body, value) => {
    const { $ref } = schemaOf(document, service, body);
    const validate = compilerOf(document).getSchema(`document${$ref}`);
    if (!validate) throw new Error(`${service} ${body} has no schema of its own`);
    return validate(value) === true;
  };
}

/** Judges a value by a schema of a document. */
export function accepts(document: Facts, schema: Schema, value: unknown): boolean {
  const text = JSON.stringify(schema).replaceAll('"#/components/', '"document#/components/');
  return compilerOf(document).compile(JSON.parse(text) as Schema)(value) === true;
}
