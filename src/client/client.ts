// The client: fills in the SNAP headers and signs the exact bytes that it sends, by methods or as the fetch of openapi-fetch.

import { type KeyObject, randomBytes } from "node:crypto";
import {
  bindMethods,
  type OperationTypes,
  operations,
  type SnapMethods,
  type SnapResult,
  type TransactionId,
} from "../../generated/client.ts";
import type { paths } from "../../generated/types.ts";
import { sign } from "../snap/signature.ts";
import { snapTimestamp } from "../snap/time.ts";
import {
  checkBaseUrl,
  checkHeader,
  checkPrivateKey,
  checkTimeout,
  type Deadline,
  describe,
  isBareToken,
  reasonOf,
  SnapCallError,
  startDeadline,
} from "./call-error.ts";
import type { TokenProvider } from "./token.ts";

/** How the client signs. */
export type SnapSignature =
  | { type: "symmetric"; clientSecret: string }
  | { type: "asymmetric"; privateKey: string | KeyObject };

const HEADERS = [
  "Authorization",
  "Authorization-Customer",
  "X-TIMESTAMP",
  "X-SIGNATURE",
  "X-PARTNER-ID",
  "X-EXTERNAL-ID",
  "X-IP-ADDRESS",
  "X-DEVICE-ID",
  "X-LATITUDE",
  "X-LONGITUDE",
  "CHANNEL-ID",
  "ORIGIN",
] as const;

/** The headers that the client fills in, for those who want to set one themselves. */
export type SnapHeaders = Record<(typeof HEADERS)[number], string>;

/** Where an access token comes from: the token, a function that gives it, or {@link createTokenProvider}. */
export type AccessToken = string | (() => string | Promise<string>) | TokenProvider;

interface CommonOptions {
  /** Where the receiver is, with its base path: `https://snap.bank.example` or `https://snap.bank.example/snap`. */
  baseUrl: string;
  /** X-PARTNER-ID. */
  partnerId: string;
  /** CHANNEL-ID, at most 5 characters. */
  channelId: string;
  /** The customer's token, sent as Authorization-Customer. */
  customerToken?: string;
  /** ORIGIN. */
  origin?: string;
  /** X-DEVICE-ID. */
  deviceId?: string;
  /** X-IP-ADDRESS. */
  ipAddress?: string;
  /** X-LATITUDE. */
  latitude?: string;
  /** X-LONGITUDE. */
  longitude?: string;
  /** What sends requests; the global fetch by default. */
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** The time, for X-TIMESTAMP; the system's by default. */
  clock?: () => Date;
  /** Makes the X-EXTERNAL-ID of each request; 32 hex digits by default, so that it fits into originalExternalId. */
  externalId?: () => string;
  /** How long a call may take, in milliseconds, from the token to the answer's body; 30,000 by default, 0 for no limit. */
  timeout?: number;
}

/** How to make a client. The asymmetric signature does without an access token. */
export type SnapClientOptions = CommonOptions &
  (
    | { signature: Extract<SnapSignature, { type: "asymmetric" }>; accessToken?: AccessToken }
    // last, for it is what the compiler speaks of
    | { signature: SnapSignature; accessToken: AccessToken }
  );

/** How one call departs from the client's options. */
export interface SnapCallOptions {
  /**
   * Headers that win over the client's own; X-TIMESTAMP and Authorization are signed as given here. A call that sets
   * X-EXTERNAL-ID, X-TIMESTAMP or X-SIGNATURE itself is not sent again after 401 01, for that takes a new id and a new time. The
   * token is dropped all the same, so that the next call gets a new one.
   */
  headers?: Partial<SnapHeaders>;
  /** Gives up the call. */
  signal?: AbortSignal;
  /** How long this call may take, in milliseconds; 0 for no limit. */
  timeout?: number;
}

type Path = (typeof operations)[TransactionId]["path"];
type IdOf<P extends Path> = {
  [Id in TransactionId]: (typeof operations)[Id]["path"] extends P ? Id : never;
}[TransactionId];

/**
 * The contract's paths as the client calls them: all but that of the token, without a header that the caller must give. It is
 * what openapi-fetch wants to know beside {@link SnapClient.fetch}. openapi-fetch lets a field pass that the operation does not
 * have; the client's own methods do not.
 */
