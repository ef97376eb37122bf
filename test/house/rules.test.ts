// The rules of scripts/house/: each is shown to fail. That the repository keeps them is said by `npm run lint`.
import { describe, expect, test } from "vitest";
import { problemsOf } from "../../scripts/house/rules.ts";

const problemsIn = (path: string, text: string) => problemsOf([{ path, text }]);

const lines = (count: number, line = "// x") => Array.from({ length: count }, () => line).join("\n");
const PATTERN = String.raw`^\d{1,16}\.\d{2}$`;

describe("a problem is found and named with its place and what to do", () => {
  test.each<[string, string, string, string[]]>([
    [
      "a file of 401 lines",
      "src/snap/long.ts",
      lines(401),
      ["src/snap/long.ts has 401 lines; a file must not have more than 400: split it by subject"],
    ],
    [
      "a function of 81 lines, with what it nests",
      "scripts/docs/long.ts",
      `// first\nexport function outer() {\n  const inner = () => {\n${lines(77, "    work();")}\n  };\n  return inner;\n}`,
      ["scripts/docs/long.ts:2 a function has 82 lines; it must not have more than 80, counted with what it nests"],
    ],
    [
      "a method of 81 lines",
      "src/snap/long.ts",
      `class A {\n  run() {\n${lines(79, "    work();")}\n  }\n}`,
      ["src/snap/long.ts:2 a function has 81 lines; it must not have more than 80, counted with what it nests"],
    ],
    [
      "generated code that imports the source",
      "generated/contract.ts",
      'import type { Contract } from "../src/contract/contract.ts";',
      [
        "generated/contract.ts:1 generated/ must not import src/contract/contract.ts: it exports data, and src/ types it",
      ],
    ],
    [
      "a core that imports an adapter",
      "src/receiver/handler.ts",
      'export { toNodeListener } from "../adapters/node-listener.ts";',
      [
        "src/receiver/handler.ts:1 receiver must not import src/adapters/node-listener.ts: it may import contract, snap, util",
      ],
    ],
    [
      "an arrow up, loaded on demand",
      "src/snap/time.ts",
      'const load = () => import("../client/client.ts");',
      ["src/snap/time.ts:1 snap must not import src/client/client.ts: it may import util"],
    ],
    [
      "a client that brings the validators to everybody",
      "src/client/exchange.ts",
      'import { validateRequest } from "../contract/validation.ts";',
      ["src/client/exchange.ts:1 client must not import src/contract/validation.ts: it may import snap, util"],
    ],
    [
      "a host that brings the doctor to everybody",
      "src/host/host.ts",
      'import { diagnose } from "../doctor/doctor.ts";',
      [
        "src/host/host.ts:1 host must not import src/doctor/doctor.ts: it may import adapters, receiver, contract, snap, util",
      ],
    ],
    [
      "a room that no rule knows",
      "src/cellar/wine.ts",
      'import { x } from "../util/errors.ts";',
      ["src/cellar/wine.ts:1 room cellar is not known; add it to ROOMS with what it may import"],
    ],
    [
      "code in a door",
      "src/index.ts",
      'export { x } from "./snap/time.ts";\nexport const y = 1;',
      ["src/index.ts:2 a file loose in src/ must have export lines only: move it to a room"],
    ],
    [
      "a variable of a module",
      "src/snap/time.ts",
      "let day = 0;",
      ["src/snap/time.ts:1 day must not keep state for the whole module: pass it on"],
    ],
    [
      "a WeakMap of a module",
      "src/receiver/target.ts",
      "const targets = new WeakMap<Request, string>();",
      ["src/receiver/target.ts:1 targets must not keep state for the whole module: pass it on"],
    ],
    [
      "a header's name",
      "src/client/token.ts",
      'const name = "x-timestamp";',
      ["src/client/token.ts:1 header x-timestamp must come from generated/"],
    ],
    [
      "ORIGIN",
      "src/client/token.ts",
      'const name = "ORIGIN";',
      ["src/client/token.ts:1 header ORIGIN must come from generated/"],
    ],
    [
      "ORIGIN in a command, but for what stands for an option's value",
      "src/cli/serve.ts",
      'const cors = { value: "ORIGIN" };\nconst name = { header: "ORIGIN" };',
      ["src/cli/serve.ts:2 header ORIGIN must come from generated/"],
    ],
    [
      "a response code",
      "src/host/host.ts",
      'const granted = { responseCode: "2007300" };',
      ["src/host/host.ts:1 response code 2007300 must come from generated/"],
    ],
    [
      "a pattern, as text or as an expression",
      "src/sandbox/money.ts",
      `const text = String.raw\`${PATTERN}\`;\nconst form = /${PATTERN}/;`,
      [
        `src/sandbox/money.ts:1 pattern ${PATTERN} must come from generated/`,
        `src/sandbox/money.ts:2 pattern ${PATTERN} must come from generated/`,
      ],
    ],
    [
      "words that nobody searches for",
      "README.md",
      "It is no number.\nMend it.\nIt ought to.\nWhoever asks\nanew.",
      [
        'README.md:1 "is no" is a word that nobody searches for; write "is not", "must be"',
        'README.md:2 "Mend" is a word that nobody searches for; write "fix"',
        'README.md:3 "ought" is a word that nobody searches for; write "must"',
        'README.md:4 "Whoever" is a word that nobody searches for; write "who", "those who"',
        'README.md:5 "anew" is a word that nobody searches for; write "again"',
      ],
    ],
  ])("%s", (_, path, text, problems) => {
    expect(problemsIn(path, text)).toEqual(problems);
  });
});

test.each([
  ["a table of data may be longer", "src/doctor/mistakes.ts", lines(500)],
  ["a test may be longer", "test/snap/time.test.ts", lines(500)],
  [
    "a room imports itself, what lies below it and generated/",
    "src/client/a.ts",
    'import "./b.ts"; import "../snap/time.ts"; import "../../generated/types.ts";',
  ],
  ["a filled constant is not state", "src/snap/a.ts", 'const known = new Map([["a", 1]]);'],
  ["a comment may name a header, a code and a pattern", "src/snap/a.ts", `// "X-TIMESTAMP" "4036014" ${PATTERN}`],
  ["a word that only begins like one is fine", "README.md", "recommend bought thought is now is not is no longer"],
])("%s", (_, path, text) => {
  expect(problemsIn(path, text)).toEqual([]);
});
