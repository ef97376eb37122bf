// Who signed a request, with which key and over which form of its body.
import { headers } from "../../generated/operations.ts";
import { certificateProblem } from "../snap/keys.ts";
import type { SignedPath } from "../snap/profile.ts";
import { hashOf, type VerifyInput, verifiedSignature } from "../snap/signature.ts";
import { ignoreErrors } from "../util/callbacks.ts";
import { invalidArgument, typeError } from "../util/errors.ts";
import { parseObject } from "./body.ts";
import type { Exchange } from "./exchange.ts";
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
  const { onSignatureRefused: tell } = settings;
  if (tell)
    ignoreErrors(() =>
      tell(
        keys.flatMap((key) => inputOf(key, exchange, settings) ?? []),
        exchange,
      ),
    );
  return false;
}

function reported(errors: unknown[], exchange: Exchange, settings: Settings): true {
  for (const error of errors) reportError(error, exchange, settings);
  return true;
}

/** @throws TypeError when what was looked up is not a key, or not one to be trusted, which is not the caller's fault */
function isSignedWith(key: SnapKey, place: number, exchange: Exchange, settings: Settings): boolean {
  // a database says null where it has none
  const type = (key as SnapKey | null | undefined)?.type;
  if (type !== "asymmetric" && type !== "symmetric") {
    throw invalidArgument(
      'key must return { type: "symmetric", clientSecret } or { type: "asymmetric", publicKey }, a list of them, or undefined.',
    );
  }
  const input = inputOf(key, exchange, settings);
  if (!input) return false;
  const bodyForm = input.type === "token" ? verifiedToken(input, exchange) : verifiedForm(input, exchange, settings);
  if (bodyForm === false || !isInTime(input, exchange, settings)) return false;
  exchange.verified = { key: place, type, bodyForm };
  return true;
}

/** Whether a request for a token is signed so. Its signature covers no body. */
function verifiedToken(input: VerifyInput, exchange: Exchange): undefined | false {
  exchange.signature = verifiedSignature(input);
  return exchange.signature ? undefined : false;
}

/** The form of the body that is signed so. */
function verifiedForm(
  input: Exclude<VerifyInput, { type: "token" }>,
  exchange: Exchange,
  settings: Settings,
): BodyForm | false {
  const isUrl = signedPathOf(exchange, settings) === "url";
  const url = isUrl ? `${settings.publicUrl?.origin}${input.path}` : undefined;
  for (const form of settings.bodyForms) {
    const bodyHash = form === "minified" ? undefined : rewrittenHash(exchange.bytes);
    if (form !== "minified" && bodyHash === undefined) continue;
    exchange.signature = verifiedSignature(input, { bodyHash, url });
    if (exchange.signature) return form;
  }
  return false;
}

/** Whether the key's certificate is valid now. One that is not is reported, and passes unless an option refuses it. */
function isInTime(input: VerifyInput, exchange: Exchange, settings: Settings): boolean {
  if (input.type === "symmetric" || typeof input.publicKey === "string" || !input.publicKey.certificate) return true;
  const problem = certificateProblem(input.publicKey, settings.clock());
  if (problem === undefined) return true;
  const { partnerId } = exchange.caller;
  reportError(
    typeError("ERR_SNAP_INVALID_KEY", `The key of ${partnerId} is out of its time: ${problem}.`),
    exchange,
    settings,
  );
  return !settings.refuseExpiredCertificates;
}

/** What a key would have signed; undefined where it is of the wrong kind for this request. */
function inputOf(key: SnapKey, exchange: Exchange, settings: Settings): VerifyInput | undefined {
  const { request, facts, bytes, accessToken, caller, timestamp, sent } = exchange;
  const signature = sent[headers.signature] ?? "";
  const { allowWeakKeys } = settings;
  if (facts.signature === "token") {
    if (key.type !== "asymmetric") return undefined;
    return {
      type: "token",
      clientKey: caller.partnerId,
      timestamp,
      publicKey: settings.publicKeyOf(key.publicKey),
      allowWeakKeys,
      signature,
    };
  }
  const { method } = request;
  const path = signedPath(exchange, settings);
  const { type } = key;
  // a profile may know one kind only
  if (facts.signature !== undefined && facts.signature !== type) return undefined;
  if (type === "asymmetric")
    return {
      type,
      method,
      path,
      body: bytes,
      timestamp,
      publicKey: settings.publicKeyOf(key.publicKey),
      allowWeakKeys,
      signature,
    };
  if (accessToken === undefined) return undefined;
  return { type, method, path, body: bytes, timestamp, accessToken, clientSecret: key.clientSecret, signature };
}

/** What of the URL was signed: what the option says, or the profile. */
function signedPathOf({ facts }: Exchange, settings: Settings): SignedPath {
  return settings.signedPath ?? facts.signedPath ?? "as-sent";
}

/** The path that was signed. */
function signedPath(exchange: Exchange, settings: Settings): string {
  const { target } = exchange;
  const { publicUrl, basePath } = settings;
  const isBelow = basePath !== "" && target.startsWith(`${basePath}/`);
  if (signedPathOf(exchange, settings) === "without-base-path") return isBelow ? target.slice(basePath.length) : target;
  if (publicUrl === undefined || (basePath !== "" && !isBelow)) return target;
  // behind a proxy that takes off a prefix, the partner knows the path with it
  return publicUrl.path + target.slice(basePath.length);
}

/** The hash of a body parsed and written again: `\/` as `/`, and characters in place of their escapes. */
function rewrittenHash(bytes: Uint8Array): string | undefined {
  const body = parseObject(bytes);
  return typeof body === "string" ? undefined : hashOf(JSON.stringify(body));
}
