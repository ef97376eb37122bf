// The README's code runs as printed, against real servers, and type-checks.
import { execFile } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import freePort from "get-port";
import ts from "typescript";
import { afterAll, expect, test } from "vitest";
import type { RequestValidationResult } from "../../src/contract/validation.ts";
import { createSnapClient } from "../../src/index.ts";
import { startMock } from "../../src/sandbox.ts";
import { createSnapHandler, toNodeListener } from "../../src/server.ts";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const blocks = [...readme.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code = ""]) => code);
const [tour = "", sandbox = "", call = "", receive = "", validate = ""] = blocks;

const folder = mkdtempSync(fileURLToPath(new URL("./readme-", import.meta.url)));
afterAll(() => rmSync(folder, { recursive: true }));

const lines = (code: string) => code.split("\n").filter((line) => line.trim()).length;

/** Makes a module whose `run` is a block of the README, with what the block takes for granted as parameters. */
function moduleOf(name: string, block: string, parameters: string, result = ""): string {
  const imports = block.match(/^import .*$/gm) ?? [];
  const body = block.replaceAll(/^import .*$\n/gm, "");
  const head = imports.map((line) =>
    line
      .replace('"snap-bi-contract/server"', '"../../src/server.ts"')
      .replace('"snap-bi-contract/sandbox"', '"../../src/sandbox.ts"')
      .replace('"snap-bi-contract/validation"', '"../../src/validation.ts"')
      .replace('"snap-bi-contract"', '"../../src/index.ts"'),
  );
  const file = join(folder, `${name}.ts`);
  writeFileSync(
    file,
    [
      ...head,
      'import type { KeyObject } from "node:crypto";',
      'import type { SnapKey } from "../../src/server.ts";',
      `export async function run(${parameters}) {`,
      body.replace(
        "createServer(toNodeListener(handler)).listen(8080)",
        "return createServer(toNodeListener(handler)).listen(0)",
      ),
      result,
      "}",
      "export type Unused = KeyObject | SnapKey;",
    ].join("\n"),
  );
  const program = ts.createProgram([file], {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    allowJs: true,
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    lib: ["lib.es2023.d.ts"],
    types: ["node"],
  });
  const complaints = ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  expect(complaints).toEqual([]);
  return file;
}

