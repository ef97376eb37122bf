// What the sandbox checks as its options say, which options it refuses, and how it is closed.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { type AccessToken, createTokenProvider } from "../../src/index.ts";
import { type NotifyOptions, type SandboxOptions, startSandbox } from "../../src/sandbox.ts";
import { typeError } from "../support/errors.ts";
import { json } from "../support/http.ts";
import { CLIENT_SECRET, PARTNER, privateKey, publicKey, wireOf } from "../support/receiver.ts";
import {
  clientOf,
  hanging,
  idr,
  NOTIFY,
  PENDING,
  pay,
  paymentOf,
  query,
  receiver,
  said,
  signature,
  sleep,
  start,
} from "./support.ts";

describe("what it checks", () => {
  test("tokens of service 73 are accepted until they expire by the sandbox's clock, and no others", async () => {
    const { sandbox, snap } = await start({ accessToken: "another", publicKey, tokenLifetime: 60 });
    expect(said(await query(snap, "sale-1"))).toBe("4016101");

    const accessToken = createTokenProvider({ baseUrl: sandbox.url, clientKey: PARTNER, privateKey });
    const ask = async (given: AccessToken) => said(await query(clientOf(sandbox, { accessToken: given }), "sale-1"));
    expect(await ask(accessToken)).toBe("4046101");
    const token = await accessToken();
    await sandbox.advance(59);
    expect(await ask(token)).toBe("4046101");
    await sandbox.advance(1);
    expect(await ask(token)).toBe("4016101");
    // the provider's clock is the system's: it learns from the refusal that it needs a new token
    expect(await ask(accessToken)).toBe("4046101");
    expect(await accessToken()).not.toBe(token);
  });

  test("with a lifetime alone, a token that expired is refused, and the provider gets a new one", async () => {
    const { sandbox, entries } = await start({ publicKey, tokenLifetime: 60 });
    expect(said(await query(clientOf(sandbox, { accessToken: "forged" }), "sale-1"))).toBe("4016101");
    const accessToken = createTokenProvider({ baseUrl: sandbox.url, clientKey: PARTNER, privateKey });
    const snap = clientOf(sandbox, { accessToken });
    expect(said(await query(snap, "sale-1"))).toBe("4046101");
    await sandbox.advance(61);
    expect(said(await query(snap, "sale-1"))).toBe("4046101");
    expect(entries.map(({ responseCode }) => responseCode)).toEqual([
      "4016101",
      "2007300",
      "4046101",
      "4016101",
      "2007300",
      "4046101",
    ]);
  });

  test("an X-EXTERNAL-ID is accepted once a day", async () => {
    const { sandbox, snap } = await start({}, { externalId: () => "the-same" });
    expect(said(await query(snap, "sale-1"))).toBe("4046101");
    expect(said(await query(snap, "sale-1"))).toBe("4096100");
    await sandbox.setTime(new Date("2020-12-23T16:59:59Z"));
    expect(said(await query(snap, "sale-1"))).toBe("4096100");
    await sandbox.advance(1);
    expect(said(await query(snap, "sale-1"))).toBe("4046101");
  });

  test("a wrong signature is refused and changes nothing", async () => {
    const { sandbox, snap } = await start({}, { signature: { type: "symmetric", clientSecret: "wrong" } });
    expect(said(await pay(snap))).toBe("4016000");
    expect(sandbox.payments()).toEqual([]);
  });
});

describe("options", () => {
  const lifetime = "tokenLifetime must be a whole number of seconds from 1 to 999999999";
  const wait = "must be a number of seconds from 0 to 31536000, a year";
  const delays = "notify: retryDelays must be numbers of seconds from 0 to 31536000, a year";
  const url = 'notify: url must be an absolute http or https URL, such as "https://snap.bank.example".';
  const bare = "notify: url must not have a fragment or credentials; give scheme, host and base path only.";
  const notify = (given: Partial<NotifyOptions>) => ({ notify: { url: "http://x", ...given } as NotifyOptions });
  const badDebit = {
    originalPartnerReferenceNo: "debit-1",
    latestTransactionStatus: "00",
    transAmount: { value: "1", currency: "IDR" },
  } as const;

  test.each<[SandboxOptions, message: string]>([
    [{ tokenLifetime: 0 }, `${lifetime}, but is 0.`],
    [{ tokenLifetime: 1.5 }, `${lifetime}, but is 1.5.`],
    [{ tokenLifetime: Number.NaN }, `${lifetime}, but is NaN.`],
    [{ accessToken: "" }, "accessToken must not be empty; leave it out to accept any."],
    [{ limit: "1" }, 'limit must be an amount with two decimals, such as "10000000.00", but is "1".'],
    [{ qrLifetime: -1 }, `qrLifetime ${wait}, but is -1.`],
    [{ qrLifetime: 1e12 }, `qrLifetime ${wait}, but is 1000000000000.`],
    [{ settleAfter: Number.NaN }, `settleAfter ${wait}, but is NaN.`],
    [
      { directDebits: [badDebit] },
      "directDebits: of debit-1, transAmount.value must be 1 to 16 digits, a point and 2 decimals, such as 10000.00.",
    ],
    [{ notify: "" }, url],
    [{ notify: "localhost:8080" }, url],
    [{ notify: {} as NotifyOptions }, url],
    [{ notify: "http://user:secret-1@x" }, bare],
    [{ notify: `http://x${NOTIFY}?page=1#here` }, bare],
    [notify({ retryDelays: [1e306] }), `${delays}, but one is 1e+306.`],
    [notify({ retryDelays: [1, -1] }), `${delays}, but one is -1.`],
    [notify({ retryDelays: [Number.NaN] }), `${delays}, but one is NaN.`],
    [notify({ retryDelays: [Number.POSITIVE_INFINITY] }), `${delays}, but one is Infinity.`],
    [
      notify({ signature, timeout: -1 }),
      "notify: timeout must be a number of milliseconds from 0 (no limit) to 2147483647.",
    ],
    [notify({ signature, partnerId: "" }), "notify: partnerId must not be empty; it is sent as X-PARTNER-ID."],
    [
      notify({ signature: { type: "symmetric", clientSecret: CLIENT_SECRET } }),
      "notify: accessToken must be given: only the asymmetric signature does without one.",
    ],
    [
      notify({ signature: { type: "asymmetric", privateKey: "no PEM" } }),
      "notify: privateKey must be an RSA private key in PEM form (PKCS#1 or PKCS#8), but has no BEGIN and END lines; pass the text of the file, not its name.",
    ],
  ])("%o is refused", async (options, message) => {
    const refused = startSandbox(options);
    await expect(refused).rejects.toThrow(typeError("ERR_SNAP_INVALID_OPTION", message));
    await expect(refused).rejects.not.toThrow(/secret-1|no PEM/);
  });

  test("a time that is not valid is refused", async () => {
    const refused = startSandbox({ time: new Date("never") });
    await expect(refused).rejects.toThrow(new RangeError("The time must be a valid Date of the years 0 to 9998."));
  });

  test("a port that is taken is refused, and a sandbox may be closed twice", async () => {
    const { sandbox } = await start();
    await expect(startSandbox({ port: Number(new URL(sandbox.url).port) })).rejects.toMatchObject({
      code: "EADDRINUSE",
    });
    await Promise.all([sandbox.close(), sandbox.close()]);
    await sandbox.close();
  });
});

