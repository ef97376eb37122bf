// `snap-bi codes`: looks a response code up, or searches the catalogue.
import { notes } from "../../generated/notes.ts";
import { callOutcomes, catalogue, type Outcome } from "../../generated/response-codes.ts";
import type { Contract } from "../contract/contract.ts";
import { type Scenario, type ScenarioService, scenarioOf, scenarios } from "../sandbox/scenarios.ts";
import { nextStepOf, outcomeOf, parseResponseCode, transactionStateOf } from "../snap/response-codes.ts";
import { nearestTo } from "../util/nearest.ts";
import { command, UsageError } from "./args.ts";
import { PROFILE_OPTION, readProfile } from "./profile.ts";
import { readService, SERVICE_OPTION, type Service, servicesInWords, servicesOf } from "./services.ts";
import { columns, fitted, printable, remark, type Terminal, type Tone, table, toned, widthOf } from "./terminal.ts";

/** What a request to the sandbox has in a field to get a certain answer. */
type Force = Pick<Scenario, "field" | "value">;

/** A row of the catalogue, for one service or for all. */
interface Row {
  /** Seven digits; without a service the case code follows the status. */
  code: string;
  status: string;
  caseCode: string;
  /** Null where none is asked for. */
  service: string | null;
  message: string;
  description: string;
  category: string;
  outcome: Outcome | Readonly<Record<string, Outcome>>;
  why: string;
  /** Null where services differ and none is asked for. */
  next: string | null;
  example: string;
  /** What forces it in the sandbox; none where no service is asked for, or nothing does. */
  sandbox: readonly Force[];
  errata: readonly string[];
}

/** Looks up or searches. */
export const run = command(
  {
    usage: ["snap-bi codes [CODE | WORDS...] [--service 60] [--profile NAME] [--json]"],
    about: [
      "Says what a response code means, what became of the call, and what its caller may do next; or lists the codes of the catalogue, all of them or those that hold every word in their message, meaning or name.",
    ],
    examples: [
      ["snap-bi codes 4036014", "a code; 40314 and 403 14 leave the service out"],
      ["snap-bi codes insufficient funds", "those with both words"],
      ["snap-bi codes 404", "those of an HTTP status"],
      ["snap-bi codes", "all of them; an empty text in place of a code or word is an error"],
      ["snap-bi codes --service 60", "all of them, as service 60 answers them"],
    ],
    options: { ...SERVICE_OPTION, ...PROFILE_OPTION, json: { type: "boolean", about: "one JSON document a line" } },
    notes: [
      `Services: ${servicesInWords}.`,
      "Exit codes: 0 found, 1 nothing found, 2 usage error, as with digits that cannot be a code.",
    ],
  },
  async (values, positionals, terminal) => {
    const profile = await readProfile(values.profile);
    const service = values.service === undefined ? undefined : readService(values.service, profile).serviceCode;
    const asked = { service, profile, json: values.json ?? false };
    const words = positionals.flatMap((word) => word.split(/\s+/)).filter(Boolean);
    if (positionals.length && !words.length)
      throw new UsageError("codes takes a code or words, and this is an empty text; without any it lists all");
    const digits = words.join("");
    if (/^\d+$/.test(digits) && digits.length !== 3) return lookUp(digits, asked, terminal);
    return search(words, asked, terminal);
  },
);

/** What is asked: of which service, in whose dialect, and how it is written. */
interface Asked {
  service: string | undefined;
  profile: Contract;
  json: boolean;
}

