// Tells a merchant what became of a payment: service 79, signed, and sent again until it is acknowledged.

import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { Successful } from "../../generated/cases.ts";
import type { OperationTypes } from "../../generated/operations.ts";
import { maxMessageLength } from "../../generated/response-codes.ts";
import { SnapCallError } from "../client/call-error.ts";
import { checkBaseUrl } from "../client/checks.ts";
import { createSnapClient, type SnapClient } from "../client/client.ts";
import type { AccessToken, SnapSignature } from "../client/options.ts";
import { answerOf } from "../contract/answer.ts";
import { published } from "../contract/contract.ts";
import type { RsaKeyObject } from "../snap/keys.ts";
import { privateKeyOf } from "../snap/pem.ts";
import type { OperationFacts, Profile, PublishedProfile } from "../snap/profile.ts";
import { snapTimestamp } from "../snap/time.ts";
import { invalidOption } from "../util/errors.ts";
import { trimmed } from "../util/foreign-text.ts";
import { type NotifyFault, withFaults } from "./notify-faults.ts";
import { isWait } from "./schedule.ts";

/**
 * Where notifications go, how they are signed, and how often they are tried. A notification that was not acknowledged is sent again,
 * but no more once a later status of the same payment (originalReferenceNo) has been notified: the later one supersedes it.
 */
export interface NotifyOptions {
  /**
   * The receiver: its base URL, or the whole URL of its qr-cpm-notify; a query is sent with each notification, and signed. Unlike the
   * client's, it may be http to any machine. Notifications are signed with the sandbox's time: give a receiver under test
   * `clock: () => sandbox.now()`, or it refuses them once the clock moves.
   */
  url: string;
  /** How notifications are signed; by default asymmetrically, with a key that is made at the start (`notifyPublicKey`). */
  signature?: SnapSignature;
  /** The access token sent with them; none by default, for the asymmetric signature does without. */
  accessToken?: AccessToken;
  /** X-PARTNER-ID of the notifications; `snap-bi-sandbox` by default. */
  partnerId?: string;
  /** After how many seconds a notification that was not acknowledged is sent again, one number a try; 1, 2, 4, 8 and 16 by default. */
  retryDelays?: readonly number[];
  /**
   * How long one try may take, in milliseconds of real time; 10,000 by default, 0 for no limit. Moving the clock waits for every try on
   * the way, and tries are told of in the order of sending: with 0 and a receiver that never answers, the one does not end before the
   * sandbox is closed, and nothing more is told of.
   */
  timeout?: number;
  /**
   * What goes wrong on purpose: `"twice"`, `"late"` (by a minute), `"out-of-order"` (after the next one of the same payment) and
   * `"bad-signature"` (a forged one before each). Nothing by default.
   */
  faults?: readonly NotifyFault[];
}

/** What a notification says. */
export type Notification = OperationTypes["qrCpmNotify"]["request"];

/** One try to deliver a notification, or that it was given up instead. It holds no secret or token. */
export interface Delivery {
  /** When it was sent, by the sandbox's clock, as SNAP writes it. */
  time: string;
  body: Notification;
  /** Counted from 1. */
  attempt: number;
  /** X-EXTERNAL-ID: a new one each time; empty when nothing was sent. */
  externalId: string;
  /** The HTTP status; undefined without an answer. */
  status: number | undefined;
  /** How it was answered; undefined without a SNAP answer. Only 2007900 acknowledges it. */
  responseCode: string | undefined;
  /** What the answer said, or why none came; `superseded by status 05`, for one, where it was not sent again for that. */
  responseMessage: string;
  /** After how many seconds it is sent again; undefined when it was acknowledged or given up. */
  retryIn: number | undefined;
  /** What was wrong with it on purpose; such a try is not sent again. */
  fault?: NotifyFault;
}

/** Sends notifications. */
export interface Notifier {
  /** The receiver's path, as signed. */
  readonly path: string;
  /** What the signatures can be checked with, as PEM; undefined for symmetric ones. */
  readonly publicKey: string | undefined;
  /** Starts to deliver a notification. Never throws. */
  notify(body: Notification): void;
  /** Takes up a notification of another run that was not acknowledged yet: its next try is due in so many milliseconds. */
  takeUp(body: Notification, attempt: number, ms: number): void;
  /** Resolves when nothing is on its way; what waits for its next try does not count. */
  idle(): Promise<void>;
  /** Gives up what is on its way, of which nothing is told any more. */
  forget(): void;
  /** Gives up what is on its way. Nothing is sent, and no delivery told of, from then on. */
  close(): void;
}

