// The form as data: its head, its columns, and a row for each scenario, in one language. The writers lay it out.
import type { Report, Row } from "../row.ts";
import type { Exchange } from "../wire.ts";
import { type Mask, maskOf, unmasked } from "./mask.ts";
import { LABELS, type Labels, type Language } from "./words.ts";

/** A row of the form, as text. */
export interface FormRow {
  readonly number: string;
  readonly service: string;
  readonly scenario: string;
  readonly expected: string;
  readonly request: string;
  readonly response: string;
  /** Empty where it was not tested. */
  readonly result: string;
  readonly notes: string;
  /** Where all of it stands, beside the form; undefined where nothing was sent. */
  readonly file: string | undefined;
}

/** The form. */
export interface Form {
  readonly language: Language;
  readonly labels: Labels;
  readonly title: string;
  readonly head: readonly (readonly [label: string, value: string])[];
  readonly rows: readonly FormRow[];
  /** That tokens are masked, or are not. */
  readonly masking: string;
  /** Every exchange of the rows, by file. */
  readonly files: readonly (readonly [file: string, text: string])[];
}

/** How the evidence is written. */
export interface FormOptions {
  readonly language: Language;
  /** Shows access tokens as they went over the wire. */
  readonly unmasked?: boolean;
}

/** Makes the form of a report. */
export function formOf(report: Report, { language, unmasked: all = false }: FormOptions): Form {
  const { kind, subject, started, secrets } = report;
  // the form has its own scenarios first, and what was added at its end
  const rows = [
    ...report.rows.filter(({ scenario }) => !scenario.own),
    ...report.rows.filter(({ scenario }) => scenario.own),
  ];
  const labels = LABELS[language];
  const mask = all ? unmasked : maskOf(secrets);
  const count = (outcome: Row["outcome"]) => rows.filter((row) => row.outcome === outcome).length;
  const services = new Set(rows.map(({ group }) => serviceOf(group, language)));
  const date = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "long", timeZone: "Asia/Jakarta" });
  return {
    language,
    labels,
    title: labels.titles[kind],
    head: [
      [labels.provider, subject.provider ?? ""],
      [labels.user, subject.user ?? ""],
      [labels.service, [...services].join(", ")],
      [labels.date, date.format(started)],
      [labels.target, subject.baseUrl],
      [labels.counts, labels.summary(count("passed"), count("failed"), count("not tested"))],
    ],
    rows: rows.map((row) => formRowOf(row, language, mask)),
    masking: all ? labels.unmasked : labels.masked,
    files: rows.flatMap((row) => {
      const file = fileOf(row);
      return file === undefined ? [] : [[file, mask(exchangesInWords(row, labels))] as const];
    }),
  };
}

const serviceOf = ({ name, service }: Row["group"], language: Language) =>
  service === "" ? name[language] : `${name[language]} (${service})`;

/** Where the exchanges of a row stand, beside the form. */
function fileOf({ scenario, exchanges }: Row): string | undefined {
  return exchanges.length > 0 ? `exchanges/${scenario.number}.txt` : undefined;
}

function formRowOf(row: Row, language: Language, mask: Mask): FormRow {
  const { scenario, group, expected, outcome, findings, notes, shown } = row;
  const labels = LABELS[language];
  const file = fileOf(row);
  const said = [
    ...(scenario.own ? [labels.own] : []),
    ...findings.map(({ words }) => words[language]),
    ...notes.map((words) => words[language]),
    ...(file === undefined ? [] : [labels.whole(file)]),
  ];
  return {
    number: scenario.number,
    service: serviceOf(group, language),
    scenario: scenario.name[language],
    expected,
    request: shown ? mask(requestInWords(shown)) : "",
    response: shown ? mask(responseInWords(shown, labels)) : "",
    result: outcome === "passed" ? labels.passed : outcome === "failed" ? labels.failed : "",
    notes: mask(said.join("\n")),
    file,
  };
}

const headersInWords = (headers: Readonly<Record<string, string>>) =>
  Object.entries(headers).map(([name, value]) => `${name}: ${value}`);

/** A request as it was sent. */
function requestInWords({ request: { method, url, headers, body } }: Exchange): string {
  return [`${method} ${url}`, ...headersInWords(headers), "", body].join("\n");
}

/** An answer as it came. */
function responseInWords({ response, failure = "" }: Exchange, labels: Labels): string {
  if (!response) return `${labels.noAnswer}: ${failure}`;
  return [`HTTP ${response.status}`, ...headersInWords(response.headers), "", response.body].join("\n");
}

/** Everything that went over the wire for a row. */
function exchangesInWords({ exchanges, scenario }: Row, labels: Labels): string {
  const all = exchanges.map((exchange, index) => {
    const what = exchange.preparation ? `, ${labels.preparation}` : "";
    const title = `==== ${scenario.number}, ${index + 1}: ${exchange.operation}${what}, ${exchange.duration} ms ====`;
    return [title, "", requestInWords(exchange), "", "----", "", responseInWords(exchange, labels), ""].join("\n");
  });
  return `${all.join("\n")}`;
}
