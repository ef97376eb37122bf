// Generated from openapi/ by `npm run generate`. Do not edit.
import type { OperationId } from "./operations.ts";
import type { Case, ServiceCode } from "./response-codes.ts";
import type { TransactionStatus } from "./types.ts";

/** A text in the languages of the sheet: English and Bahasa Indonesia. */
export interface Words {
  readonly en: string;
  readonly id: string;
}

/** What a request is changed by: another token; a signature with another secret, or of another body; the group's field; an earlier id or body. */
export type Break = "token" | "secret" | "body" | "missing" | "malformed" | "id" | "repeat";

/** What the run file says how to force. */
export type Force = "invalidMerchant" | "amountAboveLimit" | "pendingPayment" | "cancelInProgress" | "refundInProgress" | "pendingDebit";

/** A call of a scenario; openapi/scenarios.yaml says what each field means. */
export interface Step {
  readonly call?: OperationId;
  readonly break?: Break;
  readonly force?: Force;
  readonly set?: Readonly<Record<string, unknown>>;
  readonly payment?: { readonly force?: Force; readonly expect?: readonly Case[] };
  readonly notified?: "payment" | "failedPayment";
  readonly same?: boolean;
  readonly expect?: readonly Case[];
  readonly state?: readonly TransactionStatus[];
  readonly ifOffered?: boolean;
}

/** A service of the sheet. */
export interface Group {
  readonly service: ServiceCode;
  readonly operation: OperationId;
  readonly name: Words;
  readonly missing: string;
  readonly malformed: { readonly field: string; readonly value: unknown };
  /** Which of its scenarios the developer site's test has, by their places in the group, from 1 on. */
  readonly developerSite: { readonly positive: number; readonly negative: number };
}

/** A row of the sheet. */
export interface Scenario {
  /** As the sheet numbers it: the place of the group, a point, the place in the group. */
  readonly number: string;
  /** Its place in {@link groups}. */
  readonly group: number;
  readonly name: Words;
  /** Whether it is ours, and not the sheet's. */
  readonly own?: boolean;
  /** The row of the catalogue that answers it. */
  readonly expect: Case;
  /** What is wrong where it is accepted. */
  readonly mistake?: Words;
  /** Why it does not apply to the service. */
  readonly why?: Words;
  readonly steps: readonly Step[];
}

/** A request that is accepted, with `$names` for what is filled in, and what its answer repeats. */
export interface RequestTemplate {
  readonly body: Readonly<Record<string, unknown>>;
  readonly echoes: Readonly<Record<string, string>>;
  /** A field of its answer that no two answers of a run may share. */
  readonly unique?: string;
}

/** The requests. */
export const requests: Readonly<Record<OperationId, RequestTemplate>> = {
  "qrCpmGenerate": {
    "unique": "referenceNo",
    "body": {
      "partnerReferenceNo": "$new",
      "merchantId": "$merchantId",
      "partnerTrxDate": "$now"
    },
    "echoes": {
      "partnerReferenceNo": "$request.partnerReferenceNo"
    }
  },
  "qrCpmPayment": {
    "unique": "referenceNo",
    "body": {
      "partnerReferenceNo": "$new",
      "qrContent": "$qrContent",
      "amount": {
        "value": "$amount",
        "currency": "IDR"
      },
      "merchantId": "$merchantId",
      "expiryTime": "$later"
    },
    "echoes": {
      "partnerReferenceNo": "$request.partnerReferenceNo"
    }
  },
  "qrCpmQuery": {
    "body": {
      "originalPartnerReferenceNo": "$payment.partnerReferenceNo"
    },
    "echoes": {
      "originalPartnerReferenceNo": "$request.originalPartnerReferenceNo",
      "originalReferenceNo": "$payment.referenceNo",
      "originalExternalId": "$payment.externalId"
    }
  },
  "qrCpmCancel": {
    "body": {
      "originalPartnerReferenceNo": "$payment.partnerReferenceNo",
      "merchantId": "$merchantId",
      "amount": {
        "value": "$payment.amount",
        "currency": "IDR"
      }
    },
    "echoes": {
      "originalPartnerReferenceNo": "$request.originalPartnerReferenceNo",
      "originalReferenceNo": "$payment.referenceNo",
      "originalExternalId": "$payment.externalId"
    }
  },
  "qrCpmRefund": {
    "unique": "refundNo",
    "body": {
      "merchantId": "$merchantId",
      "originalPartnerReferenceNo": "$payment.partnerReferenceNo",
      "partnerRefundNo": "$new",
      "refundAmount": {
        "value": "$payment.amount",
        "currency": "IDR"
      }
    },
    "echoes": {
      "originalPartnerReferenceNo": "$request.originalPartnerReferenceNo",
      "originalReferenceNo": "$payment.referenceNo",
      "originalExternalId": "$payment.externalId",
      "partnerRefundNo": "$request.partnerRefundNo",
      "refundAmount.value": "$request.refundAmount.value"
    }
  },
  "qrCpmNotify": {
    "body": {
      "originalPartnerReferenceNo": "$notified.partnerReferenceNo",
      "originalReferenceNo": "$notified.referenceNo",
      "merchantId": "$merchantId",
      "amount": {
        "value": "$notified.amount",
        "currency": "IDR"
      },
      "latestTransactionStatus": "00"
    },
    "echoes": {}
  },
  "debitStatus": {
    "body": {
      "originalPartnerReferenceNo": "$debit",
      "serviceCode": "54"
    },
    "echoes": {
      "originalPartnerReferenceNo": "$request.originalPartnerReferenceNo",
      "serviceCode": "$request.serviceCode"
    }
  },
  "accessTokenB2b": {
    "body": {
      "grantType": "client_credentials",
      "additionalInfo": {}
    },
    "echoes": {}
  }
};

