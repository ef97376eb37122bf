// Who signed a request, with which key and over which form of its body.
import { hashOf, type VerifyInput, verifiedSignature } from "../snap/signature.ts";
import { invalidArgument } from "../util/errors.ts";
import { parseObject } from "./body.ts";
import type { Exchange } from "./checks.ts";
import type { BodyForm, SnapKey } from "./options.ts";
import { reportError } from "./report.ts";
import type { Settings } from "./settings.ts";

/**
 * Whether one of the keys made the signature; the exchange is told which. A key that cannot be read is reported, and the next one
 * tried: one of two is a mistake made while keys are replaced.
 * @throws what reading the last key threw, where none could be read
 */
export function verifiedBy(keys: readonly SnapKey[], exchange: Exchange, settings: Settings): boolean {
  const unreadable: unknown[] = [];
  for (let place = 0; place < keys.length; place += 1) {
    try {
      if (isSignedWith(keys[place] as SnapKey, place, exchange, settings))
        return reported(unreadable, exchange, settings);
    } catch (error) {
      unreadable.push(error);
    }
  }
  if (unreadable.length === keys.length) throw unreadable.pop();
  reported(unreadable, exchange, settings);
  return false;
}

function reported(errors: unknown[], exchange: Exchange, settings: Settings): true {
  for (const error of errors) reportError(error, exchange, settings);
  return true;
}

/** @throws TypeError when what was looked up is not a key, which is not the caller's fault */
function isSignedWith(key: SnapKey, place: number, exchange: Exchange, settings: Settings): boolean {
  const { type } = key;
  if (type !== "asymmetric" && type !== "symmetric") {
    throw invalidArgument(
      'key must return { type: "symmetric", clientSecret } or { type: "asymmetric", publicKey }, a list of them, or undefined.',
    );
  }
  const input = inputOf(key, exchange, settings);
  if (!input) return false;
  if (input.type === "token") {
    exchange.signature = verifiedSignature(input);
    if (exchange.signature) exchange.verified = { key: place, type, bodyForm: undefined };
    return exchange.signature !== undefined;
  }
  const url = settings.signedPath === "url" ? `${new URL(settings.publicUrl ?? "").origin}${input.path}` : undefined;
  for (const form of settings.bodyForms) {
    const bodyHash = form === "minified" ? undefined : rewrittenHash(exchange.bytes);
    if (form !== "minified" && bodyHash === undefined) continue;
    exchange.signature = verifiedSignature(input, dialectOf(bodyHash, url));
    if (exchange.signature) exchange.verified = { key: place, type, bodyForm: form satisfies BodyForm };
    if (exchange.signature) return true;
  }
  return false;
}

const STANDARD = {};
const dialectOf = (bodyHash: string | undefined, url: string | undefined) =>
  bodyHash === undefined && url === undefined
    ? STANDARD
    : { ...(bodyHash !== undefined && { bodyHash }), ...(url !== undefined && { url }) };

/** What a key would have signed; undefined where it is of the wrong kind for this request. */
function inputOf(key: SnapKey, exchange: Exchange, settings: Settings): VerifyInput | undefined {
  const { request, facts, bytes, accessToken, caller, timestamp, sentSignature } = exchange;
  const signature = sentSignature;
  if (!facts.bearer) {
    if (key.type !== "asymmetric") return undefined;
    return { type: "token", clientKey: caller.partnerId, timestamp, publicKey: key.publicKey, signature };
  }
  const { method } = request;
  const path = signedPath(exchange, settings);
  const { type } = key;
  if (type === "asymmetric") return { type, method, path, body: bytes, timestamp, publicKey: key.publicKey, signature };
  if (accessToken === undefined) return undefined;
  return { type, method, path, body: bytes, timestamp, accessToken, clientSecret: key.clientSecret, signature };
}

/** The path that was signed. */
function signedPath({ target }: Exchange, { signedPath: which, publicUrl, basePath }: Settings): string {
  const isBelow = basePath !== "" && target.startsWith(`${basePath}/`);
  if (which === "without-base-path") return isBelow ? target.slice(basePath.length) : target;
  if (publicUrl === undefined || (basePath !== "" && !isBelow)) return target;
  // behind a proxy that takes off a prefix, the partner knows the path with it
  const { pathname } = new URL(publicUrl);
  return (pathname === "/" ? "" : pathname) + target.slice(basePath.length);
}

/** The hash of a body parsed and written again: `\/` as `/`, and characters in place of their escapes. */
function rewrittenHash(bytes: Uint8Array): string | undefined {
  const body = parseObject(bytes);
  return body && hashOf(JSON.stringify(body));
}
