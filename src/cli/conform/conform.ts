// `snap-bi conform`: the functional test of the certification, against a PJP or a merchant.
import { readFile, writeFile } from "node:fs/promises";
import type { Scenario } from "../../../generated/scenarios.ts";
import { isThisMachine, planInWords, planOf } from "../../conform/plan.ts";
import { readRunFile } from "../../conform/run-file.ts";
import { conform, type Report, type Row } from "../../conform/runner.ts";
import { groupOf, onlyOf, scenariosOf } from "../../conform/sheet.ts";
import type { Subject } from "../../conform/subject.ts";
import { command, UsageError, type Values } from "../args.ts";
import { readInput } from "../files.ts";
import { printable, type Terminal } from "../terminal.ts";
import { RUN_FILES } from "./init.ts";

const OPTIONS = {
  run: { type: "string", value: "FILE", default: "run.yaml", about: "the run file" },
  target: { type: "string", value: "URL", about: "whom to test; wins over the run file's target" },
  init: { type: "boolean", default: false, about: "write a run file with comments, which fits snap-bi sandbox" },
  role: { type: "string", value: "ROLE", default: "pjp", about: "whose run file --init writes: pjp or merchant" },
  only: {
    type: "string",
    value: "LIST",
    about: "some scenarios: numbers (2.7), groups (2) or service codes (60), with commas between",
  },
  yes: {
    type: "boolean",
    default: false,
    about: "go ahead with what the run pays, cancels and refunds on another machine",
  },
  lang: { type: "string", value: "LANG", default: "en", about: "the language of messages and evidence: en or id" },
  json: {
    type: "boolean",
    default: false,
    about: "print one JSON document a line for each scenario, and one for the whole",
  },
} as const;

/** Runs the functional test. */
export const run = command(
  {
    usage: ["snap-bi conform --run run.yaml [--target URL] [OPTIONS]", "snap-bi conform --init [--role merchant]"],
    about: [
      "Goes through the functional test of the certification (Skenario dan Hasil Uji Fungsionalitas) against a PJP, which it calls, or a merchant, which it notifies, and judges every answer: code, status, message, headers, body and references.",
      "What cannot be run is not tested, with the reason, and never passes. On another machine than this one it says what it will pay, cancel and refund, and needs --yes.",
    ],
    examples: [
      ["snap-bi conform --init", "writes run.yaml"],
      ["snap-bi conform --run run.yaml --target https://sandbox.pjp.example --yes"],
      ["snap-bi conform --only 2.7,73"],
    ],
    options: OPTIONS,
    notes: [
      "X-TIMESTAMP differs from row to row, so that a run takes a second a scenario.",
      "Exit codes: 0 all that ran passed, 1 something did not, or nothing ran, 2 usage error.",
    ],
  },
  async (values, positionals, terminal) => {
    if (positionals.length)
      throw new UsageError(`conform does not take "${printable(positionals.join(" "))}"; try --help`);
    const lang = languageOf(values.lang);
    if (values.init) return init(values, terminal);
    const { run: path, target, only } = values;
    const text = (await readInput(path, terminal)).toString("utf8");
    const source = { path, text, target, env: terminal.env, readFile: (file: string) => readFile(file, "utf8") };
    const subject = await asUsage(() => readRunFile(source));
    const scenarios = await asUsage(() => (only === undefined ? scenariosOf(subject) : onlyOf(subject, only)));
    refuseWithoutYes(subject, scenarios, values.yes);
    const report = await conform(subject, {
      scenarios,
      onRow: (row) => terminal.out(values.json ? JSON.stringify(asJson(row, lang)) : lineOf(row, lang)),
    });
    const counts = countsOf(report);
    terminal.out(values.json ? JSON.stringify({ target: subject.baseUrl, ...counts }) : summaryOf(counts));
    return counts.failed > 0 || counts.passed === 0 ? 1 : 0;
  },
);

type Lang = "en" | "id";

function languageOf(lang: string): Lang {
  if (lang === "en" || lang === "id") return lang;
  throw new UsageError(`--lang must be en or id, not "${printable(lang)}"`);
}

/** Has what the library refuses be the user's error. */
async function asUsage<T>(make: () => T | Promise<T>): Promise<T> {
  try {
    return await make();
  } catch (error) {
    if (error instanceof TypeError && "code" in error) throw new UsageError(printable(error.message));
    throw error;
  }
}

async function init({ run: path, role }: Values<typeof OPTIONS>, terminal: Terminal): Promise<number> {
  if (role !== "pjp" && role !== "merchant")
    throw new UsageError(`--role must be pjp or merchant, not "${printable(role)}"`);
  try {
    await writeFile(path, RUN_FILES[role], { flag: "wx" });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(
      code === "EEXIST"
        ? `${printable(path)} is there already; name another file with --run`
        : `cannot write ${printable(path)}: ${message}`,
    );
  }
  terminal.out(`wrote ${printable(path)}; fill it in, then run: snap-bi conform --run ${printable(path)}`);
  return 0;
}

/** Money may move on another machine. */
function refuseWithoutYes(subject: Subject, scenarios: readonly Scenario[], yes: boolean): void {
  if (yes || isThisMachine(subject)) return;
  const lines = planInWords(planOf(subject, scenarios), subject).map((line) => `\n  ${line}`);
  throw new UsageError(`on ${subject.baseUrl} this run will${lines.join("")}\ngo ahead with --yes`);
}

const OUTCOMES = { passed: "PASS", failed: "NOT PASS", "not tested": "not tested" } as const;

/** A scenario in a line. */
function lineOf(row: Row, lang: Lang): string {
  const { scenario, outcome, findings, notes } = row;
  const { name, service } = groupOf(scenario);
  const said = [...findings.map(({ words }) => words[lang]), ...notes.map((words) => words[lang])].join("; ");
  const about = `${scenario.number.padEnd(4)} ${name[lang]} (${service}): ${scenario.name[lang]}`;
  return printable(`${OUTCOMES[outcome].padEnd(10)}  ${about}${said ? `: ${said}` : ""}`);
}

/** A scenario for programs. */
function asJson({ scenario, outcome, findings, notes }: Row, lang: Lang) {
  const { service } = groupOf(scenario);
  return {
    number: scenario.number,
    service,
    scenario: scenario.name[lang],
    outcome,
    findings: findings.map(({ rule, words }) => ({ rule, message: words[lang] })),
    notes: notes.map((words) => words[lang]),
  };
}

/** How many scenarios came to what. */
function countsOf({ rows }: Report) {
  const count = (outcome: Row["outcome"]) => rows.filter((row) => row.outcome === outcome).length;
  return { passed: count("passed"), failed: count("failed"), notTested: count("not tested") };
}

function summaryOf({ passed, failed, notTested }: ReturnType<typeof countsOf>): string {
  return `${passed} passed, ${failed} not passed, ${notTested} not tested`;
}
