// Generated from openapi/ by `npm run generate`. Do not edit.
/** Service codes of the contract. */
export type ServiceCode = "59" | "60" | "61" | "62" | "79" | "80" | "55" | "73";

/** Case codes of each HTTP status. */
export interface CaseCodes {
  "200": "00";
  "202": "00";
  "400": "00" | "01" | "02";
  "401": "00" | "01" | "02" | "03" | "04";
  "403": "00" | "01" | "02" | "03" | "04" | "05" | "06" | "07" | "08" | "09" | "10" | "11" | "12" | "13" | "14" | "15" | "16" | "17" | "18" | "19" | "20" | "21" | "22" | "23";
  "404": "00" | "01" | "02" | "03" | "04" | "05" | "06" | "07" | "08" | "09" | "10" | "11" | "12" | "13" | "14" | "15" | "16" | "17" | "18" | "19";
  "405": "00" | "01";
  "409": "00" | "01";
  "429": "00";
  "500": "00" | "01" | "02";
  "504": "00";
}

/** HTTP statuses of the catalogue, as text. */
export type HttpStatus = keyof CaseCodes;

/** Every response code of a service and a status; of all of them where none is named. */
export type ResponseCode<Service extends ServiceCode = ServiceCode, Status extends HttpStatus = HttpStatus> = {
  [S in Status]: `${S}${Service}${CaseCodes[S]}`;
}[Status];

/** Response codes that say that the call was not processed as asked. */
export type ErrorCode<Service extends ServiceCode = ServiceCode> = ResponseCode<Service, Exclude<HttpStatus, "200" | "202">>;

/** Categories of the catalogue. */
export type Category = "Success" | "System" | "Message" | "Business";

/** What a response code says of a call. */
export type Outcome = "success" | "pending" | "declined" | "rejected" | "unknown";

/** What a transaction status says of a payment. */
export type TransactionState = "success" | "pending" | "reversed" | "failed" | "notFound";

/** A row of the catalogue. `outcome` is by service where services differ. */
export interface CatalogueRow {
  readonly category: Category;
  readonly message: string;
  readonly description: string;
  readonly outcome: { readonly other: Outcome } & { readonly [Service in ServiceCode]?: Outcome };
}

