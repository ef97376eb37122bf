// The sections of the page that are not operations: response codes, outcomes, states, sandbox, errata. Markdown.
import { STATUS_CODES } from "node:http";
import { statusNames } from "../../generated/response-codes.ts";
import { forcePresets } from "../../src/sandbox/forces.ts";
import { NOTIFY_FAULTS } from "../../src/sandbox/notify-faults.ts";
import { INITIAL_STATUS, type PaymentStatus, paymentMoves } from "../../src/sandbox/payment-states.ts";
import { defaultDebits, scenarioRules, scenarios } from "../../src/sandbox/scenarios.ts";
import type { Catalogue, CatalogueRow, States } from "../generate/response-codes-module.ts";
import { anchorOf, linkTo } from "./describe.ts";
import { statePicture } from "./state-picture.ts";

/** An entry of the register, as errata.yaml has it. */
export interface Erratum {
  id: string;
  title: string;
  source: string;
  place: string;
  quote: string | string[];
  kind: string;
  decision: string;
  wire: string;
}

/** Links to the entries of a section: the page shows them only once one, or the section, has been chosen. */
const contents = (entries: Record<string, string[]>) =>
  Object.entries(entries)
    .map(([of, links]) => `- ${of}: ${links.join(", ")}`)
    .join("\n");
const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");
const lines = <Row>(rows: readonly Row[], line: (row: Row) => string) => rows.map(line).join("\n");

/** An outcome as the tables show it: one word, or one for each service where they differ. */
const outcomeOf = ({ outcome }: CatalogueRow) =>
  typeof outcome === "string"
    ? outcome
    : Object.entries(outcome)
        .map(([service, word]) => `${service}: ${word}`)
        .join(", ");

// the page's search runs cells and lines together, hence the spaces at their ends
const rowOf = (row: CatalogueRow) =>
  `| ${row.status} ${row.case}&nbsp; | **${row.example}** (${row.category}) <br>_${cell(row.message)}_ <br>${[
    cell(row.description),
    ...(row.errata ?? []).map(linkTo),
  ].join(" ")} <br>Outcome \`${outcomeOf(row)}\`: ${cell(row.why)} |`;

/** The table of response codes, by status. */
export const catalogueSection = ({ codes, statuses }: Catalogue) =>
  `A row of these tables is a status and its case code; a \`responseCode\` has the service code between them. The name in bold is
that of the example, which the mock takes. The outcome is what the code says of the call, with the reason: see
[Outcome of a call](#/outcome-of-a-call).

${contents({ Statuses: Object.keys(statuses).map((status) => `[${status}](#/response-codes/${status})`) })}

${lines(
  Object.entries(statuses),
  ([status, meaning]) => `## ${status} ${STATUS_CODES[status]} {% #${status} %}

${meaning}

| code | example, message, meaning and outcome |
|---|---|
${lines(
  codes.filter((row) => String(row.status) === status),
  rowOf,
)}
`,
)}`;

/** What each outcome of a call means. */
export const outcomeSection = ({ outcomes }: Catalogue) =>
  `What a response code says of the call; \`outcomeOf\` answers it. It says nothing of the money.

| outcome | what it means, and what the caller may do next |
|---|---|
${lines(
  Object.entries(outcomes),
  ([outcome, { meaning, next }]) => `| \`${outcome}\`&nbsp; | ${meaning} <br>${next} |`,
)}

A code that is not in the catalogue is \`unknown\` too.`;

/** What each status says of a payment. */
export const stateSection = (states: States) =>
  `What \`latestTransactionStatus\` says of the payment; \`transactionStateOf\` answers it. A body that carries a status is judged by
it, whatever its response code: a PJP may answer 2006000 with status 06.

| status | state | reason |
|---|---|---|
${lines(Object.entries(states), ([status, { state, why }]) => `| ${status}&nbsp; | \`${state}\`&nbsp; | ${why} |`)}`;

const quoted = (quote: string | string[]) =>
  [quote]
    .flat()
    .map((line) => `\`${line.replace(/\s+/g, " ").replaceAll("`", "'")}\``)
    .join(" · ");

/** The register. */
export function errataSection(errata: Erratum[]): string {
  const kinds = [...new Set(errata.map(({ kind }) => kind))].sort();
  const linksOf = (kind: string) => errata.filter((entry) => entry.kind === kind).map(({ id }) => linkTo(id));
  const entries = lines(
    errata,
    ({ id, title, kind, source, place, quote, decision, wire }) => `## ${id} ${title} {% #${anchorOf(id)} %}

${kind}; page ${source}; ${place}

Published: ${quoted(quote)}

Decision: ${decision}

On the wire: ${wire}
`,
  );
  return `${contents(Object.fromEntries(kinds.map((kind) => [kind, linksOf(kind)])))}\n\n${entries}`;
}

