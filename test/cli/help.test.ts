// The help of every command, held against the table of its options: each stands in it with what it does, and nothing else does.
import { describe, expect, test } from "vitest";
import { type CommandHelp, helpOf, type Option, type Options } from "../../src/cli/args.ts";
import { COMMANDS as commands, HELP } from "../../src/cli/main.ts";
import { snapBi } from "../support/cli.ts";

/** What each command says of itself, and the command line as a whole, under COMMAND. */
const told = new Map<string, CommandHelp<Options>>([["COMMAND", HELP]]);
for (const [name, { load }] of Object.entries(commands)) told.set(name, (await load()).run.help);

const COMMANDS = ["mock", "sandbox", "proxy", "validate", "sign", "conform", "codes", "generate", "diff", "init"];

/** What `--help` prints, of a command or, under COMMAND, of the command line as a whole. */
async function helpTextOf(command: string): Promise<string> {
  const { code, stdout, stderr } = await snapBi(command === "COMMAND" ? ["--help"] : [command, "--help"]);
  expect([code, stderr]).toEqual([0, ""]);
  return stdout;
}

/** The options that a help lists: how each is written, and what it does. */
function listedIn(help: string): [option: string, about: string][] {
  const [list = "", ...more] = help.split("\n\n").filter((paragraph) => /^ {2}-/.test(paragraph));
  expect(more).toEqual([]);
  return list.split(/\n(?= {2}-)/).map((entry) => {
    const [, option = "", about = ""] = /^ {2}((?:-[a-z], )?--[a-z-]+(?: [A-Z]+)?)\s+(\S.*)$/s.exec(entry) ?? [];
    return [option, about.replace(/\s+/g, " ")];
  });
}

/** What a help must list of an option. */
function entryOf([name, { short, value, about, default: usual }]: [string, Option]): [option: string, about: string] {
  const told = usual === undefined || usual === false ? "" : ` (default ${usual})`;
  const asWritten = [short && `-${short},`, `--${name}`, value].filter(Boolean).join(" ");
  return [asWritten, about + told];
}

describe.each(["COMMAND", ...COMMANDS])("the help of %s", (command) => {
  test("lists every option of its table with what it does, in that order, then --help, and no other", async () => {
    const help = await helpTextOf(command);
    const { options = {} } = told.get(command) ?? {};
    expect(listedIn(help)).toEqual([...Object.entries(options).map(entryOf), ["-h, --help", "this text"]]);
    expect(Object.keys(options).length).toBeGreaterThan(0);
  });

  test("names an option only if there is one", async () => {
    const help = await helpTextOf(command);
    const there = ["help", ...Object.keys(told.get(command)?.options ?? {})];
    const named = [...help.matchAll(/--([a-zA-Z][\w-]*)/g)].map(([, name = ""]) => name);
    expect(named.filter((name) => !there.includes(name))).toEqual([]);
    expect(new Set(named)).toEqual(new Set(there));
  });

  test("has no line of more than 100 columns, and none that ends in a space", async () => {
    const lines = (await helpTextOf(command)).split("\n");
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
    expect(lines.filter((line) => line.endsWith(" "))).toEqual([]);
  });

  test("an option that takes a value says what stands for it, and no other does", async () => {
    await helpTextOf(command);
    for (const [name, { type, value }] of Object.entries(told.get(command)?.options ?? {}))
      expect([name, value !== undefined]).toEqual([name, type === "string"]);
  });
});

test.each(COMMANDS)(
  "the help of %s begins with its usage, has an example, and ends with the exit codes",
  async (command) => {
    const help = await helpTextOf(command);
    const { usage = [], about = [], examples = [] } = told.get(command) ?? {};
    const [first, second] = help.split("\n\n");
    expect(first).toBe(usage.join("\n"));
    expect(second?.replaceAll("\n", " ")).toBe(about[0]);
    for (const line of usage) expect(line).toMatch(new RegExp(`^snap-bi ${command} `));
    expect(examples.some(([call]) => call.startsWith(`snap-bi ${command} `))).toBe(true);
    for (const [call] of examples) expect(help).toContain(`\n  ${call}`);
    expect(help.trimEnd().split("\n\n").at(-1)).toMatch(/^Exit codes: 0 /);
  },
);

