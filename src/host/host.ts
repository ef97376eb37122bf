// What the mock and the sandbox have in common: our receiver before a backend, behind Node's http, with service 73, a log and the
// documentation page beside it.
import { type KeyObject, randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type TransactionId, operations as urls } from "../../generated/client.ts";
import { contract as published } from "../../generated/contract.ts";
import type { Contract } from "../contract/contract.ts";
import {
  createSnapHandler,
  type SnapAnswered,
  type SnapCall,
  type SnapHandlerOptions,
  type SnapKey,
  type SnapOperations,
  type SnapReply,
} from "../receiver/handler.ts";
import { toNodeListener } from "../receiver/node-listener.ts";
import type { ReplayStore } from "../receiver/replay-store.ts";
import { loadPublicKey } from "../snap/signature.ts";
import { snapTimestamp } from "../snap/time.ts";
import { quietly } from "../util/callbacks.ts";
import { packageFile } from "../util/package-file.ts";
import { createHttpServer } from "./http-server.ts";

/** How to start the mock or the sandbox. */
export interface GuardOptions {
  /** Port to listen on; a free one by default. */
  port?: number;
  /** Address to listen on; 127.0.0.1 by default. */
  host?: string;
  /** The access token that is accepted, beside those that service 73 gave out; without it and `tokenLifetime` any token is. */
  accessToken?: string;
  /** What symmetric signatures are checked with; left out, and without `publicKey`, none is checked. */
  clientSecret?: string;
  /** What asymmetric signatures and requests for a token are checked with: PEM text or a KeyObject. */
  publicKey?: string | KeyObject;
  /** Lets calls without a token through when they are signed asymmetrically; needs `publicKey`. */
  withoutToken?: boolean;
  /**
   * For how many whole seconds a token of service 73 is good. Given, no token is accepted but those, until they expire, and
   * `accessToken`. Left out, they are good for 900 seconds, and without `accessToken` any other token is good as well.
   */
  tokenLifetime?: number;
  /**
   * Told of every request that was answered, and of what went wrong inside. It holds no secret, token or body. What it throws is not
   * heard of again.
   */
  log?: (entry: LogEntry) => void;
  /** Another contract than the published one. */
  contract?: Contract;
}

/** One line of the log: how a request was answered, and why. */
export interface LogEntry extends Omit<SnapAnswered, "responseCode" | "step" | "reason"> {
  /** When, in Jakarta. */
  time: string;
  /** Two digits; undefined when the path is no operation's. */
  service: string | undefined;
  /** Undefined where there was no SNAP answer. */
  responseCode: string | undefined;
  /**
   * The check that failed, or `operation` when the backend answered. `http`: what came is no HTTP; `prefer`: the mock could not do
   * what was preferred; `control`: the sandbox was asked about itself; `notify`: the sandbox sent a notification.
   */
  step: SnapAnswered["step"] | Intercepted["step"] | "http" | "notify";
  /** What went wrong inside, why the backend refused, or which paths there are. */
  hint?: string;
}

/** A running mock or sandbox. */
export interface RunningServer {
  /** Where it listens, without a trailing slash, such as `http://127.0.0.1:4010`. */
  readonly url: string;
  /** Stops it, open connections included. Stopping it again does nothing. */
  close(): Promise<void>;
}

/** What is behind the guard. */
export interface Backend {
  /** The transactions. */
  operations: SnapOperations;
  /** Answers a request for a token; undefined leaves it to the guard, which gives out tokens of its own. */
  answerToken?: (call: SnapCall<"accessTokenB2b">) => Promise<SnapReply<"accessTokenB2b">> | undefined;
  /** Where X-EXTERNAL-IDs are claimed. */
  replayStore: ReplayStore | "off";
  clock: () => Date;
  /** What tokens are made of; random bytes by default. */
  newToken?: () => string;
  /** The path that `intercept` tells of the server under, for who asks for one that does not exist. */
  controlPath?: string;
  /** Answers before any check what is about the server itself; undefined lets the request through. */
  intercept?: (request: Request) => Intercepted | Promise<Intercepted> | undefined;
}

