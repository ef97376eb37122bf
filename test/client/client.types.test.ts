// What compiles and what does not. `npm run types` is what fails here; nothing in this file is ever sent.
import type { KeyObject } from "node:crypto";
import createClient, { type Client } from "openapi-fetch";
import { describe, expect, expectTypeOf, test } from "vitest";
import {
  type AccessToken,
  createSnapClient,
  createTokenProvider,
  type OperationId,
  type OperationTypes,
  type paths,
  type QrCpmPaymentRequest,
  type QrCpmPaymentResponse,
  type SnapCallError,
  type SnapCallOptions,
  type SnapClient,
  type SnapClientOptions,
  type SnapHeaders,
  type SnapPaths,
  type SnapResult,
  type SnapSignature,
  type TokenProvider,
  type TransactionId,
} from "../../src/index.ts";

declare const snap: SnapClient;
declare const api: Client<SnapPaths>;
declare const payment: QrCpmPaymentRequest;
declare const incomplete: Omit<QrCpmPaymentRequest, "qrContent">;
declare const signature: SnapSignature;
declare const privateKey: KeyObject;

/** Compiled, never called. */
const compiles = (..._: (() => unknown)[]) => expect.assertions(0);

const common = { baseUrl: "https://snap.bank.example", partnerId: "p", channelId: "95221" };
const symmetric = { type: "symmetric", clientSecret: "s" } as const;

