// `snap-bi sandbox`: serves the sandbox until Ctrl-C.
import { headers } from "../../generated/operations.ts";
import { published } from "../contract/contract.ts";
import { KEY_HEADER } from "../host/access.ts";
import type { HostOptions } from "../host/host.ts";
import { createForces } from "../sandbox/forces.ts";
import { isAmount } from "../sandbox/money.ts";
import { checkFault } from "../sandbox/notify-faults.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "../sandbox/sandbox.ts";
import { loadPrivateKey } from "../snap/keys.ts";
import { parseTime } from "../snap/time.ts";
import { command, UsageError, type Values } from "./args.ts";
import { acceptedBody, curlOf, exampleCall } from "./example-call.ts";
import { readKeyFile } from "./files.ts";
import {
  asUsageError,
  checksOf,
  listen,
  readNumber,
  readServeOptions,
  readValue,
  refuseWords,
  SERVE_NOTES,
  SERVE_OPTIONS,
  SIGN,
  untilStopped,
} from "./serve.ts";
import { fitted, labelled, printable, type Terminal } from "./terminal.ts";

const OPTIONS = {
  ...SERVE_OPTIONS,
  "notify-url": {
    type: "string",
    value: "URL",
    about: "where payments are notified (79, signed, sent again until acknowledged); http is allowed to any machine",
  },
  "notify-key": {
    type: "string",
    value: "FILE",
    about: "the RSA private key (PEM) that signs notifications; by default one is made and its public half printed",
  },
  "notify-faults": {
    type: "string",
    value: "LIST",
    about:
      "what goes wrong with notifications on purpose, with commas between: twice, late (by a minute), out-of-order (after the next one of the same payment), bad-signature (a forged one before each)",
  },
  seed: {
    type: "string",
    value: "SEED",
    about: "make the same references and tokens in every run; random unless given",
  },
  time: {
    type: "string",
    value: "TIME",
    about:
      "stop the clock at this time, such as 2020-12-23T07:50:11+07:00; POST /sandbox/time moves it, and lets it go on",
  },
  limit: {
    type: "string",
    value: "AMOUNT",
    default: "10000000.00",
    about: "the highest amount of one payment; above is 403 02",
  },
  "qr-lifetime": {
    type: "string",
    value: "S",
    default: "300",
    about: "for how many seconds a QR code is good; after that 403 00",
  },
  "control-key": {
    type: "string",
    value: "KEY",
    about:
      "ask for this key under /sandbox (Authorization: Bearer KEY); one is made and printed where calls are checked or HOST is not this machine's alone, and none is asked for elsewhere",
  },
  state: {
    type: "string",
    value: "FILE",
    about: "keep the books in this file across restarts; a kill loses nothing that was answered",
  },
  force: {
    type: "string",
    value: "PRESET",
    multiple: true,
    about:
      "let outcomes be forced as others do it, too: dana (the amount is the response code without the middle digit of its status, 436014.00) or external-id (X-EXTERNAL-ID begins with the response code); may be given more than once",
  },
  latency: {
    type: "string",
    value: "MS",
    default: "0",
    about: "hold back every answer for so many milliseconds",
  },
  "developer-site": {
    type: "boolean",
    default: false,
    about:
      "do what the standard's developer site does: POST .../utilities/signature-auth and signature-service sign for the caller, and calls are served under any base path, such as /api; a key, a secret and a client key are made and printed",
  },
  "settle-after": {
    type: "string",
    value: "S",
    default: "5",
    about: "after how many seconds a pending payment is decided",
  },
} as const;

