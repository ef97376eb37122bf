// Generated from openapi/profiles/aspi-2025.overlay.yaml by `npm run generate`. Do not edit.
import type { QrCpmGenerateRequest, QrCpmGenerateResponse, QrCpmGenerateInProgress, QrCpmGenerateError400, QrCpmGenerateError401, QrCpmGenerateError403, QrCpmGenerateError404, QrCpmGenerateError405, QrCpmGenerateError409, QrCpmGenerateError429, QrCpmGenerateError500, QrCpmGenerateError504, QrCpmPaymentRequest, QrCpmPaymentResponse, QrCpmPaymentInProgress, QrCpmPaymentError400, QrCpmPaymentError401, QrCpmPaymentError403, QrCpmPaymentError404, QrCpmPaymentError405, QrCpmPaymentError409, QrCpmPaymentError429, QrCpmPaymentError500, QrCpmPaymentError504, QrCpmQueryRequest, QrCpmQueryResponse, QrCpmQueryInProgress, QrCpmQueryError400, QrCpmQueryError401, QrCpmQueryError403, QrCpmQueryError404, QrCpmQueryError405, QrCpmQueryError409, QrCpmQueryError429, QrCpmQueryError500, QrCpmQueryError504, QrCpmCancelRequest, QrCpmCancelResponse, QrCpmCancelInProgress, QrCpmCancelError400, QrCpmCancelError401, QrCpmCancelError403, QrCpmCancelError404, QrCpmCancelError405, QrCpmCancelError409, QrCpmCancelError429, QrCpmCancelError500, QrCpmCancelError504, QrCpmNotifyRequest, QrCpmNotifyResponse, QrCpmNotifyInProgress, QrCpmNotifyError400, QrCpmNotifyError401, QrCpmNotifyError403, QrCpmNotifyError404, QrCpmNotifyError405, QrCpmNotifyError409, QrCpmNotifyError429, QrCpmNotifyError500, QrCpmNotifyError504, QrCpmRefundRequest, QrCpmRefundResponse, QrCpmRefundInProgress, QrCpmRefundError400, QrCpmRefundError401, QrCpmRefundError403, QrCpmRefundError404, QrCpmRefundError405, QrCpmRefundError409, QrCpmRefundError429, QrCpmRefundError500, QrCpmRefundError504, DebitStatusRequest, DebitStatusResponse, DebitStatusInProgress, DebitStatusError400, DebitStatusError401, DebitStatusError403, DebitStatusError404, DebitStatusError405, DebitStatusError409, DebitStatusError429, DebitStatusError500, DebitStatusError504, AccessTokenB2bRequest, AccessTokenB2bResponse, AccessTokenB2bInProgress, AccessTokenB2bError400, AccessTokenB2bError401, AccessTokenB2bError403, AccessTokenB2bError404, AccessTokenB2bError405, AccessTokenB2bError409, AccessTokenB2bError429, AccessTokenB2bError500, AccessTokenB2bError504, paths } from "./types.ts";

export type * from "./types.ts";

