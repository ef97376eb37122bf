// The documentation page, as a file.
import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import type { Catalogue, States } from "../scripts/response-codes.ts";
import { bodySchema, errata, operations } from "./support/contract.ts";
import { codes, rows } from "./support/published.ts";

let page = "";
beforeAll(() => {
  page = readFileSync(new URL("../dist/docs/index.html", import.meta.url), "utf8");
});
/** A text as the page embeds it: inside JSON. */
const embedded = (text: string) => JSON.stringify(text).slice(1, -1);

test("loads nothing from anywhere", () => {
  expect(
    [...page.matchAll(/<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)="(?!data:|#)[^"]*"/g)].map(([tag]) => tag),
  ).toEqual([]);
  expect(page).not.toContain("cdn.redoc.ly");
});

test("has every operation, and every property with its presence, its condition and its errata", () => {
  for (const operation of operations) {
    expect(page).toContain(embedded(operation.summary));
    for (const body of ["request", "200"]) {
      for (const [name, property] of Object.entries(bodySchema(operation, body).properties ?? {})) {
        const presence = { M: "**M** mandatory. ", O: "**O** optional. ", C: "**C** conditional. " }[
          property["x-snap-presence"] ?? "M"
        ];
        const found = page.indexOf(embedded(`${presence}${String(property.description)}`));
        expect(found, `${operation.operationId} ${name}`).toBeGreaterThan(-1);
        const condition = property["x-snap-condition"];
        if (condition) expect(page).toContain(embedded(`_${condition}_`));
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
  for (const row of rows)
    if (/^\d+$/.test(row.length))
      expect(page).toContain(`"maxLength":${row.service === "55" && row.name === "transAmount" ? 3 : row.length}`);
  expect(page).toContain("`00` success, `01` initiated, `02` paying");
});

test("links every erratum to its heading", () => {
  const links = new Set(
    [...page.matchAll(/\[(E\d{3})\]\((#section\/errata-register\/[^)]*)\)/g)].map(
      ([, id, anchor]) => `${id} ${anchor}`,
    ),
  );
  expect(links.size).toBeGreaterThan(90);
  for (const { id, title } of errata) {
    const slug = `${id} ${title}`
      .toLowerCase()
      .replace(/[^\w.' -]/g, "")
      .replaceAll(" ", "-");
    for (const link of links) if (link.startsWith(id)) expect(link).toBe(`${id} #section/errata-register/${slug}`);
  }
});

test("gives the outcome of every code and the state of every status, with the reason", () => {
  const read = (file: string) => parse(readFileSync(new URL(`../openapi/${file}`, import.meta.url), "utf8"));
  const { codes: catalogue, outcomes } = read("response-codes.yaml") as Catalogue;
  for (const { why } of catalogue) expect(page).toContain(embedded(` | ${why} |`));
  for (const { next } of Object.values(outcomes)) expect(page).toContain(embedded(`| ${next} |`));
  const states = read("components/schemas/TransactionStatus.yaml")["x-snap-states"] as States;
  expect(Object.keys(states)).toHaveLength(8);
  for (const [status, { state, why }] of Object.entries(states)) {
    expect(page).toContain(embedded(`| ${status} | \`${state}\` | ${why} |`));
  }
});

test("has the catalogue and the register of errata", () => {
  for (const { message } of codes) expect(page).toContain(embedded(message));
  for (const { id, title } of errata) expect(page).toContain(embedded(`## ${id} ${title}`));
});
