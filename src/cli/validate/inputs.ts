// The files that `snap-bi validate` looks at: named one by one, by a folder, or by a pattern that no shell has expanded.
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../args.ts";
import { printable } from "../terminal.ts";

/** What is looked at in a folder. */
const KINDS = /\.(json|http|har)$/i;

/**
 * The files that names stand for, `-` for stdin.
 * @throws UsageError when stdin is named twice, or a folder or a pattern has no file
 */
export function filesOf(names: readonly string[]): string[] {
  if (names.filter((name) => name === "-").length > 1)
    throw new UsageError("- stands for stdin, which is read once only");
  return names.flatMap((name) => {
    if (isFolder(name))
      return someOf(
        filesIn(name).filter((file) => KINDS.test(file)),
        `${name} has no .json, .http or .har`,
      );
    if (/[*?]/.test(name) && !existsSync(name)) return someOf(matching(name), `no file matches ${name}`);
    return [name];
  });
}

function someOf(files: string[], otherwise: string): string[] {
  if (files.length === 0) throw new UsageError(printable(otherwise));
  return files;
}

function isFolder(name: string): boolean {
  return name !== "-" && (statSync(name, { throwIfNoEntry: false })?.isDirectory() ?? false);
}

/** All files below a folder, in the order of their names; of node_modules and what is hidden none. */
function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.name.startsWith(".") || entry.name === "node_modules") return [];
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}

/** The files that a pattern matches: `*` and `?` within a name, `**` over folders. */
function matching(pattern: string): string[] {
  const names = pattern.replaceAll("\\", "/").split("/");
  const fixed = names.slice(
    0,
    names.findIndex((name) => /[*?]/.test(name)),
  );
  const folder = fixed.length === 0 ? "." : fixed.join("/") || "/";
  if (!isFolder(folder)) return [];
  const expression = new RegExp(
    `^${join(pattern)
      .split(/(\*\*[\\/]|\*|\?)/)
      .map(asExpression)
      .join("")}$`,
  );
  return filesIn(folder).filter((file) => expression.test(file));
}

function asExpression(part: string): string {
  if (/^\*\*./.test(part)) return "(?:.*[\\\\/])?";
  if (part === "*") return "[^\\\\/]*";
  return part === "?" ? "[^\\\\/]" : part.replace(/[\\^$.|+()[\]{}]/g, "\\$&");
}
