// A PJP's endpoint and a merchant's, each written with createSnapHandler, in conversation with our client over real HTTP.

import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  createSnapClient,
  createTokenProvider,
  outcomeOf,
  SnapCallError,
  type SnapClient,
  snapTimestamp,
  transactionStateOf,
} from "../../src/index.ts";
import { toNodeListener } from "../../src/node.ts";
import {
  createSnapHandler,
  type OperationTypes,
  type SnapAnswered,
  type SnapHandler,
  snapError,
} from "../../src/server.ts";
import { type Started, started } from "../support/http.ts";
import { others as pjpKeys, privateKey, publicKey } from "../support/keys.ts";

const merchantKeys = { privateKey, publicKey };
const MERCHANT_ID = "00007100010926";
const CLIENT_KEY = "merchant-client-key";
const MERCHANT = "82150823919040624621823174737537";
const PJP = "pjp-at-the-merchant";
const SECRET = "secret-that-the-pjp-issued";

type Query = OperationTypes["qrCpmQuery"]["success"];
interface Payment {
  status: Query["latestTransactionStatus"];
  value: string;
  paidTime: string;
  refunds: Set<string>;
}

/** The PJP: gives out tokens, takes payments, answers queries, gives money back. */
function pjp() {
  const tokens = new Set<string>();
  const payments = new Map<string, Payment>();
  const answered: SnapAnswered[] = [];
  const errors: unknown[] = [];
  const handler = createSnapHandler({
    basePath: "/snap",
    key({ operation, partnerId }) {
      if (operation === "accessTokenB2b") {
        return partnerId === CLIENT_KEY ? { type: "asymmetric", publicKey: merchantKeys.publicKey } : undefined;
      }
      return partnerId === MERCHANT ? { type: "symmetric", clientSecret: SECRET } : undefined;
    },
    verifyToken: (token) => tokens.has(token),
    timestampTolerance: 300,
    onAnswer: (answer) => answered.push(answer),
    onError: (error) => errors.push(error),
    operations: {
      accessTokenB2b() {
        const accessToken = randomBytes(24).toString("base64url");
        tokens.add(accessToken);
        return {
          responseCode: "2007300",
          responseMessage: "Successful",
          accessToken,
          tokenType: "Bearer",
          expiresIn: "900",
        };
      },
      qrCpmPayment({ body }) {
        if (payments.has(body.partnerReferenceNo)) return snapError("4096001");
        const value = body.amount?.value ?? "0.00";
        if (Number(value) > 1_000_000) return snapError("4036014");
        if (value === "13.00") throw new Error("the ledger is down, password hunter2");
        const pending = value === "202.00";
        payments.set(body.partnerReferenceNo, {
          status: pending ? "03" : "00",
          value,
          paidTime: snapTimestamp(new Date()),
          refunds: new Set(),
        });
        const { partnerReferenceNo } = body;
        const referenceNo = `ref-${partnerReferenceNo}`;
        return pending
          ? { responseCode: "2026000", responseMessage: "Request In Progress", partnerReferenceNo, referenceNo }
          : { responseCode: "2006000", responseMessage: "Successful", partnerReferenceNo, referenceNo };
      },
      async qrCpmQuery({ body, externalId }) {
        const payment = payments.get(body.originalPartnerReferenceNo ?? "");
        if (!payment) return snapError("4046101");
        return {
          responseCode: "2006100",
          responseMessage: "Successful",
          originalReferenceNo: `ref-${body.originalPartnerReferenceNo}`,
          originalPartnerReferenceNo: body.originalPartnerReferenceNo ?? "",
          originalExternalId: externalId,
          latestTransactionStatus: payment.status,
          paidTime: payment.paidTime,
          ...(body.additionalInfo && { additionalInfo: body.additionalInfo }),
        };
      },
      qrCpmRefund({ body }) {
        const payment = payments.get(body.originalPartnerReferenceNo);
        if (!payment) return snapError("4048001");
        payment.refunds.add(body.partnerRefundNo);
        payment.status = "04";
        return {
          responseCode: "2008000",
          responseMessage: "Successful",
          originalPartnerReferenceNo: body.originalPartnerReferenceNo,
          originalReferenceNo: `ref-${body.originalPartnerReferenceNo}`,
          partnerRefundNo: body.partnerRefundNo,
          refundNo: "refund-1",
          refundTime: payment.paidTime,
        };
      },
    },
  });
  return { handler, tokens, payments, answered, errors };
}

