// Random requests to the mock and the sandbox as they go over the wire, for the fuzz test, and which answers are due.
import { METHODS as KNOWN_METHODS } from "node:http";
import type { OperationId } from "../../generated/operations.ts";
import { published as contract } from "../../src/contract/contract.ts";
import { type Body, mutated, type Random, randomJson, randomText } from "../support/random.ts";
import { exampleOf, operationIds, TIMESTAMP, wireOf } from "../support/receiver.ts";
import { CRLF, type Exchange } from "../support/wire.ts";

/** What Prefer asks the mock for: nothing, what there is, what there is not, or who knows. */
export type Prefer = "none" | "good" | "bad" | "odd";

/** An answer that is due: SNAP's, of the path's operation or 404 02, or a bare status. */
export type Due = "snap" | 400 | 405 | 431;

/** A request as it goes over the wire. */
export interface Sent {
  operation: OperationId;
  /** Whether the path is the operation's. */
  toOperation: boolean;
  /** Whether the Host header is not of this machine. */
  foreign: boolean;
  method: string;
  prefer: Prefer;
  bytes: Buffer;
  /** Any of these is right. */
  due: readonly Due[];
  /** Whether it is HTTP and well framed, so that exactly one answer is due, and another request may follow. */
  whole: boolean;
}

/** What one caller sends. */
export interface RandomExchange extends Exchange {
  sent: Sent[];
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

export const METHODS =
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

/** What looks like a request for a path, in a header or a chunk. */
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

/** A header line that is not HTTP, or longer than headers may be. */
const brokenLine = (random: Random): string =>
  random.pick([
    () => ": : :",
    () => `X-Odd: ${latin1(random, 8, "\x00\x01\x7f\x1b")}`,
    () => " folded",
    () => "no colon",
    () => "X Blank: x",
    () => `X-Long: ${"x".repeat(random.pick([17_000, 40_000]))}`,
    () => "Content-Length: ten",
    () => "Content-Length: -1",
    () => GZIP,
    () => "X-Bare: a\rb",
    () => "\xe9t\xe9: x",
  ])();
/** It is HTTP if chunks come after it. */
const GZIP = "Transfer-Encoding: gzip";

/** What decides on the answer to a request that comes in one packet. */
interface Wired {
  toOperation: boolean;
  method: string;
  search: string;
  version: string;
  hasHost: boolean;
  chunked: boolean;
  /** The line that is not HTTP. */
  broken: string | undefined;
}

function dueOf({ toOperation, method, search, version, hasHost, chunked, broken }: Wired): Due[] {
  const isHttp1 = /^HTTP\/1\.[01]$/.test(version);
  const isUrl = /^[!-~]* *$/.test(search);
  if (!KNOWN_METHODS.includes(method)) {
    if (!isHttp1 || !toOperation) return [400];
    // which of the two is wrong with it is nobody's rule
    return isUrl && !search.endsWith(" ") ? ["snap"] : ["snap", 400];
  }
  if (!isHttp1 || !isUrl) return [400];
  if (broken?.startsWith("X-Long")) return [431];
  if (broken !== undefined && !(broken === GZIP && chunked)) return [400];
  if (method === "CONNECT") return [toOperation ? "snap" : 405];
  if (!hasHost && version === "HTTP/1.1") return [toOperation ? "snap" : 400];
  return ["snap"];
}

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
  const hasHost = random.chance(0.98);
  const foreign = hasHost && random.chance(0.03);
  if (hasHost) lines.unshift(["Host", random.pick(foreign ? ["x", "a b", ""] : ["127.0.0.1", "localhost:1", "[::1]"])]);
  const broken = random.chance(0.02) ? brokenLine(random) : undefined;
  const texts = lines.map(([name, value]) => `${name}: ${value}`);
  if (broken !== undefined) texts.splice(random.below(texts.length + 1), 0, broken);

