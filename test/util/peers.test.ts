import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { installCommand, missingPeers } from "../../src/util/peers.ts";
import { root } from "../support/repository.ts";

test("what is not installed is missing, and so is another major version, or one that is too old", () => {
  expect(missingPeers({ ajv: "8.17", "@redocly/openapi-core": "2.64", "no-such-package": "1.0" })).toEqual([
    "no-such-package",
  ]);
  expect(missingPeers({ ajv: "6.0" })).toEqual(["ajv"]);
  expect(missingPeers({ ajv: "9.0" })).toEqual(["ajv"]);
  expect(missingPeers({ ajv: "8.999" })).toEqual(["ajv"]);
});

test("the command asks for the versions that the package is tested with", () => {
  const {
    devDependencies: tested,
    peerDependencies: peers,
    peerDependenciesMeta: meta,
  } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Record<string, Record<string, string>>;
  expect(installCommand(["ajv", "@stoplight/prism-http"], "--save-dev")).toBe(
    `npm install --save-dev ajv@${tested?.ajv} @stoplight/prism-http@${tested?.["@stoplight/prism-http"]}`,
  );
  // what many projects have is any version's, for npm would take another one out of them
  for (const name of ["ajv", "esbuild", "typescript", "openapi-typescript", "@redocly/openapi-core"])
    expect([name, peers?.[name]]).toEqual([name, "*"]);
  // none is installed unasked
  expect(Object.keys(meta ?? {})).toEqual(Object.keys(peers ?? {}));
});
