// openapi-fetch over the client's signing fetch.
import createClient, { type Client, type ClientOptions } from "openapi-fetch";
import { checkBaseUrl } from "../client/checks.ts";
import { createSnapClient, type SnapPaths } from "../client/client.ts";
import type { SnapClientOptions } from "../client/options.ts";
import type { Profile, PublishedProfile } from "../snap/profile.ts";

/** openapi-fetch's own client, typed by the contract's paths. */
export type SnapApi<P extends Profile = PublishedProfile> = Client<SnapPaths<P>>;

/**
 * Makes openapi-fetch's client over the signing fetch of {@link createSnapClient}: token, signature, retry, limits and errors are
 * those of the client; middleware, `parseAs`, serializers and the rest work as openapi-fetch's documentation says, and what
 * middleware makes of a request is what is signed.
 * @param options those of the client
 * @param apiOptions those of openapi-fetch, but for `baseUrl` and `fetch`
 * @throws TypeError as {@link createSnapClient} does
 * @example
 * const api = createSnapApi({ baseUrl, partnerId, channelId, accessToken, signature });
 * const { data, error } = await api.POST("/v1.0/qr/qr-cpm-query", {
 *   body,
 *   params: { header: { "X-EXTERNAL-ID": id } }, // where you need to know it later
 * });
 */
export function createSnapApi<P extends Profile = PublishedProfile>(
  options: SnapClientOptions<P>,
  apiOptions: Omit<ClientOptions, "baseUrl" | "fetch"> = {},
): SnapApi<P> {
  const { fetch } = createSnapClient<P>(options);
  const baseUrl = checkBaseUrl(options.baseUrl, options.allowHttp, options.profile);
  return createClient<SnapPaths<P>>({ ...apiOptions, baseUrl, fetch });
}
