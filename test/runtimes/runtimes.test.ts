// The packed package in each runtime: everything that a runtime could do otherwise than the Node that the other tests run in.
import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../src/sandbox.ts";
import { installPacked, type Packed } from "../package/packed.ts";
import { type Started, started } from "../support/http.ts";
import { privateKey, publicKey } from "../support/keys.ts";
import { CLIENT_SECRET, exampleOf, PARTNER } from "../support/receiver.ts";
import type { Settings } from "./checks.js";
import { copyChecks, installRuntimes, type Outcome, outcomesIn, outcomesInWorkerd, runtimes } from "./runtimes.ts";

/** Every check; one that a runtime does not report has failed. */
const CHECKS = [
  "imports the main entry",
  "imports validation",
  "imports server",
  "imports openapi-fetch",
  "signs and verifies symmetrically",
  "signs and verifies asymmetrically",
  "calls the sandbox with a token and a signature",
  "calls the sandbox with a wrong signature, and is refused",
  "calls the sandbox through openapi-fetch",
  "follows no redirect of a call",
  "follows no redirect of a request for a token",
  "receives a web Request, rightly and wrongly signed",
  "receives over its own server, rightly and wrongly signed",
  "validates requests, responses and headers",
];
/** It is a server of Node's; Cloudflare Workers do not listen on a port. */
const SANDBOX = "runs the sandbox";

let packed: Packed;
let sandbox: Sandbox;
let redirecting: Started;
/** How many requests came to the sandbox after a redirect. */
let followed = 0;
let settings: Settings;

beforeAll(async () => {
  // one after the other: together npm takes longer
  await installRuntimes();
  packed = await installPacked();
  copyChecks(packed.consumer);
  const spki = publicKey.export({ type: "spki", format: "pem" }) as string;
  sandbox = await startSandbox({
    clientSecret: CLIENT_SECRET,
    publicKey: spki,
    tokenLifetime: 900,
    log: ({ path }) => {
      if (path.startsWith("/followed")) followed += 1;
    },
  });
  redirecting = await started((_, response) => response.writeHead(307, { location: `${sandbox.url}/followed` }).end());
  settings = {
    sandboxUrl: sandbox.url,
    redirectUrl: redirecting.url,
    partnerId: PARTNER,
    clientSecret: CLIENT_SECRET,
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }) as string,
    publicKey: spki,
    generate: exampleOf.qrCpmGenerate.request as unknown as Settings["generate"],
    notify: exampleOf.qrCpmNotify.request as unknown as Settings["notify"],
  };
});

afterAll(async () => {
  await sandbox?.close();
  await redirecting?.close();
  if (packed) rmSync(packed.folder, { recursive: true });
});

const rows: [string, string[], () => Promise<Outcome[]>][] = [
  ...Object.entries(runtimes).map<(typeof rows)[number]>(([name, runtime]) => [
    name,
    [`runs as ${runtime.agent}`, ...CHECKS, SANDBOX],
    () => outcomesIn(runtime, packed.consumer, settings),
  ]),
  ["workerd", ["runs as Cloudflare-Workers", ...CHECKS], () => outcomesInWorkerd(packed.consumer, settings)],
];

describe.each(rows)("%s", (_, checks, run) => {
  let outcomes: Outcome[];
  beforeAll(async () => {
    outcomes = await run();
  });

  test.each(checks)("%s", (name) => {
    const found = outcomes.filter(({ check }) => check === name);
    expect(found.map(({ error }) => error ?? "done")).toEqual(["done"]);
  });

  test("reports these checks and no others", () => {
    expect(outcomes.map(({ check }) => check)).toEqual(checks);
  });
});

test("no request came to the place that the redirects led to", () => {
  expect(followed).toBe(0);
});
