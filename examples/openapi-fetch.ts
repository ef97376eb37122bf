// The same calls through openapi-fetch: its client, typed by the contract's paths, over our signing fetch.
import type { SnapClientOptions } from "snap-bi-contract";
import { createSnapApi } from "snap-bi-contract/openapi-fetch";

const options: SnapClientOptions = {
  baseUrl: process.env.SNAP_BASE_URL ?? "",
  partnerId: "82150823919040624621823174737537",
  channelId: "95221",
  accessToken: process.env.SNAP_ACCESS_TOKEN ?? "",
  signature: { type: "symmetric", clientSecret: process.env.SNAP_CLIENT_SECRET ?? "" },
};

// #region openapi-fetch
const api = createSnapApi(options);
const { data, error } = await api.POST("/v1.0/qr/qr-cpm-query", {
  body: { originalPartnerReferenceNo: "2020102900000000000001" },
});
console.log(data?.latestTransactionStatus ?? error?.responseCode);
// #endregion
