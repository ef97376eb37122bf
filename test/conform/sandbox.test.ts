// The sandbox passes the functional test, as a PJP and as one that is notified.
import { expect, test } from "vitest";
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
  expect(shown.length).toBe(50);
  for (const name of ["X-TIMESTAMP", "X-SIGNATURE"])
    expect(new Set(shown.map((headers) => headers[name])).size).toBe(shown.length);
});
