// The types of the packed package, as compilers and editors see them.
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { beforeAll, describe, expect, test } from "vitest";
import { bundle, type Schema } from "../support/contract.ts";
import { installPacked, npm, outcome, root } from "./packed.ts";

let consumer = "";
/** The compilers: ours, and the newest. */
const compilers: Record<string, string> = {
  "TypeScript 5.9": join(root, "node_modules/typescript/bin/tsc"),
  "TypeScript 7": "",
};
beforeAll(async () => {
  const { folder, consumer: installed } = await installPacked();
  consumer = installed;
  const newest = join(folder, "typescript-7");
  cpSync(new URL("./typescript-7", import.meta.url), newest, { recursive: true });
  await npm(newest, "ci");
  compilers["TypeScript 7"] = join(newest, "node_modules/typescript/bin/tsc");
}, 300_000);

const RIGHT = `
import { createSnapClient, createTokenProvider, outcomeOf, sign, type QrCpmPaymentRequest, type SnapClient, type SnapPaths } from "snap-bi-contract";
import { createSnapServer, toNodeListener } from "snap-bi-contract/node";
import { createRedisReplayStore } from "snap-bi-contract/redis";
import { createSnapHandler, snapError } from "snap-bi-contract/server";
import { validateRequest } from "snap-bi-contract/validation";
import { startSandbox, type Sandbox } from "snap-bi-contract/sandbox";
import { createSnapApi } from "snap-bi-contract/openapi-fetch";

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
declare const client: Parameters<typeof createRedisReplayStore>[0]["client"];
export const handler = createSnapHandler({
  replayStore: createRedisReplayStore({ client }),
  admit: ({ remoteAddress }) => remoteAddress === undefined || { retryAfter: 1 },
  key: () => ({ type: "symmetric", clientSecret: "secret" }),
  verifyToken: async (token) => token === "t",
  operations: {
    qrCpmNotify: ({ body }) => body.latestTransactionStatus === "00"
      ? { responseCode: "2007900", responseMessage: "Successful" }
      : snapError("4047901"),
  },
});
export const listener = toNodeListener(handler, { trustedProxies: ["10.0.0.0/8"] });
export const url: Promise<string> = createSnapServer(handler, { closeTimeout: 1000 }).listen(8080);
const api = createSnapApi({ baseUrl, partnerId: "p", channelId: "95221", accessToken, signature: { type: "symmetric", clientSecret: "s" } });
const answered = await api.POST("/v1.0/qr/qr-cpm-payment", { body });
if (answered.error?.responseCode === "4036014") console.log(answered.error.responseMessage satisfies string);
export const sandbox: Sandbox = await startSandbox({ seed: 1 });
const checked = validateRequest("qrCpmPayment", body);
if (!checked.valid) console.log(checked.answer.responseCode satisfies string);
`;

