// What the client and the token provider ask of what they are given. A value is never quoted: it may be a secret.
import type { RsaKeyObject } from "../snap/keys.ts";
import { privateKeyOf } from "../snap/pem.ts";
import { sign } from "../snap/signature.ts";
import { invalidOption } from "../util/errors.ts";

/** The URL that requests go to: absolute, http or https, without query, fragment, credentials or trailing slash. */
export function checkBaseUrl(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw invalidOption('baseUrl must be an absolute http or https URL, such as "https://snap.bank.example".');
  }
  if (url.search || url.hash || url.username || url.password) {
    throw invalidOption(
      "baseUrl must not have a query, a fragment or credentials; give scheme, host and base path only.",
    );
  }
  return url.origin + url.pathname.replace(/\/+$/, "");
}

/** A time limit in milliseconds, as far as timers reach. */
export function checkTimeout(timeout: number): number {
  if (timeout >= 0 && timeout <= 0x7fffffff) return timeout;
  throw invalidOption("timeout must be a number of milliseconds from 0 (no limit) to 2147483647.");
}

/** A header's value, without spaces around it. fetch would quote a bad one in its error. */
export function checkHeader(name: string, value: string): string {
  if (typeof value === "string" && !/[^\t\x20-\x7e\x80-\xff]/.test(value)) return value.replace(/^[\t ]+|[\t ]+$/g, "");
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

/** A private key, loaded. It signs once here, so that one that cannot is found before the first call. */
export function checkPrivateKey(key: string | RsaKeyObject): RsaKeyObject {
  const privateKey = privateKeyOf(key);
  sign({ type: "token", clientKey: "-", timestamp: "-", privateKey });
  return privateKey;
}
