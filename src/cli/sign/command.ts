// `snap-bi sign`: signs a request and shows every step, or checks a signature and says what it was probably made from.
import { createPublicKey, type KeyObject } from "node:crypto";
import { validateHeaders } from "../../contract/validation.ts";
import {
  hashBody,
  loadPrivateKey,
  loadPublicKey,
  minifyJson,
  type SignatureEncoding,
  type SnapSignatureInput,
  sign,
  stringToSign,
  verify,
} from "../../snap/signature.ts";
import { snapTimestamp } from "../../snap/time.ts";
import {
  type Command,
  printable,
  readArgs,
  readInput,
  readSecret,
  SECRETS_HELP,
  type Terminal,
  table,
  terminal as thisTerminal,
  UsageError,
} from "../args.ts";
import { type Diagnosis, diagnose } from "./diagnose.ts";
import type { Check } from "./mistakes.ts";

const HELP = `snap-bi sign --path PATH [--body FILE] [--client-secret SECRET | --private-key KEY] [OPTIONS]
snap-bi sign --client-key ID [--private-key KEY] [OPTIONS]
snap-bi sign ... --timestamp TIME --check SIGNATURE

Signs a request as SNAP asks and prints every step: the minified body, its hash, the string to sign, the signature, and the
X-TIMESTAMP to send with it. With a client secret it makes the symmetric signature, with a private key the asymmetric one, with
--client-key that of a request for a token (service 73). With --check it says whether a signature is right, and if not, what it
was probably made from.

  export SNAP_CLIENT_SECRET SNAP_ACCESS_TOKEN
  snap-bi sign --path /v1.0/qr/qr-cpm-query --body query.json
  snap-bi sign --client-key my-client --private-key @private.pem --quiet --timestamp 2020-12-23T07:44:11+07:00
  snap-bi sign --path /v1.0/qr/qr-cpm-query --body query.json --timestamp 2020-12-23T07:50:11+07:00 --check 85be817c...

  --path PATH             the path from the slash on, with its query, exactly as it is sent
  --method METHOD         POST by default
  --body FILE             the body exactly as it is sent, - for stdin; without it the body is empty
  --timestamp TIME        the X-TIMESTAMP; now, in Jakarta, by default
  --access-token TOKEN    env:NAME or @FILE; the variable SNAP_ACCESS_TOKEN by default
  --client-secret SECRET  env:NAME or @FILE; the variable SNAP_CLIENT_SECRET by default
  --private-key KEY       env:NAME or @FILE (PEM); the variable SNAP_PRIVATE_KEY by default
  --client-key ID         the X-CLIENT-KEY of a request for a token
  --encoding ENCODING     base64 (the default) or hex
  --show-token            print tokens in full; otherwise their first four characters, *** for short ones
  --quiet                 print the signature only, which needs --timestamp; with --check nothing, for the exit code tells
  --json                  one JSON document
  --check SIGNATURE       check this signature, in Base64 or hex (in the one of --encoding only, if that is given);
                          write --check=SIGNATURE when it starts with a dash
  --public-key KEY        @FILE or env:NAME (PEM): what asymmetric signatures are checked with; a private key does as well
  --base-url URL          with --check: the receiver's scheme and host, to see whether they were signed; without it those of the
                          mock and the sandbox on this machine, port 4010 or 4011
  --help                  this text

${SECRETS_HELP}
Exit codes: 0 signed, or the signature is right; 1 it is wrong; 2 used wrongly.`;

const OPTIONS = {
  path: { type: "string" },
  method: { type: "string" },
  body: { type: "string" },
  timestamp: { type: "string" },
  "access-token": { type: "string" },
  "client-secret": { type: "string" },
  "private-key": { type: "string" },
  "public-key": { type: "string" },
  "client-key": { type: "string" },
  encoding: { type: "string" },
  "base-url": { type: "string" },
  check: { type: "string" },
  "show-token": { type: "boolean" },
  quiet: { type: "boolean" },
  json: { type: "boolean" },
} as const;

type Values = ReturnType<typeof readArgs<typeof OPTIONS>>["values"];

/** What is signed, and with what. */
interface Material extends Omit<Check, "signature" | "baseUrl"> {
  privateKey: KeyObject | undefined;
}

