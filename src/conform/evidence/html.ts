// The form as one page that prints well, and needs nothing else.
import { visible } from "./characters.ts";
import type { Form, FormRow } from "./form.ts";

const STYLE = `
  body { font: 14px/1.4 system-ui, sans-serif; margin: 2rem; color: #1a1a1a; }
  h1 { font-size: 1.4rem; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; }
  dt { font-weight: 600; } dd { margin: 0; }
  table { border-collapse: collapse; width: 100%; table-layout: fixed; }
  th, td { border: 1px solid #999; padding: .3rem .4rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
  th { background: #d9e2f3; }
  td pre { margin: 0; font: 11px/1.35 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
  td.text { white-space: pre-line; }
  .pass { background: #d9ead3; font-weight: 600; } .fail { background: #f4cccc; font-weight: 600; }
  col.no { width: 4%; } col.service { width: 8%; } col.scenario { width: 10%; } col.expected { width: 11%; }
  col.request, col.response { width: 23%; } col.result { width: 6%; }
  @page { size: A4 landscape; margin: 10mm; }
  @media print {
    body { margin: 0; font-size: 9px; }
    td pre { font-size: 7px; }
    thead { display: table-header-group; }
    th, .pass, .fail { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  }`;

const COLUMNS = ["no", "service", "scenario", "expected", "request", "response", "result", "notes"];

/** The page. */
export function htmlOf({ language, title, labels, head, rows, masking }: Form): string {
  const lines = [
    "<!doctype html>",
    `<html lang="${language}">`,
    `<meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width">`,
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}\n</style>`,
    `<h1>${escaped(title)}</h1>`,
    "<dl>",
    ...head.map(([label, value]) => `<dt>${escaped(label)}</dt><dd>${escaped(value)}</dd>`),
    "</dl>",
    `<p>${escaped(masking)}</p>`,
    "<table>",
    `<colgroup>${COLUMNS.map((name) => `<col class="${name}">`).join("")}</colgroup>`,
    `<thead><tr>${labels.columns.map((name) => `<th scope="col">${escaped(name)}</th>`).join("")}</tr></thead>`,
    "<tbody>",
    ...rows.map((row) => rowOf(row, row.result === labels.passed)),
    "</tbody>",
    "</table>",
    "</html>",
  ];
  return `${lines.join("\n")}\n`;
}

function rowOf(
  { number, service, scenario, expected, request, response, result, notes }: FormRow,
  passed: boolean,
): string {
  const text = (value: string) => `<td class="text">${escaped(visible(value))}</td>`;
  const wire = (value: string) => `<td><pre>${escaped(visible(value))}</pre></td>`;
  const judged = result === "" ? "<td></td>" : `<td class="${passed ? "pass" : "fail"}">${escaped(result)}</td>`;
  return `<tr>${text(number)}${text(service)}${text(scenario)}${text(expected)}${wire(request)}${wire(response)}${judged}${text(notes)}</tr>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A text that is nothing but text in HTML and in XML. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}
