// What the proxy sends to the target: the exact bytes, signed, with the headers that the caller has not set.
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { headerSamples } from "../../generated/header-samples.ts";
import { verify } from "../../src/index.ts";
import { startSandbox } from "../../src/sandbox.ts";
import { grant } from "../client/support.ts";
import { bearer, isSigned, JAKARTA, NOW, publicKey, SECRET, startPjp, TOKEN } from "../support/client.ts";
import { type Answer, header, json, type Received } from "../support/http.ts";
import { others, privateKey } from "../support/keys.ts";
import { OPTIONS, post, problemIn, providerOf, proxyTo, QUERY, rawPost, TOKEN_OPTIONS, TOKENS } from "./support.ts";

const GRANT = '{ "grantType": "client_credentials",\n "additionalInfo": {} }';
const last = (received: Received[]) => received.at(-1) as Received;

test.each([
  ["minified", '{"merchantId":"00007100010926"}'],
  ["pretty-printed, with a trailing line break", '{\n  "merchantId" : "00007100010926",\n\t"value": 1.0\n}\n'],
  ["in other scripts and escapes", '{ "name": "Kopi ☕ é \\u00e9 \\/ 日本", "n": 12345678901234567890 }'],
  ["twice the same name", '{"a":1,"a":2}'],
  ["not JSON", '{"a": '],
  ["not UTF-8", Buffer.from([0x22, 0xff, 0x00, 0x22])],
  ["empty", ""],
])("a body that is %s arrives byte for byte, under the signature over these bytes", async (_, body) => {
  const { url, received } = await startPjp();
  const proxy = await proxyTo(`${url}/base`, { clock: () => NOW });
  const response = await post(`${proxy.url}${QUERY}?a=1&b=%20c`, body);
  expect(response.status).toBe(200);
  expect(last(received)).toMatchObject({ method: "POST", path: `/base${QUERY}?a=1&b=%20c`, body: Buffer.from(body) });
  expect(isSigned(last(received))).toBe(true);
  expect(header(last(received), "X-TIMESTAMP")).toBe(JAKARTA);
});

test("token, ids, time and signature are filled in, those of the options too, and the caller's Host is not passed on", async () => {
  const { url, received } = await startPjp();
  const more = { customerToken: "the-customer", origin: "merchant.example", deviceId: "d", ipAddress: "10.0.0.1" };
  const proxy = await proxyTo(url, { ...more, externalId: () => "0815" });
  await post(proxy.url + QUERY);
  const { headers } = last(received);
  expect(headers).toMatchObject({
    host: new URL(url).host,
    "content-type": "application/json",
    authorization: `Bearer ${TOKEN}`,
    "authorization-customer": "Bearer the-customer",
    "x-partner-id": "the-partner",
    "channel-id": "95221",
    "x-external-id": "0815",
    origin: "merchant.example",
    "x-device-id": "d",
    "x-ip-address": "10.0.0.1",
  });
});

test("a header that the caller sets is kept, whatever it is, and signed where the signature covers it", async () => {
  const { url, received } = await startPjp();
  const proxy = await proxyTo(url, { origin: "merchant.example" });
  const own = {
    authorization: "Bearer another-token",
    "x-timestamp": "2021-01-01T00:00:00+07:00",
    "x-partner-id": "another",
    "x-external-id": "4711",
    "channel-id": "1",
    origin: "https://app.example",
    "user-agent": "a tool",
    accept: "application/json",
    prefer: "code=403, example=InsufficientFunds",
    "x-request-id": "1, 2",
    "content-type": "application/json; charset=utf-8",
  };
  await post(proxy.url + QUERY, '{ "é": 1 }', own);
  expect(last(received).headers).toMatchObject(own);
  expect([isSigned(last(received)), bearer(last(received))]).toEqual([true, "another-token"]);

  await post(proxy.url + QUERY, "{}", { "X-Signature": "of-the-caller" });
  expect(header(last(received), "X-SIGNATURE")).toBe("of-the-caller");
});

