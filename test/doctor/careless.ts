// A client that signs carelessly, in ways that are made here by hand and know nothing of the doctor's tables.
import { createHash, createHmac } from "node:crypto";
import type { Random } from "../support/random.ts";

/** A JSON value whose text is kept as it is written, such as 1.0 or "a\/b". */
export class Raw {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}
/** A JSON value with the order of its names. */
export type Value = Raw | string | number | boolean | null | Value[] | Map<string, Value>;

/** A request, as it is sent. */
export interface Sent {
  method: string;
  base: string;
  operation: string;
  query: string;
  token: string;
  secret: string;
  time: string;
  host: string;
  value: Value;
  /** The body's text as it goes over the wire. */
  body: string;
}

/** How a body is written. */
export interface Style {
  comma: string;
  colon: string;
  indent?: string;
}
export const COMPACT: Style = { comma: ",", colon: ":" };

/** Writes a value down. */
export function write(value: Value, style: Style = COMPACT, level = ""): string {
  if (value instanceof Raw) return value.text;
  const inner = level + (style.indent ?? "");
  const around = (open: string, parts: string[], close: string) => {
    if (style.indent === undefined || parts.length === 0) return open + parts.join(style.comma) + close;
    return `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${level}${close}`;
  };
  if (Array.isArray(value))
    return around(
      "[",
      value.map((item) => write(item, style, inner)),
      "]",
    );
  if (value instanceof Map) {
    const parts = [...value].map(([name, its]) => JSON.stringify(name) + style.colon + write(its, style, inner));
    return around("{", parts, "}");
  }
  return JSON.stringify(value);
}

/** Replaces every value, those inside first; undefined leaves it out. */
export function change(value: Value, replace: (value: Value) => Value | undefined): Value {
  const inside = Array.isArray(value)
    ? value.map((item) => change(item, replace))
    : value instanceof Map
      ? new Map(
          [...value].flatMap(([name, its]) => {
            const changed = replace(change(its, replace));
            return changed === undefined ? [] : [[name, changed] as const];
          }),
        )
      : value;
  return inside;
}

/** Puts the names of every object in another order. */
export function ordered(value: Value, order: (names: string[]) => string[]): Value {
  if (Array.isArray(value)) return value.map((item) => ordered(item, order));
  if (!(value instanceof Map)) return value;
  return new Map(order([...value.keys()]).map((name) => [name, ordered(value.get(name) as Value, order)]));
}

/** What the careless client does at each stage. */
export interface Signer {
  method: (method: string) => string;
  url: (sent: Sent) => string;
  path: (sent: Sent) => string;
  query: (query: string) => string;
  token: (token: string) => string | undefined;
  time: (time: string) => string;
  order: (value: Value) => Value;
  values: (value: Value) => Value;
  fields: (value: Value) => Value;
  /** Writes the body; the second is the text as it is sent, where nothing else was changed about it. */
  space: (value: Value, sent: string | undefined) => string;
  escapes: (text: string) => string;
  wrap: (text: string) => string | Buffer;
  /** What is hashed in place of the body. */
  instead: string | undefined;
  hash: (body: string | Buffer) => string | undefined;
  order2: (parts: (string | undefined)[]) => (string | undefined)[];
  separator: string;
  finish: (text: string) => string;
  secret: (secret: string, sent: Sent) => string | Buffer;
  seal: (text: string, secret: string | Buffer) => Buffer;
  encode: (bytes: Buffer) => string;
}
export type Stage = keyof Signer;

const same = <T>(value: T) => value;
export const sha = (body: string | Buffer, algorithm = "sha256") => createHash(algorithm).update(body).digest("hex");

/** The one who does it right. */
export const RIGHT: Signer = {
  method: same,
  url: () => "",
  path: ({ base, operation }) => base + operation,
  query: same,
  token: same,
  time: same,
  order: same,
  values: same,
  fields: same,
  space: (value) => write(value),
  escapes: same,
  wrap: same,
  instead: undefined,
  hash: (body) => sha(body),
  order2: same,
  separator: ":",
  finish: same,
  secret: same,
  seal: (text, secret) => createHmac("sha512", secret).update(text).digest(),
  encode: (bytes) => bytes.toString("base64"),
};

