// The receiver against seeded random requests and operations: whatever comes in, what goes out is an answer of the contract.
import type { ValidateFunction } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import type { OperationId } from "../../generated/client.ts";
import { contract } from "../../generated/contract.ts";
import { catalogue } from "../../generated/response-codes.ts";
import { validateResponse } from "../../src/contract/validation.ts";
import {
  createMemoryReplayStore,
  type SnapAnswered,
  SnapError,
  type SnapHandlerOptions,
  type SnapOperations,
  SnapReplyError,
} from "../../src/server.ts";
import { bodySchema, compile, operations } from "../support/contract.ts";
import { type Body, mutated, type Random, randomJson, randomText, seeded } from "../support/random.ts";
import {
  ACCESS_TOKEN,
  CUSTOMER_TOKEN,
  createReceiver,
  exampleOf,
  operationIds,
  PARTNER,
  publicKey,
  RSA_PARTNER,
  requestOf,
  type Sent,
  TIMESTAMP,
  type Wire,
  wireOf,
} from "../support/receiver.ts";

const REQUESTS = 100_000;
const SEED = 20201223;
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
/** What a test run knows of the request under way. */
interface Run {
  random: Random;
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
  const { random } = run;
  const refusals = Object.keys(catalogue).filter((row) => row >= "4");
  return Object.fromEntries(
    operationIds.map((id) => [
      id,
      ({ body }: { body: unknown }) => {
        if (!schemas.get(id)?.request(body)) run.complaints.push(`${id} was handed ${JSON.stringify(body)}`);
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

const latin1 = (random: Random, length: number) =>
  Array.from({ length }, () => String.fromCharCode(random.pick([33, 65, 97, 48, 0xa0, 0xe9, 0xff, 0x80, 44, 34]))).join(
    "",
  );

/** A body: right now and then, wrong in every way else. */
function randomBody(random: Random, id: OperationId): string | Uint8Array {
  const { request } = exampleOf[id];
  const text = JSON.stringify(request);
  const fields = contract.operations[id].fields.map((path) => ({ path, length: undefined }));
  const donors = [request, exampleOf[random.pick(operationIds)].request, randomJson(random)];
  const bytes = (length: number) => Uint8Array.from({ length }, () => random.below(256));
  const at = random.below(text.length);
  switch (random.below(16)) {
    case 0:
      return bytes(random.below(300));
    case 1:
      return text.slice(0, at);
    case 2: {
      const flipped = new TextEncoder().encode(text);
      for (let count = random.below(3); count >= 0; count -= 1)
        flipped[random.below(flipped.length)] = random.below(256);
      return flipped;
    }
    case 3: {
      const open = random.pick(["[", '{"a":', '[{"":', "{"]);
      const depth = random.pick([50, 99, 101, 1000, random.chance(0.05) ? 100_000 : 200]);
      const closed = random.chance(0.5) ? `1${(open === "[" ? "]" : "}").repeat(depth)}` : "";
      return `${text.slice(0, -1)},"additionalInfo":${open.repeat(depth)}${closed}}`;
    }
    case 4: {
      const length = random.chance(0.02) ? random.pick([65_000, 65_536, 200_000]) : random.below(2000);
      return text.replace(/"[^"]*"(?=[,}])/, JSON.stringify(randomText(random, length)));
    }
    case 5: {
      const field = random.pick(contract.operations[id].fields).split(".")[0];
      const twice = `"${field}":${JSON.stringify(randomJson(random))}`;
      return random.chance(0.5) ? `{${twice},${text.slice(1)}` : `${text.slice(0, -1)},${twice}}`;
    }
    case 6:
      return JSON.stringify(randomJson(random, 6)) ?? "";
    case 7:
      return `${text.slice(0, at)}${random.pick(['"', "\\", "{", "}", ",", "\u0000", "\ud800", "é", " ", "1e999"])}${text.slice(at)}`;
    case 8:
      return JSON.stringify(request, undefined, random.pick([1, "\t", "\r\n"]));
    case 9:
    case 10:
    case 11: {
      let body: unknown = request;
      for (let count = random.below(3); count >= 0; count -= 1) body = mutated(random, body, { fields, donors });
      return JSON.stringify(body) ?? "";
    }
    default:
      return text;
  }
}

function randomPath(random: Random, path: string): string {
  return random.pick([
    () => `/${randomText(random, random.below(30))}`,
    () => path.slice(0, random.below(path.length)) || "/",
    () => `${path}/`,
    () => `/snap${path}`,
    () => path.toUpperCase(),
    () => path.replace("/qr", "/./qr/../qr"),
    () => `${path}?${randomText(random, random.below(20))}`,
    () => `${path}#${randomText(random, 5)}`,
    () => path.replace("/", "//"),
    () => `${path}%${random.pick(["", "z", "zz", "00", "2F", "C3%A9"])}`,
    () => "/__proto__",
  ])();
}

/** One header made wrong, or merely odd. */
function breakHeader(random: Random, headers: Record<string, string>): void {
  const name = random.pick([...Object.keys(headers), "Authorization-Customer", "ORIGIN", "X-DEVICE-ID", "X-LATITUDE"]);
  switch (random.below(6)) {
    case 0:
    case 1:
      delete headers[name];
      break;
    case 2:
      headers[name] = random.pick(["", " ", "\t"]);
      break;
    case 3:
      headers[name] = latin1(random, random.pick([1, 5, 6, 36, 37, 400, 401]));
      break;
    case 4:
      headers[name] = `${headers[name] ?? ""}${latin1(random, 1)}`;
      break;
    default:
      headers[name] = headers[random.pick(Object.keys(headers))] ?? "x";
  }
}

/** A request, and whether its signature is certain to be wrong. */
function randomRequest(random: Random): Request {
  const operation = random.pick(operationIds);
  const sent: Sent = {
    operation,
    body: random.chance(0.6) ? randomBody(random, operation) : exampleOf[operation].request,
  };
  if (random.chance(0.05))
    sent.method = random.pick(["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "post", "FOO"]);
  if (random.chance(0.08)) sent.token = random.pick([null, "expired", "throws", latin1(random, 5), "x".repeat(3000)]);
  if (random.chance(0.05)) sent.clientSecret = "another";
  if (random.chance(0.1)) sent.encoding = "hex";
  const headers: Record<string, string> = { "X-EXTERNAL-ID": `${random.below(4000)}` };
  // an RSA signature takes as long as everything else together
  if (random.chance(0.02)) headers["X-PARTNER-ID"] = RSA_PARTNER;
  if (random.chance(0.02)) headers["X-PARTNER-ID"] = random.pick(["nobody", "throws"]);
  if (random.chance(0.02)) headers["X-EXTERNAL-ID"] = "throws";
  if (random.chance(0.05)) headers["X-TIMESTAMP"] = random.pick(["2020-12-23T08:50:11+07:00", "2020-12-23T00:50:11Z"]);
  if (random.chance(0.2)) {
    const tokens = [CUSTOMER_TOKEN, "expired", "throws"];
    headers["Authorization-Customer"] = `Bearer ${random.pick(tokens)}`;
  }
  const transaction = operation !== "accessTokenB2b";
  const wire = transaction ? wireOf({ ...sent, headers }) : tokenRequest(random, sent);
  return changed(random, wire);
}

const tokenWire = wireOf({ operation: "accessTokenB2b" });
/** A request for a token, its signature made once: the body is not signed. */
function tokenRequest(random: Random, { body, method = "POST" }: Sent): Wire {
  const text = typeof body === "object" && !(body instanceof Uint8Array) ? JSON.stringify(body) : (body ?? "");
  const headers = { ...tokenWire.headers };
  if (random.chance(0.05)) headers["X-CLIENT-KEY"] = random.pick(["nobody", "throws", PARTNER]);
  return { ...tokenWire, headers, method, body: text };
}

/** What goes wrong after a request was signed. */
function changed(random: Random, { method, path, headers, body }: Wire): Request {
  if (random.chance(0.15)) breakHeader(random, headers);
  if (random.chance(0.03))
    headers["Content-Type"] = random.pick(["text/plain", "application/json;charset=utf-8", "a/b"]);
  const target = random.chance(0.04) ? randomPath(random, path) : path;
  let sentBody: NonNullable<RequestInit["body"]> = random.chance(0.05) ? randomBody(random, "qrCpmPayment") : body;
  const bodiless = method === "GET" || method === "HEAD";
  if (random.chance(0.05)) {
    const whole = typeof sentBody === "string" ? new TextEncoder().encode(sentBody) : (sentBody as Uint8Array);
    const cut = random.below(whole.length + 1);
    sentBody = new ReadableStream({
      start(controller) {
        for (const chunk of [whole.subarray(0, cut), whole.subarray(cut)]) if (chunk.length) controller.enqueue(chunk);
        controller.close();
      },
    });
  } else if (random.chance(0.01)) headers["content-length"] = random.pick(["65537", "0", "x", "-1", "1e9"]);
  return new Request(`http://receiver.example${target}`, {
    method,
    headers,
    ...(!bodiless && { body: sentBody, duplex: "half" as const }),
  });
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

test(`${REQUESTS} random requests are answered as the contract has it`, async () => {
  const unhandled: unknown[] = [];
  const keep = (reason: unknown) => unhandled.push(reason);
  process.on("unhandledRejection", keep);

  const random = seeded(SEED);
  const run: Run = {
    random,
    behaviour: undefined,
    threw: false,
    planted: undefined,
    errors: [],
    answers: [],
    complaints: [],
  };
  const store = createMemoryReplayStore();
  const throwing = (text: string) => text === "throws" && plant(run);
  const options: Partial<SnapHandlerOptions> = {
    operations: createOperations(run),
    verifyToken: (token) => !throwing(token) && token === ACCESS_TOKEN,
    verifyCustomerToken: (token) => !throwing(token) && token === CUSTOMER_TOKEN,
    withCustomerToken: ["qrCpmCancel"],
    withoutToken: ["qrCpmNotify"],
    timestampTolerance: 300,
    replayStore: {
      claim(partnerId, externalId, day) {
        throwing(externalId);
        // so that not everything ends in a conflict
        if (random.chance(0.2)) return store.claim(partnerId, externalId, day);
        return Promise.resolve(true);
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
      return partnerId === PARTNER ? { type: "symmetric", clientSecret: "client-secret-7f3b" } : undefined;
    },
  });
  const lax = createReceiver({ ...options, key: "unchecked" });

  const counts = new Map<string, number>();
  const wrong: string[] = [];
  const started = performance.now();
  for (let number = 0; number < REQUESTS; number += 1) {
    Object.assign(run, { behaviour: undefined, threw: false, errors: [], answers: [], complaints: [] });
    const request = randomRequest(random);
    const response = await (random.chance(0.5) ? strict : lax)(request);
    const text = await response.text();
    const code = /"responseCode":"(\d{7})"/.exec(text)?.[1] ?? "none";
    const outcome = code.slice(0, 3) + code.slice(5);
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    for (const complaint of complaintsOf(request, response, text, run)) {
      wrong.push(`request ${number}, ${request.method} ${request.url}, ${code}: ${complaint}`);
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
  console.log(`receiver: ${REQUESTS} random requests in ${seconds} s, ${wrong.length} wrong answers (${line})`);
  expect(wrong.slice(0, 10)).toEqual([]);
  expect(unhandled).toEqual([]);
  expect(EXPECTED.filter((outcome) => countOf(outcome) < 10)).toEqual([]);
});

test("the fuzzer's usual request is a right one", async () => {
  for (const operation of operationIds) expect((await createReceiver()(requestOf({ operation }))).status).toBe(200);
});
