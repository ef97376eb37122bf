import { describe, expect, test } from "vitest";
import { bodySchema, bundle, operations, type Schema } from "../support/contract.ts";
import { allRows, codes, pages, type Row, rows } from "../support/published.ts";
import { walkError, walkInProgress, walkTable } from "../support/walk.ts";

const wide = bundle["x-snap-errata"];

test("134 rows and 63 codes are transcribed", () => {
  expect(rows).toHaveLength(134);
  expect(codes).toHaveLength(63);
});

test("every transcribed row stands on its page, cell by cell and in order", () => {
  const squeeze = (text: string) => text.replace(/\s+/g, " ");
  for (const [source, belongs] of [
    ["qr-cpm", (row: Row) => row.service !== "55"],
    ["debit-status", (row: Row) => row.service === "55"],
  ] as const) {
    const page = squeeze(pages[source]);
    let at = 0;
    for (const row of rows.filter(belongs)) {
      const cells = [row.name, row.type, row.presence, row.minLength, row.length, row.description]
        .filter(Boolean)
        .join(" ");
      const found = page.indexOf(squeeze(cells), at);
      expect(found, `${row.service} ${row.body} ${row.name}`).toBeGreaterThan(-1);
      at = found + cells.length;
    }
  }
});

describe.each(operations)("$operationId", (operation) => {
  test.each(["request", "response"] as const)("the %s matches its table but for what an erratum covers", (body) => {
    expect(walkTable(operation, body, bodySchema(operation, body === "request" ? "request" : "200"), wide)).toEqual([]);
  });

  test("the 202 has the 200's properties and lengths, and only code and message mandatory", () => {
    expect(walkInProgress(operation, bodySchema(operation, "202"), bodySchema(operation, "200"))).toEqual([]);
  });

  test.each(["400", "401", "403", "404", "405", "409", "429", "500", "504"])(
    "the %s declares code and message only",
    (status) => {
      expect(walkError(operation, status, bodySchema(operation, status))).toEqual([]);
    },
  );

  test("every body property states its presence, every conditional one its condition", () => {
    const visit = (schema: Schema, status: string) => {
      for (const [name, property] of Object.entries(schema.properties ?? {})) {
        const required = schema.required?.includes(name) ?? false;
        const conditional = property["x-snap-condition"] !== undefined;
        expect(property["x-snap-presence"], `${status} ${name}`).toBe(conditional ? "C" : required ? "M" : "O");
        if (conditional) expect(property["x-snap-condition"]).toMatch(/^Mandatory/);
        visit(property, status);
      }
    };
    for (const body of ["request", ...Object.keys(operation.responses)]) visit(bodySchema(operation, body), body);
  });
});

/** What the walk and the mutation test look at, and what says nothing of validity. */
const KNOWN =
  /^(type|required|properties|format|minLength|maxLength|pattern|enum|const|if|then|dependentSchemas|title|description|deprecated|x-snap-.*|x-enum-varnames|x-enumNames)$/;

test("no body has a constraint that the walk and the mutation test do not know", () => {
  const visit = (schema: Schema, at: string) => {
    for (const [keyword, value] of Object.entries(schema)) {
      if (/^(additional|unevaluated)Properties$/.test(keyword)) expect(value, at).toBe(true);
      else expect(keyword, at).toMatch(KNOWN);
    }
    for (const [name, property] of Object.entries(schema.properties ?? {})) visit(property, `${at}/${name}`);
    for (const branch of [schema.if, schema.then]) if (branch) visit(branch, `${at}/if`);
    for (const branch of Object.values(schema.dependentSchemas ?? {})) visit(branch, `${at}/dependentSchemas`);
  };
  for (const operation of operations) {
    for (const body of ["request", ...Object.keys(operation.responses)]) {
      visit(bodySchema(operation, body), `${operation.operationId} ${body}`);
    }
  }
});

test("presence C in the tables is presence C in the bundle, and nowhere else", () => {
  const conditional = operations.flatMap((operation) =>
    Object.entries(bodySchema(operation, "200").properties ?? {})
      .filter(([, property]) => property["x-snap-presence"] === "C")
      .map(([name]) => `${operation.service} ${name}`),
  );
  expect(conditional.sort()).toEqual(
    allRows
      .filter((row) => row.presence === "C")
      .map((row) => `${row.service} ${row.name}`)
      .sort(),
  );
});

test("the walk notices a wrong length, a lost property, an extra one, and an erratum that nothing needs", () => {
  const payment = operations.find(({ service }) => service === "60");
  if (!payment) throw new Error("no service 60");
  const broken = (edit: (properties: Record<string, Schema>) => void) => {
    const schema = structuredClone(bodySchema(payment, "request"));
    edit(schema.properties ?? {});
    return walkTable(payment, "request", schema, wide);
  };
  expect(broken((p) => Object.assign(p.title ?? {}, { maxLength: 255 }))).toEqual([
    "length 60.request.title: no erratum covers it",
  ]);
  expect(broken((p) => delete p.terminalId)).toEqual([
    "missing 60.request.terminalId: no erratum covers it",
    "order of the table: no erratum covers it",
  ]);
  expect(broken((p) => Object.assign(p, { brandNew: { type: "string" } }))).toEqual([
    "extra 60.request.brandNew: no erratum covers it",
  ]);
  expect(broken((p) => delete p.expiryTime?.pattern)).toEqual([
    "pattern of its own 60.request.expiryTime: no erratum covers it",
  ]);
  expect(broken((p) => delete p.qrContent?.minLength)).toEqual([
    "minimum 60.request.qrContent: E010 covers what does not depart",
  ]);
});