/** The services in the order of the sheet. */
export const groups: readonly Group[] = [
  {"service":"59","operation":"qrCpmGenerate","developerSite":{"positive":6,"negative":3},"name":{"en":"CPM Generate","id":"CPM Generate"},"missing":"partnerTrxDate","malformed":{"field":"partnerTrxDate","value":20201223075011}},
  {"service":"60","operation":"qrCpmPayment","developerSite":{"positive":6,"negative":3},"name":{"en":"CPM Payment","id":"CPM Payment"},"missing":"partnerReferenceNo","malformed":{"field":"amount.value","value":"10000"}},
  {"service":"61","operation":"qrCpmQuery","developerSite":{"positive":7,"negative":3},"name":{"en":"CPM Query","id":"CPM Query"},"missing":"X-EXTERNAL-ID","malformed":{"field":"originalExternalId","value":"0b8f6a52-6c1e-4d0f-9f43-3f1d0c3f7a11"}},
  {"service":"62","operation":"qrCpmCancel","developerSite":{"positive":6,"negative":3},"name":{"en":"CPM Cancel","id":"CPM Cancel"},"missing":"originalPartnerReferenceNo","malformed":{"field":"amount.currency","value":"Rp"}},
  {"service":"80","operation":"qrCpmRefund","developerSite":{"positive":6,"negative":3},"name":{"en":"CPM Refund","id":"CPM Refund"},"missing":"partnerRefundNo","malformed":{"field":"refundAmount.value","value":"10,000.00"}},
  {"service":"79","operation":"qrCpmNotify","developerSite":{"positive":6,"negative":3},"name":{"en":"CPM Notify","id":"CPM Notify"},"missing":"amount.value","malformed":{"field":"latestTransactionStatus","value":"08"}},
  {"service":"55","operation":"debitStatus","developerSite":{"positive":6,"negative":3},"name":{"en":"Direct Debit Status","id":"Status Direct Debit"},"missing":"originalPartnerReferenceNo","malformed":{"field":"serviceCode","value":"5"}},
  {"service":"73","operation":"accessTokenB2b","developerSite":{"positive":6,"negative":2},"name":{"en":"Access Token B2B","id":"Access Token B2B"},"missing":"grantType","malformed":{"field":"grantType","value":"password"}},
];

