// The contract as the page needs it: the bundle with its references followed, the catalogue and the register.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Catalogue, States } from "../../src/generate/facts.ts";
import { root } from "../redocly/run.ts";

/** An entry of the register, as errata.yaml has it. */
export interface Erratum {
  id: string;
  title: string;
  source: string;
  place: string;
  quote: string | string[];
  kind: string;
  decision: string;
  wire: string;
}

/** A schema of the bundle with its references followed. */
export interface Schema {
  type?: string;
  title?: string;
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  enum?: string[];
  const?: string;
  deprecated?: boolean;
  additionalProperties?: boolean;
  dependentSchemas?: Record<string, Schema>;
  "x-snap-presence"?: "M" | "O" | "C";
  "x-snap-condition"?: string;
  "x-snap-format"?: string;
  "x-snap-errata"?: string[];
  "x-snap-states"?: States;
}

/** A header of a request or an answer. */
export interface Header {
  name: string;
  required: boolean;
  description: string;
  example: string;
  schema: Schema;
  "x-snap-errata"?: string[];
}

export interface Example {
  summary: string;
  description?: string;
  value: Record<string, unknown>;
}

interface Body {
  description: string;
  content: { "application/json": { schema: Schema; examples: Record<string, Example> } };
}

/** An operation; `responses` by HTTP status. */
export interface Operation {
  operationId: string;
  service: string;
  path: string;
  summary: string;
  description: string;
  tag: string;
  parameters: Header[];
  request: Schema;
  sample: Record<string, unknown>;
  responses: Record<string, { description: string; schema: Schema; examples: Record<string, Example> }>;
  errata: string[];
}

/** All that the page is made of. */
export interface Contract {
  title: string;
  version: string;
  /** The description of the whole, by its headings; what comes before them is under "". */
  about: Record<string, string>;
  operations: Operation[];
  headers: Header[];
  responseHeaders: Header[];
  token: { description: string; errata: string[] };
  states: States;
  catalogue: Catalogue;
  errata: Erratum[];
  /** Errata that touch everything. */
  everywhere: string[];
  standard: string;
}

type Node = Record<string, unknown>;

/** A copy of a node with references followed. What stands beside a reference wins; errata are joined. */
function follow(node: unknown, document: Node): unknown {
  if (Array.isArray(node)) return node.map((item) => follow(item, document));
  if (typeof node !== "object" || node === null) return node;
  const { $ref, ...rest } = node as Node & { $ref?: string };
  // examples are not looked into: a body may have a property of any name
  const own = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [
      key,
      key === "value" && "summary" in rest ? value : follow(value, document),
    ]),
  );
  if (typeof $ref !== "string") return own;
  const path = $ref.slice(2).split("/");
  const target = follow(
    path.reduce((at: unknown, key) => (at as Node)[key], document),
    document,
  ) as Node;
  const errata = [own, target].flatMap((source) => (source["x-snap-errata"] as string[] | undefined) ?? []);
  return { ...target, ...own, ...(errata.length > 0 && { "x-snap-errata": [...new Set(errata)] }) };
}

const yaml = (file: string) => parse(readFileSync(join(root, "openapi", file), "utf8")) as unknown;

