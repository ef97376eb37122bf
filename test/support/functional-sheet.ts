// The functional test sheet that a PJP or a partner fills to go live: its groups, the five scenarios that every group begins with,
// and requests that are accepted.
import { expect } from "vitest";
import type { OperationTypes, TransactionId } from "../../generated/operations.ts";
import { validateResponse } from "../../src/contract/validation.ts";
import { createSnapClient, createTokenProvider, type SnapClient, snapTimestamp } from "../../src/index.ts";
import type { Body } from "./random.ts";
import {
  ACCESS_TOKEN,
  CLIENT_SECRET,
  newExternalId,
  PARTNER,
  privateKey,
  publicKey,
  RSA_PARTNER,
  type Sent,
  TIMESTAMP,
  wireOf,
} from "./receiver.ts";

/** Who is called: the sandbox or the mock. */
export interface Pjp {
  url: string;
  /** Its time. */
  now: () => Date;
  /** Our client, with a token of service 73 and a symmetric signature. */
  snap: SnapClient;
  /** A token of service 73. */
  token: () => Promise<string>;
  /** Code and message of its answer when all is well. */
  success: (operation: TransactionId) => string;
}

/** What the PJP is started with, so that it checks tokens and both kinds of signature. */
export const CHECKS = { accessToken: ACCESS_TOKEN, clientSecret: CLIENT_SECRET, publicKey };

/** A caller of a PJP that was started with {@link CHECKS}. */
export function callerOf({ url, now, success }: Pick<Pjp, "url" | "now" | "success">): Pjp {
  const token = createTokenProvider({ baseUrl: url, clientKey: RSA_PARTNER, privateKey, clock: now });
  const snap = createSnapClient({
    baseUrl: url,
    partnerId: PARTNER,
    channelId: "95221",
    accessToken: token,
    signature: { type: "symmetric", clientSecret: CLIENT_SECRET },
    clock: now,
  });
  return { url, now, snap, token, success };
}

// ---- answers

/** What a call of the client comes to, whatever the operation. */
export interface Outcome {
  response: Response;
  data?: object;
  error?: object;
}

/** Makes sure of all that an answer has to be: code and message, status, headers, and a body that the contract accepts. */
export function checkAnswer(
  { now }: Pick<Pjp, "now">,
  operation: TransactionId,
  { status, headers }: Response,
  body: Body,
  expected: string,
): void {
  expect(`${body.responseCode} ${body.responseMessage}`).toBe(expected);
  expect(String(status)).toBe(expected.slice(0, 3));
  expect(headers.get("content-type")).toBe("application/json");
  expect(headers.get("x-timestamp")).toBe(snapTimestamp(now()));
  expect(validateResponse(operation, status, body)).toEqual({ valid: true });
  if (status >= 400) expect(Object.keys(body)).toEqual(["responseCode", "responseMessage"]);
}

/** The body that a call of the client was answered with, checked. */
export function checked(pjp: Pjp, operation: TransactionId, outcome: Outcome, expected = pjp.success(operation)): Body {
  const body = { ...(outcome.data ?? outcome.error) };
  checkAnswer(pjp, operation, outcome.response, body, expected);
  return body;
}

/** A signed request, as {@link wireOf} makes it of these. */
interface Signed extends Sent {
  operation: TransactionId;
  body: Body;
  token: string;
  headers: Record<string, string | undefined>;
}

/** Posts a request as it is, broken or not, and checks the answer. */
async function post(pjp: Pjp, sent: Signed, expected: string): Promise<void> {
  const { path, method, headers, body } = wireOf(sent);
  const response = await fetch(pjp.url + path, { method, headers, body });
  checkAnswer(pjp, sent.operation, response, (await response.json()) as Body, expected);
}

// ---- requests that are accepted, each with numbers of its own

type RequestOf<Id extends TransactionId> = OperationTypes[Id]["request"];

export const MERCHANT_ID = "00007100010926";
const rupiah = (value: string) => ({ value, currency: "IDR" });
const AMOUNT = rupiah("10000.00");

