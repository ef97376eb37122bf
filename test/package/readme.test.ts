// The README: its code is that of the examples, which run; its shell lines do what it says; the Indonesian one keeps in step.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import freePort from "get-port";
import { expect, test } from "vitest";
import { startMock } from "../../src/sandbox.ts";
import { built } from "../support/cli.ts";
import { wireOf } from "../support/receiver.ts";
import { read, root } from "../support/repository.ts";

const readme = read("README.md");
const indonesian = read("README.id.md");
/** The blocks of code in a language, or in any. */
const blocksOf = (text: string, language?: string) =>
  [...text.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)]
    .filter(([, its]) => language === undefined || its === language)
    .map(([, , code = ""]) => code);

/** Runs shell lines as they are pasted, in the repository's folder. */
async function paste(script: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const { stdout } = await promisify(execFile)("bash", ["-c", script], { cwd: root, env: { ...process.env, ...env } });
  return stdout;
}

test("has at most 240 lines", () => {
  expect(readme.trimEnd().split("\n").length).toBeLessThanOrEqual(240);
});

test("each program is a region of an example, and each region is in it", () => {
  const regions = readdirSync(join(root, "examples"))
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) => [...read(`examples/${file}`).matchAll(/^\/\/ #region \S+\n([\s\S]*?)^\/\/ #endregion$/gm)])
    .map(([, code = ""]) => code);
  expect(regions.length).toBeGreaterThan(3);
  expect(blocksOf(readme, "ts").sort()).toEqual(regions.sort());
});

test("the mock answers as it says: a code on demand, and what is wrong with a request", async () => {
  const mock = await startMock();
  const { path, headers, body } = wireOf();
  const answer = async (changes: Record<string, string>, left = "") => {
    const all = Object.entries({ ...headers, ...changes }).filter(([name]) => name !== left);
    const response = await fetch(mock.url + path, { method: "POST", headers: Object.fromEntries(all), body });
    const { responseCode, responseMessage } = (await response.json()) as Record<string, string>;
    return `${responseCode} ${responseMessage}`;
  };
  const [, prefer = ""] = /-H 'Prefer: ([^']+)'/.exec(readme) ?? [];
  expect(await answer({ Prefer: prefer })).toBe("4036014 Insufficient Funds");
  const [, without] = /without CHANNEL-ID, `([^`]+)`/.exec(readme) ?? [];
  expect(await answer({}, "CHANNEL-ID")).toBe(without);
  await mock.close();
});

test("the tour does what it says, with the client and with curl", async () => {
  const port = await freePort();
  const lines = blocksOf(readme, "sh").find((block) => block.includes("tour.ts")) ?? "";
  const url = `http://127.0.0.1:${port}`;
  const withCurl = lines.replace("(cd examples && node --import tsx tour.ts)", "$&\nexamples/tour.sh");
  expect(withCurl).toContain("\nexamples/tour.sh\n");
  const script = withCurl.replaceAll("http://127.0.0.1:4011", url).replaceAll("--port 4011", `--port ${port}`);
  // an interactive shell has job control
  const stdout = await paste(`set -m\n${script}wait\n`, { SNAP_BASE_URL: url });
  expect(stdout).toContain("\n04 refunded\n");
  const codes = [...stdout.matchAll(/^\{"responseCode":"(\d{7})"/gm)].map(([, code]) => code);
  expect(codes).toEqual(["2006000", "2006100", "2008000", "4036014"]);
  expect(stdout.replaceAll(/\s/g, "")).toContain('"payments":3,"captured":"35000.00","refunded":"35000.00"');
  expect(stdout).not.toContain("a-client-secret");
  await expect(fetch(`${url}/sandbox`)).rejects.toThrow("fetch failed");
});

test("another edition, your PJP: the five commands do what they say", async () => {
  const folder = mkdtempSync(join(tmpdir(), "snap-readme-"));
  copyFileSync(join(root, "examples/my-pjp.overlay.yaml"), join(folder, "my-pjp.overlay.yaml"));
  const { components } = JSON.parse(read("generated/profiles/bca/openapi.json"));
  writeFileSync(join(folder, "payment.json"), JSON.stringify(components.examples.QrCpmPaymentRequest.value));
  const lines = blocksOf(readme, "sh").find((block) => block.includes("snap-bi diff")) ?? "";
  const commands = lines.trim().split("\n");
  expect(commands.map((line) => line.split(" ").slice(0, 3).join(" "))).toEqual(
    ["validate", "codes", "diff", "generate", "mock"].map((name) => `npx snap-bi ${name}`),
  );
  const run = (line: string) => {
    const [, , ...args] = line.split(" ");
    return promisify(execFile)(process.execPath, [...built, ...args], { cwd: folder });
  };
  const [validate = "", codes = "", diff = "", generate = "", mock = ""] = commands;
  expect((await run(validate)).stdout).toMatch(/^ok {6}payment.json\n1 ok, 0 broken .*profile bca/);
  expect((await run(codes)).stdout).toMatch(
    /outcome +rejected\. BCA answers it where merchantId and X-PARTNER-ID do not match/,
  );
  expect((await run(diff)).stdout).toContain("acquirerName");
  expect((await run(generate)).stdout).toContain("src/snap/my-pjp/contract.ts");
  const [, , ...args] = mock.split(" ");
  const server = spawn(process.execPath, [...built, ...args, "--port", "0", "--json"], { cwd: folder });
  const [line] = (await once(server.stdout, "data")) as [Buffer];
  const { url } = JSON.parse(String(line).split("\n")[0] ?? "") as { url: string };
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`${url}/v1.1/qr/qr-cpm-payment.htm`, { method: "POST", headers, body: "{}" });
  expect(await answer.json()).toMatchObject({ responseCode: "4006002" });
  server.kill();
  rmSync(folder, { recursive: true });
}, 60_000);

test("the tarball has the name that it installs, and the contract the package's version", () => {
  const { name, version } = JSON.parse(read("package.json")) as { name: string; version: string };
  expect(readme).toContain(`\nnpm install ./${name}-${version}.tgz\n`);
  expect(readme).toContain(`not published yet: ${version} is`);
  expect(JSON.parse(read("generated/openapi.json")).info.version).toBe(version);
});

test("its links lead somewhere", () => {
  const there = new Set(readdirSync(root, { recursive: false }) as string[]);
  const links = [...`${readme}${indonesian}`.matchAll(/\]\((?!https:)([^)#]+)\)/g)].map(([, link = ""]) => link);
  expect(links.length).toBeGreaterThan(8);
  expect(links.filter((link) => !there.has(link.split("/")[0] ?? "") || read(link) === "")).toEqual([]);
});

test("README.id.md has the same code blocks, headings and tables", () => {
  expect(blocksOf(indonesian)).toEqual(blocksOf(readme));
  const outline = (text: string) =>
    text
      .replaceAll(/^```[\s\S]*?^```$/gm, "")
      .split("\n")
      .flatMap((line) => /^#+ |^\|/.exec(line)?.[0] ?? []);
  expect(outline(indonesian)).toEqual(outline(readme));
});
