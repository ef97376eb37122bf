// What is signed, and with what: read from options, files and variables.
import { createPublicKey, type KeyObject } from "node:crypto";
import { operations } from "../../../generated/operations.ts";
import type { Check } from "../../doctor/doctor.ts";
import { privateKeyOf, publicKeyOf } from "../../snap/pem.ts";
import type { SnapSignatureInput } from "../../snap/signature.ts";
import { snapTimestamp } from "../../snap/time.ts";
import { type Options, UsageError, type Values } from "../args.ts";
import { readInput, readSecret } from "../files.ts";
import { PROFILE_OPTION, readProfile } from "../profile.ts";
import { asUsageError } from "../serve.ts";
import type { Terminal } from "../terminal.ts";
import { type SignedAs, signedAs } from "./dialect.ts";

/** The options of `snap-bi sign`. */
export const OPTIONS = {
  path: {
    type: "string",
    value: "PATH",
    about: "the path from the slash on, with its query, exactly as it is sent",
  },
  method: { type: "string", value: "METHOD", about: "POST unless given" },
  body: {
    type: "string",
    value: "FILE",
    about: "the body exactly as it is sent, - for stdin; without it the body is empty",
  },
  ...PROFILE_OPTION,
  timestamp: { type: "string", value: "TIME", about: "the X-TIMESTAMP; now, in Jakarta, unless given" },
  "access-token": {
    type: "string",
    value: "TOKEN",
    about: "env:NAME or @FILE; the variable SNAP_ACCESS_TOKEN unless given",
  },
  "client-secret": {
    type: "string",
    value: "SECRET",
    about: "env:NAME or @FILE; the variable SNAP_CLIENT_SECRET unless given",
  },
  "private-key": {
    type: "string",
    value: "KEY",
    about: "env:NAME or @FILE (PEM); the variable SNAP_PRIVATE_KEY unless given",
  },
  "client-key": { type: "string", value: "ID", about: "the X-CLIENT-KEY of a request for a token" },
  encoding: { type: "string", value: "ENCODING", about: "base64, unless given, or hex" },
  "show-token": {
    type: "boolean",
    about: "print tokens in full; otherwise their first four characters, *** for short ones",
  },
  quiet: {
    type: "boolean",
    about: "print the signature only, which needs --timestamp; with --check nothing, for the exit code tells",
  },
  json: { type: "boolean", about: "one JSON document" },
  check: {
    type: "string",
    value: "SIGNATURE",
    about:
      "check this signature, in Base64 or hex (in the one of --encoding only, if that is given); write --check=SIGNATURE when it starts with a dash",
  },
  "public-key": {
    type: "string",
    value: "KEY",
    about: "@FILE or env:NAME (PEM): what asymmetric signatures are checked with; a private key does as well",
  },
  "base-url": {
    type: "string",
    value: "URL",
    about:
      "with --check: the receiver's scheme and host, to see whether they were signed; without it those of this machine's usual ports and of well-known PJPs. With a --profile that signs the whole URL: what stands before the path",
  },
} as const satisfies Options;

/** What the options come to. */
export type SignValues = Values<typeof OPTIONS>;

/** What is signed, and with what. */
export interface Material extends Omit<Check, "signature" | "baseUrl"> {
  privateKey: KeyObject | undefined;
  /** The whole URL, where a profile signs that in place of the path. */
  url?: string | undefined;
}

/** Refuses options that contradict each other. */
export function checkCombinations(values: SignValues): void {
  const { check, timestamp, path, quiet, json } = values;
  if (quiet && json) throw new UsageError("--quiet and --json exclude each other");
  if (check?.trim() === "") throw new UsageError("--check must be the signature, in Base64 or hex; this one is empty");
  if (check === undefined) checkSigning(values);
  else if (timestamp === undefined)
    throw new UsageError("--check needs --timestamp, the X-TIMESTAMP that was sent with the signature");
  if (values["client-key"] !== undefined) checkTokenRequest(values);
  else if (path === undefined)
    throw new UsageError(`--path is missing, such as --path ${operations.qrCpmQuery.path}; try --help`);
}

function checkSigning(values: SignValues): void {
  if (values.quiet && values.timestamp === undefined)
    throw new UsageError("--quiet does not print the X-TIMESTAMP, so say which one is signed with --timestamp");
  for (const option of ["public-key", "base-url"] as const)
    if (values[option] !== undefined && !(option === "base-url" && values.profile !== undefined))
      throw new UsageError(`--${option} is for --check; signing does not need it`);
  if (values["client-secret"] !== undefined && values["private-key"] !== undefined)
    throw new UsageError(
      "--client-secret makes a symmetric signature and --private-key an asymmetric one; give one of them",
    );
}

function checkTokenRequest(values: SignValues): void {
  const { path, check } = values;
  if (path !== undefined && check !== undefined) return;
  for (const option of ["path", "method", "body", "access-token"] as const)
    if (values[option] !== undefined)
      throw new UsageError(
        `--client-key signs a request for a token, which does not cover --${option}; leave one of them out`,
      );
  if (values["client-secret"] !== undefined && check === undefined)
    throw new UsageError("a request for a token is signed with --private-key, not with --client-secret");
}

