// Builds the documentation page: one HTML file that works offline, made by Redocly from the bundle.
// Presence, conditions and errata are extensions, which the page would hide or show raw, so they are written into the
// descriptions first; the code catalogue, the sandbox and the register of errata become sections.
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { STATUS_CODES } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { parse } from "yaml";
import {
  INITIAL_STATUS,
  isFinal,
  type PaymentStatus,
  paymentMoves,
  statusNames,
} from "../../src/sandbox/payment-states.ts";
import { defaultDebits, scenarioRules, scenarios } from "../../src/sandbox/scenarios.ts";
import type { Catalogue, CatalogueRow, States } from "../generate/response-codes-module.ts";
import { redocly, root } from "../redocly/run.ts";

const { values } = parseArgs({
  options: {
    help: { type: "boolean", short: "h" },
    out: { type: "string", default: join(root, "dist/docs/index.html") },
    "if-stale": { type: "boolean", default: false },
  },
});
if (values.help) {
  console.log(`npm run docs [-- --out FILE] [-- --if-stale]

Builds the documentation page, one HTML file. --if-stale does nothing when the page is newer than the contract.`);
  process.exit(0);
}
const { out } = values;

type Node = { [key: string]: unknown };
interface Erratum {
  id: string;
  title: string;
  source: string;
  place: string;
  quote: string | string[];
  kind: string;
  decision: string;
  wire: string;
}
const inputs = [
  "generated/openapi.json",
  "openapi/errata.yaml",
  "openapi/response-codes.yaml",
  "scripts/docs/build.ts",
  "src/sandbox/payment-states.ts",
  "src/sandbox/scenarios.ts",
].map((file) => join(root, file));
const changed = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
if (values["if-stale"] && changed(out) > Math.max(...inputs.map(changed))) process.exit(0);

console.log("building the documentation page ...");
const document = JSON.parse(readFileSync(join(root, "generated/openapi.json"), "utf8")) as Node;
const { errata } = parse(readFileSync(join(root, "openapi/errata.yaml"), "utf8")) as { errata: Erratum[] };
const { codes, outcomes, statuses } = parse(
  readFileSync(join(root, "openapi/response-codes.yaml"), "utf8"),
) as Catalogue;

const LOGO = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="40" height="12"><text y="10" font-family="sans-serif" font-size="11">Redoc</text></svg>')}`;
const untouched = structuredClone((document.components as { schemas: Record<string, Node> }).schemas);
const states = (document.components as { schemas: Record<string, { "x-snap-states"?: States }> }).schemas
  .TransactionStatus?.["x-snap-states"] as States;

const PRESENCE: Record<string, string> = { M: "**M** mandatory.", O: "**O** optional.", C: "**C** conditional." };

/** Writes what the extensions say into the descriptions, everywhere below a node. */
function spellOut(node: unknown): void {
  if (Array.isArray(node)) node.forEach(spellOut);
  if (typeof node !== "object" || node === null || Array.isArray(node)) return;
  const element = node as Node;
  const presence = PRESENCE[String(element["x-snap-presence"])];
  const condition = element["x-snap-condition"];
  // the page shows what stands beside a reference instead of what the reference leads to, so say both
  const target = targetOf(element.$ref);
  const ids = [element, target].flatMap((source) => (source?.["x-snap-errata"] as string[] | undefined) ?? []);
  if (typeof element.description === "string") {
    element.description = [
      presence,
      unwrapped(element.description),
      target?.description !== element.description && target && unwrapped(String(target.description)),
      condition && `_${String(condition)}_`,
      ids.length > 0 && `Errata: ${[...new Set(ids)].map(link).join(", ")}`,
    ]
      .filter(Boolean)
      .join(" ");
  }
  for (const [key, value] of Object.entries(element)) if (key !== "examples" && key !== "example") spellOut(value);
}

