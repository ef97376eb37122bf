// The workflows of openapi/workflows, as `redocly respect` runs them through the signing proxy against a sandbox and a mock that check
// tokens and signatures.
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { redoclyBin, redoclyEnv, root } from "../../scripts/redocly/run.ts";
import type { RunningServer } from "../../src/host/host.ts";
import { createTokenProvider } from "../../src/index.ts";
import { type ProxyLogEntry, startMock, startProxy, startSandbox } from "../../src/sandbox.ts";
import { privateKey, publicKey } from "../support/keys.ts";

interface Arazzo {
  workflows: { workflowId: string; steps: { stepId: string; successCriteria: { condition: string }[] }[] }[];
  components: object;
}

/** What `--json-output` holds, as far as it is looked at. */
interface Report {
  files: Record<string, { executedWorkflows: { workflowId: string; executedSteps: ReportedStep[] }[] }>;
}
interface ReportedStep {
  stepId: string;
  status: string;
  request: { headers: Record<string, string> };
  checks: { name: string; passed: boolean; condition?: string }[];
}

/** One step that ran. */
interface Ran extends ReportedStep {
  /** File, workflow and step. */
  name: string;
}

const CLIENT_SECRET = "secret-of-the-sandbox";
const folder = join(root, "openapi/workflows");
const files = readdirSync(folder).map((file) => join(folder, file));
const read = (file: string) => parse(readFileSync(file, "utf8")) as Arazzo;
const nameOf = (file: string, workflowId: string, stepId: string) =>
  [basename(file, ".arazzo.yaml"), workflowId, stepId].join(" ");

/** Every step as it is written, and its conditions. */
const written = files.flatMap((file) =>
  read(file).workflows.flatMap(({ workflowId, steps }) =>
    steps.map(({ stepId, successCriteria }) => ({
      name: nameOf(file, workflowId, stepId),
      conditions: successCriteria.map(({ condition }) => condition),
    })),
  ),
);
const workflowCount = files.flatMap((file) => read(file).workflows).length;

let scratch = "";
let sandbox: RunningServer;
let mock: RunningServer;
/** The proxies before them, and what they logged. */
let toSandbox: RunningServer;
let toMock: RunningServer;
const logged: ProxyLogEntry[] = [];

/** Starts a proxy that signs with these. */
const proxyTo = ({ url: target }: RunningServer, clientSecret = CLIENT_SECRET) => {
  const token = { clientKey: "workflows", privateKey };
  return startProxy({
    ...{ target, partnerId: "workflows", channelId: "95221" },
    signature: { type: "symmetric", clientSecret },
    accessToken: createTokenProvider({ baseUrl: target, ...token }),
    token,
    log: (entry) => logged.push(entry),
  });
};
beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), "snap-workflows-"));
  // writes down whom a process connects to, before anything of the process runs
  writeFileSync(
    join(scratch, "hook.cjs"),
    `const { Socket } = require("node:net");
     const { connect } = Socket.prototype;
     Socket.prototype.connect = function (...args) {
       const { host, port } = [args[0]].flat()[0];
       require("node:fs").appendFileSync(process.env.CONNECTIONS, host + ":" + port + "\\n");
       return connect.apply(this, args);
     };`,
  );
  cpSync(folder, join(scratch, "openapi/workflows"), { recursive: true });
  mkdirSync(join(scratch, "generated"));
  cpSync(join(root, "generated/openapi.yaml"), join(scratch, "generated/openapi.yaml"));
  const checked = { clientSecret: CLIENT_SECRET, publicKey, tokenLifetime: 900 };
  [sandbox, mock] = await Promise.all([startSandbox(checked), startMock(checked)]);
  [toSandbox, toMock] = await Promise.all([proxyTo(sandbox), proxyTo(mock)]);
});
afterAll(async () => {
  await Promise.all([toSandbox, toMock, sandbox, mock].map((server) => server.close()));
  rmSync(scratch, { recursive: true });
});

let runs = 0;

