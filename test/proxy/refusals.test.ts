// What the proxy does not sign: whom it refuses, and with which problem; and which pages may call it.
import { type RequestOptions, request } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { startProxy } from "../../src/sandbox.ts";
import { SECRET, startPjp } from "../support/client.ts";
import { typeError } from "../support/errors.ts";
import { OPTIONS, post, problemIn, proxyTo, QUERY, rawPost, TOKEN_OPTIONS } from "./support.ts";

const JSON_TYPE = { "content-type": "application/json" };

/** A proxy, and a target that must not be called. */
async function proxyToNobody(more: Parameters<typeof proxyTo>[1] = {}) {
  const { url, received } = await startPjp();
  const proxy = await proxyTo(url, more);
  return { ...proxy, received };
}

test("a Host that is not of this machine is refused, wherever the proxy listens, unless it is allowed", async () => {
  for (const host of ["127.0.0.1", "0.0.0.0"]) {
    const proxy = await proxyToNobody({ host, allowHosts: ["proxy.test"] });
    const url = proxy.url.replace("0.0.0.0", "127.0.0.1") + QUERY;
    for (const name of ["evil.example", "evil.example:4012", "192.168.1.5"]) {
      const { status, headers, body } = await rawPost(url, { ...JSON_TYPE, host: name });
      expect([status, headers["content-type"]]).toEqual([400, "application/problem+json"]);
      expect(JSON.parse(body)).toEqual({
        ...{ type: "about:blank", title: "The Host header is refused", status: 400 },
        detail: `The Host header must be of this machine, such as localhost, but is "${name}": call it by that name, or start it with --allow-host NAME (option allowHosts).`,
      });
    }
    expect(proxy.received).toEqual([]);
    for (const name of ["localhost", "127.0.0.1:1", "[::1]", "a.localhost:80", "proxy.test:4012"])
      expect((await rawPost(url, { ...JSON_TYPE, host: name })).status).toBe(200);
    expect(proxy.received).toHaveLength(5);
    expect(proxy.entries.filter(({ status }) => status === 400)).toHaveLength(3);
  }
});

test.each([
  [
    "form data, as any page can send it",
    { "content-type": "application/x-www-form-urlencoded" },
    '"application/x-www-form-urlencoded"',
  ],
  ["plain text, as any page can send it", { "content-type": "text/plain" }, '"text/plain"'],
  ["another charset", { "content-type": "application/json; charset=latin1" }, '"application/json; charset=latin1"'],
  [
    "a type that only begins like JSON",
    { "content-type": "application/json-patch+json" },
    '"application/json-patch+json"',
  ],
])("a body that is %s is refused", async (_, headers, found) => {
  const { url, received } = await proxyToNobody();
  expect(await problemIn(await post(url + QUERY, "{}", headers))).toEqual({
    ...{ type: "about:blank", title: "The body must be JSON", status: 415 },
    detail: `Content-Type must be application/json, but is ${found}.`,
  });
  expect(received).toEqual([]);
});

test("a body without a type is refused, and so is no body at all", async () => {
  const { url, received } = await proxyToNobody();
  for (const body of ["{}", ""]) {
    const answer = await rawPost(url + QUERY, {}, body);
    expect([answer.status, JSON.parse(answer.body).detail]).toEqual([
      415,
      "Content-Type must be application/json, but is missing.",
    ]);
  }
  expect(received).toEqual([]);
});

test("another path is 404 and names those that there are, another method 405", async () => {
  const { url, received, entries } = await proxyToNobody();
  for (const path of ["/", "/v1.0/qr/qr-mpm-query", `${QUERY}/`, QUERY.toUpperCase(), `/x/..${QUERY}`]) {
    const answer = await rawPost(`${url}/`.replace(/\/$/, path), JSON_TYPE);
    expect([path, answer.status]).toEqual([path, path === `/x/..${QUERY}` ? 200 : 404]);
  }
  const problem = await problemIn(await post(`${url}/v2.0/debit/status`));
  expect(problem.title).toBe("The path is not an operation");
  expect(problem.detail).toContain("The path must be one of /v1.0/qr/qr-cpm-generate, ");
  expect(entries.at(-1)).toMatchObject({
    status: 404,
    operation: undefined,
    service: undefined,
    by: "proxy",
    tries: 0,
  });
  for (const method of ["GET", "PUT", "DELETE", "TRACE", "OPTIONS"]) {
    const answer = await rawPost(url + QUERY, JSON_TYPE, "", method);
    expect([method, answer.status, answer.headers.allow]).toEqual([method, 405, "POST"]);
  }
  // new URL() takes the dots out before it is sent
  expect(received).toHaveLength(1);
});