/** Signs, or checks. */
export const run: Command = async (args, terminal = thisTerminal) => {
  const { values, positionals } = readArgs(args, OPTIONS);
  if (values.help) {
    terminal.out(HELP);
    return 0;
  }
  // none is repeated: it may be part of a token that was not quoted
  if (positionals.length) throw new UsageError("sign takes options only; quote values that hold blanks; try --help");
  const encoding = readEncoding(values.encoding);
  refuseCombinations(values);
  const material = await readMaterial(values, terminal);
  // the library refuses what cannot be signed, in words that hold no value
  const steps = refusing(() => stepsOf(material, encoding, values["show-token"] ?? false));
  warnOfTimestamp(material, terminal);
  if (values.check === undefined && values.body !== undefined) warnOfBody(material, terminal);
  if (values.check !== undefined) return check(values.check, material, steps, values, terminal);
  if (values.quiet) terminal.out(steps.signature ?? "");
  else if (values.json) terminal.out(JSON.stringify(steps));
  else for (const line of inWords(steps)) terminal.out(line);
  return 0;
};

function refusing<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message);
    throw error;
  }
}

function readEncoding(value = "base64"): SignatureEncoding {
  if (value !== "base64" && value !== "hex")
    throw new UsageError(`--encoding takes base64 or hex, not "${printable(value)}"`);
  return value;
}

function refuseCombinations(values: Values): void {
  const { check, timestamp, path } = values;
  if (values.quiet && values.json) throw new UsageError("--quiet and --json exclude each other");
  if (check?.trim() === "") throw new UsageError("--check takes the signature, in Base64 or hex; this one is empty");
  if (check === undefined) {
    if (values.quiet && timestamp === undefined)
      throw new UsageError("--quiet prints no X-TIMESTAMP, so say which one is signed with --timestamp");
    for (const option of ["public-key", "base-url"] as const)
      if (values[option] !== undefined) throw new UsageError(`--${option} is for --check; signing does not need it`);
    if (values["client-secret"] !== undefined && values["private-key"] !== undefined)
      throw new UsageError(
        "--client-secret makes a symmetric signature and --private-key an asymmetric one; give one of them",
      );
  } else if (timestamp === undefined) {
    throw new UsageError("--check needs --timestamp, the X-TIMESTAMP that was sent with the signature");
  }
  if (values["client-key"] === undefined) {
    if (path === undefined) throw new UsageError("--path is missing, such as --path /v1.0/qr/qr-cpm-query; try --help");
  } else if (path === undefined || check === undefined) {
    for (const option of ["path", "method", "body", "access-token"] as const)
      if (values[option] !== undefined)
        throw new UsageError(
          `--client-key signs a request for a token, which covers no --${option}; leave one of them out`,
        );
    if (values["client-secret"] !== undefined && check === undefined)
      throw new UsageError("a request for a token is signed with --private-key, not with --client-secret");
  }
}

async function readMaterial(values: Values, terminal: Terminal): Promise<Material> {
  const isToken = values["client-key"] !== undefined && values.path === undefined;
  const keys = await readKeys(values, isToken, terminal);
  const type = isToken ? "token" : keys.publicKey || keys.privateKey ? "asymmetric" : "symmetric";
  const checking = values.check !== undefined;
  if (type === "asymmetric" && !checking && values["access-token"] !== undefined)
    throw new UsageError(
      "the asymmetric signature covers no access token; leave --access-token out, or use --client-secret",
    );
  const accessToken = await readSecret("access-token", values["access-token"], terminal, "SNAP_ACCESS_TOKEN");
  if (type === "symmetric" && accessToken === undefined)
    throw new UsageError(
      "the symmetric signature covers the access token: give it with --access-token env:NAME or @FILE, or set SNAP_ACCESS_TOKEN",
    );
  return {
    type,
    method: values.method ?? "POST",
    path: values.path ?? "",
    body: values.body === undefined ? new Uint8Array() : await readInput(values.body, terminal),
    timestamp: values.timestamp ?? snapTimestamp(terminal.now()),
    accessToken,
    clientKey: values["client-key"],
    ...keys,
  };
}

