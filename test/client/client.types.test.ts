// What compiles and what does not, of the client. `npm run types` is what fails here; nothing in this file is ever sent.
import type { KeyObject } from "node:crypto";
import { describe, expectTypeOf, test } from "vitest";
import {
  type AccessToken,
  createSnapClient,
  createTokenProvider,
  type OperationId,
  type OperationTypes,
  type PublishedProfile,
  type paths,
  type QrCpmPaymentRequest,
  type QrCpmPaymentResponse,
  type SnapCallError,
  type SnapCallErrorCode,
  type SnapCallOptions,
  type SnapClient,
  type SnapClientOptions,
  type SnapErrorCode,
  type SnapHeaders,
  type SnapResult,
  type SnapSignature,
  type TokenProvider,
  type TransactionId,
  type Violation,
} from "../../src/index.ts";
import { compiles } from "../support/types.ts";

declare const snap: SnapClient;
declare const payment: QrCpmPaymentRequest;
declare const incomplete: Omit<QrCpmPaymentRequest, "qrContent">;
declare const signature: SnapSignature;
declare const privateKey: KeyObject;

const common = { baseUrl: "https://snap.bank.example", partnerId: "p", channelId: "95221" };
const symmetric = { type: "symmetric", clientSecret: "s" } as const;

describe("requests", () => {
  test("each method takes the body of its operation and nothing is any", () => {
    expectTypeOf<SnapClient>().not.toBeAny();
    type Methods = Exclude<keyof SnapClient, "fetch">;
    expectTypeOf<Methods>().toEqualTypeOf<TransactionId>();
    expectTypeOf<Methods>().toEqualTypeOf<
      "qrCpmGenerate" | "qrCpmPayment" | "qrCpmQuery" | "qrCpmCancel" | "qrCpmNotify" | "qrCpmRefund" | "debitStatus"
    >();
    expectTypeOf<OperationId>().toEqualTypeOf<Methods | "accessTokenB2b">();
    type Bodies = { [Id in Methods]: Parameters<SnapClient[Id]>[0] };
    expectTypeOf<Bodies>().toEqualTypeOf<{ [Id in Methods]: OperationTypes[Id]["request"] }>();
    expectTypeOf<Bodies["qrCpmPayment"]>().toEqualTypeOf<QrCpmPaymentRequest>();
    expectTypeOf<Bodies["qrCpmPayment"]["qrContent"]>().toEqualTypeOf<string>();
    type Any = { [Id in Methods]: 0 extends 1 & Bodies[Id] ? Id : never }[Methods];
    expectTypeOf<Any>().toBeNever();
  });

  test("a body alone is enough: the caller need not give a header", () => {
    compiles(
      () => snap.qrCpmPayment(payment),
      () => snap.qrCpmPayment(payment, {}),
      () => snap.qrCpmPayment(payment, { headers: {} }),
    );
    expectTypeOf<Parameters<SnapClient["qrCpmPayment"]>>().toEqualTypeOf<
      [body: QrCpmPaymentRequest, options?: SnapCallOptions]
    >();
    expectTypeOf<object>().toExtend<SnapCallOptions>();
    expectTypeOf<Partial<SnapHeaders>>().toEqualTypeOf<NonNullable<SnapCallOptions["headers"]>>();
    expectTypeOf<SnapHeaders["X-EXTERNAL-ID"]>().toEqualTypeOf<string>();
  });

  test("wrong bodies do not compile", () => {
    compiles(
      // @ts-expect-error a field that the operation does not have
      () => snap.qrCpmPayment({ ...payment, qrContents: "x" }),
      // @ts-expect-error a mandatory field is missing
      () => snap.qrCpmPayment(incomplete),
      // @ts-expect-error no body
      () => snap.qrCpmPayment(),
      // @ts-expect-error a mandatory member of an amount is missing
      () => snap.qrCpmPayment({ ...payment, amount: { value: "1.00" } }),
      // @ts-expect-error an amount spelt as in the old tables
      () => snap.qrCpmPayment({ ...payment, amount: { Value: "1.00", Currency: "IDR" } }),
      // @ts-expect-error a currency that is a number
      () => snap.qrCpmPayment({ ...payment, amount: { value: "1.00", currency: 360 } }),
      // @ts-expect-error a value that is a number
      () => snap.qrCpmPayment({ ...payment, amount: { value: 1, currency: "IDR" } }),
      // @ts-expect-error a field that is null
      () => snap.qrCpmPayment({ ...payment, merchantId: null }),
      // @ts-expect-error the body of another operation
      () => snap.qrCpmPayment({ originalPartnerReferenceNo: "1", serviceCode: "54" }),
    );
  });

  test("wrong literals do not compile", () => {
    const notice = { merchantId: "m", amount: { value: "1.00", currency: "IDR" } };
    compiles(
      () => snap.qrCpmNotify({ ...notice, latestTransactionStatus: "07" }),
      // @ts-expect-error an unknown status
      () => snap.qrCpmNotify({ ...notice, latestTransactionStatus: "99" }),
      // @ts-expect-error a status that may be any text
      () => snap.qrCpmNotify({ ...notice, latestTransactionStatus: "00" as string }),
      () => snap.debitStatus({ originalPartnerReferenceNo: "1", serviceCode: "54" }),
      // @ts-expect-error the service that is called, not the one asked about
      () => snap.debitStatus({ originalPartnerReferenceNo: "1", serviceCode: "55" }),
    );
  });

  test("unknown operations and options of a call do not compile", () => {
    compiles(
      // @ts-expect-error an operation of another service
      () => snap.qrMpmPayment(payment),
      // @ts-expect-error the provider of tokens calls it, not the client
      () => snap.accessTokenB2b({ grantType: "client_credentials" }),
      // @ts-expect-error there is no call by path
      () => snap.POST("/v1.0/qr/qr-cpm-payment", { body: payment }),
      // @ts-expect-error an unknown option
      () => snap.qrCpmPayment(payment, { retries: 3 }),
      // @ts-expect-error a header that the client does not have
      () => snap.qrCpmPayment(payment, { headers: { "X-CLIENT-KEY": "x" } }),
      // @ts-expect-error a header that is a number
      () => snap.qrCpmPayment(payment, { headers: { "X-EXTERNAL-ID": 1 } }),
    );
  });
});

