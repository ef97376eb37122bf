// The form as Markdown: a table of results, and each row with its request and response.
import type { Form, FormRow } from "./form.ts";

/** The text. */
export function markdownOf({ title, labels, head, rows, masking }: Form): string {
  const [no, service, scenario, expected, request, response, result, notes] = labels.columns;
  const table = [
    [no, service, scenario, expected, result, notes],
    ["---", "---", "---", "---", "---", "---"],
    ...rows.map((row) => [row.number, row.service, row.scenario, row.expected, row.result, row.notes].map(inCell)),
  ];
  const detailed = (row: FormRow) =>
    row.request === ""
      ? []
      : [
          `## ${row.number} ${row.service}: ${row.scenario}`,
          `${request}:`,
          fenced(row.request),
          `${response}:`,
          fenced(row.response),
        ];
  const paragraphs = [
    `# ${title}`,
    head.map(([label, value]) => `- ${label}: ${inLine(value)}`).join("\n"),
    masking,
    table.map((cells) => `| ${cells.join(" | ")} |`).join("\n"),
    ...rows.flatMap(detailed),
  ];
  return `${paragraphs.join("\n\n")}\n`;
}

/** What Markdown and HTML would read as more than text, as text. */
const inLine = (text: string) => text.replace(/[\\`*_{}[\]<>#|~]/g, "\\$&").replace(/&/g, "&amp;");

const inCell = (text: string) => inLine(text).replace(/\r?\n/g, "<br>");

/** A block whose fence is longer than any in it. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}http\n${text}\n${fence}`;
}
