// `snap-bi codes`: lookup and search, against the published catalogue and the contract's own.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import type { Catalogue } from "../../src/generate/facts.ts";
import { snapBi, snapBiProcess } from "../support/cli.ts";
import { codes as published } from "../support/published.ts";

const { codes, outcomes } = parse(
  readFileSync(new URL("../../openapi/response-codes.yaml", import.meta.url), "utf8"),
) as Catalogue;

const lines = (text: string) => text.trimEnd().split("\n");
const documents = (text: string) => lines(text).map((line) => JSON.parse(line) as Record<string, unknown>);

test("a code in full", async () => {
  expect(await snapBi(["codes", "4036014"])).toEqual({
    code: 0,
    stdout: `4036014 Insufficient Funds
  means     The balance does not cover the amount.
  category  Business
  outcome   declined. The receiver understood the request and refused it.
  next      ${outcomes.declined?.next}
  service   60, qrCpmPayment, POST /v1.0/qr/qr-cpm-payment
  mock      Prefer: code=4036014
  sandbox   amount.value 4036014.00
`,
    stderr: "",
  });
});

test.each([[["40314"]], [["403", "14"]], [["403 14"]], [["403", "14", "--service", "60"]], [["403", "60", "14"]]])(
  "%j finds it too",
  async (args) => {
    const { code, stdout } = await snapBi(["codes", ...args]);
    expect([code, lines(stdout)[0]]).toEqual([
      0,
      args.join(" ").includes("60") ? "4036014 Insufficient Funds" : "403 14 Insufficient Funds",
    ]);
  },
);

test("where services differ, all outcomes are told, or the one of the service", async () => {
  const { stdout } = await snapBi(["codes", "40418"]);
  expect(stdout).toContain("  outcome   60 declined, 62 unknown, 80 unknown, other rejected. The catalogue calls it");
  for (const outcome of ["declined", "unknown", "rejected"])
    expect(stdout).toContain(`  next      ${outcome}: ${outcomes[outcome]?.next}`);
  expect(stdout).toContain("  service   any; --service 60 looks at one of them");
  expect(stdout).toContain("  errata    E086, E108, E120: see the register in the documentation");
  expect((await snapBi(["codes", "4048018"])).stdout).toContain("  outcome   unknown. ");
  expect((await snapBi(["codes", "4046118"])).stdout).toContain("  outcome   rejected. ");
});

test("no answer tells to go on and to query at once, of any service", async () => {
  for (const service of ["55", "59", "60", "61", "62", "73", "79", "80", "54", "99"]) {
    for (const row of codes) {
      const { stdout } = await snapBi(["codes", `${row.status}${service}${row.case}`]);
      const [said = ""] = /^ {2}outcome .*$/m.exec(stdout) ?? [];
      const [next = ""] = /^ {2}next .*$/m.exec(stdout) ?? [];
      const outcome = /outcome\s+(\w+)\./.exec(said)?.[1] ?? "";
      expect([service, row.example, next]).toEqual([service, row.example, `  next      ${outcomes[outcome]?.next}`]);
      if (outcome !== "success") expect(`${row.description} ${next}`).not.toMatch(/counts as a success|Go on/);
    }
  }
});

test("every row of the catalogue, by each of its digits, has what the catalogue says", async () => {
  for (const row of codes) {
    const { code, stdout } = await snapBi(["codes", `${row.status}61${row.case}`, "--json"]);
    const outcome = typeof row.outcome === "string" ? row.outcome : (row.outcome["61"] ?? row.outcome.other ?? "");
    expect([code, JSON.parse(stdout)]).toEqual([
      0,
      {
        ...{ code: `${row.status}61${row.case}`, status: String(row.status), caseCode: row.case, service: "61" },
        ...{ message: row.message, description: row.description, category: row.category, outcome, why: row.why },
        ...{ next: outcomes[outcome]?.next, example: row.example, errata: row.errata ?? [] },
        sandbox: String(row.status) === "200" ? [] : [{ field: "merchantId", value: `${row.status}61${row.case}` }],
      },
    ]);
  }
});

test("without a word all 63 are listed, in the order of the published catalogue and with its messages", async () => {
  const { code, stdout } = await snapBi(["codes"]);
  expect(code).toBe(0);
  const [heading, ...rows] = lines(stdout);
  expect(heading).toMatch(/^code +message +example +outcome$/);
  expect(rows).toHaveLength(63);
  expect(rows.map((line) => line.slice(0, 6))).toEqual(codes.map((row) => `${row.status} ${row.case}`));
  for (const row of published)
    expect(lines(stdout).find((line) => line.startsWith(`${row.status} ${row.case} `))).toContain(`  ${row.message} `);
});

test("with a service all seven digits are shown, and its outcomes", async () => {
  for (const service of ["80", "qrCpmRefund"]) {
    const { stdout } = await snapBi(["codes", "--service", service]);
    expect(lines(stdout)).toHaveLength(64);
    expect(stdout).toMatch(/^4048018 {2}Inconsistent Request .* unknown$/m);
  }
});

