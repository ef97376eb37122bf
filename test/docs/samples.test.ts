// The samples of the page: those of the shell are run as they stand, those in TypeScript are compiled.
import { execFile } from "node:child_process";
import { createPublicKey } from "node:crypto";
import { join } from "node:path";
import { promisify } from "node:util";
import ts from "typescript";
import { afterAll, beforeAll, expect, test } from "vitest";
import { EXAMPLE_PRIVATE_KEY } from "../../scripts/docs/example-key.ts";
import { startMock } from "../../src/sandbox.ts";
import { operations } from "../support/contract.ts";
import { root } from "../support/repository.ts";
import { blocksIn, elementOf, readPage } from "./page.ts";

const run = promisify(execFile);
const env = {
  SNAP_ACCESS_TOKEN: "an-access-token",
  SNAP_CLIENT_SECRET: "a-client-secret",
  SNAP_PRIVATE_KEY: EXAMPLE_PRIVATE_KEY,
};

let page = "";
let mock: Awaited<ReturnType<typeof startMock>>;
beforeAll(async () => {
  page = readPage();
  mock = await startMock({
    port: 0,
    host: "127.0.0.1",
    accessToken: env.SNAP_ACCESS_TOKEN,
    clientSecret: env.SNAP_CLIENT_SECRET,
    publicKey: createPublicKey(EXAMPLE_PRIVATE_KEY).export({ type: "spki", format: "pem" }).toString(),
  });
});
afterAll(() => mock.close());

/** A sample of an operation. */
const sampleOf = (operationId: string, key: string) =>
  blocksIn(elementOf(page, `${operationId}-call-${key}-panel`))[0] ?? "";

/** Runs a script as a reader would, but for the port and for where `npx` finds the program. */
async function shell(script: string): Promise<Record<string, unknown>> {
  const program = join(root, "dist/cli.js");
  const npx = `npx() { shift; ${process.execPath} ${program} "$@"; }`;
  const asPasted = script.replaceAll("http://127.0.0.1:4010", mock.url).replaceAll("\ncurl ", "\ncurl -sS ");
  const { stdout } = await run("bash", ["-euo", "pipefail", "-c", `${npx}\n${asPasted}`], {
    env: { ...process.env, ...env },
  });
  return JSON.parse(stdout) as Record<string, unknown>;
}

test.each(operations.map(({ operationId, service }) => [operationId, service]))(
  "%s with curl passes a mock that checks token and signature",
  async (operationId, service) => {
    const answer = await shell(sampleOf(operationId, "curl"));
    expect(answer.responseCode).toBe(`200${service}00`);
    // and is refused when the signature is another one
    const wrong = sampleOf(operationId, "curl").replace(/X-SIGNATURE: \$signature/, "X-SIGNATURE: AAAA");
    expect((await shell(wrong)).responseCode).toBe(`401${service}00`);
  },
);

test("through the proxy nothing is signed, and the body is that of the other samples", () => {
  for (const { operationId, path } of operations.filter(({ operationId: id }) => id !== "accessTokenB2b")) {
    const proxied = sampleOf(operationId, "proxy");
    expect(proxied).toContain(
      `curl http://127.0.0.1:4012${path} \\\n  -H 'Content-Type: application/json' \\\n  -d '{`,
    );
    expect(proxied).not.toMatch(/X-|Authorization/);
    const [, body] = /-d '(.*)'$/s.exec(proxied) ?? [];
    expect(sampleOf(operationId, "curl")).toContain(`body='${body}'`);
  }
});

test("the first call is answered by a mock as it is started there", async () => {
  const open = await startMock({ port: 0, host: "127.0.0.1" });
  try {
    const [, call = ""] = blocksIn(elementOf(page, "first-call"));
    expect(call).toMatch(/^curl /);
    const ask = (script: string) => shell(`\n${script.replaceAll("http://127.0.0.1:4010", open.url)}`);
    expect((await ask(call)).responseCode).toBe("2006100");
    // and what the text below it says
    const without = call.replace(/ {2}-H 'CHANNEL-ID: .*' \\\n/, "");
    expect(await ask(without)).toMatchObject({
      responseCode: "4006102",
      responseMessage: "Invalid Mandatory Field CHANNEL-ID",
    });
    const other = call.replace(" \\\n", " -H 'Prefer: code=404, example=TransactionNotFound' \\\n");
    expect((await ask(other)).responseCode).toBe("4046101");
  } finally {
    await open.close();
  }
});

/** What the compiler says of files that stand beside the package. */
function complaintsOf(files: Record<string, string>): string[] {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  const {
    tsBuildInfoFile: _,
    incremental: __,
    ...options
  } = ts.parseJsonConfigFileContent(config, ts.sys, root).options;
  const host = ts.createCompilerHost(options);
  const texts = new Map(Object.entries(files).map(([name, text]) => [join(root, "examples", name), text]));
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = (name) => texts.get(name) ?? readFile(name);
  host.fileExists = (name) => texts.has(name) || fileExists(name);
  host.getSourceFile = (name, target, ...rest) => {
    const text = texts.get(name);
    return text === undefined ? getSourceFile(name, target, ...rest) : ts.createSourceFile(name, text, target);
  };
  const program = ts.createProgram([...texts.keys()], options, host);
  return [...texts.keys()]
    .flatMap((name) => ts.getPreEmitDiagnostics(program, program.getSourceFile(name)))
    .map(({ messageText, file }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`);
}

test("those in TypeScript compile against the package", () => {
  const snap = blocksIn(elementOf(page, "first-call")).at(-1) ?? "";
  const samples = Object.fromEntries(
    operations.map(({ operationId }) => [`${operationId}.ts`, sampleOf(operationId, "ts")]),
  );
  expect(Object.values(samples).filter(Boolean)).toHaveLength(8);
  expect(complaintsOf({ "snap.ts": snap, ...samples })).toEqual([]);
  // and would not with a field that is not there
  const wrong = (samples["qrCpmQuery.ts"] ?? "").replace("originalPartnerReferenceNo", "originalReference");
  expect(complaintsOf({ "snap.ts": snap, "wrong.ts": wrong }).join()).toContain("'originalReference' does not exist");
});
