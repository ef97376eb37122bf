// The mock over real HTTP; and the same sweep against the Prism command line, which users may run on the bundle themselves.
import { type ChildProcess, spawn } from "node:child_process";
import { request } from "node:http";
import { createRequire } from "node:module";
import { connect } from "node:net";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import freePort from "get-port";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { validateResponse } from "../../src/contract/validation.ts";
import { createSnapClient, createTokenProvider } from "../../src/index.ts";
import { type LogEntry, type Mock, type MockOptions, startMock } from "../../src/sandbox.ts";
import { operations, type Parameter } from "../support/contract.ts";
import { samples } from "../support/published.ts";
import {
  ACCESS_TOKEN,
  CLIENT_SECRET,
  operationIds,
  PARTNER,
  privateKey,
  publicKey,
  wireOf,
} from "../support/receiver.ts";

const contract = fileURLToPath(new URL("../../generated/openapi.yaml", import.meta.url));

const exampleHeaders = (parameters: Parameter[]) =>
  Object.fromEntries(
    parameters
      .filter(({ required }) => required)
      .map(({ name, ...rest }) => [name, (rest as unknown as { example: string }).example]),
  );

const requests = operations.map(({ operationId, path, parameters, requestBody, responses, service }) => ({
  operationId,
  path,
  service,
  responses,
  bearer: service !== "73",
  headers: {
    "content-type": "application/json",
    authorization: "Bearer any-token",
    ...exampleHeaders(parameters),
  } as Record<string, string>,
  body: requestBody.content["application/json"].examples.Published.value,
}));

/** What each service says when all is well. */
const messageOf: Record<string, unknown> = Object.fromEntries(
  operations.map(({ service, responses }) => [
    service,
    responses["200"]?.content["application/json"].examples.Successful?.value.responseMessage,
  ]),
);

/** A mandatory field of each service's request. */
const mandatory: Record<string, string | undefined> = Object.fromEntries(
  operations.map(({ service, requestBody }) => [service, requestBody.content["application/json"].schema.required?.[0]]),
);

const argumentsOf = ({ path, headers, body }: ReturnType<typeof wireOf>) => [path, headers, body] as const;

