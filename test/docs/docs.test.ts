// The documentation page, as a file. What it looks like in a browser is in browser/.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { statusNames } from "../../generated/response-codes.ts";
import type { Catalogue, States } from "../../src/generate/facts.ts";
import { forcePresets } from "../../src/sandbox/forces.ts";
import { NOTIFY_FAULTS } from "../../src/sandbox/notify-faults.ts";
import { paymentMoves } from "../../src/sandbox/payment-states.ts";
import { defaultDebits, scenarioRules, scenarios } from "../../src/sandbox/scenarios.ts";
import { bodySchema, bundle, operations, type Schema } from "../support/contract.ts";
import { errata } from "../support/errata.ts";
import { codes } from "../support/published.ts";
import { read, root } from "../support/repository.ts";
import { elementOf, pageFile, plain, readPage } from "./page.ts";

let page = "";
/** The text of a place. */
const textOf = (id: string) => plain(elementOf(page, id));
beforeAll(() => {
  page = readPage();
});

test("loads nothing from anywhere, and lets nothing but its own style and scripts run", () => {
  const loaded = [...page.matchAll(/<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)="(?!data:)[^"]*"/g)];
  expect(loaded.map(([tag]) => tag)).toEqual([]);
  const linksIn = (text: string) => [...text.matchAll(/<a [^>]*href="(?!#)([^"]*)"/g)].map(([, href]) => href);
  const profiles = elementOf(page, "profiles");
  expect(linksIn(page.replace(profiles, ""))).toEqual(["https://apidevportal.aspi-indonesia.or.id"]);
  // those of profiles lead to their sources
  expect(linksIn(profiles).filter((href) => !href?.startsWith("https://"))).toEqual([]);
  // nothing that a strict policy would refuse
  expect(page).not.toMatch(/<[^>]* (?:style|on[a-z]+)="/);
  const hash = (text = "") => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const contents = (tag: string) =>
    [...page.matchAll(new RegExp(`<${tag}>(.*?)</${tag}>`, "gs"))].map(([, text]) => text);
  const [style] = contents("style");
  const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
  expect(policy).toBe(
    `default-src 'none'; style-src ${hash(style)}; script-src ${contents("script").map(hash).join(" ")}; img-src data:; base-uri 'none'; form-action 'none'`,
  );
});

test("has the terms of what is copied into it", () => {
  expect(page).toContain(read("node_modules/minisearch/LICENSE.txt").trim());
});

test("weighs less than a quarter of the page that Redoc made", () => {
  const { size } = statSync(join(root, pageFile));
  console.log(`documentation page: Redoc 2951 kB, own ${Math.round(size / 1000)} kB`);
  expect(size).toBeLessThan(2_951_031 / 4);
});

test("is the same bytes every time", () => {
  const folder = mkdtempSync(join(tmpdir(), "snap-docs-test-"));
  try {
    const out = join(folder, "index.html");
    const build = (...more: string[]) =>
      execFileSync(process.execPath, ["--import", "tsx", "scripts/docs/build.ts", "--out", out, ...more], {
        cwd: root,
        encoding: "utf8",
      });
    build();
    // not by toBe, which would print both
    expect(readFileSync(out, "utf8") === page).toBe(true);
    expect(build("--if-stale")).toBe("");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("has its sections in the order that they are read in, errata last", () => {
  const ids = [...page.matchAll(/<section class="\w+" [^>]*\bid="([^"]*)"/g)].map(([, id]) => id);
  expect(ids).toEqual([
    "introduction",
    "first-call",
    "operations",
    ...operations.map(({ operationId }) => operationId),
    ...["codes", "outcomes", "states", "signatures", "headers", "sandbox", "profiles", "errata"],
  ]);
});

test("names an operation by service code, operationId and title, in heading and menu", () => {
  expect(operations).toHaveLength(8);
  const menu = page.slice(page.indexOf("<nav"), page.indexOf("</nav>"));
  for (const { service, operationId, summary } of operations) {
    const name = `${service} · ${operationId} · ${summary}`;
    expect(textOf(`${operationId}-heading`)).toBe(`${name} #`);
    const [, entry = ""] = new RegExp(`<a href="#${operationId}">(.*?)</a>`).exec(menu) ?? [];
    expect(plain(entry)).toBe(name);
  }
  expect(plain(menu)).toContain("60 · qrCpmPayment · Pay with a scanned QR code");
});

test("has every id once, and leads every link within the page to one", () => {
  const ids = [...page.matchAll(/<[^>]* id="([^"]*)"/g)].map(([, id = ""]) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  const links = [...page.matchAll(/href="#([^"]*)"/g)].map(([, id = ""]) => id);
  expect(links.length).toBeGreaterThan(1500);
  const known = new Set(ids);
  expect(links.filter((id) => !known.has(id))).toEqual([]);
});

/** The properties of a body with their dotted paths. */
function propertiesOf({ properties = {} }: Schema, parent = ""): [path: string, property: Schema][] {
  return Object.entries(properties).flatMap(([name, property]) => [
    [parent + name, property] as [string, Schema],
    ...propertiesOf(property, `${parent}${name}.`),
  ]);
}

test("has every field with its presence, condition, length, format in words, values and errata", () => {
  let fields = 0;
  let conditions = 0;
  for (const operation of operations) {
    for (const [body, name] of [
      ["request", "request"],
      ["200", "response"],
    ] as const) {
      for (const [path, property] of propertiesOf(bodySchema(operation, body))) {
        const at = elementOf(page, `${operation.operationId}.${name}.${path}`);
        const text = plain(at);
        const of = `${operation.operationId} ${name} ${path}`;
        const presence = { M: "mandatory", O: "optional", C: "conditional" }[property["x-snap-presence"] ?? "M"];
        expect(text, of).toMatch(new RegExp(`^${path.replaceAll(".", "\\.")} (?:free )?\\w+ ${presence} #`));
        if (property["x-snap-condition"]) {
          conditions += 1;
          expect(text, of).toContain(property["x-snap-condition"].trim().replaceAll("`", ""));
        }
        const format = property["x-snap-format"];
        if (format) expect(text, of).toContain(String(format));
        else if (property.maxLength && !property.enum && !property.const)
          expect(text, of).toMatch(
            new RegExp(` (?:${property.minLength} to|at most) ${property.maxLength} characters`),
          );
        // shown apart, so the description does not say it again
        expect(text, of).not.toMatch(/ (?:Mandatory|Optional)\. |At most \d/);
        for (const value of property.enum ?? []) expect(text, of).toContain(String(value));
        const ids = [...at.matchAll(/<a href="#(E\d{3})">/g)].map(([, id]) => id);
        expect(new Set(ids), of).toEqual(new Set(property["x-snap-errata"] ?? []));
        fields += 1;
      }
    }
  }
  expect(fields).toBeGreaterThan(130);
  // all that the contract has, so none stands where this test does not look
  expect(conditions).toBe(JSON.stringify(bundle.components).split('"x-snap-condition"').length - 1);
  expect(conditions).toBeGreaterThan(5);
  // the other spelling of a field, which a receiver accepts
  expect(textOf("qrCpmQuery.request.externalStoreID")).toContain("deprecated");
});

test("has every header once, with its presence, its length and an example", () => {
  const parameters = new Map(
    operations.flatMap((operation) => operation.parameters).map((header) => [header.name, header]),
  );
  expect(parameters.size).toBe(12);
  for (const { name, required, schema, "x-snap-errata": ids } of parameters.values()) {
    const text = textOf(name);
    expect(text).toMatch(new RegExp(`^${name} ${required ? "mandatory" : "optional"} `));
    if (schema.maxLength && !schema["x-snap-format"]) expect(text).toContain(`${schema.maxLength} characters`);
    for (const id of ids) expect(text).toContain(id);
    expect(text).toContain(`${name}: `);
  }
  for (const name of ["Content-Type", "Authorization"]) expect(textOf(name)).toContain("mandatory");
});

test("has all 504 codes, each with the body that it is answered in, and the catalogue row that it is of", () => {
  let found = 0;
  for (const { responses, service, operationId } of operations)
    for (const [status, { content }] of Object.entries(responses))
      for (const example of Object.values(content["application/json"].examples)) {
        const { responseCode, responseMessage } = example.value;
        const code = String(responseCode);
        const row = elementOf(page, status + code.slice(5));
        expect(elementOf(row, code), code).not.toBe("");
        const [, detail = ""] = new RegExp(`id="${code}".*?<div>(.*?)</div>`, "s").exec(row) ?? [];
        expect(plain(detail)).toContain(`${service} · ${operationId} `);
        expect(plain(detail)).toContain(JSON.stringify({ responseCode, responseMessage }));
        found += 1;
      }
  expect(found).toBe(504);
});

test("has the catalogue: message, meaning, outcome with its reason, and errata of every row", () => {
  const { codes: catalogue, outcomes } = parse(read("openapi/response-codes.yaml")) as Catalogue;
  const rows = [...page.matchAll(/<article class="entry code-entry" id="(\d{5})"/g)].map(([, id]) => id);
  expect(rows).toEqual(codes.map(({ status, case: code }) => `${status}${code}`));
  for (const row of catalogue) {
    const text = textOf(`${row.status}${row.case}`);
    expect(text).toContain(`${row.status} ${row.case} ${row.message} #`);
    const outcome = typeof row.outcome === "string" ? row.outcome : Object.values(row.outcome)[0];
    const said = [row.description, row.why, row.category, `Prefer: code=${row.status}, example=${row.example}`];
    for (const part of [...said, ...(row.errata ?? []), String(outcome)])
      expect(text).toContain(part.replaceAll("`", ""));
  }
  for (const [outcome, { meaning, next }] of Object.entries(outcomes))
    expect(textOf(`outcome-${outcome}`)).toBe(`${outcome} # ${meaning} Next: ${next}`.replaceAll("`", ""));
});

test("says what forces a code in the sandbox", () => {
  expect(page).toMatch(/id="4036014"[^>]*>4036014<\/a><div>.*?Sandbox: <code>amount.value<\/code> <code>4036014.00</);
  expect(page).toMatch(/id="4046201"[^>]*>4046201<\/a><div>.*?Sandbox: <code>merchantId<\/code> <code>4046201</);
});

test("has the register of errata, each with quote, decision and effect", () => {
  expect(errata.length).toBeGreaterThan(100);
  for (const { id, title, kind, quote, decision, wire } of errata) {
    const text = textOf(id);
    expect(text).toMatch(new RegExp(`^${id} `));
    const quotes = [quote].flat().map((line) => line.replace(/\s+/g, " ").trim());
    for (const part of [title, kind, ...quotes]) expect(text, id).toContain(part);
    for (const part of [decision, wire])
      expect(text, id).toContain(part.replaceAll("`", "").replace(/\s+/g, " ").trim());
  }
});

test("has the state of every status, and every move of a payment in picture and table", () => {
  const states = parse(read("openapi/components/schemas/TransactionStatus.yaml"))["x-snap-states"] as States;
  expect(Object.keys(states)).toHaveLength(8);
  for (const [status, { name, state, why }] of Object.entries(states))
    expect(plain(elementOf(page, `status-${status}`))).toBe(`${status} ${name} ${state} ${why}`);
  const section = elementOf(page, "states");
  const inPicture = [...section.matchAll(/<title>(.*?)<\/title>/g)].map(([, title]) =>
    title?.replaceAll("&#45;&gt;", "→"),
  );
  const table = plain(elementOf(page, "sandbox"));
  expect(paymentMoves.length).toBeGreaterThan(5);
  for (const { from, to, by, cause } of paymentMoves) {
    expect(inPicture).toContain(`${from}→${to}`);
    expect(section).toContain(`> ${by} </text>`);
    expect(table).toContain(`${from} ${statusNames[from]} ${to} ${statusNames[to]} ${by} ${cause}`);
  }
  // a start, its arrow, and nothing else
  expect(inPicture.filter((title) => title?.includes("→"))).toHaveLength(paymentMoves.length + 1);
});

test("has the picture of the flow, with every operation of a QR payment", () => {
  const picture = page.slice(
    page.indexOf('<svg class="flow"'),
    page.indexOf("</svg>", page.indexOf('<svg class="flow"')),
  );
  for (const { service, operationId } of operations.filter(({ operationId: id }) => id !== "debitStatus"))
    expect(picture).toContain(`>${service} ${operationId}</text>`);
});

test("has the sandbox: its direct debits and its scenarios", () => {
  const section = plain(elementOf(page, "sandbox"));
  expect(defaultDebits.length).toBe(7);
  for (const { originalPartnerReferenceNo, latestTransactionStatus: status } of defaultDebits)
    expect(section).toContain(`${originalPartnerReferenceNo} ${status} ${statusNames[status]}`);
  for (const { service, field, value, answer, effect, description } of scenarios)
    expect(section).toContain(`${service} ${field} ${value} ${answer} ${effect}. ${description}`);
  for (const { services, field, statuses, description } of scenarioRules) {
    expect(section).toContain(`${services.join(", ")} ${field} ${statuses.join(", ")} `);
    expect(section).toContain(description);
  }
  for (const { name, description } of forcePresets)
    expect(section).toContain(`${name} ${description.replaceAll("`", "")}`);
  for (const [name, does] of Object.entries(NOTIFY_FAULTS))
    expect(section).toContain(`${name} ${does.replaceAll("`", "")}`);
  expect(section).toContain("amount 5046099.00 is never answered");
});

test("shows no Markdown as it is written", () => {
  const main = page.slice(page.indexOf("<main"), page.indexOf("</main>")).replace(/<(pre|q|code)\b.*?<\/\1>/gs, "");
  expect(plain(main)).not.toMatch(/`|\*\*|\]\(/);
});