test.each([
  ["insufficient funds", ["403 14"]],
  ["FUNDS Insufficient", ["403 14"]],
  ["one-time password wrong", ["404 15"]],
  ["DoNotHonor", ["403 05"]],
  ["429", ["429 00"]],
  ["409", ["409 00", "409 01"]],
  ["404 password", ["404 06", "404 15"]],
  ["merchant limit", ["403 20", "403 22"]],
])("%s finds %j", async (words, found) => {
  const apart = await snapBi(["codes", ...words.split(" ")]);
  expect([apart.code, lines(apart.stdout).map((line) => line.slice(0, 6))]).toEqual([0, ["code  ", ...found]]);
  expect(await snapBi(["codes", words])).toEqual(apart);
  const json = await snapBi(["codes", words, "--json"]);
  expect(documents(json.stdout).map(({ status, caseCode }) => `${status} ${caseCode}`)).toEqual(found);
  expect(documents(json.stdout)[0]).toMatchObject({ outcome: expect.any(String), service: null });
});

test.each([
  [
    ["4036024"],
    /^snap-bi: 4036024 is not in the catalogue, so the outcome of the call is unknown: Query\. .*\nThe nearest that are: 4036023 Account Limit Exceed, 4036022 Token Limit Invalid, 4036021 Set Limit Not Allowed\n$/,
  ],
  [["4036099"], /The nearest that are: 4036019 [\w ]+, 4036009 [\w ]+, 4036023 [\w ]+\n$/],
  [
    ["4039924"],
    /^snap-bi: 4039924 is not .*\nThe nearest that are: 403 23 Account Limit Exceed, 403 22 [\w ]+, 403 21/,
  ],
  [["4035424"], /The nearest that are: 403 23 /],
  [["40324"], /: 403 23 Account Limit Exceed, 403 22/],
  [["4526014"], /^snap-bi: 4526014 is not in the catalogue, .* unknown: Query\..*\nThe nearest that are: 4[0-9]{6} /],
  [["06"], /^snap-bi: 06 is not a response code; as a latestTransactionStatus it says that the payment is failed\n$/],
  [["nonsense", "words"], /^snap-bi: no code has "nonsense" and "words"; snap-bi codes lists all\n$/],
  [["a\u001b"], /^snap-bi: no code has "a\\u001b"/],
  [["599"], /^snap-bi: no code has "599"; snap-bi codes lists all\n$/],
  [["insuficient", "fund"], /^snap-bi: no code has "insuficient" and "fund"; did you mean insufficient fund\?\n$/],
  [["insuficient", "qqqq"], /; snap-bi codes lists all\n$/],
])("%j is not found, and the exit code is 1", async (args, stderr) => {
  for (const json of [[], ["--json"]])
    expect(await snapBi(["codes", ...args, ...json])).toEqual({
      code: 1,
      stdout: "",
      stderr: expect.stringMatching(stderr),
    });
});

test.each([
  ["2006000", "amount.value 2006000.00 or 2006006.00 or 2006003.00"],
  ["5046000", "amount.value 5046000.00"],
  ["4295900", "merchantId 4295900"],
  ["2026200", "merchantId 2026200"],
  ["4036214", "merchantId 4036214"],
  ["4048018", "merchantId 4048018"],
  ["2006100", undefined],
  ["4047901", undefined],
  ["4045501", "originalPartnerReferenceNo 4045501"],
  ["2005500", undefined],
  ["4017300", undefined],
  ["4035414", undefined],
  ["40314", undefined],
])("it says what forces %s in the sandbox", async (asked, force) => {
  const { stdout } = await snapBi(["codes", asked]);
  expect(/^ {2}sandbox +(.*)$/m.exec(stdout)?.[1]).toBe(force);
});

test("of a service that the contract does not have, that is said", async () => {
  const { code, stdout } = await snapBi(["codes", "4035414"]);
  expect(code).toBe(0);
  expect(stdout).toContain(
    "  service   54, which this contract does not have; SNAP's catalogue is the same for all services\n",
  );
});

test.each([
  [["4036014", "--service", "61"], "4036014 is of service 60, and --service says 61; leave one out"],
  [["--service", "qrCpmPayement"], expect.stringMatching(/, not "qrCpmPayement"; did you mean qrCpmPayment\?$/)],
  [["--profile", "midtrnas"], expect.stringMatching(/, not "midtrnas"; did you mean midtrans\?$/)],
  [["--service", "99"], expect.stringMatching(/^--service must be one of 59 qrCpmGenerate, .*, not "99"$/)],
  [["2000"], "a response code must have 7 digits, or 5 without its service, such as 4036014 or 40314; 2000 has 4"],
  [["08"], "a response code must have 7 digits, or 5 without its service, such as 4036014 or 40314; 08 has 2"],
  [
    ["40360145"],
    "a response code must have 7 digits, or 5 without its service, such as 4036014 or 40314; 40360145 has 8",
  ],
  [[""], "codes takes a code or words, and this is an empty text; without any it lists all"],
  [["", " "], "codes takes a code or words, and this is an empty text; without any it lists all"],
  [["--jsn"], "Unknown option '--jsn'; did you mean --json?"],
])("%j is refused in one line", async (args, message) => {
  const { code, stdout, stderr } = await snapBi(["codes", ...args]);
  expect([code, stdout, stderr.match(/^snap-bi: (.*)\n$/)?.[1]]).toEqual([2, "", message]);
});

test("as a process it exits with 0 and 1", async () => {
  expect(await snapBiProcess(["codes", "insufficient", "funds"])).toEqual({
    code: 0,
    stdout: `code    message             example            outcome
403 14  Insufficient Funds  InsufficientFunds  declined
`,
    stderr: "",
  });
  expect(await snapBiProcess(["codes", "9999999"])).toMatchObject({ code: 1, stdout: "" });
});
