// The types of what a client's methods take and come to.
import type { OperationTypes } from "../../generated/operations.ts";
import type { BodiesById, BodiesOf } from "../snap/profile.ts";
import type { SnapCallOptions } from "./options.ts";

/**
 * What a call comes to: `data` when the responseCode begins with 200 or 202, `error` when it does not. `responseCode` is that of either.
 * `externalId` is the X-EXTERNAL-ID that was answered, the second one if the call was sent again with a new token: what
 * originalExternalId asks for later.
 */
export type SnapResult<Id extends keyof Types, Types extends BodiesById = OperationTypes> = {
  response: Response;
  externalId: string;
} & (
  | {
      data: BodiesOf<Types, Id>["success"] | BodiesOf<Types, Id>["inProgress"];
      error?: never;
      responseCode: CodeIn<BodiesOf<Types, Id>["success"] | BodiesOf<Types, Id>["inProgress"]>;
    }
  | { data?: never; error: BodiesOf<Types, Id>["error"]; responseCode: CodeIn<BodiesOf<Types, Id>["error"]> }
);

type CodeIn<Body> = Body extends { responseCode: infer Code } ? Code : never;

/** A method for each operation of a contract but the one that gives out tokens. */
export type SnapMethods<Types extends BodiesById = OperationTypes> = {
  [Id in keyof Types as Exclude<Id, "accessTokenB2b">]: (
    body: BodiesOf<Types, Id>["request"],
    options?: SnapCallOptions,
  ) => Promise<SnapResult<Id, Types>>;
};
