// Turns the bundle into generated/client.ts (paths, service codes, types and a method an operation: all that a client needs)
// and generated/contract.ts (all that a receiver needs: it brings the validators in).
import { type Bundle, fieldsOf, type Operation } from "./bundle.ts";

const typeName = (operationId: string) => operationId[0]?.toUpperCase() + operationId.slice(1);

function comment({ summary, description, serviceCode, path }: Operation): string {
  const lines = [`${summary} (service ${serviceCode}, \`POST ${path}\`).`, "", ...description.split("\n")];
  return `  /**\n${lines.map((line) => `   * ${line}`.trimEnd()).join("\n")}\n   */`;
}

/** The text of generated/client.ts. */
export function clientModule({ operations }: Bundle): string {
  const ok = (status: string) => status < "400";
  const bodyOf = ({ path }: Operation, status: string) =>
    `paths["${path}"]["post"]["responses"]["${status}"]["content"]["application/json"]`;
  const types = operations.map((operation) => {
    const { operationId, serviceCode, responses } = operation;
    const errors = Object.keys(responses).filter((status) => !ok(status));
    return `  ${operationId}: {
    serviceCode: "${serviceCode}";
    request: ${typeName(operationId)}Request;
    success: ${typeName(operationId)}Response;
    inProgress: ${bodyOf(operation, "202")};
    error: ${errors.map((status) => bodyOf(operation, status)).join(" | ")};
  };`;
  });
  const transactions = operations.filter(({ bearer }) => bearer);
  const methods = transactions.map(
    (operation) =>
      `${comment(operation)}\n  ${operation.operationId}(body: ${typeName(operation.operationId)}Request, options?: Options): Promise<SnapResult<"${operation.operationId}">>;`,
  );
  const requests = operations.map(
    ({ operationId }) => `${typeName(operationId)}Request, ${typeName(operationId)}Response`,
  );
  return `import type { paths, ${requests.join(", ")} } from "./types.ts";

/** Path and service code of every operation. */
export const operations = {
${operations.map(({ operationId, path, serviceCode }) => `  ${operationId}: { path: "${path}", serviceCode: "${serviceCode}" },`).join("\n")}
} as const;

/** The bodies of every operation. */
export interface OperationTypes {
${types.join("\n")}
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

/** Makes the methods out of one function that calls any operation. */
export function bindMethods<Options>(
  call: <Id extends TransactionId>(
    operation: Id,
    body: OperationTypes[Id]["request"],
    options?: Options,
  ) => Promise<SnapResult<Id>>,
): SnapMethods<Options> {
  const ids: TransactionId[] = [${transactions.map(({ operationId }) => `"${operationId}"`).join(", ")}];
  const methods = ids.map((id) => [id, (body: never, options?: Options) => call(id, body, options)]);
  return Object.fromEntries(methods) as SnapMethods<Options>;
}
`;
}

/** The text of generated/contract.ts. */
export function contractModule(bundle: Bundle): string {
  const entries = bundle.operations.map((operation) => {
    const { operationId, bearer, parameters, request, responses } = operation;
    const fields = fieldsOf(bundle, request);
    const facts = {
      bearer,
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
  return `import type { Contract } from "../../src/contract/contract.ts";
import { operations } from "./client-module.ts";
import { messages } from "./response-codes-module.ts";
import * as v from "./validators-module.js";

/** The published contract. */
export const contract: Contract = {
  operations: {
${entries.join("\n")}
  },
  messages,
};
`;
}