export type SnapPaths = {
  [P in Path]: Omit<paths[P], "post"> & { post: WithoutHeaders<paths[P]["post"]> };
};
type WithoutHeaders<Operation extends { parameters: { header: unknown } }> = Omit<Operation, "parameters"> & {
  parameters: Omit<Operation["parameters"], "header"> & {
    // a header that the client does not know would stay as the contract has it
    header?: Omit<Operation["parameters"]["header"], keyof SnapHeaders> & Partial<SnapHeaders>;
  };
};

/** A client: a method an operation, a POST for whoever prefers paths, and a fetch for openapi-fetch. */
export interface SnapClient extends SnapMethods<SnapCallOptions> {
  /**
   * Calls an operation by its path.
   * @throws TypeError when the path is no operation's, or is that of the token
   * @example await snap.POST("/v1.0/qr/qr-cpm-query", { body })
   */
  POST<P extends Path>(
    path: P,
    init: SnapCallOptions & { body: OperationTypes[IdOf<P>]["request"] },
  ): Promise<SnapResult<IdOf<P>>>;
  /**
   * The fetch to give to openapi-fetch, for all that it can do. It sends the request's exact bytes to its path and query, with the
   * headers that the request has not set, signed, and once more after 401 01, as the methods do; no redirect is followed. Of the
   * request, URL, method, headers, body and signal count; the client's own `fetch` is what sends, and `requestInitExt` does not
   * reach it. It resolves to the answer, whatever that is, all there and still to be read.
   * @throws TypeError when the request is no POST to an operation below baseUrl, or is that for a token; nothing is sent then
   * @throws SnapCallError when there is no answer, or not all of it: the network failed or the time ran out
   * @example
   * const api = createClient<SnapPaths>({ baseUrl, fetch: snap.fetch });
   * const { data, error } = await api.POST("/v1.0/qr/qr-cpm-query", {
   *   body,
   *   params: { header: { "X-EXTERNAL-ID": id } }, // where you need to know it later
   * });
   */
  fetch: (request: Request) => Promise<Response>;
}

/** A request before it is signed. */
interface Unsigned {
  operation: TransactionId;
  /** What follows the operation's path: nothing, or a query. */
  search: string;
  /** What is sent and signed. */
  body: string | Uint8Array;
  /** Those that win over the client's own. */
  given: Partial<SnapHeaders>;
  /** Whether the answer is left to be read, and to be judged, by the caller. */
  raw: boolean;
}

/** What came back, and what it came back to. */
interface Sent {
  response: Response;
  /** The body parsed; if it is no JSON, its text. */
  answer: unknown;
  externalId: string;
  /** The access token, where the client added it. */
  token: string | undefined;
}

/**
 * Makes a client that signs. A call resolves to the answer, whatever its code; without a SNAP answer, or with one that its status
 * contradicts, it rejects with a {@link SnapCallError}. A call that cannot even be written down (a header with a line break, a body with a BigInt in it) rejects
 * with a TypeError.
 * @throws TypeError when an option cannot be right: no absolute URL, an empty id or secret, a key that is no RSA private key
 * @example
 * const snap = createSnapClient({
 *   baseUrl: "https://snap.bank.example",
 *   partnerId: "82150823919040624621823174737537",
 *   channelId: "95221",
 *   accessToken: createTokenProvider({ baseUrl: "https://snap.bank.example", clientKey, privateKey }),
 *   signature: { type: "symmetric", clientSecret },
 * });
 * const { data, error } = await snap.qrCpmPayment(body);
 * @see the standard's security page, headers and signatures of a transaction request
 */
