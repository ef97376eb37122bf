// The one place where an answer is put together: responseCode from status, service and case, and the catalogue's message.
import type { OperationId, OperationTypes } from "../../generated/operations.ts";
import type { Case } from "../../generated/response-codes.ts";
import { messageOf } from "../snap/message.ts";
import type { Contract } from "./contract.ts";

/** The response code of a row of the catalogue in an operation: `CodeOf<"qrCpmPayment", "40314">` is `"4036014"`. */
export type CodeOf<Id extends OperationId, Row extends Case> = WithService<Row, OperationTypes[Id]["serviceCode"]>;
type WithService<Row extends Case, Service extends string> = Row extends `${infer A}${infer B}${infer C}${infer Last}`
  ? `${A}${B}${C}${Service}${Last}`
  : never;

/** A row of the catalogue that is an error. */
export type ErrorCase = Exclude<Case, `20${string}`>;

/** Code and message of an answer, which every body has. */
export interface Answer<Code extends string = string> {
  responseCode: Code;
  responseMessage: string;
}

/**
 * Code and message of a row of the catalogue, as an operation answers it.
 * @param operation undefined where the request names none: the service is then 00, digits of ours (erratum E094)
 * @param row a constant of generated/cases.ts
 * @param fill fills the message's placeholder: a field's dotted name, a header's name, or a reason
 * @example answerOf(published, "qrCpmPayment", InvalidMandatoryField, "amount.value")
 * // { responseCode: "4006002", responseMessage: "Invalid Mandatory Field amount.value" }
 */
export function answerOf<Id extends OperationId, Row extends Case>(
  contract: Pick<Contract, "operations" | "messages">,
  operation: Id | undefined,
  row: Row,
  fill = "",
): Answer<CodeOf<Id, Row>> {
  const serviceCode = (operation !== undefined && contract.operations[operation]?.serviceCode) || "00";
  const responseCode = (row.slice(0, 3) + serviceCode + row.slice(3)) as CodeOf<Id, Row>;
  return { responseCode, responseMessage: messageOf(responseCode, fill, contract.messages) };
}
