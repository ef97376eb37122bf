// The developer site's test, at home: the two calls that sign for those who learn the standard.
import { generateKeyPairSync, randomUUID } from "node:crypto";
import { headers } from "../../generated/operations.ts";
import type { HostOptions, Intercepted } from "../host/host.ts";
import { readBody } from "../receiver/body.ts";
import { loadPrivateKey } from "../snap/keys.ts";
import { type SignInput, sign } from "../snap/signature.ts";
import { snapTimestamp } from "../snap/time.ts";
import { invalidOption } from "../util/errors.ts";

/** What a company is given at the developer site. */
export interface DeveloperSite {
  /** X-CLIENT-KEY. */
  readonly clientKey: string;
  /** X-CLIENT-SECRET. */
  readonly clientSecret: string;
  /** Private_Key: the RSA key as Base64 without lines, which a header can hold. */
  readonly privateKey: string;
}

/** The last parts of the paths, under whatever stands before them. */
const UTILITY = /\/utilities\/signature-(auth|service)$/;
const MAX_BODY_BYTES = 65_536;
/** What an access token of the site is good for, in seconds. */
const TOKEN_LIFETIME = 900;

/** Keys for one run, and the options that have the receiver check them. */
export function newDeveloperSite(options: HostOptions): { site: DeveloperSite; checks: HostOptions } {
  const { publicKey: given, clientSecret = randomUUID(), tokenLifetime = TOKEN_LIFETIME } = options;
  if (given !== undefined)
    throw invalidOption("developerSite makes a pair of keys of its own; leave publicKey out, or developerSite.");
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const base64 = privateKey.export({ type: "pkcs8", format: "der" }).toString("base64");
  return {
    site: { clientKey: randomUUID(), clientSecret, privateKey: base64 },
    checks: { ...options, publicKey, clientSecret, tokenLifetime },
  };
}

/** Answers a call of the utilities; undefined for every other one. */
export function answerUtility(request: Request, now: () => Date): Promise<Intercepted> | undefined {
  const [, kind] = UTILITY.exec(new URL(request.url).pathname) ?? [];
  if (kind === undefined || request.method !== "POST") return undefined;
  return kind === "auth" ? signAuth(request, now) : signService(request, now);
}

/** The headers of a call, by what the site calls their fields; the first that is missing is refused. */
function fieldsOf<Name extends string>(
  { headers: sent }: Request,
  names: Readonly<Record<Name, string>>,
): Record<Name, string> | { missing: string } {
  const fields = Object.entries<string>(names).map(([field, header]) => [field, sent.get(header) ?? ""] as const);
  const missing = fields.find(([, value]) => value === "")?.[0];
  return missing === undefined ? (Object.fromEntries(fields) as Record<Name, string>) : { missing };
}

async function signAuth(request: Request, now: () => Date): Promise<Intercepted> {
  const fields = fieldsOf(request, {
    timestamp: headers.timestamp,
    clientId: headers.clientKey,
    privateKey: "Private_Key",
  });
  if ("missing" in fields) return required(fields.missing, now);
  const { timestamp, clientId: clientKey } = fields;
  try {
    const privateKey = loadPrivateKey(fields.privateKey);
    return signed({ type: "token", clientKey, timestamp, privateKey }, now);
  } catch {
    // not the error's text: it is about a key that came in a header
    return refused("The privateKey field is invalid.", now);
  }
}

async function signService(request: Request, now: () => Date): Promise<Intercepted> {
  const fields = fieldsOf(request, {
    timestamp: headers.timestamp,
    clientSecret: "X-CLIENT-SECRET",
    httpMethod: "HttpMethod",
    // so spelled on the site
    endpointUrl: "EndpoinUrl",
    accessToken: "AccessToken",
  });
  if ("missing" in fields) return required(fields.missing, now);
  const { timestamp, clientSecret, httpMethod: method, endpointUrl: path, accessToken } = fields;
  const body = await readBody(request, request.headers.get("content-length") ?? undefined, MAX_BODY_BYTES, true);
  if (typeof body === "string") return refused("The body is invalid.", now);
  try {
    return signed({ type: "symmetric", method, path, accessToken, body, timestamp, clientSecret }, now);
  } catch (error) {
    return refused(`The signature cannot be made: ${(error as Error).message}`, now);
  }
}

function signed(input: SignInput, now: () => Date): Intercepted {
  return answer(200, { signature: sign(input) }, "signed", now);
}

const required = (field: string, now: () => Date) => refused(`The ${field} field is required.`, now);

function refused(responseMessage: string, now: () => Date): Intercepted {
  return answer(400, { responseCode: `400${"0".repeat(4)}`, responseMessage }, responseMessage, now);
}

function answer(status: number, body: object, why: string, now: () => Date): Intercepted {
  const response = Response.json(body, { status, headers: { [headers.timestamp]: snapTimestamp(now()) } });
  return { response, step: "utility", why };
}
