// Books that are kept in a file: across restarts, cuts and kills, by one process at a time.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, onTestFinished, test } from "vitest";
import { openJournal } from "../../src/sandbox/journal.ts";
import { createLedger } from "../../src/sandbox/ledger.ts";
import { createRandom } from "../../src/sandbox/random.ts";
import { createSchedule } from "../../src/sandbox/schedule.ts";
import { type PaymentRecord, startSandbox } from "../../src/sandbox.ts";
import { requestOf } from "../mock/support.ts";
import { built, snapBi } from "../support/cli.ts";
import { typeError } from "../support/errors.ts";
import { NOW } from "../support/receiver.ts";
import {
  acknowledging,
  cancel,
  clientOf,
  idr,
  newQr,
  PENDING,
  pay,
  paymentOf,
  query,
  receiver,
  refusing,
  replyOf,
  type StartOptions,
  said,
  signature,
  start,
} from "./support.ts";

const folder = mkdtempSync(join(tmpdir(), "snap-state-"));
let files = 0;
/** The name of a file that does not exist. */
function newFile(): string {
  files += 1;
  return join(folder, `books-${files}.jsonl`);
}

const refund = (
  snap: Awaited<ReturnType<typeof start>>["snap"],
  original: string,
  partnerRefundNo: string,
  value: string,
) => snap.qrCpmRefund({ originalPartnerReferenceNo: original, partnerRefundNo, refundAmount: idr(value) });

/** A clock, a seed, and the same file each time. */
const restarting = (state: string, options: StartOptions = {}) => {
  const { seed: _, ...kept } = { seed: 1, ...options };
  return {
    first: () => start({ state, ...options }),
    again: async (more: StartOptions = {}) =>
      start({ state, ...kept, seed: undefined as never, clock: "system", ...more }),
  };
};

