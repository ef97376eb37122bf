// `snap-bi conform`: its options, what it prints, and its exit codes.
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { type Sandbox, startSandbox } from "../../src/sandbox.ts";
import { ENV, PJP, PRIVATE_PEM } from "../conform/support.ts";
import { type Ran, snapBi } from "../support/cli.ts";
import { publicKey } from "../support/keys.ts";
import { CLIENT_SECRET } from "../support/receiver.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ tokenLifetime: 900, clientSecret: CLIENT_SECRET, publicKey });
});
afterAll(() => sandbox.close());

/** A folder with a run file, and what else it is to have. */
function folderWith(run: object | string = PJP, more: Record<string, string> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "snap-conform-"));
  const text = typeof run === "string" ? run : stringify(run);
  for (const [name, content] of Object.entries({ "run.yaml": text, ...more }))
    writeFileSync(join(folder, name), content);
  return folder;
}

/** Runs the command on a folder's run file. */
function conform(folder: string, args: string[] = [], env: Record<string, string> = ENV): Promise<Ran> {
  return snapBi(["conform", "--run", join(folder, "run.yaml"), ...args], { env });
}

describe("--init", () => {
  test.each([
    ["pjp", '"59", "60", "61", "62", "80", "55", "73"'],
    ["merchant", '"79"'],
  ])("writes the run file of a %s, with comments and its schema", async (role, services) => {
    const path = join(mkdtempSync(join(tmpdir(), "snap-init-")), "run.yaml");
    const ran = await snapBi(["conform", "--init", "--role", role, "--run", path]);
    expect(ran).toEqual({
      code: 0,
      stdout: `wrote ${path}; fill it in, then run: snap-bi conform --run ${path}\n`,
      stderr: "",
    });
    const text = readFileSync(path, "utf8");
    expect(text).toMatch(
      /^# yaml-language-server: \$schema=\.\/node_modules\/snap-bi-contract\/generated\/run\.schema\.json\n/,
    );
    expect(text).toContain(`\nrole: ${role}\n`);
    expect(text).toContain(`services: [${services}]`);
    const again = await snapBi(["conform", "--init", "--run", path]);
    expect(again).toMatchObject({
      code: 2,
      stderr: `snap-bi: ${path} is there already; name another file with --run\n`,
    });
  });

  test("its file fits a sandbox as it is", async () => {
    const folder = mkdtempSync(join(tmpdir(), "snap-init-"));
    await snapBi(["conform", "--init", "--run", join(folder, "run.yaml")]);
    writeFileSync(join(folder, "private.pem"), PRIVATE_PEM);
    const ran = await conform(folder, ["--target", sandbox.url, "--only", "1.7,3.6,7.8"]);
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(ran.stdout.split("\n")).toEqual([
      "PASS        1.7  CPM Generate (59): Invalid merchant",
      "PASS        3.6  CPM Query (61): Pending",
      "PASS        7.8  Direct Debit Status (55): Pending",
      "3 passed, 0 not passed, 0 not tested",
      "",
    ]);
  });

  test("takes the roles that there are", async () => {
    expect(await snapBi(["conform", "--init", "--role", "bank"])).toMatchObject({
      code: 2,
      stderr: 'snap-bi: --role must be pjp or merchant, not "bank"\n',
    });
  });
});

