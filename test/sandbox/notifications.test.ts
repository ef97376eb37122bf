// Notifications of payments: where they go, how they are signed, when they are sent again, and receivers that are slow.
import { gzipSync } from "node:zlib";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { validateRequest } from "../../src/contract/validation.ts";
import { acknowledges } from "../../src/sandbox/notifier.ts";
import type { Sandbox } from "../../src/sandbox.ts";
import { json, listen, text } from "../support/http.ts";
import { ACCESS_TOKEN, CLIENT_SECRET, NOW, publicKey, TIMESTAMP } from "../support/receiver.ts";
import {
  acknowledging,
  at,
  byPayment,
  cancel,
  control,
  hanging,
  hangingUp,
  idr,
  merchant,
  NOTIFY,
  newQr,
  PENDING,
  pay,
  paymentOf,
  receiver,
  refusing,
  said,
  signature,
  sleep,
  start,
  startWithMerchant,
} from "./support.ts";

/** Has a client's time limit pass when the test says so, and not by itself. */
function holdTimeouts(): (ms: number) => void {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  return (ms) => void vi.advanceTimersByTime(ms);
}

describe("a notification that is not acknowledged", () => {
  const TIMEOUT = 40;
  const page = (status: number, body: string) => text(status, body, "text/html");

  /** A receiver that never answers; the time limit passes as soon as it has the request. */
  const silent = () => {
    const pass = holdTimeouts();
    return receiver(() => pass(TIMEOUT));
  };
  const unreachable = async () => {
    const { url, close } = await listen(() => {});
    await close();
    return { url, got: undefined };
  };

  test.each([
    ["500 00", () => receiver(refusing), 500, "5007900", "General Error"],
    [
      "404 01",
      () => receiver(json(404, { responseCode: "4047901", responseMessage: "Transaction Not Found" })),
      404,
      "4047901",
      "Transaction Not Found",
    ],
    ["202", () => receiver(json(202, { responseCode: "2027900", responseMessage: "Later" })), 202, "2027900", "Later"],
    [
      "200 and no SNAP answer",
      () => receiver(page(200, "<p>fine</p>")),
      200,
      undefined,
      "the answer, status 200, is not JSON",
    ],
    [
      "502 and a page",
      () => receiver(page(502, "<p>secret-2</p>")),
      502,
      undefined,
      "the answer, status 502, is not a JSON object with a responseCode",
    ],
    ["200 and a code of failure", () => receiver(json(200, { responseCode: "4047901" })), 200, "4047901", ""],
    [
      "200 and more than a code",
      () => receiver(json(200, { responseCode: "20079001", responseMessage: {} })),
      200,
      undefined,
      'the answer\'s responseCode "20079001" is not one of service 79',
    ],
    [
      "50 MB of blanks, compressed",
      () => {
        const bomb = gzipSync(Buffer.alloc(50_000_000, " "));
        return receiver((response) => response.writeHead(200, { "content-encoding": "gzip" }).end(bomb));
      },
      200,
      undefined,
      "the answer, status 200, is longer than 1048576 bytes (maxAnswerBytes)",
    ],
    ...[301, 302, 303, 307, 308].map(
      (status) =>
        [
          `a redirect, ${status}`,
          () => receiver((response) => response.writeHead(status, { location: "https://other.example/a?b" }).end()),
          status,
          undefined,
          `the answer, status ${status}, is a redirect to https://other.example/a, which is not followed: check the base URL`,
        ] as const,
    ),
    [
      "nothing, and hangs up",
      () => receiver(hangingUp),
      undefined,
      undefined,
      "the network failed (other side closed)",
    ],
    ["nothing, and hangs", silent, undefined, undefined, `no answer within ${TIMEOUT} ms`],
    [
      "nothing, for nobody listens",
      unreachable,
      undefined,
      undefined,
      expect.stringMatching(/^not sent, no connection was made \(connect ECONNREFUSED [\d.:]+\)$/),
    ],
  ] as const)("is sent again after 1, 2, 4, 8 and 16 seconds to a receiver that answers %s", async (...row) => {
    const [answered, listening, status, responseCode, responseMessage] = row;
    const { url, got } = await listening();
    const timeout = answered === "nothing, and hangs" ? { timeout: TIMEOUT } : {};
    const { sandbox, snap, entries } = await start({ notify: { url, signature, ...timeout } });
    await pay(snap);
    await sandbox.idle();
    let tries = 1;
    for (const delay of [1, 2, 4, 8, 16]) {
      await sandbox.advance(delay - 0.001);
      expect(sandbox.deliveries()).toHaveLength(tries);
      await sandbox.advance(0.001);
      tries += 1;
      expect(sandbox.deliveries()).toHaveLength(tries);
    }
    // given up
    await sandbox.advance(86_400);
    const deliveries = sandbox.deliveries();
    const times = at(0, 1, 3, 7, 15, 31);
    const body = expect.objectContaining({ latestTransactionStatus: "00", originalPartnerReferenceNo: "sale-1" });
    expect(deliveries).toEqual(
      [1, 2, 4, 8, 16, undefined].map((retryIn, index) => ({
        time: times[index],
        body,
        attempt: index + 1,
        externalId: expect.stringMatching(/^[0-9a-f]{32}$/),
        status,
        responseCode,
        responseMessage,
        retryIn,
      })),
    );
    expect(new Set(deliveries.map(({ externalId }) => externalId)).size).toBe(6);
    if (got) {
      expect(got.map(({ time }) => time)).toEqual(times);
      expect(got.map(({ externalId }) => externalId)).toEqual(deliveries.map(({ externalId }) => externalId));
    }
    const lines = entries.filter(({ step }) => step === "notify");
    expect(lines.map(({ hint }) => hint)).toEqual(
      ["again in 1 s", "again in 2 s", "again in 4 s", "again in 8 s", "again in 16 s", "given up"].map(
        (next, index) => `status 00 of sale-1, try ${index + 1}, ${next}`,
      ),
    );
    expect(lines[0]).toMatchObject({
      time: TIMESTAMP,
      path: NOTIFY,
      status: status ?? 0,
      responseCode,
      responseMessage,
    });
    expect(JSON.stringify([entries, deliveries])).not.toContain("secret-2");
  });

  test.each<[string, (sandbox: Sandbox) => Promise<void>]>([
    ["advance", (sandbox) => sandbox.advance(86_400)],
    ["setTime", (sandbox) => sandbox.setTime(new Date(NOW.getTime() + 86_400_000))],
  ])("is sent again at the same times in one leap by %s, with what happened on the way", async (_, leap) => {
    const { url, got } = await receiver(hangingUp);
    const { sandbox, snap } = await start({ notify: { url, signature } });
    await pay(snap, "sale-1", PENDING);
    // the first notification is still on its way
    await leap(sandbox);
    const timesOf = (wanted: string) => got.filter(({ status }) => status === wanted).map(({ time }) => time);
    // not again at 7, for 00 was notified since
    expect(timesOf("03")).toEqual(at(0, 1, 3));
    expect(timesOf("00")).toEqual(at(5, 6, 8, 12, 20, 36));
    const sent = sandbox.deliveries().filter(({ externalId }) => externalId !== "");
    expect(sent.map(({ time }) => time)).toEqual(got.map(({ time }) => time));
    expect(got.map(({ time }) => time)).toEqual(got.map(({ time }) => time).sort());
  });

  test("is not sent again once it is acknowledged", async () => {
    const { url, got } = await receiver((response, _, tries) => (tries < 3 ? hangingUp : acknowledging)(response));
    const { sandbox, snap, entries } = await start({ notify: { url, signature, retryDelays: [60, 0.5, 7] } });
    await pay(snap);
    await sandbox.advance(86_400);
    expect(got).toHaveLength(3);
    expect(sandbox.deliveries().map(({ retryIn, responseCode }) => [retryIn, responseCode])).toEqual([
      [60, undefined],
      [0.5, undefined],
      [undefined, "2007900"],
    ]);
    expect(entries.at(-1)).toMatchObject({ status: 200, responseCode: "2007900", hint: "status 00 of sale-1, try 3" });
  });

  test("is sent once if retryDelays is empty", async () => {
    const { url, got } = await receiver(hangingUp);
    const { sandbox, snap } = await start({ notify: { url, signature, retryDelays: [] } });
    await pay(snap);
    await sandbox.advance(86_400);
    expect(got).toHaveLength(1);
  });

  test.each([
    [200, "2007900", true],
    [201, "2007900", false],
    [202, "2007900", false],
    [500, "2007900", false],
    [200, "2027900", false],
    [undefined, undefined, false],
  ])("status %s and code %s acknowledge it: %s", (status, responseCode, expected) => {
    expect(acknowledges({ status, responseCode })).toBe(expected);
  });

  test.each([201, 404, 500])("is sent again after 2007900 in an answer of status %i", async (status) => {
    const { url, got } = await receiver(json(status, { responseCode: "2007900", responseMessage: "Successful" }));
    const { sandbox, snap } = await start({ notify: { url, signature, retryDelays: [1] } });
    await pay(snap);
    await sandbox.advance(10);
    expect(got).toHaveLength(2);
    expect(sandbox.deliveries()).toMatchObject([
      { status, retryIn: 1 },
      { status, retryIn: undefined },
    ]);
  });

  test("the latest 10,000 tries are remembered", async () => {
    const noLuck = new Error("no luck");
    const options = {
      url: "http://127.0.0.1:1",
      signature: { type: "symmetric", clientSecret: "notify-secret" },
      // fails before anything is sent, and so at once
      accessToken: () => Promise.reject(noLuck),
      retryDelays: Array.from({ length: 10_004 }, () => 0),
    } as const;
    const { sandbox, snap } = await start({ notify: options });
    await pay(snap);
    await sandbox.advance(0);
    const attempts = sandbox.deliveries().map(({ attempt }) => attempt);
    expect([attempts.length, attempts[0], attempts.at(-1)]).toEqual([10_000, 6, 10_005]);
  });
});

