// What goes into X-SIGNATURE: the string to sign, made of the very bytes that are sent, and the signature over it.
import { createHmac, type Hmac, hash, sign as signRsa, timingSafeEqual, verify as verifyRsa } from "node:crypto";
import { headers, operations } from "../../generated/operations.ts";
import { invalidArgument } from "../util/errors.ts";
import { endOfString } from "../util/json-text.ts";
import type { KeyOptions, RsaKeyObject } from "./keys.ts";
import { privateKeyOf, publicKeyOf } from "./pem.ts";

/** A transaction request under the default, symmetric signature: HMAC-SHA512 with the client secret. */
export interface SymmetricInput {
  type: "symmetric";
  /** HTTP method, in any case. */
  method: string;
  /** Path from the slash on, with its query string, exactly as it is sent. */
  path: string;
  /** The B2B access token, without `Bearer `. */
  accessToken: string;
  /** The request body exactly as it is sent; `""` when there is none. */
  body: string | Uint8Array;
  /** The value of X-TIMESTAMP, character for character. */
  timestamp: string;
}

/** A transaction request under the asymmetric signature, which needs no access token: SHA256withRSA. */
export interface AsymmetricInput {
  type: "asymmetric";
  /** HTTP method, in any case. */
  method: string;
  /** Path from the slash on, with its query string, exactly as it is sent. */
  path: string;
  /** The request body exactly as it is sent; `""` when there is none. */
  body: string | Uint8Array;
  /** The value of X-TIMESTAMP, character for character. */
  timestamp: string;
}

/** A request for an access token (service 73): SHA256withRSA. */
export interface TokenInput {
  type: "token";
  /** The value of X-CLIENT-KEY. */
  clientKey: string;
  /** The value of X-TIMESTAMP, character for character. */
  timestamp: string;
}

/** What a SNAP signature covers, for each of the three kinds. */
export type SnapSignatureInput = SymmetricInput | AsymmetricInput | TokenInput;

/** How a signature is written: the standard does not say; its samples look like hex, the field uses Base64. */
export type SignatureEncoding = "base64" | "hex";

/** What {@link sign} takes: the input, and the secret or the key that its kind needs. */
export type SignInput =
  | (SymmetricInput & { clientSecret: string; encoding?: SignatureEncoding })
  | ((AsymmetricInput | TokenInput) & KeyOptions & { privateKey: string | RsaKeyObject; encoding?: SignatureEncoding });

/** What {@link verify} takes: the input, the signature received, and the secret or the key that its kind needs. */
export type VerifyInput =
  | (SymmetricInput & { clientSecret: string; signature: string })
  | ((AsymmetricInput | TokenInput) & KeyOptions & { publicKey: string | RsaKeyObject; signature: string });

/**
 * Removes the JSON whitespace outside string literals and nothing else: numbers, escapes and strings stay as they are.
 *
 * The text is not parsed, so it may be any text; the input itself comes back when there is nothing to remove.
 * @param body the body as text, or as UTF-8 bytes
 * @returns text for text, bytes for bytes
 * @throws TypeError (`ERR_SNAP_INVALID_ARGUMENT`) when the body is neither, such as a parsed object
 * @example minifyJson('{ "value": 1.0, "note": "goods A" }') // '{"value":1.0,"note":"goods A"}'
 * @see the standard's security page, symmetric signature: "minify" of the request body, which it leaves undefined
 */
export function minifyJson(body: string): string;
export function minifyJson(body: Uint8Array): Uint8Array;
export function minifyJson(body: string | Uint8Array): string | Uint8Array;
export function minifyJson(body: string | Uint8Array): string | Uint8Array {
  if (typeof body === "string") return minifyText(body);
  if (!(body instanceof Uint8Array))
    throw invalidArgument("body must be text or bytes; pass what goes over the wire, not the parsed object.");
  // Latin-1 makes one character of each byte and back. What matters here is ASCII, which no part of a longer UTF-8
  // sequence can be mistaken for.
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("latin1");
  const minified = minifyText(text);
  return minified === text ? body : new Uint8Array(Buffer.from(minified, "latin1"));
}

/**
 * Returns the SHA-256 of the minified body as 64 lower-case hex digits; an empty body has the hash of the empty string.
 * @param body the body as text, or as UTF-8 bytes
 * @throws TypeError (`ERR_SNAP_INVALID_ARGUMENT`) when the body is neither, such as a parsed object
 * @example hashBody("") // "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
 * @see the standard's security page, symmetric signature: Lowercase(HexEncode(SHA-256(minify(RequestBody))))
 */
