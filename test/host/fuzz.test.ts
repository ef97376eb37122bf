// The mock and the sandbox against seeded random requests over real sockets: whatever is sent to a path of the contract, what comes
// back is an answer that the contract accepts, of that path's service; and what is sent elsewhere gets no service's answer.
import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { OperationId } from "../../generated/client.ts";
import { contract } from "../../generated/contract.ts";
import { validateResponse } from "../../src/contract/validation.ts";
import { type LogEntry, type RunningServer, type Sandbox, startMock, startSandbox } from "../../src/sandbox.ts";
import { createSnapHandler, type SnapAnswered, toNodeListener } from "../../src/server.ts";
import { type Body, mutated, type Random, randomJson, randomText, seeded } from "../support/random.ts";
import {
  ACCESS_TOKEN,
  CLIENT_SECRET,
  exampleOf,
  NOW,
  operationIds,
  publicKey,
  TIMESTAMP,
  wireOf,
} from "../support/receiver.ts";

const REQUESTS = 12_000;
const SEED = 20201223;
/** How many connections are used at once. */
const CALLERS = 8;
/** After how long an answer counts as none. */
const PATIENCE_MS = 10_000;
const CRLF = "\r\n";

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

// ---- what is sent

/** What Prefer asks the mock for: nothing, what there is, what there is not, or who knows. */
type Prefer = "none" | "good" | "bad" | "odd";

/** A request as it goes over the wire. */
interface Sent {
  operation: OperationId;
  /** Whether the path is the operation's; "perhaps" for what follows a request that was cut or goes on too long. */
  toOperation: boolean | "perhaps";
  method: string;
  prefer: Prefer;
  bytes: Buffer;
  /** Whether it is HTTP and well framed, so that exactly one answer is due, and another request may follow. */
  whole: boolean;
}

/** What is written on one connection, and in which pieces. */
interface Exchange {
  sent: Sent[];
  pieces: Buffer[];
  /** What the caller does after the last piece: waits for the answers, closes its half, or is gone. */
  afterwards: "waits" | "ends" | "goes";
}

const latin1 = (random: Random, length: number, characters: string) =>
  Array.from({ length }, () => characters[random.below(characters.length)]).join("");
const VISIBLE = "aZ09 -_.,:;=/\"'{}()<>@?[]\\\xa0\xe9\xff\x80";
const ANY = `${VISIBLE}\t\x00\x01\x7f\x1b`;

const references = (random: Random) => `ref-${random.below(400)}`;
const merchants =
  "merchant-1 merchant-2 2026200 2028000 5048000 4005901 4045918 4036100 4046201 4048013 5046100 4296200".split(" ");
const amounts =
  "10000 1 0 10000000 10000001 2006000 2006006 2006003 2026000 2026006 2026003 5046000 4036014 4046001 4096000 4296000 5006000 4006001".split(
    " ",
  );

/** A body that keeps the contract, about one of a few payments, so that they meet. */
function sensibleBody(random: Random, operation: OperationId, qrCodes: string[]): Body {
  const amount = { value: `${random.pick(amounts)}.00`, currency: random.chance(0.95) ? "IDR" : "USD" };
  const original = {
    originalPartnerReferenceNo: references(random),
    ...(random.chance(0.1) && { originalReferenceNo: references(random) }),
    ...(random.chance(0.1) && { originalExternalId: references(random) }),
    merchantId: random.pick(merchants),
  };
  switch (operation) {
    case "qrCpmGenerate": {
      const maybe = random.chance(0.3) && {
        partnerReferenceNo: references(random),
        merchantId: random.pick(merchants),
      };
      return { partnerTrxDate: TIMESTAMP, ...maybe };
    }
    case "qrCpmPayment":
      return {
        partnerReferenceNo: references(random),
        qrContent: random.chance(0.8) ? random.pick(qrCodes) : "made up",
        ...(random.chance(0.95) && { amount }),
        merchantId: random.pick(merchants),
        expiryTime: random.chance(0.9) ? "2020-12-30T07:50:11+07:00" : TIMESTAMP,
      };
    case "qrCpmQuery":
      return original;
    case "qrCpmCancel":
      return { ...original, ...(random.chance(0.1) && { amount }) };
    case "qrCpmRefund":
      return {
        ...original,
        partnerRefundNo: `refund-${random.below(200)}`,
        ...(random.chance(0.8) && { refundAmount: random.chance(0.7) ? { value: "10.00", currency: "IDR" } : amount }),
      };
    case "debitStatus":
      return { originalPartnerReferenceNo: `debit-0${random.below(9)}`, serviceCode: "54" };
    case "qrCpmNotify":
      return { ...original, latestTransactionStatus: "00" };
    default:
      return exampleOf[operation].request;
  }
}

