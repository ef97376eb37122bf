// Generated from openapi/profiles/shopeepay.overlay.yaml by `npm run generate`. Do not edit.
import type { QrCpmPaymentRequest, QrCpmPaymentResponse, QrCpmPaymentInProgress, QrCpmPaymentError400, QrCpmPaymentError401, QrCpmPaymentError403, QrCpmPaymentError404, QrCpmPaymentError405, QrCpmPaymentError409, QrCpmPaymentError429, QrCpmPaymentError500, QrCpmPaymentError504, QrCpmQueryRequest, QrCpmQueryResponse, QrCpmQueryInProgress, QrCpmQueryError400, QrCpmQueryError401, QrCpmQueryError403, QrCpmQueryError404, QrCpmQueryError405, QrCpmQueryError409, QrCpmQueryError429, QrCpmQueryError500, QrCpmQueryError504, QrCpmRefundRequest, QrCpmRefundResponse, QrCpmRefundInProgress, QrCpmRefundError400, QrCpmRefundError401, QrCpmRefundError403, QrCpmRefundError404, QrCpmRefundError405, QrCpmRefundError409, QrCpmRefundError429, QrCpmRefundError500, QrCpmRefundError504, AccessTokenB2bRequest, AccessTokenB2bResponse, AccessTokenB2bInProgress, AccessTokenB2bError400, AccessTokenB2bError401, AccessTokenB2bError403, AccessTokenB2bError404, AccessTokenB2bError405, AccessTokenB2bError409, AccessTokenB2bError429, AccessTokenB2bError500, AccessTokenB2bError504, paths } from "./types.ts";

export type * from "./types.ts";

/** The bodies of every operation. */
export interface OperationTypes {
  /**
   * Pay with a scanned QR code (service 60, `POST /v1.1/qr/qr-cpm-payment`).
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
  name: "shopeepay",
  basePath: "",
  operations: {
  qrCpmPayment: {"path":"/v1.1/qr/qr-cpm-payment","serviceCode":"60","bearer":true,"signature":"symmetric"},
  qrCpmQuery: {"path":"/v1.0/qr/qr-cpm-query","serviceCode":"61","bearer":true,"signature":"symmetric"},
  qrCpmRefund: {"path":"/v1.0/qr/qr-cpm-refund","serviceCode":"80","bearer":true,"signature":"symmetric"},
  accessTokenB2b: {"path":"/v1.0/access-token/b2b","serviceCode":"73","bearer":false,"signature":"token"},
},
  /** What response codes say of the call where they say something else than in the standard: by HTTP status and case, and service. */
  outcomes: {},
  /** Statuses of a payment that the standard does not have, or has with another meaning. */
  states: {},
} as const;

/**
 * ShopeePay
 *
 * ShopeePay's dialect: QR CPM payment (60), query (61) and refund (80) and the access token (73). Built on the 2025 edition, for its
 * refund is answered without originalReferenceNo, which only that edition allows. It was read in a public copy of ShopeePay's
 * documentation, <https://product.shopeepay.co.id/integration/api/customer-presented-mode>; it is not ShopeePay's own, and may be out
 * of date any day.
 *
 * Its notification is one of its own and not service 79, so it is not part of this. ShopeePay signs the whole callback URL of it, domain
 * included: `signedPath: url` in `x-snap-signature`.
 */
export const shopeepay: typeof facts & { readonly "~types"?: { operations: OperationTypes; paths: paths } } = facts;
