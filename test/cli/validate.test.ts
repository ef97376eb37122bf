// `snap-bi validate`: what it says of files, and where a text stops being JSON.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { jsonBreakOf } from "../../src/cli/json-break.ts";
import { snapBi, snapBiProcess } from "../support/cli.ts";
import { operations } from "../support/contract.ts";
import { samples } from "../support/published.ts";

const folder = mkdtempSync(join(tmpdir(), "snap-validate-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a file and returns its path. */
function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const { components } = JSON.parse(readFileSync(new URL("../../generated/openapi.json", import.meta.url), "utf8")) as {
  components: { examples: Record<string, { value: Record<string, unknown> }> };
};
const payment = components.examples.QrCpmPaymentRequest?.value ?? {};
const good = file("good.json", JSON.stringify(payment));
const noValue = file("no-value.json", JSON.stringify({ ...payment, amount: { currency: "IDR" }, title: 5 }));
const noJson = file("no-json.json", '{\n  "amount": {\n    "value" "1.00"\n  }\n}\n');

describe("files", () => {
  test("a fine one is ok, by service code and by operation", async () => {
    for (const service of ["60", "qrCpmPayment"])
      expect(await snapBi(["validate", good, "--service", service])).toEqual({
        code: 0,
        stdout: `ok      ${good}\n1 ok, 0 broken (requests of service 60, qrCpmPayment)\n`,
        stderr: "",
      });
  });

  test("a broken one: every violation with its path, rule and what was expected, and SNAP's answer", async () => {
    expect(await snapBi(["validate", noValue, "--service", "60"])).toEqual({
      code: 1,
      stdout: [
        `broken  ${noValue}  4006002 Invalid Mandatory Field amount.value`,
        "        amount.value  required  ought to be there",
        "        title         type      ought to be string",
        "0 ok, 1 broken (requests of service 60, qrCpmPayment)",
        "",
      ].join("\n"),
      stderr: "",
    });
  });

  test("one that is no JSON: where it breaks, and 400 00", async () => {
    const { code, stdout } = await snapBi(["validate", noJson, "--service", "60"]);
    expect([code, stdout.split("\n").slice(0, 2)]).toEqual([
      1,
      [
        `broken  ${noJson}  4006000 Bad Request`,
        '        the body  json  ought to be JSON (line 3, column 13: expected ":", found "\\"")',
      ],
    ]);
  });

  test.each([
    ["nothing", Buffer.alloc(0), "there is nothing"],
    ["white space", Buffer.from(" \n"), "there is nothing"],
    ["no UTF-8", Buffer.from('{"a":"\u00e9"}', "latin1"), "byte 7 is no UTF-8"],
    ["cut off in a character", Buffer.from('{"a":"é').subarray(0, 7), "byte 7 is no UTF-8"],
    [
      "no UTF-8 far on",
      Buffer.concat([Buffer.from("é".repeat(5000)), Buffer.of(0xc0, 0x80)]),
      "byte 10001 is no UTF-8",
    ],
  ])("a file with %s is a finding", async (_, content, problem) => {
    const { code, stdout } = await snapBi(["validate", file("bytes", content), "--service", "61"]);
    expect(code).toBe(1);
    expect(stdout).toContain("4006100 Bad Request");
    expect(stdout).toContain(`ought to be JSON (${problem})`);
  });

  test("a body that is no object is a bad request", async () => {
    const { code, stdout } = await snapBi(["validate", "--service", "60"], { stdin: "[]" });
    expect(code).toBe(1);
    expect(stdout).toContain("broken  stdin  4006000 Bad Request\n        the body  type  ought to be object\n");
  });

  test("a byte order mark, a name that comes twice and __proto__ are as the receiver takes them", async () => {
    const text = `\ufeff${JSON.stringify(payment).replace("{", '{"__proto__":{"a":1},"merchantId":5,')}`;
    expect((await snapBi(["validate", "--service", "60"], { stdin: text })).code).toBe(0);
  });

  test("many: each in a line, and a summary; one that cannot be read does not keep the others from being looked at", async () => {
    const missing = join(folder, "missing.json");
    const { code, stdout, stderr } = await snapBi(["validate", missing, good, folder, noValue, "--service", "60"]);
    expect(code).toBe(2);
    expect(stderr).toBe(
      `snap-bi: cannot read ${missing}: there is no such file\nsnap-bi: cannot read ${folder}: it is a folder\n`,
    );
    expect(stdout.match(/^(ok|broken) .*$/gm)).toEqual([
      `ok      ${good}`,
      `broken  ${noValue}  4006002 Invalid Mandatory Field amount.value`,
    ]);
    expect(stdout.trimEnd().split("\n").at(-1)).toBe(
      "1 ok, 1 broken, 2 not read (requests of service 60, qrCpmPayment)",
    );
  });

  test("stdin is read when there is no file, and for -", async () => {
    const stdin = JSON.stringify(payment);
    expect((await snapBi(["validate", "--service", "60"], { stdin })).stdout).toMatch(/^ok {6}stdin\n1 ok/);
    expect((await snapBi(["validate", good, "-", "--service", "60"], { stdin })).stdout).toContain("ok      stdin\n");
  });

  test("a name that would steer the terminal is shown with escapes", async () => {
    const { stdout } = await snapBi(["validate", file("a\u001b[31mb.json", "{}"), "--service", "60"]);
    expect(stdout).toContain("a\\u001b[31mb.json");
    expect(stdout).not.toContain("\u001b");
  });
});

describe("responses", () => {
  test("are checked against the schema of their status, and get no answer", async () => {
    const stdin = JSON.stringify({ responseCode: "2006000", responseMessage: "Successful" });
    expect(await snapBi(["validate", "--service", "60", "--response", "200"], { stdin })).toEqual({
      code: 1,
      stdout:
        "broken  stdin\n        referenceNo  required  ought to be there\n0 ok, 1 broken (responses with status 200 of service 60, qrCpmPayment)\n",
      stderr: "",
    });
  });

  test("the same body is fine under one status and not under another", async () => {
    const stdin = JSON.stringify({ responseCode: "4036014", responseMessage: "Insufficient Funds" });
    expect((await snapBi(["validate", "--service", "60", "--response", "403"], { stdin })).code).toBe(0);
    expect((await snapBi(["validate", "--service", "60", "--response", "404"], { stdin })).code).toBe(1);
    expect((await snapBi(["validate", "--service", "61", "--response", "403"], { stdin })).code).toBe(1);
  });

  test("what is no JSON is a violation", async () => {
    const { code, stdout } = await snapBi(["validate", "--service", "60", "--response", "200", "--json"], {
      stdin: "x",
    });
    expect([code, JSON.parse(stdout)]).toEqual([
      1,
      {
        file: "-",
        valid: false,
        violations: [{ path: "", rule: "json", expected: 'JSON (line 1, column 1: expected a value, found "x")' }],
        answer: null,
      },
    ]);
  });
});

test("--json writes one document a line for each file, and no summary", async () => {
  const { code, stdout, stderr } = await snapBi(["validate", good, noValue, noJson, "--service", "60", "--json"]);
  expect([code, stderr]).toEqual([1, ""]);
  const lines = stdout.trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    { file: good, valid: true, violations: [], answer: null },
    {
      file: noValue,
      valid: false,
      violations: [
        { path: "amount.value", rule: "required", expected: "to be there" },
        { path: "title", rule: "type", expected: "string" },
      ],
      answer: { responseCode: "4006002", responseMessage: "Invalid Mandatory Field amount.value" },
    },
    {
      file: noJson,
      valid: false,
      violations: [{ path: "", rule: "json", expected: expect.stringMatching(/^JSON \(line 3, column 13: /) }],
      answer: { responseCode: "4006000", responseMessage: "Bad Request" },
    },
  ]);
});

test("--json: keys stand in the order of the help, and a file that cannot be read has a line too", async () => {
  const missing = join(folder, "missing.json");
  for (const more of [[], ["--response", "200"]]) {
    const args = ["validate", missing, good, noValue, noJson, "--service", "60", "--json", ...more];
    const { code, stdout, stderr } = await snapBi(args);
    const error = `cannot read ${missing}: there is no such file`;
    expect([code, stderr]).toEqual([2, `snap-bi: ${error}\n`]);
    const [unread = "", ...read] = stdout.trimEnd().split("\n");
    expect(unread).toBe(JSON.stringify({ file: missing, error }));
    for (const line of read) expect(Object.keys(JSON.parse(line))).toEqual(["file", "valid", "violations", "answer"]);
    expect(read).toHaveLength(3);
  }
});

const SERVICES =
  "59 qrCpmGenerate, 60 qrCpmPayment, 61 qrCpmQuery, 62 qrCpmCancel, 79 qrCpmNotify, 80 qrCpmRefund, 55 debitStatus, 73 accessTokenB2b";
test.each([
  [[], `--service is missing; it takes one of ${SERVICES}`],
  [["--service", "6"], `--service takes one of ${SERVICES}, not "6"`],
  [["--service", "qrcpmpayment"], `--service takes one of ${SERVICES}, not "qrcpmpayment"`],
  [["--service", "toString"], `--service takes one of ${SERVICES}, not "toString"`],
  [
    ["--service", "60", "--response", "201"],
    '--response takes one of 200, 202, 400, 401, 403, 404, 405, 409, 429, 500, 504, not "201"',
  ],
  [["--service", "60", "--response", "toString"], expect.stringContaining('not "toString"')],
  [["--service", "60", "-", "-"], "- stands for stdin, which is read once only"],
  [["--service"], "Option '--service <value>' argument missing; try --help"],
  [["--servce", "60"], "Unknown option '--servce'; try --help"],
])("%j is refused in one line", async (args, message) => {
  const { code, stdout, stderr } = await snapBi(["validate", ...args]);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr.match(/^snap-bi: (.*)\n$/)?.[1]).toEqual(message);
});