test("headers of the caller's connection stay behind", async () => {
  const { url, received } = await startPjp();
  const proxy = await proxyTo(url);
  const hops = { connection: "keep-alive, x-hop", "x-hop": "1", te: "trailers", "proxy-authorization": "Basic eDp5" };
  const own = { "content-type": "application/json", "content-length": "2", "accept-encoding": "br", expect: "nothing" };
  expect((await rawPost(proxy.url + QUERY, { ...hops, ...own })).status).toBe(200);
  const { headers } = last(received);
  for (const name of ["x-hop", "te", "proxy-authorization", "expect"]) expect(headers).not.toHaveProperty(name);
  expect(headers["accept-encoding"]).not.toBe("br");
});

test("a header that is to be replaced is filled in although the caller has set it", async () => {
  const { url, received } = await startPjp();
  const names = ["X-SIGNATURE", "x-timestamp", "X-EXTERNAL-ID", "Authorization"];
  const proxy = await proxyTo(url, { replaceHeaders: names, clock: () => NOW, externalId: () => "0815" });
  const samples = { "X-SIGNATURE": "85be817c", "X-TIMESTAMP": "2019-12-23T07:50:11+07:00", "X-EXTERNAL-ID": "1" };
  await post(proxy.url + QUERY, "{}", { ...samples, Authorization: "Bearer sample", "X-PARTNER-ID": "kept" });
  expect(isSigned(last(received))).toBe(true);
  expect(last(received).headers).toMatchObject({
    "x-timestamp": JAKARTA,
    "x-external-id": "0815",
    authorization: `Bearer ${TOKEN}`,
    "x-partner-id": "kept",
  });
});

test("what a tool fills in from the contract's samples is filled in again, as long as its signature is the sample", async () => {
  const { url, received } = await startPjp(grant);
  const proxy = await proxyTo(url, { clock: () => NOW, externalId: () => "0815", token: TOKEN_OPTIONS });
  const others = { prefer: "code=403", "x-device-id": "kept", authorization: `Bearer ${TOKEN}` };
  const { "X-DEVICE-ID": _, ...samples } = headerSamples;
  await post(proxy.url + QUERY, "{}", { ...samples, ...others });
  expect(isSigned(last(received))).toBe(true);
  expect(last(received).headers).toMatchObject({
    ...{
      ...others,
      "x-timestamp": JAKARTA,
      "x-external-id": "0815",
      "x-partner-id": "the-partner",
      "channel-id": "95221",
    },
  });
  for (const name of ["origin", "x-ip-address", "x-latitude"]) expect(last(received).headers).not.toHaveProperty(name);

  await post(proxy.url + TOKENS, GRANT, headerSamples);
  const { "x-client-key": clientKey, "x-signature": signature } = last(received).headers;
  const input = { type: "token", publicKey, timestamp: JAKARTA, clientKey: String(clientKey) } as const;
  expect([clientKey, verify({ ...input, signature: String(signature) })]).toEqual(["the-client", true]);

  for (const own of [{ "X-SIGNATURE": "of-the-caller" }, { "X-SIGNATURE": undefined }]) {
    const { "X-SIGNATURE": _, ...samples } = headerSamples;
    const sent = { ...samples, ...(own["X-SIGNATURE"] && { "X-SIGNATURE": own["X-SIGNATURE"] }) };
    await post(proxy.url + QUERY, "{}", sent);
    for (const [name, sample] of Object.entries(samples)) expect(header(last(received), name)).toBe(sample);
  }
});