/** Serves the sandbox until SIGINT or SIGTERM. */
export const run = command(
  {
    usage: ["snap-bi sandbox [OPTIONS]"],
    about: [
      "Serves a PJP with a memory until Ctrl-C: it makes QR codes, takes payments, answers queries, cancels and refunds, and notifies. What it knows is gone when it stops, unless --state keeps it. Each X-EXTERNAL-ID is accepted once a day. The documentation, under /docs, has the table of what forces an answer, such as amount 4036014.00 for insufficient funds; snap-bi codes 4036014 says it of one code. Of direct debits (service 55) it knows debit-00 to debit-06, one of each status.",
      'GET /sandbox tells what it knows, the newest first, 100 payments a page (?limit=, and next leads on). POST /sandbox with {"reset": true} empties the books. POST /sandbox/time with {"advance": 600} lets ten minutes pass; it stops the clock, as {"time": "2020-12-23T07:50:11+07:00"} and --time do, until {"resume": true}. A POST needs Content-Type: application/json.',
    ],
    examples: [["snap-bi sandbox --port 4011 --token env:SNAP_ACCESS_TOKEN --client-secret env:SNAP_CLIENT_SECRET"]],
    options: OPTIONS,
    notes: SERVE_NOTES,
  },
  async (values, positionals, terminal) => {
    refuseWords("sandbox", positionals);
    const serveOptions = await readServeOptions(values, terminal);
    const options = { ...serveOptions, ...(await readSandboxOptions(values, terminal)) };
    const sandbox = await listen(() => startSandbox(options), serveOptions);
    const { url, notifyPublicKey, seed } = sandbox;
    const { controlKey, developerSite } = madeFor(sandbox, values);
    if (values.json)
      terminal.out(JSON.stringify({ url, docs: `${url}/docs`, seed, controlKey, notifyPublicKey, developerSite }));
    else terminal.out(startUp(sandbox, checkedBy(serveOptions, sandbox), values, terminal));
    await untilStopped(sandbox);
    return 0;
  },
);

/** What was made for this run, to be told. What was given is known, and may be a secret. */
function madeFor({ controlKey, developerSite }: Sandbox, values: Values<typeof OPTIONS>) {
  const secret = values["client-secret"] === undefined ? developerSite?.clientSecret : undefined;
  return {
    controlKey: values["control-key"] === undefined ? controlKey : undefined,
    developerSite: developerSite && { ...developerSite, clientSecret: secret },
  };
}

async function readSandboxOptions(values: Values<typeof OPTIONS>, terminal: Terminal): Promise<SandboxOptions> {
  const { seed, limit, state } = values;
  if (values["control-key"] === "")
    throw new UsageError("--control-key must not be empty; leave it out to have one made");
  const controlKey = await readValue("control-key", values["control-key"], terminal);
  if (state === "") throw new UsageError("--state must be the name of a file; leave it out to keep nothing");
  if (!isAmount(limit)) {
    throw new UsageError(`--limit must be an amount such as ${OPTIONS.limit.default}, not "${printable(limit)}"`);
  }
  return {
    limit,
    qrLifetime: readNumber("qr-lifetime", values["qr-lifetime"], 1),
    settleAfter: readNumber("settle-after", values["settle-after"], 0),
    ...(seed !== undefined && { seed }),
    ...(state !== undefined && { state }),
    ...(controlKey !== undefined && { controlKey }),
    ...readTime(values.time),
    developerSite: values["developer-site"],
    latency: readNumber("latency", values.latency, 0),
    ...readForce(values.force),
    ...(await readNotify(values, terminal)),
  };
}

function startUp(sandbox: Sandbox, checked: HostOptions, values: Values<typeof OPTIONS>, terminal: Terminal): string {
  const { "notify-url": notifyUrl, "notify-key": notifyKey, state } = values;
  const { url, seed, notifyPublicKey } = sandbox;
  const rows: [string, string][] = [
    ["SNAP sandbox", url],
    ["console", `${url}/`],
    ["documentation", `${url}/docs`],
    ["what it knows", `${url}/sandbox`],
    ["control key", controlKeyIn(sandbox, values)],
    ...checksOf(checked),
    ["books", state === undefined ? "in memory; --state FILE keeps them" : printable(state)],
    ["seed", printable(String(seed))],
    ["notifications", notifyUrl === undefined ? "none; --notify-url sends them" : printable(notifyUrl)],
  ];
  const about = "Notifications are signed with a key made for this run. Its public half:";
  const isMade = notifyPublicKey !== undefined && notifyKey === undefined;
  return [
    ...labelled(rows, terminal),
    "",
    ...(isMade ? [fitted(about, terminal), notifyPublicKey] : []),
    ...developerSiteIn(sandbox, values, terminal),
    ...firstCallOf(url, checked),
    "Ctrl-C stops it.\n",
  ].join("\n");
}