/** What a notifier needs of the sandbox. */
interface Surroundings {
  /** Whose dialect is spoken. */
  profile: Profile;
  clock: () => Date;
  /** Whether the clock stands still, and is not moved before `idle`. */
  isStopped: () => boolean;
  /** Runs something after a delay by the sandbox's clock. */
  later: (milliseconds: number, run: () => void | Promise<void>) => void;
  newExternalId: () => string;
  /** Told of every try, in the order in which they were sent. Must not throw. */
  onDelivery: (delivery: Delivery) => void;
}

/** What became of one try. */
type Answer = Pick<Delivery, "externalId" | "status" | "responseCode" | "responseMessage">;

const { responseCode: ACKNOWLEDGED } = answerOf(published, "qrCpmNotify", Successful);

/**
 * Makes a notifier.
 * @throws TypeError (`ERR_SNAP_INVALID_OPTION`) when an option cannot be right: a relative URL, an empty secret, a key that is not an
 *   RSA private key
 */
export function createNotifier(options: NotifyOptions, surroundings: Surroundings): Notifier {
  const { retryDelays = [1, 2, 4, 8, 16] } = options;
  const { clock, isStopped, later, onDelivery } = surroundings;
  checkDelays(retryDelays);
  const { path } = factsOf(surroundings.profile);
  const address = addressOf(options.url, path);
  const signature: SnapSignature = options.signature ?? {
    type: "asymmetric",
    privateKey: generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey,
  };
  const client = clientOf({ ...options, signature }, address, surroundings);
  /** Signs as somebody else would. */
  const forger = lazily(() => clientOf({ ...options, signature: anotherOf(signature) }, address, surroundings));
  let closing = new AbortController();
  const account = createAccount(onDelivery);
  /** What was notified last, by payment. */
  const latest = new Map<string | undefined, Notification>();

  /**
   * Sends at once. By a clock that goes on, the next try waits for no other notification's answer; by a stopped one the next tries are
   * scheduled in the order of sending, so that every run with the same seed is the same.
   */
  function deliver(body: Notification, attempt: number, fault?: NotifyFault): Promise<void> {
    const { signal } = closing;
    const time = snapTimestamp(clock());
    const newer = latest.get(body.originalReferenceNo);
    if (newer !== body && fault === undefined) {
      const why = `superseded by status ${newer?.latestTransactionStatus}`;
      return account.keep({ time, body, attempt, ...unanswered("", undefined, why), retryIn: undefined }, signal);
    }
    const answered = send(fault === "bad-signature" ? forger() : client, body, signal);
    const inTurn = isStopped() ? account.last().then(() => answered) : answered;
    return account.keep(
      inTurn.then((answer) => {
        const retryIn = fault !== undefined || acknowledges(answer) ? undefined : retryDelays[attempt - 1];
        if (retryIn !== undefined && !signal.aborted) later(retryIn * 1000, () => deliver(body, attempt + 1));
        return { time, body, attempt, ...answer, retryIn, ...(fault && { fault }) };
      }),
      signal,
    );
  }

  const faulty = withFaults(options.faults ?? [], {
    begin(body) {
      latest.set(body.originalReferenceNo, body);
      return deliver(body, 1);
    },
    once: (body, fault) => deliver(body, 1, fault),
    later,
  });

  return {
    path: new URL(address.baseUrl).pathname.replace(/\/$/, "") + path,
    publicKey: signature.type === "asymmetric" ? publicPemOf(signature.privateKey) : undefined,
    notify: faulty.notify,
    takeUp(body, attempt, ms) {
      latest.set(body.originalReferenceNo, body);
      later(ms, () => deliver(body, attempt));
    },
    idle: account.idle,
    forget() {
      closing.abort();
      closing = new AbortController();
      latest.clear();
      faulty.forget();
    },
    close: () => closing.abort(),
  };
}

/** Keeps account of tries in the order of sending. */
function createAccount(onDelivery: (delivery: Delivery) => void) {
  let lastDelivery: Promise<void> = Promise.resolve();
  return {
    last: () => lastDelivery,
    keep(delivery: Delivery | Promise<Delivery>, signal: AbortSignal): Promise<void> {
      lastDelivery = lastDelivery
        .then(() => delivery)
        .then((tried) => {
          if (!signal.aborted) onDelivery(tried);
        });
      return lastDelivery;
    },
    async idle() {
      let seen: unknown;
      do {
        seen = lastDelivery;
        await seen;
      } while (seen !== lastDelivery);
    },
  };
}

