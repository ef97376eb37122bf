// The developer site, at home: the four calls that companies are told to make, as they stand in its instructions.
import { describe, expect, test } from "vitest";
import { startSandbox } from "../../src/sandbox.ts";
import { snapBi } from "../support/cli.ts";
import { publicKey } from "../support/keys.ts";
import { exampleOf } from "../support/receiver.ts";
import { start } from "./support.ts";

const TIMESTAMP = "2026-11-26T10:00:00+07:00";

async function site() {
  const { sandbox, entries } = await start({ developerSite: true, seed: 1 });
  const keys = sandbox.developerSite ?? expect.unreachable();
  const post = async (path: string, headers: Record<string, string>, body = "") => {
    const response = await fetch(sandbox.url + path, { method: "POST", headers, body });
    return { status: response.status, body: (await response.json()) as Record<string, string> };
  };
  return { ...keys, post, entries };
}

describe.each(["/api", "", "/deep/base-path"])("under %j", (base) => {
  test("the four calls run: signature-auth, token, signature-service, and the service", async () => {
    const { post, clientKey, privateKey, clientSecret } = await site();
    const auth = await post(`${base}/v1.0/utilities/signature-auth`, {
      ...{ "X-TIMESTAMP": TIMESTAMP, "X-CLIENT-KEY": clientKey, Private_Key: privateKey },
    });
    expect(auth).toEqual({ status: 200, body: { signature: expect.stringMatching(/^[\w+/]{342}==$/) } });

    const token = await post(
      `${base}/v1.0/access-token/b2b`,
      {
        ...{ "Content-Type": "application/json", "X-TIMESTAMP": TIMESTAMP, "X-CLIENT-KEY": clientKey },
        "X-SIGNATURE": auth.body.signature ?? "",
      },
      '{"grantType":"client_credentials","additionalInfo":{}}',
    );
    expect(token).toMatchObject({ status: 200, body: { responseCode: "2007300", expiresIn: "900" } });
    const accessToken = token.body.accessToken ?? "";

    // with white space, for the very bytes are sent again
    const body = `${JSON.stringify(exampleOf.qrCpmGenerate.request, null, 2)}\n`;
    const path = `${base}${exampleOf.qrCpmGenerate.path}`;
    const service = await post(
      `${base}/v1.0/utilities/signature-service`,
      {
        ...{ "X-TIMESTAMP": TIMESTAMP, "X-CLIENT-SECRET": clientSecret, HttpMethod: "POST", EndpoinUrl: path },
        AccessToken: accessToken,
      },
      body,
    );
    expect(service).toEqual({ status: 200, body: { signature: expect.stringMatching(/^[\w+/]{86}==$/) } });

    const sent = {
      ...{ "Content-Type": "application/json", Authorization: `Bearer ${accessToken}`, "X-TIMESTAMP": TIMESTAMP },
      ...{ "X-SIGNATURE": service.body.signature ?? "", "X-PARTNER-ID": clientKey, "X-EXTERNAL-ID": "1" },
      "CHANNEL-ID": "95221",
    };
    expect(await post(path, sent, body)).toMatchObject({ status: 200, body: { responseCode: "2005900" } });
    // the signature covers the path with what stands before it
    const elsewhere = await post(`/other${exampleOf.qrCpmGenerate.path}`, { ...sent, "X-EXTERNAL-ID": "2" }, body);
    expect(elsewhere).toMatchObject({ status: 401, body: { responseCode: "4015900" } });
  });
});

