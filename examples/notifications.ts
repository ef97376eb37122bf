// A merchant that is notified of payments (service 79). Every receiver-*.ts serves this handler.
// #region receiver
import { createSnapHandler, type SnapKey } from "snap-bi-contract/server";

/** Under the X-PARTNER-ID of each PJP what it signs with. */
export const publicKeys = new Map<string, SnapKey>();

/** What became of each payment. A notification may come more than once, so it is booked under its reference. */
export const book = new Map<string, string>();

export const handler = createSnapHandler({
  key: ({ partnerId }) => publicKeys.get(partnerId),
  verifyToken: () => false,
  withoutToken: ["qrCpmNotify"],
  onError: console.error,
  operations: {
    qrCpmNotify: async ({ body }) => {
      book.set(body.originalPartnerReferenceNo ?? "", body.latestTransactionStatus);
      return { responseCode: "2007900", responseMessage: "Successful" };
    },
  },
});
// #endregion
