// What the mock and the sandbox have in common: our receiver before a backend, behind Node's http, with service 73, a log and the
// documentation page beside it.
import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

import { Unauthorized } from "../../generated/cases.ts";
import type { TransactionId } from "../../generated/operations.ts";

import { createHttpServer } from "../adapters/http-server.ts";
import { toNodeListener } from "../adapters/node-listener.ts";
import { answerOf } from "../contract/answer.ts";
import { type Contract, contractOf, published } from "../contract/contract.ts";
import { createWatchedHandler, type SnapHandler } from "../receiver/handler.ts";
import type { SnapAnswered, SnapCall, SnapKey, SnapOperations, SnapReply } from "../receiver/options.ts";
import type { ReplayStore } from "../receiver/replay-store.ts";
import { contextOf } from "../receiver/report.ts";
import type { AnyOptions, SignatureWitness } from "../receiver/settings.ts";
import { pathOf } from "../receiver/target.ts";
import type { RsaKeyObject } from "../snap/keys.ts";
import { publicKeyOf } from "../snap/pem.ts";
import type { OperationFacts } from "../snap/profile.ts";
import { snapTimestamp } from "../snap/time.ts";
import { ignoreErrors } from "../util/callbacks.ts";
import { invalidOption } from "../util/errors.ts";
import { nearestTo } from "../util/nearest.ts";
import { createHostRule } from "./allowed-hosts.ts";
import { underAnyBasePath } from "./base-paths.ts";
import { type ConsoleParts, createConsole } from "./console.ts";
import { createCors } from "./cors.ts";
import { checkOf, createDiagnoses, type Diagnoses } from "./diagnosis.ts";
import { createDocs, DOCS_PATH } from "./docs-page.ts";
import { problem, problemResponse } from "./problem.ts";
import type { Requests } from "./requests.ts";
import { listenOn, type RunningServer } from "./running.ts";
import { createTokens, type TokenOptions, type Tokens } from "./tokens.ts";

export type { RunningServer } from "./running.ts";

/** How to start the mock or the sandbox. */
export interface HostOptions extends TokenOptions {
  /** Port to listen on; a free one by default. */
  port?: number;
  /** Address to listen on; 127.0.0.1 by default. */
  host?: string;
  /**
   * The names that the server may be called by (Host header) while it listens on loopback, beside those of this machine (localhost,
   * \*.localhost, 127.0.0.0/8 and [::1], with any port). On another `host` any name passes.
   */
  allowHosts?: readonly string[];
  /** What symmetric signatures are checked with; left out, and without `publicKey`, none is checked. */
  clientSecret?: string;
  /** What asymmetric signatures and requests for a token are checked with: PEM text or a KeyObject. */
  publicKey?: string | RsaKeyObject;
  /** By how many seconds X-TIMESTAMP may differ from the clock; `"off"` by default: the samples' times are of 2020. */
  timestampTolerance?: number | "off";
  /** Lets calls without a token through when they are signed asymmetrically; needs `publicKey`. */
  withoutToken?: boolean;
  /**
   * Which pages may call from a browser (CORS): by default those of this machine (localhost, 127.0.0.0/8 and ::1, on any port), with a
   * list those of its origins too. `"*"` stands for every page, `"null"` for files and sandboxed frames, `false` for no page at all.
   * What is under `/sandbox` is for no page, whatever this says.
   */
  cors?: readonly string[] | false;
  /**
   * Told of every request that was answered, and of what went wrong inside, but not of preflights, the documentation and the console.
   * It holds no secret, token or body. What it throws is swallowed.
   */
  log?: (entry: LogEntry) => void;
  /**
   * Whose dialect is spoken: the whole of a profile, such as `bca` of `snap-bi-contract/profiles/bca/contract`; the published contract by
   * default.
   */
  profile?: Contract;
  /** What stands before `/v1.0` in the paths, such as `/openapi`; by default what the profile says. */
  basePath?: string;
}