/** Reads the contract. */
export function readContract(): Contract {
  const document = JSON.parse(readFileSync(join(root, "generated/openapi.json"), "utf8")) as Node;
  const followed = follow(document, document) as {
    info: { title: string; version: string; description: string };
    externalDocs: { url: string };
    paths: Record<string, { post: Node }>;
    components: {
      schemas: Record<string, Schema>;
      parameters: Record<string, Header>;
      headers: Record<string, Omit<Header, "name">>;
      securitySchemes: { accessToken: { description: string; "x-snap-errata": string[] } };
    };
    "x-snap-errata": string[];
  };
  const { info, components, paths } = followed;
  const [lead = "", ...sections] = info.description.split(/^## /m);
  const { accessToken } = components.securitySchemes;
  return {
    title: info.title,
    version: info.version,
    about: { "": lead, ...Object.fromEntries(sections.map((text) => text.split(/\n(.*)/s, 2) as [string, string])) },
    operations: Object.entries(paths).map(([path, { post }]) => operationOf(path, post)),
    headers: Object.values(components.parameters),
    responseHeaders: Object.entries(components.headers).map(([name, header]) => ({ name, ...header })),
    token: { description: accessToken.description, errata: accessToken["x-snap-errata"] },
    states: components.schemas.TransactionStatus?.["x-snap-states"] ?? ({} as States),
    catalogue: yaml("response-codes.yaml") as Catalogue,
    errata: (yaml("errata.yaml") as { errata: Erratum[] }).errata,
    everywhere: followed["x-snap-errata"],
    standard: followed.externalDocs.url,
  };
}

function operationOf(path: string, post: Node): Operation {
  const of = (body: Body) => body.content["application/json"];
  const request = of(post.requestBody as Body);
  const responses = Object.entries(post.responses as Record<string, Body>);
  return {
    operationId: String(post.operationId),
    service: String(post["x-snap-service-code"]),
    path,
    summary: String(post.summary),
    description: String(post.description),
    tag: String((post.tags as string[])[0]),
    parameters: post.parameters as Header[],
    request: request.schema,
    sample: request.examples.Published?.value ?? {},
    responses: Object.fromEntries(
      responses.map(([status, body]) => [status, { description: body.description, ...of(body) }]),
    ),
    errata: (post["x-snap-errata"] as string[] | undefined) ?? [],
  };
}

/** A field of a body, as a row of a table. */
export interface Field {
  /** Dotted, such as `amount.value`. */
  path: string;
  name: string;
  depth: number;
  presence: "M" | "O" | "C";
  /** Its condition in words, where it has one. */
  condition: string | undefined;
  /** What it is, without what the other members say. */
  description: string;
  /** Its type in words, or the only values that it takes. */
  type: string;
  values: readonly string[];
  /** How long it may be, in words. */
  length: string | undefined;
  /** What it looks like, in words. */
  format: string | undefined;
  deprecated: boolean;
  errata: readonly string[];
}

/** The fields of a body in the order of the contract, members after their object. */
export function fieldsOf(schema: Schema, parent = "", depth = 0): Field[] {
  const spellings = Object.values(schema.dependentSchemas ?? {}).flatMap(({ properties = {} }) =>
    Object.entries(properties),
  );
  return [...Object.entries(schema.properties ?? {}), ...spellings].flatMap(([name, property]) => {
    const path = parent + name;
    return [fieldOf(name, path, depth, property), ...fieldsOf(property, `${path}.`, depth + 1)];
  });
}

function fieldOf(name: string, path: string, depth: number, property: Schema): Field {
  const { type = "string", deprecated = false } = property;
  const values = property.const !== undefined ? [property.const] : (property.enum ?? []);
  return {
    path,
    name,
    depth,
    presence: property["x-snap-presence"] ?? "O",
    condition: property["x-snap-condition"]?.trim(),
    description: withoutWords(property),
    type: type === "object" && !property.properties ? "free object" : type,
    values,
    length: values.length || property["x-snap-format"] ? undefined : lengthOf(property),
    format: property["x-snap-format"],
    deprecated,
    errata: property["x-snap-errata"] ?? [],
  };
}

function lengthOf({ minLength, maxLength }: Schema): string | undefined {
  if (maxLength === undefined) return minLength ? "not empty" : undefined;
  return minLength ? `${minLength} to ${maxLength} characters` : `at most ${maxLength} characters`;
}

/** A description without the words that the bundle adds for other viewers: this page shows them apart. */
function withoutWords(property: Schema): string {
  const { description = "", maxLength } = property;
  const format = property["x-snap-format"];
  const presence = { M: "Mandatory.", O: "Optional.", C: property["x-snap-condition"]?.trim() ?? "" };
  const words = [
    property["x-snap-presence"] && presence[property["x-snap-presence"]],
    format && `${format[0]?.toUpperCase()}${format.slice(1)}.`,
    `At most ${maxLength} characters.`,
  ];
  return words.reduceRight<string>(
    (text, end) => (end && text.endsWith(end) ? text.slice(0, -end.length).trim() : text),
    description.trim(),
  );
}
