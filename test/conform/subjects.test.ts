// What a subject does not offer, or the run file does not have; and the dialects that a run file can speak.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { scenarios } from "../../generated/scenarios.ts";
import { onlyOf } from "../../src/conform/sheet.ts";
import type { RunFile } from "../../src/conform/subject.ts";
import { publicKey } from "../support/keys.ts";
import { root } from "../support/repository.ts";
import { body, on, spoiling } from "./broken.ts";
import { checkingSandbox, conformTo, goodMerchant, inShort, MERCHANT, PJP, subjectOf } from "./support.ts";

/** Runs some scenarios of a run file against a sandbox. */
async function ran(run: RunFile, only: string, target?: string): Promise<string[]> {
  const subject = await subjectOf(run, target ?? (await checkingSandbox({ publicKey, withoutToken: true })).url);
  const { rows } = await conformTo(subject, { scenarios: onlyOf(run, only) });
  return rows.map(inShort);
}

describe("not tested, and never passed:", () => {
  test("a service that is not offered", async () => {
    expect(await ran({ ...PJP, services: ["60"] }, "1.6,3.7")).toEqual([
      "1.6 not tested: the run file does not have service 59 among those offered (services)",
      "3.7 not tested: the run file does not have service 61 among those offered (services)",
    ]);
  });

  test("a wrong token where none is sent, and service 73 without what asks for one", async () => {
    const { token: _, ...bare } = PJP;
    const run: RunFile = { ...bare, signature: { type: "asymmetric", privateKey: "env:SNAP_PRIVATE_KEY" } };
    expect(await ran(run, "2.1,2.2,2.6,8.6")).toEqual([
      "2.1 not tested: no access token is sent: the asymmetric signature does without (token)",
      "2.2 passed",
      "2.6 passed",
      "8.6 not tested: the run file has nothing to ask for a token with (token.clientKey, token.privateKey)",
    ]);
  });

  test("what the run file does not say how to force", async () => {
    expect(await ran({ ...PJP, force: {} }, "1.7,2.7,3.6,4.7,5.7,7.8")).toEqual(
      [
        ["1.7", "invalidMerchant"],
        ["2.7", "amountAboveLimit"],
        ["3.6", "pendingPayment"],
        ["4.7", "cancelInProgress"],
        ["5.7", "refundInProgress"],
        ["7.8", "pendingDebit"],
      ].map(
        ([number, name]) => `${number} not tested: the run file does not say how to bring this about (force.${name})`,
      ),
    );
  });

  test("what needs a payment, a QR code or a debit that nobody has", async () => {
    const data = { merchantId: "1" };
    expect(await ran({ ...PJP, data, services: ["61", "55"] }, "3.7,7.6")).toEqual([
      "3.7 not tested: it needs a payment: offer service 60 (services), or name one that was made (data.payment)",
      "7.6 not tested: the run file does not have data.debit",
    ]);
    expect(await ran({ ...PJP, services: ["60"] }, "2.6")).toEqual([
      "2.6 not tested: it needs a QR code: offer service 59 (services), or give some (data.qrContent)",
    ]);
  });

  test("what comes after the QR codes of the run file are used up", async () => {
    // an amount that forces its outcome takes any code
    const data = { ...PJP.data, qrContent: ["one", "two"], amount: "2006000.00" };
    expect(await ran({ ...PJP, data, services: ["60"] }, "2.6,2.3,2.4")).toEqual([
      "2.3 passed",
      "2.4 passed",
      "2.6 not tested: the run file has 2 QR codes, and all of them were used (data.qrContent)",
    ]);
  });
});

test("a row says what it could not show", async () => {
  expect(await ran({ ...PJP, services: ["59", "60", "62"] }, "2.6,4.6")).toEqual([
    "2.6 passed: what became of it was not asked about, for service 61 is not offered",
    "4.6 passed: what became of it was not asked about, for service 61 is not offered",
  ]);
});

