// The signing proxy: takes an unsigned request on this machine, has the client sign and send it, and gives the answer back as it came.
import type { IncomingMessage, ServerResponse } from "node:http";
import { headers, type OperationId } from "../../generated/operations.ts";
import { createHttpServer } from "../adapters/http-server.ts";
import { createHostRule } from "../host/allowed-hosts.ts";
import { type Cors, createCors } from "../host/cors.ts";
import { createDiagnoses, type Diagnoses } from "../host/diagnosis.ts";
import { problem, problemResponse } from "../host/problem.ts";
import { listenOn, type RunningServer } from "../host/running.ts";
import { isJson } from "../receiver/body.ts";
import type { BareAnswer } from "../receiver/handler.ts";
import { pathOf, targetInRequestLine } from "../receiver/target.ts";
import { snapTimestamp } from "../snap/time.ts";
import { ignoreErrors } from "../util/callbacks.ts";
import { lookAtRefusal } from "./diagnose.ts";
import { createForward, type Forward, type ForwardRequest, type Sent } from "./forward.ts";
import type { ProxyLogEntry } from "./log.ts";
import type { ProxyOptions, Settings } from "./options.ts";
import { failureOf, ProxyFailure } from "./problems.ts";
import { headersOf, NULL_BODY, readBody, writeAnswer } from "./wire.ts";

/**
 * Starts the signing proxy: an unsigned `POST http://127.0.0.1:PORT/v1.0/...` goes to `target` with access token, headers and
 * signature filled in, and its answer comes back as it is, so that any HTTP client can call a signed API. A header that the caller
 * sets is kept, but for the contract's own samples beside its sample of X-SIGNATURE: tools fill them in by themselves. A request for a token (service 73) is signed if `token` is given.
 *
 * What the proxy itself has to say is `application/problem+json`: 400 for a Host that is not this machine's, or what cannot be signed; 404, 405, 413 and 415 for what is not a POST of JSON to an operation; 501 for a request for a token without `token`; 502 and
 * 504 for a target that gives no answer, with `code` and `outcome` of the {@link SnapCallError}.
 * @throws TypeError (`ERR_SNAP_INVALID_OPTION`, `ERR_SNAP_INVALID_KEY`) when an option cannot be right, as of createSnapClient
 * @throws Error with `code` `EADDRINUSE`, `EACCES` or `EADDRNOTAVAIL` when it cannot listen
 * @example
 * const proxy = await startProxy({
 *   target: "https://snap.bank.example",
 *   partnerId: "82150823919040624621823174737537",
 *   channelId: "95221",
 *   signature: { type: "symmetric", clientSecret },
 *   token: { clientKey, privateKey },
 * });
 * await fetch(`${proxy.url}/v1.0/qr/qr-cpm-query`, {
 *   method: "POST",
 *   headers: { "Content-Type": "application/json" },
 *   body: JSON.stringify({ originalPartnerReferenceNo: "2020102900000000000001", merchantId: "00007100010926" }),
 * });
 * @see the standard's security page, headers and signatures of a transaction request
 */
export async function startProxy(options: ProxyOptions): Promise<RunningServer> {
  const { port = 0, host = "127.0.0.1" } = options;
  const { forward, settings } = createForward(options);
  const cors = createCors(options.cors);
  // the rule of a server on this machine, wherever it listens
  const whyRefused = createHostRule("127.0.0.1", options.allowHosts);
  const log = (entry: ProxyLogEntry) => ignoreErrors(() => options.log?.(entry));
  const diagnoses = createDiagnoses();
  const serve = createServe({ forward, settings, cors, whyRefused, log, diagnoses });
  const listener = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    // only where no answer could be written
    serve(incoming, outgoing).catch(() => outgoing.destroy());
  };
  const running = await listenOn(createHttpServer(listener, { refuse, serves: () => true }), port, host);
  return {
    url: running.url,
    close() {
      diagnoses.close();
      return running.close();
    },
  };
}

interface Parts {
  forward: Forward;
  settings: Settings;
  cors: Cors;
  whyRefused: (host: string | undefined) => string | undefined;
  log: (entry: ProxyLogEntry) => void;
  diagnoses: Diagnoses;
}

