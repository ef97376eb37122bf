// The client: a method an operation, and a fetch for openapi-fetch, over one signing exchange.
import type { TransactionId } from "../../generated/operations.ts";
import type { Profile, PublishedProfile, TypesOf } from "../snap/profile.ts";
import { invalidArgument } from "../util/errors.ts";
import { exchange, isSuccess } from "./exchange.ts";
import type { SnapMethods } from "./methods.ts";
import { type SnapCallOptions, type SnapClientOptions, type SnapHeaders, settingsOf } from "./options.ts";

type PathsOf<P extends Profile> = NonNullable<P["~types"]>["paths"];
type TokenPath<P extends Profile> = Extract<
  P["operations"][keyof P["operations"]],
  { readonly signature: "token"; readonly path: string }
>["path"];

/**
 * The contract's paths as the client calls them: all but that of the token, without a header that the caller must give. It is
 * what openapi-fetch wants to know beside {@link SnapClient.fetch}. openapi-fetch lets a field pass that the operation does not
 * have; the client's own methods do not.
 */
export type SnapPaths<P extends Profile = PublishedProfile> = {
  [Path in Exclude<keyof PathsOf<P>, TokenPath<P>>]: PathsOf<P>[Path] extends infer Item extends { post: Operation }
    ? Omit<Item, "post"> & { post: WithoutHeaders<Item["post"]> }
    : never;
};
interface Operation {
  parameters: { header: unknown };
}
type WithoutHeaders<Post extends Operation> = Omit<Post, "parameters"> & {
  parameters: Omit<Post["parameters"], "header"> & {
    // a header that the client does not know would stay as the contract has it
    header?: Omit<Post["parameters"]["header"], keyof SnapHeaders> & Partial<SnapHeaders>;
  };
};

/** A client: a method an operation, and a fetch for openapi-fetch. */
export type SnapClient<P extends Profile = PublishedProfile> = SnapMethods<TypesOf<P>> & SigningFetch;

/** What every client has beside its methods. */
export interface SigningFetch {
  /**
   * The fetch to give to openapi-fetch, which `createSnapApi` of `snap-bi-contract/openapi-fetch` does. It sends the request's exact
   * bytes to its path and query, with the headers that the request has not set, signed, and once more after 401 01, as the methods do;
   * no redirect is followed. Of the request, URL, method, headers, body and signal count; the client's own `fetch` is what sends, and
   * `requestInitExt` does not reach it. It resolves to the answer, whatever that is, all there and still to be read.
   * @throws TypeError (`ERR_SNAP_INVALID_ARGUMENT`) when the request is not a POST to an operation below baseUrl, or is that for a
   *   token; nothing is sent then
   * @throws SnapCallError without an answer, or with a part of one: the network failed, the time ran out or the answer is too large
   */
  fetch: (request: Request) => Promise<Response>;
}

/**
 * Makes a client that signs. A call resolves to the answer, whatever its code; without a SNAP answer, or with one that contradicts its
 * status or the service called, it rejects with a {@link SnapCallError}. A responseCode that is a number arrives as its digits. A call that cannot even be written down (a header with a line break, a body
 * with a BigInt in it) rejects with a TypeError.
 * @throws TypeError (`ERR_SNAP_INVALID_OPTION`, `ERR_SNAP_INVALID_KEY`) when an option cannot be right: a relative URL, one of http
 *   to another machine, an empty id or secret, a key that is not an RSA private key of 2048 bits or more
 * @example
 * const snap = createSnapClient({
 *   baseUrl: "https://snap.bank.example",
 *   partnerId: "82150823919040624621823174737537",
 *   channelId: "95221",
 *   accessToken: createTokenProvider({ baseUrl: "https://snap.bank.example", clientKey, privateKey }),
 *   signature: { type: "symmetric", clientSecret },
 * });
 * const { data, error } = await snap.qrCpmPayment(body);
 * @example
 * import { bca } from "snap-bi-contract/profiles/bca";
 * const snap = createSnapClient({ profile: bca, ... }); // only BCA's operations, with BCA's fields
 * @see the standard's security page, headers and signatures of a transaction request
 */
export function createSnapClient<P extends Profile = PublishedProfile>(options: SnapClientOptions<P>): SnapClient<P> {
  const settings = settingsOf(options);
  const called = settings.transactions.map(([id, facts]) => ({ operation: id as TransactionId, facts }));

  async function call(its: (typeof called)[number], body: object, callOptions: SnapCallOptions = {}) {
    const request = { ...its, search: "", body: JSON.stringify(body), raw: false };
    const { response, answer, externalId } = await exchange(settings, request, callOptions);
    const key = isSuccess(answer) ? "data" : "error";
    // an answer of another shape was refused
    const { responseCode } = answer as { responseCode: string };
    return { [key]: answer, responseCode, response, externalId };
  }

  const methods = called.map((its) => [its.operation, (body: object, init?: SnapCallOptions) => call(its, body, init)]);
  const byUrl = new Map(called.map((its) => [settings.baseUrl + its.facts.path, its]));

  async function signingFetch(request: Request): Promise<Response> {
    const { method, headers, signal } = request;
    const { origin, pathname, search } = new URL(request.url);
    const its = method === "POST" ? byUrl.get(origin + pathname) : undefined;
    // the token must not go to another host, nor the signature to what it was not meant for
    if (!its)
      throw invalidArgument(
        `the request must be a POST to an operation of this client, but is ${method} ${origin}${pathname}.`,
      );
    const body = new Uint8Array(await request.arrayBuffer());
    const unsigned = { ...its, search, body, raw: true };
    const { response } = await exchange(settings, unsigned, { headers: Object.fromEntries(headers), signal });
    return response;
  }

  return { ...Object.fromEntries(methods), fetch: signingFetch } as SnapClient<P>;
}
