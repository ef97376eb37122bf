// The options of a receiver, checked, with their defaults.
import { randomUUID } from "node:crypto";
import { headers, type OperationId } from "../../generated/operations.ts";
import { type Contract, contractOf, type OperationContract, published } from "../contract/contract.ts";
import type { RsaKeyObject } from "../snap/keys.ts";
import { publicKeyOf } from "../snap/pem.ts";
import type { VerifyInput } from "../snap/signature.ts";
import { snapTimestamp } from "../snap/time.ts";
import { invalidOption, typeError } from "../util/errors.ts";
import { CONTENT_LENGTH } from "./body.ts";
import type { Exchange } from "./exchange.ts";
import type { SnapAnswered, SnapHandlerOptions } from "./options.ts";
import { createMemoryReplayStore } from "./replay-store.ts";

/** Options that have no default but their absence. */
type Absent = "admit" | "verifyCustomerToken" | "onError" | "onAnswer" | "signedPath";

/** The options, checked, with their defaults. */
export interface Settings
  extends Required<Omit<SnapHandlerOptions, Absent | "paths" | "publicUrl" | "profile">>,
    Pick<SnapHandlerOptions, Absent> {
  profile: Contract;
  /** The URL that partners call, taken apart; its path is empty where it has none. */
  publicUrl: { origin: string; path: string } | undefined;
  /** Reads a public key; a text is read once, which takes longer than to verify a signature. */
  publicKeyOf: (key: string | RsaKeyObject) => RsaKeyObject;
  /** Told what was verified in vain where no key made the signature; for mock and sandbox, since it is told secrets. */
  onSignatureRefused?: SignatureWitness | undefined;
  /** Told of every answer, with what was answered; for the console of mock and sandbox, since it is told secrets and bodies. */
  onExchange?: ExchangeWitness | undefined;
  /** A time as SNAP writes it. The second that was written last is kept: most answers are of the same again. */
  timestampOf: (time: Date) => string;
  /** A text for the owner of a claim: no other process, receiver or request has it. */
  nextOwner: () => string;
  /** The contract's operations by path, with the base path. */
  routes: ReadonlyMap<string, Route>;
}

/** Who is told of signatures that are refused: what each key was asked to verify, and all else that is known of the request. */
export type SignatureWitness = (inputs: VerifyInput[], exchange: Exchange) => void;

/** Who is told of every answer: what came, as far as it was read, and the text that goes back. */
export type ExchangeWitness = (
  answered: SnapAnswered,
  about: Partial<Pick<Exchange, "request" | "bytes">>,
  text: string,
) => void;

/** What is served at a path. */
export interface Route {
  operation: OperationId;
  facts: OperationContract;
  /** The headers that are looked at: what they are called, by their names in small letters. */
  headerNames: ReadonlyMap<string, string>;
  /** The fields of its request that name something: what a database must find again. */
  references: readonly string[];
}

/** Operations that move money, or tell of it: 60, 62, 79 and 80. */
const SIGNED_ONCE: readonly OperationId[] = ["qrCpmPayment", "qrCpmCancel", "qrCpmNotify", "qrCpmRefund"];

type Defaulted = Exclude<
  keyof SnapHandlerOptions,
  | Absent
  | "paths"
  | "publicUrl"
  | "profile"
  | "basePath"
  | "operations"
  | "key"
  | "verifyToken"
  | "replayStore"
  | "signedOnce"
>;

const defaults = (): Required<Pick<SnapHandlerOptions, Defaulted>> => ({
  clock: () => new Date(),
  maxBodyBytes: 65_536,
  validateReplies: process.env.NODE_ENV !== "production",
  withoutToken: [],
  allowWeakKeys: false,
  refuseExpiredCertificates: false,
  withCustomerToken: [],
  bodyForms: ["minified"],
  timestampTolerance: 300,
  replayPolicy: "conflict",
  operationTimeout: 25_000,
});