let made = 0;
function newNumber(): string {
  made += 1;
  return `sheet-${made}`;
}

export function generation(merchantId = MERCHANT_ID): RequestOf<"qrCpmGenerate"> {
  return { partnerReferenceNo: newNumber(), merchantId, partnerTrxDate: TIMESTAMP };
}

/** A payment, with a QR code that was made for it. */
export async function payment(pjp: Pjp, value = AMOUNT.value): Promise<RequestOf<"qrCpmPayment">> {
  const { qrContent } = checked(pjp, "qrCpmGenerate", await pjp.snap.qrCpmGenerate(generation()));
  return {
    partnerReferenceNo: newNumber(),
    qrContent: String(qrContent),
    amount: rupiah(value),
    merchantId: MERCHANT_ID,
    expiryTime: "2020-12-23T07:59:11+07:00",
  };
}

/** Pays, and returns the payment's own number. */
export async function paid(pjp: Pjp, value?: string, expected?: string): Promise<string> {
  const body = await payment(pjp, value);
  checked(pjp, "qrCpmPayment", await pjp.snap.qrCpmPayment(body), expected);
  return body.partnerReferenceNo;
}

export async function cancellation(pjp: Pjp, merchantId = MERCHANT_ID): Promise<RequestOf<"qrCpmCancel">> {
  return { originalPartnerReferenceNo: await paid(pjp), merchantId, amount: AMOUNT };
}

export async function repayment(pjp: Pjp, merchantId = MERCHANT_ID): Promise<RequestOf<"qrCpmRefund">> {
  const originalPartnerReferenceNo = await paid(pjp);
  return { merchantId, originalPartnerReferenceNo, partnerRefundNo: newNumber(), refundAmount: AMOUNT };
}

export function notification(
  originalPartnerReferenceNo: string,
  latestTransactionStatus: RequestOf<"qrCpmNotify">["latestTransactionStatus"],
  value = AMOUNT.value,
): RequestOf<"qrCpmNotify"> {
  return { originalPartnerReferenceNo, merchantId: MERCHANT_ID, amount: rupiah(value), latestTransactionStatus };
}

// ---- the sheet

/** A group of the sheet: a service. */
export interface Group {
  service: string;
  name: string;
  operation: TransactionId;
  /** A request that is accepted; what it is about is made first. */
  request: (pjp: Pjp) => Promise<object> | object;
  /** What n.3 takes out: a field by its dotted name, or a header. */
  missing: string;
  /** Where n.4 writes what. */
  malformed: readonly [field: string, value: unknown];
}

/**
 * The groups in the order of the sheet, which has refund before notify; n is a group's place here. The sheet is that of QR CPM, so
 * service 55, which belongs to direct debit, comes last.
 */
export const groups: readonly Group[] = [
  {
    service: "59",
    name: "CPM Generate",
    operation: "qrCpmGenerate",
    request: () => generation(),
    missing: "partnerTrxDate",
    // any text will do (erratum E044), a number will not (E008)
    malformed: ["partnerTrxDate", 20201223075011],
  },
  {
    service: "60",
    name: "CPM Payment",
    operation: "qrCpmPayment",
    request: (pjp) => payment(pjp),
    missing: "partnerReferenceNo",
    malformed: ["amount.value", "10000"],
  },
  {
    service: "61",
    name: "CPM Query",
    operation: "qrCpmQuery",
    request: async (pjp) => ({ originalPartnerReferenceNo: await paid(pjp) }),
    // no body field is mandatory; of the mandatory headers only this and CHANNEL-ID have no part in token, caller and signature
    missing: "X-EXTERNAL-ID",
    // an X-EXTERNAL-ID may have 36 characters, its echo only 32 (erratum E019)
    malformed: ["originalExternalId", "0b8f6a52-6c1e-4d0f-9f43-3f1d0c3f7a11"],
  },
  {
    service: "62",
    name: "CPM Cancel",
    operation: "qrCpmCancel",
    request: (pjp) => cancellation(pjp),
    missing: "originalPartnerReferenceNo",
    malformed: ["amount.currency", "Rp"],
  },
  {
    service: "80",
    name: "CPM Refund",
    operation: "qrCpmRefund",
    request: (pjp) => repayment(pjp),
    missing: "partnerRefundNo",
    malformed: ["refundAmount.value", "10,000.00"],
  },
  {
    service: "79",
    name: "CPM Notify",
    operation: "qrCpmNotify",
    request: async (pjp) => notification(await paid(pjp), "00"),
    missing: "amount.value",
    malformed: ["latestTransactionStatus", "08"],
  },
  {
    service: "55",
    name: "Direct Debit Status",
    operation: "debitStatus",
    request: () => ({ originalPartnerReferenceNo: "debit-00", serviceCode: "54" }),
    missing: "originalPartnerReferenceNo",
    // it names the service that is asked about, not the one that asks
    malformed: ["serviceCode", "55"],
  },
];