test("--help and -h list every command in a line of its own, and the exit codes", async () => {
  for (const option of ["--help", "-h"]) {
    const { code, stdout, stderr } = await snapBi([option]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout.match(/^ {2}[a-z]+(?= )/gm)?.map((name) => name.trim())).toEqual(COMMANDS);
    expect(stdout).toContain("\nExit codes: 0 success, 1 problems found, 2 usage error.\n");
  }
});

test("help is the same as --help, and help COMMAND as its --help", async () => {
  expect(await snapBi(["help"])).toEqual(await snapBi(["--help"]));
  for (const command of COMMANDS) expect(await snapBi(["help", command])).toEqual(await snapBi([command, "--help"]));
});

test("without a command, what to try first goes to stderr, and the exit code is 2", async () => {
  const { code, stdout, stderr } = await snapBi([]);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(/^Try first:\n\n {2}snap-bi sandbox {2}/);
  expect(stderr).toMatch(/\nsnap-bi --help lists all commands\.\n$/);
  const tried = [...stderr.matchAll(/^ {2}snap-bi (\w+)/gm)].map(([, name]) => name);
  expect(tried.filter((name = "") => !COMMANDS.includes(name))).toEqual([]);
  for (const line of stderr.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
});

test("on a narrow terminal a help's lines are as narrow", async () => {
  for (const [, help] of told) {
    // a call to copy stays in one line
    const isCall = (line: string) => /^( {2}|)(snap-bi|curl|export) /.test(line) || /^ {2,4}--/.test(line);
    expect(
      helpOf(help, { columns: 80 })
        .split("\n")
        .filter((line) => line.length > 80 && !isCall(line)),
    ).toEqual([]);
  }
});

test("mock and sandbox recommend a token from the environment, and say why a plain value is allowed", async () => {
  for (const command of ["mock", "sandbox"]) {
    const help = await helpTextOf(command);
    expect(help).toMatch(/^ {2}snap-bi .* --token env:SNAP_ACCESS_TOKEN /m);
    expect(help.replaceAll("\n", " ")).toContain(
      "Plain values are allowed here because this is a test server; snap-bi sign refuses them.",
    );
  }
});

test("the text of a help: paragraphs in lines of at most 100 columns, calls and options in two columns", () => {
  const words = "word ".repeat(30).trim();
  const text = helpOf({
    usage: ["snap-bi pay AMOUNT", "snap-bi pay --all"],
    about: [words, "Second paragraph."],
    examples: [
      ["snap-bi pay 5", "five"],
      ["snap-bi pay --a-call-that-is-wider-than-its-column", words],
      ["snap-bi pay"],
    ],
    options: {
      all: { type: "boolean", default: false, about: words },
      to: { type: "string", value: "NAME", default: "you", about: "who gets it" },
    },
    notes: ["Exit codes: 0."],
  });
  const upTo = (width: number) => "word ".repeat(Math.floor((width + 1) / 5)).trim();
  const rest = (width: number) => "word ".repeat(30 - Math.floor((width + 1) / 5)).trim();
  expect(text).toBe(`snap-bi pay AMOUNT
snap-bi pay --all

${upTo(100)}
${rest(100)}

Second paragraph.

  snap-bi pay 5${" ".repeat(25)}five
  snap-bi pay --a-call-that-is-wider-than-its-column
${" ".repeat(40)}${upTo(60)}
${" ".repeat(40)}${"word ".repeat(12).trim()}
${" ".repeat(40)}${"word ".repeat(6).trim()}
  snap-bi pay

  --all       ${upTo(86)}
              ${rest(86)}
  --to NAME   who gets it (default you)
  -h, --help  this text

Exit codes: 0.`);
});
