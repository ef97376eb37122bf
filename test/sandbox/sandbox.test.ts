// The sandbox over real HTTP: our client calls it, and merchants made with our receiver are notified.
import { spawn } from "node:child_process";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import type { OperationTypes } from "../../generated/client.ts";
import { lineOf } from "../../src/cli/serve.ts";
import { validateRequest, validateResponse } from "../../src/contract/validation.ts";
import { createSnapClient, createTokenProvider, type SnapClient, type SnapClientOptions } from "../../src/index.ts";
import {
  type LogEntry,
  type NotifyOptions,
  type Sandbox,
  type SandboxOptions,
  startSandbox,
} from "../../src/sandbox.ts";
import { createSnapHandler, type SnapAnswered, type SnapHandlerOptions, toNodeListener } from "../../src/server.ts";
import { snapTimestamp } from "../../src/snap/time.ts";
import {
  ACCESS_TOKEN,
  CLIENT_SECRET,
  exampleOf,
  NOW,
  newExternalId,
  type operationIds,
  PARTNER,
  privateKey,
  publicKey,
  TIMESTAMP,
  wireOf,
} from "../support/receiver.ts";

type Request<Id extends keyof OperationTypes> = OperationTypes[Id]["request"];

const SECONDS = 1000;
const NOTIFY = exampleOf.qrCpmNotify.path;
const idr = (value: string) => ({ value, currency: "IDR" });

/** A key that need not be made first, for where the signature is not what is tested. */
const signature = { type: "asymmetric", privateKey } as const;

/** Starts a sandbox for one test, its clock at NOW, and a client that signs for it. */
async function start(options: SandboxOptions = {}, of: Partial<SnapClientOptions> = {}) {
  const entries: LogEntry[] = [];
  const sandbox = await startSandbox({
    seed: 1,
    time: NOW,
    clientSecret: CLIENT_SECRET,
    log: (entry) => entries.push(entry),
    ...options,
  });
  onTestFinished(() => sandbox.close());
  const snap = createSnapClient({
    baseUrl: sandbox.url,
    partnerId: PARTNER,
    channelId: "95221",
    accessToken: ACCESS_TOKEN,
    signature: { type: "symmetric", clientSecret: CLIENT_SECRET },
    externalId: newExternalId,
    clock: sandbox.now,
    ...of,
  } as SnapClientOptions);
  return { sandbox, snap, entries };
}

/** An answer, of whatever operation, as far as the tests look at it. */
type Answer = {
  responseCode: string;
  responseMessage: string;
  latestTransactionStatus?: string;
  qrContent?: string;
  refundNo?: string;
};
const answerOf = ({ data, error }: { data?: unknown; error?: unknown }) => (data ?? error) as Answer;
/** An answer as `2006000`, and what the transaction has come to where it says so. */
const said = (result: { data?: unknown; error?: unknown }) => {
  const { responseCode, latestTransactionStatus: status } = answerOf(result);
  return status === undefined ? responseCode : `${responseCode} ${status}`;
};

async function newQr(snap: SnapClient): Promise<string> {
  return String(answerOf(await snap.qrCpmGenerate({ partnerTrxDate: TIMESTAMP })).qrContent);
}

/** A payment of ten thousand rupiah, with a QR code that any scenario takes. */
const paymentOf = (partnerReferenceNo: string, given: Partial<Request<"qrCpmPayment">> = {}) => ({
  partnerReferenceNo,
  qrContent: "any",
  amount: idr("10000.00"),
  merchantId: "merchant-1",
  expiryTime: "2020-12-24T07:50:11+07:00",
  ...given,
});
const query = (snap: SnapClient, originalPartnerReferenceNo: string) => snap.qrCpmQuery({ originalPartnerReferenceNo });

/** Serves something for one test. */
async function serve(listener: (incoming: IncomingMessage, outgoing: ServerResponse) => void): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A merchant's endpoint, as the README has it: it lets in what is signed with the sandbox's key. */
async function merchant(options: Partial<SnapHandlerOptions> = {}) {
  const notified: Request<"qrCpmNotify">[] = [];
  const answers: SnapAnswered[] = [];
  let notifyPublicKey = "";
  const handler = createSnapHandler({
    key: () => ({ type: "asymmetric", publicKey: notifyPublicKey }),
    verifyToken: () => false,
    withoutToken: ["qrCpmNotify"],
    operations: {
      qrCpmNotify: ({ body }) => {
        notified.push(body);
        return { responseCode: "2007900", responseMessage: "Successful" };
      },
    },
    onAnswer: (answered) => answers.push(answered),
    ...options,
  });
  const url = await serve(toNodeListener(handler));
  /** Has it check signatures with a sandbox's key. */
  const trust = (sandbox: Sandbox) => {
    notifyPublicKey = sandbox.notifyPublicKey ?? "";
  };
  return { url, notified, answers, trust };
}

/** What a receiver that is no merchant's got. */
interface Got {
  path: string | undefined;
  time: string | string[] | undefined;
  externalId: string | string[] | undefined;
  status: string;
}
type Behaviour = (outgoing: ServerResponse, tries: number) => void;
const answering =
  (status: number, body: string): Behaviour =>
  (outgoing) =>
    outgoing.writeHead(status, { "content-type": "application/json" }).end(body);
const acknowledging = answering(200, '{"responseCode":"2007900","responseMessage":"Successful"}');
const hangingUp: Behaviour = (outgoing) => outgoing.destroy();
const hanging: Behaviour = () => {};

/** An endpoint that behaves as it is told. */
async function receiver(behave: Behaviour) {
  const got: Got[] = [];
  const url = await serve(async (incoming, outgoing) => {
    let text = "";
    for await (const chunk of incoming) text += chunk;
    const { latestTransactionStatus: status } = JSON.parse(text) as Request<"qrCpmNotify">;
    const { "x-timestamp": time, "x-external-id": externalId } = incoming.headers;
    got.push({ path: incoming.url, time, externalId, status });
    behave(outgoing, got.length);
  });
  return { url, got };
}

/** So many seconds after the start. */
const at = (...seconds: number[]) => seconds.map((second) => snapTimestamp(new Date(NOW.getTime() + second * SECONDS)));

async function control(sandbox: Sandbox, method: string, path: string, body?: string) {
  const response = await fetch(sandbox.url + path, { method, ...(body !== undefined && { body }) });
  const text = await response.text();
  return {
    status: response.status,
    type: response.headers.get("content-type"),
    allow: response.headers.get("allow"),
    text,
    json: text ? (JSON.parse(text) as Record<string, unknown>) : undefined,
  };
}

