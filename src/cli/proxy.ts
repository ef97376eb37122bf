// `snap-bi proxy`: signs what tools that cannot sign send to a target, until Ctrl-C.
import { headers, operations } from "../../generated/operations.ts";
import { checkBaseUrl } from "../client/checks.ts";
import type { SnapSignature } from "../client/options.ts";
import type { ProxyOptions } from "../proxy/options.ts";
import { startProxy } from "../proxy/proxy.ts";
import { privateKeyOf } from "../snap/pem.ts";
import { command, type Options, UsageError, type Values } from "./args.ts";
import { readSecret, SECRETS_HELP } from "./files.ts";
import { linesOf } from "./log-line.ts";
import { PROFILE_OPTION, readProfile } from "./profile.ts";
import { asUsageError, listen, readListening, readNumber, refuseWords, SERVE_OPTIONS, untilStopped } from "./serve.ts";
import { call, labelled, printable, type Terminal } from "./terminal.ts";

const { host, cors, "no-cors": noCors, json } = SERVE_OPTIONS;

const OPTIONS = {
  target: {
    type: "string",
    value: "URL",
    about: "where signed requests go, with the base path and without the version, such as https://snap.bank.example",
  },
  ...PROFILE_OPTION,
  partner: { type: "string", value: "ID", about: `the ${headers.partnerId} of every request` },
  channel: { type: "string", value: "ID", about: `the ${headers.channelId} of every request` },
  "client-secret": {
    type: "string",
    value: "SECRET",
    about: "sign symmetrically with it; the variable SNAP_CLIENT_SECRET unless given",
  },
  "private-key": {
    type: "string",
    value: "KEY",
    about:
      "sign requests for a token with this RSA key (PEM), and without a client secret all others too; the variable SNAP_PRIVATE_KEY unless given",
  },
  "client-key": {
    type: "string",
    value: "ID",
    about: `the ${headers.clientKey} of requests for a token; the proxy then gets tokens itself, and renews them`,
  },
  "access-token": {
    type: "string",
    value: "TOKEN",
    about:
      "send this token in place of one that the proxy gets; without --client-key the variable SNAP_ACCESS_TOKEN unless given",
  },
  "token-path": {
    type: "string",
    value: "PATH",
    about: `where the target gives out tokens, if not at ${operations.accessTokenB2b.path}`,
  },
  "customer-token": { type: "string", value: "TOKEN", about: `the token of ${headers.authorizationCustomer}` },
  "device-id": { type: "string", value: "ID", about: `the ${headers.deviceId} of every request` },
  origin: { type: "string", value: "NAME", about: "the ORIGIN of every request that has none" },
  replace: {
    type: "string",
    value: "NAME",
    multiple: true,
    about:
      "fill this header in although the caller has set it, such as an X-SIGNATURE that a generated client must be given; may be given more than once",
  },
  timeout: {
    type: "string",
    value: "MS",
    default: "30000",
    about: "how long the target may take, in milliseconds, from the token to the end of the answer; 0 for no limit",
  },
  "max-bytes": {
    type: "string",
    value: "BYTES",
    default: "1048576",
    about: "how long the body of a request, and of an answer, may be",
  },
  "allow-http": {
    type: "boolean",
    default: false,
    about: "take a target of http on another machine; those on the way can read and change tokens and payments",
  },
  port: { type: "string", value: "PORT", default: "4012", about: "port to listen on, 0 for a free one" },
  host,
  "allow-host": {
    type: "string",
    value: "NAME",
    multiple: true,
    about:
      "let it be called by this name too (Host header), beside localhost, *.localhost, 127.0.0.0/8 and [::1], whatever --host is; may be given more than once",
  },
  cors,
  "no-cors": noCors,
  json,
} as const satisfies Options;

/** Signs until SIGINT or SIGTERM. */
export const run = command(
  {
    usage: ["snap-bi proxy --target URL --partner ID --channel ID [OPTIONS]"],
    about: [
      "Signs for tools that cannot, until Ctrl-C: an unsigned POST to http://127.0.0.1:4012/v1.0/... goes to the target with access token, headers and signature filled in, and its answer comes back as it is. curl, Postman, Bruno, Swagger UI and redocly respect need no script for it. The log says where an answer breaks the contract.",
      "A header that the caller sets is kept, but for the contract's own samples beside its sample of X-SIGNATURE, which Swagger UI and redocly respect fill in by themselves. What the proxy itself has to say is application/problem+json; 502 and 504 have an outcome: rejected, the request was never sent, or unknown, query before you send it again.",
    ],
    examples: [
      ["export SNAP_CLIENT_SECRET"],
      [
        "snap-bi proxy --target https://snap.bank.example --partner 82150823919040624621 --channel 95221 \\\n    --client-key my-client --private-key @private.pem",
      ],
      [`curl http://127.0.0.1:4012${operations.qrCpmQuery.path} -H 'Content-Type: application/json' -d @query.json`],
    ],
    options: OPTIONS,
    notes: [
      "With a client secret the signature is symmetric, and needs a token: give --client-key and --private-key, or --access-token. With a private key alone it is asymmetric, and without --client-key no token is sent.",
      SECRETS_HELP,
      "Who can reach the proxy can pay with it: leave --host as it is unless the network is yours alone.",
      "Exit codes: 0 stopped, 2 usage error, or the port is taken.",
    ],
  },
  async (values, positionals, terminal) => {
    refuseWords("proxy", positionals);
    const listening = readListening(values);
    const options = { ...listening, ...(await readProxyOptions(values, terminal)) };
    const proxy = await listen(() => startProxy(options), listening);
    if (values.json) terminal.out(JSON.stringify({ url: proxy.url, target: options.target }));
    else terminal.out(startUp(proxy.url, options, terminal));
    await untilStopped(proxy);
    return 0;
  },
);

