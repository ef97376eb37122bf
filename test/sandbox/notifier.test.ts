// The sandbox's notifications where receivers are slow, refuse, or hang: none holds up another, and the latest status is the last told.
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import type { OperationTypes } from "../../generated/client.ts";
import { acknowledges } from "../../src/sandbox/notifier.ts";
import { type LogEntry, type NotifyOptions, type SandboxOptions, startSandbox } from "../../src/sandbox.ts";
import { NOW, privateKey, TIMESTAMP, wireOf } from "../support/receiver.ts";

/** A key that need not be made first. */
const signature = { type: "asymmetric", privateKey } as const;
/** Paid with any QR code, at once. */
const CAPTURED = "2006000.00";
/** Pending for five seconds, then paid. */
const PENDING = "2026000.00";

const acknowledging = (outgoing: ServerResponse) => answering(outgoing, 200, "2007900");
const refusing = (outgoing: ServerResponse) => answering(outgoing, 500, "5007900");

function answering(outgoing: ServerResponse, status: number, responseCode: string): void {
  outgoing.writeHead(status, { "content-type": "application/json" });
  outgoing.end(JSON.stringify({ responseCode, responseMessage: "as told" }));
}

/** A merchant's endpoint that answers as it is told, by payment and by how many notifications of that payment came. */
async function receiver(behave: (outgoing: ServerResponse, reference: string, tries: number) => void) {
  const got: { reference: string; status: string }[] = [];
  const server = createServer(async (incoming, outgoing) => {
    let text = "";
    for await (const chunk of incoming) text += chunk;
    const body = JSON.parse(text) as OperationTypes["qrCpmNotify"]["request"];
    const { originalPartnerReferenceNo: reference = "", latestTransactionStatus: status } = body;
    got.push({ reference, status });
    behave(outgoing, reference, got.filter((one) => one.reference === reference).length);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, got };
}

/** Starts a sandbox for one test, with its clock stopped at NOW or the system's. */
async function start(notify: NotifyOptions, clock: Pick<SandboxOptions, "time"> = { time: NOW }) {
  const hints: string[] = [];
  const log = ({ step, hint }: LogEntry) => {
    if (step === "notify") hints.push(String(hint));
  };
  const sandbox = await startSandbox({ seed: 1, log, notify, ...clock });
  onTestFinished(() => sandbox.close());
  async function ask(operation: "qrCpmPayment" | "qrCpmCancel", body: Record<string, unknown>) {
    const { path, ...wire } = wireOf({ operation, body });
    const response = await fetch(sandbox.url + path, wire);
    return ((await response.json()) as { responseCode: string }).responseCode;
  }
  const pay = (reference: string, value = CAPTURED) =>
    ask("qrCpmPayment", {
      partnerReferenceNo: reference,
      qrContent: "any",
      amount: { value, currency: "IDR" },
      merchantId: "merchant-1",
      expiryTime: "2120-12-24T07:50:11+07:00",
    });
  const cancel = (reference: string) => ask("qrCpmCancel", { originalPartnerReferenceNo: reference });
  return { sandbox, pay, cancel, hints };
}

describe("who is slow holds up nobody else", () => {
  test("by the system's clock the next try waits for its own answer only", async () => {
    const { url, got } = await receiver((outgoing, reference, tries) => {
      if (reference === "hangs") return;
      if (tries < 3) refusing(outgoing);
      else acknowledging(outgoing);
    });
    const { sandbox, pay } = await start({ url, signature, retryDelays: [0.05, 0.1] }, {});
    await pay("hangs");
    await pay("refused twice");
    const overdue = performance.now() + 5000;
    while (got.length < 4 && performance.now() < overdue) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(got.map(({ reference }) => reference)).toEqual(["hangs", "refused twice", "refused twice", "refused twice"]);
    // the account is kept in the order of sending all the same
    expect(sandbox.deliveries()).toEqual([]);
    await sandbox.close();
  });

  test("by a stopped clock the tries keep the order of sending, whoever is answered first", async () => {
    const { url, got } = await receiver((outgoing, reference, tries) => {
      setTimeout(() => (tries < 3 ? refusing : acknowledging)(outgoing), reference === "slow" ? 60 : 0);
    });
    const { sandbox, pay } = await start({ url, signature });
    await pay("slow");
    await pay("quick");
    await sandbox.advance(60);
    const order = ["slow", "quick", "slow", "quick", "slow", "quick"];
    expect(sandbox.deliveries().map(({ body }) => body.originalPartnerReferenceNo)).toEqual(order);
    expect(sandbox.deliveries().map(({ retryIn }) => retryIn)).toEqual([1, 1, 2, 2, undefined, undefined]);
    expect(got.map(({ reference }) => reference)).toEqual(order);
  });

  test("what is due at the same time is on its way at the same time, so that hanging takes a time-out a try", async () => {
    const timeout = 150;
    const { url, got } = await receiver(() => {});
    const { sandbox, pay } = await start({ url, signature, timeout });
    const payments = ["a", "b", "c", "d"];
    for (const reference of payments) await pay(reference, PENDING);
    await sandbox.idle();
    const began = performance.now();
    // 03 at 0, 1 and 3, superseded by 00 at 5, 6, 8, 12, 20 and 36
    await sandbox.advance(600);
    const took = performance.now() - began;
    expect(got.length).toBe(9 * payments.length);
    expect(took).toBeGreaterThan(8 * timeout * 0.9);
    // one after the other, it would be four times as long
    expect(took).toBeLessThan(8 * timeout * 2.5);
    expect(sandbox.deliveries().map(({ body }) => body.originalPartnerReferenceNo)).toEqual(
      sandbox.deliveries().map((_, index) => payments[index % payments.length]),
    );
  });
});

describe("a later status supersedes the earlier ones", () => {
  test("a refused 00 is not told again once 05 is, and the log says why", async () => {
    const { url, got } = await receiver((outgoing, reference, tries) =>
      (reference === "sale-1" && tries === 1 ? refusing : acknowledging)(outgoing),
    );
    const { sandbox, pay, cancel, hints } = await start({ url, signature });
    expect(await pay("sale-1")).toBe("2006000");
    await sandbox.idle();
    expect(await cancel("sale-1")).toBe("2006200");
    await sandbox.advance(600);
    expect(got.map(({ status }) => status)).toEqual(["00", "05"]);
    expect(sandbox.deliveries()).toMatchObject([
      { attempt: 1, status: 500, retryIn: 1, body: { latestTransactionStatus: "00" } },
      { attempt: 1, status: 200, retryIn: undefined, body: { latestTransactionStatus: "05" } },
      {
        time: TIMESTAMP.replace(":11+", ":12+"),
        attempt: 2,
        externalId: "",
        status: undefined,
        responseCode: undefined,
        responseMessage: "superseded by status 05",
        retryIn: undefined,
        body: { latestTransactionStatus: "00" },
      },
    ]);
    expect(hints).toEqual([
      "status 00 of sale-1, try 1, again in 1 s",
      "status 05 of sale-1, try 1",
      "status 00 of sale-1, try 2, given up",
    ]);
  });

  test("the statuses of other payments do not, and the later one itself is told again", async () => {
    const { url, got } = await receiver((outgoing, _, tries) => (tries < 4 ? refusing : acknowledging)(outgoing));
    const { sandbox, pay, cancel } = await start({ url, signature });
    await pay("sale-1");
    await sandbox.idle();
    await cancel("sale-1");
    await pay("sale-2");
    await sandbox.advance(600);
    const statusesOf = (wanted: string) =>
      got.filter(({ reference }) => reference === wanted).map(({ status }) => status);
    expect(statusesOf("sale-1")).toEqual(["00", "05", "05", "05"]);
    expect(statusesOf("sale-2")).toEqual(["00", "00", "00", "00"]);
  });

  test("one that was on its way meanwhile is not told again either", async () => {
    let refuse = () => {};
    const { url, got } = await receiver((outgoing, _, tries) => {
      if (tries === 1) refuse = () => refusing(outgoing);
      else acknowledging(outgoing);
    });
    const { sandbox, pay, cancel } = await start({ url, signature });
    await pay("sale-1");
    await cancel("sale-1");
    while (got.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    refuse();
    await sandbox.advance(600);
    expect(got.map(({ status }) => status)).toEqual(["00", "05"]);
    expect(sandbox.deliveries().at(-1)).toMatchObject({ responseMessage: "superseded by status 05" });
  });
});

describe("what acknowledges", () => {
  test.each([
    [200, "2007900", true],
    [201, "2007900", false],
    [202, "2007900", false],
    [500, "2007900", false],
    [200, "2027900", false],
    [undefined, undefined, false],
  ])("status %s and code %s: %s", (status, responseCode, expected) => {
    expect(acknowledges({ status, responseCode })).toBe(expected);
  });

  test.each([201, 404, 500])("2007900 in an answer of status %i is told again", async (status) => {
    const { url, got } = await receiver((outgoing) => answering(outgoing, status, "2007900"));
    const { sandbox, pay } = await start({ url, signature, retryDelays: [1] });
    await pay("sale-1");
    await sandbox.advance(10);
    expect(got).toHaveLength(2);
    expect(sandbox.deliveries()).toMatchObject([
      { status, retryIn: 1 },
      { status, retryIn: undefined },
    ]);
  });
});

describe("a sandbox that is closed", () => {
  test("decides nothing any more, although its clock can be moved", async () => {
    const { url, got } = await receiver(acknowledging);
    const { sandbox, pay } = await start({ url, signature });
    expect(await pay("sale-1", PENDING)).toBe("2026000");
    await sandbox.idle();
    await sandbox.close();
    await sandbox.advance(600);
    expect(sandbox.payments().map(({ status }) => status)).toEqual(["03"]);
    expect(got.map(({ status }) => status)).toEqual(["03"]);
  });
});