/** The merchant: is told what became of payments, by a PJP that signs with its private key and brings no token. */
function merchant() {
  const notices: { body: OperationTypes["qrCpmNotify"]["request"]; accessToken: string | undefined }[] = [];
  const handler = createSnapHandler({
    key: ({ partnerId }) => (partnerId === PJP ? { type: "asymmetric", publicKey: pjpKeys.publicKey } : undefined),
    verifyToken: () => false,
    withoutToken: ["qrCpmNotify"],
    operations: {
      qrCpmNotify({ body, accessToken }) {
        notices.push({ body, accessToken });
        return { responseCode: "2007900", responseMessage: "Successful" };
      },
    },
  });
  return { handler, notices };
}

const running: Started[] = [];
async function serve(handler: SnapHandler): Promise<string> {
  const server = await started(toNodeListener(handler));
  running.push(server);
  return server.url;
}
afterAll(async () => {
  await Promise.all(running.map(({ close }) => close()));
});

describe("a merchant calls a PJP", () => {
  const bank = pjp();
  let baseUrl = "";
  let snap: SnapClient;
  const clientOf = (clientSecret: string, more: { partnerId?: string; clock?: () => Date } = {}) =>
    createSnapClient({
      baseUrl,
      partnerId: MERCHANT,
      channelId: "95221",
      accessToken: createTokenProvider({ baseUrl, clientKey: CLIENT_KEY, privateKey: merchantKeys.privateKey }),
      signature: { type: "symmetric", clientSecret },
      ...more,
    });
  beforeAll(async () => {
    baseUrl = `${await serve(bank.handler)}/snap`;
    snap = clientOf(SECRET);
  });
  beforeEach(() => {
    bank.answered.length = 0;
    bank.errors.length = 0;
  });

  const pay = (partnerReferenceNo: string, value = "10000.00") => ({
    partnerReferenceNo,
    qrContent: "00020101021226",
    amount: { value, currency: "IDR" },
    merchantId: MERCHANT_ID,
    title: "Kopi “tubruk” 😀",
    expiryTime: snapTimestamp(new Date(Date.now() + 60_000)),
  });
  const steps = () => bank.answered.map(({ operation, responseCode, step }) => [operation, responseCode, step]);

  test("token, payment, query, refund, query", async () => {
    const paid = await snap.qrCpmPayment(pay("order-1"));
    expect(paid.data).toEqual({
      responseCode: "2006000",
      responseMessage: "Successful",
      partnerReferenceNo: "order-1",
      referenceNo: "ref-order-1",
    });
    expect(paid.response.headers.get("x-timestamp")).toMatch(/\+07:00$/);

    const additionalInfo = { "100 %": "a/b\\c", deep: [{ é: "1.0" }] };
    const headers = { "X-EXTERNAL-ID": "0815" };
    const query = await snap.qrCpmQuery({ originalPartnerReferenceNo: "order-1", additionalInfo }, { headers });
    if (query.data?.responseCode !== "2006100") expect.unreachable("no success");
    expect(transactionStateOf(query.data.latestTransactionStatus)).toBe("success");
    expect(query.data).toMatchObject({ originalExternalId: "0815", additionalInfo });

    const refund = await snap.qrCpmRefund({
      merchantId: MERCHANT_ID,
      originalPartnerReferenceNo: "order-1",
      partnerRefundNo: "back-1",
      refundAmount: { value: "10000.00", currency: "IDR" },
    });
    expect(refund.data).toMatchObject({ responseCode: "2008000", partnerRefundNo: "back-1" });
    const after = await snap.qrCpmQuery({ originalPartnerReferenceNo: "order-1" });
    expect(transactionStateOf((after.data as Query).latestTransactionStatus)).toBe("reversed");

    expect([steps(), bank.errors, bank.tokens.size]).toEqual([
      [
        ["accessTokenB2b", "2007300", "operation"],
        ["qrCpmPayment", "2006000", "operation"],
        ["qrCpmQuery", "2006100", "operation"],
        ["qrCpmRefund", "2008000", "operation"],
        ["qrCpmQuery", "2006100", "operation"],
      ],
      [],
      1,
    ]);
  });

  test.each<[string, string, number, string, string, string]>([
    ["is in progress", "202.00", 202, "2026000", "Request In Progress", "pending"],
    ["is beyond the balance", "1000000.01", 403, "4036014", "Insufficient Funds", "declined"],
    ["fails within the PJP", "13.00", 500, "5006000", "General Error", "unknown"],
  ])("a payment that %s", async (what, value, status, responseCode, responseMessage, outcome) => {
    const { data, error, response } = await snap.qrCpmPayment(pay(what, value));
    const answer = data ?? error;
    expect([response.status, answer]).toEqual([status, expect.objectContaining({ responseCode, responseMessage })]);
    expect(outcomeOf(answer?.responseCode ?? "")).toBe(outcome);
    expect(JSON.stringify(answer)).not.toContain("hunter2");
    expect(bank.errors).toHaveLength(status === 500 ? 1 : 0);
  });

  test("a payment that was taken before is refused, and one that does not exist is not found", async () => {
    await snap.qrCpmPayment(pay("order-2"));
    // within the same second both would be signed alike
    const later = clientOf(SECRET, { clock: () => new Date(Date.now() + 2000) });
    expect((await later.qrCpmPayment(pay("order-2"))).error?.responseCode).toBe("4096001");
    expect((await snap.qrCpmQuery({ originalPartnerReferenceNo: "nobody" })).error).toEqual({
      responseCode: "4046101",
      responseMessage: "Transaction Not Found",
    });
  });

  test("an X-EXTERNAL-ID that was used before is refused with 409 00, and nothing happens twice", async () => {
    const headers = { "X-EXTERNAL-ID": "once-only" };
    expect((await snap.qrCpmPayment(pay("order-3"), { headers })).data?.responseCode).toBe("2006000");
    const again = await snap.qrCpmPayment(pay("order-4"), { headers });
    expect(again.error).toEqual({ responseCode: "4096000", responseMessage: "Conflict" });
    expect(outcomeOf(again.error?.responseCode ?? "")).toBe("rejected");
    expect(bank.payments.has("order-4")).toBe(false);
    const parallel = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        snap.qrCpmPayment(pay(`parallel-${n}`), { headers: { "X-EXTERNAL-ID": "parallel" } }),
      ),
    );
    expect(parallel.map(({ data, error }) => (data ?? error)?.responseCode).sort()).toEqual([
      "2006000",
      ...Array(19).fill("4096000"),
    ]);
  });

  test("another secret is refused with 401 00, and so is an unknown partner", async () => {
    const { error, response } = await clientOf("another secret").qrCpmPayment(pay("order-5"));
    expect([response.status, error]).toEqual([
      401,
      { responseCode: "4016000", responseMessage: "Unauthorized. [Signature]" },
    ]);
    const unknown = await clientOf(SECRET, { partnerId: "nobody" }).qrCpmPayment(pay("order-5"));
    expect(unknown.error).toEqual({ responseCode: "4016000", responseMessage: "Unauthorized. [Unknown client]" });
    expect(bank.payments.has("order-5")).toBe(false);
  });

  test.each<[string, object, string, string]>([
    ["no merchantId", { merchantId: undefined }, "4006002", "Invalid Mandatory Field merchantId"],
    ["an empty merchantId", { merchantId: "" }, "4006002", "Invalid Mandatory Field merchantId"],
    ["no amount.value", { amount: { currency: "IDR" } }, "4006002", "Invalid Mandatory Field amount.value"],
    [
      "another amount.value",
      { amount: { value: "1", currency: "IDR" } },
      "4006001",
      "Invalid Field Format amount.value",
    ],
  ])("a body with %s is refused with the name of the field", async (_, wrong, responseCode, responseMessage) => {
    const { error, response } = await snap.qrCpmPayment({ ...pay("order-6"), ...wrong });
    expect([response.status, error]).toEqual([400, { responseCode, responseMessage }]);
    expect(bank.payments.has("order-6")).toBe(false);
  });

  test("a time far from the PJP's, an operation that it does not serve, and an unknown path are refused", async () => {
    const late = await clientOf(SECRET, { clock: () => new Date(Date.now() - 600_000) }).qrCpmPayment(pay("order-7"));
    expect(late.error).toEqual({ responseCode: "4006001", responseMessage: "Invalid Field Format X-TIMESTAMP" });
    const cancel = await snap.qrCpmCancel({ originalPartnerReferenceNo: "order-1" });
    expect([cancel.response.status, cancel.error?.responseCode]).toEqual([405, "4056200"]);
    const lost = createSnapClient({
      baseUrl: baseUrl.replace("/snap", ""),
      partnerId: MERCHANT,
      channelId: "95221",
      accessToken: "x",
      signature: { type: "symmetric", clientSecret: SECRET },
    });
    const { error, response } = await lost.qrCpmQuery({});
    expect([response.status, error]).toEqual([404, { responseCode: "4040002", responseMessage: "Invalid Routing" }]);
  });

  test("a token that the PJP forgot is renewed, and the payment is made once", async () => {
    const client = clientOf(SECRET);
    await client.qrCpmQuery({ originalPartnerReferenceNo: "order-1" });
    bank.tokens.clear();
    bank.answered.length = 0;
    expect((await client.qrCpmPayment(pay("order-8"))).data?.responseCode).toBe("2006000");
    expect(steps()).toEqual([
      ["qrCpmPayment", "4016001", "token"],
      ["accessTokenB2b", "2007300", "operation"],
      ["qrCpmPayment", "2006000", "operation"],
    ]);
  });

  test("a token is refused to another key and to an unknown client", async () => {
    for (const [clientKey, { privateKey }] of [
      [CLIENT_KEY, pjpKeys],
      ["nobody", merchantKeys],
    ] as const) {
      const error = await createTokenProvider({ baseUrl, clientKey, privateKey })().catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(SnapCallError);
      expect(error).toMatchObject({ status: 401, message: expect.stringContaining("4017300 Unauthorized.") });
    }
  });
});