function createServe({ forward, settings, cors, whyRefused, log, diagnoses }: Parts) {
  const { profile, clock, maxBodyBytes } = settings;
  const byPath = new Map(Object.entries(profile.operations).map(([id, { path }]) => [path, id as OperationId]));

  /** The request to pass on. */
  async function read(incoming: IncomingMessage, given: Headers, signal: AbortSignal): Promise<ForwardRequest> {
    const reason = whyRefused(incoming.headers.host);
    if (reason !== undefined) throw failure(400, "The Host header is refused", reason);
    const target = targetInRequestLine(incoming.url ?? "/");
    const path = pathOf(target);
    const operation = byPath.get(path);
    if (operation === undefined) {
      const paths = [...byPath.keys()].join(", ");
      throw failure(404, "The path is not an operation", `the path must be one of ${paths}`);
    }
    if (incoming.method !== "POST") {
      throw failure(405, "Operations are called with POST", "the method must be POST", { Allow: "POST" });
    }
    checkContent(given);
    const body = await readBody(incoming, maxBodyBytes);
    if (!body) {
      const rule = `the body must not have more than ${maxBodyBytes} bytes (option maxBodyBytes)`;
      throw failure(413, "The body is too long", rule);
    }
    return { operation, headers: given, body, search: target.slice(path.length), signal };
  }

  return async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const given = headersOf(incoming);
    const page = pageOf(incoming, given);
    const preflight = whyRefused(incoming.headers.host) === undefined ? cors.preflight(page) : undefined;
    if (preflight) return writeAnswer(preflight, incoming, outgoing);

    const begun = performance.now();
    const path = pathOf(targetInRequestLine(incoming.url ?? "/"));
    const operation = byPath.get(path);
    const sent: Sent = { headers: new Headers(), tries: 0 };
    const gone = new AbortController();
    outgoing.once("close", () => gone.abort(new DOMException("the caller hung up", "AbortError")));
    const tell = (rest: Pick<ProxyLogEntry, "status" | "responseMessage" | "by"> & Partial<ProxyLogEntry>) =>
      log({
        time: snapTimestamp(clock()),
        method: incoming.method ?? "",
        path,
        operation,
        service: operation && profile.operations[operation]?.serviceCode,
        responseCode: undefined,
        externalId: sent.headers.get(headers.externalId) ?? undefined,
        tries: sent.tries,
        duration: Math.round(performance.now() - begun),
        findings: [],
        ...rest,
      });
    try {
      const request = await read(incoming, given, gone.signal);
      const { answer, hint, ...judgement } = await forward(request, sent);
      const { status, headers: its, bytes } = answer;
      const response = new Response(NULL_BODY.includes(status) ? null : bytes, { status, headers: its });
      tell({ status, by: "target", ...judgement, ...(hint !== undefined && { hint }) });
      await writeAnswer(cors.allow(page, response), incoming, outgoing);
      const { responseCode } = judgement;
      lookAtRefusal(settings, request, sent, responseCode, diagnoses, (line) =>
        tell({ status, by: "proxy", responseCode, responseMessage: "the signature is the caller's own", hint: line }),
      );
    } catch (error) {
      if (outgoing.destroyed) return tell({ status: 0, by: "proxy", responseMessage: "the caller hung up" });
      const { problem: its, headers: own } = failureOf(error) ?? unexpected(error);
      tell({ status: its.status, by: "proxy", responseMessage: its.detail });
      await writeAnswer(cors.allow(page, problemResponse(its, own)), incoming, outgoing);
    }
  };
}

/** What CORS looks at. A web-standard Request does not take every method. */
function pageOf({ method }: IncomingMessage, given: Headers): Request {
  return new Request("http://localhost", { method: method === "OPTIONS" ? method : "POST", headers: given });
}

/** A page elsewhere can send a body without asking first, but not as JSON: what is not JSON is not signed. */
function checkContent(given: Headers): void {
  const type = given.get(headers.contentType);
  if (!isJson(type ?? "")) {
    const found = type === null ? "is missing" : `is ${JSON.stringify(type.slice(0, 200))}`;
    throw failure(415, "The body must be JSON", `${headers.contentType} must be application/json, but ${found}`);
  }
  const encoding = given.get("content-encoding");
  if (encoding !== null && encoding.toLowerCase() !== "identity") {
    throw failure(415, "The body must not be compressed", "the signature is over the JSON itself; send it as it is");
  }
}

function failure(status: number, title: string, why: string, own: Record<string, string> = {}): ProxyFailure {
  return new ProxyFailure(problem(status, title, `${why.charAt(0).toUpperCase()}${why.slice(1)}.`), own);
}

/** A fault of the proxy's own code, or of a function that it was given; what it says may hold anything. */
function unexpected(error: unknown): ProxyFailure {
  const name = error instanceof Error ? error.name : typeof error;
  return failure(500, "The proxy failed", `an unexpected ${name}`);
}

/** What never became a request: it has no Host, or is not HTTP. */
function refuse(status: number, { reason }: { reason: string }): BareAnswer {
  const { problem: its } = failure(status, "The request is refused", reason);
  return { status, headers: { "Content-Type": "application/problem+json" }, text: JSON.stringify(its) };
}
