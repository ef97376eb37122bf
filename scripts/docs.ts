// Builds the documentation page: one HTML file that works offline, made by Redocly from the bundle.
// Presence, conditions and errata are extensions, which the page would hide or show raw, so they are written into the
// descriptions first; the code catalogue and the register of errata become sections.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { parse } from "yaml";
import { redocly, root } from "./redocly.ts";
import type { Catalogue, CatalogueRow, States } from "./response-codes.ts";

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
const inputs = ["generated/openapi.json", "openapi/errata.yaml", "openapi/response-codes.yaml", "scripts/docs.ts"].map(
  (file) => join(root, file),
);
const changed = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
if (values["if-stale"] && changed(out) > Math.max(...inputs.map(changed))) process.exit(0);

console.log("building the documentation page ...");
const document = JSON.parse(readFileSync(join(root, "generated/openapi.json"), "utf8")) as Node;
const { errata } = parse(readFileSync(join(root, "openapi/errata.yaml"), "utf8")) as { errata: Erratum[] };
const { codes, outcomes } = parse(readFileSync(join(root, "openapi/response-codes.yaml"), "utf8")) as Catalogue;

const EMPTY_IMAGE = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=";
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
  const ids = element["x-snap-errata"];
  if (typeof element.description === "string") {
    element.description = [
      presence,
      element.description,
      condition && `_${String(condition)}_`,
      Array.isArray(ids) && `Errata: ${ids.map((id) => link(String(id))).join(", ")}`,
    ]
      .filter(Boolean)
      .join(" ");
  }
  for (const [key, value] of Object.entries(element)) if (key !== "examples" && key !== "example") spellOut(value);
}

const link = (id: string) => `[${id}](#section/errata-register/${id.toLowerCase()})`;
const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");
const quoted = (quote: string | string[]) =>
  [quote]
    .flat()
    .map((line) => `\`${line.replace(/\s+/g, " ").replaceAll("`", "'")}\``)
    .join(" · ");

/** An outcome as the table shows it: one word, or one for each service where they differ. */
const outcomeCell = ({ outcome }: CatalogueRow) =>
  typeof outcome === "string"
    ? outcome
    : Object.entries(outcome)
        .map(([service, word]) => `${service}: ${word}`)
        .join(", ");

const catalogueSection = `# Response code catalogue

\`responseCode\` is HTTP status, service code and case code. The catalogue's 63 rows apply to every service. The example name is
what the mock takes in \`Prefer: code=<status>, example=<name>\`.

| status | case | category | message | meaning | example | errata |
|---|---|---|---|---|---|---|
${codes
  .map(
    (row) =>
      `| ${row.status} | ${row.case} | ${row.category} | ${cell(row.message)} | ${cell(row.description)} | \`${row.example}\` | ${(row.errata ?? []).map(link).join(" ")} |`,
  )
  .join("\n")}

# Outcome of a call

What a response code says of the call; \`outcomeOf\` answers it. It says nothing of the money.

| outcome | meaning | what the caller may do next |
|---|---|---|
${Object.entries(outcomes)
  .map(([outcome, { meaning, next }]) => `| \`${outcome}\` | ${meaning} | ${next} |`)
  .join("\n")}
| \`unknown\` | A code that is not in the catalogue. | As above. |

| status | case | message | outcome | reason |
|---|---|---|---|---|
${codes.map((row) => `| ${row.status} | ${row.case} | ${cell(row.message)} | ${outcomeCell(row)} | ${cell(row.why)} |`).join("\n")}

# State of a payment

What \`latestTransactionStatus\` says of the payment; \`transactionStateOf\` answers it. A body that carries a status is judged by
it, whatever its response code: a PJP may answer 2006000 with status 06.

| status | state | reason |
|---|---|---|
${Object.entries(states)
  .map(([status, { state, why }]) => `| ${status} | \`${state}\` | ${why} |`)
  .join("\n")}`;

const errataSection = `# Errata register

Where the published pages contradict themselves, slip or are silent, and what this contract does about it.

${errata
  .map(
    (entry) => `## ${entry.id}
**${entry.title}** (${entry.kind}; page ${entry.source}; ${entry.place})

Published: ${quoted(entry.quote)}

Decision: ${entry.decision}

On the wire: ${entry.wire}
`,
  )
  .join("\n")}`;

spellOut(document);
const info = document.info as Node;
info.description = `${String(info.description)}\n\n${catalogueSection}\n\n${errataSection}`;

const folder = mkdtempSync(join(tmpdir(), "snap-docs-"));
try {
  const source = join(folder, "openapi.json");
  writeFileSync(source, JSON.stringify(document));
  mkdirSync(dirname(out), { recursive: true });
  redocly("build-docs", source, "--inlineBundle", "--output", out, "--title", "SNAP QR CPM and debit status");
  // Redocly's page would fetch its maker's logo; this one loads nothing.
  const page = readFileSync(out, "utf8").replaceAll(
    /https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(-full)?\.svg/g,
    EMPTY_IMAGE,
  );
  writeFileSync(out, page);
} finally {
  rmSync(folder, { recursive: true });
}
console.log(`wrote ${out} (${Math.ceil(statSync(out).size / 1024)} kB); open it in a browser, no server needed`);
