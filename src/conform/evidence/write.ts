// Writes the evidence into a folder: the form three times, and every exchange beside it.
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { invalidOption } from "../../util/errors.ts";
import type { Report } from "../row.ts";
import { type FormOptions, formOf } from "./form.ts";
import { htmlOf } from "./html.ts";
import { markdownOf } from "./markdown.ts";
import { loadWriter, xlsxOf } from "./xlsx.ts";

/** What the form is called, without its ending. */
const NAMES = { functional: "functional-test", "developer-site": "developer-site-test" } as const;

/** Writes the evidence of a report; resolves to the files, relative to the folder. */
export type WriteEvidence = (report: Report, options: FormOptions) => Promise<string[]>;

/**
 * Makes sure that evidence can be written, before a run whose evidence would be lost.
 * @param folder made if it is not there; evidence is not written over
 * @throws TypeError (`ERR_SNAP_INVALID_OPTION`) when the folder has something in it or cannot be made, (`ERR_SNAP_MISSING_PEER`) when
 *   write-excel-file is not installed
 */
export async function evidenceIn(folder: string): Promise<WriteEvidence> {
  const writer = await loadWriter();
  const exchanges = join(folder, "exchanges");
  try {
    await mkdir(folder, { recursive: true });
    if ((await readdir(folder)).length > 0) throw invalidOption("it has files in it: evidence is not written over");
    await mkdir(exchanges);
  } catch (error) {
    throw invalidOption(`evidence must be a new or an empty folder, but ${(error as Error).message}`);
  }
  return async (report, options) => {
    const form = formOf(report, options);
    const name = NAMES[report.kind];
    const files: (readonly [name: string, content: string | Buffer])[] = [
      [`${name}.xlsx`, await xlsxOf(form, writer)],
      [`${name}.html`, htmlOf(form)],
      [`${name}.md`, markdownOf(form)],
      ...form.files,
    ];
    for (const [file, content] of files) await writeFile(join(folder, file), content);
    return files.map(([file]) => file);
  };
}
