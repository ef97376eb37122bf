// `snap-bi conform`: the functional test of the certification, against a PJP or a merchant.

import { readFile, writeFile } from "node:fs/promises";
import type { Scenario } from "../../../generated/scenarios.ts";
import { developerScenarios, testDeveloperSite } from "../../conform/developer-site.ts";
import { junitOf } from "../../conform/evidence/junit.ts";
import type { Language } from "../../conform/evidence/words.ts";
import { evidenceIn } from "../../conform/evidence/write.ts";
import { isThisMachine, planInWords, planOf } from "../../conform/plan.ts";
import type { Report, Row } from "../../conform/row.ts";
import { readRunFile } from "../../conform/run-file.ts";
import { conform } from "../../conform/runner.ts";
import { onlyOf, scenariosOf } from "../../conform/sheet.ts";
import type { Subject } from "../../conform/subject.ts";
import { installedVersion } from "../../util/peers.ts";
import { command, UsageError, type Values } from "../args.ts";
import { readInput } from "../files.ts";
import { readProfile } from "../profile.ts";
import { fitted, printable, remark, type Terminal, toned } from "../terminal.ts";
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
  "developer-site": {
    type: "boolean",
    default: false,
    about:
      "go through the developer site's test instead: signature-auth, token, signature-service, and each API once as it must be and once not; the target is its host with /api",
  },
  evidence: {
    type: "string",
    value: "FOLDER",
    about:
      "write the filled form into a new folder, as a spreadsheet (XLSX), a page that prints, and Markdown, with every request and answer beside it",
  },
  unmasked: {
    type: "boolean",
    default: false,
    about:
      "show access tokens in the evidence as they went over the wire; without it they and other secrets are masked",
  },
  junit: { type: "string", value: "FILE", about: "write the result as JUnit XML" },
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
      ["snap-bi conform --developer-site --target http://127.0.0.1:4011/api"],
    ],
    options: OPTIONS,
    notes: [
      "X-TIMESTAMP differs from row to row, so that a run takes a second a scenario.",
      "Ctrl-C ends the run after the scenario under way, and writes the evidence of what ran.",
      "Exit codes: 0 all that ran passed, 1 something did not, nothing ran, or it was stopped, 2 usage error.",
    ],
  },
  async (values, positionals, terminal) => {
    if (positionals.length)
      throw new UsageError(`conform does not take "${printable(positionals.join(" "))}"; try --help`);
    const language = languageOf(values.lang);
    if (values.unmasked && values.evidence === undefined)
      throw new UsageError("--unmasked needs --evidence, for it is about what stands there");
    if (values.init) return init(values, terminal);
    const subject = await subjectOf(values, terminal);
    const { only, evidence: folder, junit, json, "developer-site": atSite } = values;
    if (atSite && only !== undefined)
      throw new UsageError("--only does not go with --developer-site, which has scenarios of its own");
    const scenarios = await asUsage(() =>
      atSite ? developerScenarios(subject) : only === undefined ? scenariosOf(subject) : onlyOf(subject, only),
    );
    refuseWithoutYes(subject, scenarios, values.yes);
    const write = folder === undefined ? undefined : await asUsage(() => evidenceIn(folder));
    const onRow = (row: Row) =>
      terminal.out(json ? JSON.stringify(asJson(row, language)) : lineOf(row, language, terminal));
    const { signal, release } = stopOnCtrlC(terminal);
    const report = atSite
      ? await asUsage(() => testDeveloperSite(subject, { onRow, signal }))
      : await conform(subject, { scenarios, onRow, signal });
    release();
    await write?.(report, { language, unmasked: values.unmasked });
    if (junit !== undefined) await writeTo(junit, junitOf(report, language));
    const counts = countsOf(report);
    terminal.out(
      json ? JSON.stringify({ target: subject.baseUrl, ...counts }) : fitted(summaryOf(counts, folder), terminal),
    );
    if (values.unmasked) remark(terminal, "the evidence shows access tokens; give it to nobody who must not have them");
    return counts.failed > 0 || counts.passed === 0 || signal.aborted ? 1 : 0;
  },
);

/** Ends a run at the next scenario, so that what ran has its evidence; a second Ctrl-C ends the process. */
function stopOnCtrlC(terminal: Terminal): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const stop = () => {
    remark(terminal, "stopping after this scenario; Ctrl-C again ends at once, without evidence");
    controller.abort();
  };
  process.once("SIGINT", stop);
  return { signal: controller.signal, release: () => process.removeListener("SIGINT", stop) };
}

async function subjectOf({ run: path, target }: Values<typeof OPTIONS>, terminal: Terminal): Promise<Subject> {
  const text = (await readInput(path, terminal)).toString("utf8");
  const source = {
    path,
    text,
    target,
    env: terminal.env,
    readFile: (file: string) => readFile(file, "utf8"),
    loadProfile: (name: string | undefined) => readProfile(name, `${path}: profile`),
  };
  return asUsage(() => readRunFile(source));
}

async function writeTo(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (error) {
    throw new UsageError(`cannot write ${printable(path)}: ${(error as Error).message}`);
  }
}

function languageOf(lang: string): Language {
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
  terminal.out(
    fitted(`wrote ${printable(path)}; fill it in, then run: snap-bi conform --run ${printable(path)}`, terminal),
  );
  if (installedVersion("yaml") === undefined) terminal.out("It is read with the package yaml: npm install yaml");
  return 0;
}

/** Money may move on another machine. */
function refuseWithoutYes(subject: Subject, scenarios: readonly Scenario[], yes: boolean): void {
  if (yes || isThisMachine(subject)) return;
  const lines = planInWords(planOf(subject, scenarios), subject).map((line) => `\n  ${line}`);
  throw new UsageError(`on ${subject.baseUrl} this run will${lines.join("")}\ngo ahead with --yes`);
}

const OUTCOMES = { passed: "PASS", failed: "NOT PASS", "not tested": "not tested" } as const;

/** What a colour says of an outcome. */
const TONES = { passed: "good", failed: "bad", "not tested": "careful" } as const;

/** A scenario in a line. */
function lineOf(row: Row, language: Language, terminal: Terminal): string {
  const { scenario, group, outcome, findings, notes } = row;
  const { name, service } = group;
  const said = [...findings.map(({ words }) => words[language]), ...notes.map((words) => words[language])].join("; ");
  const about = `${scenario.number.padEnd(4)} ${name[language]}${service && ` (${service})`}: ${scenario.name[language]}`;
  const result = toned(terminal, TONES[outcome], OUTCOMES[outcome].padEnd(10));
  return `${result}  ${fitted(printable(`${about}${said ? `: ${said}` : ""}`), terminal, 12)}`;
}

/** A scenario for programs. */
function asJson({ scenario, group: { service }, outcome, findings, notes }: Row, language: Language) {
  return {
    number: scenario.number,
    service,
    scenario: scenario.name[language],
    outcome,
    findings: findings.map(({ rule, words }) => ({ rule, message: words[language] })),
    notes: notes.map((words) => words[language]),
  };
}

/** How many scenarios came to what. */
function countsOf({ rows }: Report) {
  const count = (outcome: Row["outcome"]) => rows.filter((row) => row.outcome === outcome).length;
  return { passed: count("passed"), failed: count("failed"), notTested: count("not tested") };
}

function summaryOf({ passed, failed, notTested }: ReturnType<typeof countsOf>, folder: string | undefined): string {
  const evidence = folder === undefined ? "" : `; the evidence is in ${printable(folder)}`;
  return `${passed} passed, ${failed} not passed, ${notTested} not tested${evidence}`;
}