describe("how it is signed, and where it goes", () => {
  test("a merchant with another key refuses notifications, and they are sent again", async () => {
    const shop = await merchant();
    const [{ sandbox, snap }, other] = [await start({ notify: { url: shop.url, retryDelays: [1] } }), await start()];
    shop.trust((await start({ notify: { url: "http://127.0.0.1:1", signature } })).sandbox);
    await pay(snap);
    await sandbox.idle();
    shop.trust(sandbox);
    await sandbox.advance(1);
    expect(shop.answers.map(({ responseCode }) => responseCode)).toEqual(["4017900", "2007900"]);
    expect(other.sandbox.notifyPublicKey).toBeUndefined();
  });

  test("notifications are signed with the key that is given", async () => {
    const shop = await merchant({ key: () => ({ type: "asymmetric", publicKey }) });
    const { sandbox, snap } = await start({ notify: { url: shop.url, signature } });
    expect(sandbox.notifyPublicKey).toBe(publicKey.export({ type: "spki", format: "pem" }));
    await pay(snap);
    await sandbox.idle();
    expect(shop.answers.map(({ responseCode }) => responseCode)).toEqual(["2007900"]);
  });

  test.each([
    ["a token", ACCESS_TOKEN],
    ["the token that a function gives", async () => ACCESS_TOKEN],
  ])("notifications are signed symmetrically, and carry %s", async (_, accessToken) => {
    const callers: string[] = [];
    const shop = await merchant({
      key: ({ partnerId }) => {
        callers.push(partnerId);
        return { type: "symmetric", clientSecret: "notify-secret" };
      },
      verifyToken: (token) => token === ACCESS_TOKEN,
      withoutToken: [],
    });
    const symmetric = { type: "symmetric", clientSecret: "notify-secret" } as const;
    const { sandbox, snap, entries } = await start({
      notify: { url: shop.url, signature: symmetric, accessToken, partnerId: "pjp-1" },
    });
    await pay(snap);
    await sandbox.idle();
    expect(shop.answers.map(({ responseCode }) => responseCode)).toEqual(["2007900"]);
    expect(callers).toEqual(["pjp-1"]);
    expect(sandbox.notifyPublicKey).toBeUndefined();
    const told = JSON.stringify([entries, sandbox.deliveries()]) + (await control(sandbox, "GET", "/sandbox")).text;
    for (const secret of [ACCESS_TOKEN, "notify-secret", CLIENT_SECRET]) expect(told).not.toContain(secret);
  });

  test("nothing is sent without an access token", async () => {
    const { url, got } = await receiver(acknowledging);
    const symmetric = { type: "symmetric", clientSecret: "notify-secret" } as const;
    const accessToken = () => Promise.reject(new Error("no luck"));
    const { sandbox, snap } = await start({ notify: { url, signature: symmetric, accessToken } });
    await pay(snap);
    await sandbox.idle();
    expect(sandbox.deliveries()).toMatchObject([
      { status: undefined, responseMessage: "not sent, without an access token: no luck", retryIn: 1 },
    ]);
    expect(got).toEqual([]);
  });

  test.each([
    ["", NOTIFY],
    ["/", NOTIFY],
    ["/base", `/base${NOTIFY}`],
    ["/base/", `/base${NOTIFY}`],
    [NOTIFY, NOTIFY],
    [`${NOTIFY}/`, NOTIFY],
    [`/base${NOTIFY}`, `/base${NOTIFY}`],
  ])("notifications for a receiver given as its URL with %j go to %s", async (given, path) => {
    const { url, got } = await receiver(acknowledging);
    const { sandbox, snap, entries } = await start({
      notify: given === "/base" ? `${url}/base` : { url: url + given, signature },
    });
    await pay(snap);
    await sandbox.idle();
    expect(got.map((each) => each.path)).toEqual([path]);
    expect(entries.at(-1)?.path).toBe(path);
  });

  test.each([`${NOTIFY}?shop=7&to=a%2Fb`, "/?shop=7&to=a%2Fb"])(
    "the query of %s is sent with each notification, and signed",
    async (given) => {
      const paths: string[] = [];
      const qrCpmNotify = ({ path }: { path: string }) => {
        paths.push(path);
        return { responseCode: "2007900", responseMessage: "Successful" } as const;
      };
      const key = () => ({ type: "asymmetric", publicKey }) as const;
      const { url } = await merchant({ key, operations: { qrCpmNotify } });
      const { sandbox, snap, entries } = await start({ notify: { url: url + given, signature } });
      await pay(snap);
      await sandbox.idle();
      expect(sandbox.deliveries()).toMatchObject([{ status: 200, responseCode: "2007900" }]);
      expect(paths).toEqual([`${NOTIFY}?shop=7&to=a%2Fb`]);
      expect(entries.at(-1)?.path).toBe(NOTIFY);
    },
  );

  test("notifications keep the contract, whatever became of the payment", async () => {
    const { shop, sandbox, snap } = await startWithMerchant({ limit: "5000.00" });
    const { amount: _, ...withoutAmount } = paymentOf("no-amount", { qrContent: await newQr(snap) });
    expect(said(await snap.qrCpmPayment(withoutAmount))).toBe("4046013");
    const scenarios = ["2006000", "2026003", "2026006", "4046001", "5046000"];
    for (const amount of scenarios) await snap.qrCpmPayment(paymentOf(amount, { amount: idr(`${amount}.00`) }));
    expect(said(await snap.qrCpmPayment(paymentOf("dear", { qrContent: await newQr(snap) })))).toBe("4036002");
    await cancel(snap, "2026003");
    await snap.qrCpmRefund({ originalPartnerReferenceNo: "2006000", partnerRefundNo: "refund-1" });
    await sandbox.advance(86_400);
    expect(shop.answers.every(({ responseCode }) => responseCode === "2007900")).toBe(true);
    expect(shop.notified.map(({ latestTransactionStatus }) => latestTransactionStatus).sort()).toEqual([
      "00",
      "00",
      "03",
      "03",
      "04",
      "05",
      "06",
      "06",
      "06",
      "06",
    ]);
    for (const body of shop.notified) expect(validateRequest("qrCpmNotify", body)).toEqual({ valid: true });
  });
});

