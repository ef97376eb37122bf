// `snap-bi validate`: what it says of files.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { snapBi, snapBiProcess } from "../support/cli.ts";
import { operations } from "../support/contract.ts";
import { samples } from "../support/published.ts";
import { file, folder } from "./support.ts";

const { components } = JSON.parse(readFileSync(new URL("../../generated/openapi.json", import.meta.url), "utf8")) as {
  components: { examples: Record<string, { value: Record<string, unknown> }> };
};
const payment = components.examples.QrCpmPaymentRequest?.value ?? {};
const good = file("good.json", JSON.stringify(payment));
const noValue = file("no-value.json", JSON.stringify({ ...payment, amount: { currency: "IDR" }, title: 5 }));
const noJson = file("no-json.json", '{\n  "amount": {\n    "value" "1.00"\n  }\n}\n');

describe("files", () => {
  test("one that keeps the contract is ok, by service code and by operation", async () => {
    for (const service of ["60", "qrCpmPayment"])
      expect(await snapBi(["validate", good, "--service", service])).toEqual({
        code: 0,
        stdout: `ok      ${good}\n1 ok, 0 broken (requests of service 60, qrCpmPayment)\n`,
        stderr: "",
      });
  });

  test("a broken one: every violation with its rule and a sentence, and SNAP's answer", async () => {
    expect(await snapBi(["validate", noValue, "--service", "60"])).toEqual({
      code: 1,
      stdout: [
        `broken  ${noValue}  4006002 Invalid Mandatory Field amount.value`,
        "        required  amount.value is missing",
        "        type      title must be a string",
        "0 ok, 1 broken (requests of service 60, qrCpmPayment)",
        "",
      ].join("\n"),
      stderr: "",
    });
  });

  test("one that is not JSON: where it breaks, and 400 00", async () => {
    const { code, stdout } = await snapBi(["validate", noJson, "--service", "60"]);
    expect([code, stdout.split("\n").slice(0, 2)]).toEqual([
      1,
      [
        `broken  ${noJson}  4006000 Bad Request`,
        '        json  the body must be JSON: line 3, column 13: expected ":", found "\\""',
      ],
    ]);
  });

  test.each([
    ["nothing", Buffer.alloc(0), "the file is empty"],
    ["white space", Buffer.from(" \n"), "the file is empty"],
    ["another encoding than UTF-8", Buffer.from('{"a":"\u00e9"}', "latin1"), "byte 7 is not UTF-8"],
    ["a character that is cut off", Buffer.from('{"a":"é').subarray(0, 7), "byte 7 is not UTF-8"],
    [
      "a byte far on that is not UTF-8",
      Buffer.concat([Buffer.from("é".repeat(5000)), Buffer.of(0xc0, 0x80)]),
      "byte 10001 is not UTF-8",
    ],
  ])("a file with %s is a finding", async (_, content, problem) => {
    const { code, stdout } = await snapBi(["validate", file("bytes", content), "--service", "61"]);
    expect(code).toBe(1);
    expect(stdout).toContain("4006100 Bad Request");
    expect(stdout).toContain(`        json  the body must be JSON: ${problem}\n`);
  });

  test("a body that is not an object is a bad request", async () => {
    const { code, stdout } = await snapBi(["validate", "--service", "60"], { stdin: "[]" });
    expect(code).toBe(1);
    expect(stdout).toContain("broken  stdin  4006000 Bad Request\n        type  the body must be an object\n");
  });

  test("a byte order mark, a name that comes twice and __proto__ are as the receiver takes them", async () => {
    const text = `\ufeff${JSON.stringify(payment).replace("{", '{"__proto__":{"a":1},"merchantId":5,')}`;
    expect((await snapBi(["validate", "--service", "60"], { stdin: text })).code).toBe(0);
  });

  test("many: each in a line, and a summary; one that cannot be read does not keep the others from being looked at", async () => {
    const missing = join(folder, "missing.json");
    const gone = join(folder, "gone.json");
    const { code, stdout, stderr } = await snapBi(["validate", missing, good, gone, noValue, "--service", "60"]);
    expect(code).toBe(2);
    expect(stderr).toBe(
      `snap-bi: cannot read ${missing}: the file does not exist\nsnap-bi: cannot read ${gone}: the file does not exist\n`,
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
        "broken  stdin\n        required  referenceNo is missing\n0 ok, 1 broken (responses with status 200 of service 60, qrCpmPayment)\n",
      stderr: "",
    });
  });

  test("the same body is right under one status and wrong under another", async () => {
    const stdin = JSON.stringify({ responseCode: "4036014", responseMessage: "Insufficient Funds" });
    expect((await snapBi(["validate", "--service", "60", "--response", "403"], { stdin })).code).toBe(0);
    expect((await snapBi(["validate", "--service", "60", "--response", "404"], { stdin })).code).toBe(1);
    expect((await snapBi(["validate", "--service", "61", "--response", "403"], { stdin })).code).toBe(1);
  });

  test("a body that is not JSON is a violation", async () => {
    const { code, stdout } = await snapBi(["validate", "--service", "60", "--response", "200", "--json"], {
      stdin: "x",
    });
    expect([code, JSON.parse(stdout)]).toEqual([
      1,
      {
        file: "-",
        valid: false,
        violations: [
          {
            ...{ path: "", rule: "json", expected: "JSON" },
            message: 'the body must be JSON: line 1, column 1: expected a value, found "x"',
          },
        ],
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
        { path: "amount.value", rule: "required", expected: "present", message: "amount.value is missing" },
        { path: "title", rule: "type", expected: "a string", message: "title must be a string" },
      ],
      answer: { responseCode: "4006002", responseMessage: "Invalid Mandatory Field amount.value" },
    },
    {
      file: noJson,
      valid: false,
      violations: [
        {
          ...{ path: "", rule: "json", expected: "JSON" },
          message: 'the body must be JSON: line 3, column 13: expected ":", found "\\""',
        },
      ],
      answer: { responseCode: "4006000", responseMessage: "Bad Request" },
    },
  ]);
});