describe("requests", () => {
  test("each method takes the body of its operation and nothing is any", () => {
    expectTypeOf<SnapClient>().not.toBeAny();
    type Methods = Exclude<keyof SnapClient, "POST" | "fetch">;
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

  test("a body alone is enough: no header is asked of the caller", () => {
    compiles(
      () => snap.qrCpmPayment(payment),
      () => snap.qrCpmPayment(payment, {}),
      () => snap.qrCpmPayment(payment, { headers: {} }),
      () => snap.POST("/v1.0/qr/qr-cpm-payment", { body: payment }),
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
      // @ts-expect-error a status that there is not
      () => snap.qrCpmNotify({ ...notice, latestTransactionStatus: "99" }),
      // @ts-expect-error a status that may be any text
      () => snap.qrCpmNotify({ ...notice, latestTransactionStatus: "00" as string }),
      () => snap.debitStatus({ originalPartnerReferenceNo: "1", serviceCode: "54" }),
      // @ts-expect-error the service that is asked, and not the one that is asked about
      () => snap.debitStatus({ originalPartnerReferenceNo: "1", serviceCode: "55" }),
    );
  });

  test("unknown operations, paths and options of a call do not compile", () => {
    compiles(
      // @ts-expect-error an operation of another service
      () => snap.qrMpmPayment(payment),
      // @ts-expect-error the provider of tokens calls it, not the client
      () => snap.accessTokenB2b({ grantType: "client_credentials" }),
      // @ts-expect-error a path that there is not
      () => snap.POST("/v1.0/qr/qr-mpm-payment", { body: payment }),
      // @ts-expect-error the path of the token
      () => snap.POST("/v1.0/access-token/b2b", { body: { grantType: "client_credentials" } }),
      // @ts-expect-error the body of another path
      () => snap.POST("/v1.0/qr/qr-cpm-refund", { body: payment }),
      // @ts-expect-error no body
      () => snap.POST("/v1.0/qr/qr-cpm-payment", {}),
      // @ts-expect-error an option that there is not
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

  test("each method and POST give the result of the operation", () => {
    type Results = { [Id in TransactionId]: Awaited<ReturnType<SnapClient[Id]>> };
    expectTypeOf<Results>().toEqualTypeOf<{ [Id in TransactionId]: SnapResult<Id> }>();
    expectTypeOf<Payment>().not.toBeAny();
    expectTypeOf<Data>().not.toBeAny();
    expectTypeOf<Refusal>().not.toBeAny();
    const post = () => snap.POST("/v1.0/qr/qr-cpm-payment", { body: payment });
    expectTypeOf(post).returns.resolves.toEqualTypeOf<Payment>();
    expectTypeOf<Payment["response"]>().toEqualTypeOf<Response>();
    expectTypeOf<Payment["externalId"]>().toEqualTypeOf<string>();
  });

  test("either data or error is there, never both", () => {
    compiles(async () => {
      const result = await snap.qrCpmPayment(payment);
      if (result.error) {
        expectTypeOf(result.data).toEqualTypeOf<undefined>();
        expectTypeOf(result.error).toEqualTypeOf<Refusal>();
        // @ts-expect-error there is no data beside an error
        result.data.responseCode;
      } else {
        expectTypeOf(result.error).toEqualTypeOf<undefined>();
        expectTypeOf(result.data).toEqualTypeOf<Data>();
        // @ts-expect-error there is no error beside data
        result.error.responseCode;
      }
      const { data, error } = result;
      // @ts-expect-error it may be an error
      data.responseCode;
      if (error) expectTypeOf(data).toEqualTypeOf<undefined>();
      else expectTypeOf(data).toEqualTypeOf<Data>();
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

  test("an error of ours says what it is about", () => {
    expectTypeOf<SnapCallError["outcome"]>().toEqualTypeOf<"unknown" | "rejected">();
    expectTypeOf<SnapCallError["operation"]>().toEqualTypeOf<OperationId>();
    expectTypeOf<SnapCallError["externalId"]>().toEqualTypeOf<string>();
    expectTypeOf<SnapCallError["status"]>().toEqualTypeOf<number | undefined>();
  });
});

describe("openapi-fetch", () => {
  const PAYMENT = "/v1.0/qr/qr-cpm-payment";
  type Operation<P extends keyof paths> = paths[P]["post"];

  test("takes the client's fetch and the paths that the client calls", () => {
    expectTypeOf<SnapClient["fetch"]>().toEqualTypeOf<(request: Request) => Promise<Response>>();
    compiles((): Client<SnapPaths> => createClient<SnapPaths>({ baseUrl: common.baseUrl, fetch: snap.fetch }));
    expectTypeOf<keyof SnapPaths>().toEqualTypeOf<Exclude<keyof paths, "/v1.0/access-token/b2b">>();
    expectTypeOf<keyof SnapPaths>().toEqualTypeOf<Parameters<SnapClient["POST"]>[0]>();
    type Any = { [P in keyof SnapPaths]: 0 extends 1 & SnapPaths[P] ? P : never }[keyof SnapPaths];
    expectTypeOf<Any>().toBeNever();
  });

  test("the client fills in every header that the contract asks for", () => {
    type Unknown = Exclude<keyof Operation<keyof SnapPaths>["parameters"]["header"], keyof SnapHeaders>;
    expectTypeOf<Unknown>().toBeNever();
  });

  test("a body alone is enough, and headers may be given", () => {
    compiles(
      () => api.POST(PAYMENT, { body: payment }),
      () => api.POST(PAYMENT, { body: payment, params: {} }),
      () => api.POST(PAYMENT, { body: payment, params: { header: { "X-EXTERNAL-ID": "1" } } }),
      // @ts-expect-error a header that is a number
      () => api.POST(PAYMENT, { body: payment, params: { header: { "X-EXTERNAL-ID": 1 } } }),
    );
  });

  test("wrong bodies, paths and methods do not compile", () => {
    compiles(
      // openapi-fetch itself lets a field pass that the operation does not have
      () => api.POST(PAYMENT, { body: { ...payment, qrContents: "x" } }),
      // @ts-expect-error a mandatory field is missing
      () => api.POST(PAYMENT, { body: incomplete }),
      // @ts-expect-error a value that is a number
      () => api.POST(PAYMENT, { body: { ...payment, amount: { value: 1, currency: "IDR" } } }),
      // @ts-expect-error no body
      () => api.POST(PAYMENT, {}),
      // @ts-expect-error no body at all
      () => api.POST(PAYMENT),
      // @ts-expect-error the body of another path
      () => api.POST("/v1.0/qr/qr-cpm-refund", { body: payment }),
      // @ts-expect-error the path of the token
      () => api.POST("/v1.0/access-token/b2b", { body: { grantType: "client_credentials" } }),
      // @ts-expect-error a path that there is not
      () => api.POST("/v1.0/qr/qr-mpm-payment", { body: payment }),
      // @ts-expect-error no operation is a GET
      () => api.GET(PAYMENT),
    );
  });

  test("data and error are those of the methods", () => {
    compiles(async () => {
      const { data, error, response } = await api.POST(PAYMENT, { body: payment });
      const ours = await snap.qrCpmPayment(payment);
      expectTypeOf(data).not.toBeAny();
      expectTypeOf(data).toEqualTypeOf(ours.data);
      expectTypeOf(error).toEqualTypeOf(ours.error);
      expectTypeOf(response).toEqualTypeOf<Response>();
      if (data?.responseCode === "2006000") expectTypeOf(data.referenceNo).toEqualTypeOf<string>();
      // @ts-expect-error the code of another service
      if (error?.responseCode === "4035914") return;
    });
    const text = () => api.POST(PAYMENT, { body: payment, parseAs: "text" });
    expectTypeOf<Extract<Awaited<ReturnType<typeof text>>, { error?: never }>["data"]>().toEqualTypeOf<string>();
  });
});

describe("options", () => {
  test("with a secret and a token, with a key and a token or none, and with whatever a configuration says", () => {
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
    expectTypeOf<Parameters<typeof createSnapClient>>().toEqualTypeOf<[options: SnapClientOptions]>();
    expectTypeOf<SnapClientOptions>().not.toBeAny();
  });

  test("wrong ones do not compile", () => {
    compiles(
      // @ts-expect-error a secret without a token
      () => createSnapClient({ ...common, signature: symmetric }),
      // @ts-expect-error whatever a configuration says, without a token
      () => createSnapClient({ ...common, signature }),
      // @ts-expect-error no signature
      () => createSnapClient({ ...common, accessToken: "t" }),
      // @ts-expect-error a signature that there is not
      () => createSnapClient({ ...common, accessToken: "t", signature: { type: "hmac", clientSecret: "s" } }),
      // @ts-expect-error a secret where a key belongs
      () => createSnapClient({ ...common, signature: { type: "asymmetric", clientSecret: "s" } }),
      // @ts-expect-error an option that there is not
      () => createSnapClient({ ...common, accessToken: "t", signature: symmetric, clientId: "x" }),
      // @ts-expect-error no partnerId
      () => createSnapClient({ baseUrl: "x", channelId: "x", accessToken: "t", signature: symmetric }),
      // @ts-expect-error a token that is a number
      () => createSnapClient({ ...common, accessToken: 1, signature: symmetric }),
      // @ts-expect-error no key
      () => createTokenProvider({ baseUrl: "x", clientKey: "k" }),
      // @ts-expect-error an option that there is not
      () => createTokenProvider({ baseUrl: "x", clientKey: "k", privateKey, clientSecret: "s" }),
    );
  });
});
