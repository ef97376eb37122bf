// CORS as browsers hold to it: "Try it out" of Swagger UI on a page of this machine calls the mock, and a page from elsewhere cannot.
import { cpSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import {
  type HostOptions,
  type LogEntry,
  type Mock,
  startMock,
  startProxy,
  startSandbox,
} from "../../../src/sandbox.ts";
import { screenshots, startBrowser } from "../../docs/browser/browser.ts";
import { requestOf } from "../../mock/support.ts";
import { npm } from "../../package/packed.ts";
import { type Started, started } from "../../support/http.ts";
import { read } from "../../support/repository.ts";

/** A host name that leads to this machine, and is not known as such. */
const ELSEWHERE = "app.example";
const QUERY = requestOf("61");
const BLOCKED = /blocked by CORS policy/;

let browser: Browser;
/** Serves the page with Swagger UI and the bundle. */
let site: Started;
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), "snap-swagger-ui-"));
  cpSync(new URL("./swagger-ui", import.meta.url), folder, { recursive: true });
  await npm(folder, "ci");
  const file = (name: string) => readFileSync(join(folder, "node_modules/swagger-ui-dist", name), "utf8");
  const pages: Record<string, [type: string, text: string]> = {
    "/": ["text/html", ICON + SWAGGER_UI],
    "/blank": ["text/html", ICON],
    "/swagger-ui.css": ["text/css", file("swagger-ui.css")],
    "/swagger-ui-bundle.js": ["text/javascript", file("swagger-ui-bundle.js")],
    "/openapi.json": ["application/json", read("generated/openapi.json")],
  };
  site = await started(({ url = "" }, response) => {
    const [type, text] = pages[url.split("?")[0] ?? ""] ?? ["text/plain", ""];
    response.writeHead(text ? 200 : 404, { "content-type": `${type}; charset=utf-8` }).end(text);
  });
  browser = await startBrowser([`MAP ${ELSEWHERE} 127.0.0.1`, "MAP localhost 127.0.0.1"]);
  return async () => {
    await browser.close();
    await site.close();
  };
});

/** Without it a browser asks for one. */
const ICON = '<!doctype html><title>a page</title><link rel="icon" href="data:,">';

/** The bundle names the mock's usual port; here it has the one of the query. */
const SWAGGER_UI = `<link rel="stylesheet" href="swagger-ui.css"><div id="ui"></div><script src="swagger-ui-bundle.js"></script>
<script type="module">
  const spec = await (await fetch("openapi.json")).json();
  spec.servers = [{ url: new URLSearchParams(location.search).get("server") }];
  SwaggerUIBundle({ spec, dom_id: "#ui", docExpansion: "list" });
</script>`;

/** Starts the mock for one test. */
async function mocking(options: HostOptions = {}): Promise<{ mock: Mock; entries: LogEntry[] }> {
  const entries: LogEntry[] = [];
  const mock = await startMock({ ...options, log: (entry) => entries.push(entry) });
  onTestFinished(() => mock.close());
  return { mock, entries };
}

/** Opens a page for one test; what its console complains of is kept. */
async function open(url: string): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 1400 } });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(url);
  return { page, complaints };
}

