// `snap-bi validate` beyond bodies: names that look mistyped, headers, exchanges, folders and patterns, annotations.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { main } from "../../src/cli/main.ts";
import { snapBi } from "../support/cli.ts";
import { operations } from "../support/contract.ts";
import { wireOf } from "../support/receiver.ts";
import { file, folder } from "./support.ts";

const { path, headers, body } = wireOf({ operation: "qrCpmPayment" });
const payment = JSON.parse(String(body)) as Record<string, unknown>;
const validate = (args: string[], stdin = "") => snapBi(["validate", ...args], { stdin });

const { amount, ...withoutAmount } = payment;
test.each<[string, object, string]>([
  ["a field", { ...withoutAmount, amout: amount }, "amout is not a field of this service; did you mean amount?"],
  ["its case", { ...withoutAmount, Amount: amount }, "Amount is not a field of this service; did you mean amount?"],
  [
    "a nested field",
    { ...payment, scannerInfo: { deviceIdd: "1" } },
    "scannerInfo.deviceIdd is not a field of this service; did you mean scannerInfo.deviceId?",
  ],
])("%s that looks mistyped is warned of, and is no problem", async (_, mistyped, message) => {
  const stdin = JSON.stringify(mistyped);
  const { code, stdout } = await validate(["--service", "60"], stdin);
  expect([code, stdout]).toEqual([
    0,
    `ok      stdin\n        warning  ${message}\n1 ok, 0 broken, 1 warning (requests of service 60, qrCpmPayment)\n`,
  ]);
  const json = JSON.parse((await validate(["--service", "60", "--json"], stdin)).stdout) as object;
  expect(json).toMatchObject({ valid: true, warnings: [{ message }] });
});

test("a field is not warned of that is like none, beside the one it is like, or below one that is free", async () => {
  const stdin = JSON.stringify({ ...payment, amout: 1, loyalty: 1, additionalInfo: { amout: 1, merchantld: 1 } });
  expect((await validate(["--service", "60"], stdin)).stdout).not.toContain("warning");
});

test("a response's fields are known too, whatever the profile", async () => {
  for (const profile of ["published", "aspi-2025"]) {
    const stdin = JSON.stringify({ responseCode: "2006000", responseMessage: "Successful", refrenceNo: "1" });
    const { stdout } = await validate(["--service", "60", "--response", "200", "--profile", profile], stdin);
    expect(stdout).toContain("refrenceNo is not a field of this service; did you mean referenceNo?");
  }
});

test("no example of the contract is warned of", async () => {
  for (const { operationId, requestBody, responses } of operations) {
    const request = JSON.stringify(requestBody.content["application/json"].examples.Published.value);
    expect((await validate(["--service", operationId], request)).stdout).not.toContain("warning");
    const [example] = Object.values(responses["200"]?.content["application/json"].examples ?? {});
    const args = ["--service", operationId, "--response", "200"];
    expect((await validate(args, JSON.stringify(example?.value))).stdout).not.toContain("warning");
  }
});

const asLines = (its: Record<string, string>) => Object.entries(its).map(([name, value]) => `${name}: ${value}`);
const { "x-partner-id": partner, ...without } = Object.fromEntries(
  Object.entries(headers as Record<string, string>).map(([name, value]) => [name.toLowerCase(), value]),
);

test("--headers checks headers, from lines and from JSON, beside bodies and alone", async () => {
  const good = file("headers.txt", asLines(headers as Record<string, string>).join("\r\n"));
  const bad = file("headers.json", JSON.stringify({ ...without, "X-PARTNERID": partner }));
  expect((await validate(["--service", "60", "--headers", good])).stdout).toBe(
    `ok      ${good} (headers)\n1 ok, 0 broken (requests of service 60, qrCpmPayment)\n`,
  );
  const { code, stdout } = await validate(["--service", "60", "--headers", bad, "-"], String(body));
  expect([code, stdout]).toEqual([
    1,
    `broken  ${bad} (headers)  4006002 Invalid Mandatory Field X-PARTNER-ID
        required  X-PARTNER-ID is missing
        warning   X-PARTNERID is not a header of SNAP; did you mean X-PARTNER-ID?
ok      stdin
1 ok, 1 broken, 1 warning (requests of service 60, qrCpmPayment)
`,
  ]);
});

const REQUEST = `POST /snap${path} HTTP/1.1\r\n${asLines(headers as Record<string, string>).join("\r\n")}\r\n\r\n`;
const refused = { responseCode: "4036014", responseMessage: "Insufficient Funds" };
const RESPONSE = `HTTP/1.1 403 Forbidden\r\ncontent-type: application/json\r\n\r\n`;

