// The form as a page, printed by a real Chromium.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { formOf } from "../../../src/conform/evidence/form.ts";
import { htmlOf } from "../../../src/conform/evidence/html.ts";
import { screenshots, startBrowser } from "../../docs/browser/browser.ts";
import { difficultReport } from "../evidence-support.ts";

/** A4 in landscape, less 10 mm at each side, in CSS pixels. */
const PRINTED = { width: 1047, height: 718 };

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

test("the form prints on A4 in landscape: nothing sticks out, its columns are named on every page, and no script runs", async () => {
  const html = htmlOf(formOf(await difficultReport(), { language: "id" }));
  const page = await browser.newPage({ viewport: PRINTED });
  const problems: string[] = [];
  page.on("dialog", (dialog) => {
    problems.push(dialog.message());
    void dialog.dismiss();
  });
  page.on("request", ({ url }) => void (/^(about|data):/.test(url()) || problems.push(url())));
  await page.setContent(html);
  await page.emulateMedia({ media: "print" });
  const laidOut = await page.evaluate(`({
    sticksOut: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    cells: [...document.querySelectorAll("td, th")].filter((cell) => cell.scrollWidth > cell.clientWidth + 1).length,
    head: getComputedStyle(document.querySelector("thead")).display,
    rows: document.querySelectorAll("tbody tr").length,
    language: document.documentElement.lang,
    scripts: document.scripts.length,
  })`);
  expect(laidOut).toEqual({ sticksOut: 0, cells: 0, head: "table-header-group", rows: 14, language: "id", scripts: 0 });
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const text = pdf.toString("latin1");
  const pages = text.match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
  expect(pages).toBeGreaterThan(1);
  const [, width, height] = /\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/.exec(text) ?? [];
  expect([Math.round(Number(width)), Math.round(Number(height))]).toEqual([842, 595]);
  writeFileSync(join(screenshots, "functional-test.pdf"), pdf);
  await page.screenshot({ path: join(screenshots, "functional-test.png") });
  await page.close();
  expect(problems).toEqual([]);
});