describe("what it prints", () => {
  const folder = folderWith({ ...PJP, force: {} });

  test("is a line a scenario; what cannot be run is not tested, with the reason", async () => {
    const ran = await conform(folder, ["--target", sandbox.url, "--only", "2.7,8.6"]);
    expect(ran.stdout.split("\n")).toEqual([
      "not tested  2.7  CPM Payment (60): Amount exceeds limit: the run file does not say how to bring this about (force.amountAboveLimit)",
      "PASS        8.6  Access Token B2B (73): Success",
      "1 passed, 0 not passed, 1 not tested",
      "",
    ]);
    expect(ran.code).toBe(0);
  });

  test("is in Bahasa Indonesia with --lang id, and nothing that ran is no success", async () => {
    const ran = await conform(folder, ["--target", sandbox.url, "--only", "2.7", "--lang", "id"]);
    expect(ran.stdout).toBe(
      "not tested  2.7  CPM Payment (60): Nominal melebihi limit: run file tidak menyebutkan cara memunculkan hasil ini (force.amountAboveLimit)\n0 passed, 0 not passed, 1 not tested\n",
    );
    expect(ran.code).toBe(1);
  });

  test("is JSON with --json, and JUnit's XML in a file", async () => {
    const junit = join(folder, "junit.xml");
    const wrong = folderWith({ ...PJP, force: { amountAboveLimit: { "amount.value": "1.00" } } });
    const ran = await conform(wrong, ["--target", sandbox.url, "--only", "2.7", "--json", "--junit", junit]);
    const says = "responseCode must be 4036002, but is 2006000 Successful: an amount above the limit is accepted";
    expect(
      ran.stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      {
        ...{ number: "2.7", service: "60", scenario: "Amount exceeds limit", outcome: "failed" },
        ...{ findings: [{ rule: "code", message: says }], notes: [] },
      },
      { target: sandbox.url, passed: 0, failed: 1, notTested: 0 },
    ]);
    expect(ran.code).toBe(1);
    expect(readFileSync(junit, "utf8")).toContain(`<failure type="code" message="${says}"/>`);
  });

  test("names the folder of the evidence, and warns of tokens that are shown", async () => {
    const evidence = join(folder, "evidence");
    const ran = await conform(folder, ["--target", sandbox.url, "--only", "7.6", "--evidence", evidence, "--unmasked"]);
    expect(ran).toEqual({
      code: 0,
      stdout: `PASS        7.6  Direct Debit Status (55): Success\n1 passed, 0 not passed, 0 not tested; the evidence is in ${evidence}\n`,
      stderr: "snap-bi: the evidence shows access tokens; give it to nobody who must not have them\n",
    });
    const files = ["exchanges", "functional-test.html", "functional-test.md", "functional-test.xlsx"];
    expect(readdirSync(evidence).sort()).toEqual(files);
    const again = await conform(folder, ["--target", sandbox.url, "--only", "7.6", "--evidence", evidence]);
    expect(again.stderr).toContain("evidence must be a new or an empty folder, but it has files in it");
    expect(again).toMatchObject({ code: 2, stdout: "" });
  });
});

describe("on another machine", () => {
  const folder = folderWith();

  test("it says what it will pay, cancel and refund, and needs --yes", async () => {
    const ran = await conform(folder, ["--target", "https://pjp.invalid", "--only", "60,62,80"]);
    expect(ran).toEqual({
      code: 2,
      stdout: "",
      stderr: `snap-bi: on https://pjp.invalid this run will
  make QR codes: 28 times
  pay 10000.00 IDR each, or what the run file forces: 21 times, and try it 8 times as it must be refused
  cancel payments: 3 times, and try it 6 times as it must be refused
  refund payments: 3 times, and try it 6 times as it must be refused
go ahead with --yes
`,
    });
  });

  test("it goes ahead with --yes, and an answer that does not come is not a success", async () => {
    const ran = await conform(folder, ["--target", "https://pjp.invalid", "--only", "2.6", "--yes"]);
    expect(ran.code).toBe(1);
    expect(ran.stdout).toMatch(
      /^NOT PASS {4}2\.6 {2}CPM Payment \(60\): Success: before it, service 73 failed: an answer did not come: no connection was made/,
    );
  });

  test("it does not go over http to a PJP", async () => {
    const ran = await conform(folder, ["--target", "http://pjp.example", "--yes"]);
    expect(ran).toMatchObject({ code: 2, stdout: "" });
    expect(ran.stderr).toBe(
      "snap-bi: target must be https: over http, tokens and payments can be read and changed on the way. Use https.\n",
    );
  });
});

