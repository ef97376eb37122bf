// The sheet: which scenarios a role has, which of them are asked for, and what they are about.
import { InvalidToken } from "../../generated/cases.ts";
import type { OperationId } from "../../generated/operations.ts";
import { type Group, groups, type Scenario, scenarios, type Words } from "../../generated/scenarios.ts";
import { invalidOption } from "../util/errors.ts";
import { offers, type Role, type Subject } from "./subject.ts";

/** The operations of a role: a merchant is notified, and gives out tokens where notifications bring one. */
export const OPERATIONS: Readonly<Record<Role, readonly OperationId[]>> = {
  pjp: ["qrCpmGenerate", "qrCpmPayment", "qrCpmQuery", "qrCpmCancel", "qrCpmRefund", "debitStatus", "accessTokenB2b"],
  merchant: ["qrCpmNotify", "accessTokenB2b"],
};

/** The group that a scenario stands in. */
export function groupOf({ group }: Pick<Scenario, "group">): Group {
  const found = groups[group];
  if (!found) throw new RangeError(`group ${group} must be one of the list`);
  return found;
}

/** The scenarios of a role, in the order of the sheet. */
export function scenariosOf({ role }: { role: Role }): readonly Scenario[] {
  return scenarios.filter((scenario) => OPERATIONS[role].includes(groupOf(scenario).operation));
}

/**
 * Those of a role that are asked for.
 * @param only numbers (`2.7`), groups (`2`) or service codes (`60`), with commas between
 * @throws TypeError (`ERR_SNAP_INVALID_OPTION`) when one names nothing
 */
export function onlyOf(of: { role: Role }, only: string): readonly Scenario[] {
  const all = scenariosOf(of);
  const wanted = only.split(",").map((name) => name.trim());
  const isNamed = (name: string, { number, group }: Scenario) =>
    name === number || name === number.split(".")[0] || name === groupOf({ group }).service;
  const unknown = wanted.find((name) => !all.some((scenario) => isNamed(name, scenario)));
  if (unknown !== undefined)
    throw invalidOption(
      `only must have numbers of scenarios such as 2.7, or service codes such as 60, of the role ${of.role}, and "${unknown.slice(0, 50)}" is not one`,
    );
  return all.filter((scenario) => wanted.some((name) => isNamed(name, scenario)));
}

/** Why a scenario cannot be run; undefined where it can. */
export function whyNot(subject: Subject, scenario: Scenario): Words | undefined {
  const { operation, service } = groupOf(scenario);
  if (scenario.why) return scenario.why;
  if (!offers(subject, operation))
    return {
      en: `the run file does not have service ${service} among those offered (services)`,
      id: `run file tidak mencantumkan layanan ${service} sebagai layanan yang disediakan (services)`,
    };
  const { token } = subject;
  if (operation === "accessTokenB2b" && !(token && "clientKey" in token))
    return {
      en: "the run file has nothing to ask for a token with (token.clientKey, token.privateKey)",
      id: "run file tidak memuat data untuk meminta token (token.clientKey, token.privateKey)",
    };
  if (scenario.expect === InvalidToken && !token)
    return {
      en: "no access token is sent: the asymmetric signature does without (token)",
      id: "tidak ada access token yang dikirim: signature asimetris tidak memerlukannya (token)",
    };
  return undefined;
}
