// Holds the repository to its own rules (rules.ts), as part of `npm run lint`.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../redocly/run.ts";
import { problemsOf } from "./rules.ts";

const tracked = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
}).split("\n");
const looked = tracked.filter(
  (path) =>
    /^(src|scripts|generated|examples)\/.*\.(ts|js)$/.test(path) ||
    /^(README|CONTRIBUTING|ARCHITECTURE|SECURITY)\.md$/.test(path),
);
const problems = problemsOf(looked.map((path) => ({ path, text: readFileSync(join(root, path), "utf8") })));
for (const problem of problems) console.error(problem);
console.log(
  problems.length === 0
    ? `house rules: ${looked.length} files, no problem`
    : `house rules: ${problems.length} problems; scripts/house/rules.ts says why each rule is there`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
