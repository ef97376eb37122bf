// What the dialects of payment companies change, beside the field and as a table: a field a row, a profile a column.
import type { Contract } from "./contract.ts";
import { type Html, html, place, type Row, table } from "./html.ts";

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
}

/** All profiles, and all that they change. */
export interface Profiles {
  profiles: readonly Profile[];
  differences: readonly Difference[];
}

/** The profiles of the contract. It has none yet: what is published is all there is. */
export function readProfiles(): Profiles {
  return { profiles: [], differences: [] };
}

/** The changes of one field, to stand beside it; nothing where no profile changes it. */
export function changesOf(
  { profiles, differences }: Profiles,
  where: Pick<Difference, "operation" | "body" | "field">,
): Html | undefined {
  const found = differences.filter(
    ({ operation, body, field }) => operation === where.operation && body === where.body && field === where.field,
  );
  if (!found.length) return undefined;
  return html`<ul class="changes" aria-label="What profiles change">${found.map(({ profile, change }) => {
    const title = profiles.find(({ name }) => name === profile)?.title ?? profile;
    return html`<li><a href="#profile-${profile}">${title}</a> ${change}</li>`;
  })}</ul>`;
}

/** The section: each profile, and the table of what differs. */
export function profilesSection({ profiles, differences }: Profiles, { operations }: Contract): Html {
  if (!profiles.length)
    return html`<p>A profile says what a payment company, or another edition of the standard, changes in the published contract. This version has none: all
fields, lengths and codes on this page are those that are published. Where a profile changes a field, the change stands beside the field and in a
table here.</p>`;
  return html`${profiles.map(
    ({ name, title, about }) =>
      html`<article class="entry" ${place({ id: `profile-${name}`, kind: "Profile", title, keys: [name] })}><h3>${title} <code>${name}</code></h3><p>${about}</p></article>`,
  )}${operations.map(({ operationId, service }) => {
    const own = differences.filter(({ operation }) => operation === operationId);
    if (!own.length) return undefined;
    const title = `${service} · ${operationId}`;
    return html`<h3>${title}</h3>${table(["Field", ...profiles.map((profile) => profile.title)], rowsOf(own, profiles), title)}`;
  })}`;
}

function rowsOf(differences: readonly Difference[], profiles: readonly Profile[]): Row[] {
  const places = [...new Map(differences.map((row) => [`${row.operation}.${row.body}.${row.field}`, row])).entries()];
  return places.map(([id, { body, field }]) => ({
    cells: [
      html`<a href="#${body === "header" ? field : id}"><code>${field}</code></a> ${body}`,
      ...profiles.map(
        ({ name }) =>
          differences.find((row) => row.profile === name && row.body === body && row.field === field)?.change ??
          html`<span class="muted">as published</span>`,
      ),
    ],
  }));
}
