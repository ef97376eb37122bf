// Prints a version's section of CHANGELOG.md, for the release: tsx scripts/release/notes.ts 0.1.0
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "../redocly/run.ts";

/**
 * What a change log says of a version.
 * @throws Error when it says nothing, or the version is still called unreleased
 */
export function notesOf(changelog: string, version: string): string {
  const sections = changelog.split(/^(?=## )/m);
  const section = sections.find(
    (text) => text.startsWith(`## ${version}`) && !/^[\d.]/.test(text.slice(version.length + 3)),
  );
  if (!section) throw new Error(`CHANGELOG.md must have a section "## ${version}"`);
  const [title = "", ...lines] = section.split("\n");
  if (/unreleased/i.test(title)) throw new Error(`CHANGELOG.md still calls ${version} unreleased: give it its date`);
  return lines.join("\n").trim();
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  console.log(notesOf(readFileSync(join(root, "CHANGELOG.md"), "utf8"), process.argv[2] ?? ""));
