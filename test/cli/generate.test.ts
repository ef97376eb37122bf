// `snap-bi generate`: the files of a profile in a project of one's own, whether they are up to date, and what it says of an overlay
// that cannot be used.
import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { snapBi } from "../support/cli.ts";
import { names as profileNames } from "../support/profiles.ts";
import { answerTo, createReceiver, exampleOf, type Sent } from "../support/receiver.ts";
import { read, root } from "../support/repository.ts";
import { file, folder } from "./support.ts";

const FILES = [
  "openapi.yaml",
  "openapi.json",
  "openapi-3.0.json",
  "types.ts",
  "profile.ts",
  "contract.ts",
  "validators.ts",
];
const overlay = (actions: string, head = "") => `overlay: 1.1.0
info: { title: My PJP, version: 1.0.0 }
${head}
actions:
${actions}
`;
const LONGER_TITLE = `  - target: $.components.schemas.QrCpmPaymentRequest.properties.title
    update: { maxLength: 300 }`;

const out = join(folder, "snap");
const own = join(out, "my-pjp");
const overlayFile = file("my-pjp.overlay.yaml", overlay(LONGER_TITLE));
const generate = (...args: string[]) => snapBi(["generate", "--overlay", overlayFile, "--out", out, ...args]);
const textOf = (name: string) => readFileSync(join(own, name), "utf8");

