// `validateRequests`: a body that breaks the contract is refused before anything is sent or asked for.
import { describe, expect, test } from "vitest";
import { createSnapClient, type QrCpmPaymentRequest } from "../../src/index.ts";
import { createSnapApi } from "../../src/openapi-fetch.ts";
import { failure, notSent, startPjp, symmetric } from "../support/client.ts";
import { exampleOf } from "../support/receiver.ts";

const good = exampleOf.qrCpmPayment.request as unknown as QrCpmPaymentRequest;
const bad = { ...good, amount: { currency: "rupiah" } } as unknown as QrCpmPaymentRequest;
const path = "/v1.0/qr/qr-cpm-payment";
const refused = {
  ...notSent(
    "ERR_SNAP_INVALID_REQUEST",
    "the body breaks the contract: amount.value is missing; amount.currency must be three capital letters such as IDR",
  ),
  operation: "qrCpmPayment",
  message: expect.stringMatching(
    /^qrCpmPayment 0815: not sent, the body breaks the contract: amount\.value is missing; amount\.currency must be /,
  ),
  violations: expect.arrayContaining([
    expect.objectContaining({ path: "amount.value", rule: "required" }),
    expect.objectContaining({ path: "amount.currency", rule: "pattern" }),
  ]),
};

describe("with validateRequests", () => {
  const options = { externalId: () => "0815", validateRequests: true };
  const accessToken = () => expect.unreachable("asked for a token");

  test("methods, fetch and openapi-fetch refuse a body that breaks the contract, with the violations", async () => {
    const { url, received } = await startPjp();
    const snap = createSnapClient({ ...symmetric(url), ...options, accessToken });
    const api = createSnapApi({ ...symmetric(url), ...options, accessToken });
    const request = (body: string) => new Request(url + path, { method: "POST", body });
    expect(await failure(snap.qrCpmPayment(bad))).toMatchObject(refused);
    expect(await failure(snap.fetch(request(JSON.stringify(bad))))).toMatchObject(refused);
    expect(await failure(api.POST(path, { body: bad }))).toMatchObject(refused);
    const notJson = await failure(snap.fetch(request("{")));
    expect(notJson).toMatchObject({
      message: "qrCpmPayment 0815: not sent, the body breaks the contract: the body must be an object",
      violations: [{ path: "", rule: "type" }],
    });
    expect(received).toHaveLength(0);
  });

  test("a good body is sent as ever", async () => {
    const { url, received } = await startPjp();
    const snap = createSnapClient({ ...symmetric(url), ...options });
    expect(await snap.qrCpmPayment(good)).toMatchObject({ data: { responseCode: "2006000" } });
    expect(received.map(({ body }) => body.toString())).toEqual([JSON.stringify(good)]);
  });

  test("a message with many violations stays short", async () => {
    const many = Object.fromEntries(Object.keys(good).map((name) => [name, 5])) as unknown as QrCpmPaymentRequest;
    const snap = createSnapClient({ ...symmetric("http://127.0.0.1:9"), ...options });
    const { message, violations } = await failure(snap.qrCpmPayment(many));
    expect(message.length).toBeLessThan(250);
    expect(violations?.length).toBeGreaterThan(5);
  });
});

test("without it any body is sent", async () => {
  const { url, received } = await startPjp();
  await createSnapClient(symmetric(url)).qrCpmPayment(bad);
  expect(received).toHaveLength(1);
});
