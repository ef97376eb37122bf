// Who may call the control endpoints, how GET /sandbox pages, and how the clock goes on and the books are emptied.
import { describe, expect, onTestFinished, test } from "vitest";
import { startSandbox } from "../../src/sandbox.ts";
import { typeError } from "../support/errors.ts";
import { ACCESS_TOKEN, CLIENT_SECRET, NOW, publicKey, TIMESTAMP } from "../support/receiver.ts";
import {
  acknowledging,
  at,
  clientOf,
  control,
  newQr,
  PENDING,
  pay,
  paymentOf,
  query,
  receiver,
  refusing,
  replyOf,
  said,
  signature,
  sleep,
  start,
} from "./support.ts";

const PAGE = { "content-type": "text/plain" };
const MOVE = '{"advance":600}';

describe("control", () => {
  test("needs its key where calls are checked or others can reach it, and none elsewhere", async () => {
    const keyOf = async (options: Parameters<typeof startSandbox>[0]) => {
      const sandbox = await startSandbox(options);
      onTestFinished(() => sandbox.close());
      const { status } = await control({ url: sandbox.url, controlKey: undefined }, "GET", "/sandbox");
      const withKey = await control(sandbox, "GET", "/sandbox");
      expect(withKey.status).toBe(200);
      return `${status} ${sandbox.controlKey?.length}`;
    };
    expect(await keyOf({})).toBe("200 undefined");
    expect(await keyOf({ host: "localhost" })).toBe("200 undefined");
    for (const options of [
      { accessToken: ACCESS_TOKEN },
      { clientSecret: CLIENT_SECRET },
      { publicKey },
      { tokenLifetime: 60 },
    ])
      expect(await keyOf(options)).toBe("401 24");
    expect(await keyOf({ host: "0.0.0.0" })).toBe("401 24");
    expect(await keyOf({ controlKey: "k" })).toBe("401 1");
  });

  test("answers every wrong key alike, says how to send it, and logs no key", async () => {
    const { sandbox, entries } = await start({ controlKey: "the-control-key" });
    const wrong = [
      "Bearer the-control-kex",
      "Bearer x",
      "Bearer ",
      "the-control-key",
      "Basic the-control-key",
      undefined,
    ];
    for (const authorization of wrong) {
      for (const [method, path, body] of [
        ["GET", "/sandbox?limit=1"],
        ["POST", "/sandbox", '{"reset":true}'],
        ["POST", "/sandbox/time", MOVE],
        ["GET", "/sandbox/nowhere"],
      ] as const) {
        const answer = await control(sandbox, method, path, body, { authorization });
        expect([answer.status, answer.type]).toEqual([401, "application/problem+json"]);
        expect(answer.json).toEqual({
          type: "about:blank",
          title: "The sandbox asks for its control key",
          status: 401,
          detail:
            "Send the control key, which the sandbox printed at its start (--control-key sets it, controlKey in code), as Authorization: Bearer KEY.",
        });
      }
    }
    expect(sandbox.now()).toEqual(NOW);
    expect(
      (await control(sandbox, "GET", "/sandbox", undefined, { authorization: "bearer  the-control-key" })).status,
    ).toBe(200);
    expect(entries).toHaveLength(wrong.length * 4 + 1);
    expect(JSON.stringify(entries)).not.toContain("the-control-ke");
  });

  test.each([[""], ["a b"], ["a\n"], ["ü"], [5]])("refuses controlKey %j without repeating it", async (controlKey) => {
    await expect(startSandbox({ controlKey: controlKey as string })).rejects.toThrow(
      typeError(
        "ERR_SNAP_INVALID_OPTION",
        "controlKey must be 1 to 1000 visible ASCII characters, which a header can hold.",
      ),
    );
  });

  test("refuses a POST that is not JSON, which a form of any page can send", async () => {
    const { sandbox } = await start();
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      "text/json",
      "",
    ]) {
      for (const path of ["/sandbox/time", "/sandbox"]) {
        const answer = await control(sandbox, "POST", path, MOVE, { "content-type": type });
        expect([answer.status, answer.json?.detail]).toEqual([415, "A POST must have Content-Type: application/json."]);
      }
    }
    expect(sandbox.now()).toEqual(NOW);
    const json = { "content-type": "application/json; charset=UTF-8" };
    expect((await control(sandbox, "POST", "/sandbox/time", MOVE, json)).status).toBe(200);
  });

  test("refuses pages of other sites, also where cors lets them call operations", async () => {
    const { sandbox } = await start({ cors: ["https://app.example", "*"] });
    for (const origin of [
      "https://app.example",
      "null",
      "http://localhost.attacker.example",
      "www.hostname.com",
      "file://",
    ]) {
      for (const [method, path, body] of [
        ["GET", "/sandbox"],
        ["POST", "/sandbox/time", MOVE],
      ] as const) {
        const { status, json } = await control(sandbox, method, path, body, { origin });
        expect([status, json?.detail]).toEqual([403, `The Origin must be of this machine, but is "${origin}".`]);
      }
    }
    for (const origin of ["http://localhost:5173", "http://127.0.0.1", "http://[::1]:80"])
      expect((await control(sandbox, "GET", "/sandbox", undefined, { origin })).status).toBe(200);
    expect(
      (await control(sandbox, "POST", "/sandbox/time", MOVE, { ...PAGE, origin: "https://app.example" })).status,
    ).toBe(403);
    expect(sandbox.now()).toEqual(NOW);
  });

  test("on operations ORIGIN says nothing", async () => {
    const { snap } = await start({}, { defaultHeaders: { ORIGIN: "www.hostname.com" } } as never);
    expect(said(await pay(snap))).toBe("2006000");
  });
});

