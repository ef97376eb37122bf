// What `snap-bi mock` and `snap-bi sandbox` share, and `snap-bi proxy` in part: their options, and how they start and stop.
import { headers } from "../../generated/operations.ts";
import { type Contract, published } from "../contract/contract.ts";
import { checkAllowedHosts } from "../host/allowed-hosts.ts";
import { checkCors } from "../host/cors.ts";
import type { HostOptions, RunningServer } from "../host/host.ts";
import { loadPublicKey } from "../snap/keys.ts";
import { type Options, UsageError, type Values } from "./args.ts";
import { readKeyFile, readSecret } from "./files.ts";
import { lineOf } from "./log-line.ts";
import { PROFILE_OPTION, readProfile } from "./profile.ts";
import { printable, type Terminal } from "./terminal.ts";

/** The options of both. */
export const SERVE_OPTIONS = {
  port: { type: "string", value: "PORT", default: "4010", about: "port to listen on, 0 for a free one" },
  host: { type: "string", value: "HOST", default: "127.0.0.1", about: "address to listen on" },
  "allow-host": {
    type: "string",
    value: "NAME",
    multiple: true,
    about:
      "let it be called by this name too (Host header), beside localhost, *.localhost, 127.0.0.0/8 and [::1]; may be given more than once; with another --host than this machine's any name passes",
  },
  token: {
    type: "string",
    value: "TOKEN",
    about: "accept this access token, and those that service 73 gives out; any other is 401 01",
  },
  "client-secret": {
    type: "string",
    value: "SECRET",
    about: "check symmetric signatures with it; a wrong one is 401 00",
  },
  "public-key": {
    type: "string",
    value: "FILE",
    about: "check asymmetric signatures and requests for a token with this RSA key (PEM); a wrong one is 401 00",
  },
  "without-token": {
    type: "boolean",
    default: false,
    about: "let a call without a token through when its signature is asymmetric and right",
  },
  "token-lifetime": {
    type: "string",
    value: "S",
    about:
      "for how many seconds a token of service 73 is good, 900 unless given; given, no other token is accepted but --token's",
  },
  cors: {
    type: "string",
    value: "ORIGIN",
    multiple: true,
    about:
      "let pages of this origin, such as https://app.example, call from a browser, beside those of this machine; * for any; may be given more than once",
  },
  "timestamp-tolerance": {
    type: "string",
    value: "SECONDS",
    about:
      "refuse an X-TIMESTAMP that differs by more from the clock (400 01), and a signature that was used before (409 00)",
  },
  "no-cors": {
    type: "boolean",
    default: false,
    about: "let no page call from a browser, those of this machine neither",
  },
  ...PROFILE_OPTION,
  "base-path": {
    type: "string",
    value: "PATH",
    about: "serve the operations under this path, such as /openapi; what the profile says unless given",
  },
  json: { type: "boolean", default: false, about: "log one JSON document a line" },
} as const satisfies Options;

/** What is said in place of a call to try, where calls are checked. */
export const SIGN = "Sign calls with the client, or with snap-bi sign --help";

/** What help says of their secrets. */
export const SERVE_NOTES = [
  "TOKEN, SECRET and keys may also be env:NAME, an environment variable, or @FILE. Plain values are allowed here because this is a test server; snap-bi sign refuses them.",
  "Exit codes: 0 stopped (npm itself says 130 after Ctrl-C), 2 usage error, or the port is taken.",
];

/** Refuses words that are not options. */
export function refuseWords(command: string, words: string[]): void {
  if (words.length) throw new UsageError(`${command} does not take "${printable(words.join(" "))}"; try --help`);
}

/**
 * Reads the shared options.
 * @throws UsageError when one cannot be right
 */
export async function readServeOptions(
  values: Values<typeof SERVE_OPTIONS>,
  terminal: Terminal,
): Promise<HostOptions & { port: number; host: string; profile: Contract; basePath: string }> {
  const { json, "token-lifetime": lifetime, "timestamp-tolerance": tolerance } = values;
  const listening = readListening(values);
  const profile = await readProfile(values.profile);
  const accessToken = await readValue("token", values.token, terminal);
  const clientSecret = await readValue("client-secret", values["client-secret"], terminal);
  const publicKey = await readKey(values["public-key"], terminal);
  if (values["without-token"] && !publicKey) {
    throw new UsageError("--without-token needs --public-key, for then the signature alone says who calls");
  }
  return {
    ...listening,
    profile,
    basePath: readBasePath(values["base-path"], profile),
    ...(accessToken !== undefined && { accessToken }),
    ...(clientSecret !== undefined && { clientSecret }),
    ...(publicKey !== undefined && { publicKey }),
    withoutToken: values["without-token"],
    ...(lifetime !== undefined && { tokenLifetime: readNumber("token-lifetime", lifetime, 1) }),
    ...(tolerance !== undefined && { timestampTolerance: readNumber("timestamp-tolerance", tolerance, 0) }),
    log: (entry) => terminal.out(json ? JSON.stringify(entry) : lineOf(entry, terminal)),
  };
}

function readBasePath(value: string | undefined, profile: Contract): string {
  if (value === undefined) return profile.basePath;
  const path = value.replace(/\/$/, "");
  if (
    path === "" ||
    (path.startsWith("/") && URL.canParse(path, "http://host") && new URL(path, "http://host").pathname === path)
  )
    return path;
  throw new UsageError(`--base-path must be a path such as /openapi, not "${printable(value)}"`);
}

