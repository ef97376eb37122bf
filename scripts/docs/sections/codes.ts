// The response codes: the catalogue by status, each row with its code in every service; and what an outcome means.
import { STATUS_CODES } from "node:http";
import type { CatalogueRow } from "../../../src/generate/facts.ts";
import { type ScenarioService, scenarioOf, scenarios } from "../../../src/sandbox/scenarios.ts";
import type { Contract, Operation } from "../contract.ts";
import { anchor, between, errataLinks, type Html, html, inline, place, table } from "../html.ts";

/** The catalogue, by status. */
export function codesSection({ catalogue, operations }: Contract): Html {
  return html`${Object.entries(catalogue.statuses).map(([status, meaning]) => {
    const title = `${status} ${STATUS_CODES[status]}`;
    const rows = catalogue.codes.filter((row) => String(row.status) === status);
    return html`<h3 ${place({ id: status, kind: "HTTP status", title, keys: [`status ${status}`] })}>${title} ${anchor(status, title)}</h3><p>${inline(meaning)}</p>
${rows.map((row) => entryOf(row, operations))}`;
  })}`;
}

function entryOf(row: CatalogueRow, operations: readonly Operation[]): Html {
  const { status, case: caseCode, message, example, category, description, why, errata } = row;
  const id = `${status}${caseCode}`;
  const title = `${status} ${caseCode} ${message}`;
  return html`<article class="entry code-entry" ${place({
    id,
    kind: "Response code",
    title,
    keys: [message, `${status} ${caseCode}`, example],
  })}><h4><code>${status} ${caseCode}</code> ${message} ${anchor(id, title)}</h4>
<p>${inline(description)} ${errataLinks(errata)}</p>
<p class="facts"><span>${category}</span>${outcomesOf(row)} <span>Mock: <code>Prefer: code=${status}, example=${example}</code></span></p>
<p class="why">${inline(why)}</p>
<div class="chips">${operations.map((operation) => codeOf(row, operation))}</div></article>`;
}

const badge = (outcome: string, service?: string) =>
  html`<a class="badge ${outcome}" href="#outcome-${outcome}">${service !== undefined && `${service} `}${outcome}</a>`;

/** The outcome of a row, or that of each service where they differ. */
function outcomesOf({ outcome }: CatalogueRow): Html {
  if (typeof outcome === "string") return badge(outcome);
  return html`${Object.entries(outcome).map(([service, word]) => badge(word, service === "other" ? "others" : service))}`;
}

/** A code of one service: what it looks like on the wire, and what has the sandbox answer it. The client makes a place of it. */
function codeOf(row: CatalogueRow, { operationId, service, responses }: Operation): Html {
  const code = `${row.status}${service}${row.case}`;
  const body = {
    responseCode: code,
    responseMessage: responses[row.status]?.examples[row.example]?.value.responseMessage,
  };
  const outcome = typeof row.outcome === "string" ? undefined : (row.outcome[service] ?? row.outcome.other);
  const forced = forcedBy(code, service);
  return html`<a class="chip" id="${code}" href="#${code}">${code}</a><div><a href="#${operationId}">${service} · ${operationId}</a> ${outcome !== undefined && badge(outcome)}<code>${between(JSON.stringify(body))}</code>${forced && html`<span>Sandbox: <code>${forced.field}</code> <code>${forced.value}</code></span>`}</div>`;
}

/** What a request to the sandbox has in a field to be answered with a code. */
function forcedBy(code: string, service: string): { field: string; value: string } | undefined {
  const own = scenarios.find(({ answer }) => answer === code);
  if (own) return own;
  const value = service === "60" ? `${code}.00` : code;
  const field = scenarioOf(service as ScenarioService, value)?.field;
  return field && { field, value };
}

/** What each outcome of a call means. */
export function outcomesSection({ catalogue }: Contract): Html {
  return html`<p>What a response code says of the <b>call</b>; <code>outcomeOf(responseCode)</code> answers it. It says nothing of the money. A code that is not in the catalogue is <code>unknown</code> too.</p>
${Object.entries(catalogue.outcomes).map(
  ([outcome, { meaning, next }]) =>
    html`<article class="entry" ${place({ id: `outcome-${outcome}`, kind: "Outcome", title: outcome, keys: [`outcome ${outcome}`] })}><h3><span class="badge ${outcome}">${outcome}</span> ${anchor(`outcome-${outcome}`, outcome)}</h3><p>${inline(meaning)}</p><p><b>Next:</b> ${inline(next)}</p></article>`,
)}`;
}

/** What each status says of a payment, with the picture of its moves. */
export function statesSection({ states }: Contract, picture: Html): Html {
  return html`<p>What <code>latestTransactionStatus</code> says of the <b>payment</b>; <code>transactionStateOf(status)</code> answers it. A body that carries a status is judged by it, whatever its response code: a PJP may answer 2006000 with status 06.</p>
${table(
  ["Status", "Name", "State", "Reason"],
  Object.entries(states).map(([status, { name, state, why }]) => ({
    at: {
      id: `status-${status}`,
      kind: "Transaction status",
      title: `${status} ${name}`,
      keys: [status, `status ${status}`, name],
    },
    cells: [html`<code>${status}</code>`, name, html`<span class="badge ${state}">${state}</span>`, why],
  })),
  "States",
)}
<figure class="picture">${picture}<figcaption>How a payment of the sandbox moves. A double frame is final. <a href="#sandbox-moves">The same as a table</a></figcaption></figure>`;
}
