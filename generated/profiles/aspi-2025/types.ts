// Generated from openapi/profiles/aspi-2025.overlay.yaml by `npm run generate`. Do not edit.
export interface paths {
    "/v1.0/qr/qr-cpm-generate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a QR code
         * The PJP makes a QR code that stands for the customer's source of funds. The customer shows it, the merchant scans it
         *     and calls `qrCpmPayment`.
         */
        post: operations["qrCpmGenerate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1.0/qr/qr-cpm-payment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pay with a scanned QR code
         * The merchant passes on the code that it scanned, and the PJP takes the money. A partnerReferenceNo names one
         *     payment; sent again after a success it is answered with 409 and case code 01. A status of 200 says that the request
         *     was processed. Whether money moved, `qrCpmNotify` tells and `qrCpmQuery` answers.
         */
        post: operations["qrCpmPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1.0/qr/qr-cpm-query": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask what became of a payment
         * Ask whenever the outcome of a payment is not clear: after a 202, a time-out, a 500 or a 504. Name the payment by at
         *     least one of its references.
         */
        post: operations["qrCpmQuery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1.0/qr/qr-cpm-cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a payment
         * Cancels a payment as a whole. The catalogue calls this a void and counts case code 18 of status 404 as its success;
         *     PJPs answer it where nothing was cancelled, so query after it.
         */
        post: operations["qrCpmCancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1.0/qr/qr-cpm-notify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell the merchant what became of a payment
         * **Called by the PJP and hosted by the merchant.** The roles of the other operations are reversed: the host is the
         *     merchant's, at a URL that it registered with the PJP. The PJP signs, with its own private key or with the secret
         *     that it shares with the merchant, and the merchant verifies with the PJP's public key or with that secret. Where the
         *     signature is symmetric, the access token is one that the merchant gave out. X-PARTNER-ID is the PJP's identity at
         *     the merchant.
         */
        post: operations["qrCpmNotify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1.0/qr/qr-cpm-refund": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a payment back
         * Gives back a payment, in whole or in part. A partnerRefundNo names one refund. The catalogue counts case code 18 of
         *     status 404 as a success here; PJPs answer it where nothing was given back, so query after it.
         */
        post: operations["qrCpmRefund"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1.0/debit/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask what became of a direct debit
         * Asks for the status of a direct debit payment (service 54) by whatever is known of it.
         */
        post: operations["debitStatus"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1.0/access-token/b2b": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get an access token
         * Gives out the access token that the other operations send as `Authorization: Bearer`. It comes from the standard's security
         *     pages and not from the two pages that the rest of this contract is made from. The signature is asymmetric, over client key and
         *     time: `SHA256withRSA(privateKey, X-CLIENT-KEY "|" X-TIMESTAMP)`; the body is not signed.
         */
        post: operations["accessTokenB2b"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * SnapTimestamp
         * Format: date-time
         * A time, ISO 8601 with seconds and an offset (`Z` or `+hh:mm`), without a fraction of a second.
         */
        SnapTimestamp: SnapTimestamp;
        /**
         * AdditionalInfo
         * Whatever the two parties agreed on beyond the standard.
         */
        AdditionalInfo: AdditionalInfo;
        /**
         * QrCpmGenerateRequest
         * Asks for a QR code that the customer can show.
         */
        QrCpmGenerateRequest: QrCpmGenerateRequest;
        /**
         * QrCpmGenerateResponse
         * The QR code made.
         */
        QrCpmGenerateResponse: QrCpmGenerateResponse;
        /**
         * Amount
         * A sum of money. Both members are mandatory where the object is there.
         */
        Amount: Amount;
        /**
         * QrCpmPaymentRequest
         * Pays with a QR code that the customer showed.
         */
        QrCpmPaymentRequest: QrCpmPaymentRequest;
        /**
         * TransactionDate
         * A time, ISO 8601 with seconds and an offset, or the empty string.
         */
        TransactionDate: TransactionDate;
        /**
         * QrCpmPaymentResponse
         * The payment was processed. Whether money moved is for qrCpmQuery or qrCpmNotify to say.
         */
        QrCpmPaymentResponse: QrCpmPaymentResponse;
        /**
         * QrCpmQueryRequest
         * Asks what became of a payment. Name it by at least one of its references.
         */
        QrCpmQueryRequest: QrCpmQueryRequest;
        /**
         * TransactionStatus
         * What became of the transaction. `00` success, `01` initiated, `02` paying, `03` pending, `04` refunded, `05` cancelled, `06` failed, `07` not found.
         * @enum {string}
         */
        TransactionStatus: TransactionStatus;
        /**
         * QrCpmQueryResponse
         * What became of the payment. Judge it by latestTransactionStatus, not by the HTTP status.
         */
        QrCpmQueryResponse: QrCpmQueryResponse;
        /**
         * QrCpmCancelRequest
         * Cancels a payment.
         */
        QrCpmCancelRequest: QrCpmCancelRequest;
        /**
         * QrCpmCancelResponse
         * The payment is cancelled.
         */
        QrCpmCancelResponse: QrCpmCancelResponse;
        /**
         * QrCpmNotifyRequest
         * Tells the merchant what became of a payment.
         */
        QrCpmNotifyRequest: QrCpmNotifyRequest;
        /**
         * QrCpmNotifyResponse
         * The merchant has taken note.
         */
        QrCpmNotifyResponse: QrCpmNotifyResponse;
        /**
         * QrCpmRefundRequest
         * Gives back a payment, in whole or in part.
         */
        QrCpmRefundRequest: QrCpmRefundRequest;
        /**
         * QrCpmRefundResponse
         * The refund was processed.
         */
        QrCpmRefundResponse: QrCpmRefundResponse;
        /**
         * DebitStatusRequest
         * Asks what became of a direct debit payment.
         */
        DebitStatusRequest: DebitStatusRequest;
        /**
         * DebitStatusResponse
         * What became of the direct debit. Judge it by latestTransactionStatus, not by the HTTP status.
         */
        DebitStatusResponse: DebitStatusResponse;
        /**
         * AccessTokenB2bRequest
         * Asks for an access token.
         */
        AccessTokenB2bRequest: AccessTokenB2bRequest;
        /**
         * AccessTokenB2bResponse
         * The access token and how long it lasts.
         */
        AccessTokenB2bResponse: AccessTokenB2bResponse;
        /**
         * DebitRefund
         * A refund of the payment.
         */
        DebitRefund: DebitRefund;
        /**
         * QrCpmGenerateInProgress
         * The request was accepted and is still being processed. All but code and message may be missing.
         */
        QrCpmGenerateInProgress: QrCpmGenerateInProgress;
        /**
         * QrCpmGenerateError400
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmGenerateError400: QrCpmGenerateError400;
        /**
         * QrCpmGenerateError401
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmGenerateError401: QrCpmGenerateError401;
        /**
         * QrCpmGenerateError403
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmGenerateError403: QrCpmGenerateError403;
        /**
         * QrCpmGenerateError404
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmGenerateError404: QrCpmGenerateError404;
        /**
         * QrCpmGenerateError405
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmGenerateError405: QrCpmGenerateError405;
        /**
         * QrCpmGenerateError409
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmGenerateError409: QrCpmGenerateError409;
        /**
         * QrCpmGenerateError429
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmGenerateError429: QrCpmGenerateError429;
        /**
         * QrCpmGenerateError500
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmGenerateError500: QrCpmGenerateError500;
        /**
         * QrCpmGenerateError504
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmGenerateError504: QrCpmGenerateError504;
        /**
         * QrCpmPaymentInProgress
         * The request was accepted and is still being processed. All but code and message may be missing.
         */
        QrCpmPaymentInProgress: QrCpmPaymentInProgress;
        /**
         * QrCpmPaymentError400
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmPaymentError400: QrCpmPaymentError400;
        /**
         * QrCpmPaymentError401
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmPaymentError401: QrCpmPaymentError401;
        /**
         * QrCpmPaymentError403
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmPaymentError403: QrCpmPaymentError403;
        /**
         * QrCpmPaymentError404
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmPaymentError404: QrCpmPaymentError404;
        /**
         * QrCpmPaymentError405
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmPaymentError405: QrCpmPaymentError405;
        /**
         * QrCpmPaymentError409
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmPaymentError409: QrCpmPaymentError409;
        /**
         * QrCpmPaymentError429
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmPaymentError429: QrCpmPaymentError429;
        /**
         * QrCpmPaymentError500
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmPaymentError500: QrCpmPaymentError500;
        /**
         * QrCpmPaymentError504
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmPaymentError504: QrCpmPaymentError504;
        /**
         * QrCpmQueryInProgress
         * The request was accepted and is still being processed. All but code and message may be missing.
         */
        QrCpmQueryInProgress: QrCpmQueryInProgress;
        /**
         * QrCpmQueryError400
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmQueryError400: QrCpmQueryError400;
        /**
         * QrCpmQueryError401
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmQueryError401: QrCpmQueryError401;
        /**
         * QrCpmQueryError403
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmQueryError403: QrCpmQueryError403;
        /**
         * QrCpmQueryError404
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmQueryError404: QrCpmQueryError404;
        /**
         * QrCpmQueryError405
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmQueryError405: QrCpmQueryError405;
        /**
         * QrCpmQueryError409
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmQueryError409: QrCpmQueryError409;
        /**
         * QrCpmQueryError429
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmQueryError429: QrCpmQueryError429;
        /**
         * QrCpmQueryError500
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmQueryError500: QrCpmQueryError500;
        /**
         * QrCpmQueryError504
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmQueryError504: QrCpmQueryError504;
        /**
         * QrCpmCancelInProgress
         * The request was accepted and is still being processed. All but code and message may be missing.
         */
        QrCpmCancelInProgress: QrCpmCancelInProgress;
        /**
         * QrCpmCancelError400
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmCancelError400: QrCpmCancelError400;
        /**
         * QrCpmCancelError401
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmCancelError401: QrCpmCancelError401;
        /**
         * QrCpmCancelError403
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmCancelError403: QrCpmCancelError403;
        /**
         * QrCpmCancelError404
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmCancelError404: QrCpmCancelError404;
        /**
         * QrCpmCancelError405
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmCancelError405: QrCpmCancelError405;
        /**
         * QrCpmCancelError409
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmCancelError409: QrCpmCancelError409;
        /**
         * QrCpmCancelError429
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmCancelError429: QrCpmCancelError429;
        /**
         * QrCpmCancelError500
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmCancelError500: QrCpmCancelError500;
        /**
         * QrCpmCancelError504
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmCancelError504: QrCpmCancelError504;
        /**
         * QrCpmNotifyInProgress
         * The request was accepted and is still being processed. All but code and message may be missing.
         */
        QrCpmNotifyInProgress: QrCpmNotifyInProgress;
        /**
         * QrCpmNotifyError400
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmNotifyError400: QrCpmNotifyError400;
        /**
         * QrCpmNotifyError401
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmNotifyError401: QrCpmNotifyError401;
        /**
         * QrCpmNotifyError403
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmNotifyError403: QrCpmNotifyError403;
        /**
         * QrCpmNotifyError404
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmNotifyError404: QrCpmNotifyError404;
        /**
         * QrCpmNotifyError405
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmNotifyError405: QrCpmNotifyError405;
        /**
         * QrCpmNotifyError409
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmNotifyError409: QrCpmNotifyError409;
        /**
         * QrCpmNotifyError429
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmNotifyError429: QrCpmNotifyError429;
        /**
         * QrCpmNotifyError500
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmNotifyError500: QrCpmNotifyError500;
        /**
         * QrCpmNotifyError504
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmNotifyError504: QrCpmNotifyError504;
        /**
         * QrCpmRefundInProgress
         * The request was accepted and is still being processed. All but code and message may be missing.
         */
        QrCpmRefundInProgress: QrCpmRefundInProgress;
        /**
         * QrCpmRefundError400
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmRefundError400: QrCpmRefundError400;
        /**
         * QrCpmRefundError401
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmRefundError401: QrCpmRefundError401;
        /**
         * QrCpmRefundError403
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmRefundError403: QrCpmRefundError403;
        /**
         * QrCpmRefundError404
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmRefundError404: QrCpmRefundError404;
        /**
         * QrCpmRefundError405
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmRefundError405: QrCpmRefundError405;
        /**
         * QrCpmRefundError409
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmRefundError409: QrCpmRefundError409;
        /**
         * QrCpmRefundError429
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmRefundError429: QrCpmRefundError429;
        /**
         * QrCpmRefundError500
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmRefundError500: QrCpmRefundError500;
        /**
         * QrCpmRefundError504
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        QrCpmRefundError504: QrCpmRefundError504;
        /**
         * DebitStatusInProgress
         * The request was accepted and is still being processed. All but code and message may be missing.
         */
        DebitStatusInProgress: DebitStatusInProgress;
        /**
         * DebitStatusError400
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        DebitStatusError400: DebitStatusError400;
        /**
         * DebitStatusError401
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        DebitStatusError401: DebitStatusError401;
        /**
         * DebitStatusError403
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        DebitStatusError403: DebitStatusError403;
        /**
         * DebitStatusError404
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        DebitStatusError404: DebitStatusError404;
        /**
         * DebitStatusError405
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        DebitStatusError405: DebitStatusError405;
        /**
         * DebitStatusError409
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        DebitStatusError409: DebitStatusError409;
        /**
         * DebitStatusError429
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        DebitStatusError429: DebitStatusError429;
        /**
         * DebitStatusError500
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        DebitStatusError500: DebitStatusError500;
        /**
         * DebitStatusError504
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        DebitStatusError504: DebitStatusError504;
        /**
         * AccessTokenB2bInProgress
         * The request was accepted and is still being processed. All but code and message may be missing.
         */
        AccessTokenB2bInProgress: AccessTokenB2bInProgress;
        /**
         * AccessTokenB2bError400
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        AccessTokenB2bError400: AccessTokenB2bError400;
        /**
         * AccessTokenB2bError401
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        AccessTokenB2bError401: AccessTokenB2bError401;
        /**
         * AccessTokenB2bError403
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        AccessTokenB2bError403: AccessTokenB2bError403;
        /**
         * AccessTokenB2bError404
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        AccessTokenB2bError404: AccessTokenB2bError404;
        /**
         * AccessTokenB2bError405
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        AccessTokenB2bError405: AccessTokenB2bError405;
        /**
         * AccessTokenB2bError409
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        AccessTokenB2bError409: AccessTokenB2bError409;
        /**
         * AccessTokenB2bError429
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        AccessTokenB2bError429: AccessTokenB2bError429;
        /**
         * AccessTokenB2bError500
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        AccessTokenB2bError500: AccessTokenB2bError500;
        /**
         * AccessTokenB2bError504
         * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
         */
        AccessTokenB2bError504: AccessTokenB2bError504;
    };
    responses: never;
    parameters: {
        /**
         * The customer's own token, after `Bearer `, where a call is made on behalf of a customer (B2B2C).
         * @example Bearer fa8sjjEj813Y9JGoqwOeOPWbnt4CUpvIJbU1mMU4a11MNDZ7Sg5u9a
         */
        "Authorization-Customer": string;
        /**
         * The caller's time, ISO 8601 with seconds and an offset and no fraction of a second. The signature covers this very text.
         * @example 2020-12-23T07:50:11+07:00
         */
        "X-TIMESTAMP": components["schemas"]["SnapTimestamp"];
        /**
         * The signature over method, path, access token, body hash and X-TIMESTAMP. Base64 in the field; hex occurs too.
         * @example 85be817c55b2c135157c7e89f52499bf0c25ad6eeebe04a986e8c862561b19a5
         */
        "X-SIGNATURE": string;
        /**
         * The domain that the call comes from. A bare host name in the published samples, not a URL.
         * @example www.hostname.com
         */
        ORIGIN: string;
        /**
         * Who calls. The receiver looks up the caller's key or secret by it.
         * @example 82150823919040624621823174737537
         */
        "X-PARTNER-ID": string;
        /**
         * The caller's number of this request, unique within a day. Keep it to 32 characters, so that it fits into originalExternalId later.
         * @example 41807553358950093184162180797837
         */
        "X-EXTERNAL-ID": string;
        /**
         * The customer's IP address.
         * @example 172.24.281.24
         */
        "X-IP-ADDRESS": string;
        /**
         * Identifies the device that the customer uses.
         * @example 09864ADCASA
         */
        "X-DEVICE-ID": string;
        /**
         * Where the device is, degrees north.
         * @example -6.108841
         */
        "X-LATITUDE": string;
        /**
         * Where the device is, degrees east.
         * @example 106.7782137
         */
        "X-LONGITUDE": string;
        /**
         * The channel that the call comes through, as agreed with the PJP.
         * @example 95221
         */
        "CHANNEL-ID": string;
        /**
         * Who asks for a token. The giver looks up the asker's public key by it.
         * @example 962489e9-de5d-4eb7-92a4-b07d44d64bf4
         */
        "X-CLIENT-KEY": string;
    };
    requestBodies: never;
    headers: {
        /**
         * The answerer's time, ISO 8601 with seconds and an offset and no fraction of a second.
         * @example 2020-12-23T07:50:19+07:00
         */
        "X-TIMESTAMP": components["schemas"]["SnapTimestamp"];
    };
    pathItems: never;
}
/**
 * SnapTimestamp
 * Format: date-time
 * A time, ISO 8601 with seconds and an offset (`Z` or `+hh:mm`), without a fraction of a second.
 */
export type SnapTimestamp = string;
/**
 * AdditionalInfo
 * Whatever the two parties agreed on beyond the standard.
 */
export type AdditionalInfo = {
    [key: string]: unknown;
};
/**
 * QrCpmGenerateRequest
 * Asks for a QR code that the customer can show.
 */
export type QrCpmGenerateRequest = {
    /** The caller's own number of the transaction. Optional. At most 64 characters. */
    partnerReferenceNo?: string;
    /** The access token of the user for whom the code is made. Optional. At most 64 characters. */
    userAccessToken?: string;
    /** Identifies the merchant. Optional. At most 64 characters. */
    merchantId?: string;
    /** Identifies the sub-merchant. Optional. At most 32 characters. */
    subMerchantId?: string;
    /** When the caller made the transaction. Mandatory. A time such as 2020-12-23T07:50:11+07:00. */
    partnerTrxDate: components["schemas"]["SnapTimestamp"];
    /** Whatever the two parties agreed on beyond the standard. Optional. */
    additionalInfo?: components["schemas"]["AdditionalInfo"];
};
/**
 * QrCpmGenerateResponse
 * The QR code made.
 */
export type QrCpmGenerateResponse = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "2005900";
    /** Says in words what the code means. Mandatory. At most 150 characters. */
    responseMessage: string;
    /** The PJP's number of the transaction. Optional. At most 64 characters. */
    referenceNo?: string;
    /** The caller's number of the transaction, echoed. Optional. At most 64 characters. */
    partnerReferenceNo?: string;
    /** The text that the QR code encodes. Optional. At most 512 characters. */
    qrContent?: string;
    /** Where a page that shows the QR code can be found. Optional. At most 255 characters. */
    qrUrl?: string;
    /** When the QR code expires. Mandatory. A time such as 2020-12-23T07:50:11+07:00. */
    expiryTime: components["schemas"]["SnapTimestamp"];
    /** Whatever the two parties agreed on beyond the standard. Optional. */
    additionalInfo?: components["schemas"]["AdditionalInfo"];
};
/**
 * Amount
 * A sum of money. Both members are mandatory where the object is there.
 */
export type Amount = {
    /** Up to 16 digits, a point and 2 decimals; no sign and no separators. Ten thousand rupiah are `10000.00`. Mandatory. 1 to 16 digits, a point and 2 decimals, such as 10000.00. */
    value: string;
    /** ISO 4217 code in capitals. Mandatory. Three capital letters such as IDR. */
    currency: string;
};
/**
 * QrCpmPaymentRequest
 * Pays with a QR code that the customer showed.
 */
export type QrCpmPaymentRequest = {
    /** The caller's own number of the payment, used for one payment only. Mandatory. At most 64 characters. */
    partnerReferenceNo: string;
    /** The text read from the customer's QR code. Mandatory. At most 512 characters. */
    qrContent: string;
    /** What the customer pays. Optional. */
    amount?: components["schemas"]["Amount"];
    /** The fee on the transaction. Optional. */
    feeAmount?: components["schemas"]["Amount"];
    /** Identifies the merchant. Mandatory. At most 64 characters. */
    merchantId: string;
    /** Identifies the sub-merchant. Optional. At most 32 characters. */
    subMerchantId?: string;
    /** What the payment is for, in a few words. Optional. At most 256 characters. */
    title?: string;
    /** When the payment request expires, or the empty string. Optional. A time such as 2020-12-23T07:50:11+07:00, or the empty string. */
    expiryTime?: components["schemas"]["TransactionDate"];
    /** What was bought. A free object, one product in the published sample. Optional. */
    items?: {
        [key: string]: unknown;
    };
    /** Identifies the store on the merchant's side. Optional. At most 64 characters. */
    externalStoreId?: string;
    /** The merchant's name. Optional. At most 64 characters. */
    merchantName?: string;
    /** Where the merchant is. Optional. At most 64 characters. */
    merchantLocation?: string;
    /** The acquirer's name. Optional. At most 64 characters. */
    acquirerName?: string;
    /** Identifies the merchant's terminal. Optional. At most 32 characters. */
    terminalId?: string;
    /** The device that scanned the code. Optional. */
    scannerInfo?: {
        /** Identifies the scanner. Optional. At most 64 characters. */
        deviceId?: string;
        /** The version of the scanner's firmware. Optional. At most 128 characters. */
        deviceVersion?: string;
        /** The scanner's model. Optional. At most 128 characters. */
        deviceModel?: string;
        /** The public IP address that the scanner sent the request from. Optional. At most 64 characters. */
        deviceIp?: string;
    };
    /** Whatever the two parties agreed on beyond the standard. Optional. */
    additionalInfo?: components["schemas"]["AdditionalInfo"];
};
/**
 * TransactionDate
 * A time, ISO 8601 with seconds and an offset, or the empty string.
 */
export type TransactionDate = string;
/**
 * QrCpmPaymentResponse
 * The payment was processed. Whether money moved is for qrCpmQuery or qrCpmNotify to say.
 */
export type QrCpmPaymentResponse = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "2006000";
    /** Says in words what the code means. Mandatory. At most 150 characters. */
    responseMessage: string;
    /** The PJP's number of the transaction. Mandatory when the payment succeeded, which is whenever the status is 200. At most 64 characters. */
    referenceNo: string;
    /** The caller's number of the payment, echoed. Optional. At most 64 characters. */
    partnerReferenceNo?: string;
    /** When the payment was made, or the empty string. Optional. A time such as 2020-12-23T07:50:11+07:00, or the empty string. */
    transactionDate?: components["schemas"]["TransactionDate"];
    /** Whatever the two parties agreed on beyond the standard. Optional. */
    additionalInfo?: components["schemas"]["AdditionalInfo"];
};
/**
 * QrCpmQueryRequest
 * Asks what became of a payment. Name it by at least one of its references.
 */
export type QrCpmQueryRequest = {
    /** The PJP's number of the payment. Optional. At most 64 characters. */
    originalReferenceNo?: string;
    /** The caller's number of the payment. Optional. At most 64 characters. */
    originalPartnerReferenceNo?: string;
    /** The X-EXTERNAL-ID of the payment request. Optional. At most 32 characters. */
    originalExternalId?: string;
    /** Identifies the merchant. Optional. At most 64 characters. */
    merchantId?: string;
    /** Identifies the sub-merchant. Optional. At most 32 characters. */
    subMerchantId?: string;
    /** Identifies the store on the merchant's side. Optional. At most 64 characters. */
    externalStoreId?: string;
    /** Whatever the two parties agreed on beyond the standard. Optional. */
    additionalInfo?: components["schemas"]["AdditionalInfo"];
};
/**
 * TransactionStatus
 * What became of the transaction. `00` success, `01` initiated, `02` paying, `03` pending, `04` refunded, `05` cancelled, `06` failed, `07` not found.
 * @enum {string}
 */
export type TransactionStatus = "00" | "01" | "02" | "03" | "04" | "05" | "06" | "07";
/**
 * QrCpmQueryResponse
 * What became of the payment. Judge it by latestTransactionStatus, not by the HTTP status.
 */
export type QrCpmQueryResponse = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "2006100";
    /** Says in words what the code means. Mandatory. At most 150 characters. */
    responseMessage: string;
    /** The PJP's number of the payment. Mandatory, and not empty, when latestTransactionStatus is "00". At most 64 characters. */
    originalReferenceNo?: string;
    /** The caller's number of the payment. Optional. At most 64 characters. */
    originalPartnerReferenceNo?: string;
    /** The X-EXTERNAL-ID of the payment request. Optional. At most 32 characters. */
    originalExternalId?: string;
    /** What the payment was for, in a few words. Optional. At most 256 characters. */
    title?: string;
    /** What became of the payment. Mandatory. */
    latestTransactionStatus: components["schemas"]["TransactionStatus"];
    /** Says in words what became of the payment. Optional. At most 50 characters. */
    transactionStatusDesc?: string;
    /** When the payment was made. A 200 carries it even where nothing has been paid yet. Mandatory. A time such as 2020-12-23T07:50:11+07:00. */
    paidTime: components["schemas"]["SnapTimestamp"];
    /** Whatever the two parties agreed on beyond the standard. Optional. */
    additionalInfo?: components["schemas"]["AdditionalInfo"];
};
/**
 * QrCpmCancelRequest
 * Cancels a payment.
 */
export type QrCpmCancelRequest = {
    /** The caller's number of the payment. Mandatory. At most 64 characters. */
    originalPartnerReferenceNo: string;
    /** The PJP's number of the payment. Optional. At most 64 characters. */
    originalReferenceNo?: string;
    /** The X-EXTERNAL-ID of the payment request. Optional. At most 32 characters. */
    originalExternalId?: string;
    /** Identifies the merchant. Optional. At most 64 characters. */
    merchantId?: string;
    /** Identifies the sub-merchant. Optional. At most 32 characters. */
    subMerchantId?: string;
    /** Identifies the store on the merchant's side. Optional. At most 64 characters. */
    externalStoreId?: string;
    /** The amount of the payment. Optional. */
    amount?: components["schemas"]["Amount"];
    /** Why the payment is cancelled. Optional. At most 256 characters. */
    reason?: string;
    /** Whatever the two parties agreed on beyond the standard. Optional. */
    additionalInfo?: components["schemas"]["AdditionalInfo"];
};
/**
 * QrCpmCancelResponse
 * The payment is cancelled.
 */
export type QrCpmCancelResponse = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "2006200";
    /** Says in words what the code means. Mandatory. At most 150 characters. */
    responseMessage: string;
    /** The caller's number of the payment. Optional. At most 64 characters. */
    originalPartnerReferenceNo?: string;
    /** The PJP's number of the payment. Mandatory when the cancellation succeeded, which is whenever the status is 200. At most 64 characters. */
    originalReferenceNo: string;
    /** The X-EXTERNAL-ID of the payment request. Optional. At most 32 characters. */
    originalExternalId?: string;
    /** When the payment was cancelled. Mandatory when the cancellation succeeded, which is whenever the status is 200. A time such as 2020-12-23T07:50:11+07:00. */
    cancelTime: components["schemas"]["SnapTimestamp"];
    /** When the transaction was made, or the empty string. Optional. A time such as 2020-12-23T07:50:11+07:00, or the empty string. */
    transactionDate?: components["schemas"]["TransactionDate"];
    /** Whatever the two parties agreed on beyond the standard. Optional. */
    additionalInfo?: components["schemas"]["AdditionalInfo"];
};
/**
 * QrCpmNotifyRequest
 * Tells the merchant what became of a payment.
 */
export type QrCpmNotifyRequest = {
    /** The merchant's number of the payment. Optional. At most 64 characters. */
    originalPartnerReferenceNo?: string;
    /** The PJP's number of the payment. Optional. At most 64 characters. */
    originalReferenceNo?: string;
    /** Identifies the merchant. Mandatory. At most 64 characters. */
    merchantId: string;
    /** Identifies the sub-merchant. Optional. At most 32 characters. */
    subMerchantId?: string;
    /** Identifies the store on the merchant's side. Optional. At most 64 characters. */
    externalStoreId?: string;
    /** The net amount of the payment. Optional. */
    amount?: components["schemas"]["Amount"];
    /** What became of the payment. Mandatory. */
    latestTransactionStatus: components["schemas"]["TransactionStatus"];
    /** Says in words what became of the payment. Optional. At most 50 characters. */
    transactionStatusDesc?: string;
    /** The customer's account number. Optional. At most 64 characters. */
    customerNumber?: string;
    /** What kind of account the customer paid from. Optional. At most 25 characters. */
    accountType?: string;
    /** The number of the account that received the money. Optional. At most 25 characters. */
    destinationNumber?: string;
    /** The name on the account that received the money. Optional. At most 25 characters. */
    destinationAccountName?: string;
    /** Identifies the session of the payment. Optional. At most 25 characters. */
    sessionId?: string;
    /** The bank's code. Optional. At most 8 characters. */
    bankCode?: string;
    /** Whatever the two parties agreed on beyond the standard. Optional. */
    additionalInfo?: components["schemas"]["AdditionalInfo"];
};
/**
 * QrCpmNotifyResponse
 * The merchant has taken note.
 */
export type QrCpmNotifyResponse = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "2007900";
    /** Says in words what the code means. Mandatory. At most 150 characters. */
    responseMessage: string;
    /** Whatever the two parties agreed on beyond the standard. Optional. */
    additionalInfo?: components["schemas"]["AdditionalInfo"];
};
/**
 * QrCpmRefundRequest
 * Gives back a payment, in whole or in part.
 */
export type QrCpmRefundRequest = {
    /** Identifies the merchant. Optional. At most 64 characters. */
    merchantId?: string;
    /** Identifies the sub-merchant. Optional. At most 32 characters. */
    subMerchantId?: string;
    /** Identifies the store on the merchant's side. Optional. At most 64 characters. */
    externalStoreId?: string;
    /** The caller's number of the payment. Mandatory. At most 64 characters. */
    originalPartnerReferenceNo: string;
    /** The PJP's number of the payment. Optional. At most 64 characters. */
    originalReferenceNo?: string;
    /** The X-EXTERNAL-ID of the payment request. Optional. At most 32 characters. */
    originalExternalId?: string;
    /** The caller's own number of the refund. Mandatory. At most 64 characters. */
    partnerRefundNo: string;
    /** How much is given back. Optional. */
    refundAmount?: components["schemas"]["Amount"];
    /** Why the money is given back. Optional. At most 256 characters. */
    reason?: string;
    /** Whatever the two parties agreed on beyond the standard. Optional. */
    additionalInfo?: components["schemas"]["AdditionalInfo"];
};
/**
 * QrCpmRefundResponse
 * The refund was processed.
 */
export type QrCpmRefundResponse = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "2008000";
    /** Says in words what the code means. Mandatory. At most 150 characters. */
    responseMessage: string;
    /** The caller's number of the payment. Optional. At most 64 characters. */
    originalPartnerReferenceNo?: string;
    /** The PJP's number of the payment. Optional. At most 64 characters. */
    originalReferenceNo?: string;
    /** The X-EXTERNAL-ID of the payment request. Optional. At most 32 characters. */
    originalExternalId?: string;
    /** The PJP's number of the refund. Mandatory. At most 64 characters. */
    refundNo: string;
    /** The caller's number of the refund, echoed. Optional. At most 64 characters. */
    partnerRefundNo?: string;
    /** How much was given back. Optional. */
    refundAmount?: components["schemas"]["Amount"];
    /** When the money was given back. Mandatory. A time such as 2020-12-23T07:50:11+07:00. */
    refundTime: components["schemas"]["SnapTimestamp"];
    /** Whatever the two parties agreed on beyond the standard. Optional. */
    additionalInfo?: components["schemas"]["AdditionalInfo"];
};
/**
 * DebitStatusRequest
 * Asks what became of a direct debit payment.
 */
export type DebitStatusRequest = {
    /** The caller's number of the payment. Optional. At most 64 characters. */
    originalPartnerReferenceNo?: string;
    /** The PJP's number of the payment. Optional. At most 64 characters. */
    originalReferenceNo?: string;
    /** The X-EXTERNAL-ID of the payment request. Optional. At most 32 characters. */
    originalExternalId?: string;
    /** The service that is asked about, `54` for a direct debit payment. It is not this operation's own code, 55. Mandatory. Two digits such as 54. */
    serviceCode: string;
    /** When the payment was made, or the empty string. Optional. A time such as 2020-12-23T07:50:11+07:00, or the empty string. */
    transactionDate?: components["schemas"]["TransactionDate"];
    /** The net amount of the payment. Optional. */
    amount?: components["schemas"]["Amount"];
    /** Identifies the merchant. Optional. At most 64 characters. */
    merchantId?: string;
    /** Identifies the sub-merchant. Optional. At most 32 characters. */
    subMerchantId?: string;
    /** Identifies the store on the merchant's side. Optional. At most 64 characters. */
    externalStoreId?: string;
    /** Whatever the two parties agreed on beyond the standard. Optional. */
    additionalInfo?: components["schemas"]["AdditionalInfo"];
};
/**
 * DebitStatusResponse
 * What became of the direct debit. Judge it by latestTransactionStatus, not by the HTTP status.
 */
export type DebitStatusResponse = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "2005500";
    /** Says in words what the code means. Mandatory. At most 150 characters. */
    responseMessage: string;
    /** The PJP's number of the payment. Mandatory, and not empty, when latestTransactionStatus is "00". At most 64 characters. */
    originalReferenceNo?: string;
    /** The caller's number of the payment. Optional. At most 64 characters. */
    originalPartnerReferenceNo?: string;
    /** The code under which the payment was approved. Optional. At most 20 characters. */
    approvalCode?: string;
    /** The X-EXTERNAL-ID of the payment request. Optional. At most 32 characters. */
    originalExternalId?: string;
    /** The service that is asked about, `54` for a direct debit payment. It is not this operation's own code, 55. Mandatory. Two digits such as 54. */
    serviceCode: string;
    /** What became of the payment. Mandatory. */
    latestTransactionStatus: components["schemas"]["TransactionStatus"];
    /** Says in words what became of the payment. Optional. At most 50 characters. */
    transactionStatusDesc?: string;
    /** The response code that the payment was answered with. Optional. At most 7 characters. */
    originalResponseCode?: string;
    /** The message that the payment was answered with. Optional. At most 150 characters. */
    originalResponseMessage?: string;
    /** Identifies the invoice of the payment. Optional. At most 25 characters. */
    sessionId?: string;
    /** Identifies the request of the payment. Optional. At most 25 characters. */
    requestId?: string;
    /** The refunds of the payment. Optional. */
    refundHistory?: components["schemas"]["DebitRefund"][];
    /** What the customer pays. Optional. */
    transAmount?: components["schemas"]["Amount"];
    /** The fee that the customer pays. Optional. */
    feeAmount?: components["schemas"]["Amount"];
    /** When the payment was made. Mandatory, and not empty, when latestTransactionStatus is "00". A time such as 2020-12-23T07:50:11+07:00, or the empty string. */
    paidTime?: components["schemas"]["TransactionDate"];
    /** Whatever the two parties agreed on beyond the standard. Optional. */
    additionalInfo?: components["schemas"]["AdditionalInfo"];
};
/**
 * AccessTokenB2bRequest
 * Asks for an access token.
 */
