// Generated from openapi/ by `npm run generate`. Do not edit.
import type { paths, QrCpmGenerateRequest, QrCpmGenerateResponse, QrCpmPaymentRequest, QrCpmPaymentResponse, QrCpmQueryRequest, QrCpmQueryResponse, QrCpmCancelRequest, QrCpmCancelResponse, QrCpmNotifyRequest, QrCpmNotifyResponse, QrCpmRefundRequest, QrCpmRefundResponse, DebitStatusRequest, DebitStatusResponse, AccessTokenB2bRequest, AccessTokenB2bResponse } from "./types.ts";

/** Path and service code of every operation. */
export const operations = {
  qrCpmGenerate: { path: "/v1.0/qr/qr-cpm-generate", serviceCode: "59" },
  qrCpmPayment: { path: "/v1.0/qr/qr-cpm-payment", serviceCode: "60" },
  qrCpmQuery: { path: "/v1.0/qr/qr-cpm-query", serviceCode: "61" },
  qrCpmCancel: { path: "/v1.0/qr/qr-cpm-cancel", serviceCode: "62" },
  qrCpmNotify: { path: "/v1.0/qr/qr-cpm-notify", serviceCode: "79" },
  qrCpmRefund: { path: "/v1.0/qr/qr-cpm-refund", serviceCode: "80" },
  debitStatus: { path: "/v1.0/debit/status", serviceCode: "55" },
  accessTokenB2b: { path: "/v1.0/access-token/b2b", serviceCode: "73" },
} as const;

