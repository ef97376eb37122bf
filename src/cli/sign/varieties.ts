// What a mistake makes of its step, where there are many ways to make it.

import { minifyJson } from "../../snap/signature.ts";
import { trimmed } from "../../util/foreign-text.ts";
import { STRING } from "./json-sort.ts";
import { type Change, type Check, joined, type Recipe } from "./recipe.ts";

/** Where the mock and the sandbox usually are. */
export const OWN_URLS = ["4010", "4011"].flatMap((port) => [`http://127.0.0.1:${port}`, `http://localhost:${port}`]);

export function urlsOf(baseUrl: string, path: string): string[] {
  const [, scheme = "", host = "", base = ""] =
    /^(?:(\w+):\/\/)?(?:[^/@]*@)?([^/]+)(.*)$/s.exec(trimmed(baseUrl, "", "/")) ?? [];
  const bare = host.replace(/:\d+$/, "");
  // the base path counts only where --path lacks it
  const bases = path.startsWith(`${base}/`) ? [""] : [base, ""];
  return bases.flatMap((each) => [
    ...[...new Set([scheme || "https", "https", "http"])].map((its) => `${its}://${host}${each}`),
    host + each,
    `//${host}${each}`,
    `https://${bare}:443${each}`,
    `http://${bare}:80${each}`,
    `https://${bare}${each}`,
  ]);
}

export function queriesOf(path: string): string[] {
  const query = /\?(.*)$/s.exec(path)?.[1];
  if (!query) return [];
  const parameters = new URLSearchParams(query);
  const inOrder = new URLSearchParams(parameters);
  inOrder.sort();
  return [query.split("&").sort().join("&"), parameters.toString(), inOrder.toString()];
}

/** The path without its first segments, and with the base path of the URL before it. */
export function basePathsOf(path: string, baseUrl: string | undefined): Change[] {
  const [bare = ""] = path.split("?");
  const slashes = [...bare.matchAll(/\//g)].map(({ index }) => index).slice(1);
  const base = /^(?:\w+:\/\/)?[^/]+(.*)$/s.exec(trimmed(baseUrl ?? "", "", "/"))?.[1] ?? "";
  return [...slashes.map((at) => path.slice(at)), base + path, `/v1.0${path}`].map((each) => ({ path: each }));
}

/** What `make` makes of the minified body, and of the body as it is, as changes; none where it throws. */
export function textsOf({ body }: Check, make: (text: string, raw: string) => string[]): Change[] {
  const raw = Buffer.from(body).toString();
  try {
    return [...new Set(make(minifyJson(raw), raw))].map((text) => ({ body: Buffer.from(text) }));
  } catch {
    return [];
  }
}

export function orNone(make: () => Change): Change[] {
  try {
    return [make()];
  } catch {
    return [];
  }
}

export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, its]) => [name, sorted(its)]));
}

export const STRINGS = new RegExp(STRING.source, "g");
const STRINGS_AND_SIGNS = new RegExp(`${STRING.source}|[,:]`, "g");
const escapeOf = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
const DIALECTS: ((minified: string) => string)[] = [
  // Python's json.dumps
  (text) => text.replace(STRINGS_AND_SIGNS, (token) => (token.length === 1 ? `${token} ` : token)),
  // PHP's json_encode
  (text) => text.replace(/(?<!\\)\//g, "\\/"),
  // Go's and .NET's, for HTML
  (text) => text.replace(/[<>&\u2028\u2029]/g, escapeOf),
  // Gson's, for HTML
  (text) => text.replace(/[<>&='\u2028\u2029]/g, escapeOf),
];

/** A minified body in the dialects of other writers, each with and without escapes beyond ASCII. */
export function dialectsOf(minified: string): string[] {
  return [(text: string) => text, ...DIALECTS].flatMap((dialect) => withEscapes(dialect(minified)));
}

/** A text as it is, and with escapes beyond ASCII. */
export function withEscapes(text: string): string[] {
  return [text, text.replace(/[\u0080-\uffff]/g, escapeOf)];
}

export function partsOf(type: Check["type"], separator: string): Recipe["layout"] {
  if (type === "token") return (r) => joined(separator, r.clientKey, r.timestamp);
  const token = (r: Recipe) => (type === "symmetric" ? r.token : undefined);
  return (r) => joined(separator, r.method, r.url + r.path, token(r), r.hashOf(r.body), r.timestamp);
}

export function ordersOf(type: Check["type"]): Recipe["layout"][] {
  if (type === "token") return ["|", ":"].map((separator) => (r) => joined(separator, r.timestamp, r.clientKey));
  const token = (r: Recipe) => (type === "symmetric" ? r.token : undefined);
  return [
    (r) => joined(":", r.method, r.url + r.path, r.hashOf(r.body), token(r), r.timestamp),
    (r) => joined(":", r.method, r.url + r.path, token(r), r.timestamp, r.hashOf(r.body)),
    (r) => joined(":", r.method, r.url + r.path, r.timestamp, token(r), r.hashOf(r.body)),
    (r) => joined(":", r.url + r.path, r.method, token(r), r.hashOf(r.body), r.timestamp),
    (r) => joined(":", r.method, token(r), r.url + r.path, r.hashOf(r.body), r.timestamp),
    (r) => joined(":", r.timestamp, r.method, r.url + r.path, token(r), r.hashOf(r.body)),
  ];
}

export const ZONES = ["Z", "+00:00", "+07:00", "+08:00", "+09:00"];

/** A time as X-TIMESTAMP has it. */
interface Moment {
  /** Milliseconds since 1970, of the whole second. */
  time: number;
  zone: string;
  /** With its point, or empty. */
  fraction: string;
}

export function withMoment(timestamp: string, make: (moment: Moment) => string[]): Change[] {
  const [, clock, fraction = "", zone = ""] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)$/.exec(timestamp) ?? [];
  const time = Date.parse(`${clock}${zone}`);
  if (clock === undefined || Number.isNaN(time)) return [];
  return make({ time, zone, fraction }).map((text) => ({ timestamp: text }));
}

/** A time on the clock of a zone, labelled as that zone's or another's. */
export function written(time: number, zone: string, fraction: string, label = zone): string {
  const [, sign = "+", hours = 0, minutes = 0] = /^([+-])(\d\d):(\d\d)$/.exec(zone) ?? [];
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -60_000 : 60_000);
  return `${new Date(time + offset).toISOString().slice(0, 19)}${fraction}${label}`;
}