export type AccessTokenB2bRequest = {
    /**
     * Always `client_credentials`. Mandatory.
     * @constant
     */
    grantType: "client_credentials";
    /** Whatever the two parties agreed on beyond the standard. Optional. */
    additionalInfo?: components["schemas"]["AdditionalInfo"];
};
/**
 * AccessTokenB2bResponse
 * The access token and how long it lasts.
 */
export type AccessTokenB2bResponse = {
    /**
     * HTTP status, service code and case code. Mandatory in an answer of this service's own, which is whenever the status is 200.
     * @enum {string}
     */
    responseCode: "2007300";
    /** Says in words what the code means. Mandatory in an answer of this service's own, which is whenever the status is 200. At most 150 characters. */
    responseMessage: string;
    /** The token, to be sent after `Bearer ` and signed without it. Mandatory. At most 2048 characters. */
    accessToken: string;
    /**
     * Always `Bearer`. Mandatory.
     * @constant
     */
    tokenType: "Bearer";
    /** For how many seconds the token is good, in digits. Mandatory. 1 to 9 digits such as 900. */
    expiresIn: string;
    /** Whatever the two parties agreed on beyond the standard. Optional. */
    additionalInfo?: components["schemas"]["AdditionalInfo"];
};
/**
 * DebitRefund
 * A refund of the payment.
 */
