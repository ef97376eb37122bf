// How to start the proxy, and what is made of that.
import { headers } from "../../generated/operations.ts";
import { checkBaseUrl } from "../client/checks.ts";
import { createSnapClient, type SnapClient } from "../client/client.ts";
import type { SnapClientOptions, SnapSignature } from "../client/options.ts";
import { createTokenProvider, type TokenProviderOptions } from "../client/token.ts";
import { type Contract, contractOf, published } from "../contract/contract.ts";
import type { HostOptions } from "../host/host.ts";
import { isLocalName } from "../host/local.ts";
import { invalidOption } from "../util/errors.ts";
import type { ProxyLogEntry } from "./log.ts";

/** How to start the proxy: what it signs with, as the client has it, and where it listens, as the mock has it. */
export interface ProxyOptions
  extends Omit<SnapClientOptions, "baseUrl" | "validateRequests" | "profile" | "channelId">,
    Pick<HostOptions, "port" | "host" | "cors" | "profile"> {
  /** CHANNEL-ID, at most 5 characters in the standard; for profiles that leave it to the caller. */
  channelId?: string;
  /** Where signed requests go: the receiver, with its base path and without the version, such as `https://snap.bank.example/snap`. */
  target: string;
  /**
   * What asks for tokens (service 73): X-CLIENT-KEY and the RSA private key that belongs to it, and `path` where tokens are not given
   * out at the standard's. Requests for a token are signed with it, and without `accessToken` the proxy asks for tokens itself.
   */
  token?: Pick<TokenProviderOptions, "clientKey" | "privateKey" | "path">;
  /** Headers that the proxy fills in although the caller has set them, such as an X-SIGNATURE that a generated client must be given. */
  replaceHeaders?: readonly string[];
  /**
   * The names that the proxy may be called by (Host header), beside those of this machine. Unlike the mock it checks them wherever it
   * listens, for it signs for those who reach it.
   */
  allowHosts?: readonly string[];
  /** How long a request's body may be, in bytes; 1,048,576 by default. A longer one is 413. */
  maxBodyBytes?: number;
  /** Told of every request that was answered. It holds no secret, token or signature. What it throws is swallowed. */
  log?: (entry: ProxyLogEntry) => void;
}

/** What sends a signed request, as `fetch` does. */
export type Send = (url: string, init: RequestInit) => Promise<Response>;

/** The options, checked. */
export interface Settings {
  /** Without a trailing slash. */
  target: string;
  client: SnapClient;
  token: ProxyOptions["token"];
  /** In lower case. */
  replaced: ReadonlySet<string>;
  maxBodyBytes: number;
  profile: Contract;
  signature: SnapSignature;
  clock: () => Date;
  /** What an answer must not repeat in the log. */
  clientSecret: string | undefined;
}

const MAX_BODY_BYTES = 1_048_576;

/**
 * Checks the options.
 * @param send what the client sends with
 * @throws TypeError (`ERR_SNAP_INVALID_OPTION`, `ERR_SNAP_INVALID_KEY`) when one cannot be right
 */
export function settingsOf(options: ProxyOptions, send: Send): Settings {
  const { accessToken, allowHttp, token, signature, maxBodyBytes = MAX_BODY_BYTES, clock } = options;
  const profile = contractOf(options.profile ?? published);
  const target = checkBaseUrl(options.target, allowHttp, { option: "target", basePath: profile.basePath });
  const { hostname, port } = new URL(target);
  if (isLocalName(hostname) && options.port && port === String(options.port))
    throw invalidOption(`target must not be the proxy itself, which listens on port ${port}; choose another port.`);
  if (accessToken === undefined && token === undefined && signature?.type === "symmetric") {
    throw invalidOption("accessToken or token must be given: only the asymmetric signature does without a token.");
  }
  if (!Number.isSafeInteger(maxBodyBytes) || maxBodyBytes < 1)
    throw invalidOption("maxBodyBytes must be a whole number of bytes from 1 on.");
  const tokens = token && createTokenProvider({ ...options, ...token, baseUrl: target });
  const access = accessToken ?? tokens;
  return {
    target,
    client: createSnapClient({
      ...options,
      profile,
      baseUrl: target,
      fetch: send,
      ...(access !== undefined && { accessToken: access }),
    } as unknown as SnapClientOptions),
    token,
    replaced: new Set(checkReplaced(options.replaceHeaders ?? [])),
    maxBodyBytes,
    profile,
    signature,
    clock: clock ?? (() => new Date()),
    clientSecret: signature.type === "symmetric" ? signature.clientSecret : undefined,
  };
}

/** The names of headers that the proxy can fill in, in lower case. */
const FILLED = Object.values(headers).filter((name) => name !== headers.contentType);

/**
 * The option, checked.
 * @throws TypeError (`ERR_SNAP_INVALID_OPTION`) when it has what the proxy does not fill in
 */
export function checkReplaced(names: readonly string[]): string[] {
  const known = FILLED.map((name) => name.toLowerCase());
  const lower = names.map((name) => String(name).toLowerCase());
  const [wrong] = lower.filter((name) => !known.includes(name));
  if (wrong === undefined) return lower;
  throw invalidOption(
    `replaceHeaders must have names of headers that the proxy fills in (${FILLED.join(", ")}), not ${JSON.stringify(wrong.slice(0, 200))}.`,
  );
}
