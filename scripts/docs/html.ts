// Text and Markdown as HTML. What is not marked as HTML is escaped.
import { Marked, type RendererObject } from "marked";

/** A piece of HTML. */
export class Html {
  constructor(readonly text: string) {}
  toString(): string {
    return this.text;
  }
}

/** What may stand in a template: text is escaped, a list is joined, and nothing at all stays nothing. */
export type Content = Html | string | number | false | undefined | readonly Content[];

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** A text as it stands between tags, where quotes need no escape: of code that is a tenth of the page. */
export const between = (text: string): Html => new Html(text.replace(/[&<]/g, (character) => ESCAPES[character] ?? ""));
/** A text with everything escaped that HTML would read. */
export const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? "");

function written(content: Content): string {
  if (content === false || content === undefined) return "";
  if (content instanceof Html) return content.text;
  if (typeof content === "object") return content.map(written).join("");
  return escaped(String(content));
}

/** HTML with contents in it: html`<p>${text}</p>`. */
export function html(parts: TemplateStringsArray, ...contents: Content[]): Html {
  return new Html(String.raw({ raw: parts }, ...contents.map(written)));
}

/** An entry of the register that a text names leads there. */
const renderer: RendererObject = {
  // the contract has no HTML of its own: what looks like it is text
  html: ({ text }) => escaped(text),
  text(token) {
    const text = "tokens" in token && token.tokens ? this.parser.parseInline(token.tokens) : token.text;
    return text.replace(/\bE\d{3}\b/g, (id) => `<a href="#${id}">${id}</a>`);
  },
  table(token) {
    const cells = (row: typeof token.header) => row.map(({ tokens }) => new Html(this.parser.parseInline(tokens)));
    return table(
      cells(token.header),
      token.rows.map((row) => ({ cells: cells(row) })),
      "Table",
    ).text;
  },
};
const marked = new Marked({ renderer });

/** Markdown as HTML, with paragraphs. */
export const markdown = (text: string): Html => new Html(marked.parse(text, { async: false }).trim());
/** A line of Markdown as HTML. */
export const inline = (text: string): Html =>
  new Html(marked.parseInline(text.trim().replace(/\s+/g, " "), { async: false }));

/** What the search knows of a place, beside its text. */
export interface Place {
  /** What the address ends with after `#`. */
  id: string;
  /** What kind of thing it is, in a word or two. */
  kind: string;
  title: string;
  /** Where it belongs, such as the operation of a field. */
  of?: string;
  /** What leads here first when it is typed, beside id and title. In braces or brackets stands what may be anything. */
  keys?: readonly string[];
}

/** The attributes of an element that the search leads to. */
export const place = ({ id, kind, title, of, keys = [] }: Place): Html =>
  html`id="${id}" data-kind="${kind}" data-title="${title}"${of !== undefined && html` data-of="${of}"`}${keys.length > 0 && html` data-keys="${keys.join("\n")}"`}`;

/** A sign beside a heading that leads to it, to be copied. */
export const anchor = (id: string, name: string): Html =>
  html`<a class="anchor" href="#${id}" aria-label="Link to ${name}">#</a>`;

/** Links to entries of the register. */
export const errataLinks = (ids: readonly string[] = []): Html | undefined =>
  ids.length ? html`<span class="errata">${ids.map((id) => html`<a href="#${id}">${id}</a>`)}</span>` : undefined;

/** A row of a table; one that the search leads to says so. */
export interface Row {
  at?: Place;
  cells: readonly Content[];
}

/** A table with headings. Roles are said, for a narrow window stacks the cells, and a browser then forgets that they are cells. */
export function table(headings: readonly Content[], rows: readonly Row[], name: string): Html {
  const head = headings.map((heading) => html`<th role="columnheader">${heading}</th>`);
  const body = rows.map(
    ({ at, cells }) =>
      html`<tr role="row"${at && html` ${place(at)}`}>${cells.map((cell) => html`<td role="cell">${cell}</td>`)}</tr>`,
  );
  return html`<div class="wide" role="group" aria-label="${name}" tabindex="0"><table role="table"><thead role="rowgroup"><tr role="row">${head}</tr></thead><tbody role="rowgroup">${body}</tbody></table></div>`;
}
