// A stranger with a PJP that we have never heard of: installs the package, writes an overlay of five actions, generates, compiles his
// program against it, and calls the mock of it. He has what the messages told him to install.
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { installPacked, outcome, root } from "./packed.ts";

const OVERLAY = `overlay: 1.1.0
info:
  title: My PJP
  version: 1.0.0
  description: Its portal, read in November 2026.
extends: snap-bi-contract/openapi.yaml
actions:
  - target: $.paths['/v1.0/qr/qr-cpm-payment'].post
    description: Another version of the path, with a suffix.
    update: { x-snap-path: /v1.1/qr/qr-cpm-payment.htm }
  - target: $.paths[?@.post['x-snap-service-code'] != '73'].post
    description: The asymmetric signature, and no token.
    update: { x-snap-signature: { kind: asymmetric, token: none } }
  - target: $.paths[*].post.parameters[?@['$ref'] == '#/components/parameters/CHANNEL-ID']
    description: No CHANNEL-ID.
    remove: true
  - target: $.components
    description: Who stands at the till.
    update:
      schemas:
        QrCpmPaymentRequest:
          required: [cashierId]
          properties: { cashierId: { type: string, minLength: 1, maxLength: 8, description: Who stands at the till. } }
      examples: { QrCpmPaymentRequest: { value: { cashierId: C-07 } } }
  - target: $.components.schemas.TransactionStatus
    description: A status of its own.
    update:
      enum: ["08"]
      x-snap-states: { "08": { name: expired, state: failed, why: The code ran out before it was paid. } }
`;

const APP = `import { generateKeyPairSync } from "node:crypto";
import { createSnapClient, transactionStateOf } from "snap-bi-contract";
import { startMock } from "snap-bi-contract/sandbox";
import { validateRequest } from "snap-bi-contract/validation";
import { myPjp as contract } from "./snap/my-pjp/contract.js";
import { myPjp, type QrCpmPaymentRequest } from "./snap/my-pjp/profile.js";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const calls: string[] = [];
const mock = await startMock({
  profile: contract, port: 0, publicKey,
  log: ({ method, path, responseCode }) => calls.push(\`\${method} \${path} \${responseCode}\`),
});
const snap = createSnapClient({
  profile: myPjp, baseUrl: mock.url, partnerId: "partner", signature: { type: "asymmetric", privateKey },
});
const payment: QrCpmPaymentRequest = {
  partnerReferenceNo: "1", qrContent: "qr", merchantId: "m", expiryTime: "2030-01-01T00:00:00+07:00", cashierId: "C-07",
};
const paid = await snap.qrCpmPayment(payment);
const { cashierId, ...before } = payment;
const refused = await snap.qrCpmPayment(before as QrCpmPaymentRequest);
const judged = validateRequest("qrCpmPayment", { ...payment, cashierId: "much too long" }, contract);
await mock.close();
console.log(JSON.stringify({
  calls, cashierId,
  paid: paid.data?.responseCode,
  refused: refused.error?.responseMessage,
  judged: judged.valid ? "valid" : judged.answer.responseMessage,
  state: transactionStateOf("08", myPjp),
}));
`;

const WRONG = `import { createSnapClient } from "snap-bi-contract";
import { myPjp } from "./snap/my-pjp/profile.js";
const snap = createSnapClient({ profile: myPjp, baseUrl: "https://pjp.example", partnerId: "p", signature: { type: "asymmetric", privateKey: "pem" } });
/* 2345 */ snap.qrCpmPayment({ partnerReferenceNo: "1", qrContent: "q", merchantId: "m", expiryTime: "2030-01-01T00:00:00+07:00" });
/* 2322 */ createSnapClient({ profile: myPjp, baseUrl: "https://pjp.example", partnerId: "p", channelId: "95221", signature: { type: "asymmetric", privateKey: "pem" } });
/* 2322 */ createSnapClient({ profile: myPjp, baseUrl: "https://pjp.example", partnerId: "p", accessToken: () => "t", signature: { type: "symmetric", clientSecret: "s" } });
`;

const STRICT = {
  target: "es2022",
  module: "nodenext",
  strict: true,
  skipDefaultLibCheck: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noUnusedLocals: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  noEmit: true,
  types: ["node"],
  typeRoots: [join(root, "node_modules/@types")],
};

let project = "";
const snapBi = (...args: string[]) =>
  outcome(process.execPath, ["node_modules/snap-bi-contract/dist/cli.js", ...args], project);
const generate = (...args: string[]) => snapBi("generate", "--overlay", "my-pjp.overlay.yaml", ...args);

