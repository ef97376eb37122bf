// Generated from openapi/profiles/finpay.overlay.yaml by `npm run generate`. Do not edit.
import type { QrCpmPaymentRequest, QrCpmPaymentResponse, QrCpmPaymentInProgress, QrCpmPaymentError400, QrCpmPaymentError401, QrCpmPaymentError403, QrCpmPaymentError404, QrCpmPaymentError405, QrCpmPaymentError409, QrCpmPaymentError429, QrCpmPaymentError500, QrCpmPaymentError504, DebitStatusRequest, DebitStatusResponse, DebitStatusInProgress, DebitStatusError400, DebitStatusError401, DebitStatusError403, DebitStatusError404, DebitStatusError405, DebitStatusError409, DebitStatusError429, DebitStatusError500, DebitStatusError504, AccessTokenB2bRequest, AccessTokenB2bResponse, AccessTokenB2bInProgress, AccessTokenB2bError400, AccessTokenB2bError401, AccessTokenB2bError403, AccessTokenB2bError404, AccessTokenB2bError405, AccessTokenB2bError409, AccessTokenB2bError429, AccessTokenB2bError500, AccessTokenB2bError504, paths } from "./types.ts";

export type * from "./types.ts";

/** The bodies of every operation. */
export interface OperationTypes {
  /**
   * Pay with a scanned QR code (service 60, `POST /v1.0/qr/qr-cpm-payment`).
   *
   * The merchant passes on the code that it scanned, and the PJP takes the money. A partnerReferenceNo names one
   * payment; sent again after a success it is answered with 409 and case code 01. A status of 200 says that the request
   * was processed. Whether money moved, `qrCpmNotify` tells and `qrCpmQuery` answers.
   */
  qrCpmPayment: {
    serviceCode: "60";
    request: QrCpmPaymentRequest;
    success: QrCpmPaymentResponse;
    inProgress: QrCpmPaymentInProgress;
    error: QrCpmPaymentError400 | QrCpmPaymentError401 | QrCpmPaymentError403 | QrCpmPaymentError404 | QrCpmPaymentError405 | QrCpmPaymentError409 | QrCpmPaymentError429 | QrCpmPaymentError500 | QrCpmPaymentError504;
  };
  /**
   * Ask what became of a direct debit (service 55, `POST /v1.0/debit/status`).
   *
   * Asks for the status of a direct debit payment (service 54) by the caller's number of it.
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
  name: "finpay",
  basePath: "",
  operations: {
  qrCpmPayment: {"path":"/v1.0/qr/qr-cpm-payment","serviceCode":"60","bearer":true,"signature":"symmetric"},
  debitStatus: {"path":"/v1.0/debit/status","serviceCode":"55","bearer":true,"signature":"symmetric"},
  accessTokenB2b: {"path":"/v1.0/access-token/b2b","serviceCode":"73","bearer":false,"signature":"token"},
},
  /** What response codes say of the call where they say something else than in the standard: by HTTP status and case, and service. */
  outcomes: {},
  /** Statuses of a payment that the standard does not have, or has with another meaning. */
  states: {},
} as const;

/**
 * Finpay
 *
 * Finpay's dialect: direct debit status (55), QR CPM payment (60) and the access token (73). Built on the published contract and not on
 * the 2025 edition: the page of 55 that the contract is made from is Finpay's own. It was read in Finpay's public documentation,
 * <https://docs.finpay.id> and <https://hub.finpay.id>; it is not Finpay's own, and may be out of date any day.
 */
export const finpay: typeof facts & { readonly "~types"?: { operations: OperationTypes; paths: paths } } = facts;