test("--json: a violation has the words in its message, and the expression of a pattern beside them", async () => {
  const words = "1 to 16 digits, a point and 2 decimals, such as 10000.00";
  const stdin = JSON.stringify({ ...payment, amount: { value: "5", currency: "IDR" } });
  const { code, stdout } = await snapBi(["validate", "--service", "60", "--json"], { stdin });
  expect([code, stdout]).toEqual([
    1,
    `${JSON.stringify({
      file: "-",
      valid: false,
      violations: [
        {
          ...{ path: "amount.value", rule: "pattern", expected: words, message: `amount.value must be ${words}` },
          pattern: String.raw`^\d{1,16}\.\d{2}$`,
        },
      ],
      answer: { responseCode: "4006001", responseMessage: "Invalid Field Format amount.value" },
    })}\n`,
  ]);
});

test("--json: keys stand in the order of the help, and a file that cannot be read has a line too", async () => {
  const missing = join(folder, "missing.json");
  for (const more of [[], ["--response", "200"]]) {
    const args = ["validate", missing, good, noValue, noJson, "--service", "60", "--json", ...more];
    const { code, stdout, stderr } = await snapBi(args);
    const error = `cannot read ${missing}: the file does not exist`;
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
  [[], `--service is missing; it must be one of ${SERVICES}`],
  [["--service", "6"], `--service must be one of ${SERVICES}, not "6"`],
  [
    ["--service", "qrcpmpayment"],
    `--service must be one of ${SERVICES}, not "qrcpmpayment"; did you mean qrCpmPayment?`,
  ],
  [["--service", "toString"], `--service must be one of ${SERVICES}, not "toString"`],
  [
    ["--service", "60", "--response", "201"],
    '--response must be one of 200, 202, 400, 401, 403, 404, 405, 409, 429, 500, 504, not "201"',
  ],
  [["--service", "60", "--response", "toString"], expect.stringContaining('not "toString"')],
  [["--service", "60", "-", "-"], "- stands for stdin, which is read once only"],
  [["--service", "60", "--format", "xml"], '--format must be text, json or github, not "xml"'],
  [["--service", "60", "--format", "json", "--json"], "--json is --format json; leave one of them out"],
  [["--headers", "h"], `--service is missing; it must be one of ${SERVICES}`],
  [
    ["--service", "60", "--response", "200", "--headers", "h"],
    "--headers is about requests, and --response about responses; leave one of them out",
  ],
  [["--service", "60", "nowhere/*.json"], "no file matches nowhere/*.json"],
  [["--service"], "Option '--service <value>' argument missing; try --help"],
  [["--servce", "60"], "Unknown option '--servce'; did you mean --service?"],
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
