// Turns a bundle into what a receiver and the validation need beside its operations. It brings the validators in.
// generated/contract.ts has that of the published contract, generated/profiles/NAME/contract.ts that of a profile.
import { type Bundle, fieldsOf, isError, type Operation, type Schema } from "./bundle.ts";
import { byRow, type Catalogue } from "./facts.ts";
import { identifierOf, type ProfileSource } from "./profile-module.ts";

interface Format {
  name: string;
  pattern: string;
  words: string;
}

/** Every pattern that has words, under the name of where it stands: `Amount.value`. */
function formatsOf({ components, operations }: Bundle): Format[] {
  const visit = (name: string, { pattern, properties = {}, items, "x-snap-format": words }: Schema): Format[] => [
    ...(pattern !== undefined && words !== undefined ? [{ name, pattern, words }] : []),
    ...Object.entries(properties).flatMap(([property, its]) => visit(`${name}.${property}`, its)),
    ...(items ? visit(`${name}[]`, items) : []),
  ];
  const headers = operations.flatMap(({ parameters }) => parameters.map(({ name, schema }) => [name, schema] as const));
  const all = [...Object.entries(components), ...headers].flatMap(([name, schema]) => visit(name, schema));
  // the same pattern may stand in several places
  return all.filter(({ pattern }, at) => all.findIndex((other) => other.pattern === pattern) === at);
}

/** What is known of an operation beside what a client needs, as source. `operations` and `v` are in scope. */
function entryOf(operation: Operation, { components }: Bundle): string {
  const { operationId, parameters, request, responses } = operation;
  const fields = fieldsOf(components, request);
  const facts = {
    headers: parameters.map(({ name }) => name),
    fields: fields.map(({ path }) => path),
    mandatoryFields: fields.filter(({ mandatory }) => mandatory).map(({ path }) => path),
  };
  const inner = JSON.stringify(facts).slice(1, -1);
  const statuses = Object.keys(responses).filter((status) => !isError(status));
  const bodies = statuses.map((status) => `"${status}": v.${operationId}Response${status}`);
  return `    ${operationId}: {
      ...operations.${operationId}, ${inner},
      validateRequest: v.${operationId}Request,
      validateHeaders: v.${operationId}Headers,
      validateResponse: { ${bodies.join(", ")}, ...v.${operationId}Errors },
    },`;
}

/** The text of contract.ts of the published contract. */
export function contractModule(bundle: Bundle, catalogue: Catalogue): string {
  const formats = formatsOf(bundle);
  const lines = (line: (format: Format) => string) => formats.map(line).join("\n");
  return `import { operations } from "./operations.ts";
import * as v from "./validators.js";

/** What a validator reports of one violation. */
export interface ValidatorError {
  /** Where, as a JSON pointer. */
  instancePath: string;
  /** The JSON Schema keyword that was broken. */
  keyword: string;
  /** What the keyword asked for. */
  params: Record<string, unknown>;
}

/** A compiled schema. After it returned false, \`errors\` says why. */
export interface Validator {
  (data: unknown): boolean;
  errors?: ValidatorError[] | null;
}

/** The patterns of the contract, by where they stand. */
export const patterns = {
${lines(({ name, pattern }) => `  ${JSON.stringify(name)}: ${JSON.stringify(pattern)},`)}
} as const;

/** The published contract. */
export const contract = {
  name: "published",
  basePath: "",
  operations: {
${bundle.operations.map((operation) => entryOf(operation, bundle)).join("\n")}
  },
  // a copy: esbuild would load the catalogue's own with the client, which loads this file on demand
  messages: {
${byRow(catalogue, ({ message }) => message)}
  } as Readonly<Record<string, string>>,
  /** What a pattern asks for, in words, with an example. */
  formats: {
${lines(({ name, words }) => `    [patterns[${JSON.stringify(name)}]]: ${JSON.stringify(words)},`)}
  },
  /** Where the OpenAPI document is, from the package's folder on. */
  document: "generated/openapi.json",
};
`;
}

/** What the files of a profile import, and from where. */
export interface Imports {
  /** What relative imports end in. */
  extension: string;
  /** The module that the type of a validator comes from. */
  validator: string;
  /** Where the OpenAPI document is, as source. */
  document: string;
}

/** The text of contract.ts of a profile. */
export function profileContractModule(source: ProfileSource, { extension, document }: Imports): string {
  const { bundle, facts, published } = source;
  const identifier = identifierOf(source.name);
  const formats = formatsOf(bundle).map(({ pattern, words }) => [pattern, words]);
  const catalogue = facts["x-snap-response-codes"];
  return `import { ${identifier} as profile } from "./profile${extension}";
import { validators as v } from "./validators${extension}";

export type * from "./profile${extension}";

const { operations } = profile;

/** ${source.info.title}: the whole of it, with its validators, for a receiver, validation, mock and sandbox. */
export const ${identifier} = {
  ...profile,
  operations: {
${bundle.operations.map((operation) => entryOf(operation, bundle)).join("\n")}
  },
  /** The messages of response codes, by HTTP status and case code. */
  messages: {
${byRow(catalogue, ({ message }) => message)}
  } as Readonly<Record<string, string>>,
  /** Why a code says another thing of the call than in the standard. */
  reasons: ${JSON.stringify(changedReasons(catalogue, published["x-snap-response-codes"]))},
  /** What a pattern asks for, in words, with an example. */
  formats: ${JSON.stringify(Object.fromEntries(formats), null, 2)},
  /** Where the OpenAPI document is. */
  document: ${document},
};
`;
}

function changedReasons({ codes }: Catalogue, published: Catalogue): Record<string, string> {
  const before = new Set(published.codes.map(({ status, case: code, why }) => `${status}${code}${why}`));
  const changed = codes.filter(({ status, case: code, why }) => !before.has(`${status}${code}${why}`));
  return Object.fromEntries(changed.map(({ status, case: code, why }) => [`${status}${code}`, why]));
}
