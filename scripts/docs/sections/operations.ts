// The operations: what each is for, its fields, its codes, and samples beside them.
import { block, json, tabs } from "../code.ts";
import { type Contract, type Field, fieldsOf, type Operation } from "../contract.ts";
import { anchor, errataLinks, type Html, html, inline, markdown, place } from "../html.ts";
import { changesOf, type Difference, type Profiles } from "../profiles.ts";
import { samplesOf } from "../samples.ts";

/** Who sends an operation's request to whom. */
export const directionOf = ({ tag }: Operation): string =>
  tag.endsWith("notification") ? "PJP to merchant" : "merchant to PJP";

/** An operation's name in menus and headings. */
export const headingOf = ({ service, operationId, summary }: Operation): string =>
  `${service} · ${operationId} · ${summary}`;

const PRESENCE = { M: "mandatory", O: "optional", C: "conditional" };

/** The operations, one after the other. */
export function operationsSection(contract: Contract, profiles: Profiles): Html {
  return html`${contract.operations.map((operation) => operationOf(operation, contract, profiles))}`;
}

function operationOf(operation: Operation, { catalogue, responseHeaders }: Contract, profiles: Profiles): Html {
  const { operationId: id, service, path, summary, description, errata, responses } = operation;
  const heading = headingOf(operation);
  const fields = (body: "request" | "response") =>
    fieldList(
      fieldsOf(body === "request" ? operation.request : (responses["200"]?.schema ?? {})),
      operation,
      body,
      profiles,
    );
  return html`<section class="operation" aria-labelledby="${id}-heading" ${place({
    id,
    kind: "Operation",
    title: heading,
    keys: [service, `service ${service}`, path, summary],
  })}>
<div class="text">
<h2 id="${id}-heading"><span class="service">${service}</span> · <code>${id}</code> · ${summary} ${anchor(id, heading)}</h2>
<p class="endpoint"><b>POST</b> <code>${path}</code> <span>${directionOf(operation)}</span></p>
${markdown(description)}
${errata.length > 0 && html`<p>${errataLinks(errata)}</p>`}
<h3>Headers</h3>
<p class="headers"><a href="#Content-Type"><code>Content-Type</code></a> ${id !== "accessTokenB2b" && html`<a href="#Authorization"><code>Authorization</code></a> `}${operation.parameters.map(({ name, required }) => html`<a href="#${name}"${!required && html` class="optional"`}><code>${name}</code></a> `)}</p>
<h3>Request body</h3>
${operation.request.description !== undefined && html`<p>${inline(operation.request.description)} ${errataLinks(operation.request["x-snap-errata"])}</p>`}
${fields("request")}
<h3>Answer with status 200</h3>
<p>${inline(responses["200"]?.description ?? "")} It carries <code>Content-Type</code> and ${responseHeaders.map(({ name }) => html`<a href="#answer-${name}"><code>${name}</code></a>`)}. An answer with 202 has the same fields, of which only <code>responseCode</code> and <code>responseMessage</code> are mandatory; that of an error has these two.</p>
${fields("response")}
<h3>Response codes of service ${service}</h3>
${Object.keys(catalogue.statuses).map((status) => codesOf(status, operation, catalogue))}
</div>
<div class="samples">${samplePanels(operation)}</div>
</section>`;
}

function codesOf(status: string, { service }: Operation, { codes, statuses }: Contract["catalogue"]): Html {
  const rows = codes.filter((row) => String(row.status) === status);
  return html`<details class="codes"><summary><b>${status}</b> <span>${statuses[status]?.split(/(?<=\.) /)[0]}</span> <span class="count">${rows.length}<span class="hidden"> codes</span></span></summary><ul>${rows.map(
    (row) =>
      html`<li><a href="#${status}${service}${row.case}"><code>${status}${service}${row.case}</code> ${row.message}</a></li>`,
  )}</ul></details>`;
}

function fieldList(fields: readonly Field[], operation: Operation, body: Difference["body"], profiles: Profiles): Html {
  return html`<ul class="fields">${fields.map((field) => fieldRow(field, operation, body, profiles))}</ul>`;
}

function fieldRow(
  field: Field,
  { operationId, service }: Operation,
  body: Difference["body"],
  profiles: Profiles,
): Html {
  const { path, name, depth, presence, condition, description, type, values, length, format, deprecated, errata } =
    field;
  const id = `${operationId}.${body}.${path}`;
  const parent = path.slice(0, -name.length);
  const facts = [length, format && html`${format}`, deprecated && "deprecated"].filter(Boolean);
  return html`<li class="field depth-${depth}" ${place({
    id,
    kind: body === "request" ? "Request field" : "Answer field",
    title: path,
    of: `${service} · ${operationId}`,
    keys: [...(parent ? [name] : []), `${service} ${path}`, `${operationId} ${path}`],
  })}><div class="name"><code>${parent && html`<span>${parent}</span>`}${name}</code> <span class="type">${type}</span> <span class="presence ${PRESENCE[presence]}">${PRESENCE[presence]}</span> ${anchor(id, `${path}, ${body} of ${operationId}`)}</div>
${condition !== undefined && html`<p class="condition">${inline(condition)}</p>`}
<p>${inline(description)} ${errataLinks(errata)}</p>
${facts.length > 0 && html`<p class="facts">${facts.map((fact) => html`<span>${fact}</span>`)}</p>`}
${values.length > 0 && valuesOf(name, values)}
${changesOf(profiles, { operation: operationId, body, field: path })}</li>`;
}

function valuesOf(name: string, values: readonly string[]): Html {
  const link = name === "responseCode" ? "" : name === "latestTransactionStatus" ? "status-" : undefined;
  return html`<p class="facts"><span>${values.length > 1 ? "one of" : "always"}</span> ${values.map((value) =>
    link === undefined ? html`<code>${value}</code> ` : html`<a href="#${link}${value}"><code>${value}</code></a> `,
  )}</p>`;
}

/** What stands beside an operation: the call in three ways, the whole body, and answers. */
function samplePanels(operation: Operation): Html {
  const { operationId: id, responses, sample } = operation;
  const { curl, typescript, proxy } = samplesOf(operation);
  const answers = ["200", "202", "400"].flatMap((status) => {
    const example = Object.values(responses[status]?.examples ?? {}).at(-1);
    return example ? [[status, status, block(json(example.value), "json", `Answer with ${status}`)] as const] : [];
  });
  return html`${tabs("Call", `${id}-call`, [
    ["curl", "curl", block(curl, "sh", `${id} with curl`)],
    ["ts", "TypeScript", block(typescript, "ts", `${id} in TypeScript`)],
    ["proxy", "Proxy", block(proxy, "sh", `${id} through the proxy`)],
  ])}
${block(json(sample), "json", `Request body of ${id}`, "Request body, as published")}
${tabs("Answer", `${id}-answer`, answers)}`;
}
