// The sandbox passes the functional test, as a PJP and as one that is notified.
import { expect, test } from "vitest";
import { planOf } from "../../src/conform/plan.ts";
import { onlyOf, scenariosOf } from "../../src/conform/sheet.ts";
import { checkingSandbox, conformTo, inShort, MERCHANT, PJP, subjectOf } from "./support.ts";

const DOES_NOT_APPLY = [
  "8.1 not tested: does not apply, a request for a token brings none",
  "8.5 not tested: does not apply, a request for a token has no X-EXTERNAL-ID",
];

test("the sandbox passes every scenario of a PJP", async () => {
  const sandbox = await checkingSandbox();
  const { rows } = await conformTo(await subjectOf(PJP, sandbox.url));
  expect(rows.filter(({ outcome }) => outcome !== "passed").map(inShort)).toEqual(DOES_NOT_APPLY);
  expect(rows.map(({ scenario }) => scenario)).toEqual(scenariosOf({ role: "pjp" }));
  console.log(`conform: the sandbox passes ${rows.length - DOES_NOT_APPLY.length} of ${rows.length} scenarios`);
});

test("the sandbox passes every scenario of one that is notified", async () => {
  const sandbox = await checkingSandbox();
  const pjp = await conformTo(await subjectOf(PJP, sandbox.url), { scenarios: onlyOf({ role: "pjp" }, "2.6,3.6") });
  expect(pjp.rows.map(inShort)).toEqual(["2.6 passed", "3.6 passed"]);
  const [paid, pending] = sandbox.payments();
  const known = ({ partnerReferenceNo, referenceNo }: { partnerReferenceNo: string; referenceNo: string }) => ({
    partnerReferenceNo,
    referenceNo,
  });
  const data = {
    ...MERCHANT.data,
    payment: known(paid ?? expect.unreachable()),
    failedPayment: known(pending ?? expect.unreachable()),
  };
  const { rows } = await conformTo(await subjectOf({ ...MERCHANT, data }, sandbox.url));
  expect(rows.filter(({ outcome }) => outcome !== "passed").map(inShort)).toEqual(DOES_NOT_APPLY);
  expect(rows.map(({ scenario }) => scenario)).toEqual(scenariosOf({ role: "merchant" }));
});

test("the rows of a run differ in X-TIMESTAMP and X-SIGNATURE", async () => {
  const sandbox = await checkingSandbox();
  const { rows } = await conformTo(await subjectOf(PJP, sandbox.url));
  const shown = rows.flatMap(({ shown }) => (shown ? [shown.request.headers] : []));
  expect(shown.length).toBe(49);
  for (const name of ["X-TIMESTAMP", "X-SIGNATURE"])
    expect(new Set(shown.map((headers) => headers[name])).size).toBe(shown.length);
});

test("a run does what it said before that it would do", async () => {
  const sandbox = await checkingSandbox();
  const subject = await subjectOf(PJP, sandbox.url);
  const { rows } = await conformTo(subject);
  const done = new Map<string, { done: number; refused: number }>();
  for (const { operation, response } of rows.flatMap(({ exchanges }) => exchanges)) {
    const calls = done.get(operation) ?? { done: 0, refused: 0 };
    done.set(operation, calls);
    calls[response?.status === 200 || response?.status === 202 ? "done" : "refused"] += 1;
  }
  const plan = new Map<string, { done: number; refused: number }>(planOf(subject, scenariosOf(subject)));
  // the tokens that calls need are not counted beforehand
  for (const counts of [done, plan]) counts.delete("accessTokenB2b");
  expect(plan).toEqual(done);
  const paid = sandbox
    .payments()
    .filter(({ history }) => history.some(({ status }) => status === "00" || status === "03"));
  expect(paid).toHaveLength(plan.get("qrCpmPayment")?.done ?? 0);
  expect(plan.get("qrCpmPayment")?.done).toBeGreaterThan(20);
});

test("a run that is stopped goes no further, and what it did not come to is not tested", async () => {
  const sandbox = await checkingSandbox();
  const stop = new AbortController();
  const scenarios = onlyOf(PJP, "7.6,7.7,7.8");
  const { rows } = await conformTo(await subjectOf(PJP, sandbox.url), {
    scenarios,
    signal: stop.signal,
    onRow: () => stop.abort(),
  });
  expect(rows.map(inShort)).toEqual([
    "7.6 passed",
    "7.7 not tested: the run was stopped",
    "7.8 not tested: the run was stopped",
  ]);
});
