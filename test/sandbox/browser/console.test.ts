// The console in a real browser: a payment's whole life is driven through the client while the page is watched.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { SnapClient } from "../../../src/index.ts";
import { type Sandbox, type SandboxOptions, startMock, startSandbox } from "../../../src/sandbox.ts";
import { screenshots, startBrowser, viewports } from "../../docs/browser/browser.ts";
import { CLIENT_SECRET, NOW } from "../../support/receiver.ts";
import {
  acknowledging,
  clientOf,
  idr,
  pay,
  paymentOf,
  query,
  receiver,
  refusing,
  said,
  signature,
} from "../support.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

async function sandboxWith(options: SandboxOptions = {}): Promise<{ sandbox: Sandbox; snap: SnapClient }> {
  const sandbox = await startSandbox({ seed: 1, time: NOW, clientSecret: CLIENT_SECRET, ...options });
  onTestFinished(() => sandbox.close());
  return { sandbox, snap: clientOf(sandbox) };
}

/** How a page is looked at. */
interface Look {
  viewport?: { width: number; height: number };
  colorScheme?: "light" | "dark";
}

/** Opens the console; the test fails if it asks another server for anything or complains. */
async function open(url: string, { viewport = viewports.desktop, colorScheme = "light" }: Look = {}) {
  const context = await browser.newContext({ viewport, colorScheme, reducedMotion: "reduce", acceptDownloads: true });
  const problems: string[] = [];
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on("request", (request) => {
    if (!request.url().startsWith(url) && !/^(data|blob):/.test(request.url())) problems.push(request.url());
    if (/key|token/i.test(new URL(request.url()).search)) problems.push(`key in ${request.url()}`);
  });
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("dialog", (dialog) => problems.push(`dialog: ${dialog.message()}`));
  page.on("console", (message) => {
    // what the browser says of an answer 401, which asks for the key
    if (!/status of 401/.test(message.text())) problems.push(message.text());
  });
  onTestFinished(async () => {
    await context.close();
    expect(problems).toEqual([]);
  });
  await page.goto(url);
  await page.locator("html.ready").waitFor({ state: "attached" });
  return page;
}

/** Opens it and brings the key. */
async function openWithKey(sandbox: Sandbox, look?: Look): Promise<Page> {
  const page = await open(sandbox.url, look);
  await page.locator("#key").fill(String(sandbox.controlKey));
  await page.getByRole("button", { name: "Open" }).click();
  await page.locator("#live", { hasText: /^live$/ }).waitFor();
  return page;
}

const seen = (page: Page, selector: string, hasText: string | RegExp) =>
  page.locator(selector, { hasText }).first().waitFor();
const step = (page: Page, of: string) => page.locator(`${of} .steps li b`).allTextContents();

test("a payment's whole life is seen as it happens", async () => {
  const shop = await receiver(acknowledging);
  const { sandbox, snap } = await sandboxWith({ notify: { url: shop.url, signature } });
  const page = await openWithKey(sandbox);
  await seen(page, "#no-payments", "No payment yet");

  expect(said(await pay(snap, "sale-1", "2026000.00"))).toBe("2026000");
  await seen(page, "#payments summary", /03 pending.*sale-1.*IDR 2026000\.00/);
  await seen(page, "#requests summary", /2026000.*60.*qrCpmPayment.*sale-1/);
  await seen(page, "#deliveries summary", /2007900.*03.*sale-1.*try 1/);
  await page.locator("#payments summary").click();
  expect(await step(page, "#payments")).toEqual(["01 initiated", "02 paying", "03 pending"]);

  await page.getByLabel("Advance by seconds").fill("5");
  await page.getByRole("button", { name: "Advance" }).click();
  // the entry stays open, and its history grows
  await seen(page, "#payments .steps b", "00 success");
  await seen(page, "#now", "2020-12-23 07:50:16 WIB");
  await seen(page, "#captured", "2026000.00");

  const refund = { originalPartnerReferenceNo: "sale-1", partnerRefundNo: "refund-1", refundAmount: idr("26000.00") };
  expect(said(await snap.qrCpmRefund({ ...refund, reason: "half" } as never))).toBe("2008000");
  await seen(page, "#payments", /refund-1 26000\.00 done/);
  await snap.qrCpmRefund({
    ...refund,
    partnerRefundNo: "refund-2",
    refundAmount: idr("2000000.00"),
    reason: "rest",
  } as never);
  await seen(page, "#payments .steps b", "04 refunded");
  await seen(page, "#held", /^0\.00$/);
  expect(await page.locator("#request-count").textContent()).toBe("3");

  await page.getByRole("button", { name: "Reset" }).first().click();
  await page.locator("dialog").getByRole("button", { name: "Reset" }).click();
  await seen(page, "#no-payments", "No payment yet");
  await seen(page, "#no-requests", "No request yet");
  expect(sandbox.payments()).toEqual([]);
});

