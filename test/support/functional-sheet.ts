// The functional test sheet that a PJP or a partner fills to go live: its groups, the five scenarios that every group begins with,
// and requests that are accepted.
import { expect } from "vitest";
import type { OperationTypes, TransactionId } from "../../generated/operations.ts";
import { groups as listed, type Scenario, scenarios } from "../../generated/scenarios.ts";
import { answerOf as answerIn } from "../../src/contract/answer.ts";
import { published } from "../../src/contract/contract.ts";
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

// ---- the sheet, as openapi/scenarios.yaml has it

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

const REQUESTS: Record<TransactionId, Group["request"]> = {
  qrCpmGenerate: () => generation(),
  qrCpmPayment: (pjp) => payment(pjp),
  qrCpmQuery: async (pjp) => ({ originalPartnerReferenceNo: await paid(pjp) }),
  qrCpmCancel: (pjp) => cancellation(pjp),
  qrCpmRefund: (pjp) => repayment(pjp),
  qrCpmNotify: async (pjp) => notification(await paid(pjp), "00"),
  debitStatus: () => ({ originalPartnerReferenceNo: "debit-00", serviceCode: "54" }),
};

/** The groups in the order of the sheet. That of service 73 is gone through by test/conform. */
export const groups: readonly Group[] = listed.flatMap(({ operation, name, malformed, ...group }) =>
  operation === "accessTokenB2b"
    ? []
    : [
        {
          ...group,
          operation,
          name: name.en,
          malformed: [malformed.field, malformed.value],
          request: REQUESTS[operation],
        },
      ],
);

const rowsOf = ({ operation }: Group) => scenarios.filter(({ group }) => listed[group]?.operation === operation);
/** n.1 to n.5 of a group. */
export const commonRowsOf = (group: Group) => rowsOf(group).slice(0, 5);
/** Those of its own. */
export const ownRowsOf = (group: Group) => rowsOf(group).slice(5);

/** How a row is answered: code and message. */
export function answerOf(group: Group, { expect: row }: Scenario): string {
  const { field } = FILLS[row]?.(group) ?? {};
  const { responseCode, responseMessage } = answerIn(published, group.operation, row, field);
  return `${responseCode} ${responseMessage}`;
}

/** What stands in the placeholder of a message. */
const FILLS: Record<string, (group: Group) => { field: string }> = {
  "40001": ({ malformed: [field] }) => ({ field }),
  "40002": ({ missing }) => ({ field: missing }),
  "40100": () => ({ field: "Signature" }),
};

/**
 * The ways to break a request so that a row's answer comes, each as what to send instead. Where the list has one, here are several.
 * @param earlier another request, which was accepted before
 */
const BREAKAGES: Record<string, (sound: Signed, group: Group, earlier: Signed) => readonly Partial<Signed>[]> = {
  // signed with the very token that is sent, so that nothing else is wrong
  "40101": ({ token }) => [{ token: `${token}x` }],
  "40100": (sound) => [
    { clientSecret: "another-secret" },
    { headers: { "X-SIGNATURE": wireOf({ ...sound, body: { ...sound.body, more: 1 } }).headers["X-SIGNATURE"] } },
  ],
  "40002": ({ headers, body }, { missing }) =>
    // a header cannot be null; one of blanks arrives empty
    missing in headers
      ? [undefined, "", "  "].map((value) => ({ headers: { [missing]: value } }))
      : [undefined, null, ""].map((value) => ({ body: withField(body, missing, value) })),
  "40001": ({ body }, { malformed: [field, value] }) => [{ body: withField(body, field, value) }],
  "40900": (_sound, _group, earlier) => [{ headers: earlier.headers }, earlier],
};

/** Goes through one of n.1 to n.5: what is broken is refused, and the very same request is accepted when it is not broken. */
export async function goThrough(pjp: Pjp, group: Group, row: Scenario): Promise<void> {
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
  const changes = BREAKAGES[row.expect]?.(sound, group, earlier) ?? expect.unreachable(`nothing breaks ${row.number}`);
  for (const change of changes) {
    const broken = { ...sound, ...change, headers: { ...sound.headers, ...change.headers } };
    await post(pjp, broken, answerOf(group, row));
  }
  // its X-EXTERNAL-ID and its numbers are still good: what was refused did nothing
  await post(pjp, sound, pjp.success(operation));
}

/** A body with another value at a dotted name; undefined leaves the field out of the JSON. */
function withField(body: Body, path: string, value: unknown): Body {
  const [name = "", ...rest] = path.split(".");
  return { ...body, [name]: rest.length > 0 ? withField(body[name] as Body, rest.join("."), value) : value };
}
