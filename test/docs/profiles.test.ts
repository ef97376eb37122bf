// What profiles change, as the page shows it: with made ones, and with those that come along.
import { beforeAll, expect, test } from "vitest";
import { readContract } from "../../scripts/docs/contract.ts";
import { changesOf, type Profiles, profilesSection } from "../../scripts/docs/profiles.ts";
import { operationsSection } from "../../scripts/docs/sections/operations.ts";
import { names } from "../support/profiles.ts";
import { elementOf, plain, readPage } from "./page.ts";

const profiles: Profiles = {
  profiles: [
    { name: "aspi-2025", title: "Edition of 2025", about: "The standard as it is now." },
    { name: "my-pjp", title: "My PJP", about: "What it says <on its site>." },
  ],
  differences: [
    { profile: "aspi-2025", operation: "qrCpmPayment", body: "request", field: "expiryTime", change: "optional" },
    { profile: "my-pjp", operation: "qrCpmPayment", body: "request", field: "expiryTime", change: "with milliseconds" },
    {
      profile: "my-pjp",
      operation: "qrCpmPayment",
      body: "header",
      field: "CHANNEL-ID",
      change: "at most 12 characters",
    },
  ],
};

let contract: ReturnType<typeof readContract>;
beforeAll(() => {
  contract = readContract();
});

test("each change stands beside its field, with the profile that makes it", () => {
  const changes = changesOf(profiles, { operation: "qrCpmPayment", body: "request", field: "expiryTime" });
  expect(plain(String(changes).replaceAll("</li>", "; "))).toBe("Edition of 2025 optional; My PJP with milliseconds;");
  expect(changesOf(profiles, { operation: "qrCpmQuery", body: "request", field: "expiryTime" })).toBeUndefined();
  const section = String(operationsSection(contract, profiles));
  expect(plain(elementOf(section, "qrCpmPayment.request.expiryTime"))).toContain("My PJP with milliseconds");
  expect(plain(elementOf(section, "qrCpmPayment.request.title"))).not.toContain("My PJP");
});

test("the table has a field a row and a profile a column", () => {
  const section = String(profilesSection(profiles, contract));
  expect(plain(elementOf(section, "profile-my-pjp"))).toBe("My PJP my-pjp What it says <on its site>.");
  const rows = section
    .split("<tr ")
    .slice(1)
    .map((row) => plain(row.slice(row.indexOf(">") + 1).replace(/<\/t[hd]>/g, "; ")));
  expect(rows).toEqual([
    "Field; Edition of 2025; My PJP;",
    "expiryTime request; optional; with milliseconds;",
    "CHANNEL-ID header; as published; at most 12 characters;",
  ]);
});

test("without profiles the section says so", () => {
  expect(plain(String(profilesSection({ profiles: [], differences: [] }, contract)))).toContain(
    "This version has none",
  );
});

test("the page has every profile that comes along, with what it changes", () => {
  const section = plain(elementOf(readPage(), "profiles"));
  for (const name of names) expect(section).toContain(` ${name} `);
  const expiry = plain(elementOf(readPage(), "qrCpmPayment.request.expiryTime"));
  expect(expiry).toMatch(/SNAP, 2025 edition optional.*BCA not there/);
});