export type DebitRefund = {
    /** The PJP's number of the refund. Mandatory, and not empty, when refundStatus is "00". At most 64 characters. */
    refundNo?: string;
    /** The caller's number of the refund. Mandatory. At most 64 characters. */
    partnerRefundNo: string;
    /** How much was given back. Optional. */
    refundAmount?: components["schemas"]["Amount"];
    /**
     * What became of the refund. Mandatory. `00` success, `03` pending, `06` failed.
     * @enum {string}
     */
    refundStatus: "00" | "03" | "06";
    /** When the money was given back, in ISO 8601 as a rule. Mandatory, and not empty, when refundStatus is "00". At most 25 characters. */
    refundDate?: string;
    /** Why the money was given back. Optional. At most 256 characters. */
    reason?: string;
};
/**
 * QrCpmGenerateInProgress
 * The request was accepted and is still being processed. All but code and message may be missing.
 */
export type QrCpmGenerateInProgress = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "2025900";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
    /** The PJP's number of the transaction. Optional. At most 64 characters. */
    referenceNo?: string;
    /** The caller's number of the transaction, echoed. Optional. At most 64 characters. */
    partnerReferenceNo?: string;
    /** The text that the QR code encodes. Optional. At most 512 characters. */
    qrContent?: string;
    /** Where a page that shows the QR code can be found. Optional. At most 255 characters. */
    qrUrl?: string;
    /** When the QR code expires. Optional. At most 25 characters. */
    expiryTime?: string;
    /** Whatever the two parties agreed on beyond the standard. Optional. */
    additionalInfo?: components["schemas"]["AdditionalInfo"];
};
/**
 * QrCpmGenerateError400
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmGenerateError400 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4005900" | "4005901" | "4005902";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmGenerateError401
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmGenerateError401 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4015900" | "4015901" | "4015902" | "4015903" | "4015904";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmGenerateError403
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmGenerateError403 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4035900" | "4035901" | "4035902" | "4035903" | "4035904" | "4035905" | "4035906" | "4035907" | "4035908" | "4035909" | "4035910" | "4035911" | "4035912" | "4035913" | "4035914" | "4035915" | "4035916" | "4035917" | "4035918" | "4035919" | "4035920" | "4035921" | "4035922" | "4035923";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmGenerateError404
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmGenerateError404 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4045900" | "4045901" | "4045902" | "4045903" | "4045904" | "4045905" | "4045906" | "4045907" | "4045908" | "4045909" | "4045910" | "4045911" | "4045912" | "4045913" | "4045914" | "4045915" | "4045916" | "4045917" | "4045918" | "4045919";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmGenerateError405
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmGenerateError405 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4055900" | "4055901";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmGenerateError409
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmGenerateError409 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4095900" | "4095901";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmGenerateError429
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmGenerateError429 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4295900";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmGenerateError500
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmGenerateError500 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "5005900" | "5005901" | "5005902";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmGenerateError504
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmGenerateError504 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "5045900";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmPaymentInProgress
 * The request was accepted and is still being processed. All but code and message may be missing.
 */
