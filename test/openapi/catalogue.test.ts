import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { bodySchema, operations, type Schema } from "../support/contract.ts";
import { codes, codes55, pages } from "../support/published.ts";

interface CatalogueRow {
  status: number;
  case: string;
  category: string;
  message: string;
  description: string;
  example: string;
  fill?: string;
}
const catalogue = (
  parse(readFileSync(new URL("../../openapi/response-codes.yaml", import.meta.url), "utf8")) as {
    codes: CatalogueRow[];
  }
).codes;

test("the catalogue has the 63 published rows, their messages to the letter", () => {
  expect(
    catalogue.map(({ status, case: code, category, message }) => [String(status), code, category, message]),
  ).toEqual(codes.map(({ status, case: code, category, message }) => [status, code, category, message]));
});

test("every transcribed code stands on its page", () => {
  const page = pages["qr-cpm"].replace(/\s+/g, " ");
  for (const row of codes) {
    const line = `${row.category} ${row.status} ${row.service} ${row.case} ${row.message} ${row.description}`;
    expect(page).toContain(line.replace(/\s+/g, " "));
  }
});

test("our descriptions are our own, one a row", () => {
  expect(new Set(catalogue.map(({ description }) => description)).size).toBe(63);
  for (const { description } of catalogue) expect(codes.map((row) => row.description)).not.toContain(description);
});

test("example names are unique within their status and speak", () => {
  const names = catalogue.map(({ status, example }) => `${status} ${example}`);
  expect(new Set(names).size).toBe(63);
  for (const { example } of catalogue) expect(example).toMatch(/^[A-Z][A-Za-z]+$/);
});

test("the eleven codes of the debit status page are among the 63", () => {
  const debit = operations.find(({ service }) => service === "55");
  const all = Object.values(debit?.responses ?? {}).flatMap(
    (response) => response.content["application/json"].schema.properties?.responseCode?.enum,
  );
  expect(codes55).toHaveLength(11);
  const page = pages["debit-status"].replace(/\s+/g, " ");
  for (const { status, code, message } of codes55) expect(page).toContain(`${status} ${code} ${message}`);
  for (const { code } of codes55) expect(all).toContain(code);
});

describe.each(operations)("$operationId", ({ operationId, service, responses, requestBody, parameters }) => {
  const examples = Object.entries(responses).flatMap(([status, response]) =>
    Object.entries(response.content["application/json"].examples).map(([name, { value }]) => ({ status, name, value })),
  );

  test("has all 63 codes in its enums", () => {
    const enums = Object.values(responses).flatMap(
      (response) => response.content["application/json"].schema.properties?.responseCode?.enum,
    );
    expect(enums).toEqual(codes.map((row) => row.status + service + row.case));
  });

  test("has all 63 codes as named examples under their own status", () => {
    expect(examples.map(({ status, name, value }) => [status, name, value.responseCode])).toEqual(
      catalogue.map((row) => [String(row.status), row.example, `${row.status}${service}${row.case}`]),
    );
  });

  test("fills every placeholder and keeps the rest of the message", () => {
    for (const [index, row] of catalogue.entries()) {
      if (row.status < 400) continue;
      const message = String(examples[index]?.value.responseMessage);
      const own = row.fill ?? message.split(" ").at(-1) ?? "";
      expect(message).toBe(row.message.replace(/\{.*\}|\[.*\]/, own));
      expect(message).not.toMatch(/[{}]|\[(reason|Reason|info)\]/);
      if (row.fill) expect(row.fill).toMatch(/^\[[A-Z][\w ]+\]$/);
    }
  });

  test("names real fields in the examples of 400 01 and 400 02, the latter a mandatory one", () => {
    const [, badFormat = "", missing = ""] = examples
      .filter(({ status }) => status === "400")
      .map(({ value }) => String(value.responseMessage).split(" ").at(-1) ?? "");
    const schema = requestBody.content["application/json"].schema;
    const found = badFormat.split(".").reduce<Schema | undefined>((at, name) => at?.properties?.[name], schema);
    expect(found, badFormat).toBeDefined();
    const mandatory = [
      ...(schema.required ?? []),
      ...parameters.filter(({ required }) => required).map(({ name }) => name),
    ];
    expect(mandatory, operationId).toContain(missing);
  });

  test("gives every body's responseCode the status it is sent with", () => {
    for (const status of Object.keys(responses)) {
      for (const code of bodySchema({ operationId, responses, requestBody } as never, status).properties?.responseCode
        ?.enum ?? []) {
        expect(String(code)).toMatch(new RegExp(`^${status}${service}\\d{2}$`));
      }
    }
  });
});
