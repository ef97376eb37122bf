// The receiver against random requests and operations: every answer is one of the contract. A failure says how to run it again.
import type { ValidateFunction } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import type { OperationId } from "../../generated/operations.ts";
import { catalogue } from "../../generated/response-codes.ts";
import { published as contract } from "../../src/contract/contract.ts";
import { validateResponse } from "../../src/contract/validation.ts";
import {
  createMemoryReplayStore,
  type ReplayStore,
  type SnapAnswered,
  SnapError,
  type SnapHandlerOptions,
  type SnapOperations,
  SnapReplyError,
} from "../../src/server.ts";
import { bodySchema, compile, operations } from "../support/contract.ts";
import { casesOf, failOn, quoted } from "../support/fuzz.ts";
import { type Body, type Random, randomJson } from "../support/random.ts";
import {
  ACCESS_TOKEN,
  CLIENT_SECRET,
  CUSTOMER_TOKEN,
  createReceiver,
  exampleOf,
  operationIds,
  PARTNER,
  publicKey,
  RSA_PARTNER,
  requestOf,
  TIMESTAMP,
} from "../support/receiver.ts";
import { randomRequest } from "./fuzz-requests.ts";

const REQUESTS = 100_000;
const cases = casesOf("test/receiver/fuzz.test.ts");
/** Outcomes that only a fuzzer that reaches every step comes by: HTTP status and case code. */
const EXPECTED =
  "20000 20200 40000 40001 40002 40100 40101 40102 40103 40104 40402 40500 40900 40314 50000 50400".split(" ");

/** Ajv at run time, on the bundle: it shares nothing with the validators that the receiver uses. */
const schemas = new Map(
  operations.map((operation) => [
    operation.operationId,
    {
      request: compile(bodySchema(operation, "request")),
      responses: Object.fromEntries(
        Object.keys(operation.responses).map((status) => [status, compile(bodySchema(operation, status))]),
      ) as Record<string, ValidateFunction>,
    },
  ]),
);
const operationOf = new Map(operationIds.map((id) => [exampleOf[id].path, id]));

/** What an operation made of a call, so that the answer can be held against it. */
type Behaviour = "reply" | "refusal" | "throws" | "junk";
/** What the test knows of the case under way. */
interface Run {
  random: Random;
  /** Of this case alone. */
  replayStore: ReplayStore;
  behaviour: Behaviour | undefined;
  /** Whether something was thrown on purpose, and what. */
  threw: boolean;
  planted: unknown;
  errors: unknown[];
  answers: SnapAnswered[];
  complaints: string[];
}

/** Something to throw, an Error or not. */
function plant(run: Run): never {
  run.threw = true;
  run.planted = run.random.pick([new Error("planted"), "planted", { planted: true }, undefined, 0n]);
  throw run.planted;
}

/** What breaks the contract, or cannot be written at all. */
function junk({ random }: Run, { success, service }: (typeof exampleOf)[OperationId]): unknown {
  const circular: Body = { ...success };
  circular.additionalInfo = circular;
  return random.pick<() => unknown>([
    () => randomJson(random),
    () => undefined,
    () => circular,
    () => ({ ...success, additionalInfo: { count: 1n } }),
    () => ({ ...success, responseCode: random.pick(["2000000", `299${service}00`, `200${service}`, 200, null]) }),
    () => ({ ...success, responseMessage: random.pick([undefined, "", "x".repeat(151), 1]) }),
    () => new SnapError(`403${service === "60" ? "61" : "60"}14`, "Insufficient Funds"),
    () => new SnapError(`403${service}99` as "4036014", "Made up"),
    () => ({ responseCode: `200${service}00` }),
    () => () => success,
  ])();
}

