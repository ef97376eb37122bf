// What the sandbox's console shows beside the requests.
import { operations } from "../../generated/operations.ts";
import { catalogue, statusNames } from "../../generated/response-codes.ts";
import type { ConsoleParts } from "../host/console.ts";
import { describeResponseCode } from "../snap/response-codes.ts";
import { type Controlled, clockOf } from "./control.ts";
import { FORCED_SERVICES, scenarioToForce } from "./forces.ts";
import { scenarios } from "./scenarios.ts";

/** How many payments and notifications a watcher gets, and how many are downloaded, the newest first. */
const SHOWN = 100;
const DOWNLOADED = 10_000;

/** What is shown, and what is downloaded. */
export function consoleOf({
  control,
  deliveries,
  payments,
  forcedNext,
}: Controlled): Required<Pick<ConsoleParts, "fixed" | "state" | "all">> {
  const latest = (limit: number) => ({
    ...clockOf(control),
    totals: { ...control.totals(), deliveries: deliveries.count() },
    payments: payments(control.totals().payments, limit),
    deliveries: deliveries.before(deliveries.count(), limit),
  });
  return {
    fixed: () => ({ statusNames, forceable: forceable() }),
    state: () => ({ ...latest(SHOWN), forced: forcedNext() }),
    all: () => ({ ...latest(DOWNLOADED), directDebits: control.directDebits() }),
  };
}

/** Every code that a call can be made to come out with, by service, and what happens then. */
function forceable() {
  return FORCED_SERVICES.map((service) => {
    const rows = scenarios.filter((each) => each.service === service).map(({ value }) => value.split(".", 1)[0] ?? "");
    const codes = Object.keys(catalogue).map((key) => key.slice(0, 3) + service + key.slice(3));
    const [operation = ""] = Object.entries(operations).find(([, { serviceCode }]) => serviceCode === service) ?? [];
    return {
      service,
      operation,
      codes: [...new Set([...rows, ...codes])].sort().flatMap((code) => {
        const scenario = scenarioToForce(code);
        const message = describeResponseCode(scenario?.answer ?? "")?.message;
        return scenario ? [{ code, message, description: scenario.description }] : [];
      }),
    };
  });
}