describe("GET /sandbox", () => {
  type Told = {
    totals: { payments: number; deliveries: number };
    payments: { partnerReferenceNo: string }[];
    deliveries: unknown[];
    next?: string;
  };
  const tell = async (sandbox: Parameters<typeof control>[0], path: string) =>
    (await control(sandbox, "GET", path)).json as unknown as Told;

  test("has a page of the newest, always the totals, and leads to the older ones", async () => {
    const { url } = await receiver(acknowledging);
    const { sandbox, snap } = await start({ notify: { url, signature } });
    for (let sale = 0; sale < 105; sale += 1) await pay(snap, `sale-${sale}`);
    await sandbox.idle();
    const first = await tell(sandbox, "/sandbox");
    expect(first.payments.map(({ partnerReferenceNo }) => partnerReferenceNo)).toEqual(
      Array.from({ length: 100 }, (_, index) => `sale-${104 - index}`),
    );
    expect([first.deliveries.length, first.next]).toEqual([100, "/sandbox?limit=100&after=5.5"]);
    // what comes meanwhile shifts no page
    await pay(snap, "sale-late");
    await sandbox.idle();
    const second = await tell(sandbox, String(first.next));
    expect(second.payments.map(({ partnerReferenceNo }) => partnerReferenceNo)).toEqual([
      "sale-4",
      "sale-3",
      "sale-2",
      "sale-1",
      "sale-0",
    ]);
    expect([second.deliveries.length, second.next]).toEqual([5, undefined]);
    expect(second.totals).toEqual({ ...sandbox.totals(), deliveries: 106 });

    const seen: string[] = [];
    for (let next: string | undefined = "/sandbox?limit=7"; next; ) {
      const page: Told = await tell(sandbox, next);
      expect(page.totals.payments).toBe(106);
      expect(page.payments.length).toBeLessThanOrEqual(7);
      seen.push(...page.payments.map(({ partnerReferenceNo }) => partnerReferenceNo));
      next = page.next;
    }
    expect(seen).toEqual(
      sandbox
        .payments()
        .map(({ partnerReferenceNo }) => partnerReferenceNo)
        .reverse(),
    );
    expect((await tell(sandbox, "/sandbox?after=999999.999999")).payments).toHaveLength(100);
  });

  test("has the latest refunds of a payment, and says how many more there are", async () => {
    const { sandbox, snap } = await start();
    await pay(snap);
    for (let number = 0; number < 3; number += 1)
      await snap.qrCpmRefund({
        originalPartnerReferenceNo: "sale-1",
        partnerRefundNo: `r-${number}`,
        refundAmount: { value: "1.00", currency: "IDR" },
      });
    const { payments } = await tell(sandbox, "/sandbox?limit=2");
    expect(payments[0]).toMatchObject({
      moreRefunds: 1,
      refunded: "3.00",
      refunds: [{ partnerRefundNo: "r-1" }, { partnerRefundNo: "r-2" }],
    });
  });

  test.each([
    "limit=0",
    "limit=1001",
    "limit=x",
    "limit=-1",
    "limit=1&limit=2",
    "after=",
    "after=5",
    "after=x.y",
    "page=2",
  ])("refuses ?%s, and says what it takes", async (search) => {
    const { sandbox } = await start();
    const { status, json } = await control(sandbox, "GET", `/sandbox?${search}`);
    expect([status, json?.detail]).toEqual([
      400,
      "GET /sandbox takes limit, a number from 1 to 1000, and after, which is in the next of the page before.",
    ]);
  });
});