test("an exchange as HTTP text says its service by its path, and its status by its first line", async () => {
  const both = file("good.http", `${REQUEST}${String(body)}\r\n\r\n${RESPONSE}${JSON.stringify(refused)}\n`);
  expect(await validate([both])).toEqual({
    code: 0,
    stdout: `ok      ${both} (request)\nok      ${both} (response)\n2 ok, 0 broken (exchanges)\n`,
    stderr: "",
  });
  const wrong = file(
    "bad.http",
    `${REQUEST.replace(/x-external-id.*\r\n/i, "")}{}\n${RESPONSE}{"responseCode":"4036114"}`,
  );
  const { code, stdout } = await validate([wrong]);
  expect(code).toBe(1);
  expect(stdout).toContain(`broken  ${wrong} (request)  4006002 Invalid Mandatory Field X-EXTERNAL-ID\n`);
  expect(stdout).toMatch(/ required {2}X-EXTERNAL-ID is missing\n[\s\S]* required {2}partnerReferenceNo is missing\n/);
  expect(stdout).toMatch(/\(response\)\n.*responseMessage is missing\n.*responseCode must be one of 4036000, /);
  const alone = file("alone.http", RESPONSE + JSON.stringify(refused));
  expect((await validate([alone])).stderr).toMatch(
    / has no exchange of .* a response that stands alone needs --service\n$/,
  );
  expect((await validate([alone, "--service", "60"])).code).toBe(0);
});

test("a HAR: every exchange with an operation, and no other", async () => {
  const named = Object.entries(headers as Record<string, string>).map(([name, value]) => ({ name, value }));
  const entry = (url: string, text: string, status: number, content: object) => ({
    request: { method: "POST", url, headers: named, postData: { text } },
    response: { status, headers: [], content },
  });
  const base64 = { encoding: "base64", text: Buffer.from(JSON.stringify(refused)).toString("base64") };
  const entries = [
    entry("https://pjp.example/docs", "", 200, { text: "<html>" }),
    entry(`https://pjp.example/snap${path}`, String(body), 403, base64),
    entry(`https://pjp.example${path}`, "{}", 0, {}),
  ];
  const har = file("recorded.har", JSON.stringify({ log: { entries } }));
  const { code, stdout } = await validate([har]);
  expect([code, stdout.match(/^(ok|broken) +\S+ \(.*?\)/gm)]).toEqual([
    1,
    [`ok      ${har} (request 2)`, `ok      ${har} (response 2)`, `broken  ${har} (request 3)`],
  ]);
});

const below = join(folder, "below");
mkdirSync(join(below, "deep"), { recursive: true });
for (const name of ["b.json", "a.json", "deep/c.json", "deep/d.txt"]) writeFileSync(join(below, name), String(body));

test.each([
  [below, ["a.json", "b.json", "deep/c.json"]],
  [join(below, "*.json"), ["a.json", "b.json"]],
  [join(below, "**/*.json"), ["a.json", "b.json", "deep/c.json"]],
  [join(below, "?.json"), ["a.json", "b.json"]],
  [join(below, "*/c.*"), ["deep/c.json"]],
])("%s stands for %j", async (name, files) => {
  const { code, stdout } = await validate([name, "--service", "60"]);
  expect([code, stdout.match(/^ok .*$/gm)]).toEqual([0, files.map((its) => `ok      ${join(below, its)}`)]);
});

test("with many files it is told how far it is, and that is wiped away", async () => {
  const shown: string[] = [];
  const terminal = {
    ...{ out: () => {}, err: () => {}, stdin: async () => Buffer.of(), env: {}, now: () => new Date() },
    progress: (text: string) => void shown.push(text),
  };
  const files = Array.from({ length: 25 }, () => join(below, "a.json"));
  expect(await main(["validate", ...files, "--service", "60"], terminal)).toBe(0);
  expect(shown.filter(Boolean)).toHaveLength(25);
  expect([shown.includes("snap-bi: 7 of 25 files"), shown.at(-1)]).toEqual([true, ""]);
});

test("--format github: an annotation a problem, in its line, with what is special escaped", async () => {
  const text = JSON.stringify({ ...withoutAmount, amout: amount, title: 5 }, null, 2);
  const name = file("a,b%.json", text);
  const line = text.split("\n").findIndex((its) => its.includes('"title"')) + 1;
  const typo = text.split("\n").findIndex((its) => its.includes('"amout"')) + 1;
  const { code, stdout } = await validate([name, "--service", "60", "--format", "github"]);
  const where = `file=${folder}/a%2Cb%25.json`;
  expect([code, stdout.split("\n").slice(0, 2)]).toEqual([
    1,
    [
      `::error ${where},line=${line},title=SNAP::title must be a string`,
      `::warning ${where},line=${typo},title=SNAP::amout is not a field of this service; did you mean amount?`,
    ],
  ]);
  const exchange = file("e.http", `${REQUEST}{\n"amount": {"currency": "IDR"}}`);
  expect((await validate([exchange, "--format", "github"])).stdout).toContain(
    `line=${REQUEST.split("\n").length + 1},title=SNAP request::amount.value is missing`,
  );
});
