// Turns openapi/response-codes.yaml and the list of statuses into generated/response-codes.ts, cases.ts and notes.ts.
import type { Bundle } from "../../src/generate/bundle.ts";
import { byRow, type Catalogue, type CatalogueRow, type States } from "../../src/generate/facts.ts";

const literal = (value: unknown) => JSON.stringify(value);
const union = (values: Iterable<string>) => [...new Set(values)].map(literal).join(" | ");

/** The module's text: closed unions, and the catalogue as data. */
export function responseCodesModule(catalogue: Catalogue, states: States, { operations }: Bundle): string {
  const { codes, statuses, outcomes } = catalogue;
  const services = operations.map(({ serviceCode }) => serviceCode);
  const longest = operations[0]?.responses["400"]?.properties?.responseMessage?.maxLength;
  const cases = Object.keys(statuses).map(
    (status) =>
      `  ${literal(status)}: ${union(codes.filter((row) => String(row.status) === status).map((row) => row.case))};`,
  );
  const record = (value: (row: CatalogueRow) => unknown) => byRow(catalogue, value);
  return `/** Service codes of the contract. */
export type ServiceCode = ${union(services)};

/** Case codes of each HTTP status. */
export interface CaseCodes {
${cases.join("\n")}
}

/** HTTP statuses of the catalogue, as text. */
export type HttpStatus = keyof CaseCodes;

/** Every row of the catalogue: HTTP status and case code. cases.ts has them by name. */
export type Case = { [S in HttpStatus]: \`\${S}\${CaseCodes[S]}\` }[HttpStatus];

/** Every response code of a service and a status; of all of them where none is named. */
export type ResponseCode<Service extends ServiceCode = ServiceCode, Status extends HttpStatus = HttpStatus> = {
  [S in Status]: \`\${S}\${Service}\${CaseCodes[S]}\`;
}[Status];

/** Response codes that say that the call was not processed as asked. */
export type ErrorCode<Service extends ServiceCode = ServiceCode> = ResponseCode<Service, Exclude<HttpStatus, "200" | "202">>;

/** Categories of the catalogue. */
export type Category = ${union(codes.map((row) => row.category))};

/** What a response code says of a call. */
export type Outcome = ${union(Object.keys(outcomes))};

/** What a transaction status says of a payment. */
export type TransactionState = ${union(Object.values(states).map(({ state }) => state))};

/** How many characters a message has at most. */
export const maxMessageLength = ${longest};

/** The message of each row of the catalogue, by HTTP status and case code: \`"40314"\`. */
export const messages: Readonly<Record<string, string>> = {
${record(({ message }) => message)}
};

/** What each row says of the call, by service where services differ. */
export const callOutcomes: Readonly<
  Record<string, { readonly other: Outcome } & { readonly [Service in ServiceCode]?: Outcome }>
> = {
${record(({ outcome }) => (typeof outcome === "string" ? { other: outcome } : outcome))}
};

/** Category and meaning of each row of the catalogue. */
export const catalogue: Readonly<Record<string, { readonly category: Category; readonly description: string }>> = {
${record(({ category, description }) => ({ category, description }))}
};

${statusesPart(catalogue, states)}`;
}

const statusesPart = (
  { outcomes }: Catalogue,
  states: States,
) => `/** What each outcome means, and what a caller may do next. */
export const outcomes: Readonly<Record<Outcome, { readonly meaning: string; readonly next: string }>> = ${JSON.stringify(outcomes, null, 2)};

/** The name of each transaction status, in a word or two. */
export const statusNames = ${JSON.stringify(Object.fromEntries(Object.entries(states).map(([status, { name }]) => [status, name])), null, 2)} as const;

/** The state that each transaction status stands for. */
export const transactionStates: Readonly<Record<string, TransactionState>> = ${JSON.stringify(
  Object.fromEntries(Object.entries(states).map(([status, { state }]) => [status, state])),
  null,
  2,
)};
`;

/** The text of generated/cases.ts: a constant a row, so that a bundle holds those that it uses. */
export function casesModule({ codes }: Catalogue): string {
  const rows = codes.map(
    ({ example, status, case: caseCode, message }) =>
      `/** ${message} */\nexport const ${example} = "${status}${caseCode}";`,
  );
  const counts = countsOf(codes);
  return `// The rows of the catalogue by name: HTTP status and case code of each.
${rows.join("\n")}

/** How many case codes each status has: they count up from 00 without a gap. */
export const caseCounts: Readonly<Record<string, number>> = ${JSON.stringify(counts)};
`;
}

/** @throws Error when the case codes of a status do not count up from 00, which shortens what the client carries */
function countsOf(codes: Catalogue["codes"]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, case: caseCode } of codes) {
    const count = counts[status] ?? 0;
    if (Number(caseCode) !== count) throw new Error(`the case codes of ${status} must count up from 00: ${caseCode}`);
    counts[status] = count + 1;
  }
  return counts;
}

/** The text of generated/notes.ts, for the command line alone. */
export function notesModule(catalogue: Catalogue): string {
  return `/** What else is known of each row of the catalogue: the name of its example, the reason for its outcome, the entries of the errata register. */
export const notes: Readonly<
  Record<string, { readonly example: string; readonly why: string; readonly errata: readonly string[] }>
> = {
${byRow(catalogue, ({ example, why, errata = [] }) => ({ example, why, errata }))}
};
`;
}
