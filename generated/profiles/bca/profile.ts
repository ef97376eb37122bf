// Generated from openapi/profiles/bca.overlay.yaml by `npm run generate`. Do not edit.
import type { QrCpmPaymentRequest, QrCpmPaymentResponse, QrCpmPaymentInProgress, QrCpmPaymentError400, QrCpmPaymentError401, QrCpmPaymentError403, QrCpmPaymentError404, QrCpmPaymentError405, QrCpmPaymentError409, QrCpmPaymentError429, QrCpmPaymentError500, QrCpmPaymentError504, QrCpmCancelRequest, QrCpmCancelResponse, QrCpmCancelInProgress, QrCpmCancelError400, QrCpmCancelError401, QrCpmCancelError403, QrCpmCancelError404, QrCpmCancelError405, QrCpmCancelError409, QrCpmCancelError429, QrCpmCancelError500, QrCpmCancelError504, DebitStatusRequest, DebitStatusResponse, DebitStatusInProgress, DebitStatusError400, DebitStatusError401, DebitStatusError403, DebitStatusError404, DebitStatusError405, DebitStatusError409, DebitStatusError429, DebitStatusError500, DebitStatusError504, AccessTokenB2bRequest, AccessTokenB2bResponse, AccessTokenB2bInProgress, AccessTokenB2bError400, AccessTokenB2bError401, AccessTokenB2bError403, AccessTokenB2bError404, AccessTokenB2bError405, AccessTokenB2bError409, AccessTokenB2bError429, AccessTokenB2bError500, AccessTokenB2bError504, paths } from "./types.ts";

export type * from "./types.ts";

/** The bodies of every operation. */
export interface OperationTypes {
  /**
   * Pay with a scanned QR code (service 60, `POST /v1.0/qr/qr-cpm-payment`).
   *
   * The merchant passes on the code that it scanned, and BCA takes the money. A status of 200 says that the request was processed:
   * read `additionalInfo.latestTransactionStatus`, for a payment that failed is answered with 2006000 too, with `06` there.
   */
  qrCpmPayment: {
    serviceCode: "60";
    request: QrCpmPaymentRequest;
    success: QrCpmPaymentResponse;
    inProgress: QrCpmPaymentInProgress;
    error: QrCpmPaymentError400 | QrCpmPaymentError401 | QrCpmPaymentError403 | QrCpmPaymentError404 | QrCpmPaymentError405 | QrCpmPaymentError409 | QrCpmPaymentError429 | QrCpmPaymentError500 | QrCpmPaymentError504;
  };
  /**
   * Cancel a payment (service 62, `POST /v1.0/qr/qr-cpm-cancel`).
   *
   * Cancels a payment as a whole. Case code 18 of status 404 says that merchantId and X-PARTNER-ID do not match: nothing was
   * cancelled. An answer that refuses carries the fields of the 200 as well, with an empty cancelTime.
   */
  qrCpmCancel: {
    serviceCode: "62";
    request: QrCpmCancelRequest;
    success: QrCpmCancelResponse;
    inProgress: QrCpmCancelInProgress;
    error: QrCpmCancelError400 | QrCpmCancelError401 | QrCpmCancelError403 | QrCpmCancelError404 | QrCpmCancelError405 | QrCpmCancelError409 | QrCpmCancelError429 | QrCpmCancelError500 | QrCpmCancelError504;
  };
  /**
   * Ask what became of a direct debit (service 55, `POST /oneklik/v1.0/debit/status`).
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
  name: "bca",
  basePath: "/openapi",
  operations: {
  qrCpmPayment: {"path":"/v1.0/qr/qr-cpm-payment","serviceCode":"60","bearer":true,"signature":"symmetric","fixedHeaders":{"CHANNEL-ID":"95251"}},
  qrCpmCancel: {"path":"/v1.0/qr/qr-cpm-cancel","serviceCode":"62","bearer":true,"signature":"symmetric","fixedHeaders":{"CHANNEL-ID":"95251"}},
  debitStatus: {"path":"/oneklik/v1.0/debit/status","serviceCode":"55","bearer":true,"signature":"symmetric","fixedHeaders":{"CHANNEL-ID":"95221"}},
  accessTokenB2b: {"path":"/v1.0/access-token/b2b","serviceCode":"73","bearer":false,"signature":"token"},
},
  /** What response codes say of the call where they say something else than in the standard: by HTTP status and case, and service. */
  outcomes: {"40418":{"60":"rejected","62":"rejected"}},
  /** Statuses of a payment that the standard does not have, or has with another meaning. */
  states: {},
} as const;

/**
 * BCA
 *
 * BCA's dialect: QR CPM payment (60) and cancellation (62), OneKlik's direct debit status (55) and the access token (73). Built on
 * the 2025 edition, which its payments without expiryTime and its times of 25 characters follow. It was read in BCA's public
 * documentation, <https://developer.bca.co.id>, and in a mirror of it; it is not BCA's own, and may be out of date any day.
 *
 * BCA answers a payment that failed with 2006000 as well: `additionalInfo.latestTransactionStatus` says what became of it. Answers
 * that refuse a cancellation carry the fields of the 200. Whether subMerchantId (60, 62) and merchantId (55) must be there depends on
 * the contract with BCA, so they are optional here.
 */
export const bca: typeof facts & { readonly "~types"?: { operations: OperationTypes; paths: paths } } = facts;
