// What compiles and what does not, of openapi-fetch over the client. `npm run types` is what fails here; nothing in this file is
// ever sent.
import createClient, { type Client } from "openapi-fetch";
import { describe, expectTypeOf, test } from "vitest";
import type {
  PublishedProfile,
  paths,
  QrCpmPaymentRequest,
  SnapClient,
  SnapClientOptions,
  SnapHeaders,
  SnapPaths,
} from "../../src/index.ts";
import { createSnapApi, type SnapApi } from "../../src/openapi-fetch.ts";
import { compiles } from "../support/types.ts";

declare const snap: SnapClient;
declare const api: SnapApi;
declare const payment: QrCpmPaymentRequest;
declare const incomplete: Omit<QrCpmPaymentRequest, "qrContent">;

const common = { baseUrl: "https://snap.bank.example", partnerId: "p", channelId: "95221" };
const symmetric = { type: "symmetric", clientSecret: "s" } as const;

describe("types of openapi-fetch", () => {
  const PAYMENT = "/v1.0/qr/qr-cpm-payment";
  type Operation<P extends keyof paths> = paths[P]["post"];

  test("createSnapApi gives openapi-fetch's client of the paths that the client calls", () => {
    expectTypeOf<SnapApi>().toEqualTypeOf<Client<SnapPaths>>();
    expectTypeOf(createSnapApi<PublishedProfile>).returns.toEqualTypeOf<SnapApi>();
    expectTypeOf<Parameters<typeof createSnapApi<PublishedProfile>>[0]>().toEqualTypeOf<SnapClientOptions>();
    compiles(
      () => createSnapApi({ ...common, accessToken: "t", signature: symmetric }),
      () => createSnapApi({ ...common, accessToken: "t", signature: symmetric }, { headers: { traceparent: "00" } }),
      // @ts-expect-error a secret without a token
      () => createSnapApi({ ...common, signature: symmetric }),
      // @ts-expect-error the client's options have the baseUrl
      () => createSnapApi({ ...common, accessToken: "t", signature: symmetric }, { baseUrl: "https://x.example" }),
      // @ts-expect-error the client's options have the fetch
      () => createSnapApi({ ...common, accessToken: "t", signature: symmetric }, { fetch: snap.fetch }),
      // @ts-expect-error an unknown option
      () => createSnapApi({ ...common, accessToken: "t", signature: symmetric }, { retries: 3 }),
    );
  });

  test("createClient takes the client's fetch and the paths that the client calls", () => {
    expectTypeOf<SnapClient["fetch"]>().toEqualTypeOf<(request: Request) => Promise<Response>>();
    compiles((): Client<SnapPaths> => createClient<SnapPaths>({ baseUrl: common.baseUrl, fetch: snap.fetch }));
    expectTypeOf<keyof SnapPaths>().toEqualTypeOf<Exclude<keyof paths, "/v1.0/access-token/b2b">>();
    type Any = { [P in keyof SnapPaths]: 0 extends 1 & SnapPaths[P] ? P : never }[keyof SnapPaths];
    expectTypeOf<Any>().toBeNever();
  });

  test("the client sets every header that the contract asks for", () => {
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
      // openapi-fetch itself accepts a field that the operation does not have
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
      // @ts-expect-error an unknown path
      () => api.POST("/v1.0/qr/qr-mpm-payment", { body: payment }),
      // @ts-expect-error no operation is a GET
      () => api.GET(PAYMENT),
    );
  });

  test("data and error have the types that the methods return", () => {
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
