// The life of a payment, against the sandbox of the README's tour.
import { createSnapClient } from "snap-bi-contract";

const snap = createSnapClient({
  baseUrl: process.env.SNAP_BASE_URL ?? "http://127.0.0.1:4011",
  partnerId: "my-shop",
  channelId: "95221",
  accessToken: process.env.SNAP_ACCESS_TOKEN ?? "",
  signature: { type: "symmetric", clientSecret: process.env.SNAP_CLIENT_SECRET ?? "" },
});
const amount = { value: "25000.00", currency: "IDR" };
const order = `order-${Date.now()}`;
const qr = await snap.qrCpmGenerate({ partnerTrxDate: "2026-11-21" });
const qrContent = qr.data?.qrContent ?? "";
const expiryTime = "2030-12-31T23:59:59+07:00";
await snap.qrCpmPayment({ partnerReferenceNo: order, qrContent, amount, merchantId: "shop-1", expiryTime });
await snap.qrCpmRefund({ originalPartnerReferenceNo: order, partnerRefundNo: `refund-${order}`, refundAmount: amount });
const { data } = await snap.qrCpmQuery({ originalPartnerReferenceNo: order });
console.log(data?.latestTransactionStatus, data?.transactionStatusDesc);
