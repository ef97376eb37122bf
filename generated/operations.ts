// Generated from openapi/ by `npm run generate`. Do not edit.
import type { paths, QrCpmGenerateRequest, QrCpmGenerateResponse, QrCpmPaymentRequest, QrCpmPaymentResponse, QrCpmQueryRequest, QrCpmQueryResponse, QrCpmCancelRequest, QrCpmCancelResponse, QrCpmNotifyRequest, QrCpmNotifyResponse, QrCpmRefundRequest, QrCpmRefundResponse, DebitStatusRequest, DebitStatusResponse, AccessTokenB2bRequest, AccessTokenB2bResponse } from "./types.ts";

/** Path and service code of every operation, and whether it asks for an access token. */
export const operations = {
  qrCpmGenerate: { path: "/v1.0/qr/qr-cpm-generate", serviceCode: "59", bearer: true },
  qrCpmPayment: { path: "/v1.0/qr/qr-cpm-payment", serviceCode: "60", bearer: true },
  qrCpmQuery: { path: "/v1.0/qr/qr-cpm-query", serviceCode: "61", bearer: true },
  qrCpmCancel: { path: "/v1.0/qr/qr-cpm-cancel", serviceCode: "62", bearer: true },
  qrCpmNotify: { path: "/v1.0/qr/qr-cpm-notify", serviceCode: "79", bearer: true },
  qrCpmRefund: { path: "/v1.0/qr/qr-cpm-refund", serviceCode: "80", bearer: true },
  debitStatus: { path: "/v1.0/debit/status", serviceCode: "55", bearer: true },
  accessTokenB2b: { path: "/v1.0/access-token/b2b", serviceCode: "73", bearer: false },
} as const;

/** The headers of a request, as they are written on the wire. */
export const headers = {
  contentType: "Content-Type",
  authorization: "Authorization",
  authorizationCustomer: "Authorization-Customer",
  timestamp: "X-TIMESTAMP",
  signature: "X-SIGNATURE",
  origin: "ORIGIN",
  partnerId: "X-PARTNER-ID",
  externalId: "X-EXTERNAL-ID",
  ipAddress: "X-IP-ADDRESS",
  deviceId: "X-DEVICE-ID",
  latitude: "X-LATITUDE",
  longitude: "X-LONGITUDE",
  channelId: "CHANNEL-ID",
  clientKey: "X-CLIENT-KEY",
} as const;

/** What the contract fixes to one value, by operation and property. */
export const fixedValues = {
  "debitStatus": {
    "serviceCode": "54"
  },
  "accessTokenB2b": {
    "grantType": "client_credentials",
    "tokenType": "Bearer"
  }
} as const;

type ErrorStatus = 400 | 401 | 403 | 404 | 405 | 409 | 429 | 500 | 504;
type Answer<Path extends keyof paths, Status extends 202 | ErrorStatus> =
  paths[Path]["post"]["responses"][Status]["content"]["application/json"];

/** The bodies of every operation. */
export interface OperationTypes {
  qrCpmGenerate: {
    serviceCode: "59";
    request: QrCpmGenerateRequest;
    success: QrCpmGenerateResponse;
    inProgress: Answer<"/v1.0/qr/qr-cpm-generate", 202>;
    error: Answer<"/v1.0/qr/qr-cpm-generate", ErrorStatus>;
  };
  qrCpmPayment: {
    serviceCode: "60";
    request: QrCpmPaymentRequest;
    success: QrCpmPaymentResponse;
    inProgress: Answer<"/v1.0/qr/qr-cpm-payment", 202>;
    error: Answer<"/v1.0/qr/qr-cpm-payment", ErrorStatus>;
  };
  qrCpmQuery: {
    serviceCode: "61";
    request: QrCpmQueryRequest;
    success: QrCpmQueryResponse;
    inProgress: Answer<"/v1.0/qr/qr-cpm-query", 202>;
    error: Answer<"/v1.0/qr/qr-cpm-query", ErrorStatus>;
  };
  qrCpmCancel: {
    serviceCode: "62";
    request: QrCpmCancelRequest;
    success: QrCpmCancelResponse;
    inProgress: Answer<"/v1.0/qr/qr-cpm-cancel", 202>;
    error: Answer<"/v1.0/qr/qr-cpm-cancel", ErrorStatus>;
  };
  qrCpmNotify: {
    serviceCode: "79";
    request: QrCpmNotifyRequest;
    success: QrCpmNotifyResponse;
    inProgress: Answer<"/v1.0/qr/qr-cpm-notify", 202>;
    error: Answer<"/v1.0/qr/qr-cpm-notify", ErrorStatus>;
  };
  qrCpmRefund: {
    serviceCode: "80";
    request: QrCpmRefundRequest;
    success: QrCpmRefundResponse;
    inProgress: Answer<"/v1.0/qr/qr-cpm-refund", 202>;
    error: Answer<"/v1.0/qr/qr-cpm-refund", ErrorStatus>;
  };
  debitStatus: {
    serviceCode: "55";
    request: DebitStatusRequest;
    success: DebitStatusResponse;
    inProgress: Answer<"/v1.0/debit/status", 202>;
    error: Answer<"/v1.0/debit/status", ErrorStatus>;
  };
  accessTokenB2b: {
    serviceCode: "73";
    request: AccessTokenB2bRequest;
    success: AccessTokenB2bResponse;
    inProgress: Answer<"/v1.0/access-token/b2b", 202>;
    error: Answer<"/v1.0/access-token/b2b", ErrorStatus>;
  };
}

