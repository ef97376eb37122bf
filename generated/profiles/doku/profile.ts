// Generated from openapi/profiles/doku.overlay.yaml by `npm run generate`. Do not edit.
import type { DebitStatusRequest, DebitStatusResponse, DebitStatusInProgress, DebitStatusError400, DebitStatusError401, DebitStatusError403, DebitStatusError404, DebitStatusError405, DebitStatusError409, DebitStatusError429, DebitStatusError500, DebitStatusError504, AccessTokenB2bRequest, AccessTokenB2bResponse, AccessTokenB2bInProgress, AccessTokenB2bError400, AccessTokenB2bError401, AccessTokenB2bError403, AccessTokenB2bError404, AccessTokenB2bError405, AccessTokenB2bError409, AccessTokenB2bError429, AccessTokenB2bError500, AccessTokenB2bError504, paths } from "./types.ts";

export type * from "./types.ts";

/** The bodies of every operation. */
export interface OperationTypes {
  /**
   * Ask what became of a direct debit (service 55, `POST /orders/v1.0/debit/status`).
   *
   * Asks for the status of a direct debit payment (service 54) by whatever is known of it.
   */
  debitStatus: {
    serviceCode: "55";
    request: DebitStatusRequest;
    success: DebitStatusResponse;
    inProgress: DebitStatusInProgress;
    error: DebitStatusError400 | DebitStatusError401 | DebitStatusError403 | DebitStatusError404 | DebitStatusError405 | DebitStatusError409 | DebitStatusError429 | DebitStatusError500 | DebitStatusError504;
  };
  /**
   * Get an access token (service 73, `POST /authorization/v1/access-token/b2b`).
   *
   * Gives out the access token that the other operations send as `Authorization: Bearer`. It comes from the standard's security
   * pages and not from the two pages that the rest of this contract is made from. The signature is asymmetric, over client key and
   * time: `SHA256withRSA(privateKey, X-CLIENT-KEY "|" X-TIMESTAMP)`; the body is not signed.
   */
  accessTokenB2b: {
    serviceCode: "73";
    request: AccessTokenB2bRequest;
    success: AccessTokenB2bResponse;
    inProgress: AccessTokenB2bInProgress;
    error: AccessTokenB2bError400 | AccessTokenB2bError401 | AccessTokenB2bError403 | AccessTokenB2bError404 | AccessTokenB2bError405 | AccessTokenB2bError409 | AccessTokenB2bError429 | AccessTokenB2bError500 | AccessTokenB2bError504;
  };
}

const facts = {
  name: "doku",
  basePath: "",
  operations: {
  debitStatus: {"path":"/orders/v1.0/debit/status","serviceCode":"55","bearer":true,"signature":"symmetric","without":["CHANNEL-ID"]},
  accessTokenB2b: {"path":"/authorization/v1/access-token/b2b","serviceCode":"73","bearer":false,"signature":"token"},
},
  /** What response codes say of the call where they say something else than in the standard: by HTTP status and case, and service. */
  outcomes: {},
  /** Statuses of a payment that the standard does not have, or has with another meaning. */
  states: {},
} as const;

/**
 * DOKU
 *
 * DOKU's dialect: direct debit status (55) and the access token (73). Built on the 2025 edition, whose page of 55 it follows but for
 * what is said here. It was read in DOKU's public documentation, <https://developers.doku.com>, and in public code that talks to DOKU; it
 * is not DOKU's own, and may be out of date any day.
 */
export const doku: typeof facts & { readonly "~types"?: { operations: OperationTypes; paths: paths } } = facts;
