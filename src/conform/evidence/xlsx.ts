// The form as a spreadsheet. write-excel-file is a peer dependency: only the evidence needs it.
import { typeError } from "../../util/errors.ts";
import { visible } from "./characters.ts";
import type { Form, FormRow } from "./form.ts";

/** What write-excel-file does for us. */
type Writer = typeof import("write-excel-file/node")["default"];
type Cell = { value: string; type: typeof String } & Record<string, unknown>;

/** How many characters a cell may have: Excel refuses a file with a longer one. */
export const MAX_CELL = 32_767;

/**
 * Loads write-excel-file.
 * @throws TypeError (`ERR_SNAP_MISSING_PEER`) when it is not installed
 */
export async function loadWriter(): Promise<Writer> {
  try {
    return (await import("write-excel-file/node")).default;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw typeError(
      "ERR_SNAP_MISSING_PEER",
      "the evidence needs the package write-excel-file, which is not installed: npm install write-excel-file",
    );
  }
}

const WIDTHS = [6, 22, 28, 34, 60, 60, 11, 48];
const FILLS: Readonly<Record<string, string>> = { PASS: "#d9ead3", "NOT PASS": "#f4cccc" };

/** The spreadsheet's bytes. */
export async function xlsxOf(form: Form, write: Writer): Promise<Buffer> {
  const { labels, head, rows, masking } = form;
  const text = (value: string, style: Record<string, unknown> = {}): Cell => ({
    value: visible(value),
    type: String,
    wrap: true,
    alignVertical: "top",
    ...style,
  });
  const border = { borderStyle: "thin" };
  const title = [text(form.title, { fontWeight: "bold", fontSize: 14, wrap: false })];
  const columns = labels.columns.map((name) =>
    text(name, { ...border, fontWeight: "bold", backgroundColor: "#d9e2f3" }),
  );
  const data = [
    title,
    ...head.map(([label, value]) => [
      text(label, { fontWeight: "bold", wrap: false }),
      null,
      text(value, { wrap: false }),
    ]),
    [text(masking, { wrap: false, fontStyle: "italic" })],
    [],
    columns,
    ...rows.map((row) =>
      cellsOf(row, form).map((value, at) => text(value, { ...border, ...(at === 6 && resultStyle(value)) })),
    ),
  ];
  const options = { sheet: "SNAP", orientation: "landscape", columns: WIDTHS.map((width) => ({ width })) } as const;
  return write(data as Parameters<Writer>[0] & Cell[][], options).toBuffer();
}

const resultStyle = (result: string) => ({
  fontWeight: "bold",
  ...(FILLS[result] !== undefined && { backgroundColor: FILLS[result] }),
});

/** A row's cells, in the order of the columns. */
function cellsOf(
  { number, service, scenario, expected, request, response, result, notes, file }: FormRow,
  { labels }: Form,
): string[] {
  return [number, service, scenario, expected, request, response, result, notes].map((value) => {
    const cell = visible(value);
    if (cell.length <= MAX_CELL) return cell;
    const note = `\n${labels.cut(String(value.length), file ?? "")}`;
    return wholeCharacters(cell.slice(0, MAX_CELL - note.length)) + note;
  });
}

/** A text without half of a character at its end. */
const wholeCharacters = (text: string) => (/[\ud800-\udbff]$/.test(text) ? text.slice(0, -1) : text);
