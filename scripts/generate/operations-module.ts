// Turns the bundle into generated/operations.ts: paths, service codes, headers, types and methods, which is all that a client needs.
import { type Bundle, type Operation, resolved } from "./bundle.ts";

/** Headers that OpenAPI states elsewhere than among the parameters: `requestBody.content`, and the bearer scheme of `security`. */
const HTTP_HEADERS = ["Content-Type", "Authorization"];

const capital = (operationId: string) => operationId.replace(/^[a-z]/, (letter) => letter.toUpperCase());

/** `X-PARTNER-ID` as `partnerId`, `Authorization-Customer` as `authorizationCustomer`. */
const camel = (header: string) =>
  header
    .toLowerCase()
    .replace(/^x-/, "")
    .replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

function comment({ summary, description, serviceCode, path }: Operation): string {
  const lines = [`${summary} (service ${serviceCode}, \`POST ${path}\`).`, "", ...description.split("\n")];
  return `  /**\n${lines.map((line) => `   * ${line}`.trimEnd()).join("\n")}\n   */`;
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
  return `  ${operation.operationId}: {
    serviceCode: "${operation.serviceCode}";
    request: ${request};
    success: ${success};
    inProgress: ${inProgress};
    error: ${errors.join(" | ")};
  };`;
}

/** The text of generated/operations.ts. */
export function operationsModule(bundle: Bundle): string {
  const { operations } = bundle;
  const bodies = operations.map(namesOf).flatMap(({ errors, ...others }) => [...Object.values(others), ...errors]);
  const transactions = operations.filter(({ bearer }) => bearer);
  const methods = transactions.map(
    (operation) =>
      `${comment(operation)}\n  ${operation.operationId}(body: ${capital(operation.operationId)}Request, options?: Options): Promise<SnapResult<"${operation.operationId}">>;`,
  );
  return `import type { ${bodies.join(", ")} } from "./types.ts";

/** Path and service code of every operation, and whether it asks for an access token. */
export const operations = {
${operations.map(({ operationId, path, serviceCode, bearer }) => `  ${operationId}: { path: "${path}", serviceCode: "${serviceCode}", bearer: ${bearer} },`).join("\n")}
} as const;

/** The headers of a request, as they are written on the wire. */
export const headers = {
${headersOf(bundle)
  .map((name) => `  ${camel(name)}: "${name}",`)
  .join("\n")}
} as const;

/** What the contract fixes to one value, by operation and property. */
export const fixedValues = ${JSON.stringify(fixedValues(bundle), null, 2)} as const;

/** The bodies of every operation. */
export interface OperationTypes {
${operations.map(bodiesOf).join("\n")}
}

/** Every operation's id. */
export type OperationId = keyof OperationTypes;

/** The operations that move or ask about money; the other one gives out access tokens. */
export type TransactionId = ${transactions.map(({ operationId }) => `"${operationId}"`).join(" | ")};

/**
 * What a call comes to: \`data\` when the responseCode begins with 200 or 202, \`error\` when it does not. \`externalId\` is the X-EXTERNAL-ID that was
 * answered, the second one if the call was sent again with a new token: what originalExternalId asks for later.
 */
export type SnapResult<Id extends OperationId> = { response: Response; externalId: string } & (
  | { data: OperationTypes[Id]["success"] | OperationTypes[Id]["inProgress"]; error?: never }
  | { data?: never; error: OperationTypes[Id]["error"] }
);

/** A method for each operation of the contract. */
export interface SnapMethods<Options> {
${methods.join("\n")}
}
`;
}
