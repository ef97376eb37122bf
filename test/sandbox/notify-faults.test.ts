// What hurts a merchant in production, on purpose: notifications that come twice, late, out of order or badly signed.

import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { NotifyFault } from "../../src/sandbox.ts";
import { startSandbox } from "../../src/sandbox.ts";
import { snapBi } from "../support/cli.ts";
import { acknowledging, at, cancel, merchant, PENDING, pay, receiver, refusing, signature, start } from "./support.ts";

/** A sandbox with faults, and a merchant that checks signatures and X-EXTERNAL-IDs. */
async function faulty(...faults: NotifyFault[]) {
  const shop = await merchant();
  const { sandbox, snap, entries } = await start({ notify: { url: shop.url, signature, faults } });
  shop.trust(sandbox);
  const said = () => shop.answers.map(({ responseCode, responseMessage }) => `${responseCode} ${responseMessage}`);
  return { shop, sandbox, snap, entries, said };
}

test("twice: the same notification under another X-EXTERNAL-ID, whatever was answered to the first", async () => {
  const { url, got } = await receiver(acknowledging);
  const { sandbox, snap, entries } = await start({ notify: { url, signature, faults: ["twice"] } });
  await pay(snap);
  await sandbox.advance(1);
  expect(got.map(({ status, reference }) => `${reference} ${status}`)).toEqual(["sale-1 00", "sale-1 00"]);
  expect(new Set(got.map(({ externalId }) => externalId)).size).toBe(2);
  expect(sandbox.deliveries()).toMatchObject([{ attempt: 1 }, { attempt: 1, fault: "twice", responseCode: "2007900" }]);
  expect(entries.filter(({ step }) => step === "notify").map(({ hint }) => hint)).toEqual([
    "status 00 of sale-1, try 1",
    "status 00 of sale-1, try 1, twice on purpose",
  ]);
});

test("late: a minute after its time", async () => {
  const { shop, sandbox, snap } = await faulty("late");
  await pay(snap);
  await sandbox.advance(59);
  expect(shop.notified).toEqual([]);
  await sandbox.advance(1);
  expect(shop.notified).toMatchObject([{ latestTransactionStatus: "00" }]);
  expect(sandbox.deliveries().map(({ time }) => time)).toEqual(at(60));
});

test("out of order: the first status of a payment comes after the next one", async () => {
  const { shop, sandbox, snap } = await faulty("out-of-order");
  await pay(snap, "sale-1", PENDING);
  await sandbox.advance(5);
  expect(shop.notified.map(({ latestTransactionStatus }) => latestTransactionStatus)).toEqual(["00", "03"]);
  expect(sandbox.deliveries()).toMatchObject([
    { body: { latestTransactionStatus: "00" } },
    { body: { latestTransactionStatus: "03" }, fault: "out-of-order" },
  ]);
});

test("out of order: without a next one it comes ten seconds after its time", async () => {
  const { shop, sandbox, snap } = await faulty("out-of-order");
  await pay(snap);
  await sandbox.advance(9);
  expect(shop.notified).toEqual([]);
  await sandbox.advance(1);
  expect(shop.notified).toMatchObject([{ latestTransactionStatus: "00" }]);
  // and what follows is held back for what follows it
  await cancel(snap, "sale-1");
  await sandbox.advance(10);
  expect(shop.notified.map(({ latestTransactionStatus }) => latestTransactionStatus)).toEqual(["00", "05"]);
});

test("badly signed: a forged one before each, which a merchant that checks signatures refuses", async () => {
  const { shop, sandbox, snap, said } = await faulty("bad-signature");
  await pay(snap);
  await sandbox.idle();
  expect(said().sort()).toEqual(["2007900 Successful", "4017900 Unauthorized. [Signature]"]);
  expect(shop.notified).toHaveLength(1);
  expect(sandbox.deliveries()).toMatchObject([
    { fault: "bad-signature", responseCode: "4017900", retryIn: undefined },
    { responseCode: "2007900" },
  ]);
});

test("badly signed with a secret: the forged one is signed with another", async () => {
  const secret = { type: "symmetric", clientSecret: "the-secret" } as const;
  const shop = await merchant({ key: () => secret, verifyToken: () => true });
  const notify = { url: shop.url, signature: secret, accessToken: "token", faults: ["bad-signature"] as const };
  const { sandbox, snap } = await start({ notify });
  await pay(snap);
  await sandbox.idle();
  expect(sandbox.deliveries()).toMatchObject([{ fault: "bad-signature", status: 401 }, { status: 200 }]);
});

test("all of them at once", async () => {
  const { shop, sandbox, snap } = await faulty("twice", "late", "out-of-order", "bad-signature");
  await pay(snap, "sale-1", PENDING);
  await sandbox.advance(5);
  await sandbox.advance(61);
  const told = sandbox.deliveries().map(({ body, fault = "-" }) => `${body.latestTransactionStatus} ${fault}`);
  expect(told).toEqual(["03 out-of-order", "00 bad-signature", "00 -", "00 twice"]);
  expect(shop.notified.map(({ latestTransactionStatus }) => latestTransactionStatus)).toEqual(["03", "00", "00"]);
});

test("what is reset is not sent later", async () => {
  const { shop, sandbox, snap } = await faulty("out-of-order", "late");
  await pay(snap);
  await sandbox.reset();
  await sandbox.advance(120);
  expect(shop.notified).toEqual([]);
});

test("a fault settles nothing: what was not acknowledged is sent after a restart", async () => {
  const state = join(tmpdir(), "faults.state");
  rmSync(state, { force: true });
  const { url, got } = await receiver(refusing);
  const notify = { url, signature, retryDelays: [5], faults: ["twice"] as const };
  const first = await start({ notify, state });
  await pay(first.snap);
  await first.sandbox.advance(1);
  await first.sandbox.close();
  expect(readFileSync(state, "utf8")).toContain('"fault":"twice"');
  const { sandbox } = await start({ notify, state, clock: "stopped" });
  await sandbox.advance(5);
  expect(got.map(({ status }) => status)).toEqual(["00", "00", "00"]);
});

test("a fault that there is not is refused, and so are faults of what is not sent", async () => {
  const faults = ["loud"] as unknown as NotifyFault[];
  await expect(startSandbox({ notify: { url: "http://127.0.0.1:9", signature, faults } })).rejects.toMatchObject({
    code: "ERR_SNAP_INVALID_OPTION",
    message: 'notify: faults must be some of twice, late, out-of-order, bad-signature, and "loud" is not one.',
  });
  const ran = await snapBi(["sandbox", "--notify-url", "http://127.0.0.1:9", "--notify-faults", "twice,loud"]);
  expect(ran.stderr).toContain('"loud" is not one.');
  expect(await snapBi(["sandbox", "--notify-faults", "twice"])).toMatchObject({
    code: 2,
    stderr: "snap-bi: --notify-faults needs --notify-url, or there is nothing to send\n",
  });
});
