// collections/ as people run them: Bruno's command line and newman, through the signing proxy, against a mock and a sandbox that
// check tokens and signatures.
import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type ProxyLogEntry, type RunningServer, startMock, startProxy, startSandbox } from "../../../src/sandbox.ts";
import { type Check, type Context, root } from "../support/context.ts";

/** How many requests there are: each answer of each operation, and the life of a payment. */
const ANSWERS = 8 * 63;
const LIFE = 6;
/** The services of which the sandbox gives any answer on demand. */
const FORCED = ["59", "60", "61", "62", "80"];
/** These it gives for a payment that it knows, as the requests say of themselves. */
const FOR_A_KNOWN_PAYMENT = ["2026200 RequestInProgress", "2028000 RequestInProgress", "5048000 Timeout"];

/** What a run came to: how many tests ran, and which requests failed theirs. */
interface Run {
  tests: number;
  failed: string[];
}

/** Runs folders of a collection, or all of it, against a proxy. */
type Runner = (baseUrl: string, folders: "all" | { life: boolean; answersOf: readonly string[] }) => Promise<Run>;

/** Starts a server that checks everything, and the proxy before it, which signs for `clientSecret`. */
async function behindProxy(
  start: (checked: object) => Promise<RunningServer>,
  run: (baseUrl: string, log: ProxyLogEntry[]) => Promise<void>,
  clientSecret = "the-secret",
): Promise<void> {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const server = await start({ clientSecret: "the-secret", publicKey, tokenLifetime: 900 });
  const log: ProxyLogEntry[] = [];
  const proxy = await startProxy({
    ...{ target: server.url, partnerId: "collections", channelId: "95221" },
    signature: { type: "symmetric", clientSecret },
    token: { clientKey: "collections", privateKey },
    log: (entry) => log.push(entry),
  });
  try {
    await run(proxy.url, log);
  } finally {
    await Promise.all([proxy.close(), server.close()]);
  }
}

async function prove(runner: Runner): Promise<void> {
  await behindProxy(startMock, async (url, log) => {
    const run = await runner(url, "all");
    // it remembers nothing
    assert.deepEqual(run, { tests: ANSWERS + LIFE, failed: ["Query it again"] });
    const findings = log.flatMap((entry) => entry.findings);
    assert.deepEqual([log.length, findings], [ANSWERS + LIFE, []]);
  });
  await behindProxy(startSandbox, async (url, log) => {
    const run = await runner(url, { life: true, answersOf: FORCED });
    const tests = LIFE + FORCED.length * 62;
    assert.deepEqual({ ...run, failed: run.failed.sort() }, { tests, failed: FOR_A_KNOWN_PAYMENT });
    assert.deepEqual(
      log.flatMap((entry) => entry.findings),
      [],
    );
  });
  // the tests can fail, and the signature counts
  await behindProxy(
    startSandbox,
    async (url, log) => {
      const { failed } = await runner(url, { life: true, answersOf: [] });
      assert.equal(failed.length, LIFE);
      assert.ok(log.every(({ responseCode }) => /^401..00$/.test(responseCode ?? "")));
    },
    "another secret",
  );
}

interface BrunoReport {
  results: { name: string; error: unknown; testResults: { status: string }[] }[];
}

export const bruno: Check = (context) =>
  prove(async (baseUrl, folders) => {
    const collection = context.path("bruno");
    cpSync(join(root, "collections/bruno"), collection, { recursive: true });
    const paths =
      folders === "all"
        ? []
        : [
            ...(folders.life ? ["life-of-a-payment"] : []),
            ...folders.answersOf.map((service) => join(brunoFolderOf(context, service), "other-answers")),
          ];
    // the default sandbox takes half a second a script
    const options = [
      "-r",
      "--sandbox",
      "developer",
      "--env-var",
      `baseUrl=${baseUrl}`,
      "--reporter-json",
      "report.json",
    ];
    // in each run a test fails, which is looked at below
    await context.tool("@usebruno/cli", "bru", ["run", ...paths, ...options], { cwd: collection, code: 1 });
    const report = JSON.parse(context.read("bruno/report.json")) as BrunoReport | BrunoReport[];
    const results = [report].flat().flatMap((one) => one.results);
    const isFailed = ({ error, testResults }: (typeof results)[number]) =>
      Boolean(error) || testResults.some(({ status }) => status !== "pass");
    const tests = results.flatMap(({ testResults }) => testResults).length;
    return { tests, failed: results.filter(isFailed).map(({ name }) => name) };
  });

const brunoFolderOf = ({ contract }: Context, service: string): string => {
  const { paths } = JSON.parse(readFileSync(contract.json, "utf8")) as Paths;
  const found = Object.values(paths).find(({ post }) => post["x-snap-service-code"] === service);
  const id = found?.post.operationId ?? "";
  return `${service}-${id.replace(/([a-z\d])([A-Z])/g, "$1-$2").toLowerCase()}`;
};
interface Paths {
  paths: Record<string, { post: { operationId: string; "x-snap-service-code": string } }>;
}

interface NewmanReport {
  run: { stats: { assertions: { total: number } }; failures: { source: { name: string } }[] };
}

export const newman: Check = (context) =>
  prove(async (baseUrl, folders) => {
    const names =
      folders === "all"
        ? []
        : [
            ...(folders.life ? ["Life of a payment (sandbox)"] : []),
            ...folders.answersOf.map((service) => `Other answers of ${service}`),
          ];
    const chosen = names.flatMap((name) => ["--folder", name]);
    const reporter = ["--reporters", "json", "--reporter-json-export", "report.json", "--suppress-exit-code"];
    const collection = join(root, "collections/postman.json");
    const args = ["run", collection, "--env-var", `baseUrl=${baseUrl}`, ...chosen, ...reporter];
    await context.tool("newman", "newman", args);
    const { run } = JSON.parse(context.read("report.json")) as NewmanReport;
    return { tests: run.stats.assertions.total, failed: run.failures.map(({ source }) => source.name) };
  });
