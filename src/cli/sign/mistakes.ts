// The usual mistakes in making a signature, as a table: what each makes of the step that it concerns.
import { createHash, createHmac, hash, type KeyObject } from "node:crypto";
import { minifyJson } from "../../snap/signature.ts";
import { STRING, sortedJson } from "./json-sort.ts";

/** A request, and the signature that was found wrong for it. */
export interface Check {
  type: "symmetric" | "asymmetric" | "token";
  method: string;
  path: string;
  body: Uint8Array;
  timestamp: string;
  accessToken: string | undefined;
  clientKey: string | undefined;
  /** Scheme and host of the receiver, and its base path where it has one. */
  baseUrl: string | undefined;
  signature: string;
  /** What symmetric signatures are made with; for the other types, to see whether one was sent in their place. */
  clientSecret: string | undefined;
  /** What the other types are checked with. */
  publicKey: KeyObject | undefined;
}

/** One mistake that explains a wrong signature. */
export interface Mistake {
  name: string;
  /** What was done. */
  found: string;
  /** What to do instead. */
  mend: string;
}

/** How a signature is made, step by step. A mistake is another value for one of the steps. */
export interface Recipe {
  method: string;
  /** What stands before the path: nothing, if all is well. */
  url: string;
  path: string;
  token: string | undefined;
  clientKey: string | undefined;
  body: Uint8Array;
  hashOf(body: Uint8Array): string | undefined;
  timestamp: string;
  /** Puts the string to sign together. */
  layout(recipe: Recipe): string;
  /** What is done to the string to sign before it is signed: nothing, if all is well. */
  finish(text: string): string;
  secret: string | Buffer;
  seal(text: string, secret: string | Buffer): Buffer;
}
export type Change = Partial<Recipe>;

export interface Mutation {
  name: string;
  /** The step; two mistakes of one step cannot come together. */
  step: keyof Recipe;
  found: string | ((change: Change) => string);
  mend: string;
  /** What the mistake makes of its step, in its varieties. */
  changes(recipe: Recipe, check: Check): Change[];
  /** It has too many varieties to be tried together with another mistake. */
  alone?: true;
}

const SYMMETRIC = (r: Recipe) => joined(":", r.method, r.url + r.path, r.token, r.hashOf(r.body), r.timestamp);
const ASYMMETRIC = (r: Recipe) => joined(":", r.method, r.url + r.path, r.hashOf(r.body), r.timestamp);
const TOKEN = (r: Recipe) => joined("|", r.clientKey, r.timestamp);
export const LAYOUTS = { symmetric: SYMMETRIC, asymmetric: ASYMMETRIC, token: TOKEN };

