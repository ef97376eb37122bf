// Profiles that `snap-bi generate` wrote, as `--profile` loads them: from TypeScript, from JavaScript, and what is refused.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { transformSync } from "esbuild";
import { beforeAll, expect, test } from "vitest";
import { loadProfileFile } from "../../src/cli/profile-file.ts";
import { validateRequest } from "../../src/contract/validation.ts";
import { snapBi } from "../support/cli.ts";
import { file, folder } from "./support.ts";

const overlay = file(
  "your-pjp.overlay.yaml",
  `overlay: 1.1.0
info: { title: Your PJP, version: 1.0.0 }
actions:
  - target: $.components.schemas.QrCpmPaymentRequest.properties.title
    update: { maxLength: 300 }
`,
);
const made = join(folder, "your-pjp");
/** What a compiler makes of the folder: JavaScript, and no JSON. */
const compiled = join(folder, "compiled");

beforeAll(async () => {
  expect((await snapBi(["generate", "--overlay", overlay, "--out", folder])).code).toBe(0);
  mkdirSync(compiled);
  writeFileSync(join(compiled, "package.json"), '{ "type": "module" }\n');
  for (const name of readdirSync(made).filter((each) => each.endsWith(".ts"))) {
    const { code } = transformSync(readFileSync(join(made, name), "utf8"), { loader: "ts" });
    writeFileSync(join(compiled, name.replace(/ts$/, "js")), code);
  }
});

test.each(["your-pjp", "your-pjp/", "your-pjp/contract.ts"])(
  "%s is its contract, whose document lies there",
  async (path) => {
    const contract = await loadProfileFile(join(folder, path));
    expect([contract.name, String(contract.document)]).toEqual([
      "your-pjp",
      pathToFileURL(join(made, "openapi.json")).href,
    ]);
    const title = { title: "x".repeat(301) };
    const result = validateRequest("qrCpmPayment", title, contract);
    expect(!result.valid && result.violations.find(({ path: at }) => at === "title")?.expected).toBe(
      "at most 300 characters",
    );
  },
);

test("what a compiler made of it is loaded too, once the document lies beside it", async () => {
  const document = join(compiled, "openapi.json");
  await expect(loadProfileFile(compiled)).rejects.toThrow(
    `${compiled} needs ${document}, which does not exist; copy the openapi.json that snap-bi generate wrote`,
  );
  cpSync(join(made, "openapi.json"), document);
  expect((await loadProfileFile(compiled)).name).toBe("your-pjp");
  expect((await loadProfileFile(join(compiled, "contract.js"))).name).toBe("your-pjp");
  rmSync(document);
});

test.each([
  ["none", "cannot read PATH: the file does not exist"],
  ["", "PATH must have a contract.ts or contract.js; snap-bi generate makes such a folder"],
  [
    "your-pjp.overlay.yaml",
    "PATH must be a contract in TypeScript or JavaScript; of an overlay, make one first: snap-bi generate --overlay PATH",
  ],
  ["your-pjp/openapi.yaml", "PATH must be a folder that snap-bi generate wrote, or the contract.ts in it"],
  [
    "your-pjp/profile.ts",
    "PATH has the light half of a profile, which is for a client; name the contract.ts beside it",
  ],
  [
    "your-pjp/validators.ts",
    "PATH must export the contract of a profile, with its operations and their validators, formats and document; snap-bi generate makes such a file",
  ],
  [
    "compiled/partial.js",
    "PATH has the light half of a profile, which is for a client; name the contract.ts beside it",
  ],
  ["compiled/broken.ts", "cannot load PATH: Build failed with 1 error:"],
  ["compiled/throws.js", "cannot load PATH: not today"],
])("%j is refused", async (name, message) => {
  const path = join(folder, name);
  writeFileSync(join(compiled, "broken.ts"), "export const = 1;\n");
  writeFileSync(
    join(compiled, "partial.js"),
    'export const partial = { name: "x", operations: { debitStatus: {} }, formats: {}, document: "" };\n',
  );
  writeFileSync(join(compiled, "throws.js"), 'throw new Error("not today");\n');
  const error = await loadProfileFile(path).catch((reason: Error) => reason);
  expect([(error as Error).name, (error as Error).message]).toEqual(["UsageError", message.replaceAll("PATH", path)]);
});

test("snap-bi validate judges by it", async () => {
  const body = (length: number) => JSON.stringify({ title: "x".repeat(length) });
  const titles = async (length: number) =>
    (await snapBi(["validate", "--service", "60", "--profile", made], { stdin: body(length) })).stdout
      .split("\n")
      .filter((line) => line.includes("title"));
  expect(await titles(300)).toEqual([]);
  expect(await titles(301)).toHaveLength(1);
});
