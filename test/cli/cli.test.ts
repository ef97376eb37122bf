// The command line as a whole: its version, what it refuses before any command, and how it prints what could steer a terminal.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { printable, processTerminal, table, toned, widthOf } from "../../src/cli/terminal.ts";
import { nearestTo } from "../../src/util/nearest.ts";
import { snapBi } from "../support/cli.ts";
import { root } from "../support/repository.ts";

test.each(["--version", "-v"])("%s is the package's", async (option) => {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  expect(await snapBi([option])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
});

test.each([
  [["serve"], 'unknown command "serve"; try --help'],
  [["toString"], 'unknown command "toString"; try --help'],
  [["a\u001b[2Jb"], 'unknown command "a\\u001b[2Jb"; try --help'],
  [["sandbx"], 'unknown command "sandbx"; did you mean sandbox?'],
  [["help", "cod"], 'unknown command "cod"; did you mean codes?'],
  [["validate", "--profle", "bca"], "Unknown option '--profle'; did you mean --profile?"],
  [["help", "serve"], 'unknown command "serve"; try --help'],
  [["help", "mock", "codes"], "help takes one command; try --help"],
  [["--", "codes"], "the command comes first: snap-bi COMMAND [OPTIONS]; try --help"],
  [["--prot"], "Unknown option '--prot'; try --help"],
  [["--help", "--version=1"], "Option '-v, --version' does not take an argument; try --help"],
])("%j is refused in one line", async (args, line) => {
  expect(await snapBi(args)).toEqual({ code: 2, stdout: "", stderr: `snap-bi: ${line}\n` });
});

test("what steers a terminal is written as an escape, and nothing else", () => {
  expect(printable("a\n\r\t\u0000\u007f\u009b\u2028\u202eb")).toBe(
    "a\\u000a\\u000d\\u0009\\u0000\\u007f\\u009b\\u2028\\u202eb",
  );
  expect(printable('é "quoted" \\ 日本 🙂')).toBe('é "quoted" \\ 日本 🙂');
});

test("the columns of a table are aligned, and its lines end with their last cell", () => {
  expect(
    table([
      ["a", "bb", "c"],
      ["aaa", "b", ""],
      ["a", "b"],
    ]),
  ).toEqual(["a    bb  c", "aaa  b   ", "a    b"]);
});

test("a last column that does not fit is broken under itself, where there is room", () => {
  const row = ["next", "one two three four five six seven"];
  expect(table([row], 30)).toEqual(["next  one two three four five\n      six seven"]);
  expect(table([row], 20)).toEqual([row.join("  ")]);
  expect(table([row])).toEqual([row.join("  ")]);
});

test("a terminal's width counts up to 100 columns, and a pipe has none", () => {
  expect([widthOf({ columns: 80 }), widthOf({ columns: 200 }), widthOf({ columns: 3 }), widthOf({})]).toEqual([
    80,
    100,
    40,
    undefined,
  ]);
});

test("colours are for those who want them", () => {
  expect(toned({ colours: true }, "bad", "x")).toBe("\u001b[31mx\u001b[39m");
  expect(toned({}, "bad", "x")).toBe("x");
  // the tests' own stdout is a pipe, or NO_COLOR is its caller's choice
  expect(processTerminal.colours).toBe(!!process.stdout.isTTY && !process.env.NO_COLOR && process.env.TERM !== "dumb");
});

test.each([
  ["prot", "port"],
  ["prt", "port"],
  ["portt", "port"],
  ["PORT", "port"],
  ["notify", undefined],
  ["notify-u", "notify-url"],
  ["po", undefined],
  ["x".repeat(65), undefined],
  ["", undefined],
])("%s is probably meant to be %s", (word, meant) => {
  expect(nearestTo(word, ["port", "host", "notify-url", "notify-key", "y".repeat(65)])).toBe(meant);
});
