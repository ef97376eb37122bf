// What a mistake makes of its step, where there are many ways to make it.
import { operations } from "../../generated/operations.ts";
import { trimmed } from "../util/foreign-text.ts";
import { type Change, type Check, PARTS, type Part } from "./recipe.ts";

/** Where programs under test usually listen. */
const OWN_HOSTS = ["localhost", "127.0.0.1"].flatMap((host) =>
  [4010, 4011, 4012, 80, 3000, 5000, 8000, 8080].map((port) => (port === 80 ? host : `${host}:${port}`)),
);
/** Hosts of PJPs and of the developer site, as their documentation has them; one that has moved costs a vain try. */
const PUBLIC_HOSTS = [
  ...["sandbox.bca.co.id", "devapi.klikbca.com", "api.klikbca.com"],
  ...["sandbox.partner.api.bri.co.id", "partner.api.bri.co.id"],
  ...["apidev.bni.co.id", "apidev.bni.co.id:8066", "api.bni.co.id"],
  ...["api.sandbox.dana.id", "api.saas.dana.id"],
  ...["api-sandbox.doku.com", "api.doku.com"],
  ...["merchants.sbx.midtrans.com", "merchants.midtrans.com"],
  ...["dev.nicepay.co.id", "www.nicepay.co.id"],
  ...["apidevportal.aspi-indonesia.or.id", "apidevportal.aspi-indonesia.or.id:44310"],
];

/** What may stand before the path: the URL that was given in its forms, and those of hosts that are known. */
export function urlsOf(baseUrl: string | undefined, path: string): Change[] {
  const given = baseUrl === undefined ? [] : formsOf(baseUrl, path).map((url) => ({ url }));
  const known = [...OWN_HOSTS.map((host) => `http://${host}`), ...PUBLIC_HOSTS.map((host) => `https://${host}`)];
  const alone = baseUrl !== undefined;
  return [...given, ...[...known, ...PUBLIC_HOSTS].map((url) => ({ url, alone }))];
}

function formsOf(baseUrl: string, path: string): string[] {
  const [, scheme = "", host = "", base = ""] =
    /^(?:(\w+):\/\/)?(?:[^/@]*@)?([^/]+)(.*)$/s.exec(trimmed(baseUrl, "", "/")) ?? [];
  const bare = host.replace(/:\d+$/, "");
  // the base path counts only where the path lacks it
  const bases = path.startsWith(`${base}/`) ? [""] : [base, ""];
  return bases.flatMap((each) => [
    ...[...new Set([scheme || "https", "https", "http"])].map((its) => `${its}://${host}${each}`),
    host + each,
    `//${host}${each}`,
    `https://${bare}:443${each}`,
    `http://${bare}:80${each}`,
    `https://${bare}${each}`,
  ]);
}

/** A query sorted, or encoded again, or both. */
export function queriesOf(query: string): Change[] {
  if (query.length < 2) return [];
  const bare = query.slice(1);
  const parameters = new URLSearchParams(bare);
  const inOrder = new URLSearchParams(parameters);
  inOrder.sort();
  const askedBy = "BCA asks for a sorted query";
  return [
    { query: `?${bare.split("&").sort().join("&")}`, said: "sorted", askedBy },
    { query: `?${parameters}`, said: "encoded again" },
    { query: `?${inOrder}`, said: "sorted and encoded again", askedBy },
    // %20 as encodeURIComponent has it
    { query: `?${String(parameters).replace(/\+/g, "%20")}`, said: "encoded again" },
    { query: `?${String(inOrder).replace(/\+/g, "%20")}`, said: "sorted and encoded again", askedBy },
    ...orNone(() => ({ query: decodeURIComponent(query), said: "decoded" })),
  ];
}

/** A path of more segments is not one of SNAP. */
const MOST_SEGMENTS = 12;