describe("Swagger UI on another port of this machine", () => {
  /** Presses "Try it out" and "Execute" for a query; the header values are the contract's examples. */
  async function execute({ url }: { url: string }, token?: string) {
    const { page, complaints } = await open(`${site.url}/?server=${url}`);
    if (token !== undefined) {
      await page.locator("button.authorize").first().click();
      await page.locator(".auth-container input").fill(token);
      await page.locator(".auth-btn-wrapper button.authorize").click();
      await page.locator(".auth-btn-wrapper button.btn-done").click();
    }
    const operation = page.locator('[id$="-qrCpmQuery"]');
    await operation.locator(".opblock-summary-control").click();
    await operation.locator(".try-out__btn").click();
    await operation.locator("button.execute").click();
    const answer = operation.locator(".live-responses-table tbody tr.response");
    await answer.waitFor();
    return { answer: (await answer.innerText()).replaceAll(/\s+/g, " "), complaints, page };
  }

  test("shows the mock's answer to Execute", async () => {
    const { mock, entries } = await mocking();
    const { answer, complaints, page } = await execute(mock, "any-token");
    await page.locator(".live-responses-table").scrollIntoViewIfNeeded();
    await page.screenshot({ path: join(screenshots, "swagger-ui.png") });
    expect(answer).toMatch(/^200 /);
    expect(answer).toContain('"responseCode": "2006100"');
    // a header that only Access-Control-Expose-Headers shows to a page
    expect(answer).toMatch(/x-timestamp: \d{4}-\d\d-\d\dT/);
    expect(complaints).toEqual([]);
    expect(entries.map(({ method, responseCode }) => [method, responseCode])).toEqual([["POST", "2006100"]]);
  });

  test("shows the answer of a mock that checks token and signature, through the proxy, without a token or a signature", async () => {
    const { mock, entries } = await mocking({ clientSecret: "the-secret", accessToken: "the-token" });
    const proxy = await startProxy({
      ...{ target: mock.url, partnerId: "page", channelId: "95221", accessToken: "the-token" },
      signature: { type: "symmetric", clientSecret: "the-secret" },
    });
    onTestFinished(() => proxy.close());
    const { answer, complaints } = await execute(proxy);
    expect(answer).toMatch(/^200 /);
    expect(answer).toContain('"responseCode": "2006100"');
    expect(complaints).toEqual([]);
    // the samples that the page filled in are not what was sent
    expect(entries).toMatchObject([{ method: "POST", responseCode: "2006100", partnerId: "page" }]);
  });

  test("shows that it failed if no page may call", async () => {
    const { mock, entries } = await mocking({ cors: false });
    const { answer, complaints } = await execute(mock, "any-token");
    expect(answer).toContain("Failed to fetch");
    expect(answer).not.toContain("responseCode");
    expect(complaints).toEqual(expect.arrayContaining([expect.stringMatching(BLOCKED)]));
    // the preflight was refused, so the call was not sent
    expect(entries.map(({ method, responseCode }) => [method, responseCode])).toEqual([["OPTIONS", "4056100"]]);
  });
});

describe("a page", () => {
  let sent = 0;
  /** Sends a query from a page, and says what the page sees. */
  async function queryFrom(origin: string, mock: Mock) {
    const { page, complaints } = await open(`${origin}/blank`);
    sent += 1;
    const headers = { ...QUERY.headers, "X-EXTERNAL-ID": String(sent) };
    const init = { method: "POST", headers, body: JSON.stringify(QUERY.body) };
    const url = JSON.stringify(mock.url + QUERY.path);
    const seen = await page.evaluate<string>(
      `fetch(${url}, ${JSON.stringify(init)}).then(async (answer) => (await answer.json()).responseCode, (error) => error.message)`,
    );
    return { seen, complaints };
  }
  const elsewhere = () => `http://${ELSEWHERE}:${site.port}`;

  test("from elsewhere cannot call", async () => {
    const { mock, entries } = await mocking();
    const { seen, complaints } = await queryFrom(elsewhere(), mock);
    expect([seen, complaints[0]]).toEqual(["Failed to fetch", expect.stringMatching(BLOCKED)]);
    expect(entries.map(({ method }) => method)).toEqual(["OPTIONS"]);
  });

  test.each<[string, () => HostOptions]>([
    ["if its origin is in the option", () => ({ cors: [elsewhere()] })],
    ["if every page may", () => ({ cors: ["*"] })],
  ])("from elsewhere can call %s", async (_, options) => {
    const { mock } = await mocking(options());
    expect(await queryFrom(elsewhere(), mock)).toEqual({ seen: "2006100", complaints: [] });
  });

  test("of this machine can call, as localhost too, but not read what the sandbox knows", async () => {
    const sandbox = await startSandbox({ cors: ["*"] });
    onTestFinished(() => sandbox.close());
    for (const origin of [site.url, `http://localhost:${site.port}`]) {
      // the reference is of no payment
      expect(await queryFrom(origin, sandbox)).toMatchObject({ seen: "4046101" });
      const { page, complaints } = await open(`${origin}/blank`);
      const read = `fetch("${sandbox.url}/sandbox").then((answer) => answer.text(), (error) => error.message)`;
      expect(await page.evaluate<string>(read)).toBe("Failed to fetch");
      expect(complaints[0]).toMatch(BLOCKED);
    }
  });
});
