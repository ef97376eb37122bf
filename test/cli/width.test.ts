// What is printed on a terminal is no wider than it is, but for words that are there to be copied: those are never broken.
import { describe, expect, test } from "vitest";
import { inColumns } from "../../src/cli/args.ts";
import { lineOf, linesOf } from "../../src/cli/log-line.ts";
import { COMMANDS } from "../../src/cli/main.ts";
import { labelled, processTerminal, remark, wrapped } from "../../src/cli/terminal.ts";
import type { LogEntry } from "../../src/sandbox.ts";
import { snapBi } from "../support/cli.ts";
import { file } from "./support.ts";

const body = file("width.json", '{"partnerReferenceNo":"p","amout":{"value":"1"},"merchantId":7}');
const secrets = { SNAP_CLIENT_SECRET: "secret-of-a-test", SNAP_ACCESS_TOKEN: "token-of-a-test" };
const signed = ["sign", "--path", "/v1.0/qr/qr-cpm-query", "--body", body, "--timestamp", "2020-12-23T07:50:11+07:00"];

/** Lines that are wider, and not one word or what is signed. */
const tooWide = (text: string, columns: number) =>
  text.split("\n").filter((line) => line.length > columns && /\S {1,2}\S/.test(line.trim()));

describe.each([60, 80, 100])("on %i columns", (columns) => {
  test.each([
    [[]],
    [["--help"]],
    ...Object.keys(COMMANDS).map((name) => [[name, "--help"]]),
    [["codes", "4036014"]],
    [["codes", "4046299"]],
    [["codes", "9999999"]],
    [["codes", "08"]],
    [["codes", "no such thing at all"]],
    [["codes", "token"]],
    [["validate", body, "--service", "60"]],
    [["validate", "nowhere.json", "--service", "60"]],
    [signed],
    [[...signed, "--check", "AAAA"]],
    [[...signed, "--check", "AAAA", "--base-url", "https://pjp.example"]],
    [["conform", "--run", body]],
    [["mock", "--without-token"]],
    [["proxy", "--target", "http://pjp.example"]],
  ])("%j", async (args) => {
    const { stdout, stderr } = await snapBi(args, { env: secrets, columns });
    expect(stdout + stderr).not.toBe("");
    expect(tooWide(stdout + stderr, columns)).toEqual([]);
  });
});

test("a signature, its string to sign and its body stay whole, below what they are called", async () => {
  const { stdout } = await snapBi(signed, { env: secrets, columns: 60 });
  const piped = await snapBi(signed, { env: secrets });
  const values = piped.stdout.trimEnd().split("\n");
  expect(values.map((line) => line.slice(0, 16).trim())).toEqual([
    "type",
    "minified body",
    "its SHA-256",
    "string to sign",
    "X-TIMESTAMP",
    "X-SIGNATURE",
  ]);
  for (const line of values) expect(stdout).toContain(line.slice(16));
  expect(stdout).toContain("\nX-SIGNATURE\n");
});

const entry: LogEntry = {
  time: "2020-12-23T07:50:11+07:00",
  method: "POST",
  path: "/v1.0/qr/qr-cpm-payment",
  operation: "qrCpmPayment",
  service: "60",
  status: 401,
  responseCode: "4016000",
  responseMessage: "Unauthorized. [Signature]",
  step: "signature",
  partnerId: "82150823919040624621",
  externalId: "41807553358950093184162180797837",
  duration: 1.25,
};

test("a request is one line in a file, and goes on below its method on a terminal", () => {
  expect(lineOf(entry)).toBe(
    "07:50:11 POST /v1.0/qr/qr-cpm-payment [60] 4016000 Unauthorized. [Signature] (signature)  partner 82150823919040624621  id 41807553358950093184162180797837  1.3 ms",
  );
  expect(lineOf(entry, { columns: 80 }).split("\n")).toEqual([
    "07:50:11 POST /v1.0/qr/qr-cpm-payment [60] 4016000 Unauthorized. [Signature]",
    "         (signature)",
    "         partner 82150823919040624621 id 41807553358950093184162180797837 1.3 ms",
  ]);
  expect(lineOf(entry, { columns: 50, colours: true }).split("\n")).toEqual([
    "07:50:11 POST /v1.0/qr/qr-cpm-payment [60] \u001b[33m4016000\u001b[39m",
    "         Unauthorized. [Signature] (signature)",
    "         partner 82150823919040624621 id",
    "         41807553358950093184162180797837 1.3 ms",
  ]);
});

test("the proxy's lines as well", () => {
  const findings = ["amount.value must be 1 to 16 digits, a point and 2 decimals, such as 10000.00"];
  const answered = { ...entry, externalId: "1", by: "target", tries: 1, findings, duration: 2 } as const;
  const lines = linesOf(answered, { columns: 60 });
  expect(lines).toEqual([
    "07:50:11 POST /v1.0/qr/qr-cpm-payment [60] 4016000\n         Unauthorized. [Signature] (target, 2 ms)",
    "         breaks the contract: amount.value must be 1 to 16\n         digits, a point and 2 decimals, such as 10000.00",
  ]);
});

test("what a server says of itself when it starts is broken between words, and an address never", () => {
  const address = `http://127.0.0.1:4010/${"a".repeat(60)}`;
  const rows: [string, string][] = [
    ["signature", "any is accepted; --client-secret and --public-key check it"],
    ["what it knows", address],
  ];
  expect(labelled(rows, { ...processTerminal, columns: 60, colours: false })).toEqual([
    "signature       any is accepted; --client-secret and\n                --public-key check it",
    `what it knows   ${address}`,
  ]);
  const told: string[] = [];
  remark(
    { ...processTerminal, columns: 40, err: (line) => told.push(line) },
    "the body is not JSON; it is signed all the same",
  );
  expect(told).toEqual(["snap-bi: the body is not JSON; it is\nsigned all the same"]);
});

test("help shows what can be typed in bold, where colours are wanted", async () => {
  const { code, stdout } = await snapBi(["codes", "--help"], { columns: 80, colours: true });
  expect([code, stdout.includes("  \u001b[1m--profile NAME\u001b[22m  ")]).toEqual([0, true]);
  const plain = await snapBi(["codes", "--help"], { columns: 80 });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it takes colours away
  expect(stdout.replace(/\u001b\[\d+m/g, "")).toBe(plain.stdout);
});

test("status and case code stay together, and on a narrow terminal what an option does stands below it", () => {
  expect(wrapped("a wrong one is 401 00 and", 0, 20)).toBe("a wrong one is\n401 00 and");
  expect(wrapped("of 429 requests 10 are", 0, 15)).toBe("of 429 requests\n10 are");
  expect(inColumns([["--port PORT", "port to listen on"]], { columns: 40 })).toBe(
    "  --port PORT\n      port to listen on",
  );
  expect(inColumns([["--port PORT", "port to listen on"]], { columns: 60 })).toBe("  --port PORT  port to listen on");
});