describe("a run file can", () => {
  test("name a payment that was made, where service 60 is not offered", async () => {
    const sandbox = await checkingSandbox();
    expect(await ran(PJP, "2.6", sandbox.url)).toEqual(["2.6 passed"]);
    const [{ partnerReferenceNo, referenceNo } = expect.unreachable()] = sandbox.payments();
    const data = { ...PJP.data, payment: { partnerReferenceNo, referenceNo } };
    expect(await ran({ ...PJP, data, services: ["61"] }, "3.7", sandbox.url)).toEqual(["3.7 passed"]);
  });

  test("bring a token, headers, paths and fields of its own", async () => {
    const sandbox = await checkingSandbox({ accessToken: "my-token" });
    const seen: string[] = [];
    const url = await spoiling(sandbox.url, (answer, asked) => {
      seen.push(`${asked.operation} ${JSON.stringify(asked.body.additionalInfo)} ${asked.body.merchantId}`);
      return answer;
    });
    const run: RunFile = {
      ...PJP,
      token: { accessToken: "env:TOKEN" },
      headers: { "X-DEVICE-ID": "env:DEVICE" },
      fields: { "61": { additionalInfo: { a: 1 }, merchantId: "shop" }, "60": { "additionalInfo.b": 2 } },
    };
    const subject = await subjectOf(run, url, {
      SNAP_CLIENT_SECRET: "client-secret-7f3b",
      TOKEN: "my-token",
      DEVICE: "my-device",
    });
    const { rows } = await conformTo(subject, { scenarios: onlyOf(run, "3.7") });
    expect(rows.map(inShort)).toEqual(["3.7 passed"]);
    expect(seen).toEqual([
      "qrCpmGenerate undefined 00007100010926",
      'qrCpmPayment {"b":2} 00007100010926',
      'qrCpmQuery {"a":1} shop',
    ]);
    const [exchange] = rows[0]?.exchanges ?? [];
    expect(exchange?.request.headers).toMatchObject({ "X-DEVICE-ID": "my-device", Authorization: "Bearer my-token" });

    const moved = await subjectOf({ ...run, paths: { "55": "/v2.0/debit/status.htm" } }, url, {
      ...{ SNAP_CLIENT_SECRET: "client-secret-7f3b", TOKEN: "my-token", DEVICE: "my-device" },
    });
    const report = await conformTo(moved, { scenarios: onlyOf(run, "7.6") });
    expect(report.rows[0]?.shown?.request.url).toBe(`${url}/v2.0/debit/status.htm`);
  });

  test("force an outcome by a header, and by the payment that a request is about", async () => {
    const force = {
      ...PJP.force,
      cancelInProgress: { merchantId: "2026200", "x-external-id": "in-progress", payment: { title: "tea" } },
    };
    const subject = await subjectOf({ ...PJP, force }, (await checkingSandbox()).url);
    const { rows } = await conformTo(subject, { scenarios: onlyOf(PJP, "4.7") });
    expect(rows.map(inShort)).toEqual(["4.7 passed"]);
    const { exchanges, shown } = rows[0] ?? expect.unreachable();
    expect(shown?.request.headers["X-EXTERNAL-ID"]).toBe("in-progress");
    expect(exchanges.map(({ operation, request }) => [operation, request.body.includes('"title":"tea"')])).toEqual([
      ["accessTokenB2b", false],
      ["qrCpmGenerate", false],
      ["qrCpmPayment", true],
      ["qrCpmCancel", false],
    ]);
  });

  test("let another message pass with a note", async () => {
    const sandbox = await checkingSandbox();
    const url = await spoiling(sandbox.url, on("2006000", body({ responseMessage: "Success" })));
    expect(await ran({ ...PJP, messages: "any" }, "2.6", url)).toEqual([
      '2.6 passed: responseMessage must be "Successful", as the catalogue has it, but is "Success"',
    ]);
  });

  test("notify a merchant of payments that it does not have to know", async () => {
    const url = await goodMerchant();
    expect(await ran(MERCHANT, "79", `${url}/v1.0/qr/qr-cpm-notify`)).toEqual(
      ["6.1", "6.2", "6.3", "6.4", "6.5", "6.6", "6.7", "6.8"].map((number) => `${number} passed`),
    );
  });
});

test("a token that is given out is asked for once", async () => {
  const subject = await subjectOf(PJP, (await checkingSandbox()).url);
  const { rows } = await conformTo(subject, { scenarios: onlyOf(PJP, "55") });
  const asked = rows.flatMap(({ exchanges }) => exchanges).filter(({ operation }) => operation === "accessTokenB2b");
  expect(asked).toHaveLength(1);
});

test("the schema of run files knows every outcome that a scenario forces, and no other", () => {
  const schema = JSON.parse(readFileSync(join(root, "generated/run.schema.json"), "utf8")) as {
    properties: { force: { properties: object } };
  };
  const steps = scenarios.flatMap((scenario) => scenario.steps);
  const forced = new Set(steps.flatMap(({ force, payment }) => [force, payment?.force]).filter(Boolean));
  expect(new Set(Object.keys(schema.properties.force.properties))).toEqual(forced);
});
