// The result as JUnit's XML, which CI systems show.
import type { Report, Row } from "../row.ts";
import { visible } from "./characters.ts";
import { escaped } from "./html.ts";
import { maskOf } from "./mask.ts";
import type { Language } from "./words.ts";

/** The document: a suite for each service, a case for each scenario. */
export function junitOf({ rows, secrets, started }: Report, language: Language): string {
  const mask = maskOf(secrets);
  const attribute = (text: string) => escaped(visible(mask(text))).replace(/\n/g, "&#10;");
  const caseOf = ({ scenario, group: { name }, outcome, findings, notes, exchanges }: Row) => {
    const seconds = exchanges.reduce((sum, { duration }) => sum + duration, 0) / 1000;
    const said = [...findings.map(({ words }) => words[language]), ...notes.map((words) => words[language])].join("\n");
    const open = `<testcase classname="${attribute(name[language])}" name="${attribute(`${scenario.number} ${scenario.name[language]}`)}" time="${seconds}"`;
    if (outcome === "passed") return `    ${open}/>`;
    const inside =
      outcome === "failed"
        ? `<failure type="${findings[0]?.rule ?? ""}" message="${attribute(said)}"/>`
        : `<skipped message="${attribute(said)}"/>`;
    return `    ${open}>${inside}</testcase>`;
  };
  const suites = [...new Set(rows.map(({ group }) => group))].map((group) => {
    const own = rows.filter((row) => row.group === group);
    const count = (outcome: Row["outcome"]) => own.filter((row) => row.outcome === outcome).length;
    const { name, service } = group;
    const totals = `tests="${own.length}" failures="${count("failed")}" errors="0" skipped="${count("not tested")}"`;
    return [
      `  <testsuite name="${attribute(`${name[language]}${service && ` (${service})`}`)}" ${totals} timestamp="${started.toISOString()}">`,
      ...own.map(caseOf),
      "  </testsuite>",
    ].join("\n");
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join("\n")}\n</testsuites>\n`;
}