describe("a profile of one's own", () => {
  let first: Awaited<ReturnType<typeof snapBi>>;
  beforeAll(async () => {
    first = await generate();
  });

  test("is seven files, and what to do with them is said with three lines of code", () => {
    expect([first.code, first.stderr]).toEqual([0, ""]);
    expect(readdirSync(own).sort()).toEqual([...FILES].sort());
    const [head, ...lines] = first.stdout.split("\n");
    expect(head).toBe(`${overlayFile} on published`);
    expect(lines.slice(0, 7).map((line) => line.replace(/\(\d+ kB\)$/, "(N kB)"))).toEqual(
      FILES.map((name) => `wrote      ${join(own, name)} (N kB)`),
    );
    expect(lines.slice(7).join("\n")).toBe(`
Call with it:
  import { createSnapClient } from "snap-bi-contract";
  import { myPjp } from "./snap/my-pjp/profile.js";
  const snap = createSnapClient({ profile: myPjp, baseUrl, partnerId, channelId, accessToken, signature });
Receive, validate or serve with the contract of the same name, from "./snap/my-pjp/contract.js".

Serve it:    snap-bi mock --profile ${own}
Check in CI: snap-bi generate --overlay ${overlayFile} --out ${out} --check
`);
  });

  test("imports this package by its name, and its own files with the ending of JavaScript", () => {
    expect(textOf("validators.ts")).toContain('import type { Validator } from "snap-bi-contract/validation";');
    expect(textOf("contract.ts")).toContain('import { myPjp as profile } from "./profile.js";');
    expect(textOf("contract.ts")).toContain('document: new URL("./openapi.json", import.meta.url)');
    for (const name of FILES.filter((each) => each.endsWith(".ts") || each.endsWith(".yaml")))
      expect(textOf(name).split("\n")[0]).toMatch(
        /^(\/\/|#|\/\/ @ts-nocheck) Generated from my-pjp\.overlay\.yaml by `snap-bi generate`\. Do not edit\.$/,
      );
    expect(JSON.parse(textOf("openapi.json"))).toMatchObject({ info: { title: "My PJP" } });
  });

  test("is the same when it is made again, which touches no file", async () => {
    const { code, stdout } = await generate();
    expect(code).toBe(0);
    expect(stdout.split("\n").slice(1, 8)).toEqual(FILES.map((name) => `unchanged  ${join(own, name)}`));
  });

  test("--check says that it is up to date, whatever Git made of its line breaks, and writes nothing", async () => {
    writeFileSync(join(own, "types.ts"), textOf("types.ts").replaceAll("\n", "\r\n"));
    const crlf = textOf("types.ts");
    expect(await generate("--check")).toEqual({ code: 0, stdout: `${own} is up to date (7 files)\n`, stderr: "" });
    expect(textOf("types.ts")).toBe(crlf);
  });

  test("--check names every file that was changed or is gone, and exits with 1", async () => {
    appendFileSync(join(own, "types.ts"), "// by hand\n");
    rmSync(join(own, "openapi.yaml"));
    expect(await generate("--check")).toEqual({
      code: 1,
      stdout: `missing  ${join(own, "openapi.yaml")}\ndiffers  ${join(own, "types.ts")}\n`,
      stderr: `snap-bi: ${own} is not up to date: run the same command without --check\n`,
    });
    expect(textOf("types.ts")).toContain("// by hand");
    expect((await generate()).stdout).toContain(`wrote      ${join(own, "openapi.yaml")}`);
    expect((await generate("--check")).code).toBe(0);
  });

  test("--import-extension none, which the command for CI repeats", async () => {
    const [extension, imported] = ["none", '"./profile"'] as const;
    const made = await generate("--name", `with-${extension}`, "--import-extension", extension);
    expect(made.code).toBe(0);
    expect(readFileSync(join(out, `with-${extension}`, "contract.ts"), "utf8")).toContain(imported);
    expect(made.stdout).toContain(`--name with-${extension} --out ${out} --import-extension ${extension} --check`);
  });
});

test("a receiver takes what the overlay lets pass: no CHANNEL-ID, one of 12 characters, null for absent", async () => {
  const lax = overlay(`  - target: $.components.parameters['CHANNEL-ID']
    update: { required: false, schema: { maxLength: 12 } }
  - target: $.paths['/v1.0/qr/qr-cpm-payment'].post
    update: { x-snap-null: optional }`);
  expect((await snapBi(["generate", "--overlay", file("lax.overlay.yaml", lax), "--out", out])).code).toBe(0);
  const { lax: profile } = (await import(join(out, "lax", "contract.ts"))) as { lax: never };
  const body = { ...exampleOf.qrCpmPayment.request, subMerchantId: null };
  const rows: [Sent, string, string][] = [
    [{ operation: "qrCpmNotify", headers: { "CHANNEL-ID": undefined } }, "4007902", "2007900"],
    [{ operation: "qrCpmNotify", headers: { "CHANNEL-ID": "x".repeat(12) } }, "4007901", "2007900"],
    [{ body }, "4006001", "2006000"],
  ];
  for (const [sent, published, own] of rows) {
    expect(await answerTo(createReceiver(), sent)).toMatch(published);
    expect(await answerTo(createReceiver({ profile }), sent)).toMatch(own);
  }
});

describe("what it builds on", () => {
  test.each([
    ["the published contract by extends", "extends: snap-bi-contract/openapi.yaml", [], "published"],
    ["an edition by extends", "extends: snap-bi-contract/profiles/aspi-2025/openapi.yaml", [], "aspi-2025"],
    [
      "--profile, which goes before extends",
      "extends: snap-bi-contract/profiles/bca/openapi.yaml",
      ["--profile", "doku"],
      "doku",
    ],
  ])("is %s", async (_, head, args, base) => {
    const based = file("based.overlay.yaml", overlay('  - { target: $, update: { x-snap-base-path: "/x" } }', head));
    const { code, stdout, stderr } = await snapBi(["generate", "--overlay", based, "--out", out, ...args]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout.split("\n")[0]).toBe(`${based} on ${base}`);
    const { paths } = JSON.parse(readFileSync(join(out, "based/openapi.json"), "utf8")) as { paths: object };
    expect(Object.keys(paths).length).toBe(base === "doku" ? 2 : 8);
  });
});

test("the overlay that openapi/profiles/README.md shows is one", async () => {
  const [, shown = ""] = /```yaml\n([\s\S]*?)```/.exec(read("openapi/profiles/README.md")) ?? [];
  const { code, stdout } = await snapBi(["generate", "--overlay", file("shown.overlay.yaml", shown), "--out", out]);
  expect([code, stdout.split("\n")[0]]).toEqual([0, `${join(folder, "shown.overlay.yaml")} on aspi-2025`]);
  const changed = await snapBi(["diff", "--profile", "aspi-2025", "--profile", join(out, "shown"), "--json"]);
  expect(changed.stdout.match(/"where":"\w+","field":"[^"]*"/g)).toEqual([
    '"where":"header","field":"CHANNEL-ID"',
    '"where":"path","field":""',
    '"where":"request","field":"cashierId"',
  ]);
});

test.each(profileNames)("of the overlay of %s it makes what generated/profiles/ has", async (name) => {
  const args = ["--overlay", join(root, `openapi/profiles/${name}.overlay.yaml`), "--import-extension", "ts"];
  expect((await snapBi(["generate", "--out", out, ...args])).code).toBe(0);
  for (const made of FILES) {
    const expected = readFileSync(join(root, "generated/profiles", name, made), "utf8")
      .replace(
        `openapi/profiles/${name}.overlay.yaml by \`npm run generate\``,
        `${name}.overlay.yaml by \`snap-bi generate\``,
      )
      .replace('"../../contract.ts"', '"snap-bi-contract/validation"')
      .replace(`"generated/profiles/${name}/openapi.json"`, 'new URL("./openapi.json", import.meta.url)');
    expect(readFileSync(join(out, name, made), "utf8") === expected, made).toBe(true);
  }
});