type Listening = Pick<Values<typeof SERVE_OPTIONS>, "port" | "host" | "allow-host" | "cors" | "no-cors">;

/**
 * Reads where a server listens, and for whom.
 * @throws UsageError when an option cannot be right
 */
export function readListening(values: Listening) {
  const { host } = values;
  const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : Number.NaN;
  if (!(port <= 65_535))
    throw new UsageError(`--port must be a number from 0 to 65535, not "${printable(values.port)}"`);
  if (!host) throw new UsageError("--host must be an address, such as 127.0.0.1");
  return { port, host, ...readAllowedHosts(values), ...readCors(values) };
}

function readAllowedHosts({ "allow-host": names }: Pick<Listening, "allow-host">): Pick<HostOptions, "allowHosts"> {
  return names === undefined ? {} : { allowHosts: asUsageError("--allow-host: ", () => checkAllowedHosts(names)) };
}

function readCors({ cors, "no-cors": none }: Pick<Listening, "cors" | "no-cors">): Pick<HostOptions, "cors"> {
  if (none && cors) throw new UsageError("--no-cors and --cors exclude each other; leave one of them out");
  if (none) return { cors: false };
  return cors === undefined ? {} : { cors: asUsageError("--", () => checkCors(cors)) };
}

const MOST = 999_999_999;

/**
 * Reads a whole number.
 * @throws UsageError when it is not one, below the least, or too long
 */
export function readNumber(option: string, value: string, least: number): number {
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= least && number <= MOST)) {
    throw new UsageError(`--${option} must be a whole number from ${least} to ${MOST}, not "${printable(value)}"`);
  }
  return number;
}

/** A plain value, for these are servers for tests; or env:NAME or @FILE. */
export async function readValue(
  option: string,
  source: string | undefined,
  terminal: Terminal,
): Promise<string | undefined> {
  if (source === "") throw new UsageError(`--${option} must not be empty; leave it out to accept any`);
  return source === undefined || /^(env:|@)/.test(source) ? readSecret(option, source, terminal) : source;
}

async function readKey(source: string | undefined, terminal: Terminal) {
  if (source === undefined) return undefined;
  const pem = await readKeyFile("public-key", source, terminal);
  return asUsageError("--public-key: ", () => loadPublicKey(pem));
}

/** Has what an option is refused for be the user's error, in the library's words. */
export function asUsageError<T>(prefix: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(prefix + error.message);
    throw error;
  }
}

/** Rows that say what is checked, and how to have the rest checked. */
export function checksOf(options: HostOptions): [string, string][] {
  const { clientSecret, publicKey, withoutToken, timestampTolerance: tolerance = "off" } = options;
  const signed = [clientSecret && "symmetric", publicKey && "asymmetric"].filter(Boolean).join(" and ");
  const signature = signed
    ? `${signed} ones are checked (401 00)${publicKey ? "" : "; those of requests for a token are not, --public-key checks them"}`
    : "any is accepted; --client-secret and --public-key check it";
  const time =
    tolerance === "off"
      ? "any is accepted; --timestamp-tolerance checks it"
      : `held to ${tolerance} s of the clock (400 01)`;
  const { profile = published, basePath = profile.basePath } = options;
  const isUsual = basePath === profile.basePath && profile.name === "published";
  return [
    ...(isUsual
      ? []
      : ([["profile", `${profile.name}${basePath ? `, under ${basePath}` : ""}`]] as [string, string][])),
    ["access token", tokensOf(options) + (withoutToken ? "; none is needed with an asymmetric signature" : "")],
    ["signature", signature],
    [headers.timestamp, time],
  ];
}

/** Which access tokens are accepted. */
function tokensOf({ accessToken, tokenLifetime }: HostOptions): string {
  if (accessToken === undefined && tokenLifetime === undefined)
    return "any is accepted; --token and --token-lifetime check it";
  const lifetime = tokenLifetime === undefined ? "" : `, good for ${tokenLifetime} s`;
  return `${accessToken === undefined ? "" : "--token's, and "}those that service 73 gives out${lifetime} (any other: 401 01)`;
}

/**
 * Starts a server.
 * @throws UsageError when it cannot listen where it was told to, or an option cannot be right
 */
export async function listen<Server extends RunningServer>(
  start: () => Promise<Server>,
  { port, host }: { port: number; host: string },
): Promise<Server> {
  try {
    return await start();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE")
      throw new UsageError(
        `port ${port} on ${host} is taken; choose another with --port, such as --port ${port < 65_535 ? port + 1 : 4010}`,
      );
    if (code === "EACCES")
      throw new UsageError(`not allowed to listen on port ${port}; choose one above 1023 with --port`);
    if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
      throw new UsageError(`--host must be an address of this machine, and ${printable(host)} is not`);
    throw new UsageError(message);
  }
}

/** Serves until SIGINT or SIGTERM, or until the npx that started it is gone: that keeps the signals that it gets to itself. */
export async function untilStopped(server: RunningServer): Promise<void> {
  const { ppid: parent, env } = process;
  let watch: NodeJS.Timeout | undefined;
  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
    if (env.npm_command === "exec") watch = setInterval(() => process.ppid !== parent && resolve(), 500);
  });
  clearInterval(watch);
  await server.close();
}