/**
 * Checks the options and fills in the defaults.
 * @throws TypeError (`ERR_SNAP_INVALID_OPTION`, `ERR_SNAP_UNKNOWN_OPERATION`) when one cannot be right
 */
export function settingsOf(options: AnyOptions): Settings {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const profile = contractOf(options.profile ?? published);
  const settings = { ...defaults(), basePath: profile.basePath, ...(given as unknown as AnyOptions), profile };
  checkOperations(settings);
  checkCallbacks(settings);
  checkPaths(settings);
  checkChoices(settings);
  checkNumbers(settings);
  const { basePath, paths = {}, publicUrl } = settings;
  const routes = Object.entries(profile.operations).map(([id, facts]) => {
    const operation = id as OperationId;
    const references = facts.fields.filter((name) => /(ReferenceNo|RefundNo|ExternalId)$/i.test(name));
    const names = [...facts.headers, headers.contentType, headers.authorization, CONTENT_LENGTH];
    const headerNames = new Map(names.map((name) => [name.toLowerCase(), name]));
    return [paths[operation] ?? basePath + facts.path, { operation, facts, headerNames, references }] as const;
  });
  const { origin, pathname } = new URL(publicUrl ?? "http://host");
  return {
    ...settings,
    publicUrl: publicUrl === undefined ? undefined : { origin, path: pathname.replace(/\/$/, "") },
    replayStore: settings.replayStore ?? createMemoryReplayStore(),
    signedOnce: settings.signedOnce ?? SIGNED_ONCE.filter((id) => Object.hasOwn(profile.operations, id)),
    routes: new Map(routes),
    ...createHelpers(settings),
  };
}

/** How many keys that are given as text are kept: more are read again. */
const MAX_KEYS = 1000;

function createHelpers({
  allowWeakKeys,
}: Pick<Settings, "allowWeakKeys">): Pick<Settings, "nextOwner" | "publicKeyOf" | "timestampOf"> {
  const own = randomUUID();
  let count = 0;
  let last = { second: Number.NaN, text: "" };
  const read = new Map<string, RsaKeyObject>();
  return {
    timestampOf(time) {
      const second = Math.floor(time.getTime() / 1000);
      if (second !== last.second) last = { second, text: snapTimestamp(time) };
      return last.text;
    },
    nextOwner() {
      count += 1;
      return `${own}-${count}`;
    },
    publicKeyOf(key) {
      const known = typeof key === "string" ? read.get(key) : undefined;
      if (known) return known;
      const loaded = publicKeyOf(key, { allowWeakKeys });
      if (read.size === MAX_KEYS) read.clear();
      if (typeof key === "string") read.set(key, loaded);
      return loaded;
    },
  };
}

/** The options, whatever the profile. */
export type AnyOptions = Omit<SnapHandlerOptions, "profile"> & { profile?: Contract };
type Unchecked = AnyOptions & Required<Pick<SnapHandlerOptions, Defaulted | "basePath">> & { profile: Contract };

// each makes sure of what could only fail later, at every call; not every user has a compiler to tell

function checkOperations({
  operations,
  profile,
  withCustomerToken,
  withoutToken,
  signedOnce = [],
  paths = {},
}: Unchecked): void {
  if (typeof operations !== "object" || operations === null) {
    throw invalidOption("operations must be an object that has each operation served under its name.");
  }
  const known = Object.keys(profile.operations);
  const named = [...Object.keys(operations), ...withCustomerToken, ...withoutToken, ...signedOnce];
  for (const id of [...named, ...Object.keys(paths)]) {
    if (Object.hasOwn(profile.operations, id)) continue;
    throw typeError("ERR_SNAP_UNKNOWN_OPERATION", `An operation must be one of ${known.join(", ")}, but is ${id}.`);
  }
}