describe("is refused", () => {
  test.each([
    [[], "--overlay is missing; it must be the file of an OpenAPI Overlay"],
    [["--overlay", join(folder, "none.yaml")], `cannot read ${join(folder, "none.yaml")}: the file does not exist`],
    [["my.yaml"], 'generate does not take "my.yaml"; try --help'],
    [["--overlay", overlayFile, "--import-extension", "mjs"], '--import-extension must be js, ts or none, not "mjs"'],
    [
      ["--overlay", overlayFile, "--name", "My"],
      'the name of a profile must be small letters, digits and hyphens and begin with a letter, but is "My"; say another with --name',
    ],
    [
      ["--overlay", overlayFile, "--name", "../up"],
      'the name of a profile must be small letters, digits and hyphens and begin with a letter, but is "../up"; say another with --name',
    ],
    ...["class", "published", "paths"].map((name): [string[], string] => [
      ["--overlay", overlayFile, "--name", name],
      `the name of a profile must not be "${name}", which its files use for something else; say another with --name`,
    ]),
    [
      ["--overlay", overlayFile, "--out", overlayFile],
      `cannot write ${join(overlayFile, "my-pjp/openapi.yaml")}: a file stands where a folder must be`,
    ],
  ])("%j, as a usage error", async (args, message) => {
    const { code, stderr } = await snapBi(["generate", ...args]);
    expect([code, stderr]).toEqual([2, `snap-bi: ${message}\n`]);
  });

  test.each([
    [
      "YAML that is none, with its line",
      "overlay: 1.1.0\nactions: [1\ninfo: x\n",
      "line 3, column 1: it must be YAML: deficient indentation",
    ],
    [
      "a name that stands there twice",
      "overlay: 1.1.0\noverlay: 1.1.0\n",
      "line 2, column 1: it must be YAML: duplicated mapping key",
    ],
    [
      "what is not an overlay",
      "openapi: 3.1.0\n",
      'overlay must be "1.0.0" or "1.1.0": the file must be an OpenAPI Overlay\n- info.title must say whose dialect it is\n- actions must be a list',
    ],
    [
      "an action that matches nothing, with its index and target",
      overlay(`${LONGER_TITLE}\n  - target: $.paths['/v1.0/qr/qr-mpm'].post\n    remove: true`),
      "actions[1] ($.paths['/v1.0/qr/qr-mpm'].post) matches nothing: fix the target, or remove the action",
    ],
    [
      "what is empty",
      "",
      'overlay must be "1.0.0" or "1.1.0": the file must be an OpenAPI Overlay\n- info.title must say whose dialect it is\n- actions must be a list',
    ],
    [
      "an action that removes what everything stands on",
      overlay("  - { target: $.components.parameters, remove: true }"),
      "actions[0] ($.components.parameters): the contract must have components.parameters",
    ],
    [
      "an action that leaves a contradiction",
      overlay(
        `${LONGER_TITLE}\n  - target: $.components.schemas.QrCpmPaymentRequest\n    update: { required: [cashier] }`,
      ),
      "actions[1] ($.components.schemas.QrCpmPaymentRequest): QrCpmPaymentRequest asks for cashier, which it does not have",
    ],
    [
      "extends of a profile that does not exist",
      overlay(LONGER_TITLE, "extends: snap-bi-contract/profiles/bri/openapi.yaml"),
      `it must build on one of published, ${profileNames.join(", ")}, not "bri"`,
    ],
    [
      "extends of another document",
      overlay(LONGER_TITLE, "extends: ../other/openapi.yaml"),
      'extends must be snap-bi-contract/openapi.yaml or snap-bi-contract/profiles/NAME/openapi.yaml, not "../other/openapi.yaml"',
    ],
  ])("%s, with exit code 1", async (_, text, problem) => {
    const wrong = file("wrong.overlay.yaml", text);
    const before = readdirSync(out);
    expect(await snapBi(["generate", "--overlay", wrong, "--out", out])).toEqual({
      code: 1,
      stdout: "",
      stderr: `snap-bi: ${wrong} cannot be used:\n- ${problem}\n`,
    });
    expect(readdirSync(out)).toEqual(before);
  });
});
