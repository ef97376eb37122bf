// What the client and the token provider ask of what they are given. A value is never quoted: it may be a secret.
import { operations } from "../../generated/operations.ts";
import type { KeyOptions, RsaKeyObject } from "../snap/keys.ts";
import { privateKeyOf, proven } from "../snap/pem.ts";
import { invalidOption } from "../util/errors.ts";
import { trimmed } from "../util/foreign-text.ts";

/** What every path begins with, which is not part of a baseUrl. */
const VERSION = operations.qrCpmPayment.path.split("/", 2).join("/");

/**
 * The URL that requests go to: absolute, https (or http to this machine, or where it is allowed), without version, query, fragment,
 * credentials or trailing slash.
 * @param basePath what is added where the URL has no path
 * @param option what it is called in errors
 */
export function checkBaseUrl(
  baseUrl: string,
  allowHttp = false,
  { basePath = "", option = "baseUrl" }: { basePath?: string | undefined; option?: string } = {},
): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw invalidOption(`${option} must be an absolute http or https URL, such as "https://snap.bank.example".`);
  }
  if (url.search || url.hash || url.username || url.password) {
    throw invalidOption(
      `${option} must not have a query, a fragment or credentials; give scheme, host and base path only.`,
    );
  }
  if (url.protocol === "http:" && !allowHttp && !isThisMachine(url.hostname)) {
    throw invalidOption(
      `${option} must be https: over http, tokens and payments can be read and changed on the way. Use https, or set allowHttp: true in a network that you trust.`,
    );
  }
  const path = trimmed(url.pathname, "", "/");
  if (path.endsWith(VERSION)) {
    throw invalidOption(
      `${option} must not end in ${VERSION}, which the client puts before each path itself; leave it out.`,
    );
  }
  return url.origin + (path || basePath);
}

function isThisMachine(hostname: string): boolean {
  return /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

/** How long an answer may be. */
export function checkMaxAnswerBytes(bytes: number): number {
  if (Number.isSafeInteger(bytes) && bytes >= 1) return bytes;
  throw invalidOption("maxAnswerBytes must be a whole number of bytes from 1 on.");
}

/** A time limit in milliseconds, as far as timers reach. */
export function checkTimeout(timeout: number): number {
  if (timeout >= 0 && timeout <= 0x7fffffff) return timeout;
  throw invalidOption("timeout must be a number of milliseconds from 0 (no limit) to 2147483647.");
}

/** A header's value, without spaces around it. fetch would quote a bad one in its error. */
export function checkHeader(name: string, value: string): string {
  if (typeof value === "string" && !/[^\t\x20-\x7e\x80-\xff]/.test(value)) return trimmed(value, "\t ", "\t ");
  throw invalidOption(`${name} must be a header value: Latin-1 text without line breaks.`);
}

/** An option that goes into a header, which must not be empty. */
export function checkFilled(option: string, header: string, value: string): string {
  if (!value) throw invalidOption(`${option} must not be empty; it is sent as ${header}.`);
  return checkHeader(option, value);
}

/** Whether something is a token as it stands behind `Bearer `. */
export function isBareToken(token: unknown): token is string {
  return typeof token === "string" && /^[\x21-\x7e]+$/.test(token);
}

/** A token as it stands behind `Bearer `. */
export function checkToken(name: string, token: string): string {
  if (isBareToken(token)) return token;
  throw invalidOption(`${name} must be the bare token: not empty, no spaces, without "Bearer ".`);
}

/** A private key, loaded, and proven to sign, so that one that cannot is found before the first call. */
export function checkPrivateKey(key: string | RsaKeyObject, options: KeyOptions): RsaKeyObject {
  const privateKey = privateKeyOf(key, options);
  // a text was proven when it was read
  return typeof key === "string" ? privateKey : proven(privateKey);
}

/**
 * The path of a token request, checked.
 * @throws TypeError (`ERR_SNAP_INVALID_OPTION`) when it does not begin with a slash
 */
export function checkPath(path: string): string {
  if (path.startsWith("/")) return path;
  throw invalidOption(`path must start with a slash, such as "${operations.accessTokenB2b.path}".`);
}
