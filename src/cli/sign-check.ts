// What a wrong signature was probably made from: the usual mistakes as a table, tried one by one and two by two.
import { constants, createHash, createHmac, hash, type KeyObject, publicDecrypt, verify } from "node:crypto";
import { minifyJson } from "../signature.ts";

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

/** What could be told. */
export interface Diagnosis {
  /** Explanations, each of one mistake or a few at once; any of them gives exactly this signature. Empty when none was found. */
  explanations: Mistake[][];
  /** What the signature shows all the same. */
  remarks: string[];
  /** How many ways to make it were tried. */
  tried: number;
}

/** How a signature is made, step by step. A mistake is another value for one of the steps. */
interface Recipe {
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
type Change = Partial<Recipe>;

interface Mutation {
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
const LAYOUTS = { symmetric: SYMMETRIC, asymmetric: ASYMMETRIC, token: TOKEN };

// a step that is undefined is left out together with its separator
function joined(separator: string, ...parts: (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(separator);
}

const hmacWith = (algorithm: string) => (text: string, secret: string | Buffer) =>
  createHmac(algorithm, secret).update(text).digest();
const digestWith = (algorithm: string) => (text: string) => createHash(algorithm).update(text).digest();

/** A way to hash bodies that hashes each of them once, however many recipes it is part of. */
function hashing(make: (body: Uint8Array) => string | undefined): Recipe["hashOf"] {
  const known = new WeakMap<Uint8Array, string | undefined>();
  return (body) => {
    if (!known.has(body)) known.set(body, make(body));
    return known.get(body);
  };
}
const sha256 = hashing((body) => hash("sha256", body, "hex"));

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
    changes: (_, { baseUrl, path }) => (baseUrl === undefined ? [] : urlsOf(baseUrl, path).map((url) => ({ url }))),
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
          [0, 2, 4, "\t"].map((indent) => JSON.stringify(each, null, indent)),
        );
      }),
  },
  {
    name: "body-sent-otherwise",
    step: "body",
    found:
      "the body was hashed as another JSON writer writes it: with a blank after commas and colons, or with /, < > & or letters beyond ASCII as escapes",
    mend: "write the body once, and hash and send the same text",
    changes: (_, check) =>
      textsOf(check, (text) => [text, JSON.stringify(sorted(JSON.parse(text)))].flatMap((each) => dialectsOf(each))),
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
    return make(minifyJson(raw), raw).map((text) => ({ body: Buffer.from(text) }));
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

const escapeOf = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
const DIALECTS: ((minified: string) => string)[] = [
  // Python's json.dumps
  (text) => text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|[,:]/g, (token) => (token.length === 1 ? `${token} ` : token)),
  // PHP's json_encode
  (text) => text.replace(/(?<!\\)\//g, "\\/"),
  // Go's and .NET's, for HTML
  (text) => text.replace(/[<>&\u2028\u2029]/g, escapeOf),
  // Gson's, for HTML
  (text) => text.replace(/[<>&='\u2028\u2029]/g, escapeOf),
];

/** A minified body in the dialects of other writers, each with and without escapes beyond ASCII. */
function dialectsOf(minified: string): string[] {
  return [(text: string) => text, ...DIALECTS].flatMap((dialect) => {
    const text = dialect(minified);
    return [text, text.replace(/[\u0080-\uffff]/g, escapeOf)];
  });
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

// ---- how the signature's text is read

/** Bytes that a signature's text may stand for. */
interface Reading {
  bytes: Buffer;
  /** What is wrong with the text, if these are the right bytes. */
  mistake: Mistake | undefined;
}

const reading = (name: string, found: string, mend: string): Mistake => ({ name, found, mend });

/** What may have happened to the text of a signature, and how to undo it. */
export const TEXT_MISTAKES: readonly (Mistake & { undo(text: string): string[] })[] = [
  {
    ...reading(
      "signature-white-space",
      "white space stands in the signature, such as the line breaks of openssl base64",
      "send it on one line (openssl base64 -A)",
    ),
    undo: (text) => [text.replace(/\s+/g, "")],
  },
  {
    ...reading(
      "signature-plus",
      "each + of the signature became a blank, as in a form",
      "do not send it through a form",
    ),
    undo: (text) => [text.replace(/ /g, "+")],
  },
  {
    ...reading("signature-url-encoded", "the signature is URL-encoded", "send the header's value as it is"),
    undo: (text) => [decoded(text), decoded(text.replace(/\+/g, " "))],
  },
  {
    ...reading(
      "signature-label",
      "a label, quotes or other signs stand around the signature",
      "send the signature alone, without quotes and without what openssl writes before it",
    ),
    undo: (text) => {
      const last =
        text
          .trim()
          .split(/(?<=[^=]=)\s+|:\s+|\s+/)
          .at(-1) ?? "";
      return [last, last.replace(/^0x/i, ""), last.replace(/[:-]/g, "")].flatMap((each) => [
        each,
        each.replace(/^["'`<]+|["'`>,;]+$/g, ""),
      ]);
    },
  },
  {
    ...reading(
      "signature-padding",
      "the signature's Base64 lacks its = at the end, or mixes the two alphabets",
      "write Base64 with + and /, padded with = to a multiple of 4 characters",
    ),
    undo: (text) => {
      const bare = text.replace(/=+$/, "").replace(/-/g, "+").replace(/_/g, "/");
      return [bare.padEnd(Math.ceil(bare.length / 4) * 4, "=")];
    },
  },
  {
    ...reading(
      "signature-encoded-twice",
      "the signature is encoded twice: Base64 or hex of its hex or Base64 text, in place of its bytes",
      "encode the bytes, once",
    ),
    undo: (text) => strictly(text).map((bytes) => bytes.toString("latin1")),
  },
  {
    ...reading(
      "signature-last-character",
      "the last character of the signature's Base64 carries bits that no byte has",
      "copy the signature to its last character",
    ),
    undo: (text) => {
      const again = Buffer.from(text, "base64").toString("base64");
      const differing = [...text].filter((character, at) => character !== again[at]).length;
      return again.length === text.length && differing === 1 ? [again] : [];
    },
  },
];

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The bytes of a text in Base64 (either alphabet) or hex (either case), as `verify` reads it; it may be both. */
function strictly(text: string): Buffer[] {
  return (["base64", "base64url", "hex"] as const).flatMap((encoding) => {
    const its = encoding === "hex" ? text.toLowerCase() : text;
    const bytes = Buffer.from(its, encoding);
    return bytes.length && bytes.toString(encoding) === its ? [bytes] : [];
  });
}

function readingsOf(signature: string): Reading[] {
  const plain = strictly(signature).map((bytes) => ({ bytes, mistake: undefined }));
  const mended = TEXT_MISTAKES.flatMap(({ undo, ...mistake }) =>
    undo(signature).flatMap((text) => strictly(text).map((bytes) => ({ bytes, mistake }))),
  );
  return [...plain, ...mended];
}

// ---- the search

/** What the signature's bytes can be compared with. */
interface Target {
  recipe: Recipe;
  /** What a recipe may seal, and what else is wrong then. */
  readings: { sealed: Buffer; mistakes: Mistake[] }[];
}

/**
 * Tells what a wrong signature was probably made from. Call it for one that `verify` refused.
 * @returns the explanations with the fewest mistakes; none when it cannot be told
 */
export function diagnose(check: Check): Diagnosis {
  const readings = readingsOf(check.signature);
  const opened = check.publicKey ? openAll(readings, check.publicKey) : [];
  const diagnosis: Diagnosis = { explanations: [], remarks: [], tried: 0 };
  for (const target of targetsOf(check, readings, opened)) {
    const { explanations, tried } = search(target, check);
    diagnosis.tried += tried;
    diagnosis.explanations.push(...explanations);
    if (explanations.length) return diagnosis;
  }
  if (check.publicKey) diagnosis.explanations.push(...pssIn(check, readings, check.publicKey));
  if (!diagnosis.explanations.length) diagnosis.remarks.push(...remarksOn(check, readings, opened.length > 0));
  return diagnosis;
}

function targetsOf(check: Check, readings: Reading[], opened: Opened[]): Target[] {
  const plain = readings.map(({ bytes, mistake }) => ({ sealed: bytes, mistakes: mistake ? [mistake] : [] }));
  const { clientSecret: secret } = check;
  const base = recipeOf(check);
  if (check.type === "symmetric" && secret !== undefined)
    return [{ recipe: { ...base, secret, seal: hmacWith("sha512") }, readings: plain }];
  const rsa = opened.map(({ seal, digest, mistakes }) => ({
    recipe: { ...base, seal },
    readings: [{ sealed: digest, mistakes }],
  }));
  if (secret === undefined) return rsa;
  const hmac = reading(
    "hmac-for-rsa",
    "it is an HMAC with the client secret, as in the symmetric signature",
    "sign with the private key: SHA256withRSA",
  );
  const symmetric = plain.map(({ sealed, mistakes }) => ({ sealed, mistakes: [hmac, ...mistakes] }));
  return [...rsa, { recipe: { ...base, secret, seal: hmacWith("sha512") }, readings: symmetric }];
}

function recipeOf({ type, method, path, accessToken, clientKey, body, timestamp }: Check): Recipe {
  return {
    ...{ method: method.toUpperCase(), url: "", path, token: accessToken, clientKey, timestamp },
    ...{ body: minifyJson(body), hashOf: sha256, layout: LAYOUTS[type], finish: (text) => text },
    ...{ secret: "", seal: digestWith("sha256") },
  };
}

function make(recipe: Recipe): Buffer {
  return recipe.seal(recipe.finish(recipe.layout(recipe)), recipe.secret);
}

const key = (bytes: Buffer) => bytes.toString("latin1");

function search({ recipe, readings }: Target, check: Check): { explanations: Mistake[][]; tried: number } {
  const wanted = new Map<string, Mistake[]>();
  // the first reading of the same bytes has the fewest mistakes
  for (const { sealed, mistakes } of readings) if (!wanted.has(key(sealed))) wanted.set(key(sealed), mistakes);
  const right = make(recipe);
  const others = wanted.get(key(right));
  if (others) return { explanations: [others], tried: 1 };
  const cut = cutOff(right, readings, recipe);
  if (cut) return { explanations: [[cut]], tried: 1 };

  const isRsa = check.publicKey !== undefined && recipe.secret === "";
  const steps = changesOf(recipe, check, isRsa, right);
  let tried = 1 + steps.length;
  const found = steps.flatMap(({ mistake, made }) => {
    const its = wanted.get(key(made));
    return its ? [[mistake, ...its]] : [];
  });
  if (found.length) return { explanations: distinct(found), tried };

  const paired = steps.filter(({ mutation }) => !mutation.alone);
  for (const [at, first] of paired.entries()) {
    for (const second of paired.slice(at + 1)) {
      if (first.mutation.step === second.mutation.step) continue;
      tried += 1;
      const its = wanted.get(key(make({ ...recipe, ...first.change, ...second.change })));
      if (its) found.push([first.mistake, second.mistake, ...its]);
    }
  }
  return { explanations: distinct(found), tried };
}

interface Step {
  mutation: Mutation;
  change: Change;
  mistake: Mistake;
  made: Buffer;
}

/** Every single mistake that makes another signature out of a recipe. */
function changesOf(recipe: Recipe, check: Check, isRsa: boolean, right: Buffer): Step[] {
  const known = new Set([key(right)]);
  const steps: Step[] = [];
  for (const mutation of MUTATIONS) {
    if (isRsa && (mutation.step === "secret" || mutation.step === "seal")) continue;
    for (const change of mutation.changes(recipe, check)) {
      const made = make({ ...recipe, ...change });
      if (known.has(key(made))) continue;
      known.add(key(made));
      const { name, found, mend } = mutation;
      const mistake = { name, found: typeof found === "string" ? found : found(change), mend };
      steps.push({ mutation, change, mistake, made });
    }
  }
  return steps;
}

/** The first three explanations that name different mistakes. */
function distinct(explanations: Mistake[][]): Mistake[][] {
  const byName = new Map(explanations.map((its) => [its.map(({ name }) => name).join(), its] as const).reverse());
  return [...byName.values()].reverse().slice(0, 3);
}

/** Whether a reading is the beginning of what it ought to be, or goes on after it. Six bytes are no chance. */
function cutOff(right: Buffer, readings: Target["readings"], { secret }: Recipe): Mistake | undefined {
  if (secret === "") return undefined;
  for (const { sealed } of readings) {
    const common = Math.min(sealed.length, right.length);
    if (sealed.length === right.length || common < 6 || !sealed.subarray(0, common).equals(right.subarray(0, common)))
      continue;
    return sealed.length < right.length
      ? reading("signature-cut-off", "the end of the signature is missing", "send all of it")
      : reading("signature-too-long", "something follows the signature", "send the signature alone");
  }
  return undefined;
}

// ---- RSA

/** What the public key finds inside an RSA signature. */
interface Opened {
  seal(text: string): Buffer;
  digest: Buffer;
  mistakes: Mistake[];
}

/** How PKCS#1 v1.5 names the algorithm before the digest. */
const DIGEST_INFOS = Object.entries({
  sha256: "3031300d060960864801650304020105000420",
  sha512: "3051300d060960864801650304020305000440",
  sha384: "3041300d060960864801650304020205000430",
  sha224: "302d300d06096086480165030402040500041c",
  sha1: "3021300906052b0e03021a05000414",
  md5: "3020300c06082a864886f70d020505000410",
}).map(([algorithm, prefix]) => ({ algorithm, prefix: Buffer.from(prefix, "hex") }));

function openAll(readings: Reading[], publicKey: KeyObject): Opened[] {
  return readings.flatMap(({ bytes, mistake }) => {
    try {
      const inside = publicDecrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, bytes);
      const opened = openedFrom(inside);
      return [{ ...opened, mistakes: [...opened.mistakes, ...(mistake ? [mistake] : [])] }];
    } catch {
      // not made with the private key of the pair
      return [];
    }
  });
}

function openedFrom(inside: Buffer): Opened {
  const known = DIGEST_INFOS.find(({ prefix }) => inside.subarray(0, prefix.length).equals(prefix));
  if (known) {
    const { algorithm, prefix } = known;
    const mistakes = algorithm === "sha256" ? [] : [otherRsa(`it was made with ${algorithm.toUpperCase()}withRSA`)];
    return { seal: digestWith(algorithm), digest: inside.subarray(prefix.length), mistakes };
  }
  const mistakes = [
    otherRsa("the private key was used on the bare hash, or on the text itself, without PKCS#1's signature format"),
  ];
  if (inside.length === 32) return { seal: digestWith("sha256"), digest: inside, mistakes };
  const isHex = /^[\da-f]{64}$/.test(inside.toString("latin1"));
  return {
    seal: (text) => (isHex ? Buffer.from(hash("sha256", text, "hex")) : Buffer.from(text)),
    digest: inside,
    mistakes,
  };
}

function otherRsa(found: string): Mistake {
  return reading("rsa-algorithm", found, "use SHA256withRSA (RSASSA-PKCS1-v1_5 with SHA-256)");
}

/** PSS cannot be opened, only verified; so single mistakes are tried, and not all of them. */
function pssIn(check: Check, readings: Reading[], publicKey: KeyObject): Mistake[][] {
  const recipe = recipeOf(check);
  const padding = {
    key: publicKey,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_AUTO,
  };
  const fits = (text: string) => readings.some(({ bytes }) => verify("sha256", Buffer.from(text), padding, bytes));
  const pss = otherRsa("it was made with RSA-PSS");
  if (fits(recipe.layout(recipe))) return [[pss]];
  const steps = changesOf(recipe, check, true, make(recipe)).filter(({ mutation }) => !mutation.alone);
  const step = steps.find(({ change }) => {
    const changed = { ...recipe, ...change };
    return fits(changed.finish(changed.layout(changed)));
  });
  return step ? [[pss, step.mistake]] : [];
}

// ---- what can be said without an explanation

const HMAC_BYTES: Readonly<Record<number, string>> = {
  16: "HMAC-MD5",
  20: "HMAC-SHA1",
  32: "HMAC-SHA256",
  48: "HMAC-SHA384",
  64: "HMAC-SHA512",
};

function remarksOn({ type, publicKey, signature }: Check, readings: Reading[], opened: boolean): string[] {
  if (!signature.trim()) return ["The signature is empty."];
  if (opened) return ["It was made with the right private key, over another string to sign."];
  const lengths = [...new Set(readings.filter(({ mistake }) => !mistake).map(({ bytes }) => bytes.length))];
  const [length] = lengths;
  if (length === undefined) return ["It is neither Base64 nor hex, so it was changed or cut off on its way."];
  const expected = publicKey ? Math.ceil((publicKey.asymmetricKeyDetails?.modulusLength ?? 0) / 8) : 64;
  if (lengths.includes(expected))
    return publicKey
      ? ["It was not made with the private key that belongs to this public key, or was changed on its way."]
      : ["It has the length of an HMAC-SHA512, as it ought to."];
  const needed = `The ${type === "token" ? "token request's" : type} signature has ${expected} bytes${publicKey ? " with this key" : ""}; this one has ${lengths.join(" or ")}`;
  const hmac = lengths.map((its) => HMAC_BYTES[its]).find(Boolean);
  if (hmac) return [`${needed}, as ${hmac} has.`];
  if (lengths.some((its) => [128, 256, 384, 512].includes(its)))
    return [
      `${needed}, as an RSA signature has: ${publicKey ? "of a key of another length" : "check it with --public-key"}.`,
    ];
  return [`${needed}: it was changed or cut off on its way.`];
}
