import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { bodySchema, bundle, operations } from "../support/contract.ts";
import { errata } from "../support/errata.ts";
import { pages } from "../support/published.ts";
import { departures, matches } from "../support/walk.ts";

/** Every id that the bundle names in an `x-snap-errata`. */
function linked(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(linked);
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === "x-snap-errata" ? (value as string[]) : linked(value),
  );
}

test("ids are unique, ascending and of one form", () => {
  const ids = errata.map(({ id }) => id);
  for (const id of ids) expect(id).toMatch(/^E\d{3}$/);
  expect(ids).toEqual([...new Set(ids)].sort());
});

test("every entry has all of its fields, and a kind of the five", () => {
  for (const entry of errata) {
    for (const field of ["title", "source", "place", "decision", "wire"] as const)
      expect(entry[field], entry.id).toBeTruthy();
    expect(["typo", "contradiction", "silent", "narrowing", "widening"], entry.id).toContain(entry.kind);
    expect(entry.tests.length, entry.id).toBeGreaterThan(0);
    for (const file of entry.tests)
      expect(existsSync(new URL(`../../${file}`, import.meta.url)), `${entry.id} ${file}`).toBe(true);
  }
});

test("every quote stands on its page", () => {
  const squeeze = (text: string) => text.replace(/\s+/g, " ");
  for (const { id, source, quote } of errata) {
    for (const line of [quote].flat()) {
      expect(squeeze(pages[source]), id).toContain(squeeze(line));
      expect(line.length, `${id} ${line}`).toBeGreaterThan(8);
    }
  }
});

test("the bundle links every entry, and nothing that is no entry", () => {
  const ids = errata.map(({ id }) => id);
  expect([...new Set(linked(bundle))].sort()).toEqual(ids.sort());
});

test("every cover is needed by a departure", () => {
  const found = operations.flatMap((operation) => [
    ...departures(operation, "request", bodySchema(operation, "request")).keys(),
    ...departures(operation, "response", bodySchema(operation, "200")).keys(),
  ]);
  for (const { id, covers = {} } of errata) {
    for (const [aspect, places] of Object.entries(covers)) {
      for (const place of places) {
        const needed = found.some(
          (departure) => departure.startsWith(`${aspect} `) && matches(place, departure.slice(aspect.length + 1)),
        );
        expect(needed, `${id} ${aspect} ${place}`).toBe(true);
      }
    }
  }
});