/** A body in bytes: right more often than not, and wrong in every other way. */
function randomBody(random: Random, operation: OperationId, qrCodes: string[]): Buffer {
  const body = random.chance(0.8) ? sensibleBody(random, operation, qrCodes) : exampleOf[operation].request;
  const text = JSON.stringify(body);
  const at = random.below(text.length);
  switch (random.below(32)) {
    case 0:
      return Buffer.from(Array.from({ length: random.below(300) }, () => random.below(256)));
    case 1:
      return Buffer.from(text.slice(0, at));
    case 2:
      return Buffer.from(`${text.slice(0, at)}${random.pick(['"', "\\", "{", "}", ",", "\0", "é"])}${text.slice(at)}`);
    case 3: {
      const opener = random.pick(["[", '{"a":']);
      return Buffer.from(`${text.slice(0, -1)},"additionalInfo":${opener.repeat(random.pick([10, 99, 101, 5000]))}`);
    }
    case 4:
      return Buffer.from(JSON.stringify(randomJson(random, 5)) ?? "");
    case 5: {
      const length = random.chance(0.1) ? random.pick([64_000, 65_536, 66_000, 150_000]) : random.below(3000);
      return Buffer.from(JSON.stringify({ ...body, additionalInfo: { long: randomText(random, length) } }));
    }
    case 6:
    case 7:
    case 8:
    case 9: {
      const fields = contract.operations[operation].fields.map((path) => ({ path, length: undefined }));
      const donors = [body, exampleOf[random.pick(operationIds)].request, randomJson(random)];
      let changed: unknown = body;
      for (let count = random.below(3); count >= 0; count -= 1) changed = mutated(random, changed, { fields, donors });
      return Buffer.from(JSON.stringify(changed) ?? "");
    }
    case 10:
      return Buffer.from(random.pick(["", " ", "null", "[]", "0", '""', "\ufeff{}", "{} {}"]));
    default:
      return Buffer.from(text);
  }
}

const METHODS =
  "GET HEAD PUT PATCH DELETE OPTIONS TRACE CONNECT PROPFIND M-SEARCH SOURCE QUERY post Post FOO DESCRIBE".split(" ");
const GOOD_PREFERENCES = [
  "code=202",
  "code=403, example=InsufficientFunds",
  "example=InsufficientFunds",
  "code=500",
  "code=504",
  "code=409",
  "return=minimal",
  "dynamic=false",
  "dynamic=true, seed=7",
  "wait=5",
];
const BAD_PREFERENCES = [
  "code=418",
  "code=abc",
  "code=403, example=Nope",
  "example=Nope",
  "example=__proto__",
  "code=99",
];

/** Other request targets than the path itself, and whether they ask for it: a whole URL does, what only looks like it does not. */
const DETOURS: [target: (path: string) => string, toOperation: boolean][] = [
  [(path) => `http://x${path}`, true],
  [(path) => `HTTPS://x:1${path}`, true],
  [(path) => `/x/..${path}`, false],
  [(path) => `/.${path}`, false],
  [(path) => `${path}/`, false],
  [(path) => `${path}#a`, false],
  [(path) => `/nowhere?${path}`, false],
  [(path) => `http://x/nowhere${path}`, false],
];

/** What asks for a path, where nothing asks. */
function quoteOf(random: Random): string {
  const { path } = exampleOf[random.pick(operationIds)];
  return random.pick([` ${path} `, `see ${path} now`, `POST ${path} HTTP/1.1`]);
}

