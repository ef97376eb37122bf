// What contradicts itself in the facts of a contract, so that nothing sound can be derived from them.
import { readBundle, resolved, type Schema } from "./bundle.ts";
import { derive } from "./derive.ts";
import type { Example, Facts, OperationFacts } from "./facts.ts";
import { exampleViolations } from "./validators-module.ts";

/**
 * Everything that is wrong, in sentences.
 * @param base what the facts were made from: its operations are those that there are
 */
export async function contradictionsIn(facts: Facts, base: Facts): Promise<string[]> {
  const gone = missingParts(facts);
  if (gone.length > 0) return gone;
  const known = new Set(Object.values(base.paths).map(({ post }) => post.operationId));
  const problems = [
    ...wrongOperations(facts, known),
    ...wrongCatalogue(facts, base),
    ...wrongAnswers(facts),
    ...brokenReferences(facts),
    ...wrongStatuses(facts),
  ];
  for (const [name, schema] of Object.entries(facts.components.schemas)) problems.push(...wrongSchema(name, schema));
  for (const [name, { schema }] of Object.entries(facts.components.parameters))
    problems.push(...wrongPattern(name, (schema ?? {}) as Schema));
  // what cannot be derived has no examples to look at
  return problems.length > 0 ? problems : wrongExamples(facts).catch(notDerived);
}

/** Parts that everything below looks into. */
function missingParts({ info, paths, components }: Facts): string[] {
  const { schemas, parameters, examples } = components ?? {};
  const parts = {
    info,
    paths,
    "components.schemas": schemas,
    "components.parameters": parameters,
    "components.examples": examples,
  };
  return Object.entries(parts).flatMap(([name, part]) => (part ? [] : [`the contract must have ${name}`]));
}

/** What no check above knows, such as a schema that Ajv refuses: who wrote the overlay must learn of it as of the others. */
const notDerived = (error: unknown) => [
  `no contract can be derived: ${error instanceof Error ? error.message : String(error)}`,
];

function wrongOperations(facts: Facts, known: ReadonlySet<string>): string[] {
  const paths = new Set<string>();
  const basePath = facts["x-snap-base-path"] ?? "";
  const wrongBase = isPath(basePath, true) ? [] : ["x-snap-base-path must begin with a slash and not end with one"];
  if (Object.keys(facts.paths).length === 0) return [...wrongBase, "at least one operation must be left"];
  return [
    ...wrongBase,
    ...Object.entries(facts.paths).flatMap(([key, item]) => {
      const path = item.post?.["x-snap-path"] ?? key;
      const problems = item.post ? wrongOperation(item.post, path, known) : [`${key} must have a post operation`];
      if (paths.has(path)) problems.push(`two operations have the path ${path}`);
      paths.add(path);
      return problems;
    }),
  ];
}