// a step that is undefined is left out together with its separator
function joined(separator: string, ...parts: (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(separator);
}

export const hmacWith = (algorithm: string) => (text: string, secret: string | Buffer) =>
  createHmac(algorithm, secret).update(text).digest();
export const digestWith = (algorithm: string) => (text: string) => createHash(algorithm).update(text).digest();

/** A way to hash bodies that hashes each of them once, however many recipes it is part of. */
function hashing(make: (body: Uint8Array) => string | undefined): Recipe["hashOf"] {
  const known = new WeakMap<Uint8Array, string | undefined>();
  return (body) => {
    if (!known.has(body)) known.set(body, make(body));
    return known.get(body);
  };
}
export const sha256 = hashing((body) => hash("sha256", body, "hex"));

/** The usual mistakes. Where two make the same bytes, the one that comes first is told. */
export const MUTATIONS: readonly Mutation[] = [
  // ---- method
  {
    name: "method-case",
    step: "method",
    found: ({ method }) => `the method was signed as "${method}"`,
    mend: "sign it in upper case",
    changes: ({ method }) => [
      { method: method.toLowerCase() },
      { method: method.slice(0, 1) + method.slice(1).toLowerCase() },
    ],
  },
  {
    name: "other-method",
    step: "method",
    found: ({ method }) => `the method ${method} was signed`,
    mend: "sign the method that is sent",
    changes: () => ["GET", "POST", "PUT", "PATCH", "DELETE"].map((method) => ({ method })),
  },
  // ---- path
  {
    name: "absolute-url",
    step: "url",
    found: ({ url }) => `the URL was signed, with ${url} before the path`,
    mend: "sign the path alone, from the slash on",
    changes: (_, { baseUrl, path }) =>
      (baseUrl === undefined ? OWN_URLS : urlsOf(baseUrl, path)).map((url) => ({ url })),
  },
  {
    name: "query-dropped",
    step: "path",
    found: "the path was signed without its query",
    mend: "sign the path with its query, exactly as it is sent",
    changes: ({ path }) => [{ path: path.replace(/\?.*$/s, "") }],
  },
  {
    name: "query-changed",
    step: "path",
    found: ({ path }) => `the query was sorted or written anew: ${path} was signed`,
    mend: "sign the query exactly as it is sent",
    changes: ({ path }) => queriesOf(path).map((query) => ({ path: `${path.replace(/\?.*$/s, "")}?${query}` })),
  },
  {
    name: "base-path",
    step: "path",
    found: ({ path }) => `the path was signed as ${path}, with another base path`,
    mend: "sign the whole path that is sent, from the first slash after the host on",
    changes: ({ path }, { baseUrl }) => basePathsOf(path, baseUrl),
  },
  {
    name: "trailing-slash",
    step: "path",
    found: ({ path }) => `the slash at the path's end was dropped or added: ${path} was signed`,
    mend: "sign the path exactly as it is sent",
    changes: ({ path }) => {
      const [, bare = "", query = ""] = /^([^?]*?)\/?(\?.*)?$/s.exec(path) ?? [];
      return [{ path: `${bare}/${query}` }, { path: bare + query }];
    },
  },
  {
    name: "leading-slash",
    step: "path",
    found: ({ path }) => `the slash at the path's start was dropped or doubled: ${path} was signed`,
    mend: "sign the path from the slash on, with one slash",
    changes: ({ path }) => [{ path: path.replace(/^\/+/, "") }, { path: `/${path}` }],
  },
  {
    name: "path-escapes",
    step: "path",
    found: ({ path }) => `the path was signed as ${path}, with other escapes or in lower case`,
    mend: "sign the path exactly as it is sent",
    changes: ({ path }) => [
      ...orNone(() => ({ path: decodeURIComponent(path) })),
      ...orNone(() => ({ path: decodeURI(path) })),
      ...orNone(() => ({ path: encodeURI(path) })),
      { path: encodeURIComponent(path) },
      { path: path.toLowerCase() },
    ],
  },
  // ---- access token
  {
    name: "bearer",
    step: "token",
    found: '"Bearer " was left in front of the access token',
    mend: "sign the bare token",
    changes: ({ token }) =>
      token === undefined ? [] : ["Bearer ", "bearer ", "BEARER ", "Bearer"].map((word) => ({ token: word + token })),
  },
  {
    name: "token-missing",
    step: "token",
    found: "the access token was left out, as in the asymmetric signature",
    mend: "sign the token between path and body hash",
    changes: () => [{ token: undefined }],
  },
  {
    name: "token-empty",
    step: "token",
    found: ({ token }) => `the access token was empty when it was signed ("${token}")`,
    mend: "get the token first, then sign",
    changes: () => ["", "undefined", "null", "None", "Bearer", "Bearer "].map((token) => ({ token })),
  },
  {
    name: "token-blanks",
    step: "token",
    found: "the access token was signed with a blank, a line break or quotes around it",
    mend: "sign the bare token",
    changes: ({ token }) =>
      token === undefined
        ? []
        : [`${token}\n`, `${token}\r\n`, `${token} `, ` ${token}`, `"${token}"`].map((padded) => ({ token: padded })),
  },
  {
    name: "token-added",
    step: "layout",
    found: "the access token was signed, as in the symmetric signature",
    mend: "leave the token out: the asymmetric signature covers method, path, body hash and timestamp",
    changes: ({ token }, { type }) => (type === "asymmetric" && token !== undefined ? [{ layout: SYMMETRIC }] : []),
  },
  // ---- body
  {
    name: "body-not-minified",
    step: "body",
    found: "the body was hashed as it is, with its white space",
    mend: "minify it first: remove the white space outside of strings, and nothing else",
    changes: (_, { body }) => [{ body }],
  },
  {
    name: "body-stripped",
    step: "body",
    found: "white space was removed inside of strings as well",
    mend: "remove the white space outside of strings only",
    changes: (_, check) =>
      textsOf(check, (text) => [text.replace(/\s+/g, ""), text.replace(/ /g, ""), text.replace(/[\r\n\t]/g, "")]),
  },
  {
    name: "body-reserialised",
    step: "body",
    found: "the body was parsed and written again before it was hashed, which changed numbers, escapes or order",
    mend: "hash the text that is sent, and send that very text",
    changes: (_, check) =>
      textsOf(check, (text) => {
        const value: unknown = JSON.parse(text);
        return [value, sorted(value)].flatMap((each) =>
          [0, 2, 4, "\t"].flatMap((indent) => withEscapes(JSON.stringify(each, null, indent))),
        );
      }),
  },
  {
    name: "body-sent-otherwise",
    step: "body",
    found:
      "the body was hashed as another JSON writer writes it: with sorted names, a blank after commas and colons, or with /, < > & or letters beyond ASCII as escapes",
    mend: "write the body once, and hash and send the same text",
    changes: (_, check) =>
      textsOf(check, (text) => {
        // some keep numbers as they are, and write only strings anew
        const anew = text.replace(STRINGS, (string) => JSON.stringify(JSON.parse(string)));
        return [text, anew, sortedJson(anew), sortedJson(JSON.stringify(JSON.parse(text)))].flatMap(dialectsOf);
      }),
  },
  {
    name: "body-line-break",
    step: "body",
    found: "a line break after the body was hashed with it, or its line breaks were changed",
    mend: "hash no line break, which echo adds unless told otherwise (echo -n)",
    changes: (_, check) =>
      textsOf(check, (text, raw) => [
        ...[text, raw].flatMap((each) => [`${each}\n`, `${each}\r\n`]),
        raw.trim(),
        raw.replace(/\r\n/g, "\n"),
        raw.replace(/\r?\n/g, "\r\n"),
      ]),
  },
  {
    name: "body-encoding",
    step: "body",
    found: "the body was hashed in another encoding than UTF-8, with a byte order mark, or in lower case",
    mend: "hash the bytes that are sent; only the hash is written in lower case",
    changes: (_, check) => [
      ...textsOf(check, (text) => [text.toLowerCase(), `\ufeff${text}`, text.replace(/^\ufeff/, "")]),
      ...(["latin1", "utf16le"] as const).map((encoding) => ({
        body: Buffer.from(Buffer.from(minifyJson(check.body)).toString(), encoding),
      })),
    ],
  },
  {
    name: "body-left-out",
    step: "body",
    found: "no body was hashed",
    mend: "hash the body that is sent",
    changes: ({ body }) => (body.length ? [{ body: Buffer.alloc(0) }] : []),
  },
  {
    name: "empty-body-as-json",
    step: "body",
    found: ({ body }) => `"${body}" was hashed in place of the body`,
    mend: "hash the body that is sent; without one, hash the empty string",
    changes: () =>
      ["{}", "[]", "null", '""', "undefined", "[object Object]"].map((text) => ({ body: Buffer.from(text) })),
  },
  // ---- body hash
  {
    name: "hash-dropped",
    step: "hashOf",
    found: "the body's hash was left out",
    mend: "sign the hash, that of the empty string where there is no body",
    changes: () => [{ hashOf: () => undefined }, { hashOf: () => "" }],
  },
  {
    name: "hash-case",
    step: "hashOf",
    found: "the body's hash was written in upper case",
    mend: "write it in lower-case hex",
    changes: () => [{ hashOf: hashing((body) => hash("sha256", body, "hex").toUpperCase()) }],
  },
  {
    name: "hash-encoding",
    step: "hashOf",
    found: "the body's hash was written in Base64, or hashed or encoded twice",
    mend: "write the SHA-256 in lower-case hex, once",
    changes: () => [
      { hashOf: hashing((body) => hash("sha256", body, "base64")) },
      { hashOf: hashing((body) => hash("sha256", body, "base64url")) },
      { hashOf: hashing((body) => Buffer.from(hash("sha256", body, "hex")).toString("base64")) },
      { hashOf: hashing((body) => hash("sha256", hash("sha256", body, "hex"), "hex")) },
      { hashOf: hashing((body) => hash("sha256", hash("sha256", body, "buffer"), "hex")) },
    ],
  },
  {
    name: "hash-algorithm",
    step: "hashOf",
    found: "the body was hashed with another algorithm than SHA-256",
    mend: "hash it with SHA-256",
    changes: () =>
      ["sha512", "sha1", "md5", "sha384", "sha3-256"].map((algorithm) => ({
        hashOf: hashing((body) => hash(algorithm, body, "hex")),
      })),
  },
  {
    name: "body-not-hashed",
    step: "hashOf",
    found: "the body itself was signed in place of its hash",
    mend: "sign its SHA-256 in lower-case hex",
    changes: () => [{ hashOf: hashing((body) => Buffer.from(body).toString()) }],
  },
  // ---- timestamp
  {
    name: "timestamp-zone",
    step: "timestamp",
    found: ({ timestamp }) => `the same moment was signed in another offset: ${timestamp}`,
    mend: "sign the X-TIMESTAMP header character for character",
    changes: ({ timestamp }) =>
      withMoment(timestamp, ({ time, fraction }) => ZONES.map((zone) => written(time, zone, fraction))),
  },
  {
    name: "timestamp-fraction",
    step: "timestamp",
    found: ({ timestamp }) => `the timestamp was signed with another fraction of a second: ${timestamp}`,
    mend: "sign the X-TIMESTAMP header character for character; make the time once and keep it",
    changes: ({ timestamp }) =>
      withMoment(timestamp, ({ time, zone }) =>
        [zone, "Z", "+07:00"].flatMap((its) => ["", ".0", ".000", ".000000"].map((each) => written(time, its, each))),
      ),
  },
  {
    name: "timestamp-milliseconds",
    step: "timestamp",
    found: ({ timestamp }) => `the timestamp was signed with other milliseconds than the header has: ${timestamp}`,
    mend: "sign the X-TIMESTAMP header character for character; make the time once and keep it",
    changes: ({ timestamp }) =>
      withMoment(timestamp, ({ time, zone }) =>
        [zone, "Z", "+07:00"].flatMap((its) =>
          Array.from({ length: 1000 }, (_, ms) => written(time, its, `.${String(ms).padStart(3, "0")}`)),
        ),
      ),
    alone: true,
  },
  {
    name: "timestamp-seconds",
    step: "timestamp",
    found: ({ timestamp }) => `another time was signed: ${timestamp}`,
    mend: "make the time once, and use it for the signature and the X-TIMESTAMP header",
    changes: ({ timestamp }) =>
      withMoment(timestamp, ({ time, zone, fraction }) =>
        [zone, "Z", "+07:00"].flatMap((its) =>
          Array.from({ length: 241 }, (_, at) => written(time + (at - 120) * 1000, its, fraction)),
        ),
      ),
    alone: true,
  },
  {
    name: "timestamp-clock",
    step: "timestamp",
    found: ({ timestamp }) => `the clock's time was signed under an offset that is not its own: ${timestamp}`,
    mend: "sign the X-TIMESTAMP header character for character",
    changes: ({ timestamp }) =>
      withMoment(timestamp, ({ time, zone, fraction }) =>
        [zone, ...ZONES].flatMap((clock) => [zone, ...ZONES].map((label) => written(time, clock, fraction, label))),
      ),
  },
  {
    name: "timestamp-form",
    step: "timestamp",
    found: ({ timestamp }) => `the time was signed in another form: ${timestamp}`,
    mend: "sign the X-TIMESTAMP header character for character",
    changes: ({ timestamp }) =>
      withMoment(timestamp, ({ time, zone, fraction }) => [
        ...[zone, "Z", "+07:00"].flatMap((its) => {
          const text = written(time, its, fraction);
          const clock = text.slice(0, 19);
          return [
            text.replace(/:(\d\d)$/, "$1"),
            text.replace(/:00$/, ""),
            text.replace("T", " "),
            clock,
            clock.replace("T", " "),
            clock.replace(/\D/g, ""),
          ];
        }),
        String(time / 1000),
        String(time),
        encodeURIComponent(timestamp),
      ]),
  },
  // ---- the string to sign as a whole
  {
    name: "token-recipe",
    step: "layout",
    found: "the string to sign of a token request was signed, X-CLIENT-KEY|X-TIMESTAMP",
    mend: "sign method, path, access token, body hash and timestamp",
    changes: ({ clientKey }, { type }) => (type !== "token" && clientKey !== undefined ? [{ layout: TOKEN }] : []),
  },
  {
    name: "separator",
    step: "layout",
    found: "the parts were joined with another separator",
    mend: "join them with :, in a token request with |",
    changes: (_, { type }) =>
      [":", "|", "", ",", "\n", "+", "&", " "].map((separator) => ({ layout: partsOf(type, separator) })),
  },
  {
    name: "order",
    step: "layout",
    found: "the parts were joined in another order",
    mend: "the order is method, path, access token, body hash, timestamp; in a token request client key, timestamp",
    changes: (_, { type }) => ordersOf(type).map((layout) => ({ layout })),
  },
  {
    name: "part-alone",
    step: "layout",
    found: "only the client key or only the timestamp was signed",
    mend: "sign X-CLIENT-KEY|X-TIMESTAMP",
    changes: (_, { type }) =>
      type === "token" ? [{ layout: (r) => r.clientKey ?? "" }, { layout: (r) => r.timestamp }] : [],
  },
  {
    name: "string-line-break",
    step: "finish",
    found: "a line break or a blank at the end of the string to sign was signed with it",
    mend: "sign no line break, which echo adds unless told otherwise (echo -n)",
    changes: () => ["\n", "\r\n", " "].map((end) => ({ finish: (text: string) => text + end })),
  },
  {
    name: "string-changed",
    step: "finish",
    found: "the string to sign was hashed, encoded or changed in case before it was signed",
    mend: "sign the string as it is: only the body's hash is written in lower case",
    changes: () => [
      { finish: (text) => hash("sha256", text, "hex") },
      { finish: (text) => hash("sha512", text, "hex") },
      { finish: (text) => Buffer.from(text).toString("base64") },
      { finish: (text) => text.toLowerCase() },
      { finish: (text) => text.toUpperCase() },
    ],
  },
  // ---- HMAC
  {
    name: "secret-blanks",
    step: "secret",
    found: "the client secret had a line break, a blank or quotes around it, or lacked its own",
    mend: "use the secret as it was issued; a file often ends in a line break",
    changes: ({ secret }) =>
      typeof secret === "string"
        ? [`${secret}\n`, `${secret}\r\n`, `${secret} `, ` ${secret}`, `"${secret}"`, `'${secret}'`, secret.trim()].map(
            (padded) => ({ secret: padded }),
          )
        : [],
  },
  {
    name: "secret-decoded",
    step: "secret",
    found: "the client secret was decoded from or encoded in Base64 or hex before it was used",
    mend: "use the secret's characters as they are",
    changes: ({ secret }) => {
      if (typeof secret !== "string") return [];
      const decoded = [Buffer.from(secret, "base64"), Buffer.from(secret, "hex")].filter(({ length }) => length > 0);
      const encoded = (["base64", "hex"] as const).map((encoding) => Buffer.from(secret).toString(encoding));
      return [...decoded, ...encoded].map((each) => ({ secret: each }));
    },
  },
  {
    name: "other-secret",
    step: "secret",
    found: "the access token, the client key or nothing was used in place of the client secret",
    mend: "use the client secret that the PJP issued",
    changes: ({ token, clientKey }) =>
      [token, clientKey, ""].filter((it) => it !== undefined).map((secret) => ({ secret })),
  },
  {
    name: "hmac-algorithm",
    step: "seal",
    found: "it was made with another algorithm than HMAC-SHA512",
    mend: "use HMAC-SHA512",
    changes: () => ["sha256", "sha1", "sha384", "md5", "sha3-512"].map((algorithm) => ({ seal: hmacWith(algorithm) })),
  },
  {
    name: "no-hmac",
    step: "seal",
    found: "it is no HMAC: a plain hash, or key and text of the HMAC were swapped",
    mend: "use HMAC-SHA512 with the client secret as its key and the string to sign as its text",
    changes: () => [
      { seal: digestWith("sha512") },
      { seal: digestWith("sha256") },
      { seal: (text, secret) => createHash("sha512").update(secret).update(text).digest() },
      { seal: (text, secret) => createHash("sha512").update(text).update(secret).digest() },
      { seal: (text, secret) => createHmac("sha512", text).update(secret).digest() },
    ],
  },
];

// ---- varieties of the steps

/** Where the mock and the sandbox usually are. */
const OWN_URLS = ["4010", "4011"].flatMap((port) => [`http://127.0.0.1:${port}`, `http://localhost:${port}`]);

function urlsOf(baseUrl: string, path: string): string[] {
  const [, scheme = "", host = "", base = ""] = /^(?:(\w+):\/\/)?(?:[^/@]*@)?([^/]+)(.*?)\/*$/s.exec(baseUrl) ?? [];
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

function queriesOf(path: string): string[] {
  const query = /\?(.*)$/s.exec(path)?.[1];
  if (!query) return [];
  const parameters = new URLSearchParams(query);
  const inOrder = new URLSearchParams(parameters);
  inOrder.sort();
  return [query.split("&").sort().join("&"), parameters.toString(), inOrder.toString()];
}

/** The path without its first segments, and with the base path of the URL before it. */
function basePathsOf(path: string, baseUrl: string | undefined): Change[] {
  const [bare = ""] = path.split("?");
  const slashes = [...bare.matchAll(/\//g)].map(({ index }) => index).slice(1);
  const base = /^(?:\w+:\/\/)?[^/]+(.*?)\/*$/s.exec(baseUrl ?? "")?.[1] ?? "";
  return [...slashes.map((at) => path.slice(at)), base + path, `/v1.0${path}`].map((each) => ({ path: each }));
}

/** What `make` makes of the minified body, and of the body as it is, as changes; none where it throws. */
function textsOf({ body }: Check, make: (text: string, raw: string) => string[]): Change[] {
  const raw = Buffer.from(body).toString();
  try {
    return [...new Set(make(minifyJson(raw), raw))].map((text) => ({ body: Buffer.from(text) }));
  } catch {
    return [];
  }
}

function orNone(make: () => Change): Change[] {
  try {
    return [make()];
  } catch {
    return [];
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, its]) => [name, sorted(its)]));
}

const STRINGS = new RegExp(STRING.source, "g");
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
function dialectsOf(minified: string): string[] {
  return [(text: string) => text, ...DIALECTS].flatMap((dialect) => withEscapes(dialect(minified)));
}

/** A text as it is, and with escapes beyond ASCII. */
function withEscapes(text: string): string[] {
  return [text, text.replace(/[\u0080-\uffff]/g, escapeOf)];
}

function partsOf(type: Check["type"], separator: string): Recipe["layout"] {
  if (type === "token") return (r) => joined(separator, r.clientKey, r.timestamp);
  const token = (r: Recipe) => (type === "symmetric" ? r.token : undefined);
  return (r) => joined(separator, r.method, r.url + r.path, token(r), r.hashOf(r.body), r.timestamp);
}

function ordersOf(type: Check["type"]): Recipe["layout"][] {
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

const ZONES = ["Z", "+00:00", "+07:00", "+08:00", "+09:00"];

/** A time as X-TIMESTAMP has it. */
interface Moment {
  /** Milliseconds since 1970, of the whole second. */
  time: number;
  zone: string;
  /** With its point, or empty. */
  fraction: string;
}

function withMoment(timestamp: string, make: (moment: Moment) => string[]): Change[] {
  const [, clock, fraction = "", zone = ""] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)$/.exec(timestamp) ?? [];
  const time = Date.parse(`${clock}${zone}`);
  if (clock === undefined || Number.isNaN(time)) return [];
  return make({ time, zone, fraction }).map((text) => ({ timestamp: text }));
}

/** A time on the clock of a zone, labelled as that zone's or another's. */
function written(time: number, zone: string, fraction: string, label = zone): string {
  const [, sign = "+", hours = 0, minutes = 0] = /^([+-])(\d\d):(\d\d)$/.exec(zone) ?? [];
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -60_000 : 60_000);
  return `${new Date(time + offset).toISOString().slice(0, 19)}${fraction}${label}`;
}
