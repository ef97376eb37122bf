// Calls a PJP through an HTTP proxy. Node's own fetch does not look at HTTPS_PROXY (24 does with NODE_USE_ENV_PROXY=1); that of undici,
// a package of npm, takes a ProxyAgent.
import { createSnapClient, createTokenProvider } from "snap-bi-contract";
import { ProxyAgent, type RequestInit as UndiciInit, fetch as undiciFetch } from "undici";

const { SNAP_BASE_URL = "", SNAP_CLIENT_KEY = "", SNAP_PRIVATE_KEY = "", SNAP_CLIENT_SECRET = "" } = process.env;

const dispatcher = new ProxyAgent({ uri: process.env.HTTPS_PROXY ?? "http://127.0.0.1:3128", proxyTunnel: true });

/** What the client and the token provider send with. undici's types and Node's differ in details that play no part here. */
async function fetch(url: string, init: RequestInit): Promise<Response> {
  return (await undiciFetch(url, { ...(init as unknown as UndiciInit), dispatcher })) as unknown as Response;
}

const snap = createSnapClient({
  baseUrl: SNAP_BASE_URL,
  partnerId: "82150823919040624621823174737537",
  channelId: "95221",
  accessToken: createTokenProvider({
    baseUrl: SNAP_BASE_URL,
    clientKey: SNAP_CLIENT_KEY,
    privateKey: SNAP_PRIVATE_KEY,
    fetch,
  }),
  signature: { type: "symmetric", clientSecret: SNAP_CLIENT_SECRET },
  fetch,
});
const { data, error } = await snap.qrCpmQuery({ originalPartnerReferenceNo: "2020102900000000000001" });
console.log(data ? data.latestTransactionStatus : error.responseCode);
