// A headless Chromium, and pages in it that may load nothing but themselves.
import { existsSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";

const USUAL_PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** Where screenshots go. */
export const screenshots = fileURLToPath(new URL("../../../dist/browser/", import.meta.url));

/**
 * The browser's program: what CHROMIUM names, else the first that is in a usual place.
 * @throws Error that says in a line how to install one
 */
export function browserProgram(named = process.env.CHROMIUM, places = USUAL_PLACES): string {
  const found = (named ? [named] : places).find((place) => existsSync(place));
  if (found) return found;
  const missing = named ? `CHROMIUM names ${named}, which is not there` : "no Chromium found";
  throw new Error(
    `${missing}: install one (apt-get install -y chromium) or name it (CHROMIUM=/path npm run test:browser)`,
  );
}

/**
 * Starts the browser, cut off from every host but this one.
 * @param hosts names that it knows all the same: `MAP app.example 127.0.0.1`
 */
export async function startBrowser(hosts: string[] = []): Promise<Browser> {
  mkdirSync(screenshots, { recursive: true });
  return chromium.launch({
    executablePath: browserProgram(),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--disable-background-networking",
      `--host-resolver-rules=${[...hosts, "MAP * ~NOTFOUND", "EXCLUDE 127.0.0.1"].join(", ")}`,
    ],
  });
}

/** Widths that the page is looked at in. */
export const viewports = {
  phone: { width: 390, height: 844 },
  tablet: { width: 820, height: 1180 },
  desktop: { width: 1440, height: 900 },
};

/** A page, and what went wrong in it. */
export interface OpenPage {
  page: Page;
  /** Requests for anything but the page, and complaints of the console; empty when all is well. */
  problems: string[];
}

/** How a page is looked at. */
export interface Look {
  viewport?: { width: number; height: number };
  colorScheme?: "light" | "dark";
  javaScriptEnabled?: boolean;
  permissions?: string[];
}

/** Opens a page and waits until its script has run. */
export async function openPage(browser: Browser, url: string, look: Look = {}): Promise<OpenPage> {
  const { viewport = viewports.desktop, javaScriptEnabled = true } = look;
  const context = await browser.newContext({ ...look, viewport, reducedMotion: "reduce" });
  const problems: string[] = [];
  const [self = ""] = url.split("#");
  const isOwn = (target: string) => target.split("#")[0] === self || /^(data|blob):/.test(target);
  await context.route(
    (target) => !isOwn(target.href),
    (route) => route.abort(),
  );
  context.on("request", (request) => {
    if (!isOwn(request.url())) problems.push(`request: ${request.url()}`);
  });
  await context.addInitScript({ path: fileURLToPath(new URL("in-page.js", import.meta.url)) });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.on("websocket", (socket) => problems.push(`request: ${socket.url()}`));
  page.on("pageerror", (error) => problems.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (/^(error|warning|assert)$/.test(message.type())) problems.push(`console: ${message.text()}`);
  });
  await page.goto(url);
  if (javaScriptEnabled) await page.locator("html.ready").waitFor();
  return { page, problems };
}

/** What is drawn of the page, and what is wrong with it; see in-page.js. */
export interface Drawn {
  tooWide: number;
  wide: string[];
  cutOff: string[];
  raw: string[];
  covered: string[];
}

/** Waits until the element of that id is at rest in the upper half of the window. */
export async function seen(page: Page, id: string): Promise<void> {
  const end = Date.now() + 5000;
  // not by waitForFunction, which would evaluate a text in the page, and the page's policy refuses that
  while (!(await page.evaluate<boolean>(`snapDocs.restsInSight(${JSON.stringify(id)})`))) {
    if (Date.now() > end) throw new Error(`${id} did not come into sight`);
    await page.waitForTimeout(50);
  }
}
