// A request's way to the target and back: what is passed on, signed by the client, and judged.
import { AsyncLocalStorage } from "node:async_hooks";
import { headerSamples } from "../../generated/header-samples.ts";
import { headers, type OperationId } from "../../generated/operations.ts";
import { problem } from "../host/problem.ts";
import { type Answer, type Judgement, judge } from "./judge.ts";
import { type ProxyOptions, type Send, type Settings, settingsOf } from "./options.ts";
import { ProxyFailure } from "./problems.ts";
import { createTokenRequests, type TokenRequest } from "./token-request.ts";

/** A request to an operation, as the caller sent it. */
export interface ForwardRequest {
  operation: OperationId;
  headers: Headers;
  /** The exact bytes. */
  body: Uint8Array;
  /** What follows the operation's path: nothing, or a query. */
  search: string;
  /** Fires when the caller hangs up. */
  signal: AbortSignal;
}

/** What was sent to the target so far, for the log. */
export interface Sent {
  headers: Headers;
  tries: number;
}

/** What came back, to be passed on. */
export interface Forwarded extends Judgement {
  answer: Answer;
  hint: string | undefined;
}

/** Sends a request, and writes down in `sent` what was sent. */
export type Forward = (request: ForwardRequest, sent: Sent) => Promise<Forwarded>;

/** Of one connection only (RFC 9110, 7.6.1), or worked out again by fetch. */
const NOT_PASSED_ON: readonly string[] = [
  ...["connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer"],
  ...["transfer-encoding", "upgrade", "content-length"],
];
const NOT_TO_THE_TARGET = new Set([...NOT_PASSED_ON, "host", "expect", "accept-encoding"]);
/** The bytes are decompressed here. */
const NOT_TO_THE_CALLER = new Set([...NOT_PASSED_ON, "content-encoding"]);

/** Those that the proxy would have filled in by a value of its own. */
const OWN = [headers.authorization, headers.clientKey, headers.timestamp, headers.externalId, headers.signature];

/**
 * Makes what passes requests on.
 * @throws TypeError (`ERR_SNAP_INVALID_OPTION`, `ERR_SNAP_INVALID_KEY`) when an option cannot be right
 */
export function createForward(options: ProxyOptions): { forward: Forward; settings: Settings } {
  // the client's fetch tells nobody what it filled in; what sends for it sees that, in the context of its request
  const sending = new AsyncLocalStorage<Sent>();
  const send: Send = (url, init) => {
    const sent = sending.getStore();
    if (sent) {
      sent.headers = new Headers(init.headers);
      sent.tries += 1;
    }
    return (options.fetch ?? fetch)(url, init);
  };
  const settings = settingsOf(options, send);
  const { target, client, profile, token, clientSecret } = settings;
  const sendTokenRequest = token && createTokenRequests(target, { ...options, token }, send);

  async function ask(request: ForwardRequest): Promise<Answer> {
    const given = passedOn(request.headers, settings.replaced);
    const { path, signature } = profile.operations[request.operation] ?? {};
    if (signature === "token") {
      const tokenRequest = { ...request, headers: Object.fromEntries(given) };
      return (sendTokenRequest ?? refuseTokenRequest)(tokenRequest);
    }
    if (clientSecret !== undefined) checkSignable(given);
    const { body, search, signal } = request;
    const url = target + path + search;
    const response = await client.fetch(new Request(url, { method: "POST", headers: given, body, signal }));
    return { status: response.status, headers: response.headers, bytes: new Uint8Array(await response.arrayBuffer()) };
  }

  async function forward(request: ForwardRequest, sent: Sent): Promise<Forwarded> {
    const answer = await sending.run(sent, () => ask(request));
    const { operation } = request;
    const passed = new Headers([...answer.headers].filter(([name]) => !NOT_TO_THE_CALLER.has(name)));
    const judgement = judge(operation, answer, profile, secretsOf(sent, clientSecret));
    const isRefusal = [400, 401, 409].includes(answer.status);
    const hint = isRefusal ? hintOf(passedOn(request.headers, settings.replaced)) : undefined;
    return { ...judgement, answer: { ...answer, headers: passed }, hint };
  }
  return { forward, settings };
}

/** The symmetric signature covers the token: without one nothing can be signed, unless the caller brings a signature. */
function checkSignable(given: Headers): void {
  const authorization = given.get(headers.authorization);
  if (authorization === null || given.has(headers.signature)) return;
  if (authorization.replace(/^Bearer( +|$)/i, "") !== "") return;
  const detail = `${headers.authorization} must be "Bearer " and a token, which the signature covers: leave it out for the proxy to fill it in, or send ${headers.signature} as well.`;
  throw new ProxyFailure(problem(400, "The request cannot be signed", detail));
}

function refuseTokenRequest(_: TokenRequest): Promise<Answer> {
  const detail = `A request for a token is signed with the private key that belongs to an ${headers.clientKey}, and the proxy has none: start it with --client-key and --private-key (option token).`;
  return Promise.reject(new ProxyFailure(problem(501, "The request cannot be signed", detail)));
}

/** The caller's headers that go on to the target. */
function passedOn(given: Headers, replaced: ReadonlySet<string>): Headers {
  const named = (given.get("connection") ?? "").split(",").map((name) => name.trim().toLowerCase());
  const isSample = samplesIn(given);
  const isLeftOut = (name: string) => NOT_TO_THE_TARGET.has(name) || replaced.has(name) || named.includes(name);
  return new Headers([...given].filter(([name, value]) => !isLeftOut(name) && !isSample(name, value)));
}

const SAMPLES = new Map<string, string>(
  Object.entries(headerSamples).map(([name, sample]) => [name.toLowerCase(), sample]),
);

/**
 * Which headers nobody chose: a tool that fills in what is mandatory from the contract's own samples, as Swagger UI and Arazzo runners
 * do, sends them all, and the sample of a signature is none.
 */
function samplesIn(given: Headers): (name: string, value: string) => boolean {
  if (given.get(headers.signature) !== headerSamples[headers.signature]) return () => false;
  return (name, value) => SAMPLES.get(name) === value;
}

/** What proves who calls, and the secret that it was made with. */
function secretsOf({ headers: sent }: Sent, clientSecret: string | undefined): string[] {
  const proofs = [headers.authorization, headers.authorizationCustomer, headers.signature];
  return [clientSecret ?? "", ...proofs.map((name) => (sent.get(name) ?? "").replace(/^Bearer +/i, ""))];
}

/** What a refusal may come from: the caller set what the proxy would have filled in. */
function hintOf(given: Headers): string | undefined {
  const own = OWN.filter((name) => given.has(name));
  if (own.length === 0) return undefined;
  return `the caller set ${own.join(", ")} itself; leave it out for the proxy to fill it in, or start the proxy with --replace NAME (option replaceHeaders)`;
}
