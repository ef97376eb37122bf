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
      element.description,
      target?.description,
      condition && `_${String(condition)}_`,
      ids.length > 0 && `Errata: ${[...new Set(ids)].map(link).join(", ")}`,
    ]
      .filter(Boolean)
      .join(" ");
  }
  for (const [key, value] of Object.entries(element)) if (key !== "examples" && key !== "example") spellOut(value);
}

/** A schema as it was before anything was spelt out; undefined when there is no reference to one. */
function targetOf(ref: unknown): Node | undefined {
  return typeof ref === "string" && ref.startsWith("#/components/schemas/")
    ? untouched[ref.split("/").at(-1) ?? ""]
    : undefined;
}

const headingOf = ({ id, title }: Erratum) => `${id} ${title}`;
/** The anchor that the page gives a heading. */
const slug = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\w.' -]/g, "")
    .replaceAll(" ", "-");
const anchors = new Map(errata.map((entry) => [entry.id, `#section/errata-register/${slug(headingOf(entry))}`]));
const link = (id: string) => `[${id}](${anchors.get(id)})`;
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

\`responseCode\` is HTTP status, service code and case code: the first column without its blank, the service code between. The
catalogue's 63 rows apply to every service. The name in bold is what the mock takes in \`Prefer: code=<status>, example=<name>\`.

| code | example, message and meaning |
|---|---|
${codes
  .map(
    (row) =>
      `| ${row.status} ${row.case} | **${row.example}** (${row.category})<br>_${cell(row.message)}_<br>${cell(row.description)} ${(row.errata ?? []).map(link).join(" ")} |`,
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

| code | outcome | reason |
|---|---|---|
${codes.map((row) => `| ${row.status} ${row.case} | ${outcomeCell(row)} | ${cell(row.why)} |`).join("\n")}

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
    (entry) => `## ${headingOf(entry)}
${entry.kind}; page ${entry.source}; ${entry.place}

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
  const built = join(folder, "index.html");
  redocly("build-docs", source, "--inlineBundle", "--output", built, "--title", "SNAP QR CPM and debit status");
  // Redocly's page would fetch its maker's logo; this one loads nothing.
  const page = readFileSync(built, "utf8").replaceAll(/https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(-full)?\.svg/g, LOGO);
  writeFileSync(out, page);
} finally {
  rmSync(folder, { recursive: true });
}
console.log(`wrote ${out} (${Math.ceil(statSync(out).size / 1024)} kB); open it in a browser, no server needed`);
