// A test of your own against the sandbox: a payment that is pending, and ten minutes that pass at once.
import { createSnapClient } from "snap-bi-contract";
import { startSandbox } from "snap-bi-contract/sandbox";
import { expect, test } from "vitest";

const payment = {
  partnerReferenceNo: "order-1",
  qrContent: "any",
  merchantId: "shop-1",
  expiryTime: "2026-11-21T10:00:00+07:00",
};
const credentials = {
  partnerId: "my-shop",
  channelId: "95221",
  accessToken: "any-token",
  signature: { type: "symmetric", clientSecret: "any-secret" },
} as const;

test("a pending payment is settled", async () => {
  const sandbox = await startSandbox({ time: new Date("2026-11-21T09:00:00+07:00") });
  const snap = createSnapClient({ ...credentials, baseUrl: sandbox.url, clock: sandbox.now });
  await snap.qrCpmPayment({ ...payment, amount: { value: "2026000.00", currency: "IDR" } }); // 202, pending
  await sandbox.advance(600); // ten minutes pass at once; what is due happens, notifications included
  const { data } = await snap.qrCpmQuery({ originalPartnerReferenceNo: payment.partnerReferenceNo });
  expect(data?.latestTransactionStatus).toBe("00");
  await sandbox.close();
});
