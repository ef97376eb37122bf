// The Prism command line on the bundle, as users may run it themselves: what it serves, and what the schemas make it refuse.
import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import freePort from "get-port";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { post, requestOf, requests, testServesEveryExample } from "./support.ts";

const contract = fileURLToPath(new URL("../../generated/openapi.yaml", import.meta.url));

let prism: ChildProcess;
let url = "";
beforeAll(async () => {
  const port = await freePort();
  const bin = join(
    dirname(createRequire(import.meta.url).resolve("@stoplight/prism-cli/package.json")),
    "dist/index.js",
  );
  // its log would take longer than its answers
  const options = ["--port", String(port), "--verboseLevel", "silent"];
  prism = spawn(process.execPath, [bin, "mock", ...options, contract], { stdio: "ignore" });
  url = `http://127.0.0.1:${port}`;
  const began = performance.now();
  for (;;) {
    try {
      await fetch(url);
      break;
    } catch (error) {
      if (performance.now() - began > 50_000) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
});
afterAll(() => void prism.kill());

testServesEveryExample(() => url);

test.each(requests)(
  "$operationId: a bad body, a missing header and a missing token are refused",
  async ({ path, headers, body, service, bearer }) => {
    const [field = ""] = Object.keys(body);
    const bad = await post(url, path, headers, { ...body, [field]: 1 });
    expect([bad.status, (bad.body as Record<string, unknown>).responseCode]).toEqual([400, `400${service}00`]);
    expect(bad.headers.get("sl-violations")).toContain(field);
    const { "X-TIMESTAMP": _t, ...withoutTimestamp } = headers;
    expect((await post(url, path, withoutTimestamp, body)).status).toBe(400);
    const { authorization: _a, ...withoutToken } = headers;
    expect((await post(url, path, withoutToken, body)).status).toBe(bearer ? 401 : 200);
  },
);

describe("a day that its month does not have (erratum E119)", () => {
  const pay = async (expiryTime: string) => {
    const { path, headers, body } = requestOf("60");
    const answer = await post(url, path, headers, { ...body, expiryTime });
    const violations = JSON.parse(answer.headers.get("sl-violations") ?? "[]") as {
      location: string[];
      code: string;
    }[];
    const said = violations.map(({ location, code }) => `${location.join(".")} ${code}`);
    return [answer.status, (answer.body as Record<string, unknown>).responseCode, said];
  };

  test.each(["2026-02-30T07:50:11+07:00", "2026-04-31T07:50:11+07:00", "2026-02-29T07:50:11+07:00"])(
    "a payment whose expiryTime is %s is refused, by its pattern and by its format",
    async (expiryTime) => {
      const said = ["request.body.expiryTime pattern", "request.body.expiryTime format"];
      expect(await pay(expiryTime)).toEqual([400, "4006000", said]);
    },
  );

  test("29 February of a leap year is accepted", async () => {
    expect(await pay("2024-02-29T07:50:11+07:00")).toEqual([200, "2006000", []]);
  });
});
