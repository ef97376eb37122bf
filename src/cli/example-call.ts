// A call that can be tried at once, made from the contract's own examples.
import { readFileSync } from "node:fs";
import { headers, type OperationId } from "../../generated/operations.ts";
import type { Contract } from "../contract/contract.ts";
import { documentFile } from "../host/document.ts";

/** The document, as far as a call is made from it. */
interface Documented {
  paths: Record<string, { post: Post }>;
  components: {
    parameters: Record<string, { name: string; required: boolean; example: string }>;
    examples: Record<string, { value: Record<string, unknown> }>;
  };
}
interface Post {
  operationId: OperationId;
  security?: unknown[];
  parameters: { $ref: string }[];
  requestBody: { content: { "application/json": { examples: Record<string, { $ref: string }> } } };
}

/** A call of an operation. */
export interface ExampleCall {
  operation: OperationId;
  path: string;
  /** The mandatory headers, by their names, with the contract's samples. */
  headers: [name: string, value: string][];
  /** The request's sample. */
  body: Record<string, unknown>;
}

/** A payment, or what the profile has in its place. */
export function exampleCall(contract: Contract): ExampleCall {
  const { paths, components } = JSON.parse(readFileSync(documentFile(contract), "utf8")) as Documented;
  const all = Object.entries(paths).map(([path, { post }]) => ({ path, ...post }));
  const named = (id: OperationId) => all.find(({ operationId }) => operationId === id);
  const found = named("qrCpmPayment") ?? named("debitStatus") ?? all[0];
  if (!found) throw new Error(`the profile ${contract.name} has no operation`);
  const { operationId, path, parameters, requestBody, security } = found;
  const nameIn = ({ $ref }: { $ref: string }) => $ref.split("/").at(-1) ?? "";
  const mandatory = parameters
    .map((reference) => components.parameters[nameIn(reference)])
    .flatMap((header): [string, string][] => (header?.required ? [[header.name, header.example]] : []));
  const [example] = Object.values(requestBody.content["application/json"].examples);
  return {
    operation: operationId,
    path,
    headers: [...(security === undefined ? [TOKEN] : []), ...mandatory],
    body: (example && components.examples[nameIn(example)]?.value) ?? {},
  };
}

const CONTENT_TYPE: [string, string] = [headers.contentType, "application/json"];
/** A mock and a sandbox that check none take any. */
const TOKEN: [string, string] = [headers.authorization, "Bearer any-token"];

/** What the sandbox answers with a success, whatever QR code or debit is named. */
const SUCCESS = { value: "2006000.00", currency: "IDR" };
const DEBIT = "debit-00";

/** The mandatory fields of the sample, such that the sandbox says yes. */
export function acceptedBody({ operation, body }: ExampleCall, contract: Contract): Record<string, unknown> {
  const { mandatoryFields = [] } = contract.operations[operation] ?? {};
  const mandatory = Object.fromEntries(Object.entries(body).filter(([field]) => mandatoryFields.includes(field)));
  // the sample's has passed
  if (mandatory.expiryTime !== undefined) mandatory.expiryTime = "2030-12-31T23:59:59+07:00";
  if (operation === "qrCpmPayment") return { ...mandatory, amount: SUCCESS };
  return { ...mandatory, originalPartnerReferenceNo: DEBIT };
}

/**
 * The call as curl makes it.
 * @param own what stands in place of a header's sample or a field's, as a POSIX shell writes it within double quotes
 */
export function curlOf(url: string, example: ExampleCall, own: Readonly<Record<string, string>> = {}): string {
  const { path, headers: given, body } = example;
  const header = ([name, value]: readonly [string, string]) =>
    own[name] === undefined ? `-H '${name}: ${value}'` : `-H "${name}: ${own[name]}"`;
  const fields = Object.entries(body).map(([name, value]) => {
    const text = own[name] === undefined ? JSON.stringify(value) : `"'"${own[name]}"'"`;
    return `${JSON.stringify(name)}:${text}`;
  });
  return ["curl -i", ...[CONTENT_TYPE, ...given].map(header), `-d '{${fields.join(",")}}'`, url + path].join(" \\\n  ");
}
