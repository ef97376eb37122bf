// The types follow the profile: what it does not have does not compile.
import { describe, expectTypeOf, test } from "vitest";
import { aspi2025 } from "../../generated/profiles/aspi-2025/profile.ts";
import { bca as wholeBca } from "../../generated/profiles/bca/contract.ts";
import { bca } from "../../generated/profiles/bca/profile.ts";
import { dana } from "../../generated/profiles/dana/profile.ts";
import { doku } from "../../generated/profiles/doku/profile.ts";
import { finpay } from "../../generated/profiles/finpay/profile.ts";
import type { midtrans } from "../../generated/profiles/midtrans/profile.ts";
import { shopeepay } from "../../generated/profiles/shopeepay/profile.ts";
import { createSnapClient, outcomeOf, type RsaKeyObject, type SnapClient } from "../../src/index.ts";
import { createSnapApi } from "../../src/openapi-fetch.ts";
import { startMock } from "../../src/sandbox.ts";
import { createSnapHandler } from "../../src/server.ts";
import { validateRequest } from "../../src/validation.ts";
import { compiles } from "../support/types.ts";

const common = { baseUrl: "https://snap.bank.example", partnerId: "p" };
const channel = { ...common, channelId: "95221" };
const symmetric = { signature: { type: "symmetric", clientSecret: "s" }, accessToken: "t" } as const;
declare const asymmetric: { signature: { type: "asymmetric"; privateKey: RsaKeyObject } };
const amount = { value: "10.00", currency: "IDR" };
const receiver = { key: () => undefined, verifyToken: () => true };

declare const ofBca: SnapClient<typeof bca>;
declare const ofShopeepay: SnapClient<typeof shopeepay>;
declare const ofDana: SnapClient<typeof dana>;
declare const ofAspi: SnapClient<typeof aspi2025>;
declare const ofMidtrans: SnapClient<typeof midtrans>;
declare const ofDoku: SnapClient<typeof doku>;
declare const ofFinpay: SnapClient<typeof finpay>;
declare const published: SnapClient;

/** The operations of a client. */
type Methods<Client> = Exclude<keyof Client, "fetch">;

describe("the operations of a client are those of its profile", () => {
  test("and no others", () => {
    expectTypeOf<Methods<typeof ofBca>>().toEqualTypeOf<"qrCpmPayment" | "qrCpmCancel" | "debitStatus">();
    expectTypeOf<Methods<typeof ofShopeepay>>().toEqualTypeOf<"qrCpmPayment" | "qrCpmQuery" | "qrCpmRefund">();
    expectTypeOf<Methods<typeof ofDana>>().toEqualTypeOf<"qrCpmPayment" | "debitStatus">();
    expectTypeOf<Methods<typeof ofMidtrans>>().toEqualTypeOf<"qrCpmNotify" | "debitStatus">();
    expectTypeOf<Methods<typeof ofDoku>>().toEqualTypeOf<"debitStatus">();
    expectTypeOf<Methods<typeof ofFinpay>>().toEqualTypeOf<"qrCpmPayment" | "debitStatus">();
    expectTypeOf<Methods<typeof ofAspi>>().toEqualTypeOf<Methods<typeof published>>();
    compiles(
      // @ts-expect-error BCA does not answer queries
      () => ofBca.qrCpmQuery({}),
      // @ts-expect-error DANA does not cancel
      () => ofDana.qrCpmCancel({}),
      // @ts-expect-error DOKU takes no QR CPM payments
      () => ofDoku.qrCpmPayment({}),
    );
  });

  test("bodies are the profile's", () => {
    const payment = { partnerReferenceNo: "p", qrContent: "q", merchantId: "m" };
    expectTypeOf<Parameters<typeof ofBca.qrCpmPayment>[0]>().not.toBeAny();
    compiles(
      () => ofAspi.qrCpmPayment(payment),
      // @ts-expect-error the old edition asks for expiryTime
      () => published.qrCpmPayment(payment),
      // @ts-expect-error BCA asks for the amount, and more
      () => ofBca.qrCpmPayment(payment),
      // @ts-expect-error BCA does not take expiryTime
      () => ofBca.qrCpmPayment({ ...payment, amount, acquirerName: "BCA", terminalId: "t", expiryTime: "x" }),
      // @ts-expect-error the acquirer is BCA
      () => ofBca.qrCpmPayment({ ...payment, amount, acquirerName: "Other", terminalId: "t" }),
      // @ts-expect-error ShopeePay asks for the store
      () => ofShopeepay.qrCpmPayment({ ...payment, amount, expiryTime: "x" }),
      () => ofDana.debitStatus({ originalPartnerReferenceNo: "p", serviceCode: "60", merchantId: "m", amount: null }),
      // @ts-expect-error null stands for absent, which a mandatory field is not
      () => ofDana.qrCpmPayment({ ...payment, amount: null }),
      // @ts-expect-error elsewhere null is not a string
      () => ofAspi.qrCpmPayment({ ...payment, subMerchantId: null }),
      () => ofDana.debitStatus({ originalPartnerReferenceNo: "p", serviceCode: "60", merchantId: "m" }),
      // @ts-expect-error DANA is not asked about service 61
      () => ofDana.debitStatus({ originalPartnerReferenceNo: "p", serviceCode: "61", merchantId: "m" }),
      // @ts-expect-error the published page has one service code
      () => published.debitStatus({ originalPartnerReferenceNo: "p", serviceCode: "60" }),
    );
  });
});

