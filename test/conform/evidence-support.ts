// A report with everything that is hard to write down, and folders to write it into.
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import type { Report } from "../../src/conform/row.ts";
import { onlyOf } from "../../src/conform/sheet.ts";
import { body, code, isCode, spoiling } from "./broken.ts";
import { checkingSandbox, conformTo, PJP, subjectOf } from "./support.ts";

/** How many characters the long answer has beside the rest. */
export const LONG = 40_000;

const HOSTILE = '=HYPERLINK("http://evil.example")\u0007 <script>alert(1)</script> | ```` & café 日本 😀';

/** The report of services 60 and 73 of a sandbox whose answers are hostile in one row and long in another. */
export async function difficultReport(): Promise<Report> {
  const sandbox = await checkingSandbox();
  const url = await spoiling(sandbox.url, (answer, asked, response) => {
    if (isCode(answer, "4036002")) return code("4036014", HOSTILE)(answer, asked, response);
    if (!isCode(answer, "4096001")) return answer;
    return body({ additionalInfo: { long: "😀".repeat(LONG / 2) }, responseMessage: "=1+1" })(answer, asked, response);
  });
  const subject = await subjectOf(PJP, url);
  return conformTo(subject, { scenarios: onlyOf(PJP, "60,73") });
}

/** A new, empty folder. */
export const newFolder = () => mkdtempSync(join(tmpdir(), "snap-evidence-"));

/** Every text of a folder by its name, what is inside the spreadsheet included. */
export function textsIn(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    names.flatMap(({ name, parentPath }) => {
      const bytes = readFileSync(join(parentPath, name));
      const path = join(parentPath, name).slice(folder.length + 1);
      if (!name.endsWith(".xlsx")) return [[path, bytes.toString("utf8")]];
      return Object.entries(unzipSync(bytes)).map(([inner, content]) => [`${path}/${inner}`, strFromU8(content)]);
    }),
  );
}