test("the asymmetric signature does without a token, and takes one where one can be had", async () => {
  const { url, received } = await startPjp((response, received, number) =>
    received.path === TOKENS ? grant(response, received, number) : json(200, {})(response),
  );
  const signature = { type: "asymmetric", privateKey } as const;
  const without = await proxyTo(url, { signature, accessToken: undefined } as object);
  await post(without.url + QUERY);
  expect([isSigned(last(received), "asymmetric"), header(last(received), "Authorization")]).toEqual([true, ""]);

  const withToken = await proxyTo(url, { signature, accessToken: undefined, token: TOKEN_OPTIONS } as object);
  await post(withToken.url + QUERY);
  expect([isSigned(last(received), "asymmetric"), bearer(last(received))]).toEqual([true, "token-2"]);
});

test("a token is asked for once, at the path that is given, and sent until it expires", async () => {
  const { url, received } = await startPjp((response, received, number) =>
    received.path === "/base/own/token" ? grant(response, received, number) : json(200, {})(response),
  );
  const token = { ...TOKEN_OPTIONS, path: "/own/token" };
  const proxy = await proxyTo(`${url}/base`, { accessToken: undefined, token } as object);
  await Promise.all([post(proxy.url + QUERY), post(proxy.url + QUERY)]);
  await post(proxy.url + QUERY);
  expect(received.map(({ path }) => path)).toEqual(["/base/own/token", ...Array(3).fill(`/base${QUERY}`)]);
  expect(received.slice(1).map(bearer)).toEqual(["token-1", "token-1", "token-1"]);
});

const INVALID_TOKEN = { responseCode: "4016101", responseMessage: "Invalid Token (B2B)" };

/** Gives token-1 and so on, and knows the token of an even number only. */
const revoking: Answer = (response, received, number) => {
  if (received.path === TOKENS) return grant(response, received, number);
  const isKnown = bearer(received) !== "token-1";
  return json(isKnown ? 200 : 401, isKnown ? { responseCode: "2006100" } : INVALID_TOKEN)(response);
};

test("after 401 01 the request is sent once more, with a new token, id and signature, and the log says so", async () => {
  const { url, received } = await startPjp(revoking);
  const proxy = await proxyTo(url, { accessToken: providerOf(url) });
  const response = await post(proxy.url + QUERY, '{ "a": 1 }');
  expect([response.status, await response.json()]).toEqual([200, { responseCode: "2006100" }]);
  const calls = received.filter(({ path }) => path === QUERY);
  expect(calls.map(bearer)).toEqual(["token-1", "token-3"]);
  expect(calls.map((call) => [isSigned(call), call.body.toString()])).toEqual(Array(2).fill([true, '{ "a": 1 }']));
  const ids = calls.map((call) => header(call, "X-EXTERNAL-ID"));
  expect(new Set(ids).size).toBe(2);
  expect(proxy.entries).toMatchObject([{ status: 200, tries: 2, externalId: ids[1], by: "target" }]);
});

test("after 401 01 a request with an id of the caller's own is not sent again", async () => {
  const { url, received } = await startPjp(revoking);
  const proxy = await proxyTo(url, { accessToken: providerOf(url) });
  const response = await post(proxy.url + QUERY, "{}", { "X-EXTERNAL-ID": "1" });
  expect([response.status, await response.json()]).toEqual([401, INVALID_TOKEN]);
  expect(received.filter(({ path }) => path === QUERY)).toHaveLength(1);
  expect(proxy.entries[0]?.tries).toBe(1);
});

test("a request without a token that can be signed is refused, unless it brings a signature", async () => {
  const { url, received } = await startPjp();
  const proxy = await proxyTo(url);
  for (const Authorization of ["", "Bearer", "bearer  "]) {
    const response = await post(proxy.url + QUERY, "{}", { Authorization });
    expect(await problemIn(response)).toEqual({
      type: "about:blank",
      title: "The request cannot be signed",
      status: 400,
      detail:
        'Authorization must be "Bearer " and a token, which the signature covers: leave it out for the proxy to fill it in, or send X-SIGNATURE as well.',
    });
  }
  expect(received).toEqual([]);
  expect((await post(proxy.url + QUERY, "{}", { Authorization: "", "X-SIGNATURE": "any" })).status).toBe(200);
  expect(last(received).headers).toMatchObject({ authorization: "", "x-signature": "any" });
});