const WRONG = `
import { createSnapClient, formatResponseCode, sign } from "snap-bi-contract";
import { createSnapHandler, snapError } from "snap-bi-contract/server";
import { validateRequest } from "snap-bi-contract/validation";
declare const snap: import("snap-bi-contract").SnapClient;
/* 2353 */ snap.debitStatus({ originalPartnerReferenceNo: "1", serviceCode: "54", partnerReferenceno: "1" });
/* 2345 (2741 in 7) */ snap.debitStatus({ serviceCode: "54" });
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

/** The errors of a project, as `file:line TSnnnn`. */
async function errorsOf(compiler: string, project: string): Promise<string[]> {
  const tsc = compilers[compiler] ?? "";
  const { stdout } = await outcome(process.execPath, [tsc, "--project", project, "--pretty", "false"], project);
  const lines = stdout.split("\n").filter((line) => /^\S/.test(line));
  return lines.map((line) => line.replace(/^(.*)\((\d+),\d+\): error (TS\d+).*/, "$1:$2 $3"));
}

/** Writes files and the compiler's options into a folder of the consumer's. */
function projectOf(name: string, files: Record<string, string>, options: object): string {
  const project = join(consumer, name);
  mkdirSync(project);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(project, file), text);
  const compilerOptions = { target: "es2022", strict: true, skipDefaultLibCheck: true, noEmit: true, ...options };
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions }));
  return project;
}

const expectedErrors = (compiler: string) =>
  WRONG.split("\n").flatMap((line, at) => {
    const [, code, newer = code] = /^\/\* (\d+)(?: \((\d+) in 7\))? \*\//.exec(line) ?? [];
    return code ? [`wrong.ts:${at + 1} TS${compiler === "TypeScript 7" ? newer : code}`] : [];
  });
const PLAIN = "with what a plain install brings";
const NODE = { lib: ["es2022"], types: ["node"], typeRoots: [join(root, "node_modules/@types")] };

describe.each(["TypeScript 5.9", "TypeScript 7"])("%s", (compiler) => {
  test.each<[string, string, string, object]>([
    // what 7 does in half a second takes 5.9 four, and node16 is nodenext as far as this package goes
    ...(compiler === "TypeScript 7" ? [["node16", "node16", PLAIN, {}] as [string, string, string, object]] : []),
    ["nodenext", "nodenext", PLAIN, {}],
    ["bundler", "esnext", PLAIN, {}],
    ["nodenext", "nodenext", "with @types/node and no DOM", NODE],
  ])("under %s (module %s), %s, right use compiles and each wrong use fails with its own error", async (...all) => {
    const [moduleResolution, module, what, more] = all;
    const options = { moduleResolution, module, exactOptionalPropertyTypes: true, ...more };
    const name = [compiler, moduleResolution, what].join(" ").replaceAll(/[^\w]+/g, "-");
    const project = projectOf(name, { "right.ts": RIGHT, "wrong.ts": WRONG }, options);
    expect(await errorsOf(compiler, project)).toEqual(expectedErrors(compiler));
  });
});

describe("a CommonJS project", () => {
  const USE = 'import { outcomeOf } from "snap-bi-contract";\nconsole.log(outcomeOf("4036014") satisfies string);\n';

  test("requires every entry, for Node 20.19 and later load ES modules so", async () => {
    const entries = ["", "/server", "/validation", "/sandbox", "/openapi-fetch"].map((end) => `snap-bi-contract${end}`);
    const source = `console.log(JSON.stringify(${JSON.stringify(entries)}.map((entry) => typeof require(entry))))`;
    const { stdout } = await outcome(process.execPath, ["--input-type=commonjs", "--eval", source], consumer);
    expect(JSON.parse(stdout)).toEqual(entries.map(() => "object"));
  });

  test.each<[string, object, string[]]>([
    ["module nodenext", { module: "nodenext" }, []],
    ["module preserve (a bundler)", { module: "preserve" }, []],
    ["module node16, which knows no require of an ES module", { module: "node16" }, ["use.cts:1 TS1479"]],
    [
      "module commonjs with its old resolution, which reads no exports",
      { module: "commonjs", moduleResolution: "node10", ignoreDeprecations: "5.0" },
      ["use.cts:1 TS2307"],
    ],
  ])("under %s", async (what, options, errors) => {
    const project = projectOf(`commonjs-${what.replaceAll(/[^\w]+/g, "-")}`, { "use.cts": USE }, options);
    expect(await errorsOf("TypeScript 5.9", project)).toEqual(errors);
  });
});

/** Every field of a type with its description in the contract: `amount?.value`. */
function fieldsOf(schema: Schema, prefix = ""): { path: string; description: string }[] {
  const target = (
    typeof schema.$ref === "string" ? bundle.components.schemas[schema.$ref.split("/").at(-1) ?? ""] : schema
  ) as Schema;
  return Object.entries(target.properties ?? {}).flatMap(([name, property]) => [
    { path: prefix + name, description: String(property.description).replaceAll(/\s+/g, " ").trim() },
    ...fieldsOf(property, `${prefix}${name}?.`),
  ]);
}

/** What an editor says of the last name of each expression: its documentation, and its type. */
function hovers(head: string, expressions: string[]): { documentation: string; type: string }[] {
  const file = join(consumer, "hover.ts");
  const text = `${head}\n${expressions.map((expression) => `${expression};`).join("\n")}\n`;
  const host: ts.LanguageServiceHost = {
    getCompilationSettings: () => ({ module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2022, strict: true }),
    getScriptFileNames: () => [file],
    getScriptVersion: () => "1",
    getScriptSnapshot: (name) => {
      const found = name === file ? text : ts.sys.readFile(name);
      return found === undefined ? undefined : ts.ScriptSnapshot.fromString(found);
    },
    getCurrentDirectory: () => consumer,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (name) => name === file || ts.sys.fileExists(name),
    readFile: (name) => (name === file ? text : ts.sys.readFile(name)),
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  };
  const service = ts.createLanguageService(host);
  let end = text.indexOf("\n", head.length) + 1;
  return expressions.map((expression) => {
    end += expression.length;
    const info = service.getQuickInfoAtPosition(file, end - 1);
    end += 2;
    return {
      documentation: ts.displayPartsToString(info?.documentation).replaceAll(/\s+/g, " ").trim(),
      type: ts.displayPartsToString(info?.displayParts),
    };
  });
}

test("no doc comment of the declarations stands where no editor finds it", () => {
  const dist = join(consumer, "node_modules/snap-bi-contract/dist");
  const files = [dist, join(dist, "chunks")].flatMap((folder) =>
    readdirSync(folder).flatMap((file) => (file.endsWith(".d.ts") ? [join(folder, file)] : [])),
  );
  let comments = 0;
  for (const file of files) {
    const text = readFileSync(file, "utf8");
    const attached = new Set<number>();
    const visit = (node: ts.Node): void => {
      for (const comment of ts.getJSDocCommentsAndTags(node)) if (ts.isJSDoc(comment)) attached.add(comment.pos);
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true));
    const written = [...text.matchAll(/\/\*\*/g)].map(({ index }) => index);
    expect(written.filter((at) => !attached.has(at)).map((at) => text.slice(at, at + 80))).toEqual([]);
    comments += written.length;
  }
  expect(comments).toBeGreaterThan(800);
});

describe("in an editor", () => {
  const names = Object.keys(bundle.components.schemas);
  const declarations = [
    `import type { SnapClient, ${names.join(", ")} } from "snap-bi-contract";`,
    "declare const snap: SnapClient;",
    ...names.map((name) => `declare const a${name}: ${name};`),
  ].join("\n");

  test("every field of every body has its description: presence, and length or format in words", () => {
    const fields = names.flatMap((name) =>
      fieldsOf(bundle.components.schemas[name] ?? {}).map((field) => ({ ...field, path: `a${name}.${field.path}` })),
    );
    expect(fields.length).toBeGreaterThan(140);
    const shown = hovers(
      declarations,
      fields.map(({ path }) => path),
    );
    const wrong = fields.filter(({ description }, at) => shown[at]?.documentation !== description);
    expect(wrong).toEqual([]);
    const byPath = new Map(fields.map(({ path }, at) => [path, shown[at]?.documentation]));
    expect(byPath.get("aQrCpmPaymentRequest.partnerReferenceNo")).toBe(
      "The caller's own number of the payment, used for one payment only. Mandatory. At most 64 characters.",
    );
    expect(byPath.get("aQrCpmPaymentRequest.amount?.currency")).toBe(
      "ISO 4217 code in capitals. Mandatory. Three capital letters such as IDR.",
    );
    expect(byPath.get("aQrCpmQueryResponse.originalReferenceNo")).toBe(
      'The PJP\'s number of the payment. Mandatory, and not empty, when latestTransactionStatus is "00". At most 64 characters.',
    );
  });

  test("methods and values show the names of types, not their structure", () => {
    const [method, amount, body] = hovers(declarations, [
      "snap.qrCpmPayment",
      "aQrCpmPaymentRequest.amount",
      "aQrCpmPaymentRequest",
    ]);
    expect(method?.type).toContain("(body: QrCpmPaymentRequest, options?: SnapCallOptions");
    expect(method?.documentation).toMatch(/^Pay with a scanned QR code \(service 60, `POST /);
    expect(amount?.type).toBe("(property) amount?: Amount | undefined");
    expect(body?.type).toBe("const aQrCpmPaymentRequest: QrCpmPaymentRequest");
  });

  test("an error names the type of a body, not its structure", async () => {
    const source = `${declarations}\nsnap.qrCpmPayment({ partnerReferenceNo: "1" });\n`;
    const project = projectOf("errors", { "wrong.ts": source }, { module: "nodenext" });
    const { stdout } = await outcome(
      process.execPath,
      [compilers["TypeScript 5.9"] ?? "", "--project", project, "--pretty", "false"],
      project,
    );
    expect(stdout).toContain("is not assignable to parameter of type 'QrCpmPaymentRequest'.");
  });
});
