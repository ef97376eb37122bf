// `snap-bi sign --profile`: signs as a profile says, and refuses what it does not take.
import { expect, test } from "vitest";
import { UsageError } from "../../../src/cli/args.ts";
import { signedAs } from "../../../src/cli/sign/dialect.ts";
import type { Material } from "../../../src/cli/sign/material.ts";
import { stepsOf } from "../../../src/cli/sign/steps.ts";
import { verdictOf } from "../../../src/cli/sign/verdict.ts";
import type { Terminal } from "../../../src/cli/terminal.ts";
import { type Contract, published } from "../../../src/contract/contract.ts";
import { ENV, hmac, privateKey, rsa, SECRET, sha, snapBi, TIME, TOKEN } from "./support.ts";

const NOTIFY = "/webhook/v1.0/qr/qr-cpm-notify?x=1";
const SIGNED = "/v1.0/qr/qr-cpm-notify?x=1";
const textOf = (path: string) => `POST:${path}:${TOKEN}:${sha("{}")}:${TIME}`;
const signing = ["--body", "-", "--timestamp", TIME];

/** Signs and prints the signature alone. */
async function signed(args: string[], env: Record<string, string> = ENV) {
  const { code, stdout, stderr } = await snapBi([...signing, ...args, "--quiet"], { env, stdin: "{}" });
  return [code, stdout.trimEnd(), stderr];
}

test("Midtrans signs a notification without the receiver's base path, with its query", async () => {
  expect(await signed(["--path", NOTIFY, "--profile", "midtrans"])).toEqual([0, hmac(textOf(SIGNED)), ""]);
  expect(await signed(["--path", SIGNED, "--profile", "midtrans"])).toEqual([0, hmac(textOf(SIGNED)), ""]);
  expect(await signed(["--path", NOTIFY, "--profile", "published"])).toEqual([0, hmac(textOf(NOTIFY)), ""]);
  const steps = await snapBi([...signing, "--path", NOTIFY, "--profile", "midtrans"], { env: ENV, stdin: "{}" });
  expect(steps.stdout).toContain(`string to sign  POST:${SIGNED}:`);
});

test("--check holds a signature against what the profile has signed", async () => {
  const check = (signature: string, more: string[]) =>
    snapBi([...signing, "--path", NOTIFY, `--check=${signature}`, ...more], { env: ENV, stdin: "{}" });
  expect((await check(hmac(textOf(SIGNED)), ["--profile", "midtrans"])).code).toBe(0);
  expect((await check(hmac(textOf(SIGNED)), [])).code).toBe(1);
  expect((await check(hmac(textOf(NOTIFY)), ["--profile", "midtrans"])).code).toBe(1);
});

test("where a profile leaves no choice, the variable of the other kind is not asked about", async () => {
  const both = { ...ENV, SNAP_PRIVATE_KEY: privateKey };
  const path = "/v1.0/debit/status";
  expect(await signed(["--path", path, "--profile", "midtrans"], both)).toEqual([0, hmac(textOf(path)), ""]);
});

test.each([
  [
    ["--path", "/v1.0/debit/status", "--profile", "midtrans", "--private-key", "env:SNAP_PRIVATE_KEY"],
    "debitStatus of midtrans must be signed symmetrically: give --client-secret, as env:NAME or @FILE",
  ],
  [
    ["--path", "/v1.0/qr/qr-cpm-payment", "--profile", "midtrans"],
    '--path must lead to an operation of the profile midtrans, such as /v1.0/qr/qr-cpm-notify, /v1.0/debit/status, /v1.0/access-token/b2b, not "/v1.0/qr/qr-cpm-payment"',
  ],
  [
    ["--path", NOTIFY, "--profile", "midtrans", "--base-url", "https://shop.example"],
    "--base-url is for --check; qrCpmNotify of midtrans is signed over the path, without scheme and host",
  ],
])("%j is refused", async (args, line) => {
  const env = args.includes("--private-key") ? { SNAP_PRIVATE_KEY: privateKey } : ENV;
  const { code, stderr } = await snapBi([...signing, ...args], { env, stdin: "{}" });
  expect([code, stderr]).toEqual([2, `snap-bi: ${line}\n`]);
});

// no profile of this package signs the whole URL today; one of your own may
const { qrCpmQuery } = published.operations;
const whole: Contract = {
  ...published,
  name: "whole",
  basePath: "/snap",
  operations: { qrCpmQuery: { ...qrCpmQuery, signedPath: "url", signature: "asymmetric" } },
};

test("the whole URL: with the base URL's scheme and host, and not without", async () => {
  const said: string[] = [];
  const terminal = { err: (line: string) => void said.push(line) } as Terminal;
  const path = `/snap${qrCpmQuery.path}`;
  const as = signedAs(whole, { path, baseUrl: "https://pjp.example/snap", checking: false }, terminal);
  expect(as).toEqual({ path, url: `https://pjp.example${path}`, kind: "asymmetric", whose: "qrCpmQuery of whole" });
  for (const baseUrl of [undefined, "pjp.example"])
    expect(() => signedAs(whole, { path, baseUrl, checking: false }, terminal)).toThrow(UsageError);
  expect(said).toEqual([]);
  signedAs(whole, { path: qrCpmQuery.path, baseUrl: "https://a", checking: true }, terminal);
  expect(said).toEqual([`snap-bi: whole serves this under ${path}; the path is signed as given`]);

  const material = {
    ...{ type: "symmetric", method: "POST", path, url: as.url, timestamp: TIME, accessToken: TOKEN },
    ...{ body: Buffer.from("{}"), clientSecret: SECRET, clientKey: undefined },
    ...{ privateKey: undefined, publicKey: undefined },
  } as const satisfies Material;
  const steps = stepsOf(material, "base64", true);
  expect(steps.stringToSign).toBe(textOf(`https://pjp.example${path}`));
  expect(steps.signature).toBe(hmac(textOf(`https://pjp.example${path}`)));
  const judge = (signature: string) => verdictOf(signature, material, steps, {}, terminal);
  expect((await judge(hmac(textOf(`https://pjp.example${path}`)))).right).toBe(true);
  expect((await judge(hmac(textOf(path)))).right).toBe(false);
  const { diagnosis } = await judge(rsa("x"));
  expect(diagnosis?.explanations.flat().map(({ name }) => name)).not.toContain("absolute-url");
});