/** One line of the log: how a request was answered, and why. */
export interface LogEntry extends Omit<SnapAnswered, "responseCode" | "step" | "reason" | "error"> {
  /** When, in Jakarta. */
  time: string;
  /** Two digits; undefined when the path is not an operation's. */
  service: string | undefined;
  /** Undefined without a SNAP answer. */
  responseCode: string | undefined;
  /**
   * The check that failed, or `operation` when the backend answered. `http`: what came is not HTTP; `prefer`: the mock could not do
   * what was preferred; `control`: the sandbox was asked about itself; `utility`: it signed for a caller, as the developer site does;
   * `notify`: the sandbox sent a notification. `doctor`: a second line of a request whose signature was refused, and `hint` says what
   * that was probably made from.
   */
  step: SnapAnswered["step"] | Intercepted["step"] | "http" | "notify" | "doctor";
  /** What went wrong inside, why the backend answered so, or which paths there are. */
  hint?: string;
}

/** What is behind the receiver. */
export interface Backend {
  /** The transactions. */
  operations: SnapOperations;
  /** Answers a request for a token; undefined leaves it to the host, which gives out tokens of its own. */
  answerToken?: (call: SnapCall<"accessTokenB2b">) => Promise<SnapReply<"accessTokenB2b">> | undefined;
  /** Where X-EXTERNAL-IDs are claimed. */
  replayStore: ReplayStore | "off";
  clock: () => Date;
  /** What tokens are made of; random bytes by default. */
  newToken?: () => string;
  /** The path that `intercept` tells of the server under, for those who ask for one that does not exist. */
  controlPath?: string;
  /** Serves the operations under whatever stands before their paths: the signature covers it as it was sent. */
  anyBasePath?: boolean;
  /** After how many milliseconds an operation that has not answered is answered with 504 00; the receiver's default unless given. */
  operationTimeout?: number;
  /** Answers before any check what is about the server itself; undefined lets the request through. */
  intercept?: (request: Request) => Intercepted | Promise<Intercepted | undefined> | undefined;
  /** What its console shows, and to whom. */
  console: ConsoleParts;
}

/** An answer that is not SNAP's. */
export interface Intercepted {
  response: Response;
  /** What the log calls it. */
  step: "prefer" | "control" | "utility";
  /** What it says, for the log. */
  why: string;
}

/** The log, and what its lines are made of. */
interface Log {
  answered: (answered: SnapAnswered) => void;
  intercepted: (request: Request, intercepted: Intercepted) => void;
  /** What the doctor says of a signature that was refused. */
  diagnosed: (exchange: Parameters<SignatureWitness>[1], line: string) => void;
}

/**
 * Starts a server.
 * @throws TypeError (`ERR_SNAP_INVALID_OPTION`, `ERR_SNAP_INVALID_KEY`) when an option cannot be right: an empty secret, a key that
 *   is not an RSA public key, a list with what is not an origin
 * @throws Error with `code` `EADDRINUSE`, `EACCES` or `EADDRNOTAVAIL` when it cannot listen
 */
