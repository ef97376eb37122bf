// The proxy speaks the dialect of a profile, and says what a signature was made from that the caller brought and the target refused.
import { expect, onTestFinished, test, vi } from "vitest";
import { bca } from "../../generated/profiles/bca/contract.ts";
import { dana } from "../../generated/profiles/dana/contract.ts";
import { sign, snapTimestamp } from "../../src/index.ts";
import { type ProxyLogEntry, type ProxyOptions, startProxy, startSandbox } from "../../src/sandbox.ts";
import { privateKey, publicKey } from "../support/keys.ts";
import { examplesOf } from "../support/profile-contracts.ts";
import { OPTIONS, post, QUERY } from "./support.ts";

async function before(options: Parameters<typeof startSandbox>[0], proxying: Partial<ProxyOptions>) {
  const sandbox = await startSandbox({ seed: 1, ...options });
  const entries: ProxyLogEntry[] = [];
  const proxy = await startProxy({
    partnerId: "the-partner",
    target: sandbox.url,
    log: (entry) => entries.push(entry),
    ...proxying,
  } as ProxyOptions);
  onTestFinished(async () => {
    await proxy.close();
    await sandbox.close();
  });
  return { url: proxy.url, entries };
}
const symmetric = { signature: { type: "symmetric", clientSecret: "s3cret" }, accessToken: "t0ken" } as const;

test("bca: its base path, its CHANNEL-ID, and its fields", async () => {
  const checked = { profile: bca, clientSecret: "s3cret", accessToken: "t0ken" };
  const { url, entries } = await before(checked, { profile: bca, ...symmetric });
  const { body } = examplesOf(bca, "qrCpmPayment").request[0] ?? { body: {} };
  const paid = { ...body, amount: { value: "2006000.00", currency: "IDR" } };
  const answer = await post(`${url}/v1.0/qr/qr-cpm-payment`, JSON.stringify(paid));
  expect(await answer.json()).toMatchObject({
    responseCode: "2006000",
    additionalInfo: { latestTransactionStatus: "00" },
  });
  expect(entries).toMatchObject([{ operation: "qrCpmPayment", findings: [] }]);
  expect((await post(`${url}/v1.0/qr/qr-cpm-query`)).status).toBe(404);
});

test("dana: asymmetric, without a token, at its own paths", async () => {
  const { url, entries } = await before(
    { profile: dana, publicKey },
    { profile: dana, channelId: "95221", signature: { type: "asymmetric", privateKey } },
  );
  const asked = { originalPartnerReferenceNo: "debit-00", serviceCode: "60", merchantId: "m", subMerchantId: null };
  const answer = await post(`${url}/payment-gateway/v1.0/debit/status.htm`, JSON.stringify(asked));
  expect(await answer.json()).toMatchObject({ responseCode: "2005500", serviceCode: "60" });
  expect(entries).toMatchObject([{ operation: "debitStatus", findings: [] }]);
});

test("a signature of the caller's own that is refused: the log says what it was made from, without a secret", async () => {
  const { url, entries } = await before({ clientSecret: "s3cret", accessToken: "t0ken" }, { ...OPTIONS, ...symmetric });
  const body = '{ "originalPartnerReferenceNo": "1" }';
  const timestamp = snapTimestamp(new Date());
  const input = { method: "POST", path: "/v1.0/qr/qr-cpm-refund", accessToken: "t0ken", body, timestamp } as const;
  const signature = sign({ type: "symmetric", ...input, clientSecret: "s3cret" });
  const own = { "x-timestamp": timestamp, "x-signature": signature, authorization: "Bearer t0ken" };
  expect((await post(`${url}${QUERY}`, body, own)).status).toBe(401);
  await vi.waitFor(() => expect(entries.some(({ hint }) => hint?.includes("qr-cpm-refund"))).toBe(true), 5000);
  expect(JSON.stringify(entries)).not.toMatch(/s3cret|t0ken/);
});