/** The bodies of every operation. */
export interface OperationTypes {
  qrCpmGenerate: {
    serviceCode: "59";
    request: QrCpmGenerateRequest;
    success: QrCpmGenerateResponse;
    inProgress: paths["/v1.0/qr/qr-cpm-generate"]["post"]["responses"]["202"]["content"]["application/json"];
    error: paths["/v1.0/qr/qr-cpm-generate"]["post"]["responses"]["400"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-generate"]["post"]["responses"]["401"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-generate"]["post"]["responses"]["403"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-generate"]["post"]["responses"]["404"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-generate"]["post"]["responses"]["405"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-generate"]["post"]["responses"]["409"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-generate"]["post"]["responses"]["429"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-generate"]["post"]["responses"]["500"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-generate"]["post"]["responses"]["504"]["content"]["application/json"];
  };
  qrCpmPayment: {
    serviceCode: "60";
    request: QrCpmPaymentRequest;
    success: QrCpmPaymentResponse;
    inProgress: paths["/v1.0/qr/qr-cpm-payment"]["post"]["responses"]["202"]["content"]["application/json"];
    error: paths["/v1.0/qr/qr-cpm-payment"]["post"]["responses"]["400"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-payment"]["post"]["responses"]["401"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-payment"]["post"]["responses"]["403"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-payment"]["post"]["responses"]["404"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-payment"]["post"]["responses"]["405"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-payment"]["post"]["responses"]["409"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-payment"]["post"]["responses"]["429"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-payment"]["post"]["responses"]["500"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-payment"]["post"]["responses"]["504"]["content"]["application/json"];
  };
  qrCpmQuery: {
    serviceCode: "61";
    request: QrCpmQueryRequest;
    success: QrCpmQueryResponse;
    inProgress: paths["/v1.0/qr/qr-cpm-query"]["post"]["responses"]["202"]["content"]["application/json"];
    error: paths["/v1.0/qr/qr-cpm-query"]["post"]["responses"]["400"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-query"]["post"]["responses"]["401"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-query"]["post"]["responses"]["403"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-query"]["post"]["responses"]["404"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-query"]["post"]["responses"]["405"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-query"]["post"]["responses"]["409"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-query"]["post"]["responses"]["429"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-query"]["post"]["responses"]["500"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-query"]["post"]["responses"]["504"]["content"]["application/json"];
  };
  qrCpmCancel: {
    serviceCode: "62";
    request: QrCpmCancelRequest;
    success: QrCpmCancelResponse;
    inProgress: paths["/v1.0/qr/qr-cpm-cancel"]["post"]["responses"]["202"]["content"]["application/json"];
    error: paths["/v1.0/qr/qr-cpm-cancel"]["post"]["responses"]["400"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-cancel"]["post"]["responses"]["401"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-cancel"]["post"]["responses"]["403"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-cancel"]["post"]["responses"]["404"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-cancel"]["post"]["responses"]["405"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-cancel"]["post"]["responses"]["409"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-cancel"]["post"]["responses"]["429"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-cancel"]["post"]["responses"]["500"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-cancel"]["post"]["responses"]["504"]["content"]["application/json"];
  };
  qrCpmNotify: {
    serviceCode: "79";
    request: QrCpmNotifyRequest;
    success: QrCpmNotifyResponse;
    inProgress: paths["/v1.0/qr/qr-cpm-notify"]["post"]["responses"]["202"]["content"]["application/json"];
    error: paths["/v1.0/qr/qr-cpm-notify"]["post"]["responses"]["400"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-notify"]["post"]["responses"]["401"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-notify"]["post"]["responses"]["403"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-notify"]["post"]["responses"]["404"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-notify"]["post"]["responses"]["405"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-notify"]["post"]["responses"]["409"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-notify"]["post"]["responses"]["429"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-notify"]["post"]["responses"]["500"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-notify"]["post"]["responses"]["504"]["content"]["application/json"];
  };
  qrCpmRefund: {
    serviceCode: "80";
    request: QrCpmRefundRequest;
    success: QrCpmRefundResponse;
    inProgress: paths["/v1.0/qr/qr-cpm-refund"]["post"]["responses"]["202"]["content"]["application/json"];
    error: paths["/v1.0/qr/qr-cpm-refund"]["post"]["responses"]["400"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-refund"]["post"]["responses"]["401"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-refund"]["post"]["responses"]["403"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-refund"]["post"]["responses"]["404"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-refund"]["post"]["responses"]["405"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-refund"]["post"]["responses"]["409"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-refund"]["post"]["responses"]["429"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-refund"]["post"]["responses"]["500"]["content"]["application/json"] | paths["/v1.0/qr/qr-cpm-refund"]["post"]["responses"]["504"]["content"]["application/json"];
  };
  debitStatus: {
    serviceCode: "55";
    request: DebitStatusRequest;
    success: DebitStatusResponse;
    inProgress: paths["/v1.0/debit/status"]["post"]["responses"]["202"]["content"]["application/json"];
    error: paths["/v1.0/debit/status"]["post"]["responses"]["400"]["content"]["application/json"] | paths["/v1.0/debit/status"]["post"]["responses"]["401"]["content"]["application/json"] | paths["/v1.0/debit/status"]["post"]["responses"]["403"]["content"]["application/json"] | paths["/v1.0/debit/status"]["post"]["responses"]["404"]["content"]["application/json"] | paths["/v1.0/debit/status"]["post"]["responses"]["405"]["content"]["application/json"] | paths["/v1.0/debit/status"]["post"]["responses"]["409"]["content"]["application/json"] | paths["/v1.0/debit/status"]["post"]["responses"]["429"]["content"]["application/json"] | paths["/v1.0/debit/status"]["post"]["responses"]["500"]["content"]["application/json"] | paths["/v1.0/debit/status"]["post"]["responses"]["504"]["content"]["application/json"];
  };
  accessTokenB2b: {
    serviceCode: "73";
    request: AccessTokenB2bRequest;
    success: AccessTokenB2bResponse;
    inProgress: paths["/v1.0/access-token/b2b"]["post"]["responses"]["202"]["content"]["application/json"];
    error: paths["/v1.0/access-token/b2b"]["post"]["responses"]["400"]["content"]["application/json"] | paths["/v1.0/access-token/b2b"]["post"]["responses"]["401"]["content"]["application/json"] | paths["/v1.0/access-token/b2b"]["post"]["responses"]["403"]["content"]["application/json"] | paths["/v1.0/access-token/b2b"]["post"]["responses"]["404"]["content"]["application/json"] | paths["/v1.0/access-token/b2b"]["post"]["responses"]["405"]["content"]["application/json"] | paths["/v1.0/access-token/b2b"]["post"]["responses"]["409"]["content"]["application/json"] | paths["/v1.0/access-token/b2b"]["post"]["responses"]["429"]["content"]["application/json"] | paths["/v1.0/access-token/b2b"]["post"]["responses"]["500"]["content"]["application/json"] | paths["/v1.0/access-token/b2b"]["post"]["responses"]["504"]["content"]["application/json"];
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

/** Makes the methods out of one function that calls any operation. */
export function bindMethods<Options>(
  call: <Id extends TransactionId>(
    operation: Id,
    body: OperationTypes[Id]["request"],
    options?: Options,
  ) => Promise<SnapResult<Id>>,
): SnapMethods<Options> {
  const ids: TransactionId[] = ["qrCpmGenerate", "qrCpmPayment", "qrCpmQuery", "qrCpmCancel", "qrCpmNotify", "qrCpmRefund", "debitStatus"];
  const methods = ids.map((id) => [id, (body: never, options?: Options) => call(id, body, options)]);
  return Object.fromEntries(methods) as SnapMethods<Options>;
}