/** The secret or the key; which of them the environment gives is clear, or asked for. */
async function readKeys(
  values: Values,
  isToken: boolean,
  terminal: Terminal,
): Promise<Pick<Material, "clientSecret" | "privateKey" | "publicKey">> {
  const given = (["client-secret", "private-key", "public-key"] as const).some(
    (option) => values[option] !== undefined,
  );
  const secretVariable = given || isToken ? undefined : "SNAP_CLIENT_SECRET";
  const rsaGiven = values["private-key"] !== undefined || values["public-key"] !== undefined;
  const keyVariable = given && !(isToken && !rsaGiven) ? undefined : "SNAP_PRIVATE_KEY";
  const clientSecret = await readSecret("client-secret", values["client-secret"], terminal, secretVariable);
  const privatePem = await readSecret("private-key", values["private-key"], terminal, keyVariable);
  const publicPem = await readSecret("public-key", values["public-key"], terminal);
  if (!given && clientSecret !== undefined && privatePem !== undefined)
    throw new UsageError(
      "SNAP_CLIENT_SECRET and SNAP_PRIVATE_KEY are both set; choose with --client-secret env:SNAP_CLIENT_SECRET or --private-key env:SNAP_PRIVATE_KEY",
    );
  const privateKey = privatePem === undefined ? undefined : refusing(() => loadPrivateKey(privatePem));
  const publicKey = publicPem === undefined ? undefined : refusing(() => loadPublicKey(publicPem));
  if (isToken && !privateKey && !publicKey)
    throw new UsageError(
      "a request for a token is signed with the private key: give it with --private-key @FILE or env:NAME, or set SNAP_PRIVATE_KEY",
    );
  if (clientSecret === undefined && !privateKey && !publicKey)
    throw new UsageError(
      "there is nothing to sign with: give --client-secret or --private-key, as env:NAME or @FILE, or set SNAP_CLIENT_SECRET or SNAP_PRIVATE_KEY",
    );
  return { clientSecret, privateKey, publicKey: publicKey ?? (privateKey && createPublicKey(privateKey)) };
}

function inputOf(material: Material, accessToken = material.accessToken): SnapSignatureInput {
  const { type, method, path, body, timestamp, clientKey = "" } = material;
  if (type === "token") return { type, clientKey, timestamp };
  if (type === "asymmetric") return { type, method, path, body, timestamp };
  return { type, method, path, body, timestamp, accessToken: accessToken ?? "" };
}

/** What is printed of a signature's making; no secret and, unless asked for, no token. */
interface Steps {
  type: SnapSignatureInput["type"];
  minifiedBody?: string;
  bodyHash?: string;
  stringToSign: string;
  headers: { "X-TIMESTAMP": string; "X-SIGNATURE"?: string };
  /** Undefined where only the public key is at hand. */
  signature: string | undefined;
  encoding: SignatureEncoding;
}

function stepsOf(material: Material, encoding: SignatureEncoding, showToken: boolean): Steps {
  const { type, body, timestamp, accessToken = "" } = material;
  // first as it is, for the library has a look at the token
  const signature = signatureOf(material, encoding);
  const text = stringToSign(inputOf(material, showToken ? accessToken : masked(accessToken)));
  const minified = Buffer.from(minifyJson(body)).toString();
  return {
    type,
    ...(type !== "token" && {
      minifiedBody: showToken ? minified : withoutTokens(minified),
      bodyHash: hashBody(body),
    }),
    stringToSign: text,
    headers: { "X-TIMESTAMP": timestamp, ...(signature !== undefined && { "X-SIGNATURE": signature }) },
    signature,
    encoding,
  };
}

function signatureOf(material: Material, encoding: SignatureEncoding): string | undefined {
  const input = inputOf(material);
  const { clientSecret = "", privateKey } = material;
  if (input.type === "symmetric") return sign({ ...input, clientSecret, encoding });
  stringToSign(input);
  return privateKey && sign({ ...input, privateKey, encoding });
}

/** A token as it may be shown: enough to tell two apart, if it is long. */
function masked(token: string): string {
  return token.length < 12 ? "***" : `${token.slice(0, 4)}***`;
}

