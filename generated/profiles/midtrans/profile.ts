// Generated from openapi/profiles/midtrans.overlay.yaml by `npm run generate`. Do not edit.
import type { QrCpmNotifyRequest, QrCpmNotifyResponse, QrCpmNotifyInProgress, QrCpmNotifyError400, QrCpmNotifyError401, QrCpmNotifyError403, QrCpmNotifyError404, QrCpmNotifyError405, QrCpmNotifyError409, QrCpmNotifyError429, QrCpmNotifyError500, QrCpmNotifyError504, DebitStatusRequest, DebitStatusResponse, DebitStatusInProgress, DebitStatusError400, DebitStatusError401, DebitStatusError403, DebitStatusError404, DebitStatusError405, DebitStatusError409, DebitStatusError429, DebitStatusError500, DebitStatusError504, AccessTokenB2bRequest, AccessTokenB2bResponse, AccessTokenB2bInProgress, AccessTokenB2bError400, AccessTokenB2bError401, AccessTokenB2bError403, AccessTokenB2bError404, AccessTokenB2bError405, AccessTokenB2bError409, AccessTokenB2bError429, AccessTokenB2bError500, AccessTokenB2bError504, paths } from "./types.ts";

export type * from "./types.ts";

/** The bodies of every operation. */
export interface OperationTypes {
  /**
   * Tell the merchant what became of a payment (service 79, `POST /v1.0/qr/qr-cpm-notify`).
   *
   * **Called by the PJP and hosted by the merchant.** The roles of the other operations are reversed: the host is the
   * merchant's, at a URL that it registered with the PJP. The PJP signs, with its own private key or with the secret
   * that it shares with the merchant, and the merchant verifies with the PJP's public key or with that secret. Where the
   * signature is symmetric, the access token is one that the merchant gave out. X-PARTNER-ID is the PJP's identity at
   * the merchant.
   */
  qrCpmNotify: {
    serviceCode: "79";
    request: QrCpmNotifyRequest;
    success: QrCpmNotifyResponse;
    inProgress: QrCpmNotifyInProgress;
    error: QrCpmNotifyError400 | QrCpmNotifyError401 | QrCpmNotifyError403 | QrCpmNotifyError404 | QrCpmNotifyError405 | QrCpmNotifyError409 | QrCpmNotifyError429 | QrCpmNotifyError500 | QrCpmNotifyError504;
  };
  /**
   * Ask what became of a direct debit (service 55, `POST /v1.0/debit/status`).
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
   * Get an access token (service 73, `POST /v1.0/access-token/b2b`).
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
  name: "midtrans",
  basePath: "",
  operations: {
  qrCpmNotify: {"path":"/v1.0/qr/qr-cpm-notify","serviceCode":"79","bearer":true,"signedPath":"without-base-path"},
  debitStatus: {"path":"/v1.0/debit/status","serviceCode":"55","bearer":true,"signature":"symmetric"},
  accessTokenB2b: {"path":"/v1.0/access-token/b2b","serviceCode":"73","bearer":false,"signature":"token"},
},
  /** What response codes say of the call where they say something else than in the standard: by HTTP status and case, and service. */
  outcomes: {},
  /** Statuses of a payment that the standard does not have, or has with another meaning. */
  states: {},
} as const;

/**
 * Midtrans (GoPay)
 *
 * Midtrans' dialect for GoPay: direct debit status (55), the access token (73), and how its notifications are signed. Built on the 2025
 * edition, for a query names the payment by originalReferenceNo or originalExternalId, which only that edition has. It was read in
 * Midtrans' public documentation, <https://docs.midtrans.com>, and in its clients; it is not Midtrans' own, and may be out of date any
 * day.
 *
 * Midtrans publishes no service 79. `qrCpmNotify` is here because notifications sign the path without the base path of the receiver:
 * a receiver at https://shop.example/webhook/v1.0/... finds a signature over /v1.0/...
 */
export const midtrans: typeof facts & { readonly "~types"?: { operations: OperationTypes; paths: paths } } = facts;
