// What a run will do to the subject's books, before it does it.
import { RequestInProgress, Successful } from "../../generated/cases.ts";
import type { OperationId } from "../../generated/operations.ts";
import type { Scenario, Step } from "../../generated/scenarios.ts";
import { isLocalName } from "../host/local.ts";
import { draftOf, forcedBy, NotTested, needsOf, paymentForcedBy } from "./requests.ts";
import { groupOf, whyNot } from "./sheet.ts";
import { offers, type Subject } from "./subject.ts";

/** How many calls of an operation a run makes. */
export interface Calls {
  /** Those that are to be carried out. */
  done: number;
  /** Those that must be refused. */
  refused: number;
}

/** The calls of a run, by operation, without tokens. */
export type Plan = ReadonlyMap<OperationId, Readonly<Calls>>;

/** Whether the subject is this machine, where nothing is at stake. */
export function isThisMachine({ baseUrl }: Pick<Subject, "baseUrl">): boolean {
  return isLocalName(new URL(baseUrl).hostname);
}

/** Counts the calls of a run that goes as it must. */
export function planOf(subject: Subject, scenarios: readonly Scenario[]): Plan {
  const plan = new Map<OperationId, Calls>();
  for (const scenario of scenarios) {
    if (whyNot(subject, scenario)) continue;
    try {
      for (const [operation, done] of callsOf(subject, scenario)) {
        const calls = plan.get(operation) ?? { done: 0, refused: 0 };
        plan.set(operation, calls);
        calls[done ? "done" : "refused"] += 1;
      }
    } catch (error) {
      if (!(error instanceof NotTested)) throw error;
    }
  }
  return plan;
}

type Call = [operation: OperationId, done: boolean];

/** The calls of a scenario, with those that it needs. */
function callsOf(subject: Subject, scenario: Scenario): Call[] {
  const { operation: own } = groupOf(scenario);
  const calls: Call[] = [];
  let hasPayment = false;
  const need = (operation: OperationId, step: Step, forced = forcedBy(subject, step.force)) => {
    const { payment, qrContent } = needsOf(draftOf(subject, operation, step, forced));
    if (payment && !hasPayment && offers(subject, "qrCpmPayment")) {
      need("qrCpmPayment", {}, paymentForcedBy(subject, step));
      calls.push(["qrCpmPayment", true]);
    }
    if (qrContent && subject.data.qrContent === undefined) calls.push(["qrCpmGenerate", true]);
  };
  for (const step of scenario.steps) {
    const operation = step.call ?? own;
    if (step.ifOffered && !offers(subject, operation)) continue;
    if (!step.same) hasPayment = false;
    if (step.break !== "repeat") need(operation, step);
    const rows = step.expect ?? [Successful];
    calls.push([operation, rows.includes(Successful) || rows.includes(RequestInProgress)]);
    hasPayment = true;
  }
  return calls;
}

/** What stands in a plan for people, a line each. */
export function planInWords(plan: Plan, { data }: Subject): string[] {
  const amount = data.amount ?? "10000.00";
  const verbs: [OperationId, string][] = [
    ["qrCpmGenerate", "make QR codes"],
    ["qrCpmPayment", `pay ${amount} IDR each, or what the run file forces`],
    ["qrCpmCancel", "cancel payments"],
    ["qrCpmRefund", "refund payments"],
    ["qrCpmNotify", "notify of payments"],
  ];
  return verbs.flatMap(([operation, verb]) => {
    const { done = 0, refused = 0 } = plan.get(operation) ?? {};
    if (done + refused === 0) return [];
    const tried = refused === 0 ? "" : `, and try it ${refused} times as it must be refused`;
    return [`${verb}: ${done} times${tried}`];
  });
}
