// Our mock over real HTTP: what it serves, what Prefer chooses, and what it checks when it is told to.
import { request } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { validateResponse } from "../../src/contract/validation.ts";
import { createSnapClient, createTokenProvider } from "../../src/index.ts";
import { type LogEntry, type Mock, type MockOptions, startMock } from "../../src/sandbox.ts";
import { operations } from "../support/contract.ts";
import { typeError } from "../support/errors.ts";
import { samples } from "../support/published.ts";
import {
  ACCESS_TOKEN,
  CLIENT_SECRET,
  operationIds,
  PARTNER,
  privateKey,
  publicKey,
  RSA_PARTNER,
  type Sent,
  wireOf,
} from "../support/receiver.ts";
import { exchange } from "../support/wire.ts";
import { post, requestOf, requests, testServesEveryExample } from "./support.ts";

const portOf = (url: string) => Number(new URL(url).port);

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

/** A mock that checks nothing, for all the tests that need no other; and what it logged during a test. */
let mock: Mock;
const logged: LogEntry[] = [];
beforeAll(async () => {
  mock = await startMock({ log: (entry) => logged.push(entry) });
});
afterAll(() => mock.close());
beforeEach(() => {
  logged.length = 0;
});

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

/** How a signed call is answered. */
async function sent(url: string, how: Sent = {}): Promise<string> {
  const { path, headers, body } = wireOf(how);
  return said(url, path, headers, body);
}

/** A token of service 73. */
async function granted(url: string, headers: Record<string, string> = {}) {
  const wire = wireOf({ operation: "accessTokenB2b", headers });
  const { body } = await post(url, wire.path, wire.headers, wire.body);
  const { accessToken = "", expiresIn } = body as Record<string, string>;
  return { accessToken, expiresIn };
}

/** Stops the mock's clock, and returns what moves it on by so many milliseconds. */
function stopClock(): (ms: number) => void {
  vi.useFakeTimers({ toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
  return (ms) => void vi.setSystemTime(Date.now() + ms);
}

const without = (headers: Record<string, string>, name: string) =>
  Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));