const nameOf = (status: PaymentStatus) => `${status} ${statusNames[status]}`;

/** The sandbox: its states, direct debits and scenarios. */
export async function sandboxSection(): Promise<string> {
  return `The sandbox answers like a PJP that remembers: it makes QR codes, takes payments, answers queries, cancels, gives back and
notifies. \`snap-bi sandbox\` starts it, and in tests \`startSandbox\` of \`snap-bi-contract/sandbox\`. What it knows is gone when
it stops, unless \`--state FILE\` keeps it.

| call | what |
|---|---|
| \`GET /sandbox\` | what it knows: the clock, the totals, and the newest 100 payments and tries to notify; \`?limit=\` asks for 1 to 1000, and \`next\` leads to the older ones |
| \`POST /sandbox\` | \`{"reset": true}\` empties the books; the clock, the direct debits and the tokens stay |
| \`POST /sandbox/time\` | \`{"advance": 600}\` lets ten minutes pass, and stops the clock |
| \`POST /sandbox/time\` | \`{"time": "2020-12-23T07:50:11+07:00"}\` stops the clock at a time |
| \`POST /sandbox/time\` | \`{"resume": true}\` lets the clock go on from where it stands |

A POST needs \`Content-Type: application/json\`. Where the sandbox checks tokens or signatures, or listens on another address than
this machine's, these calls need the control key that it printed at its start, as \`Authorization: Bearer KEY\`.

${contents({ "In this section": ["[States of a payment in the sandbox](#/sandbox/states)", "[Direct debits](#/sandbox/direct-debits)", "[Scenarios](#/sandbox/scenarios)", "[Faults](#/sandbox/faults)", "[Developer site](#/sandbox/developer-site)"] })}

## States of a payment in the sandbox {% #states %}

A payment begins with ${nameOf(INITIAL_STATUS)} and moves along the arrows only. A double frame is final. The table says the same.

${await statePicture(nameOf)}

| from, to | move and cause |
|---|---|
${lines(
  paymentMoves,
  ({ from, to, by, cause }) => `| ${nameOf(from)} <br>→ ${nameOf(to)}&nbsp; | **${by}** <br>${cell(cause)} |`,
)}

## Direct debits {% #direct-debits %}

What service 55 knows unless \`startSandbox\` is given other \`directDebits\`, for every partner. Any other is 404 01.

| originalPartnerReferenceNo | status |
|---|---|
${lines(
  defaultDebits,
  ({ originalPartnerReferenceNo: name, latestTransactionStatus: status }) =>
    `| \`${name}\`&nbsp; | ${status} ${statusNames[status]} |`,
)}

${scenarioTables()}`;
}

const neverAnswered = scenarios.find(({ effect }) => effect === "captured, never answered")?.value;

const scenarioTables = () => `## Scenarios {% #scenarios %}

Write the value into the field of a request, and the sandbox answers with the code and does what the row says. An amount
counts in IDR, and of it what stands before the point, so that 4036014.50 is a scenario too. Neither the QR code nor expiryTime nor
the limit is looked at then.

| service and field | answer and effect |
|---|---|
${lines(
  scenarios,
  ({ service, field, value, answer, effect, description }) =>
    `| ${service} \`${field}\` <br>\`${value}\`&nbsp; | \`${answer}\` <br>${effect} <br>${cell(description)} |`,
)}

Other codes of the catalogue come by the same fields: the code that is written there is the answer.

| services and field | statuses of the codes, and effect |
|---|---|
${lines(
  scenarioRules,
  ({ services, field, statuses: of, effect, description }) =>
    `| ${services.join(", ")} <br>\`${field}\`&nbsp; | ${of.join(", ")} <br>${effect} <br>${cell(description)} |`,
)}

Other test systems have other ways. \`--force NAME\` (\`force\` in code) lets the sandbox understand them, too.

| name | what it reads |
|---|---|
${lines(forcePresets, ({ name, description }) => `| \`${name}\`&nbsp; | ${cell(description)} |`)}

## Faults {% #faults %}

What hurts in production, on purpose. \`--latency MS\` holds back every answer; amount \`${neverAnswered}\` is never answered.
\`--notify-faults LIST\` (\`notify.faults\` in code) has notifications go wrong:

| name | what it does |
|---|---|
${lines(Object.entries(NOTIFY_FAULTS), ([name, does]) => `| \`${name}\`&nbsp; | ${cell(does)} |`)}

## Developer site {% #developer-site %}

\`--developer-site\` has the sandbox do what the standard's developer site does: under any base path, such as \`/api\`, a POST to
\`/v1.0/utilities/signature-auth\` or \`/v1.0/utilities/signature-service\` signs for the caller, with the headers of the site. The
keys are made for the run and printed at its start.`;
