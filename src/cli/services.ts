// The services that `--service` names.
import { type OperationId, operations } from "../../generated/operations.ts";
import { UsageError } from "./args.ts";
import { printable } from "./terminal.ts";

/** An operation of the contract. */
export interface Service {
  id: OperationId;
  serviceCode: (typeof operations)[OperationId]["serviceCode"];
  path: string;
}

/** The operations of the contract, in its order. */
export const services: readonly Service[] = Object.entries(operations).map(([id, facts]) => ({
  id: id as OperationId,
  ...facts,
}));

/** The operations in a line, for help and errors: `59 qrCpmGenerate, 60 qrCpmPayment, ...`. */
export const servicesInWords = services.map(({ id, serviceCode }) => `${serviceCode} ${id}`).join(", ");

/** The option. */
export const SERVICE_OPTION = {
  service: { type: "string", value: "CODE", about: "the service, by its code or its operation" },
} as const;

/**
 * The operation that `--service` names, by its code or its id.
 * @throws UsageError when the contract does not have it
 */
export function readService(value: string): Service {
  const found = services.find(({ id, serviceCode }) => value === serviceCode || value === id);
  if (!found) throw new UsageError(`--service must be one of ${servicesInWords}, not "${printable(value)}"`);
  return found;
}