describe("a payment from beginning to end", () => {
  test("generate, pay, notify, query, refund, query", async () => {
    const shop = await merchant();
    const { sandbox, snap } = await start({ notify: shop.url });
    shop.trust(sandbox);

    const qrContent = await newQr(snap);
    const title = "Coffee";
    const given = { qrContent, title, subMerchantId: "sub-1", externalStoreId: "store-1" };
    const paid = await snap.qrCpmPayment(paymentOf("sale-1", given));
    expect(paid.data).toMatchObject({ responseCode: "2006000", partnerReferenceNo: "sale-1" });
    await sandbox.idle();
    const about = {
      originalPartnerReferenceNo: "sale-1",
      originalReferenceNo: (paid.data as { referenceNo: string }).referenceNo,
      merchantId: "merchant-1",
      subMerchantId: "sub-1",
      externalStoreId: "store-1",
      amount: idr("10000.00"),
    };
    expect(shop.notified).toEqual([{ ...about, latestTransactionStatus: "00", transactionStatusDesc: "success" }]);

    const queried = await query(snap, "sale-1");
    expect(queried.data).toMatchObject({ latestTransactionStatus: "00", title, paidTime: TIMESTAMP });
    const refund = { originalPartnerReferenceNo: "sale-1", partnerRefundNo: "refund-1", refundAmount: idr("4000.00") };
    expect(said(await snap.qrCpmRefund(refund))).toBe("2008000");
    expect(said(await query(snap, "sale-1"))).toBe("2006100 00");
    expect(said(await snap.qrCpmRefund({ originalPartnerReferenceNo: "sale-1", partnerRefundNo: "rest" }))).toBe(
      "2008000",
    );
    expect(said(await query(snap, "sale-1"))).toBe("2006100 04");

    await sandbox.idle();
    expect(shop.notified[1]).toEqual({ ...about, latestTransactionStatus: "04", transactionStatusDesc: "refunded" });
    expect(shop.answers.map(({ responseCode }) => responseCode)).toEqual(["2007900", "2007900"]);
    expect(sandbox.totals()).toEqual({
      payments: 1,
      captured: "10000.00",
      refunded: "10000.00",
      cancelled: "0.00",
      held: "0.00",
    });
    expect(sandbox.payments()[0]?.history.map(({ status }) => status)).toEqual(["01", "02", "00", "04"]);
  });

  test("a cancelled one is notified with 05", async () => {
    const shop = await merchant();
    const { sandbox, snap } = await start({ notify: shop.url });
    shop.trust(sandbox);
    await snap.qrCpmPayment(paymentOf("sale-1", { qrContent: await newQr(snap) }));
    expect(said(await snap.qrCpmCancel({ originalPartnerReferenceNo: "sale-1" }))).toBe("2006200");
    expect(said(await query(snap, "sale-1"))).toBe("2006100 05");
    await sandbox.idle();
    expect(shop.notified.map(({ latestTransactionStatus }) => latestTransactionStatus)).toEqual(["00", "05"]);
  });

  test("a merchant may ask for the payment before it acknowledges, in the middle of an advance too", async () => {
    const queried: string[] = [];
    const { url, got } = await receiver(async (outgoing, tries) => {
      queried.push(`${snapTimestamp(sandbox.now())} ${said(await query(snap, "sale-1"))}`);
      acknowledging(outgoing, tries);
    });
    const { sandbox, snap } = await start({ notify: { url, signature } });
    await snap.qrCpmPayment(paymentOf("sale-1", { amount: idr("2026000.00") }));
    await sandbox.advance(600);
    expect(got.map(({ status }) => status)).toEqual(["03", "00"]);
    expect(queried).toEqual([`${at(0)} 2006100 03`, `${at(5)} 2006100 00`]);
  });

  test("service 55 knows a direct debit of each status", async () => {
    const { snap } = await start({
      directDebits: [{ originalPartnerReferenceNo: "debit-1", latestTransactionStatus: "03" }],
    });
    const ask = (originalPartnerReferenceNo: string) =>
      snap.debitStatus({ originalPartnerReferenceNo, serviceCode: "54" });
    expect(said(await ask("debit-1"))).toBe("2005500 03");
    expect(said(await ask("debit-00"))).toBe("4045501");
    expect(
      said(await (await start()).snap.debitStatus({ originalPartnerReferenceNo: "debit-00", serviceCode: "54" })),
    ).toBe("2005500 00");
  });
});

