// Whom the test is of: the run file, read and checked, with its credentials in hand.
import type { OperationId } from "../../generated/operations.ts";
import type { Force } from "../../generated/scenarios.ts";
import type { SnapSignature } from "../client/options.ts";
import type { Contract } from "../contract/contract.ts";
import type { RsaKeyObject } from "../snap/keys.ts";

/** Whom the test is of: a PJP, which is called, or a merchant, which is notified. */
export type Role = "pjp" | "merchant";

/** A payment that the subject knows. */
export interface KnownPayment {
  readonly partnerReferenceNo: string;
  readonly referenceNo?: string | undefined;
  readonly externalId?: string | undefined;
  readonly amount?: string | undefined;
}

/** What requests are filled with. */
export interface SubjectData {
  readonly merchantId: string;
  readonly amount?: string;
  readonly qrContent?: string | readonly string[];
  readonly debit?: string;
  readonly payment?: KnownPayment;
  readonly failedPayment?: KnownPayment;
}

/** Fields by their dotted names, and headers, that force an outcome; under `payment` those of the payment that it is about. */
export type Forced = Readonly<Record<string, unknown>>;

/** A run file as it is written; generated/run.schema.json says what each property means. */
export interface RunFile {
  readonly role: Role;
  readonly target?: string;
  readonly profile?: string;
  readonly provider?: string;
  readonly user?: string;
  readonly partnerId: string;
  readonly channelId: string;
  readonly signature: {
    readonly type: "symmetric" | "asymmetric";
    readonly clientSecret?: string;
    readonly privateKey?: string;
  };
  readonly token?: { readonly accessToken?: string; readonly clientKey?: string; readonly privateKey?: string };
  readonly headers?: Readonly<Record<string, string>>;
  readonly services?: readonly string[];
  readonly paths?: Readonly<Record<string, string>>;
  readonly fields?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly timeout?: number;
  readonly messages?: "exact" | "any";
  readonly data: SubjectData;
  readonly force?: Readonly<Partial<Record<Force, Forced>>>;
}

/** The run file with its credentials. */
export interface Subject extends Omit<RunFile, "signature" | "token" | "headers" | "services" | "timeout"> {
  /** Scheme, host and base path, without a slash at the end. */
  readonly baseUrl: string;
  readonly contract: Contract;
  readonly signature: SnapSignature;
  readonly token:
    | { readonly accessToken: string }
    | { readonly clientKey: string; readonly privateKey: RsaKeyObject }
    | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** The codes of the services that are offered. */
  readonly services: ReadonlySet<string>;
  /** In milliseconds. */
  readonly timeout: number;
}

/** Whether the subject offers an operation. */
export function offers({ services, contract }: Subject, operation: OperationId): boolean {
  const { serviceCode } = contract.operations[operation] ?? {};
  return serviceCode !== undefined && services.has(serviceCode);
}
