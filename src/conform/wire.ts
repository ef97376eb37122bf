// One request, signed, or signed wrongly on purpose, and sent as it is: what went over the wire and what came back.

import { generateKeyPairSync } from "node:crypto";
import { headers as names, type OperationId } from "../../generated/operations.ts";
import { reasonOf } from "../client/call-error.ts";
import { watchConnections } from "../client/connections.ts";
import { startDeadline } from "../client/deadline.ts";
import { MAX_ANSWER_BYTES, readAnswer } from "../client/read-answer.ts";
import { refuseRedirect } from "../client/redirect.ts";
import { operationIn } from "../contract/contract.ts";
import type { RsaKeyObject } from "../snap/keys.ts";
import { sign, signAs } from "../snap/signature.ts";
import { snapTimestamp } from "../snap/time.ts";
import type { Finding } from "./finding.ts";
import type { Subject } from "./subject.ts";

/** What is sent. */
export interface Outgoing {
  readonly operation: OperationId;
  readonly body: Readonly<Record<string, unknown>>;
  readonly externalId: string;
  /** What stands behind `Bearer `; undefined for no such header. */
  readonly token: string | undefined;
  /** `secret`: signed with another secret or key; `body`: the signature of another body. */
  readonly signedWrongly?: "secret" | "body" | undefined;
  /** Headers that win; undefined leaves one out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

/** What came back. */
export interface Incoming {
  readonly status: number;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A request and its answer, as they went over the wire. */
export interface Exchange {
  /** The operation, or what else was called. */
  readonly operation: string;
  /** Whether it only prepares the scenario. */
  readonly preparation: boolean;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  };
  readonly response: Incoming | undefined;
  /** Why there is not an answer. */
  readonly failure: string | undefined;
  /** In milliseconds. */
  readonly duration: number;
}

/** Sends requests to one subject. */
export interface Sender {
  send(outgoing: Outgoing, preparation?: boolean): Promise<Exchange>;
  /** X-TIMESTAMP of the latest request. */
  latest(): string | undefined;
  /** X-TIMESTAMP for what is sent elsewhere; it counts as the latest. */
  now(): string;
}

/** What a sender needs beside the subject. */
export interface SenderOptions {
  clock: () => Date;
  fetch: (url: string, init: RequestInit) => Promise<Response>;
}

/** A request that waits for its signature. */
export interface ToSign {
  readonly operation: OperationId;
  /** With the base path. */
  readonly path: string;
  readonly timestamp: string;
  readonly body: string;
  readonly token: string | undefined;
}

/** Somebody else who signs: the signature, or why there is not one, and how it was asked for. */
export type Signer = (asked: ToSign) => Promise<{ exchange: Exchange; signature?: string; failure?: Finding }>;

/**
 * Makes a sender.
 * @param signedBy who signs what is signed rightly; we do by default
 */
export function createSender(
  subject: Subject,
  { clock, fetch: send }: SenderOptions,
  signedBy?: (asked: ToSign) => Promise<string>,
): Sender {
  watchConnections();
  const { baseUrl, contract, paths = {} } = subject;
  const basePath = new URL(baseUrl).pathname.replace(/\/$/, "");
  let latest: string | undefined;
  let otherKey: RsaKeyObject | undefined;
  const anotherKey = () => {
    otherKey ??= generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
    return otherKey;
  };

  const now = () => {
    latest = snapTimestamp(clock());
    return latest;
  };
  return {
    now,
    latest: () => latest,
    async send(outgoing, preparation = false) {
      const { operation } = outgoing;
      const { path: usual, serviceCode } = operationIn(contract, operation);
      const path = paths[serviceCode] ?? usual;
      const timestamp = now();
      const body = JSON.stringify(outgoing.body);
      const toSign = { operation, path: basePath + path, timestamp, body, token: outgoing.token };
      const signature =
        signedBy && !outgoing.signedWrongly
          ? await signedBy(toSign)
          : signatureOf(subject, { ...outgoing, ...toSign }, anotherKey);
      const headers = headersOf(subject, outgoing, timestamp, signature);
      const request = { method: "POST", url: baseUrl + path, headers, body };
      const started = performance.now();
      const answered = await exchange(request, subject.timeout, send);
      return { operation, preparation, request, ...answered, duration: Math.round(performance.now() - started) };
    },
  };
}

function headersOf(
  subject: Subject,
  { operation, externalId, token, headers = {} }: Outgoing,
  timestamp: string,
  signature: string,
): Record<string, string> {
  const { signature: kind, without = [], fixedHeaders } = operationIn(subject.contract, operation);
  const isTransaction = kind !== "token";
  const clientKey = subject.token && "clientKey" in subject.token ? subject.token.clientKey : "";
  const all: Record<string, string | undefined> = {
    [names.contentType]: "application/json",
    ...(token !== undefined && { [names.authorization]: `Bearer ${token}` }),
    [names.timestamp]: timestamp,
    [names.signature]: signature,
    ...(isTransaction
      ? { [names.partnerId]: subject.partnerId, [names.externalId]: externalId, [names.channelId]: subject.channelId }
      : { [names.clientKey]: clientKey }),
    ...fixedHeaders,
    ...Object.fromEntries(without.map((name) => [name, undefined])),
    ...subject.headers,
    ...headers,
  };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** The signature, right or wrong. */
function signatureOf(
  { signature, token: source, contract, baseUrl }: Subject,
  {
    operation,
    signedWrongly,
    token,
    path,
    timestamp,
    body,
  }: Omit<Outgoing, "body"> & { path: string; timestamp: string; body: string },
  anotherKey: () => RsaKeyObject,
): string {
  const { signature: kind, signedPath } = operationIn(contract, operation);
  if (kind === "token") {
    if (!source || !("clientKey" in source)) return "";
    const clientKey = signedWrongly === "body" ? `${source.clientKey}x` : source.clientKey;
    const privateKey = signedWrongly === "secret" ? anotherKey() : source.privateKey;
    return sign({ type: "token", clientKey, timestamp, privateKey });
  }
  const basePath = new URL(baseUrl).pathname.replace(/\/$/, "");
  const signedAt = signedPath === "without-base-path" ? path.slice(basePath.length) : path;
  const dialect = { url: signedPath === "url" ? new URL(baseUrl).origin + path : undefined };
  const about = { method: "POST", path: signedAt, timestamp, body: signedWrongly === "body" ? `${body} {}` : body };
  if (signature.type === "asymmetric") {
    const privateKey = signedWrongly === "secret" ? anotherKey() : signature.privateKey;
    return signAs({ type: "asymmetric", ...about, privateKey }, dialect);
  }
  const clientSecret = signedWrongly === "secret" ? `${signature.clientSecret}x` : signature.clientSecret;
  return signAs({ type: "symmetric", ...about, accessToken: token ?? "", clientSecret }, dialect);
}

/** Sends, and reads the answer to its end, within the time limit. */
export async function exchange(
  { method, url, headers, body }: Exchange["request"],
  timeout: number,
  send: SenderOptions["fetch"],
): Promise<Pick<Exchange, "response" | "failure">> {
  const deadline = startDeadline(timeout);
  const { signal } = deadline;
  let status: number | undefined;
  try {
    const init: RequestInit = { method, headers, body: Buffer.from(body), redirect: "manual", signal };
    const response = await deadline.race(() => send(url, init));
    status = response.status;
    refuseRedirect(response, url, { ...headers });
    const text = await deadline.race(() => readAnswer(response, MAX_ANSWER_BYTES, signal));
    return { response: { status, headers: Object.fromEntries(response.headers), body: text }, failure: undefined };
  } catch (error) {
    const secrets = [names.authorization, names.authorizationCustomer, names.signature].map((name) => headers[name]);
    const { why } = reasonOf(
      error,
      deadline,
      status,
      secrets.filter((secret) => secret !== undefined),
    );
    return { response: undefined, failure: why };
  } finally {
    deadline.end();
  }
}
