// The documentation page as people meet it: the file in a browser, and what the mock serves.
import { readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { paymentMoves } from "../../../src/sandbox/payment-states.ts";
import { scenarioRules, scenarios } from "../../../src/sandbox/scenarios.ts";
import { startMock } from "../../../src/sandbox.ts";
import { bodySchema, bundle, operations } from "../../support/contract.ts";
import { errata } from "../../support/errata.ts";
import { codes } from "../../support/published.ts";
import {
  browserProgram,
  type Menu,
  type OpenPage,
  openPage,
  screenshots,
  seen,
  startBrowser,
  type Tour,
  tourOf,
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

/** Where the page has an operation. */
const sectionOf = ({ tags: [tag = ""], operationId }: (typeof operations)[number]) =>
  `/${tag.toLowerCase().replaceAll(" ", "-")}/${operationId.toLowerCase()}`;

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

describe.each(Object.keys(pages) as (keyof typeof pages)[])("%s", (which) => {
  let open: OpenPage;
  let tour: Tour;
  beforeAll(async () => {
    open = await openPage(browser, urlOf(which));
    tour = await tourOf(open.page);
  });
  afterAll(() => open.page.context().close());

  test("has every operation, its path and its fields", () => {
    expect(operations).toHaveLength(8);
    for (const operation of operations) {
      const text = tour.sections.get(sectionOf(operation)) ?? "";
      expect(text).toContain(operation.summary);
      expect(text.split(/\s/)).toContain(operation.path);
      for (const body of ["request", "200"]) {
        const names = Object.keys(bodySchema(operation, body).properties ?? {});
        expect(names.filter((name) => !text.includes(name))).toEqual([]);
      }
    }
  });

  test("has every condition of a C property where its operation is", () => {
    let conditions = 0;
    for (const operation of operations) {
      const text = tour.sections.get(sectionOf(operation)) ?? "";
      for (const body of ["request", "200"]) {
        for (const [name, property] of Object.entries(bodySchema(operation, body).properties ?? {})) {
          const condition = property["x-snap-condition"];
          if (condition) expect(text, `${operation.operationId} ${name}`).toContain(condition);
          conditions += condition ? 1 : 0;
        }
      }
    }
    // all that the contract has, so none stands where this test does not look
    expect(conditions).toBe(JSON.stringify(bundle.components).split('"x-snap-condition"').length - 1);
    expect(conditions).toBeGreaterThan(5);
  });

  test("has the whole code catalogue", () => {
    const rows = tour.rows.filter(([code = ""]) => /^\d{3} \d{2}$/.test(code));
    expect(rows.map(([code]) => code)).toEqual(codes.map(({ status, case: code }) => `${status} ${code}`));
    expect(rows).toHaveLength(63);
    for (const [index, { message }] of codes.entries()) expect(rows[index]?.[1]).toContain(message);
  });

  test("has every erratum", () => {
    expect(errata.length).toBeGreaterThan(100);
    for (const { id, title } of errata) {
      const text = tour.sections.get(`/errata/${id.toLowerCase()}`) ?? "";
      expect(text, id).toContain(`${id} ${title}`);
      for (const word of ["Published: ", "Decision: ", "On the wire: "]) expect(text, id).toContain(word);
    }
    const drawn = [...tour.sections.keys()].filter((id) => id.startsWith("/errata/"));
    expect(drawn).toEqual(errata.map(({ id }) => `/errata/${id.toLowerCase()}`));
  });

  test("has the sandbox: its picture, its moves and its scenarios", () => {
    expect(tour.images.map(({ alt }) => alt)).toEqual(["The moves of a payment as arrows between its statuses"]);
    expect(tour.images[0]?.naturalWidth).toBeGreaterThan(300);
    const drawn = tour.rows.map((row) => row.join(" "));
    const without = (texts: string[]) => texts.filter((text) => !drawn.some((row) => row.includes(text)));
    expect(without(paymentMoves.map(({ cause }) => cause))).toEqual([]);
    expect(without([...scenarios, ...scenarioRules].map(({ description }) => description))).toEqual([]);
    expect(without(scenarios.map(({ value }) => value))).toEqual([]);
  });

  test("leads every link to something in the page", () => {
    // an outgoing link is no request; they lead to the standard, the package, and the maker of the page
    expect(tour.links.filter((link) => !link.startsWith("#")).sort()).toEqual([
      "https://apidevportal.aspi-indonesia.or.id",
      "https://redocly.com/redoc/",
      "https://www.npmjs.com/package/snap-bi-contract",
    ]);
    expect(tour.links.filter((link) => link.startsWith("#/errata/")).length).toBeGreaterThanOrEqual(errata.length);
    const target = (link: string) => decodeURIComponent(link).split("#").at(-1) ?? "";
    expect(tour.links.filter((link) => link.startsWith("#") && !tour.anchors.includes(target(link)))).toEqual([]);
  });

  test("shows no Markdown as it is written", () => {
    expect(tour.raw).toEqual([]);
  });

  test.each([
    ["originalExternalId", "Ask what became of a payment", "#qr-cpm/qrcpmquery/t=request&path=originalexternalid"],
    ["partnerTrxDate", "Make a QR code", "#qr-cpm/qrcpmgenerate/t=request&path=partnertrxdate"],
    ["E072", "E072 sessionID", "#/errata/e072"],
    ["insufficient funds", "403 Forbidden", "#/response-codes/403"],
    ["InsufficientFunds", "403 Forbidden", "#/response-codes/403"],
    ["withdraw", "States of a payment in the sandbox", "#/sandbox/states"],
  ])("finds %s and goes there", async (typed, found, address) => {
    const { page } = open;
    // what a search before this one left open, had it failed
    await page.keyboard.press("Escape");
    await page.getByTestId("search-trigger").first().click();
    await page.getByPlaceholder("Search docs").fill(typed);
    await page.locator('[data-component-name="Search/SearchItem"]').filter({ hasText: found }).first().click();
    await page.waitForURL((url) => decodeURIComponent(url.href).endsWith(address), { timeout: 10_000 });
    await seen(page, address.slice(1));
  });

  test("follows a link to an erratum, and goes back", async () => {
    const { page } = open;
    await page.goto(`${urlOf(which)}#/qr-cpm/qrcpmquery`);
    await seen(page, "/qr-cpm/qrcpmquery");
    await page.locator('[data-section-id="/qr-cpm/qrcpmquery"] a[href^="#/errata/"]').first().click();
    await page.waitForURL(/#\/errata\/e\d{3}$/);
    await seen(page, new URL(page.url()).hash.slice(1));
    await page.goBack();
    await seen(page, "/qr-cpm/qrcpmquery");
  });

  test("opens at an address within it", async () => {
    const last = `/errata/${errata.at(-1)?.id.toLowerCase()}`;
    const deep = await openPage(browser, `${urlOf(which)}#${last}`);
    await seen(deep.page, last);
    expect(deep.problems).toEqual([]);
    await deep.page.context().close();
  });

  // last, for it tells of all that went before
  test("asks nothing of anybody and complains of nothing", () => {
    expect(open.problems).toEqual([]);
  });
});

describe.each(Object.keys(viewports) as (keyof typeof viewports)[])("on a %s", (device) => {
  let open: OpenPage;
  beforeAll(async () => {
    open = await openPage(browser, urlOf("the file"), viewports[device]);
  });
  afterAll(() => open.page.context().close());

  test.each([
    ["top", "/"],
    ["operation", "/qr-cpm/qrcpmpayment"],
    ["catalogue", "/response-codes/403"],
    ["errata", "/errata/e036"],
    ["sandbox", "/sandbox/states"],
  ])("has its picture taken: %s", async (name, section) => {
    const { page } = open;
    await page.evaluate(`location.hash = ${JSON.stringify(section)}`);
    await seen(page, section);
    const { top, highlighted, overlapping } = await page.evaluate<Menu>("snapTour.menu()");
    // on a phone the menu is folded away
    if (device !== "phone") {
      expect({ top, highlighted, overlapping }).toEqual({ top: 0, highlighted: [`#${section}`], overlapping: 0 });
    }
    await page.screenshot({ path: `${screenshots}${device}-${name}.png` });
  });

  test("fits the width, and cuts no text off", async () => {
    const tour = await tourOf(open.page);
    expect(tour.sections.size).toBeGreaterThan(140);
    expect(tour.tooWide).toBe(0);
    expect(tour.wide).toEqual([]);
    expect(tour.cutOff).toEqual([]);
    expect(open.problems).toEqual([]);
  });
});

test("on a phone the menu opens, leads on and closes", async () => {
  const { page, problems } = await openPage(browser, urlOf("the file"), viewports.phone);
  const entry = page.locator('.menu-content a[href="#/outcome-of-a-call"]');
  expect(await entry.isVisible()).toBe(false);
  await page.getByRole("button", { name: "Open navigation menu" }).click();
  await entry.click();
  await seen(page, "/outcome-of-a-call");
  await entry.waitFor({ state: "hidden" });

  await page.getByRole("button", { name: "Open navigation menu" }).click();
  await page.getByTestId("search-trigger").first().click();
  await page.getByPlaceholder("Search docs").fill("partnerTrxDate");
  await page.locator('[data-component-name="Search/SearchItem"]').first().click();
  await seen(page, "qr-cpm/qrcpmgenerate/t=request&path=partnertrxdate");
  expect(problems).toEqual([]);
  await page.context().close();
});

test("on a phone the menu's button leaves the end of the page free", async () => {
  const last = "/direct-debit/debitstatus";
  const { page } = await openPage(browser, `${urlOf("the file")}#${last}`, viewports.phone);
  await seen(page, last);
  await page.evaluate("snapTour.fill()");
  await page.waitForFunction("snapTour.restsAtEnd()", undefined, { polling: 100 });
  await page.screenshot({ path: `${screenshots}phone-end.png` });
  const { text, button } = await page.evaluate<{ text: number; button: number }>("snapTour.undermost()");
  expect(button).toBeGreaterThan(viewports.phone.height / 2);
  expect(text).toBeLessThan(button);
  await page.context().close();
});