/** Every scenario, in the order of the sheet. */
export const scenarios: readonly Scenario[] = [
  {"number":"1.1","group":0,"name":{"en":"Access token invalid","id":"Access token tidak valid"},"expect":"40101","mistake":{"en":"an access token that nobody gave out is accepted","id":"access token yang tidak pernah diterbitkan diterima"},"steps":[{"break":"token","expect":["40101"]}]},
  {"number":"1.2","group":0,"name":{"en":"Unauthorized signature","id":"Signature tidak sah"},"expect":"40100","mistake":{"en":"a wrong signature is accepted","id":"signature yang salah diterima"},"steps":[{"break":"secret","expect":["40100"]},{"break":"body","expect":["40100"]}]},
  {"number":"1.3","group":0,"name":{"en":"Missing mandatory field","id":"Field wajib tidak dikirim"},"expect":"40002","mistake":{"en":"a request without a mandatory field is accepted","id":"request tanpa field wajib diterima"},"steps":[{"break":"missing","expect":["40002"]}]},
  {"number":"1.4","group":0,"name":{"en":"Invalid field format","id":"Format field tidak valid"},"expect":"40001","mistake":{"en":"a field that breaks its format is accepted","id":"field dengan format yang salah diterima"},"steps":[{"break":"malformed","expect":["40001"]}]},
  {"number":"1.5","group":0,"name":{"en":"Same X-EXTERNAL-ID","id":"X-EXTERNAL-ID yang sama"},"expect":"40900","mistake":{"en":"an X-EXTERNAL-ID is accepted twice on one day","id":"X-EXTERNAL-ID diterima dua kali pada hari yang sama"},"steps":[{"expect":["20000","20200"]},{"break":"id","expect":["40900"]}]},
  {"number":"1.6","group":0,"name":{"en":"Success","id":"Sukses"},"expect":"20000","steps":[{}]},
  {"number":"1.7","group":0,"name":{"en":"Invalid merchant","id":"Merchant tidak valid"},"expect":"40408","mistake":{"en":"an unknown merchant is accepted","id":"merchant yang tidak dikenal diterima"},"steps":[{"force":"invalidMerchant","expect":["40408"]}]},
  {"number":"2.1","group":1,"name":{"en":"Access token invalid","id":"Access token tidak valid"},"expect":"40101","mistake":{"en":"an access token that nobody gave out is accepted","id":"access token yang tidak pernah diterbitkan diterima"},"steps":[{"break":"token","expect":["40101"]}]},
  {"number":"2.2","group":1,"name":{"en":"Unauthorized signature","id":"Signature tidak sah"},"expect":"40100","mistake":{"en":"a wrong signature is accepted","id":"signature yang salah diterima"},"steps":[{"break":"secret","expect":["40100"]},{"break":"body","expect":["40100"]}]},
  {"number":"2.3","group":1,"name":{"en":"Missing mandatory field","id":"Field wajib tidak dikirim"},"expect":"40002","mistake":{"en":"a request without a mandatory field is accepted","id":"request tanpa field wajib diterima"},"steps":[{"break":"missing","expect":["40002"]}]},
  {"number":"2.4","group":1,"name":{"en":"Invalid field format","id":"Format field tidak valid"},"expect":"40001","mistake":{"en":"a field that breaks its format is accepted","id":"field dengan format yang salah diterima"},"steps":[{"break":"malformed","expect":["40001"]}]},
  {"number":"2.5","group":1,"name":{"en":"Same X-EXTERNAL-ID","id":"X-EXTERNAL-ID yang sama"},"expect":"40900","mistake":{"en":"an X-EXTERNAL-ID is accepted twice on one day","id":"X-EXTERNAL-ID diterima dua kali pada hari yang sama"},"steps":[{"expect":["20000","20200"]},{"break":"id","expect":["40900"]}]},
  {"number":"2.6","group":1,"name":{"en":"Success","id":"Sukses"},"expect":"20000","steps":[{},{"call":"qrCpmQuery","same":true,"state":["00","01","02","03"],"ifOffered":true}]},
  {"number":"2.7","group":1,"name":{"en":"Amount exceeds limit","id":"Nominal melebihi limit"},"expect":"40302","mistake":{"en":"an amount above the limit is accepted","id":"nominal di atas limit diterima"},"steps":[{"force":"amountAboveLimit","expect":["40302"]}]},
  {"number":"2.8","group":1,"name":{"en":"Same partnerReferenceNo","id":"partnerReferenceNo yang sama"},"own":true,"expect":"40901","mistake":{"en":"one partnerReferenceNo is paid twice","id":"satu partnerReferenceNo dibayar dua kali"},"steps":[{"expect":["20000","20200"]},{"break":"repeat","expect":["40901"]}]},
  {"number":"3.1","group":2,"name":{"en":"Access token invalid","id":"Access token tidak valid"},"expect":"40101","mistake":{"en":"an access token that nobody gave out is accepted","id":"access token yang tidak pernah diterbitkan diterima"},"steps":[{"break":"token","expect":["40101"]}]},
  {"number":"3.2","group":2,"name":{"en":"Unauthorized signature","id":"Signature tidak sah"},"expect":"40100","mistake":{"en":"a wrong signature is accepted","id":"signature yang salah diterima"},"steps":[{"break":"secret","expect":["40100"]},{"break":"body","expect":["40100"]}]},
  {"number":"3.3","group":2,"name":{"en":"Missing mandatory field","id":"Field wajib tidak dikirim"},"expect":"40002","mistake":{"en":"a request without a mandatory field is accepted","id":"request tanpa field wajib diterima"},"steps":[{"break":"missing","expect":["40002"]}]},
  {"number":"3.4","group":2,"name":{"en":"Invalid field format","id":"Format field tidak valid"},"expect":"40001","mistake":{"en":"a field that breaks its format is accepted","id":"field dengan format yang salah diterima"},"steps":[{"break":"malformed","expect":["40001"]}]},
  {"number":"3.5","group":2,"name":{"en":"Same X-EXTERNAL-ID","id":"X-EXTERNAL-ID yang sama"},"expect":"40900","mistake":{"en":"an X-EXTERNAL-ID is accepted twice on one day","id":"X-EXTERNAL-ID diterima dua kali pada hari yang sama"},"steps":[{"expect":["20000","20200"]},{"break":"id","expect":["40900"]}]},
  {"number":"3.6","group":2,"name":{"en":"Pending","id":"Pending"},"expect":"20000","steps":[{"payment":{"force":"pendingPayment","expect":["20200","20000"]},"state":["01","02","03"]}]},
  {"number":"3.7","group":2,"name":{"en":"Success","id":"Sukses"},"expect":"20000","steps":[{"state":["00"]}]},
  {"number":"3.8","group":2,"name":{"en":"Transaction not found","id":"Transaksi tidak ditemukan"},"expect":"40401","mistake":{"en":"a payment that was never made is found","id":"pembayaran yang tidak pernah dibuat ditemukan"},"steps":[{"set":{"originalPartnerReferenceNo":"$new"},"expect":["40401"]}]},
  {"number":"4.1","group":3,"name":{"en":"Access token invalid","id":"Access token tidak valid"},"expect":"40101","mistake":{"en":"an access token that nobody gave out is accepted","id":"access token yang tidak pernah diterbitkan diterima"},"steps":[{"break":"token","expect":["40101"]}]},
  {"number":"4.2","group":3,"name":{"en":"Unauthorized signature","id":"Signature tidak sah"},"expect":"40100","mistake":{"en":"a wrong signature is accepted","id":"signature yang salah diterima"},"steps":[{"break":"secret","expect":["40100"]},{"break":"body","expect":["40100"]}]},
  {"number":"4.3","group":3,"name":{"en":"Missing mandatory field","id":"Field wajib tidak dikirim"},"expect":"40002","mistake":{"en":"a request without a mandatory field is accepted","id":"request tanpa field wajib diterima"},"steps":[{"break":"missing","expect":["40002"]}]},
  {"number":"4.4","group":3,"name":{"en":"Invalid field format","id":"Format field tidak valid"},"expect":"40001","mistake":{"en":"a field that breaks its format is accepted","id":"field dengan format yang salah diterima"},"steps":[{"break":"malformed","expect":["40001"]}]},
  {"number":"4.5","group":3,"name":{"en":"Same X-EXTERNAL-ID","id":"X-EXTERNAL-ID yang sama"},"expect":"40900","mistake":{"en":"an X-EXTERNAL-ID is accepted twice on one day","id":"X-EXTERNAL-ID diterima dua kali pada hari yang sama"},"steps":[{"expect":["20000","20200"]},{"break":"id","expect":["40900"]}]},
  {"number":"4.6","group":3,"name":{"en":"Success","id":"Sukses"},"expect":"20000","steps":[{},{"call":"qrCpmQuery","same":true,"state":["05"],"ifOffered":true}]},
  {"number":"4.7","group":3,"name":{"en":"In progress","id":"Sedang diproses"},"expect":"20200","mistake":{"en":"the outcome is not the one asked for","id":"hasilnya bukan yang diminta"},"steps":[{"force":"cancelInProgress","expect":["20200"]}]},
  {"number":"5.1","group":4,"name":{"en":"Access token invalid","id":"Access token tidak valid"},"expect":"40101","mistake":{"en":"an access token that nobody gave out is accepted","id":"access token yang tidak pernah diterbitkan diterima"},"steps":[{"break":"token","expect":["40101"]}]},
  {"number":"5.2","group":4,"name":{"en":"Unauthorized signature","id":"Signature tidak sah"},"expect":"40100","mistake":{"en":"a wrong signature is accepted","id":"signature yang salah diterima"},"steps":[{"break":"secret","expect":["40100"]},{"break":"body","expect":["40100"]}]},
  {"number":"5.3","group":4,"name":{"en":"Missing mandatory field","id":"Field wajib tidak dikirim"},"expect":"40002","mistake":{"en":"a request without a mandatory field is accepted","id":"request tanpa field wajib diterima"},"steps":[{"break":"missing","expect":["40002"]}]},
  {"number":"5.4","group":4,"name":{"en":"Invalid field format","id":"Format field tidak valid"},"expect":"40001","mistake":{"en":"a field that breaks its format is accepted","id":"field dengan format yang salah diterima"},"steps":[{"break":"malformed","expect":["40001"]}]},
  {"number":"5.5","group":4,"name":{"en":"Same X-EXTERNAL-ID","id":"X-EXTERNAL-ID yang sama"},"expect":"40900","mistake":{"en":"an X-EXTERNAL-ID is accepted twice on one day","id":"X-EXTERNAL-ID diterima dua kali pada hari yang sama"},"steps":[{"expect":["20000","20200"]},{"break":"id","expect":["40900"]}]},
  {"number":"5.6","group":4,"name":{"en":"Success","id":"Sukses"},"expect":"20000","steps":[{},{"call":"qrCpmQuery","same":true,"state":["04"],"ifOffered":true}]},
  {"number":"5.7","group":4,"name":{"en":"In progress","id":"Sedang diproses"},"expect":"20200","mistake":{"en":"the outcome is not the one asked for","id":"hasilnya bukan yang diminta"},"steps":[{"force":"refundInProgress","expect":["20200"]}]},
  {"number":"6.1","group":5,"name":{"en":"Access token invalid","id":"Access token tidak valid"},"expect":"40101","mistake":{"en":"an access token that nobody gave out is accepted","id":"access token yang tidak pernah diterbitkan diterima"},"steps":[{"break":"token","expect":["40101"]}]},
  {"number":"6.2","group":5,"name":{"en":"Unauthorized signature","id":"Signature tidak sah"},"expect":"40100","mistake":{"en":"a wrong signature is accepted","id":"signature yang salah diterima"},"steps":[{"break":"secret","expect":["40100"]},{"break":"body","expect":["40100"]}]},
  {"number":"6.3","group":5,"name":{"en":"Missing mandatory field","id":"Field wajib tidak dikirim"},"expect":"40002","mistake":{"en":"a request without a mandatory field is accepted","id":"request tanpa field wajib diterima"},"steps":[{"break":"missing","expect":["40002"]}]},
  {"number":"6.4","group":5,"name":{"en":"Invalid field format","id":"Format field tidak valid"},"expect":"40001","mistake":{"en":"a field that breaks its format is accepted","id":"field dengan format yang salah diterima"},"steps":[{"break":"malformed","expect":["40001"]}]},
  {"number":"6.5","group":5,"name":{"en":"Same X-EXTERNAL-ID","id":"X-EXTERNAL-ID yang sama"},"expect":"40900","mistake":{"en":"an X-EXTERNAL-ID is accepted twice on one day","id":"X-EXTERNAL-ID diterima dua kali pada hari yang sama"},"steps":[{"expect":["20000","20200"]},{"break":"id","expect":["40900"]}]},
  {"number":"6.6","group":5,"name":{"en":"Success (status 00)","id":"Sukses (status 00)"},"expect":"20000","steps":[{}]},
  {"number":"6.7","group":5,"name":{"en":"Failed (status 06)","id":"Gagal (status 06)"},"expect":"20000","steps":[{"notified":"failedPayment","set":{"latestTransactionStatus":"06"}}]},
  {"number":"6.8","group":5,"name":{"en":"The same notification again","id":"Notifikasi yang sama dikirim lagi"},"own":true,"expect":"20000","steps":[{},{"break":"repeat","expect":["20000"]}]},
  {"number":"7.1","group":6,"name":{"en":"Access token invalid","id":"Access token tidak valid"},"expect":"40101","mistake":{"en":"an access token that nobody gave out is accepted","id":"access token yang tidak pernah diterbitkan diterima"},"steps":[{"break":"token","expect":["40101"]}]},
  {"number":"7.2","group":6,"name":{"en":"Unauthorized signature","id":"Signature tidak sah"},"expect":"40100","mistake":{"en":"a wrong signature is accepted","id":"signature yang salah diterima"},"steps":[{"break":"secret","expect":["40100"]},{"break":"body","expect":["40100"]}]},
  {"number":"7.3","group":6,"name":{"en":"Missing mandatory field","id":"Field wajib tidak dikirim"},"expect":"40002","mistake":{"en":"a request without a mandatory field is accepted","id":"request tanpa field wajib diterima"},"steps":[{"break":"missing","expect":["40002"]}]},
  {"number":"7.4","group":6,"name":{"en":"Invalid field format","id":"Format field tidak valid"},"expect":"40001","mistake":{"en":"a field that breaks its format is accepted","id":"field dengan format yang salah diterima"},"steps":[{"break":"malformed","expect":["40001"]}]},
  {"number":"7.5","group":6,"name":{"en":"Same X-EXTERNAL-ID","id":"X-EXTERNAL-ID yang sama"},"expect":"40900","mistake":{"en":"an X-EXTERNAL-ID is accepted twice on one day","id":"X-EXTERNAL-ID diterima dua kali pada hari yang sama"},"steps":[{"expect":["20000","20200"]},{"break":"id","expect":["40900"]}]},
  {"number":"7.6","group":6,"name":{"en":"Success","id":"Sukses"},"expect":"20000","steps":[{"state":["00"]}]},
  {"number":"7.7","group":6,"name":{"en":"Transaction not found","id":"Transaksi tidak ditemukan"},"expect":"40401","mistake":{"en":"a debit that was never made is found","id":"debit yang tidak pernah dibuat ditemukan"},"steps":[{"set":{"originalPartnerReferenceNo":"$new"},"expect":["40401"]}]},
  {"number":"7.8","group":6,"name":{"en":"Pending","id":"Pending"},"own":true,"expect":"20000","steps":[{"force":"pendingDebit","state":["01","02","03"]}]},
  {"number":"8.1","group":7,"name":{"en":"Access token invalid","id":"Access token tidak valid"},"expect":"40101","mistake":{"en":"an access token that nobody gave out is accepted","id":"access token yang tidak pernah diterbitkan diterima"},"steps":[{"break":"token","expect":["40101"]}],"why":{"en":"does not apply, a request for a token brings none","id":"tidak berlaku, permintaan token tidak membawa token"}},
  {"number":"8.2","group":7,"name":{"en":"Unauthorized signature","id":"Signature tidak sah"},"expect":"40100","mistake":{"en":"a wrong signature is accepted","id":"signature yang salah diterima"},"steps":[{"break":"secret","expect":["40100"]},{"break":"body","expect":["40100"]}]},
  {"number":"8.3","group":7,"name":{"en":"Missing mandatory field","id":"Field wajib tidak dikirim"},"expect":"40002","mistake":{"en":"a request without a mandatory field is accepted","id":"request tanpa field wajib diterima"},"steps":[{"break":"missing","expect":["40002"]}]},
  {"number":"8.4","group":7,"name":{"en":"Invalid field format","id":"Format field tidak valid"},"expect":"40001","mistake":{"en":"a field that breaks its format is accepted","id":"field dengan format yang salah diterima"},"steps":[{"break":"malformed","expect":["40001"]}]},
  {"number":"8.5","group":7,"name":{"en":"Same X-EXTERNAL-ID","id":"X-EXTERNAL-ID yang sama"},"expect":"40900","mistake":{"en":"an X-EXTERNAL-ID is accepted twice on one day","id":"X-EXTERNAL-ID diterima dua kali pada hari yang sama"},"steps":[{"expect":["20000","20200"]},{"break":"id","expect":["40900"]}],"why":{"en":"does not apply, a request for a token has no X-EXTERNAL-ID","id":"tidak berlaku, permintaan token tidak memiliki X-EXTERNAL-ID"}},
  {"number":"8.6","group":7,"name":{"en":"Success","id":"Sukses"},"expect":"20000","steps":[{}]},
];