describe("a slow receiver holds up no other notification", () => {
  test("by the system's clock the next try waits for its own answer only", async () => {
    const { url, got } = await receiver(
      byPayment((reference, tries) => (reference === "hangs" ? hanging : tries < 3 ? refusing : acknowledging)),
    );
    const notify = { url, signature, retryDelays: [0.05, 0.1] };
    const { sandbox, snap } = await start({ notify, clock: "system" });
    await pay(snap, "hangs");
    await pay(snap, "refused twice");
    const overdue = performance.now() + 5000;
    while (got.length < 4 && performance.now() < overdue) await sleep(5);
    expect(got.map(({ reference }) => reference)).toEqual(["hangs", "refused twice", "refused twice", "refused twice"]);
    // deliveries are told of in the order of sending all the same
    expect(sandbox.deliveries()).toEqual([]);
    await sandbox.close();
  });

  test("by a stopped clock the tries keep the order of sending, whichever is answered first", async () => {
    let answerSlow = () => {};
    const { url, got } = await receiver(
      byPayment((reference, tries) => (response) => {
        const answer = () => (tries < 3 ? refusing : acknowledging)(response);
        if (reference === "slow") {
          answerSlow = answer;
        } else {
          answer();
          setTimeout(() => answerSlow(), 10);
        }
      }),
    );
    const { sandbox, snap } = await start({ notify: { url, signature } });
    await pay(snap, "slow");
    await pay(snap, "quick");
    await sandbox.advance(60);
    const order = ["slow", "quick", "slow", "quick", "slow", "quick"];
    expect(sandbox.deliveries().map(({ body }) => body.originalPartnerReferenceNo)).toEqual(order);
    expect(sandbox.deliveries().map(({ retryIn }) => retryIn)).toEqual([1, 1, 2, 2, undefined, undefined]);
    expect(got.map(({ reference }) => reference)).toEqual(order);
  });

  test("by a stopped clock what is due at the same time is on its way at the same time", async () => {
    const pass = holdTimeouts();
    const timeout = 150;
    const payments = ["a", "b", "c", "d"];
    // no answer ever, and no time passes before all four are there: one after the other, they would wait for ever
    const { url, got } = await receiver(() => {
      if (got.length % payments.length === 0) pass(timeout);
    });
    const { sandbox, snap } = await start({ notify: { url, signature, timeout } });
    for (const reference of payments) await pay(snap, reference, PENDING);
    await sandbox.idle();
    // 03 at 0, 1 and 3, superseded by 00 at 5, 6, 8, 12, 20 and 36
    await sandbox.advance(600);
    expect(got.map(({ time }) => time)).toEqual(
      at(0, 1, 3, 5, 6, 8, 12, 20, 36).flatMap((time) => payments.map(() => time)),
    );
    expect(sandbox.deliveries().map(({ body }) => body.originalPartnerReferenceNo)).toEqual(
      sandbox.deliveries().map((_, index) => payments[index % payments.length]),
    );
  }, 10_000);
});