export function createSnapClient(options: SnapClientOptions): SnapClient {
  const { accessToken, clock = () => new Date(), externalId: newId = () => randomBytes(16).toString("hex") } = options;
  const send = options.fetch ?? ((url: string, init: RequestInit) => fetch(url, init));
  const baseUrl = checkBaseUrl(options.baseUrl);
  const basePath = new URL(baseUrl).pathname.replace(/\/$/, "");
  const timeout = checkTimeout(options.timeout ?? 30_000);
  const signatureOf = signer(options.signature);
  if (accessToken === undefined && options.signature.type === "symmetric") {
    throw new TypeError("accessToken is missing; only the asymmetric signature does without one.");
  }
  if (typeof accessToken === "string") checkToken("accessToken", accessToken);
  const provider = isProvider(accessToken) ? accessToken : undefined;
  const standing = standingHeaders(options);

  async function tokenFor({ within }: Deadline): Promise<string | undefined> {
    if (typeof accessToken !== "function") return accessToken;
    return checkToken("the access token", await within(accessToken));
  }

  /** Sends a request once. */
  async function attempt({ operation, search, body, given, raw }: Unsigned, deadline: Deadline): Promise<Sent> {
    const path = operations[operation].path + search;
    const externalId = given["X-EXTERNAL-ID"] ?? checkHeader("X-EXTERNAL-ID", newId());
    const about = `${operation} ${externalId}:`;
    const notSent = (why: string, cause: unknown) =>
      new SnapCallError(`${about} not sent, ${why}`, { operation, externalId, outcome: "rejected", cause });

    let token: string | undefined;
    try {
      deadline.signal.throwIfAborted();
      if (given.Authorization === undefined) token = await tokenFor(deadline);
    } catch (cause) {
      throw notSent(deadline.over ?? `for there is no access token: ${describe(cause)}`, cause);
    }

    const timestamp = given["X-TIMESTAMP"] ?? snapTimestamp(clock());
    const bearer = given.Authorization?.replace(/^Bearer +/i, "") ?? token ?? "";
    const init: RequestInit = {
      method: "POST",
      headers: {
        ...standing,
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        "X-TIMESTAMP": timestamp,
        "X-EXTERNAL-ID": externalId,
        "X-SIGNATURE": signatureOf(basePath + path, body, timestamp, bearer),
        ...given,
      },
      body,
      // a redirect would carry a signed request to where it was not meant to go
      redirect: "error",
      signal: deadline.signal,
    };

    let status: number | undefined;
    const unknown = (why: string, cause: unknown) =>
      new SnapCallError(`${about} ${why}. It may have happened: query before you try again.`, {
        operation,
        externalId,
        outcome: "unknown",
        status,
        cause,
      });
    let response: Response;
    let answer: unknown;
    let sent = false;
    try {
      response = await deadline.within(() => {
        sent = true;
        return send(baseUrl + path, init);
      });
      status = response.status;
      // a copy is read to its end too, for the time limit holds for the whole answer
      const text = await deadline.within(() => (raw ? response.clone() : response).text());
      answer = parse(text, response.ok && !raw);
    } catch (cause) {
      if (!sent && deadline.over) throw notSent(deadline.over, cause);
      throw unknown(reasonOf(cause, deadline, status), cause);
    }
    if (!raw && !isSnapAnswer(answer)) {
      throw unknown(`the answer, status ${status}, is no JSON object with a responseCode`, answer);
    }
    if (!raw && isSuccess(answer) && !response.ok) {
      throw unknown(`the answer's status ${status} contradicts its responseCode`, answer);
    }
    return { response, answer, externalId, token };
  }

  /** Sends a request, and once more if the token had run out. */
  async function exchange(
    request: Omit<Unsigned, "given">,
    { headers = {}, signal, timeout: limit = timeout }: SnapCallOptions,
  ): Promise<Sent> {
    const given = checkHeaders(headers);
    const unsigned = { ...request, given };
    const deadline = startDeadline(checkTimeout(limit), signal);
    try {
      const sent = await attempt(unsigned, deadline);
      if (!provider || sent.token === undefined || !isInvalidToken(sent)) return sent;
      provider.invalidate(sent.token);
      if ("X-EXTERNAL-ID" in given || "X-TIMESTAMP" in given || "X-SIGNATURE" in given) return sent;
      // under a new X-EXTERNAL-ID and at a new time: the first ones are used up
      return await attempt(unsigned, deadline);
    } finally {
      deadline.end();
    }
  }

  async function call<Id extends TransactionId>(
    operation: Id,
    body: OperationTypes[Id]["request"],
    callOptions: SnapCallOptions = {},
  ): Promise<SnapResult<Id>> {
    const request = { operation, search: "", body: JSON.stringify(body), raw: false };
    const { response, answer, externalId } = await exchange(request, callOptions);
    const key = isSuccess(answer) ? "data" : "error";
    return { [key]: answer, response, externalId } as SnapResult<Id>;
  }

  const methods = bindMethods<SnapCallOptions>(call);
  const byUrl = new Map<string, TransactionId>(
    (Object.keys(methods) as TransactionId[]).map((id) => [baseUrl + operations[id].path, id]),
  );
  const operationAt = (url: string, name: string): TransactionId => {
    const operation = byUrl.get(url);
    if (!operation) throw new TypeError(`${name} is no operation that this client calls.`);
    return operation;
  };
  return {
    ...methods,
    POST: async <P extends Path>(
      path: P,
      { body, ...callOptions }: SnapCallOptions & { body: OperationTypes[IdOf<P>]["request"] },
    ) => call(operationAt(baseUrl + path, path), body, callOptions) as Promise<SnapResult<IdOf<P>>>,
    fetch: async (request) => {
      const { method, headers, signal } = request;
      const { origin, pathname, search } = new URL(request.url);
      const url = origin + pathname;
      // the token must not go to another host, nor the signature to what it was not meant for
      const operation = operationAt(method === "POST" ? url : "", `${method} ${url}`);
      const body = new Uint8Array(await request.arrayBuffer());
      const sent = await exchange(
        { operation, search, body, raw: true },
        { headers: Object.fromEntries(headers), signal },
      );
      return sent.response;
    },
  };
}