test("every example of the contract is ok", async () => {
  for (const { operationId, service, requestBody, responses } of operations) {
    const request = JSON.stringify(requestBody.content["application/json"].examples.Published.value);
    const ran = await snapBi(["validate", "--service", operationId], { stdin: request });
    expect([operationId, ran.code, ran.stdout]).toEqual([operationId, 0, expect.stringMatching(/^ok/)]);
    for (const [status, { content }] of Object.entries(responses)) {
      const files = Object.entries(content["application/json"].examples).map(([name, { value }]) =>
        file(`${service}-${status}-${name}.json`, JSON.stringify(value)),
      );
      const { code, stdout } = await snapBi(["validate", ...files, "--service", service, "--response", status]);
      expect([code, stdout]).toEqual([0, expect.stringContaining(`${files.length} ok, 0 broken`)]);
    }
  }
});

test("as a process it reads files and stdin, and exits with 0, 1 and 2", async () => {
  expect(await snapBiProcess(["validate", "--service", "60"], { stdin: JSON.stringify(payment) })).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^ok {6}stdin\n/),
    stderr: "",
  });
  const sample = samples.find(({ id }) => id === "qr-cpm-payment-request")?.text ?? "";
  expect((await snapBiProcess(["validate", file("sample.json", sample), "--service", "60"])).code).toBe(
    (await snapBi(["validate", "--service", "60"], { stdin: sample })).code,
  );
  expect(await snapBiProcess(["validate", noValue, "--service", "60"])).toMatchObject({ code: 1, stderr: "" });
  expect(await snapBiProcess(["validate", "nowhere.json", "--service", "60"])).toMatchObject({ code: 2 });
});

