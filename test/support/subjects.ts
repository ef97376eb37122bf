// Every validator of the contract with right bodies to start from, and random inputs made of them.
import type { OperationId } from "../../generated/operations.ts";
import { published as contract, type Validator } from "../../src/contract/contract.ts";
import { errorCases, headerCases, inProgressCases, tableCases } from "./cases.ts";
import { bodySchema, bundle, compile, headerSchema, type Operation, operations, type Schema } from "./contract.ts";
import { allRows, headersOf, type Row, samples } from "./published.ts";
import { type Material, mutated, type Random, randomJson, reordered, shuffled } from "./random.ts";

/** Inputs of each kind for each operation. */
const INPUTS = { request: 10_000, "200": 5000, "202": 5000, headers: 2500, error: 320 };

/** A validator of the contract, and what is known of it without looking at its schema. */
export interface Subject {
  name: string;
  precompiled: Validator;
  runtime: Validator;
  /** Where the other implementation finds its schema. */
  schema: Schema;
  inputs: number;
  /** Right bodies to start from. */
  bases: unknown[];
  material: Material;
}

export const nameOf = (row: Row) =>
  ({ externalStoreID: "externalStoreId", Value: "value", Currency: "currency" })[row.name] ?? row.name;
export const pathOf = (row: Row) => (row.parent ? `${row.parent}.${nameOf(row)}` : nameOf(row));
export const rowsOf = (service: string, body: Row["body"]) =>
  allRows.filter((row) => row.service === service && row.body === body);
const fieldsOf = (service: string, body: Row["body"]) =>
  rowsOf(service, body).map((row) => ({ path: pathOf(row), length: Number(row.length) || undefined }));
/** Fields without a row of their own. */
export const alias = { path: "externalStoreID", length: 64 };
const members = [
  { path: "transAmount.value", length: undefined },
  { path: "transAmount.currency", length: 3 },
];

const publishedHeaders = {
  ...samples.find(({ id }) => id === "qr-cpm-payment-request")?.headers,
  "X-CLIENT-KEY": "G1234325-SNAP",
};

/** Every validator of an operation. */
function subjectsOf(operation: Operation): Subject[] {
  const { service, operationId, parameters, path } = operation;
  const facts = contract.operations[operationId as OperationId];
  const raw = bundle.paths[path]?.post;
  if (!raw) throw new Error(`the bundle has no ${path}`);
  const subject = (
    kind: string,
    precompiled: Validator | undefined,
    followed: Schema,
    schema: Schema,
    inputs: number,
    cases: { value: unknown; valid: boolean }[],
    fields: Material["fields"],
  ): Subject => {
    if (!precompiled) throw new Error(`no validator for ${operationId} ${kind}`);
    return {
      name: `${operationId} ${kind}`,
      precompiled,
      runtime: compile(followed) as unknown as Validator,
      schema,
      inputs,
      bases: cases.filter(({ valid }) => valid).map(({ value }) => value),
      material: { fields, donors: cases.map(({ value }) => value) },
    };
  };
  const ofResponse = (
    status: string,
    inputs: number,
    cases: { value: unknown; valid: boolean }[],
    fields: Material["fields"],
  ) =>
    subject(
      status,
      facts.validateResponse[status],
      bodySchema(operation, status),
      raw.responses[status]?.content["application/json"].schema ?? {},
      inputs,
      cases,
      fields,
    );
  const response = [...fieldsOf(service, "response"), ...(service === "55" ? members : [])];
  return [
    subject(
      "request",
      facts.validateRequest,
      bodySchema(operation, "request"),
      raw.requestBody.content["application/json"].schema,
      INPUTS.request,
      tableCases(operation, "request"),
      [...fieldsOf(service, "request"), alias],
    ),
    ofResponse("200", INPUTS["200"], tableCases(operation, "200"), response),
    ofResponse("202", INPUTS["202"], inProgressCases(operation), response),
    ...Object.keys(operation.responses)
      .filter((status) => status >= "400")
      .map((status) =>
        ofResponse(
          status,
          INPUTS.error,
          errorCases(operation, status),
          response.filter(({ path: name }) => /^response(Code|Message)$/.test(name)),
        ),
      ),
    subject(
      "headers",
      facts.validateHeaders,
      { type: "object", ...headerSchema(parameters) },
      {
        type: "object",
        required: parameters.filter(({ required }) => required).map(({ name }) => name),
        properties: Object.fromEntries(
          parameters.map(({ name }) => [name, { $ref: `#/components/parameters/${name}/schema` }]),
        ),
      },
      INPUTS.headers,
      headerCases(service, parameters, publishedHeaders),
      headersOf(service).map(({ name, length }) => ({ path: name, length: Number(length) || undefined })),
    ),
  ];
}

/** A random input: a right body, mutated up to four times, or now and then anything at all. */
export function randomInput(random: Random, { bases, material }: Subject): unknown {
  if (random.chance(0.02)) return randomJson(random);
  let body = random.pick(bases);
  const mutations = random.pick([0, 1, 1, 1, 1, 2, 2, 3, 4]);
  for (let count = 0; count < mutations; count += 1) body = mutated(random, body, material);
  if (random.chance(0.2)) body = reordered(body, (names) => shuffled(random, names));
  return body;
}

/** All of them. */
export const subjects = operations.flatMap(subjectsOf);
