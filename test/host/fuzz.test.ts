// The mock and the sandbox against random requests over real connections. A failure says how to run its case again.

import { afterAll, beforeAll, expect, test } from "vitest";
import { toNodeListener } from "../../src/node.ts";
import { type LogEntry, type RunningServer, type SandboxOptions, startMock, startSandbox } from "../../src/sandbox.ts";
import { createSnapHandler, type SnapAnswered } from "../../src/server.ts";
import { CHECKS } from "../support/functional-sheet.ts";
import { casesOf, failOn, quoted } from "../support/fuzz.ts";
import { listen } from "../support/http.ts";
import { ACCESS_TOKEN, NOW, TIMESTAMP, wireOf } from "../support/receiver.ts";
import { Connection, type RawAnswer } from "../support/wire.ts";
import { complaintsOf, kindOf } from "./fuzz-judge.ts";
import { METHODS, type RandomExchange, randomExchange, type Sent } from "./fuzz-requests.ts";

const REQUESTS = 12_000;
/** How many connections are used at once. */
const CALLERS = 8;
/** How many QR codes there are to pay with. */
const QR_CODES = 20;
const TIME_LIMIT = 300_000;

const unhandled: unknown[] = [];
const keep = (reason: unknown) => unhandled.push(reason);
beforeAll(() => {
  process.on("unhandledRejection", keep);
  process.on("uncaughtException", keep);
});
afterAll(() => {
  process.off("unhandledRejection", keep);
  process.off("uncaughtException", keep);
});

type Name = "mock" | "sandbox";
const CASES = {
  mock: casesOf("test/host/fuzz.test.ts -t mock"),
  sandbox: casesOf("test/host/fuzz.test.ts -t sandbox"),
} as const;

/** A QR code to pay with. It shows that the server serves, too. */
async function newQrCode({ url }: RunningServer, externalId: string): Promise<string> {
  const body = { partnerTrxDate: TIMESTAMP };
  const { path, ...wire } = wireOf({ operation: "qrCpmGenerate", body, headers: { "X-EXTERNAL-ID": externalId } });
  const answer = (await (await fetch(url + path, wire)).json()) as Record<string, string>;
  expect(answer).toMatchObject({ responseCode: "2005900" });
  return answer.qrContent ?? "";
}

/** What is wrong with the answers to one exchange; what they are is counted. */
function judge(
  { sent, afterwards, reusable }: RandomExchange,
  { answers, rest }: { answers: RawAnswer[]; rest: string },
  isMock: boolean,
  count: (kind: string) => void,
): string[] {
  if (afterwards === "goes") {
    count("caller gone");
    return [];
  }
  if (answers.length === 0) return ["no answer at all"];
  const wrong: string[] = [];
  for (const [index, answer] of answers.entries()) {
    const one = sent[index];
    if (one) count(kindOf(answer, one.method));
    // what is more than was asked for is about what was left of that
    const last: Sent = { ...(sent.at(-1) as Sent), method: "-", prefer: "odd", due: [400] };
    const complaints = complaintsOf(one ?? last, answer, isMock);
    wrong.push(...complaints.map((complaint) => `answer ${index + 1}, ${(one ?? last).operation}: ${complaint}`));
  }
  if (answers.length < sent.length) {
    if (answers.at(-1)?.headers.connection !== "close")
      wrong.push(`${answers.length} answers to ${sent.length} requests`);
    for (const _ of sent.slice(answers.length)) count("after a close");
  }
  if (afterwards === "waits" && rest !== "" && reusable) wrong.push(`more than an answer: ${quoted(rest)}`);
  return wrong;
}

/** What was sent, and how. */
function described({ sent, pieces, afterwards }: RandomExchange): string {
  const packets = pieces.length > 1 ? `${pieces.length} packets` : "one packet";
  const bytes = quoted(Buffer.concat(pieces));
  return `${sent.length} in ${packets}, then the caller ${afterwards}: ${bytes}`;
}

