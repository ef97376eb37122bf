// Elements with text in them. Text goes in as text alone: nothing here, and nothing that uses it, makes markup of a string.

type Child = Node | string | undefined | false;

/** Makes an element: `make("p.muted", {}, "text")`. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  name: Tag | `${Tag}.${string}`,
  attributes: Record<string, string> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const [tag, ...classes] = name.split(".") as [Tag, ...string[]];
  const element = document.createElement(tag);
  if (classes.length > 0) element.className = classes.join(" ");
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
}

/**
 * A text that somebody else wrote. What steers a terminal, reorders a line or cannot be seen is written as an escape; the element keeps
 * the direction of its text to itself.
 */
export function foreign(text: string, name: "bdi" | `bdi.${string}` = "bdi"): HTMLElement {
  return make(name, {}, visible(text));
}

/** The same as a block that keeps its lines. */
export function block(text: string, label: string): HTMLElement {
  return make("pre", { tabindex: "0", "aria-label": label, role: "region", dir: "ltr" }, visible(text, /[\n\t]/));
}

function visible(text: string, but = /(?!)/): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) =>
    but.test(character) ? character : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

/** JSON as people read it; any other text as it is. */
export function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** Pairs of a name and a value. */
export function pairs(rows: readonly (readonly [name: string, value: Child])[]): HTMLElement {
  const shown = rows.filter(([, value]) => value !== undefined && value !== "");
  return make("dl", {}, ...shown.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]));
}

/** A badge whose colour says what a status means. */
export function badge(text: string, tone: "good" | "wait" | "bad" | "plain"): HTMLElement {
  return make(`span.badge.${tone}`, {}, text);
}

/** The time of day of a time of SNAP; the whole of it is told on asking. */
export function timeOf(time: string): HTMLElement {
  return make("time", { datetime: time, title: time }, time.slice(11, 19));
}