/** An answer that is no SNAP answer. */
export interface Intercepted {
  response: Response;
  /** What the log calls it. */
  step: "prefer" | "control";
  /** What it says, for the log. */
  why: string;
}

const DOCS_PATH = "/docs";
/** For how many seconds a token is good where nothing else is said. */
const TOKEN_LIFETIME = 900;
/** Tokens given out are forgotten beyond this many, the oldest first. */
const MAX_TOKENS = 10_000;

/**
 * Starts a server.
 * @throws TypeError when an option cannot be right: an empty secret, a key that is no RSA public key
 * @throws Error with `code` `EADDRINUSE`, `EACCES` or `EADDRNOTAVAIL` when it cannot listen
 */
export async function startGuard(backend: Backend, options: GuardOptions): Promise<RunningServer> {
  const { port = 0, host = "127.0.0.1", accessToken, tokenLifetime = TOKEN_LIFETIME, contract = published } = options;
  const { clock, newToken = () => randomBytes(32).toString("base64url") } = backend;
  const log = quietLog(options.log);
  const keys = keysOf(options);
  assertLifetime(tokenLifetime);
  const tokens = new Map<string, number>();
  const operationPaths = Object.values(contract.operations).map(({ path }) => path);
  const paths = [...operationPaths, DOCS_PATH, ...(backend.controlPath === undefined ? [] : [backend.controlPath])];

  function grant(): SnapReply<"accessTokenB2b"> {
    const granted = { accessToken: newToken(), tokenType: "Bearer", expiresIn: String(tokenLifetime) } as const;
    return { responseCode: "2007300", responseMessage: "Successful", ...granted };
  }

  /** Whatever token was given out is accepted, for as long as its receiver was told. */
  function keep(reply: SnapReply<"accessTokenB2b">): SnapReply<"accessTokenB2b"> {
    if (!("accessToken" in reply)) return reply;
    tokens.set(reply.accessToken, clock().getTime() + Number(reply.expiresIn) * 1000);
    for (const oldest of tokens.keys()) {
      if (tokens.size <= MAX_TOKENS) break;
      tokens.delete(oldest);
    }
    return reply;
  }

  // what failed inside belongs to the line of the request that it failed for, which follows at once
  let failure: string | undefined;
  const handlerOptions: SnapHandlerOptions = {
    contract,
    clock,
    operations: {
      ...backend.operations,
      accessTokenB2b: async (call) => keep((await backend.answerToken?.(call)) ?? grant()),
    },
    replayStore: backend.replayStore,
    // a mock ought to break nobody's parser, whatever NODE_ENV is
    validateReplies: true,
    withoutToken: options.withoutToken ? (Object.keys(urls) as TransactionId[]) : [],
    verifyToken:
      accessToken === undefined && options.tokenLifetime === undefined
        ? "unchecked"
        : (token) => token === accessToken || (tokens.get(token) ?? 0) > clock().getTime(),
    key: ({ operation }) => {
      const useful = operation === "accessTokenB2b" ? keys.filter(({ type }) => type === "asymmetric") : keys;
      return useful.length > 0 ? useful : "unchecked";
    },
    onError: (error) => {
      failure = error instanceof Error ? error.message : String(error);
    },
    onAnswer: ({ reason, ...answered }) => {
      const { operation, step, responseMessage } = answered;
      // the message may have had a place for the reason
      const refusal = reason === undefined || responseMessage.includes(reason) ? undefined : reason;
      const hint = step === "route" ? `there is: ${paths.join(", ")}` : (failure ?? refusal);
      failure = undefined;
      const service = operation && contract.operations[operation].serviceCode;
      log({ time: snapTimestamp(clock()), service, ...answered, ...(hint !== undefined && { hint }) });
    },
  };
  const receive = createSnapHandler(handlerOptions);

  async function handle(request: Request): Promise<Response> {
    const intercepted = backend.intercept?.(request);
    if (!intercepted) return receive(request);
    const { response, step, why } = await intercepted;
    const path = new URL(request.url).pathname;
    const about = { time: snapTimestamp(clock()), method: request.method, path, service: undefined };
    const { status } = response;
    log({ ...about, operation: undefined, status, responseCode: undefined, responseMessage: why, step });
    return response;
  }

  const listen = toNodeListener(Object.assign(handle, { maxBodyBytes: receive.maxBodyBytes }));
  const listener = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const page = pageOf(incoming);
    if (page === DOCS_PATH) serveDocs(outgoing);
    else if (page === "/") outgoing.writeHead(302, { location: DOCS_PATH }).end();
    else listen(incoming, outgoing);
  };
  const server = createHttpServer(listener, {
    contract,
    clock,
    onRefused: ({ why: hint, ...refused }) => {
      const service = refused.operation && contract.operations[refused.operation].serviceCode;
      log({ time: snapTimestamp(clock()), service, ...refused, step: "http", hint });
    },
  });
  server.listen(port, host);
  await once(server, "listening");
  const { port: actualPort } = server.address() as AddressInfo;
  let closed: Promise<void> | undefined;
  const close = () =>
    new Promise<void>((resolve, reject) => {
      server.close((error) => (error ? reject(error) : resolve()));
      server.closeAllConnections();
    });
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${actualPort}`,
    close: () => {
      closed ??= close();
      return closed;
    },
  };
}

/** A log that can do no harm, whatever it throws. */
export function quietLog(log: GuardOptions["log"]): (entry: LogEntry) => void {
  return (entry) => quietly(() => log?.(entry));
}

function keysOf({ accessToken, clientSecret, publicKey, withoutToken }: GuardOptions): SnapKey[] {
  if (accessToken === "") throw new TypeError("accessToken is empty; leave it out to accept any.");
  if (clientSecret === "") throw new TypeError("clientSecret is empty; leave it out to check no signature.");
  if (withoutToken && publicKey === undefined) {
    throw new TypeError("withoutToken needs publicKey, for then the signature alone says who calls.");
  }
  return [
    ...(clientSecret === undefined ? [] : [{ type: "symmetric", clientSecret } as const]),
    ...(publicKey === undefined ? [] : [{ type: "asymmetric", publicKey: publicKeyOf(publicKey) } as const]),
  ];
}

function assertLifetime(tokenLifetime: number): void {
  if (Number.isInteger(tokenLifetime) && tokenLifetime >= 1 && tokenLifetime <= 999_999_999) return;
  throw new TypeError(`tokenLifetime is ${tokenLifetime}: give a whole number of seconds from 1 to 999999999.`);
}

function publicKeyOf(key: string | KeyObject): KeyObject {
  return typeof key === "string" ? loadPublicKey(key) : key;
}

/** The page that a person asks for: the documentation, or with a browser the root; undefined for what calls ask for. */
function pageOf({ method = "", url = "", headers: { accept = "" } }: IncomingMessage): string | undefined {
  if (!/^(GET|HEAD)$/.test(method)) return undefined;
  const [path = ""] = url.split("?", 1);
  if (path === "/" && accept.includes("text/html")) return path;
  return path.replace(/\/$/, "") === DOCS_PATH ? DOCS_PATH : undefined;
}

function serveDocs(outgoing: ServerResponse): void {
  const docs = packageFile("dist/docs/index.html");
  const found = existsSync(docs);
  outgoing.writeHead(found ? 200 : 404, { "content-type": `text/${found ? "html" : "plain"}; charset=utf-8` });
  outgoing.end(found ? readFileSync(docs) : "The page has not been built yet: npm run docs\n");
}
