// What is said of each file: in words, as JSON, and as annotations of GitHub Actions.
import type { SnapAnswer } from "../../contract/validation.ts";
import type { Violation } from "../../contract/violation.ts";
import { fitted, printable, type Terminal, table, toned, widthOf } from "../terminal.ts";
import type { Warning } from "./typos.ts";

/** What is said of one body, or of one message. */
export interface Finding {
  file: string;
  /** Which part of the file, where it is not the whole: `request`, `headers`. */
  part?: string;
  valid: boolean;
  violations: Violation[];
  /** What SNAP answers; null for what is valid, and for responses. */
  answer: SnapAnswer | null;
  /** Left out where there are none. */
  warnings?: Warning[];
}

/** Where a body stands in its file, for annotations. */
export interface Place {
  text: string;
  linesBefore: number;
}

/** How findings are written. */
export type Format = "text" | "json" | "github";

/** The lines for a finding. */
export function linesOf(finding: Finding, format: Format, place: Place | undefined, terminal: Terminal): string[] {
  if (format === "json") return [JSON.stringify(finding)];
  return format === "github" ? annotationsOf(finding, place) : inWords(finding, terminal);
}

function inWords({ file, part, valid, violations, answer, warnings = [] }: Finding, terminal: Terminal): string[] {
  const name = (file === "-" ? "stdin" : printable(file)) + (part === undefined ? "" : ` (${part})`);
  const rows = [
    ...violations.map(({ rule, message }) => ["      ", rule, printable(message)]),
    ...warnings.map(({ message }) => ["      ", "warning", printable(message)]),
  ];
  const answered = answer ? `  ${answer.responseCode} ${answer.responseMessage}` : "";
  const word = valid ? toned(terminal, "good", "ok") : toned(terminal, "bad", "broken");
  return [
    `${word}${valid ? "      " : "  "}${fitted(name + answered, terminal, 8)}`,
    ...table(rows, widthOf(terminal)),
  ];
}

/** https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
function annotationsOf({ file, part, violations, warnings = [] }: Finding, place: Place | undefined): string[] {
  const line = (kind: "error" | "warning", { path, message }: Warning) => {
    const where = {
      file: file === "-" ? undefined : file,
      line: place && lineAt(path, place),
      title: `SNAP${part ? ` ${part}` : ""}`,
    };
    const properties = Object.entries(where).flatMap(([name, value]) =>
      value === undefined ? [] : [`${name}=${escaped(String(value)).replaceAll(":", "%3A").replaceAll(",", "%2C")}`],
    );
    return `::${kind} ${properties.join(",")}::${escaped(message)}`;
  };
  return [
    ...violations.map((violation) => line("error", violation)),
    ...warnings.map((warning) => line("warning", warning)),
  ];
}

const escaped = (text: string) => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

/** The line of a field, or of the innermost object that is there; names are searched one after the other, which is near enough. */
function lineAt(path: string, { text, linesBefore }: Place): number {
  let at = 0;
  for (const name of path.split(".").filter(Boolean)) {
    const found = text.indexOf(JSON.stringify(name), at);
    if (found < 0) break;
    at = found;
  }
  return linesBefore + text.slice(0, at).split("\n").length;
}
