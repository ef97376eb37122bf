// What a profile says of how a request is signed: over which part of its URL, and with what.
import type { Contract } from "../../contract/contract.ts";
import { UsageError } from "../args.ts";
import { printable, remark, type Terminal } from "../terminal.ts";

/** How a request is signed. */
export interface SignedAs {
  /** What is signed of the path. */
  path: string;
  /** The whole URL, where that is signed in place of the path. */
  url?: string;
  /** The only kind of signature that the operation takes; undefined where either will do. */
  kind?: "symmetric" | "asymmetric";
  /** Whose signature it is, for errors: `debitStatus of midtrans`. */
  whose: string;
}

/** What is known of the request. */
interface Asked {
  /** From the slash on, with its query, as it is sent. */
  path: string;
  baseUrl: string | undefined;
  checking: boolean;
}

/**
 * How a profile has a request signed.
 * @throws UsageError when the profile does not have the operation, or signs the URL and none is given
 */
export function signedAs(profile: Contract, { path: sent, baseUrl, checking }: Asked, terminal: Terminal): SignedAs {
  const [path = "", ...query] = sent.split("?");
  const search = sent.slice(path.length, query.length ? undefined : path.length);
  const all = Object.entries(profile.operations);
  // the longest, for one path may end in another
  const [id, facts] =
    all.filter(([, its]) => path.endsWith(its.path)).sort(([, a], [, b]) => b.path.length - a.path.length)[0] ?? [];
  if (!id || !facts) {
    const paths = all.map(([, its]) => profile.basePath + its.path).join(", ");
    throw new UsageError(
      `--path must lead to an operation of the profile ${profile.name}, such as ${paths}, not "${printable(path)}"`,
    );
  }
  if (path !== profile.basePath + facts.path && path === facts.path)
    remark(terminal, `${profile.name} serves this under ${profile.basePath}${facts.path}; the path is signed as given`);
  const { signature, signedPath } = facts;
  const about = {
    whose: `${id} of ${profile.name}`,
    ...((signature === "symmetric" || signature === "asymmetric") && { kind: signature }),
  };
  if (signedPath === "url") return { path: sent, url: urlOf(sent, baseUrl, profile), ...about };
  if (baseUrl !== undefined && !checking)
    throw new UsageError(`--base-url is for --check; ${about.whose} is signed over the path, without scheme and host`);
  return { path: signedPath === "without-base-path" ? facts.path + search : sent, ...about };
}

function urlOf(sent: string, baseUrl: string | undefined, { name }: Contract): string {
  if (baseUrl === undefined)
    throw new UsageError(
      `${name} signs the whole URL: say with --base-url to which scheme and host it is sent, such as https://snap.bank.example`,
    );
  if (!/^https?:$/.test(URL.canParse(baseUrl) ? new URL(baseUrl).protocol : ""))
    throw new UsageError(`--base-url must be a URL such as https://snap.bank.example, not "${printable(baseUrl)}"`);
  return new URL(baseUrl).origin + sent;
}
