// Each lint rule of ours is shown to fail: contract and workflows are copied, one thing in them is broken, and that rule must say so.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { redoclyBin, redoclyEnv, root } from "../../scripts/redocly/run.ts";

interface Breakage {
  rule: string;
  what: string;
  file: string;
  from: string | RegExp;
  to: string;
  message: string;
}

interface Problem {
  ruleId: string;
  message: string;
}

const isWorkflow = (file: string) => file.startsWith("workflows/");
const workflows = readdirSync(join(root, "openapi/workflows")).map((file) => `workflows/${file}`);
const wholes = ["openapi.yaml", ...workflows];

/** What Redocly finds in each file. One process lints them all: to start one takes longer than to lint. */
function lint(files: string[]): Problem[][] {
  const { stdout } = spawnSync(
    process.execPath,
    [redoclyBin, "lint", ...files, "--config", join(root, "redocly.yaml"), "--format", "json"],
    { cwd: root, encoding: "utf8", env: { ...redoclyEnv, CI: "true" }, maxBuffer: 1e9 },
  );
  // a JSON document a file, in their order
  const documents = stdout.slice(stdout.indexOf("{")).split(/(?<=^\})(?=\{)/m);
  return documents.map((document) => (JSON.parse(document) as { problems: Problem[] }).problems);
}

/** A copy of the contract with an edit: the path of what is to be linted in it. */
function copyWith({ file, from, to }: Pick<Breakage, "file" | "from" | "to">, folder: string): string {
  cpSync(join(root, "openapi"), join(folder, "openapi"), { recursive: true });
  const target = join(folder, "openapi", file);
  const before = readFileSync(target, "utf8");
  const after = before.replace(from, to);
  if (after === before && from !== "") throw new Error(`${file} does not contain ${String(from)}`);
  writeFileSync(target, after);
  return join(folder, "openapi", isWorkflow(file) ? file : "openapi.yaml");
}

const scratch = mkdtempSync(join(tmpdir(), "snap-lint-"));
afterAll(() => rmSync(scratch, { recursive: true }));
let found: Problem[][] = [];
beforeAll(() => {
  const untouched = wholes.map((file) => ({ file, from: "", to: "" }));
  const files = [...untouched, ...breakages].map((edit, at) => copyWith(edit, join(scratch, String(at))));
  found = lint(files);
  expect(found).toHaveLength(files.length);
});

test.each(wholes)("%s itself has no problem", (file) => {
  expect(found[wholes.indexOf(file)]).toEqual([]);
});

test("npm run lint looks at the workflows too", () => {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: { lint: string } };
  expect(scripts.lint).toMatch(/ lint snap bundle openapi\/workflows\/\*\.arazzo\.yaml /);
});

