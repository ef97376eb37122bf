// The command line as a whole: its version, what it refuses before any command, and how it prints what could steer a terminal.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { printable, table } from "../../src/cli/terminal.ts";
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
