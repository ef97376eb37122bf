// The built page as text, for tests that need no browser.
import { read } from "../support/repository.ts";

/** The file. */
export const pageFile = "dist/docs/index.html";

/** The page as it is in the file. */
export const readPage = (): string => read(pageFile);

const ENTITIES: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&amp;": "&",
};

/** HTML as its reader sees it: without tags, with a blank between blocks, and every run of white space as one blank. */
export const plain = (markup: string): string =>
  markup
    .replace(/<\/?(?:article|d[ltd]|div|h\d|li|ol|p|pre|t[rdh]|ul)\b[^>]*>/g, " ")
    .replace(/<[^>]*>/g, "")
    .replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity] ?? "")
    .replace(/\s+/g, " ")
    .trim();

/** An element by its id, as HTML. Elements of its name within it are counted; it may not be found, which is the empty text. */
export function elementOf(page: string, id: string): string {
  const found = page.indexOf(` id="${id}"`);
  if (found < 0) return "";
  const start = page.lastIndexOf("<", found);
  const [, tag = ""] = /^<([a-z0-9]+)/.exec(page.slice(start)) ?? [];
  let depth = 0;
  for (const { 0: each, index } of page.slice(start).matchAll(new RegExp(`<(/?)${tag}\\b`, "g"))) {
    depth += each.startsWith("</") ? -1 : 1;
    if (depth === 0) return page.slice(start, start + index);
  }
  return page.slice(start);
}

/** The texts of all `<code>` of blocks in a part of the page, exactly as they are copied. */
export const blocksIn = (markup: string): string[] =>
  [...markup.matchAll(/<pre[^>]*><code>(.*?)<\/code><\/pre>/gs)].map(([, code = ""]) =>
    code.replace(/<[^>]*>/g, "").replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity] ?? ""),
  );
