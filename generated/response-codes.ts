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

/** Every row of the catalogue: HTTP status and case code. cases.ts has them by name. */
export type Case = { [S in HttpStatus]: `${S}${CaseCodes[S]}` }[HttpStatus];

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

/** How many characters a message has at most. */
export const maxMessageLength = 150;

/** The message of each row of the catalogue, by HTTP status and case code: `"40314"`. */
export const messages: Readonly<Record<string, string>> = {
  "20000": "Successful",
  "20200": "Request In Progress",
  "40000": "Bad Request",
  "40001": "Invalid Field Format {field name}",
  "40002": "Invalid Mandatory Field {field name}",
  "40100": "Unauthorized. [reason]",
  "40101": "Invalid Token (B2B)",
  "40102": "Invalid Customer Token",
  "40103": "Token Not Found (B2B)",
  "40104": "Customer Token Not Found",
  "40300": "Transaction Expired",
  "40301": "Feature Not Allowed [Reason]",
  "40302": "Exceeds Transaction Amount Limit",
  "40303": "Suspected Fraud",
  "40304": "Activity Count Limit Exceeded",
  "40305": "Do Not Honor",
  "40306": "Feature Not Allowed At This Time. [reason]",
  "40307": "Card Blocked",
  "40308": "Card Expired",
  "40309": "Dormant Account",
  "40310": "Need To Set Token Limit",
  "40311": "OTP Blocked",
  "40312": "OTP Lifetime Expired",
  "40313": "OTP Sent To Cardholer",
  "40314": "Insufficient Funds",
  "40315": "Transaction Not Permitted.[reason]",
  "40316": "Suspend Transaction",
  "40317": "Token Limit Exceeded",
  "40318": "Inactive Card/Account/Customer",
  "40319": "Merchant Blacklisted",
  "40320": "Merchant Limit Exceed",
  "40321": "Set Limit Not Allowed",
  "40322": "Token Limit Invalid",
  "40323": "Account Limit Exceed",
  "40400": "Invalid Transaction Status",
  "40401": "Transaction Not Found",
  "40402": "Invalid Routing",
  "40403": "Bank Not Supported By Switch",
  "40404": "Transaction Cancelled",
  "40405": "Merchant Is Not Registered For Card Registration Services",
  "40406": "Need To Request OTP",
  "40407": "Journey Not Found",
  "40408": "Invalid Merchant",
  "40409": "No Issuer",
  "40410": "Invalid API Transition",
  "40411": "Invalid Card/Account/Customer [info]/Virtual Account",
  "40412": "Invalid Bill/Virtual Account [Reason]",
  "40413": "Invalid Amount",
  "40414": "Paid Bill",
  "40415": "Invalid OTP",
  "40416": "Partner Not Found",
  "40417": "Invalid Terminal",
  "40418": "Inconsistent Request",
  "40419": "Invalid Bill/Virtual Account",
  "40500": "Requested Function Is Not Supported",
  "40501": "Requested Opearation Is Not Allowed",
  "40900": "Conflict",
  "40901": "Duplicate partnerReferenceNo",
  "42900": "Too Many Requests",
  "50000": "General Error",
  "50001": "Internal Server Error",
  "50002": "External Server Error",
  "50400": "Timeout",
};

/** What each row says of the call, by service where services differ. */
export const callOutcomes: Readonly<
  Record<string, { readonly other: Outcome } & { readonly [Service in ServiceCode]?: Outcome }>