describe("answers", () => {
  const publishedHeaders = samples.find(({ id }) => id === "qr-cpm-payment-request")?.headers ?? {};

  testServesEveryExample(() => mock.url);

  test("what Prism answered once is kept: every answer is the same, byte for byte, as the first time", async () => {
    const { url } = await mockWith({});
    const text = async (of: (typeof requests)[number], prefer: string, body: unknown = of.body) => {
      const headers = { ...of.headers, ...(prefer && { prefer }) };
      const response = await fetch(url + of.path, { method: "POST", headers, body: JSON.stringify(body) });
      return `${response.status} ${await response.text()}`;
    };
    const asked = requests.flatMap((of) =>
      Object.entries(of.responses).flatMap(([status, { content }]) =>
        Object.keys(content["application/json"].examples).flatMap((example) => {
          // a choice that names less is another one; without one, each token is new
          const choices = [`code=${status}, example=${example}`, `example=${example}`, `code=${status}`];
          return [...choices, ...(of.bearer ? [""] : [])].map((prefer) => ({ of, prefer }));
        }),
      ),
    );
    // all at once they are more connections than a busy machine accepts
    const answers = async () => {
      const all: string[] = [];
      for (let at = 0; at < asked.length; at += 100)
        all.push(...(await Promise.all(asked.slice(at, at + 100).map(({ of, prefer }) => text(of, prefer)))));
      return all;
    };
    const first = await answers();
    expect(first).toHaveLength(8 * 63 * 4 - 63);
    // a fault in between is not kept, and takes nothing that is
    for (const of of requests) expect(await text(of, "code=200", [])).toMatch(/^400 /);
    expect(await answers()).toEqual(first);
    const dynamic = await Promise.all(Array.from({ length: 5 }, () => text(requestOf("60"), "code=200, dynamic=true")));
    expect(new Set(dynamic).size).toBeGreaterThan(1);
  });

  test.each(samples.filter(({ body }) => body === "request"))(
    "the published $id, sent with its published headers, is answered",
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

  test.each(requests)("$operationId: the answer names what is wrong with a request", async (of) => {
    const { path, headers, body, service, bearer } = of;
    const [field = ""] = Object.keys(body);
    const [header = ""] = Object.keys(headers).filter((name) => name === "CHANNEL-ID" || name === "X-CLIENT-KEY");
    const changed = (change: object) => said(mock.url, path, headers, { ...body, ...change });
    const answers = [
      await changed({ [field]: 1 }),
      await changed({ [mandatory[service] ?? ""]: undefined }),
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

  test("200 is the answer when no code is asked for", async () => {
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

  test("every answer has the time in Jakarta", async () => {
    const { path, headers, body } = requestOf("59");
    const before = Date.now();
    const time = Date.parse((await post(mock.url, path, headers, body)).headers.get("x-timestamp") ?? "");
    expect(time).toBeGreaterThan(before - 1000);
    expect(time).toBeLessThanOrEqual(Date.now());
  });

  test("what a client accepts changes nothing", async () => {
    const { path, headers, body } = requestOf("59");
    expect((await post(mock.url, path, { ...headers, accept: ";;;" }, body)).status).toBe(200);
    expect((await post(mock.url, path, { ...headers, accept: "text/html" }, body)).status).toBe(200);
  });
});

describe("Prefer", () => {
  const [PATH, HEADERS, BODY] = (({ path, headers, body }) => [path, headers, body] as const)(requestOf("59"));
  const preferring = (prefer: string) => post(mock.url, PATH, { ...HEADERS, prefer }, BODY);

  test("dynamic answers keep the contract, whatever the seed", async () => {
    for (const { operationId, path, headers, body } of requests) {
      for (let seed = 0; seed < 40; seed += 1) {
        const prefer = `dynamic=true, seed=${seed}`;
        const answer = await post(mock.url, path, { ...headers, prefer }, body);
        expect([answer.status, prefer]).toEqual([200, prefer]);
        expect(validateResponse(operationId as "qrCpmPayment", 200, answer.body)).toEqual({ valid: true });
      }
    }
  });

  async function isRefused(prefer: string, status: number, detail: unknown): Promise<void> {
    const answer = await preferring(prefer);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([status, "application/problem+json"]);
    expect(answer.body).toMatchObject({ status, title: expect.any(String), detail });
    expect(JSON.stringify(answer.body)).not.toContain("\\n");
    expect(logged).toMatchObject([{ status, step: "prefer", responseCode: undefined, responseMessage: detail }]);
  }

  test.each([
    ["code=403, example=Nope", "Status 403 has no example Nope. It has: TransactionExpired, FeatureNotAllowed,"],
    ["code=418", "Status 418 does not exist. There are: 200, 202, 400, 401, 403, 404, 405, 409, 429, 500, 504."],
    [
      "example=Nope",
      "No status has an example Nope. There are: 200 Successful; 202 RequestInProgress; 400 BadRequest,",
    ],
    ["code=403, example=insufficientfunds", "Status 403 has no example insufficientfunds. It has: TransactionExpired,"],
  ])("%s is 404, and the answer says what there is", async (prefer, detail) => {
    await isRefused(prefer, 404, expect.stringContaining(detail));
  });

  test.each([
    ["code=abc", 'code must be three digits, or the seven of a response code, not "abc"'],
    ["dynamic=yes", 'dynamic must be true or false, not "yes"'],
    ["example=", 'example must be the name of an example, not ""'],
    ["code=403; example=InsufficientFunds", '"code=403; example=InsufficientFunds" cannot be read as one preference'],
    ["code=403 example=InsufficientFunds", '"code=403 example=InsufficientFunds" cannot be read as one preference'],
    ["respond-async; wait=5, foo; code=403", '"foo; code=403" cannot be read as one preference'],
    ["code", '"code" cannot be read as one preference'],
    ['code="403', '"code="403" cannot be read as one preference'],
  ])("%s is 422, and the answer says how to write it", async (prefer, why) => {
    const how = "Write it with commas, such as Prefer: code=403, example=InsufficientFunds or Prefer: dynamic=true.";
    await isRefused(prefer, 422, `${why}. ${how}`);
  });

  test.each([
    ["respond-async", 200],
    ["respond-async, wait=10; foo", 200],
    ['foo="a, code=403; example=X"', 200],
    ['respond-async, Code = "403",example=InsufficientFunds,', 403],
    ["code=403, code=404", 403],
  ])("what is not the mock's is ignored in %s", async (prefer, status) => {
    expect((await preferring(prefer)).status).toBe(status);
  });

  test.each([
    ["code=4035914", { responseCode: "4035914", responseMessage: "Insufficient Funds" }],
    ['respond-async, Code = "4035914"', { responseCode: "4035914", responseMessage: "Insufficient Funds" }],
    ["code=2025900", { responseCode: "2025900", responseMessage: "Request In Progress" }],
  ])("a full response code leads to its status and example: %s", async (prefer, body) => {
    const answer = await preferring(prefer);
    expect([answer.status, answer.body]).toMatchObject([Number(body.responseCode.slice(0, 3)), body]);
  });

  test("every response code that an operation has can be preferred", async () => {
    const { responses, path, headers, body } = requestOf("60");
    const codes = Object.values(responses).flatMap(({ content }) =>
      Object.values(content?.["application/json"].examples ?? {}).map(
        ({ value }) => (value as { responseCode: string }).responseCode,
      ),
    );
    expect(codes.length).toBeGreaterThan(60);
    for (const code of codes)
      expect((await post(mock.url, path, { ...headers, prefer: `code=${code}` }, body)).body).toMatchObject({
        responseCode: code,
      });
  });

  test.each([
    ["code=4036014", "4036014 is of service 60, and this is service 59: write 4035914."],
    ["code=4995999", "This operation does not answer 4995999. It answers: 2005900, 2025900, 4005900,"],
  ])("%s is 404, and the answer says which code is meant", async (prefer, detail) => {
    await isRefused(prefer, 404, expect.stringContaining(detail));
  });

  test("the status of an example that is named alone is found", async () => {
    expect((await preferring("example=InsufficientFunds")).status).toBe(403);
  });
});

describe("requests that are not calls", () => {
  test.each(["/nowhere", "//evil/v1.0/qr/qr-cpm-payment", "//", "/%zz", "http://[bad", "/v1.0/qr/qr-cpm-payment/"])(
    "the target %s is Invalid Routing, and the log says where the paths stand",
    async (target) => {
      const { hostname, port } = new URL(mock.url);
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
      expect(logged).toMatchObject([
        { step: "route", hint: expect.stringMatching(/^(?:did you mean \/v1\.0\/\S+\?|\/docs lists the paths)$/) },
      ]);
    },
  );

  const QUERY = "POST /v1.0/qr/qr-cpm-query HTTP/1.1\r\nHost: localhost\r\n";
  test.each([
    ["a header beyond 16 kB", `${QUERY}X-Long: ${"x".repeat(20_000)}\r\n\r\n`, "431 Request Header Fields Too Large"],
    ["a line that is not a header", `${QUERY}: : :\r\n\r\n`, "400 Bad Request"],
    ["a length that is not a number", `${QUERY}Content-Length: ten\r\n\r\n`, "400 Bad Request"],
    ["a line that is not HTTP", "hello\r\n\r\n", "400 Bad Request"],
  ])("%s is answered with a bare status, and the mock goes on", async (_, text, status) => {
    expect(await exchange(portOf(mock.url), text)).toBe(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
    expect(logged).toMatchObject([{ status: Number(status.slice(0, 3)), step: "http", responseCode: undefined }]);
    expect((await fetch(`${mock.url}/docs`, { method: "HEAD" })).status).toBe(200);
  });

  test("an expectation that is not known is ignored", async () => {
    const answer = await exchange(portOf(mock.url), `${QUERY}Expect: tea\r\nConnection: close\r\n\r\n`);
    expect(answer).toContain('{"responseCode":"4006102","responseMessage":"Invalid Mandatory Field ');
  });

  test("the documentation page is served", async () => {
    const page = await fetch(`${mock.url}/docs`);
    expect(page.status).toBe(200);
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect((await fetch(`${mock.url}/docs`, { method: "HEAD" })).status).toBe(200);
    expect(await page.text()).toContain("SNAP QR CPM and debit status");
  });

  test.each<[path: string, accept: string, method: string, status: number]>([
    ["/", "text/html,application/xhtml+xml,*/*;q=0.8", "GET", 200],
    ["/?from=here", "text/html", "HEAD", 200],
    ["/", "*/*", "GET", 404],
    ["/", "text/html", "POST", 404],
    ["/favicon.ico", "text/html,image/avif", "GET", 404],
  ])("only a browser that asks for the root gets the console: %s", async (path, accept, method, status) => {
    const answer = await fetch(mock.url + path, { method, headers: { accept } });
    expect(answer.status).toBe(status);
    if (status === 404) expect(await answer.json()).toMatchObject({ responseCode: "4040002" });
    else expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
  });

  test("the log has one entry for each request, with service, code and why, and no secret", async () => {
    const { url, entries } = await mockWith({ accessToken: ACCESS_TOKEN, clientSecret: CLIENT_SECRET });
    for (const how of [{}, { body: "{" }, { clientSecret: "wrong-secret" }]) await sent(url, how);
    const about = { method: "POST", path: "/v1.0/qr/qr-cpm-payment", service: "60", operation: "qrCpmPayment" };
    expect(entries).toEqual(
      [
        { status: 200, responseCode: "2006000", responseMessage: messageOf["60"], step: "operation" },
        { status: 400, responseCode: "4006000", responseMessage: "Bad Request", step: "parse" },
        { status: 401, responseCode: "4016000", responseMessage: "Unauthorized. [Signature]", step: "signature" },
      ].map((entry) => expect.objectContaining({ ...about, time: expect.stringMatching(/\+07:00$/), ...entry })),
    );
    const who = { partnerId: PARTNER, externalId: expect.any(String), remoteAddress: "127.0.0.1" };
    expect(entries).toMatchObject([who, who, who]);
    for (const secret of [ACCESS_TOKEN, CLIENT_SECRET]) expect(JSON.stringify(entries)).not.toContain(secret);
  });
});

describe("what it checks", () => {
  const transactions = operationIds.filter((id) => id !== "accessTokenB2b");
  const serviceOf = (operation: string) => operations.find(({ operationId }) => operationId === operation)?.service;

  test("any token, any signature, and an X-EXTERNAL-ID twice are accepted unless it is told otherwise", async () => {
    for (const operation of operationIds) {
      const { path, headers, body } = wireOf({ operation, token: "whatever", headers: { "X-SIGNATURE": "any" } });
      expect(await said(mock.url, path, headers, body)).toMatch(/^200\d\d00 /);
      expect(await said(mock.url, path, headers, body)).toMatch(/^200\d\d00 /);
    }
  });

  test("--token: another token is 401 01, a token of service 73 is accepted too, until it has expired", async () => {
    const pass = stopClock();
    const { url } = await mockWith({ accessToken: ACCESS_TOKEN, tokenLifetime: 1 });
    const { accessToken: token, expiresIn } = await granted(url);
    expect(expiresIn).toBe("1");
    for (const operation of transactions) {
      expect(await sent(url, { operation, token: "another" })).toBe(`401${serviceOf(operation)}01 Invalid Token (B2B)`);
      expect(await sent(url, { operation })).toMatch(/^200/);
      expect(await sent(url, { operation, token })).toMatch(/^200/);
    }
    pass(999);
    expect(await sent(url, { token })).toMatch(/^200/);
    pass(1);
    expect(await sent(url, { token })).toBe("4016001 Invalid Token (B2B)");
  });

  describe("a token given out under Prefer", () => {
    let granting: Mock;
    beforeAll(async () => {
      granting = await startMock({ tokenLifetime: 60 });
    });
    afterAll(() => granting.close());

    test.each(["code=200", "return=minimal", "example=Successful", "code=200, seed=1"])(
      "%s is accepted like any other",
      async (prefer) => {
        const { accessToken: token } = await granted(granting.url, { Prefer: prefer });
        expect(await sent(granting.url, { token })).toMatch(/^200/);
      },
    );
  });

  test("an example's token is good for as long as the example says", async () => {
    const pass = stopClock();
    const { url } = await mockWith({ tokenLifetime: 1 });
    const { accessToken: token, expiresIn } = await granted(url, { Prefer: "code=200" });
    expect(Number(expiresIn)).toBeGreaterThan(60);
    pass(1100);
    expect(await sent(url, { token })).toMatch(/^200/);
    pass(Number(expiresIn) * 1000 - 1101);
    expect(await sent(url, { token })).toMatch(/^200/);
    pass(1);
    expect(await sent(url, { token })).toBe("4016001 Invalid Token (B2B)");
  });

  test("--token-lifetime: without --token too, only tokens of service 73 are accepted, until they expire", async () => {
    const pass = stopClock();
    const { url } = await mockWith({ tokenLifetime: 1 });
    const { accessToken: token } = await granted(url);
    expect(await sent(url, { token: "forged" })).toBe("4016001 Invalid Token (B2B)");
    expect(await sent(url, { token })).toMatch(/^200/);
    pass(1000);
    expect(await sent(url, { token })).toBe("4016001 Invalid Token (B2B)");
  });

  test("--client-secret: a symmetric signature is checked", async () => {
    const { url } = await mockWith({ clientSecret: CLIENT_SECRET });
    for (const operation of transactions) {
      expect(await sent(url, { operation })).toMatch(/^200/);
      expect(await sent(url, { operation, clientSecret: "wrong" })).toBe(
        `401${serviceOf(operation)}00 Unauthorized. [Signature]`,
      );
    }
    expect(await sent(url, { operation: "accessTokenB2b", headers: { "X-SIGNATURE": "any" } })).toMatch(/^200/);
  });

  test("--public-key: asymmetric signatures and requests for a token are checked", async () => {
    const { url } = await mockWith({ publicKey });
    const headers = { "X-PARTNER-ID": RSA_PARTNER };
    expect(await sent(url, { headers })).toMatch(/^200/);
    expect(await sent(url)).toBe("4016000 Unauthorized. [Signature]");
    expect(await sent(url, { operation: "accessTokenB2b" })).toMatch(/^200/);
    expect(await sent(url, { operation: "accessTokenB2b", headers: { "X-SIGNATURE": "any" } })).toBe(
      "4017300 Unauthorized. [Signature]",
    );
    expect(await sent(url, { headers, token: null })).toBe("4016003 Token Not Found (B2B)");
  });

  test("both: a call may be signed either way; --without-token lets an asymmetric one do without", async () => {
    const { url } = await mockWith({ publicKey, clientSecret: CLIENT_SECRET, withoutToken: true });
    const headers = { "X-PARTNER-ID": RSA_PARTNER };
    expect(await sent(url, { headers })).toMatch(/^200/);
    expect(await sent(url)).toMatch(/^200/);
    expect(await sent(url, { headers, token: null })).toMatch(/^200/);
    expect(await sent(url, { token: null })).toBe("4016000 Unauthorized. [Signature]");
    const withoutToken = createSnapClient({
      baseUrl: url,
      partnerId: PARTNER,
      channelId: "95221",
      signature: { type: "asymmetric", privateKey },
    });
    expect((await withoutToken.qrCpmQuery({ originalReferenceNo: "1" })).response.status).toBe(200);
  });

  test("--check-replay: an X-EXTERNAL-ID is accepted once", async () => {
    const { url } = await mockWith({ checkReplay: true });
    for (const operation of transactions) {
      const { path, headers, body } = wireOf({ operation });
      expect(await said(url, path, headers, body)).toMatch(/^200/);
      expect(await said(url, path, headers, body)).toBe(`409${serviceOf(operation)}00 Conflict`);
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
    [{ accessToken: "" }, "accessToken must not be empty; leave it out to accept any."],
    [{ clientSecret: "" }, "clientSecret must not be empty; leave it out to check no signature."],
    [{ withoutToken: true }, "withoutToken needs publicKey, for then the signature alone says who calls."],
  ])("%o is refused", async (options, message) => {
    await expect(startMock(options)).rejects.toThrow(typeError("ERR_SNAP_INVALID_OPTION", message));
  });

  test("a port that is taken is refused", async () => {
    await expect(startMock({ port: portOf(mock.url) })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });
});