describe("what it checks", () => {
  test("tokens of service 73 are accepted until they run out by the sandbox's clock, and no others", async () => {
    const { sandbox, snap } = await start({ accessToken: "another", publicKey, tokenLifetime: 60 });
    expect(said(await query(snap, "sale-1"))).toBe("4016101");

    const accessToken = createTokenProvider({ baseUrl: sandbox.url, clientKey: PARTNER, privateKey });
    const of = (given: Partial<SnapClientOptions>) =>
      createSnapClient({
        baseUrl: sandbox.url,
        partnerId: PARTNER,
        channelId: "95221",
        accessToken,
        signature: { type: "symmetric", clientSecret: CLIENT_SECRET },
        ...given,
      } as SnapClientOptions);
    expect(said(await query(of({}), "sale-1"))).toBe("4046101");
    const token = await accessToken();
    await sandbox.advance(59);
    expect(said(await query(of({ accessToken: token }), "sale-1"))).toBe("4046101");
    await sandbox.advance(1);
    expect(said(await query(of({ accessToken: token }), "sale-1"))).toBe("4016101");
    // the provider's clock is the system's: it learns from the refusal that it needs a new one
    expect(said(await query(of({}), "sale-1"))).toBe("4046101");
    expect(await accessToken()).not.toBe(token);
  });

  test("with a lifetime alone, a token that ran out is refused, and the provider gets a new one", async () => {
    const { sandbox, entries } = await start({ publicKey, tokenLifetime: 60 });
    const of = (accessToken: SnapClientOptions["accessToken"]) =>
      createSnapClient({
        ...{ baseUrl: sandbox.url, partnerId: PARTNER, channelId: "95221", accessToken },
        signature: { type: "symmetric", clientSecret: CLIENT_SECRET },
      } as SnapClientOptions);
    expect(said(await query(of("forged"), "sale-1"))).toBe("4016101");
    const snap = of(createTokenProvider({ baseUrl: sandbox.url, clientKey: PARTNER, privateKey }));
    expect(said(await query(snap, "sale-1"))).toBe("4046101");
    await sandbox.advance(61);
    expect(said(await query(snap, "sale-1"))).toBe("4046101");
    expect(entries.map(({ responseCode }) => responseCode)).toEqual([
      "4016101",
      "2007300",
      "4046101",
      "4016101",
      "2007300",
      "4046101",
    ]);
  });

  test("an X-EXTERNAL-ID is accepted once a day", async () => {
    const { sandbox, snap } = await start({}, { externalId: () => "the-same" });
    expect(said(await query(snap, "sale-1"))).toBe("4046101");
    expect(said(await query(snap, "sale-1"))).toBe("4096100");
    await sandbox.setTime(new Date("2020-12-23T16:59:59Z"));
    expect(said(await query(snap, "sale-1"))).toBe("4096100");
    await sandbox.advance(1);
    expect(said(await query(snap, "sale-1"))).toBe("4046101");
  });

  test("a wrong signature is refused and changes nothing", async () => {
    const { sandbox, snap } = await start({}, { signature: { type: "symmetric", clientSecret: "wrong" } });
    expect(said(await snap.qrCpmPayment(paymentOf("sale-1", { amount: idr("2006000.00") })))).toBe("4016000");
    expect(sandbox.payments()).toEqual([]);
  });

  test.each([
    [{ tokenLifetime: 0 }, TypeError, "tokenLifetime is 0: give a whole number of seconds from 1 to 999999999."],
    [{ tokenLifetime: 1.5 }, TypeError, "tokenLifetime is 1.5: give a whole number of seconds from 1 to 999999999."],
    [{ tokenLifetime: Number.NaN }, TypeError, "tokenLifetime is NaN: give a whole number"],
    [{ accessToken: "" }, TypeError, "accessToken is empty; leave it out to accept any."],
    [{ limit: "1" }, TypeError, 'The limit is "1": write it as an amount, such as "10000000.00".'],
    [{ qrLifetime: -1 }, TypeError, "qrLifetime is -1: give a number of seconds from 0 to 31536000, a year."],
    [
      { qrLifetime: 1e12 },
      TypeError,
      "qrLifetime is 1000000000000: give a number of seconds from 0 to 31536000, a year.",
    ],
    [
      { settleAfter: Number.NaN },
      TypeError,
      "settleAfter is NaN: give a number of seconds from 0 to 31536000, a year.",
    ],
    [
      {
        directDebits: [
          {
            originalPartnerReferenceNo: "debit-1",
            latestTransactionStatus: "00",
            transAmount: { value: "1", currency: "IDR" },
          },
        ],
      },
      TypeError,
      "directDebits: transAmount.value of debit-1 ought to be text of the form",
    ],
    [{ time: new Date("never") }, RangeError, "The time is no valid Date of the years 0 to 9998."],
    [
      { notify: { url: "http://127.0.0.1:9", retryDelays: [1e306] } },
      TypeError,
      "notify: retryDelays has 1e+306 in it: ",
    ],
    [{ notify: "" }, TypeError, "notify: url is no absolute http or https URL; give one such as"],
    [{ notify: "localhost:8080" }, TypeError, "notify: url is no absolute http or https URL; give one such as"],
    [{ notify: {} as NotifyOptions }, TypeError, "notify: url is no absolute http or https URL; give one such as"],
    [{ notify: "http://user:secret-1@x" }, TypeError, "notify: url has a query, a fragment or credentials;"],
    [{ notify: `http://x${NOTIFY}?page=1` }, TypeError, "notify: url has a query, a fragment or credentials;"],
    [
      { notify: { url: "http://x", retryDelays: [1, -1] } },
      TypeError,
      "notify: retryDelays has -1 in it: give numbers",
    ],
    [{ notify: { url: "http://x", retryDelays: [Number.NaN] } }, TypeError, "notify: retryDelays has NaN in it"],
    [{ notify: { url: "http://x", retryDelays: [Number.POSITIVE_INFINITY] } }, TypeError, "retryDelays has Infinity"],
    [{ notify: { url: "http://x", timeout: -1 } }, TypeError, "notify: timeout is no number of milliseconds from 0"],
    [
      { notify: { url: "http://x", partnerId: "" } },
      TypeError,
      "notify: partnerId is empty; it goes into X-PARTNER-ID.",
    ],
    [
      { notify: { url: "http://x", signature: { type: "symmetric", clientSecret: CLIENT_SECRET } } },
      TypeError,
      "notify: accessToken is missing; only the asymmetric signature does without one.",
    ],
    [
      { notify: { url: "http://x", signature: { type: "asymmetric", privateKey: "no PEM" } } },
      TypeError,
      /^notify: .*key/i,
    ],
  ])("refuses to start with %o", async (options, type, message) => {
    const refused = startSandbox(options as SandboxOptions);
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toBeInstanceOf(type);
    await expect(refused).rejects.not.toThrow(/secret-1|no PEM/);
  });

  test("cannot take a port that is taken, and may be closed twice", async () => {
    const { sandbox } = await start();
    await expect(startSandbox({ port: Number(new URL(sandbox.url).port) })).rejects.toMatchObject({
      code: "EADDRINUSE",
    });
    await Promise.all([sandbox.close(), sandbox.close()]);
    await sandbox.close();
  });
});

describe("time", () => {
  test("a QR code is good until it expires, and not from then on", async () => {
    const { sandbox, snap } = await start({ qrLifetime: 300 });
    const [first, second] = [await newQr(snap), await newQr(snap)];
    await sandbox.advance(299);
    expect(said(await snap.qrCpmPayment(paymentOf("sale-1", { qrContent: first })))).toBe("2006000");
    await sandbox.advance(1);
    expect(said(await snap.qrCpmPayment(paymentOf("sale-2", { qrContent: second })))).toBe("4036000");
  });

  test("a pending payment is decided when its time has come, by amount", async () => {
    const { sandbox, snap } = await start({ settleAfter: 5 });
    expect(said(await snap.qrCpmPayment(paymentOf("good", { amount: idr("2026000.00") })))).toBe("2026000");
    expect(said(await snap.qrCpmPayment(paymentOf("bad", { amount: idr("2026006.00") })))).toBe("2026000");
    await sandbox.advance(4.999);
    expect(said(await query(snap, "good"))).toBe("2006100 03");
    await sandbox.advance(0.001);
    expect(said(await query(snap, "good"))).toBe("2006100 00");
    expect(said(await query(snap, "bad"))).toBe("2006100 06");
    expect(sandbox.now()).toEqual(new Date(NOW.getTime() + 5 * SECONDS));
  });

  test.each([
    ["5046000.00", "5046000", "2006100 00"],
    ["4036014.00", "4036014", "2006100 06"],
    ["2006006.00", "2006000", "2006100 06"],
    ["5006000.00", "5006000", "4046101"],
  ])("an amount of %s is answered with %s, and the payment comes to %s", async (value, answered, then) => {
    const { snap } = await start();
    expect(said(await snap.qrCpmPayment(paymentOf("sale-1", { amount: idr(value) })))).toBe(answered);
    expect(said(await query(snap, "sale-1"))).toBe(then);
  });

  test("what was answered with a time-out is not paid twice", async () => {
    const { sandbox, snap } = await start();
    const body = paymentOf("sale-1", { amount: idr("5046000.00") });
    expect(said(await snap.qrCpmPayment(body))).toBe("5046000");
    expect(said(await snap.qrCpmPayment(body))).toBe("4096001");
    expect(sandbox.totals()).toMatchObject({ payments: 1, captured: "5046000.00" });
  });

  test("steps asked for at once are taken one after the other", async () => {
    const { url } = await receiver(answering(500, "{}"));
    const { sandbox, snap } = await start({ notify: { url, signature } });
    await snap.qrCpmPayment(paymentOf("sale-1", { amount: idr("2026000.00") }));
    await Promise.all([sandbox.advance(3), sandbox.advance(3), sandbox.advance(50)]);
    expect(sandbox.now()).toEqual(new Date(NOW.getTime() + 56 * SECONDS));
    const times = (status: string) =>
      sandbox
        .deliveries()
        .filter(({ body }) => body.latestTransactionStatus === status)
        .map(({ time }) => time);
    // given up at 7, for 00 was told since
    expect(times("03")).toEqual(at(0, 1, 3, 7));
    expect(times("00")).toEqual(at(5, 6, 8, 12, 20, 36));
  });

  test("refuses a time that is none", async () => {
    const { sandbox } = await start();
    await expect(sandbox.advance(-1)).rejects.toThrow(RangeError);
    await expect(sandbox.advance(Number.NaN)).rejects.toThrow(RangeError);
    await expect(sandbox.setTime(new Date("never"))).rejects.toThrow(RangeError);
    expect(sandbox.now()).toEqual(NOW);
  });

  test("by the system's clock a notification is sent again too", async () => {
    let acknowledged = () => {};
    const done = new Promise<void>((resolve) => {
      acknowledged = resolve;
    });
    const { url } = await receiver((outgoing, tries) => {
      (tries < 3 ? hangingUp : acknowledging)(outgoing, tries);
      if (tries === 3) acknowledged();
    });
    const sandbox = await startSandbox({ notify: { url, signature, retryDelays: [0.01, 0.01] } });
    onTestFinished(() => sandbox.close());
    const body = paymentOf("sale-1", { amount: idr("2006000.00"), expiryTime: "2120-12-24T07:50:11+07:00" });
    const { path, ...wire } = wireOf({ body });
    expect(await (await fetch(sandbox.url + path, wire)).text()).toContain("2006000");
    await done;
    await sandbox.idle();
    expect(sandbox.deliveries().map(({ retryIn }) => retryIn)).toEqual([0.01, 0.01, undefined]);
    expect(sandbox.now().getTime() - Date.now()).toBeLessThan(1000);
  });
});

