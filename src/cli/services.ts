// The services that `--service` names.
import type { OperationId } from "../../generated/operations.ts";
import { type Contract, published } from "../contract/contract.ts";
import { didYouMean } from "../util/nearest.ts";
import { UsageError } from "./args.ts";
import { printable } from "./terminal.ts";

/** An operation of the contract. */
export interface Service {
  id: OperationId;
  serviceCode: string;
  /** With the base path. */
  path: string;
}

/** The operations of a contract, in its order. */
export function servicesOf({ operations, basePath }: Contract): Service[] {
  return Object.entries(operations).map(([id, { serviceCode, path }]) => ({
    id: id as OperationId,
    serviceCode,
    path: basePath + path,
  }));
}

/** The operations in a line, for help and errors: `59 qrCpmGenerate, 60 qrCpmPayment, ...`. */
export const servicesInWords = inWords(servicesOf(published));

function inWords(services: readonly Service[]): string {
  return services.map(({ id, serviceCode }) => `${serviceCode} ${id}`).join(", ");
}

/** The option. */
export const SERVICE_OPTION = {
  service: { type: "string", value: "CODE", about: "the service, by its code or its operation" },
} as const;

/**
 * The operation that `--service` names, by its code or its id.
 * @throws UsageError when the contract does not have it
 */
export function readService(value: string, contract: Contract): Service {
  const services = servicesOf(contract);
  const found = services.find(({ id, serviceCode }) => value === serviceCode || value === id);
  if (!found) {
    const advice = didYouMean(
      value,
      services.map(({ id }) => id),
    );
    throw new UsageError(`--service must be one of ${inWords(services)}, not "${printable(value)}"${advice}`);
  }
  return found;
}
