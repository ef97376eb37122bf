// The packed tarball as a user gets it: its files, its entries, its types, its size.
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundle, parts } from "../../scripts/bench/size.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), "snap-package-"));
const consumer = join(folder, "consumer");
let tarball = "";
let packed: string[] = [];

/** Runs a program to its end and returns its exit code and what it printed. */
async function outcome(file: string, args: string[], cwd = consumer): Promise<{ code: number; stdout: string }> {
  try {
    return { code: 0, stdout: (await run(file, args, { cwd })).stdout };
  } catch (error) {
    return error as { code: number; stdout: string };
  }
}

/** Runs a module under plain node in the consumer's folder and returns what it prints, as JSON. */
async function inConsumer(source: string): Promise<unknown> {
  return JSON.parse((await run(process.execPath, ["--input-type=module", "--eval", source], { cwd: consumer })).stdout);
}

beforeAll(async () => {
  const pack = await run("npm", ["pack", "--json", "--foreground-scripts=false", "--pack-destination", folder], {
    cwd: root,
  });
  const [report] = JSON.parse(pack.stdout) as { filename: string; files: { path: string }[] }[];
  if (!report) throw new Error("npm pack reported nothing");
  tarball = join(folder, report.filename);
  packed = report.files.map(({ path }) => path).sort();
  mkdirSync(consumer);
  writeFileSync(join(consumer, "package.json"), '{ "private": true, "type": "module" }\n');
  // the folder is named twice, for npm tells its children where the project is that it runs for
  await run(
    "npm",
    ["install", tarball, "--prefix", consumer, "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"],
    {
      cwd: consumer,
    },
  );
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true }));

test("the tarball holds these files and no other", () => {
  expect(packed).toEqual([
    "CHANGELOG.md",
    "LICENSE",
    "README.id.md",
    "README.md",
    "dist/cli.js",
    "dist/client.d.ts",
    "dist/client.js",
    "dist/codes.js",
    "dist/command-codes.js",
    "dist/command-line.js",
    "dist/command-mock.js",
    "dist/command-sandbox.js",
    "dist/command-sign.js",
    "dist/command-validate.js",
    "dist/contract.d.ts",
    "dist/contract.js",
    "dist/docs/index.html",
    "dist/guard.js",
    "dist/index.d.ts",
    "dist/index.js",
    "dist/ledger.js",
    "dist/prism.js",
    "dist/receiver.d.ts",
    "dist/receiver.js",
    "dist/sandbox.d.ts",
    "dist/sandbox.js",
    "dist/server.d.ts",
    "dist/server.js",
    "dist/signature.js",
    "dist/types.d.ts",
    "dist/validation.d.ts",
    "dist/validation.js",
    "generated/openapi.json",
    "generated/openapi.yaml",
    "package.json",
  ]);
});

test("it brings nothing with it", () => {
  const names = readdirSync(join(consumer, "node_modules")).filter((name) => !name.startsWith("."));
  expect(names).toEqual(["snap-bi-contract"]);
});

test.each([
  [
    "snap-bi-contract",
    [
      "SnapCallError",
      "createSnapClient",
      "createTokenProvider",
      "describeResponseCode",
      "formatResponseCode",
      "hashBody",
      "loadPrivateKey",
      "loadPublicKey",
      "minifyJson",
      "nextStepOf",
      "outcomeOf",
      "parseResponseCode",
      "responseMessageOf",
      "sign",
      "snapTimestamp",
      "stringToSign",
      "transactionStateOf",
      "verify",
    ],
  ],
  [
    "snap-bi-contract/server",
    ["SnapError", "SnapReplyError", "createMemoryReplayStore", "createSnapHandler", "snapError", "toNodeListener"],
  ],
  ["snap-bi-contract/validation", ["validateHeaders", "validateRequest", "validateResponse"]],
])("%s exports these names, and importing it leaves no trace", async (entry, names) => {
  const found = await inConsumer(`
    const state = () => [Object.getOwnPropertyNames(globalThis), process.eventNames(), Object.keys(process.env)].map(String);
    const before = state();
    const names = Object.keys(await import("${entry}")).sort();
    const after = state();
    console.log(JSON.stringify({ names, changed: after.filter((text, at) => text !== before[at]) }));
  `);
  expect(found).toEqual({ names, changed: [] });
});

