// The sandbox under each profile: a payment's life with the profile's own requests, every answer valid under it.
import { afterEach, expect, test } from "vitest";
import { aspi2025 } from "../../generated/profiles/aspi-2025/contract.ts";
import { bca } from "../../generated/profiles/bca/contract.ts";
import { dana } from "../../generated/profiles/dana/contract.ts";
import { doku } from "../../generated/profiles/doku/contract.ts";
import { profiles } from "../../generated/profiles/index.ts";
import { shopeepay } from "../../generated/profiles/shopeepay/contract.ts";
import { createSnapClient, transactionStateOf } from "../../src/index.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox.ts";
import { validateResponse } from "../../src/validation.ts";
import { privateKey, publicKey } from "../support/keys.ts";

const running: Sandbox[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.close()));
});
const start: typeof startSandbox = async (options) => {
  const sandbox = await startSandbox({ seed: 1, ...options });
  running.push(sandbox);
  return sandbox;
};
const idr = (value: string) => ({ value, currency: "IDR" });
const symmetric = { type: "symmetric", clientSecret: "s" } as const;
const caller = { partnerId: "p", channelId: "95221", accessToken: "t", signature: symmetric };

test("aspi-2025: generate, pay without expiryTime, query, refund", async () => {
  const { url } = await start({ profile: aspi2025 });
  const snap = createSnapClient({ profile: aspi2025, baseUrl: url, ...caller });
  const made = await snap.qrCpmGenerate({ partnerTrxDate: "2020-12-21T14:56:11+07:00" });
  const qrContent = made.data && "qrContent" in made.data ? String(made.data.qrContent) : "";
  const paid = await snap.qrCpmPayment({ partnerReferenceNo: "p-1", qrContent, merchantId: "m", amount: idr("10.00") });
  expect(paid.data).toMatchObject({ responseCode: "2006000", partnerReferenceNo: "p-1" });
  const asked = await snap.qrCpmQuery({ originalPartnerReferenceNo: "p-1" });
  expect(asked.data).toMatchObject({ latestTransactionStatus: "00" });
  const back = await snap.qrCpmRefund({
    merchantId: "m",
    originalPartnerReferenceNo: "p-1",
    partnerRefundNo: "r-1",
    refundAmount: idr("10.00"),
  } as never);
  expect(back.data).toMatchObject({ responseCode: "2008000" });
  const debit = await snap.debitStatus({ originalPartnerReferenceNo: "debit-06", serviceCode: "54" });
  expect(debit.data).toMatchObject({ latestTransactionStatus: "06", serviceCode: "54" });
  for (const [id, { data }] of Object.entries({
    qrCpmGenerate: made,
    qrCpmPayment: paid,
    qrCpmQuery: asked,
    qrCpmRefund: back,
    debitStatus: debit,
  }))
    expect(validateResponse(id as "qrCpmQuery", 200, data, aspi2025)).toEqual({ valid: true });
});

test("bca: a failed payment is 2006000 with status 06, and an unknown one is refused", async () => {
  const { url } = await start({ profile: bca });
  const { channelId: _, ...bare } = caller;
  const snap = createSnapClient({ profile: bca, baseUrl: url, ...bare });
  const pay = (partnerReferenceNo: string, value: string) =>
    snap.qrCpmPayment({
      partnerReferenceNo,
      qrContent: "hQVDUFYwMQ==",
      amount: idr(value),
      merchantId: "123456789",
      subMerchantId: "",
      acquirerName: "BCA",
      terminalId: "A1234567",
    });
  const refused = await pay("p-1", "2006006.00");
  expect(refused.data ?? refused.error).toMatchObject({
    responseCode: "2006000",
    additionalInfo: { latestTransactionStatus: "06" },
  });
  const paid = await pay("p-2", "2006000.00");
  expect(paid.data).toMatchObject({ responseCode: "2006000", additionalInfo: { latestTransactionStatus: "00" } });
  const body = { merchantId: "123456789", subMerchantId: "", additionalInfo: { terminalId: "A1234567" } };
  const cancelled = await snap.qrCpmCancel({ ...body, originalPartnerReferenceNo: "p-2" } as never);
  expect(cancelled.data).toMatchObject({ responseCode: "2006200", originalPartnerReferenceNo: "p-2" });
  for (const [id, { data }] of [
    ["qrCpmPayment", refused],
    ["qrCpmPayment", paid],
    ["qrCpmCancel", cancelled],
  ] as const)
    expect(validateResponse(id, 200, data, bca)).toEqual({ valid: true });
  const unknown = await snap.qrCpmCancel({ ...body, originalPartnerReferenceNo: "p-3" } as never);
  expect(unknown.error).toMatchObject({ responseCode: "4046201" });
});

test("shopeepay: pay at /v1.1, query and refund with its own fields", async () => {
  const { url } = await start({ profile: shopeepay });
  const snap = createSnapClient({ profile: shopeepay, baseUrl: url, ...caller });
  const paid = await snap.qrCpmPayment({
    partnerReferenceNo: "p-1",
    qrContent: "x",
    merchantId: "m",
    externalStoreId: "s",
    amount: idr("2006000.00"),
    expiryTime: "2030-12-23T07:50:11+07:00",
  });
  expect(paid.data).toMatchObject({ responseCode: "2006000", additionalInfo: { latestTransactionStatus: "00" } });
  const asked = await snap.qrCpmQuery({
    originalPartnerReferenceNo: "p-1",
    merchantId: "m",
    externalStoreId: "s",
    additionalInfo: { value: "2006000.00", serviceCode: "60" },
  } as never);
  expect(asked.data).toMatchObject({ latestTransactionStatus: "00" });
  expect(transactionStateOf("00", shopeepay)).toBe("success");
});

test("dana: asymmetric without a token, null for absent, and the service that is asked about comes back", async () => {
  const { url } = await start({ profile: dana, publicKey });
  const snap = createSnapClient({
    profile: dana,
    baseUrl: url,
    partnerId: "p",
    channelId: "95221",
    signature: { type: "asymmetric", privateKey },
  });
  const asked = await snap.debitStatus({
    originalPartnerReferenceNo: "debit-00",
    serviceCode: "60",
    merchantId: "m",
    subMerchantId: null,
  });
  expect(asked.data).toMatchObject({ latestTransactionStatus: "00", serviceCode: "60" });
});

test("doku: no CHANNEL-ID, service 55", async () => {
  const { url } = await start({ profile: doku });
  const snap = createSnapClient({
    profile: doku,
    baseUrl: url,
    partnerId: "p",
    accessToken: "t",
    signature: symmetric,
  });
  const asked = await snap.debitStatus({
    originalPartnerReferenceNo: "debit-00",
    serviceCode: "55",
    additionalInfo: { channel: "EMONEY_SHOPEE_PAY_SNAP" },
  } as never);
  expect(asked.data ?? asked.error).toMatchObject({ latestTransactionStatus: "00", serviceCode: "55" });
});

test("a profile without qrCpmNotify does not notify", async () => {
  await expect(startSandbox({ profile: bca, notify: "http://127.0.0.1:1" })).rejects.toThrow(
    "notify must be left out: the profile bca does not have qrCpmNotify.",
  );
});

test("the names of the profiles", () => {
  const names = ["aspi-2025", "bca", "dana", "doku", "finpay", "midtrans", "shopeepay"];
  expect(Object.keys(profiles)).toEqual(expect.arrayContaining(names));
});