/** Runs workflows against a server, as a user would. */
async function respect(server: { url: string }, inputs: Record<string, string>, which = files) {
  runs += 1;
  const [json, connections] = ["json", "txt"].map((ending) => join(scratch, `${runs}.${ending}`)) as [string, string];
  writeFileSync(connections, "");
  const args = ["-S", `snap=${server.url}`, "-i", JSON.stringify(inputs), "--json-output", json];
  const child = spawn(
    process.execPath,
    ["--require", join(scratch, "hook.cjs"), redoclyBin, "respect", ...which, ...args],
    { cwd: root, env: { ...redoclyEnv, CONNECTIONS: connections }, stdio: ["ignore", "pipe", "pipe"] },
  );
  const exited = new Promise<number | null>((resolve) => child.once("close", resolve));
  const [exitCode, stdout, stderr] = await Promise.all([exited, text(child.stdout), text(child.stderr)]);
  const report = JSON.parse(readFileSync(json, "utf8")) as Report;
  const ran = Object.entries(report.files).flatMap(([file, { executedWorkflows }]) =>
    executedWorkflows.flatMap(({ workflowId, executedSteps }) =>
      executedSteps.map((step): Ran => ({ ...step, name: nameOf(file, workflowId, step.stepId) })),
    ),
  );
  return {
    exitCode,
    output: stdout + stderr,
    ran,
    calledHosts: new Set(readFileSync(connections, "utf8").trim().split("\n")),
  };
}

type Run = Awaited<ReturnType<typeof respect>>;

/** The steps that failed, each with the conditions or checks that did. */
const failuresOf = ({ ran }: Run) =>
  Object.fromEntries(
    ran
      .filter(({ status }) => status !== "success")
      .map(({ name, checks }) => [name, checks.filter(({ passed }) => !passed).map((it) => it.condition ?? it.name)]),
  );

/** That every step ran and passed, every one of its conditions was looked at, and its answer was held against the contract. */
function expectAllPassed(run: Run, what: string): void {
  expect(failuresOf(run)).toEqual({});
  expect(run.exitCode).toBe(0);
  const criteriaOf = ({ checks }: Ran) => checks.filter(({ name }) => name === "success criteria check");
  expect(
    run.ran.map((step) => ({ name: step.name, conditions: criteriaOf(step).map(({ condition }) => condition) })),
  ).toEqual(written);
  for (const { checks } of run.ran) {
    expect(checks.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["status code check", "content-type check", "schema check"]),
    );
  }
  const conditions = written.flatMap((step) => step.conditions).length;
  console.log(
    `workflows against ${what}: ${workflowCount} workflows, ${run.ran.length} steps and ${conditions} conditions passed`,
  );
}

describe("every step passes", () => {
  test("against the sandbox, and again on the same day", async () => {
    // under two names, for a file is run once
    const copies = files.map((file) => join(scratch, "openapi/workflows", basename(file)));
    const run = await respect(toSandbox, {}, [...files, ...copies]);
    expectAllPassed({ ...run, ran: run.ran.slice(0, written.length) }, "the sandbox");
    expectAllPassed({ ...run, ran: run.ran.slice(written.length) }, "the same sandbox again");

    const externalIds = run.ran.map(({ request }) => request.headers["x-external-id"]).filter((id) => id !== undefined);
    // all steps but the one that asks for a token, and one of each run that is used twice
    expect([externalIds.length, new Set(externalIds).size]).toEqual([2 * written.length - 2, 2 * written.length - 4]);
    expect(run.calledHosts).toEqual(new Set([new URL(toSandbox.url).host]));
  });

  test("against the mock", async () => {
    expectAllPassed(await respect(toMock, { server: "mock" }), "the mock");
  });
});