/** The bodies of every operation. */
export interface OperationTypes {
  /**
   * Make a QR code (service 59, `POST /v1.0/qr/qr-cpm-generate`).
   *
   * The PJP makes a QR code that stands for the customer's source of funds. The customer shows it, the merchant scans it
   * and calls `qrCpmPayment`.
   */
  qrCpmGenerate: {
    serviceCode: "59";
    request: QrCpmGenerateRequest;
    success: QrCpmGenerateResponse;
    inProgress: QrCpmGenerateInProgress;
    error: QrCpmGenerateError400 | QrCpmGenerateError401 | QrCpmGenerateError403 | QrCpmGenerateError404 | QrCpmGenerateError405 | QrCpmGenerateError409 | QrCpmGenerateError429 | QrCpmGenerateError500 | QrCpmGenerateError504;
  };
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
   * Ask what became of a payment (service 61, `POST /v1.0/qr/qr-cpm-query`).
   *
   * Ask whenever the outcome of a payment is not clear: after a 202, a time-out, a 500 or a 504. Name the payment by at
   * least one of its references.
   */
  qrCpmQuery: {
    serviceCode: "61";
    request: QrCpmQueryRequest;
    success: QrCpmQueryResponse;
    inProgress: QrCpmQueryInProgress;
    error: QrCpmQueryError400 | QrCpmQueryError401 | QrCpmQueryError403 | QrCpmQueryError404 | QrCpmQueryError405 | QrCpmQueryError409 | QrCpmQueryError429 | QrCpmQueryError500 | QrCpmQueryError504;
  };
  /**
   * Cancel a payment (service 62, `POST /v1.0/qr/qr-cpm-cancel`).
   *
   * Cancels a payment as a whole. The catalogue calls this a void and counts case code 18 of status 404 as its success;
   * PJPs answer it where nothing was cancelled, so query after it.
   */
  qrCpmCancel: {
    serviceCode: "62";
    request: QrCpmCancelRequest;
    success: QrCpmCancelResponse;
    inProgress: QrCpmCancelInProgress;
    error: QrCpmCancelError400 | QrCpmCancelError401 | QrCpmCancelError403 | QrCpmCancelError404 | QrCpmCancelError405 | QrCpmCancelError409 | QrCpmCancelError429 | QrCpmCancelError500 | QrCpmCancelError504;
  };
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
   * Give a payment back (service 80, `POST /v1.0/qr/qr-cpm-refund`).
   *
   * Gives back a payment, in whole or in part. A partnerRefundNo names one refund. The catalogue counts case code 18 of
   * status 404 as a success here; PJPs answer it where nothing was given back, so query after it.
   */
  qrCpmRefund: {
    serviceCode: "80";
    request: QrCpmRefundRequest;
    success: QrCpmRefundResponse;
    inProgress: QrCpmRefundInProgress;
    error: QrCpmRefundError400 | QrCpmRefundError401 | QrCpmRefundError403 | QrCpmRefundError404 | QrCpmRefundError405 | QrCpmRefundError409 | QrCpmRefundError429 | QrCpmRefundError500 | QrCpmRefundError504;
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
  name: "aspi-2025",
  basePath: "",
  operations: {
  qrCpmGenerate: {"path":"/v1.0/qr/qr-cpm-generate","serviceCode":"59","bearer":true},
  qrCpmPayment: {"path":"/v1.0/qr/qr-cpm-payment","serviceCode":"60","bearer":true},
  qrCpmQuery: {"path":"/v1.0/qr/qr-cpm-query","serviceCode":"61","bearer":true},
  qrCpmCancel: {"path":"/v1.0/qr/qr-cpm-cancel","serviceCode":"62","bearer":true},
  qrCpmNotify: {"path":"/v1.0/qr/qr-cpm-notify","serviceCode":"79","bearer":true},
  qrCpmRefund: {"path":"/v1.0/qr/qr-cpm-refund","serviceCode":"80","bearer":true},
  debitStatus: {"path":"/v1.0/debit/status","serviceCode":"55","bearer":true},
  accessTokenB2b: {"path":"/v1.0/access-token/b2b","serviceCode":"73","bearer":false,"signature":"token"},
},
  /** What response codes say of the call where they say something else than in the standard: by HTTP status and case, and service. */
  outcomes: {},
  /** Statuses of a payment that the standard does not have, or has with another meaning. */
  states: {},
} as const;

/**
 * SNAP, 2025 edition
 *
 * QR CPM, direct debit status and access token as SNAP's developer site (ASPI) has published them since 2025, where they differ from
 * the older pages that this contract is made from. Built on the published contract. It is a transcription and not official: the
 * standard is ASPI's and Bank Indonesia's, and <https://apidevportal.aspi-indonesia.or.id> is the place to read it.
 *
 * It was read in a mirror of that site of 2025-06-14, for the services 59, 60, 61, 62, 79, 80 and 55: 166 rows, 14 samples, 63 codes.
 * Service 73 is not on those pages, so it stays as it is. Where this edition contradicts itself, the rules of the contract decide, and
 * the action says so. `x-snap-errata` names what the older pages left open and this edition does not settle.
 */
export const aspi2025: typeof facts & { readonly "~types"?: { operations: OperationTypes; paths: paths } } = facts;