function checkCallbacks({ key, verifyToken, withCustomerToken, verifyCustomerToken, replayStore }: Unchecked): void {
  if (typeof key !== "function" && key !== "unchecked") {
    throw invalidOption('key must be a function that returns what the caller signs with, or "unchecked".');
  }
  if (typeof verifyToken !== "function" && verifyToken !== "unchecked") {
    throw invalidOption('verifyToken must be a function that says whether a token is good, or "unchecked".');
  }
  if (withCustomerToken.length > 0 && !verifyCustomerToken) {
    throw invalidOption("withCustomerToken needs verifyCustomerToken, or nothing verifies the customer's token.");
  }
  if (replayStore === undefined || replayStore === "off") return;
  if (
    typeof replayStore?.claim !== "function" ||
    typeof replayStore.settle !== "function" ||
    !(replayStore.lease > 0)
  ) {
    throw invalidOption(
      'replayStore must have claim, settle and lease, as createMemoryReplayStore makes it, or be "off".',
    );
  }
}

/** Whether a text is a path as it is sent, so that a request can have it. */
const isPath = (path: string) => path.startsWith("/") && new URL(`http://host${path}`).pathname === path;

function checkPaths({ basePath, paths = {}, publicUrl, signedPath, profile }: Unchecked): void {
  if (basePath !== "" && !(isPath(basePath) && !basePath.endsWith("/"))) {
    throw invalidOption(
      `basePath must start with a slash, not end with one, and be written as it is sent, such as "/snap"; it is "${basePath}".`,
    );
  }
  for (const [id, path] of Object.entries(paths)) {
    if (typeof path === "string" && isPath(path)) continue;
    throw invalidOption(
      `paths.${id} must start with a slash and be written as it is sent, such as "/callbacks/qris"; it is "${path}".`,
    );
  }
  const url = publicUrl !== undefined && URL.canParse(publicUrl) ? new URL(publicUrl) : undefined;
  if (publicUrl !== undefined && !(url && /^https?:$/.test(url.protocol) && url.search === "" && url.hash === "")) {
    throw invalidOption(
      `publicUrl must be an absolute URL without a query, such as "https://pay.example/snap"; it is "${publicUrl}".`,
    );
  }
  const signs = [signedPath, ...(signedPath ? [] : Object.values(profile.operations).map((its) => its.signedPath))];
  if (signs.includes("url") && publicUrl === undefined) {
    throw invalidOption('signedPath "url" needs publicUrl, for a request does not say under which URL it was sent.');
  }
}

function checkChoices({ signedPath, bodyForms, replayPolicy }: Unchecked): void {
  const choices = {
    signedPath: [[signedPath ?? "as-sent"], ["as-sent", "without-base-path", "url"]],
    bodyForms: [bodyForms, ["minified", "rewritten"]],
    replayPolicy: [[replayPolicy], ["conflict", "idempotent"]],
  } as const;
  for (const [name, [given, known]] of Object.entries(choices)) {
    const wrong = Array.isArray(given) ? given.find((one) => !known.includes(one as never)) : String(given);
    if (wrong === undefined && given.length > 0) continue;
    throw invalidOption(
      `${name} must be ${known.map((one) => `"${one}"`).join(" or ")}; it is ${JSON.stringify(wrong)}.`,
    );
  }
}

/** What the command line takes as well: a number beyond it accepts any time, and must say so. */
const MOST_SECONDS = 999_999_999;
const isWithin = (value: number, least: number, most: number) => value >= least && value <= most;

function checkNumbers({ maxBodyBytes, timestampTolerance, operationTimeout }: Unchecked): void {
  if (!(maxBodyBytes >= 0)) throw invalidOption("maxBodyBytes must be a number of bytes; leave it out for 64 KiB.");
  const isTolerance = typeof timestampTolerance === "number" && isWithin(timestampTolerance, 0, MOST_SECONDS);
  if (timestampTolerance !== "off" && !isTolerance) {
    throw invalidOption(
      'timestampTolerance must be a number of seconds from 0 to 999999999; leave it out for 300, or say "off" to accept any time.',
    );
  }
  if (!isWithin(operationTimeout, 1, 2 ** 31 - 1)) {
    throw invalidOption("operationTimeout must be a number of milliseconds from 1; leave it out for 25,000.");
  }
}
