// The client's fetch by itself: which requests it takes, what it sends and what it returns. openapi-fetch is tested in
// test/adapters.
import { expect, test } from "vitest";
import { createSnapClient } from "../../src/index.ts";
import { failure, isSigned, notSent, SUCCESS, startPjp, symmetric, TOKEN } from "../support/client.ts";
import { typeError } from "../support/errors.ts";
import { type Answer, type Received, text } from "../support/http.ts";

const QUERY = "/v1.0/qr/qr-cpm-query";

test("the exact bytes, path and query are sent and signed, with any base path", async () => {
  const { url, received } = await startPjp();
  const bodies = ['{ "a" : 1.0,\n "b": "\\u00e9 é" }', Buffer.from([0x22, 0xff, 0x00, 0x22]), ""];
  for (const base of ["", "/snap", "/a/b%20c", "/é/d", "//x"]) {
    const { fetch } = createSnapClient(symmetric(`${url}${base}/`));
    for (const search of ["", "?", "?a=1", "?a=%20b&é=ü c#fragment", "#fragment"]) {
      for (const bytes of bodies) {
        const response = await fetch(new Request(url + base + QUERY + search, { method: "POST", body: bytes }));
        expect(await response.json()).toEqual(SUCCESS);
        const one = received.at(-1) as Received;
        expect([one.body, isSigned(one)]).toEqual([Buffer.from(bytes), true]);
        const expected = new URL(url + base + QUERY + search);
        expect(one.path).toBe(expected.pathname + expected.search);
      }
    }
  }
});

test.each([
  ["another origin", "http://other.example/snap", QUERY, "POST"],
  ["an origin that begins like ours", "https://snap.bank.example.evil.example/snap", QUERY, "POST"],
  ["another port", "https://snap.bank.example:8080/snap", QUERY, "POST"],
  ["another scheme", "http://snap.bank.example/snap", QUERY, "POST"],
  ["another base path", "https://snap.bank.example/snapper", QUERY, "POST"],
  ["no base path", "https://snap.bank.example", QUERY, "POST"],
  ["a path that is not an operation", "https://snap.bank.example/snap", "/v1.0/qr/qr-mpm-query", "POST"],
  ["a path longer than an operation", "https://snap.bank.example/snap", `${QUERY}/`, "POST"],
  ["the operation for access tokens", "https://snap.bank.example/snap", "/v1.0/access-token/b2b", "POST"],
  ["another method", "https://snap.bank.example/snap", QUERY, "PUT"],
])("a request with %s is refused, and no token is asked for", async (_, base, path, method) => {
  const accessToken = () => expect.unreachable("asked for a token");
  const { fetch } = createSnapClient({
    ...symmetric("https://snap.bank.example/snap"),
    accessToken,
    fetch: () => expect.unreachable("sent"),
  });
  await expect(fetch(new Request(`${base}${path}?secret=1`, { method, body: "{}" }))).rejects.toThrow(
    typeError(
      "ERR_SNAP_INVALID_ARGUMENT",
      `the request must be a POST to an operation of this client, but is ${method} ${base}${path}.`,
    ),
  );
});

test("a request whose body was read before is refused", async () => {
  const { url, received } = await startPjp();
  const request = new Request(url + QUERY, { method: "POST", body: "{}" });
  await request.text();
  await expect(createSnapClient(symmetric(url)).fetch(request)).rejects.toThrow(TypeError);
  expect(received).toHaveLength(0);
});

test("what is not a SNAP answer is returned as it is", async () => {
  const html = "<html><body>502 Bad Gateway</body></html>";
  const answers: [Answer, number, string][] = [
    [text(502, html, "text/html"), 502, html],
    [text(200, html, "text/html"), 200, html],
    [text(200, "", "application/json", false), 200, ""],
    [(response) => response.writeHead(204, { "x-answer": "none" }).end(), 204, ""],
    [text(401, "[1]", "application/json"), 401, "[1]"],
  ];
  for (const [answer, status, expected] of answers) {
    const { url } = await startPjp(answer);
    const accessToken = Object.assign(async () => TOKEN, { invalidate: () => expect.unreachable("renewed") });
    const { fetch } = createSnapClient({ ...symmetric(url), accessToken });
    const response = await fetch(new Request(url + QUERY, { method: "POST", body: "{}" }));
    expect([response.status, response.bodyUsed, response.url]).toEqual([status, false, url + QUERY]);
    expect(response.headers.get("x-answer")).toBe(status === 204 ? "none" : null);
    expect(await response.text()).toBe(expected);
  }
});

test("a request that was aborted before is not sent, nor is one without a token", async () => {
  const { url, received } = await startPjp();
  const options = { ...symmetric(url), externalId: () => "0815" };
  const request = { method: "POST", body: "{}" };
  const { fetch } = createSnapClient(options);
  const gone = await failure(fetch(new Request(url + QUERY, { ...request, signal: AbortSignal.abort() })));
  expect(gone).toMatchObject(notSent("ERR_SNAP_ABORTED", "given up by the caller"));
  const poor = createSnapClient({ ...options, accessToken: () => Promise.reject(new Error("the vault is sealed")) });
  expect(await failure(poor.fetch(new Request(url + QUERY, request)))).toMatchObject(
    notSent("ERR_SNAP_NO_TOKEN", "without an access token: the vault is sealed"),
  );
  expect(received).toHaveLength(0);
});