/** What is made when it is asked for first, and once. */
function lazily<Made>(make: () => Made): () => Made {
  let made: { it: Made } | undefined;
  return () => {
    made ??= { it: make() };
    return made.it;
  };
}

/** A signature of the same kind, with what nobody has. */
function anotherOf(signature: SnapSignature): SnapSignature {
  if (signature.type === "symmetric") return { ...signature, clientSecret: `not ${signature.clientSecret}` };
  return { ...signature, privateKey: generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey };
}

/** Sends a notification once, and returns what came back. */
async function send(client: SnapClient, body: Notification, signal: AbortSignal): Promise<Answer> {
  try {
    const { data, error, response, externalId } = await client.qrCpmNotify(body, { signal });
    const { responseCode, responseMessage } = data ?? error;
    const said = typeof responseMessage === "string" ? responseMessage.slice(0, maxMessageLength) : "";
    return {
      externalId,
      status: response.status,
      responseCode: responseCode.slice(0, maxMessageLength),
      responseMessage: said,
    };
  } catch (error) {
    const { externalId = "", status } = error instanceof SnapCallError ? error : {};
    return unanswered(externalId, status, whyOf(error as Error));
  }
}

function unanswered(externalId: string, status: number | undefined, responseMessage: string): Answer {
  return { externalId, status, responseCode: undefined, responseMessage };
}

/** Whether an answer acknowledges a notification, so that it need not be sent again. */
export function acknowledges({ status, responseCode }: Pick<Delivery, "status" | "responseCode">): boolean {
  return status === 200 && responseCode === ACKNOWLEDGED;
}

function factsOf({ operations: { qrCpmNotify }, name }: Profile): OperationFacts {
  if (qrCpmNotify) return qrCpmNotify;
  throw invalidOption(`notify must be left out: the profile ${name} does not have qrCpmNotify.`);
}

/** Where notifications go. */
interface Address {
  baseUrl: string;
  /** The query that is sent with each, and signed: empty, or from the question mark on. */
  search: string;
}

/** The receiver's address, whichever of the two URLs was given. */
function addressOf(given: string, path: string): Address {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const search = url?.search ?? "";
  if (url) url.search = "";
  const base = trimmed(url?.href ?? String(given), "", "/");
  const baseUrl = base.endsWith(path) ? base.slice(0, -path.length) : base;
  return { baseUrl: checked(() => checkBaseUrl(baseUrl, true)), search };
}

function clientOf(
  { signature, accessToken, partnerId = "snap-bi-sandbox", timeout = 10_000 }: NotifyOptions,
  { baseUrl, search }: Address,
  { clock, newExternalId: externalId, profile }: Surroundings,
): SnapClient {
  // the types pair a symmetric signature with a token, and the client itself refuses one without
  const signing = { signature, accessToken } as { signature: SnapSignature; accessToken: AccessToken };
  const facts = factsOf(profile);
  const operations = { ...profile.operations, qrCpmNotify: { ...facts, path: facts.path + search } };
  // the base path is the PJP's, and this is the merchant's address
  const about = {
    profile: { ...profile, basePath: "", operations } as PublishedProfile,
    baseUrl,
    allowHttp: true,
    partnerId,
    channelId: "95221",
    clock,
    externalId,
    timeout,
  };
  return checked(() => createSnapClient({ ...about, ...signing }));
}

/** The client's own checks, in the words of these options. */
function checked<Made>(make: () => Made): Made {
  try {
    return make();
  } catch (error) {
    const { message } = error as Error;
    throw invalidOption(`notify: ${message.replace("baseUrl", "url").replace("a query, ", "")}`, error);
  }
}

function checkDelays(delays: readonly number[]): void {
  const wrong = delays.find((seconds) => !isWait(seconds));
  if (wrong === undefined) return;
  throw invalidOption(
    `notify: retryDelays must be numbers of seconds from 0 to 31536000, a year, but one is ${wrong}.`,
  );
}

/** Why no answer came, without the client's advice, which is for those who move money. */
function whyOf({ message }: Error): string {
  return message.replace(/^qrCpmNotify \S*: /, "").replace(/\. It may have happened: .*$/, "");
}

function publicPemOf(privateKey: string | RsaKeyObject): string {
  return createPublicKey(privateKeyOf(privateKey)).export({ type: "spki", format: "pem" }).toString();
}
