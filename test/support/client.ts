// What the tests of the client share: options, what is sent, and errors.
import { inspect } from "node:util";
import { expect } from "vitest";
import { operations } from "../../generated/operations.ts";
import { SnapCallError, type SnapCallErrorCode, type SnapHeaders, verify } from "../../src/index.ts";
import { type Answer, header, json, type Received, record } from "./http.ts";
import { privateKey, publicKey } from "./keys.ts";

export { privateKey, publicKey };

export const TOKEN = "the-access-token";
export const SECRET = "the-client-secret";
export const NOW = new Date("2020-12-23T00:50:11.999Z");
/** NOW, as X-TIMESTAMP has it. */
export const JAKARTA = "2020-12-23T07:50:11+07:00";
export const SUCCESS = { responseCode: "2006100", responseMessage: "Successful", latestTransactionStatus: "00" };

/** Success, under the code of the service that was called. */
const succeed: Answer = (response, { path }) => {
  const called = Object.values(operations).find((operation) => path.endsWith(operation.path));
  json(200, { ...SUCCESS, responseCode: `200${called?.serviceCode ?? "61"}00` })(response);
};

/** A server that keeps what it is sent; it answers with success unless told otherwise. */
export const startPjp = (answer: Answer = succeed) => record(answer);

/** Sends the headers and the beginning of a body, and nothing more. */
export const halfway: Answer = (response) => {
  response.writeHead(200, { "content-length": 1000 });
  response.write('{"responseCode":');
};

/** Answers that do not end: where they stop, the status that the client sees, and milliseconds in which it sees it. */
export const stalls: [string, Answer, number | undefined, number][] = [
  ["before the headers", () => {}, undefined, 60],
  ["in the middle of the body", halfway, 200, 400],
];

export const symmetric = (baseUrl: string) => ({
  baseUrl,
  partnerId: "the-partner",
  channelId: "95221",
  accessToken: TOKEN,
  signature: { type: "symmetric", clientSecret: SECRET } as const,
});
export const asymmetric = (baseUrl: string) => ({
  baseUrl,
  partnerId: "the-partner",
  channelId: "95221",
  signature: { type: "asymmetric", privateKey } as const,
});

/** The token that a request carries. */
export const bearer = (received: Received) => header(received, "Authorization").replace("Bearer ", "");

/** Whether X-SIGNATURE is the one over the bytes and headers received. */
export function isSigned(received: Received | undefined, type: "symmetric" | "asymmetric" = "symmetric"): boolean {
  if (!received) return false;
  const input = {
    method: received.method,
    path: received.path,
    body: received.body,
    timestamp: header(received, "X-TIMESTAMP"),
    signature: header(received, "X-SIGNATURE"),
  };
  return type === "symmetric"
    ? verify({ type, ...input, accessToken: bearer(received), clientSecret: SECRET })
    : verify({ type, ...input, publicKey });
}

/** The SNAP headers, by the names of the standard. */
export const snapHeaders = [
  "Authorization",
  "Authorization-Customer",
  "X-TIMESTAMP",
  "X-SIGNATURE",
  "X-PARTNER-ID",
  "X-EXTERNAL-ID",
  "X-IP-ADDRESS",
  "X-DEVICE-ID",
  "X-LATITUDE",
  "X-LONGITUDE",
  "CHANNEL-ID",
  "ORIGIN",
] as const satisfies (keyof SnapHeaders)[];

/** The SNAP headers among those received. */
export const sentHeaders = (received: Received | undefined) =>
  Object.fromEntries(
    snapHeaders.flatMap((name) => {
      const value = received?.headers[name.toLowerCase()];
      return value === undefined ? [] : [[name, value]];
    }),
  );

/** The error that a call rejects with. It must not show a secret or a token. */
export async function failure(call: Promise<unknown>): Promise<SnapCallError> {
  const error = await call.then(
    () => expect.unreachable("the call resolved"),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(SnapCallError);
  const shown = [inspect(error, { depth: null, showHidden: true }), String(error), JSON.stringify(error)].join();
  for (const secret of [TOKEN, SECRET, "Bearer", "X-SIGNATURE"]) expect(shown).not.toContain(secret);
  return error as SnapCallError;
}

/** What a SnapCallError says of the query with X-EXTERNAL-ID 0815, which was sent. */
export const unknownOutcome = (code: SnapCallErrorCode, why: string) => ({
  name: "SnapCallError",
  code,
  operation: "qrCpmQuery",
  externalId: "0815",
  outcome: "unknown",
  message: `qrCpmQuery 0815: ${why}. It may have happened: query before you try again.`,
});

/** What a SnapCallError says of the query with X-EXTERNAL-ID 0815, which was not sent. */
export const notSent = (code: SnapCallErrorCode, why: string) => ({
  name: "SnapCallError",
  code,
  operation: "qrCpmQuery",
  externalId: "0815",
  outcome: "rejected",
  status: undefined,
  message: `qrCpmQuery 0815: not sent, ${why}`,
});

export function abortable() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: (reason?: unknown) => controller.abort(reason) };
}