/** The header lines of a request, some of them wrong. A name may be there twice. */
function headerLines(random: Random, headers: Record<string, string>): string[][] {
  const lines = Object.entries(headers);
  const any = () => random.below(lines.length);
  if (random.chance(0.12)) lines.splice(any(), 1);
  if (random.chance(0.06)) lines.push(random.pick(lines) as [string, string]);
  if (random.chance(0.06)) {
    const value = latin1(random, random.pick([0, 1, 5, 6, 36, 37, 400, 401]), VISIBLE);
    lines[any()] = [random.pick(lines)[0], value];
  }
  if (random.chance(0.03))
    lines.push([latin1(random, 1 + random.below(12), "aZ0-_!#$%&'*+.^`|~"), latin1(random, 9, VISIBLE)]);
  if (random.chance(0.02))
    lines.push(["__proto__", "x"], ["constructor", "y"], ["Set-Cookie", "a"], ["Set-Cookie", "b"]);
  if (random.chance(0.02)) for (let count = 0; count < 300; count += 1) lines.push([`X-Many-${count}`, "x"]);
  if (random.chance(0.03)) lines.push(["Expect", random.pick(["100-continue", "tea", "", "100-Continue, tea"])]);
  if (random.chance(0.02))
    lines.push(["Connection", random.pick(["Upgrade", "keep-alive", "x-timestamp", "Upgrade, HTTP2-Settings"])]);
  if (random.chance(0.05)) lines.unshift(["X-Note", quoteOf(random)]);
  if (random.chance(0.02)) lines.push(["Upgrade", random.pick(["websocket", "h2c", "TLS/1.0"])]);
  if (random.chance(0.02)) lines.push(["Accept", random.pick([";;;", "text/html", ""])], ["Accept-Encoding", "br"]);
  return lines;
}

/** Header lines that make a request no HTTP, or its headers too long. */
const brokenLine = (random: Random): string =>
  random.pick([
    () => ": : :",
    () => `X-Odd: ${latin1(random, 8, "\x00\x01\x7f\x1b")}`,
    () => ` folded`,
    () => "no colon",
    () => "X Blank: x",
    () => `X-Long: ${"x".repeat(random.pick([17_000, 40_000]))}`,
    () => "Content-Length: ten",
    () => "Content-Length: -1",
    () => "Transfer-Encoding: gzip",
    () => "X-Bare: a\rb",
    () => "\xe9t\xe9: x",
  ])();

/** One request. */
function randomRequest(random: Random, qrCodes: string[], number: number): Sent {
  const operation = random.pick(operationIds);
  const { path } = exampleOf[operation];
  const [targetOf, toOperation] = random.chance(0.08) ? random.pick(DETOURS) : [() => path, true];
  const method = random.chance(0.08) ? random.pick(METHODS) : "POST";
  const body = randomBody(random, operation, qrCodes);
  const search = random.chance(0.05) ? `?${latin1(random, random.below(12), random.pick(["a=&%/?", ANY]))}` : "";
  const wire = wireOf({
    operation,
    path: path + (/^[!-~]*$/.test(search) ? search : ""),
    body,
    ...(random.chance(0.04) && { token: random.pick([null, "expired", "x".repeat(3000)]) }),
    ...(random.chance(0.04) && { clientSecret: "another" }),
    headers: {
      // now and then one that was used
      ...(operation !== "accessTokenB2b" && {
        "X-EXTERNAL-ID": `call-${random.chance(0.03) ? random.below(200) : number}`,
      }),
      ...(random.chance(0.05) && {
        "Content-Type": random.pick([
          "text/plain",
          "application/json;charset=utf-8",
          "application/json; charset=latin1",
          "",
          "a/b",
        ]),
      }),
    },
  });
  const prefer: Prefer = random.chance(0.8) ? "none" : random.pick(["good", "good", "bad", "odd"]);
  if (prefer !== "none") {
    wire.headers.Prefer = {
      good: () => random.pick(GOOD_PREFERENCES),
      bad: () => random.pick(BAD_PREFERENCES),
      odd: () => latin1(random, random.below(20), `${VISIBLE}code=example,dynamic=true`),
    }[prefer]();
  }
  const lines = headerLines(random, wire.headers).filter(([name]) => name !== "Prefer" || prefer !== "none");
  // one that was left out, made twice, or changed is not what was meant
  const preferences = lines.filter(([name]) => name === "Prefer").map(([, value]) => value);
  const meant = preferences.length === 1 && preferences[0] === wire.headers.Prefer;
  if (random.chance(0.98)) lines.unshift(["Host", random.pick(["x", "127.0.0.1", "a b", ""])]);
  const broken = random.chance(0.02);
  const texts = lines.map(([name, value]) => `${name}: ${value}`);
  if (broken) texts.splice(random.below(texts.length + 1), 0, brokenLine(random));

  const chunked = random.chance(0.1);
  const framing = chunked ? "Transfer-Encoding: chunked" : `Content-Length: ${body.length}`;
  const version = random.chance(0.01) ? random.pick(["HTTP/9.9", "HTP/1.1", "HTTP/1.0"]) : "HTTP/1.1";
  const head = [`${method} ${targetOf(path)}${search} ${version}`, ...texts, framing, "", ""].join(CRLF);
  const bytes = Buffer.concat([Buffer.from(head, "latin1"), chunked ? inChunks(random, body) : body]);
  const odd =
    broken || search !== "" || !/^(GET|HEAD|PUT|PATCH|DELETE|OPTIONS|POST)$/.test(method) || version !== "HTTP/1.1";
  return {
    operation,
    toOperation,
    method,
    prefer: prefer === "none" ? "none" : meant ? prefer : "odd",
    bytes,
    whole: !odd && body.length <= 65_536 && lines.length === new Set(lines.map(([name]) => name)).size,
  };
}

