// Redirects: an answer that sends the caller elsewhere is refused, for the request holds a token and a signature. fetch could refuse it
// itself, with `redirect: "error"`, but Cloudflare Workers do not have that.
import { headers } from "../../generated/operations.ts";

/** That an answer is a redirect. */
export class RedirectError extends Error {
  override readonly name = "RedirectError";
}

/** Those that fetch would follow. Others of the 300s are answers like any. */
const STATUSES: readonly number[] = [301, 302, 303, 307, 308];

/** How much of a redirect's target is told. */
const MAX_TARGET_LENGTH = 200;

/** Headers of a request that must not be told, wherever they come back. */
const SECRETS: readonly string[] = [
  headers.authorization,
  headers.authorizationCustomer,
  headers.signature,
  headers.clientKey,
];

/**
 * Lets an answer through unless it is a redirect.
 * @param url where the request went
 * @param sent the request's headers
 * @throws RedirectError that says where it leads to, without query, fragment, credentials and what was sent in secret
 */
export function refuseRedirect(response: Response, url: string, sent: Record<string, string>): Response {
  const { status, type } = response;
  // a browser hides status and target
  const isHidden = type === "opaqueredirect";
  if (!isHidden && !STATUSES.includes(status)) return response;
  // the connection is free for the next call
  response.body?.cancel().catch(() => {});
  const answer = isHidden ? "the answer" : `the answer, status ${status},`;
  const target = isHidden ? "" : targetOf(response.headers.get("location"), url, sent);
  throw new RedirectError(`${answer} is a redirect${target}, which is not followed: check the base URL`);
}

/** Where a redirect leads to, as far as it may be told. */
function targetOf(location: string | null, url: string, sent: Record<string, string>): string {
  const to = location !== null && URL.canParse(location, url) ? new URL(location, url) : undefined;
  if (!to || !/^https?:$/.test(to.protocol)) return "";
  const target = to.origin + to.pathname;
  const secrets = SECRETS.map((name) => sent[name]?.replace(/^Bearer +/i, "")).filter(Boolean) as string[];
  // a host name is in small letters, whatever the secret was
  const isTold = (form: string) => secrets.some((secret) => form.toLowerCase().includes(secret.toLowerCase()));
  if (isTold(to.origin)) return "";
  if (isTold(target) || isTold(decoded(target))) return ` to ${to.origin}`;
  return ` to ${target.length > MAX_TARGET_LENGTH ? `${target.slice(0, MAX_TARGET_LENGTH)}...` : target}`;
}

function decoded(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}