async function post(url: string, path: string, headers: Record<string, string>, body: unknown) {
  const response = await fetch(url + path, {
    method: "POST",
    headers,
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text && (JSON.parse(text) as Record<string, unknown>),
  };
}

let mock: Mock;
let prismCli: ChildProcess;
let prismUrl = "";
beforeAll(async () => {
  mock = await startMock();
  const port = await freePort();
  const bin = join(
    dirname(createRequire(import.meta.url).resolve("@stoplight/prism-cli/package.json")),
    "dist/index.js",
  );
  prismCli = spawn(process.execPath, [bin, "mock", "--port", String(port), contract], { stdio: "ignore" });
  prismUrl = `http://127.0.0.1:${port}`;
  for (let attempt = 0; ; attempt += 1) {
    try {
      await fetch(prismUrl);
      break;
    } catch (error) {
      if (attempt > 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
});
afterAll(async () => {
  prismCli.kill();
  await mock.close();
});

describe.each([
  ["our mock", () => mock.url],
  ["the Prism command line", () => prismUrl],
])("%s", (_, url) => {
  test.each(requests)(
    "$operationId serves every example of every status unchanged and without a violation",
    async ({ path, headers, body, responses }) => {
      let served = 0;
      for (const [status, { content }] of Object.entries(responses)) {
        for (const [example, { value }] of Object.entries(content["application/json"].examples)) {
          const answer = await post(url(), path, { ...headers, prefer: `code=${status}, example=${example}` }, body);
          expect(answer.headers.get("sl-violations"), `${status} ${example}`).toBeNull();
          expect({ status: answer.status, body: answer.body }).toEqual({ status: Number(status), body: value });
          served += 1;
        }
      }
      expect(served).toBe(63);
    },
  );
});

test.each(requests)(
  "the Prism command line refuses a bad body, a missing header and a missing token of $operationId",
  async ({ path, headers, body, service, bearer }) => {
    const [field = ""] = Object.keys(body);
    const bad = await post(prismUrl, path, headers, { ...body, [field]: 1 });
    expect([bad.status, (bad.body as Record<string, unknown>).responseCode]).toEqual([400, `400${service}00`]);
    expect(bad.headers.get("sl-violations")).toContain(field);
    const { "X-TIMESTAMP": _t, ...withoutTimestamp } = headers;
    expect((await post(prismUrl, path, withoutTimestamp, body)).status).toBe(400);
    const { authorization: _a, ...withoutToken } = headers;
    expect((await post(prismUrl, path, withoutToken, body)).status).toBe(bearer ? 401 : 200);
  },
);

/** Starts a mock for one test; it is stopped when the test is over. */
async function mockWith(options: MockOptions): Promise<{ url: string; entries: LogEntry[] }> {
  const entries: LogEntry[] = [];
  const started = await startMock({ log: (entry) => entries.push(entry), ...options });
  onTestFinished(() => started.close());
  return { url: started.url, entries };
}

/** An answer as `4006002 Invalid Mandatory Field merchantId`. */
async function said(url: string, path: string, headers: Record<string, string>, body: unknown): Promise<string> {
  const answer = await post(url, path, headers, body);
  const { responseCode, responseMessage } = answer.body as Record<string, string>;
  expect(String(answer.status)).toBe(responseCode?.slice(0, 3));
  expect(answer.headers.get("x-timestamp")).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00$/);
  return `${responseCode} ${responseMessage}`;
}

const without = (headers: Record<string, string>, name: string) =>
  Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));

describe("our mock", () => {
  const publishedHeaders = samples.find(({ id }) => id === "qr-cpm-payment-request")?.headers ?? {};

  test.each(samples.filter(({ body }) => body === "request"))(
    "answers the published $id, sent with its published headers",
    async (sample) => {
      const { path, service } = operations.find(({ operationId }) => operationId === sample.operationId) ?? {
        path: "",
        service: "",
      };
      // the page of service 55 publishes no headers
      const headers = Object.keys(sample.headers).length > 0 ? sample.headers : publishedHeaders;
      const answer = await said(mock.url, path, headers, sample.text);
      if (sample.id !== "qr-cpm-payment-request") {
        expect(answer).toBe(`200${service}00 ${messageOf[service]}`);
        return;
      }
      expect(answer).toBe("4006001 Invalid Field Format expiryTime");
      const corrected = sample.text.replace('"expiryTime":"60"', '"expiryTime":"2020-12-23T07:59:11+07:00"');
      expect(await said(mock.url, path, headers, corrected)).toBe(`2006000 ${messageOf["60"]}`);
    },
  );

  test.each(requests)("names what is wrong with a request of $operationId", async (request) => {
    const { path, headers, body, service, bearer } = request;
    const [field = ""] = Object.keys(body);
    const [header = ""] = Object.keys(headers).filter((name) => name === "CHANNEL-ID" || name === "X-CLIENT-KEY");
    const sent = (changed: object) => said(mock.url, path, headers, { ...body, ...changed });
    const answers = [
      await sent({ [field]: 1 }),
      await sent({ [mandatory[service] ?? ""]: undefined }),
      await said(mock.url, path, without(headers, "X-TIMESTAMP"), body),
      await said(mock.url, path, { ...headers, "X-TIMESTAMP": "yesterday" }, body),
      await said(mock.url, path, without(headers, header), body),
      await said(mock.url, path, without(headers, "authorization"), body),
      await said(mock.url, path, headers, '{"a":'),
      await said(mock.url, path, { ...headers, "content-type": "text/plain" }, body),
    ];
    expect(answers).toEqual([
      `400${service}01 Invalid Field Format ${field}`,
      mandatory[service]
        ? `400${service}02 Invalid Mandatory Field ${mandatory[service]}`
        : `200${service}00 ${messageOf[service]}`,
      `400${service}02 Invalid Mandatory Field X-TIMESTAMP`,
      `400${service}01 Invalid Field Format X-TIMESTAMP`,
      `400${service}02 Invalid Mandatory Field ${header}`,
      bearer ? `401${service}03 Token Not Found (B2B)` : `200${service}00 Successful`,
      `400${service}00 Bad Request`,
      `400${service}00 Bad Request`,
    ]);
    const got = await fetch(mock.url + path);
    expect([got.status, got.headers.get("allow"), await got.json()]).toEqual([
      405,
      "POST",
      { responseCode: `405${service}00`, responseMessage: "Requested Function Is Not Supported" },
    ]);
  });

  test("answers 200 without being asked for a code", async () => {
    for (const { path, headers, body, responses, bearer } of requests) {
      const answer = await post(mock.url, path, headers, body);
      const example = responses["200"]?.content["application/json"].examples.Successful?.value;
      expect(answer.status).toBe(200);
      if (bearer) expect(answer.body).toEqual(example);
      else
        expect(answer.body).toEqual({
          ...example,
          accessToken: expect.any(String),
          expiresIn: "900",
          additionalInfo: undefined,
        });
    }
  });

  test("tells in every answer the time in Jakarta", async () => {
    const [{ path, headers, body } = { path: "", headers: {}, body: {} }] = requests;
    const before = Date.now();
    const told = Date.parse((await post(mock.url, path, headers, body)).headers.get("x-timestamp") ?? "");
    expect(told).toBeGreaterThan(before - 1000);
    expect(told).toBeLessThanOrEqual(Date.now());
  });

  test("generates answers that the contract accepts, whatever the seed", async () => {
    for (const { operationId, path, headers, body } of requests) {
      for (let seed = 0; seed < 40; seed += 1) {
        const prefer = `dynamic=true, seed=${seed}`;
        const answer = await post(mock.url, path, { ...headers, prefer }, body);
        expect([answer.status, prefer]).toEqual([200, prefer]);
        expect(validateResponse(operationId as "qrCpmPayment", 200, answer.body)).toEqual({ valid: true });
      }
    }
  });

  test("does not mind what a client accepts", async () => {
    const [{ path, headers, body } = { path: "", headers: {}, body: {} }] = requests;
    expect((await post(mock.url, path, { ...headers, accept: ";;;" }, body)).status).toBe(200);
    expect((await post(mock.url, path, { ...headers, accept: "text/html" }, body)).status).toBe(200);
  });

  test.each([
    ["code=403, example=Nope", 404, "Status 403 has no example Nope. It has: TransactionExpired, FeatureNotAllowed,"],
    ["code=418", 404, "There is no status 418. There are: 200, 202, 400, 401, 403, 404, 405, 409, 429, 500, 504."],
    [
      "example=Nope",
      404,
      "No status has an example Nope. There are: 200 Successful; 202 RequestInProgress; 400 BadRequest,",
    ],
    [
      "code=403, example=insufficientfunds",
      404,
      "Status 403 has no example insufficientfunds. It has: TransactionExpired,",
    ],
    ["code=abc", 422, 'code takes three digits, not "abc". Write it'],
    ["dynamic=yes", 422, 'dynamic takes true or false, not "yes". Write it'],
    ["example=", 422, 'example takes the name of an example, not "". Write it'],
    [
      "code=403; example=InsufficientFunds",
      422,
      '"code=403; example=InsufficientFunds" cannot be read as one preference. ',
    ],
    [
      "code=403 example=InsufficientFunds",
      422,
      '"code=403 example=InsufficientFunds" cannot be read as one preference. ',
    ],
    ["respond-async; wait=5, foo; code=403", 422, '"foo; code=403" cannot be read as one preference. '],
    ["code", 422, '"code" cannot be read as one preference. Write it'],
    [
      'code="403',
      422,
      '"code="403" cannot be read as one preference. Write it with commas, such as Prefer: code=403, example=InsufficientFunds or Prefer: dynamic=true.',
    ],
  ])("says what there is when Prefer is %s", async (prefer, status, detail) => {
    const { url, entries } = await mockWith({});
    const [{ path, headers, body } = { path: "", headers: {}, body: {} }] = requests;
    const answer = await post(url, path, { ...headers, prefer }, body);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([status, "application/problem+json"]);
    expect(answer.body).toMatchObject({ status, title: expect.any(String), detail: expect.stringContaining(detail) });
    expect(JSON.stringify(answer.body)).not.toContain("\\n");
    expect(entries).toMatchObject([
      { status, step: "prefer", responseCode: undefined, responseMessage: expect.stringContaining(detail) },
    ]);
  });

  test.each([
    ["respond-async", 200],
    ["respond-async, wait=10; foo", 200],
    ['foo="a, code=403; example=X"', 200],
    ['respond-async, Code = "403",example=InsufficientFunds,', 403],
    ["code=403, code=404", 403],
  ])("ignores what is not the mock's in Prefer: %s", async (prefer, status) => {
    const [{ path, headers, body } = { path: "", headers: {}, body: {} }] = requests;
    expect((await post(mock.url, path, { ...headers, prefer }, body)).status).toBe(status);
  });

  test("finds the status of an example that is named alone", async () => {
    const [{ path, headers, body } = { path: "", headers: {}, body: {} }] = requests;
    expect((await post(mock.url, path, { ...headers, prefer: "example=InsufficientFunds" }, body)).status).toBe(403);
  });

  test.each(["/nowhere", "//evil/v1.0/qr/qr-cpm-payment", "//", "/%zz", "http://[bad", "/v1.0/qr/qr-cpm-payment/"])(
    "answers Invalid Routing to the target %s, and logs which paths there are",
    async (target) => {
      const { url, entries } = await mockWith({});
      const { hostname, port } = new URL(url);
      const text = await new Promise<string>((resolve, reject) => {
        const outgoing = request({ hostname, port, path: target, method: "POST" }, (incoming) => {
          let body = "";
          incoming.on("data", (chunk) => {
            body += chunk;
          });
          incoming.on("end", () => resolve(`${incoming.statusCode} ${body}`));
        });
        outgoing.on("error", reject).end();
      });
      expect(text).toBe('404 {"responseCode":"4040002","responseMessage":"Invalid Routing"}');
      expect(entries).toMatchObject([
        { step: "route", hint: expect.stringMatching(/^there is: .*\/v1.0\/qr\/qr-cpm-payment, .*, \/docs$/) },
      ]);
    },
  );

  test.each([
    [
      "a header beyond 16 kB",
      `POST /v1.0/qr/qr-cpm-query HTTP/1.1\r\nHost: x\r\nX-Long: ${"x".repeat(20_000)}\r\n\r\n`,
    ],
    ["a header that is none", "POST /v1.0/qr/qr-cpm-query HTTP/1.1\r\nHost: x\r\n: : :\r\n\r\n"],
    ["a length that is none", "POST /v1.0/qr/qr-cpm-query HTTP/1.1\r\nHost: x\r\nContent-Length: ten\r\n\r\n"],
  ])("answers 400 00 to %s, which Node itself refuses", async (_, sent) => {
    expect(await raw(mock.url, sent)).toMatch(
      /^HTTP\/1.1 400 Bad Request\r\n[\s\S]*X-TIMESTAMP: \d{4}[\s\S]*\{"responseCode":"4006100","responseMessage":"Bad Request"\}$/,
    );
  });

  test("answers 400 to what is no HTTP, and goes on", async () => {
    expect(await raw(mock.url, "hello\r\n\r\n")).toBe("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
    expect((await fetch(`${mock.url}/docs`, { method: "HEAD" })).status).toBe(200);
  });

  test("ignores an expectation that it does not know", async () => {
    const sent = "POST /v1.0/qr/qr-cpm-query HTTP/1.1\r\nHost: x\r\nExpect: tea\r\nConnection: close\r\n\r\n";
    expect(await raw(mock.url, sent)).toContain(
      '{"responseCode":"4006102","responseMessage":"Invalid Mandatory Field ',
    );
  });

  test("serves the documentation page", async () => {
    const page = await fetch(`${mock.url}/docs`);
    expect(page.status).toBe(200);
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect((await fetch(`${mock.url}/docs`, { method: "HEAD" })).status).toBe(200);
    expect(await page.text()).toContain("SNAP QR CPM and debit status");
  });

  test.each<[path: string, accept: string, method: string, status: number]>([
    ["/", "text/html,application/xhtml+xml,*/*;q=0.8", "GET", 302],
    ["/?from=here", "text/html", "HEAD", 302],
    ["/", "*/*", "GET", 404],
    ["/", "text/html", "POST", 404],
    ["/favicon.ico", "text/html,image/avif", "GET", 404],
  ])("sends a browser that asks for %s from the root to the documentation", async (path, accept, method, status) => {
    const answer = await fetch(mock.url + path, { method, headers: { accept }, redirect: "manual" });
    expect([answer.status, answer.headers.get("location")]).toEqual([status, status === 302 ? "/docs" : null]);
    if (status === 404) expect(await answer.json()).toMatchObject({ responseCode: "4040002" });
  });

  test("cannot take a port that is taken", async () => {
    const port = Number(new URL(mock.url).port);
    await expect(startMock({ port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });

  test("logs one entry a request, with service, code and why, and no secret", async () => {
    const { url, entries } = await mockWith({ accessToken: ACCESS_TOKEN, clientSecret: CLIENT_SECRET });
    for (const wire of [wireOf(), wireOf({ body: "{" }), wireOf({ clientSecret: "wrong-secret" })])
      await post(url, wire.path, wire.headers, wire.body);
    const about = { method: "POST", path: "/v1.0/qr/qr-cpm-payment", service: "60", operation: "qrCpmPayment" };
    expect(entries).toEqual(
      [
        { status: 200, responseCode: "2006000", responseMessage: messageOf["60"], step: "operation" },
        { status: 400, responseCode: "4006000", responseMessage: "Bad Request", step: "parse" },
        { status: 401, responseCode: "4016000", responseMessage: "Unauthorized. [Signature]", step: "signature" },
      ].map((entry) => ({ ...about, time: expect.stringMatching(/\+07:00$/), ...entry })),
    );
    for (const secret of [ACCESS_TOKEN, CLIENT_SECRET]) expect(JSON.stringify(entries)).not.toContain(secret);
  });
});

/** Sends bytes as they are and returns what comes back before the connection ends. */
function raw(url: string, sent: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let received = "";
    const socket = connect(Number(port), hostname, () => socket.write(sent));
    socket.setEncoding("utf8").on("data", (chunk) => {
      received += chunk;
    });
    socket.on("error", reject).on("end", () => resolve(received));
  });
}

describe("what the mock checks", () => {
  const transactions = operationIds.filter((id) => id !== "accessTokenB2b");
  const sent = async (url: string, wire: ReturnType<typeof wireOf>) => said(url, wire.path, wire.headers, wire.body);

  test("accepts any token and any signature unless it is told otherwise, and an X-EXTERNAL-ID twice", async () => {
    const { url } = await mockWith({});
    for (const operation of operationIds) {
      const wire = wireOf({ operation, token: "whatever", headers: { "X-SIGNATURE": "any" } });
      expect(await sent(url, wire)).toMatch(/^200\d\d00 /);
      expect(await sent(url, wire)).toMatch(/^200\d\d00 /);
    }
  });

  test("--token: another token is 401 01, a token of service 73 is as good, until it has expired", async () => {
    const { url } = await mockWith({ accessToken: ACCESS_TOKEN, tokenLifetime: 1 });
    const granted = await post(url, ...argumentsOf(wireOf({ operation: "accessTokenB2b" })));
    const { accessToken, expiresIn } = granted.body as Record<string, string>;
    expect(expiresIn).toBe("1");
    for (const operation of transactions) {
      const service = operations.find(({ operationId }) => operationId === operation)?.service;
      expect(await sent(url, wireOf({ operation, token: "another" }))).toBe(`401${service}01 Invalid Token (B2B)`);
      expect(await sent(url, wireOf({ operation }))).toMatch(/^200/);
      expect(await sent(url, wireOf({ operation, token: accessToken ?? "" }))).toMatch(/^200/);
    }
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(await sent(url, wireOf({ token: accessToken ?? "" }))).toBe("4016001 Invalid Token (B2B)");
  });

  test.each(["code=200", "return=minimal", "example=Successful", "code=200, seed=1"])(
    "a token given out under Prefer: %s is accepted like any other",
    async (prefer) => {
      const { url } = await mockWith({ tokenLifetime: 60 });
      const granted = await post(
        url,
        ...argumentsOf(wireOf({ operation: "accessTokenB2b", headers: { Prefer: prefer } })),
      );
      const { accessToken: token = "" } = granted.body as Record<string, string>;
      expect(await sent(url, wireOf({ token }))).toMatch(/^200/);
    },
  );

  test("an example's token is good for as long as the example says", async () => {
    const { url } = await mockWith({ tokenLifetime: 1 });
    const asked = wireOf({ operation: "accessTokenB2b", headers: { Prefer: "code=200" } });
    const { body } = await post(url, ...argumentsOf(asked));
    const { accessToken: token = "", expiresIn } = body as Record<string, string>;
    expect(Number(expiresIn)).toBeGreaterThan(60);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(await sent(url, wireOf({ token }))).toMatch(/^200/);
  });

  test("--token-lifetime: without --token too, no token is accepted but those of service 73, until they expire", async () => {
    const { url } = await mockWith({ tokenLifetime: 1 });
    const granted = await post(url, ...argumentsOf(wireOf({ operation: "accessTokenB2b" })));
    const { accessToken: token = "" } = granted.body as Record<string, string>;
    expect(await sent(url, wireOf({ token: "forged" }))).toBe("4016001 Invalid Token (B2B)");
    expect(await sent(url, wireOf({ token }))).toMatch(/^200/);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(await sent(url, wireOf({ token }))).toBe("4016001 Invalid Token (B2B)");
  });

  test("--client-secret: a symmetric signature is checked", async () => {
    const { url } = await mockWith({ clientSecret: CLIENT_SECRET });
    for (const operation of transactions) {
      const service = operations.find(({ operationId }) => operationId === operation)?.service;
      expect(await sent(url, wireOf({ operation }))).toMatch(/^200/);
      expect(await sent(url, wireOf({ operation, clientSecret: "wrong" }))).toBe(
        `401${service}00 Unauthorized. [Signature]`,
      );
    }
    expect(await sent(url, wireOf({ operation: "accessTokenB2b", headers: { "X-SIGNATURE": "any" } }))).toMatch(/^200/);
  });

  test("--public-key: asymmetric signatures and requests for a token are checked", async () => {
    const { url } = await mockWith({ publicKey });
    const key = { "X-PARTNER-ID": "962489e9-de5d-4eb7-92a4-b07d44d64bf4" };
    expect(await sent(url, wireOf({ headers: key }))).toMatch(/^200/);
    expect(await sent(url, wireOf())).toBe("4016000 Unauthorized. [Signature]");
    expect(await sent(url, wireOf({ operation: "accessTokenB2b" }))).toMatch(/^200/);
    const wrong = wireOf({ operation: "accessTokenB2b", headers: { "X-SIGNATURE": "any" } });
    expect(await sent(url, wrong)).toBe("4017300 Unauthorized. [Signature]");
    expect(await sent(url, wireOf({ headers: key, token: null }))).toBe("4016003 Token Not Found (B2B)");
  });

  test("both: a call may be signed either way; --without-token lets an asymmetric one do without", async () => {
    const { url } = await mockWith({ publicKey, clientSecret: CLIENT_SECRET, withoutToken: true });
    const key = { "X-PARTNER-ID": "962489e9-de5d-4eb7-92a4-b07d44d64bf4" };
    expect(await sent(url, wireOf({ headers: key }))).toMatch(/^200/);
    expect(await sent(url, wireOf())).toMatch(/^200/);
    expect(await sent(url, wireOf({ headers: key, token: null }))).toMatch(/^200/);
    expect(await sent(url, wireOf({ token: null }))).toBe("4016000 Unauthorized. [Signature]");
    const unsigned = createSnapClient({
      baseUrl: url,
      partnerId: PARTNER,
      channelId: "95221",
      signature: { type: "asymmetric", privateKey },
    });
    expect((await unsigned.qrCpmQuery({ originalReferenceNo: "1" })).response.status).toBe(200);
  });

  test("--check-replay: an X-EXTERNAL-ID is accepted once", async () => {
    const { url } = await mockWith({ checkReplay: true });
    for (const operation of transactions) {
      const service = operations.find(({ operationId }) => operationId === operation)?.service;
      const wire = wireOf({ operation });
      expect(await sent(url, wire)).toMatch(/^200/);
      expect(await sent(url, wire)).toBe(`409${service}00 Conflict`);
    }
  });

  test("the client's token provider runs end to end", async () => {
    const { url, entries } = await mockWith({ accessToken: "another", clientSecret: CLIENT_SECRET, publicKey });
    const snap = createSnapClient({
      baseUrl: url,
      partnerId: PARTNER,
      channelId: "95221",
      accessToken: createTokenProvider({ baseUrl: url, clientKey: PARTNER, privateKey }),
      signature: { type: "symmetric", clientSecret: CLIENT_SECRET },
    });
    expect((await snap.qrCpmQuery({ originalReferenceNo: "1" })).data?.responseCode).toBe("2006100");
    expect((await snap.qrCpmQuery({ originalReferenceNo: "1" })).data?.responseCode).toBe("2006100");
    expect(entries.map(({ service }) => service)).toEqual(["73", "61", "61"]);
  });

  test.each([
    [{ accessToken: "" }, "accessToken is empty; leave it out to accept any."],
    [{ clientSecret: "" }, "clientSecret is empty; leave it out to check no signature."],
    [{ withoutToken: true }, "withoutToken needs publicKey, for then the signature alone says who calls."],
  ])("refuses to start with %o", async (options, message) => {
    await expect(startMock(options)).rejects.toThrow(new TypeError(message));
  });
});