export type QrCpmPaymentInProgress = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "2026000";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
    /** The PJP's number of the transaction. Optional. At most 64 characters. */
    referenceNo?: string;
    /** The caller's number of the payment, echoed. Optional. At most 64 characters. */
    partnerReferenceNo?: string;
    /** When the payment was made, or the empty string. Optional. At most 25 characters. */
    transactionDate?: string;
    /** Whatever the two parties agreed on beyond the standard. Optional. */
    additionalInfo?: components["schemas"]["AdditionalInfo"];
};
/**
 * QrCpmPaymentError400
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmPaymentError400 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4006000" | "4006001" | "4006002";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmPaymentError401
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmPaymentError401 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4016000" | "4016001" | "4016002" | "4016003" | "4016004";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmPaymentError403
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmPaymentError403 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4036000" | "4036001" | "4036002" | "4036003" | "4036004" | "4036005" | "4036006" | "4036007" | "4036008" | "4036009" | "4036010" | "4036011" | "4036012" | "4036013" | "4036014" | "4036015" | "4036016" | "4036017" | "4036018" | "4036019" | "4036020" | "4036021" | "4036022" | "4036023";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmPaymentError404
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmPaymentError404 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4046000" | "4046001" | "4046002" | "4046003" | "4046004" | "4046005" | "4046006" | "4046007" | "4046008" | "4046009" | "4046010" | "4046011" | "4046012" | "4046013" | "4046014" | "4046015" | "4046016" | "4046017" | "4046018" | "4046019";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmPaymentError405
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmPaymentError405 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4056000" | "4056001";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmPaymentError409
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmPaymentError409 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4096000" | "4096001";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmPaymentError429
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmPaymentError429 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4296000";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmPaymentError500
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmPaymentError500 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "5006000" | "5006001" | "5006002";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmPaymentError504
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmPaymentError504 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "5046000";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmQueryInProgress
 * The request was accepted and is still being processed. All but code and message may be missing.
 */
export type QrCpmQueryInProgress = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "2026100";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
    /** The PJP's number of the payment. Optional. At most 64 characters. */
    originalReferenceNo?: string;
    /** The caller's number of the payment. Optional. At most 64 characters. */
    originalPartnerReferenceNo?: string;
    /** The X-EXTERNAL-ID of the payment request. Optional. At most 32 characters. */
    originalExternalId?: string;
    /** What the payment was for, in a few words. Optional. At most 256 characters. */
    title?: string;
    /** What became of the payment. Optional. */
    latestTransactionStatus?: components["schemas"]["TransactionStatus"];
    /** Says in words what became of the payment. Optional. At most 50 characters. */
    transactionStatusDesc?: string;
    /** When the payment was made. A 200 carries it even where nothing has been paid yet. Optional. At most 25 characters. */
    paidTime?: string;
    /** Whatever the two parties agreed on beyond the standard. Optional. */
    additionalInfo?: components["schemas"]["AdditionalInfo"];
};
/**
 * QrCpmQueryError400
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmQueryError400 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4006100" | "4006101" | "4006102";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmQueryError401
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmQueryError401 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4016100" | "4016101" | "4016102" | "4016103" | "4016104";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmQueryError403
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmQueryError403 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4036100" | "4036101" | "4036102" | "4036103" | "4036104" | "4036105" | "4036106" | "4036107" | "4036108" | "4036109" | "4036110" | "4036111" | "4036112" | "4036113" | "4036114" | "4036115" | "4036116" | "4036117" | "4036118" | "4036119" | "4036120" | "4036121" | "4036122" | "4036123";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmQueryError404
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmQueryError404 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4046100" | "4046101" | "4046102" | "4046103" | "4046104" | "4046105" | "4046106" | "4046107" | "4046108" | "4046109" | "4046110" | "4046111" | "4046112" | "4046113" | "4046114" | "4046115" | "4046116" | "4046117" | "4046118" | "4046119";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmQueryError405
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmQueryError405 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4056100" | "4056101";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmQueryError409
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmQueryError409 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4096100" | "4096101";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmQueryError429
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmQueryError429 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4296100";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmQueryError500
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmQueryError500 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "5006100" | "5006101" | "5006102";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmQueryError504
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmQueryError504 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "5046100";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmCancelInProgress
 * The request was accepted and is still being processed. All but code and message may be missing.
 */
