// The evidence as Debian's python3-openpyxl reads it: every cell is where it belongs.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { formOf } from "../../src/conform/evidence/form.ts";
import { junitOf } from "../../src/conform/evidence/junit.ts";
import { evidenceIn } from "../../src/conform/evidence/write.ts";
import { difficultReport, LONG, newFolder } from "../conform/evidence-support.ts";

const PYTHON = "/usr/bin/python3";
const NEEDED = "npm run test:sheet needs Debian's python3-openpyxl: apt-get install python3-openpyxl";

interface Read {
  cells: (string | null)[][];
  types: string[];
  orientation: string;
  cases: [name: string, inside: string[], messages: string[]][];
}

function read(workbook: string, junit: string): Read {
  try {
    return JSON.parse(
      execFileSync(PYTHON, [join(import.meta.dirname, "read.py"), workbook, junit], { maxBuffer: 1e8 }).toString(),
    ) as Read;
  } catch (error) {
    throw new Error(NEEDED, { cause: error });
  }
}

describe.each(["en", "id"] as const)("the evidence in %s", (language) => {
  test("has every cell where it belongs; what is too long is cut, says so, and stands whole beside it", async () => {
    const report = await difficultReport();
    const folder = newFolder();
    await (await evidenceIn(folder))(report, { language });
    const junit = join(folder, "junit.xml");
    writeFileSync(junit, junitOf(report, language));
    const { cells, types, orientation, cases } = read(join(folder, "functional-test.xlsx"), junit);
    const { title, labels, head, rows, masking } = formOf(report, { language });

    expect(orientation).toBe("landscape");
    // text and nothing else: not one formula, number or date
    expect(types).toEqual(["s"]);
    const filled = (row: (string | null)[] = []) => row.map((cell) => cell ?? "");
    expect(cells[0]?.[0]).toBe(title);
    expect(cells.slice(1, 1 + head.length).map((row) => [row[0], row[2] ?? ""])).toEqual(head);
    expect(cells[1 + head.length]?.[0]).toBe(masking);
    const columns = 3 + head.length;
    expect(cells[columns]).toEqual(labels.columns);
    const table = cells.slice(columns + 1);
    expect(table).toHaveLength(rows.length);
    for (const [at, row] of rows.entries()) {
      const { number, service, scenario, expected, request, response, result, notes } = row;
      const texts = [number, service, scenario, expected, request, response, result, notes];
      // what a cell cannot hold is written as an escape, and a long answer is looked at below
      const wanted = texts.map((text) => text.replaceAll("\u0007", "\\u0007"));
      if (number === "2.8") wanted[5] = expect.any(String) as never;
      expect(filled(table[at])).toEqual(wanted);
    }

    const long = rows.find(({ number }) => number === "2.8") ?? expect.unreachable();
    const cell = table[rows.indexOf(long)]?.[5] ?? "";
    expect(long.response.length).toBeGreaterThan(LONG);
    expect(cell.length).toBeLessThanOrEqual(32_767);
    expect(cell.length).toBeGreaterThan(32_760);
    const note = `\n${labels.cut(String(long.response.length), "exchanges/2.8.txt")}`;
    expect(cell.endsWith(note)).toBe(true);
    expect(long.response.startsWith(cell.slice(0, -note.length))).toBe(true);
    expect(cell).not.toMatch(/\p{Cs}/u);
    expect(readFileSync(join(folder, "exchanges/2.8.txt"), "utf8")).toContain(long.response);

    expect(cases.map(([name]) => name).sort()).toEqual(
      rows.map(({ number, scenario }) => `${number} ${scenario}`).sort(),
    );
    expect(cases.filter(([, inside]) => inside.includes("failure")).map(([name]) => name.split(" ")[0])).toEqual([
      "2.7",
      "2.8",
    ]);
    expect(cases.filter(([, inside]) => inside.includes("skipped"))).toHaveLength(2);
  });
});
