// What the package must do in each runtime. These are the packed package's own entries; the runtime brings fetch, crypto and a server.
import { deepStrictEqual as equal, ok } from "node:assert";
import process from "node:process";

/**
 * What the runner tells a runtime.
 * @typedef {object} Settings
 * @property {string} sandboxUrl a sandbox that checks signatures and tokens
 * @property {string} redirectUrl a server that answers each request with a redirect to the sandbox
 * @property {string} partnerId
 * @property {string} clientSecret
 * @property {string} privateKey PEM
 * @property {string} publicKey PEM
 * @property {import("snap-bi-contract").QrCpmGenerateRequest} generate a right body
 * @property {import("snap-bi-contract").QrCpmNotifyRequest} notify a right body
 */

/**
 * Starts the runtime's own server before a receiver.
 * @typedef {(handler: (request: Request) => Promise<Response>) => Promise<{ url: string, close: () => unknown }>} Serve
 */

const TOKEN = "an-access-token";

/** @param {Settings} settings */
export async function receiverOf({ partnerId, clientSecret }) {
  const { createSnapHandler } = await import("snap-bi-contract/server");
  return createSnapHandler({
    key: (caller) => (caller.partnerId === partnerId ? { type: "symmetric", clientSecret } : undefined),
    verifyToken: (token) => token === TOKEN,
    operations: { qrCpmNotify: () => ({ responseCode: "2007900", responseMessage: "Successful" }) },
  });
}

/**
 * The checks of a runtime, by name.
 * @param {Settings} settings
 * @param {Serve} serve
 * @returns {Record<string, () => Promise<void>>}
 */
export function checksOf(settings, serve) {
  const { sandboxUrl, redirectUrl, clientSecret, privateKey } = settings;
  return {
    "imports the main entry": async () =>
      exportsOf(await import("snap-bi-contract"), "createSnapClient", "sign", "verify"),
    "imports validation": async () => exportsOf(await import("snap-bi-contract/validation"), "validateRequest"),
    "imports server": async () =>
      exportsOf(await import("snap-bi-contract/server"), "createSnapHandler", "checkReplayStore"),
    "imports openapi-fetch": async () => exportsOf(await import("snap-bi-contract/openapi-fetch"), "createSnapApi"),
    "signs and verifies symmetrically": () =>
      signs({ type: "symmetric", clientSecret }, { type: "symmetric", clientSecret }),
    "signs and verifies asymmetrically": () =>
      signs({ type: "asymmetric", privateKey }, { type: "asymmetric", publicKey: settings.publicKey }),
    "calls the sandbox with a token and a signature": () => calls(settings, clientSecret, "2005900"),
    "calls the sandbox with a wrong signature, and is refused": () => calls(settings, "another-secret", "4015900"),
    "calls the sandbox through openapi-fetch": async () => {
      const { createSnapApi } = await import("snap-bi-contract/openapi-fetch");
      const api = createSnapApi(await clientOptions(settings, sandboxUrl, clientSecret));
      const { data, error } = await api.POST("/v1.0/qr/qr-cpm-generate", { body: newQr(settings) });
      equal([data?.responseCode, error], ["2005900", undefined]);
    },
    "follows no redirect of a call": () => refusesRedirect(settings),
    "follows no redirect of a request for a token": async () => {
      const { createTokenProvider } = await import("snap-bi-contract");
      const token = createTokenProvider({ baseUrl: redirectUrl, clientKey: settings.partnerId, privateKey });
      await isRefused(token(), "ERR_SNAP_NOT_SNAP", "rejected");
    },
    "receives a web Request, rightly and wrongly signed": async () => {
      const handler = await receiverOf(settings);
      await receives(settings, "https://receiver.example", (url, init) => handler(new Request(url, init)));
    },
    "receives over its own server, rightly and wrongly signed": async () => {
      const server = await serve(await receiverOf(settings));
      await receives(settings, server.url).finally(server.close);
    },
    "validates requests, responses and headers": () => validates(settings),
  };
}

/**
 * A body under a reference of its own, for the sandbox takes each once.
 * @param {Settings} settings
 */
function newQr({ generate }) {
  return { ...generate, partnerReferenceNo: crypto.randomUUID() };
}

/**
 * Runs checks, and tells of each as it ends.
 * @param {Record<string, () => Promise<void>>} checks
 * @param {(line: string) => void} report
 */
export async function runChecks(checks, report) {
  // Node 20 does not say what it is
  const { navigator } = /** @type {{ navigator?: { userAgent: string } }} */ (globalThis);
  const agent = navigator?.userAgent ?? `Node.js/${process.versions.node.split(".")[0]}`;
  report(JSON.stringify({ check: `runs as ${agent}` }));
  for (const [check, run] of Object.entries(checks)) {
    const error = await run().then(
      () => undefined,
      (/** @type {Error} */ reason) => `${reason?.stack ?? reason}`,
    );
    report(JSON.stringify({ check, error }));
  }
}

