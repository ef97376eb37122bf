// The list of tools against the checks that run them, the versions that are pinned, and the README's table.
import { expect, test } from "vitest";
import { read } from "../support/repository.ts";
import { checks } from "./checks/index.ts";
import { collectionChecks, tableOf, tools } from "./tools.ts";

test("each check proves one line of the table, and each line is proved", () => {
  const proved = [...tools.flatMap((tool) => tool.checks), ...collectionChecks];
  expect(proved.sort()).toEqual(Object.keys(checks).sort());
  for (const { name, checks: its } of tools) expect(its.length, name).toBeGreaterThan(0);
});

test("the tools are pinned exactly, and are none of the project's own dependencies", () => {
  const own = JSON.parse(read("test/tools/package.json")) as { devDependencies: Record<string, string> };
  const lock = JSON.parse(read("test/tools/package-lock.json")) as { packages: Record<string, object> };
  expect(lock.packages[""]).toMatchObject({ devDependencies: own.devDependencies });
  for (const [name, version] of Object.entries(own.devDependencies)) expect(version, name).toMatch(/^\d+\.\d+\.\d+/);
  expect(JSON.parse(read("package.json")).devDependencies).not.toHaveProperty("orval");
});

test.each([
  ["README.md", "en"],
  ["README.id.md", "id"],
] as const)("the table of %s is the list", (file, language) => {
  const table = tableOf(language);
  expect(table.split("\n").length).toBeLessThanOrEqual(25);
  expect(read(file)).toContain(table);
});