/** Reads what is signed, and with what. */
export async function readMaterial(values: SignValues, terminal: Terminal): Promise<Material> {
  const isToken = values["client-key"] !== undefined && values.path === undefined;
  const as = isToken ? undefined : await readSignedAs(values, terminal);
  const keys = await readKeys(values, { isToken, kind: as?.kind }, terminal);
  const type = isToken ? "token" : keys.publicKey || keys.privateKey ? "asymmetric" : "symmetric";
  const checking = values.check !== undefined;
  if (as?.kind !== undefined && as.kind !== type)
    throw new UsageError(
      `${as.whose} must be signed ${as.kind === "symmetric" ? "symmetrically: give --client-secret" : "asymmetrically: give --private-key"}, as env:NAME or @FILE`,
    );
  if (type === "asymmetric" && !checking && values["access-token"] !== undefined)
    throw new UsageError(
      "the asymmetric signature does not cover the access token; leave --access-token out, or use --client-secret",
    );
  const accessToken = await readSecret("access-token", values["access-token"], terminal, "SNAP_ACCESS_TOKEN");
  if (type === "symmetric" && accessToken === undefined)
    throw new UsageError(
      "the symmetric signature covers the access token: give it with --access-token env:NAME or @FILE, or set SNAP_ACCESS_TOKEN",
    );
  return {
    type,
    method: values.method ?? "POST",
    path: as?.path ?? values.path ?? "",
    url: as?.url,
    body: values.body === undefined ? new Uint8Array() : await readInput(values.body, terminal),
    timestamp: values.timestamp ?? snapTimestamp(terminal.now()),
    accessToken,
    clientKey: values["client-key"],
    ...keys,
  };
}

/** How the profile that is named has it signed. */
async function readSignedAs(values: SignValues, terminal: Terminal): Promise<SignedAs | undefined> {
  const { profile, path = "", check, "base-url": baseUrl } = values;
  if (profile === undefined || !path.startsWith("/")) return undefined;
  return signedAs(await readProfile(profile), { path, baseUrl, checking: check !== undefined }, terminal);
}

/** The secret or the key; which of them the environment gives is clear, or asked for. */
async function readKeys(
  values: SignValues,
  { isToken, kind }: { isToken: boolean; kind: SignedAs["kind"] },
  terminal: Terminal,
): Promise<Pick<Material, "clientSecret" | "privateKey" | "publicKey">> {
  const given = (["client-secret", "private-key", "public-key"] as const).some(
    (option) => values[option] !== undefined,
  );
  // where a profile leaves no choice, the other variable is somebody else's
  const secretVariable = given || isToken || kind === "asymmetric" ? undefined : "SNAP_CLIENT_SECRET";
  const rsaGiven = values["private-key"] !== undefined || values["public-key"] !== undefined;
  const keyUnused = (given && !(isToken && !rsaGiven)) || kind === "symmetric";
  const keyVariable = keyUnused ? undefined : "SNAP_PRIVATE_KEY";
  const clientSecret = await readSecret("client-secret", values["client-secret"], terminal, secretVariable);
  const privatePem = await readSecret("private-key", values["private-key"], terminal, keyVariable);
  const publicPem = await readSecret("public-key", values["public-key"], terminal);
  if (!given && clientSecret !== undefined && privatePem !== undefined)
    throw new UsageError(
      "SNAP_CLIENT_SECRET and SNAP_PRIVATE_KEY are both set; choose with --client-secret env:SNAP_CLIENT_SECRET or --private-key env:SNAP_PRIVATE_KEY",
    );
  const privateKey = privatePem === undefined ? undefined : asUsageError("", () => privateKeyOf(privatePem));
  const publicKey = publicPem === undefined ? undefined : asUsageError("", () => publicKeyOf(publicPem));
  if (isToken && !privateKey && !publicKey)
    throw new UsageError(
      "a request for a token is signed with the private key: give it with --private-key @FILE or env:NAME, or set SNAP_PRIVATE_KEY",
    );
  if (clientSecret === undefined && !privateKey && !publicKey)
    throw new UsageError(
      "a secret or a key is missing: give --client-secret or --private-key, as env:NAME or @FILE, or set SNAP_CLIENT_SECRET or SNAP_PRIVATE_KEY",
    );
  return { clientSecret, privateKey, publicKey: publicKey ?? (privateKey && createPublicKey(privateKey)) };
}

/** What the signature covers. */
export function inputOf(material: Material, accessToken = material.accessToken): SnapSignatureInput {
  const { type, method, path, body, timestamp, clientKey = "" } = material;
  if (type === "token") return { type, clientKey, timestamp };
  if (type === "asymmetric") return { type, method, path, body, timestamp };
  return { type, method, path, body, timestamp, accessToken: accessToken ?? "" };
}