export type QrCpmCancelInProgress = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "2026200";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
    /** The caller's number of the payment. Optional. At most 64 characters. */
    originalPartnerReferenceNo?: string;
    /** The PJP's number of the payment. Optional. At most 64 characters. */
    originalReferenceNo?: string;
    /** The X-EXTERNAL-ID of the payment request. Optional. At most 32 characters. */
    originalExternalId?: string;
    /** When the payment was cancelled. Optional. At most 25 characters. */
    cancelTime?: string;
    /** When the transaction was made, or the empty string. Optional. At most 25 characters. */
    transactionDate?: string;
    /** Whatever the two parties agreed on beyond the standard. Optional. */
    additionalInfo?: components["schemas"]["AdditionalInfo"];
};
/**
 * QrCpmCancelError400
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmCancelError400 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4006200" | "4006201" | "4006202";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmCancelError401
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmCancelError401 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4016200" | "4016201" | "4016202" | "4016203" | "4016204";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmCancelError403
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmCancelError403 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4036200" | "4036201" | "4036202" | "4036203" | "4036204" | "4036205" | "4036206" | "4036207" | "4036208" | "4036209" | "4036210" | "4036211" | "4036212" | "4036213" | "4036214" | "4036215" | "4036216" | "4036217" | "4036218" | "4036219" | "4036220" | "4036221" | "4036222" | "4036223";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmCancelError404
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmCancelError404 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4046200" | "4046201" | "4046202" | "4046203" | "4046204" | "4046205" | "4046206" | "4046207" | "4046208" | "4046209" | "4046210" | "4046211" | "4046212" | "4046213" | "4046214" | "4046215" | "4046216" | "4046217" | "4046218" | "4046219";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmCancelError405
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmCancelError405 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4056200" | "4056201";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmCancelError409
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmCancelError409 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4096200" | "4096201";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmCancelError429
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmCancelError429 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4296200";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmCancelError500
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmCancelError500 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "5006200" | "5006201" | "5006202";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmCancelError504
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmCancelError504 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "5046200";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmNotifyInProgress
 * The request was accepted and is still being processed. All but code and message may be missing.
 */
export type QrCpmNotifyInProgress = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "2027900";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
    /** Whatever the two parties agreed on beyond the standard. Optional. */
    additionalInfo?: components["schemas"]["AdditionalInfo"];
};
/**
 * QrCpmNotifyError400
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmNotifyError400 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4007900" | "4007901" | "4007902";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmNotifyError401
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmNotifyError401 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4017900" | "4017901" | "4017902" | "4017903" | "4017904";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmNotifyError403
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmNotifyError403 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4037900" | "4037901" | "4037902" | "4037903" | "4037904" | "4037905" | "4037906" | "4037907" | "4037908" | "4037909" | "4037910" | "4037911" | "4037912" | "4037913" | "4037914" | "4037915" | "4037916" | "4037917" | "4037918" | "4037919" | "4037920" | "4037921" | "4037922" | "4037923";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmNotifyError404
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmNotifyError404 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4047900" | "4047901" | "4047902" | "4047903" | "4047904" | "4047905" | "4047906" | "4047907" | "4047908" | "4047909" | "4047910" | "4047911" | "4047912" | "4047913" | "4047914" | "4047915" | "4047916" | "4047917" | "4047918" | "4047919";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmNotifyError405
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmNotifyError405 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4057900" | "4057901";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmNotifyError409
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmNotifyError409 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4097900" | "4097901";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmNotifyError429
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmNotifyError429 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4297900";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmNotifyError500
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmNotifyError500 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "5007900" | "5007901" | "5007902";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmNotifyError504
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmNotifyError504 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "5047900";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmRefundInProgress
 * The request was accepted and is still being processed. All but code and message may be missing.
 */
export type QrCpmRefundInProgress = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "2028000";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
    /** The caller's number of the payment. Optional. At most 64 characters. */
    originalPartnerReferenceNo?: string;
    /** The PJP's number of the payment. Optional. At most 64 characters. */
    originalReferenceNo?: string;
    /** The X-EXTERNAL-ID of the payment request. Optional. At most 32 characters. */
    originalExternalId?: string;
    /** The PJP's number of the refund. Optional. At most 64 characters. */
    refundNo?: string;
    /** The caller's number of the refund, echoed. Optional. At most 64 characters. */
    partnerRefundNo?: string;
    /** How much was given back. Optional. */
    refundAmount?: {
        /** Up to 16 digits, a point and 2 decimals; no sign and no separators. Ten thousand rupiah are `10000.00`. Optional. 1 to 16 digits, a point and 2 decimals, such as 10000.00. */
        value?: string;
        /** ISO 4217 code in capitals. Optional. Three capital letters such as IDR. */
        currency?: string;
    };
    /** When the money was given back. Optional. At most 25 characters. */
    refundTime?: string;
    /** Whatever the two parties agreed on beyond the standard. Optional. */
    additionalInfo?: components["schemas"]["AdditionalInfo"];
};
/**
 * QrCpmRefundError400
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmRefundError400 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4008000" | "4008001" | "4008002";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmRefundError401
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmRefundError401 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4018000" | "4018001" | "4018002" | "4018003" | "4018004";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmRefundError403
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmRefundError403 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4038000" | "4038001" | "4038002" | "4038003" | "4038004" | "4038005" | "4038006" | "4038007" | "4038008" | "4038009" | "4038010" | "4038011" | "4038012" | "4038013" | "4038014" | "4038015" | "4038016" | "4038017" | "4038018" | "4038019" | "4038020" | "4038021" | "4038022" | "4038023";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmRefundError404
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmRefundError404 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4048000" | "4048001" | "4048002" | "4048003" | "4048004" | "4048005" | "4048006" | "4048007" | "4048008" | "4048009" | "4048010" | "4048011" | "4048012" | "4048013" | "4048014" | "4048015" | "4048016" | "4048017" | "4048018" | "4048019";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmRefundError405
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmRefundError405 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4058000" | "4058001";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmRefundError409
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmRefundError409 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4098000" | "4098001";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmRefundError429
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmRefundError429 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4298000";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmRefundError500
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmRefundError500 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "5008000" | "5008001" | "5008002";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * QrCpmRefundError504
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type QrCpmRefundError504 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "5048000";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * DebitStatusInProgress
 * The request was accepted and is still being processed. All but code and message may be missing.
 */
export type DebitStatusInProgress = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "2025500";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
    /** The PJP's number of the payment. Optional. At most 64 characters. */
    originalReferenceNo?: string;
    /** The caller's number of the payment. Optional. At most 64 characters. */
    originalPartnerReferenceNo?: string;
    /** The code under which the payment was approved. Optional. At most 20 characters. */
    approvalCode?: string;
    /** The X-EXTERNAL-ID of the payment request. Optional. At most 32 characters. */
    originalExternalId?: string;
    /** The service that is asked about, `54` for a direct debit payment. It is not this operation's own code, 55. Optional. Two digits such as 54. */
    serviceCode?: string;
    /** What became of the payment. Optional. */
    latestTransactionStatus?: components["schemas"]["TransactionStatus"];
    /** Says in words what became of the payment. Optional. At most 50 characters. */
    transactionStatusDesc?: string;
    /** The response code that the payment was answered with. Optional. At most 7 characters. */
    originalResponseCode?: string;
    /** The message that the payment was answered with. Optional. At most 150 characters. */
    originalResponseMessage?: string;
    /** Identifies the invoice of the payment. Optional. At most 25 characters. */
    sessionId?: string;
    /** Identifies the request of the payment. Optional. At most 25 characters. */
    requestId?: string;
    /** The refunds of the payment. Optional. */
    refundHistory?: {
        /** The PJP's number of the refund. Optional. At most 64 characters. */
        refundNo?: string;
        /** The caller's number of the refund. Optional. At most 64 characters. */
        partnerRefundNo?: string;
        /** How much was given back. Optional. */
        refundAmount?: {
            /** Up to 16 digits, a point and 2 decimals; no sign and no separators. Ten thousand rupiah are `10000.00`. Optional. 1 to 16 digits, a point and 2 decimals, such as 10000.00. */
            value?: string;
            /** ISO 4217 code in capitals. Optional. Three capital letters such as IDR. */
            currency?: string;
        };
        /**
         * What became of the refund. Optional. `00` success, `03` pending, `06` failed.
         * @enum {string}
         */
        refundStatus?: "00" | "03" | "06";
        /** When the money was given back, in ISO 8601 as a rule. Optional. At most 25 characters. */
        refundDate?: string;
        /** Why the money was given back. Optional. At most 256 characters. */
        reason?: string;
    }[];
    /** What the customer pays. Optional. */
    transAmount?: {
        /** Up to 16 digits, a point and 2 decimals; no sign and no separators. Ten thousand rupiah are `10000.00`. Optional. 1 to 16 digits, a point and 2 decimals, such as 10000.00. */
        value?: string;
        /** ISO 4217 code in capitals. Optional. Three capital letters such as IDR. */
        currency?: string;
    };
    /** The fee that the customer pays. Optional. */
    feeAmount?: {
        /** Up to 16 digits, a point and 2 decimals; no sign and no separators. Ten thousand rupiah are `10000.00`. Optional. 1 to 16 digits, a point and 2 decimals, such as 10000.00. */
        value?: string;
        /** ISO 4217 code in capitals. Optional. Three capital letters such as IDR. */
        currency?: string;
    };
    /** When the payment was made. Optional. At most 25 characters. */
    paidTime?: string;
    /** Whatever the two parties agreed on beyond the standard. Optional. */
    additionalInfo?: components["schemas"]["AdditionalInfo"];
};
/**
 * DebitStatusError400
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type DebitStatusError400 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4005500" | "4005501" | "4005502";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * DebitStatusError401
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type DebitStatusError401 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4015500" | "4015501" | "4015502" | "4015503" | "4015504";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * DebitStatusError403
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type DebitStatusError403 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4035500" | "4035501" | "4035502" | "4035503" | "4035504" | "4035505" | "4035506" | "4035507" | "4035508" | "4035509" | "4035510" | "4035511" | "4035512" | "4035513" | "4035514" | "4035515" | "4035516" | "4035517" | "4035518" | "4035519" | "4035520" | "4035521" | "4035522" | "4035523";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * DebitStatusError404
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type DebitStatusError404 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4045500" | "4045501" | "4045502" | "4045503" | "4045504" | "4045505" | "4045506" | "4045507" | "4045508" | "4045509" | "4045510" | "4045511" | "4045512" | "4045513" | "4045514" | "4045515" | "4045516" | "4045517" | "4045518" | "4045519";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * DebitStatusError405
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type DebitStatusError405 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4055500" | "4055501";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * DebitStatusError409
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type DebitStatusError409 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4095500" | "4095501";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * DebitStatusError429
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type DebitStatusError429 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4295500";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * DebitStatusError500
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type DebitStatusError500 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "5005500" | "5005501" | "5005502";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * DebitStatusError504
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type DebitStatusError504 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "5045500";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * AccessTokenB2bInProgress
 * The request was accepted and is still being processed. All but code and message may be missing.
 */