test("a compressed answer arrives as what it says, and a compressed request is refused", async () => {
  const body = JSON.stringify({ responseCode: "2006100" });
  const { url, received } = await startPjp((response) => {
    response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" }).end(gzipSync(body));
  });
  const proxy = await proxyTo(url);
  const response = await rawPost(proxy.url + QUERY, { "content-type": "application/json" });
  expect([response.body, response.headers["content-encoding"]]).toEqual([body, undefined]);
  const refused = await post(proxy.url + QUERY, gzipSync("{}"), { "content-encoding": "gzip" });
  expect(await problemIn(refused)).toMatchObject({ status: 415, title: "The body must not be compressed" });
  expect(received).toHaveLength(1);
});

test("a request for a token passes with its signature filled in, and its answer as it is", async () => {
  const { url, received } = await startPjp(grant);
  const proxy = await proxyTo(`${url}/base`, { token: TOKEN_OPTIONS, clock: () => NOW });
  const response = await post(`${proxy.url}${TOKENS}?a=1`, GRANT);
  expect(await response.json()).toMatchObject({ accessToken: "token-1" });
  const { headers, body, path } = last(received);
  expect([path, body.toString()]).toEqual([`/base${TOKENS}?a=1`, GRANT]);
  expect(headers).toMatchObject({ "x-client-key": "the-client", "x-timestamp": JAKARTA });
  for (const name of ["authorization", "x-partner-id", "x-external-id"]) expect(headers).not.toHaveProperty(name);
  const signed = { type: "token", publicKey, timestamp: JAKARTA, signature: String(headers["x-signature"]) } as const;
  expect(verify({ ...signed, clientKey: "the-client" })).toBe(true);
  // the token is in the answer, and nowhere else
  expect(JSON.stringify(proxy.entries)).not.toContain("token-1");

  await post(proxy.url + TOKENS, GRANT, { "X-CLIENT-KEY": "another" });
  const own = { ...signed, signature: header(last(received), "X-SIGNATURE") };
  expect(verify({ ...own, clientKey: "another" })).toBe(true);
});

test("a request for a token is refused where nothing can sign it", async () => {
  const { url, received } = await startPjp(grant);
  const proxy = await proxyTo(url);
  expect(await problemIn(await post(proxy.url + TOKENS, GRANT))).toEqual({
    type: "about:blank",
    title: "The request cannot be signed",
    status: 501,
    detail:
      "A request for a token is signed with the private key that belongs to an X-CLIENT-KEY, and the proxy has none: start it with --client-key and --private-key (option token).",
  });
  expect(received).toEqual([]);
});

test("a sandbox that checks tokens, signatures and times takes what the proxy sends, and refuses it with another key", async () => {
  const sandbox = await startSandbox({ clientSecret: SECRET, publicKey, tokenLifetime: 900, timestampTolerance: 60 });
  try {
    const body = '{\n  "merchantId": "00007100010926",\n  "partnerTrxDate": "2020-12-23T07:50:11+07:00"\n}';
    const { accessToken: _, ...options } = OPTIONS;
    const codes = [];
    for (const key of [privateKey, others.privateKey]) {
      const token = { ...TOKEN_OPTIONS, privateKey: key };
      const proxy = await proxyTo(sandbox.url, { ...options, accessToken: undefined, token } as object);
      const generated = await post(`${proxy.url}/v1.0/qr/qr-cpm-generate`, body);
      const granted = await post(proxy.url + TOKENS, GRANT);
      for (const answer of [generated, granted]) {
        const { responseCode, code } = (await answer.json()) as Record<string, string>;
        codes.push(responseCode ?? code);
      }
      expect(proxy.entries.flatMap(({ findings }) => findings)).toEqual([]);
    }
    expect(codes).toEqual(["2005900", "2007300", "ERR_SNAP_NO_TOKEN", "4017300"]);
  } finally {
    await sandbox.close();
  }
});
