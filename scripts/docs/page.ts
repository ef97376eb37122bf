// The page as one file: its parts in their order, with style and script in it, and a policy that lets nothing else in.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bundled, named } from "../page/inline.ts";
import { root } from "../redocly/run.ts";
import { type Contract, readContract } from "./contract.ts";
import { anchor, Html, html, markdown, place } from "./html.ts";
import { statePicture } from "./pictures/states.ts";
import { profilesSection, readProfiles } from "./profiles.ts";
import { codesSection, outcomesSection, statesSection } from "./sections/codes.ts";
import { errataSection } from "./sections/errata.ts";
import { headersSection } from "./sections/headers.ts";
import { operationsSection } from "./sections/operations.ts";
import { nameOf, sandboxSection } from "./sections/sandbox.ts";
import { workedExamples } from "./sections/signatures.ts";
import { firstCall, introduction } from "./sections/start.ts";

/** A section, and what the menu has under it. */
interface Section {
  id: string;
  title: string;
  content: Html;
  /** What follows as sections of their own. */
  after?: Html;
  below?: readonly (readonly [id: string, title: Html | string])[];
}

async function sectionsOf(contract: Contract): Promise<Section[]> {
  const { about, operations, catalogue } = contract;
  const profiles = readProfiles();
  const told = (heading: string) => markdown(about[heading] ?? "");
  return [
    { id: "introduction", title: "What this is", content: introduction(contract) },
    { id: "first-call", title: "First call", content: firstCall(contract) },
    {
      id: "operations",
      title: "Operations",
      content: told("Presence and length"),
      after: operationsSection(contract, profiles),
      below: operations.map((operation) => {
        const { operationId, service, summary } = operation;
        return [
          operationId,
          html`<span class="service">${service}</span> · <code>${operationId}</code><span class="hidden"> · </span><span class="summary">${summary}</span>`,
        ];
      }),
    },
    {
      id: "codes",
      title: "Response codes",
      content: html`${told("Response codes")}${codesSection(contract)}`,
      below: Object.keys(catalogue.statuses).map((status) => [status, status]),
    },
    { id: "outcomes", title: "Outcomes", content: outcomesSection(contract) },
    { id: "states", title: "States", content: statesSection(contract, await statePicture(nameOf)) },
    {
      id: "signatures",
      title: "Signatures",
      content: html`${told("Signatures")}${workedExamples(contract)}`,
      below: ["symmetric", "asymmetric", "token"].map((kind) => [`signature-${kind}`, kind]),
    },
    { id: "headers", title: "Headers", content: html`${told("Headers")}${headersSection(contract, profiles)}` },
    {
      id: "sandbox",
      title: "Sandbox",
      content: sandboxSection(),
      below: [
        ["sandbox-scenarios", "scenarios"],
        ["sandbox-moves", "moves"],
        ["sandbox-debits", "direct debits"],
      ],
    },
    { id: "profiles", title: "Profiles", content: profilesSection(profiles, contract) },
    { id: "errata", title: "Errata", content: html`${told("Errata")}${errataSection(contract)}` },
  ];
}

const sectionOf = ({ id, title, content, after }: Section): Html =>
  html`<section class="section" aria-labelledby="${id}-title" ${place({ id, kind: "Section", title })}><h2 id="${id}-title">${title} ${anchor(id, title)}</h2><div class="text">${content}</div></section>${after}`;

const menuOf = ({ id, title, below = [] }: Section): Html =>
  html`<li class="menu-${id}"><a href="#${id}">${title}</a>${below.length > 0 && html`<ul>${below.map(([to, name]) => html`<li><a href="#${to}">${name}</a></li>`)}</ul>`}</li>`;

/** Before the first paint: the theme that was chosen. */
const EARLY = `document.documentElement.classList.add("js");try{const t=localStorage.getItem("theme");if(t)document.documentElement.dataset.theme=t}catch{}`;
const ICON = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="4" fill="#4f46e5"/><path d="M4 4h3v3H4zM9 4h3v3H9zM4 9h3v3H4zM9 9h1.5v1.5H9zM10.5 10.5H12V12h-1.5z" fill="#fff"/></svg>')}`;

/** The whole page. */
export async function renderPage(): Promise<string> {
  const contract = readContract();
  const sections = await sectionsOf(contract);
  const here = import.meta.dirname;
  const style = bundled(join(here, "page.css"));
  const script = bundled(join(here, "client/page.ts"));
  // what is copied into the page comes with its terms
  const licence = readFileSync(join(root, "node_modules/minisearch/LICENSE.txt"), "utf8");
  const policy = `default-src 'none'; style-src ${named(style)}; script-src ${named(EARLY)} ${named(script)}; img-src data:; base-uri 'none'; form-action 'none'`;
  const raw = (text: string) => new Html(text);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${contract.title}</title>
<link rel="icon" href="${ICON}">
<style>${raw(style)}</style>
<script>${raw(EARLY)}</script>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
${headerOf(contract)}
<nav id="menu" aria-label="Sections"><ul>${sections.map(menuOf)}</ul></nav>
<main id="main" tabindex="-1">
<h1>${contract.title}</h1>
${sections.map(sectionOf)}
<footer>snap-bi-contract ${contract.version}. The standard is Bank Indonesia's: <a href="${contract.standard}">${contract.standard}</a>. This project is not affiliated with it.</footer>
</main>
${SEARCH}
<!-- The search is MiniSearch.
${raw(licence)}-->
<script>${raw(script)}</script>
</body>
</html>
`.text;
}

const headerOf = ({
  version,
}: Contract) => html`<header><button type="button" id="menu-button" aria-expanded="false" aria-controls="menu" aria-label="Menu"><svg viewBox="0 0 20 20" aria-hidden="true"><path d="M3 5h14M3 10h14M3 15h14"></path></svg></button>
<a class="brand" href="#introduction"><img src="${ICON}" alt="" width="24" height="24"> <b>SNAP</b> <span>contract ${version}</span></a>
<button type="button" id="search-button"><svg viewBox="0 0 20 20" aria-hidden="true"><circle cx="9" cy="9" r="5.5"></circle><path d="m13 13 4 4"></path></svg><span>Search a code, field, header, erratum</span> <kbd>/</kbd></button>
<button type="button" id="theme-button" aria-label="Light or dark"><svg viewBox="0 0 20 20" aria-hidden="true"><circle cx="10" cy="10" r="6.5"></circle><path class="half" d="M10 3.5a6.5 6.5 0 0 1 0 13z"></path></svg></button></header>`;

const SEARCH = html`<dialog id="search" aria-label="Search"><div class="box"><div class="typed"><svg viewBox="0 0 20 20" aria-hidden="true"><circle cx="9" cy="9" r="5.5"></circle><path d="m13 13 4 4"></path></svg>
<input type="text" role="combobox" aria-label="Search" aria-expanded="false" aria-controls="hits" aria-autocomplete="list" placeholder="4036014, qrCpmPayment, X-EXTERNAL-ID, E072 ..." autocomplete="off" autocapitalize="off" spellcheck="false"></div>
<ul role="listbox" id="hits" aria-label="Found"></ul>
<p class="keys"><span role="status"></span><span><kbd>↑</kbd> <kbd>↓</kbd> to choose, <kbd>Enter</kbd> to go, <kbd>Esc</kbd> to close</span></p></div></dialog>`;
