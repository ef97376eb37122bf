// More than a hundred mistakes of a careless client, each under the name that the doctor must give it.
import { createHash, createHmac } from "node:crypto";
import type { Random } from "../support/random.ts";
import {
  COMPACT,
  change,
  ordered,
  Raw,
  type Sent,
  type Signer,
  type Stage,
  sha,
  type Value,
  write,
} from "./careless.ts";

/** A mistake: its name, what it is, and what the signer does then. */
export interface Careless {
  name: string;
  what: string;
  does: Partial<Signer>;
}

const is = (name: string, what: string, does: Partial<Signer>): Careless => ({ name, what, does });

/** The stages that a mistake concerns; two mistakes of one stage cannot be made at once. */
export const stagesOf = ({ does }: Careless) => Object.keys(does) as Stage[];

const moment = (time: string) => Date.parse(time);
const inZone = (ms: number, offset: number, end: string) =>
  new Date(ms + offset * 3_600_000).toISOString().slice(0, 19) + end;
const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
const php = (text: string) => text.replace(/(?<!\\)\//g, "\\/");
const ascii = (text: string) => text.replace(/[\u0080-\uffff]/g, escaped);
const path = ({ base, operation }: Sent) => base + operation;
const scalar = (make: (value: Value) => Value) => (value: Value) => replaceAll(value, make);

function replaceAll(value: Value, make: (value: Value) => Value): Value {
  if (Array.isArray(value)) return value.map((item) => replaceAll(item, make));
  if (value instanceof Map) return new Map([...value].map(([name, its]) => [name, replaceAll(its, make)]));
  return make(value);
}
const asMap = (value: unknown): Value =>
  Array.isArray(value)
    ? value.map(asMap)
    : typeof value === "object" && value !== null
      ? new Map(Object.entries(value).map(([name, its]) => [name, asMap(its)]))
      : (value as Value);
const isEmptyMap = (value: Value) => value instanceof Map && value.size === 0;
const isEmptyList = (value: Value) => Array.isArray(value) && value.length === 0;
const python = (value: Value): string => {
  if (value instanceof Raw)
    return typeof JSON.parse(value.text) === "string" ? python(JSON.parse(value.text)) : value.text;
  if (Array.isArray(value)) return `[${value.map(python).join(", ")}]`;
  if (value instanceof Map) return `{${[...value].map(([name, its]) => `'${name}': ${python(its)}`).join(", ")}}`;
  if (typeof value === "string") return value.includes("'") ? `"${value}"` : `'${value}'`;
  return value === null ? "None" : value === true ? "True" : String(value);
};
const spaced = (make: (text: string) => string): Partial<Signer> => ({
  space: (value, sent) => make(sent ?? write(value)),
});
const styled = (style: Parameters<typeof write>[1], end = ""): Partial<Signer> => ({
  space: (value) => write(value, style) + end,
});
const inPlace = (instead: string): Partial<Signer> => ({
  instead,
  wrap: (text) => text,
  escapes: (text) => text,
  order: (value) => value,
  values: (value) => value,
  fields: (value) => value,
  space: (value) => write(value),
});
const moved = (order: readonly number[]): Partial<Signer> => ({ order2: (parts) => order.map((at) => parts[at]) });

/** The mistakes. */
export function carelessMistakes(random: Random): Careless[] {
  // the same whenever it is made
  const salt = String(random.next());
  const anyOrder = (names: string[]) => [...names].sort((a, b) => (sha(salt + a) < sha(salt + b) ? -1 : 1));
  const milliseconds = 100 + random.below(900);
  return [
    is("method-case", "method in lower case", { method: (it) => it.toLowerCase() }),
    is("method-case", "method with a capital", { method: (it) => it.charAt(0) + it.slice(1).toLowerCase() }),
    is("other-method", "GET", { method: () => "GET" }),
    is("other-method", "PUT", { method: () => "PUT" }),
    is("absolute-url", "https URL", { url: ({ host }) => `https://${host}` }),
    is("absolute-url", "http URL", { url: ({ host }) => `http://${host}` }),
    is("absolute-url", "host and path", { url: ({ host }) => host }),
    is("absolute-url", "host without its port", { url: ({ host }) => `https://${host.replace(/:\d+/, "")}` }),
    is("base-path", "without the base path", { path: ({ base, operation }) => operation.slice(base ? 0 : 5) }),
    is("base-path", "without the version", { path: ({ operation }) => operation.replace("/v1.0", "") }),
    is("other-path", "another operation", {
      path: ({ base, operation }) =>
        base + (operation.endsWith("query") ? "/v1.0/debit/status" : "/v1.0/qr/qr-cpm-query"),
    }),
    is("other-path", "version 1.1", { path: (sent) => path(sent).replace("v1.0", "v1.1") }),
    is("other-path", ".htm", { path: (sent) => `${path(sent)}.htm` }),
    is("trailing-slash", "slash at the end", { path: (sent) => `${path(sent)}/` }),
    is("leading-slash", "no slash at the start", { path: (sent) => path(sent).slice(1) }),
    is("leading-slash", "two slashes at the start", { path: (sent) => `/${path(sent)}` }),
    is("path-escapes", "path in upper case", { path: (sent) => path(sent).toUpperCase() }),
    is("query-dropped", "no query", { query: () => "" }),
    is("query-changed", "sorted query", { query: (it) => `?${it.slice(1).split("&").sort().join("&")}` }),
    is("query-changed", "query encoded again", { query: (it) => `?${new URLSearchParams(it.slice(1))}` }),
    is("query-changed", "query decoded", { query: (it) => decodeURIComponent(it) }),
    is("bearer", "Bearer left in", { token: (it) => `Bearer ${it}` }),
    is("bearer", "bearer left in", { token: (it) => `bearer ${it}` }),
    is("token-missing", "no token", { token: () => undefined }),
    is("token-empty", "empty token", { token: () => "" }),
    is("token-empty", "undefined as token", { token: () => "undefined" }),
    is("token-empty", "null as token", { token: () => "null" }),
    is("token-blanks", "token with a line break", { token: (it) => `${it}\n` }),
    is("token-blanks", "token in quotes", { token: (it) => `"${it}"` }),
    is("body-order", "sorted names", { order: (value) => ordered(value, (names) => [...names].sort()) }),
    is("body-order", "names in reverse", { order: (value) => ordered(value, (names) => [...names].reverse()) }),
    is("body-order", "names in any order", { order: (value) => ordered(value, anyOrder) }),
    is("body-order", "inner names in any order", {
      order: (value) =>
        new Map(
          [...(value as Map<string, Value>)].map(([name, its]) => [
            name,
            ordered(its, (names) => [...names].reverse()),
          ]),
        ),
    }),
    is("body-order", "first name put last", {
      order: (value) => {
        const [first, ...rest] = [...(value as Map<string, Value>)];
        return new Map(first ? [...rest, first] : rest);
      },
    }),
    is("body-reserialised", "parsed and written again", { values: (value) => asMap(JSON.parse(write(value))) }),
    is("body-numbers", "numbers as strings", {
      values: scalar((value) =>
        typeof value === "number" ? String(value) : value instanceof Raw && /^\d/.test(value.text) ? value.text : value,
      ),
    }),
    is("body-empties", "{} as []", {
      fields: (value) => change(value, (its) => (isEmptyMap(its) ? [] : its)),
    }),
    is("body-empties", "[] as {}", {
      fields: (value) => change(value, (its) => (isEmptyList(its) ? new Map() : its)),
    }),
    is("body-empties", "nothing that is empty", {
      fields: (value) => change(value, (its) => (isEmptyMap(its) || isEmptyList(its) ? undefined : its)),
    }),
    is("body-nulls", "no null", { fields: (value) => change(value, (its) => (its === null ? undefined : its)) }),
    is("body-nulls", "no empty string", { fields: (value) => change(value, (its) => (its === "" ? undefined : its)) }),
    is("body-nulls", "null as an empty string", { fields: scalar((its) => (its === null ? "" : its)) }),
    is(
      "body-not-minified",
      "as it is sent",
      spaced((text) => text),
    ),
    is(
      "body-not-minified",
      "as it is sent, without the last line break",
      spaced((text) => text.trimEnd()),
    ),
    is(
      "body-not-minified",
      "as it is sent, and a line break",
      spaced((text) => `${text}\n`),
    ),
    is(
      "body-not-minified",
      "CRLF as LF",
      spaced((text) => text.replaceAll("\r\n", "\n")),
    ),
    is("body-not-minified", "indented by 2", styled({ comma: ",", colon: ": ", indent: "  " })),
    is("body-not-minified", "indented by 3", styled({ comma: ",", colon: ": ", indent: "   " })),
    is("body-not-minified", "indented by 4", styled({ comma: ",", colon: ": ", indent: "    " })),
    is("body-not-minified", "indented by a tab", styled({ comma: ",", colon: ": ", indent: "\t" })),
    is(
      "body-not-minified",
      "without line breaks only",
      spaced((text) => text.replace(/[\r\n]/g, "")),
    ),
    is("body-separators", "as Python's json.dumps", styled({ comma: ", ", colon: ": " })),
    is("body-separators", "a blank after colons", styled({ ...COMPACT, colon: ": " })),
    is(
      "body-stripped",
      "no white space at all",
      spaced((text) => text.replace(/\s/g, "")),
    ),
    is("body-as-printed", "Python's str", { space: (value) => python(value) }),
    is("body-escapes", "\\/", { escapes: php }),
    is("body-escapes", "\\uXXXX", { escapes: ascii }),
    is("body-escapes", "\\/ and \\uXXXX", { escapes: (text) => php(ascii(text)) }),
    is("body-escapes", "Go", { escapes: (text) => text.replace(/[<>&]/g, escaped) }),
    is("body-escapes", "Gson", { escapes: (text) => text.replace(/[<>&=']/g, escaped) }),
    is("body-escapes", "/ in place of \\/", { escapes: (text) => text.replaceAll("\\/", "/") }),
    is("body-stringified-twice", "JSON of JSON", { wrap: (text) => JSON.stringify(text) }),
    is("body-line-break", "line break after the body", { wrap: (text) => `${text}\n` }),
    is("body-encoding", "lower case", { wrap: (text) => text.toLowerCase() }),
    is("body-encoding", "byte order mark", { wrap: (text) => `\ufeff${text}` }),
    is("body-encoding", "Latin-1", { wrap: (text) => Buffer.from(text, "latin1") }),
    is("body-encoding", "URL-encoded", { wrap: (text) => encodeURIComponent(text) }),
    is("body-encoding", "Base64", { wrap: (text) => Buffer.from(text).toString("base64") }),
    is("body-wrapped", "in a list", { wrap: (text) => `[${text}]` }),
    is("body-left-out", "no body", inPlace("")),
    is("empty-body-as-json", "{}", inPlace("{}")),
    is("empty-body-as-json", "[object Object]", inPlace("[object Object]")),
    is("hash-case", "hash in upper case", { hash: (body) => sha(body).toUpperCase() }),
    is("hash-encoding", "hash in Base64", { hash: (body) => createHash("sha256").update(body).digest("base64") }),
    is("hash-encoding", "hash in hex in Base64", { hash: (body) => Buffer.from(sha(body)).toString("base64") }),
    is("hash-encoding", "hash hashed again", { hash: (body) => sha(sha(body)) }),
    is("hash-algorithm", "SHA-512 of the body", { hash: (body) => sha(body, "sha512") }),
    is("hash-algorithm", "SHA-1 of the body", { hash: (body) => sha(body, "sha1") }),
    is("hash-algorithm", "MD5 of the body", { hash: (body) => sha(body, "md5") }),
    is("body-not-hashed", "the body itself", { hash: (body) => body.toString() }),
    is("hash-dropped", "no hash", { hash: () => undefined }),
    is("timestamp-zone", "UTC", { time: (it) => inZone(moment(it), 0, "Z") }),
    is("timestamp-zone", "+08:00", { time: (it) => inZone(moment(it), 8, "+08:00") }),
    is("timestamp-fraction", ".000", { time: (it) => it.replace("+", ".000+") }),
    is("timestamp-fraction", "toISOString", { time: (it) => new Date(moment(it)).toISOString() }),
    is("timestamp-milliseconds", "other milliseconds", {
      time: (it) => it.replace("+", `.${milliseconds}+`),
    }),
    is("timestamp-seconds", "a second later", { time: (it) => inZone(moment(it) + 1000, 7, "+07:00") }),
    is("timestamp-seconds", "a minute earlier", { time: (it) => inZone(moment(it) - 60_000, 7, "+07:00") }),
    is("timestamp-clock", "Jakarta's clock with Z", { time: (it) => it.replace("+07:00", "Z") }),
    is("timestamp-form", "+0700", { time: (it) => it.replace("+07:00", "+0700") }),
    is("timestamp-form", "no offset", { time: (it) => it.slice(0, 19) }),
    is("timestamp-form", "seconds of the epoch", { time: (it) => String(moment(it) / 1000) }),
    is("separator", "|", { separator: "|" }),
    is("separator", "line breaks", { separator: "\n" }),
    is("separator", "nothing", { separator: "" }),
    is("order", "token after the hash", moved([0, 1, 3, 2, 4])),
    is("order", "path first", moved([1, 0, 2, 3, 4])),
    is("order", "time first", moved([4, 0, 1, 2, 3])),
    is("string-line-break", "line break at the end", { finish: (text) => `${text}\n` }),
    is("string-changed", "string in lower case", { finish: (text) => text.toLowerCase() }),
    is("string-changed", "string hashed", { finish: (text) => sha(text) }),
    is("string-changed", "string in Base64", { finish: (text) => Buffer.from(text).toString("base64") }),
    is("secret-blanks", "secret with a line break", { secret: (it) => `${it}\n` }),
    is("secret-blanks", "secret in quotes", { secret: (it) => `"${it}"` }),
    is("secret-decoded", "secret decoded", { secret: (it) => Buffer.from(it, "base64") }),
    is("secret-decoded", "secret encoded", { secret: (it) => Buffer.from(it).toString("base64") }),
    is("other-secret", "token as secret", { secret: (_, { token }) => token }),
    is("hmac-algorithm", "HMAC-SHA256", { seal: (text, key) => createHmac("sha256", key).update(text).digest() }),
    is("hmac-algorithm", "HMAC-SHA1", { seal: (text, key) => createHmac("sha1", key).update(text).digest() }),
    is("no-hmac", "SHA-512", { seal: (text) => createHash("sha512").update(text).digest() }),
    is("no-hmac", "key and text swapped", { seal: (text, key) => createHmac("sha512", text).update(key).digest() }),
    is("signature-url-encoded", "URL-encoded", { encode: (bytes) => encodeURIComponent(bytes.toString("base64")) }),
    is("signature-white-space", "line breaks of openssl", {
      encode: (bytes) => bytes.toString("base64").replace(/.{64}/g, "$&\n"),
    }),
    is("signature-encoded-twice", "Base64 of hex", {
      encode: (bytes) => Buffer.from(bytes.toString("hex")).toString("base64"),
    }),
    is("signature-padding", "one = too few or too many, - and _", {
      encode: (bytes) => `${bytes.toString("base64url")}=`,
    }),
    is("signature-label", "in quotes", { encode: (bytes) => `"${bytes.toString("base64")}"` }),
  ];
}
