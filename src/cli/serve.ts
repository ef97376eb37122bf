// What `snap-bi mock` and `snap-bi sandbox` share: their options, their log, and how they start and stop.
import type { ParseArgsConfig } from "node:util";
import type { GuardOptions, LogEntry, RunningServer } from "../host/host.ts";
import { loadPublicKey } from "../snap/signature.ts";
import { printable, readKeyFile, readSecret, type Terminal, UsageError } from "./args.ts";

/** The options of both. */
export const SERVE_OPTIONS = {
  port: { type: "string", default: "4010" },
  host: { type: "string", default: "127.0.0.1" },
  token: { type: "string" },
  "client-secret": { type: "string" },
  "public-key": { type: "string" },
  "without-token": { type: "boolean", default: false },
  "token-lifetime": { type: "string" },
  json: { type: "boolean", default: false },
} as const satisfies NonNullable<ParseArgsConfig["options"]>;

/** What `--help` says of them. */
export const SERVE_HELP = `  --port PORT            port to listen on, 0 for a free one (default 4010)
  --host HOST            address to listen on (default 127.0.0.1)
  --token TOKEN          accept this access token, and those that service 73 gives out; any other is 401 01
  --client-secret SECRET check symmetric signatures with it; a wrong one is 401 00
  --public-key FILE      check asymmetric signatures and requests for a token with this RSA key (PEM); a wrong one is 401 00
  --without-token        let a call without a token through when its signature is asymmetric and right
  --token-lifetime S     for how many seconds a token of service 73 is good (900 unless given); given, no other token is accepted
                         but --token's
  --json                 log one JSON document a line
  --help                 this text

TOKEN, SECRET and FILE may also be env:NAME, an environment variable; TOKEN and SECRET may be @FILE.
They may be given as such, which snap-bi sign refuses, for this is a server for tests and its secrets are made up.`;

/** The values of the shared options, as parsed. */
export interface ServeValues {
  port: string;
  host: string;
  token?: string | undefined;
  "client-secret"?: string | undefined;
  "public-key"?: string | undefined;
  "without-token": boolean;
  "token-lifetime"?: string | undefined;
  json: boolean;
}

/**
 * Reads the shared options.
 * @throws UsageError when one cannot be right
 */
export async function readServeOptions(
  values: ServeValues,
  terminal: Terminal,
): Promise<GuardOptions & { port: number; host: string }> {
  const { host, json, "token-lifetime": lifetime } = values;
  const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : Number.NaN;
  if (!(port <= 65_535)) throw new UsageError(`--port takes a number from 0 to 65535, not "${printable(values.port)}"`);
  if (!host) throw new UsageError("--host takes an address, such as 127.0.0.1");
  const accessToken = await readValue("token", values.token, terminal);
  const clientSecret = await readValue("client-secret", values["client-secret"], terminal);
  const publicKey = await readKey(values["public-key"], terminal);
  if (values["without-token"] && !publicKey) {
    throw new UsageError("--without-token needs --public-key, for then the signature alone says who calls");
  }
  return {
    port,
    host,
    ...(accessToken !== undefined && { accessToken }),
    ...(clientSecret !== undefined && { clientSecret }),
    ...(publicKey !== undefined && { publicKey }),
    withoutToken: values["without-token"],
    ...(lifetime !== undefined && { tokenLifetime: readNumber("token-lifetime", lifetime, 1) }),
    log: (entry) => terminal.out(json ? JSON.stringify(entry) : lineOf(entry)),
  };
}

/**
 * Reads a whole number.
 * @throws UsageError when it is none, or below the least
 */
export function readNumber(option: string, value: string, least: number): number {
  const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= least)) {
    throw new UsageError(`--${option} takes a whole number from ${least} up, not "${printable(value)}"`);
  }
  return number;
}

/** A value that may be given as such, for these are servers for tests; or as env:NAME or @FILE. */
async function readValue(option: string, source: string | undefined, terminal: Terminal): Promise<string | undefined> {
  if (source === "") throw new UsageError(`--${option} is empty; leave it out to accept any`);
  return source === undefined || /^(env:|@)/.test(source) ? readSecret(option, source, terminal) : source;
}

async function readKey(source: string | undefined, terminal: Terminal) {
  if (source === undefined) return undefined;
  const pem = await readKeyFile("public-key", source, terminal);
  try {
    return loadPublicKey(pem);
  } catch (error) {
    throw new UsageError(`--public-key: ${(error as Error).message}`);
  }
}

/** One line that says what is checked, and how to have the rest checked. */
export function checksOf(options: GuardOptions): string {
  const { clientSecret, publicKey, withoutToken } = options;
  const signed = [clientSecret && "symmetric", publicKey && "asymmetric"].filter(Boolean).join(" and ");
  const signature = signed
    ? `${signed} ones are checked (401 00)${publicKey ? "" : "; those of requests for a token are not, --public-key checks them"}`
    : "any is accepted; --client-secret and --public-key check it";
  return `access token    ${tokensOf(options)}${withoutToken ? "; none is needed with an asymmetric signature" : ""}
signature       ${signature}`;
}

/** Which access tokens are accepted. */
function tokensOf({ accessToken, tokenLifetime }: GuardOptions): string {
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
      throw new UsageError(`${printable(host)} is no address of this machine; choose another with --host`);
    throw new UsageError(message);
  }
}

/** Serves until SIGINT or SIGTERM. */
export async function untilStopped(server: RunningServer): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
  await server.close();
}

/** A log entry as a line: when, what, the service, the code, and why. */
export function lineOf(entry: LogEntry): string {
  const { time, method, path, status, service, responseCode, responseMessage, step, hint } = entry;
  const to = step === "notify" ? `-> ${path}` : path;
  const said = [responseCode ?? (status || "-"), responseMessage].join(" ");
  const why = [step === "operation" ? undefined : step, hint].filter(Boolean).join(": ");
  return printable(`${time.slice(11, 19)} ${method} ${to} [${service ?? "--"}] ${said}${why ? ` (${why})` : ""}`);
}