export async function startHost(backend: Backend, options: HostOptions): Promise<RunningServer> {
  const { port = 0, host = "127.0.0.1" } = options;
  const profile = contractOf(options.profile ?? published);
  const { basePath = profile.basePath } = options;
  const { clock, newToken = () => randomBytes(32).toString("base64url") } = backend;
  const keys = keysOf(options);
  const cors = createCors(options.cors);
  const tokens = createTokens(options, { profile, clock, newToken });
  const log = createLog(backend, { profile, basePath }, safeLog(options.log));
  const { withoutToken = false, timestampTolerance = "off" } = options;
  const diagnoses = createDiagnoses();
  const { requests, changes } = backend.console;
  const isHeard = () => options.log !== undefined || changes.isWatched;
  const witnesses = { onExchange: requests.add, onSignatureRefused: witnessOf({ diagnoses, log, requests, isHeard }) };
  const parts = { keys, tokens, log, withoutToken, timestampTolerance, profile, witnesses };
  const paths = Object.values(profile.operations).map(({ path }) => path);
  const receiverAt = (url: string) => {
    const under = (path: string) => receiverOf(backend, { ...parts, basePath: path, publicUrl: url + path });
    return backend.anyBasePath ? underAnyBasePath(paths, under) : under(basePath);
  };
  // who signs the whole URL is known once it is: see below
  let receive = receiverAt("http://unknown");

  const listen = toNodeListener(async (request, wire) => {
    const intercepted = await backend.intercept?.(request);
    if (!intercepted) return cors.preflight(request) ?? cors.allow(request, await receive(request, wire));
    log.intercepted(request, intercepted);
    // the control of the server is for no page
    return intercepted.step === "control" ? intercepted.response : cors.allow(request, intercepted.response);
  });
  const whyRefused = createHostRule(host, options.allowHosts);
  const refuse = toNodeListener(async (request, wire) => {
    const reason = whyRefused(request.headers.get("host") ?? undefined) ?? "";
    const { method } = request;
    // HTTP has 400 for a Host that is wrong or missing (RFC 9112, 3.2), so an operation answers 400 00
    const answer = receive.refuse(400, { method, ...wire, reason });
    if (answer.text !== "") return new Response(answer.text, { status: answer.status, headers: answer.headers });
    const detail = `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
    return problemResponse(problem(answer.status, "The Host header is refused", detail));
  });
  const serveDocs = createDocs();
  const serveConsole = createConsole(backend.console, profile.operations);
  const listener = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    if (whyRefused(incoming.headers.host) !== undefined) refuse(incoming, outgoing);
    else if (!serveDocs(incoming, outgoing) && !serveConsole(incoming, outgoing)) listen(incoming, outgoing);
  };
  const handler = {
    refuse: (...about: Parameters<SnapHandler["refuse"]>) => receive.refuse(...about),
    serves: (target: string) => receive.serves(target),
  };
  const running = await listenOn(createHttpServer(listener, handler), port, host);
  receive = receiverAt(running.url);
  return {
    url: running.url,
    close() {
      diagnoses.close();
      return running.close();
    },
  };
}

interface ReceiverParts
  extends Required<Pick<HostOptions, "withoutToken" | "timestampTolerance" | "basePath" | "profile">> {
  keys: SnapKey[];
  tokens: Tokens;
  log: Log;
  basePath: string;
  publicUrl: string;
  witnesses: Parameters<typeof createWatchedHandler>[1];
}

/** Has signatures that are refused looked at, and what comes of it logged and shown. */
function witnessOf({
  diagnoses,
  log,
  requests,
  isHeard,
}: {
  diagnoses: Diagnoses;
  log: Log;
  requests: Requests;
  isHeard: () => boolean;
}): SignatureWitness {
  return (inputs, exchange) => {
    requests.refused(inputs, exchange);
    if (!isHeard()) return;
    const { caller, accessToken, request } = exchange;
    const host = request.headers.get("host") ?? undefined;
    const check = checkOf(inputs, { clientKey: caller.partnerId, accessToken, host });
    if (!check) return;
    diagnoses.ask(check, (line) => {
      requests.diagnosed(exchange, line);
      log.diagnosed(exchange, line);
    });
  };
}

/** The receiver before the backend. */
function receiverOf(
  { operations, answerToken, replayStore, clock, operationTimeout }: Backend,
  { keys, tokens, log, withoutToken, timestampTolerance, profile, basePath, publicUrl, witnesses }: ReceiverParts,
) {
  const ids = Object.keys(profile.operations) as TransactionId[];
  const accessTokenB2b = async (call: SnapCall<"accessTokenB2b">) =>
    tokens.keep((await answerToken?.(call)) ?? tokens.grant());
  const all: SnapOperations = { ...operations, accessTokenB2b };
  const options: AnyOptions = {
    profile,
    basePath,
    publicUrl,
    ...(operationTimeout !== undefined && { operationTimeout }),
    clock,
    operations: Object.fromEntries(ids.map((id) => [id, all[id]])),
    replayStore,
    timestampTolerance,
    // the clock of a sandbox may stand still, and honest calls are then signed alike
    ...(timestampTolerance === "off" && { signedOnce: [] }),
    // a mock must break nobody's parser, whatever NODE_ENV is
    validateReplies: true,
    withoutToken: withoutToken ? ids : [],
    verifyToken: tokens.verify,
    key: ({ operation }) => {
      const kind = kindOf(profile.operations[operation]?.signature);
      const useful = keys.filter(({ type }) => kind === undefined || type === kind);
      return useful.length > 0 ? useful : "unchecked";
    },
    onAnswer: log.answered,
    // the log has it, in the line of its answer
    onError: () => {},
  };
  return createWatchedHandler(options, witnesses);
}

/** The kind of key that a signature needs; undefined where either will do. */
function kindOf(signature: OperationFacts["signature"]): SnapKey["type"] | undefined {
  return signature === "token" ? "asymmetric" : signature;
}

/** What somebody who asked for another path probably meant: its last part tells. */
function whereTo(asked: string, paths: readonly string[]): string {
  const last = (path: string) => path.slice(path.replace(/\/$/, "").lastIndexOf("/") + 1);
  const near = nearestTo(last(asked), paths.map(last));
  const meant = near === undefined ? undefined : paths.find((path) => last(path) === near);
  return meant === undefined ? `${DOCS_PATH} lists the paths` : `did you mean ${meant}?`;
}

function createLog(
  { clock, controlPath, console: { requests } }: Backend,
  { profile, basePath }: Pick<ReceiverParts, "profile" | "basePath">,
  log: (entry: LogEntry) => void,
): Log {
  const time = () => snapTimestamp(clock());
  const serviceOf = (operation: SnapAnswered["operation"]) => operation && profile.operations[operation]?.serviceCode;
  const operationPaths = Object.values(profile.operations).map(({ path }) => basePath + path);
  const paths = [...operationPaths, DOCS_PATH, ...(controlPath === undefined ? [] : [controlPath])];
  return {
    answered(told) {
      // what never became a request is seen here alone
      if (told.step === "http") requests.add(told, {}, "");
      const { reason, error, ...answered } = told;
      const { operation, step, responseMessage } = answered;
      const failure = error instanceof Error ? error.message : error === undefined ? undefined : String(error);
      // the message may have had a place for the reason
      const why = reason === undefined || responseMessage.includes(reason) ? undefined : reason;
      const hint = step === "route" ? whereTo(told.path, paths) : (failure ?? why);
      log({ time: time(), service: serviceOf(operation), ...answered, ...(hint !== undefined && { hint }) });
    },
    intercepted(request, { response: { status }, step, why }) {
      const about = { method: request.method, path: new URL(request.url).pathname, operation: undefined };
      const answer = { ...about, status, responseCode: undefined, responseMessage: why };
      if (step !== "control") requests.add({ ...answer, step }, { request }, "");
      log({ time: time(), service: undefined, ...answer, step });
    },
    diagnosed(exchange, hint) {
      const { operation, request, target } = exchange;
      const { responseCode, responseMessage } = answerOf(profile, operation, Unauthorized, "Signature");
      const about = { time: time(), method: request.method, path: pathOf(target), service: serviceOf(operation) };
      const status = Number(responseCode.slice(0, 3));
      log({ ...contextOf(exchange), ...about, status, responseCode, responseMessage, step: "doctor", hint });
    },
  };
}

/** A log that can do no harm, whatever it throws. */
export function safeLog(log: HostOptions["log"]): (entry: LogEntry) => void {
  return (entry) => ignoreErrors(() => log?.(entry));
}

function keysOf({ clientSecret, publicKey, withoutToken }: HostOptions): SnapKey[] {
  if (clientSecret === "") throw invalidOption("clientSecret must not be empty; leave it out to check no signature.");
  if (withoutToken && publicKey === undefined) {
    throw invalidOption("withoutToken needs publicKey, for then the signature alone says who calls.");
  }
  return [
    ...(clientSecret === undefined ? [] : [{ type: "symmetric", clientSecret } as const]),
    ...(publicKey === undefined ? [] : [{ type: "asymmetric", publicKey: publicKeyOf(publicKey) } as const]),
  ];
}
