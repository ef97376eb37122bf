// What stands in a page of one file: style and script in one piece each, and how the page's policy names them.
import { createHash } from "node:crypto";
import { buildSync } from "esbuild";

/** A stylesheet or a script with all that it imports, as one text. */
export function bundled(entry: string): string {
  const built = buildSync({
    entryPoints: [entry],
    bundle: true,
    format: "iife",
    minify: true,
    write: false,
    target: ["es2023"],
    legalComments: "none",
    charset: "utf8",
  });
  return built.outputFiles[0]?.text.trim() ?? "";
}

/** A script or a style as the policy names it. */
export const named = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