async function readProxyOptions(values: Values<typeof OPTIONS>, terminal: Terminal): Promise<ProxyOptions> {
  const target = readTarget(values);
  const partnerId = required("partner", values.partner, "82150823919040624621");
  const profile = await readProfile(values.profile);
  const hasChannel = Object.values(profile.operations).some(
    ({ signature, headers: its, fixedHeaders }) =>
      signature !== "token" && its.includes(headers.channelId) && !fixedHeaders?.[headers.channelId],
  );
  const maxBytes = readNumber("max-bytes", values["max-bytes"], 1);
  const customerToken = await readSecret("customer-token", values["customer-token"], terminal);
  const { origin, replace, "device-id": deviceId } = values;
  return {
    target,
    profile,
    partnerId,
    ...(hasChannel && { channelId: required("channel", values.channel, "95221") }),
    ...(await readCredentials(values, terminal)),
    ...(customerToken !== undefined && { customerToken }),
    ...(origin !== undefined && { origin }),
    ...(deviceId !== undefined && { deviceId }),
    ...(replace !== undefined && { replaceHeaders: replace }),
    timeout: readNumber("timeout", values.timeout, 0),
    maxAnswerBytes: maxBytes,
    maxBodyBytes: maxBytes,
    allowHttp: values["allow-http"],
    log: (entry) => {
      for (const line of values.json ? [JSON.stringify(entry)] : linesOf(entry, terminal)) terminal.out(line);
    },
  };
}

function readTarget({ target: given, "allow-http": allowHttp }: Values<typeof OPTIONS>): string {
  const target = required("target", given, "https://snap.bank.example");
  try {
    return checkBaseUrl(target, allowHttp, { option: "--target" });
  } catch (error) {
    throw new UsageError((error as Error).message.replace("set allowHttp: true", "give --allow-http"));
  }
}

function required(option: string, value: string | undefined, example: string): string {
  if (value) return value;
  throw new UsageError(`--${option} is missing, such as --${option} ${example}; try --help`);
}

/** What is signed with, and where tokens come from. */
async function readCredentials(
  values: Values<typeof OPTIONS>,
  terminal: Terminal,
): Promise<Pick<ProxyOptions, "signature" | "accessToken" | "token">> {
  const { "client-key": clientKey, "token-path": path } = values;
  const clientSecret = await readSecret("client-secret", values["client-secret"], terminal, "SNAP_CLIENT_SECRET");
  const pem = await readSecret("private-key", values["private-key"], terminal, "SNAP_PRIVATE_KEY");
  const tokenVariable = clientKey === undefined ? "SNAP_ACCESS_TOKEN" : undefined;
  const accessToken = await readSecret("access-token", values["access-token"], terminal, tokenVariable);
  const privateKey = pem === undefined ? undefined : asUsageError("--private-key: ", () => privateKeyOf(pem));
  if (clientKey === "") throw new UsageError(`--client-key must not be empty; it is sent as ${headers.clientKey}`);
  if (clientKey !== undefined && !privateKey)
    throw new UsageError(
      "--client-key needs --private-key, which signs requests for a token: give it as @FILE or env:NAME, or set SNAP_PRIVATE_KEY",
    );
  if (path !== undefined && clientKey === undefined)
    throw new UsageError("--token-path needs --client-key, or no token is asked for");
  const signature: SnapSignature | undefined = clientSecret
    ? { type: "symmetric", clientSecret }
    : privateKey && { type: "asymmetric", privateKey };
  if (!signature)
    throw new UsageError(
      "a secret or a key is missing: give --client-secret or --private-key, as env:NAME or @FILE, or set SNAP_CLIENT_SECRET or SNAP_PRIVATE_KEY",
    );
  if (clientSecret && clientKey === undefined && accessToken === undefined)
    throw new UsageError(
      "the symmetric signature covers the access token: give --client-key and --private-key, for the proxy to get one, or --access-token",
    );
  return {
    signature,
    ...(accessToken !== undefined && { accessToken }),
    ...(clientKey !== undefined &&
      privateKey && { token: { clientKey, privateKey, ...(path !== undefined && { path }) } }),
  };
}

function startUp(
  url: string,
  { target, signature, accessToken, token, replaceHeaders = [] }: ProxyOptions,
  terminal: Terminal,
): string {
  const tokenPath = token?.path ?? operations.accessTokenB2b.path;
  const tokens =
    accessToken !== undefined
      ? "the one given"
      : token
        ? `from ${printable(tokenPath)} (service 73), renewed before it expires`
        : "none is sent";
  const requests = token ? "" : "; requests for a token are not signed, --client-key does that";
  const replaced = replaceHeaders.length
    ? `, but for ${replaceHeaders.map(printable).join(", ")}`
    : "; --replace NAME fills one in all the same";
  const rows: [string, string][] = [
    ["SNAP proxy", url],
    ["target", target],
    ["access token", tokens + requests],
    ["signature", signature.type],
    ["headers", `the caller's are kept${replaced}`],
  ];
  const tried = `curl -i -H 'Content-Type: application/json' -d @query.json ${url}${operations.qrCpmQuery.path}`;
  return [...labelled(rows, terminal), "", "Try it:", call(tried, terminal), "", "Ctrl-C stops it.\n"].join("\n");
}
