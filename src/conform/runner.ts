// Runs the functional test: scenario by scenario, step by step, against one subject.
import { randomBytes } from "node:crypto";
import { Successful } from "../../generated/cases.ts";
import type { Scenario, Step, Words } from "../../generated/scenarios.ts";
import { snapTimestamp } from "../snap/time.ts";
import type { Finding } from "./judge.ts";
import { NotTested } from "./requests.ts";
import { createSession, type Session } from "./session.ts";
import { scenariosOf, whyNot } from "./sheet.ts";
import type { Subject } from "./subject.ts";
import type { Exchange, SenderOptions } from "./wire.ts";

/** What became of a scenario. */
export interface Row {
  readonly scenario: Scenario;
  readonly outcome: "passed" | "failed" | "not tested";
  /** What is wrong; empty where it passed. */
  readonly findings: readonly Finding[];
  /** Why it was not tested, and what is noted. */
  readonly notes: readonly Words[];
  /** Everything that went over the wire for it, in order. */
  readonly exchanges: readonly Exchange[];
  /** Which of them the form shows: the one that failed, or the one that the scenario is about. */
  readonly shown: Exchange | undefined;
}

/** What the test came to. */
export interface Report {
  readonly subject: Subject;
  readonly rows: readonly Row[];
  readonly started: Date;
  /** What must not be shown: tokens and secrets. */
  readonly secrets: readonly string[];
}

/** How to run the test. */
export interface RunOptions extends Partial<SenderOptions> {
  /** The scenarios; all of the role by default. */
  readonly scenarios?: readonly Scenario[];
  /** Told of each scenario that is over. */
  readonly onRow?: (row: Row) => void;
  /** Waits for the next second: X-TIMESTAMP must differ from row to row. */
  readonly pause?: (milliseconds: number) => Promise<void>;
  /** Makes references that nobody used yet. */
  readonly newReference?: () => string;
}

/** Runs the test; resolves when every scenario was gone through. What a subject does wrong is in the rows, and never thrown. */
export async function conform(subject: Subject, options: RunOptions = {}): Promise<Report> {
  const { scenarios = scenariosOf(subject), onRow, clock = () => new Date() } = options;
  const pause = options.pause ?? ((milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)));
  const session = createSession(subject, {
    clock,
    fetch: options.fetch ?? ((url, init) => fetch(url, init)),
    newReference: options.newReference ?? (() => randomBytes(12).toString("hex")),
    async nextSecond() {
      while (session.latest() === snapTimestamp(clock())) await pause(1000 - (clock().getTime() % 1000));
    },
  });
  const started = clock();
  const rows: Row[] = [];
  for (const scenario of scenarios) {
    const row = await rowOf(session, scenario);
    rows.push(row);
    onRow?.(row);
  }
  return { subject, rows, started, secrets: session.secrets() };
}

/** Goes through one scenario. */
async function rowOf(session: Session, scenario: Scenario): Promise<Row> {
  const nothing = { scenario, findings: [], exchanges: [], shown: undefined };
  const why = whyNot(session.subject, scenario);
  if (why) return { ...nothing, outcome: "not tested", notes: [why] };
  await session.begin();
  const notes: Words[] = [];
  let shown: Exchange | undefined;
  try {
    for (const step of scenario.steps) {
      const done = await session.step(scenario, step);
      if (!done) continue;
      const { exchange, judgement } = done;
      notes.push(...judgement.notes);
      const { exchanges } = session;
      if (judgement.findings.length > 0)
        return { scenario, outcome: "failed", findings: judgement.findings, notes, exchanges, shown: exchange };
      if (isAbout(scenario, step)) shown ??= exchange;
    }
    return { scenario, outcome: "passed", findings: [], notes, exchanges: session.exchanges, shown };
  } catch (error) {
    const { exchanges } = session;
    // what was sent before stays on record
    if (error instanceof NotTested) return { ...nothing, outcome: "not tested", notes: [error.words], exchanges };
    const findings = session.failureIn(error);
    return { ...nothing, outcome: "failed", findings, notes, exchanges, shown: exchanges.at(-1) };
  }
}

/** Whether a step is what the row of the form is about. */
function isAbout({ expect }: Scenario, { expect: rows = [Successful] }: Step): boolean {
  return rows.includes(expect);
}
