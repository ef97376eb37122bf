// Providers and merchants that are broken on purpose: a good one, behind a server that spoils what it answers.
import type { ServerResponse } from "node:http";
import { type OperationId, operations } from "../../generated/operations.ts";
import { snapTimestamp } from "../../src/snap/time.ts";
import { record } from "../support/http.ts";
import type { Body } from "../support/random.ts";
import { exampleOf, NOW } from "../support/receiver.ts";

/** An answer on its way. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  /** Parsed; what is not an object is sent as it is. */
  body: Body | string;
}

/** What is known of the request: its operation, its body, and how often it has been called before. */
export interface Asked {
  operation: OperationId;
  path: string;
  body: Body;
  number: number;
}

/** Spoils an answer; or does something else with the response, and returns nothing. */
export type Spoil = (answer: Answer, asked: Asked, response: ServerResponse) => Answer | undefined;

/** A broken subject. */
export interface Broken {
  /** What it does. */
  name: string;
  /** The scenarios that are run, and those of them that must fail. */
  only: string;
  caught: readonly string[];
  /** Which check catches it, and what its message must say. */
  rule: string;
  says: string;
  spoil: Spoil;
}

const operationAt = (path: string) =>
  (Object.keys(operations) as OperationId[]).find((id) => path.endsWith(operations[id].path));

/** Starts a server that asks another, and spoils what it answers. */
export async function spoiling(upstream: string, spoil: Spoil): Promise<string> {
  const calls = new Map<string, number>();
  const { url } = await record(async (response, { path, headers, body }) => {
    const operation = operationAt(path) ?? "qrCpmPayment";
    const number = (calls.get(operation) ?? 0) + 1;
    calls.set(operation, number);
    const { host: _, connection: __, "content-length": ___, ...sent } = headers;
    const answer = await fetch(upstream + path, { method: "POST", headers: sent as Record<string, string>, body });
    const text = await answer.text();
    const {
      "content-length": ____,
      connection: _____,
      "keep-alive": ______,
      ...received
    } = Object.fromEntries(answer.headers);
    const asked = { operation, path, number, body: parsed(body.toString()) };
    const spoilt = spoil({ status: answer.status, headers: received, body: parsed(text) }, asked, response);
    if (!spoilt) return;
    response.writeHead(spoilt.status, spoilt.headers);
    response.end(typeof spoilt.body === "string" ? spoilt.body : JSON.stringify(spoilt.body));
  });
  return url;
}

function parsed(text: string): Body {
  try {
    return JSON.parse(text) as Body;
  } catch {
    return {};
  }
}

const bodyOf = ({ body }: Answer): Body => (typeof body === "string" ? {} : body);

/** Whether an answer has this code. */
export const isCode = (answer: Answer, code: string) => bodyOf(answer).responseCode === code;

/** Spoils answers with a code, and lets the others through. */
export const on =
  (code: string, spoil: Spoil): Spoil =>
  (answer, asked, response) =>
    isCode(answer, code) ? spoil(answer, asked, response) : answer;

/** An answer that says yes, as the contract has it. */
export const yes: Spoil = ({ headers }, { operation }) => ({
  status: 200,
  headers: { ...headers, "x-timestamp": snapTimestamp(NOW) },
  body: { ...exampleOf[operation].success, responseMessage: "Successful" },
});

/** Other properties of the body; undefined leaves one out. */
export const body =
  (changes: Body): Spoil =>
  (answer) => ({ ...answer, body: { ...bodyOf(answer), ...changes } });

/** Other headers; undefined leaves one out. */
export const header =
  (name: string, value: string | undefined): Spoil =>
  (answer) => {
    const { [name]: _, ...others } = answer.headers;
    return { ...answer, headers: { ...others, ...(value !== undefined && { [name]: value }) } };
  };

/** Another answer altogether. */
export const instead =
  (status: number, text: string, type: string): Spoil =>
  () => ({ status, headers: { "content-type": type }, body: text });

/** Another code, with its status and message. */
export const code =
  (responseCode: string, responseMessage: string): Spoil =>
  (answer) => ({
    ...answer,
    status: Number(responseCode.slice(0, 3)),
    body: { responseCode, responseMessage },
  });