describe("close", () => {
  test("gives up what is on its way and what waits, and answers nothing more", async () => {
    const { url, got } = await receiver(hanging);
    const refusing = await receiver(json(500, {}));
    const waiting = await start({ notify: { url: refusing.url, signature } });
    const hung = await start({ notify: { url, signature } });
    for (const { snap } of [waiting, hung]) await pay(snap);
    await waiting.sandbox.idle();
    while (got.length === 0) await sleep(5);
    // an advance that waits for the answer that will not come
    const advanced = hung.sandbox.advance(600);
    await Promise.all([waiting.sandbox.close(), hung.sandbox.close()]);
    await advanced;
    await waiting.sandbox.advance(600);
    await hung.sandbox.idle();
    expect([got.length, refusing.got.length]).toEqual([1, 1]);
    expect(hung.sandbox.deliveries()).toEqual([]);
    expect(hung.entries.filter(({ step }) => step === "notify")).toEqual([]);
    await expect(query(hung.snap, "sale-1")).rejects.toThrow(/no connection was made|the network failed/);
  });

  test("decides no payment and sends no notification more, although the clock can be moved", async () => {
    const { url, got } = await receiver(json(200, { responseCode: "2007900", responseMessage: "Successful" }));
    const { sandbox, snap } = await start({ notify: { url, signature } });
    expect(said(await pay(snap, "sale-1", PENDING))).toBe("2026000");
    await sandbox.idle();
    await sandbox.close();
    await sandbox.advance(600);
    expect(sandbox.payments().map(({ status }) => status)).toEqual(["03"]);
    expect(got.map(({ status }) => status)).toEqual(["03"]);
  });

  test("leaves nothing that keeps the process alive", async () => {
    const { url } = await receiver(hanging);
    const script = `
      import { connect } from "node:net";
      import { startSandbox } from "../../src/sandbox.ts";
      const sandbox = await startSandbox({ notify: ${JSON.stringify(url)}, settleAfter: 600 });
      const { hostname, port } = new URL(sandbox.url);
      // a connection that sends half a request, one that sends what is not HTTP, and one that sends nothing
      for (const text of ["POST /v1.0/qr/qr-cpm-query HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: 9\\r\\n\\r\\n{", "hello\\r\\n\\r\\n", ""])
        connect({ port: Number(port), host: hostname, allowHalfOpen: true }).on("error", () => {}).unref().write(text);
      const { path, ...wire } = ${JSON.stringify(wireOf({ body: paymentOf("sale-1", { amount: idr(PENDING) }) }))};
      console.log(await (await fetch(sandbox.url + path, wire)).text());
      const waiting = fetch(sandbox.url + "/sandbox/time", { method: "POST", body: '{"advance":1}' }).catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 100));
      await sandbox.close();
      await waiting;
      console.log("closed");
      const closed = performance.now();
      process.once("exit", () => console.log(performance.now() - closed < 3000 ? "exit" : "exit, but late"));
    `;
    const { code, out } = await runBundled(script);
    expect(out).toMatch(/^\{"responseCode":"2026000".*\}\nclosed\nexit\n$/);
    expect(code).toBe(0);
  });
});

/** Runs a script of this folder in a process of its own; bundled, it starts much sooner than through tsx. */
async function runBundled(script: string): Promise<{ code: number | null; out: string }> {
  const { outputFiles } = await build({
    stdin: { contents: script, resolveDir: fileURLToPath(new URL(".", import.meta.url)), loader: "ts" },
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    // the mock's, which the sandbox does not need
    external: ["*/prism.ts"],
    logLevel: "error",
  });
  const child = spawn(process.execPath, ["--input-type=module"]);
  let out = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      out += chunk;
    });
  }
  const overdue = setTimeout(() => child.kill(), 30_000);
  const closed = new Promise<number | null>((resolve) => child.once("close", resolve));
  child.stdin.end(outputFiles[0]?.text);
  const code = await closed;
  clearTimeout(overdue);
  return { code, out };
}
