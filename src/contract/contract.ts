// The contract as a value: what validation, receiver and mock need to know of it. `npm run generate` writes the published one;
// a PJP's own profile is another value of this type.
import { contract, type Validator } from "../../generated/contract.ts";
import type { OperationId } from "../../generated/operations.ts";

export type { Validator, ValidatorError } from "../../generated/contract.ts";

/** What a contract says of one operation. */
export interface OperationContract {
  /** The path from the slash on, with the version. */
  readonly path: string;
  readonly serviceCode: string;
  /** Whether it asks for an access token. */
  readonly bearer: boolean;
  /** Its headers beside Content-Type and Authorization, as they are written on the wire. */
  readonly headers: readonly string[];
  /** The properties of the request body in the order of the published table, nested ones dotted. */
  readonly fields: readonly string[];
  /** Those of them that are mandatory. */
  readonly mandatoryFields: readonly string[];
  readonly validateRequest: Validator;
  readonly validateHeaders: Validator;
  /** By HTTP status. */
  readonly validateResponse: Readonly<Record<string, Validator>>;
}

/** A contract: the published one, or a PJP's profile of it. */
export interface Contract {
  readonly operations: Readonly<Record<OperationId, OperationContract>>;
  /** The messages of the response codes, by HTTP status and case code: `"40314"`. */
  readonly messages: Readonly<Record<string, string>>;
  /** What a pattern asks for, in words, by the pattern: `a time such as 2020-12-23T07:50:11+07:00`. */
  readonly formats: Readonly<Record<string, string>>;
}

/** The published contract. */
export const published: Contract = contract;
