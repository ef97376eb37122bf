// The contract as a value: what validation, receiver and mock need to know of it. `npm run generate` writes the published one;
// a PJP's own profile is another value of this type.
import type { OperationId } from "../../generated/client.ts";

/** What a validator reports of one violation. */
export interface ValidatorError {
  /** Where, as a JSON pointer. */
  instancePath: string;
  /** The JSON Schema keyword that was broken. */
  keyword: string;
  /** What the keyword asked for. */
  params: Record<string, unknown>;
}

/** A compiled schema. After it returned false, `errors` says why. */
export interface Validator {
  (data: unknown): boolean;
  errors?: ValidatorError[] | null;
}

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
}
