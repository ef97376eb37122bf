// What the dialects of payment companies change, beside the field and as a table: a field a row, a profile a column.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { differences, fieldRows } from "../../src/generate/differences.ts";
import type { Facts } from "../../src/generate/facts.ts";
import { root } from "../redocly/run.ts";
import type { Contract } from "./contract.ts";
import { type Html, html, markdown, place, type Row, table } from "./html.ts";

/** A dialect of the standard: an edition, or what a PJP speaks. */
export interface Profile {
  /** What `--profile` takes. */
  name: string;
  title: string;
  about: string;
}

/** What a profile changes in one place of the published contract. */
export interface Difference {
  profile: string;
  operation: string;
  /** Where the field is; `header` for the headers of a request. */
  body: "request" | "response" | "header";
  /** Dotted, such as `amount.value`. */
  field: string;
  /** The change in words, such as `optional` or `at most 36 characters`. */
  change: string;
  /** Whether the published contract has no such place: nothing on the page to lead to. */
  isNew?: boolean;
}

/** All profiles, and all that they change. */
export interface Profiles {
  profiles: readonly Profile[];
  differences: readonly Difference[];
}

/** The profiles that come along, and what their documents say otherwise than the published one. */
export function readProfiles(): Profiles {
  const published = documentIn("generated/openapi.json");
  const names = readdirSync(join(root, "openapi/profiles")).flatMap(
    (file) => /^(.*)\.overlay\.yaml$/.exec(file)?.[1] ?? [],
  );
  const documents = names.map((name) => ({ name, document: documentIn(`generated/profiles/${name}/openapi.json`) }));
  return {
    profiles: documents.map(({ name, document: { info } }) => ({
      name,
      title: String(info.title),
      about: String(info.description),
    })),
    differences: documents.flatMap(({ name, document }) => changesIn(name, published, document)),
  };
}

const documentIn = (file: string) => JSON.parse(readFileSync(join(root, file), "utf8")) as Facts;

/** What a profile changes in the fields of bodies and in headers. An operation that it does not offer is one change. */
function changesIn(profile: string, published: Facts, document: Facts): Difference[] {
  const operations = new Map(fieldRows(published).map(({ service, operation }) => [service, operation]));
  return differences({ document: published }, { document }).flatMap(({ services, where, field, a, b }) => {
    if (where === "status" || where === "code") return [];
    const isBody = where === "request" || where === "response";
    const change = b ?? (where === "path" ? NOT_OFFERED : "not there");
    return services.map((service) => ({
      profile,
      operation: operations.get(service) ?? "",
      body: isBody ? where : "header",
      field: isBody || where === "header" ? field : where,
      change,
      isNew: a === null || !(isBody || where === "header"),
    }));
  });
}

/** What a profile says of an operation that it does not have. */
const NOT_OFFERED = "not offered";

/** Stands for every operation, as of a header. */
export const EVERY = "*";

/** The changes of one field, to stand beside it; nothing where no profile changes it. */
export function changesOf(
  { profiles, differences }: Profiles,
  where: Pick<Difference, "operation" | "body" | "field">,
): Html | undefined {
  const found = differences.filter(
    ({ operation, body, field }) =>
      (where.operation === EVERY || operation === where.operation) && body === where.body && field === where.field,
  );
  if (!found.length) return undefined;
  const distinct = new Map(found.map((one) => [`${one.profile} ${one.change}`, one]));
  return html`<ul class="changes" aria-label="What profiles change">${[...distinct.values()].map(
    ({ profile, change }) => {
      const title = profiles.find(({ name }) => name === profile)?.title ?? profile;
      return html`<li><a href="#profile-${profile}">${title}</a> ${change}</li>`;
    },
  )}</ul>`;
}

/** The section: each profile, and the table of what differs. */
export function profilesSection({ profiles, differences }: Profiles, { operations }: Contract): Html {
  if (!profiles.length)
    return html`<p>A profile says what a payment company, or another edition of the standard, changes in the published contract. This version has none: all
fields, lengths and codes on this page are those that are published. Where a profile changes a field, the change stands beside the field and in a
table here.</p>`;
  return html`${profiles.map(
    ({ name, title, about }) =>
      html`<article class="entry" ${place({ id: `profile-${name}`, kind: "Profile", title, keys: [name] })}><h3>${title} <code>${name}</code></h3>${markdown(about)}</article>`,
  )}${operations.map(({ operationId, service }) => {
    const own = differences.filter(({ operation }) => operation === operationId);
    if (!own.length) return undefined;
    const title = `${service} · ${operationId}`;
    const absent = own.filter(({ change }) => change === NOT_OFFERED).map(({ profile }) => profile);
    const offering = profiles.filter(
      ({ name }) => !absent.includes(name) && own.some(({ profile }) => profile === name),
    );
    const without = profiles.filter(({ name }) => absent.includes(name)).map((profile) => profile.title);
    const rest = own.filter(({ profile }) => !absent.includes(profile));
    return html`<h3>${title}</h3>${without.length > 0 && html`<p>Not offered by ${without.join(", ")}.</p>`}${offering.length > 0 && table(["Field", ...offering.map((profile) => profile.title)], rowsOf(rest, offering), title)}`;
  })}`;
}

function rowsOf(differences: readonly Difference[], profiles: readonly Profile[]): Row[] {
  const places = [...new Map(differences.map((row) => [`${row.operation}.${row.body}.${row.field}`, row])).entries()];
  return places.map(([id, { body, field, isNew }]) => ({
    cells: [
      isNew
        ? html`<code>${field}</code>${body !== "header" && ` ${body}`}`
        : html`<a href="#${body === "header" ? field : id}"><code>${field}</code></a> ${body}`,
      ...profiles.map(
        ({ name }) =>
          differences.find((row) => row.profile === name && row.body === body && row.field === field)?.change ??
          html`<span class="muted">as published</span>`,
      ),
    ],
  }));
}