test("the contract is read through the entries openapi.json and openapi.yaml", async () => {
  const found = await inConsumer(`
    import { readFileSync } from "node:fs";
    import { createRequire } from "node:module";
    const { openapi, paths } = createRequire(import.meta.url)("snap-bi-contract/openapi.json");
    const yaml = readFileSync(new URL(import.meta.resolve("snap-bi-contract/openapi.yaml")), "utf8");
    console.log(JSON.stringify([openapi, Object.keys(paths).length, yaml.split("\\n")[1]]));
  `);
  expect(found).toEqual(["3.1.0", 8, "openapi: 3.1.0"]);
});

test.each(["dist/signature.js", "dist/index.js", "generated/openapi.json", "src/client.ts", "README.md"])(
  "a deep import of %s is refused",
  async (path) => {
    const found = await inConsumer(
      `console.log(JSON.stringify(await import("snap-bi-contract/${path}").then(() => "imported", ({ code }) => code)));`,
    );
    expect(found).toBe("ERR_PACKAGE_PATH_NOT_EXPORTED");
  },
);

const RIGHT = `
import { createSnapClient, createTokenProvider, outcomeOf, sign, type QrCpmPaymentRequest, type SnapClient, type SnapPaths } from "snap-bi-contract";
import { createSnapHandler, snapError, toNodeListener } from "snap-bi-contract/server";
import { validateRequest } from "snap-bi-contract/validation";

const baseUrl = "https://snap.bank.example";
const accessToken = createTokenProvider({ baseUrl, clientKey: "key", privateKey: "pem" });
export const snap: SnapClient = createSnapClient({
  baseUrl, partnerId: "partner", channelId: "95221", accessToken, signature: { type: "symmetric", clientSecret: "secret" },
});
const body: QrCpmPaymentRequest = {
  partnerReferenceNo: "1", qrContent: "qr", merchantId: "m", expiryTime: "2020-12-23T07:59:11+07:00",
  amount: { value: "1.00", currency: "IDR" },
};
const { data, error } = await snap.qrCpmPayment(body);
if (error?.responseCode === "4036014") console.log(error.responseMessage satisfies string);
if (data) console.log(outcomeOf(data.responseCode ?? ""));
export const forOpenapiFetch: { fetch: (request: Request) => Promise<Response> } = snap;
export const header: NonNullable<SnapPaths["/v1.0/qr/qr-cpm-payment"]["post"]["parameters"]["header"]> = {};
export const signature: string = sign({
  type: "symmetric", method: "POST", path: "/", accessToken: "t", body: "{}", timestamp: "2020-12-23T07:59:11+07:00", clientSecret: "s",
});
export const listener = toNodeListener(createSnapHandler({
  key: () => ({ type: "symmetric", clientSecret: "secret" }),
  verifyToken: async (token) => token === "t",
  operations: {
    qrCpmNotify: ({ body }) => body.latestTransactionStatus === "00"
      ? { responseCode: "2007900", responseMessage: "Successful" }
      : snapError("4047901"),
  },
}));
const checked = validateRequest("qrCpmPayment", body);
if (!checked.valid) console.log(checked.answer.responseCode satisfies string);
`;

const WRONG = `
import { createSnapClient, formatResponseCode, sign } from "snap-bi-contract";
import { createSnapHandler, snapError } from "snap-bi-contract/server";
import { validateRequest } from "snap-bi-contract/validation";
declare const snap: import("snap-bi-contract").SnapClient;
/* 2353 */ snap.debitStatus({ originalPartnerReferenceNo: "1", serviceCode: "54", partnerReferenceno: "1" });
/* 2345 */ snap.debitStatus({ serviceCode: "54" });
/* 2322 */ snap.debitStatus({ originalPartnerReferenceNo: "1", serviceCode: "55" });
/* 2322 */ snap.debitStatus({ originalPartnerReferenceNo: 1, serviceCode: "54" });
/* 2375 */ const exact: import("snap-bi-contract").QrCpmPaymentRequest = { partnerReferenceNo: "1", qrContent: "q", merchantId: "m", expiryTime: "t", title: undefined };
/* 2345 */ createSnapClient({ baseUrl: "https://a.example", partnerId: "p", channelId: "1", signature: { type: "symmetric", clientSecret: "s" } });
/* 2345 */ formatResponseCode("403", "60", "99");
/* 2345 */ snapError("4036099");
/* 2345 */ validateRequest("qrCpmPay", {});
/* 2345 */ sign({ type: "symmetric", method: "POST", path: "/", accessToken: "t", body: "{}", timestamp: "t" });
/* 2322 */ createSnapHandler({ key: "unchecked", verifyToken: "unchecked", operations: { debitStatus: () => snapError("4036014") } });
`;

