// The documentation page, as a file. What it looks like in a browser is in browser/.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { statusNames } from "../../generated/response-codes.ts";
import type { Catalogue, States } from "../../scripts/generate/response-codes-module.ts";
import { forcePresets } from "../../src/sandbox/forces.ts";
import { NOTIFY_FAULTS } from "../../src/sandbox/notify-faults.ts";
import { paymentMoves } from "../../src/sandbox/payment-states.ts";
import { defaultDebits, scenarioRules, scenarios } from "../../src/sandbox/scenarios.ts";
import { bodySchema, operations } from "../support/contract.ts";
import { errata } from "../support/errata.ts";
import { codes, rows } from "../support/published.ts";
import { read, root } from "../support/repository.ts";

let page = "";
/** Every description of the document that the page is made of. */
let descriptions: string[] = [];
/** All of them as one text. */
let prose = "";
beforeAll(() => {
  page = read("dist/docs/index.html");
  const [, definition = ""] = page.match(/const __redoc_definition = (.*);$/m) ?? [];
  const found = new Set<string>();
  JSON.parse(definition, (key, value) => {
    if (key === "description") found.add(String(value));
    return value;
  });
  descriptions = [...found];
  prose = descriptions.join("\n");
});
/** A text as the page embeds it: inside JSON, each paragraph in one line. */
const embedded = (text: string) => JSON.stringify(text.trim().replaceAll(/(\S)\n(?=\S)/g, "$1 ")).slice(1, -1);

