// Builds the documentation page: one HTML file that works offline, made by Redocly from the bundle. The catalogue of codes, the
// sandbox and the register of errata become sections of it.
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { parse } from "yaml";
import type { Catalogue, States } from "../../src/generate/facts.ts";
import { redocly, root } from "../redocly/run.ts";
import { linkTo, type Node, spellOut, unwrapped } from "./describe.ts";
import {
  catalogueSection,
  type Erratum,
  errataSection,
  outcomeSection,
  sandboxSection,
  stateSection,
} from "./sections.ts";

function isStale(out: string): boolean {
  const inputs = [
    "generated/openapi.json",
    "openapi/errata.yaml",
    "openapi/response-codes.yaml",
    ...readdirSync(import.meta.dirname).map((file) => `scripts/docs/${file}`),
    "src/sandbox/payment-states.ts",
    "src/sandbox/scenarios.ts",
  ].map((file) => join(root, file));
  const changed = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return changed(out) <= Math.max(...inputs.map(changed));
}

async function build(out: string): Promise<void> {
  console.log("building the documentation page ...");
  const document = JSON.parse(readFileSync(join(root, "generated/openapi.json"), "utf8")) as Node;
  const sections = await sectionsOf(document);
  spellOut(document);
  arrange(document, sections);
  const folder = mkdtempSync(join(tmpdir(), "snap-docs-"));
  try {
    const page = render(document, folder);
    mkdirSync(dirname(out), { recursive: true });
    // who reads the page meanwhile reads it whole
    const beside = `${out}.${process.pid}`;
    writeFileSync(beside, page);
    renameSync(beside, out);
  } finally {
    rmSync(folder, { recursive: true });
  }
  console.log(`wrote ${out} (${Math.ceil(statSync(out).size / 1024)} kB); open it in a browser, no server needed`);
}

/** The sections that come before the operations: those of the contract's own description, and ours. */
async function sectionsOf(document: Node): Promise<Record<string, string>> {
  const yaml = (file: string) => parse(readFileSync(join(root, "openapi", file), "utf8")) as unknown;
  const { errata } = yaml("errata.yaml") as { errata: Erratum[] };
  const catalogue = yaml("response-codes.yaml") as Catalogue;
  const { TransactionStatus } = (document.components as { schemas: Record<string, Node> }).schemas;
  const [, ...described] = String((document.info as Node).description).split(/^## /m);
  const {
    "Response codes": aboutCodes = "",
    Errata: aboutErrata = "",
    ...own
  } = Object.fromEntries(described.map((section) => section.split(/\n(.*)/s, 2) as [string, string]));
  return {
    ...own,
    "Response codes": `${aboutCodes}\n\n${catalogueSection(catalogue)}`,
    "Outcome of a call": outcomeSection(catalogue),
    "State of a payment": stateSection(TransactionStatus?.["x-snap-states"] as States),
    Sandbox: await sandboxSection(),
    Errata: `${aboutErrata}\n\n${errataSection(errata)}`,
  };
}

/** Has the sections be entries of the page's menu and search beside the operations, so that each hit leads to its heading. */
function arrange(document: Node, sections: Record<string, string>): void {
  const info = document.info as Node;
  const [opening = ""] = String(info.description).split(/^## /m);
  const [lead, ...operationTable] = opening.trim().split("\n\n");
  const aboutLinks = [
    `A link such as _Errata: ${linkTo("E001")}_ leads to an entry of the register: a place where the published standard contradicts`,
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
}

const LOGO = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="40" height="12"><text y="10" font-family="sans-serif" font-size="11">Redoc</text></svg>')}`;

/** The page as Redocly writes it, with our style and without what it would load. */
function render(document: Node, folder: string): string {
  const source = join(folder, "openapi.json");
  const built = join(folder, "index.html");
  writeFileSync(source, JSON.stringify(document));
  const title = ["--title", "SNAP QR CPM and debit status"];
  const options = ["--inlineBundle", ...title, "--openapi.schemasExpansionLevel", "all"];
  redocly("build-docs", source, "--output", built, ...options);
  const [markup = "", ...script] = readFileSync(built, "utf8")
    // Redocly's page would fetch its maker's logo; this one loads nothing
    .replaceAll(/https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(-full)?\.svg/g, LOGO)
    .split(/(?=<script type="module">)/);
  const style = `<style>\n${readFileSync(join(import.meta.dirname, "page.css"), "utf8")}</style>\n`;
  const page = markup
    // until the script has run, and in a new tab, links to `/signatures` would lead out of the page
    .replaceAll(/(<a [^>]*href=")(?=\/)/g, "$1#")
    .replace("</head>", () => `${style}</head>`);
  return [page, ...script].join("");
}

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
} else if (!values["if-stale"] || isStale(values.out)) await build(values.out);
