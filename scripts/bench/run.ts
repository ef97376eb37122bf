// Times the built package against what one would write or take instead, on service 60's full request. Ratios are medians over
// rounds that alternate within one run, so that they hold on a busy machine too.
import { spawnSync } from "node:child_process";
import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { alternate, compare, median } from "./measure.ts";
import { compareMocks } from "./mocks.ts";
import { bundle, parts } from "./size.ts";

const { values } = parseArgs({
  options: { help: { type: "boolean", short: "h" }, quick: { type: "boolean", default: false } },
});
if (values.help) {
  console.log(`npm run bench [-- --quick]

Builds the package, times it against its peers and prints one table. The peers are installed into scripts/bench/node_modules
the first time. --quick takes fewer rounds and is good for a first look only.`);
  process.exit(0);
}
const rounds = values.quick ? 51 : 401;

const folder = import.meta.dirname;
const root = fileURLToPath(new URL("../..", import.meta.url));

interface Row {
  what: string;
  against: string;
  measured: string;
  aim: string;
  met: boolean;
}
const rows: Row[] = [];

function npm(...args: string[]): void {
  const { status } = spawnSync("npm", args, {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(`npm ${args.join(" ")} failed`);
}

const say = (line: string) => console.log(`... ${line}`);
const fixed = (value: number, digits = 2) => value.toFixed(digits);

say("building the package into dist/");
npm("run", "--silent", "build", "--", "--logLevel", "silent");
if (!existsSync(join(folder, "node_modules/zod"))) {
  say("installing the peers into scripts/bench/node_modules (npm ci --prefix scripts/bench)");
  npm("ci", "--silent", "--no-audit", "--no-fund", "--prefix", folder);
}

// what users import; the types come from the source, for dist/ may not be there yet when they are checked
const dist = (entry: string) => pathToFileURL(join(root, "dist", `${entry}.js`)).href;
const { createSnapClient, sign, snapTimestamp } = (await import(dist("index"))) as typeof import("../../src/index.ts");
const { createSnapHandler } = (await import(dist("server"))) as typeof import("../../src/receiver/handler.ts");
const { validateRequest } = (await import(dist("validation"))) as typeof import("../../src/contract/validation.ts");

const document = JSON.parse(readFileSync(join(root, "generated/openapi.json"), "utf8"));
const path = "/v1.0/qr/qr-cpm-payment";
const request = document.components.examples.QrCpmPaymentRequest
  .value as import("../../src/index.ts").QrCpmPaymentRequest;
const text = JSON.stringify(request);
const answer = JSON.stringify(document.components.examples.QrCpmPaymentResponse.value);

const secret = "a-client-secret-of-a-usual-length-0123456789";
const accessToken = "gp9HjjEj813Y9JGoqwOeOPWbnt4CUpvIJbU1mMU4a11MNDZ7Sg5u9a";

const reply = JSON.parse(answer);
const receiver = createSnapHandler({
  key: () => ({ type: "symmetric", clientSecret: secret }),
  verifyToken: (token) => token === accessToken,
  // as in production
  validateReplies: false,
  maxBodyBytes: 2 ** 22,
  operations: { qrCpmPayment: () => reply },
});

await validation();
await signing();
await calling();
await receiving();
await mocking();
await growth();
importing();
await weighing();
print();

/** The price of validation, as a share of the price of parsing what is validated. */
async function validation(): Promise<void> {
  type Peer = { name: string; check(body: unknown): boolean; differences: string };
  const { peers } = (await import(String("./peers.ts"))) as { peers(of: unknown, at: string): Promise<Peer[]> };
  const ours = { name: "ours", check: (body: unknown) => validateRequest("qrCpmPayment", body).valid, differences: "" };
  const all = [ours, ...(await peers(document, path))];
  say(`validating ${text.length} bytes, freshly parsed, in ${rounds} rounds`);
  const parse = (times: number) => {
    let seen = 0;
    for (let at = 0; at < times; at++) if (JSON.parse(text) !== null) seen++;
    return void seen;
  };
  const works = { parse, ...Object.fromEntries(all.map(({ name, check }) => [name, validating(check)])) };
  const taken = await alternate<string>(works, { rounds, times: 500 });
  // not before, for the faulty bodies' other shapes would slow whom they meet
  for (const { name, check } of all) refuseIdle(name, check);
  const share = (name: string) =>
    compare(taken[name] ?? [], taken.parse ?? [], (both, alone) => (both - alone) / alone);
  const own = share("ours");
  say(`JSON.parse takes ${fixed(median(taken.parse ?? []))} us`);
  rows.push({
    what: "validate the full request, freshly parsed: (parse + validate - parse) / parse",
    against: "`JSON.parse` of it",
    measured: fixed(own),
    aim: "at most 0.12",
    met: own <= 0.12,
  });
  for (const { name, differences } of all.slice(1)) {
    const theirs = share(name);
    const less = differences && ` (${differences})`;
    rows.push({
      what: "the same",
      against: `${name}${less}`,
      measured: `${fixed(own)} against ${fixed(theirs)}`,
      aim: "less",
      met: own < theirs,
    });
  }
}

/** A function of its own for each validator, so that none is slowed by the others' types. */
function validating(check: (body: unknown) => boolean): (times: number) => void {
  return new Function(
    "check",
    "text",
    "return (times) => { let valid = 0; for (let at = 0; at < times; at++) if (check(JSON.parse(text))) valid++; if (valid !== times) throw new Error('refused'); };",
  )(check, text);
}

/** A validator that accepts too much would be fast and prove nothing. */
function refuseIdle(name: string, check: (body: unknown) => boolean): void {
  const faulty: Record<string, unknown>[] = [
    ...["partnerReferenceNo", "qrContent", "merchantId", "expiryTime"].map((field) => ({ [field]: undefined })),
    ...["partnerReferenceNo", "qrContent", "merchantId"].map((field) => ({ [field]: "" })),
    ...Object.entries({ partnerReferenceNo: 64, qrContent: 512, subMerchantId: 32, title: 256, terminalId: 32 }).map(
      ([field, max]) => ({ [field]: "x".repeat(max + 1) }),
    ),
    { title: 1 },
    { expiryTime: "2020-12-23T07:59:11" },
    { amount: { value: "1", currency: "IDR" } },
    { amount: { value: "1.00" } },
    { feeAmount: { value: "1.00", currency: "idr" } },
    { scannerInfo: { deviceModel: "x".repeat(129) } },
    { items: [] },
    { additionalInfo: "none" },
  ];
  const fresh = (change: object) => JSON.parse(JSON.stringify({ ...request, ...change }));
  if (!check(fresh({}))) throw new Error(`${name} refuses the full request`);
  for (const change of faulty) {
    if (check(fresh(change))) throw new Error(`${name} accepts ${JSON.stringify(change)}`);
  }
}

function bareSignature(body: string | Uint8Array, timestamp: string): Buffer {
  const hash = createHash("sha256").update(body).digest("hex");
  return createHmac("sha512", secret).update(`POST:${path}:${accessToken}:${hash}:${timestamp}`).digest();
}

async function signing(): Promise<void> {
  const timestamp = snapTimestamp(new Date());
  const method = "POST";
  const type = "symmetric";
  const works = {
    ours: (times: number) => {
      for (let at = 0; at < times; at++)
        sign({ type, method, path, accessToken, body: text, timestamp, clientSecret: secret });
    },
    bare: (times: number) => {
      for (let at = 0; at < times; at++) bareSignature(text, timestamp).toString("base64");
    },
  };
  if (
    sign({ type, method, path, accessToken, body: text, timestamp, clientSecret: secret }) !==
    bareSignature(text, timestamp).toString("base64")
  )
    throw new Error("the two signatures differ");
  say(`signing, in ${rounds} rounds`);
  const taken = await alternate(works, { rounds, times: 200 });
  const ratio = compare(taken.ours, taken.bare);
  rows.push({
    what: `sign (${fixed(median(taken.ours), 1)} us)`,
    against: "bare `node:crypto` SHA-256 and HMAC-SHA512",
    measured: fixed(ratio),
    aim: "at most 1.15",
    met: ratio <= 1.15,
  });
}

async function calling(): Promise<void> {
  const worker = new Worker(new URL("loopback.js", import.meta.url), { workerData: answer });
  const { port } = await new Promise<AddressInfo>((resolve) => worker.once("message", resolve));
  const baseUrl = `http://127.0.0.1:${port}`;
  const signature = { type: "symmetric", clientSecret: secret } as const;
  const snap = createSnapClient({
    baseUrl,
    partnerId: "82150823919040624621",
    channelId: "95221",
    accessToken,
    signature,
  });

  async function bareCall(): Promise<unknown> {
    const body = JSON.stringify(request);
    const timestamp = snapTimestamp(new Date());
    const headers = {
      "Content-Type": "application/json",
      Authorization: `Bearer ${accessToken}`,
      "X-TIMESTAMP": timestamp,
      "X-SIGNATURE": sign({
        type: "symmetric",
        method: "POST",
        path,
        accessToken,
        body,
        timestamp,
        clientSecret: secret,
      }),
      "X-PARTNER-ID": "82150823919040624621",
      "X-EXTERNAL-ID": randomBytes(16).toString("hex"),
      "CHANNEL-ID": "95221",
    };
    const response = await fetch(baseUrl + path, { method: "POST", headers, body });
    return response.json();
  }
  const works = {
    ours: async (times: number) => {
      for (let at = 0; at < times; at++) await snap.qrCpmPayment(request);
    },
    bare: async (times: number) => {
      for (let at = 0; at < times; at++) await bareCall();
    },
  };
  say(`calling a server on loopback, in ${rounds} rounds`);
  const taken = await alternate(works, { rounds, times: 10 });
  await worker.terminate();
  const ratio = compare(taken.ours, taken.bare);
  rows.push({
    what: `client call on loopback (${fixed(median(taken.ours), 0)} us)`,
    against: "bare `fetch(url, init)` with the same signing",
    measured: fixed(ratio),
    aim: "at most 1.10",
    met: ratio <= 1.1,
  });
}

/** Requests as a receiver gets them, each with an X-EXTERNAL-ID of its own. */
function incoming(body: string, times: number): Request[] {
  const timestamp = snapTimestamp(new Date());
  const signature = bareSignature(body, timestamp).toString("base64");
  return Array.from({ length: times }, () => {
    const headers = {
      "content-type": "application/json",
      authorization: `Bearer ${accessToken}`,
      "x-timestamp": timestamp,
      "x-signature": signature,
      "x-partner-id": "82150823919040624621",
      "x-external-id": randomBytes(16).toString("hex"),
      "channel-id": "95221",
    };
    return new Request(`http://127.0.0.1${path}`, { method: "POST", headers, body });
  });
}

/** Times only what comes after the requests were made. */
function answering(handler: (request: Request) => Promise<Response>, body: string) {
  return async (times: number) => {
    const requests = incoming(body, times);
    const start = performance.now();
    for (const request of requests) {
      const { status } = await handler(request);
      if (status !== 200) throw new Error(`answered ${status}`);
    }
    return performance.now() - start;
  };
}

/** Reads bytes, as the signature covers them, and looks at token and signature; the rest it takes on trust. */
async function bareReceiver(request: Request): Promise<Response> {
  const bytes = new Uint8Array(await request.arrayBuffer());
  const expected = bareSignature(bytes, request.headers.get("x-timestamp") ?? "");
  const received = Buffer.from(request.headers.get("x-signature") ?? "", "base64");
  if (request.headers.get("authorization") !== `Bearer ${accessToken}` || !timingSafeEqual(expected, received))
    return new Response(null, { status: 401 });
  const body = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString());
  if (!body) return new Response(null, { status: 400 });
  const headers = { "content-type": "application/json", "x-timestamp": snapTimestamp(new Date()) };
  return new Response(JSON.stringify(reply), { status: 200, headers });
}

async function receiving(): Promise<void> {
  const works = { ours: answering(receiver, text), bare: answering(bareReceiver, text) };
  say(`receiving, in ${rounds} rounds`);
  const taken = await alternate(works, { rounds, times: 40 });
  const ratio = compare(taken.ours, taken.bare);
  rows.push({
    what: `receiver: verify, parse, validate, answer (${fixed(median(taken.ours), 0)} us)`,
    against: "bare handler that parses and does the same crypto",
    measured: fixed(ratio),
    aim: "at most 1.25",
    met: ratio <= 1.25,
  });
}

/** Bodies with an additionalInfo of 1 kB to 1 MB. */
async function growth(): Promise<void> {
  const sizes = [1, 10, 100, 1000];
  const bodies = sizes.map((kilobytes) => {
    const item = { name: "some goods", price: "10000.00", note: "white, large" };
    const items = Array.from(
      { length: Math.round((kilobytes * 1000) / (JSON.stringify(item).length + 1)) },
      () => item,
    );
    return JSON.stringify({ ...request, additionalInfo: { items } });
  });
  say("validating and receiving an additionalInfo of 1, 10, 100 and 1000 kB");
  const perKilobyte = { validate: [] as number[], receive: [] as number[] };
  for (const [at, body] of bodies.entries()) {
    const times = Math.max(1, 40 / (sizes[at] ?? 1));
    const validate = () => {
      // parsed before the clock starts: what JSON.parse does with a megabyte is not ours
      const parsed = Array.from({ length: times }, () => JSON.parse(body));
      const start = performance.now();
      for (const one of parsed) if (!validateRequest("qrCpmPayment", one).valid) throw new Error("refused");
      return performance.now() - start;
    };
    const taken = await alternate(
      { validate, receive: answering(receiver, body) },
      { rounds: Math.ceil(rounds / 10), times },
    );
    perKilobyte.validate.push(median(taken.validate) / (body.length / 1000));
    perKilobyte.receive.push(median(taken.receive) / (body.length / 1000));
  }
  for (const [what, each] of Object.entries(perKilobyte)) {
    // linear or better: a kilobyte of the largest body costs no more than one of the smallest
    rows.push({
      what: `${what} with additionalInfo of 1, 10, 100, 1000 kB: us a kB of body`,
      against: "itself",
      measured: each.map((time) => Number(time.toPrecision(2))).join(", "),
      aim: "linear",
      met: (each.at(-1) ?? Number.NaN) <= (each[0] ?? Number.NaN),
    });
  }
}

async function mocking(): Promise<void> {
  const mockRounds = Math.ceil(rounds / 8);
  say(`putting 200 requests, 16 at a time, to our mock and to the Prism command line, in ${mockRounds} rounds`);
  const headers = {
    "content-type": "application/json",
    authorization: `Bearer ${accessToken}`,
    "x-signature": "85be817c55b2c135157c7e89f52499bf0c25ad6eeebe04a986e8c862561b19a5",
    "x-timestamp": snapTimestamp(new Date()),
    "x-partner-id": "82150823919040624621823174737537",
    "x-external-id": "41807553358950093184162180797837",
    "channel-id": "95221",
  };
  const { ours, prism, ratio } = await compareMocks(root, { path, headers, body: text }, mockRounds);
  rows.push({
    what: `mock: requests a second (${ours.toFixed(0)})`,
    against: `the Prism command line at log level error (${prism.toFixed(0)})`,
    measured: fixed(ratio),
    aim: "at least 1.00",
    met: ratio >= 1,
  });
}

function importing(): void {
  const times = values.quick ? 5 : 15;
  say(`starting node with and without the main entry, ${times} times each`);
  const scripts = mkdtempSync(join(tmpdir(), "snap-bench-"));
  const empty = join(scripts, "empty.mjs");
  const full = join(scripts, "full.mjs");
  writeFileSync(empty, "");
  writeFileSync(full, `import ${JSON.stringify(dist("index"))};\n`);
  const start = (file: string) => {
    const from = performance.now();
    // without what this process was given, such as a loader
    const { status } = spawnSync(process.execPath, [file], { env: { PATH: process.env.PATH } });
    if (status !== 0) throw new Error(`${file} failed`);
    return performance.now() - from;
  };
  start(full);
  const taken = Array.from({ length: times }, () => [start(empty), start(full)] as const);
  rmSync(scripts, { recursive: true });
  const spent = median(taken.map(([without, with_]) => with_ - without));
  rows.push({
    what: "import of the main entry",
    against: "an empty Node process",
    measured: `${fixed(spent, 1)} ms more`,
    aim: "at most 15 ms",
    met: spent <= 15,
  });
}

async function weighing(): Promise<void> {
  for (const { what, source, aim } of parts) {
    const { gzipped } = await bundle(source, root);
    rows.push({
      what: `bundled size of ${what}, minified and gzipped`,
      against: "-",
      measured: `${fixed(gzipped / 1000)} kB`,
      aim: `at most ${aim / 1000} kB`,
      met: gzipped <= aim,
    });
  }
}

function print(): void {
  const cells = [
    ["what", "against", "measured", "aim", ""],
    ...rows.map(({ what, against, measured, aim, met }) => [what, against, measured, aim, met ? "met" : "missed"]),
  ];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0), 3));
  const line = (row: string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const [head = [], ...body] = cells.map(line);
  console.log(`\n${head}\n${line(widths.map((width) => "-".repeat(width)))}\n${body.join("\n")}`);
  const missed = rows.filter(({ met }) => !met).length;
  console.log(
    `\n${rows.length - missed} of ${rows.length} aims met, medians of ${rounds} rounds${values.quick ? " (--quick)" : ""}.`,
  );
  console.log(
    `Machine: ${cpus()[0]?.model ?? "unknown CPU"}, ${cpus().length} threads, Node ${process.versions.node}, ${process.platform} ${process.arch}.`,
  );
}
