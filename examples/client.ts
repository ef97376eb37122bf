// Calls a PJP: pays, and finds out what became of the payment, whatever the answer.
import {
  createSnapClient,
  createTokenProvider,
  outcomeOf,
  type PaymentOutcome,
  type QrCpmPaymentRequest,
  SnapCallError,
  type SnapClient,
  waitForOutcome,
} from "snap-bi-contract";

const { SNAP_BASE_URL = "", SNAP_CLIENT_KEY = "", SNAP_PRIVATE_KEY = "", SNAP_CLIENT_SECRET = "" } = process.env;

// #region client
const snap = createSnapClient({
  baseUrl: SNAP_BASE_URL, // such as https://snap.bank.example, without /v1.0
  partnerId: "82150823919040624621823174737537",
  channelId: "95221",
  accessToken: createTokenProvider({
    baseUrl: SNAP_BASE_URL,
    clientKey: SNAP_CLIENT_KEY,
    privateKey: SNAP_PRIVATE_KEY,
  }),
  signature: { type: "symmetric", clientSecret: SNAP_CLIENT_SECRET },
});
const { data, responseCode } = await snap.qrCpmQuery({ originalPartnerReferenceNo: "2020102900000000000001" });
console.log(data ? data.latestTransactionStatus : outcomeOf(responseCode));
// #endregion

/** Pays, and asks until the payment is decided. Ship the goods on `success`, and on nothing else. */
export async function pay(
  client: SnapClient,
  payment: QrCpmPaymentRequest,
  timeout = 120_000,
): Promise<PaymentOutcome<unknown>["outcome"]> {
  try {
    const { responseCode } = await client.qrCpmPayment(payment);
    // a success says that the call was processed; a refusal is final only where the code says so
    if (["declined", "rejected"].includes(outcomeOf(responseCode))) return "failed";
  } catch (error) {
    if (!(error instanceof SnapCallError)) throw error;
    // it was never sent: the same payment may be sent again
    if (error.outcome === "rejected") throw error;
    // no answer, or one that cannot be read: it may have happened all the same
  }
  const query = { originalPartnerReferenceNo: payment.partnerReferenceNo };
  const { outcome } = await waitForOutcome((options) => client.qrCpmQuery(query, options), { timeout });
  // undecided: ask again later, or wait for the notification
  return outcome;
}
