// The developer site's test, against the sandbox that does what the site does, and against sites that do not.
import { describe, expect, onTestFinished, test } from "vitest";
import { developerScenarios, testDeveloperSite } from "../../src/conform/developer-site.ts";
import { formOf } from "../../src/conform/evidence/form.ts";
import { evidenceIn } from "../../src/conform/evidence/write.ts";
import type { RunFile } from "../../src/conform/subject.ts";
import { startSandbox } from "../../src/sandbox.ts";
import { type Spoil, spoiling } from "./broken.ts";
import { newFolder, textsIn } from "./evidence-support.ts";
import { inShort, jumping, PJP, START, subjectOf } from "./support.ts";

/** The run file of a company at a site, and the site. */
async function atSite(spoil: Spoil = (answer) => answer) {
  const sandbox = await startSandbox({ developerSite: true, time: START });
  onTestFinished(() => sandbox.close());
  const { clientKey, clientSecret, privateKey } = sandbox.developerSite ?? expect.unreachable();
  const env = { SNAP_CLIENT_KEY: clientKey, SNAP_CLIENT_SECRET: clientSecret, SNAP_PRIVATE_KEY: privateKey };
  const url = await spoiling(sandbox.url, spoil);
  const run: RunFile = PJP;
  return { subject: await subjectOf(run, `${url}/api`, env), secrets: [clientSecret, privateKey] };
}

test("the sandbox passes it: the utilities, the token, and each API once as it must be and once not", async () => {
  const { subject } = await atSite();
  const { rows } = await testDeveloperSite(subject, jumping());
  expect(
    rows.map(({ scenario, group, outcome }) => [
      scenario.number,
      group.service || group.name.en,
      scenario.name.en,
      outcome,
    ]),
  ).toEqual([
    ["1.1", "signature-auth", "Positive", "passed"],
    ["1.2", "signature-auth", "Negative", "passed"],
    ["2.1", "73", "Positive: Success", "passed"],
    ["2.2", "73", "Negative: Unauthorized signature", "passed"],
    ["3.1", "signature-service", "Positive", "passed"],
    ["3.2", "signature-service", "Negative", "passed"],
    ...["59", "60", "61", "62", "80", "55"].flatMap((service, at) => [
      [`${at + 4}.1`, service, "Positive: Success", "passed"],
      [`${at + 4}.2`, service, "Negative: Missing mandatory field", "passed"],
    ]),
  ]);
  console.log(`conform: the sandbox passes ${rows.length} scenarios of the developer site`);
});

test("it signs nothing itself: what is sent is what the utilities signed", async () => {
  const { subject } = await atSite();
  const { rows } = await testDeveloperSite(subject, jumping());
  const paid = rows.find(({ scenario }) => scenario.number === "5.1") ?? expect.unreachable();
  expect(paid.exchanges.map(({ operation }) => operation)).toEqual([
    ...["signature-service", "qrCpmGenerate", "signature-service", "qrCpmPayment", "signature-service", "qrCpmQuery"],
  ]);
  const [, , signing, payment] = paid.exchanges;
  expect(signing?.request.body).toBe(payment?.request.body);
  expect(signing?.request.headers).toMatchObject({
    HttpMethod: "POST",
    EndpoinUrl: "/api/v1.0/qr/qr-cpm-payment",
    AccessToken: payment?.request.headers.Authorization?.replace("Bearer ", ""),
  });
  expect(JSON.parse(signing?.response?.body ?? "")).toEqual({ signature: payment?.request.headers["X-SIGNATURE"] });
});

test("the evidence is the same, without the key, the secret and the tokens", async () => {
  const { subject, secrets } = await atSite();
  const report = await testDeveloperSite(subject, jumping());
  const folder = newFolder();
  const files = await (await evidenceIn(folder))(report, { language: "id" });
  expect(files.slice(0, 3)).toEqual(["developer-site-test.xlsx", "developer-site-test.html", "developer-site-test.md"]);
  expect(formOf(report, { language: "id" })).toMatchObject({ title: "Hasil Uji Developer Site" });
  for (const [name, text] of Object.entries(textsIn(folder)))
    for (const secret of [...report.secrets, ...secrets]) expect(text.includes(secret), name).toBe(false);
});

describe("a site that", () => {
  const instead =
    (path: string, status: number, body: string): Spoil =>
    (answer, { path: called }) =>
      called.endsWith(path) ? { ...answer, status, body } : answer;
  test.each([
    [
      "signs something else",
      instead("signature-auth", 200, '{"signature":"c29tZXRoaW5n"}'),
      "1.1 failed: the signature is not the one over what was sent",
    ],
    [
      "does not sign services",
      instead("signature-service", 404, "Not Found"),
      '3.1 failed: signature-service must answer 200 and {"signature": "..."}, but answered 404 Not Found',
    ],
    [
      "takes a call without its time",
      instead("signature-auth", 200, '{"signature":"c29tZXRoaW5n"}'),
      '1.2 failed: without X-TIMESTAMP it must answer 400 4000000 The timestamp field is required., but answered 200 {"signature":"c29tZXRoaW5n"}',
    ],
    [
      "signs nothing that an API accepts",
      instead("signature-service", 200, '{"signature":"c29tZXRoaW5n"}'),
      "4.1 failed: responseCode must be 2005900, but is 4015900 Unauthorized. [Signature]",
    ],
    [
      "does not sign: its APIs fail with it",
      instead("signature-service", 500, "down"),
      '4.1 failed: signature-service must answer 200 and {"signature": "..."}, but answered 500 down',
    ],
  ])("%s is caught", async (_, spoil, says) => {
    const { subject } = await atSite(spoil);
    const { rows } = await testDeveloperSite(subject, jumping());
    expect(rows.map(inShort)).toContain(says);
  });
});

test("without a secret, or what asks for a token, there is nothing to sign with", async () => {
  const { subject } = await atSite();
  await expect(testDeveloperSite({ ...subject, token: { accessToken: "x" } })).rejects.toMatchObject({
    code: "ERR_SNAP_INVALID_OPTION",
    message:
      "the developer site needs a symmetric signature (signature.clientSecret) and what asks for a token (token.clientKey, token.privateKey).",
  });
  expect(developerScenarios({ ...subject, services: new Set(["60"]) }).map(({ number }) => number)).toEqual([
    "2.6",
    "2.3",
  ]);
});