export type AccessTokenB2bInProgress = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "2027300";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
    /** The token, to be sent after `Bearer ` and signed without it. Optional. At most 2048 characters. */
    accessToken?: string;
    /**
     * Always `Bearer`. Optional.
     * @constant
     */
    tokenType?: "Bearer";
    /** For how many seconds the token is good, in digits. Optional. 1 to 9 digits such as 900. */
    expiresIn?: string;
    /** Whatever the two parties agreed on beyond the standard. Optional. */
    additionalInfo?: components["schemas"]["AdditionalInfo"];
};
/**
 * AccessTokenB2bError400
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type AccessTokenB2bError400 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4007300" | "4007301" | "4007302";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * AccessTokenB2bError401
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type AccessTokenB2bError401 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4017300" | "4017301" | "4017302" | "4017303" | "4017304";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * AccessTokenB2bError403
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type AccessTokenB2bError403 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4037300" | "4037301" | "4037302" | "4037303" | "4037304" | "4037305" | "4037306" | "4037307" | "4037308" | "4037309" | "4037310" | "4037311" | "4037312" | "4037313" | "4037314" | "4037315" | "4037316" | "4037317" | "4037318" | "4037319" | "4037320" | "4037321" | "4037322" | "4037323";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * AccessTokenB2bError404
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type AccessTokenB2bError404 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4047300" | "4047301" | "4047302" | "4047303" | "4047304" | "4047305" | "4047306" | "4047307" | "4047308" | "4047309" | "4047310" | "4047311" | "4047312" | "4047313" | "4047314" | "4047315" | "4047316" | "4047317" | "4047318" | "4047319";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * AccessTokenB2bError405
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type AccessTokenB2bError405 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4057300" | "4057301";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * AccessTokenB2bError409
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type AccessTokenB2bError409 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4097300" | "4097301";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * AccessTokenB2bError429
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type AccessTokenB2bError429 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "4297300";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * AccessTokenB2bError500
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type AccessTokenB2bError500 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "5007300" | "5007301" | "5007302";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
/**
 * AccessTokenB2bError504
 * The body of an answer that refuses or fails. It stays open for properties of the PJP's own.
 */
