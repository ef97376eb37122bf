// Runs the functional test: scenario by scenario, step by step, against one subject.
import { randomBytes } from "node:crypto";
import type { Scenario, Words } from "../../generated/scenarios.ts";
import { snapTimestamp } from "../snap/time.ts";
import { NotTested } from "./requests.ts";
import { isAbout, type Report, type Row, rowAbout } from "./row.ts";
import { createSession, type Session } from "./session.ts";
import { scenariosOf, whyNot } from "./sheet.ts";
import type { Subject } from "./subject.ts";
import type { Exchange, SenderOptions, Signer } from "./wire.ts";

/** How to run the test. */
export interface RunOptions extends Partial<SenderOptions> {
  /** The scenarios; all of the role by default. */
  readonly scenarios?: readonly Scenario[];
  /** Told of each scenario that is over. */
  readonly onRow?: (row: Row) => void;
  /** Waits for the next second: X-TIMESTAMP must differ from row to row. */
  readonly pause?: (milliseconds: number) => Promise<void>;
  /** Ends the run after the scenario under way: the rest is not tested. */
  readonly signal?: AbortSignal;
  /** Makes references that nobody used yet. */
  readonly newReference?: () => string;
}

/** Runs the test; resolves when every scenario was gone through. What a subject does wrong is in the rows, and never thrown. */
export async function conform(subject: Subject, options: RunOptions = {}): Promise<Report> {
  const { scenarios = scenariosOf(subject), onRow, clock = () => new Date() } = options;
  const session = sessionOf(subject, options);
  const started = clock();
  const rows: Row[] = [];
  for (const scenario of scenarios) {
    const row = options.signal?.aborted ? stoppedRow(subject, scenario) : await rowOf(session, scenario);
    rows.push(row);
    onRow?.(row);
  }
  return { kind: "functional", subject, rows, started, secrets: session.secrets() };
}

/** A row that was not come to. */
export function stoppedRow(subject: Subject, scenario: Scenario): Row {
  const notes = [{ en: "the run was stopped", id: "pengujian dihentikan" }];
  return {
    ...rowAbout(subject, scenario),
    outcome: "not tested",
    findings: [],
    notes,
    exchanges: [],
    shown: undefined,
  };
}

/** Begins a session with what a run leaves to its defaults. */
export function sessionOf(subject: Subject, options: RunOptions, signer?: Signer): Session {
  const { clock = () => new Date() } = options;
  const pause = options.pause ?? ((milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)));
  const session: Session = createSession(subject, {
    clock,
    fetch: options.fetch ?? ((url, init) => fetch(url, init)),
    newReference: options.newReference ?? (() => randomBytes(12).toString("hex")),
    async nextSecond() {
      while (session.latest() === snapTimestamp(clock())) await pause(1000 - (clock().getTime() % 1000));
    },
    signer,
  });
  return session;
}

/** Said where a step is left out: the row shows less than it could. */
const NOT_ASKED = {
  en: "what became of it was not asked about, for service 61 is not offered",
  id: "hasil akhirnya tidak ditanyakan karena layanan 61 tidak disediakan",
};

/** Goes through one scenario. */
export async function rowOf(session: Session, scenario: Scenario): Promise<Row> {
  const about = rowAbout(session.subject, scenario);
  const nothing = { ...about, findings: [], exchanges: [], shown: undefined };
  const why = whyNot(session.subject, scenario);
  if (why) return { ...nothing, outcome: "not tested", notes: [why] };
  await session.begin();
  const notes: Words[] = [];
  let shown: Exchange | undefined;
  try {
    for (const step of scenario.steps) {
      const done = await session.step(scenario, step);
      if (!done) {
        notes.push(NOT_ASKED);
        continue;
      }
      const { exchange, judgement } = done;
      notes.push(...judgement.notes);
      const { exchanges } = session;
      if (judgement.findings.length > 0)
        return { ...about, outcome: "failed", findings: judgement.findings, notes, exchanges, shown: exchange };
      if (isAbout(scenario, step)) shown ??= exchange;
    }
    return { ...about, outcome: "passed", findings: [], notes, exchanges: session.exchanges, shown };
  } catch (error) {
    const { exchanges } = session;
    // what was sent before stays on record
    if (error instanceof NotTested) return { ...nothing, outcome: "not tested", notes: [error.words], exchanges };
    const findings = session.failureIn(error);
    return { ...nothing, outcome: "failed", findings, notes, exchanges, shown: exchanges.at(-1) };
  }
}
