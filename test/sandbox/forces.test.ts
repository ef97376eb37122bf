// Outcomes forced the way others do it, answers that are late, and one that never comes.
import { describe, expect, test } from "vitest";
import { onlyOf } from "../../src/conform/sheet.ts";
import { SnapCallError } from "../../src/index.ts";
import { startSandbox } from "../../src/sandbox.ts";
import { checkingSandbox, conformTo, inShort, PJP, subjectOf } from "../conform/support.ts";
import { snapBi } from "../support/cli.ts";
import { CAPTURED, idr, start } from "./support.ts";

const payment = (value: string, partnerReferenceNo = `order ${value}`) => ({
  ...{ partnerReferenceNo, qrContent: "any", merchantId: "shop", amount: idr(value) },
  expiryTime: "2030-12-31T23:59:59+07:00",
});

describe("--force dana: the amount is the code without the middle digit of its status", () => {
  test.each([
    ["436014.00", "4036014"],
    ["446001.00", "4046001"],
    ["506001.00", "5006001"],
    ["546000.00", "5046000"],
    ["226000.00", "2026000"],
    ["206000.00", "2006000"],
  ])("%s is answered with %s", async (value, code) => {
    const { snap } = await start({ force: ["dana"] });
    const { data, error } = await snap.qrCpmPayment(payment(value));
    expect((data ?? error).responseCode).toBe(code);
  });

  test("an ordinary amount, that of another service and our own amounts mean what they meant", async () => {
    const { snap, sandbox } = await start({ force: ["dana"] });
    for (const value of ["436114.00", "136014.00", "10000.00"])
      expect((await snap.qrCpmPayment(payment(value))).error?.responseCode).toBe("4046001");
    expect((await snap.qrCpmPayment(payment("4036014.00"))).error?.responseCode).toBe("4036014");
    expect((await snap.qrCpmPayment(payment(CAPTURED))).data?.responseCode).toBe("2006000");
    expect(sandbox.payments().at(-1)?.status).toBe("00");
  });

  test("without it the amount is an ordinary one", async () => {
    const { snap } = await start();
    expect((await snap.qrCpmPayment(payment("436014.00"))).error?.responseCode).toBe("4046001");
  });
});

describe("--force external-id: X-EXTERNAL-ID begins with the code", () => {
  test("of any service that has scenarios", async () => {
    const { snap } = await start({ force: ["external-id"] });
    const headers = (code: string) => ({ headers: { "X-EXTERNAL-ID": `${code}-0001` } });
    const reference = { originalPartnerReferenceNo: "order" };
    const said = [
      await snap.qrCpmGenerate({ partnerTrxDate: "2020-12-23T07:50:11+07:00" }, headers("4045908")),
      await snap.qrCpmPayment(payment("1.00"), headers("4036002")),
      await snap.qrCpmQuery(reference, headers("4046101")),
      await snap.qrCpmCancel(reference, headers("5006200")),
      await snap.qrCpmRefund({ ...reference, partnerRefundNo: "1" }, headers("4038015")),
      await snap.debitStatus({ originalPartnerReferenceNo: "debit-00", serviceCode: "54" }, headers("5045500")),
    ];
    expect(said.map(({ error }) => error?.responseCode)).toEqual([
      ...["4045908", "4036002", "4046101", "5006200", "4038015", "5045500"],
    ]);
  });

  test("of another service forces nothing", async () => {
    const { snap } = await start({ force: ["external-id"] });
    const paid = await snap.qrCpmPayment(payment(CAPTURED), { headers: { "X-EXTERNAL-ID": "4036102-1" } });
    expect(paid.data?.responseCode).toBe("2006000");
  });

  test("is how a run file of conform may force it, too", async () => {
    const sandbox = await checkingSandbox({ force: ["external-id", "dana"] });
    const force = {
      invalidMerchant: { "X-EXTERNAL-ID": "4045908-a" },
      amountAboveLimit: { "X-EXTERNAL-ID": "4036002-a" },
      pendingPayment: { "amount.value": "226000.00" },
      cancelInProgress: { "X-EXTERNAL-ID": "2026200-a" },
      refundInProgress: { "X-EXTERNAL-ID": "2028000-a" },
    };
    const subject = await subjectOf({ ...PJP, force }, sandbox.url);
    const { rows } = await conformTo(subject, { scenarios: onlyOf(PJP, "1.7,2.7,3.6,4.7,5.7") });
    expect(rows.map(inShort)).toEqual(["1.7 passed", "2.7 passed", "3.6 passed", "4.7 passed", "5.7 passed"]);
  });
});

test("a preset that there is not is refused, in code and on the command line", async () => {
  const message = 'force must have names of presets (dana, external-id), and "ovo" is not one.';
  await expect(startSandbox({ force: ["ovo"] })).rejects.toMatchObject({ code: "ERR_SNAP_INVALID_OPTION", message });
  expect(await snapBi(["sandbox", "--force", "ovo"])).toMatchObject({ code: 2, stderr: `snap-bi: --${message}\n` });
});

describe("latency", () => {
  test("holds back answers, but none of those under /sandbox", async () => {
    const { sandbox, snap } = await start({ latency: 300 });
    const took = async (call: () => Promise<unknown>) => {
      const begun = performance.now();
      await call();
      return performance.now() - begun;
    };
    expect(await took(() => snap.qrCpmPayment(payment(CAPTURED)))).toBeGreaterThanOrEqual(295);
    expect(await took(() => fetch(`${sandbox.url}/sandbox`))).toBeLessThan(295);
  });

  test("must be a number of milliseconds", async () => {
    await expect(startSandbox({ latency: -1 })).rejects.toMatchObject({
      code: "ERR_SNAP_INVALID_OPTION",
      message: "latency must be a number of milliseconds from 0 to 2147483647, but is -1.",
    });
  });
});

describe("an amount that is never answered", () => {
  test("is taken all the same: the caller gives up, and must query", async () => {
    const { sandbox, snap } = await start({}, { timeout: 400 });
    const failure = await snap.qrCpmPayment(payment("5046099.00", "silent")).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SnapCallError);
    expect(failure).toMatchObject({ code: "ERR_SNAP_TIMEOUT", outcome: "unknown" });
    const { data } = await snap.qrCpmQuery({ originalPartnerReferenceNo: "silent" });
    expect(data).toMatchObject({ latestTransactionStatus: "00" });
    expect(sandbox.totals()).toMatchObject({ payments: 1, captured: "5046099.00" });
    // sent again it is known, and answered
    const again = await snap.qrCpmPayment(payment("5046099.00", "silent"));
    expect(again.error?.responseCode).toBe("4096001");
  });

  test("keeps nobody from stopping the sandbox", async () => {
    const { sandbox, snap } = await start({}, { timeout: 0 });
    const pending = snap.qrCpmPayment(payment("5046099.00")).catch((error: unknown) => error);
    await expect.poll(() => sandbox.payments().length).toBe(1);
    await sandbox.close();
    expect(await pending).toMatchObject({ code: "ERR_SNAP_NETWORK", outcome: "unknown" });
  });
});
