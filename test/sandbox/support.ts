// What the tests of the sandbox over HTTP share: a sandbox, a client that signs for it, and merchants that it notifies.

import type { ServerResponse } from "node:http";
import { onTestFinished } from "vitest";
import type { OperationTypes } from "../../generated/operations.ts";
import { createSnapClient, type SnapClient, type SnapClientOptions } from "../../src/index.ts";
import { toNodeListener } from "../../src/node.ts";
import { type LogEntry, type Sandbox, type SandboxOptions, startSandbox } from "../../src/sandbox.ts";
import { createSnapHandler, type SnapAnswered, type SnapHandlerOptions } from "../../src/server.ts";
import { snapTimestamp } from "../../src/snap/time.ts";
import { type Answer, header, json, listen, record } from "../support/http.ts";
import {
  ACCESS_TOKEN,
  CLIENT_SECRET,
  exampleOf,
  NOW,
  newExternalId,
  PARTNER,
  privateKey,
  TIMESTAMP,
} from "../support/receiver.ts";

export type Request<Id extends keyof OperationTypes> = OperationTypes[Id]["request"];

/** The path of notifications. */
export const NOTIFY = exampleOf.qrCpmNotify.path;

/** Amounts that force what happens to a payment, whatever its QR code. */
export const CAPTURED = "2006000.00";
/** Pending for five seconds, then paid. */
export const PENDING = "2026000.00";
export const idr = (value: string) => ({ value, currency: "IDR" });

/** How notifications are signed where the test is not about their key: making one takes long. */
export const signature = { type: "asymmetric", privateKey } as const;

/** How a test starts its sandbox: with a clock that stands at NOW, or the system's. */
export type StartOptions = SandboxOptions & { clock?: "stopped" | "system" };

/** Starts a sandbox for one test, and a client that signs for it. */
export async function start(
  { clock = "stopped", ...options }: StartOptions = {},
  client: Partial<SnapClientOptions> = {},
) {
  const entries: LogEntry[] = [];
  const sandbox = await startSandbox({
    seed: 1,
    ...(clock === "stopped" && { time: NOW }),
    clientSecret: CLIENT_SECRET,
    log: (entry) => entries.push(entry),
    ...options,
  });
  onTestFinished(() => sandbox.close());
  return { sandbox, snap: clientOf(sandbox, client), entries };
}

/** A client for a sandbox, with its clock. */
export function clientOf(sandbox: Sandbox, options: Partial<SnapClientOptions> = {}): SnapClient {
  return createSnapClient({
    baseUrl: sandbox.url,
    partnerId: PARTNER,
    channelId: "95221",
    accessToken: ACCESS_TOKEN,
    signature: { type: "symmetric", clientSecret: CLIENT_SECRET },
    externalId: newExternalId,
    clock: sandbox.now,
    ...options,
  } as SnapClientOptions);
}

/** An answer of any operation, as far as the tests look at it. */
export interface Reply {
  responseCode: string;
  responseMessage: string;
  latestTransactionStatus?: string;
  qrContent?: string;
  refundNo?: string;
}
export const replyOf = ({ data, error }: { data?: unknown; error?: unknown }) => (data ?? error) as Reply;

/** An answer as `2006000`, with the status of the transaction where it says one: `2006100 00`. */
export function said(result: { data?: unknown; error?: unknown }): string {
  const { responseCode, latestTransactionStatus: status } = replyOf(result);
  return status === undefined ? responseCode : `${responseCode} ${status}`;
}

export async function newQr(snap: SnapClient): Promise<string> {
  return String(replyOf(await snap.qrCpmGenerate({ partnerTrxDate: TIMESTAMP })).qrContent);
}

/** A payment of ten thousand rupiah, with a QR code that only an amount that forces an answer takes. */
export const paymentOf = (partnerReferenceNo: string, given: Partial<Request<"qrCpmPayment">> = {}) => ({
  partnerReferenceNo,
  qrContent: "any",
  amount: idr("10000.00"),
  merchantId: "merchant-1",
  expiryTime: "2120-12-24T07:50:11+07:00",
  ...given,
});

/** Pays an amount that forces what happens. */
export const pay = (snap: SnapClient, partnerReferenceNo = "sale-1", value = CAPTURED) =>
  snap.qrCpmPayment(paymentOf(partnerReferenceNo, { amount: idr(value) }));
export const query = (snap: SnapClient, originalPartnerReferenceNo: string) =>
  snap.qrCpmQuery({ originalPartnerReferenceNo });
