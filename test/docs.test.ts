// The built documentation page, as a file. `pretest` builds it.
import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import type { Catalogue, States } from "../scripts/response-codes.ts";
import { bodySchema, errata, operations } from "./support/contract.ts";
import { codes } from "./support/published.ts";

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

test("has all operations, presences, conditions, lengths and examples", () => {
  for (const operation of operations) {
    expect(page).toContain(embedded(operation.summary));
    for (const property of Object.values(bodySchema(operation, "200").properties ?? {})) {
      const condition = property["x-snap-condition"];
      if (condition) expect(page).toContain(embedded(condition));
    }
  }
  for (const word of ["**M** mandatory.", "**O** optional.", "**C** conditional.", '"maxLength":256'])
    expect(page).toContain(word);
});

test("gives the outcome of every code and the state of every status, with the reason", () => {
  const read = (file: string) => parse(readFileSync(new URL(`../openapi/${file}`, import.meta.url), "utf8"));
  const { codes: catalogue, outcomes } = read("response-codes.yaml") as Catalogue;
  for (const { why } of catalogue) expect(page).toContain(embedded(`| ${why} |`));
  for (const { next } of Object.values(outcomes)) expect(page).toContain(embedded(`| ${next} |`));
  const states = read("components/schemas/TransactionStatus.yaml")["x-snap-states"] as States;
  expect(Object.keys(states)).toHaveLength(8);
  for (const [status, { state, why }] of Object.entries(states)) {
    expect(page).toContain(embedded(`| ${status} | \`${state}\` | ${why} |`));
  }
});

test("has the catalogue and the register of errata", () => {
  for (const { message } of codes) expect(page).toContain(embedded(message));
  for (const { id, title } of errata) expect(page).toContain(embedded(`## ${id}\n**${title}**`));
});