function inChunks(random: Random, body: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length; ) {
    const part = body.subarray(at, at + 1 + random.below(Math.max(20, body.length / 2)));
    const extension = random.chance(0.1) ? ";a=b" : "";
    parts.push(Buffer.from(part.length.toString(16) + extension + CRLF), part, Buffer.from(CRLF));
    at += part.length;
  }
  parts.push(Buffer.from(`0${CRLF}${random.chance(0.1) ? `X-Trailer: x${CRLF}` : ""}${CRLF}`));
  return Buffer.concat(parts);
}

/** What one caller does: mostly one request, now and then several at once, in pieces, or not all of it. */
function randomExchange(random: Random, qrCodes: string[], number: number): Exchange {
  const first = randomRequest(random, qrCodes, number);
  const kind = random.below(100);
  if (kind < 6 && first.whole) {
    const sent = [first];
    for (let count = 1 + random.below(3); count > 0; count -= 1) {
      const next = randomRequest(random, qrCodes, number + sent.length);
      sent.push(next);
      if (!next.whole) break;
    }
    return { sent, pieces: [Buffer.concat(sent.map(({ bytes }) => bytes))], afterwards: "waits" };
  }
  if (kind < 9) {
    const cut = 1 + random.below(first.bytes.length);
    return { sent: [first], pieces: [first.bytes.subarray(0, cut), first.bytes.subarray(cut)], afterwards: "waits" };
  }
  if (kind < 11) {
    // in the request line, or so that each of its bytes comes alone
    const end = first.bytes.indexOf(CRLF) + CRLF.length;
    const cuts = random.chance(0.5) ? [1 + random.below(end)] : Array.from({ length: end }, (_, index) => index + 1);
    const pieces = [0, ...cuts].map((from, index) => first.bytes.subarray(from, cuts[index]));
    return { sent: [first], pieces, afterwards: "waits" };
  }
  if (kind < 14) {
    // not so early that the path is not there yet
    const cut = first.bytes.indexOf(CRLF) + random.below(first.bytes.length);
    const afterwards = random.pick(["ends", "goes"] as const);
    return { sent: [{ ...first, whole: false }], pieces: [first.bytes.subarray(0, cut)], afterwards };
  }
  if (kind < 15) {
    const [head = ""] = first.bytes.toString("latin1").split(CRLF + CRLF);
    const chunk = quoteOf(random);
    const framed = head.replace(/Content-Length: \d+/, "Transfer-Encoding: chunked");
    const pieces = [`${framed}${CRLF}${CRLF}${chunk.length.toString(16)}${CRLF}`, `${chunk}${CRLF}zz${CRLF}`];
    const bytes = pieces.map((piece) => Buffer.from(piece, "latin1"));
    return { sent: [{ ...first, whole: false }], pieces: bytes, afterwards: "waits" };
  }
  if (kind < 17) {
    const text = first.bytes.toString("latin1");
    const wrong = text.replace(/Content-Length: (\d+)/, (_, length) => {
      return `Content-Length: ${Math.max(0, Number(length) + random.pick([-20, -1, 1, 100]))}`;
    });
    return { sent: [{ ...first, whole: false }], pieces: [Buffer.from(wrong, "latin1")], afterwards: "ends" };
  }
  if (kind < 18) {
    const rubbish = random.pick(["hello\r\n\r\n", "{}", "\x00\x01\x02", `${CRLF}${CRLF}GET`]);
    const bytes = Buffer.concat([first.bytes, Buffer.from(rubbish, "latin1")]);
    return { sent: [first], pieces: [bytes], afterwards: "ends" };
  }
  return { sent: [first], pieces: [first.bytes], afterwards: "waits" };
}

