// What is timed: the built package on service 60's full request, and what a bare handler would do with the same crypto.
import { createHash, createHmac, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../redocly/run.ts";

// what users import; the types come from the source, for dist/ may not be there yet when they are checked
const dist = (entry: string) => pathToFileURL(join(root, "dist", `${entry}.js`)).href;
export const mainEntry = dist("index");
export const { createSnapClient, sign, snapTimestamp } = (await import(
  mainEntry
)) as typeof import("../../src/index.ts");
const { createSnapHandler } = (await import(dist("server"))) as typeof import("../../src/server.ts");
export const { validateRequest } = (await import(dist("validation"))) as typeof import("../../src/validation.ts");

export const document = JSON.parse(readFileSync(join(root, "generated/openapi.json"), "utf8"));
export const path = "/v1.0/qr/qr-cpm-payment";
export const request = document.components.examples.QrCpmPaymentRequest
  .value as import("../../src/index.ts").QrCpmPaymentRequest;
export const text = JSON.stringify(request);
export const reply = document.components.examples.QrCpmPaymentResponse.value;

export const clientSecret = "a-client-secret-of-a-usual-length-0123456789";
export const accessToken = "gp9HjjEj813Y9JGoqwOeOPWbnt4CUpvIJbU1mMU4a11MNDZ7Sg5u9a";

/** The receiver, as in production. */
export const receiver = createSnapHandler({
  key: () => ({ type: "symmetric", clientSecret }),
  verifyToken: (token) => token === accessToken,
  validateReplies: false,
  maxBodyBytes: 2 ** 22,
  operations: { qrCpmPayment: () => reply },
});

/** The signature, with bare `node:crypto`. */
export function bareSignature(body: string | Uint8Array, timestamp: string): Buffer {
  const hash = createHash("sha256").update(body).digest("hex");
  return createHmac("sha512", clientSecret).update(`POST:${path}:${accessToken}:${hash}:${timestamp}`).digest();
}

/** Requests as a receiver gets them, each with an X-EXTERNAL-ID and a reference of its own: a signature counts once. */
export function incoming(template: string, times: number): Request[] {
  const timestamp = snapTimestamp(new Date());
  return Array.from({ length: times }, () => {
    const body = template.replace(/(?<="partnerReferenceNo":")[^"]*/, randomBytes(11).toString("hex"));
    const signature = bareSignature(body, timestamp).toString("base64");
    const headers = {
      "content-type": "application/json",
      "content-length": String(Buffer.byteLength(body)),
      authorization: `Bearer ${accessToken}`,
      "x-timestamp": timestamp,
      "x-signature": signature,
      "x-partner-id": "82150823919040624621",
      "x-external-id": randomBytes(16).toString("hex"),
      "channel-id": "95221",
    };
    return new Request(`http://127.0.0.1${path}`, { method: "POST", headers, body });
  });
}

/** Times only what comes after the requests were made. */
export function answering(handler: (request: Request) => Promise<Response>, body: string) {
  return async (times: number) => {
    const requests = incoming(body, times);
    const start = performance.now();
    for (const request of requests) {
      const { status } = await handler(request);
      if (status !== 200) throw new Error(`answered ${status}`);
    }
    return performance.now() - start;
  };
}

/** A row of the table. */
export interface Row {
  what: string;
  against: string;
  measured: string;
  aim: string;
  met: boolean;
}

/** How much is timed. */
export interface Extent {
  rounds: number;
  quick: boolean;
}

/** Says what goes on, for it takes a while. */
export const say = (line: string) => console.log(`... ${line}`);
export const fixed = (value: number, digits = 2) => value.toFixed(digits);
