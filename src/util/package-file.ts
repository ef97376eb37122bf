// Files of this package, for its own use at run time.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * The path of a file of this package. Source and bundle lie at different depths, so its package.json is looked for.
 * @param file relative to the package's folder
 */
export function packageFile(file: string): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (nameIn(join(folder, "package.json")) === "snap-bi-contract") return join(folder, file);
    if (folder === dirname(folder)) throw new Error("the folder of snap-bi-contract, with its package.json, is gone");
  }
}

function nameIn(packageJson: string): unknown {
  try {
    return (JSON.parse(readFileSync(packageJson, "utf8")) as { name?: unknown }).name;
  } catch {
    return undefined;
  }
}