describe("a PJP notifies a merchant", () => {
  const shop = merchant();
  let baseUrl = "";
  beforeAll(async () => {
    baseUrl = await serve(shop.handler);
  });
  beforeEach(() => {
    shop.notices.length = 0;
  });
  const clientOf = (privateKey = pjpKeys.privateKey) =>
    createSnapClient({ baseUrl, partnerId: PJP, channelId: "95221", signature: { type: "asymmetric", privateKey } });
  const notice = {
    originalPartnerReferenceNo: "order-1",
    merchantId: MERCHANT_ID,
    amount: { value: "10000.00", currency: "IDR" },
    latestTransactionStatus: "00",
    transactionStatusDesc: "Sukses – é 😀",
  } as const;

  test("a notice that is signed with its key needs no token", async () => {
    const { data, response } = await clientOf().qrCpmNotify(notice);
    expect([response.status, data]).toEqual([200, { responseCode: "2007900", responseMessage: "Successful" }]);
    expect(shop.notices).toEqual([{ body: notice, accessToken: undefined }]);
  });

  test("another key is refused with 401 00, and a token that is not good with 401 01", async () => {
    expect((await clientOf(merchantKeys.privateKey).qrCpmNotify(notice)).error).toEqual({
      responseCode: "4017900",
      responseMessage: "Unauthorized. [Signature]",
    });
    const headers = { Authorization: "Bearer x" };
    expect((await clientOf().qrCpmNotify(notice, { headers })).error?.responseCode).toBe("4017901");
    expect(shop.notices).toHaveLength(0);
  });

  test("a notice sent twice arrives once, and one with a wrong body is refused", async () => {
    const headers = { "X-EXTERNAL-ID": "notice-1" };
    const again = { ...notice, originalPartnerReferenceNo: "order-2" };
    await clientOf().qrCpmNotify(again, { headers });
    expect((await clientOf().qrCpmNotify(again, { headers })).error?.responseCode).toBe("4097900");
    const wrong = { ...notice, latestTransactionStatus: "99" as "00" };
    expect((await clientOf().qrCpmNotify(wrong)).error).toEqual({
      responseCode: "4007901",
      responseMessage: "Invalid Field Format latestTransactionStatus",
    });
    expect(shop.notices).toHaveLength(1);
  });

  test("other operations are refused with 405 00, and so is a request for a token", async () => {
    const other = await clientOf().qrCpmQuery({});
    expect([other.response.status, other.error?.responseCode]).toEqual([405, "4056100"]);
    const provider = createTokenProvider({ baseUrl, clientKey: CLIENT_KEY, privateKey: pjpKeys.privateKey });
    await expect(provider()).rejects.toMatchObject({ status: 405, message: expect.stringContaining("4057300") });
  });
});