/** Sends what never ends, and resolves to the answer. */
function flood(url: string, headers: NonNullable<RequestOptions["headers"]>) {
  let written = 0;
  const { hostname, port, pathname } = new URL(url);
  return new Promise<{ status: number | undefined; body: string; written: number; connection: string | undefined }>(
    (resolve, reject) => {
      const sending = request({ hostname, port, path: pathname, method: "POST", headers }, async (response) => {
        const body = await text(response);
        sending.destroy();
        resolve({ status: response.statusCode, body, written, connection: response.headers.connection });
      });
      sending.once("error", (error) => (written > 0 ? undefined : reject(error)));
      const chunk = Buffer.alloc(65_536, " ");
      const more = () => {
        while (!sending.destroyed && written < 1e9) {
          written += chunk.length;
          if (!sending.write(chunk)) return void sending.once("drain", more);
        }
      };
      more();
    },
  );
}

test("a body beyond the limit is refused, without reading it all", async () => {
  const { url, received } = await proxyToNobody({ maxBodyBytes: 100_000 });
  const problem = {
    ...{ type: "about:blank", title: "The body is too long", status: 413 },
    detail: "The body must not have more than 100000 bytes (option maxBodyBytes).",
  };
  expect(await problemIn(await post(url + QUERY, " ".repeat(100_001)))).toEqual(problem);
  for (const length of [{}, { "content-length": 999_999_999 }]) {
    const { status, body, written, connection } = await flood(url + QUERY, { ...JSON_TYPE, ...length });
    expect([status, JSON.parse(body), connection]).toEqual([413, problem, "close"]);
    expect(written).toBeLessThan(2e7);
  }
  expect(received).toEqual([]);
  expect((await post(url + QUERY, `{}${" ".repeat(99_998)}`)).status).toBe(200);
  expect(received[0]?.body).toHaveLength(100_000);
});

test("a body that says that it is beyond the limit is refused before any of it comes", async () => {
  const { url } = await proxyToNobody({ maxBodyBytes: 100 });
  const head = ["Host: localhost", "Content-Type: application/json", "Content-Length: 2000000"].join("\r\n");
  expect(await written(url, `POST ${QUERY} HTTP/1.1\r\n${head}\r\n\r\n`)).toMatch(/^HTTP\/1.1 413 /);
}, 10_000);

/** Writes bytes to the proxy, and resolves to what comes back. */
function written(url: string, bytes: string): Promise<string> {
  const socket = connect({ host: "127.0.0.1", port: Number(new URL(url).port) });
  socket.write(bytes);
  return text(socket);
}

test("what is not HTTP, and HTTP/1.1 without a Host, is a problem too", async () => {
  const { url, received } = await proxyToNobody();
  for (const bytes of ["nonsense\r\n\r\n", `POST ${QUERY} HTTP/1.1\r\nContent-Type: application/json\r\n\r\n`]) {
    const answer = await written(url, bytes);
    expect(answer).toMatch(/^HTTP\/1.1 400 Bad Request\r\n/);
    expect(answer).toMatch(/content-type: application\/problem\+json/i);
    expect(JSON.parse(answer.split("\r\n\r\n")[1] ?? "")).toMatchObject({
      status: 400,
      title: "The request is refused",
    });
  }
  const tunnel = await written(url, "CONNECT snap.bank.example:443 HTTP/1.1\r\nHost: snap.bank.example:443\r\n\r\n");
  expect(tunnel).toMatch(/^HTTP\/1.1 405 /);
  expect(received).toEqual([]);
});

const PAGE = "http://localhost:5173";
const OTHER = "https://app.example";
const preflight = (url: string, origin: string) =>
  fetch(url, { method: "OPTIONS", headers: { origin, "access-control-request-method": "POST" } });
const allowed = ({ headers }: Response) => headers.get("access-control-allow-origin");