describe("signature-auth", () => {
  const sent = { "X-TIMESTAMP": TIMESTAMP, "X-CLIENT-KEY": "me", Private_Key: "key" };
  test.each([
    ["X-TIMESTAMP", "timestamp"],
    ["X-CLIENT-KEY", "clientId"],
    ["Private_Key", "privateKey"],
  ])("without %s answers that the %s field is required", async (header, field) => {
    const { post } = await site();
    const { [header]: _, ...headers } = sent as Record<string, string>;
    expect(await post("/api/v1.0/utilities/signature-auth", headers)).toEqual({
      status: 400,
      body: { responseCode: "4000000", responseMessage: `The ${field} field is required.` },
    });
  });

  test("with what is not a key says so, and does not repeat it", async () => {
    const { post, entries } = await site();
    expect(await post("/api/v1.0/utilities/signature-auth", { ...sent, Private_Key: "hunter2" })).toEqual({
      status: 400,
      body: { responseCode: "4000000", responseMessage: "The privateKey field is invalid." },
    });
    expect(JSON.stringify(entries)).not.toContain("hunter2");
    expect(entries).toMatchObject([{ step: "utility", status: 400, path: "/api/v1.0/utilities/signature-auth" }]);
  });
});

describe("signature-service", () => {
  const sent = {
    ...{ "X-TIMESTAMP": TIMESTAMP, "X-CLIENT-SECRET": "secret", HttpMethod: "POST", EndpoinUrl: "/api/v1.0/x" },
    AccessToken: "token",
  };
  test.each([
    ["X-TIMESTAMP", "timestamp"],
    ["X-CLIENT-SECRET", "clientSecret"],
    ["HttpMethod", "httpMethod"],
    ["EndpoinUrl", "endpointUrl"],
    ["AccessToken", "accessToken"],
  ])("without %s answers that a field is required", async (header, field) => {
    const { post } = await site();
    const { [header]: _, ...headers } = sent as Record<string, string>;
    const { status, body } = await post("/api/v1.0/utilities/signature-service", headers, "{}");
    expect([status, body.responseCode]).toEqual([400, "4000000"]);
    expect(body.responseMessage).toBe(`The ${field} field is required.`);
  });

  test("refuses an absolute URL, which nobody's signature covers", async () => {
    const { post } = await site();
    const answer = await post(
      "/api/v1.0/utilities/signature-service",
      { ...sent, EndpoinUrl: "https://x.example/a" },
      "{}",
    );
    expect(answer).toMatchObject({ status: 400, body: { responseCode: "4000000" } });
    expect(answer.body.responseMessage).toContain("path must start with a slash, but is an absolute URL");
  });
});

test("a timestamp with milliseconds is refused by the token call, as on the site", async () => {
  const { post, clientKey, privateKey } = await site();
  const headers = { "X-TIMESTAMP": "2026-11-26T10:00:00.000+07:00", "X-CLIENT-KEY": clientKey };
  const auth = await post("/api/v1.0/utilities/signature-auth", { ...headers, Private_Key: privateKey });
  const signature = auth.body.signature ?? "";
  const sent = { ...headers, "Content-Type": "application/json", "X-SIGNATURE": signature };
  expect(await post("/api/v1.0/access-token/b2b", sent, '{"grantType":"client_credentials"}')).toMatchObject({
    status: 400,
    body: { responseCode: "4007301", responseMessage: "Invalid Field Format X-TIMESTAMP" },
  });
});

test("it is off unless it is asked for: nothing signs, and there is no base path", async () => {
  const { sandbox } = await start();
  expect(sandbox.developerSite).toBeUndefined();
  for (const path of ["/api/v1.0/utilities/signature-auth", "/api/v1.0/qr/qr-cpm-generate"])
    expect((await fetch(sandbox.url + path, { method: "POST" })).status).toBe(404);
});

test("it makes its own pair of keys, and keeps a secret that is given", async () => {
  await expect(startSandbox({ developerSite: true, publicKey })).rejects.toMatchObject({
    code: "ERR_SNAP_INVALID_OPTION",
    message: "developerSite makes a pair of keys of its own; leave publicKey out, or developerSite.",
  });
  const { sandbox } = await start({ developerSite: true, clientSecret: "mine" });
  expect(sandbox.developerSite).toMatchObject({
    clientSecret: "mine",
    clientKey: expect.stringMatching(/^[\da-f-]{36}$/),
  });
  expect((await snapBi(["help", "sandbox"])).stdout).toContain("--developer-site");
});
