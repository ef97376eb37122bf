// Before you go live: from an empty folder to a filled sheet, with the command line as it is built. A PJP is the sandbox, a merchant
// the receiver of the examples.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { toNodeListener } from "../../src/node.ts";
import { built, type Ran } from "../support/cli.ts";
import { started } from "../support/http.ts";

const running: ChildProcess[] = [];
afterAll(() => {
  for (const child of running) child.kill("SIGKILL");
  vi.unstubAllEnvs();
});

/** An empty folder of somebody who has a pair of keys. */
function company() {
  const folder = mkdtempSync(join(tmpdir(), "snap-go-live-"));
  const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const privatePem = pair.privateKey.export({ type: "pkcs8", format: "pem" });
  const publicPem = pair.publicKey.export({ type: "spki", format: "pem" });
  writeFileSync(join(folder, "private.pem"), privatePem);
  writeFileSync(join(folder, "public.pem"), publicPem);
  const snapBi = (args: string[], env: Record<string, string> = {}): Promise<Ran> =>
    new Promise((resolve) => {
      const options = { cwd: folder, env: { PATH: process.env.PATH, ...env } };
      execFile(process.execPath, [...built, ...args], options, (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
      );
    });
  /** Starts a sandbox there, and resolves to the first line that it prints. */
  const sandbox = (...args: string[]): Promise<{ url: string; developerSite?: Record<string, string> }> =>
    new Promise((resolve) => {
      const options = [...built, "sandbox", "--json", "--port", "0", ...args];
      const child = spawn(process.execPath, options, { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
      running.push(child);
      child.stdout.once("data", (line: Buffer) => resolve(JSON.parse(line.toString().split("\n")[0] ?? "")));
    });
  return { folder, publicKey: pair.publicKey, snapBi, sandbox };
}

/** The rows of a filled sheet: number and result. */
function resultsIn(folder: string, name = "functional-test"): string[] {
  for (const ending of ["xlsx", "html"]) expect(existsSync(join(folder, `${name}.${ending}`))).toBe(true);
  const rows = readFileSync(join(folder, `${name}.md`), "utf8").match(/^\| \d+\.\d+ \|.*\|$/gm) ?? [];
  return rows.map((row) => row.split(" | ")).map((cells) => `${cells[0]?.slice(2)} ${cells[4]}`.trim());
}

// each waits for the next second between its rows, so they run side by side
test.concurrent("a partner tests a PJP", async () => {
  const { folder, snapBi, sandbox } = company();
  expect(await snapBi(["conform", "--init"])).toMatchObject({ code: 0, stderr: "" });
  const secret = "--client-secret=s3cret-of-the-sandbox";
  const { url } = await sandbox(secret, "--public-key", "public.pem", "--token-lifetime", "900");
  const env = { SNAP_CLIENT_SECRET: "s3cret-of-the-sandbox", SNAP_CLIENT_KEY: "my-client" };
  const ran = await snapBi(["conform", "--target", url, "--only", "60,55", "--evidence", "sheet", "--lang", "id"], env);
  expect(ran).toMatchObject({ code: 0, stderr: "" });
  expect(ran.stdout).toContain("16 passed, 0 not passed, 0 not tested; the evidence is in sheet\n");
  const numbers = (group: number) => [1, 2, 3, 4, 5, 6, 7].map((place) => `${group}.${place} PASS`);
  // those that are ours come at the end
  expect(resultsIn(join(folder, "sheet"))).toEqual([...numbers(2), ...numbers(7), "2.8 PASS", "7.8 PASS"]);
  expect(readdirSync(join(folder, "sheet/exchanges"))).toHaveLength(16);
  expect(readFileSync(join(folder, "sheet/functional-test.md"), "utf8")).not.toContain("s3cret-of-the-sandbox");
});

test.concurrent("a PJP tests the receiver of the examples", async () => {
  const { folder, publicKey, snapBi } = company();
  const { handler, publicKeys } = await import("../../examples/notifications.ts");
  publicKeys.set("my-pjp", { type: "asymmetric", publicKey });
  const { url, close } = await started(toNodeListener(handler));
  expect(await snapBi(["conform", "--init", "--role", "merchant"])).toMatchObject({ code: 0 });
  const ran = await snapBi(["conform", "--target", url, "--evidence", "sheet"]);
  await close();
  expect(ran).toMatchObject({ code: 0, stderr: "" });
  expect(resultsIn(join(folder, "sheet"))).toEqual([
    ...["6.1", "6.2 PASS", "6.3 PASS", "6.4 PASS", "6.5 PASS", "6.6 PASS", "6.7 PASS"],
    ...["8.1", "8.2", "8.3", "8.4", "8.5", "8.6", "6.8 PASS"],
  ]);
  expect(ran.stdout).toContain(
    "not tested  6.1  CPM Notify (79): Access token invalid: no access token is sent: the asymmetric signature does without (token)\n",
  );
});

test.concurrent("a company rehearses the developer site's test", async () => {
  const { folder, snapBi, sandbox } = company();
  const { url, developerSite } = await sandbox("--developer-site");
  const { clientKey = "", clientSecret = "", privateKey = "" } = developerSite ?? {};
  await snapBi(["conform", "--init"]);
  writeFileSync(join(folder, "private.pem"), privateKey);
  const env = { SNAP_CLIENT_SECRET: clientSecret, SNAP_CLIENT_KEY: clientKey };
  const ran = await snapBi(["conform", "--developer-site", "--target", `${url}/api`, "--evidence", "site"], env);
  expect(ran).toMatchObject({ code: 0, stderr: "" });
  expect(ran.stdout).toContain("18 passed, 0 not passed, 0 not tested; the evidence is in site\n");
  const rows = [1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((number) => [`${number}.1 PASS`, `${number}.2 PASS`]);
  expect(resultsIn(join(folder, "site"), "developer-site-test")).toEqual(rows);
});

test.concurrent("Ctrl-C ends a run with the evidence of what ran", async () => {
  const { folder, snapBi, sandbox } = company();
  const { url } = await sandbox("--client-secret=s3cret-of-the-sandbox", "--public-key", "public.pem");
  await snapBi(["conform", "--init"]);
  const child = spawn(process.execPath, [...built, "conform", "--target", url, "--only", "55", "--evidence", "sheet"], {
    cwd: folder,
    env: { PATH: process.env.PATH, SNAP_CLIENT_SECRET: "s3cret-of-the-sandbox", SNAP_CLIENT_KEY: "my-client" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.push(child);
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (printed += chunk));
  await expect.poll(() => printed, { timeout: 30_000 }).toContain("7.1");
  child.kill("SIGINT");
  const [code] = (await once(child, "exit")) as [number];
  expect(code).toBe(1);
  expect(printed).toContain("snap-bi: stopping after this scenario; Ctrl-C again ends at once, without evidence\n");
  expect(printed).toMatch(/not tested {2}7\.8 {2}Direct Debit Status \(55\): Pending: the run was stopped\n/);
  const results = resultsIn(join(folder, "sheet"));
  expect(results).toHaveLength(8);
  expect(results.at(-1)).toBe("7.8");
});