async function urlOf(server: Server): Promise<string> {
  if (!server.listening) await new Promise((resolve) => server.once("listening", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

test("the first call by curl answers what the README says", async () => {
  const mock = await startMock();
  const curl = /^curl -i[\s\S]*?qr-cpm-query$/m.exec(readme)?.[0] ?? "";
  const paste = async (extra: string) =>
    (await promisify(execFile)("bash", ["-c", `${curl.replace("http://127.0.0.1:4010", mock.url)} -s ${extra}`]))
      .stdout;
  expect(await paste("")).toMatch(/^HTTP\/1.1 200 OK[\s\S]*\{"responseCode":"2006100",/);
  expect(await paste("-H 'Prefer: code=403, example=InsufficientFunds'")).toContain('"responseCode":"4036114"');
  await mock.close();
});

/** The tour's shell lines, in the order in which they are pasted. */
const shell = [...(/^## A tour[\s\S]*?(?=^## )/m.exec(readme)?.[0] ?? "").matchAll(/^```sh\n([\s\S]*?)^```$/gm)]
  .map(([, code = ""]) => code)
  .join("");

/** A copy of what the tour needs of the repository: it builds dist/, which other tests read and build at the same time. */
function repositoryCopy(): string {
  const copy = join(folder, "repository");
  // node_modules is found further up
  for (const name of ["package.json", "tsconfig.json", "tsdown.config.ts", "src", "generated"]) {
    cpSync(new URL(`../../${name}`, import.meta.url), join(copy, name), { recursive: true });
  }
  return copy;
}

test("the tour does what it says, pasted line by line and with the client", async () => {
  const port = await freePort();
  const at = (code: string) =>
    code.replaceAll("127.0.0.1:4011", `127.0.0.1:${port}`).replaceAll("--port 4011", `--port ${port}`);
  moduleOf("tour", at(tour), "console: { log(...line: unknown[]): void }");
  const cwd = repositoryCopy();
  writeFileSync(join(cwd, "tour.ts"), at(tour));
  // an interactive shell has job control
  const script = `set -m\n${at(shell)}wait\n`;
  const { stdout } = await promisify(execFile)("bash", ["-c", script], { cwd });
  const codes = [...stdout.matchAll(/^\{"responseCode":"(\d{7})"/gm)].map(([, code]) => code);
  expect(codes).toEqual(["2006000", "2006100", "2008000", "4036014"]);
  expect(stdout).toContain('"held":"5000.00"');
  expect(stdout).toContain("\n04 refunded\n");
  expect(stdout).not.toContain("a-client-secret");
  await expect(fetch(`http://127.0.0.1:${port}/sandbox`)).rejects.toThrow("fetch failed");
});

test("the tarball has the name that the README installs, and the contract the package's version", () => {
  const read = (file: string) => JSON.parse(readFileSync(new URL(`../../${file}`, import.meta.url), "utf8"));
  const { name, version } = read("package.json") as { name: string; version: string };
  expect(readme).toContain(`\nnpm install ./${name}-${version}.tgz\n`);
  expect(readme).toContain(`not published yet: ${version} is`);
  expect(read("generated/openapi.json").info.version).toBe(version);
});

test("the sandbox in a test of one's own lets ten minutes pass", async () => {
  const file = moduleOf("sandbox", sandbox, "merchantUrl: string, console: { log(...line: unknown[]): void }");
  const { run } = (await import(file)) as { run: (...args: unknown[]) => Promise<void> };
  const printed: unknown[] = [];
  await run("http://127.0.0.1:9", { log: (...line: unknown[]) => printed.push(...line) });
  expect(printed).toMatchObject([[], { payments: 0, held: "0.00" }, []]);
});

test("README.id.md has the same code blocks, headings and tables", () => {
  const indonesian = readFileSync(new URL("../../README.id.md", import.meta.url), "utf8");
  const code = (text: string) => [...text.matchAll(/^```[\s\S]*?^```$/gm)].map(([block]) => block);
  expect(code(indonesian)).toEqual(code(readme));
  const outline = (text: string) =>
    text
      .replaceAll(/^```[\s\S]*?^```$/gm, "")
      .split("\n")
      .flatMap((line) => /^#+ |^\|/.exec(line)?.[0] ?? []);
  expect(outline(indonesian)).toEqual(outline(readme));
});

test("has five blocks, and of these ten lines to call and fifteen to receive", () => {
  expect(blocks).toHaveLength(5);
  expect(lines(call)).toBeLessThanOrEqual(11);
  expect(lines(receive)).toBeLessThanOrEqual(15);
});

test("the call gets a token, signs, and prints the status of the payment", async () => {
  const pjp = createServer(
    toNodeListener(
      createSnapHandler({
        key: ({ operation }) =>
          operation === "accessTokenB2b"
            ? { type: "asymmetric", publicKey }
            : { type: "symmetric", clientSecret: "a secret" },
        verifyToken: (token) => token === "a-token",
        operations: {
          accessTokenB2b: () => ({
            responseCode: "2007300",
            responseMessage: "Successful",
            accessToken: "a-token",
            tokenType: "Bearer",
            expiresIn: "900",
          }),
          qrCpmQuery: () => ({
            responseCode: "2006100",
            responseMessage: "Successful",
            latestTransactionStatus: "06",
            paidTime: "2020-12-23T08:04:11+07:00",
          }),
        },
      }),
    ),
  ).listen(0);
  const file = moduleOf(
    "call",
    call,
    "baseUrl: string, clientKey: string, privateKey: KeyObject, clientSecret: string, console: { log(line: unknown): void }",
  );
  const { run } = (await import(file)) as { run: (...args: unknown[]) => Promise<void> };
  const printed: unknown[] = [];
  await run(await urlOf(pjp), "a client", privateKey, "a secret", { log: (line: unknown) => printed.push(line) });
  pjp.close();
  expect(printed).toEqual(["06"]);
});

test("the receiver books a notification that is signed without a token, and refuses one that is not", async () => {
  const booked: unknown[][] = [];
  const file = moduleOf(
    "receive",
    receive,
    "publicKeys: Map<string, SnapKey>, book: (reference: string | undefined, status: string) => Promise<void>",
  );
  const { run } = (await import(file)) as { run: (...args: unknown[]) => Promise<Server> };
  const server = await run(
    new Map([["A PJP", { type: "asymmetric", publicKey }]]),
    async (...what: unknown[]) => void booked.push(what),
  );
  const baseUrl = await urlOf(server);
  const body = {
    merchantId: "00007100010926",
    originalPartnerReferenceNo: "1",
    latestTransactionStatus: "00",
  } as const;

  const pjp = createSnapClient({
    baseUrl,
    partnerId: "A PJP",
    channelId: "95221",
    signature: { type: "asymmetric", privateKey },
  });
  expect((await pjp.qrCpmNotify(body)).data).toEqual({ responseCode: "2007900", responseMessage: "Successful" });
  const stranger = createSnapClient({
    baseUrl,
    partnerId: "Nobody",
    channelId: "95221",
    signature: { type: "asymmetric", privateKey },
  });
  expect((await stranger.qrCpmNotify(body)).error?.responseMessage).toBe("Unauthorized. [Unknown client]");
  server.close();
  expect(booked).toEqual([["1", "00"]]);
});

test("the validation answers what the README says", async () => {
  const file = moduleOf(
    "validate",
    validate.replace('validateRequest("qrCpmPayment"', 'return validateRequest("qrCpmPayment"'),
    "body: unknown",
  );
  const { run } = (await import(file)) as { run: (body: unknown) => Promise<RequestValidationResult> };
  const body = {
    partnerReferenceNo: "1",
    qrContent: "hduvY...",
    merchantId: "00007100010926",
    expiryTime: "2020-12-23T07:59:11+07:00",
    amount: { currency: "IDR" },
  };
  expect(await run(body)).toEqual({
    valid: false,
    violations: [{ path: "amount.value", rule: "required", expected: "to be there" }],
    answer: { responseCode: "4006002", responseMessage: "Invalid Mandatory Field amount.value" },
  });
});