/** A scenario that every group has. */
export interface CommonScenario {
  name: string;
  answer: (group: Group) => string;
  /**
   * The ways to break a request so that it is answered so, each as what to send instead.
   * @param earlier another request, which was accepted before
   */
  breakages: (sound: Signed, group: Group, earlier: Signed) => readonly Partial<Signed>[];
}

/** n.1 to n.5, in their order. */
export const commonScenarios: readonly CommonScenario[] = [
  {
    name: "access token invalid",
    answer: ({ service }) => `401${service}01 Invalid Token (B2B)`,
    // signed with the very token that is sent, so that nothing else is wrong
    breakages: ({ token }) => [{ token: `${token}x` }],
  },
  {
    name: "unauthorized signature",
    answer: ({ service }) => `401${service}00 Unauthorized. [Signature]`,
    breakages: (sound) => [
      { clientSecret: "another-secret" },
      { headers: { "X-SIGNATURE": wireOf({ ...sound, body: { ...sound.body, more: 1 } }).headers["X-SIGNATURE"] } },
    ],
  },
  {
    name: "missing mandatory field",
    answer: ({ service, missing }) => `400${service}02 Invalid Mandatory Field ${missing}`,
    breakages: ({ headers, body }, { missing }) =>
      // a header cannot be null; one of blanks arrives empty
      missing in headers
        ? [undefined, "", "  "].map((value) => ({ headers: { [missing]: value } }))
        : [undefined, null, ""].map((value) => ({ body: withField(body, missing, value) })),
  },
  {
    name: "invalid field format",
    answer: ({ service, malformed: [field] }) => `400${service}01 Invalid Field Format ${field}`,
    breakages: ({ body }, { malformed: [field, value] }) => [{ body: withField(body, field, value) }],
  },
  {
    name: "same X-EXTERNAL-ID",
    answer: ({ service }) => `409${service}00 Conflict`,
    breakages: (_sound, _group, earlier) => [{ headers: earlier.headers }, earlier],
  },
];

/** Goes through one of the five: what is broken is refused, and the very same request is accepted when it is not broken. */
export async function goThrough(pjp: Pjp, group: Group, { answer, breakages }: CommonScenario): Promise<void> {
  const { operation } = group;
  const token = await pjp.token();
  const prepare = async (): Promise<Signed> => ({
    operation,
    token,
    body: { ...(await group.request(pjp)) },
    headers: { "X-EXTERNAL-ID": newExternalId() },
  });
  const earlier = await prepare();
  await post(pjp, earlier, pjp.success(operation));
  const sound = await prepare();
  for (const change of breakages(sound, group, earlier)) {
    const broken = { ...sound, ...change, headers: { ...sound.headers, ...change.headers } };
    await post(pjp, broken, answer(group));
  }
  // its X-EXTERNAL-ID and its numbers are still good: what was refused did nothing
  await post(pjp, sound, pjp.success(operation));
}

/** A body with another value at a dotted name; undefined leaves the field out of the JSON. */
function withField(body: Body, path: string, value: unknown): Body {
  const [name = "", ...rest] = path.split(".");
  return { ...body, [name]: rest.length > 0 ? withField(body[name] as Body, rest.join("."), value) : value };
}
