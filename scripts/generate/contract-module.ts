// Turns the bundle into generated/contract.ts: what a receiver and the validation need beside the operations. It brings the
// validators in.
import { type Bundle, fieldsOf, type Schema } from "./bundle.ts";

/** Every pattern of the components with its words, under the name of where it stands: `Amount.value`. */
function formatsOf(components: Bundle["components"]): { name: string; pattern: string; words: string }[] {
  const visit = (name: string, { pattern, properties = {}, ...schema }: Schema): ReturnType<typeof formatsOf> => [
    ...(typeof pattern === "string" ? [{ name, pattern, words: String(schema["x-snap-format"]) }] : []),
    ...Object.entries(properties).flatMap(([property, its]) => visit(`${name}.${property}`, its)),
  ];
  return Object.entries(components).flatMap(([name, schema]) => visit(name, schema));
}

/** The samples of the header parameters, by name. */
function headerSamplesOf({ operations }: Bundle): Record<string, unknown> {
  return Object.fromEntries(
    operations.flatMap(({ parameters }) => parameters.map(({ name, example }) => [name, example])),
  );
}

/** The text of generated/contract.ts. */
export function contractModule(bundle: Bundle): string {
  const entries = bundle.operations.map((operation) => {
    const { operationId, parameters, request, responses } = operation;
    const fields = fieldsOf(bundle, request);
    const facts = {
      headers: parameters.map(({ name }) => name),
      fields: fields.map(({ path }) => path),
      mandatoryFields: fields.filter(({ mandatory }) => mandatory).map(({ path }) => path),
    };
    const inner = JSON.stringify(facts).slice(1, -1);
    const statuses = Object.keys(responses).map((status) => `"${status}": v.${operationId}Response${status}`);
    return `    ${operationId}: {
      ...operations.${operationId}, ${inner},
      validateRequest: v.${operationId}Request,
      validateHeaders: v.${operationId}Headers,
      validateResponse: { ${statuses.join(", ")} },
    },`;
  });
  const formats = formatsOf(bundle.components);
  const lines = (line: (format: (typeof formats)[number]) => string) => formats.map(line).join("\n");
  return `import { operations } from "./operations.ts";
import { messages } from "./response-codes.ts";
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

/** The contract's own samples of headers: what a tool sends that fills a request in from the contract. */
export const headerSamples = ${JSON.stringify(headerSamplesOf(bundle), null, 2)} as const;

/** The published contract. */
export const contract = {
  operations: {
${entries.join("\n")}
  },
  messages,
  /** What a pattern asks for, in words, with an example. */
  formats: {
${lines(({ name, words }) => `    [patterns[${JSON.stringify(name)}]]: ${JSON.stringify(words)},`)}
  },
};
`;
}