test("a page of this machine may call and read, problems too; its Origin is passed on, and another page's is never refused", async () => {
  const { url, received, entries } = await proxyToNobody();
  const asked = await preflight(url + QUERY, PAGE);
  expect([asked.status, allowed(asked), asked.headers.get("access-control-allow-methods")]).toEqual([
    204,
    PAGE,
    "GET, HEAD, POST, PUT, PATCH, DELETE",
  ]);
  expect([received, entries]).toEqual([[], []]);

  const called = await post(url + QUERY, "{}", { origin: PAGE });
  expect([called.status, allowed(called), called.headers.get("vary")]).toEqual([200, PAGE, "Origin"]);
  expect(received[0]?.headers.origin).toBe(PAGE);
  expect(allowed(await post(`${url}/nothing`, "{}", { origin: PAGE }))).toBe(PAGE);

  const refused = await preflight(url + QUERY, OTHER);
  expect([refused.status, allowed(refused)]).toEqual([405, null]);
  // ORIGIN is a header of SNAP's: a server that calls with it is not a page
  for (const origin of [OTHER, "merchant.example"]) {
    const other = await post(url + QUERY, "{}", { origin });
    expect([other.status, allowed(other)]).toEqual([200, null]);
    expect(received.at(-1)?.headers.origin).toBe(origin);
  }
});

test("other pages may call where an option says so, and none with false", async () => {
  const open = await proxyToNobody({ cors: [OTHER] });
  expect(allowed(await preflight(open.url + QUERY, OTHER))).toBe(OTHER);
  const closed = await proxyToNobody({ cors: false });
  expect(allowed(await preflight(closed.url + QUERY, PAGE))).toBeNull();
  // a name that is not this machine's gets no preflight either
  const rebound = await rawPost(
    open.url + QUERY,
    { host: "evil.example", origin: PAGE, "access-control-request-method": "POST" },
    "",
    "OPTIONS",
  );
  expect([rebound.status, rebound.headers["access-control-allow-methods"]]).toEqual([400, undefined]);
});

test.each([
  [
    { target: "snap.bank.example" },
    'target must be an absolute http or https URL, such as "https://snap.bank.example".',
  ],
  [
    { target: "https://snap.bank.example/v1.0" },
    "target must not end in /v1.0, which the client puts before each path itself; leave it out.",
  ],
  [
    { target: "https://user:password@snap.bank.example" },
    "target must not have a query, a fragment or credentials; give scheme, host and base path only.",
  ],
  [
    { target: "http://snap.bank.example" },
    "target must be https: over http, tokens and payments can be read and changed on the way. Use https, or set allowHttp: true in a network that you trust.",
  ],
  [
    { target: "http://localhost:4012/snap", port: 4012 },
    "target must not be the proxy itself, which listens on port 4012; choose another port.",
  ],
  [{ partnerId: "" }, "partnerId must not be empty; it is sent as X-PARTNER-ID."],
  [
    { accessToken: undefined },
    "accessToken or token must be given: only the asymmetric signature does without a token.",
  ],
  [{ token: { ...TOKEN_OPTIONS, clientKey: "" } }, "clientKey must not be empty; it is sent as X-CLIENT-KEY."],
  [{ maxBodyBytes: 0 }, "maxBodyBytes must be a whole number of bytes from 1 on."],
  [{ maxAnswerBytes: -1 }, "maxAnswerBytes must be a whole number of bytes from 1 on."],
  [{ timeout: -1 }, "timeout must be a number of milliseconds from 0 (no limit) to 2147483647."],
  [
    { cors: ["nonsense"] },
    'cors must have origins such as "https://app.example", "null" or "*", not "nonsense": write scheme and host.',
  ],
  [
    { replaceHeaders: ["Content-Type"] },
    /^replaceHeaders must have names of headers that the proxy fills in \(.*X-SIGNATURE.*\), not "content-type"\.$/,
  ],
])("options %o are refused", async (options, message) => {
  const refused = startProxy({ ...OPTIONS, target: "https://snap.bank.example", ...options } as never);
  if (typeof message === "string") await expect(refused).rejects.toThrow(typeError("ERR_SNAP_INVALID_OPTION", message));
  else await expect(refused).rejects.toThrow(message);
  await expect(refused).rejects.not.toThrow(SECRET);
});

test("a port that is taken rejects with the code of Node", async () => {
  const { url } = await proxyToNobody();
  const { port } = new URL(url);
  await expect(
    startProxy({ ...OPTIONS, target: "https://snap.bank.example", port: Number(port) }),
  ).rejects.toMatchObject({
    code: "EADDRINUSE",
  });
});