export type AccessTokenB2bError504 = {
    /**
     * HTTP status, service code and case code. Mandatory.
     * @enum {string}
     */
    responseCode: "5047300";
    /** The message of the code in the catalogue, its placeholder filled. Mandatory. At most 150 characters. */
    responseMessage: string;
};
export type ParameterAuthorizationCustomer = components['parameters']['Authorization-Customer'];
export type ParameterXTimestamp = components['parameters']['X-TIMESTAMP'];
export type ParameterXSignature = components['parameters']['X-SIGNATURE'];
export type ParameterOrigin = components['parameters']['ORIGIN'];
export type ParameterXPartnerId = components['parameters']['X-PARTNER-ID'];
export type ParameterXExternalId = components['parameters']['X-EXTERNAL-ID'];
export type ParameterXIpAddress = components['parameters']['X-IP-ADDRESS'];
export type ParameterXDeviceId = components['parameters']['X-DEVICE-ID'];
export type ParameterXLatitude = components['parameters']['X-LATITUDE'];
export type ParameterXLongitude = components['parameters']['X-LONGITUDE'];
export type ParameterChannelId = components['parameters']['CHANNEL-ID'];
export type ParameterXClientKey = components['parameters']['X-CLIENT-KEY'];
export type HeaderXTimestamp = components['headers']['X-TIMESTAMP'];
export type $defs = Record<string, never>;
export interface operations {
    qrCpmGenerate: {
        parameters: {
            query?: never;
            header: {
                /**
                 * The customer's own token, after `Bearer `, where a call is made on behalf of a customer (B2B2C).
                 * @example Bearer fa8sjjEj813Y9JGoqwOeOPWbnt4CUpvIJbU1mMU4a11MNDZ7Sg5u9a
                 */
                "Authorization-Customer"?: components["parameters"]["Authorization-Customer"];
                /**
                 * The caller's time, ISO 8601 with seconds and an offset and no fraction of a second. The signature covers this very text.
                 * @example 2020-12-23T07:50:11+07:00
                 */
                "X-TIMESTAMP": components["parameters"]["X-TIMESTAMP"];
                /**
                 * The signature over method, path, access token, body hash and X-TIMESTAMP. Base64 in the field; hex occurs too.
                 * @example 85be817c55b2c135157c7e89f52499bf0c25ad6eeebe04a986e8c862561b19a5
                 */
                "X-SIGNATURE": components["parameters"]["X-SIGNATURE"];
                /**
                 * The domain that the call comes from. A bare host name in the published samples, not a URL.
                 * @example www.hostname.com
                 */
                ORIGIN?: components["parameters"]["ORIGIN"];
                /**
                 * Who calls. The receiver looks up the caller's key or secret by it.
                 * @example 82150823919040624621823174737537
                 */
                "X-PARTNER-ID": components["parameters"]["X-PARTNER-ID"];
                /**
                 * The caller's number of this request, unique within a day. Keep it to 32 characters, so that it fits into originalExternalId later.
                 * @example 41807553358950093184162180797837
                 */
                "X-EXTERNAL-ID": components["parameters"]["X-EXTERNAL-ID"];
                /**
                 * The customer's IP address.
                 * @example 172.24.281.24
                 */
                "X-IP-ADDRESS"?: components["parameters"]["X-IP-ADDRESS"];
                /**
                 * Identifies the device that the customer uses.
                 * @example 09864ADCASA
                 */
                "X-DEVICE-ID"?: components["parameters"]["X-DEVICE-ID"];
                /**
                 * Where the device is, degrees north.
                 * @example -6.108841
                 */
                "X-LATITUDE"?: components["parameters"]["X-LATITUDE"];
                /**
                 * Where the device is, degrees east.
                 * @example 106.7782137
                 */
                "X-LONGITUDE"?: components["parameters"]["X-LONGITUDE"];
                /**
                 * The channel that the call comes through, as agreed with the PJP.
                 * @example 95221
                 */
                "CHANNEL-ID": components["parameters"]["CHANNEL-ID"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QrCpmGenerateRequest"];
            };
        };
        responses: {
            /** The QR code. */
            200: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmGenerateResponse"];
                };
            };
            /** Accepted and still on its way. Query later for the outcome. */
            202: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmGenerateInProgress"];
                };
            };
            /** The request cannot be read, or breaks a rule of format or presence. Nothing was processed. */
            400: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmGenerateError400"];
                };
            };
            /** The caller, the token or the signature is not accepted. Nothing was processed. */
            401: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmGenerateError401"];
                };
            };
            /** Understood and refused. */
            403: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmGenerateError403"];
                };
            };
            /** Something the request refers to does not exist, or is not in a state that allows the call. */
            404: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmGenerateError404"];
                };
            };
            /** The operation is not offered, or not allowed now. */
            405: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmGenerateError405"];
                };
            };
            /** The request was seen before. */
            409: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmGenerateError409"];
                };
            };
            /** Too many requests. Wait, then send a new one. */
            429: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmGenerateError429"];
                };
            };
            /** The receiver failed. The transaction may or may not have happened, so query before you try again. */
            500: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmGenerateError500"];
                };
            };
            /** No answer came in time from further on. The transaction may or may not have happened, so query. */
            504: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmGenerateError504"];
                };
            };
        };
    };
    qrCpmPayment: {
        parameters: {
            query?: never;
            header: {
                /**
                 * The customer's own token, after `Bearer `, where a call is made on behalf of a customer (B2B2C).
                 * @example Bearer fa8sjjEj813Y9JGoqwOeOPWbnt4CUpvIJbU1mMU4a11MNDZ7Sg5u9a
                 */
                "Authorization-Customer"?: components["parameters"]["Authorization-Customer"];
                /**
                 * The caller's time, ISO 8601 with seconds and an offset and no fraction of a second. The signature covers this very text.
                 * @example 2020-12-23T07:50:11+07:00
                 */
                "X-TIMESTAMP": components["parameters"]["X-TIMESTAMP"];
                /**
                 * The signature over method, path, access token, body hash and X-TIMESTAMP. Base64 in the field; hex occurs too.
                 * @example 85be817c55b2c135157c7e89f52499bf0c25ad6eeebe04a986e8c862561b19a5
                 */
                "X-SIGNATURE": components["parameters"]["X-SIGNATURE"];
                /**
                 * The domain that the call comes from. A bare host name in the published samples, not a URL.
                 * @example www.hostname.com
                 */
                ORIGIN?: components["parameters"]["ORIGIN"];
                /**
                 * Who calls. The receiver looks up the caller's key or secret by it.
                 * @example 82150823919040624621823174737537
                 */
                "X-PARTNER-ID": components["parameters"]["X-PARTNER-ID"];
                /**
                 * The caller's number of this request, unique within a day. Keep it to 32 characters, so that it fits into originalExternalId later.
                 * @example 41807553358950093184162180797837
                 */
                "X-EXTERNAL-ID": components["parameters"]["X-EXTERNAL-ID"];
                /**
                 * The customer's IP address.
                 * @example 172.24.281.24
                 */
                "X-IP-ADDRESS"?: components["parameters"]["X-IP-ADDRESS"];
                /**
                 * Identifies the device that the customer uses.
                 * @example 09864ADCASA
                 */
                "X-DEVICE-ID"?: components["parameters"]["X-DEVICE-ID"];
                /**
                 * Where the device is, degrees north.
                 * @example -6.108841
                 */
                "X-LATITUDE"?: components["parameters"]["X-LATITUDE"];
                /**
                 * Where the device is, degrees east.
                 * @example 106.7782137
                 */
                "X-LONGITUDE"?: components["parameters"]["X-LONGITUDE"];
                /**
                 * The channel that the call comes through, as agreed with the PJP.
                 * @example 95221
                 */
                "CHANNEL-ID": components["parameters"]["CHANNEL-ID"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QrCpmPaymentRequest"];
            };
        };
        responses: {
            /** The payment was processed. */
            200: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmPaymentResponse"];
                };
            };
            /** Accepted and still on its way. Query later for the outcome. */
            202: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmPaymentInProgress"];
                };
            };
            /** The request cannot be read, or breaks a rule of format or presence. Nothing was processed. */
            400: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmPaymentError400"];
                };
            };
            /** The caller, the token or the signature is not accepted. Nothing was processed. */
            401: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmPaymentError401"];
                };
            };
            /** Understood and refused. */
            403: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmPaymentError403"];
                };
            };
            /** Something the request refers to does not exist, or is not in a state that allows the call. */
            404: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmPaymentError404"];
                };
            };
            /** The operation is not offered, or not allowed now. */
            405: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmPaymentError405"];
                };
            };
            /** The request was seen before. */
            409: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmPaymentError409"];
                };
            };
            /** Too many requests. Wait, then send a new one. */
            429: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmPaymentError429"];
                };
            };
            /** The receiver failed. The transaction may or may not have happened, so query before you try again. */
            500: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmPaymentError500"];
                };
            };
            /** No answer came in time from further on. The transaction may or may not have happened, so query. */
            504: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmPaymentError504"];
                };
            };
        };
    };
    qrCpmQuery: {
        parameters: {
            query?: never;
            header: {
                /**
                 * The customer's own token, after `Bearer `, where a call is made on behalf of a customer (B2B2C).
                 * @example Bearer fa8sjjEj813Y9JGoqwOeOPWbnt4CUpvIJbU1mMU4a11MNDZ7Sg5u9a
                 */
                "Authorization-Customer"?: components["parameters"]["Authorization-Customer"];
                /**
                 * The caller's time, ISO 8601 with seconds and an offset and no fraction of a second. The signature covers this very text.
                 * @example 2020-12-23T07:50:11+07:00
                 */
                "X-TIMESTAMP": components["parameters"]["X-TIMESTAMP"];
                /**
                 * The signature over method, path, access token, body hash and X-TIMESTAMP. Base64 in the field; hex occurs too.
                 * @example 85be817c55b2c135157c7e89f52499bf0c25ad6eeebe04a986e8c862561b19a5
                 */
                "X-SIGNATURE": components["parameters"]["X-SIGNATURE"];
                /**
                 * The domain that the call comes from. A bare host name in the published samples, not a URL.
                 * @example www.hostname.com
                 */
                ORIGIN?: components["parameters"]["ORIGIN"];
                /**
                 * Who calls. The receiver looks up the caller's key or secret by it.
                 * @example 82150823919040624621823174737537
                 */
                "X-PARTNER-ID": components["parameters"]["X-PARTNER-ID"];
                /**
                 * The caller's number of this request, unique within a day. Keep it to 32 characters, so that it fits into originalExternalId later.
                 * @example 41807553358950093184162180797837
                 */
                "X-EXTERNAL-ID": components["parameters"]["X-EXTERNAL-ID"];
                /**
                 * The customer's IP address.
                 * @example 172.24.281.24
                 */
                "X-IP-ADDRESS"?: components["parameters"]["X-IP-ADDRESS"];
                /**
                 * Identifies the device that the customer uses.
                 * @example 09864ADCASA
                 */
                "X-DEVICE-ID"?: components["parameters"]["X-DEVICE-ID"];
                /**
                 * Where the device is, degrees north.
                 * @example -6.108841
                 */
                "X-LATITUDE"?: components["parameters"]["X-LATITUDE"];
                /**
                 * Where the device is, degrees east.
                 * @example 106.7782137
                 */
                "X-LONGITUDE"?: components["parameters"]["X-LONGITUDE"];
                /**
                 * The channel that the call comes through, as agreed with the PJP.
                 * @example 95221
                 */
                "CHANNEL-ID": components["parameters"]["CHANNEL-ID"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QrCpmQueryRequest"];
            };
        };
        responses: {
            /** What became of the payment. */
            200: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmQueryResponse"];
                };
            };
            /** Accepted and still on its way. Query later for the outcome. */
            202: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmQueryInProgress"];
                };
            };
            /** The request cannot be read, or breaks a rule of format or presence. Nothing was processed. */
            400: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmQueryError400"];
                };
            };
            /** The caller, the token or the signature is not accepted. Nothing was processed. */
            401: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmQueryError401"];
                };
            };
            /** Understood and refused. */
            403: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmQueryError403"];
                };
            };
            /** Something the request refers to does not exist, or is not in a state that allows the call. */
            404: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmQueryError404"];
                };
            };
            /** The operation is not offered, or not allowed now. */
            405: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmQueryError405"];
                };
            };
            /** The request was seen before. */
            409: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmQueryError409"];
                };
            };
            /** Too many requests. Wait, then send a new one. */
            429: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmQueryError429"];
                };
            };
            /** The receiver failed. The transaction may or may not have happened, so query before you try again. */
            500: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmQueryError500"];
                };
            };
            /** No answer came in time from further on. The transaction may or may not have happened, so query. */
            504: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmQueryError504"];
                };
            };
        };
    };
    qrCpmCancel: {
        parameters: {
            query?: never;
            header: {
                /**
                 * The customer's own token, after `Bearer `, where a call is made on behalf of a customer (B2B2C).
                 * @example Bearer fa8sjjEj813Y9JGoqwOeOPWbnt4CUpvIJbU1mMU4a11MNDZ7Sg5u9a
                 */
                "Authorization-Customer"?: components["parameters"]["Authorization-Customer"];
                /**
                 * The caller's time, ISO 8601 with seconds and an offset and no fraction of a second. The signature covers this very text.
                 * @example 2020-12-23T07:50:11+07:00
                 */
                "X-TIMESTAMP": components["parameters"]["X-TIMESTAMP"];
                /**
                 * The signature over method, path, access token, body hash and X-TIMESTAMP. Base64 in the field; hex occurs too.
                 * @example 85be817c55b2c135157c7e89f52499bf0c25ad6eeebe04a986e8c862561b19a5
                 */
                "X-SIGNATURE": components["parameters"]["X-SIGNATURE"];
                /**
                 * The domain that the call comes from. A bare host name in the published samples, not a URL.
                 * @example www.hostname.com
                 */
                ORIGIN?: components["parameters"]["ORIGIN"];
                /**
                 * Who calls. The receiver looks up the caller's key or secret by it.
                 * @example 82150823919040624621823174737537
                 */
                "X-PARTNER-ID": components["parameters"]["X-PARTNER-ID"];
                /**
                 * The caller's number of this request, unique within a day. Keep it to 32 characters, so that it fits into originalExternalId later.
                 * @example 41807553358950093184162180797837
                 */
                "X-EXTERNAL-ID": components["parameters"]["X-EXTERNAL-ID"];
                /**
                 * The customer's IP address.
                 * @example 172.24.281.24
                 */
                "X-IP-ADDRESS"?: components["parameters"]["X-IP-ADDRESS"];
                /**
                 * Identifies the device that the customer uses.
                 * @example 09864ADCASA
                 */
                "X-DEVICE-ID"?: components["parameters"]["X-DEVICE-ID"];
                /**
                 * Where the device is, degrees north.
                 * @example -6.108841
                 */
                "X-LATITUDE"?: components["parameters"]["X-LATITUDE"];
                /**
                 * Where the device is, degrees east.
                 * @example 106.7782137
                 */
                "X-LONGITUDE"?: components["parameters"]["X-LONGITUDE"];
                /**
                 * The channel that the call comes through, as agreed with the PJP.
                 * @example 95221
                 */
                "CHANNEL-ID": components["parameters"]["CHANNEL-ID"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QrCpmCancelRequest"];
            };
        };
        responses: {
            /** The payment is cancelled. */
            200: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmCancelResponse"];
                };
            };
            /** Accepted and still on its way. Query later for the outcome. */
            202: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmCancelInProgress"];
                };
            };
            /** The request cannot be read, or breaks a rule of format or presence. Nothing was processed. */
            400: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmCancelError400"];
                };
            };
            /** The caller, the token or the signature is not accepted. Nothing was processed. */
            401: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmCancelError401"];
                };
            };
            /** Understood and refused. */
            403: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmCancelError403"];
                };
            };
            /** Something the request refers to does not exist, or is not in a state that allows the call. */
            404: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmCancelError404"];
                };
            };
            /** The operation is not offered, or not allowed now. */
            405: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmCancelError405"];
                };
            };
            /** The request was seen before. */
            409: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmCancelError409"];
                };
            };
            /** Too many requests. Wait, then send a new one. */
            429: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmCancelError429"];
                };
            };
            /** The receiver failed. The transaction may or may not have happened, so query before you try again. */
            500: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmCancelError500"];
                };
            };
            /** No answer came in time from further on. The transaction may or may not have happened, so query. */
            504: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmCancelError504"];
                };
            };
        };
    };
    qrCpmNotify: {
        parameters: {
            query?: never;
            header: {
                /**
                 * The customer's own token, after `Bearer `, where a call is made on behalf of a customer (B2B2C).
                 * @example Bearer fa8sjjEj813Y9JGoqwOeOPWbnt4CUpvIJbU1mMU4a11MNDZ7Sg5u9a
                 */
                "Authorization-Customer"?: components["parameters"]["Authorization-Customer"];
                /**
                 * The caller's time, ISO 8601 with seconds and an offset and no fraction of a second. The signature covers this very text.
                 * @example 2020-12-23T07:50:11+07:00
                 */
                "X-TIMESTAMP": components["parameters"]["X-TIMESTAMP"];
                /**
                 * The signature over method, path, access token, body hash and X-TIMESTAMP. Base64 in the field; hex occurs too.
                 * @example 85be817c55b2c135157c7e89f52499bf0c25ad6eeebe04a986e8c862561b19a5
                 */
                "X-SIGNATURE": components["parameters"]["X-SIGNATURE"];
                /**
                 * The domain that the call comes from. A bare host name in the published samples, not a URL.
                 * @example www.hostname.com
                 */
                ORIGIN?: components["parameters"]["ORIGIN"];
                /**
                 * Who calls. The receiver looks up the caller's key or secret by it.
                 * @example 82150823919040624621823174737537
                 */
                "X-PARTNER-ID": components["parameters"]["X-PARTNER-ID"];
                /**
                 * The caller's number of this request, unique within a day. Keep it to 32 characters, so that it fits into originalExternalId later.
                 * @example 41807553358950093184162180797837
                 */
                "X-EXTERNAL-ID": components["parameters"]["X-EXTERNAL-ID"];
                /**
                 * The customer's IP address.
                 * @example 172.24.281.24
                 */
                "X-IP-ADDRESS"?: components["parameters"]["X-IP-ADDRESS"];
                /**
                 * Identifies the device that the customer uses.
                 * @example 09864ADCASA
                 */
                "X-DEVICE-ID"?: components["parameters"]["X-DEVICE-ID"];
                /**
                 * Where the device is, degrees north.
                 * @example -6.108841
                 */
                "X-LATITUDE"?: components["parameters"]["X-LATITUDE"];
                /**
                 * Where the device is, degrees east.
                 * @example 106.7782137
                 */
                "X-LONGITUDE"?: components["parameters"]["X-LONGITUDE"];
                /**
                 * The channel that the call comes through, as agreed with the PJP.
                 * @example 95221
                 */
                "CHANNEL-ID": components["parameters"]["CHANNEL-ID"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QrCpmNotifyRequest"];
            };
        };
        responses: {
            /** The merchant has taken note. */
            200: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmNotifyResponse"];
                };
            };
            /** Accepted and still on its way. Query later for the outcome. */
            202: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmNotifyInProgress"];
                };
            };
            /** The request cannot be read, or breaks a rule of format or presence. Nothing was processed. */
            400: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmNotifyError400"];
                };
            };
            /** The caller, the token or the signature is not accepted. Nothing was processed. */
            401: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmNotifyError401"];
                };
            };
            /** Understood and refused. */
            403: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmNotifyError403"];
                };
            };
            /** Something the request refers to does not exist, or is not in a state that allows the call. */
            404: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmNotifyError404"];
                };
            };
            /** The operation is not offered, or not allowed now. */
            405: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmNotifyError405"];
                };
            };
            /** The request was seen before. */
            409: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmNotifyError409"];
                };
            };
            /** Too many requests. Wait, then send a new one. */
            429: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmNotifyError429"];
                };
            };
            /** The receiver failed. The transaction may or may not have happened, so query before you try again. */
            500: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmNotifyError500"];
                };
            };
            /** No answer came in time from further on. The transaction may or may not have happened, so query. */
            504: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmNotifyError504"];
                };
            };
        };
    };
    qrCpmRefund: {
        parameters: {
            query?: never;
            header: {
                /**
                 * The customer's own token, after `Bearer `, where a call is made on behalf of a customer (B2B2C).
                 * @example Bearer fa8sjjEj813Y9JGoqwOeOPWbnt4CUpvIJbU1mMU4a11MNDZ7Sg5u9a
                 */
                "Authorization-Customer"?: components["parameters"]["Authorization-Customer"];
                /**
                 * The caller's time, ISO 8601 with seconds and an offset and no fraction of a second. The signature covers this very text.
                 * @example 2020-12-23T07:50:11+07:00
                 */
                "X-TIMESTAMP": components["parameters"]["X-TIMESTAMP"];
                /**
                 * The signature over method, path, access token, body hash and X-TIMESTAMP. Base64 in the field; hex occurs too.
                 * @example 85be817c55b2c135157c7e89f52499bf0c25ad6eeebe04a986e8c862561b19a5
                 */
                "X-SIGNATURE": components["parameters"]["X-SIGNATURE"];
                /**
                 * The domain that the call comes from. A bare host name in the published samples, not a URL.
                 * @example www.hostname.com
                 */
                ORIGIN?: components["parameters"]["ORIGIN"];
                /**
                 * Who calls. The receiver looks up the caller's key or secret by it.
                 * @example 82150823919040624621823174737537
                 */
                "X-PARTNER-ID": components["parameters"]["X-PARTNER-ID"];
                /**
                 * The caller's number of this request, unique within a day. Keep it to 32 characters, so that it fits into originalExternalId later.
                 * @example 41807553358950093184162180797837
                 */
                "X-EXTERNAL-ID": components["parameters"]["X-EXTERNAL-ID"];
                /**
                 * The customer's IP address.
                 * @example 172.24.281.24
                 */
                "X-IP-ADDRESS"?: components["parameters"]["X-IP-ADDRESS"];
                /**
                 * Identifies the device that the customer uses.
                 * @example 09864ADCASA
                 */
                "X-DEVICE-ID"?: components["parameters"]["X-DEVICE-ID"];
                /**
                 * Where the device is, degrees north.
                 * @example -6.108841
                 */
                "X-LATITUDE"?: components["parameters"]["X-LATITUDE"];
                /**
                 * Where the device is, degrees east.
                 * @example 106.7782137
                 */
                "X-LONGITUDE"?: components["parameters"]["X-LONGITUDE"];
                /**
                 * The channel that the call comes through, as agreed with the PJP.
                 * @example 95221
                 */
                "CHANNEL-ID": components["parameters"]["CHANNEL-ID"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QrCpmRefundRequest"];
            };
        };
        responses: {
            /** The refund was processed. */
            200: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmRefundResponse"];
                };
            };
            /** Accepted and still on its way. Query later for the outcome. */
            202: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmRefundInProgress"];
                };
            };
            /** The request cannot be read, or breaks a rule of format or presence. Nothing was processed. */
            400: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmRefundError400"];
                };
            };
            /** The caller, the token or the signature is not accepted. Nothing was processed. */
            401: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmRefundError401"];
                };
            };
            /** Understood and refused. */
            403: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmRefundError403"];
                };
            };
            /** Something the request refers to does not exist, or is not in a state that allows the call. */
            404: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmRefundError404"];
                };
            };
            /** The operation is not offered, or not allowed now. */
            405: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmRefundError405"];
                };
            };
            /** The request was seen before. */
            409: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmRefundError409"];
                };
            };
            /** Too many requests. Wait, then send a new one. */
            429: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmRefundError429"];
                };
            };
            /** The receiver failed. The transaction may or may not have happened, so query before you try again. */
            500: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmRefundError500"];
                };
            };
            /** No answer came in time from further on. The transaction may or may not have happened, so query. */
            504: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QrCpmRefundError504"];
                };
            };
        };
    };
    debitStatus: {
        parameters: {
            query?: never;
            header: {
                /**
                 * The customer's own token, after `Bearer `, where a call is made on behalf of a customer (B2B2C).
                 * @example Bearer fa8sjjEj813Y9JGoqwOeOPWbnt4CUpvIJbU1mMU4a11MNDZ7Sg5u9a
                 */
                "Authorization-Customer"?: components["parameters"]["Authorization-Customer"];
                /**
                 * The caller's time, ISO 8601 with seconds and an offset and no fraction of a second. The signature covers this very text.
                 * @example 2020-12-23T07:50:11+07:00
                 */
                "X-TIMESTAMP": components["parameters"]["X-TIMESTAMP"];
                /**
                 * The signature over method, path, access token, body hash and X-TIMESTAMP. Base64 in the field; hex occurs too.
                 * @example 85be817c55b2c135157c7e89f52499bf0c25ad6eeebe04a986e8c862561b19a5
                 */
                "X-SIGNATURE": components["parameters"]["X-SIGNATURE"];
                /**
                 * The domain that the call comes from. A bare host name in the published samples, not a URL.
                 * @example www.hostname.com
                 */
                ORIGIN?: components["parameters"]["ORIGIN"];
                /**
                 * Who calls. The receiver looks up the caller's key or secret by it.
                 * @example 82150823919040624621823174737537
                 */
                "X-PARTNER-ID": components["parameters"]["X-PARTNER-ID"];
                /**
                 * The caller's number of this request, unique within a day. Keep it to 32 characters, so that it fits into originalExternalId later.
                 * @example 41807553358950093184162180797837
                 */
                "X-EXTERNAL-ID": components["parameters"]["X-EXTERNAL-ID"];
                /**
                 * The customer's IP address.
                 * @example 172.24.281.24
                 */
                "X-IP-ADDRESS"?: components["parameters"]["X-IP-ADDRESS"];
                /**
                 * Identifies the device that the customer uses.
                 * @example 09864ADCASA
                 */
                "X-DEVICE-ID"?: components["parameters"]["X-DEVICE-ID"];
                /**
                 * Where the device is, degrees north.
                 * @example -6.108841
                 */
                "X-LATITUDE"?: components["parameters"]["X-LATITUDE"];
                /**
                 * Where the device is, degrees east.
                 * @example 106.7782137
                 */
                "X-LONGITUDE"?: components["parameters"]["X-LONGITUDE"];
                /**
                 * The channel that the call comes through, as agreed with the PJP.
                 * @example 95221
                 */
                "CHANNEL-ID": components["parameters"]["CHANNEL-ID"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DebitStatusRequest"];
            };
        };
        responses: {
            /** What became of the direct debit. */
            200: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DebitStatusResponse"];
                };
            };
            /** Accepted and still on its way. Query later for the outcome. */
            202: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DebitStatusInProgress"];
                };
            };
            /** The request cannot be read, or breaks a rule of format or presence. Nothing was processed. */
            400: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DebitStatusError400"];
                };
            };
            /** The caller, the token or the signature is not accepted. Nothing was processed. */
            401: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DebitStatusError401"];
                };
            };
            /** Understood and refused. */
            403: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DebitStatusError403"];
                };
            };
            /** Something the request refers to does not exist, or is not in a state that allows the call. */
            404: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DebitStatusError404"];
                };
            };
            /** The operation is not offered, or not allowed now. */
            405: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DebitStatusError405"];
                };
            };
            /** The request was seen before. */
            409: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DebitStatusError409"];
                };
            };
            /** Too many requests. Wait, then send a new one. */
            429: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DebitStatusError429"];
                };
            };
            /** The receiver failed. The transaction may or may not have happened, so query before you try again. */
            500: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DebitStatusError500"];
                };
            };
            /** No answer came in time from further on. The transaction may or may not have happened, so query. */
            504: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DebitStatusError504"];
                };
            };
        };
    };
    accessTokenB2b: {
        parameters: {
            query?: never;
            header: {
                /**
                 * The caller's time, ISO 8601 with seconds and an offset and no fraction of a second. The signature covers this very text.
                 * @example 2020-12-23T07:50:11+07:00
                 */
                "X-TIMESTAMP": components["parameters"]["X-TIMESTAMP"];
                /**
                 * Who asks for a token. The giver looks up the asker's public key by it.
                 * @example 962489e9-de5d-4eb7-92a4-b07d44d64bf4
                 */
                "X-CLIENT-KEY": components["parameters"]["X-CLIENT-KEY"];
                /**
                 * The signature over method, path, access token, body hash and X-TIMESTAMP. Base64 in the field; hex occurs too.
                 * @example 85be817c55b2c135157c7e89f52499bf0c25ad6eeebe04a986e8c862561b19a5
                 */
                "X-SIGNATURE": components["parameters"]["X-SIGNATURE"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccessTokenB2bRequest"];
            };
        };
        responses: {
            /** The token. */
            200: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessTokenB2bResponse"];
                };
            };
            /** Accepted and still on its way. Query later for the outcome. */
            202: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessTokenB2bInProgress"];
                };
            };
            /** The request cannot be read, or breaks a rule of format or presence. Nothing was processed. */
            400: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessTokenB2bError400"];
                };
            };
            /** The caller, the token or the signature is not accepted. Nothing was processed. */
            401: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessTokenB2bError401"];
                };
            };
            /** Understood and refused. */
            403: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessTokenB2bError403"];
                };
            };
            /** Something the request refers to does not exist, or is not in a state that allows the call. */
            404: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessTokenB2bError404"];
                };
            };
            /** The operation is not offered, or not allowed now. */
            405: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessTokenB2bError405"];
                };
            };
            /** The request was seen before. */
            409: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessTokenB2bError409"];
                };
            };
            /** Too many requests. Wait, then send a new one. */
            429: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessTokenB2bError429"];
                };
            };
            /** The receiver failed. The transaction may or may not have happened, so query before you try again. */
            500: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessTokenB2bError500"];
                };
            };
            /** No answer came in time from further on. The transaction may or may not have happened, so query. */
            504: {
                headers: {
                    "X-TIMESTAMP": components["headers"]["X-TIMESTAMP"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessTokenB2bError504"];
                };
            };
        };
    };
}