/** The catalogue, by HTTP status and case code: `"40314"`. */
export const catalogue: Readonly<Record<string, CatalogueRow>> = {
  "20000": {"category":"Success","message":"Successful","description":"The request was processed.","outcome":{"other":"success"}},
  "20200": {"category":"Success","message":"Request In Progress","description":"The request was accepted and is still being processed.","outcome":{"other":"pending"}},
  "40000": {"category":"System","message":"Bad Request","description":"The request failed as a whole, for instance because its body is not JSON.","outcome":{"other":"rejected"}},
  "40001": {"category":"Message","message":"Invalid Field Format {field name}","description":"The named field or header is present and breaks its format, length or type. Nested fields are dotted.","outcome":{"other":"rejected"}},
  "40002": {"category":"Message","message":"Invalid Mandatory Field {field name}","description":"The named mandatory field or header is absent, null or empty. Nested fields are dotted.","outcome":{"other":"rejected"}},
  "40100": {"category":"System","message":"Unauthorized. [reason]","description":"The caller is not accepted, for the reason given. The signature does not verify, the client is unknown, or its key is missing.","outcome":{"other":"rejected"}},
  "40101": {"category":"System","message":"Invalid Token (B2B)","description":"The access token sent is unknown or has expired.","outcome":{"other":"rejected"}},
  "40102": {"category":"System","message":"Invalid Customer Token","description":"The customer token sent is unknown or has expired.","outcome":{"other":"rejected"}},
  "40103": {"category":"System","message":"Token Not Found (B2B)","description":"The request carries no access token although the operation asks for one.","outcome":{"other":"rejected"}},
  "40104": {"category":"System","message":"Customer Token Not Found","description":"The request carries no customer token although the operation asks for one.","outcome":{"other":"rejected"}},
  "40300": {"category":"Business","message":"Transaction Expired","description":"The transaction, or the QR code it rests on, has expired.","outcome":{"other":"declined"}},
  "40301": {"category":"System","message":"Feature Not Allowed [Reason]","description":"This merchant is not allowed to call the operation, for the reason given.","outcome":{"other":"declined"}},
  "40302": {"category":"Business","message":"Exceeds Transaction Amount Limit","description":"The amount is over the limit for one transaction.","outcome":{"other":"declined"}},
  "40303": {"category":"Business","message":"Suspected Fraud","description":"The transaction was stopped on suspicion of fraud.","outcome":{"other":"declined"}},
  "40304": {"category":"Business","message":"Activity Count Limit Exceeded","description":"The account or customer has made more transactions than its frequency limit allows.","outcome":{"other":"declined"}},
  "40305": {"category":"Business","message":"Do Not Honor","description":"The state of the account or user does not allow the transaction.","outcome":{"other":"declined"}},
  "40306": {"category":"System","message":"Feature Not Allowed At This Time. [reason]","description":"The operation is closed for now, for the reason given, such as the daily cut-off.","outcome":{"other":"declined"}},
  "40307": {"category":"Business","message":"Card Blocked","description":"The payment card is blocked.","outcome":{"other":"declined"}},
  "40308": {"category":"Business","message":"Card Expired","description":"The payment card has expired.","outcome":{"other":"declined"}},
  "40309": {"category":"Business","message":"Dormant Account","description":"The account is dormant.","outcome":{"other":"declined"}},
  "40310": {"category":"Business","message":"Need To Set Token Limit","description":"A limit must be set on the token before it can pay.","outcome":{"other":"declined"}},
  "40311": {"category":"System","message":"OTP Blocked","description":"One-time passwords are blocked for this customer.","outcome":{"other":"declined"}},
  "40312": {"category":"System","message":"OTP Lifetime Expired","description":"The one-time password has expired.","outcome":{"other":"declined"}},
  "40313": {"category":"System","message":"OTP Sent To Cardholer","description":"The issuer was asked for a one-time password, which went to the cardholder.","outcome":{"other":"declined"}},
  "40314": {"category":"Business","message":"Insufficient Funds","description":"The balance does not cover the amount.","outcome":{"other":"declined"}},
  "40315": {"category":"Business","message":"Transaction Not Permitted.[reason]","description":"The transaction is not permitted, for the reason given.","outcome":{"other":"declined"}},
  "40316": {"category":"Business","message":"Suspend Transaction","description":"The transaction has been suspended.","outcome":{"other":"declined"}},
  "40317": {"category":"Business","message":"Token Limit Exceeded","description":"The amount is over the limit set on the token.","outcome":{"other":"declined"}},
  "40318": {"category":"Business","message":"Inactive Card/Account/Customer","description":"The card, account or customer is not active.","outcome":{"other":"declined"}},
  "40319": {"category":"Business","message":"Merchant Blacklisted","description":"The merchant is barred from every API.","outcome":{"other":"declined"}},
  "40320": {"category":"Business","message":"Merchant Limit Exceed","description":"The merchant's purchases of the day are over its agreed limit.","outcome":{"other":"declined"}},
  "40321": {"category":"Business","message":"Set Limit Not Allowed","description":"This token does not take a limit.","outcome":{"other":"declined"}},
  "40322": {"category":"Business","message":"Token Limit Invalid","description":"The limit asked for is outside the range that merchant and issuer agreed.","outcome":{"other":"declined"}},
  "40323": {"category":"Business","message":"Account Limit Exceed","description":"The account's purchases of the day are over its agreed limit.","outcome":{"other":"declined"}},
  "40400": {"category":"Business","message":"Invalid Transaction Status","description":"The transaction is in a state that does not allow this call.","outcome":{"other":"declined"}},
  "40401": {"category":"Business","message":"Transaction Not Found","description":"No transaction matches the references given.","outcome":{"other":"declined"}},
  "40402": {"category":"System","message":"Invalid Routing","description":"The request cannot be routed to a destination.","outcome":{"other":"declined"}},
  "40403": {"category":"System","message":"Bank Not Supported By Switch","description":"The switch does not serve this bank.","outcome":{"other":"declined"}},
  "40404": {"category":"Business","message":"Transaction Cancelled","description":"The customer cancelled the transaction.","outcome":{"other":"declined"}},
  "40405": {"category":"Business","message":"Merchant Is Not Registered For Card Registration Services","description":"The merchant has not signed up for card registration.","outcome":{"other":"declined"}},
  "40406": {"category":"System","message":"Need To Request OTP","description":"A one-time password must be requested first.","outcome":{"other":"declined"}},
  "40407": {"category":"System","message":"Journey Not Found","description":"No journey has the journeyID given.","outcome":{"other":"declined"}},
  "40408": {"category":"Business","message":"Invalid Merchant","description":"The merchant does not exist, or is not in good standing.","outcome":{"other":"declined"}},
  "40409": {"category":"Business","message":"No Issuer","description":"No issuer was found for the payment.","outcome":{"other":"declined"}},
  "40410": {"category":"System","message":"Invalid API Transition","description":"The journey does not allow this call after the one before.","outcome":{"other":"declined"}},
  "40411": {"category":"Business","message":"Invalid Card/Account/Customer [info]/Virtual Account","description":"The card, account, customer or virtual account is not valid, or the account is barred.","outcome":{"other":"declined"}},
  "40412": {"category":"Business","message":"Invalid Bill/Virtual Account [Reason]","description":"The bill or virtual account is blocked, suspended or not found.","outcome":{"other":"declined"}},
  "40413": {"category":"Business","message":"Invalid Amount","description":"The amount differs from what is due.","outcome":{"other":"declined"}},
  "40414": {"category":"Business","message":"Paid Bill","description":"The bill has been paid already.","outcome":{"other":"declined"}},
  "40415": {"category":"System","message":"Invalid OTP","description":"The one-time password is wrong.","outcome":{"other":"declined"}},
  "40416": {"category":"Business","message":"Partner Not Found","description":"The partner's number is not known.","outcome":{"other":"declined"}},
  "40417": {"category":"Business","message":"Invalid Terminal","description":"The terminal is not known.","outcome":{"other":"declined"}},
  "40418": {"category":"Business","message":"Inconsistent Request","description":"The same reference was used before with other content. For a QR CPM payment that is a failure, for a refund or a void it counts as a success.","outcome":{"60":"declined","62":"success","80":"success","other":"rejected"}},
  "40419": {"category":"Business","message":"Invalid Bill/Virtual Account","description":"The bill or virtual account has expired.","outcome":{"other":"declined"}},
  "40500": {"category":"System","message":"Requested Function Is Not Supported","description":"The receiver does not offer this function or HTTP method.","outcome":{"other":"rejected"}},
  "40501": {"category":"Business","message":"Requested Opearation Is Not Allowed","description":"The cancellation or refund is not allowed at this time.","outcome":{"other":"rejected"}},
  "40900": {"category":"System","message":"Conflict","description":"The X-EXTERNAL-ID was used before on the same day.","outcome":{"other":"rejected"}},
  "40901": {"category":"System","message":"Duplicate partnerReferenceNo","description":"A transaction with this partnerReferenceNo was processed before.","outcome":{"other":"unknown"}},
  "42900": {"category":"System","message":"Too Many Requests","description":"The caller sends more requests than it may.","outcome":{"other":"rejected"}},
  "50000": {"category":"System","message":"General Error","description":"The receiver failed. Whether the transaction happened is not known.","outcome":{"other":"unknown"}},
  "50001": {"category":"System","message":"Internal Server Error","description":"The receiver failed in an unknown way. Whether the transaction happened is not known.","outcome":{"other":"unknown"}},
  "50002": {"category":"System","message":"External Server Error","description":"A system behind the receiver failed. Whether the transaction happened is not known.","outcome":{"other":"unknown"}},
  "50400": {"category":"System","message":"Timeout","description":"The issuer did not answer in time. Whether the transaction happened is not known.","outcome":{"other":"unknown"}},
};

