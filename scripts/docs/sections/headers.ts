// The headers of requests and answers.
import { headers as names } from "../../../generated/operations.ts";
import type { Contract, Header } from "../contract.ts";
import { anchor, errataLinks, type Html, html, inline, place } from "../html.ts";
import { changesOf, EVERY, type Profiles } from "../profiles.ts";

/** Every header of a request, then those of an answer. */
export function headersSection(contract: Contract, profiles: Profiles): Html {
  const { operations, token, responseHeaders } = contract;
  const contentType: Header = {
    name: names.contentType,
    required: true,
    description: "The body is JSON. A request without it is answered with 400 02, one with another type with 400 00.",
    example: "application/json",
    schema: {},
    "x-snap-errata": ["E001"],
  };
  const authorization: Header = {
    name: names.authorization,
    required: true,
    description: token.description,
    example: "Bearer fa8sjjEj813Y9JGoqwOeOPWbnt4CUpvIJbU1mMU4a11MNDZ7Sg5u9a",
    schema: {},
    "x-snap-errata": token.errata,
  };
  const all = operations.map(({ service }) => service);
  const usedBy = ({ name }: Header) =>
    operations
      .filter(({ parameters }) => parameters.some((header) => header.name === name))
      .map(({ service }) => service);
  return html`<h3>Of a request</h3><ul class="fields">
${headerRow(contentType, all, profiles)}${headerRow(
  authorization,
  all.filter((service) => service !== "73"),
  profiles,
)}
${contract.headers.map((header) => headerRow(header, usedBy(header), profiles))}</ul>
<h3>Of an answer</h3><ul class="fields">${responseHeaders.map((header) => headerRow(header, all, profiles, "answer-"))}</ul>`;
}

function headerRow(header: Header, services: readonly string[], profiles: Profiles, prefix = ""): Html {
  const { name, required, description, example, schema } = header;
  const id = prefix + name;
  const { minLength, maxLength } = schema;
  const facts = [
    schema["x-snap-format"],
    !schema["x-snap-format"] && maxLength !== undefined && `${minLength ? "1 to" : "at most"} ${maxLength} characters`,
    services.length > 1 ? `services ${services.join(", ")}` : `service ${services.join()}`,
  ].filter((fact) => typeof fact === "string");
  return html`<li class="field" ${place({ id, kind: prefix ? "Answer header" : "Header", title: name })}><div class="name"><code>${name}</code> <span class="presence ${required ? "mandatory" : "optional"}">${required ? "mandatory" : "optional"}</span> ${anchor(id, name)}</div>
<p>${inline(description)} ${errataLinks(header["x-snap-errata"])}</p>
<p class="facts">${facts.map((fact) => html`<span>${fact}</span>`)}</p>
<p class="example"><code>${name}: ${example}</code></p>
${[...new Map(services.map((service) => [service, service])).values()].length > 0 && changesOf(profiles, { operation: EVERY, body: "header", field: name })}</li>`;
}
