// Each example does what it says: clients against the sandbox, receivers under their frameworks, validation in a shell.
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, connect, type Server } from "node:net";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { parse } from "yaml";
import { createSnapClient, type QrCpmPaymentRequest, SnapCallError, type SnapClient } from "../../src/index.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox.ts";
import { started } from "../support/http.ts";
import { privateKey, publicKey } from "../support/receiver.ts";

const folder = fileURLToPath(new URL("../../examples", import.meta.url));
const CLIENT_SECRET = "a-client-secret";
const TOKEN = "an-access-token";

/** Imports an example, which runs it, and returns what it printed. */
async function printedBy(load: () => Promise<unknown>): Promise<string> {
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  try {
    await load();
    return log.mock.calls.map((values) => values.join(" ")).join("\n");
  } finally {
    log.mockRestore();
  }
}

describe("a client", () => {
  let sandbox: Sandbox;
  let snap: SnapClient;
  beforeAll(async () => {
    sandbox = await startSandbox({ accessToken: TOKEN, clientSecret: CLIENT_SECRET, publicKey, settleAfter: 1 });
    vi.stubEnv("SNAP_BASE_URL", sandbox.url);
    vi.stubEnv("SNAP_CLIENT_KEY", "my-client");
    vi.stubEnv("SNAP_PRIVATE_KEY", privateKey.export({ type: "pkcs8", format: "pem" }).toString());
    vi.stubEnv("SNAP_CLIENT_SECRET", CLIENT_SECRET);
    vi.stubEnv("SNAP_ACCESS_TOKEN", TOKEN);
    snap = clientOf(sandbox.url);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await sandbox.close();
  });

  const clientOf = (baseUrl: string) =>
    createSnapClient({
      ...{ baseUrl, partnerId: "my-shop", channelId: "95221", accessToken: TOKEN, timeout: 2000 },
      signature: { type: "symmetric", clientSecret: CLIENT_SECRET },
    });
  const paymentOf = (value: string): QrCpmPaymentRequest => ({
    ...{ partnerReferenceNo: `order-${value}`, qrContent: "any", merchantId: "shop-1" },
    ...{ amount: { value, currency: "IDR" }, expiryTime: "2030-12-31T23:59:59+07:00" },
  });

  test("client.ts gets a token, signs, and prints what became of the call", async () => {
    expect(await printedBy(() => import("../../examples/client.ts"))).toBe("declined");
  });

  test.each([
    ["2006000.00", "success"],
    ["2006006.00", "failed"],
    ["2026000.00", "success"],
    ["2026006.00", "failed"],
    ["5046000.00", "success"],
    ["4036014.00", "failed"],
    ["2026003.00", "undecided"],
  ])("client.ts: a payment of %s comes to %s", async (value, state) => {
    const { pay } = await import("../../examples/client.ts");
    expect(await pay(snap, paymentOf(value), value === "2026003.00" ? 200 : 10_000)).toBe(state);
  });

  test("client.ts: an outcome that nobody can ask for is not taken for a failure", async () => {
    const { pay } = await import("../../examples/client.ts");
    const gone = await startSandbox();
    await gone.close();
    await expect(pay(clientOf(gone.url), paymentOf("1.00"))).rejects.toThrow(SnapCallError);
  });

  test("through-a-proxy.ts asks for its token and calls through the proxy, and through nothing else", async () => {
    const asked: string[] = [];
    const proxy = createServer((_, response) => response.writeHead(405).end()).on(
      "connect",
      (request, client, head) => {
        asked.push(request.url ?? "");
        const { hostname, port } = new URL(`http://${request.url}`);
        const target = connect(Number(port), hostname, () => {
          client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
          target.write(head);
          target.pipe(client).pipe(target);
        });
      },
    );
    const { url, close } = await started(proxy);
    vi.stubEnv("HTTPS_PROXY", url);
    // nobody but the proxy may be asked
    const direct = vi.spyOn(globalThis, "fetch").mockRejectedValue(new Error("past the proxy"));
    expect(await printedBy(() => import("../../examples/through-a-proxy.ts"))).toBe("4046101");
    expect(asked).toContain(new URL(sandbox.url).host);
    expect(direct).not.toHaveBeenCalled();
    direct.mockRestore();
    await close();
  });

  test("openapi-fetch.ts prints what became of the call", async () => {
    expect(await printedBy(() => import("../../examples/openapi-fetch.ts"))).toBe("4046101");
  });
});