const isPath = (path: unknown, orEmpty = false) =>
  typeof path === "string" && (/^(\/[\w.~%!$&'()*+,;=:@-]+)+$/.test(path) || (orEmpty && path === ""));

function wrongOperation(operation: OperationFacts, path: unknown, known: ReadonlySet<string>): string[] {
  const { operationId: id, "x-snap-signature": signature = {}, "x-snap-null": nulls } = operation;
  const oneOf = (name: string, value: unknown, values: string[]) =>
    value === undefined || values.includes(String(value)) ? [] : [`${id}: ${name} must be one of ${values.join(", ")}`];
  return [
    ...(known.has(id)
      ? []
      : [
          `${id} is not an operation that this was made from: an overlay changes and removes operations, it does not add them`,
        ]),
    ...(isPath(path)
      ? []
      : [`${id}: x-snap-path must be a path such as /v1.1/qr/qr-cpm-payment, but is ${String(path)}`]),
    ...oneOf("x-snap-signature.kind", signature.kind, ["symmetric", "asymmetric"]),
    ...oneOf("x-snap-signature.token", signature.token, ["required", "none"]),
    ...oneOf("x-snap-signature.signedPath", signature.signedPath, ["as-sent", "without-base-path", "url"]),
    ...oneOf("x-snap-null", nulls, ["optional"]),
    ...(signature.kind === "symmetric" && signature.token === "none"
      ? [`${id}: a symmetric signature covers the token; token must be required, or kind asymmetric`]
      : []),
    ...(/^\d{2}$/.test(operation["x-snap-service-code"]) ? [] : [`${id} must have an x-snap-service-code`]),
    ...(operation.responses?.["200"] && operation.requestBody
      ? []
      : [`${id} must have a requestBody and a 200 response`]),
  ];
}

/** The bodies of every status are derived from its codes. */
function wrongCatalogue(
  { "x-snap-response-codes": catalogue }: Facts,
  { "x-snap-response-codes": before }: Facts,
): string[] {
  return Object.keys(before.statuses)
    .filter(
      (status) => !catalogue?.statuses?.[status] || !catalogue.codes?.some((row) => String(row.status) === status),
    )
    .map((status) => `x-snap-response-codes must have status ${status} and at least one code of it`);
}

/** What every answer has. */
const OF_EVERY_ANSWER = ["responseCode", "responseMessage"];

function wrongAnswers({ paths, components }: Facts): string[] {
  return Object.values(paths).flatMap(({ post }) => {
    const schema = post?.responses?.["200"]?.content?.["application/json"]?.schema;
    const { properties = {} } = resolved(schema, components.schemas);
    return !schema || OF_EVERY_ANSWER.every((name) => Object.hasOwn(properties, name))
      ? []
      : [`${post.operationId}: the answer must have ${OF_EVERY_ANSWER.join(" and ")}`];
  });
}

function brokenReferences(facts: Facts): string[] {
  const references = new Set(
    [...JSON.stringify(facts).matchAll(/"\$ref":"([^"]*)"/g)].map(([, reference = ""]) => reference),
  );
  return [...references].flatMap((reference) => {
    const [, kind = "", name = ""] = /^#\/components\/(\w+)\/([^/]+)$/.exec(reference) ?? [];
    const isThere = Object.hasOwn(facts.components, kind) && Object.hasOwn(facts.components[kind] ?? {}, name);
    return isThere ? [] : [`${reference} leads nowhere`];
  });
}

/** `TransactionStatus` must say what each status means: the client judges a payment by it. */
function wrongStatuses({ components }: Facts): string[] {
  const { TransactionStatus: statuses } = components.schemas;
  return statuses && !statuses["x-snap-states"] ? ["TransactionStatus must have x-snap-states"] : [];
}

/** Statuses of a schema without a meaning, meanings without a status, and states that nobody knows. */
function wrongStates(name: string, { enum: values = [], "x-snap-states": states }: Schema): string[] {
  if (!states) return [];
  const known = ["success", "pending", "reversed", "failed", "notFound"];
  return [
    ...values
      .filter((value) => !Object.hasOwn(states, String(value)))
      .map((value) => `${name}: x-snap-states must say what ${JSON.stringify(value)} means`),
    ...Object.entries(states).flatMap(([value, { state }]) => [
      ...(values.includes(value) ? [] : [`${name}: x-snap-states has "${value}", which enum does not have`]),
      ...(known.includes(state) ? [] : [`${name}: the state of "${value}" must be one of ${known.join(", ")}`]),
    ]),
  ];
}

function wrongPattern(name: string, { pattern }: Schema): string[] {
  try {
    new RegExp(pattern ?? "", "u");
    return [];
  } catch {
    return [`${name} has a pattern that is not a regular expression: ${String(pattern)}`];
  }
}

/** What cannot stand beside a reference: readers follow that, and look past the rest. */
const NOT_BESIDE_A_REFERENCE = [
  "type",
  "properties",
  "items",
  "required",
  "if",
  "dependentSchemas",
  "additionalProperties",
];

function besideReference(name: string, schema: Schema): string[] {
  const beside = NOT_BESIDE_A_REFERENCE.filter((keyword) => schema[keyword] !== undefined);
  return schema.$ref === undefined || beside.length === 0
    ? []
    : [`${name} has ${beside.join(", ")} beside its $ref: remove the $ref with an action before`];
}

/** A property that is asked for and is not there, and a condition that nothing enforces. */
function wrongSchema(name: string, schema: Schema): string[] {
  const { properties = {}, required = [], then, if: condition, items } = schema;
  const asked = [...required, ...(then?.required ?? []), ...(condition?.required ?? [])];
  const conditional = then?.required ?? [];
  const hasProperties = schema.properties !== undefined;
  return [
    ...besideReference(name, schema),
    ...wrongPattern(name, schema),
    ...wrongStates(name, schema),
    ...asked
      .filter((property) => hasProperties && !Object.hasOwn(properties, property))
      .map((property) => `${name} asks for ${property}, which it does not have`),
    ...Object.entries(properties).flatMap(([property, its]) => {
      const stated = its["x-snap-condition"] !== undefined;
      const enforced = conditional.includes(property) || required.includes(property);
      return stated && !enforced ? [`${name}.${property} has an x-snap-condition that nothing enforces`] : [];
    }),
    ...Object.entries(properties).flatMap(([property, its]) => wrongSchema(`${name}.${property}`, its)),
    ...(items ? wrongSchema(`${name}[]`, items) : []),
  ];
}

/** Examples that do not fit their schema, and fields of error examples that are not there. */
async function wrongExamples(facts: Facts): Promise<string[]> {
  const document = derive(facts);
  const bundle = readBundle(document);
  const bodyOf = (example: Example) =>
    example.$ref ? document.components.examples[example.$ref.split("/").at(-1) ?? ""]?.value : example.value;
  const examples = Object.values(document.paths).flatMap(({ post }) => {
    const success = post.responses["200"]?.content["application/json"];
    const headers = post.parameters.map(
      ({ $ref = "" }) => document.components.parameters[$ref.split("/").at(-1) ?? ""],
    );
    return [
      ...(headers.some((header) => header?.required && header.example === undefined)
        ? []
        : [
            {
              validator: `${post.operationId}Headers`,
              place: `${post.operationId}: the example of a header`,
              value: Object.fromEntries(headers.map((header) => [String(header?.name), header?.example])),
            },
          ]),
      ...Object.entries(post.requestBody.content["application/json"].examples ?? {}).map(([name, example]) => ({
        validator: `${post.operationId}Request`,
        place: `${post.operationId}: the request example ${name}`,
        value: bodyOf(example),
      })),
      ...Object.entries(success?.examples ?? {}).map(([name, example]) => ({
        validator: `${post.operationId}Response200`,
        place: `${post.operationId}: the response example ${name}`,
        value: bodyOf(example),
      })),
    ];
  });
  const named = Object.values(facts.paths).flatMap(({ post }) => wrongFields(post, facts));
  return [...named, ...exampleViolations(bundle, examples)];
}

/** `x-snap-example-fields` names a field of the request, or a header. */
function wrongFields(operation: OperationFacts, { components }: Facts): string[] {
  const body = operation.requestBody.content["application/json"].schema;
  const headers = operation.parameters.map(({ $ref = "" }) => $ref.split("/").at(-1));
  return Object.values(operation["x-snap-example-fields"] ?? {}).flatMap((field) => {
    let at: Schema | undefined = body;
    for (const name of field.split(".")) at = resolved(at, components.schemas).properties?.[name];
    return at || headers.includes(field)
      ? []
      : [`${operation.operationId}: x-snap-example-fields names ${field}, which the request does not have`];
  });
}