/** Makes what signs. A secret that is missing and a key that cannot sign are found here and not at the first call. */
function signer(
  signature: SnapSignature,
): (path: string, body: string | Uint8Array, timestamp: string, token: string) => string {
  const method = "POST";
  if (signature?.type === "symmetric") {
    const { type, clientSecret } = signature;
    if (!clientSecret) throw new TypeError("signature.clientSecret is empty.");
    return (path, body, timestamp, accessToken) =>
      sign({ type, method, path, body, timestamp, accessToken, clientSecret });
  }
  if (signature?.type !== "asymmetric") throw new TypeError('signature.type is neither "symmetric" nor "asymmetric".');
  const { type } = signature;
  const privateKey = checkPrivateKey(signature.privateKey);
  return (path, body, timestamp) => sign({ type, method, path, body, timestamp, privateKey });
}

function isProvider(accessToken: AccessToken | undefined): accessToken is TokenProvider {
  return typeof accessToken === "function" && "invalidate" in accessToken;
}

/** The headers that every request has. */
function standingHeaders(options: SnapClientOptions): Record<string, string> {
  const { partnerId, channelId, customerToken } = options;
  if (!partnerId) throw new TypeError("partnerId is empty; it goes into X-PARTNER-ID.");
  if (!channelId) throw new TypeError("channelId is empty; it goes into CHANNEL-ID.");
  return {
    "Content-Type": "application/json",
    ...checkHeaders({
      "X-PARTNER-ID": partnerId,
      "CHANNEL-ID": channelId,
      ...(customerToken && { "Authorization-Customer": `Bearer ${checkToken("customerToken", customerToken)}` }),
      ...(options.origin && { ORIGIN: options.origin }),
      ...(options.deviceId && { "X-DEVICE-ID": options.deviceId }),
      ...(options.ipAddress && { "X-IP-ADDRESS": options.ipAddress }),
      ...(options.latitude && { "X-LATITUDE": options.latitude }),
      ...(options.longitude && { "X-LONGITUDE": options.longitude }),
    }),
  };
}

const canonical = new Map<string, string>([...HEADERS, "Content-Type"].map((name) => [name.toLowerCase(), name]));

/** Headers under the names that the standard gives them, however they are written, and without those that are undefined. */
function checkHeaders(headers: Partial<SnapHeaders>): Partial<SnapHeaders> {
  const checked: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) checked[canonical.get(name.toLowerCase()) ?? name] = checkHeader(name, value);
  }
  return checked;
}

function checkToken(name: string, token: string): string {
  if (isBareToken(token)) return token;
  throw new TypeError(
    `${name} is no bare token: it is empty or has blanks or other bad characters; leave "Bearer " out.`,
  );
}

function isSnapAnswer(answer: unknown): answer is { responseCode: string } {
  return (
    typeof answer === "object" && answer !== null && "responseCode" in answer && typeof answer.responseCode === "string"
  );
}

/** Whether a call did what it was for, or still does. The code says so, for some PJPs answer everything with status 200. */
function isSuccess(answer: unknown): boolean {
  return isSnapAnswer(answer) && /^20[02]/.test(answer.responseCode);
}

/** 401 with case code 01: the token has run out sooner than it said. */
function isInvalidToken({ response, answer }: Sent): boolean {
  if (response.status !== 401 && !response.ok) return false;
  return isSnapAnswer(answer) && /^401\d\d01$/.test(answer.responseCode);
}

/** What a body says: JSON parsed, other text as it is, undefined when there is none. */
function parse(text: string, strict: boolean): unknown {
  try {
    return text ? JSON.parse(text) : undefined;
  } catch (error) {
    if (strict) throw error;
    return text;
  }
}