// ---- what comes back

interface Answer {
  status: number;
  headers: Record<string, string>;
  text: string;
}

/** Takes the first answer off what came back; undefined when it is not all there yet. */
function takeAnswer(received: string, method: string, closed: boolean): { answer: Answer; rest: string } | undefined {
  const end = received.indexOf(CRLF + CRLF);
  if (end < 0) return undefined;
  const [statusLine = "", ...lines] = received.slice(0, end).split(CRLF);
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(statusLine)?.[1]);
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]),
  );
  const after = received.slice(end + 4);
  if (status === 100) return takeAnswer(after, method, closed);
  if (method === "HEAD") return { answer: { status, headers, text: "" }, rest: after };
  const length = headers["content-length"];
  // without a length the body ends with the connection
  if (length === undefined && !closed) return undefined;
  const size = length === undefined ? after.length : Number(length);
  if (after.length < size) return undefined;
  const text = Buffer.from(after.slice(0, size), "latin1").toString("utf8");
  return { answer: { status, headers, text }, rest: after.slice(size) };
}

/** A connection that is used until the server closes it. */
class Caller {
  readonly #port: number;
  #socket: Socket | undefined;
  #received = "";
  #closed = true;
  #wake = () => {};
  constructor(port: number) {
    this.#port = port;
  }

