// The console's page as one file: style and script in it, and a policy that lets nothing else in. What it shows comes from the server.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";

const here = import.meta.dirname;

/** A script or a style as the policy names it. */
const named = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

function bundled(entry: string): string {
  const built = buildSync({
    entryPoints: [join(here, entry)],
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

/** The whole page. */
export function renderConsole(): string {
  const style = bundled("console.css");
  const script = bundled("client/page.ts");
  // a text can become neither markup nor script: nothing makes a trusted type
  const policy = `default-src 'none'; style-src ${named(style)}; script-src ${named(script)}; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'`;
  const parts: Record<string, string> = { "the policy": policy, "/* the style */": style, "/* the script */": script };
  const template = readFileSync(join(here, "console.html"), "utf8");
  return template.replace(/the policy|\/\* the (?:style|script) \*\//g, (place) => parts[place] ?? "");
}