> = {
  "20000": {"other":"success"},
  "20200": {"other":"pending"},
  "40000": {"other":"rejected"},
  "40001": {"other":"rejected"},
  "40002": {"other":"rejected"},
  "40100": {"other":"rejected"},
  "40101": {"other":"rejected"},
  "40102": {"other":"rejected"},
  "40103": {"other":"rejected"},
  "40104": {"other":"rejected"},
  "40300": {"other":"declined"},
  "40301": {"other":"declined"},
  "40302": {"other":"declined"},
  "40303": {"other":"declined"},
  "40304": {"other":"declined"},
  "40305": {"other":"declined"},
  "40306": {"other":"declined"},
  "40307": {"other":"declined"},
  "40308": {"other":"declined"},
  "40309": {"other":"declined"},
  "40310": {"other":"declined"},
  "40311": {"other":"declined"},
  "40312": {"other":"declined"},
  "40313": {"other":"declined"},
  "40314": {"other":"declined"},
  "40315": {"other":"declined"},
  "40316": {"other":"declined"},
  "40317": {"other":"declined"},
  "40318": {"other":"declined"},
  "40319": {"other":"declined"},
  "40320": {"other":"declined"},
  "40321": {"other":"declined"},
  "40322": {"other":"declined"},
  "40323": {"other":"declined"},
  "40400": {"other":"declined"},
  "40401": {"other":"declined"},
  "40402": {"other":"declined"},
  "40403": {"other":"declined"},
  "40404": {"other":"declined"},
  "40405": {"other":"declined"},
  "40406": {"other":"declined"},
  "40407": {"other":"declined"},
  "40408": {"other":"declined"},
  "40409": {"other":"declined"},
  "40410": {"other":"declined"},
  "40411": {"other":"declined"},
  "40412": {"other":"declined"},
  "40413": {"other":"declined"},
  "40414": {"other":"declined"},
  "40415": {"other":"declined"},
  "40416": {"other":"declined"},
  "40417": {"other":"declined"},
  "40418": {"60":"declined","62":"unknown","80":"unknown","other":"rejected"},
  "40419": {"other":"declined"},
  "40500": {"other":"rejected"},
  "40501": {"other":"rejected"},
  "40900": {"other":"rejected"},
  "40901": {"other":"unknown"},
  "42900": {"other":"rejected"},
  "50000": {"other":"unknown"},
  "50001": {"other":"unknown"},
  "50002": {"other":"unknown"},
  "50400": {"other":"unknown"},
};