describe("where a text stops being JSON", () => {
  test.each([
    ['{"a":1,}', 1, 8, 'expected a name in double quotes, found "}"'],
    ["{a:1}", 1, 2, 'expected a name in double quotes or "}", found "a"'],
    ["{'a':1}", 1, 2, 'expected a name in double quotes or "}", found "\'"'],
    ["[1,2", 1, 5, 'expected "," or "]", found the end'],
    ["[1 2]", 1, 4, 'expected "," or "]", found "2"'],
    ["[1,]", 1, 4, 'expected a value, found "]"'],
    ["[1}", 1, 3, 'expected "," or "]", found "}"'],
    ['{"a" 1}', 1, 6, 'expected ":", found "1"'],
    ['{"a":', 1, 6, "expected a value, found the end"],
    ["{} x", 1, 4, 'expected the end, found "x"'],
    ["[NaN]", 1, 2, 'expected a value, found "N"'],
    ["tru", 1, 1, 'expected a value, found "t"'],
    ["[01]", 1, 3, 'expected "," or "]", found "1"'],
    ["[1.]", 1, 3, 'expected "," or "]", found "."'],
    ['{\n "é🙂": "x\ty"}', 2, 10, '"\\t" cannot stand in a string'],
    ['"\\x"', 1, 2, 'the escape "\\\\x" does not exist'],
    ['["\\u12g4"]', 1, 3, "does not exist"],
    ['[\n"abc', 2, 1, "a string opens here and is never closed"],
    ['{"a":1} // note', 1, 9, 'expected the end, found "/"'],
    ["[🙂]", 1, 2, 'expected a value, found "🙂"'],
  ])("%j breaks at line %d, column %d", (text, line, column, problem) => {
    const found = jsonBreakOf(text);
    expect([found?.line, found?.column]).toEqual([line, column]);
    expect(found?.problem).toContain(problem);
  });

  test("it finds a place exactly when JSON.parse does not parse, and the one that JSON.parse names", () => {
    const character = fc.constantFrom(...'{}[]":,\\ \n\t0123.eE+-truefalsn/u\u0001é🙂'.split(""));
    const noise = fc.array(character, { maxLength: 12 }).map((characters) => characters.join(""));
    const mutated = fc.tuple(fc.json(), fc.nat(), fc.nat({ max: 3 }), noise).map(([json, at, length, inserted]) => {
      const start = at % (json.length + 1);
      return json.slice(0, start) + inserted + json.slice(start + length);
    });
    const counts = { fine: 0, broken: 0, placed: 0 };
    fc.assert(
      fc.property(fc.oneof(fc.json(), mutated, noise), (text) => {
        const message = failureOf(text);
        const found = jsonBreakOf(text);
        expect(found === undefined, `${text}: ${message}`).toBe(message === undefined);
        counts[found ? "broken" : "fine"] += 1;
        // the others: it tells an open string from its start, numbers and words as a whole, and escapes from the backslash
        const placed =
          /^(Expected .*|Unexpected non-whitespace character after JSON) (?:in JSON )?at position (\d+)/.exec(
            message ?? "",
          );
        if (found && placed) {
          counts.placed += 1;
          expect(found.at, `${text}: ${message}`).toBe(Number(placed[2]));
        }
      }),
      { numRuns: 20_000 },
    );
    expect(Math.min(counts.fine, counts.broken, counts.placed), JSON.stringify(counts)).toBeGreaterThan(1000);
  });

  test("it takes deep nesting and long strings", () => {
    const deep = "[".repeat(1_000_000);
    expect(jsonBreakOf(deep)?.column).toBe(1_000_001);
    expect(jsonBreakOf(deep + "]".repeat(1_000_000))).toBeUndefined();
    expect(jsonBreakOf(JSON.stringify("é\n".repeat(5_000_000)))).toBeUndefined();
  });
});

function failureOf(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