describe("a later status supersedes the earlier ones", () => {
  test("00 that was refused is not sent again once 05 is, and the log says why", async () => {
    const { url, got } = await receiver(byPayment((_, tries) => (tries === 1 ? refusing : acknowledging)));
    const { sandbox, snap, entries } = await start({ notify: { url, signature } });
    expect(said(await pay(snap))).toBe("2006000");
    await sandbox.idle();
    expect(said(await cancel(snap, "sale-1"))).toBe("2006200");
    await sandbox.advance(600);
    expect(got.map(({ status }) => status)).toEqual(["00", "05"]);
    expect(sandbox.deliveries()).toMatchObject([
      { attempt: 1, status: 500, retryIn: 1, body: { latestTransactionStatus: "00" } },
      { attempt: 1, status: 200, retryIn: undefined, body: { latestTransactionStatus: "05" } },
      {
        time: at(1)[0],
        attempt: 2,
        externalId: "",
        status: undefined,
        responseCode: undefined,
        responseMessage: "superseded by status 05",
        retryIn: undefined,
        body: { latestTransactionStatus: "00" },
      },
    ]);
    expect(entries.filter(({ step }) => step === "notify").map(({ hint }) => hint)).toEqual([
      "status 00 of sale-1, try 1, again in 1 s",
      "status 05 of sale-1, try 1",
      "status 00 of sale-1, try 2, given up",
    ]);
  });

  test("the statuses of other payments do not, and the later one itself is sent again", async () => {
    const { url, got } = await receiver(byPayment((_, tries) => (tries < 4 ? refusing : acknowledging)));
    const { sandbox, snap } = await start({ notify: { url, signature } });
    await pay(snap, "sale-1");
    await sandbox.idle();
    await cancel(snap, "sale-1");
    await pay(snap, "sale-2");
    await sandbox.advance(600);
    const statusesOf = (wanted: string) =>
      got.filter(({ reference }) => reference === wanted).map(({ status }) => status);
    expect(statusesOf("sale-1")).toEqual(["00", "05", "05", "05"]);
    expect(statusesOf("sale-2")).toEqual(["00", "00", "00", "00"]);
  });

  test("one that was on its way meanwhile is not sent again either", async () => {
    let refuse = () => {};
    const { url, got } = await receiver((response, _, tries) => {
      if (tries === 1) refuse = () => refusing(response);
      else acknowledging(response);
    });
    const { sandbox, snap } = await start({ notify: { url, signature } });
    await pay(snap);
    await cancel(snap, "sale-1");
    while (got.length < 2) await sleep(5);
    refuse();
    await sandbox.advance(600);
    expect(got.map(({ status }) => status)).toEqual(["00", "05"]);
    expect(sandbox.deliveries().at(-1)).toMatchObject({ responseMessage: "superseded by status 05" });
  });
});
