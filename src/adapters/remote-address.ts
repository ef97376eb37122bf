// Whose address a request came from: the socket's, or what a trusted proxy says.
import type { IncomingMessage } from "node:http";
import { BlockList, isIP } from "node:net";
import { invalidOption } from "../util/errors.ts";

/** Which proxies are believed. */
export interface AddressOptions {
  /**
   * Addresses of proxies whose X-Forwarded-For is believed: `"10.0.0.7"`, `"10.0.0.0/8"`, `"::1"`. Without any, the address is the
   * socket's: anybody can send that header. Where a proxy writes what is not an address, such as `unknown`, it is undefined.
   */
  trustedProxies?: readonly string[];
}

/** What the header is called, which HTTP has no constant for. */
const FORWARDED_FOR = "x-forwarded-for";

/**
 * Makes the function that says where a request came from.
 * @throws TypeError (`ERR_SNAP_INVALID_OPTION`) when one of the proxies is not an address
 */
export function createAddressOf({
  trustedProxies = [],
}: AddressOptions): (incoming: IncomingMessage) => string | undefined {
  const trusted = listOf(trustedProxies);
  return ({ socket, headers }) => {
    const peer = bare(socket?.remoteAddress);
    if (trustedProxies.length === 0 || peer === undefined || !isIn(trusted, peer)) return peer;
    // each proxy appends whom it was called by, so the last one that is not a proxy of ours is the caller
    const path = String(headers[FORWARDED_FOR] ?? "")
      .split(",")
      .map(addressIn);
    const caller = path.toReversed().find((address) => !isIn(trusted, address)) || peer;
    // a proxy that hides its caller writes "unknown" or a name of its own, which is nobody's address
    return isIP(caller) === 0 ? undefined : caller;
  };
}

/** The address in an entry of the header: some proxies add the caller's port, which is another one each time, and brackets. */
function addressIn(entry: string): string {
  const [, ipv6, ipv4] = /^(?:\[([\da-f:.]+)\](?::\d+)?|([\d.]+):\d+)$/i.exec(entry.trim()) ?? [];
  return bare(ipv6 ?? ipv4 ?? entry.trim()) ?? "";
}

/** An IPv4 address without the prefix that it has on a socket of IPv6. */
const bare = (address: string | undefined) => address?.replace(/^::ffff:(?=\d+\.)/i, "");

function isIn(list: BlockList, address: string): boolean {
  const family = isIP(address);
  return family !== 0 && list.check(address, family === 4 ? "ipv4" : "ipv6");
}

function listOf(proxies: readonly string[]): BlockList {
  const list = new BlockList();
  for (const proxy of proxies) {
    const [address = "", length, more] = String(proxy).split("/");
    const family = isIP(address) === 4 ? "ipv4" : "ipv6";
    const bits = length === undefined ? undefined : Number(length);
    const isRange = bits === undefined || (/^\d+$/.test(length ?? "") && bits <= (family === "ipv4" ? 32 : 128));
    if (isIP(address) === 0 || !isRange || more !== undefined) {
      throw invalidOption(`trustedProxies must have addresses such as "10.0.0.7" or "10.0.0.0/8", not "${proxy}".`);
    }
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, bits, family);
  }
  return list;
}
