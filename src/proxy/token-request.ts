// A request for a token (service 73), which the client's fetch does not take: signed with the private key, and sent within a time limit.
import { headers, operations } from "../../generated/operations.ts";
import { causeOf, reasonOf, SnapCallError } from "../client/call-error.ts";
import { checkFilled, checkMaxAnswerBytes, checkPath, checkPrivateKey, checkTimeout } from "../client/checks.ts";
import { startDeadline } from "../client/deadline.ts";
import { checkHeaders } from "../client/options.ts";
import { MAX_ANSWER_BYTES, TooLarge } from "../client/read-answer.ts";
import { refuseRedirect } from "../client/redirect.ts";
import { published } from "../contract/contract.ts";
import { sign } from "../snap/signature.ts";
import { snapTimestamp } from "../snap/time.ts";
import { readUpTo } from "../util/read-up-to.ts";
import type { Answer } from "./judge.ts";
import type { ProxyOptions, Send } from "./options.ts";

/** A request as the caller sent it. */
export interface TokenRequest {
  headers: Record<string, string>;
  body: Uint8Array;
  /** What follows the path: nothing, or a query. */
  search: string;
  signal: AbortSignal;
}

/**
 * Makes what signs and sends requests for a token.
 * @param target without a trailing slash
 * @throws TypeError (`ERR_SNAP_INVALID_OPTION`, `ERR_SNAP_INVALID_KEY`) when an option cannot be right
 */
export function createTokenRequests(
  target: string,
  options: ProxyOptions & Required<Pick<ProxyOptions, "token">>,
  send: Send,
): (request: TokenRequest) => Promise<Answer> {
  const { allowWeakKeys, clock = () => new Date(), token } = options;
  const url =
    target +
    checkPath(
      token.path ?? (options.profile ?? published).operations.accessTokenB2b?.path ?? operations.accessTokenB2b.path,
    );
  const ownKey = checkFilled("token.clientKey", headers.clientKey, token.clientKey);
  const privateKey = checkPrivateKey(token.privateKey, { allowWeakKeys });
  const timeout = checkTimeout(options.timeout ?? 30_000);
  const limit = checkMaxAnswerBytes(options.maxAnswerBytes ?? MAX_ANSWER_BYTES);

  function signed(request: TokenRequest): Record<string, string> {
    const given = checkHeaders(request.headers) as Record<string, string>;
    const clientKey = given[headers.clientKey] ?? ownKey;
    const timestamp = given[headers.timestamp] ?? snapTimestamp(clock());
    return {
      [headers.clientKey]: clientKey,
      [headers.timestamp]: timestamp,
      ...(given[headers.signature] === undefined && {
        [headers.signature]: sign({ type: "token", clientKey, timestamp, privateKey, allowWeakKeys }),
      }),
      ...given,
    };
  }

  return async (request) => {
    const { body, search, signal } = request;
    const sent = signed(request);
    const deadline = startDeadline(timeout, signal);
    let response: Response | undefined;
    try {
      const init: RequestInit = { method: "POST", headers: sent, body, redirect: "manual", signal: deadline.signal };
      response = await deadline.race(() => send(url + search, init));
      refuseRedirect(response, url, sent);
      const reader = response.body?.getReader();
      const bytes = reader ? await deadline.race(() => readUpTo(reader, limit, deadline.signal)) : new Uint8Array();
      if (!bytes) throw new TooLarge(`is longer than ${limit} bytes (maxAnswerBytes)`);
      return { status: response.status, headers: response.headers, bytes };
    } catch (error) {
      const { status } = response ?? {};
      const secrets = [sent[headers.signature] ?? ""];
      const { code, why } = reasonOf(error, deadline, status, secrets);
      const about = { operation: "accessTokenB2b", externalId: "", outcome: "rejected" } as const;
      const cause = causeOf(error, deadline, secrets);
      throw new SnapCallError(`accessTokenB2b: no answer, ${why}.`, { ...about, code, status, cause });
    } finally {
      deadline.end();
    }
  };
}