/** A text in which each paragraph is one line: the page's search takes a line break for nothing, not for a blank. */
function unwrapped(text: string): string {
  const parts = text.trim().split(/(^```.*?^```$)/ms);
  // every other part is a block of code; lines of tables, lists and headings stay lines
  return parts.map((part, index) => (index % 2 ? part : part.replace(/^([^#\n].*)\n(?=[^\s|#-])/gm, "$1 "))).join("");
}

/** A schema as it was before anything was spelt out; undefined when there is no reference to one. */
function targetOf(ref: unknown): Node | undefined {
  return typeof ref === "string" && ref.startsWith("#/components/schemas/")
    ? untouched[ref.split("/").at(-1) ?? ""]
    : undefined;
}

/** Where the page has an entry of the register. */
const anchor = (id: string) => id.toLowerCase();
const link = (id: string) => `[${id}](#/errata/${anchor(id)})`;
/** Links to the entries of a section: the page shows them only once one, or the section, has been chosen. */
const contents = (entries: Record<string, string[]>) =>
  Object.entries(entries)
    .map(([of, links]) => `- ${of}: ${links.join(", ")}`)
    .join("\n");
const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");
const quoted = (quote: string | string[]) =>
  [quote]
    .flat()
    .map((line) => `\`${line.replace(/\s+/g, " ").replaceAll("`", "'")}\``)
    .join(" · ");

/** An outcome as the tables show it: one word, or one for each service where they differ. */
const outcomeOf = ({ outcome }: CatalogueRow) =>
  typeof outcome === "string"
    ? outcome
    : Object.entries(outcome)
        .map(([service, word]) => `${service}: ${word}`)
        .join(", ");

// the page's search runs cells and lines together, hence the blanks at their ends
const rowOf = (row: CatalogueRow) =>
  `| ${row.status} ${row.case}&nbsp; | **${row.example}** (${row.category}) <br>_${cell(row.message)}_ <br>${[
    cell(row.description),
    ...(row.errata ?? []).map(link),
  ].join(" ")} <br>Outcome \`${outcomeOf(row)}\`: ${cell(row.why)} |`;

const catalogueSection = `A row of these tables is a status and its case code; a \`responseCode\` has the service code between them. The name in bold is
that of the example, which the mock takes. The outcome is what the code says of the call, with the reason: see
[Outcome of a call](#/outcome-of-a-call).

${contents({ Statuses: Object.keys(statuses).map((status) => `[${status}](#/response-codes/${status})`) })}

${Object.entries(statuses)
  .map(
    ([status, meaning]) => `## ${status} ${STATUS_CODES[status]} {% #${status} %}

${meaning}

| code | example, message, meaning and outcome |
|---|---|
${codes
  .filter((row) => String(row.status) === status)
  .map(rowOf)
  .join("\n")}
`,
  )
  .join("\n")}`;

const outcomeSection = `What a response code says of the call; \`outcomeOf\` answers it. It says nothing of the money.

| outcome | what it means, and what the caller may do next |
|---|---|
${Object.entries(outcomes)
  .map(([outcome, { meaning, next }]) => `| \`${outcome}\`&nbsp; | ${meaning} <br>${next} |`)
  .join("\n")}

A code that is not in the catalogue is \`unknown\` too.`;

const stateSection = `What \`latestTransactionStatus\` says of the payment; \`transactionStateOf\` answers it. A body that carries a status is judged by
it, whatever its response code: a PJP may answer 2006000 with status 06.

| status | state | reason |
|---|---|---|
${Object.entries(states)
  .map(([status, { state, why }]) => `| ${status}&nbsp; | \`${state}\`&nbsp; | ${why} |`)
  .join("\n")}`;

const kinds = [...new Set(errata.map(({ kind }) => kind))].sort();
const errataSection = `${contents(
  Object.fromEntries(
    kinds.map((kind) => [kind, errata.filter((entry) => entry.kind === kind).map(({ id }) => link(id))]),
  ),
)}

${errata
  .map(
    (entry) => `## ${entry.id} ${entry.title} {% #${anchor(entry.id)} %}

${entry.kind}; page ${entry.source}; ${entry.place}

Published: ${quoted(entry.quote)}

Decision: ${entry.decision}

On the wire: ${entry.wire}
`,
  )
  .join("\n")}`;

const moveNames = (status: PaymentStatus) => `${status} ${statusNames[status]}`;

const sandboxSection = `The sandbox answers like a PJP that remembers: it makes QR codes, takes payments, answers queries, cancels, gives back and
notifies. \`snap-bi sandbox\` starts it, and in tests \`startSandbox\` of \`snap-bi-contract/sandbox\`. What it knows is gone when
it stops.

${contents({ "In this section": ["[States of a payment in the sandbox](#/sandbox/states)", "[Direct debits](#/sandbox/direct-debits)", "[Scenarios](#/sandbox/scenarios)"] })}

## States of a payment in the sandbox {% #states %}

A payment begins with ${moveNames(INITIAL_STATUS)} and moves along the arrows only. A double frame is final. The table says the same.

${await statePicture()}

| from, to | move and cause |
|---|---|
${paymentMoves
  .map(
    ({ from, to, by, cause }) => `| ${moveNames(from)} <br>→ ${moveNames(to)}&nbsp; | **${by}** <br>${cell(cause)} |`,
  )
  .join("\n")}

## Direct debits {% #direct-debits %}

What service 55 knows unless \`startSandbox\` is given other \`directDebits\`, whoever asks. Any other is 404 01.

| originalPartnerReferenceNo | status |
|---|---|
${defaultDebits
  .map(
    ({ originalPartnerReferenceNo: name, latestTransactionStatus: status }) =>
      `| \`${name}\`&nbsp; | ${status} ${statusNames[status]} |`,
  )
  .join("\n")}

## Scenarios {% #scenarios %}

Write the value into the field of a request, and the sandbox answers with the code and does what the row says. An amount
counts in IDR, and of it what stands before the point, so that 4036014.50 is a scenario too. Neither the QR code nor expiryTime nor
the limit is looked at then.

| service and field | answer and effect |
|---|---|
${scenarios
  .map(
    ({ service, field, value, answer, effect, description }) =>
      `| ${service} \`${field}\` <br>\`${value}\`&nbsp; | \`${answer}\` <br>${effect} <br>${cell(description)} |`,
  )
  .join("\n")}

Other codes of the catalogue come by the same fields: the code that is written there is the answer.

| services and field | statuses of the codes, and effect |
|---|---|
${scenarioRules
  .map(
    ({ services, field, statuses: of, effect, description }) =>
      `| ${services.join(", ")} <br>\`${field}\`&nbsp; | ${of.join(", ")} <br>${effect} <br>${cell(description)} |`,
  )
  .join("\n")}`;

/** The moves of a payment in the sandbox as a picture: an SVG image in the text, for the page drops what SVG of its own needs. */
async function statePicture(): Promise<string> {
  const { Graphviz } = await import("@hpcc-js/wasm-graphviz");
  const drawn = [...new Set(paymentMoves.flatMap(({ from, to }) => [from, to]))];
  const svg = (await Graphviz.load()).dot(`digraph {
    bgcolor=transparent nodesep=0.5 ranksep=0.45
    node [shape=box style=rounded fontname=Arial fontsize=15]
    edge [fontname=Arial fontsize=13 arrowsize=0.8]
    start [shape=point width=0.12]
    start -> "${INITIAL_STATUS}"
    ${drawn.map((status) => `"${status}" [label="${moveNames(status)}" peripheries=${isFinal(status) ? 2 : 1}]`).join("\n")}
    ${paymentMoves.map(({ from, to, by }) => `"${from}" -> "${to}" [label=" ${by} "]`).join("\n")}
  }`);
  Graphviz.unload();
  const picture = svg.replaceAll('"Arial"', '"Arial, Helvetica, sans-serif"');
  return `<img alt="The moves of a payment as arrows between its statuses" src="data:image/svg+xml;base64,${Buffer.from(picture).toString("base64")}">`;
}

spellOut(document);
const info = document.info as Node;
// the contract's own sections, as pages of the search and the menu beside ours: each hit leads to its heading
const [opening = "", ...rest] = String(info.description).split(/^## /m);
const {
  "Response codes": aboutCodes = "",
  Errata: aboutErrata = "",
  ...own
} = Object.fromEntries(rest.map((section) => section.split(/\n(.*)/s, 2) as [string, string]));
const sections = {
  ...own,
  "Response codes": `${aboutCodes}\n\n${catalogueSection}`,
  "Outcome of a call": outcomeSection,
  "State of a payment": stateSection,
  Sandbox: sandboxSection,
  Errata: `${aboutErrata}\n\n${errataSection}`,
};
const [lead, ...operationTable] = opening.trim().split("\n\n");
const aboutLinks = [
  `A link such as _Errata: ${link("E001")}_ leads to an entry of the register: a place where the published standard contradicts`,
  "itself or is silent, and what this contract decided there.",
].join(" ");
info.description = [lead, aboutLinks, ...operationTable].join("\n\n");
document.tags = [
  ...Object.entries(sections).map(([name, description]) => ({
    name,
    description: unwrapped(description),
    "x-traitTag": true,
  })),
  ...(document.tags as Node[]),
];
// the page shows these as they are, not as Markdown
for (const server of document.servers as Node[]) server.description = String(server.description).replaceAll("`", "");

const STYLE = `<style>
  /* sections of text alone take the room that samples would need */
  [data-section-id]:not(:has([data-testid="right-panel"] > *)) [data-testid="right-panel"] { display: none; }
  [data-section-id]:not(:has([data-testid="right-panel"] > *)) [data-testid="middle-panel"] { width: 100%; max-width: 60rem; }
  /* tables fit the page: first columns, which are short, keep together and the last one gives way */
  table.md td:first-child { white-space: nowrap; }
  table.md td:nth-child(2):last-child { word-break: normal; overflow-wrap: anywhere; }
  table.md code { word-break: normal; }
  /* entries of a section are smaller and nearer than the sections */
  [data-item-kind="markdown"][data-section-id] { padding-block: 24px; }
  [data-item-kind="markdown"][data-section-id] h2[id] { font-size: 1.25rem; line-height: 1.4; }
  /* long lines of samples go on below: they hold tokens and QR codes */
  main pre, main pre * { white-space: break-spaces !important; overflow-wrap: anywhere !important; }
  html.dark img[src^="data:image/svg"] { filter: invert(1); }
  @media (max-width: 600px) {
    /* the menu's round button floats there; the end of the page scrolls free of it */
    .api-content { padding-bottom: 104px; }
    h1[data-component-name][class] { font-size: 1.6rem; line-height: 1.3; }
    .panel-request-samples [data-testid="dropdown"] button { height: auto; text-align: left; }
    .panel-request-samples [data-testid="dropdown"] button > span { white-space: normal; overflow-wrap: anywhere; }
  }
</style>
`;

const folder = mkdtempSync(join(tmpdir(), "snap-docs-"));
try {
  const source = join(folder, "openapi.json");
  writeFileSync(source, JSON.stringify(document));
  mkdirSync(dirname(out), { recursive: true });
  const built = join(folder, "index.html");
  const options = [
    "--inlineBundle",
    "--title",
    "SNAP QR CPM and debit status",
    "--openapi.schemasExpansionLevel",
    "all",
  ];
  redocly("build-docs", source, "--output", built, ...options);
  const [markup = "", ...script] = readFileSync(built, "utf8")
    // Redocly's page would fetch its maker's logo; this one loads nothing
    .replaceAll(/https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(-full)?\.svg/g, LOGO)
    .split(/(?=<script type="module">)/);
  const page = markup
    // until the script has run, and in a new tab, links to `/signatures` would lead out of the page
    .replaceAll(/(<a [^>]*href=")(?=\/)/g, "$1#")
    .replace("</head>", () => `${STYLE}</head>`);
  // whoever reads the page now reads it whole
  const beside = `${out}.${process.pid}`;
  writeFileSync(beside, [page, ...script].join(""));
  renameSync(beside, out);
} finally {
  rmSync(folder, { recursive: true });
}
console.log(`wrote ${out} (${Math.ceil(statSync(out).size / 1024)} kB); open it in a browser, no server needed`);
