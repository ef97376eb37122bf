// The packed tarball as a user gets it: its files, its entries, its size.
import { readdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { beforeAll, expect, test } from "vitest";
import { bundle, parts } from "../../scripts/bench/size.ts";
import { names } from "../support/profiles.ts";
import { installPacked, outcome, root } from "./packed.ts";

let consumer = "";
let tarball = "";
let packed: string[] = [];
beforeAll(async () => {
  ({ consumer, tarball, packed } = await installPacked());
}, 300_000);

/** Runs a module under plain node in the consumer's folder and returns what it prints, as JSON. */
async function inConsumer(source: string): Promise<unknown> {
  const { stdout } = await outcome(process.execPath, ["--input-type=module", "--eval", source], consumer);
  return JSON.parse(stdout);
}

test("the tarball holds these files and no other", () => {
  const profiles = names.flatMap((name) => [
    ...[".d.ts", ".js", "/contract.d.ts", "/contract.js"].map((end) => `dist/profiles/${name}${end}`),
    ...["openapi-3.0.json", "openapi.json", "openapi.yaml"].map((file) => `generated/profiles/${name}/${file}`),
    `openapi/profiles/${name}.overlay.yaml`,
  ]);
  const others = [
    "CHANGELOG.md",
    "LICENSE",
    "README.id.md",
    "README.md",
    "dist/chunks/bundle.js",
    "dist/chunks/cli.js",
    "dist/chunks/client.d.ts",
    "dist/chunks/client.js",
    "dist/chunks/command-codes.js",
    "dist/chunks/command-conform.js",
    "dist/chunks/command-diff.js",
    "dist/chunks/command-generate.js",
    "dist/chunks/command-init.js",
    "dist/chunks/command-mock.js",
    "dist/chunks/command-profile-file.js",
    "dist/chunks/command-proxy.js",
    "dist/chunks/command-sandbox.js",
    "dist/chunks/command-sign.js",
    "dist/chunks/command-validate.js",
    "dist/chunks/conform.js",
    "dist/chunks/console-server.js",
    "dist/chunks/contract.d.ts",
    "dist/chunks/contract.js",
    "dist/chunks/differences.js",
    "dist/chunks/doctor.js",
    "dist/chunks/files.js",
    "dist/chunks/host.d.ts",
    "dist/chunks/host.js",
    "dist/chunks/http-server.js",
    "dist/chunks/line.js",
    "dist/chunks/mock.d.ts",
    "dist/chunks/mock.js",
    "dist/chunks/node-listener.js",
    "dist/chunks/prism.js",
    "dist/chunks/profiles.js",
    "dist/chunks/project.js",
    "dist/chunks/proxy.d.ts",
    "dist/chunks/proxy.js",
    "dist/chunks/receiver.d.ts",
    "dist/chunks/receiver.js",
    "dist/chunks/sandbox.d.ts",
    "dist/chunks/sandbox.js",
    "dist/chunks/snap.d.ts",
    "dist/chunks/snap.js",
    "dist/chunks/what-breaks.js",
    "dist/cli.js",
    "dist/docs/console.html",
    "dist/docs/index.html",
    "dist/index.d.ts",
    "dist/index.js",
    "dist/node.d.ts",
    "dist/node.js",
    "dist/openapi-fetch.d.ts",
    "dist/openapi-fetch.js",
    "dist/redis.d.ts",
    "dist/redis.js",
    "dist/sandbox.d.ts",
    "dist/sandbox.js",
    "dist/server.d.ts",
    "dist/server.js",
    "dist/validation.d.ts",
    "dist/validation.js",
    "generated/openapi-3.0.json",
    "generated/openapi.json",
    "generated/facts.json",
    "generated/openapi.yaml",
    "openapi/profiles/README.md",
    "generated/run.schema.json",
    "package.json",
  ];
  expect([...packed].sort()).toEqual([...others, ...profiles].sort());
});

test("it brings openapi-fetch with it, and nothing else", () => {
  const names = readdirSync(join(consumer, "node_modules")).filter((name) => !name.startsWith("."));
  expect(names).toEqual(["openapi-fetch", "openapi-typescript-helpers", "snap-bi-contract"]);
});

test.each([
  [
    "snap-bi-contract",
    [
      "SnapCallError",
      "certificateProblem",
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
      "waitForOutcome",
    ],
  ],
  [
    "snap-bi-contract/server",
    [
      "SnapError",
      "SnapReplyError",
      "WireRequest",
      "checkReplayStore",
      "createMemoryReplayStore",
      "createSnapHandler",
      "snapError",
    ],
  ],
  ["snap-bi-contract/node", ["createSnapServer", "toNodeListener"]],
  ["snap-bi-contract/redis", ["createRedisReplayStore", "createRedisTokenCache"]],
  ["snap-bi-contract/validation", ["validateHeaders", "validateRequest", "validateResponse"]],
  ["snap-bi-contract/openapi-fetch", ["createSnapApi"]],
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

test("the schema of run files is read through its entry", async () => {
  const found = await inConsumer(`
    import { createRequire } from "node:module";
    console.log(JSON.stringify(createRequire(import.meta.url)("snap-bi-contract/run.schema.json").title));
  `);
  expect(found).toBe("Run file of snap-bi conform");
});

test("init writes a project that depends on the file that it was installed from", async () => {
  const cli = join(consumer, "node_modules/snap-bi-contract/dist/cli.js");
  const { code } = await outcome(process.execPath, [cli, "init", "made", "--role", "pjp"], consumer);
  const { dependencies } = JSON.parse(readFileSync(join(consumer, "made/package.json"), "utf8"));
  expect([code, dependencies]).toEqual([0, { "snap-bi-contract": `file:${realpathSync(tarball)}` }]);
});

test("conform says which package it needs, before it sends anything", async () => {
  const run = {
    ...{ role: "pjp", target: "http://127.0.0.1:1", partnerId: "me", channelId: "95221", data: { merchantId: "1" } },
    ...{ signature: { type: "symmetric", clientSecret: "env:SECRET" }, token: { accessToken: "env:SECRET" } },
  };
  for (const name of ["run.yaml", "run.json"]) writeFileSync(join(consumer, name), JSON.stringify(run));
  const cli = join(consumer, "node_modules/snap-bi-contract/dist/cli.js");
  const conform = (...args: string[]) =>
    outcome(process.execPath, [cli, "conform", ...args], consumer, { SECRET: "a-secret" });
  expect(await conform()).toMatchObject({
    code: 2,
    stderr:
      "snap-bi: a run file in YAML needs the package yaml, which is not installed: npm install yaml (or write the file as JSON, named .json)\n",
  });
  expect(await conform("--run", "run.json", "--evidence", "evidence")).toMatchObject({
    code: 2,
    stderr:
      "snap-bi: the evidence needs the package write-excel-file, which is not installed: npm install write-excel-file\n",
  });
  // without evidence a run file in JSON needs neither; nobody listens there
  const ran = await conform("--run", "run.json", "--only", "2.6");
  expect(ran).toMatchObject({ code: 1, stderr: "" });
  expect(ran.stdout).toContain("NOT PASS    2.6");
});

test.each(["dist/chunks/snap.js", "dist/index.js", "generated/openapi.json", "src/client/client.ts", "README.md"])(
  "a deep import of %s is refused",
  async (path) => {
    const found = await inConsumer(
      `console.log(JSON.stringify(await import("snap-bi-contract/${path}").then(() => "imported", ({ code }) => code)));`,
    );
    expect(found).toBe("ERR_PACKAGE_PATH_NOT_EXPORTED");
  },
);

test("what makes profiles is loaded by the command line alone, when it is asked to", () => {
  const dist = join(consumer, "node_modules/snap-bi-contract/dist");
  const files = readdirSync(dist, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".js"));
  const naming = (pattern: RegExp) => files.filter((file) => pattern.test(readFileSync(join(dist, file), "utf8")));
  const peer = /\b(from|import\() ?"(@redocly\/openapi-core|ajv|esbuild|openapi-typescript|typescript)(\/[^"]*)?"/;
  expect(naming(peer).sort()).toEqual(["chunks/command-profile-file.js", "chunks/project.js"]);
  expect(naming(/\bfrom "\.\/project\.js"/)).toEqual([]);
  expect(naming(/import\("\.\/project\.js"\)/)).toEqual(["chunks/command-generate.js"]);
  // nor does a client, wherever it runs, load what reads files
  expect(naming(/"\.\/files\.js"/)).not.toContain("chunks/client.js");
  expect(readFileSync(join(dist, "chunks/snap.js"), "utf8")).not.toMatch(/"node:(fs|module|path|url)"|files\.js/);
});

test("publint, strict, has nothing to say", async () => {
  const { messages, pkg } = await publint({ pack: { tarball: readFileSync(tarball).buffer }, strict: true });
  expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
});

test("attw finds every entry's types for importers of ES modules", async () => {
  const attw = join(root, "node_modules/@arethetypeswrong/cli/dist/index.js");
  // openapi.yaml has no types, for no resolution can import it
  const options = ["--profile", "esm-only", "--exclude-entrypoints", "openapi.yaml", "--format", "ascii", "--no-emoji"];
  const { code, stdout } = await outcome(process.execPath, [attw, tarball, ...options], consumer);
  expect(stdout).toContain("snap-bi-contract/validation");
  expect(code, stdout).toBe(0);
});

test("no module of the main entry holds a validator, however it is bundled", async () => {
  const { text, files } = await bundle('export * from "snap-bi-contract"', consumer, { ignoreAnnotations: true });
  const folder = join(realpathSync(consumer), "node_modules/snap-bi-contract");
  const ours = files.map((file) => relative(folder, resolve(file))).filter((file) => file.startsWith("dist"));
  expect(ours.sort()).toEqual(["client", "snap"].map((room) => `dist/chunks/${room}.js`));
  expect(text).not.toContain("instancePath");
  // nor openapi-fetch, which has an entry of its own
  expect(files.filter((file) => file.includes("openapi-fetch"))).toEqual([]);
  const validation = await bundle('export * from "snap-bi-contract/validation"', consumer);
  expect(validation.text).toContain("instancePath");
});

test("a bundle of the client has no message of the catalogue, which the validators have", async () => {
  const [client, validating] = await Promise.all(parts.map(({ source }) => bundle(source, consumer)));
  expect(client?.text).not.toContain("Insufficient Funds");
  expect(validating?.text).toContain("Insufficient Funds");
});

test("a client with a profile has that profile's light half, and nothing else of any", async () => {
  const { source = "" } = parts.find(({ what }) => what.endsWith("profile")) ?? {};
  const { text, files } = await bundle(source, consumer);
  expect(files.filter((file) => file.includes("dist/profiles/")).map((file) => file.replace(/.*dist/, "dist"))).toEqual(
    ["dist/profiles/bca.js"],
  );
  expect(text).not.toContain("instancePath");
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
