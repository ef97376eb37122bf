// Calls that fail on the network: what was never connected is `rejected`, what broke off in the middle is `unknown`.
import { once } from "node:events";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, createServer, type Socket } from "node:net";
import forge from "node-forge";
import { describe, expect, onTestFinished, test } from "vitest";
import { createSnapClient, type SnapClientOptions } from "../../src/index.ts";
import { failure, notSent, startPjp, symmetric, unknownOutcome } from "../support/client.ts";
import { privateKey, publicKey } from "../support/keys.ts";

const query = (baseUrl: string, more: Partial<SnapClientOptions> = {}) =>
  failure(createSnapClient({ ...symmetric(baseUrl), externalId: () => "0815", ...more }).qrCpmQuery({}));

const neverMade = (why: unknown) => ({
  ...notSent("ERR_SNAP_NETWORK", ""),
  message: expect.stringMatching(new RegExp(`^qrCpmQuery 0815: not sent, no connection was made \\(${why}\\)$`)),
});

/** A server of bare sockets, for one test. */
async function listening(onSocket: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    onSocket(socket);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

describe("no connection was made", () => {
  test("the name does not exist", async () => {
    expect(await query("https://snap.invalid")).toMatchObject(
      neverMade("getaddrinfo (ENOTFOUND|EAI_AGAIN) snap.invalid"),
    );
  });

  test("the port is one that fetch connects to no more than a browser does", async () => {
    for (const port of [1, 6000]) expect(await query(`http://127.0.0.1:${port}`)).toMatchObject(neverMade("bad port"));
  });

  test("nobody listens, at one address and at each of several", async () => {
    const { port, close } = await startPjp();
    await close();
    expect(await query(`http://127.0.0.1:${port}`)).toMatchObject(neverMade(`connect ECONNREFUSED 127.0.0.1:${port}`));
    expect(await query(`http://localhost:${port}`)).toMatchObject(neverMade(".*ECONNREFUSED.*"));
  });

  test("the certificate is nobody's", async () => {
    const made = forge.pki.createCertificate();
    made.publicKey = forge.pki.publicKeyFromPem(publicKey.export({ type: "spki", format: "pem" }).toString());
    made.validity.notAfter = new Date(Date.now() + 86_400_000);
    made.setSubject([{ name: "commonName", value: "localhost" }]);
    made.setIssuer([{ name: "commonName", value: "localhost" }]);
    const key = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    made.sign(forge.pki.privateKeyFromPem(key), forge.md.sha256.create());
    let asked = 0;
    const server = createTlsServer({ key, cert: forge.pki.certificateToPem(made) }, () => {
      asked += 1;
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => void server.close());
    const error = await query(`https://localhost:${(server.address() as AddressInfo).port}`);
    expect(error).toMatchObject(neverMade(".*self-signed certificate.*"));
    expect(error.cause).toMatchObject({ code: "DEPTH_ZERO_SELF_SIGNED_CERT" });
    expect(asked).toBe(0);
  });

  test.each<[string, (socket: Socket) => void]>([
    ["is not spoken", (socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")],
    ["is reset", (socket) => socket.once("data", () => socket.resetAndDestroy())],
    ["is closed", (socket) => socket.once("data", () => socket.end())],
    ["ends in an alert", (socket) => socket.once("data", () => socket.end(Buffer.from([21, 3, 3, 0, 2, 2, 40])))],
  ])("TLS %s: the handshake failed", async (_, onSocket) => {
    const port = await listening(onSocket);
    expect(await query(`https://127.0.0.1:${port}`)).toMatchObject(neverMade(".*"));
  });

  test.each<[string, object]>([
    ["a certificate of another name", { code: "ERR_TLS_CERT_ALTNAME_INVALID" }],
    ["a certificate that has expired", { code: "CERT_HAS_EXPIRED" }],
    ["an issuer that is not known", { code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" }],
    ["no answer to the handshake of TCP", { code: "ETIMEDOUT", syscall: "connect" }],
    ["undici's own limit", { code: "UND_ERR_CONNECT_TIMEOUT" }],
    ["a name server that is away", { code: "EAI_AGAIN", syscall: "getaddrinfo" }],
  ])("%s, as another fetch tells it", async (_, why) => {
    const cause = Object.assign(new Error("why"), why);
    const fetch = () => Promise.reject(new TypeError("fetch failed", { cause }));
    expect(await query("http://127.0.0.1:9", { fetch })).toMatchObject(neverMade("why"));
  });
});

describe("it may have happened", () => {
  const broken = (why: string) => unknownOutcome("ERR_SNAP_NETWORK", `the network failed (${why})`);

  test("the connection is reset when the request is there, before an answer and on a connection in use", async () => {
    const port = await listening((socket) => socket.once("data", () => socket.resetAndDestroy()));
    expect(await query(`http://127.0.0.1:${port}`)).toMatchObject(broken("read ECONNRESET"));
    let calls = 0;
    const { url } = await startPjp((response) => {
      calls += 1;
      if (calls === 2) response.socket?.resetAndDestroy();
      else response.end('{"responseCode":"2006100"}');
    });
    const snap = createSnapClient({ ...symmetric(url), externalId: () => "0815" });
    await snap.qrCpmQuery({});
    expect(await failure(snap.qrCpmQuery({}))).toMatchObject({ outcome: "unknown", code: "ERR_SNAP_NETWORK" });
  });

  test.each<[string, object]>([
    ["a reset", { code: "ECONNRESET", syscall: "read" }],
    ["a time-out of the socket", { code: "ETIMEDOUT", syscall: "read" }],
    ["a broken record of TLS", { code: "ERR_SSL_WRONG_VERSION_NUMBER" }],
    ["one address refused, another reset", { errors: [{ code: "ECONNREFUSED" }, { code: "ECONNRESET" }] }],
  ])("%s, as another fetch tells it", async (_, why) => {
    const cause: Error = Object.assign(new Error("why"), why);
    // a circle of causes must not be walked for ever
    cause.cause = cause;
    const fetch = () => Promise.reject(new TypeError("fetch failed", { cause }));
    expect(await query("http://127.0.0.1:9", { fetch })).toMatchObject(broken("why"));
  });

  test("a connection error after the headers of the answer", async () => {
    const refused = Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
    const body = new ReadableStream({ pull: (controller) => controller.error(refused) });
    const fetch = async () => new Response(body);
    expect(await query("http://127.0.0.1:9", { fetch })).toMatchObject({ ...broken("refused"), status: 200 });
  });
});