/** A call that succeeds, as often as it is pasted; where calls are checked, who signs them. */
function firstCallOf(
  url: string,
  { clientSecret, publicKey, accessToken, tokenLifetime, ...about }: HostOptions,
): string[] {
  if (clientSecret ?? publicKey ?? accessToken ?? tokenLifetime) return [SIGN, ""];
  const { profile = published, basePath = profile.basePath, timestampTolerance = "off" } = about;
  const example = exampleCall(profile);
  // of what is asked about nothing is known yet
  if (!["qrCpmPayment", "debitStatus"].includes(example.operation)) return [];
  const own = {
    [headers.externalId]: "$(date +%s)",
    ...(example.operation === "qrCpmPayment" && { partnerReferenceNo: "order-$(date +%s)" }),
    ...(timestampTolerance !== "off" && { [headers.timestamp]: "$(TZ=UTC-7 date +%Y-%m-%dT%H:%M:%S+07:00)" }),
  };
  const call = { ...example, body: acceptedBody(example, profile) };
  return ["Try it:", curlOf(url + basePath, call, own), ""];
}

/** The options as they are checked: the developer site makes its own key and secret. */
function checkedBy<Options extends HostOptions>(options: Options, { developerSite }: Sandbox): Options {
  if (!developerSite) return options;
  const { clientSecret } = developerSite;
  // which key it is does not matter here
  return { ...options, clientSecret, publicKey: "made", tokenLifetime: options.tokenLifetime ?? 900 };
}

/** What a caller of the developer site needs. */
function developerSiteIn(sandbox: Sandbox, values: Values<typeof OPTIONS>, terminal: Terminal): string[] {
  const { developerSite } = madeFor(sandbox, values);
  if (!developerSite) return [];
  const { clientKey, clientSecret = "--client-secret's", privateKey } = developerSite;
  const rows: [string, string][] = [
    ["developer site", `${sandbox.url}/api/v1.0/utilities/signature-auth and signature-service; made for this run:`],
    [headers.clientKey, clientKey],
    ["X-CLIENT-SECRET", clientSecret],
    ["Private_Key", privateKey],
  ];
  return [...labelled(rows, terminal), ""];
}

/** How to call `/sandbox`. */
function controlKeyIn(sandbox: Sandbox, values: Values<typeof OPTIONS>): string {
  if (sandbox.controlKey === undefined) return "not needed; --control-key asks for one";
  const key = madeFor(sandbox, values).controlKey ?? "--control-key's";
  return `${key} (for /sandbox, as ${KEY_HEADER})`;
}

function readForce(force: string[] | undefined): { force?: string[] } {
  if (force === undefined) return {};
  asUsageError("--", () => createForces(force));
  return { force };
}

function readTime(value: string | undefined): { time?: Date } {
  if (value === undefined) return {};
  const time = parseTime(value);
  if (time === undefined) {
    throw new UsageError(`--time must be a time such as 2020-12-23T07:50:11+07:00, not "${printable(value)}"`);
  }
  return { time };
}

async function readNotify(
  { "notify-url": url, "notify-key": key, "notify-faults": list }: Values<typeof OPTIONS>,
  terminal: Terminal,
): Promise<Pick<SandboxOptions, "notify">> {
  if (url === undefined) {
    if (key !== undefined) throw new UsageError("--notify-key needs --notify-url, or there is nothing to sign");
    if (list !== undefined) throw new UsageError("--notify-faults needs --notify-url, or there is nothing to send");
    return {};
  }
  if (!/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : "")) {
    throw new UsageError(
      `--notify-url must be an absolute URL, such as http://127.0.0.1:8080, not "${printable(url)}"`,
    );
  }
  const faults = list?.split(",").map((name) => asUsageError("--", () => checkFault(name.trim())));
  const about = { url, ...(faults && { faults }) };
  if (key === undefined) return { notify: about };
  const pem = await readKeyFile("notify-key", key, terminal);
  const privateKey = asUsageError("--notify-key: ", () => loadPrivateKey(pem));
  return { notify: { ...about, signature: { type: "asymmetric", privateKey } } };
}
