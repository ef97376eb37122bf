// `snap-bi sandbox`: serves the sandbox until Ctrl-C.
import { type SandboxOptions, startSandbox } from "../sandbox/sandbox.ts";
import { loadPrivateKey } from "../snap/signature.ts";
import { parseTime } from "../snap/time.ts";
import {
  type Command,
  printable,
  readArgs,
  readKeyFile,
  type Terminal,
  terminal as thisTerminal,
  UsageError,
} from "./args.ts";
import { checksOf, listen, readNumber, readServeOptions, SERVE_HELP, SERVE_OPTIONS, untilStopped } from "./serve.ts";

const HELP = `snap-bi sandbox [OPTIONS]

Serves a PJP with a memory until Ctrl-C: it makes QR codes, takes payments, answers queries, cancels and refunds, and notifies.
What it knows is gone when it stops. Each X-EXTERNAL-ID is accepted once a day. The documentation, under /docs, has the table of
amounts and merchants that force an answer, such as amount 4036014.00 for insufficient funds. Of direct debits (service 55) it
knows debit-00 to debit-06, one of each status.

${SERVE_HELP.replace(
  "  --json",
  `  --notify-url URL       where payments are notified (79, signed, sent again until acknowledged)
  --notify-key FILE      the RSA private key (PEM) that signs notifications; by default one is made and its public half printed
  --seed SEED            makes the same references and tokens in every run; random by default
  --time TIME            stop the clock at this time, such as 2020-12-23T07:50:11+07:00; POST /sandbox/time moves it
  --limit AMOUNT         the highest amount of one payment (default 10000000.00); above is 403 02
  --qr-lifetime S        for how many seconds a QR code is good (default 300); after that 403 00
  --settle-after S       after how many seconds a pending payment is decided (default 5)
  --json`,
)}

GET /sandbox tells all that it knows; POST /sandbox/time with {"advance": 600} lets ten minutes pass.
Example: snap-bi sandbox --port 4011 --token env:SNAP_ACCESS_TOKEN --client-secret env:SNAP_CLIENT_SECRET
Exit codes: 0 stopped (npm itself says 130 after Ctrl-C), 2 used wrongly or the port is taken.`;

/** Serves the sandbox until SIGINT or SIGTERM. */
export const run: Command = async (args, terminal = thisTerminal) => {
  const { values, positionals } = readArgs(args, {
    ...SERVE_OPTIONS,
    "notify-url": { type: "string" },
    "notify-key": { type: "string" },
    seed: { type: "string" },
    time: { type: "string" },
    limit: { type: "string" },
    "qr-lifetime": { type: "string", default: "300" },
    "settle-after": { type: "string", default: "5" },
  });
  if (values.help) {
    terminal.out(HELP);
    return 0;
  }
  if (positionals.length) throw new UsageError(`sandbox takes no "${printable(positionals.join(" "))}"; try --help`);
  const serveOptions = await readServeOptions(values, terminal);
  const { seed, limit } = values;
  if (limit !== undefined && !/^\d{1,16}\.\d{2}$/.test(limit)) {
    throw new UsageError(`--limit takes an amount with two decimals, such as 10000000.00, not "${printable(limit)}"`);
  }
  const options: SandboxOptions = {
    ...serveOptions,
    qrLifetime: readNumber("qr-lifetime", values["qr-lifetime"], 1),
    settleAfter: readNumber("settle-after", values["settle-after"], 0),
    ...(seed !== undefined && { seed }),
    ...(limit !== undefined && { limit }),
    ...readTime(values.time),
    ...(await readNotify(values["notify-url"], values["notify-key"], terminal)),
  };
  const sandbox = await listen(() => startSandbox(options), serveOptions);
  const { url, notifyPublicKey } = sandbox;
  if (values.json) {
    terminal.out(JSON.stringify({ url, docs: `${url}/docs`, seed: sandbox.seed, notifyPublicKey }));
  } else {
    const madeKey = notifyPublicKey !== undefined && values["notify-key"] === undefined;
    terminal.out(`SNAP sandbox    ${url}
documentation   ${url}/docs
what it knows   ${url}/sandbox
${checksOf(serveOptions)}
seed            ${printable(String(sandbox.seed))}
notifications   ${values["notify-url"] === undefined ? "none; --notify-url sends them" : printable(values["notify-url"])}
${madeKey ? `\nNotifications are signed with a key made for this run. Its public half:\n${notifyPublicKey}` : ""}
Ctrl-C stops it.
`);
  }
  await untilStopped(sandbox);
  return 0;
};

function readTime(value: string | undefined): { time?: Date } {
  if (value === undefined) return {};
  const time = parseTime(value);
  if (time === undefined) {
    throw new UsageError(`--time takes a time such as 2020-12-23T07:50:11+07:00, not "${printable(value)}"`);
  }
  return { time };
}

async function readNotify(
  url: string | undefined,
  key: string | undefined,
  terminal: Terminal,
): Promise<Pick<SandboxOptions, "notify">> {
  if (url === undefined) {
    if (key !== undefined) throw new UsageError("--notify-key needs --notify-url, or there is nothing to sign");
    return {};
  }
  if (!/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : "")) {
    throw new UsageError(`--notify-url takes an absolute URL, such as http://127.0.0.1:8080, not "${printable(url)}"`);
  }
  if (key === undefined) return { notify: url };
  const pem = await readKeyFile("notify-key", key, terminal);
  try {
    return { notify: { url, signature: { type: "asymmetric", privateKey: loadPrivateKey(pem) } } };
  } catch (error) {
    throw new UsageError(`--notify-key: ${(error as Error).message}`);
  }
}