/** A body with the values of its tokens masked, such as userAccessToken. */
function withoutTokens(json: string): string {
  // a string that is never closed is masked to its end
  return json.replace(
    /("[^"\\]*(?:\\.[^"\\]*)*token":")([^"\\]*(?:\\.[^"\\]*)*)/gi,
    (_, name: string, token: string) => name + (token && masked(token)),
  );
}

const KINDS: Readonly<Record<SnapSignatureInput["type"], string>> = {
  symmetric: "symmetric: HMAC-SHA512 with the client secret",
  asymmetric: "asymmetric: SHA256withRSA with the private key",
  token: "request for a token: SHA256withRSA with the private key",
};

function inWords({ type, minifiedBody, bodyHash, stringToSign, headers }: Steps): string[] {
  const body =
    minifiedBody === undefined
      ? []
      : [
          ["minified body", minifiedBody || "(empty)"],
          ["its SHA-256", bodyHash ?? ""],
        ];
  const rows = [["type", KINDS[type]], ...body, ["string to sign", stringToSign], ...Object.entries(headers)];
  return table(rows.map((row) => row.map(printable)));
}

/** A signature may be right over a timestamp that the contract does not accept. */
function warnOfTimestamp({ timestamp }: Material, { err }: Terminal): void {
  const result = validateHeaders("qrCpmQuery", { "X-TIMESTAMP": timestamp });
  if (!result.valid && result.violations.some(({ path }) => path === "X-TIMESTAMP"))
    err("snap-bi: the contract refuses this X-TIMESTAMP; it wants the form 2020-12-23T07:50:11+07:00");
}

/** The wrong file, or the output of a command that failed, can be signed as well. */
function warnOfBody({ body }: Material, { err }: Terminal): void {
  if (body.length === 0) err("snap-bi: the body is empty");
  else if (!isJson(body)) err("snap-bi: the body is no JSON; it is signed all the same");
}

function isJson(bytes: Uint8Array): boolean {
  try {
    JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return true;
  } catch {
    return false;
  }
}

/** What `--check` says, as JSON. */
interface Verdict {
  right: boolean;
  /** How the signature is written, where it is right. */
  encoding?: string;
  diagnosis?: Diagnosis;
  steps: Steps;
}

function check(signature: string, material: Material, steps: Steps, values: Values, { out }: Terminal): number {
  const verdict = verdictOf(signature, material, steps, values);
  if (values.json) out(JSON.stringify(verdict));
  else if (!values.quiet) for (const line of verdictInWords(verdict, material, values)) out(line);
  return verdict.right ? 0 : 1;
}

function verdictOf(signature: string, material: Material, steps: Steps, values: Values): Verdict {
  if (!verifies(signature, material)) {
    const diagnosis = diagnose({ ...material, signature, baseUrl: values["base-url"] });
    return { right: false, diagnosis, steps };
  }
  const encoding = encodingOf(signature);
  const asked = values.encoding === undefined || encoding.toLowerCase() === values.encoding;
  if (asked) return { right: true, encoding, steps };
  const mistake = {
    name: "signature-encoding",
    found: `the signature is the right one, but written in ${encoding}`,
    mend: `write its bytes in ${values.encoding === "hex" ? "hex" : "Base64 with + and /"}`,
  };
  return { right: false, encoding, diagnosis: { explanations: [[mistake]], remarks: [], tried: 1 }, steps };
}

function verifies(signature: string, material: Material): boolean {
  const input = inputOf(material);
  const { clientSecret = "", publicKey } = material;
  if (input.type === "symmetric") return verify({ ...input, clientSecret, signature });
  return publicKey !== undefined && verify({ ...input, publicKey, signature });
}

/** How a signature that verifies is written. */
function encodingOf(signature: string): "Base64" | "Base64 with the URL's alphabet" | "hex" {
  if (/^[\da-f]+$/i.test(signature)) return "hex";
  return Buffer.from(signature, "base64").toString("base64") === signature
    ? "Base64"
    : "Base64 with the URL's alphabet";
}

function verdictInWords({ right, encoding, diagnosis, steps }: Verdict, material: Material, values: Values): string[] {
  if (right)
    return [
      `right: it is the signature over this request, in ${encoding}${encoding === "Base64" ? "" : "; a receiver may take Base64 only"}`,
    ];
  const { explanations = [], remarks = [], tried = 0 } = diagnosis ?? {};
  const told = explanations.flatMap((mistakes, at) => [
    at ? "or:" : "wrong. Exactly this signature comes out when:",
    ...mistakes.flatMap(({ found, mend }) => [`- ${printable(found)}`, `  Instead: ${printable(mend)}.`]),
  ]);
  const untold = [
    `wrong. I cannot tell what it was made from; none of ${tried} ways to make it gives this signature.`,
    ...remarks,
    ...comparisons(material, values),
  ];
  return [...(told.length ? told : untold), "", "What it ought to be made from:", ...inWords(steps)];
}

/** What to compare with the other side when nothing could be told. */
function comparisons({ type, body, accessToken, clientKey }: Material, values: Values): string[] {
  const parts = [
    ...(type === "token"
      ? [`the client key (${clientKey?.length} characters)`]
      : ["method", "path with its query", `body (${body.length} bytes, white space included)`]),
    ...(type === "symmetric" ? [`access token (${accessToken?.length} characters)`] : []),
    "timestamp",
    type === "symmetric" ? "client secret" : "key pair",
  ];
  const options = [
    ...(values["base-url"] === undefined && type !== "token"
      ? ["--base-url, to try signed URLs of other receivers than the mock"]
      : []),
    ...(values["client-key"] === undefined ? ["--client-key, to try the string to sign of a request for a token"] : []),
  ];
  return [
    `Compare with the other side: ${parts.join(", ")}; then the string to sign below, with theirs, character by character.`,
    ...(options.length ? [`Give ${options.join("; and ")}.`] : []),
  ];
}