/** Category and meaning of each row of the catalogue. */
export const catalogue: Readonly<Record<string, { readonly category: Category; readonly description: string }>> = {
  "20000": {"category":"Success","description":"The request was processed."},
  "20200": {"category":"Success","description":"The request was accepted and is still being processed."},
  "40000": {"category":"System","description":"The request failed as a whole, for instance because its body is not JSON."},
  "40001": {"category":"Message","description":"The named field or header is present and breaks its format, length or type. Nested fields are dotted."},
  "40002": {"category":"Message","description":"The named mandatory field or header is absent, null or empty. Nested fields are dotted."},
  "40100": {"category":"System","description":"The caller is not accepted, for the reason given. The signature does not verify, the client is unknown, or its key is missing."},
  "40101": {"category":"System","description":"The access token sent is unknown or has expired."},
  "40102": {"category":"System","description":"The customer token sent is unknown or has expired."},
  "40103": {"category":"System","description":"The request carries no access token although the operation asks for one."},
  "40104": {"category":"System","description":"The request carries no customer token although the operation asks for one."},
  "40300": {"category":"Business","description":"The transaction, or the QR code it rests on, has expired."},
  "40301": {"category":"System","description":"This merchant is not allowed to call the operation, for the reason given."},
  "40302": {"category":"Business","description":"The amount is over the limit for one transaction."},
  "40303": {"category":"Business","description":"The transaction was stopped on suspicion of fraud."},
  "40304": {"category":"Business","description":"The account or customer has made more transactions than its frequency limit allows."},
  "40305": {"category":"Business","description":"The state of the account or user does not allow the transaction."},
  "40306": {"category":"System","description":"The operation is closed for now, for the reason given, such as the daily cut-off."},
  "40307": {"category":"Business","description":"The payment card is blocked."},
  "40308": {"category":"Business","description":"The payment card has expired."},
  "40309": {"category":"Business","description":"The account is dormant."},
  "40310": {"category":"Business","description":"A limit must be set on the token before it can pay."},
  "40311": {"category":"System","description":"One-time passwords are blocked for this customer."},
  "40312": {"category":"System","description":"The one-time password has expired."},
  "40313": {"category":"System","description":"The issuer was asked for a one-time password, which went to the cardholder."},
  "40314": {"category":"Business","description":"The balance does not cover the amount."},
  "40315": {"category":"Business","description":"The transaction is not permitted, for the reason given."},
  "40316": {"category":"Business","description":"The transaction has been suspended."},
  "40317": {"category":"Business","description":"The amount is over the limit set on the token."},
  "40318": {"category":"Business","description":"The card, account or customer is not active."},
  "40319": {"category":"Business","description":"The merchant is barred from every API."},
  "40320": {"category":"Business","description":"The merchant's purchases of the day are over its agreed limit."},
  "40321": {"category":"Business","description":"This token does not take a limit."},
  "40322": {"category":"Business","description":"The limit asked for is outside the range that merchant and issuer agreed."},
  "40323": {"category":"Business","description":"The account's purchases of the day are over its agreed limit."},
  "40400": {"category":"Business","description":"The transaction is in a state that does not allow this call."},
  "40401": {"category":"Business","description":"No transaction matches the references given."},
  "40402": {"category":"System","description":"The request cannot be routed to a destination."},
  "40403": {"category":"System","description":"The switch does not serve this bank."},
  "40404": {"category":"Business","description":"The customer cancelled the transaction."},
  "40405": {"category":"Business","description":"The merchant has not signed up for card registration."},
  "40406": {"category":"System","description":"A one-time password must be requested first."},
  "40407": {"category":"System","description":"No journey has the journeyID given."},
  "40408": {"category":"Business","description":"The merchant does not exist, or is not in good standing."},
  "40409": {"category":"Business","description":"No issuer was found for the payment."},
  "40410": {"category":"System","description":"The journey does not allow this call after the one before."},
  "40411": {"category":"Business","description":"The card, account, customer or virtual account is not valid, or the account is barred."},
  "40412": {"category":"Business","description":"The bill or virtual account is blocked, suspended or not found."},
  "40413": {"category":"Business","description":"The amount differs from what is due."},
  "40414": {"category":"Business","description":"The bill has been paid already."},
  "40415": {"category":"System","description":"The one-time password is wrong."},
  "40416": {"category":"Business","description":"The partner's number is not known."},
  "40417": {"category":"Business","description":"The terminal is not known."},
  "40418": {"category":"Business","description":"The same reference was used before with other content."},
  "40419": {"category":"Business","description":"The bill or virtual account has expired."},
  "40500": {"category":"System","description":"The receiver does not offer this function or HTTP method."},
  "40501": {"category":"Business","description":"The cancellation or refund is not allowed at this time."},
  "40900": {"category":"System","description":"The X-EXTERNAL-ID was used before on the same day."},
  "40901": {"category":"System","description":"A transaction with this partnerReferenceNo was processed before."},
  "42900": {"category":"System","description":"The caller sends more requests than it may."},
  "50000": {"category":"System","description":"The receiver failed. Whether the transaction happened is not known."},
  "50001": {"category":"System","description":"The receiver failed in an unknown way. Whether the transaction happened is not known."},
  "50002": {"category":"System","description":"A system behind the receiver failed. Whether the transaction happened is not known."},
  "50400": {"category":"System","description":"The issuer did not answer in time. Whether the transaction happened is not known."},
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
    "next": "Sending the same again changes nothing. A payment (60) that was refused has failed: another try is a new one with a new partnerReferenceNo, after its cause is gone. A query, cancellation or refund that was refused leaves the payment as it was; one that is not found may not have arrived yet, so ask again before you take it for failed."
  },
  "rejected": {
    "meaning": "The call was not processed.",
    "next": "Fix the request or the credentials (or wait, if rate-limited) and resend with a new X-EXTERNAL-ID."
  },
  "unknown": {
    "meaning": "The call may or may not have done what it was for.",
    "next": "Query. Do not take it for failed, and do not send the transaction again under another partnerReferenceNo."
  }
};

/** The name of each transaction status, in a word or two. */
export const statusNames = {
  "00": "success",
  "01": "initiated",
  "02": "paying",
  "03": "pending",
  "04": "refunded",
  "05": "cancelled",
  "06": "failed",
  "07": "not found"
} as const;

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