/** Has the project find packages where this repository has them, as npm would have installed them. */
function install(...names: string[]): void {
  for (const name of names) {
    mkdirSync(dirname(join(project, "node_modules", name)), { recursive: true });
    symlinkSync(join(root, "node_modules", name), join(project, "node_modules", name), "junction");
  }
}

beforeAll(async () => {
  ({ consumer: project } = await installPacked());
  mkdirSync(join(project, "src"));
  writeFileSync(join(project, "my-pjp.overlay.yaml"), OVERLAY);
}, 300_000);

test("is told in one command what to install, by generate and by the mock, each its own", async () => {
  const { devDependencies: tested } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    devDependencies: Record<string, string>;
  };
  const command = (...names: string[]) => names.map((name) => `${name}@${tested[name]}`).join(" ");
  const missing = ["@redocly/openapi-core", "ajv", "esbuild", "openapi-typescript", "typescript"];
  expect(await generate()).toMatchObject({
    code: 2,
    stderr: `snap-bi: generate needs packages that are not installed, or in another version: npm install --save-dev ${command(...missing)}\n`,
  });
  const newest = join(project, "node_modules/typescript");
  mkdirSync(newest);
  writeFileSync(join(newest, "package.json"), '{ "version": "7.0.2" }');
  expect((await generate()).stderr).toContain(
    `typescript@${tested.typescript}; that replaces typescript 7.0.2: to keep it, install this package and these in a folder of their own`,
  );
  rmSync(newest, { recursive: true });
  const prism = ["@stoplight/prism-http", "@stoplight/prism-http-server"];
  expect(await snapBi("mock", "--port", "0")).toMatchObject({
    code: 2,
    stderr: `snap-bi: The mock needs Prism, which is not installed: npm install ${command(...prism)}\n`,
  });
  // what compares needs none of them
  expect((await snapBi("diff", "--profile", "bca")).code).toBe(0);
  install(...missing.slice(1), ...prism);
  expect(await generate()).toMatchObject({
    code: 2,
    stderr: `snap-bi: generate needs packages that are not installed, or in another version: npm install --save-dev ${command(missing[0] ?? "")}\n`,
  });
  install(missing[0] ?? "");
});

test("generates his dialect", async () => {
  const { code, stdout } = await generate();
  expect([code, stdout.split("\n")[0]]).toEqual([0, "my-pjp.overlay.yaml on published"]);
  expect(readdirSync(join(project, "src/snap/my-pjp"))).toHaveLength(7);
});

test("reads what he changed, and nothing else", async () => {
  const { stdout } = await snapBi("diff", "--profile", "src/snap/my-pjp", "--json");
  const changed = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { services: string[]; where: string; field: string })
    .map(({ services, where, field }) => [services.join(" "), where, field].join(" ").trim());
  expect(changed).toEqual([
    "59 60 61 62 79 80 55 signature",
    "59 60 61 62 79 80 55 header CHANNEL-ID",
    "60 path",
    "60 request cashierId",
    "61 response latestTransactionStatus",
    "61 79 55 status 08",
    "79 request latestTransactionStatus",
    "55 response latestTransactionStatus",
  ]);
});

test("compiles his program, and not what his PJP does not take", async () => {
  writeFileSync(join(project, "src/app.ts"), APP);
  writeFileSync(join(project, "src/wrong.ts"), WRONG);
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions: STRICT, include: ["src"] }));
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const { stdout } = await outcome(process.execPath, [tsc, "--pretty", "false"], project);
  const errors = stdout.split("\n").filter((line) => /^\S/.test(line));
  const expected = WRONG.split("\n").flatMap((line, at) => {
    const [, code] = /^\/\* (\d+) \*\//.exec(line) ?? [];
    return code ? [`src/wrong.ts:${at + 1} TS${code}`] : [];
  });
  expect(errors.map((line) => line.replace(/^(.*)\((\d+),\d+\): error (TS\d+).*/, "$1:$2 $3"))).toEqual(expected);
});

test("calls his mock: path, header, signature and field are his", async () => {
  const tsx = join(root, "node_modules/tsx/dist/esm/index.mjs");
  const { code, stdout } = await outcome(process.execPath, ["--import", tsx, "src/app.ts"], project);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    calls: ["POST /v1.1/qr/qr-cpm-payment.htm 2006000", "POST /v1.1/qr/qr-cpm-payment.htm 4006002"],
    cashierId: "C-07",
    paid: "2006000",
    refused: "Invalid Mandatory Field cashierId",
    judged: "Invalid Field Format cashierId",
    state: "failed",
  });
});