test.each([
  ["node16", "node16"],
  ["nodenext", "nodenext"],
  ["bundler", "esnext"],
])("under %s right use compiles and each wrong use fails with its own error", async (moduleResolution, module) => {
  const project = join(consumer, moduleResolution);
  mkdirSync(project);
  writeFileSync(join(project, "right.ts"), RIGHT);
  writeFileSync(join(project, "wrong.ts"), WRONG);
  const compilerOptions = {
    ...{ moduleResolution, module, target: "es2022", lib: ["es2022"] },
    ...{ types: ["node"], typeRoots: [join(root, "node_modules/@types")] },
    ...{ strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false, noEmit: true },
  };
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions }));
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const { stdout } = await outcome(process.execPath, [tsc, "--project", project, "--pretty", "false"], project);
  const found = stdout.split("\n").filter((line) => /^\S/.test(line));
  const expected = WRONG.split("\n").flatMap((line, at) => {
    const code = /^\/\* (\d+) \*\//.exec(line)?.[1];
    return code ? [`wrong.ts:${at + 1} TS${code}`] : [];
  });
  expect(found.map((line) => line.replace(/^(.*)\((\d+),\d+\): error (TS\d+).*/, "$1:$2 $3"))).toEqual(expected);
});

test("publint, strict, has nothing to say", async () => {
  const { messages, pkg } = await publint({ pack: { tarball: readFileSync(tarball).buffer }, strict: true });
  expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
});

test("attw finds every entry's types for importers of ES modules", async () => {
  const attw = join(root, "node_modules/@arethetypeswrong/cli/dist/index.js");
  // openapi.yaml has no types, for no resolution can import it
  const options = ["--profile", "esm-only", "--exclude-entrypoints", "openapi.yaml", "--format", "ascii", "--no-emoji"];
  const { code, stdout } = await outcome(process.execPath, [attw, tarball, ...options]);
  expect(stdout).toContain("snap-bi-contract/validation");
  expect(code, stdout).toBe(0);
});

test("no module of the main entry holds a validator, however it is bundled", async () => {
  const { text, files } = await bundle('export * from "snap-bi-contract"', consumer, { ignoreAnnotations: true });
  const folder = join(realpathSync(consumer), "node_modules/snap-bi-contract");
  const ours = files.map((file) => relative(folder, resolve(file))).filter((file) => file.startsWith("dist"));
  expect(ours.sort()).toEqual(["dist/client.js", "dist/codes.js", "dist/index.js", "dist/signature.js"]);
  expect(text).not.toContain("instancePath");
  const validation = await bundle('export * from "snap-bi-contract/validation"', consumer);
  expect(validation.text).toContain("instancePath");
});

test("a bundle that imports every entry and uses none is empty", async () => {
  const entries = ["snap-bi-contract", "snap-bi-contract/server", "snap-bi-contract/validation"];
  const { text } = await bundle(entries.map((entry) => `import "${entry}";`).join("\n"), consumer);
  expect(text).toBe("");
});

test.each(parts)("$what, minified and gzipped, weigh at most $aim bytes", async ({ what, source, aim }) => {
  const { text, gzipped } = await bundle(source, consumer);
  console.log(`${what}: ${text.length} bytes minified, ${gzipped} gzipped; the aim is ${aim}`);
  expect(gzipped).toBeLessThanOrEqual(aim);
});