describe("the options of a client are those that its profile needs", () => {
  test("kinds of signature, token, channel", () => {
    compiles(
      () => createSnapClient({ profile: bca, ...common, ...symmetric }),
      // @ts-expect-error BCA takes symmetric signatures
      () => createSnapClient({ profile: bca, ...common, ...asymmetric, accessToken: "t" }),
      // @ts-expect-error BCA fixes CHANNEL-ID
      () => createSnapClient({ profile: bca, ...channel, ...symmetric }),
      () => createSnapClient({ profile: dana, ...channel, ...asymmetric }),
      // @ts-expect-error DANA takes asymmetric signatures
      () => createSnapClient({ profile: dana, ...channel, ...symmetric }),
      // @ts-expect-error ShopeePay has CHANNEL-ID
      () => createSnapClient({ profile: shopeepay, ...common, ...symmetric }),
      () => createSnapClient({ profile: doku, ...common, ...symmetric }),
      () => createSnapClient({ profile: aspi2025, ...channel, ...asymmetric }),
      () => createSnapClient({ profile: aspi2025, ...channel, ...symmetric }),
      // @ts-expect-error a secret without a token
      () => createSnapClient({ profile: finpay, ...channel, signature: symmetric.signature }),
    );
  });

  test("openapi-fetch knows the profile's paths", () => {
    const api = createSnapApi({ profile: bca, ...common, ...symmetric });
    compiles(
      () => api.POST("/oneklik/v1.0/debit/status", { body: { originalPartnerReferenceNo: "p", serviceCode: "54" } }),
      // @ts-expect-error the standard's path is not BCA's
      () => api.POST("/v1.0/debit/status", { body: { originalPartnerReferenceNo: "p", serviceCode: "54" } }),
      // @ts-expect-error the token's path is not called
      () => api.POST("/v1.0/access-token/b2b", { body: {} }),
    );
  });
});

test("receiver, validation and mock take the whole of a profile, and not its light half", () => {
  compiles(
    () => createSnapHandler({ profile: wholeBca, ...receiver, operations: {} }),
    // @ts-expect-error the light half has no validators
    () => createSnapHandler({ profile: bca, ...receiver, operations: {} }),
    // @ts-expect-error BCA does not have this operation
    () => createSnapHandler({ profile: wholeBca, ...receiver, operations: { qrCpmRefund: () => undefined as never } }),
    () =>
      createSnapHandler({
        profile: wholeBca,
        ...receiver,
        operations: {
          qrCpmCancel: ({ body }) => {
            expectTypeOf(body.originalPartnerReferenceNo).toEqualTypeOf<string>();
            // @ts-expect-error no edition has this field
            void body.amout;
            return undefined as never;
          },
        },
      }),
    () => validateRequest("qrCpmPayment", {}, wholeBca),
    // @ts-expect-error BCA does not have this operation
    () => validateRequest("qrCpmRefund", {}, wholeBca),
    // @ts-expect-error the light half has no validators
    () => validateRequest("qrCpmPayment", {}, bca),
    () => startMock({ profile: wholeBca }),
    // @ts-expect-error the light half has no document
    () => startMock({ profile: bca }),
    () => createSnapClient({ profile: wholeBca, ...common, ...symmetric, validateRequests: true }),
    () => outcomeOf("4046218", bca),
  );
});