test("the clock stops, goes on and is moved; the next call is forced; all is downloaded", async () => {
  const { sandbox, snap } = await sandboxWith();
  const page = await openWithKey(sandbox);
  await page.getByRole("button", { name: "Go on" }).click();
  await seen(page, "#stopped", "running");
  expect(sandbox.isStopped()).toBe(false);
  await page.getByRole("button", { name: "Stop" }).click();
  await seen(page, "#stopped", "stopped");
  expect(sandbox.isStopped()).toBe(true);

  await page.getByLabel("Comes out as").selectOption("4036014");
  await seen(page, "#force-effect", "The payment is refused and recorded with status 06");
  await page.getByRole("button", { name: "Force" }).click();
  await seen(page, "#forced", "qrCpmPayment 4036014");
  expect(said(await pay(snap, "sale-1"))).toBe("4036014");
  await seen(page, "#payments summary", /06 failed.*sale-1/);
  await expect.poll(() => page.locator("#forced").textContent()).toBe("");

  await query(snap, "sale-2");
  await seen(page, "#request-count", "2");
  await page.getByLabel("Find a reference").fill("SALE-2");
  await expect.poll(() => page.locator("#payments summary, #requests summary").allInnerTexts()).toHaveLength(1);
  await page.getByLabel("Find a reference").fill("");
  await expect.poll(() => page.locator("#payments summary, #requests summary").allInnerTexts()).toHaveLength(3);

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("sandbox.json");
  const file = join(process.env.TMPDIR ?? "/tmp", "sandbox.json");
  await download.saveAs(file);
  const all = JSON.parse(readFileSync(file, "utf8")) as { payments: unknown[]; requests: unknown[] };
  expect([all.payments.length, all.requests.length]).toEqual([1, 2]);
});

test("a wrong key is refused in words, the right one is kept for the tab and never in the address", async () => {
  const { sandbox } = await sandboxWith();
  const page = await open(sandbox.url);
  expect(await page.locator("main").isVisible()).toBe(false);
  await page.locator("#key").fill("wrong");
  await page.locator("#key").press("Enter");
  await seen(page, "#said", "Send the control key");
  await page.locator("#key").fill(String(sandbox.controlKey));
  await page.locator("#key").press("Enter");
  await seen(page, "#live", /^live$/);
  await page.reload();
  await seen(page, "#live", /^live$/);
  expect(page.url()).toBe(`${sandbox.url}/`);
  expect(await page.content()).not.toContain(sandbox.controlKey);
});

test("a refused signature is shown step by step, with what the doctor says", async () => {
  const { sandbox } = await sandboxWith();
  const page = await openWithKey(sandbox);
  const wrong = clientOf(sandbox, { signature: { type: "symmetric", clientSecret: ` ${CLIENT_SECRET}` } });
  expect(said(await query(wrong, "sale-1"))).toBe("4016100");
  await page.locator("#requests summary").click();
  await seen(page, "#requests .doctor", "the signature was probably wrong because");
  await seen(page, "#requests td", "HMAC-SHA512 with the client secret");
  await seen(page, "#requests [aria-label='String to sign']", /^POST:\/v1\.0\/qr\/qr-cpm-query:/);
  expect(await page.content()).not.toContain(CLIENT_SECRET);
});

const hostile = {
  script: "<script>document.title='taken'</script>",
  html: `<img src=x onerror="document.title='taken'"><h1>big</h1>`,
  override: "sale-\u202e0000\u2066001",
  long: "W".repeat(64),
};