function lookUp(digits: string, { service: wanted, profile, json }: Asked, terminal: Terminal): number {
  const { out } = terminal;
  const { status, serviceCode, caseCode } = parseResponseCode(digits) ?? {
    status: digits.slice(0, 3),
    serviceCode: undefined,
    caseCode: digits.slice(3),
  };
  if (wanted !== undefined && serviceCode !== undefined && wanted !== serviceCode)
    throw new UsageError(`${digits} is of service ${serviceCode}, and --service says ${wanted}; leave one out`);
  const key = status + caseCode;
  if (Object.hasOwn(catalogue, key)) {
    const row = rowOf(key, profile, serviceCode ?? wanted);
    if (json) out(JSON.stringify(row));
    else for (const line of inFull(row, profile, terminal)) out(line);
    return 0;
  }
  const state = transactionStateOf(digits, profile);
  if (state !== undefined)
    remark(
      terminal,
      `${digits} is not a response code; as a latestTransactionStatus it says that the payment is ${state}`,
    );
  else if (key.length !== 5)
    throw new UsageError(
      `a response code must have 7 digits, or 5 without its service, such as 4036014 or 40314; ${digits} has ${digits.length}`,
    );
  else {
    const outcome = outcomeOf(digits, profile);
    remark(
      terminal,
      `${digits} is not in the catalogue, so the outcome of the call is ${outcome}: ${nextStepOf(outcome)}`,
    );
    // a code of a service that the contract does not have would be made up
    const service = servicesOf(profile).find((its) => its.serviceCode === (serviceCode ?? wanted))?.serviceCode;
    const near = nearest(key).map((one) => inBrief(rowOf(one, profile, service)));
    terminal.err(fitted(`The nearest that are: ${near.join(", ")}`, terminal));
  }
  return 1;
}

function search(words: string[], { service, profile, json }: Asked, terminal: Terminal): number {
  const { out } = terminal;
  const all = Object.keys(catalogue).map((key) => rowOf(key, profile, service));
  const rows = all.filter((row) => words.every((word) => holds(row, word.toLowerCase())));
  if (!rows.length) {
    const meant = meantBy(words, all);
    const advice = meant === undefined ? "snap-bi codes lists all" : `did you mean ${meant}?`;
    remark(terminal, `no code has ${words.map((word) => `"${printable(word)}"`).join(" and ")}; ${advice}`);
    return 1;
  }
  const lines = json ? rows.map((row) => JSON.stringify(row)) : listed(rows, terminal);
  for (const line of lines) out(line);
  return 0;
}

/** What a colour says of an outcome. */
const TONES: Readonly<Record<string, Tone>> = { success: "good", pending: "careful", unknown: "careful" };

/** A row a line, under headings; on a narrow terminal their cells are broken. */
function listed(rows: readonly Row[], terminal: Terminal): string[] {
  const cells = rows.map((row) => [written(row), row.message, row.example, outcomeInWords(row.outcome)]);
  const [heading = "", ...lines] = columns([["code", "message", "example", "outcome"], ...cells], {
    columns: widthOf(terminal) ?? Number.POSITIVE_INFINITY,
  });
  const toneLast = (word: string) => toned(terminal, TONES[word] ?? "bad", word);
  return [toned(terminal, "strong", heading), ...lines.map((line) => line.replace(OUTCOME_AT_END, toneLast))];
}

const OUTCOME_AT_END = /(?<= {2})(?:success|pending|unknown|declined|rejected)$/;

/** The words as they are probably meant, where one of them stands nowhere; undefined if none is near. */
function meantBy(words: readonly string[], rows: readonly Row[]): string | undefined {
  const texts = rows.map(({ message, description, example }) => `${message} ${description} ${example}`);
  const known = [
    ...new Set(
      texts
        .join(" ")
        .toLowerCase()
        .match(/[a-z]{4,}/g),
    ),
  ];
  const meant = words.map((word) =>
    rows.some((row) => holds(row, word.toLowerCase())) ? word : nearestTo(word, known),
  );
  const isNew = meant.some((word, at) => word !== words[at]);
  return isNew && !meant.includes(undefined) ? meant.join(" ") : undefined;
}

function holds({ status, message, description, example }: Row, word: string): boolean {
  // three digits are a status; elsewhere no digits stand
  return status === word || `${message} ${description} ${example}`.toLowerCase().includes(word);
}

