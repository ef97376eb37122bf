// Turns a bundle into what a client needs: paths, service codes and types. generated/operations.ts has that of the published
// contract, generated/profiles/NAME/profile.ts that of a profile.
import { type Bundle, type Operation, resolved } from "./bundle.ts";

/** Headers that OpenAPI states elsewhere than among the parameters: `requestBody.content`, and the bearer scheme of `security`. */
const HTTP_HEADERS = ["Content-Type", "Authorization"];

/** The service that gives out tokens: its signature is of a kind of its own. */
const TOKEN_SERVICE = "73";

const capital = (operationId: string) => operationId.replace(/^[a-z]/, (letter) => letter.toUpperCase());

/** `X-PARTNER-ID` as `partnerId`, `Authorization-Customer` as `authorizationCustomer`. */
const camel = (header: string) =>
  header
    .toLowerCase()
    .replace(/^x-/, "")
    .replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

function comment({ summary, description, serviceCode, path }: Operation): string {
  const lines = [`${summary} (service ${serviceCode}, \`POST ${path}\`).`, "", ...description.split("\n")];
  return `  /**\n${lines.map((line) => `   * ${line.replaceAll("*/", "*\\/")}`.trimEnd()).join("\n")}\n   */`;
}

function headersOf({ operations }: Bundle): string[] {
  const names = operations.flatMap(({ parameters }) => parameters.map(({ name }) => name));
  return [...new Set([...HTTP_HEADERS, ...names])];
}

/** What the contract fixes to one value: `{ "debitStatus": { "serviceCode": "54" } }`. */
function fixedValues({ operations, components }: Bundle): Record<string, Record<string, unknown>> {
  const fixed = ({ request, responses }: Operation) =>
    [request, responses["200"]].flatMap((body) => {
      const { properties = {} } = resolved(body, components);
      return Object.entries(properties).flatMap(([name, property]) =>
        "const" in property ? [[name, property.const] as const] : [],
      );
    });
  const entries = operations.map((operation) => [operation.operationId, Object.fromEntries(fixed(operation))] as const);
  return Object.fromEntries(entries.filter(([, values]) => Object.keys(values).length > 0));
}

/** The names of an operation's bodies. */
function namesOf({ operationId, responses }: Operation) {
  const name = capital(operationId);
  return {
    request: `${name}Request`,
    success: `${name}Response`,
    inProgress: `${name}InProgress`,
    errors: Object.keys(responses)
      .filter((status) => status >= "400")
      .map((status) => `${name}Error${status}`),
  };
}

function bodiesOf(operation: Operation): string {
  const { request, success, inProgress, errors } = namesOf(operation);
  return `${comment(operation)}
  ${operation.operationId}: {
    serviceCode: "${operation.serviceCode}";
    request: ${request};
    success: ${success};
    inProgress: ${inProgress};
    error: ${errors.join(" | ")};
  };`;
}

/** The types of a bundle's operations, and the names that they take from types.ts. */
export function operationTypes({ operations }: Bundle): { names: string[]; text: string } {
  const names = operations.map(namesOf).flatMap(({ errors, ...others }) => [...Object.values(others), ...errors]);
  return {
    names,
    text: `/** The bodies of every operation. */
export interface OperationTypes {
${operations.map(bodiesOf).join("\n")}
}`,
  };
}

/** What is known of an operation beside its bodies; what is as the standard has it is left out. */
function factsOf({ path, serviceCode, bearer, signature, parameters }: Operation, standard: readonly string[]) {
  const isToken = serviceCode === TOKEN_SERVICE;
  const kind = isToken ? "token" : signature.kind;
  const names = parameters.map(({ name }) => name);
  const fixed = parameters.flatMap(({ name, schema }) => (schema.const === undefined ? [] : [[name, schema.const]]));
  const without = isToken ? [] : standard.filter((name) => !names.includes(name));
  return {
    path,
    serviceCode,
    bearer,
    ...(kind && { signature: kind }),
    ...(signature.signedPath && signature.signedPath !== "as-sent" && { signedPath: signature.signedPath }),
    ...(without.length > 0 && { without }),
    ...(fixed.length > 0 && { fixedHeaders: Object.fromEntries(fixed) as Record<string, unknown> }),
  };
}

/** The record of a bundle's operations, as source. */
export function operationFacts({ operations }: Bundle, standard: readonly string[] = []): string {
  const lines = operations.map((each) => `  ${each.operationId}: ${JSON.stringify(factsOf(each, standard))},`);
  return `{\n${lines.join("\n")}\n}`;
}

/** The text of generated/header-samples.ts. */
export function headerSamplesModule({ operations }: Bundle): string {
  const samples = operations.flatMap(({ parameters }) =>
    parameters.map(({ name, example }) => [name, example] as const),
  );
  return `/** The contract's own samples of headers: what a tool sends that fills a request in from the contract. */
export const headerSamples = ${JSON.stringify(Object.fromEntries(samples), null, 2)} as const;
`;
}

/** The text of generated/operations.ts. */
export function operationsModule(bundle: Bundle): string {
  const { names, text } = operationTypes(bundle);
  return `import type { ${names.join(", ")} } from "./types.ts";

/** Path and service code of every operation, whether it asks for an access token, and how it is signed where only one kind will do. */
export const operations = ${operationFacts(bundle)} as const;

/** The headers of a request, as they are written on the wire. */
export const headers = {
${headersOf(bundle)
  .map((name) => `  ${camel(name)}: "${name}",`)
  .join("\n")}
} as const;

/** What the contract fixes to one value, by operation and property. */
export const fixedValues = ${JSON.stringify(fixedValues(bundle), null, 2)} as const;

${text}

/** Every operation's id. */
export type OperationId = keyof OperationTypes;

/** The operations that move or ask about money; the other one gives out access tokens. */
export type TransactionId = Exclude<OperationId, "accessTokenB2b">;
`;
}
