// Turns the bundle into generated/openapi-3.0.json, for the many tools that stop at OpenAPI 3.0.
import { resolved, type Schema } from "./bundle.ts";

type Node = Record<string, unknown>;
type Schemas = Record<string, Schema>;

/** What a reader of the copy has to know: what OpenAPI 3.0 cannot say, and what is left out for the sake of generators. */
export const LOSSES = [
  "What stands beside a reference in 3.1 (its description, its errata) is missing here: in 3.0 nothing may stand there.",
  "`if`/`then` and `dependentSchemas` are written as `not`: validators enforce them, and generators look past them.",
  "A time is a string with a pattern, without `format: date-time`: generated clients would print fractions of a second.",
  "A path has no servers of its own: generated clients would call these, whatever host they are configured with.",
];

/** The 3.0 copy of the bundle. */
export function openApi30(bundle: Node): Node {
  const {
    jsonSchemaDialect: _,
    openapi: _version,
    info,
    paths,
    components,
    ...rest
  } = structuredClone(bundle) as Record<string, Node>;
  const { schemas, parameters, headers, ...others } = components as Record<string, Node>;
  const { summary, license, ...about } = info as Record<string, Node>;
  const toOld = (node: unknown) => downgraded(node, schemas as Schemas);
  const copy = {
    openapi: "3.0.3",
    info: {
      ...about,
      description: `${summary} A copy in OpenAPI 3.0 of the contract, which is written in 3.1. What it cannot say:\n\n${LOSSES.map((line) => `- ${line}`).join("\n")}\n`,
      license: { name: license?.name, url: "https://opensource.org/license/mit" },
    },
    ...rest,
    paths: toOld(withoutServers(paths as Record<string, Node>)),
    components: {
      ...others,
      parameters: toOld(parameters),
      headers: toOld(headers),
      schemas: each(schemas as Schemas, schemas as Schemas),
    },
  };
  // what was written out at its place is referred to no more
  const text = JSON.stringify(copy);
  for (const name of Object.keys(copy.components.schemas)) {
    if (!text.includes(`"#/components/schemas/${name}"`)) delete copy.components.schemas[name];
  }
  return copy;
}

/** Paths without servers of their own. */
function withoutServers(paths: Record<string, Node>): Node {
  return Object.fromEntries(Object.entries(paths).map(([path, { servers: _, ...item }]) => [path, item]));
}

/** A part of the document outside schemas, every schema in it as 3.0 writes it. */
function downgraded(node: unknown, schemas: Schemas): unknown {
  if (Array.isArray(node)) return node.map((item) => downgraded(item, schemas));
  if (typeof node !== "object" || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, member]) => [
      key,
      key === "schema" ? oldSchema(member, schemas) : key === "examples" ? member : downgraded(member, schemas),
    ]),
  );
}

const each = (members: Schemas | undefined, schemas: Schemas) =>
  Object.fromEntries(Object.entries(members ?? {}).map(([name, schema]) => [name, oldSchema(schema, schemas)]));

/** A schema as 3.0 writes it. */
function oldSchema(schema: Schema, schemas: Schemas): Schema {
  const { const: value, properties, format, unevaluatedProperties: _, ...others } = typesOf(written(schema, schemas));
  const {
    if: condition,
    then: consequence,
    dependentSchemas = {},
    items,
    additionalProperties,
    type,
    ...rest
  } = others;
  const implications = [
    ...(condition ? [{ premise: condition as Schema, consequence: consequence as Schema }] : []),
    ...Object.entries(dependentSchemas).map(([name, its]) => ({
      premise: { required: [name], properties: { [name]: {} } },
      consequence: its,
    })),
  ];
  // "if A then B" is "not (A and not B)"
  const broken = implications.map(({ premise, consequence }) => ({
    ...oldSchema(premise, schemas),
    not: oldSchema(consequence, schemas),
  }));
  return {
    ...(type !== undefined && { type }),
    ...rest,
    ...(format !== undefined && format !== "date-time" && { format }),
    ...(properties && { properties: each(properties, schemas) }),
    ...(value !== undefined && { enum: [value] }),
    // true is the default, and where it is written, PHP clients make an array of each value
    ...(additionalProperties !== undefined && additionalProperties !== true && { additionalProperties }),
    ...(items !== undefined && { items: oldSchema(items as Schema, schemas) }),
    ...(broken.length > 0 && { not: broken.length === 1 ? broken[0] : { anyOf: broken } }),
  };
}

/**
 * A reference with its siblings as 3.0 can have it: to an object of the tables or to a list of values it stays, alone; a mere string
 * or a free-form object is written out, for generators have no type of their own for it.
 */
function written(node: Schema, schemas: Schemas): Schema {
  if (!node.$ref) return node;
  const { title: _, ...target } = resolved(node, schemas);
  if (target.properties || target.enum) return { $ref: node.$ref };
  const { $ref: _ref, ...siblings } = node;
  return { ...target, ...siblings };
}

/** `type: [object, "null"]` is `type: object, nullable: true`; several types are alternatives, each with the keywords of its own. */
function typesOf(schema: Schema): Schema {
  const { type, minLength, maxLength, pattern, ...rest } = schema;
  if (!Array.isArray(type)) return schema;
  const nullable = type.includes("null") && { nullable: true };
  const ofText = definedOnly({ minLength, maxLength, pattern });
  const [one, ...more] = type.filter((name) => name !== "null");
  if (one !== undefined && more.length === 0) return { type: one, ...nullable, ...ofText, ...rest };
  const alternatives = [one, ...more].map((name) => ({ type: name, ...(name === "string" && ofText) }));
  return { ...rest, ...nullable, anyOf: alternatives };
}

const definedOnly = (members: Node): Node =>
  Object.fromEntries(Object.entries(members).filter(([, member]) => member !== undefined));
