// What a contract is made from: an OpenAPI document that states facts only, with the catalogue of response codes. What follows from
// them (presence, the bodies of other statuses, lists of codes, examples of errors) is derived.
import type { Schema } from "./bundle.ts";

/** A row of the catalogue as `response-codes.yaml` has it. */
export interface CatalogueRow {
  status: number;
  case: string;
  category: string;
  message: string;
  description: string;
  outcome: string | Record<string, string>;
  why: string;
  example: string;
  fill?: string;
  errata?: string[];
}

/** `response-codes.yaml` as a whole. */
export interface Catalogue {
  statuses: Record<string, string>;
  outcomes: Record<string, { meaning: string; next: string }>;
  codes: CatalogueRow[];
}

/** The properties of an object that has a value for each row, by HTTP status and case code, as source. */
export const byRow = ({ codes }: Catalogue, value: (row: CatalogueRow) => unknown) =>
  codes.map((row) => `  ${JSON.stringify(`${row.status}${row.case}`)}: ${JSON.stringify(value(row))},`).join("\n");

/** What each transaction status means, as `TransactionStatus.yaml` has it. */
export type States = Record<string, { name: string; state: string; why: string }>;

/** What an operation says of its signature. */
export interface SignatureFacts {
  /** Left out where either kind will do. */
  kind?: "symmetric" | "asymmetric";
  token?: "required" | "none";
  signedPath?: "as-sent" | "without-base-path" | "url";
}

/** A reference, or what it would lead to. */
export interface Referable {
  $ref?: string;
  [member: string]: unknown;
}

/** An example of a body. */
export interface Example extends Referable {
  summary?: string;
  value?: unknown;
}

export interface Content {
  "application/json": { schema: Schema; examples?: Record<string, Example> };
}

export interface ResponseFacts {
  description: string;
  headers?: Record<string, Referable>;
  content: Content;
}

/** An operation as `paths/` has it. */
export interface OperationFacts {
  operationId: string;
  summary: string;
  description: string;
  security?: unknown[];
  "x-snap-service-code": string;
  "x-snap-example-fields"?: Record<string, string>;
  /** Whether the page publishes least lengths, which then hold in a 202 body too. */
  "x-snap-minimum-lengths"?: boolean;
  "x-snap-path"?: string;
  "x-snap-signature"?: SignatureFacts;
  "x-snap-null"?: "optional";
  parameters: Referable[];
  requestBody: { required: boolean; content: Content };
  responses: Record<string, ResponseFacts>;
  [member: string]: unknown;
}

/** The document. */
export interface Facts {
  info: Record<string, unknown>;
  servers?: { url: string; [member: string]: unknown }[];
  "x-snap-base-path"?: string;
  "x-snap-response-codes": Catalogue;
  paths: Record<string, { post: OperationFacts; [member: string]: unknown }>;
  components: {
    schemas: Record<string, Schema>;
    parameters: Record<string, Referable>;
    examples: Record<string, Example>;
    [kind: string]: Record<string, unknown>;
  };
  [member: string]: unknown;
}
