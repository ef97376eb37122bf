// The usual mistakes in making a signature, as a table: what each makes of the step that it concerns. Those in what of the body is
// hashed are in body-mistakes.ts.
import { createHash, createHmac, hash } from "node:crypto";
import { headers } from "../../generated/operations.ts";
import { digestWith, hashing, hmacWith, type Mutation, PARTS } from "./recipe.ts";
import {
  basePathsOf,
  orNone,
  otherPathsOf,
  partOrdersOf,
  queriesOf,
  secondsFrom,
  urlsOf,
  withMoment,
  written,
  ZONES,
} from "./varieties.ts";

const HASHES = ["sha512", "sha1", "md5", "sha384", "sha3-256", "sha224"];
/** SHA-512, SHA3-256, MD5. */
const nameOf = (algorithm: string) => algorithm.toUpperCase().replace(/^SHA(?=\d+$)/, "SHA-");
const inWords = (encoding: "base64" | "hex") => (encoding === "hex" ? "hex" : "Base64");

/** The usual mistakes. Where two make the same bytes, the one that comes first is told. */
export const MUTATIONS: readonly Mutation[] = [
  // ---- method
  {
    name: "method-case",
    found: ({ method }) => `the method was signed as "${method}"`,
    fix: "sign it in upper case",
    changes: ({ method }) => [
      { method: method.toLowerCase() },
      { method: method.slice(0, 1) + method.slice(1).toLowerCase() },
    ],
  },
  {
    name: "other-method",
    found: ({ method }) => `the method ${method} was signed`,
    fix: "sign the method that is sent",
    changes: () => ["GET", "POST", "PUT", "PATCH", "DELETE"].map((method) => ({ method })),
  },
  // ---- path
  {
    name: "absolute-url",
    found: ({ url }) => `the URL was signed, with ${url} before the path`,
    fix: "sign the path alone, from the slash on",
    changes: (_, { baseUrl, path }) =>
      urlsOf(baseUrl, path).map((change) => ({
        ...change,
        askedBy: "ShopeePay's notifications sign the whole callback URL",
      })),
  },
  {
    name: "query-dropped",
    found: "the path was signed without its query",
    fix: "sign the path with its query, exactly as it is sent",
    changes: ({ query }) => (query ? [{ query: "" }] : []),
  },
  {
    name: "query-changed",
    found: ({ query, said }) => `the query was ${said}: ${query} was signed`,
    fix: "sign the query exactly as it is sent",
    changes: ({ query }) => queriesOf(query),
  },
  {
    name: "base-path",
    found: ({ path, said }) => `the path was signed as ${path}, ${said}`,
    fix: "sign the whole path that is sent, from the first slash after the host on",
    changes: ({ path }, { baseUrl }) => basePathsOf(path, baseUrl),
  },
  {
    name: "other-path",
    found: ({ path, said }) => `the path was signed as ${path}, ${said}`,
    fix: "sign the path that is sent",
    changes: ({ path }, { paths }) => otherPathsOf(path, paths),
  },
  {
    name: "trailing-slash",
    found: ({ path }) => `the slash at the path's end was dropped or added: ${path} was signed`,
    fix: "sign the path exactly as it is sent",
    changes: ({ path }) => [{ path: path.endsWith("/") ? path.slice(0, -1) : `${path}/` }],
  },
  {
    name: "leading-slash",
    found: ({ path }) => `the slash at the path's start was dropped or doubled: ${path} was signed`,
    fix: "sign the path from the slash on, with one slash",
    changes: ({ path }) => [{ path: path.replace(/^\/+/, "") }, { path: `/${path}` }],
  },
  {
    name: "path-escapes",
    found: ({ path, query = "" }) => `the path was signed as ${path}${query}, with other escapes or in another case`,
    fix: "sign the path exactly as it is sent",
    changes: ({ path, query }) => [
      ...[decodeURIComponent, decodeURI, encodeURI, encodeURIComponent].flatMap((change) =>
        orNone(() => ({ path: change(path), query: change(query) })),
      ),
      { path: path.toLowerCase() },
      { path: path.toLowerCase(), query: query.toLowerCase() },
      { path: path.toUpperCase() },
    ],
  },
  // ---- access token
  {
    name: "bearer",
    found: '"Bearer " was left in front of the access token',
    fix: "sign the bare token",
    changes: ({ token }) =>
      token === undefined ? [] : ["Bearer ", "bearer ", "BEARER ", "Bearer"].map((word) => ({ token: word + token })),
  },
  {
    name: "token-missing",
    found: "the access token was left out, as in the asymmetric signature",
    fix: "sign the token between path and body hash",
    changes: () => [{ token: undefined }],
  },
  {
    name: "token-empty",
    found: ({ token }) => `the access token was empty when it was signed ("${token}")`,
    fix: "get the token first, then sign",
    changes: () => ["", "undefined", "null", "None", "Bearer", "Bearer "].map((token) => ({ token })),
  },
  {
    name: "token-blanks",
    found: "the access token was signed with a blank, a line break or quotes around it",
    fix: "sign the bare token",
    changes: ({ token }) =>
      token === undefined
        ? []
        : [`${token}\n`, `${token}\r\n`, `${token} `, ` ${token}`, `"${token}"`].map((padded) => ({ token: padded })),
  },
  {
    name: "token-added",
    found: "the access token was signed, as in the symmetric signature",
    fix: "leave the token out: the asymmetric signature covers method, path, body hash and timestamp",
    changes: ({ token }, { type }) =>
      type === "asymmetric" && token !== undefined ? [{ parts: PARTS.symmetric, askedBy: "Bank Neo asks for it" }] : [],
  },
  // ---- body hash
  {
    name: "hash-dropped",
    found: "the body's hash was left out",
    fix: "sign the hash, that of the empty string of a request without a body",
    changes: () => [{ hashOf: () => undefined }, { hashOf: () => "" }],
  },
  {
    name: "hash-case",
    found: "the body's hash was written in upper case",
    fix: "write it in lower-case hex",
    changes: () => [{ hashOf: hashing((body) => hash("sha256", body, "hex").toUpperCase()) }],
  },
  {
    name: "hash-encoding",
    found: ({ said }) => `the body's hash was ${said}`,
    fix: "write the SHA-256 in lower-case hex, once",
    changes: () => [
      { hashOf: hashing((body) => hash("sha256", body, "base64")), said: "written in Base64" },
      { hashOf: hashing((body) => hash("sha256", body, "base64url")), said: "written in the Base64 of URLs" },
      {
        hashOf: hashing((body) => Buffer.from(hash("sha256", body, "hex")).toString("base64")),
        said: "written in hex, and that in Base64",
      },
      { hashOf: hashing((body) => hash("sha256", hash("sha256", body, "hex"), "hex")), said: "hashed again" },
      { hashOf: hashing((body) => hash("sha256", hash("sha256", body, "buffer"), "hex")), said: "hashed again" },
    ],
  },
  {
    name: "hash-algorithm",
    found: ({ said }) => `the body was hashed with ${said}, not with SHA-256`,
    fix: "hash it with SHA-256",
    changes: () =>
      HASHES.map((algorithm) => ({
        hashOf: hashing((body) => hash(algorithm, body, "hex")),
        said: nameOf(algorithm),
      })),
  },
  {
    name: "body-not-hashed",
    found: "the body itself was signed in place of its hash",
    fix: "sign its SHA-256 in lower-case hex",
    changes: () => [{ hashOf: hashing((body) => Buffer.from(body).toString()) }],
  },
  // ---- timestamp
  {
    name: "timestamp-zone",
    found: ({ timestamp }) => `the same moment was signed in another offset: ${timestamp}`,
    fix: `sign the ${headers.timestamp} header character for character`,
    changes: ({ timestamp }) =>
      withMoment(timestamp, ({ time, fraction }) => ZONES.map((zone) => written(time, zone, fraction))),
  },
  {
    name: "timestamp-fraction",
    found: ({ timestamp }) => `the timestamp was signed with another fraction of a second: ${timestamp}`,
    fix: `sign the ${headers.timestamp} header character for character; make the time once and keep it`,
    changes: ({ timestamp }) =>
      withMoment(timestamp, ({ time, zone }) =>
        [zone, "Z", "+07:00"].flatMap((its) => ["", ".0", ".000", ".000000"].map((each) => written(time, its, each))),
      ),
  },
  {
    name: "timestamp-milliseconds",
    found: ({ timestamp }) => `the timestamp was signed with other milliseconds than the header has: ${timestamp}`,
    fix: `sign the ${headers.timestamp} header character for character; make the time once and keep it`,
    changes: ({ timestamp }) =>
      withMoment(timestamp, ({ time, zone }) =>
        [zone, "Z", "+07:00"].flatMap((its) =>
          Array.from({ length: 1000 }, (_, ms) => written(time, its, `.${String(ms).padStart(3, "0")}`)),
        ),
      ).map((change) => ({ ...change, alone: true })),
  },
  {
    name: "timestamp-seconds",
    found: ({ timestamp }) => `another time was signed: ${timestamp}`,
    fix: `make the time once, and use it for the signature and the ${headers.timestamp} header`,
    changes: ({ timestamp }) => [...secondsFrom(timestamp, 3), ...secondsFrom(timestamp, 120)],
  },
  {
    name: "timestamp-clock",
    found: ({ timestamp }) => `the clock's time was signed under an offset that is not its own: ${timestamp}`,
    fix: `sign the ${headers.timestamp} header character for character`,
    changes: ({ timestamp }) =>
      withMoment(timestamp, ({ time, zone, fraction }) =>
        [zone, ...ZONES].flatMap((clock) => [zone, ...ZONES].map((label) => written(time, clock, fraction, label))),
      ),
  },
  {
    name: "timestamp-form",
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
    found: `the string to sign of a token request was signed, ${headers.clientKey}|${headers.timestamp}`,
    fix: "sign method, path, access token, body hash and timestamp",
    changes: ({ clientKey }, { type }) =>
      type !== "token" && clientKey !== undefined
        ? [{ parts: PARTS.token, separator: "|", askedBy: "PayCools asks for it, though it does not cover the body" }]
        : [],
  },
  {
    name: "separator",
    found: ({ separator }) => `the parts were joined with ${JSON.stringify(separator)}`,
    fix: "join them with :, in a token request with |",
    changes: () => [":", "|", "", ",", "\n", "+", "&", " ", "-", ";", ".", "\r\n"].map((separator) => ({ separator })),
  },
  {
    name: "order",
    found: ({ said }) => `the parts were joined in another order: ${said}`,
    fix: "the order is method, path, access token, body hash, timestamp; in a token request client key, timestamp",
    changes: (_, { type }) => partOrdersOf(type),
  },
  {
    name: "part-alone",
    found: ({ said }) => `only the ${said} was signed`,
    fix: "sign all parts of the string to sign",
    changes: (_, { type }) =>
      type === "token"
        ? [
            { parts: ["clientKey"], said: "client key" },
            { parts: ["timestamp"], said: "timestamp" },
          ]
        : [
            { parts: ["hash"], said: "body's hash" },
            { parts: ["method", "target", "token", "hash"], said: "part before the timestamp" },
            { parts: ["method", "target"], said: "part before the body's hash" },
          ],
  },
  {
    name: "string-line-break",
    found: "a line break or a blank at the end of the string to sign was signed with it",
    fix: "sign no line break, which echo adds unless told otherwise (echo -n)",
    changes: () => ["\n", "\r\n", " "].map((end) => ({ finish: (text: string) => text + end })),
  },
  {
    name: "string-changed",
    found: ({ said }) => `the string to sign was ${said} before it was signed`,
    fix: "sign the string as it is: only the body's hash is written in lower case",
    changes: () => [
      { finish: (text) => hash("sha256", text, "hex"), said: "hashed with SHA-256" },
      { finish: (text) => hash("sha512", text, "hex"), said: "hashed with SHA-512" },
      { finish: (text) => Buffer.from(text).toString("base64"), said: "encoded in Base64" },
      { finish: (text) => encodeURIComponent(text), said: "URL-encoded" },
      { finish: (text) => JSON.stringify(text), said: "turned into JSON, in quotes," },
      { finish: (text) => text.toLowerCase(), said: "changed to lower case" },
      { finish: (text) => text.toUpperCase(), said: "changed to upper case" },
    ],
  },
  // ---- HMAC
  {
    name: "secret-blanks",
    found: ({ said }) => `the client secret was used ${said}`,
    fix: "use the secret as it was issued; a file often ends in a line break",
    changes: ({ secret }) =>
      typeof secret === "string"
        ? [
            { secret: `${secret}\n`, said: "with a line break after it" },
            { secret: `${secret}\r\n`, said: "with a line break (CRLF) after it" },
            { secret: `${secret} `, said: "with a blank after it" },
            { secret: ` ${secret}`, said: "with a blank before it" },
            { secret: `"${secret}"`, said: "in quotes" },
            { secret: `'${secret}'`, said: "in single quotes" },
            { secret: secret.trim(), said: "without the blanks around it" },
            { secret: secret.toLowerCase(), said: "in lower case" },
            { secret: secret.toUpperCase(), said: "in upper case" },
          ]
        : [],
  },
  {
    name: "secret-decoded",
    found: ({ said }) => `the client secret was ${said} before it was used`,
    fix: "use the secret's characters as they are",
    changes: ({ secret }) => {
      if (typeof secret !== "string") return [];
      const decoded = (["base64", "hex"] as const).flatMap((encoding) => {
        const bytes = Buffer.from(secret, encoding);
        return bytes.length > 0 ? [{ secret: bytes, said: `decoded from ${inWords(encoding)}` }] : [];
      });
      const encoded = (["base64", "hex"] as const).map((encoding) => ({
        secret: Buffer.from(secret).toString(encoding),
        said: `encoded in ${inWords(encoding)}`,
      }));
      const hashed = { secret: hash("sha256", secret, "hex"), said: "hashed with SHA-256" };
      return [...decoded, ...encoded, hashed];
    },
  },
  {
    name: "other-secret",
    found: ({ said }) => `${said} was used in place of the client secret`,
    fix: "use the client secret that the PJP issued",
    changes: ({ token, clientKey }) =>
      [
        { secret: token, said: "the access token" },
        { secret: clientKey, said: "the client key" },
        { secret: "", said: "nothing" },
      ].flatMap(({ secret, said }) => (secret === undefined ? [] : [{ secret, said }])),
  },
  {
    name: "hmac-algorithm",
    found: ({ said }) => `it was made with ${said}`,
    fix: "use HMAC-SHA512",
    changes: () =>
      ["sha256", "sha1", "sha384", "md5", "sha3-512", "sha224", "sha512-256"].map((algorithm) => ({
        seal: hmacWith(algorithm),
        said: `HMAC-${algorithm.toUpperCase()}`,
      })),
  },
  {
    name: "no-hmac",
    found: ({ said }) => `it is ${said}`,
    fix: "use HMAC-SHA512 with the client secret as its key and the string to sign as its text",
    changes: () => [
      { seal: digestWith("sha512"), said: "not an HMAC but the SHA-512 of the string to sign" },
      { seal: digestWith("sha256"), said: "not an HMAC but the SHA-256 of the string to sign" },
      {
        seal: (text, secret) => createHash("sha512").update(secret).update(text).digest("binary"),
        said: "not an HMAC but the SHA-512 of secret and string to sign",
      },
      {
        seal: (text, secret) => createHash("sha512").update(text).update(secret).digest("binary"),
        said: "not an HMAC but the SHA-512 of string to sign and secret",
      },
      {
        seal: (text, secret) => createHmac("sha512", text).update(secret).digest("binary"),
        said: "an HMAC-SHA512 with key and text swapped",
      },
    ],
  },
];