describe("results", () => {
  type Payment = SnapResult<"qrCpmPayment">;
  type Data = Extract<Payment, { data: object }>["data"];
  type Refusal = NonNullable<Payment["error"]>;
  type Responses = paths["/v1.0/qr/qr-cpm-payment"]["post"]["responses"];
  type Body<Status extends keyof Responses> = Responses[Status]["content"]["application/json"];

  test("each method gives the result of its operation", () => {
    type Results = { [Id in TransactionId]: Awaited<ReturnType<SnapClient[Id]>> };
    expectTypeOf<Results>().toEqualTypeOf<{ [Id in TransactionId]: SnapResult<Id> }>();
    expectTypeOf<Payment>().not.toBeAny();
    expectTypeOf<Data>().not.toBeAny();
    expectTypeOf<Refusal>().not.toBeAny();
    expectTypeOf<Payment["response"]>().toEqualTypeOf<Response>();
    expectTypeOf<Payment["externalId"]>().toEqualTypeOf<string>();
  });

  test("either data or error is there, never both", () => {
    compiles(async () => {
      const result = await snap.qrCpmPayment(payment);
      if (result.error) {
        expectTypeOf(result.data).toEqualTypeOf<undefined>();
        expectTypeOf(result.error).toEqualTypeOf<Refusal>();
        // @ts-expect-error with an error there is no data
        result.data.responseCode;
      } else {
        expectTypeOf(result.error).toEqualTypeOf<undefined>();
        expectTypeOf(result.data).toEqualTypeOf<Data>();
        // @ts-expect-error with data there is no error
        result.error.responseCode;
      }
      const { data, error } = result;
      // @ts-expect-error it may be an error
      data.responseCode;
      if (error) expectTypeOf(data).toEqualTypeOf<undefined>();
      else expectTypeOf(data).toEqualTypeOf<Data>();
      expectTypeOf(result.responseCode).toEqualTypeOf<Data["responseCode"] | Refusal["responseCode"]>();
    });
  });

  test("data narrows by its responseCode to the body of 200 or 202", () => {
    compiles(async () => {
      const { data } = await snap.qrCpmPayment(payment);
      if (!data) return;
      expectTypeOf(data.responseCode).toEqualTypeOf<"2006000" | "2026000">();
      if (data.responseCode === "2006000") {
        expectTypeOf(data).toEqualTypeOf<QrCpmPaymentResponse>();
        expectTypeOf(data.referenceNo).toEqualTypeOf<string>();
      } else {
        expectTypeOf(data.referenceNo).toEqualTypeOf<string | undefined>();
      }
      // @ts-expect-error the code of another service
      if (data.responseCode === "2006100") return;
    });
  });

  test("error narrows by its responseCode to the body of its status", () => {
    compiles(async () => {
      const { error } = await snap.qrCpmPayment(payment);
      if (!error) return;
      expectTypeOf<(typeof error)["responseCode"]>().not.toBeAny();
      expectTypeOf<string>().not.toExtend<(typeof error)["responseCode"]>();
      if (error.responseCode === "4036014") {
        expectTypeOf(error).toEqualTypeOf<Body<403>>();
        expectTypeOf<"4036099">().not.toExtend<(typeof error)["responseCode"]>();
        return;
      }
      if (error.responseCode === "4096000") expectTypeOf(error).toEqualTypeOf<Body<409>>();
      // @ts-expect-error the code of another service
      if (error.responseCode === "4035914") return;
      // @ts-expect-error a code that the catalogue does not have
      if (error.responseCode === "4036099") return;
      // @ts-expect-error the code of a success
      if (error.responseCode === "2006000") return;
      switch (error.responseCode) {
        case "4036003":
        case "4096000":
        case "5046000":
          return error.responseMessage;
        // @ts-expect-error the code of another service
        case "4096100":
          return undefined;
      }
    });
  });

  test("a SnapCallError has a code, an outcome, and what the call was", () => {
    expectTypeOf<SnapCallError["code"]>().toEqualTypeOf<
      | "ERR_SNAP_INVALID_REQUEST"
      | "ERR_SNAP_NO_TOKEN"
      | "ERR_SNAP_TIMEOUT"
      | "ERR_SNAP_ABORTED"
      | "ERR_SNAP_NETWORK"
      | "ERR_SNAP_NOT_SNAP"
      | "ERR_SNAP_TOO_LARGE"
      | "ERR_SNAP_CONTRADICTION"
    >();
    expectTypeOf<SnapCallError["code"]>().toEqualTypeOf<SnapCallErrorCode>();
    expectTypeOf<SnapCallErrorCode>().toExtend<SnapErrorCode>();
    expectTypeOf<SnapCallError["outcome"]>().toEqualTypeOf<"unknown" | "rejected">();
    expectTypeOf<SnapCallError["operation"]>().toEqualTypeOf<OperationId>();
    expectTypeOf<SnapCallError["externalId"]>().toEqualTypeOf<string>();
    expectTypeOf<SnapCallError["status"]>().toEqualTypeOf<number | undefined>();
    expectTypeOf<SnapCallError["excerpt"]>().toEqualTypeOf<string | undefined>();
    expectTypeOf<SnapCallError["violations"]>().toEqualTypeOf<readonly Violation[] | undefined>();
  });
});