/** Sends the random requests, fails if an answer is wrong, and counts how they are answered. */
async function fuzz(name: Name, server: RunningServer, betweenTimes = async () => {}): Promise<Map<string, number>> {
  const cases = CASES[name];
  const counts = new Map<string, number>();
  const count = (kind: string) => counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const wrong: string[] = [];
  const qrCodes = ["made up"];
  for (let number = 1; number < QR_CODES; number += 1) qrCodes.push(await newQrCode(server, `qr-${number}`));
  const last = cases.only ?? REQUESTS - 1;
  let next = cases.only ?? 0;
  let requests = 0;

  async function call(): Promise<void> {
    const connection = new Connection(Number(new URL(server.url).port));
    while (next <= last) {
      const number = next;
      const exchange = randomExchange(cases.randomOf(number), qrCodes, number);
      // each request of an exchange has a number
      next += exchange.sent.length;
      requests += exchange.sent.length;
      const came = await connection.run(exchange);
      for (const complaint of judge(exchange, came, name === "mock", count)) {
        wrong.push([`case ${number}, ${complaint}`, described(exchange), `again: ${cases.again(number)}`].join("\n  "));
      }
      for (const { text } of came.answers) {
        const qrContent = /"qrContent":"([^"]+)"/.exec(text)?.[1];
        if (!qrContent) continue;
        qrCodes.push(qrContent);
        // the oldest, but for the one that does not exist
        qrCodes.splice(1, 1);
      }
      if (number % 500 === 0) await betweenTimes();
    }
    connection.close();
  }

  const started = performance.now();
  await Promise.all(Array.from({ length: CALLERS }, call));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const kinds = [...counts].sort(([one], [other]) => (one < other ? -1 : 1));
  const line = kinds.map(([kind, times]) => `${kind.replace(/^(\d{3})(\d\d)$/, "$1 $2")}: ${times}`).join(", ");
  console.log(
    `${name}: ${requests} random requests over HTTP in ${seconds} s, ${wrong.length} wrong answers (${line})`,
  );
  failOn(wrong);
  if (cases.only === undefined) expect(requests).toBeGreaterThanOrEqual(REQUESTS);
  return counts;
}

/** The kinds of answer that a fuzzer that reaches every step comes by; one case alone has one of them. */
function checkKinds(counts: Map<string, number>, name: Name, kinds: string): void {
  const missing = kinds.split(" ").filter((kind) => !counts.has(kind.replace("_", " ")));
  if (CASES[name].only === undefined) expect(missing).toEqual([]);
}

/** What must hold of every log: a 500 that no scenario asked for is a failure, and a method is one that was sent. */
function checkLog(entries: LogEntry[]): void {
  const isFailure = ({ status, hint }: LogEntry) => status === 500 && hint !== undefined && hint !== "Sandbox scenario";
  expect(entries.filter(isFailure)).toEqual([]);
  const methods = new Set([...METHODS, "POST", "-"]);
  expect(entries.map(({ method }) => method).filter((method) => !methods.has(method))).toEqual([]);
}

test(
  `the mock answers ${REQUESTS} random requests as the contract has it`,
  async () => {
    const entries: LogEntry[] = [];
    const mock = await startMock({ ...CHECKS, checkReplay: true, log: (entry) => entries.push(entry) });
    const counts = await fuzz("mock", mock);
    const codes = "20000 20200 40000 40001 40002 40100 40101 40103 40314 40402 40500 40900 50000 50400";
    checkKinds(counts, "mock", `${codes} problem 400_bare 405_bare 431_bare HEAD`);
    checkLog(entries);
    await newQrCode(mock, "the-last");
    await mock.close();
    expect(unhandled).toEqual([]);
  },
  TIME_LIMIT,
);

test(
  `the sandbox answers ${REQUESTS} random requests as the contract has it`,
  async () => {
    const entries: LogEntry[] = [];
    const notified: SnapAnswered[] = [];
    const signature = { type: "symmetric", clientSecret: "notify-secret" } as const;
    const merchant = await listen(
      toNodeListener(
        createSnapHandler({
          key: () => signature,
          clock: () => sandbox.now(),
          verifyToken: (token) => token === ACCESS_TOKEN,
          operations: { qrCpmNotify: () => ({ responseCode: "2007900", responseMessage: "Successful" }) },
          onAnswer: (answered) => notified.push(answered),
        }),
      ),
    );
    const sandbox = await startSandbox({
      ...CHECKS,
      seed: CASES.sandbox.seed,
      time: NOW,
      log: (entry) => entries.push(entry),
      notify: { url: merchant.url, signature, accessToken: ACCESS_TOKEN },
    } satisfies SandboxOptions);
    const betweenTimes = async () => {
      await fetch(`${sandbox.url}/sandbox/time`, { method: "POST", body: '{"advance":3}' });
      const { captured, refunded, cancelled, held } = sandbox.totals();
      expect(Number(held)).toBeGreaterThanOrEqual(0);
      expect(Number(captured)).toBe(Number(refunded) + Number(cancelled) + Number(held));
    };
    const counts = await fuzz("sandbox", sandbox, betweenTimes);
    const codes =
      "20000 20200 40000 40001 40002 40100 40101 40103 40300 40314 40400 40401 40402 40413 40418 40500 40900 40901 50000 50400";
    checkKinds(counts, "sandbox", `${codes} 400_bare 405_bare 431_bare HEAD`);
    checkLog(entries);
    await sandbox.advance(3600);
    // whatever was asked, what the merchant was told keeps the contract too
    expect(notified.filter(({ responseCode }) => responseCode !== "2007900")).toEqual([]);
    if (CASES.sandbox.only === undefined) expect(notified.length).toBeGreaterThan(50);
    expect(sandbox.deliveries().length).toBe(notified.length);
    await newQrCode(sandbox, "the-last");
    await sandbox.close();
    expect(unhandled).toEqual([]);
  },
  TIME_LIMIT,
);