function rowOf(key: string, profile: Contract, service: string | null = null): Row {
  const status = key.slice(0, 3);
  const caseCode = key.slice(3);
  const { category = "", description = "" } = catalogue[key] ?? {};
  const { example = "", why: usual = "", errata = [] } = notes[key] ?? {};
  const why = profile.reasons?.[key] ?? usual;
  const code = status + (service ?? "") + caseCode;
  const outcome = service === null ? outcomeOfAll(key, profile) : outcomeOf(code, profile);
  const next = typeof outcome === "string" ? nextStepOf(outcome) : null;
  const message = profile.messages[key] ?? "";
  const sandbox = service === null ? [] : forcesOf(code, service);
  const told = { code, status, caseCode, service, message, description, category, outcome, why, next };
  return { ...told, example, sandbox, errata };
}

/** What forces a code of a service: its own scenarios, or the rule that it comes under. */
function forcesOf(code: string, service: string): Force[] {
  // what is never answered brings no code
  const own = scenarios.filter(({ answer, effect }) => answer === code && effect !== "captured, never answered");
  if (own.length) return own.map(({ field, value }) => ({ field, value }));
  const value = service === "60" ? `${code}.00` : code;
  // a service that has no scenarios has none by any rule either
  const field = scenarioOf(service as ScenarioService, value)?.field;
  return field === undefined ? [] : [{ field, value }];
}

function outcomeOfAll(key: string, { outcomes }: Contract): Row["outcome"] {
  const { other = "unknown", ...differing } = { ...callOutcomes[key], ...outcomes?.[key] };
  return Object.keys(differing).length ? { ...differing, other } : other;
}

function outcomeInWords(outcome: Row["outcome"]): string {
  if (typeof outcome === "string") return outcome;
  return Object.entries(outcome)
    .map(([service, its]) => `${service} ${its}`)
    .join(", ");
}

function written({ code, status, caseCode, service }: Row): string {
  return service === null ? `${status} ${caseCode}` : code;
}

function inBrief(row: Row): string {
  return `${written(row)} ${row.message}`;
}

function inFull(row: Row, profile: Contract, terminal: Terminal): string[] {
  const { outcome, why, service, status, example, sandbox, errata } = row;
  const facts = [
    ["means", row.description],
    ["category", row.category],
    ["outcome", `${outcomeInWords(outcome)}. ${why}`],
    ...nextSteps(outcome),
    ["service", service === null ? "any; --service 60 looks at one of them" : serviceInWords(service, profile)],
    ["mock", service === null ? `Prefer: code=${status}, example=${example}` : `Prefer: code=${row.code}`],
    ...(sandbox[0] ? [["sandbox", `${sandbox[0].field} ${sandbox.map(({ value }) => value).join(" or ")}`]] : []),
    ...(errata.length ? [["errata", `${errata.join(", ")}: see the register in the documentation`]] : []),
  ];
  const lines = table(
    facts.map((fact) => ["", ...fact]),
    widthOf(terminal),
  );
  return [toned(terminal, "strong", inBrief(row)), ...lines];
}

/** What the caller may do next: a row where services agree, or one for each outcome. */
function nextSteps(outcome: Row["outcome"]): string[][] {
  if (typeof outcome === "string") return [["next", nextStepOf(outcome)]];
  return [...new Set(Object.values(outcome))].map((its) => ["next", `${its}: ${nextStepOf(its)}`]);
}

function serviceInWords(serviceCode: string, profile: Contract): string {
  const service: Service | undefined = servicesOf(profile).find((its) => its.serviceCode === serviceCode);
  if (!service)
    return `${serviceCode}, which this contract does not have; SNAP's catalogue is the same for all services`;
  return `${serviceCode}, ${service.id}, POST ${service.path}`;
}

/** The three rows that are most like a status and case code: of its status, with the fewest other digits, the nearest number. */
function nearest(key: string): string[] {
  const unlike = (other: string) =>
    [...other].filter((digit, at) => digit !== key[at]).length + (other.slice(0, 3) === key.slice(0, 3) ? 0 : 5);
  const distance = (other: string) => unlike(other) * 100_000 + Math.abs(Number(other) - Number(key));
  return Object.keys(catalogue)
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, 3);
}
