// Generated from openapi/profiles/dana.overlay.yaml by `npm run generate`. Do not edit.
import type { QrCpmPaymentRequest, QrCpmPaymentResponse, QrCpmPaymentInProgress, QrCpmPaymentError400, QrCpmPaymentError401, QrCpmPaymentError403, QrCpmPaymentError404, QrCpmPaymentError405, QrCpmPaymentError409, QrCpmPaymentError429, QrCpmPaymentError500, QrCpmPaymentError504, DebitStatusRequest, DebitStatusResponse, DebitStatusInProgress, DebitStatusError400, DebitStatusError401, DebitStatusError403, DebitStatusError404, DebitStatusError405, DebitStatusError409, DebitStatusError429, DebitStatusError500, DebitStatusError504, paths } from "./types.ts";

export type * from "./types.ts";

/** The bodies of every operation. */
export interface OperationTypes {
  /**
   * Pay with a scanned QR code (service 60, `POST /v1.0/qr/qr-cpm-payment.htm`).
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
   * Ask what became of a direct debit (service 55, `POST /payment-gateway/v1.0/debit/status.htm`).
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
}

const facts = {
  name: "dana",
  basePath: "",
  operations: {
  qrCpmPayment: {"path":"/v1.0/qr/qr-cpm-payment.htm","serviceCode":"60","bearer":false,"signature":"asymmetric"},
  debitStatus: {"path":"/payment-gateway/v1.0/debit/status.htm","serviceCode":"55","bearer":false,"signature":"asymmetric"},
},
  /** What response codes say of the call where they say something else than in the standard: by HTTP status and case, and service. */
  outcomes: {},
  /** Statuses of a payment that the standard does not have, or has with another meaning. */
  states: {},
} as const;

/**
 * DANA
 *
 * DANA's dialect: QR CPM payment (60) and direct debit status (55). Built on the 2025 edition, whose fields its direct debit status has.
 * DANA takes the asymmetric signature without an access token, so it needs no service 73. It was read in DANA's public documentation,
 * <https://dashboard.dana.id/api-docs-v2>, and in its test scripts; it is not DANA's own, and may be out of date any day.
 */
export const dana: typeof facts & { readonly "~types"?: { operations: OperationTypes; paths: paths } } = facts;