export const cancel = (snap: SnapClient, originalPartnerReferenceNo: string) =>
  snap.qrCpmCancel({ originalPartnerReferenceNo });

/** Times so many seconds after NOW, as SNAP writes them. */
export const at = (...seconds: number[]) =>
  seconds.map((second) => snapTimestamp(new Date(NOW.getTime() + second * 1000)));

/** A merchant's endpoint, as the README has it: it lets in what is signed with the sandbox's key. */
export async function merchant(options: Partial<SnapHandlerOptions> = {}) {
  const notified: Request<"qrCpmNotify">[] = [];
  const answers: SnapAnswered[] = [];
  let notifyPublicKey = "";
  let now = () => NOW;
  const handler = createSnapHandler({
    key: () => ({ type: "asymmetric", publicKey: notifyPublicKey }),
    // the sandbox's, for that is what it signs with
    clock: () => now(),
    verifyToken: () => false,
    withoutToken: ["qrCpmNotify"],
    operations: {
      qrCpmNotify: ({ body }) => {
        notified.push(body);
        return { responseCode: "2007900", responseMessage: "Successful" };
      },
    },
    onAnswer: (answered) => answers.push(answered),
    ...options,
  });
  const { url } = await listen(toNodeListener(handler));
  /** Has it check signatures with a sandbox's key. */
  const trust = (sandbox: Sandbox) => {
    notifyPublicKey = sandbox.notifyPublicKey ?? "";
    now = () => sandbox.now();
  };
  return { url, notified, answers, trust };
}

/** A merchant, and a sandbox that notifies it with a key that need not be made first. */
export async function startWithMerchant(options: StartOptions = {}) {
  const shop = await merchant();
  const started = await start({ notify: { url: shop.url, signature }, ...options });
  shop.trust(started.sandbox);
  return { shop, ...started };
}

/** A notification that a receiver got. */
export interface Got {
  path: string;
  time: string;
  externalId: string;
  reference: string;
  status: string;
}

export const acknowledging = json(200, { responseCode: "2007900", responseMessage: "Successful" });
export const refusing = json(500, { responseCode: "5007900", responseMessage: "General Error" });
export const hangingUp = (response: ServerResponse) => void response.destroy();
export const hanging = () => {};

/** An endpoint that answers notifications as the test has it. */
export async function receiver(answer: Answer) {
  const got: Got[] = [];
  const { url } = await record((response, received, number) => {
    const body = JSON.parse(received.body.toString()) as Request<"qrCpmNotify">;
    got.push({
      path: received.path,
      time: header(received, "X-TIMESTAMP"),
      externalId: header(received, "X-EXTERNAL-ID"),
      reference: body.originalPartnerReferenceNo ?? "",
      status: body.latestTransactionStatus,
    });
    answer(response, received, number);
  });
  return { url, got };
}

/** Answers by payment, and by how many notifications of that payment came; counted from 1. */
export function byPayment(choose: (reference: string, tries: number) => Answer): Answer {
  const tries = new Map<string, number>();
  return (response, received, number) => {
    const { originalPartnerReferenceNo: reference = "" } = JSON.parse(
      received.body.toString(),
    ) as Request<"qrCpmNotify">;
    const count = (tries.get(reference) ?? 0) + 1;
    tries.set(reference, count);
    choose(reference, count)(response, received, number);
  };
}

/** Calls the sandbox about itself, with its key; a header that is undefined is left out. */
export async function control(
  { url, controlKey }: Pick<Sandbox, "url" | "controlKey">,
  method: string,
  path: string,
  body?: string,
  headers: Record<string, string | undefined> = {},
) {
  const usual = {
    ...(controlKey !== undefined && { authorization: `Bearer ${controlKey}` }),
    ...(method === "POST" && { "content-type": "application/json" }),
  };
  const sent = Object.entries({ ...usual, ...headers }).filter(([, value]) => value !== undefined);
  const bytes = body === undefined ? undefined : Buffer.from(body);
  const init = { method, headers: Object.fromEntries(sent) as Record<string, string>, ...(bytes && { body: bytes }) };
  const response = await fetch(url + path, init);
  const text = await response.text();
  return {
    status: response.status,
    type: response.headers.get("content-type"),
    allow: response.headers.get("allow"),
    text,
    json: text ? (JSON.parse(text) as Record<string, unknown>) : undefined,
  };
}

export const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