/**
 * @param {object} entry
 * @param {string[]} names
 */
function exportsOf(entry, ...names) {
  for (const name of names)
    equal([name, typeof (/** @type {Record<string, unknown>} */ (entry)[name])], [name, "function"]);
}

/**
 * @param {import("snap-bi-contract").SnapSignature} signer
 * @param {{ type: "symmetric", clientSecret: string } | { type: "asymmetric", publicKey: string }} verifier
 */
async function signs(signer, verifier) {
  const { sign, verify } = await import("snap-bi-contract");
  const input = {
    method: "POST",
    path: "/v1.0/qr/qr-cpm-query",
    body: '{"a": 1.0}',
    timestamp: "2020-12-23T07:50:11+07:00",
  };
  const signed = { ...input, accessToken: TOKEN };
  const signature = sign({ ...signer, ...signed });
  ok(verify({ ...verifier, ...signed, signature }), "the right signature is refused");
  ok(!verify({ ...verifier, ...signed, body: '{"a": 1}', signature }), "the signature of another body is accepted");
}

/**
 * @param {Settings} settings
 * @param {string} baseUrl
 * @param {string} clientSecret
 * @returns {Promise<import("snap-bi-contract").SnapClientOptions>}
 */
async function clientOptions({ sandboxUrl, partnerId, privateKey }, baseUrl, clientSecret) {
  const { createTokenProvider } = await import("snap-bi-contract");
  return {
    baseUrl,
    partnerId,
    channelId: "95221",
    accessToken: createTokenProvider({ baseUrl: sandboxUrl, clientKey: partnerId, privateKey }),
    signature: { type: "symmetric", clientSecret },
  };
}

/**
 * @param {Settings} settings
 * @param {string} clientSecret
 * @param {string} expected
 */
export async function calls(settings, clientSecret, expected) {
  const { createSnapClient } = await import("snap-bi-contract");
  const snap = createSnapClient(await clientOptions(settings, settings.sandboxUrl, clientSecret));
  const { data, error } = await snap.qrCpmGenerate(newQr(settings));
  equal((data ?? error).responseCode, expected);
}

/** @param {Settings} settings */
async function refusesRedirect(settings) {
  const { createSnapClient } = await import("snap-bi-contract");
  const snap = createSnapClient(await clientOptions(settings, settings.redirectUrl, settings.clientSecret));
  await isRefused(snap.qrCpmGenerate(settings.generate), "ERR_SNAP_NOT_SNAP", "unknown");
}

/**
 * @param {Promise<unknown>} call
 * @param {string} code
 * @param {string} outcome
 */
async function isRefused(call, code, outcome) {
  const error = await call.then(
    () => undefined,
    (reason) => reason,
  );
  equal([error?.name, error?.code, error?.outcome, error?.status], ["SnapCallError", code, outcome, 307]);
}

/**
 * @param {Settings} settings
 * @param {string} baseUrl
 * @param {import("snap-bi-contract").SnapClientOptions["fetch"]} [fetch]
 */
async function receives({ partnerId, clientSecret, notify }, baseUrl, fetch) {
  const { createSnapClient } = await import("snap-bi-contract");
  const about = { baseUrl, partnerId, channelId: "95221", accessToken: TOKEN, ...(fetch && { fetch }) };
  const right = createSnapClient({ ...about, signature: { type: "symmetric", clientSecret } });
  equal((await right.qrCpmNotify(notify)).data?.responseCode, "2007900");
  const wrong = createSnapClient({ ...about, signature: { type: "symmetric", clientSecret: "another-secret" } });
  equal((await wrong.qrCpmNotify(notify)).error?.responseCode, "4017900");
}

/** @param {Settings} settings */
async function validates({ generate }) {
  const { validateHeaders, validateRequest, validateResponse } = await import("snap-bi-contract/validation");
  equal(validateRequest("qrCpmGenerate", generate), { valid: true });
  const wrong = validateRequest("qrCpmGenerate", { ...generate, partnerReferenceNo: 1 });
  equal(wrong.valid ? "valid" : wrong.answer.responseCode, "4005901");
  equal(validateResponse("qrCpmNotify", 200, { responseCode: "2007900", responseMessage: "Successful" }), {
    valid: true,
  });
  equal(validateResponse("qrCpmNotify", 200, {}).valid, false);
  equal(validateHeaders("qrCpmNotify", new Headers()).valid, false);
}
