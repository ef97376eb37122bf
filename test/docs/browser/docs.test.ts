// The documentation page as people meet it: the file in a browser, and what the mock serves.
import { readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startMock } from "../../../src/sandbox.ts";
import { operations } from "../../support/contract.ts";
import {
  browserProgram,
  type Drawn,
  type Look,
  type OpenPage,
  openPage,
  screenshots,
  seen,
  startBrowser,
  viewports,
} from "./browser.ts";

const file = fileURLToPath(new URL("../../../dist/docs/index.html", import.meta.url));

/** The page that the mock serves. */
async function servedPage(): Promise<{ url: string; close: () => Promise<void> }> {
  const mock = await startMock({ port: 0, host: "127.0.0.1" });
  return { url: `${mock.url}/docs`, close: () => mock.close() };
}

let browser: Browser;
let served: Awaited<ReturnType<typeof servedPage>>;
beforeAll(async () => {
  browser = await startBrowser();
  served = await servedPage();
  return async () => {
    await browser.close();
    await served.close();
    console.log(`screenshots: ${screenshots}`);
  };
});

const pages = { "the file": () => pathToFileURL(file).href, "the mock's /docs": () => served.url };
const urlOf = (which: keyof typeof pages) => pages[which]();

/** Opens the page for one test, and holds it to asking nobody and complaining of nothing. */
async function withPage(address: string, use: (open: OpenPage) => Promise<void>, look: Look = {}): Promise<void> {
  const open = await openPage(browser, address, look);
  try {
    await use(open);
    expect(open.problems).toEqual([]);
  } finally {
    await open.page.context().close();
  }
}

test("the mock serves the very page that is built", async () => {
  const response = await fetch(served.url);
  expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
  // not by toBe of the texts, which would print both
  expect((await response.text()) === readFileSync(file, "utf8")).toBe(true);
});

test("a missing browser is named, with what to do about it", () => {
  expect(() => browserProgram("/nowhere/chromium")).toThrow(
    /^CHROMIUM names .nowhere.chromium, .*apt-get install -y chromium/,
  );
  expect(() => browserProgram("", ["/nowhere/chromium"])).toThrow(/^no Chromium found: .*apt-get install -y chromium/);
});

/** What is said of the focused element, and whether its focus can be seen. */
const focused = (page: Page) =>
  page.evaluate<{ name: string; ring: boolean }>(
    `(() => { const it = document.activeElement; const { outlineStyle, outlineWidth } = getComputedStyle(it);
      return { name: it.getAttribute("aria-label") ?? it.innerText, ring: outlineStyle !== "none" && parseFloat(outlineWidth) > 0 }; })()`,
  );

