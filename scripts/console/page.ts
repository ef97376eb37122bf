// The console's page as one file: style and script in it, and a policy that lets nothing else in. What it shows comes from the server.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bundled, named } from "../page/inline.ts";

const here = import.meta.dirname;

/** The whole page. */
export function renderConsole(): string {
  const style = bundled(join(here, "console.css"));
  const script = bundled(join(here, "client/page.ts"));
  // a text can become neither markup nor script: nothing makes a trusted type
  const policy = `default-src 'none'; style-src ${named(style)}; script-src ${named(script)}; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'`;
  const parts: Record<string, string> = { "the policy": policy, "/* the style */": style, "/* the script */": script };
  const template = readFileSync(join(here, "console.html"), "utf8");
  return template.replace(/the policy|\/\* the (?:style|script) \*\//g, (place) => parts[place] ?? "");
}