/** Signs a request. */
export function signed(sent: Sent, signer: Signer): string {
  const value = signer.order(signer.fields(signer.values(sent.value)));
  const isAsSent = signer.order === same && signer.fields === same && signer.values === same;
  const text = signer.escapes(signer.space(value, isAsSent ? sent.body : undefined));
  const body = signer.instead ?? signer.wrap(text);
  const target = signer.url(sent) + signer.path(sent) + signer.query(sent.query);
  const parts = [
    signer.method(sent.method),
    target,
    signer.token(sent.token),
    signer.hash(body),
    signer.time(sent.time),
  ];
  const ordered = signer.order2(parts).filter((part) => part !== undefined);
  const toSign = signer.finish(ordered.join(signer.separator));
  return signer.encode(signer.seal(toSign, signer.secret(sent.secret, sent)));
}

const NAMES = ["partnerReferenceNo", "originalReferenceNo", "merchantId", "title", "qrContent", "note", "serviceCode"];
const WORDS = ["goods A", "kopi & teh <1>", "a/b", "Toko é", "12345678", "QR 00/02", "it's = it", "漢 字", "x"];

function randomScalar(random: Random): Value {
  const kind = random.below(10);
  if (kind === 0) return new Raw(random.pick(["1.0", "1e3", "12.50"]));
  if (kind === 1) return random.pick([null, null, true, 54, 7]);
  if (kind === 2) return "";
  if (kind === 3) return new Raw(random.pick(['"x\\/y"', '"caf\\u00e9"', '"a\\/b \\u00e8"']));
  return `${random.pick(WORDS)} ${random.below(1000)}`;
}

/** A body of at most seven names an object, nested as SNAP's are. */
function randomValue(random: Random, number: number): Value {
  const body = new Map<string, Value>();
  for (const name of NAMES.slice(0, 2 + random.below(2))) body.set(name, randomScalar(random));
  body.set("remark", [null, "", new Raw("1.0"), new Raw('"x\\/y"')][number % 4] ?? null);
  body.set(
    "amount",
    new Map([
      ["value", `${1 + random.below(9999)}.00`],
      ["currency", "IDR"],
    ]),
  );
  const items = [
    [],
    [
      new Map([
        ["id", "1"],
        ["name", "a b"],
      ]),
    ],
  ][number % 3];
  if (items) body.set("items", items);
  const info = new Map<string, Value>();
  if (number % 2) info.set("deviceId", randomScalar(random)).set("channel", "mobile app/é <b>");
  body.set("additionalInfo", info);
  return body;
}

const STYLES: readonly ((value: Value) => string)[] = [
  (value) => write(value),
  (value) => `${write(value, { comma: ",", colon: ": ", indent: "  " })}\n`,
  (value) => write(value, { comma: ",", colon: ": ", indent: "  " }).replace(/\n/g, "\r\n"),
  (value) => write(value, { comma: ", ", colon: ": " }),
  (value) => write(value, { comma: ",", colon: ": ", indent: "\t" }),
];

/** A request with everything that a mistake can be made about. */
export function randomSent(random: Random, operations: readonly string[], number: number): Sent {
  const value = randomValue(random, number);
  return {
    method: "POST",
    base: random.pick(["", "/snap", "/openapi", "/Api/payments"]),
    operation: random.pick(operations),
    query: random.pick(["?b=2&a=1%20x", "?z=%2F&b=2&a=1+x", "?page=2&limit=10"]),
    token: `eyJ${sha(String(random.next())).slice(0, 40)}`,
    secret: Buffer.from(sha(String(random.next())).slice(0, 45)).toString("base64"),
    time: `2026-0${1 + random.below(9)}-1${random.below(10)}T1${random.below(10)}:${10 + random.below(50)}:${10 + random.below(50)}+07:00`,
    host: random.pick(["api.bank.example", "localhost:4010", "pay.example:8443"]),
    value,
    body: (STYLES[number % STYLES.length] as (value: Value) => string)(value),
  };
}