describe("it refuses", () => {
  const pjp = (changes: object) => ({ ...PJP, target: "http://127.0.0.1:1", ...changes });
  const said = (run: object | string, message: string) => [message, run] as const;

  test.each([
    said("role: [pjp", "run.yaml must be YAML: "),
    said(pjp({ role: "bank" }), "run.yaml: role must be one of pjp, merchant"),
    said(pjp({ partnerId: undefined }), "run.yaml: partnerId is missing"),
    said(pjp({ parnterId: "x" }), "run.yaml: parnterId is not a property that there is"),
    said(pjp({ channelId: 95221 }), "run.yaml: channelId must be a text; put quotes around it"),
    said(
      pjp({ signature: { type: "symmetric", clientSecret: "hunter2" } }),
      "run.yaml: signature.clientSecret must be env:NAME or file:PATH, not the value itself: a run file is kept and shared",
    ),
    said(pjp({ signature: { type: "symmetric" } }), "run.yaml: signature.clientSecret is missing"),
    said(
      pjp({ signature: { type: "symmetric", clientSecret: "env:NOT_THERE" } }),
      "signature.clientSecret names an environment variable that is not set: NOT_THERE",
    ),
    said(
      pjp({ signature: { type: "asymmetric", privateKey: "file:gone.pem" } }),
      "signature.privateKey names a file that cannot be read: ",
    ),
    said(
      pjp({ signature: { type: "asymmetric", privateKey: "env:SNAP_CLIENT_SECRET" } }),
      "signature.privateKey: privateKey must be an RSA private key in PEM form",
    ),
    said(pjp({ token: undefined }), "run.yaml: token is missing; only the asymmetric signature does without one"),
    said(pjp({ token: { clientKey: "x" } }), "token must have accessToken, or clientKey and privateKey"),
    said(
      pjp({ data: { ...PJP.data, amount: "10000" } }),
      'data.amount must be an amount in quotes with two decimals, such as "10000.00"',
    ),
    said(pjp({ services: ["99"] }), "services.0 must be one of 59, 60, 61, 62, 80, 79, 55, 73"),
    said(pjp({ profile: "somebody" }), "profile must be one of aspi-2025, "),
    said(pjp({ target: undefined }), "target is missing; write it there, or give --target URL"),
    said(pjp({ target: "https://pjp.example/v1.0" }), "target must not end in /v1.0"),
  ])("%s", async (message, run) => {
    const ran = await conform(folderWith(run));
    expect(ran.stderr).toContain(message);
    expect(ran.stderr).not.toContain("hunter2");
    expect(ran.stderr.trim().split("\n")).toHaveLength(1);
    expect(ran).toMatchObject({ code: 2, stdout: "" });
  });

  test.each([
    [
      ["--only", "9.9"],
      "only must have numbers of scenarios such as 2.7, or service codes such as 60, of the role pjp",
    ],
    [["--lang", "jv"], '--lang must be en or id, not "jv"'],
    [["--unmasked"], "--unmasked needs --evidence"],
    [["run.yaml"], 'conform does not take "run.yaml"; try --help'],
    [["--run", "/not/there.yaml"], "cannot read /not/there.yaml: the file does not exist"],
  ])("%j", async (args, message) => {
    const ran = await conform(folderWith(pjp({})), args);
    expect(ran.stderr).toContain(message);
    expect(ran).toMatchObject({ code: 2, stdout: "" });
  });

  test("a file of credentials lies beside the run file", async () => {
    const run = { ...PJP, signature: { type: "symmetric", clientSecret: "file:secret.txt" } };
    const folder = folderWith(run, { "secret.txt": `${CLIENT_SECRET}\n` });
    expect(await conform(folder, ["--target", sandbox.url, "--only", "7.6"])).toMatchObject({ code: 0 });
    expect(existsSync(join(folder, "evidence"))).toBe(false);
  });
});
