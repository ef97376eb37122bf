// How other test systems have an outcome forced, as data: what a caller writes there means the same here.
import { headers, operations, type TransactionId } from "../../generated/operations.ts";
import type { SnapOperations } from "../receiver/options.ts";
import { describeResponseCode } from "../snap/response-codes.ts";
import { invalidOption } from "../util/errors.ts";
import { type Scenario, type ScenarioService, scenarioOf } from "./scenarios.ts";

/** A way to force an outcome. */
export interface ForcePreset {
  readonly name: string;
  /** Where it stands: in the amount of a payment, or in the header, for every service that has scenarios. */
  readonly in: "amount.value" | typeof headers.externalId;
  /** What of it counts, as a regular expression. */
  readonly pattern: RegExp;
  /** The response code that it stands for, made of the groups of the pattern. */
  readonly code: string;
  readonly description: string;
}

/** The presets. */
export const forcePresets: readonly ForcePreset[] = [
  {
    name: "dana",
    in: "amount.value",
    // the HTTP status without its middle digit, which is 0 in every status of the catalogue but 429
    pattern: /^(\d)(\d)(\d{4})\.\d\d$/,
    code: "$10$2$3",
    description:
      "The amount is the response code without the middle digit of its HTTP status, as DANA has it: 436014.00 gives 4036014.",
  },
  {
    name: "external-id",
    in: headers.externalId,
    pattern: /^(\d{7}).*$/,
    code: "$1",
    description: `${headers.externalId} begins with the response code, as with Durian and Mandiri: 4036014-0001 gives 4036014.`,
  },
];

/** What a call has that may force something. */
export interface Forcing {
  readonly amount?: string | undefined;
  readonly externalId: string;
}

/** What the next call of a service is to come out as, whatever stands in it: a code of its scenarios, which is used up by one call. */
export class ForcedNext {
  readonly #codes = new Map<string, string>();
  /** The service that is called now. */
  #called: string | undefined;

  /** Operations that use up what is forced for them: the ledger may ask itself about another service meanwhile, as for a status. */
  during(all: SnapOperations): SnapOperations {
    const noting = (run: (call: never) => unknown, service: string) => (call: never) => {
      this.#called = service;
      try {
        return run(call);
      } finally {
        this.#called = undefined;
      }
    };
    const entries = Object.entries(all) as [TransactionId, (call: never) => unknown][];
    return Object.fromEntries(
      entries.map(([id, run]) => [id, noting(run, operations[id].serviceCode)]),
    ) as unknown as SnapOperations;
  }

  /** Forces one; false where it is not a scenario. The service stands in the code. */
  set(code: string): boolean {
    const scenario = scenarioToForce(code);
    if (scenario) this.#codes.set(scenario.service, code);
    return scenario !== undefined;
  }

  /** Takes what is forced for a service. */
  take(service: string): string | undefined {
    if (service !== this.#called) return undefined;
    const code = this.#codes.get(service);
    this.#codes.delete(service);
    return code;
  }

  /** What is forced now. */
  codes(): string[] {
    return [...this.#codes.values()];
  }

  clear(): void {
    this.#codes.clear();
  }
}

/** The services that have scenarios. */
export const FORCED_SERVICES = ["59", "60", "61", "62", "80", "55"] as const satisfies ScenarioService[];

/** The scenario that a code forces; undefined where there is none. To leave a call without an answer takes the amount itself. */
export function scenarioToForce(code: string): Scenario | undefined {
  const service = FORCED_SERVICES.find((each) => each === code.slice(3, 5));
  const scenario = service && scenarioOf(service, service === "60" ? `${code}.00` : code);
  return scenario?.effect === "captured, never answered" ? undefined : scenario;
}

/**
 * Makes what looks for forced outcomes.
 * @param names presets
 * @param next what goes before them
 * @returns a function to the response code that a call of a service forces; undefined for an ordinary one
 * @throws TypeError (`ERR_SNAP_INVALID_OPTION`) when there is not a preset of a name
 */
export function createForces(
  names: readonly string[] = [],
  next?: Pick<ForcedNext, "take">,
): (service: string, call: Forcing) => string | undefined {
  const presets = names.map((name) => {
    const preset = forcePresets.find((each) => each.name === name);
    if (preset) return preset;
    const known = forcePresets.map((each) => each.name).join(", ");
    throw invalidOption(`force must have names of presets (${known}), and ${JSON.stringify(name)} is not one.`);
  });
  return (service, { amount, externalId }) => {
    const ordered = next?.take(service);
    if (ordered !== undefined) return ordered;
    for (const { in: where, pattern, code } of presets) {
      const text = where === "amount.value" ? (service === "60" ? amount : undefined) : externalId;
      const forced = text !== undefined && pattern.test(text) ? text.replace(pattern, code) : "";
      if (describeResponseCode(forced)?.serviceCode === service) return forced;
    }
    return undefined;
  };
}
