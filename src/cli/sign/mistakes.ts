// The usual mistakes in making a signature, as a table: what each makes of the step that it concerns.
import { createHash, createHmac, hash } from "node:crypto";
import { headers } from "../../../generated/operations.ts";
import { minifyJson } from "../../snap/signature.ts";
import { sortedJson } from "./json-sort.ts";
import { digestWith, hashing, hmacWith, LAYOUTS, type Mutation } from "./recipe.ts";
import {
  basePathsOf,
  dialectsOf,
  OWN_URLS,
  ordersOf,
  orNone,
  partsOf,
  queriesOf,
  STRINGS,
  sorted,
  textsOf,
  urlsOf,
  withEscapes,
  withMoment,
  written,
  ZONES,
} from "./varieties.ts";

/** The usual mistakes. Where two make the same bytes, the one that comes first is told. */
export const MUTATIONS: readonly Mutation[] = [
  // ---- method
  {
    name: "method-case",
    step: "method",
    found: ({ method }) => `the method was signed as "${method}"`,
    fix: "sign it in upper case",
    changes: ({ method }) => [
      { method: method.toLowerCase() },
      { method: method.slice(0, 1) + method.slice(1).toLowerCase() },
    ],
  },
  {
    name: "other-method",
    step: "method",
    found: ({ method }) => `the method ${method} was signed`,
    fix: "sign the method that is sent",
    changes: () => ["GET", "POST", "PUT", "PATCH", "DELETE"].map((method) => ({ method })),
  },
  // ---- path
  {
    name: "absolute-url",
    step: "url",
    found: ({ url }) => `the URL was signed, with ${url} before the path`,
    fix: "sign the path alone, from the slash on",
    changes: (_, { baseUrl, path }) =>
      (baseUrl === undefined ? OWN_URLS : urlsOf(baseUrl, path)).map((url) => ({ url })),
  },
  {
    name: "query-dropped",
    step: "path",
    found: "the path was signed without its query",
    fix: "sign the path with its query, exactly as it is sent",
    changes: ({ path }) => [{ path: path.replace(/\?.*$/s, "") }],
  },
  {
    name: "query-changed",
    step: "path",
    found: ({ path }) => `the query was sorted or encoded again: ${path} was signed`,
    fix: "sign the query exactly as it is sent",
    changes: ({ path }) => queriesOf(path).map((query) => ({ path: `${path.replace(/\?.*$/s, "")}?${query}` })),
  },
  {
    name: "base-path",
    step: "path",
    found: ({ path }) => `the path was signed as ${path}, with another base path`,
    fix: "sign the whole path that is sent, from the first slash after the host on",
    changes: ({ path }, { baseUrl }) => basePathsOf(path, baseUrl),
  },
  {
    name: "trailing-slash",
    step: "path",
    found: ({ path }) => `the slash at the path's end was dropped or added: ${path} was signed`,
    fix: "sign the path exactly as it is sent",
    changes: ({ path }) => {
      const [, bare = "", query = ""] = /^([^?]*?)\/?(\?.*)?$/s.exec(path) ?? [];
      return [{ path: `${bare}/${query}` }, { path: bare + query }];
    },
  },
  {
    name: "leading-slash",
    step: "path",
    found: ({ path }) => `the slash at the path's start was dropped or doubled: ${path} was signed`,
    fix: "sign the path from the slash on, with one slash",
    changes: ({ path }) => [{ path: path.replace(/^\/+/, "") }, { path: `/${path}` }],
  },
  {
    name: "path-escapes",
    step: "path",
    found: ({ path }) => `the path was signed as ${path}, with other escapes or in lower case`,
    fix: "sign the path exactly as it is sent",
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
    fix: "sign the bare token",
    changes: ({ token }) =>
      token === undefined ? [] : ["Bearer ", "bearer ", "BEARER ", "Bearer"].map((word) => ({ token: word + token })),
  },
  {
    name: "token-missing",
    step: "token",
    found: "the access token was left out, as in the asymmetric signature",
    fix: "sign the token between path and body hash",
    changes: () => [{ token: undefined }],
  },
  {
    name: "token-empty",
    step: "token",
    found: ({ token }) => `the access token was empty when it was signed ("${token}")`,
    fix: "get the token first, then sign",
    changes: () => ["", "undefined", "null", "None", "Bearer", "Bearer "].map((token) => ({ token })),
  },
  {
    name: "token-blanks",
    step: "token",
    found: "the access token was signed with a blank, a line break or quotes around it",
    fix: "sign the bare token",
    changes: ({ token }) =>
      token === undefined
        ? []
        : [`${token}\n`, `${token}\r\n`, `${token} `, ` ${token}`, `"${token}"`].map((padded) => ({ token: padded })),
  },
  {
    name: "token-added",
    step: "layout",
    found: "the access token was signed, as in the symmetric signature",
    fix: "leave the token out: the asymmetric signature covers method, path, body hash and timestamp",
    changes: ({ token }, { type }) =>
      type === "asymmetric" && token !== undefined ? [{ layout: LAYOUTS.symmetric }] : [],
  },
  // ---- body
  {
    name: "body-not-minified",
    step: "body",
    found: "the body was hashed as it is, with its white space",
    fix: "minify it first: remove the white space outside of strings, and nothing else",
    changes: (_, { body }) => [{ body }],
  },
  {
    name: "body-stripped",
    step: "body",
    found: "white space was removed inside of strings as well",
    fix: "remove the white space outside of strings only",
    changes: (_, check) =>
      textsOf(check, (text) => [text.replace(/\s+/g, ""), text.replace(/ /g, ""), text.replace(/[\r\n\t]/g, "")]),
  },
  {
    name: "body-reserialised",
    step: "body",
    found: "the body was parsed and written again before it was hashed, which changed numbers, escapes or order",
    fix: "hash the text that is sent, and send that very text",
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
    fix: "write the body once, and hash and send the same text",
    changes: (_, check) =>
      textsOf(check, (text) => {
        // some keep numbers as they are, and encode only strings again
        const again = text.replace(STRINGS, (string) => JSON.stringify(JSON.parse(string)));
        return [text, again, sortedJson(again), sortedJson(JSON.stringify(JSON.parse(text)))].flatMap(dialectsOf);
      }),
  },
  {
    name: "body-line-break",
    step: "body",
    found: "a line break after the body was hashed with it, or its line breaks were changed",
    fix: "hash no line break, which echo adds unless told otherwise (echo -n)",
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
    fix: "hash the bytes that are sent; only the hash is written in lower case",
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
    fix: "hash the body that is sent",
    changes: ({ body }) => (body.length ? [{ body: Buffer.alloc(0) }] : []),
  },
  {
    name: "empty-body-as-json",
    step: "body",
    found: ({ body }) => `"${body}" was hashed in place of the body`,
    fix: "hash the body that is sent; without one, hash the empty string",
    changes: () =>
      ["{}", "[]", "null", '""', "undefined", "[object Object]"].map((text) => ({ body: Buffer.from(text) })),
  },
  // ---- body hash
  {
    name: "hash-dropped",
    step: "hashOf",
    found: "the body's hash was left out",
    fix: "sign the hash, that of the empty string of a request without a body",
    changes: () => [{ hashOf: () => undefined }, { hashOf: () => "" }],
  },
  {
    name: "hash-case",
    step: "hashOf",
    found: "the body's hash was written in upper case",
    fix: "write it in lower-case hex",
    changes: () => [{ hashOf: hashing((body) => hash("sha256", body, "hex").toUpperCase()) }],
  },
  {
    name: "hash-encoding",
    step: "hashOf",
    found: "the body's hash was written in Base64, or hashed or encoded twice",
    fix: "write the SHA-256 in lower-case hex, once",
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
    fix: "hash it with SHA-256",
    changes: () =>
      ["sha512", "sha1", "md5", "sha384", "sha3-256"].map((algorithm) => ({
        hashOf: hashing((body) => hash(algorithm, body, "hex")),
      })),
  },
  {
    name: "body-not-hashed",
    step: "hashOf",
    found: "the body itself was signed in place of its hash",
    fix: "sign its SHA-256 in lower-case hex",
    changes: () => [{ hashOf: hashing((body) => Buffer.from(body).toString()) }],
  },
  // ---- timestamp
  {
    name: "timestamp-zone",
    step: "timestamp",
    found: ({ timestamp }) => `the same moment was signed in another offset: ${timestamp}`,
    fix: `sign the ${headers.timestamp} header character for character`,
    changes: ({ timestamp }) =>
      withMoment(timestamp, ({ time, fraction }) => ZONES.map((zone) => written(time, zone, fraction))),
  },
  {
    name: "timestamp-fraction",
    step: "timestamp",
    found: ({ timestamp }) => `the timestamp was signed with another fraction of a second: ${timestamp}`,
    fix: `sign the ${headers.timestamp} header character for character; make the time once and keep it`,
    changes: ({ timestamp }) =>
      withMoment(timestamp, ({ time, zone }) =>
        [zone, "Z", "+07:00"].flatMap((its) => ["", ".0", ".000", ".000000"].map((each) => written(time, its, each))),
      ),
  },
  {
    name: "timestamp-milliseconds",
    step: "timestamp",
    found: ({ timestamp }) => `the timestamp was signed with other milliseconds than the header has: ${timestamp}`,
    fix: `sign the ${headers.timestamp} header character for character; make the time once and keep it`,
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
    fix: `make the time once, and use it for the signature and the ${headers.timestamp} header`,
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
    fix: `sign the ${headers.timestamp} header character for character`,
    changes: ({ timestamp }) =>
      withMoment(timestamp, ({ time, zone, fraction }) =>
        [zone, ...ZONES].flatMap((clock) => [zone, ...ZONES].map((label) => written(time, clock, fraction, label))),
      ),
  },
  {
    name: "timestamp-form",
    step: "timestamp",
    found: ({ timestamp }) => `the time was signed in another form: ${timestamp}`,
    fix: `sign the ${headers.timestamp} header character for character`,
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
    found: `the string to sign of a token request was signed, ${headers.clientKey}|${headers.timestamp}`,
    fix: "sign method, path, access token, body hash and timestamp",
    changes: ({ clientKey }, { type }) =>
      type !== "token" && clientKey !== undefined ? [{ layout: LAYOUTS.token }] : [],
  },
  {
    name: "separator",
    step: "layout",
    found: "the parts were joined with another separator",
    fix: "join them with :, in a token request with |",
    changes: (_, { type }) =>
      [":", "|", "", ",", "\n", "+", "&", " "].map((separator) => ({ layout: partsOf(type, separator) })),
  },
  {
    name: "order",
    step: "layout",
    found: "the parts were joined in another order",
    fix: "the order is method, path, access token, body hash, timestamp; in a token request client key, timestamp",
    changes: (_, { type }) => ordersOf(type).map((layout) => ({ layout })),
  },
  {
    name: "part-alone",
    step: "layout",
    found: "only the client key or only the timestamp was signed",
    fix: `sign ${headers.clientKey}|${headers.timestamp}`,
    changes: (_, { type }) =>
      type === "token" ? [{ layout: (r) => r.clientKey ?? "" }, { layout: (r) => r.timestamp }] : [],
  },
  {
    name: "string-line-break",
    step: "finish",
    found: "a line break or a blank at the end of the string to sign was signed with it",
    fix: "sign no line break, which echo adds unless told otherwise (echo -n)",
    changes: () => ["\n", "\r\n", " "].map((end) => ({ finish: (text: string) => text + end })),
  },
  {
    name: "string-changed",
    step: "finish",
    found: "the string to sign was hashed, encoded or changed in case before it was signed",
    fix: "sign the string as it is: only the body's hash is written in lower case",
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
    fix: "use the secret as it was issued; a file often ends in a line break",
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
    fix: "use the secret's characters as they are",
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
    fix: "use the client secret that the PJP issued",
    changes: ({ token, clientKey }) =>
      [token, clientKey, ""].filter((it) => it !== undefined).map((secret) => ({ secret })),
  },
  {
    name: "hmac-algorithm",
    step: "seal",
    found: "it was made with another algorithm than HMAC-SHA512",
    fix: "use HMAC-SHA512",
    changes: () => ["sha256", "sha1", "sha384", "md5", "sha3-512"].map((algorithm) => ({ seal: hmacWith(algorithm) })),
  },
  {
    name: "no-hmac",
    step: "seal",
    found: "it is not an HMAC but a plain hash, or key and text of the HMAC were swapped",
    fix: "use HMAC-SHA512 with the client secret as its key and the string to sign as its text",
    changes: () => [
      { seal: digestWith("sha512") },
      { seal: digestWith("sha256") },
      { seal: (text, secret) => createHash("sha512").update(secret).update(text).digest() },
      { seal: (text, secret) => createHash("sha512").update(text).update(secret).digest() },
      { seal: (text, secret) => createHmac("sha512", text).update(secret).digest() },
    ],
  },
];