/** What each outcome means, and what a caller may do next. */
export const outcomes: Readonly<Record<Outcome, { readonly meaning: string; readonly next: string }>> = {
  "success": {
    "meaning": "The call did what it was for.",
    "next": "Go on. Of a payment, read latestTransactionStatus or wait for the notification before you hand over goods."
  },
  "pending": {
    "meaning": "The call was accepted and is still being processed.",
    "next": "Query until the outcome is final, or wait for the notification. Do not send it again."
  },
  "declined": {
    "meaning": "The call was understood and refused, finally.",
    "next": "Treat it as failed. Another try is a new transaction with a new partnerReferenceNo, after its cause is gone."
  },
  "rejected": {
    "meaning": "The call was not processed.",
    "next": "Mend the request or the credentials, or wait where there were too many requests, then send it anew with a new X-EXTERNAL-ID."
  },
  "unknown": {
    "meaning": "The call may or may not have done what it was for.",
    "next": "Query. Do not take it for failed, and do not send the transaction again under another partnerReferenceNo."
  }
};

/** The state that each transaction status stands for. */
export const transactionStates: Readonly<Record<string, TransactionState>> = {
  "00": "success",
  "01": "pending",
  "02": "pending",
  "03": "pending",
  "04": "reversed",
  "05": "reversed",
  "06": "failed",
  "07": "notFound"
};
