// What the server sends to the page. The server's own types say the same (src/host/console-view.ts, src/sandbox/records.ts); the tests hold both together.

/** An update: the requests that are new or changed, and all else that is shown. */
export interface Update {
  kind: "mock" | "sandbox";
  /** The number of the oldest request that is kept. */
  first: number;
  requests: ShownRequest[];
  state?: State;
  /** In the first update only. */
  fixed?: Fixed;
}

export interface ShownRequest {
  number: number;
  time: string;
  method: string;
  path: string;
  operation?: string | undefined;
  service?: string | undefined;
  status: number;
  responseCode?: string | undefined;
  responseMessage: string;
  step: string;
  partnerId?: string | undefined;
  externalId?: string | undefined;
  duration?: number | undefined;
  hint?: string | undefined;
  headers: [name: string, value: string][];
  body: string;
  bodyBytes: number;
  answer: string;
  signed?: Signed | undefined;
  doctor?: string | undefined;
}

export interface Signed {
  kind: string;
  parts: readonly { part: string; sent: string; expected: string }[];
  stringToSign: string;
}

export interface State {
  time: string;
  stopped: boolean;
  totals: Record<"payments" | "deliveries", number> & Record<"captured" | "refunded" | "cancelled" | "held", string>;
  payments: Payment[];
  deliveries: Delivery[];
  /** The codes that next calls come out with. */
  forced: string[];
}

export interface Payment {
  partnerId: string;
  partnerReferenceNo: string;
  referenceNo: string;
  externalId: string;
  merchantId: string;
  amount?: { value: string; currency: string };
  status: string;
  captured: string;
  refunded: string;
  cancelled: string;
  refunds: readonly { partnerRefundNo: string; refundNo: string; amount: string; status: string }[];
  history: readonly { status: string; by?: string | undefined; time: string }[];
}

export interface Delivery {
  time: string;
  body: { originalPartnerReferenceNo?: string; originalReferenceNo?: string; latestTransactionStatus: string };
  attempt: number;
  externalId: string;
  status?: number | undefined;
  responseCode?: string | undefined;
  responseMessage: string;
  retryIn?: number | undefined;
  fault?: string;
}

export interface Fixed {
  statusNames: Record<string, string>;
  forceable: { service: string; operation: string; codes: { code: string; message?: string; description: string }[] }[];
}
