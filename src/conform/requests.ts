// The request of a step: the template, what the run file adds, what forces the outcome, and what is broken on purpose.

import { headers as names, type OperationId } from "../../generated/operations.ts";
import { type Force, type Group, requests, type Step } from "../../generated/scenarios.ts";
import { operationIn } from "../contract/contract.ts";
import { type Fields, namesIn, withField } from "./fill.ts";
import type { Finding } from "./finding.ts";
import type { Forced, Subject } from "./subject.ts";

/** A request before its names are filled in. */
export interface Draft {
  readonly body: Fields;
  readonly headers: Readonly<Record<string, string>>;
}

/** A scenario that cannot be run, and why. */
export class NotTested extends Error {
  readonly words: { en: string; id: string };
  constructor(en: string, id: string) {
    super(en);
    this.words = { en, id };
  }
}

/** What a scenario needs could not be made. */
export class PreparationFailed extends Error {
  readonly finding: Finding;
  constructor(finding: Finding) {
    super(finding.words.en);
    this.finding = finding;
  }
}

const HEADERS = new Map<string, string>(Object.values(names).map((name) => [name.toLowerCase(), name]));

/** Whether a name is that of a header; its spelling on the wire. */
export function headerNamed(name: string): string | undefined {
  return HEADERS.get(name.toLowerCase());
}

/**
 * The request of an operation with what is set and forced.
 * @param forced how the run file brings the outcome about
 */
export function draftOf(subject: Subject, operation: OperationId, step: Pick<Step, "set">, forced?: Forced): Draft {
  const { serviceCode } = operationIn(subject.contract, operation);
  let body: Fields = { ...requests[operation].body };
  const headers: Record<string, string> = {};
  const { payment: _, ...own } = forced ?? {};
  const changes = [
    ...Object.entries(subject.fields?.[serviceCode] ?? {}),
    ...Object.entries(step.set ?? {}),
    ...Object.entries(own),
  ];
  for (const [name, value] of changes) {
    const header = headerNamed(name);
    if (header === undefined) body = withField(body, name, value ?? undefined);
    else headers[header] = String(value);
  }
  return { body, headers };
}

/**
 * What the run file says of a force.
 * @throws NotTested when it says nothing
 */
export function forcedBy({ force }: Subject, name: Force | undefined): Forced | undefined {
  if (name === undefined) return undefined;
  const forced = force?.[name];
  if (forced) return forced;
  throw new NotTested(
    `the run file does not say how to bring this about (force.${name})`,
    `run file tidak menyebutkan cara memunculkan hasil ini (force.${name})`,
  );
}

/** How the payment of a step is forced: by its own name, or by what stands under `payment` of the step's. */
export function paymentForcedBy(subject: Subject, step: Step): Forced | undefined {
  const own = forcedBy(subject, step.payment?.force);
  const ofStep = forcedBy(subject, step.force)?.payment as Forced | undefined;
  return own ?? ofStep;
}

/** Whether the run file has the QR codes to pay with. */
export const hasQrCodes = ({ data }: Subject) => data.qrContent !== undefined;

/** What has to be made before a request can be sent: a payment, or a QR code. */
export function needsOf({ body }: Draft): { payment: boolean; qrContent: boolean } {
  const needed = namesIn(body);
  return { payment: needed.some((name) => name.startsWith("payment.")), qrContent: needed.includes("qrContent") };
}

/** A body or headers with the group's field taken out or written wrongly. */
export function broken(
  { body, headers }: { body: Fields; headers: Readonly<Record<string, string | undefined>> },
  field: string,
  value: unknown,
): { body: Fields; headers: Record<string, string | undefined> } {
  const header = headerNamed(field);
  if (header === undefined) return { body: withField(body, field, value), headers: { ...headers } };
  return { body, headers: { ...headers, [header]: value === undefined ? undefined : String(value) } };
}

/** The field that a step breaks, which 400 01 and 400 02 must name. */
export function brokenField({ missing, malformed }: Group, step: Step): string | undefined {
  if (step.break === "missing") return missing;
  return step.break === "malformed" ? malformed.field : undefined;
}