function createOperations(run: Run): SnapOperations {
  const refusals = Object.keys(catalogue).filter((row) => row >= "4");
  return Object.fromEntries(
    operationIds.map((id) => [
      id,
      ({ body }: { body: unknown }) => {
        if (!schemas.get(id)?.request(body)) run.complaints.push(`${id} was handed ${JSON.stringify(body)}`);
        const { random } = run;
        const example = exampleOf[id];
        const kind = random.below(10);
        if (kind === 0) {
          run.behaviour = "throws";
          return random.chance(0.5) ? plant(run) : Promise.resolve().then(() => plant(run));
        }
        if (kind === 1) {
          run.behaviour = "junk";
          return random.chance(0.5) ? junk(run, example) : Promise.resolve(junk(run, example));
        }
        if (kind === 2) {
          run.behaviour = "refusal";
          const row = random.pick(refusals);
          return new SnapError(`${row.slice(0, 3)}${example.service}${row.slice(3)}` as "4036014", "Refused");
        }
        run.behaviour = "reply";
        return kind < 5 ? example.inProgress : Promise.resolve(example.success);
      },
    ]),
  ) as unknown as SnapOperations;
}

/** What is wrong with an answer; nothing, as a rule. */
function complaintsOf(request: Request, response: Response, text: string, run: Run): string[] {
  const body = JSON.parse(text) as Body;
  const code = String(body.responseCode);
  const { pathname } = new URL(request.url);
  const operation = operationOf.get(pathname);
  const [answer, ...more] = run.answers;
  const wrong = [...run.complaints];
  if (String(response.status) !== code.slice(0, 3)) wrong.push("the status is not the code's");
  if (response.headers.get("x-timestamp") !== TIMESTAMP) wrong.push("no X-TIMESTAMP");
  if (response.headers.get("content-type") !== "application/json") wrong.push("no Content-Type");
  if (!answer || more.length > 0 || answer.responseCode !== code) wrong.push("onAnswer was not told, or not this");
  if (!operation) {
    if (text !== '{"responseCode":"4040002","responseMessage":"Invalid Routing"}') wrong.push("a path of no operation");
  } else {
    const facts = contract.operations[operation];
    if (code.slice(3, 5) !== facts.serviceCode) wrong.push("another service's code");
    if (!validateResponse(operation, response.status, body).valid) wrong.push("refused by validateResponse");
    if (!facts.validateResponse[response.status]?.(body)) wrong.push("refused by the precompiled schema");
    if (!schemas.get(operation)?.responses[response.status]?.(body)) wrong.push("refused by the schema");
  }

  const failed = code.startsWith("500") && code.endsWith("00") && run.behaviour !== "refusal";
  if (failed !== run.errors.length > 0 || run.errors.length > 1) wrong.push(`onError was told ${run.errors.length}`);
  if ((run.behaviour !== undefined) !== (answer?.step === "operation")) wrong.push("operation was called out of order");
  if (failed !== (run.behaviour === "junk" || run.threw)) wrong.push(`${code} after ${run.behaviour}`);
  // an error that nobody planted is the receiver's own
  const [error] = run.errors;
  const unwritable = error instanceof TypeError && /circular|BigInt/.test(error.message);
  if (run.errors.length > 0 && !(run.threw && error === run.planted)) {
    if (run.behaviour !== "junk" || !(error instanceof SnapReplyError || unwritable))
      wrong.push(`threw ${String(error)}`);
  }
  return wrong;
}

/** Two receivers that check all there is, one of them all but signatures. */
function createReceivers(run: Run) {
  const throwing = (text: string) => text === "throws" && plant(run);
  const options: Partial<SnapHandlerOptions> = {
    operations: createOperations(run),
    verifyToken: (token) => !throwing(token) && token === ACCESS_TOKEN,
    verifyCustomerToken: (token) => !throwing(token) && token === CUSTOMER_TOKEN,
    withCustomerToken: ["qrCpmCancel"],
    withoutToken: ["qrCpmNotify"],
    replayStore: {
      lease: Number.POSITIVE_INFINITY,
      settle: (...all) => run.replayStore.settle(...all),
      async claim(claim) {
        throwing(claim.uses[0]?.value.split("\n")[2] ?? "");
        // now and then it was used before
        if (run.random.chance(0.09)) await run.replayStore.claim({ ...claim, owner: "another" });
        return run.replayStore.claim(claim);
      },
    },
    onError: (error) => run.errors.push(error),
    onAnswer: (answered) => run.answers.push(answered),
  };
  const strict = createReceiver({
    ...options,
    key: ({ partnerId }) => {
      throwing(partnerId);
      if (partnerId === RSA_PARTNER) return { type: "asymmetric", publicKey };
      return partnerId === PARTNER ? { type: "symmetric", clientSecret: CLIENT_SECRET } : undefined;
    },
  });
  const lax = createReceiver({ ...options, key: "unchecked" });
  return { strict, lax };
}

