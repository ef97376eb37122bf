// Access tokens, customers' tokens, and requests for a token (service 73).
import { describe, expect, test, vi } from "vitest";
import type { SnapCall } from "../../src/server.ts";
import {
  ACCESS_TOKEN,
  answerTo,
  CUSTOMER_TOKEN,
  createReceiver,
  PARTNER,
  RSA_PARTNER,
  read,
  requestOf,
  SUCCESS,
} from "../support/receiver.ts";
import { createRecorder } from "./support.ts";

const receiver = createReceiver();

describe("access token", () => {
  const NO_TOKEN = "4016003 Token Not Found (B2B)";

  test("if it is missing, the answer is 401 03", async () => {
    expect(await answerTo(receiver, { token: null })).toBe(NO_TOKEN);
  });

  test.each(["", "Bearer", "Bearer ", `Basic ${ACCESS_TOKEN}`, ACCESS_TOKEN, "Bearer two words"])(
    "Authorization %j has no token",
    async (authorization) => {
      expect(await answerTo(receiver, { headers: { Authorization: authorization } })).toBe(NO_TOKEN);
    },
  );

  test("one that verifyToken does not accept is refused with 401 01", async () => {
    expect(await answerTo(receiver, { token: "expired" })).toBe("4016001 Invalid Token (B2B)");
    const later = createReceiver({ verifyToken: () => Promise.resolve(false) });
    expect(await answerTo(later)).toBe("4016001 Invalid Token (B2B)");
  });

  test("bearer may be written in any case", async () => {
    expect(await answerTo(receiver, { headers: { Authorization: `bearer  ${ACCESS_TOKEN}` } })).toBe(SUCCESS);
  });

  test("verifyToken is told who calls what", async () => {
    const verifyToken = vi.fn(() => true);
    await answerTo(createReceiver({ verifyToken }), { operation: "qrCpmQuery" });
    expect(verifyToken.mock.calls).toEqual([[ACCESS_TOKEN, { operation: "qrCpmQuery", partnerId: PARTNER }]]);
  });

  test("unchecked accepts any token, but there must be one", async () => {
    const handler = createReceiver({ verifyToken: "unchecked" });
    expect(await answerTo(handler, { token: "any" })).toBe(SUCCESS);
    expect(await answerTo(handler, { token: null })).toBe(NO_TOKEN);
  });
});

describe("customer token", () => {
  const handler = createReceiver({ withCustomerToken: ["qrCpmPayment"] });
  const withToken = (value: string | undefined) => ({ headers: { "Authorization-Customer": value } });

  test("if it is mandatory and missing, the answer is 401 04", async () => {
    expect(await answerTo(handler, withToken(undefined))).toBe("4016004 Customer Token Not Found");
    expect(await answerTo(handler, withToken(""))).toBe("4016004 Customer Token Not Found");
  });

  test("is verified if there is one, mandatory or not", async () => {
    for (const value of ["Bearer expired", CUSTOMER_TOKEN, "Bearer"]) {
      expect(await answerTo(handler, withToken(value)), value).toBe("4016002 Invalid Customer Token");
      expect(await answerTo(receiver, withToken(value)), value).toBe("4016002 Invalid Customer Token");
    }
    expect(await answerTo(handler, withToken(`Bearer ${CUSTOMER_TOKEN}`))).toBe(SUCCESS);
  });

  test("without Bearer before it is refused, even if verifyCustomerToken accepts any", async () => {
    const trusting = createReceiver({ verifyCustomerToken: () => true });
    expect(await answerTo(trusting, withToken(CUSTOMER_TOKEN))).toBe("4016002 Invalid Customer Token");
  });

  test("may be missing if the operation does not ask for it", async () => {
    expect(await answerTo(handler, { operation: "debitStatus" })).toBe("2005500 Successful");
  });

  test("is handed over to the operation", async () => {
    const { handler: recording, calls } = createRecorder();
    await answerTo(recording, withToken(`Bearer ${CUSTOMER_TOKEN}`));
    await answerTo(recording, withToken(undefined));
    expect(calls.map(({ customerToken }) => customerToken)).toEqual([CUSTOMER_TOKEN, undefined]);
  });
});

describe("a request for a token (service 73)", () => {
  const sent = { operation: "accessTokenB2b" } as const;
  const WRONG = "4017300 Unauthorized. [Signature]";

  test("is signed with the client's key, and brings no token", async () => {
    const calls: SnapCall<"accessTokenB2b">[] = [];
    const handler = createReceiver({
      operations: {
        accessTokenB2b: (call) => {
          calls.push(call);
          return {
            responseCode: "2007300",
            responseMessage: "Successful",
            accessToken: ACCESS_TOKEN,
            tokenType: "Bearer",
            expiresIn: "900",
          };
        },
      },
    });
    const answer = await read(await handler(requestOf(sent)), "accessTokenB2b");
    expect(answer.body.accessToken).toBe(ACCESS_TOKEN);
    expect(calls).toMatchObject([
      { operation: "accessTokenB2b", partnerId: RSA_PARTNER, externalId: "", accessToken: undefined },
    ]);
  });

  test("is refused with a wrong signature, another time, or the key of one who has only a secret", async () => {
    expect(await answerTo(receiver, { ...sent, headers: { "X-SIGNATURE": "AAAA" } })).toBe(WRONG);
    const signature = requestOf(sent).headers.get("x-signature") ?? "";
    const later = { "X-TIMESTAMP": "2020-12-23T07:50:12+07:00", "X-SIGNATURE": signature };
    expect(await answerTo(receiver, { ...sent, headers: later })).toBe(WRONG);
    expect(await answerTo(receiver, { ...sent, headers: { "X-CLIENT-KEY": PARTNER } })).toBe(WRONG);
  });

  test("is refused if the client is unknown", async () => {
    const answer = await answerTo(receiver, { ...sent, headers: { "X-CLIENT-KEY": "nobody" } });
    expect(answer).toBe("4017300 Unauthorized. [Unknown client]");
  });

  test("may be sent twice, for it has no X-EXTERNAL-ID", async () => {
    for (const _ of [1, 2]) expect(await answerTo(receiver, sent)).toBe("2007300 Successful");
  });

  test("is refused with the name of the header or field that is missing", async () => {
    const noKey = await answerTo(receiver, { ...sent, headers: { "X-CLIENT-KEY": undefined, "X-SIGNATURE": "x" } });
    expect(noKey).toBe("4007302 Invalid Mandatory Field X-CLIENT-KEY");
    expect(await answerTo(receiver, { ...sent, body: {} })).toBe("4007302 Invalid Mandatory Field grantType");
  });
});