/** Every operation's id. */
export type OperationId = keyof OperationTypes;

/** The operations that move or ask about money; the other one gives out access tokens. */
export type TransactionId = "qrCpmGenerate" | "qrCpmPayment" | "qrCpmQuery" | "qrCpmCancel" | "qrCpmNotify" | "qrCpmRefund" | "debitStatus";

/**
 * What a call comes to: `data` when the responseCode begins with 200 or 202, `error` when it does not. `externalId` is the X-EXTERNAL-ID that was
 * answered, the second one if the call was sent again with a new token: what originalExternalId asks for later.
 */
export type SnapResult<Id extends OperationId> = { response: Response; externalId: string } & (
  | { data: OperationTypes[Id]["success"] | OperationTypes[Id]["inProgress"]; error?: never }
  | { data?: never; error: OperationTypes[Id]["error"] }
);

/** A method for each operation of the contract. */
export interface SnapMethods<Options> {
  /**
   * Make a QR code (service 59, `POST /v1.0/qr/qr-cpm-generate`).
   *
   * The PJP makes a QR code that stands for the customer's source of funds. The customer shows it, the merchant scans it
   * and calls `qrCpmPayment`.
   */
  qrCpmGenerate(body: QrCpmGenerateRequest, options?: Options): Promise<SnapResult<"qrCpmGenerate">>;
  /**
   * Pay with a scanned QR code (service 60, `POST /v1.0/qr/qr-cpm-payment`).
   *
   * The merchant passes on the code that it scanned, and the PJP takes the money. A partnerReferenceNo names one
   * payment; sent again after a success it is answered with 409 and case code 01. A status of 200 says that the request
   * was processed. Whether money moved, `qrCpmNotify` tells and `qrCpmQuery` answers.
   */
  qrCpmPayment(body: QrCpmPaymentRequest, options?: Options): Promise<SnapResult<"qrCpmPayment">>;
  /**
   * Ask what became of a payment (service 61, `POST /v1.0/qr/qr-cpm-query`).
   *
   * Ask whenever the outcome of a payment is not clear: after a 202, a time-out, a 500 or a 504. Name the payment by at
   * least one of its references.
   */
  qrCpmQuery(body: QrCpmQueryRequest, options?: Options): Promise<SnapResult<"qrCpmQuery">>;
  /**
   * Cancel a payment (service 62, `POST /v1.0/qr/qr-cpm-cancel`).
   *
   * Cancels a payment as a whole. The catalogue calls this a void, so its case code 18 of status 404 counts as a
   * success.
   */
  qrCpmCancel(body: QrCpmCancelRequest, options?: Options): Promise<SnapResult<"qrCpmCancel">>;
  /**
   * Tell the merchant what became of a payment (service 79, `POST /v1.0/qr/qr-cpm-notify`).
   *
   * **Called by the PJP and hosted by the merchant.** The roles of the other operations are reversed: the host is the
   * merchant's, at a URL that it registered with the PJP. The PJP signs, with its own private key or with the secret
   * that it shares with the merchant, and the merchant verifies with the PJP's public key or with that secret. Where the
   * signature is symmetric, the access token is one that the merchant gave out. X-PARTNER-ID is the PJP's identity at
   * the merchant.
   */
  qrCpmNotify(body: QrCpmNotifyRequest, options?: Options): Promise<SnapResult<"qrCpmNotify">>;
  /**
   * Give a payment back (service 80, `POST /v1.0/qr/qr-cpm-refund`).
   *
   * Gives back a payment, in whole or in part. A partnerRefundNo names one refund. Case code 18 of status 404 counts as
   * a success here.
   */
  qrCpmRefund(body: QrCpmRefundRequest, options?: Options): Promise<SnapResult<"qrCpmRefund">>;
  /**
   * Ask what became of a direct debit (service 55, `POST /v1.0/debit/status`).
   *
   * Asks for the status of a direct debit payment (service 54) by the caller's number of it.
   */
  debitStatus(body: DebitStatusRequest, options?: Options): Promise<SnapResult<"debitStatus">>;
}
