// Generated from openapi/profiles/midtrans.overlay.yaml by `npm run generate`. Do not edit.
export interface paths {
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
         * Amount
         * A sum of money. Both members are mandatory where the object is there.
         */
        Amount: Amount;
        /**
         * TransactionDate
         * A time, ISO 8601 with seconds and an offset, or the empty string.
         */
        TransactionDate: TransactionDate;
        /**
         * TransactionStatus
         * What became of the transaction. `00` success, `01` initiated, `02` paying, `03` pending, `04` refunded, `05` cancelled, `06` failed, `07` not found.
         * @enum {string}
         */
        TransactionStatus: TransactionStatus;
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
         * The caller's number of this request, an idempotency key for one day. A retry repeats it, with the same body. Keep it: a query may name the payment by it.
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
 * TransactionDate
 * A time, ISO 8601 with seconds and an offset, or the empty string.
 */
export type TransactionDate = string;
/**
 * TransactionStatus
 * What became of the transaction. `00` success, `01` initiated, `02` paying, `03` pending, `04` refunded, `05` cancelled, `06` failed, `07` not found.
 * @enum {string}
 */
export type TransactionStatus = "00" | "01" | "02" | "03" | "04" | "05" | "06" | "07";
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
 * DebitStatusRequest
 * Asks what became of a direct debit payment.
 */
export type DebitStatusRequest = {
    /** The caller's number of the payment. Optional. At most 64 characters. */
    originalPartnerReferenceNo?: string;
    /** The PJP's number of the payment. It counts where originalExternalId is sent too. Mandatory, and not empty, where originalExternalId is not sent. At most 64 characters. */
    originalReferenceNo?: string;
    /** The X-EXTERNAL-ID of the payment request, for a payment whose answer never came. Optional. At most 36 characters. */
    originalExternalId?: string;
    /**
     * The service that is asked about, always `54`, direct debit payment. Mandatory.
     * @constant
     */
    serviceCode: "54";
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
    /** The X-EXTERNAL-ID of the payment request. Optional. At most 36 characters. */
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
     * Always `client_credentials`. Mandatory where grant_type is not sent.
     * @constant
     */
    grantType?: "client_credentials";
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
    /** The X-EXTERNAL-ID of the payment request. Optional. At most 36 characters. */
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
                 * The caller's number of this request, an idempotency key for one day. A retry repeats it, with the same body. Keep it: a query may name the payment by it.
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
                 * The caller's number of this request, an idempotency key for one day. A retry repeats it, with the same body. Keep it: a query may name the payment by it.
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