  const chunked = random.chance(0.1);
  const framing = chunked ? "Transfer-Encoding: chunked" : `Content-Length: ${body.length}`;
  const version = random.chance(0.01) ? random.pick(["HTTP/9.9", "HTP/1.1", "HTTP/1.0"]) : "HTTP/1.1";
  const head = [`${method} ${targetOf(path)}${search} ${version}`, ...texts, framing, "", ""].join(CRLF);
  const bytes = Buffer.concat([Buffer.from(head, "latin1"), chunked ? inChunks(random, body) : body]);
  const odd =
    broken !== undefined ||
    search !== "" ||
    !/^(GET|HEAD|PUT|PATCH|DELETE|OPTIONS|POST)$/.test(method) ||
    version !== "HTTP/1.1";
  return {
    operation,
    toOperation,
    foreign,
    method,
    prefer: prefer === "none" ? "none" : meant ? prefer : "odd",
    bytes,
    due: dueOf({ toOperation, method, search, version, hasHost, chunked, broken }),
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

/** How far the first line goes, with its end. */
const firstLine = ({ bytes }: Sent) => bytes.indexOf(CRLF) + CRLF.length;
/** The same request, for which these answers are right as well. */
const orDue = (sent: Sent, ...more: Due[]): Sent => ({ ...sent, due: [...sent.due, ...more], whole: false });
/** A method that does not exist is known by its first line only if that comes in one packet. */
const inPackets = (sent: Sent): Sent => (KNOWN_METHODS.includes(sent.method) ? sent : orDue(sent, 400));

/** Requests that come at once: all of them whole but perhaps the last. */
function pipelined(random: Random, qrCodes: string[], number: number, first: Sent): Sent[] {
  const sent = [first];
  for (let count = 1 + random.below(3); count > 0; count -= 1) {
    const next = randomRequest(random, qrCodes, number + sent.length);
    const before = sent.reduce((sum, { bytes }) => sum + bytes.length, 0);
    // Node reads so much at once
    sent.push(before + firstLine(next) > 65_536 ? inPackets(next) : next);
    if (!next.whole) break;
  }
  return sent;
}

/** A request that breaks off somewhere behind its path. */
function cutOff(random: Random, first: Sent): { sent: Sent[]; pieces: Buffer[] } {
  const { bytes, method, due } = first;
  const cut = bytes.indexOf(CRLF) + random.below(bytes.length);
  const inHead = cut < bytes.indexOf(CRLF + CRLF) + 4;
  const isNamed = cut >= firstLine(first) && !KNOWN_METHODS.includes(method);
  const rightIfCut: readonly Due[] = inHead ? [400, ...due.filter((one) => one === 431)] : [...due, 400];
  const right = cut >= bytes.length || isNamed ? due : rightIfCut;
  return { sent: [{ ...first, due: right, whole: false }], pieces: [bytes.subarray(0, cut)] };
}

/** What one caller does: mostly one request, now and then several at once, in pieces, or not all of it. */
export function randomExchange(random: Random, qrCodes: string[], number: number): RandomExchange {
  const { sent, pieces, afterwards = "waits" } = randomPieces(random, qrCodes, number);
  return { sent, pieces, afterwards, reusable: sent.every(({ whole }) => whole) };
}

function randomPieces(
  random: Random,
  qrCodes: string[],
  number: number,
): Pick<RandomExchange, "sent" | "pieces"> & Partial<RandomExchange> {
  const first = randomRequest(random, qrCodes, number);
  const { bytes } = first;
  const text = bytes.toString("latin1");
  const kind = random.below(100);
  if (kind < 6 && first.whole) {
    const sent = pipelined(random, qrCodes, number, first);
    return { sent, pieces: [Buffer.concat(sent.map((one) => one.bytes))] };
  }
  if (kind < 9) {
    const cut = 1 + random.below(bytes.length);
    const sent = cut < firstLine(first) ? inPackets(first) : first;
    return { sent: [sent], pieces: [bytes.subarray(0, cut), bytes.subarray(cut)] };
  }
  if (kind < 11) {
    // in the request line, or so that each of its bytes comes alone
    const end = firstLine(first);
    const cuts = random.chance(0.5) ? [1 + random.below(end)] : Array.from({ length: end }, (_, index) => index + 1);
    const pieces = [0, ...cuts].map((from, index) => bytes.subarray(from, cuts[index]));
    return { sent: [inPackets(first)], pieces };
  }
  if (kind < 14) {
    return { ...cutOff(random, first), afterwards: random.pick(["ends", "goes"] as const) };
  }
  if (kind < 15) {
    // the second chunk is not one
    const [head = ""] = text.split(CRLF + CRLF);
    const chunk = quoteOf(random);
    const framed = head.replace(/Content-Length: \d+/, "Transfer-Encoding: chunked");
    const pieces = [`${framed}${CRLF}${CRLF}${chunk.length.toString(16)}${CRLF}`, `${chunk}${CRLF}zz${CRLF}`];
    return { sent: [orDue(first, "snap", 400)], pieces: pieces.map((piece) => Buffer.from(piece, "latin1")) };
  }
  if (kind < 17) {
    const wrong = text.replace(/Content-Length: (\d+)/, (_, length) => {
      return `Content-Length: ${Math.max(0, Number(length) + random.pick([-20, -1, 1, 100]))}`;
    });
    return { sent: [orDue(first, "snap", 400)], pieces: [Buffer.from(wrong, "latin1")], afterwards: "ends" };
  }
  if (kind < 18) {
    const rubbish = random.pick(["hello\r\n\r\n", "{}", "\x00\x01\x02", `${CRLF}${CRLF}GET`]);
    const pieces = [Buffer.concat([bytes, Buffer.from(rubbish, "latin1")])];
    return { sent: [first], pieces, afterwards: "ends" };
  }
  return { sent: [first], pieces: [bytes] };
}
