// The order of the checks: of several faults, the one that an earlier check finds is answered.
import { describe, expect, test } from "vitest";
import { createMemoryReplayStore, snapError } from "../../src/server.ts";
import {
  answerTo,
  BAD_REQUEST,
  CUSTOMER_TOKEN,
  createReceiver,
  createWatched,
  NOW,
  PARTNER,
  requestOf,
  type Sent,
  SUCCESS,
  summary,
} from "../support/receiver.ts";
import { payment } from "./support.ts";

describe("the order of the checks", () => {
  /** A fault that one step answers: what it does to a request, and what the answer is. */
  interface Fault {
    step: string;
    /** The path, method, token or header that is wrong. */
    sent?: Sent;
    /** What makes the body wrong. */
    edit?: (text: string) => string;
    answer: string;
  }
  const faults: Fault[] = [
    { step: "route", sent: { path: "/v1.0/nowhere" }, answer: "4040002 Invalid Routing" },
    { step: "method", sent: { method: "PUT" }, answer: "4056000 Requested Function Is Not Supported" },
    { step: "bodySize", edit: (text) => text + " ".repeat(2000), answer: BAD_REQUEST },
    { step: "contentType", sent: { headers: { "Content-Type": "text/plain" } }, answer: BAD_REQUEST },
    {
      step: "headers",
      sent: { headers: { "CHANNEL-ID": undefined } },
      answer: "4006002 Invalid Mandatory Field CHANNEL-ID",
    },
    {
      step: "headers",
      sent: { headers: { "X-DEVICE-ID": "x".repeat(401) } },
      answer: "4006001 Invalid Field Format X-DEVICE-ID",
    },
    { step: "token", sent: { headers: { Authorization: undefined } }, answer: "4016003 Token Not Found (B2B)" },
    { step: "token", sent: { token: "expired" }, answer: "4016001 Invalid Token (B2B)" },
    {
      step: "customerToken",
      sent: { headers: { "Authorization-Customer": undefined } },
      answer: "4016004 Customer Token Not Found",
    },
    {
      step: "customerToken",
      sent: { headers: { "Authorization-Customer": "Bearer expired" } },
      answer: "4016002 Invalid Customer Token",
    },
    {
      step: "signature",
      sent: { headers: { "X-PARTNER-ID": "nobody" } },
      answer: "4016000 Unauthorized. [Unknown client]",
    },
    { step: "signature", sent: { headers: { "X-SIGNATURE": "AAAA" } }, answer: "4016000 Unauthorized. [Signature]" },
    {
      step: "timestamp",
      sent: { headers: { "X-TIMESTAMP": "2020-12-23T08:50:11+07:00" } },
      answer: "4006001 Invalid Field Format X-TIMESTAMP",
    },
    { step: "parse", edit: (text) => text.slice(0, -1), answer: BAD_REQUEST },
    {
      step: "mandatory",
      edit: (text) => text.replace(/"merchantId":"\w+",/, ""),
      answer: "4006002 Invalid Mandatory Field merchantId",
    },
    {
      step: "format",
      edit: (text) => text.replace('"IDR"', '"idr"'),
      answer: "4006001 Invalid Field Format amount.currency",
    },
    { step: "externalId", sent: { headers: { "X-EXTERNAL-ID": "used" } }, answer: "4096000 Conflict" },
    { step: "operation", sent: {}, answer: "4036014 Insufficient Funds" },
  ];

  /** Answers a request with these faults; if two of them cannot be had at once, the earlier one is there. */
  async function answerWith(broken: Fault[]) {
    const replayStore = createMemoryReplayStore();
    const uses = [{ kind: "id", value: `2020-12-23\n${PARTNER}\nused`, until: NOW.getTime() + 1 }] as const;
    await replayStore.claim({ owner: "another", partnerId: PARTNER, uses, body: "", now: NOW.getTime() });
    const { handler, answers } = createWatched({
      replayStore,
      maxBodyBytes: 2000,
      withCustomerToken: ["qrCpmPayment"],
      operations: {
        qrCpmPayment: () =>
          broken.some(({ step }) => step === "operation")
            ? snapError("4036014")
            : { responseCode: "2006000", responseMessage: "Successful", referenceNo: "1" },
      },
    });
    const sent: Sent = { headers: { "Authorization-Customer": `Bearer ${CUSTOMER_TOKEN}` } };
    for (const { sent: { headers, ...others } = {} } of broken.toReversed()) {
      Object.assign(sent, others);
      Object.assign(sent.headers ?? {}, headers);
    }
    // the body is cut off last, for it is then no text to edit
    const edits = broken.toSorted((a, b) => Number(a.step === "parse") - Number(b.step === "parse"));
    const body = edits.reduce((text, { edit = String }) => edit(text), JSON.stringify(payment));
    const answer = await summary(await handler(requestOf({ ...sent, body })));
    return { answer, step: answers[0]?.step, count: answers.length };
  }

  test.each(faults.map((fault, at) => ({ ...fault, at })))("$step answers $answer", async ({ at, step, answer }) => {
    const fault = faults[at] as Fault;
    expect(await answerWith([fault])).toEqual({ answer, step, count: 1 });
  });

  test("of two faults the one that is checked first is answered", async () => {
    for (const [at, first] of faults.entries()) {
      for (const second of faults.slice(at + 1)) {
        const { answer, step } = await answerWith([first, second]);
        expect({ answer, step }, `${first.answer}, then ${second.answer}`).toEqual({
          answer: first.answer,
          step: first.step,
        });
      }
    }
  });

  test("of all faults the first is answered, and the next one once it is fixed", async () => {
    for (const [at, { answer }] of faults.entries()) expect((await answerWith(faults.slice(at))).answer).toBe(answer);
    expect((await answerWith([])).answer).toBe("2006000 Successful");
  });

  test("a request that an earlier check refused does not use up its X-EXTERNAL-ID", async () => {
    const earlier = faults.filter(({ step }) => !["externalId", "operation"].includes(step));
    for (const { sent, edit = String, answer } of earlier) {
      const handler = createReceiver({
        maxBodyBytes: 2000,
        timestampTolerance: 300,
        withCustomerToken: ["qrCpmPayment"],
      });
      const headers = { "X-EXTERNAL-ID": "once", "Authorization-Customer": `Bearer ${CUSTOMER_TOKEN}` };
      const body = edit(JSON.stringify(payment));
      const broken = { ...sent, body, headers: { ...headers, ...sent?.headers } };
      expect(await summary(await handler(requestOf(broken)))).toBe(answer);
      expect(await answerTo(handler, { headers }), answer).toBe(SUCCESS);
      expect(await answerTo(handler, { headers })).toBe("4096000 Conflict");
    }
  });
});