export function hashBody(body: string | Uint8Array): string {
  return hashOf(minifyJson(body));
}

/** The hash of a text or of bytes as they are. */
export const hashOf = (body: string | Uint8Array): string => hash("sha256", body, "hex");

/**
 * Returns the text that the signature is made over.
 *
 * - symmetric: `METHOD:path:accessToken:bodyHash:timestamp`
 * - asymmetric: `METHOD:path:bodyHash:timestamp`
 * - token: `clientKey|timestamp`
 * @throws TypeError (`ERR_SNAP_INVALID_ARGUMENT`) when a part is empty, the path does not start with a slash, or the token still has
 *   its `Bearer `
 * @example stringToSign({ type: "token", clientKey: "my-client", timestamp: "2020-12-23T07:44:11+07:00" })
 * // "my-client|2020-12-23T07:44:11+07:00"
 * @see the standard's security page, the stringToSign of the symmetric, the asymmetric and the access token signature
 */
export function stringToSign(input: SnapSignatureInput): string {
  return stringToSignAs(input);
}

/** The same of somebody who signs something else than the standard says. */
export function stringToSignAs(input: SnapSignatureInput, { bodyHash, url }: Dialect = {}): string {
  const { timestamp } = input;
  if (!timestamp)
    throw invalidArgument(`timestamp must not be empty; pass the value of the ${headers.timestamp} header.`);
  if (input.type === "token") {
    if (!input.clientKey)
      throw invalidArgument(`clientKey must not be empty; pass the value of the ${headers.clientKey} header.`);
    return `${input.clientKey}|${timestamp}`;
  }
  const { method, path, body } = input;
  if (!method) throw invalidArgument('method must not be empty; pass the HTTP method, such as "POST".');
  checkPath(path);
  const target = url ?? path;
  const hashed = bodyHash ?? hashBody(body);
  if (input.type === "asymmetric") return `${method.toUpperCase()}:${target}:${hashed}:${timestamp}`;
  checkToken(input.accessToken);
  return `${method.toUpperCase()}:${target}:${input.accessToken}:${hashed}:${timestamp}`;
}

/**
 * Signs, and returns the value of X-SIGNATURE: HMAC-SHA512 for a symmetric input, SHA256withRSA for the other two.
 *
 * Reading and proving a PEM takes time on every call: load the key once with {@link loadPrivateKey}.
 * @param input what is signed, with `clientSecret` (symmetric) or `privateKey` (asymmetric and token: PEM text or
 *   KeyObject), and `encoding`, Base64 unless it says hex
 * @throws TypeError (`ERR_SNAP_INVALID_ARGUMENT`) as {@link stringToSign} does, and when the secret is empty; (`ERR_SNAP_INVALID_KEY`)
 *   when the key is not an RSA private key of 2048 bits or more (fewer with `allowWeakKeys`)
 * @example sign({ type: "symmetric", method: "POST", path: "/v1.0/qr/qr-cpm-payment", accessToken, body, timestamp,
 *   clientSecret })
 * @see the standard's security page, X-SIGNATURE of the symmetric, the asymmetric and the access token signature
 */
export function sign(input: SignInput): string {
  return signAs(input);
}

/** The same of somebody who signs something else than the standard says. */
export function signAs(input: SignInput, dialect: Dialect = {}): string {
  const { encoding = "base64" } = input;
  if (input.type === "symmetric") return hmac(input, dialect).digest(encoding);
  const text = Buffer.from(stringToSignAs(input, dialect));
  return signRsa("sha256", text, privateKeyOf(input.privateKey, input)).toString(encoding);
}

/**
 * Tells whether a signature is the one over this input; it may be in Base64 (either alphabet, padded or not) or in hex (either
 * case).
 *
 * Parsing a PEM takes time on every call: load the key once with {@link loadPublicKey}.
 * @param input what was signed, `signature` as received, and `clientSecret` (symmetric) or `publicKey` (asymmetric and
 *   token: PEM text or KeyObject)
 * @returns false for any other text, cut off and empty ones included
 * @throws TypeError (`ERR_SNAP_INVALID_ARGUMENT`) as {@link stringToSign} does, and when the secret is empty; (`ERR_SNAP_INVALID_KEY`)
 *   when the key is not an RSA public key of 2048 bits or more (fewer with `allowWeakKeys`)
 * @example verify({ type: "token", clientKey, timestamp, publicKey, signature }) // true or false
 * @see the standard's security page, X-SIGNATURE of the symmetric, the asymmetric and the access token signature
 */
