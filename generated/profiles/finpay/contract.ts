// Generated from openapi/profiles/finpay.overlay.yaml by `npm run generate`. Do not edit.
import { finpay as profile } from "./profile.ts";
import { validators as v } from "./validators.ts";

export type * from "./profile.ts";

const { operations } = profile;

/** Finpay: the whole of it, with its validators, for a receiver, validation, mock and sandbox. */
export const finpay = {
  ...profile,
  operations: {
    qrCpmPayment: {
      ...operations.qrCpmPayment, "headers":["Authorization-Customer","X-TIMESTAMP","X-SIGNATURE","ORIGIN","X-PARTNER-ID","X-EXTERNAL-ID","X-IP-ADDRESS","X-DEVICE-ID","X-LATITUDE","X-LONGITUDE","CHANNEL-ID"],"fields":["partnerReferenceNo","qrContent","amount","amount.value","amount.currency","feeAmount","feeAmount.value","feeAmount.currency","merchantId","subMerchantId","title","expiryTime","items","externalStoreId","merchantName","merchantLocation","acquirerName","terminalId","scannerInfo","scannerInfo.deviceId","scannerInfo.deviceVersion","scannerInfo.deviceModel","scannerInfo.deviceIp","additionalInfo"],"mandatoryFields":["partnerReferenceNo","qrContent","amount.value","amount.currency","feeAmount.value","feeAmount.currency","merchantId"],
      validateRequest: v.qrCpmPaymentRequest,
      validateHeaders: v.qrCpmPaymentHeaders,
      validateResponse: { "200": v.qrCpmPaymentResponse200, "202": v.qrCpmPaymentResponse202, ...v.qrCpmPaymentErrors },
    },
    debitStatus: {
      ...operations.debitStatus, "headers":["Authorization-Customer","X-TIMESTAMP","X-SIGNATURE","ORIGIN","X-PARTNER-ID","X-EXTERNAL-ID","X-IP-ADDRESS","X-DEVICE-ID","X-LATITUDE","X-LONGITUDE","CHANNEL-ID"],"fields":["originalPartnerReferenceNo","serviceCode"],"mandatoryFields":["originalPartnerReferenceNo","serviceCode"],
      validateRequest: v.debitStatusRequest,
      validateHeaders: v.debitStatusHeaders,
      validateResponse: { "200": v.debitStatusResponse200, "202": v.debitStatusResponse202, ...v.debitStatusErrors },
    },
    accessTokenB2b: {
      ...operations.accessTokenB2b, "headers":["X-TIMESTAMP","X-CLIENT-KEY","X-SIGNATURE"],"fields":["grantType","additionalInfo"],"mandatoryFields":["grantType"],
      validateRequest: v.accessTokenB2bRequest,
      validateHeaders: v.accessTokenB2bHeaders,
      validateResponse: { "200": v.accessTokenB2bResponse200, "202": v.accessTokenB2bResponse202, ...v.accessTokenB2bErrors },
    },
  },
  /** The messages of response codes, by HTTP status and case code. */
  messages: {
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
  } as Readonly<Record<string, string>>,
  /** Why a code says another thing of the call than in the standard. */
  reasons: {},
  /** What a pattern asks for, in words, with an example. */
  formats: {
  "^(\\d{4}-((0[13578]|1[02])-(0[1-9]|[12]\\d|3[01])|(0[469]|11)-(0[1-9]|[12]\\d|30)|02-(0[1-9]|1\\d|2[0-8]))|(\\d\\d(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(Z|[+-]([01]\\d|2[0-3]):[0-5]\\d)$": "a time such as 2020-12-23T07:50:11+07:00",
  "^\\d{1,16}\\.\\d{2}$": "1 to 16 digits, a point and 2 decimals, such as 10000.00",
  "^[A-Z]{3}$": "three capital letters such as IDR",
  "^((\\d{4}-((0[13578]|1[02])-(0[1-9]|[12]\\d|3[01])|(0[469]|11)-(0[1-9]|[12]\\d|30)|02-(0[1-9]|1\\d|2[0-8]))|(\\d\\d(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(Z|[+-]([01]\\d|2[0-3]):[0-5]\\d))?$": "a time such as 2020-12-23T07:50:11+07:00, or the empty string",
  "^\\d{1,9}$": "1 to 9 digits such as 900"
},
  /** Where the OpenAPI document is. */
  document: "generated/profiles/finpay/openapi.json",
};