  /** Writes, and reads as many answers as are due, or as come before the connection ends. */
  async run({ sent, pieces, afterwards }: Exchange): Promise<{ answers: Answer[]; rest: string }> {
    const socket = this.#open();
    for (const [index, piece] of pieces.entries()) {
      if (index > 0) await new Promise((resolve) => setImmediate(resolve));
      socket.write(piece);
    }
    if (afterwards === "goes") {
      // so that it has something to break off
      await new Promise((resolve) => setImmediate(resolve));
      this.close();
      return { answers: [], rest: "" };
    }
    if (afterwards === "ends") socket.end();
    const answers: Answer[] = [];
    const overdue = setTimeout(() => socket.destroy(), PATIENCE_MS);
    for (;;) {
      const taken = takeAnswer(this.#received, sent[answers.length]?.method ?? "", this.#closed);
      if (taken) {
        answers.push(taken.answer);
        this.#received = taken.rest;
        if (afterwards === "waits" && answers.length === sent.length) break;
      } else if (this.#closed) break;
      else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
    clearTimeout(overdue);
    const rest = this.#received;
    if (afterwards === "ends" || !sent.every(({ whole }) => whole) || answers.at(-1)?.headers.connection === "close")
      this.close();
    return { answers, rest };
  }

  close(): void {
    this.#socket?.destroy();
    this.#closed = true;
  }

  #open(): Socket {
    if (this.#socket && !this.#closed && this.#socket.writable) return this.#socket;
    this.close();
    const socket = connect(this.#port, "127.0.0.1").setNoDelay();
    this.#socket = socket;
    this.#received = "";
    this.#closed = false;
    const mine = () => this.#socket === socket;
    socket.on("data", (chunk) => {
      if (!mine()) return;
      this.#received += chunk.toString("latin1");
      this.#wake();
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      if (!mine()) return;
      this.#closed = true;
      this.#wake();
    });
    return socket;
  }
}

/** Which kind of answer it is, for the counts. */
function kindOf({ text, headers, status }: Answer, method: string): string {
  if (method === "HEAD") return "HEAD";
  if (headers["content-type"] === "application/problem+json") return "problem";
  const code = /"responseCode":"(\d{7})"/.exec(text)?.[1];
  return code ? code.slice(0, 3) + code.slice(5) : `${status} without a body`;
}

/** What is wrong with an answer. */
function complaintsOf(
  { operation, toOperation, method, prefer }: Sent,
  { status, headers, text }: Answer,
  isMock: boolean,
): string[] {
  if (headers["content-type"] === "application/problem+json") {
    const problem = (method === "HEAD" ? { title: "", status, detail: "" } : JSON.parse(text)) as Body;
    const fine = problem.status === status && typeof problem.title === "string" && typeof problem.detail === "string";
    // the one exception: Prefer names what there is not
    return isMock && (prefer === "bad" || prefer === "odd") && /^4(04|22)$/.test(String(status)) && fine
      ? []
      : ["a problem, out of place"];
  }
  // what is no HTTP either, or asks a proxy
  if (toOperation !== true && /^40[05]$/.test(String(status)) && text === "") return [];
  if (toOperation === false) {
    const routed = status === 404 && (method === "HEAD" || text.includes('"responseCode":"4040002"'));
    return routed ? [] : [`a service's answer, or none: ${status} ${text}`];
  }
  const wrong: string[] = [];
  if (headers["content-type"] !== "application/json") wrong.push("no Content-Type");
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00$/.test(headers["x-timestamp"] ?? "")) wrong.push("no X-TIMESTAMP");
  // what Node refuses is answered before Prefer is read
  if (isMock && prefer === "bad" && headers.connection !== "close") wrong.push("no problem");
  if (method === "HEAD") return wrong;
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return [...wrong, `no JSON: ${text.slice(0, 80)}`];
  }
  const checked = validateResponse(operation, status, body);
  if (!checked.valid)
    wrong.push(`refused by validateResponse: ${JSON.stringify(checked.violations)} ${text.slice(0, 200)}`);
  return wrong;
}

/** Sends the random requests, and counts how they are answered. */
async function fuzz(
  url: string,
  { isMock, betweenTimes = async () => {} }: { isMock: boolean; betweenTimes?: () => Promise<void> },
) {
  const random = seeded(SEED);
  const qrCodes = ["made up"];
  const counts = new Map<string, number>();
  const count = (kind: string) => counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const wrong: string[] = [];
  let requests = 0;

  async function call(): Promise<void> {
    const caller = new Caller(Number(new URL(url).port));
    while (requests < REQUESTS) {
      const exchange = randomExchange(random, qrCodes, requests);
      const { sent, afterwards } = exchange;
      const number = requests;
      requests += sent.length;
      const { answers, rest } = await caller.run(exchange);
      const complain = (about: string, one: Sent | undefined = sent[0]) =>
        wrong.push(`request ${number}, ${one?.operation}, ${about}: ${one?.bytes.toString("latin1", 0, 300)}`);
      for (const [index, answer] of answers.entries()) {
        // what is more than was asked for is about what was asked for last
        const one = sent[index] ?? { ...(sent.at(-1) as Sent), method: "-", prefer: "odd", toOperation: "perhaps" };
        for (const complaint of complaintsOf(one, answer, isMock)) complain(complaint, one);
        if (index < sent.length) count(kindOf(answer, one.method));
        const qrContent = /"qrContent":"([^"]+)"/.exec(answer.text)?.[1];
        if (qrContent) qrCodes.push(qrContent);
        if (qrCodes.length > 20) qrCodes.splice(1, 1);
      }
      const closed = answers.at(-1)?.headers.connection === "close";
      if (afterwards === "goes") count("caller gone");
      else if (answers.length === 0) complain("no answer at all");
      else if (answers.length < sent.length) {
        if (!closed) complain(`${answers.length} answers to ${sent.length} requests`);
        for (let missing = sent.length - answers.length; missing > 0; missing -= 1) count("after a close");
      }
      if (afterwards === "waits" && rest !== "" && sent.every(({ whole }) => whole))
        complain(`more than an answer: ${rest}`);
      if (number % 500 === 0) await betweenTimes();
    }
    caller.close();
  }

  const started = performance.now();
  await Promise.all(Array.from({ length: CALLERS }, call));
  const seconds = (performance.now() - started) / 1000;
  const kinds = [...counts].sort(([one], [other]) => (one < other ? -1 : 1));
  const line = kinds.map(([kind, times]) => `${kind.replace(/^(\d{3})(\d\d)$/, "$1 $2")}: ${times}`).join(", ");
  const name = isMock ? "mock" : "sandbox";
  console.log(
    `${name}: ${requests} random requests over HTTP in ${seconds.toFixed(1)} s, ${wrong.length} wrong answers (${line})`,
  );
  return { requests, wrong, counts };
}

