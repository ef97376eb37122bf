// The documents of the profiles pass the lint of the published one, and have the shapes that other people's tools read.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { redoclyBin, redoclyEnv, root } from "../../scripts/redocly/run.ts";
import type { Schema } from "../support/contract.ts";
import { documentOf, type Json, names } from "../support/profiles.ts";
import { read } from "../support/repository.ts";

/** What a dialect may do that the published contract may not, and why. */
const ALLOWED = [
  // paths are written out in every bundle
  /snap\/path-is-ref /,
  // an operation without a token, or without a header
  /snap\/operation-complete /,
  // a member of a free object whose length is not published
  /snap\/body-string-bounded .*\/additionalInfo\/properties\/\w+$/,
];

interface Problem {
  ruleId: string;
  location: { source: { ref: string }; pointer: string }[];
}

test("the lint rules find nothing but what a dialect may do, and each exception is needed", () => {
  const files = names.map((name) => `generated/profiles/${name}/openapi.yaml`);
  const { stdout } = spawnSync(
    process.execPath,
    [
      redoclyBin,
      "lint",
      ...files,
      "--config",
      join(root, "redocly.yaml"),
      "--format",
      "json",
      "--max-problems",
      "1000",
    ],
    { cwd: root, encoding: "utf8", env: { ...redoclyEnv, CI: "true" }, maxBuffer: 1e9 },
  );
  // a JSON document a file
  const documents = stdout.slice(stdout.indexOf("{")).split(/(?<=^\})(?=\{)/m);
  expect(documents).toHaveLength(files.length);
  const problems = documents.flatMap((document) => (JSON.parse(document) as { problems: Problem[] }).problems);
  const told = problems.map(({ ruleId, location: [at] }) => `${ruleId} ${at?.source.ref}${at?.pointer}`);
  expect(told.filter((problem) => !ALLOWED.some((rule) => rule.test(problem)))).toEqual([]);
  expect(ALLOWED.filter((rule) => !told.some((problem) => rule.test(problem)))).toEqual([]);
});

function* nodesOf(node: unknown, path = ""): Generator<{ path: string; node: Schema }> {
  if (typeof node !== "object" || node === null) return;
  if (!Array.isArray(node)) yield { path, node: node as Schema };
  for (const [key, member] of Object.entries(node)) yield* nodesOf(member, `${path}/${key}`);
}

describe.each(names)("%s", (name) => {
  const { schemas } = documentOf(name).components as unknown as { schemas: Record<string, Schema> };
  const everywhere = [...nodesOf(schemas)];

  test("no two properties of an object differ in case or underscores only", () => {
    for (const { path, node } of everywhere) {
      const plain = Object.keys(node.properties ?? {}).map((each) => each.toLowerCase().replaceAll("_", ""));
      expect(plain, path).toEqual([...new Set(plain)]);
    }
  });

  test("no length stands beside an enum or a const, and every enum has a name for each value", () => {
    for (const { path, node } of everywhere) {
      const { enum: values, const: constant, minLength, maxLength } = node;
      if (values ?? constant) expect({ minLength, maxLength }, path).toEqual({});
      if (!values) continue;
      const written = values.filter((value) => value !== null);
      const told = node["x-enum-varnames"] as string[] | undefined;
      // what may be null is written out at its place, without names
      if (!values.includes(null)) expect(told, path).toHaveLength(written.length);
      expect(new Set(told).size, path).toBe(told?.length ?? 0);
    }
  });

  test("a title is that of one schema, and its component's name", () => {
    const titled = everywhere.filter(({ node }) => typeof node.title === "string");
    expect(titled.map(({ path, node }) => `${path} ${node.title}`)).toEqual(
      Object.keys(schemas).map((each) => `/${each} ${each}`),
    );
  });

  test("the 3.0 copy says nothing that 3.0 does not know", () => {
    const copy = JSON.parse(read(`generated/profiles/${name}/openapi-3.0.json`)) as { components: Json; paths: Json };
    expect(Object.keys(copy.paths)).toEqual(Object.keys(documentOf(name).paths));
    for (const { path, node } of nodesOf(copy.components.schemas)) {
      expect(Array.isArray(node.type), path).toBe(false);
      if (Array.isArray(node.required)) expect(node.required.length, path).toBeGreaterThan(0);
      for (const keyword of ["const", "if", "then", "dependentSchemas", "unevaluatedProperties"])
        if (!path.endsWith("/properties")) expect(Object.keys(node), path).not.toContain(keyword);
    }
  });
});
