// What every client sends to the mock, and what it must read back: the published sample of each operation, three times.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

type Json = Record<string, unknown>;

/** One call: a published sample, and the answer that the contract has for it. */
export interface Call {
  operationId: string;
  path: string;
  /** The name of the request's schema. */
  schema: string;
  /** The name of the schema of the answer, where the contract has one. */
  answerSchema: string | undefined;
  headers: Record<string, string>;
  /** What asks the mock for this answer. */
  prefer: string;
  body: Json;
  status: number;
  answer: Json;
}

/** What a client read: the status, the code as its own field gives it, and its model written down again. */
export interface Answer {
  operationId: string;
  status: number;
  responseCode: string;
  body: unknown;
}

interface Document {
  paths: Record<string, { post: Operation }>;
  components: { parameters: Record<string, Parameter>; examples: Record<string, { value: Json }> };
}
interface Operation {
  operationId: string;
  parameters: { $ref: string }[];
  requestBody: Body;
  responses: Record<string, Body>;
}
interface Body {
  content: {
    "application/json": { schema: { $ref?: string }; examples: Record<string, { $ref?: string; value?: Json }> };
  };
}
interface Parameter {
  name: string;
  required: boolean;
  example: string;
}

/** Some tools write a letter after a digit large: accessTokenB2B. */
export const largeLetter = (name: string) => name.replace(/\d[a-z]/g, (both) => both.toUpperCase());

const PREFERRED = { 200: "code=200", 202: "code=202", 403: "code=403, example=InsufficientFunds" } as const;

/** The calls of a contract: eight operations, each answered with 200, 202 and 403. */
export function callsOf(file: string): Call[] {
  const { paths, components } = JSON.parse(readFileSync(file, "utf8")) as Document;
  const nameOf = ($ref = "") => /^#\/components\/schemas\/(\w+)$/.exec($ref)?.[1];
  const exampleOf = ({ content }: Body, name?: string): Json => {
    const { examples } = content["application/json"];
    const found = name === undefined ? Object.values(examples)[0] : examples[name];
    const value = found?.value ?? components.examples[found?.$ref?.split("/").at(-1) ?? ""]?.value;
    return value ?? assert.fail(`the contract must have the example ${name ?? "of a sample"}`);
  };
  return Object.entries(paths).flatMap(([path, { post }]) => {
    const parameters = post.parameters.map(({ $ref }) => components.parameters[$ref.split("/").at(-1) ?? ""]);
    const required = parameters.flatMap((parameter) =>
      parameter?.required ? [[parameter.name, parameter.example]] : [],
    );
    return Object.entries(PREFERRED).map(([status, prefer]): Call => {
      const response = post.responses[status] ?? assert.fail(`${post.operationId} must have a ${status}`);
      return {
        operationId: post.operationId,
        path,
        schema: nameOf(post.requestBody.content["application/json"].schema.$ref) ?? "",
        answerSchema: nameOf(response.content["application/json"].schema.$ref),
        headers: Object.fromEntries(required) as Record<string, string>,
        prefer,
        body: exampleOf(post.requestBody),
        status: Number(status),
        answer: exampleOf(response, status === "403" ? "InsufficientFunds" : undefined),
      };
    });
  });
}

/** What a client's models do not tell apart. */
export interface Tolerance {
  /** A member that is null from one that is missing. */
  nullIsMissing?: boolean;
  /** A member that is an empty object from one that is missing. */
  emptyIsMissing?: boolean;
}

/** Checks that each answer was read whole: its status, its code as a field, and its body unchanged, times included. */
export function checkAnswers(calls: readonly Call[], answers: readonly Answer[], tolerance: Tolerance = {}): void {
  for (const [index, { operationId, status, answer }] of calls.entries()) {
    const { body, ...its } = answers[index] ?? {};
    const expected = { operationId, status, responseCode: answer.responseCode, body: told(answer, tolerance) };
    assert.deepEqual(
      { ...its, body: told(body, tolerance) },
      expected,
      `${operationId} ${status}: what was read differs from what was answered`,
    );
  }
  assert.equal(answers.length, calls.length, "each call must have one answer");
}

/** What a body tells with this tolerance. */
export function told(body: unknown, { nullIsMissing = false, emptyIsMissing = false }: Tolerance): unknown {
  if (typeof body !== "object" || body === null) return body;
  const isEmpty = (value: unknown) => JSON.stringify(value) === "{}";
  const stays = (value: unknown) => !(nullIsMissing && value === null) && !(emptyIsMissing && isEmpty(value));
  return Object.fromEntries(Object.entries(body).filter(([, value]) => stays(value)));
}
