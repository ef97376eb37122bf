// The mock over real HTTP; and the same sweep against the Prism command line, which users may run on the bundle themselves.
import { type ChildProcess, spawn } from "node:child_process";
import { request } from "node:http";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Mock, startMock } from "../src/mock.ts";
import { operations, type Parameter } from "./support/contract.ts";
import { samples } from "./support/published.ts";

const contract = fileURLToPath(new URL("../generated/openapi.yaml", import.meta.url));
const docs = fileURLToPath(new URL("../dist/docs/index.html", import.meta.url));

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
  mock = await startMock({ contract, docs, port: 0, host: "127.0.0.1" });
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

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

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

  test.each(requests)(
    "$operationId refuses a bad body, a missing header and a missing token",
    async ({ path, headers, body, service, bearer }) => {
      const [field = ""] = Object.keys(body);
      const bad = await post(url(), path, headers, { ...body, [field]: 1 });
      expect([bad.status, (bad.body as Record<string, unknown>).responseCode]).toEqual([400, `400${service}00`]);
      expect(bad.headers.get("sl-violations")).toContain(field);
      const { "X-TIMESTAMP": _t, ...withoutTimestamp } = headers;
      expect((await post(url(), path, withoutTimestamp, body)).status).toBe(400);
      const { authorization: _a, ...withoutToken } = headers;
      expect((await post(url(), path, withoutToken, body)).status).toBe(bearer ? 401 : 200);
    },
  );
});

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
      const answer = await post(mock.url, path, headers, sample.text);
      if (sample.id !== "qr-cpm-payment-request") {
        expect([answer.status, (answer.body as Record<string, unknown>).responseCode]).toEqual([
          200,
          `200${service}00`,
        ]);
        return;
      }
      expect([answer.status, answer.headers.get("sl-violations")]).toEqual([
        400,
        expect.stringContaining("expiryTime"),
      ]);
      const corrected = sample.text.replace('"expiryTime":"60"', '"expiryTime":"2020-12-23T07:59:11+07:00"');
      expect((await post(mock.url, path, headers, corrected)).status).toBe(200);
    },
  );

  test("answers 200 without being asked for a code, with a time of Jakarta", async () => {
    for (const { path, headers, body, responses } of requests) {
      const answer = await post(mock.url, path, headers, body);
      expect(answer.body).toEqual(responses["200"]?.content["application/json"].examples.Successful?.value);
      expect(answer.headers.get("x-timestamp")).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00$/);
    }
  });

  test("answers 400 00 to what is no JSON", async () => {
    for (const { path, headers, service } of requests) {
      const answer = await post(mock.url, path, headers, '{"a":');
      expect([answer.status, answer.body]).toEqual([
        400,
        { responseCode: `400${service}00`, responseMessage: "Bad Request" },
      ]);
    }
  });

  test("tells in every answer the time in Jakarta", async () => {
    const [{ path, headers, body } = { path: "", headers: {}, body: {} }] = requests;
    const before = Date.now();
    const told = Date.parse((await post(mock.url, path, headers, body)).headers.get("x-timestamp") ?? "");
    expect(told).toBeGreaterThan(before - 1000);
    expect(told).toBeLessThanOrEqual(Date.now());
  });

  test("refuses a body beyond 10 MB that is right in every other way", async () => {
    const [{ path, headers, body } = { path: "", headers: {}, body: {} }] = requests;
    const large = (size: number) => ({ ...body, additionalInfo: { text: "x".repeat(size) } });
    expect((await post(mock.url, path, headers, large(9_000_000))).status).toBe(200);
    expect((await post(mock.url, path, headers, large(11_000_000))).status).toBe(400);
  });

  test.each(["content-type", "accept"])("answers 400 00 to a %s that cannot be read", async (name) => {
    const [{ path, headers, body, service } = { path: "", headers: {}, body: {}, service: "" }] = requests;
    const answer = await post(mock.url, path, { ...headers, [name]: ";;;" }, body);
    expect([answer.status, answer.body]).toEqual([
      400,
      { responseCode: `400${service}00`, responseMessage: "Bad Request" },
    ]);
    expect(answer.headers.get("x-timestamp")).not.toBeNull();
  });

  test.each([
    ["code=403, example=Nope", 404, "Status 403 has no example Nope. It has: TransactionExpired, FeatureNotAllowed,"],
    ["code=418", 404, "There is no status 418. There are: 200, 202, 400, 401, 403, 404, 405, 409, 429, 500, 504."],
    ["example=Nope", 404, "No status has an example Nope."],
    ["code=abc", 422, "a number"],
  ])("says what there is when Prefer is %s", async (prefer, status, detail) => {
    const [{ path, headers, body } = { path: "", headers: {}, body: {} }] = requests;
    const answer = await post(mock.url, path, { ...headers, prefer }, body);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([status, "application/problem+json"]);
    expect((answer.body as Record<string, unknown>).detail).toContain(detail);
  });

  test("finds the status of an example that is named alone", async () => {
    const [{ path, headers, body } = { path: "", headers: {}, body: {} }] = requests;
    expect((await post(mock.url, path, { ...headers, prefer: "example=InsufficientFunds" }, body)).status).toBe(403);
  });

  test.each(["/nowhere", "//evil/v1.0/qr/qr-cpm-payment", "//", "/%zz", "http://[bad", "/v1.0/qr/qr-cpm-payment/"])(
    "answers 404 to the target %s",
    async (target) => {
      const { hostname, port } = new URL(mock.url);
      const status = await new Promise((resolve, reject) => {
        const outgoing = request({ hostname, port, path: target, method: "POST" }, (incoming) =>
          resolve(incoming.resume().statusCode),
        );
        outgoing.on("error", reject).end();
      });
      expect(status).toBe(404);
    },
  );

  test("serves the documentation page", async () => {
    const page = await fetch(`${mock.url}/docs`);
    expect(page.status).toBe(200);
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect((await fetch(`${mock.url}/docs`, { method: "HEAD" })).status).toBe(200);
    expect(await page.text()).toContain("SNAP QR CPM and debit status");
  });

  test("cannot take a port that is taken", async () => {
    const port = Number(new URL(mock.url).port);
    await expect(startMock({ contract, docs, port, host: "127.0.0.1" })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });
});