/** The kinds of answer that a fuzzer that reaches every step would have come by. */
const missing = (counts: Map<string, number>, kinds: string) => kinds.split(" ").filter((kind) => !counts.has(kind));
/** What failed inside: a 500 that no scenario asked for says why in the log. */
const failuresIn = (entries: LogEntry[]) =>
  entries.filter(({ status, hint }) => status === 500 && hint !== undefined && hint !== "Sandbox scenario");

/** Both check all that they can. */
const CHECKS = { accessToken: ACCESS_TOKEN, clientSecret: CLIENT_SECRET, publicKey };

/** Makes sure that a server still serves, and stops when it is told. */
async function stillServes(server: RunningServer): Promise<void> {
  const body = { partnerTrxDate: TIMESTAMP };
  const { path, ...wire } = wireOf({ operation: "qrCpmGenerate", body, headers: { "X-EXTERNAL-ID": "the-last" } });
  const response = await fetch(server.url + path, wire);
  expect(await response.json()).toMatchObject({ responseCode: "2005900" });
}

test(`the mock answers ${REQUESTS} random requests as the contract has it`, async () => {
  const entries: LogEntry[] = [];
  const mock = await startMock({ ...CHECKS, checkReplay: true, log: (entry) => entries.push(entry) });
  const { requests, wrong, counts } = await fuzz(mock.url, { isMock: true });
  expect(wrong.slice(0, 10)).toEqual([]);
  expect(requests).toBeGreaterThanOrEqual(10_000);
  expect(
    missing(counts, "20000 20200 40000 40001 40002 40100 40101 40103 40314 40402 40500 40900 50000 50400 problem"),
  ).toEqual([]);
  expect(failuresIn(entries)).toEqual([]);
  await stillServes(mock);
  await mock.close();
  expect(unhandled).toEqual([]);
});

test(`the sandbox answers ${REQUESTS} random requests as the contract has it`, async () => {
  const entries: LogEntry[] = [];
  const notified: SnapAnswered[] = [];
  const merchant = createServer(
    toNodeListener(
      createSnapHandler({
        key: () => ({ type: "symmetric", clientSecret: "notify-secret" }),
        verifyToken: (token) => token === ACCESS_TOKEN,
        operations: { qrCpmNotify: () => ({ responseCode: "2007900", responseMessage: "Successful" }) },
        onAnswer: (answered) => notified.push(answered),
      }),
    ),
  );
  await new Promise<void>((resolve) => merchant.listen(0, "127.0.0.1", resolve));
  const sandbox: Sandbox = await startSandbox({
    ...CHECKS,
    seed: SEED,
    time: NOW,
    log: (entry) => entries.push(entry),
    notify: {
      url: `http://127.0.0.1:${(merchant.address() as AddressInfo).port}`,
      signature: { type: "symmetric", clientSecret: "notify-secret" },
      accessToken: ACCESS_TOKEN,
    },
  });
  const betweenTimes = async () => {
    await fetch(`${sandbox.url}/sandbox/time`, { method: "POST", body: '{"advance":3}' });
    const { captured, refunded, cancelled, held } = sandbox.totals();
    expect(Number(held)).toBeGreaterThanOrEqual(0);
    expect(Number(captured)).toBe(Number(refunded) + Number(cancelled) + Number(held));
  };
  const { requests, wrong, counts } = await fuzz(sandbox.url, { isMock: false, betweenTimes });
  expect(wrong.slice(0, 10)).toEqual([]);
  expect(requests).toBeGreaterThanOrEqual(10_000);
  const kinds =
    "20000 20200 40000 40001 40002 40100 40101 40103 40300 40314 40400 40401 40402 40413 40418 40500 40900 40901 50000 50400";
  expect(missing(counts, kinds)).toEqual([]);
  expect(failuresIn(entries)).toEqual([]);
  await sandbox.advance(3600);
  // whatever was asked, what the merchant was told keeps the contract too
  expect(notified.filter(({ responseCode }) => responseCode !== "2007900")).toEqual([]);
  expect(notified.length).toBeGreaterThan(50);
  expect(sandbox.deliveries().length).toBe(notified.length);
  await stillServes(sandbox);
  await sandbox.close();
  merchant.closeAllConnections();
  merchant.close();
  expect(unhandled).toEqual([]);
});
