// The contract as a value: what validation, receiver, mock and sandbox need to know of it. `npm run generate` writes the published
// one and those of the profiles, `snap-bi generate` one of your own.
import { contract, type Validator } from "../../generated/contract.ts";
import type { OperationId } from "../../generated/operations.ts";
import type { OperationFacts, Profile, PublishedProfile } from "../snap/profile.ts";
import { invalidOption, typeError } from "../util/errors.ts";

export type { Validator, ValidatorError } from "../../generated/contract.ts";

/** What a contract says of one operation. */
export interface OperationContract extends OperationFacts {
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

/** A contract: the published one, or a profile's, such as `bca` of `snap-bi-contract/profiles/bca/contract`. */
export interface Contract extends Profile {
  readonly operations: { readonly [Id in OperationId]?: OperationContract };
  /** The messages of the response codes, by HTTP status and case code: `"40314"`. */
  readonly messages: Readonly<Record<string, string>>;
  /** Why a code says another thing of the call than in the standard. */
  readonly reasons?: Readonly<Record<string, string>>;
  /** What a pattern asks for, in words, by the pattern: `a time such as 2020-12-23T07:50:11+07:00`. */
  readonly formats: Readonly<Record<string, string>>;
  /** Where its OpenAPI document is: an address, or a path in this package. */
  readonly document: string | URL;
}

/** The published contract as a value: the default everywhere. */
export interface PublishedContract extends Contract {
  readonly operations: Readonly<Record<OperationId, OperationContract>>;
  readonly "~types"?: NonNullable<PublishedProfile["~types"]>;
}

/** The published contract. */
export const published: PublishedContract = contract;

/**
 * What a contract has of an operation.
 * @throws TypeError (`ERR_SNAP_UNKNOWN_OPERATION`) when it does not have it
 */
export function operationIn({ operations, name }: Contract, operation: OperationId): OperationContract {
  const facts = operations[operation];
  if (facts) return facts;
  throw typeError(
    "ERR_SNAP_UNKNOWN_OPERATION",
    `${operation} must be an operation of the profile ${name}, and is not.`,
  );
}

/**
 * A profile as the whole contract.
 * @throws TypeError (`ERR_SNAP_INVALID_OPTION`) when it is the light half only
 */
export function contractOf(profile: Profile): Contract {
  if ("formats" in profile) return profile as Contract;
  if (profile.name === published.name) return published;
  throw invalidOption(
    `profile must be the whole one, with its validators: import it from "snap-bi-contract/profiles/${profile.name}/contract", or from your contract.ts.`,
  );
}