describe("a receiver books a notification that is signed, and refuses one that is not", async () => {
  vi.stubEnv("PORT", "0");
  const { book, handler, publicKeys } = await import("../../examples/notifications.ts");
  publicKeys.set("a-pjp", { type: "asymmetric", publicKey });
  vi.spyOn(console, "error").mockImplementation(() => {});

  type Send = (url: string, init: RequestInit) => Promise<Response>;
  /** A server by its URL, or what takes a Request in its place. */
  type Receiver = { url: string; send?: Send; close?: () => unknown };
  const listening = async (server: Server): Promise<Receiver> => {
    if (!server.listening) await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
  };
  const taking = (take: (request: Request) => Response | Promise<Response>): Receiver => ({
    url: "https://merchant.example",
    send: async (url, init) => take(new Request(url, init)),
  });
  const RECEIVERS: Record<string, () => Promise<Receiver>> = {
    "notifications.ts": async () => taking(handler),
    async "receiver-node.ts"() {
      const { server, url } = await import("../../examples/receiver-node.ts");
      return { url, close: () => server.close() };
    },
    "receiver-express.ts": async () => listening((await import("../../examples/receiver-express.ts")).server),
    async "receiver-hono.ts"() {
      const { app } = await import("../../examples/receiver-hono.ts");
      return taking((request) => app.fetch(request));
    },
    async "receiver-fastify.ts"() {
      const { app } = await import("../../examples/receiver-fastify.ts");
      return { url: await app.listen({ port: 0, host: "127.0.0.1" }), close: () => app.close() };
    },
    "nextjs-route.ts": async () => taking((await import("../../examples/nextjs-route.ts")).POST),
  };

  test.each(Object.keys(RECEIVERS))("%s", async (name) => {
    const { url, send, close } = (await RECEIVERS[name]?.()) ?? { url: "" };
    const notify = (key: typeof privateKey, partnerId = "a-pjp") =>
      createSnapClient({
        ...{ baseUrl: url, partnerId, channelId: "95221", signature: { type: "asymmetric", privateKey: key } },
        ...(send && { fetch: send }),
      }).qrCpmNotify({
        merchantId: "shop-1",
        originalPartnerReferenceNo: `order of ${name}`,
        latestTransactionStatus: "00",
      });
    const { data } = await notify(privateKey);
    expect(data?.responseCode).toBe("2007900");
    expect(book.get(`order of ${name}`)).toBe("00");
    const { error } = await notify(privateKey, "another-pjp");
    expect(error).toEqual({ responseCode: "4017900", responseMessage: "Unauthorized. [Unknown client]" });
    await close?.();
  });
});

test("validate.ts prints what breaks the contract, and what SNAP answers", async () => {
  expect(await printedBy(() => import("../../examples/validate.ts"))).toBe(
    [
      "qrContent is missing",
      "merchantId is missing",
      "expiryTime is missing",
      "amount.value is missing",
      "4006002 Invalid Mandatory Field qrContent",
    ].join("\n"),
  );
});

test("validate-in-ci.yaml validates the bodies beside it", () => {
  const { jobs } = parse(readFileSync(`${folder}/validate-in-ci.yaml`, "utf8")) as {
    jobs: { validate: { steps: { run?: string }[] } };
  };
  const command = jobs.validate.steps.flatMap(({ run = "" }) => (run.startsWith("npx snap-bi ") ? [run] : []));
  expect(command).toHaveLength(1);
  const shell = `npx() { shift; node ../dist/cli.js "$@"; }\n${command[0]}`;
  expect(execFileSync("bash", ["-c", shell], { cwd: folder, encoding: "utf8" })).toBe(
    "1 ok, 0 broken (requests of service 60, qrCpmPayment)\n",
  );
});