test("loads nothing from anywhere", () => {
  expect(
    [...page.matchAll(/<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)="(?!data:|#)[^"]*"/g)].map(([tag]) => tag),
  ).toEqual([]);
  expect(page).not.toContain("cdn.redoc.ly");
  // nor do its links lead to other files while its script has not run
  expect(page.slice(0, page.indexOf('<script type="module">'))).not.toMatch(/<a [^>]*href="(?!#|https:)/);
});

test("is the same bytes every time", () => {
  const folder = mkdtempSync(join(tmpdir(), "snap-docs-test-"));
  try {
    const out = join(folder, "index.html");
    execFileSync(process.execPath, ["--import", "tsx", "scripts/docs/build.ts", "--out", out], {
      cwd: root,
    });
    // not by toBe, which would print both
    expect(readFileSync(out, "utf8") === page).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("has every operation, and every property with its presence, its condition and its errata", () => {
  for (const operation of operations) {
    expect(page).toContain(embedded(operation.summary));
    for (const body of ["request", "200"]) {
      for (const [name, property] of Object.entries(bodySchema(operation, body).properties ?? {})) {
        const { "x-snap-presence": presence, "x-snap-condition": condition = "", description } = property;
        const words = { M: "Mandatory.", O: "Optional.", C: condition.trim() }[presence ?? "M"];
        expect(description, `${operation.operationId} ${name}`).toContain(words);
        expect(page.indexOf(embedded(String(description))), `${operation.operationId} ${name}`).toBeGreaterThan(-1);
      }
    }
  }
});

test("has every example, every length, and the meaning of every status", () => {
  for (const { responses, requestBody } of operations) {
    for (const { content } of [requestBody, ...Object.values(responses)]) {
      const { examples } = content["application/json"];
      for (const [name, example] of Object.entries(examples)) {
        if (name !== "Published") expect(page).toContain(`"responseCode":"${String(example.value.responseCode)}"`);
      }
    }
  }
  // what lists its values has no length beside them
  for (const row of rows.filter(({ name }) => !/^(responseCode|serviceCode|latestTransactionStatus)$/.test(name)))
    if (/^\d+$/.test(row.length))
      expect(page).toContain(`"maxLength":${row.service === "55" && row.name === "transAmount" ? 3 : row.length}`);
  expect(page).toContain("`00` success, `01` initiated, `02` paying");
});

test("says nothing twice in a description, and breaks no line within a paragraph", () => {
  expect(descriptions.length).toBeGreaterThan(180);
  for (const description of descriptions) {
    const [paragraph = ""] = description.split("\n\n");
    const sentences = paragraph.split(/(?<=[.:]) /);
    expect(sentences, description).toEqual([...new Set(sentences)]);
    // every other part is a block of code
    const text = description.split("```").filter((_, index) => index % 2 === 0);
    for (const part of text) expect(part).not.toMatch(/^[^#|\n-].*\n[^\s|#-]/m);
  }
});

test("links every erratum to its heading", () => {
  const links = [...prose.matchAll(/\[(E\d{3})\]\(([^)]*)\)/g)];
  const linked = new Set(links.map(([, id]) => id));
  expect(linked.size).toBeGreaterThan(90);
  expect(links.filter(([, id, target]) => target !== `#/errata/${id?.toLowerCase()}`)).toEqual([]);
  const ids = errata.map(({ id }) => id);
  expect([...linked].filter((id) => !ids.includes(String(id)))).toEqual([]);
});

test("gives the outcome of every code and the state of every status, with the reason", () => {
  const { codes: catalogue, outcomes } = parse(read("openapi/response-codes.yaml")) as Catalogue;
  for (const { status, case: code, outcome, why } of catalogue) {
    const word = typeof outcome === "string" ? `\`${outcome}\`` : "";
    const [row = ""] = prose.match(new RegExp(`^\\| ${status} ${code}&nbsp; .*$`, "m")) ?? [];
    expect(row, `${status} ${code}`).toContain(`<br>Outcome ${word}`);
    expect(row).toContain(`: ${why} |`);
  }
  for (const { next } of Object.values(outcomes)) expect(prose).toContain(` <br>${next} |`);
  const states = parse(read("openapi/components/schemas/TransactionStatus.yaml"))["x-snap-states"] as States;
  expect(Object.keys(states)).toHaveLength(8);
  for (const [status, { state, why }] of Object.entries(states)) {
    expect(prose).toContain(`| ${status}&nbsp; | \`${state}\`&nbsp; | ${why} |`);
  }
});

test("has the catalogue and the register of errata", () => {
  const rows = [...prose.matchAll(/^\| (\d{3} \d\d)&nbsp; \| /gm)].map(([, code]) => code);
  expect(rows).toEqual(codes.map(({ status, case: code }) => `${status} ${code}`));
  for (const { message } of codes) expect(prose).toContain(`_${message}_`);
  for (const { id, title } of errata) expect(prose).toContain(`## ${id} ${title} {% #${id.toLowerCase()} %}`);
});

test("has the sandbox: every move in the picture and in the table, every direct debit, every scenario", () => {
  const [, image = ""] = prose.match(/<img alt=[^>]*src="data:image\/svg\+xml;base64,([^"]*)/) ?? [];
  const svg = Buffer.from(image, "base64").toString("utf8");
  const inPicture = [...svg.matchAll(/<title>(.*?)<\/title>/g)].map(([, title]) => title?.replaceAll("&#45;&gt;", "→"));
  expect(paymentMoves.length).toBeGreaterThan(5);
  for (const { from, to, by, cause } of paymentMoves) {
    expect(inPicture).toContain(`${from}→${to}`);
    expect(svg).toContain(`> ${by} </text>`);
    expect(prose).toContain(
      `| ${from} ${statusNames[from]} <br>→ ${to} ${statusNames[to]}&nbsp; | **${by}** <br>${cause} |`,
    );
  }
  // a start, its arrow, and nothing else
  expect(inPicture.filter((title) => title?.includes("→"))).toHaveLength(paymentMoves.length + 1);
  expect(defaultDebits.length).toBe(7);
  for (const { originalPartnerReferenceNo, latestTransactionStatus: status } of defaultDebits) {
    expect(prose).toContain(`| \`${originalPartnerReferenceNo}\`&nbsp; | ${status} ${statusNames[status]} |`);
  }
  for (const { service, field, value, answer, description } of scenarios) {
    expect(prose).toContain(`| ${service} \`${field}\` <br>\`${value}\`&nbsp; | \`${answer}\` <br>`);
    expect(prose).toContain(` <br>${description} |`);
  }
  for (const { services, statuses, description } of scenarioRules) {
    expect(prose).toContain(`| ${services.join(", ")} <br>`);
    expect(prose).toContain(`| ${statuses.join(", ")} <br>`);
    expect(prose).toContain(` <br>${description} |`);
  }
  for (const { name, description } of forcePresets) expect(prose).toContain(`| \`${name}\`&nbsp; | ${description} |`);
  for (const [name, does] of Object.entries(NOTIFY_FAULTS)) expect(prose).toContain(`| \`${name}\`&nbsp; | ${does} |`);
  expect(prose).toContain("amount `5046099.00` is never answered");
});