const PAYMENT = "components/schemas/QrCpmPaymentRequest.yaml";
const QUERY = "components/schemas/QrCpmQueryResponse.yaml";
const WORKFLOW = "workflows/access-token.arazzo.yaml";
const breakages: Breakage[] = [
  {
    rule: "snap/body-string-bounded",
    what: "a string without a length",
    file: PAYMENT,
    from: /(terminal\.\n) +maxLength: 32\n/,
    to: "$1",
    message: "A body string states its length: give it `maxLength`, or a pattern that bounds it.",
  },
  {
    rule: "snap/body-string-bounded",
    what: "a pattern that bounds nothing",
    file: "components/schemas/Amount.yaml",
    from: String.raw`^\d{1,16}\.\d{2}$`,
    to: String.raw`^\d+\.\d{2}$`,
    message: "A body string states its length: give it `maxLength`, or a pattern that bounds it.",
  },
  {
    rule: "snap/described",
    what: "a property without a description",
    file: PAYMENT,
    from: /( +type: string\n) +description: Identifies the scanner.\n/,
    to: "$1",
    message: "Property `deviceId` has a `description`.",
  },
  {
    rule: "snap/described",
    what: "a body without a description",
    file: PAYMENT,
    from: /^description: .*\n/m,
    to: "",
    message: "A body has a `description`.",
  },
  {
    rule: "snap/body-string-bounded",
    what: "a string that may be null and has no length",
    file: PAYMENT,
    from: /type: string\n( +description: Identifies the merchant's terminal.\n) +maxLength: 32\n/,
    to: 'type: [string, "null"]\n$1',
    message: "A body string states its length: give it `maxLength`, or a pattern that bounds it.",
  },
  {
    rule: "snap/body-string-bounded",
    what: "a pattern with an open branch",
    file: "components/schemas/Amount.yaml",
    from: String.raw`^\d{1,16}\.\d{2}$`,
    to: String.raw`^\d|\d$`,
    message: "A body string states its length: give it `maxLength`, or a pattern that bounds it.",
  },
  ...[
    ["A body", "components/schemas/Amount.yaml", /^()description: .*\n/m],
    ["An operation", "paths/qr-cpm-query.yaml", /() {2}description: \|\n(?: {4}.*\n)+/],
    ["A parameter", "components/parameters/X-LATITUDE.yaml", /^()description: .*\n/m],
    ["A header", "components/headers/X-TIMESTAMP.yaml", /^()description: .*\n/m],
    ["A response", "paths/qr-cpm-query.yaml", /("200":\n) +description: .*\n/],
  ].map(([what, file, from]) => ({
    rule: "snap/described",
    what: `${what} without a description (${file})`,
    file: String(file),
    from: from as RegExp,
    to: "$1",
    message: `${what} has a \`description\`.`,
  })),
  {
    rule: "snap/body-object-open",
    what: "a closed object",
    file: PAYMENT,
    from: /^type: object\n/,
    to: "type: object\nadditionalProperties: false\n",
    message: "Objects stay open: SNAP grows by extra properties.",
  },
  {
    rule: "snap/condition-stated",
    what: "a condition that is enforced and not stated",
    file: QUERY,
    from: / +x-snap-condition: Mandatory, and not empty.*\n/,
    to: "",
    message: "`originalReferenceNo` is required by `then`: say when in `x-snap-condition`.",
  },
  {
    rule: "snap/condition-stated",
    what: "a condition that is stated and not enforced",
    file: "components/schemas/QrCpmPaymentResponse.yaml",
    from: "required: [responseCode, responseMessage, referenceNo]",
    to: "required: [responseCode, responseMessage]",
    message: "`referenceNo` has an `x-snap-condition` that nothing enforces: add it to `required`, or to `then`.",
  },
  {
    rule: "snap/operation-complete",
    what: "an operation without its service code",
    file: "paths/qr-cpm-payment.yaml",
    from: /( +)x-snap-service-code: .*\n/,
    to: "",
    message: "An operation states its `x-snap-service-code`.",
  },
  {
    rule: "snap/operation-complete",
    what: "an operation without a 200 response",
    file: "paths/qr-cpm-payment.yaml",
    from: '    "200":',
    to: '    "201":',
    message: "An operation has a 200 response: the others are derived from it.",
  },
  {
    rule: "snap/operation-complete",
    what: "an operation without a SNAP header",
    file: "paths/qr-cpm-payment.yaml",
    from: / +- \$ref: .*CHANNEL-ID.yaml\n/,
    to: "",
    message: "An operation asks for the SNAP headers: CHANNEL-ID is missing.",
  },
  {
    rule: "snap/operation-complete",
    what: "an operation whose body may be left out",
    file: "paths/qr-cpm-payment.yaml",
    from: "    required: true\n",
    to: "",
    message: "An operation has a mandatory `requestBody`.",
  },
  {
    rule: "snap/no-schema-id",
    what: "an $id",
    file: "components/schemas/Amount.yaml",
    from: /^/,
    to: "$$id: https://snap.example/amount\n",
    message: "No `$id`: Prism stops validating when one is met twice.",
  },
  {
    rule: "snap/pattern-in-words",
    what: "a pattern that no words tell",
    file: "components/schemas/Amount.yaml",
    from: / +x-snap-format: three .*\n/,
    to: "",
    message: "A `pattern` is told in words, with an example, in `x-snap-format`: three capital letters such as IDR.",
  },
  {
    rule: "snap/path-is-ref",
    what: "a path written into the root",
    file: "openapi.yaml",
    from: "    $ref: paths/debit-status.yaml",
    to: "    post: { operationId: x, responses: {} }",
    message: "A path is a `$ref` to its own file in paths/.",
  },
  ...["status code", "responseCode"].map((criterion) => ({
    rule: "snap/step-criteria",
    what: `a step without criteria (${criterion})`,
    file: WORKFLOW,
    from: / {8}successCriteria:\n(?: {10}- condition: .*\n)+/,
    to: "",
    message: `A step says in \`successCriteria\` which ${criterion} it expects.`,
  })),
  {
    rule: "snap/step-criteria",
    what: "a step that accepts any status code",
    file: WORKFLOW,
    from: "$statusCode == 200",
    to: "$statusCode >= 200",
    message: "A step says in `successCriteria` which status code it expects.",
  },
  {
    rule: "snap/step-criteria",
    what: "a step that does not look at the responseCode",
    file: WORKFLOW,
    from: / {10}- condition: \$response.body#\/responseCode .*\n/,
    to: "",
    message: "A step says in `successCriteria` which responseCode it expects.",
  },
  {
    rule: "snap/described",
    what: "a step without a description",
    file: WORKFLOW,
    from: / {8}description: .*\n/,
    to: "",
    message: "A step has a `description`.",
  },
  {
    rule: "snap/described",
    what: "a workflow without a description",
    file: WORKFLOW,
    from: / {4}description: A token .*\n/,
    to: "",
    message: "A workflow has a `description`.",
  },
];

test.each(breakages)("$rule fails on $what", (breakage) => {
  expect(found[wholes.length + breakages.indexOf(breakage)]).toContainEqual(
    expect.objectContaining({ ruleId: breakage.rule, message: breakage.message }),
  );
});

test("telemetry is off, for the command and for the readers of the page", () => {
  expect(readFileSync(join(root, "redocly.yaml"), "utf8")).toMatch(/^telemetry: off$/m);
});

test("every rule of ours has a breakage, once for each kind of file", () => {
  const [contract = "", arazzo = ""] = readFileSync(join(root, "redocly.yaml"), "utf8").split("arazzo1Rules:");
  const rulesIn = (config: string) => [...config.matchAll(/^ {2}(snap\/[\w-]+): error$/gm)].map(([, rule]) => rule);
  expect([rulesIn(contract).length, rulesIn(arazzo).length]).toEqual([8, 2]);
  const broken = (inWorkflow: boolean) =>
    new Set(breakages.filter(({ file }) => isWorkflow(file) === inWorkflow).map(({ rule }) => rule));
  expect(broken(false)).toEqual(new Set(rulesIn(contract)));
  expect(broken(true)).toEqual(new Set(rulesIn(arazzo)));
});