/** Everything about a case, to be run again by itself. */
async function described(number: number, code: string, complaint: string): Promise<string> {
  const request = randomRequest(cases.randomOf(number));
  const body = quoted(new Uint8Array(await request.arrayBuffer()));
  return [
    `case ${number}, answered with ${code}: ${complaint}`,
    `${request.method} ${request.url} ${JSON.stringify(Object.fromEntries(request.headers))} ${body}`,
    `again: ${cases.again(number)}`,
  ].join("\n  ");
}

test(`${REQUESTS} random requests are answered as the contract has it`, async () => {
  const unhandled: unknown[] = [];
  const keep = (reason: unknown) => unhandled.push(reason);
  process.on("unhandledRejection", keep);

  const run = {} as Run;
  const { strict, lax } = createReceivers(run);
  const counts = new Map<string, number>();
  const wrong: string[] = [];
  const started = performance.now();
  for (const number of cases.numbers(REQUESTS)) {
    const random = cases.randomOf(number);
    const blank = { behaviour: undefined, threw: false, planted: undefined, errors: [], answers: [], complaints: [] };
    Object.assign(run, { random, replayStore: createMemoryReplayStore(), ...blank } satisfies Run);
    const request = randomRequest(random);
    const response = await (random.chance(0.5) ? strict : lax)(request);
    const text = await response.text();
    const code = /"responseCode":"(\d{7})"/.exec(text)?.[1] ?? "none";
    const outcome = code.slice(0, 3) + code.slice(5);
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    for (const complaint of complaintsOf(request, response, text, run)) {
      wrong.push(await described(number, code, complaint));
    }
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  await new Promise((resolve) => setTimeout(resolve, 10));
  process.off("unhandledRejection", keep);

  const countOf = (outcome: string) => counts.get(outcome) ?? 0;
  const others = [...counts.keys()].filter((outcome) => !EXPECTED.includes(outcome));
  const line = [
    ...EXPECTED.map((outcome) => `${outcome.slice(0, 3)} ${outcome.slice(3)}: ${countOf(outcome)}`),
    `${others.length} other codes: ${others.reduce((sum, outcome) => sum + countOf(outcome), 0)}`,
  ].join(", ");
  console.log(
    `receiver: ${cases.only === undefined ? REQUESTS : 1} random requests in ${seconds} s, ${wrong.length} wrong answers (${line})`,
  );
  failOn(wrong);
  expect(unhandled).toEqual([]);
  if (cases.only === undefined) expect(EXPECTED.filter((outcome) => countOf(outcome) < 10)).toEqual([]);
});

test("the fuzzer's usual request is a right one", async () => {
  for (const operation of operationIds) expect((await createReceiver()(requestOf({ operation }))).status).toBe(200);
});

test("a case is the same every time, another number is another case, and the message says how to run it again", async () => {
  const message = await described(7, "5006000", "what is wrong");
  expect(await described(7, "5006000", "what is wrong")).toBe(message);
  const [first, sent, again] = message.split("\n  ");
  expect(first).toBe("case 7, answered with 5006000: what is wrong");
  expect(again).toBe(`again: SEED=${cases.seed} CASE=7 npx vitest run test/receiver/fuzz.test.ts`);
  expect((await described(8, "5006000", "what is wrong")).split("\n  ")[1]).not.toBe(sent);
  expect(() => failOn([message])).toThrow(message);
});
