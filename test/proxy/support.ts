// What the tests of the proxy share: a proxy before a target, calls of it, and what its log says.
import { request } from "node:http";
import { text } from "node:stream/consumers";
import { expect, onTestFinished } from "vitest";
import { createTokenProvider } from "../../src/index.ts";
import { type ProxyLogEntry, type ProxyOptions, startProxy } from "../../src/sandbox.ts";
import { privateKey, SECRET, SUCCESS, TOKEN } from "../support/client.ts";

export const QUERY = "/v1.0/qr/qr-cpm-query";
export const TOKENS = "/v1.0/access-token/b2b";

/** What a proxy is started with where a test says nothing else. */
export const OPTIONS = {
  partnerId: "the-partner",
  channelId: "95221",
  accessToken: TOKEN,
  signature: { type: "symmetric", clientSecret: SECRET },
} as const;

export const TOKEN_OPTIONS = { clientKey: "the-client", privateKey };

/** A provider that asks the target for tokens. */
export const providerOf = (baseUrl: string) => createTokenProvider({ baseUrl, ...TOKEN_OPTIONS });

/** Starts a proxy for one test, and keeps what it logs. */
export async function proxyTo(target: string, more: Partial<ProxyOptions> = {}) {
  const entries: ProxyLogEntry[] = [];
  const proxy = await startProxy({ ...OPTIONS, target, log: (entry) => entries.push(entry), ...more });
  onTestFinished(() => proxy.close());
  return { url: proxy.url, entries };
}

/** Calls as a tool that cannot sign would. */
export const post = (url: string, body: RequestInit["body"] = "{}", headers: Record<string, string> = {}) =>
  fetch(url, { method: "POST", headers: { "content-type": "application/json", ...headers }, body: body ?? null });

/** Calls with headers that fetch does not send, such as Host. */
export async function rawPost(url: string, headers: Record<string, string>, body = "{}", method = "POST") {
  const { hostname, port, pathname, search } = new URL(url);
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }>((resolve, reject) => {
    const sending = request({ hostname, port, path: pathname + search, method, headers }, async (response) => {
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: await text(response) });
    });
    sending.once("error", reject);
    sending.end(body);
  });
}

/** The problem in an answer of the proxy itself. */
export async function problemIn(response: Response): Promise<Record<string, unknown>> {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  const problem = (await response.json()) as Record<string, unknown>;
  expect(problem.status).toBe(response.status);
  return problem;
}

/** A header that every SNAP answer has. */
export const TIMED = { "x-timestamp": "2020-12-23T07:50:11+07:00" };
/** An answer that keeps the contract. */
export const GOOD = { ...SUCCESS, originalReferenceNo: "1", paidTime: "2020-12-23T07:50:11+07:00" };
