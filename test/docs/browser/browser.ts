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

/** Opens a page and waits until its script has taken over. */
export async function openPage(browser: Browser, url: string, viewport = viewports.desktop): Promise<OpenPage> {
  const context = await browser.newContext({ viewport, reducedMotion: "reduce" });
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
  // the search box says "Loading..." until the script runs
  await page.getByTestId("search-trigger").filter({ hasText: "Search" }).first().waitFor({ state: "attached" });
  return { page, problems };
}

/** What is drawn of the page at a time, and what is wrong with it; see in-page.js. */
interface Drawn {
  tooWide: number;
  sections: [id: string, text: string][];
  rows: string[][];
  links: string[];
  anchors: string[];
  images: { alt: string; naturalWidth: number; width: number }[];
  wide: string[];
  cutOff: string[];
  raw: string[];
}

/** The whole page: the text of every section by its id, and the rest as one list each. */
export interface Tour extends Omit<Drawn, "sections"> {
  sections: Map<string, string>;
}

/** Goes through the whole page. Of the groups in the menu it draws the entries of the chosen one alone, so chooses each. */
export async function tourOf(page: Page): Promise<Tour> {
  // what is out of sight has no text and no size otherwise
  await page.addStyleTag({ content: "main * { content-visibility: visible !important }" });
  const all = [await page.evaluate<Drawn>("snapTour.fill().then(snapTour.collect)")];
  const groups = await page.evaluate<string[]>(
    "[...document.querySelectorAll('.menu-item-type-group > a')].map((link) => link.getAttribute('href').slice(1))",
  );
  for (const group of groups) {
    await page.evaluate(`location.hash = ${JSON.stringify(group)}`);
    await page.locator(`[data-section-id^="${group}/"]`).first().waitFor({ state: "attached" });
    all.push(await page.evaluate<Drawn>("snapTour.fill().then(snapTour.collect)"));
  }
  return {
    tooWide: Math.max(...all.map(({ tooWide }) => tooWide)),
    // a section that is not drawn any more counts as it was
    sections: new Map(all.flatMap(({ sections }) => sections).filter(([, text]) => text)),
    rows: unique(all.flatMap(({ rows }) => rows)),
    links: unique(all.flatMap(({ links }) => links)),
    anchors: unique(all.flatMap(({ anchors }) => anchors)),
    images: unique(all.flatMap(({ images }) => images)),
    wide: unique(all.flatMap(({ wide }) => wide)),
    cutOff: unique(all.flatMap(({ cutOff }) => cutOff)),
    raw: unique(all.flatMap(({ raw }) => raw)),
  };
}

/** The menu beside the page; see in-page.js. */
export interface Menu {
  top: number;
  highlighted: string[];
  overlapping: number;
}

/** Waits until the section or element of that id has come to rest in sight, its beginning at least, and the menu too. */
export async function seen(page: Page, id: string): Promise<void> {
  const settled = `snapTour.restsInSight(${JSON.stringify(id)})`;
  await page.waitForFunction(settled, undefined, { polling: 100, timeout: 10_000 }).catch((error: Error) => {
    throw new Error(`${id} did not come into sight: ${error.message.split("\n")[0]}`);
  });
}

function unique<T>(values: T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