/** The path without its first segments, and with the base path of the URL before it. */
export function basePathsOf(path: string, baseUrl: string | undefined): Change[] {
  const slashes = [...path.matchAll(/\//g)].map(({ index }) => index).slice(1, MOST_SEGMENTS);
  const base = /^(?:\w+:\/\/)?[^/]+(.*)$/s.exec(trimmed(baseUrl ?? "", "", "/"))?.[1] ?? "";
  return [
    ...slashes.map((at) => ({
      path: path.slice(at),
      said: "without its base path",
      askedBy: "Midtrans (in its notifications) and NICEPAY leave the base path out",
    })),
    ...[base, "/v1.0", "/api", "/snap", "/openapi"].map((before) => ({
      path: before + path,
      said: `with ${before} before it`,
    })),
  ];
}

/** The paths of the other operations below the same base path, and other versions and endings of this one. */
export function otherPathsOf(
  path: string,
  paths: readonly string[] = Object.values(operations).map((facts) => facts.path),
): Change[] {
  const own = paths.find((each) => path.endsWith(each));
  const base = own === undefined ? "" : path.slice(0, -own.length);
  const versions = ["v1.0", "v1.1", "v1", "v2.0", "1.0"].map((version) =>
    path.replace(/\/v?\d+(?:\.\d+)?(?=\/)/, `/${version}`),
  );
  return [
    ...paths.map((each) => ({ path: base + each, said: "which is another operation's" })),
    ...paths.filter((each) => each !== own).map((each) => ({ path: each, said: "which is another operation's" })),
    ...versions.map((each) => ({ path: each, said: "which has another version" })),
    { path: path.endsWith(".htm") ? path.slice(0, -4) : `${path}.htm`, said: "with another ending" },
  ];
}

/** A change, or none where it cannot be made. */
export function orNone(make: () => Change): Change[] {
  try {
    return [make()];
  } catch {
    return [];
  }
}

/** The parts of a string to sign in other orders, or one of them left out. */
export function partOrdersOf(type: Check["type"]): Change[] {
  const right = PARTS[type];
  const orders = type === "token" ? [["timestamp", "clientKey"] as const] : ordersOf(right);
  return orders.map((parts) => ({ parts, said: parts.map((part) => (part === "target" ? "path" : part)).join(", ") }));
}

/** One part moved, or two swapped. */
function ordersOf(right: readonly Part[]): Part[][] {
  return right.flatMap((part, from) => {
    const without = right.filter((_, at) => at !== from);
    const moved = right.map((_, to) => [...without.slice(0, to), part, ...without.slice(to)]);
    const swapped = right.map((other, to) => right.map((each, at) => (at === from ? other : at === to ? part : each)));
    return [...moved, ...swapped];
  });
}

/** Times up to so many seconds before and after, in the usual zones; those far off are too many to be paired. */
export function secondsFrom(timestamp: string, most: number): Change[] {
  const times = withMoment(timestamp, ({ time, zone, fraction }) =>
    [zone, "Z", "+07:00"].flatMap((its) =>
      Array.from({ length: 2 * most + 1 }, (_, at) => written(time + (at - most) * 1000, its, fraction)),
    ),
  );
  return times.map((change) => ({ ...change, alone: most > 3 }));
}

export const ZONES = ["Z", "+00:00", "+07:00", "+08:00", "+09:00"];

/** A time as X-TIMESTAMP has it. */
interface Moment {
  /** Milliseconds since 1970, of the whole second. */
  time: number;
  zone: string;
  /** With its point, or empty. */
  fraction: string;
}

export function withMoment(timestamp: string, make: (moment: Moment) => string[]): Change[] {
  const [, clock, fraction = "", zone = ""] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)$/.exec(timestamp) ?? [];
  const time = Date.parse(`${clock}${zone}`);
  if (clock === undefined || Number.isNaN(time)) return [];
  return make({ time, zone, fraction }).map((text) => ({ timestamp: text }));
}

/** A time on the clock of a zone, labelled as that zone's or another's. */
export function written(time: number, zone: string, fraction: string, label = zone): string {
  const [, sign = "+", hours = 0, minutes = 0] = /^([+-])(\d\d):(\d\d)$/.exec(zone) ?? [];
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -60_000 : 60_000);
  return `${new Date(time + offset).toISOString().slice(0, 19)}${fraction}${label}`;
}