describe("notifications", () => {
  const pay = (snap: SnapClient, reference = "sale-1") =>
    snap.qrCpmPayment(paymentOf(reference, { amount: idr("2006000.00") }));

  const unreachable = async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    return { url: `http://127.0.0.1:${port}`, got: undefined };
  };

  test.each([
    [
      "500 00",
      () => receiver(answering(500, '{"responseCode":"5007900","responseMessage":"General Error"}')),
      500,
      "5007900",
      "General Error",
    ],
    [
      "404 01",
      () => receiver(answering(404, '{"responseCode":"4047901","responseMessage":"Transaction Not Found"}')),
      404,
      "4047901",
      "Transaction Not Found",
    ],
    [
      "202",
      () => receiver(answering(202, '{"responseCode":"2027900","responseMessage":"Later"}')),
      202,
      "2027900",
      "Later",
    ],
    [
      "200 and no SNAP answer",
      () => receiver(answering(200, "<p>fine</p>")),
      200,
      undefined,
      "the answer, status 200, is no JSON",
    ],
    [
      "502 and a page",
      () => receiver(answering(502, "<p>secret-2</p>")),
      502,
      undefined,
      "the answer, status 502, is no JSON object with a responseCode",
    ],
    ["200 and a code of failure", () => receiver(answering(200, '{"responseCode":"4047901"}')), 200, "4047901", ""],
    [
      "200 and more than a code",
      () => receiver(answering(200, '{"responseCode":"20079001","responseMessage":{}}')),
      200,
      "20079001",
      "",
    ],
    [
      "a redirect",
      () => receiver((outgoing) => outgoing.writeHead(307, { location: "/" }).end()),
      undefined,
      undefined,
      "the network failed (unexpected redirect)",
    ],
    [
      "nothing, and hangs up",
      () => receiver(hangingUp),
      undefined,
      undefined,
      "the network failed (other side closed)",
    ],
    ["nothing, and hangs", () => receiver(hanging), undefined, undefined, "no answer within 40 ms"],
    [
      "nothing, for nobody listens",
      unreachable,
      undefined,
      undefined,
      expect.stringMatching(/^the network failed \(connect ECONNREFUSED [\d.:]+\)$/),
    ],
  ] as const)("a receiver that answers %s is told again after 1, 2, 4, 8 and 16 seconds", async (...row) => {
    const [, start_, status, responseCode, responseMessage] = row;
    const { url, got } = await start_();
    const { sandbox, snap, entries } = await start({ notify: { url, signature, timeout: 40 } });
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
    const told = sandbox.deliveries();
    const times = at(0, 1, 3, 7, 15, 31);
    const body = expect.objectContaining({ latestTransactionStatus: "00", originalPartnerReferenceNo: "sale-1" });
    expect(told).toEqual(
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
    expect(new Set(told.map(({ externalId }) => externalId)).size).toBe(6);
    if (got) {
      expect(got.map(({ time }) => time)).toEqual(times);
      expect(got.map(({ externalId }) => externalId)).toEqual(told.map(({ externalId }) => externalId));
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
    expect(JSON.stringify([entries, told])).not.toContain("secret-2");
  });

  test.each<[string, (sandbox: Sandbox) => Promise<void>]>([
    ["advance", (sandbox) => sandbox.advance(86_400)],
    ["setTime", (sandbox) => sandbox.setTime(new Date(NOW.getTime() + 86_400 * SECONDS))],
  ])("in one leap by %s the tries are at the same times, those of what happened on the way too", async (_, leap) => {
    const { url, got } = await receiver(hangingUp);
    const { sandbox, snap } = await start({ notify: { url, signature } });
    await snap.qrCpmPayment(paymentOf("sale-1", { amount: idr("2026000.00") }));
    // the first notification is still on its way
    await leap(sandbox);
    const timesOf = (wanted: string) => got.filter(({ status }) => status === wanted).map(({ time }) => time);
    // not again at 7, for 00 was told since
    expect(timesOf("03")).toEqual(at(0, 1, 3));
    expect(timesOf("00")).toEqual(at(5, 6, 8, 12, 20, 36));
    const sent = sandbox.deliveries().filter(({ externalId }) => externalId !== "");
    expect(sent.map(({ time }) => time)).toEqual(got.map(({ time }) => time));
    expect(got.map(({ time }) => time)).toEqual(got.map(({ time }) => time).sort());
  });

  test("is not told again once it has acknowledged", async () => {
    const { url, got } = await receiver((outgoing, tries) => (tries < 3 ? hangingUp : acknowledging)(outgoing, tries));
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

  test("without delays is told once", async () => {
    const { url, got } = await receiver(hangingUp);
    const { sandbox, snap } = await start({ notify: { url, signature, retryDelays: [] } });
    await pay(snap);
    await sandbox.advance(86_400);
    expect(got).toHaveLength(1);
  });

  test("a merchant with another key refuses them, and is told again", async () => {
    const shop = await merchant();
    const [{ sandbox, snap }, other] = [await start({ notify: { url: shop.url, retryDelays: [1] } }), await start()];
    shop.trust((await start({ notify: "http://127.0.0.1:1" })).sandbox);
    await pay(snap);
    await sandbox.idle();
    shop.trust(sandbox);
    await sandbox.advance(1);
    expect(shop.answers.map(({ responseCode }) => responseCode)).toEqual(["4017900", "2007900"]);
    expect(other.sandbox.notifyPublicKey).toBeUndefined();
  });

  test("are signed with the key that is given", async () => {
    const shop = await merchant({ key: () => ({ type: "asymmetric", publicKey }) });
    const { sandbox, snap } = await start({ notify: { url: shop.url, signature } });
    expect(sandbox.notifyPublicKey).toBe(publicKey.export({ type: "spki", format: "pem" }));
    await pay(snap);
    await sandbox.idle();
    expect(shop.answers.map(({ responseCode }) => responseCode)).toEqual(["2007900"]);
  });

  test.each([
    ["a token", ACCESS_TOKEN],
    ["what gives one", async () => ACCESS_TOKEN],
  ])("are signed symmetrically, and carry %s", async (_, accessToken) => {
    const callers: string[] = [];
    const shop = await merchant({
      key: ({ partnerId }) => {
        callers.push(partnerId);
        return { type: "symmetric", clientSecret: "notify-secret" };
      },
      verifyToken: (token) => token === ACCESS_TOKEN,
      withoutToken: [],
    });
    const signature = { type: "symmetric", clientSecret: "notify-secret" } as const;
    const { sandbox, snap, entries } = await start({
      notify: { url: shop.url, signature, accessToken, partnerId: "pjp-1" },
    });
    await pay(snap);
    await sandbox.idle();
    expect(shop.answers.map(({ responseCode }) => responseCode)).toEqual(["2007900"]);
    expect(callers).toEqual(["pjp-1"]);
    expect(sandbox.notifyPublicKey).toBeUndefined();
    const told = JSON.stringify([entries, sandbox.deliveries()]) + (await control(sandbox, "GET", "/sandbox")).text;
    for (const secret of [ACCESS_TOKEN, "notify-secret", CLIENT_SECRET]) expect(told).not.toContain(secret);
  });

  test("where there is no token to be had, nothing is sent", async () => {
    const { url, got } = await receiver(acknowledging);
    const signature = { type: "symmetric", clientSecret: "notify-secret" } as const;
    const accessToken = () => Promise.reject(new Error("no luck"));
    const { sandbox, snap } = await start({ notify: { url, signature, accessToken } });
    await pay(snap);
    await sandbox.idle();
    expect(sandbox.deliveries()).toMatchObject([
      { status: undefined, responseMessage: "not sent, for there is no access token: no luck", retryIn: 1 },
    ]);
    expect(got).toEqual([]);
  });

  test("the latest 10,000 tries are remembered", async () => {
    const options = {
      url: "http://127.0.0.1:1",
      signature: { type: "symmetric", clientSecret: "notify-secret" },
      // fails before anything is sent, and so at once
      accessToken: () => Promise.reject(new Error("no luck")),
      retryDelays: Array.from({ length: 10_004 }, () => 0),
    } as const;
    const { sandbox, snap } = await start({ notify: options });
    await pay(snap);
    await sandbox.advance(0);
    const attempts = sandbox.deliveries().map(({ attempt }) => attempt);
    expect([attempts.length, attempts[0], attempts.at(-1)]).toEqual([10_000, 6, 10_005]);
  });

  test.each([
    ["", NOTIFY],
    ["/", NOTIFY],
    ["/base", `/base${NOTIFY}`],
    ["/base/", `/base${NOTIFY}`],
    [NOTIFY, NOTIFY],
    [`${NOTIFY}/`, NOTIFY],
    [`/base${NOTIFY}`, `/base${NOTIFY}`],
  ])("go to a receiver given as its URL with %j to %s", async (given, path) => {
    const { url, got } = await receiver(acknowledging);
    const { sandbox, snap, entries } = await start({
      notify: given === "/base" ? `${url}/base` : { url: url + given, signature },
    });
    await pay(snap);
    await sandbox.idle();
    expect(got.map((each) => each.path)).toEqual([path]);
    expect(entries.at(-1)?.path).toBe(path);
  });

  test("keep the contract, whatever has become of the payment", async () => {
    const shop = await merchant();
    const { sandbox, snap } = await start({ notify: shop.url, limit: "5000.00" });
    shop.trust(sandbox);
    const { amount: _, ...withoutAmount } = paymentOf("no-amount", { qrContent: await newQr(snap) });
    expect(said(await snap.qrCpmPayment(withoutAmount))).toBe("4046013");
    const scenarios = ["2006000", "2026003", "2026006", "4046001", "5046000"];
    for (const amount of scenarios) await snap.qrCpmPayment(paymentOf(amount, { amount: idr(`${amount}.00`) }));
    expect(said(await snap.qrCpmPayment(paymentOf("dear", { qrContent: await newQr(snap) })))).toBe("4036002");
    await snap.qrCpmCancel({ originalPartnerReferenceNo: "2026003" });
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

describe("what it tells of itself", () => {
  test("GET /sandbox tells all, and no secret", async () => {
    const { url } = await receiver(acknowledging);
    const { sandbox, snap } = await start({ accessToken: ACCESS_TOKEN, notify: { url, signature } });
    await snap.qrCpmPayment(paymentOf("sale-1", { amount: idr("2006000.00") }));
    const token = await fetch(`${sandbox.url}${exampleOf.accessTokenB2b.path}`, {
      method: "POST",
      ...(({ headers, body }) => ({ headers, body }))(wireOf({ operation: "accessTokenB2b" })),
    });
    const { accessToken } = (await token.json()) as { accessToken: string };
    await sandbox.idle();
    const told = await control(sandbox, "GET", "/sandbox");
    expect([told.status, told.type]).toEqual([200, "application/json"]);
    const [payments, deliveries, totals] = [sandbox.payments(), sandbox.deliveries(), sandbox.totals()];
    const directDebits = sandbox.directDebits();
    expect(told.json).toEqual({ time: TIMESTAMP, seed: 1, totals, payments, directDebits, deliveries });
    expect([payments.length, directDebits.length, deliveries.length]).toEqual([1, 7, 1]);
    for (const secret of [ACCESS_TOKEN, CLIENT_SECRET, accessToken, "PRIVATE"]) expect(told.text).not.toContain(secret);
    const head = await control(sandbox, "HEAD", "/sandbox");
    expect([head.status, head.type, head.text]).toEqual([200, "application/json", ""]);
  });

  test("POST /sandbox/time moves the clock", async () => {
    const { sandbox, snap } = await start();
    await snap.qrCpmPayment(paymentOf("sale-1", { amount: idr("2026000.00") }));
    const moved = async (body: string) => (await control(sandbox, "POST", "/sandbox/time", body)).text;
    expect(await moved('{"advance": 0}')).toBe(`{"time":"${TIMESTAMP}"}`);
    expect(await moved('{"advance":4.5}')).toBe(`{"time":"${at(4)}"}`);
    expect(said(await query(snap, "sale-1"))).toBe("2006100 03");
    expect(await moved('{"advance":0.5}')).toBe(`{"time":"${at(5)}"}`);
    expect(said(await query(snap, "sale-1"))).toBe("2006100 00");
    expect(await moved('{"time":"2021-01-01T00:00:00Z"}')).toBe('{"time":"2021-01-01T07:00:00+07:00"}');
    expect(await moved('{"time":"2020-01-01T07:00:00.25+07:00"}')).toBe('{"time":"2020-01-01T07:00:00+07:00"}');
    expect(sandbox.now()).toEqual(new Date("2020-01-01T00:00:00.250Z"));
  });

  test.each([
    "",
    "{",
    "null",
    "[]",
    "5",
    "{}",
    '{"advance":"5"}',
    '{"advance":-1}',
    '{"advance":1e12}',
    '{"advance":1e999}',
    '{"advance":5,"time":"2021-01-01T00:00:00Z"}',
    '{"time":"5"}',
    '{"time":"2021-01-01"}',
    '{"time":"2021-01-01T00:00:00"}',
    '{"time":"2021-13-01T00:00:00Z"}',
    '{"time":"2020-02-30T00:00:00Z"}',
    '{"time":"2020-02-28T25:00:00Z"}',
    '{"time":"+012345-01-01T00:00:00Z"}',
    '{"time":1609459200000}',
  ])("POST /sandbox/time does not take %j", async (body) => {
    const { sandbox } = await start();
    const { status, type, json } = await control(sandbox, "POST", "/sandbox/time", body);
    expect([status, type]).toEqual([400, "application/problem+json"]);
    expect(json).toEqual({
      type: "about:blank",
      title: "The sandbox does not understand this",
      status: 400,
      detail: expect.stringContaining('POST /sandbox/time takes {"advance": SECONDS} or {"time": "2020-12-23T07:50:11'),
    });
    expect(sandbox.now()).toEqual(NOW);
  });

  test("POST /sandbox/time reads no more than any operation would", async () => {
    const { sandbox } = await start();
    const { status } = await control(sandbox, "POST", "/sandbox/time", `{"advance":5}${" ".repeat(1_000_000)}`);
    expect([status, sandbox.now()]).toEqual([400, NOW]);
  });

  test("who hangs up in the middle of POST /sandbox/time harms nothing", async () => {
    const { sandbox } = await start();
    const { hostname, port } = new URL(sandbox.url);
    for (const length of ["Content-Length: 1000", "Content-Length: 1000000", "Transfer-Encoding: chunked"]) {
      await new Promise((resolve) => {
        const socket = connect(Number(port), hostname, () => {
          socket.write(`POST /sandbox/time HTTP/1.1\r\nHost: x\r\n${length}\r\n\r\n{"advance"`);
          setTimeout(() => socket.resetAndDestroy(), 20);
        });
        socket.on("error", () => {}).on("close", resolve);
      });
    }
    expect((await control(sandbox, "POST", "/sandbox/time", '{"advance":1}')).text).toBe(`{"time":"${at(1)}"}`);
  });

  test("what only looks like it is no operation", async () => {
    const { sandbox } = await start();
    for (const path of ["/sandboxes", "/", "/v1.0/sandbox", "//sandbox"]) {
      expect((await control(sandbox, "POST", path)).text).toBe(
        '{"responseCode":"4040002","responseMessage":"Invalid Routing"}',
      );
    }
  });

  test("logs one entry a request and one a delivery, and no secret", async () => {
    const { url } = await receiver((outgoing, tries) => (tries === 1 ? hangingUp : acknowledging)(outgoing, tries));
    const { sandbox, snap, entries } = await start({ notify: { url, signature }, accessToken: ACCESS_TOKEN });
    await snap.qrCpmPayment(paymentOf("sale-1", { amount: idr("2006000.00") }));
    await query(snap, "sale-2");
    await sandbox.idle();
    await control(sandbox, "POST", "/sandbox/time", '{"advance":1}');
    await control(sandbox, "GET", "/sandbox");
    await control(sandbox, "GET", "/nowhere");
    const [host, port] = sandbox.url.slice("http://".length).split(":");
    await new Promise((resolve) => {
      const socket = connect(Number(port), host, () => socket.write("hello\r\n\r\n"));
      socket.on("close", resolve).resume();
    });
    const summary = ({ time, method, path, service, status, responseCode, step }: LogEntry) =>
      [time, method, path, service, status, responseCode, step].join(" ").replaceAll("  ", " - ");
    // the answer to the payment and its notification do not wait for each other
    expect(entries.map(summary).sort()).toEqual(
      [
        `${TIMESTAMP} POST ${exampleOf.qrCpmPayment.path} 60 200 2006000 operation`,
        `${TIMESTAMP} POST ${exampleOf.qrCpmQuery.path} 61 404 4046101 operation`,
        `${TIMESTAMP} POST ${NOTIFY} 79 0 - notify`,
        `${at(1)} POST ${NOTIFY} 79 200 2007900 notify`,
        `${at(1)} POST /sandbox/time - 200 - control`,
        `${at(1)} GET /sandbox - 200 - control`,
        `${at(1)} GET /nowhere - 404 4040002 route`,
        `${at(1)} - - - 400 - http`,
      ].sort(),
    );
    expect(entries.find(({ step }) => step === "route")?.hint).toMatch(/, \/docs, \/sandbox$/);
    for (const secret of [ACCESS_TOKEN, CLIENT_SECRET]) expect(JSON.stringify(entries)).not.toContain(secret);
  });

  test("logs why the sandbox refused, which the caller is not told, and no QR code", async () => {
    const { sandbox, snap, entries } = await start({ limit: "20000.00" });
    const stranger = createSnapClient({
      ...{ baseUrl: sandbox.url, partnerId: "stranger", channelId: "95221", accessToken: ACCESS_TOKEN },
      signature: { type: "symmetric", clientSecret: CLIENT_SECRET },
    });
    const generate = (partnerReferenceNo: string, merchantId: string) =>
      snap.qrCpmGenerate({ partnerTrxDate: TIMESTAMP, partnerReferenceNo, merchantId });
    const qrContent = String(answerOf(await generate("qr-1", "m-1")).qrContent);
    const qrCodes = [qrContent, await newQr(snap), await newQr(snap), await newQr(snap)];
    const pay = (partnerReferenceNo: string, qr: number, given: Partial<Request<"qrCpmPayment">> = {}) =>
      snap.qrCpmPayment(paymentOf(partnerReferenceNo, { qrContent: qrCodes[qr] ?? "none", ...given }));
    const references = (originalPartnerReferenceNo: string) => ({ originalPartnerReferenceNo });
    const refund = (original: string, partnerRefundNo: string, value: string, currency = "IDR") =>
      snap.qrCpmRefund({ ...references(original), partnerRefundNo, refundAmount: { value, currency } });
    const calls: [call: () => Promise<unknown>, logged: string][] = [
      [() => generate("qr-1", "m-1"), "4095901 the same was sent before"],
      [() => generate("qr-1", "m-2"), "4045918 the number was used before, with another content"],
      [() => pay("sale-1", 0), "2006000 undefined"],
      [() => pay("sale-1", 0), "4096001 the same was sent before; its status is 00, success"],
      [() => pay("sale-1", 1), "4046018 the number was used before, with another content"],
      [() => pay("sale-2", 0), "4046000 this QR code was used for sale-1; its status is 00, success"],
      [() => pay("sale-3", 9), "4046001 no QR code of this sandbox; scenario amounts take any"],
      [() => pay("sale-4", 1, { expiryTime: TIMESTAMP }), `4036000 expiryTime is over: ${TIMESTAMP}`],
      [() => pay("sale-5", 1, { amount: idr("20000.01") }), "4036002 above the limit of 20000.00"],
      [
        () => pay("sale-6", 1, { amount: { value: "1.00", currency: "USD" } }),
        "4046013 it needs an amount in IDR above zero and has 1.00 USD",
      ],
      [() => pay("sale-7", 9, { amount: idr("4036014.00") }), "4036014 Sandbox scenario"],
      [() => pay("sale-8", 9, { amount: idr("4006001.00") }), "4006001 undefined"],
      [() => pay("sale-8", 9, { amount: idr("4006000.00") }), "4006000 Sandbox scenario"],
      [() => query(snap, "sale-9"), "4046101 no payment has the references given"],
      [() => snap.qrCpmQuery({ merchantId: "m-1" }), "4046101 no reference is given"],
      [() => query(stranger, "sale-1"), "4046101 the payment is of another X-PARTNER-ID"],
      [
        () => snap.qrCpmCancel({ ...references("sale-1"), amount: idr("1.00") }),
        "4046213 the payment is of 10000.00 IDR",
      ],
      [() => snap.qrCpmCancel(references("sale-9")), "4046201 no payment has the references given"],
      [() => snap.qrCpmCancel(references("sale-2")), "4046200 its status is 06, failed"],
      [() => refund("sale-1", "refund-1", "4000.00"), "2008000 undefined"],
      [() => refund("sale-1", "refund-1", "4000.01"), "4048018 the number was used before, with another content"],
      [() => refund("sale-1", "refund-2", "6000.01"), "4048013 6000.00 IDR can still be refunded"],
      [() => refund("sale-9", "refund-2", "1.00"), "4048001 no payment has the references given"],
      [() => refund("sale-2", "refund-2", "1.00"), "4048000 its status is 06, failed"],
      [() => snap.qrCpmCancel(references("sale-1")), "4046200 some of it is refunded"],
      [() => pay("sale-10", 2), "2006000 undefined"],
      [() => snap.qrCpmCancel({ ...references("sale-10"), merchantId: "2026200" }), "2026200 undefined"],
      [() => refund("sale-10", "refund-3", "1.00"), "4048000 it is being cancelled"],
      [
        () => snap.debitStatus({ ...references("debit-9"), serviceCode: "54" }),
        "4045501 the sandbox was seeded with no such debit",
      ],
      [
        async () => {
          await sandbox.advance(300);
          return pay("sale-11", 3);
        },
        `4036000 the QR code expired at ${at(300)}`,
      ],
    ];
    for (const [call, logged] of calls) {
      entries.length = 0;
      await call();
      expect(entries.map(({ responseCode, hint }) => `${responseCode} ${hint}`)).toEqual([logged]);
      expect(entries[0]).not.toHaveProperty("reason");
      for (const code of qrCodes) expect(JSON.stringify(entries)).not.toContain(code);
      if (logged.startsWith("4046000"))
        expect(lineOf(entries[0] as LogEntry)).toBe(
          "07:50:11 POST /v1.0/qr/qr-cpm-payment [60] 4046000 Invalid Transaction Status (this QR code was used for sale-1; its status is 00, success)",
        );
    }
  });

  test.each([
    [
      "throws",
      () => {
        throw new Error("full");
      },
    ],
    ["rejects", () => Promise.reject(new Error("full"))],
  ])("a log that %s changes nothing", async (_, log) => {
    const { url } = await receiver(acknowledging);
    const { sandbox, snap } = await start({ log: log as () => void, notify: { url, signature } });
    expect(said(await snap.qrCpmPayment(paymentOf("sale-1", { amount: idr("2006000.00") })))).toBe("2006000");
    await sandbox.advance(1);
    expect(sandbox.deliveries()).toMatchObject([{ responseCode: "2007900" }]);
    expect((await control(sandbox, "GET", "/sandbox")).status).toBe(200);
  });
});

test("the same seed, time and calls give the same answers and the same books, byte by byte", async () => {
  const { url } = await receiver((outgoing) => {
    // by the payment would be as good; both runs get the same answers in the same order
    answers += 1;
    (answers % 3 === 0 ? acknowledging : answering(500, "{}"))(outgoing, answers);
  });
  let answers = 0;

  async function run(seed: number | string): Promise<string[]> {
    answers = 0;
    let made = 0;
    const { sandbox } = await start({ seed, notify: { url, signature }, clientSecret: CLIENT_SECRET });
    const all: string[] = [];
    const ask = async (operation: (typeof operationIds)[number], body: object) => {
      made += 1;
      const headers = operation === "accessTokenB2b" ? {} : { "X-EXTERNAL-ID": `call-${made}` };
      const { path, ...wire } = wireOf({ operation, body: body as Record<string, unknown>, headers });
      const response = await fetch(sandbox.url + path, wire);
      const text = await response.text();
      all.push(`${response.status} ${response.headers.get("x-timestamp")} ${text}`);
      expect(validateResponse(operation, response.status, JSON.parse(text))).toEqual({ valid: true });
      await sandbox.idle();
      return JSON.parse(text) as Answer;
    };
    await ask("accessTokenB2b", { grantType: "client_credentials" });
    for (const [index, value] of ["10000.00", "2026000.00", "2026006.00", "4036014.00", "5046000.00"].entries()) {
      const { qrContent = "" } = await ask("qrCpmGenerate", { partnerTrxDate: TIMESTAMP });
      await ask("qrCpmPayment", paymentOf(`sale-${index}`, { qrContent, amount: idr(value) }));
      await ask("qrCpmQuery", { originalPartnerReferenceNo: `sale-${index}` });
      await sandbox.advance(3);
    }
    await ask("qrCpmRefund", { originalPartnerReferenceNo: "sale-0", partnerRefundNo: "refund-0" });
    await ask("qrCpmCancel", { originalPartnerReferenceNo: "sale-4" });
    await ask("accessTokenB2b", { grantType: "client_credentials" });
    await sandbox.advance(86_400);
    return [...all, (await control(sandbox, "GET", "/sandbox")).text];
  }

  const first = await run(42);
  expect(await run(42)).toEqual(first);
  expect(await run("42")).toEqual([...first.slice(0, -1), first.at(-1)?.replace('"seed":42', '"seed":"42"')]);
  expect(await run(43)).not.toEqual(first);
  expect(first.at(-1)?.match(/"attempt":/g)?.length).toBeGreaterThan(15);
});

describe("close", () => {
  test("gives up what is on its way and what waits, and answers nobody any more", async () => {
    const { url, got } = await receiver(hanging);
    const refusing = await receiver(answering(500, "{}"));
    const waiting = await start({ notify: { url: refusing.url, signature } });
    const hung = await start({ notify: { url, signature } });
    for (const { snap } of [waiting, hung]) await snap.qrCpmPayment(paymentOf("sale-1", { amount: idr("2006000.00") }));
    await waiting.sandbox.idle();
    while (got.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    // an advance that waits for the answer that will not come
    const advanced = hung.sandbox.advance(600);
    await Promise.all([waiting.sandbox.close(), hung.sandbox.close()]);
    await advanced;
    await waiting.sandbox.advance(600);
    await hung.sandbox.idle();
    expect([got.length, refusing.got.length]).toEqual([1, 1]);
    expect(hung.sandbox.deliveries()).toEqual([]);
    expect(hung.entries.filter(({ step }) => step === "notify")).toEqual([]);
    await expect(query(hung.snap, "sale-1")).rejects.toThrow("the network failed");
  });

  test("leaves nothing that keeps the process alive", async () => {
    const { url } = await receiver(hanging);
    const script = `
      import { connect } from "node:net";
      const { startSandbox } = await import(${JSON.stringify(new URL("../../src/sandbox.ts", import.meta.url).href)});
      const sandbox = await startSandbox({ notify: ${JSON.stringify(url)}, settleAfter: 600 });
      const { host, hostname, port } = new URL(sandbox.url);
      // a connection that sends half a request, one that sends what is no HTTP, and one that sends nothing
      for (const text of ["POST /v1.0/qr/qr-cpm-query HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 9\\r\\n\\r\\n{", "hello\\r\\n\\r\\n", ""])
        connect({ port, host: hostname, allowHalfOpen: true }).on("error", () => {}).unref().write(text);
      const { path, ...wire } = ${JSON.stringify(
        wireOf({
          body: paymentOf("sale-1", { amount: idr("2026000.00"), expiryTime: "2120-12-24T07:50:11+07:00" }),
        }),
      )};
      console.log(await (await fetch(sandbox.url + path, wire)).text());
      const waiting = fetch(sandbox.url + "/sandbox/time", { method: "POST", body: '{"advance":1}' }).catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 100));
      await sandbox.close();
      await waiting;
      console.log("closed");
      const closed = performance.now();
      process.once("exit", () => console.log(performance.now() - closed < 3000 ? "exit" : "exit, but late"));
    `;
    const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script]);
    let out = "";
    child.stdout.on("data", (chunk) => {
      out += chunk;
    });
    child.stderr.on("data", (chunk) => {
      out += chunk;
    });
    const overdue = setTimeout(() => child.kill(), 30_000);
    const code = await new Promise((resolve) => child.once("exit", resolve));
    clearTimeout(overdue);
    expect(out).toMatch(/^\{"responseCode":"2026000".*\}\nclosed\nexit\n$/);
    expect(code).toBe(0);
  });
});

describe("calls at the same time", () => {
  const MANY = 50;
  const many = <T>(one: (index: number) => Promise<T>) =>
    Promise.all(Array.from({ length: MANY }, (_, index) => one(index)));
  const count = (all: string[], wanted: string) => all.filter((each) => each === wanted).length;

  test("fifty payments with one QR code: one is made", async () => {
    const shop = await merchant();
    const { sandbox, snap } = await start({ notify: shop.url });
    shop.trust(sandbox);
    const qrContent = await newQr(snap);
    const all = await many(async (index) => said(await snap.qrCpmPayment(paymentOf(`sale-${index}`, { qrContent }))));
    expect([count(all, "2006000"), count(all, "4046000")]).toEqual([1, MANY - 1]);
    expect(sandbox.totals()).toMatchObject({ payments: MANY, captured: "10000.00" });
    await sandbox.idle();
    const statuses = shop.notified.map(({ latestTransactionStatus }) => latestTransactionStatus);
    expect([count(statuses, "00"), count(statuses, "06")]).toEqual([1, MANY - 1]);
  });

  test("fifty payments with one partnerReferenceNo: one is made", async () => {
    const { sandbox, snap } = await start();
    const body = paymentOf("sale-1", { amount: idr("2006000.00") });
    const all = await many(async () => said(await snap.qrCpmPayment(body)));
    expect([count(all, "2006000"), count(all, "4096001")]).toEqual([1, MANY - 1]);
    expect(sandbox.totals()).toMatchObject({ payments: 1, captured: "2006000.00" });
  });

  test("fifty refunds with one partnerRefundNo: the same refund, once", async () => {
    const { sandbox, snap } = await start();
    await snap.qrCpmPayment(paymentOf("sale-1", { qrContent: await newQr(snap) }));
    const refund = { originalPartnerReferenceNo: "sale-1", partnerRefundNo: "refund-1", refundAmount: idr("100.00") };
    const all = await many(async () => answerOf(await snap.qrCpmRefund(refund)));
    expect(new Set(all.map(({ responseCode, refundNo }) => `${responseCode} ${refundNo}`)).size).toBe(1);
    expect(all[0]).toMatchObject({ responseCode: "2008000", refundNo: expect.stringMatching(/^\d+$/) });
    expect(sandbox.totals()).toMatchObject({ refunded: "100.00", held: "9900.00" });
  });

  test("fifty refunds with different numbers: never more than was paid", async () => {
    const { sandbox, snap } = await start();
    await snap.qrCpmPayment(paymentOf("sale-1", { qrContent: await newQr(snap) }));
    const all = await many(async (index) =>
      said(
        await snap.qrCpmRefund({
          originalPartnerReferenceNo: "sale-1",
          partnerRefundNo: `refund-${index}`,
          refundAmount: idr("300.00"),
        }),
      ),
    );
    // 33 times 300 is 9900, and the hundred that are left are too few for one more
    expect([count(all, "2008000"), count(all, "4048013")]).toEqual([33, MANY - 33]);
    expect(sandbox.totals()).toMatchObject({ captured: "10000.00", refunded: "9900.00", held: "100.00" });
    expect(said(await query(snap, "sale-1"))).toBe("2006100 00");
  });

  test("refunds and cancellations mixed: the money goes back once", async () => {
    const { sandbox, snap } = await start();
    await snap.qrCpmPayment(paymentOf("sale-1", { qrContent: await newQr(snap) }));
    const original = { originalPartnerReferenceNo: "sale-1" };
    const refundOf = (index: number) => ({
      ...original,
      partnerRefundNo: `refund-${index}`,
      refundAmount: idr("10000.00"),
    });
    await many(async (index) =>
      said(index % 2 ? await snap.qrCpmCancel(original) : await snap.qrCpmRefund(refundOf(index))),
    );
    const { refunded, cancelled, held } = sandbox.totals();
    expect([refunded, cancelled].sort()).toEqual(["0.00", "10000.00"]);
    expect(held).toBe("0.00");
  });

  test("fifty calls with one X-EXTERNAL-ID: one gets through", async () => {
    const { sandbox, snap } = await start({}, { externalId: () => "the-same" });
    const all = await many(async (index) =>
      said(await snap.qrCpmPayment(paymentOf(`sale-${index}`, { amount: idr("2006000.00") }))),
    );
    expect([count(all, "2006000"), count(all, "4096000")]).toEqual([1, MANY - 1]);
    expect(sandbox.totals().payments).toBe(1);
  });

  test("fifty requests for a token: fifty tokens, each good", async () => {
    const { sandbox } = await start({ accessToken: "another" });
    const tokens = await many(async () => {
      const { path, ...wire } = wireOf({ operation: "accessTokenB2b" });
      return ((await (await fetch(sandbox.url + path, wire)).json()) as { accessToken: string }).accessToken;
    });
    expect(new Set(tokens).size).toBe(MANY);
    for (const token of [tokens[0], tokens[MANY - 1]] as string[]) {
      const { path, ...wire } = wireOf({ token });
      expect((await fetch(sandbox.url + path, wire)).status).not.toBe(401);
    }
  });

  test("the clock is moved in the middle of it: every payment is in the books, and told of at its own time", async () => {
    const shop = await merchant();
    const { sandbox, snap } = await start({ notify: shop.url });
    shop.trust(sandbox);
    const paying = many((index) => snap.qrCpmPayment(paymentOf(`sale-${index}`, { amount: idr("2026000.00") })));
    await Promise.all([paying, sandbox.advance(10), sandbox.advance(10)]);
    await sandbox.advance(10);
    expect(sandbox.totals()).toMatchObject({ payments: MANY, captured: "101300000.00" });
    const timesOf = (status: string) =>
      new Map(
        sandbox
          .payments()
          .map(({ partnerReferenceNo, history }) => [
            partnerReferenceNo,
            history.find((step) => step.status === status)?.time,
          ]),
      );
    for (const { time, body, responseCode } of sandbox.deliveries()) {
      expect([responseCode, time]).toEqual([
        "2007900",
        timesOf(body.latestTransactionStatus).get(body.originalPartnerReferenceNo ?? ""),
      ]);
    }
    expect(sandbox.deliveries()).toHaveLength(2 * MANY);
  });
});