export function verify(input: VerifyInput): boolean {
  return verifiedSignature(input) !== undefined;
}

/** What some sign in place of what the standard says. */
export interface Dialect {
  /** The hash of another form of the body than the minified one. */
  bodyHash?: string | undefined;
  /** The absolute URL in place of the path. */
  url?: string | undefined;
}

/**
 * The bytes of a signature that is the one over this input, however they were written; undefined if it is not.
 */
export function verifiedSignature(input: VerifyInput, dialect: Dialect = {}): Buffer | undefined {
  if (input.type === "symmetric") {
    const expected = hmac(input, dialect).digest();
    const received = decodeSignature(input.signature, expected.length);
    return received && timingSafeEqual(received, expected) ? received : undefined;
  }
  const text = Buffer.from(stringToSignAs(input, dialect));
  const key = publicKeyOf(input.publicKey, input);
  const received = decodeSignature(input.signature, Math.ceil((key.asymmetricKeyDetails?.modulusLength ?? 0) / 8));
  return received && verifyRsa("sha256", text, key, received) ? received : undefined;
}

const QUOTE = 0x22;

function minifyText(text: string): string {
  // The usual body is minified already, and four native searches are ten times faster than a look at each character.
  if (!text.includes(" ") && !text.includes("\n") && !text.includes("\t") && !text.includes("\r")) return text;
  let kept = "";
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d) {
      kept += text.slice(start, at);
      start = at + 1;
    }
  }
  return kept + text.slice(start);
}

function checkPath(path: string): void {
  if (path.startsWith("/")) return;
  const found = /^[a-z][a-z\d+.-]*:\/\//i.test(path) ? ", but is an absolute URL" : "";
  const example = `"${operations.qrCpmPayment.path}"`;
  throw invalidArgument(
    `path must start with a slash${found}; pass what follows the host, such as ${example}, with its query.`,
  );
}

function checkToken(accessToken: string): void {
  if (!accessToken)
    throw invalidArgument(`accessToken must not be empty; pass the token of the ${headers.authorization} header.`);
  if (/^\s*bearer\s/i.test(accessToken))
    throw invalidArgument('accessToken must be the bare token, without "Bearer "; the signature covers nothing else.');
}

function hmac(input: SymmetricInput & { clientSecret: string }, dialect: Dialect = {}): Hmac {
  if (!input.clientSecret)
    throw invalidArgument("clientSecret must not be empty; pass the secret that the PJP issued.");
  return createHmac("sha512", input.clientSecret).update(stringToSignAs(input, dialect));
}

/** The bytes of a signature of `length` bytes, or undefined if the text is not one. */
function decodeSignature(signature: string, length: number): Buffer | undefined {
  for (const encoding of SIGNATURE_ENCODINGS) {
    const bytes = signatureBytes(signature, encoding);
    if (bytes?.length === length) return bytes;
  }
  return undefined;
}

/** How a signature that is received may be written. */
export const SIGNATURE_ENCODINGS = ["base64", "base64url", "hex"] as const;

/** The bytes that a text stands for in an encoding, or undefined if it is not in that encoding to the last bit of its last character. */
export function signatureBytes(text: string, encoding: (typeof SIGNATURE_ENCODINGS)[number]): Buffer | undefined {
  const exact = encoding === "base64" ? padded(text) : encoding === "hex" ? text.toLowerCase() : unpadded(text);
  const bytes = Buffer.from(exact, encoding);
  // Buffer skips what it cannot read; only encoding it again shows that nothing was skipped
  return bytes.toString(encoding) === exact ? bytes : undefined;
}

/** Base64 with its padding, which some writers leave out and Node does not; half of it is a text that was cut off. */
const padded = (text: string) => (text.endsWith("=") ? text : text.padEnd(Math.ceil(text.length / 4) * 4, "="));

/** Base64 in the URL's alphabet without its padding, which some writers give it and Node does not. */
function unpadded(text: string): string {
  return text.length % 4 === 0 ? text.replace(/={1,2}$/, "") : text;
}