describe("texts of others", () => {
  test.each(Object.entries(hostile))("%s is shown as text", async (_, text) => {
    const { sandbox, snap } = await sandboxWith();
    const page = await openWithKey(sandbox, { viewport: viewports.phone });
    await snap.qrCpmPayment(
      paymentOf(text.slice(0, 64), {
        amount: idr("2006000.00"),
        merchantId: text.slice(0, 64),
        additionalInfo: { text },
      } as never),
    );
    await page.locator("#requests summary").first().click();
    await page.locator("#requests pre").first().waitFor();
    expect(await page.locator("#payments summary").count()).toBe(1);
    await page.locator("#payments summary").click();
    expect(await page.title()).toBe("SNAP console");
    expect(await page.locator("#main img, #main script, #main h1").count()).toBe(0);
    const shown = await page.locator("#main").innerText();
    expect(shown.replace(/\s/g, "")).not.toMatch(/\p{C}/u);
    if (text === hostile.script) expect(shown).toContain(text.slice(0, 64));
    if (text === hostile.override) expect(shown).toContain("\\u{202e}");
    expect(await tooWide(page)).toBe(0);
  });
});

const tooWide = (page: Page) =>
  page.evaluate<number>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

test("the mock shows its requests, and none of what it does not have", async () => {
  const mock = await startMock();
  onTestFinished(() => mock.close());
  const page = await open(mock.url);
  await fetch(`${mock.url}/v1.0/qr/qr-cpm-query`, { method: "POST" });
  await seen(page, "#requests summary", /400610\d.*61.*qrCpmQuery.*contentType/);
  for (const id of ["#payments", "#reset", "#clock-title"]) expect(await page.locator(id).isVisible()).toBe(false);
  await page.screenshot({ path: join(screenshots, "console-mock.png") });
});

/** A console with something of everything in it. */
async function filled(look: Look) {
  const shop = await receiver((response, _, number) => (number % 3 === 0 ? refusing : acknowledging)(response));
  const { sandbox, snap } = await sandboxWith({ notify: { url: shop.url, signature } });
  const page = await openWithKey(sandbox, look);
  await pay(snap, "sale-1", "2026000.00");
  await pay(snap, "sale-2");
  await pay(snap, "sale-3", "4036014.00");
  await snap.qrCpmRefund({
    originalPartnerReferenceNo: "sale-2",
    partnerRefundNo: "refund-1",
    reason: "all",
    refundAmount: idr("1000.00"),
  } as never);
  await snap.qrCpmCancel({ originalPartnerReferenceNo: "unknown-sale" });
  const wrong = clientOf(sandbox, { signature: { type: "symmetric", clientSecret: ` ${CLIENT_SECRET}` } });
  await query(wrong, "sale-1");
  await sandbox.advance(5);
  await seen(page, "#payments summary", /00 success.*sale-1/);
  await seen(page, "#request-count", "6");
  return page;
}

describe.each(Object.entries(viewports))("on a %s", (name, viewport) => {
  test.each(["light", "dark"] as const)("it is legible and WCAG AA, %s", async (colorScheme) => {
    const page = await filled({ viewport, colorScheme });
    await page.screenshot({ path: join(screenshots, `console-${name}-${colorScheme}-closed.png`), fullPage: true });
    await page.locator("#payments summary").nth(1).click();
    await page.locator("#requests summary").first().click();
    await page.locator("#deliveries summary").first().click();
    await page.locator("#requests .doctor").waitFor();
    expect(await tooWide(page)).toBe(0);
    await page.screenshot({ path: join(screenshots, `console-${name}-${colorScheme}.png`), fullPage: true });
    expect(await violations(page)).toEqual([]);
  });
});

/** What axe-core finds. */
async function violations(page: Page): Promise<string[]> {
  // by the browser's debugger, which no policy stops
  await page.evaluate(axe.source);
  return page.evaluate<string[]>(
    `axe.run(document, { resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }).then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ html, failureSummary }) => id + ": " + html.slice(0, 120) + " " + failureSummary)))`,
  );
}
