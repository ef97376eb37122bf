// SNAP answers: what arrives as data and what as error.
import { describe, expect, test } from "vitest";
import { createSnapClient, outcomeOf, type QrCpmPaymentRequest } from "../../src/index.ts";
import { failure, SUCCESS, startPjp, symmetric, unknownOutcome } from "../support/client.ts";
import { operations } from "../support/contract.ts";
import { header, json, type Received } from "../support/http.ts";
import { exampleOf } from "../support/receiver.ts";

const payment = exampleOf.qrCpmPayment.request as unknown as QrCpmPaymentRequest;

describe("answers", () => {
  test.each([200, 202])("status %i arrives as data", async (status) => {
    const body = { responseCode: `${status}6100`, responseMessage: "x", additionalInfo: { a: 1 }, unheardOf: [null] };
    const { url } = await startPjp(json(status, body));
    const result = await createSnapClient(symmetric(url)).qrCpmQuery({});
    const sent = { response: expect.any(Response), externalId: expect.any(String) };
    expect(result).toEqual({ data: body, responseCode: body.responseCode, ...sent });
    expect(result.response.status).toBe(status);
  });

  test.each([300, 400, 401, 403, 404, 405, 409, 418, 429, 500, 502, 503, 504, 599])(
    "status %i arrives as error",
    async (status) => {
      const body = { responseCode: `${status}6100`, responseMessage: "x" };
      const { url } = await startPjp(json(status, body));
      const result = await createSnapClient(symmetric(url)).qrCpmQuery({});
      const sent = { response: expect.any(Response), externalId: expect.any(String) };
      expect(result).toEqual({ error: body, responseCode: body.responseCode, ...sent });
      expect(result.response.status).toBe(status);
    },
  );

  test.each([
    [200, "4036114", "error"],
    [202, "5006100", "error"],
    [201, "2006100", "data"],
    [202, "2006100", "data"],
  ])("if status %i and code %s differ, the code counts", async (status, responseCode, key) => {
    const body = { responseCode, responseMessage: "x" };
    const { url } = await startPjp(json(status, body));
    const { response, externalId, ...result } = await createSnapClient(symmetric(url)).qrCpmQuery({});
    expect(result).toEqual({ [key]: body, responseCode });
  });

  test.each([
    [200, "2006000", "a success of another service"],
    [200, "200", "too short"],
    [200, "20061000", "too long"],
    [200, "2009999garbage", "a success with more behind it"],
    [200, "2006199", "a case that the catalogue does not have"],
    [202, "2016100", "a status that the catalogue does not have"],
    [200, "nonsense", "no code"],
    [200, "", "empty"],
    [200, "4036014", "a refusal of another service"],
    [201, "2026000", "pending at another service"],
  ])("status %i and %j, %s, is an error of unknown outcome", async (status, responseCode) => {
    const body = { responseCode, responseMessage: "x", latestTransactionStatus: "00" };
    const { url } = await startPjp(json(status, body));
    const snap = createSnapClient({ ...symmetric(url), externalId: () => "0815" });
    const why = `the answer's responseCode "${responseCode}" is not one of service 61`;
    expect(await failure(snap.qrCpmQuery({}))).toMatchObject({
      ...unknownOutcome("ERR_SNAP_CONTRADICTION", why),
      status,
      excerpt: JSON.stringify(body),
    });
  });

  test.each([
    [200, 2006100, "data"],
    [403, 4036114, "error"],
  ])("status %i with the number %i as its code: its digits count", async (status, responseCode, key) => {
    const { url } = await startPjp(json(status, { responseCode, responseMessage: "x" }));
    const result = await createSnapClient(symmetric(url)).qrCpmQuery({});
    expect(result).toMatchObject({ [key]: { responseCode: String(responseCode), responseMessage: "x" } });
  });

  test.each([
    [400, "2006100"],
    [404, "2026100"],
    [500, "2006100"],
  ])("a success code under status %i is an error of unknown outcome", async (status, responseCode) => {
    const body = { responseCode, responseMessage: "x" };
    const { url } = await startPjp(json(status, body));
    const snap = createSnapClient({ ...symmetric(url), externalId: () => "0815" });
    expect(await failure(snap.qrCpmQuery({}))).toMatchObject({
      ...unknownOutcome("ERR_SNAP_CONTRADICTION", `the answer's status ${status} contradicts its responseCode`),
      status,
      excerpt: JSON.stringify(body),
    });
  });

  test.each([
    ["the client's own", undefined],
    ["the call's", { "X-EXTERNAL-ID": "mine" }],
  ])("the result has the X-EXTERNAL-ID that was sent: %s", async (_, headers) => {
    for (const answer of [json(200, SUCCESS), json(403, { responseCode: "4036114", responseMessage: "x" })]) {
      const { url, received } = await startPjp(answer);
      const { externalId } = await createSnapClient(symmetric(url)).qrCpmQuery({}, headers ? { headers } : {});
      expect(externalId).toBe(header(received[0] as Received, "X-EXTERNAL-ID"));
      expect(externalId).toMatch(headers ? /^mine$/ : /^[0-9a-f]{32}$/);
    }
  });

  test("every example of every operation arrives as it was sent", async () => {
    const { url } = await startPjp((response, { headers }) => {
      const [id, status, name] = String(headers["x-device-id"]).split(" ") as [string, string, string];
      const operation = operations.find(({ operationId }) => operationId === id);
      const example = operation?.responses[status]?.content["application/json"].examples[name];
      json(Number(status), example?.value)(response);
    });
    const snap = createSnapClient(symmetric(url));
    let arrived = 0;
    for (const { operationId, service, responses } of operations) {
      if (service === "73") continue;
      const call = snap[operationId as "qrCpmQuery"];
      for (const [status, { content }] of Object.entries(responses)) {
        for (const [name, { value }] of Object.entries(content["application/json"].examples)) {
          const headers = { "X-DEVICE-ID": `${operationId} ${status} ${name}` };
          const { data, error, response } = await call({}, { headers });
          expect([data ?? error, response.status, data === undefined]).toEqual([
            value,
            Number(status),
            status >= "400",
          ]);
          arrived += 1;
        }
      }
    }
    expect(arrived).toBe(7 * 63);
  });

  test("errors are told apart by their response code", async () => {
    const { url } = await startPjp(json(403, { responseCode: "4036014", responseMessage: "Insufficient Funds" }));
    const { error, response } = await createSnapClient(symmetric(url)).qrCpmPayment(payment);
    if (error?.responseCode !== "4036014") expect.unreachable("another code");
    expect([error.responseMessage, outcomeOf(error.responseCode)]).toEqual(["Insufficient Funds", "declined"]);
    expect(response.status).toBe(403);
  });

  test.each([
    [403, "4036099"],
    [418, "4186000"],
    [500, "nonsense"],
  ])(
    "status %i with the unknown response code %s arrives, and its outcome is unknown",
    async (status, responseCode) => {
      const { url } = await startPjp(json(status, { responseCode, responseMessage: "?" }));
      const { data, error } = await createSnapClient(symmetric(url)).qrCpmPayment(payment);
      const answer = data ?? error;
      expect([answer?.responseCode, outcomeOf(answer?.responseCode ?? "")]).toEqual([responseCode, "unknown"]);
    },
  );

  test("an answer without a length, in pieces or with a byte order mark is read", async () => {
    const body = JSON.stringify(SUCCESS);
    const { url, received } = await startPjp((response) => {
      response.writeHead(200, { "content-type": "text/plain" });
      if (received.length === 1) for (const character of body) response.write(character);
      else response.write(`\ufeff${body}`);
      response.end();
    });
    const snap = createSnapClient(symmetric(url));
    expect(await snap.qrCpmQuery({})).toMatchObject({ data: SUCCESS });
    expect(await snap.qrCpmQuery({})).toMatchObject({ data: SUCCESS });
  });
});
