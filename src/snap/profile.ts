// The light half of a contract: what a client needs of it. The published one is the default; an edition or a PJP is another value.
import { type OperationId, type OperationTypes, operations } from "../../generated/operations.ts";
import type { Outcome, TransactionState } from "../../generated/response-codes.ts";
import type { paths } from "../../generated/types.ts";

/** What a profile says of one operation, as far as a client needs it. */
export interface OperationFacts {
  /** The path from the slash on, with the version, without the base path. */
  readonly path: string;
  readonly serviceCode: string;
  /** Whether it asks for an access token. */
  readonly bearer: boolean;
  /** How it is signed; left out where either kind will do. */
  readonly signature?: "symmetric" | "asymmetric" | "token";
  /** What of the URL is signed; as it is sent where left out. */
  readonly signedPath?: SignedPath;
  /** Headers of the standard that it does not take. */
  readonly without?: readonly string[];
  /** Headers that have one value only, whatever the caller. */
  readonly fixedHeaders?: Readonly<Record<string, string>>;
}

/** What of a URL is signed: path and query as they are sent, the same without the base path, or the whole URL. */
export type SignedPath = "as-sent" | "without-base-path" | "url";

/** The bodies of an operation. */
export interface OperationBodies {
  serviceCode: string;
  request: object;
  success: object;
  inProgress: object;
  error: object;
}

/** The bodies of the operations that a profile has. */
export type BodiesById = { readonly [Id in OperationId]?: OperationBodies };

/** The bodies of one of them. */
export type BodiesOf<Types, Id extends keyof Types> = Extract<Types[Id], OperationBodies>;

/** What the compiler knows of a profile. */
export interface ProfileTypes {
  operations: BodiesById;
  paths: object;
}

/** A profile: how an edition of the standard or a PJP speaks SNAP. */
export interface Profile {
  /** `published`, or the name of its overlay: `aspi-2025`. */
  readonly name: string;
  /** What stands before every path: empty, or `/openapi`. */
  readonly basePath: string;
  readonly operations: { readonly [Id in OperationId]?: OperationFacts };
  /** What response codes say of the call, where they say something else than in the standard: by status and case, and service. */
  readonly outcomes?: Readonly<Record<string, Readonly<Record<string, Outcome>>>>;
  /** Statuses of a payment that the standard does not have, or has with another meaning. */
  readonly states?: Readonly<Record<string, { readonly name: string; readonly state: TransactionState }>>;
  /** For the compiler alone: no value has it. */
  readonly "~types"?: ProfileTypes;
}

/** The published contract's light half. */
export interface PublishedProfile extends Profile {
  readonly operations: typeof operations;
  readonly "~types"?: { operations: OperationTypes; paths: paths };
}

/** The published contract. */
export const publishedProfile: PublishedProfile = { name: "published", basePath: "", operations };

/** The bodies of a profile's operations. */
export type TypesOf<P extends Profile> = NonNullable<P["~types"]>["operations"];

/** The facts of a profile's operations but for the one that gives out tokens. */
export type TransactionFacts<P extends Profile> = Exclude<
  P["operations"][keyof P["operations"]],
  undefined | { readonly signature: "token" }
>;