describe("the clock", () => {
  test("goes on from where it stands after resume, and what becomes due happens by itself", async () => {
    const { sandbox, snap } = await start({ settleAfter: 1 });
    await pay(snap, "sale-1", PENDING);
    await sleep(30);
    expect([sandbox.now(), sandbox.isStopped()]).toEqual([NOW, true]);
    const { json } = await control(sandbox, "POST", "/sandbox/time", '{"resume":true}');
    expect(json).toEqual({ time: TIMESTAMP, stopped: false });
    const began = Date.now();
    while (said(await query(snap, "sale-1")) !== "2006100 00") await sleep(20);
    expect(Date.now() - began).toBeGreaterThan(500);
    const ran = sandbox.now().getTime() - NOW.getTime();
    expect(ran).toBeGreaterThanOrEqual(1000);
    expect(ran).toBeLessThan(Date.now() - began + 2000);
    // it can be stopped and moved again, and lets go again
    await control(sandbox, "POST", "/sandbox/time", `{"time":"${at(3600)}"}`);
    expect(sandbox.isStopped()).toBe(true);
    await sandbox.resume();
    await sandbox.resume();
    expect(sandbox.isStopped()).toBe(false);
    expect(sandbox.now().getTime()).toBeGreaterThanOrEqual(NOW.getTime() + 3_600_000);
  });

  test("that goes on takes its turn behind moves that were asked for before", async () => {
    const { sandbox } = await start();
    await Promise.all([sandbox.advance(60), sandbox.resume(), sandbox.advance(60)]);
    expect(sandbox.isStopped()).toBe(true);
    expect(sandbox.now().getTime() - NOW.getTime()).toBeGreaterThanOrEqual(120_000);
  });
});

describe("a reset", () => {
  test("empties the books, and everything is as at the start but the clock", async () => {
    const { url, got } = await receiver(refusing);
    const { sandbox, snap } = await start({ notify: { url, signature, retryDelays: [10] } });
    const life = async () => {
      const qrContent = await newQr(snap);
      const { referenceNo } = replyOf(await snap.qrCpmPayment(paymentOf("sale-1", { qrContent }))) as unknown as {
        referenceNo: string;
      };
      await pay(snap, "sale-2", PENDING);
      await sandbox.idle();
      return [qrContent, referenceNo];
    };
    const first = await life();
    const again = clientOf(sandbox, { externalId: () => "the-same" });
    expect(said(await query(again, "sale-1"))).toBe("2006100 00");
    const { status, json } = await control(sandbox, "POST", "/sandbox", '{"reset":true}');
    expect([status, json]).toEqual([200, { time: TIMESTAMP, stopped: true, totals: { ...sandbox.totals() } }]);
    expect([sandbox.payments(), sandbox.deliveries(), sandbox.totals().held]).toEqual([[], [], "0.00"]);
    // X-EXTERNAL-IDs are free again, settlements and notifications do not come any more
    expect(said(await query(again, "sale-1"))).toBe("4046101");
    const sent = got.length;
    await sandbox.advance(60);
    expect([got.length, sandbox.payments()]).toEqual([sent, []]);
    await sandbox.setTime(NOW);
    expect(await life()).toEqual(first);
    expect(sandbox.directDebits()).toHaveLength(7);
  });

  test.each(["", "{}", '{"reset":false}', '{"reset":1}', '{"reset":true,"x":1}', "[]", "null"])(
    "is not done for %j",
    async (body) => {
      const { sandbox, snap } = await start();
      await pay(snap);
      const { status, json } = await control(sandbox, "POST", "/sandbox", body);
      expect([status, json?.detail]).toEqual([400, 'POST /sandbox takes {"reset": true}, which empties the books.']);
      expect(sandbox.payments()).toHaveLength(1);
    },
  );
});