describe("a restart", () => {
  test("finds everything as it was left, and goes on", async () => {
    const shop = await receiver(refusing);
    const { first, again } = restarting(newFile(), { notify: { url: shop.url, signature, retryDelays: [100, 100] } });
    const { sandbox, snap } = await first();
    const [used, unused] = [await newQr(snap), await newQr(snap)];
    await snap.qrCpmPayment(paymentOf("sale-1", { qrContent: used }));
    await pay(snap, "sale-2", PENDING);
    await pay(snap, "sale-3");
    const refunded = replyOf(await refund(snap, "sale-3", "refund-1", "4000.00"));
    await snap.qrCpmRefund({
      originalPartnerReferenceNo: "sale-3",
      partnerRefundNo: "refund-2",
      refundAmount: idr("1.00"),
      merchantId: "2028000",
    });
    await pay(snap, "sale-4");
    await snap.qrCpmCancel({ originalPartnerReferenceNo: "sale-4", merchantId: "2026200" });
    await sandbox.advance(1);
    await query(clientOf(sandbox, { externalId: () => "used-id" }), "sale-1");
    const left = {
      payments: sandbox.payments(),
      totals: sandbox.totals(),
      deliveries: sandbox.deliveries(),
      now: sandbox.now(),
    };
    await sandbox.close();

    const { sandbox: next, snap: later } = await again();
    expect({
      payments: next.payments(),
      totals: next.totals(),
      deliveries: next.deliveries(),
      now: next.now(),
    }).toEqual(left);
    expect([next.seed, next.isStopped()]).toEqual([1, true]);
    expect(said(await query(clientOf(next, { externalId: () => "used-id" }), "sale-1"))).toBe("4096100");
    expect(replyOf(await refund(later, "sale-3", "refund-1", "4000.00"))).toEqual(refunded);
    expect(said(await refund(later, "sale-3", "refund-1", "4000.01"))).toBe("4048018");
    expect(said(await pay(later, "sale-3"))).toBe("4096001");
    expect(said(await later.qrCpmPayment(paymentOf("sale-5", { qrContent: used })))).toBe("4046000");
    expect(said(await later.qrCpmPayment(paymentOf("sale-6", { qrContent: unused })))).toBe("2006000");
    expect(said(await cancel(later, "sale-4"))).toBe("2026200");
    const sent = shop.got.length;
    await next.advance(4);
    expect(next.payments().map(({ partnerReferenceNo, status }) => `${partnerReferenceNo} ${status}`)).toEqual([
      "sale-1 00",
      "sale-2 00",
      "sale-3 00",
      "sale-4 05",
      "sale-5 06",
      "sale-6 00",
    ]);
    expect(next.payments()[2]?.refunds.map(({ status }) => status)).toEqual(["00", "00"]);
    expect(shop.got.length).toBeGreaterThan(sent);
  });

  test("answers and gives out references as one run would have", async () => {
    const run = async (restarts: boolean) => {
      const { first, again } = restarting(newFile());
      let { sandbox, snap } = await first();
      let calls = 0;
      const counting = () => clientOf(sandbox, { externalId: () => `call-${++calls}` });
      snap = counting();
      const said: unknown[] = [];
      for (let sale = 0; sale < 4; sale += 1) {
        said.push(replyOf(await snap.qrCpmPayment(paymentOf(`sale-${sale}`, { qrContent: await newQr(snap) }))));
        said.push(replyOf(await refund(snap, `sale-${sale}`, `refund-${sale}`, "1.00")));
        said.push(replyOf(await pay(snap, `pending-${sale}`, PENDING)));
        if (restarts) {
          await sandbox.close();
          ({ sandbox } = await again());
          snap = counting();
        }
        await sandbox.advance(3);
      }
      return { said, payments: sandbox.payments(), totals: sandbox.totals() };
    };
    expect(await run(true)).toEqual(await run(false));
  });

  test("sends what was not acknowledged, and not what was, each under another X-EXTERNAL-ID", async () => {
    const deaf = await receiver(refusing);
    const state = newFile();
    const { sandbox, snap } = await start({ state, notify: { url: deaf.url, signature, retryDelays: [1, 1000] } });
    await pay(snap, "sale-1");
    await sandbox.advance(1);
    await sandbox.close();
    const shop = await receiver(acknowledging);
    const notify = { url: shop.url, signature, retryDelays: [1, 1000] };
    const next = await start({ state, seed: undefined as never, clock: "system", notify });
    await next.sandbox.advance(999);
    expect(shop.got).toEqual([]);
    await next.sandbox.advance(1);
    expect(shop.got.map(({ reference, status }) => `${reference} ${status}`)).toEqual(["sale-1 00"]);
    expect(next.sandbox.deliveries().map(({ attempt, responseCode }) => `${attempt} ${responseCode}`)).toEqual([
      "1 5007900",
      "2 5007900",
      "3 2007900",
    ]);
    await next.sandbox.close();
    const last = await start({ state, seed: undefined as never, clock: "system", notify });
    await last.sandbox.advance(5000);
    expect(shop.got).toHaveLength(1);
    const ids = [...deaf.got, ...shop.got].map(({ externalId }) => externalId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("has the clock go on where it went on, finds what a reset left, and what was due meanwhile happens at once", async () => {
    const { first, again } = restarting(newFile(), { settleAfter: 1 });
    const { sandbox, snap } = await first();
    await pay(snap, "gone");
    await sandbox.reset();
    await sandbox.resume();
    await pay(snap, "sale-1", PENDING);
    await sandbox.close();
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const next = await again();
    expect(next.sandbox.isStopped()).toBe(false);
    await expect.poll(async () => said(await query(next.snap, "sale-1"))).toBe("2006100 00");
    expect(next.sandbox.payments()).toHaveLength(1);
    expect(Math.abs(next.sandbox.now().getTime() - NOW.getTime())).toBeLessThan(60_000);
  });

  test("writes the file again without what is over, and follows a link", async () => {
    const state = newFile();
    const link = newFile();
    const { sandbox, snap } = await start({ state });
    symlinkSync(state, link);
    await pay(snap, "sale-1", PENDING);
    for (let second = 0; second < 20; second += 1) await sandbox.advance(1);
    await sandbox.close();
    const before = statSync(state).size;
    const next = await start({ state: link, seed: 1, clock: "system" });
    expect(statSync(state).size).toBeLessThan(before - 500);
    expect(statSync(state).mode & 0o777).toBe(0o600);
    expect(readFileSync(link, "utf8")).toBe(readFileSync(state, "utf8"));
    expect(said(await query(next.snap, "sale-1"))).toBe("2006100 00");
  });
});

test("cut at any byte, the file holds all that was whole by then, and nothing else", async () => {
  const state = newFile();
  const { sandbox, snap } = await start({ state });
  const snapshots = [{ size: 0, payments: [] as PaymentRecord[], totals: sandbox.totals() }];
  const keep = () => {
    // behind the line that changed the payments come those of the X-EXTERNAL-ID, or of the clock
    const lines = readFileSync(state, "utf8").split("\n").slice(0, -1);
    const last = lines.findLastIndex((line) => !/^\{"(used|clock)"/.test(line));
    const size = Buffer.byteLength(lines.slice(0, last + 1).join("\n")) + 1;
    snapshots.push({ size, payments: sandbox.payments(), totals: sandbox.totals() });
  };
  const calls = [
    () => newQr(snap),
    () => pay(snap, "sale-1"),
    () => refund(snap, "sale-1", "refund-1", "4000.00"),
    () => pay(snap, "sale-2", PENDING),
    () => refund(snap, "sale-1", "refund-2", "6000.00"),
    () => cancel(snap, "sale-2"),
    () => sandbox.advance(5),
  ];
  for (const call of calls) {
    await call();
    keep();
  }
  const whole = readFileSync(state);
  await sandbox.close();
  const cut = newFile();
  let looked = 0;
  for (let size = 0; size <= whole.length; size += 1) {
    writeFileSync(cut, whole.subarray(0, size));
    const journal = openJournal(cut, undefined, 7);
    const schedule = createSchedule({ start: NOW });
    const ledger = createLedger({ schedule, random: createRandom(1), state: journal.state });
    journal.close();
    const due = snapshots.findLast((snapshot) => snapshot.size <= size);
    const found = { payments: ledger.payments(), totals: ledger.totals() };
    expect(found, `cut at ${size}`).toEqual({ payments: due?.payments, totals: due?.totals });
    looked += 1;
  }
  expect(looked).toBe(whole.length + 1);
  expect(existsSync(`${cut}.lock`)).toBe(false);
});

describe("what somebody else put beside the file", () => {
  test.each([".new", `.lock.${process.pid}`])("a link at %s is not written through", async (suffix) => {
    const state = newFile();
    const precious = newFile();
    writeFileSync(precious, "precious");
    symlinkSync(precious, state + suffix);
    await (await startSandbox({ state })).close();
    expect(readFileSync(precious, "utf8")).toBe("precious");
    expect(statSync(state).mode & 0o777).toBe(0o600);
  });

  test("a file that all may read is not written into", async () => {
    const state = newFile();
    writeFileSync(`${state}.new`, "");
    chmodSync(`${state}.new`, 0o666);
    await (await startSandbox({ state })).close();
    expect(statSync(state).mode & 0o777).toBe(0o600);
  });
});

describe("a file that cannot be right is refused", () => {
  const refusedFor = async (content: string, options: { seed?: string } = {}) => {
    const state = newFile();
    writeFileSync(state, content);
    const error = await startSandbox({ state, ...options }).then(
      () => new Error("started"),
      (thrown: Error) => thrown,
    );
    expect([readFileSync(state, "utf8"), existsSync(`${state}.lock`)]).toEqual([content, false]);
    return { error, state };
  };

  test.each(["hello", "hello\n", "{}\n", "\n", '{"snapSandboxBooks":1}\n', '{"snapSandboxBooks":\n'])(
    "%j is something else",
    async (content) => {
      const { error, state } = await refusedFor(content);
      const why = `state: ${state} must be a file that a sandbox wrote, and is something else: choose another name.`;
      expect([(error as { code?: string }).code, error.message]).toEqual(["ERR_SNAP_INVALID_OPTION", why]);
    },
  );

  test("a later version, another seed, and a line that was changed", async () => {
    const head = '{"snapSandboxBooks":1,"seed":"a","starts":0}\n';
    const cases: [string, string, { seed?: string }][] = [
      [
        head.replace(":1,", ":2,"),
        "must be of version 1, but is of version 2: use the release that wrote it, or another file.",
        {},
      ],
      [head, "was begun with seed a, not b: leave the seed out, or choose another file.", { seed: "b" }],
      [
        `${head}{"random":1}\n{"ra\n{}\n`,
        "but line 3 is not: take the file from a copy, or delete it to begin again.",
        {},
      ],
      [`${head}null\n`, "but line 2 is not: take the file from a copy, or delete it to begin again.", {}],
    ];
    for (const [content, why, options] of cases) {
      const { error } = await refusedFor(content, options);
      expect(error.message).toContain(why);
    }
  });

  const text = (fields: string) => `{"referenceNo":"1","partnerId":"p","externalId":"e",${fields}}`;
  const money = '"captured":"1","refunded":"0","cancelled":"0","cancelling":false,"history":[]';
  const asked = '"asked":{"partnerReferenceNo":"a","merchantId":"m"}';
  test.each([
    "5",
    "[]",
    '"text"',
    "[".repeat(100_000) + "]".repeat(100_000),
    '{"random":1e999}',
    '{"random":"1"}',
    '{"used":{}}',
    '{"used":{"partnerId":"p","body":"","uses":[{"kind":"__proto__","value":"x","until":1}]}}',
    '{"used":{"partnerId":"p","body":"","uses":[{"kind":"id","value":"x","until":null}]}}',
    '{"codes":[{}]}',
    '{"codes":"abc"}',
    '{"payments":[{"referenceNo":"1"}]}',
    `{"payments":[${text(`${asked},${money},"content":"x","status":"00"`)}]}`,
    `{"payments":[${text(`${asked},${money.replace('"1"', '"-1"')},"content":"{}","status":"00"`)}]}`,
    `{"payments":[${text(`${asked},${money},"content":"{}","status":"99"`)}]}`,
    `{"payments":[${text(`${asked},${money},"content":"{}","status":"03","pending":{"by":"settle","due":1e300}`)}]}`,
    '{"refunds":[{}]}',
    '{"reported":5}',
    '{"outstanding":[5]}',
    '{"delivery":{}}',
    '{"delivery":{"time":"never","body":{},"attempt":1}}',
    '{"clock":{}}',
    '{"clock":{"stopped":1e300}}',
    '{"clock":{"ahead":"x"}}',
    '{"reset":1}',
  ])("a line that is JSON and not what a sandbox writes: %s", async (line) => {
    const { error } = await refusedFor(`{"snapSandboxBooks":1,"seed":"a","starts":0}\n{"random":1}\n${line}\n`);
    expect(error.message).toContain("but line 3 is not: take the file from a copy, or delete it to begin again.");
  });

  test.each(["1e999", "-1", "0.5", '"1"'])("a head that counts %s starts", async (starts) => {
    const { error } = await refusedFor(`{"snapSandboxBooks":1,"seed":"a","starts":${starts}}\n`);
    expect(error.message).toContain("must be a file that a sandbox wrote");
  });

  test.skipIf(process.platform === "win32")("a pipe, which would be read for ever and replaced", async () => {
    const state = newFile();
    execFileSync("mkfifo", [state]);
    await expect(startSandbox({ state })).rejects.toThrow("but: it is a device or a pipe.");
    expect(statSync(state).isFIFO()).toBe(true);
  });

  test("a folder, a file in a folder that does not exist, and an empty name", async () => {
    await expect(startSandbox({ state: folder })).rejects.toThrow(
      /^state: .* must be a file that can be read and written, but: EISDIR\.$/,
    );
    await expect(startSandbox({ state: join(folder, "none", "x") })).rejects.toThrow(
      /x\.lock cannot be written: ENOENT\.$/,
    );
    expect(await snapBi(["sandbox", "--state="])).toMatchObject({
      code: 2,
      stderr: "snap-bi: --state must be the name of a file; leave it out to keep nothing\n",
    });
  });

  test("one that this process has", async () => {
    const state = newFile();
    const { sandbox } = await start({ state });
    const why = `state: ${state} must be used by one sandbox at a time, but process ${process.pid} has it: stop that, or choose another file. If it is not a sandbox, delete ${state}.lock.`;
    await expect(startSandbox({ state })).rejects.toThrow(typeError("ERR_SNAP_INVALID_OPTION", why));
    await sandbox.close();
    await (await startSandbox({ state })).close();
  });

  test.each([
    ["a process that is gone", JSON.stringify({ pid: 2 ** 30, began: "1" })],
    ["a process whose number another one has by now", JSON.stringify({ pid: process.pid, began: "1" })],
    ["nobody", "x"],
  ])("but not one whose lock is of %s", async (_, lock) => {
    const state = newFile();
    writeFileSync(`${state}.lock`, lock);
    await (await startSandbox({ state })).close();
    expect(existsSync(`${state}.lock`)).toBe(false);
  });
});

// ---- processes that are killed

const [PAY, REFUND] = [requestOf("60"), requestOf("80")];

/** Starts the sandbox as a process of its own, on a file. */
async function child(state: string, before = "") {
  const args = [process.execPath, ...built, "sandbox", "--port", "0", "--json", "--state", state];
  const running = spawn("bash", ["-c", `${before} exec "$@"`, "bash", ...args], { stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void running.kill("SIGKILL"));
  let complaint = "";
  running.stderr.on("data", (chunk) => {
    complaint += chunk;
  });
  const lines = createInterface(running.stdout);
  const exit = once(running, "exit");
  const [line] = (await Promise.race([once(lines, "line"), exit.then(() => [undefined])])) as [string | undefined];
  const { url = "" } = line === undefined ? {} : (JSON.parse(line) as { url: string });
  return { running, url, exit, complaint: () => complaint };
}

let externalIds = 0;
async function call(url: string, { path, headers }: typeof PAY, body: object): Promise<Record<string, string>> {
  externalIds += 1;
  const response = await fetch(url + path, {
    method: "POST",
    headers: { ...headers, "X-EXTERNAL-ID": `kill-${externalIds}` },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Record<string, string>;
}

test("killed 24 times in the middle of load, it loses nothing that was answered and refunds nothing twice", async () => {
  const state = newFile();
  /** What was answered: the reference of each payment, and of each refund. */
  const paid = new Map<string, string>();
  const refunded = new Map<string, string>();
  /** Refunds that were asked for, answered or not. */
  const asked: [sale: string, number: string][] = [];
  let sales = 0;
  const askRefund = async (url: string, [sale, number]: [string, string]) => {
    const about = { originalPartnerReferenceNo: sale, partnerRefundNo: number, refundAmount: idr("1.00") };
    const { responseCode, refundNo = "" } = await call(url, REFUND, about);
    expect(responseCode).toBe("2008000");
    // the same as ever
    expect(refundNo).toBe(refunded.get(number) ?? refundNo);
    refunded.set(number, refundNo);
  };
  const work = async (url: string) => {
    for (;;) {
      sales += 1;
      const sale = `sale-${sales}`;
      const { referenceNo = "" } = await call(url, PAY, paymentOf(sale, { amount: idr("2006000.00") }));
      paid.set(sale, referenceNo);
      for (const part of [1, 2]) {
        asked.push([sale, `${sale}-${part}`]);
        await askRefund(url, [sale, `${sale}-${part}`]);
      }
    }
  };
  const check = async (url: string) => {
    const payments: PaymentRecord[] = [];
    let totals: Record<string, string | number> = {};
    for (let next: string | undefined = "/sandbox?limit=1000"; next; ) {
      const page = (await (await fetch(url + next)).json()) as {
        payments: PaymentRecord[];
        totals: typeof totals;
        next?: string;
      };
      payments.push(...page.payments);
      ({ totals, next } = page);
    }
    const found = new Map(payments.map((payment) => [payment.partnerReferenceNo, payment]));
    for (const [sale, reference] of paid) expect(found.get(sale)?.referenceNo, sale).toBe(reference);
    const refunds = payments.flatMap((payment) => payment.refunds);
    const byNumber = new Map(refunds.map((one) => [one.partnerRefundNo, one.refundNo]));
    expect(byNumber.size).toBe(refunds.length);
    for (const [number, reference] of refunded) expect(byNumber.get(number), number).toBe(reference);
    const sum = (of: "captured" | "refunded") =>
      payments.reduce((total, payment) => total + Number(payment[of]), 0).toFixed(2);
    expect(totals).toMatchObject({ payments: payments.length, captured: sum("captured"), refunded: sum("refunded") });
    expect(sum("refunded")).toBe(`${refunds.length}.00`);
  };

  let kills = 0;
  for (; kills < 24; kills += 1) {
    const { running, url, exit, complaint } = await child(state);
    expect(url, complaint()).not.toBe("");
    await check(url);
    // what was cut off is asked for again, and is not done twice
    for (const one of asked.filter(([sale, number]) => paid.has(sale) && !refunded.has(number)))
      await askRefund(url, one);
    const workers = Array.from({ length: 8 }, () => work(url).catch((error: Error) => error));
    await new Promise((resolve) => setTimeout(resolve, 60 + ((kills * 37) % 120)));
    running.kill("SIGKILL");
    await exit;
    // the network ended each of them, no expectation
    for (const ended of await Promise.all(workers))
      expect(String(ended)).toMatch(/fetch failed|terminated|SyntaxError|other side closed/);
  }
  const last = await child(state);
  await check(last.url);
  expect([kills, paid.size > 100, refunded.size > 100]).toEqual([24, true, true]);

  const second = await child(state);
  await second.exit;
  expect(second.running.exitCode).toBe(2);
  expect(second.complaint()).toMatch(
    /^snap-bi: state: .* must be used by one sandbox at a time, but process \d+ has it: .*\n$/,
  );
  last.running.kill("SIGTERM");
  await last.exit;
  expect([last.running.exitCode, existsSync(`${state}.lock`)]).toEqual([0, false]);
});

test("a disk that is full: calls are answered with 500 00 from then on, and the file has what was answered before", async () => {
  const state = newFile();
  // no file may grow beyond 8 kB; without the trap the signal would end the process
  const full = await child(state, "trap '' XFSZ; ulimit -f 8;");
  const paid: string[] = [];
  for (let sale = 1; sale < 200; sale += 1) {
    const { responseCode } = await call(full.url, PAY, paymentOf(`full-${sale}`, { amount: idr("2006000.00") }));
    if (responseCode !== "2006000") {
      expect(responseCode).toBe("5006000");
      break;
    }
    paid.push(`full-${sale}`);
  }
  expect(paid.length).toBeGreaterThan(3);
  expect((await call(full.url, PAY, paymentOf("full-again", { amount: idr("2006000.00") }))).responseCode).toBe(
    "5006000",
  );
  full.running.kill("SIGKILL");
  await full.exit;
  const next = await child(state);
  const told = (await (await fetch(`${next.url}/sandbox`)).json()) as { payments: PaymentRecord[] };
  const found = told.payments.map(({ partnerReferenceNo }) => partnerReferenceNo).reverse();
  // what could not be written as used was done, but not answered
  expect(found.slice(0, paid.length)).toEqual(paid);
  expect(found.length - paid.length).toBeLessThanOrEqual(1);
});