describe("fails", () => {
  test("where a condition is wrong", async () => {
    const file = join(scratch, "openapi/workflows/qr-cpm-payment.arazzo.yaml");
    const right = readFileSync(file, "utf8");
    const wrong = right.replace(
      "$response.body#/responseCode == '2007900'",
      "$response.body#/responseCode == '2007901'",
    );
    expect(wrong).not.toBe(right);
    writeFileSync(file, wrong);
    const run = await respect(toSandbox, {}, [file]);
    expect(failuresOf(run)).toEqual({ "qr-cpm-payment pay notify": ["$response.body#/responseCode == '2007901'"] });
    expect(run.exitCode).toBe(1);
    expect(run.output).toContain("1 failed");
  });

  test("where the server answers something else, or what the contract does not have", async () => {
    const liar = await startLiar((path, body) => {
      if (path.endsWith("-query") && "latestTransactionStatus" in body) body.latestTransactionStatus = "00";
      if (path.endsWith("-refund")) body.responseMessage = "";
      return body;
    });
    const toLiar = await proxyTo(liar);
    logged.length = 0;
    const run = await respect(toLiar, {});
    await Promise.all([toLiar.close(), liar.close()]);
    const isStatus = (status: string) => [
      `$inputs.server == 'mock' || $response.body#/latestTransactionStatus == '${status}'`,
    ];
    expect(failuresOf(run)).toEqual({
      "errors over-limit query": isStatus("06"),
      "errors pending query": isStatus("03"),
      "errors insufficient-funds query": isStatus("06"),
      "qr-cpm-cancel cancel query": isStatus("05"),
      "qr-cpm-refund refund refundPart": ["schema check"],
    });
    // the proxy sees it as well, where it is the contract that is broken
    expect(logged.flatMap(({ findings }) => findings)).toContain("responseMessage must not be empty");
    expect(run.exitCode).toBe(1);
  });

  test("where the mock is asked what it remembers", async () => {
    const run = await respect(toMock, {});
    const failed = Object.values(failuresOf(run)).flat();
    expect(failed.length).toBeGreaterThan(5);
    expect(failed.filter((condition) => !condition.startsWith("$inputs.server == 'mock' || "))).toEqual([]);
    expect(run.exitCode).toBe(1);
  });

  test("where the sandbox does not take the signature", async () => {
    const file = join(folder, "qr-cpm-cancel.arazzo.yaml");
    const other = await proxyTo(sandbox, "another secret");
    logged.length = 0;
    const run = await respect(other, {}, [file]);
    await other.close();
    expect(Object.keys(failuresOf(run))).toEqual([
      "qr-cpm-cancel cancel generate",
      "qr-cpm-cancel cancel-other-amount generate",
    ]);
    expect(new Set(logged.map(({ responseCode }) => responseCode))).toEqual(new Set(["4015900"]));
    expect(run.exitCode).toBe(1);
    // without the proxy nothing is signed
    expect((await respect(sandbox, {}, [file])).exitCode).toBe(1);
  });
});

test("npm run workflows starts a checked sandbox and the proxy, and passes; with -S it starts nothing", async () => {
  const run = async (...args: string[]) => {
    const child = spawn(process.execPath, ["--import", "tsx", "scripts/redocly/workflows.ts", ...args], { cwd: root });
    const exited = new Promise((resolve) => child.once("close", resolve));
    const [code, stdout, stderr] = await Promise.all([exited, text(child.stdout), text(child.stderr)]);
    return { code, output: stdout + stderr };
  };
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    scripts: { workflows: string };
  };
  expect(scripts.workflows).toBe("node --import tsx scripts/redocly/workflows.ts");
  const checked = await run();
  expect(checked.output).toContain("✓ qr-cpm-refund.arazzo.yaml");
  expect(checked.code).toBe(0);
  const elsewhere = await run("-S", `snap=${sandbox.url}`);
  expect(elsewhere.code).toBe(1);
});

test("the files share their inputs and headers, which Arazzo cannot take from another file", () => {
  const [first, ...others] = files.map((file) => read(file).components);
  for (const components of others) expect(components).toEqual(first);
});

/** A server that passes everything on to the sandbox, and changes what it answers. */
async function startLiar(change: (path: string, body: Record<string, unknown>) => object): Promise<RunningServer> {
  const server = createServer(async (incoming, outgoing) => {
    const path = incoming.url ?? "";
    const { host: _, connection: __, "content-length": ___, ...headers } = incoming.headers;
    const answer = await fetch(sandbox.url + path, {
      method: "POST",
      headers: headers as Record<string, string>,
      body: await text(incoming),
    });
    outgoing.writeHead(answer.status, { "content-type": "application/json" });
    outgoing.end(JSON.stringify(change(path, (await answer.json()) as Record<string, unknown>)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