describe("options", () => {
  test("a secret with a token, and a key with or without a token, compile", () => {
    const provider = () => createTokenProvider({ baseUrl: "https://x.example", clientKey: "k", privateKey });
    compiles(
      () => createSnapClient({ ...common, accessToken: "t", signature: symmetric }),
      () => createSnapClient({ ...common, accessToken: () => "t", signature: symmetric }),
      () => createSnapClient({ ...common, accessToken: async () => "t", signature: symmetric }),
      () => createSnapClient({ ...common, accessToken: provider(), signature: symmetric }),
      () => createSnapClient({ ...common, signature: { type: "asymmetric", privateKey } }),
      () => createSnapClient({ ...common, accessToken: "t", signature: { type: "asymmetric", privateKey: "PEM" } }),
      () => createSnapClient({ ...common, accessToken: "t", signature }),
      () => createSnapClient({ ...common, accessToken: "t", signature: symmetric, fetch }),
    );
    expectTypeOf(provider).returns.toEqualTypeOf<TokenProvider>();
    expectTypeOf<TokenProvider>().toExtend<AccessToken>();
    expectTypeOf<Parameters<typeof createSnapClient<PublishedProfile>>>().toEqualTypeOf<[options: SnapClientOptions]>();
    expectTypeOf<SnapClientOptions>().not.toBeAny();
  });

  test("wrong options do not compile", () => {
    compiles(
      // @ts-expect-error a secret without a token
      () => createSnapClient({ ...common, signature: symmetric }),
      // @ts-expect-error a signature of either kind, without a token
      () => createSnapClient({ ...common, signature }),
      // @ts-expect-error no signature
      () => createSnapClient({ ...common, accessToken: "t" }),
      // @ts-expect-error an unknown kind of signature
      () => createSnapClient({ ...common, accessToken: "t", signature: { type: "hmac", clientSecret: "s" } }),
      // @ts-expect-error a secret where a key belongs
      () => createSnapClient({ ...common, signature: { type: "asymmetric", clientSecret: "s" } }),
      // @ts-expect-error an unknown option
      () => createSnapClient({ ...common, accessToken: "t", signature: symmetric, clientId: "x" }),
      // @ts-expect-error no partnerId
      () => createSnapClient({ baseUrl: "x", channelId: "x", accessToken: "t", signature: symmetric }),
      // @ts-expect-error a token that is a number
      () => createSnapClient({ ...common, accessToken: 1, signature: symmetric }),
      // @ts-expect-error no key
      () => createTokenProvider({ baseUrl: "x", clientKey: "k" }),
      // @ts-expect-error an unknown option
      () => createTokenProvider({ baseUrl: "x", clientKey: "k", privateKey, clientSecret: "s" }),
    );
  });
});
