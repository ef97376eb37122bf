// What a run comes to: a row for each scenario, which is what the evidence is written from.
import { Successful } from "../../generated/cases.ts";
import type { Scenario, Step, Words } from "../../generated/scenarios.ts";
import { responseMessageOf } from "../snap/response-codes.ts";
import type { Finding } from "./finding.ts";
import { codeOf } from "./judge.ts";
import { brokenField } from "./requests.ts";
import { groupOf } from "./sheet.ts";
import type { Subject } from "./subject.ts";
import type { Exchange } from "./wire.ts";

/** What became of a scenario. */
export interface Row {
  readonly scenario: Pick<Scenario, "number" | "name" | "own">;
  /** What it belongs to; the service is empty where it is not one of the contract. */
  readonly group: { readonly name: Words; readonly service: string };
  /** How it must be answered, in lines. */
  readonly expected: string;
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

/** What a test came to. */
export interface Report {
  readonly kind: "functional" | "developer-site";
  readonly subject: Subject;
  readonly rows: readonly Row[];
  readonly started: Date;
  /** What must not be shown: tokens and secrets. */
  readonly secrets: readonly string[];
}

/** What a row says of its scenario before anything is sent. */
export function rowAbout({ contract }: Subject, scenario: Scenario): Pick<Row, "scenario" | "group" | "expected"> {
  const group = groupOf(scenario);
  const code = codeOf(contract, group.operation, scenario.expect);
  const about: Step = scenario.steps.find((step) => isAbout(scenario, step)) ?? {};
  const field = brokenField(group, about);
  const message =
    field === undefined ? (contract.messages[scenario.expect] ?? "") : responseMessageOf(code, field, contract);
  const expected = `HTTP ${scenario.expect.slice(0, 3)}\nresponseCode ${code}\nresponseMessage ${message}`;
  return { scenario, group, expected };
}

/** Whether a step is what the row of the form is about. */
export function isAbout({ expect }: Scenario, { expect: rows = [Successful] }: Step): boolean {
  return rows.includes(expect);
}
