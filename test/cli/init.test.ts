// `snap-bi init`: what it writes runs at once, in either language, for every PJP; and what it asks and refuses.
import { execFile } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { profiles } from "../../generated/profiles/index.ts";
import { main } from "../../src/cli/main.ts";
import { startSandbox } from "../../src/sandbox.ts";
import { snapBi } from "../support/cli.ts";
import { root } from "../support/repository.ts";

const run = promisify(execFile);

/** An empty folder in which the repository's package is installed, and what a project in TypeScript needs beside it. */
function installed(): string {
  const folder = mkdtempSync(join(tmpdir(), "snap-init-"));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules/snap-bi-contract"));
  for (const name of ["tsx", "typescript", "@types"])
    symlinkSync(join(root, "node_modules", name), join(folder, "node_modules", name));
  return folder;
}

/** Runs a script of the project's package.json as npm does, and returns what it printed. */
async function script(folder: string, name: string, more: Record<string, string> = {}): Promise<string> {
  const { scripts } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  const [command = "", ...args] = (scripts[name] ?? "").split(" ");
  const program =
    command === "node" ? [process.execPath] : [process.execPath, join(root, "node_modules/.bin", command)];
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const ran = await run(program[0] ?? "", [...program.slice(1), ...args], {
    cwd: folder,
    env: { ...env, ...more },
  }).catch((error: { stdout: string; stderr: string }) => {
    throw new Error(error.stdout + error.stderr);
  });
  return ran.stdout;
}

const written = async (folder: string, ...args: string[]) => {
  const { code, stdout, stderr } = await snapBi(["init", folder, ...args]);
  expect([code, stderr]).toEqual([0, ""]);
  return stdout;
};

test.each(["published", ...Object.keys(profiles)])(
  "a merchant's program in JavaScript calls a sandbox of %s and prints a success",
  async (profile) => {
    const folder = join(installed(), "a", "project");
    await written(folder, "--role", "merchant", "--profile", profile, "--language", "js");
    expect(await script(folder, "start")).toMatch(
      /^calls http:\S+\n(qrCpmPayment: 2006000|debitStatus: 2005500), success\n$/,
    );
  },
);

test.each([
  ["merchant", "ts", ["--profile", "bca"]],
  ["merchant", "js", ["--profile", "published"]],
  ["pjp", "ts", []],
  ["pjp", "js", []],
])("the test of a project of a %s in %s passes", async (role, language, more) => {
  const folder = installed();
  const stdout = await written(folder, "--role", role, "--language", language, ...more);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (name) => !name.startsWith("node_modules") && /\.\w+$/.test(name),
  );
  for (const name of files) expect(stdout).toContain(`wrote ${join(folder, name)}\n`);
  expect(files.includes("tsconfig.json")).toBe(language === "ts");
  for (const name of files) expect(readFileSync(join(folder, name), "utf8")).not.toMatch(/[«»]|\.EXT|undefined,/);
  expect(await script(folder, "test")).toMatch(/pass 1\b[\s\S]*fail 0\b/);
});

test("a merchant's program calls whom .env names, each time with another reference", async () => {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const folder = installed();
  await written(folder, "--role", "merchant", "--language", "js", "--profile", "published");
  writeFileSync(join(folder, ".env"), `SNAP_BASE_URL=${sandbox.url}\nSNAP_PARTNER_ID=from-env\n`);
  for (const _ of [1, 2])
    expect(await script(folder, "start")).toBe(`calls ${sandbox.url}\nqrCpmPayment: 2006000, success\n`);
  expect(sandbox.payments().map(({ partnerId }) => partnerId)).toEqual(["from-env", "from-env"]);
});

test("a PJP's program says in a line that its port is taken", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void taken.close());
  await once(taken, "listening");
  const { port } = taken.address() as AddressInfo;
  const folder = installed();
  await written(folder, "--role", "pjp", "--language", "js");
  await expect(script(folder, "start", { PORT: `${port}` })).rejects.toThrow(
    `cannot listen on port ${port}: listen EADDRINUSE: address already in use 127.0.0.1:${port}; set PORT to another\n`,
  );
});

test("a program in TypeScript is right under strict rules", async () => {
  for (const more of [["merchant", "--profile", "bca"], ["merchant", "--profile", "dana"], ["pjp"]]) {
    const folder = installed();
    await written(folder, "--role", ...more, "--language", "ts");
    expect(await script(folder, "types")).toBe("");
  }
});

/** Runs it with somebody at the terminal, who gives these answers. */
async function asked(folder: string, answers: string[]) {
  const questions: string[] = [];
  const said: string[] = [];
  const code = await main(["init", folder], {
    out: () => {},
    err: (line) => void said.push(line),
    ask: async (question) => {
      questions.push(question);
      return answers.shift() ?? "";
    },
    stdin: async () => Buffer.of(),
    env: {},
    now: () => new Date(),
  });
  return { code, questions, said };
}

test("what is not given is asked for, and an empty answer is the usual one", async () => {
  const merchant = installed();
  const { code, questions } = await asked(merchant, ["merchant", " bca ", "js"]);
  expect(code).toBe(0);
  expect(questions.map((question) => /^[^(]+/.exec(question)?.[0])).toEqual([
    "What are you ",
    "Which PJP ",
    "TypeScript or JavaScript ",
  ]);
  expect(readFileSync(join(merchant, "src/snap.js"), "utf8")).toContain('from "snap-bi-contract/profiles/bca"');
  const pjp = installed();
  expect((await asked(pjp, ["pjp", ""])).code).toBe(0);
  expect(existsSync(join(pjp, "src/server.ts"))).toBe(true);
  const slip = await asked(installed(), ["shop", "pjp", ""]);
  expect([slip.code, slip.questions.length]).toEqual([0, 3]);
  expect(await asked(installed(), ["shop", ""])).toMatchObject({
    code: 2,
    said: ["snap-bi: --role is missing; it must be one of merchant, pjp"],
  });
});

test.each([
  [[], "--role is missing; it must be one of merchant, pjp"],
  [["--role", "merchnt"], '--role must be one of merchant, pjp, not "merchnt"; did you mean merchant?'],
  [["--role", "merchant", "--language", "java"], '--language must be one of ts, js, not "java"'],
  [
    ["--role", "merchant", "--profile", "dna"],
    '--profile must be one of published, aspi-2025, bca, dana, doku, finpay, midtrans, shopeepay, not "dna"; did you mean dana?',
  ],
  [["--role", "pjp", "--profile", "bca"], "--profile is about whom a merchant calls; leave it out with --role pjp"],
  [["b", "--role", "pjp"], "takes one folder"],
])("%j is refused, and nothing is written", async (args, line) => {
  const folder = mkdtempSync(join(tmpdir(), "snap-init-"));
  const { code, stderr } = await snapBi(["init", folder, ...args]);
  expect([code, stderr]).toEqual([2, expect.stringContaining(line)]);
  expect(readdirSync(folder)).toEqual([]);
});

test("no file is written over", async () => {
  const folder = installed();
  await written(folder, "--role", "pjp");
  const before = readFileSync(join(folder, "package.json"), "utf8");
  const { code, stderr } = await snapBi(["init", folder, "--role", "merchant"]);
  expect([code, stderr]).toEqual([
    2,
    `snap-bi: ${folder} has package.json, .gitignore, tsconfig.json, src/main.ts, test/snap.test.ts, README.md already; name an empty folder, which may be new\n`,
  ]);
  expect(readFileSync(join(folder, "package.json"), "utf8")).toBe(before);
  expect(existsSync(join(folder, "src/snap.ts"))).toBe(false);
});
