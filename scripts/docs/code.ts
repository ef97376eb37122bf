// Blocks of code: coloured, with a name.
import { between, Html, html } from "./html.ts";

/** What the colours know. */
export type Language = "json" | "sh" | "ts" | "text";

/** What is coloured, by language: the first that matches at a place counts. The names are classes of the stylesheet. */
const RULES: Readonly<Record<Language, readonly (readonly [name: string, pattern: RegExp])[]>> = {
  json: [
    ["key", /"(?:[^"\\]|\\.)*"(?=\s*:)/],
    ["str", /"(?:[^"\\]|\\.)*"/],
    ["num", /\b(?:true|false|null|-?\d+(?:\.\d+)?)\b/],
  ],
  sh: [
    ["rem", /(?:^|(?<=\s))#.*$/m],
    ["str", /'[^']*'|"[^"]*"/],
    ["key", /(?:^|(?<=\n|\| |\())(?:curl|npx|npm|export|printf)\b/],
    ["num", /(?<=\s)--?[a-zA-Z][\w-]*/],
  ],
  ts: [
    ["rem", /\/\/.*$/m],
    ["str", /"(?:[^"\\]|\\.)*"/],
    ["key", /\b(?:import|from|export|const|await|async|return|if|else|new|type|process)\b/],
    ["num", /\b\d[\d_]*\b/],
  ],
  text: [],
};

function coloured(code: string, language: Language): Html {
  const rules = RULES[language];
  if (!rules.length) return between(code);
  const any = new RegExp(rules.map(([, { source }]) => `(${source})`).join("|"), "gm");
  let end = 0;
  let out = "";
  for (const match of code.matchAll(any)) {
    const [text, ...groups] = match;
    const name = rules[groups.findIndex((group) => group !== undefined)]?.[0] ?? "";
    out += `${between(code.slice(end, match.index))}<i class="${name}">${between(text)}</i>`;
    end = match.index + text.length;
  }
  return new Html(`${out}${between(code.slice(end))}`);
}

/** A block of code. Its name is read out, and stands over it where `title` is given. */
export function block(code: string, language: Language, name: string, title?: string): Html {
  return html`<figure class="code" aria-label="${name}">${title !== undefined && html`<figcaption>${title}</figcaption>`}<pre><code>${coloured(code.trim(), language)}</code></pre></figure>`;
}

/** JSON as people write it. */
export const json = (value: unknown): string => JSON.stringify(value, null, 2);

/** A choice of blocks of which one is shown. The groups of a page that share a name change together. */
export function tabs(
  group: string,
  id: string,
  panels: readonly (readonly [key: string, label: string, code: Html])[],
): Html {
  return html`<div class="tabs" data-group="${group}"><div role="tablist" aria-label="${group}">${panels.map(
    ([key, label], index) =>
      html`<button type="button" role="tab" id="${id}-${key}" aria-controls="${id}-${key}-panel" aria-selected="${index === 0 ? "true" : "false"}" tabindex="${index === 0 ? 0 : -1}" data-tab="${key}">${label}</button>`,
  )}</div>${panels.map(
    ([key, , code], index) =>
      html`<div role="tabpanel" id="${id}-${key}-panel" aria-labelledby="${id}-${key}" data-tab="${key}"${index > 0 && html` class="off"`}>${code}</div>`,
  )}</div>`;
}
