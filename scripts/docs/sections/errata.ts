// The register: where the published standard contradicts itself or is silent, and what the contract decided.
import type { Contract, Erratum } from "../contract.ts";
import { anchor, type Html, html, inline, place } from "../html.ts";

const SOURCES: Readonly<Record<string, string>> = {
  "qr-cpm": "page of QR CPM",
  "debit-status": "page of direct debit status",
};

/** Every entry, and before them their ids by kind. */
export function errataSection({ errata, everywhere }: Contract): Html {
  const kinds = [...new Set(errata.map(({ kind }) => kind))].sort();
  return html`<dl class="register">${kinds.map((kind) => {
    const ids = errata.filter((entry) => entry.kind === kind).map(({ id }) => id);
    return html`<div><dt><span class="badge ${kind}">${kind}</span> ${ids.length}</dt><dd>${ids.map((id) => html`<a href="#${id}">${id}</a> `)}</dd></div>`;
  })}</dl>
${errata.map((entry) => entryOf(entry, everywhere.includes(entry.id)))}`;
}

function entryOf({ id, title, kind, source, place: at, quote, decision, wire }: Erratum, isEverywhere: boolean): Html {
  const quotes = [quote].flat();
  return html`<article class="entry erratum" ${place({ id, kind: "Erratum", title: `${id} ${title}` })}><h3><code>${id}</code> ${title} ${anchor(id, `${id} ${title}`)}</h3>
<p class="facts"><span class="badge ${kind}">${kind}</span><span>${SOURCES[source] ?? source}: ${at}</span>${isEverywhere && html`<span>touches everything</span>`}</p>
<dl><div><dt>Published</dt><dd>${quotes.map((text) => html`<q>${text.replace(/\s+/g, " ").trim()}</q> `)}</dd></div>
<div><dt>Decision</dt><dd>${inline(decision)}</dd></div>
<div><dt>On the wire</dt><dd>${inline(wire)}</dd></div></dl></article>`;
}
