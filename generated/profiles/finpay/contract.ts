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
      validateResponse: { "200": v.qrCpmPaymentResponse200, "202": v.qrCpmPaymentResponse202, "400": v.qrCpmPaymentResponse400, "401": v.qrCpmPaymentResponse401, "403": v.qrCpmPaymentResponse403, "404": v.qrCpmPaymentResponse404, "405": v.qrCpmPaymentResponse405, "409": v.qrCpmPaymentResponse409, "429": v.qrCpmPaymentResponse429, "500": v.qrCpmPaymentResponse500, "504": v.qrCpmPaymentResponse504 },
    },
    debitStatus: {
      ...operations.debitStatus, "headers":["Authorization-Customer","X-TIMESTAMP","X-SIGNATURE","ORIGIN","X-PARTNER-ID","X-EXTERNAL-ID","X-IP-ADDRESS","X-DEVICE-ID","X-LATITUDE","X-LONGITUDE","CHANNEL-ID"],"fields":["originalPartnerReferenceNo","serviceCode"],"mandatoryFields":["originalPartnerReferenceNo","serviceCode"],
      validateRequest: v.debitStatusRequest,
      validateHeaders: v.debitStatusHeaders,
      validateResponse: { "200": v.debitStatusResponse200, "202": v.debitStatusResponse202, "400": v.debitStatusResponse400, "401": v.debitStatusResponse401, "403": v.debitStatusResponse403, "404": v.debitStatusResponse404, "405": v.debitStatusResponse405, "409": v.debitStatusResponse409, "429": v.debitStatusResponse429, "500": v.debitStatusResponse500, "504": v.debitStatusResponse504 },
    },
    accessTokenB2b: {
      ...operations.accessTokenB2b, "headers":["X-TIMESTAMP","X-CLIENT-KEY","X-SIGNATURE"],"fields":["grantType","additionalInfo"],"mandatoryFields":["grantType"],
      validateRequest: v.accessTokenB2bRequest,
      validateHeaders: v.accessTokenB2bHeaders,
      validateResponse: { "200": v.accessTokenB2bResponse200, "202": v.accessTokenB2bResponse202, "400": v.accessTokenB2bResponse400, "401": v.accessTokenB2bResponse401, "403": v.accessTokenB2bResponse403, "404": v.accessTokenB2bResponse404, "405": v.accessTokenB2bResponse405, "409": v.accessTokenB2bResponse409, "429": v.accessTokenB2bResponse429, "500": v.accessTokenB2bResponse500, "504": v.accessTokenB2bResponse504 },
    },
  },
  /** Messages that are not those of the standard, by HTTP status and case code. */
  messages: {},
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