describe.each(Object.keys(pages) as (keyof typeof pages)[])("%s", (which) => {
  test.each([
    ["4036014", "4036014"],
    ["4046218", "4046218"],
    ["40314", "40314"],
    ["403%2014", "40314"],
    ["e072", "E072"],
    ["60", "qrCpmPayment"],
    ["qrcpmquery", "qrCpmQuery"],
    ["x-signature", "X-SIGNATURE"],
    ["qrCpmPayment.request.amount.value", "qrCpmPayment.request.amount.value"],
    ["E121", "E121"],
    ["signature-token", "signature-token"],
  ])("opens at #%s", (address, id) =>
    withPage(`${urlOf(which)}#${address}`, async ({ page }) => {
      await seen(page, id);
      expect(decodeURIComponent(new URL(page.url()).hash)).toBe(`#${id}`);
      expect(await page.evaluate("document.querySelector(':target').id")).toBe(id);
    }),
  );

  test("shows what a code of one service is, when it is linked to", () =>
    withPage(`${urlOf(which)}#4036014`, async ({ page }) => {
      const row = page.locator('[id="40314"]');
      expect(await row.locator("h4").innerText()).toMatch(/^403 14 Insufficient Funds/);
      const detail = page.locator('[id="4036014"] + div');
      expect(await detail.innerText()).toBe(
        '60 · qrCpmPayment\n{"responseCode":"4036014","responseMessage":"Insufficient Funds"}\nSandbox: amount.value 4036014.00',
      );
      expect(await page.locator('[id="4036114"] + div').isVisible()).toBe(false);
      await page.locator('[id="4036114"]').click();
      expect(await page.locator('[id="4036114"] + div').isVisible()).toBe(true);
      expect(await detail.isVisible()).toBe(false);
    }));

  test("follows a link to an erratum, and goes back", () =>
    withPage(`${urlOf(which)}#qrCpmQuery`, async ({ page }) => {
      await seen(page, "qrCpmQuery");
      await page.locator('#qrCpmQuery .errata a[href^="#E"]').first().click();
      await page.waitForURL(/#E\d{3}$/);
      await seen(page, new URL(page.url()).hash.slice(1));
      await page.goBack();
      await seen(page, "qrCpmQuery");
    }));
});

test.each(["nothing-of-this-name", "%E0%A4%A", "4036099", ""])(
  "an address that names nothing, #%s, shows the top",
  (address) =>
    withPage(`${urlOf("the file")}#${address}`, async ({ page }) => {
      expect(await page.evaluate("window.scrollY")).toBe(0);
      expect(await page.locator("h1").isVisible()).toBe(true);
    }),
);

test("fits the narrowest window that WCAG asks for, 320 pixels", () =>
  withPage(
    urlOf("the file"),
    async ({ page }) => {
      await layOut(page);
      expect(await page.evaluate<Drawn>("snapDocs.drawn()")).toMatchObject({ tooWide: 0, wide: [], cutOff: [] });
    },
    { viewport: { width: 320, height: 640 } },
  ));

test("can be read without its script", () =>
  withPage(
    `${urlOf("the file")}#4036014`,
    async ({ page }) => {
      expect(await page.locator("#qrCpmPayment-heading").textContent()).toMatch(
        /^60 · qrCpmPayment · Pay with a scanned QR code/,
      );
      expect(await page.locator('[id="4036014"] + div').isVisible()).toBe(true);
      // what tabs would hide stands below one another
      for (const key of ["curl", "ts", "proxy"])
        expect(await page.locator(`#qrCpmPayment-call-${key}-panel`).isVisible()).toBe(true);
    },
    { javaScriptEnabled: false },
  ));

describe("by keyboard alone", () => {
  test("skips to the content, and shows where the focus is", () =>
    withPage(urlOf("the file"), async ({ page }) => {
      await page.keyboard.press("Tab");
      expect(await focused(page)).toEqual({ name: "Skip to content", ring: true });
      expect(await page.locator(".skip").isVisible()).toBe(true);
      await page.keyboard.press("Enter");
      await page.waitForURL(/#main$/);
      // the focus follows the address, a task later
      await page.waitForFunction("document.activeElement.id === 'main'");
      // the next stop lies in the content, past bar and menu
      await page.keyboard.press("Tab");
      expect(await page.evaluate("document.activeElement.closest('main') !== null")).toBe(true);
      for (let stop = 0; stop < 12; stop += 1) {
        expect((await focused(page)).ring).toBe(true);
        await page.keyboard.press("Tab");
      }
    }));

  test.each(["/", "Control+k", "Meta+k"])(
    "%s opens the search; arrows choose, Escape goes back to where one was",
    (key) =>
      withPage(urlOf("the file"), async ({ page }) => {
        await page.locator("#theme-button").focus();
        await page.keyboard.press(key);
        await page.keyboard.type("amount");
        const chosen = () => page.locator("#search li[aria-selected=true]").getAttribute("data-to");
        const input = page.locator("#search input");
        expect(await input.getAttribute("aria-expanded")).toBe("true");
        expect(await input.getAttribute("aria-activedescendant")).toBe("hit-0");
        const first = await chosen();
        await page.keyboard.press("ArrowDown");
        expect(await input.getAttribute("aria-activedescendant")).toBe("hit-1");
        expect(await chosen()).not.toBe(first);
        await page.keyboard.press("ArrowUp");
        await page.keyboard.press("ArrowUp");
        expect(await chosen()).toBe(first);
        await page.keyboard.press("Escape");
        expect(await page.locator("#search").isVisible()).toBe(false);
        expect((await focused(page)).name).toBe("Light or dark");
      }),
  );

  test("goes on from where the search led", () =>
    withPage(urlOf("the file"), async ({ page }) => {
      await page.keyboard.press("/");
      await page.keyboard.type("E072");
      await page.keyboard.press("Enter");
      await seen(page, "E072");
      await page.keyboard.press("Tab");
      expect(await page.evaluate("document.activeElement.closest('article').id")).toBe("E072");
    }));

  test("a slash that is typed into the search stays there", () =>
    withPage(urlOf("the file"), async ({ page }) => {
      await page.keyboard.press("/");
      await page.keyboard.type("/v1.0/debit/status");
      expect(await page.locator("#search input").inputValue()).toBe("/v1.0/debit/status");
      expect(await page.locator("#search li").first().getAttribute("data-to")).toBe("debitStatus");
    }));

  test("arrows turn the samples of all operations, and the choice is kept", () =>
    withPage(served.url, async ({ page }) => {
      await page.locator("#qrCpmPayment-call-curl").focus();
      await page.keyboard.press("ArrowRight");
      expect((await focused(page)).name).toBe("TypeScript");
      const shown = (id: string, key: string) => page.locator(`#${id}-call-${key}-panel`).isVisible();
      for (const { operationId } of operations) {
        expect(await shown(operationId, "ts")).toBe(true);
        expect(await shown(operationId, "curl")).toBe(false);
      }
      await page.keyboard.press("ArrowLeft");
      await page.keyboard.press("ArrowLeft");
      expect(await shown("qrCpmPayment", "proxy")).toBe(true);
      await page.reload();
      expect(await shown("debitStatus", "proxy")).toBe(true);
      expect(await page.locator("#debitStatus-call-proxy").getAttribute("aria-selected")).toBe("true");
    }));

  test("on a phone the menu opens, leads on and closes", () =>
    withPage(
      urlOf("the file"),
      async ({ page }) => {
        const entry = page.locator('#menu a[href="#outcomes"]');
        expect(await entry.isVisible()).toBe(false);
        await page.locator("#menu-button").focus();
        await page.keyboard.press("Enter");
        expect(await entry.isVisible()).toBe(true);
        await page.keyboard.press("Escape");
        expect(await entry.isVisible()).toBe(false);
        expect((await focused(page)).name).toBe("Menu");
        await page.keyboard.press("Enter");
        await entry.focus();
        await page.keyboard.press("Enter");
        await seen(page, "outcomes");
        expect(await entry.isVisible()).toBe(false);
      },
      { viewport: viewports.phone },
    ));
});

test("copies a sample", () =>
  withPage(
    served.url,
    async ({ page }) => {
      await page.locator("#qrCpmQuery-call-curl-panel pre").hover();
      await page.locator("#qrCpmQuery-call-curl-panel .copy").click();
      const copied = await page.evaluate<string>("navigator.clipboard.readText()");
      expect(copied).toMatch(/^time=\$\(TZ=UTC-7 .*\n {2}-d "\$body"$/s);
      expect(await page.locator("#qrCpmQuery-call-curl-panel .copy").innerText()).toBe("Copied");
    },
    { permissions: ["clipboard-read", "clipboard-write"] },
  ));

test("light and dark follow the system until one is chosen, and then that stays", () =>
  withPage(
    served.url,
    async ({ page }) => {
      const background = () => page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
      const dark = await background();
      await page.locator("#theme-button").click();
      const light = await background();
      expect([dark, light]).toEqual(["rgb(12, 15, 22)", "rgb(255, 255, 255)"]);
      await page.reload();
      expect(await background()).toBe(light);
      await page.locator("#theme-button").click();
      expect(await background()).toBe(dark);
    },
    { colorScheme: "dark" },
  ));

test("the menu marks where the reader is", () =>
  withPage(urlOf("the file"), async ({ page }) => {
    for (const id of ["qrCpmPayment", "403", "states", "signature-token", "errata"]) {
      await page.evaluate(`location.hash = ${JSON.stringify(id)}`);
      await seen(page, id);
      const marked = page.locator("#menu [aria-current]");
      await page.locator(`#menu a[href="#${id}"][aria-current]`).waitFor();
      expect(await marked.count()).toBe(1);
    }
  }));

/** Lays out what is out of sight too, which has no text and no size otherwise. The page's policy refuses a tag. */
const layOut = (page: Page) =>
  page.evaluate(
    `document.adoptedStyleSheets = [new CSSStyleSheet()];
    document.adoptedStyleSheets[0].replaceSync("main > section { content-visibility: visible !important }")`,
  );

const LOOKS = Object.entries(viewports).flatMap(([device, viewport]) =>
  (["light", "dark"] as const).map((colorScheme) => ({ device, colorScheme, viewport })),
);

describe.each(LOOKS)("on a $device, $colorScheme", ({ device, colorScheme, viewport }) => {
  let open: OpenPage;
  beforeAll(async () => {
    open = await openPage(browser, urlOf("the file"), { viewport, colorScheme });
  });
  afterAll(() => open.page.context().close());

  test.each([
    ["top", "introduction"],
    ["flow", "flow"],
    ["operation", "qrCpmPayment"],
    ["fields", "qrCpmPayment.request.amount"],
    ["catalogue", "4036014"],
    ["states", "states"],
    ["signatures", "signature-symmetric"],
    ["sandbox", "sandbox-scenarios"],
    ["errata", "E036"],
  ])("has its picture taken: %s", async (name, id) => {
    const { page } = open;
    await page.evaluate(`location.hash = ${JSON.stringify(id)}`);
    await seen(page, id);
    await page.screenshot({ path: `${screenshots}${device}-${colorScheme}-${name}.png` });
  });

  test("fits the width, cuts no text off, and shows no Markdown", async () => {
    const { page, problems } = open;
    await layOut(page);
    const drawn = await page.evaluate<Drawn>("snapDocs.drawn()");
    expect(drawn).toEqual({ tooWide: 0, wide: [], cutOff: [], raw: [], covered: [] });
    expect(problems).toEqual([]);
  });

  test("passes axe, WCAG 2.2 A and AA: the page, its search, and its menu", async () => {
    const { page } = open;
    await layOut(page);
    await page.evaluate(axe.source);
    // the codes of an operation are folded away
    await page.evaluate(
      "document.querySelectorAll('#qrCpmPayment details').forEach((details) => { details.open = true; })",
    );
    const violations = (of = "document") =>
      page.evaluate<string[]>(
        `axe.run(${of}, { resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }).then(({ violations }) =>
          violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ html, failureSummary }) => id + ": " + html.slice(0, 120) + " " + failureSummary)))`,
      );
    expect(await violations()).toEqual([]);
    await page.keyboard.press("/");
    await page.keyboard.type("amount");
    await page.locator("#search li").first().waitFor();
    expect(await violations("'#search'")).toEqual([]);
    await page.screenshot({ path: `${screenshots}${device}-${colorScheme}-search.png` });
    await page.keyboard.press("Escape");
    if (await page.locator("#menu-button").isVisible()) {
      await page.locator("#menu-button").click();
      await page.locator('#menu a[href="#errata"]').waitFor();
      expect(await violations("'#menu'")).toEqual([]);
      await page.screenshot({ path: `${screenshots}${device}-${colorScheme}-menu.png` });
    }
    expect(open.problems).toEqual([]);
    // axe looks at some 13,000 elements
  }, 180_000);
});
