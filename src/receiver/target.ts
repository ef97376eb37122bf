// Path and query of a request, which the signature covers character for character.

/** Calls back when the caller hangs up before it is answered. */
type WhenGone = (tell: (reason: unknown) => void) => void;

/**
 * What an adapter knows of a request and a web-standard Request cannot say. Given to a receiver as its second argument; any other
 * second argument, such as a framework's own, is ignored.
 */
export class WireRequest {
  /** Path and query as they came over the wire: a Request rewrites a quote in the query to %27, and a path without its dots. */
  readonly target: string;
  /** The caller's address. */
  readonly remoteAddress: string | undefined;
  /** Calls back when the caller is gone. */
  readonly whenGone: WhenGone | undefined;
  constructor(
    target: string,
    { remoteAddress, whenGone }: { remoteAddress?: string | undefined; whenGone?: WhenGone } = {},
  ) {
    this.target = target;
    this.remoteAddress = remoteAddress;
    this.whenGone = whenGone;
  }
}

/** Path and query of a request as they came over the wire, where the adapter knows, or as its URL has them. */
export function targetOf(request: Request, wire: WireRequest | undefined): string {
  return wire ? wire.target : targetInUrl(request.url);
}

/** Path and query in a request line's target, character for character; `/` where there are none. */
export function targetInRequestLine(target: string): string {
  if (target.startsWith("/")) return target;
  // a proxy's form is a whole URL; "*" is not a path, and neither is any operation
  const rest = /^https?:\/\/[^/?#]*(\/.*)$/is.exec(target)?.[1];
  return rest ?? "/";
}

/** The path of a target. */
export function pathOf(target: string): string {
  const query = target.indexOf("?");
  return query < 0 ? target : target.slice(0, query);
}

/** Path and query of a URL that is absolute and written out. Ten times faster than to parse it again. */
function targetInUrl(url: string): string {
  const start = url.indexOf("/", url.indexOf("//") + 2);
  const end = url.indexOf("#", start);
  return end < 0 ? url.slice(start) : url.slice(start, end);
}
