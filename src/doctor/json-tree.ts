// A JSON text as a tree that loses nothing: numbers and escapes stay as they are written, and so do equal names.
import { nestsTooDeep } from "../util/json-text.ts";

/** A value: `text` is that of a number, a word or a string with its quotes. */
export type Json = { members: readonly Member[] } | { items: readonly Json[] } | { text: string };

/** A member of an object; `name` is a JSON text with its quotes. */
export interface Member {
  name: string;
  value: Json;
}

const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"/;
const TOKENS = new RegExp(`${STRING.source}|[{}[\\],:]|[^{}[\\],:"\\s]+`, "g");

/** A body of SNAP has a hundred tokens and three levels; one with far more would only take time. */
const MOST_TOKENS = 10_000;
const MOST_LEVELS = 20;

/** The tree of a text; undefined if it is not JSON, or nests more deeply or is larger than any body of SNAP. */
export function treeOf(text: string): Json | undefined {
  // JSON.parse recurses
  if (nestsTooDeep(text)) return undefined;
  try {
    // what is not JSON could make the search for its tokens take very long
    JSON.parse(text);
  } catch {
    return undefined;
  }
  const tokens = text.match(TOKENS) ?? [];
  return tokens.length > MOST_TOKENS || levelsOf(tokens) > MOST_LEVELS ? undefined : read(tokens);
}

function levelsOf(tokens: readonly string[]): number {
  let level = 0;
  let most = 0;
  for (const token of tokens) {
    if (token === "{" || token === "[") level += 1;
    else if (token === "}" || token === "]") level -= 1;
    most = Math.max(most, level);
  }
  return most;
}

/** Reads the tokens of a text that is JSON. */
function read(tokens: readonly string[]): Json {
  let at = 0;
  const value = (): Json => {
    const token = tokens[at++] ?? "";
    if (token === "[") return { items: upTo("]", value) };
    return token === "{" ? { members: upTo("}", member) } : { text: token };
  };
  const member = (): Member => {
    const name = tokens[at] ?? "";
    // the name and its colon
    at += 2;
    return { name, value: value() };
  };
  /** What stands up to a closing bracket, between commas. */
  function upTo<Item>(end: string, take: () => Item): Item[] {
    const items: Item[] = [];
    while (at < tokens.length && tokens[at] !== end) {
      items.push(take());
      if (tokens[at] === ",") at += 1;
    }
    at += 1;
    return items;
  }
  return value();
}

/** How a tree is written down. */
export interface Style {
  comma: string;
  colon: string;
  /** What each level is indented by; without it all stands on one line. */
  indent?: string;
}
export const COMPACT: Style = { comma: ",", colon: ":" };

/** A tree as text. */
export function written(json: Json, style: Style = COMPACT, level = ""): string {
  if ("text" in json) return json.text;
  const inner = level + (style.indent ?? "");
  const parts =
    "items" in json
      ? json.items.map((item) => written(item, style, inner))
      : json.members.map(({ name, value }) => name + style.colon + written(value, style, inner));
  const [open, close] = "items" in json ? "[]" : "{}";
  if (style.indent === undefined || parts.length === 0) return open + parts.join(style.comma) + close;
  return `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${level}${close}`;
}

/** A tree with every value replaced, those inside first. What becomes undefined is left out of its object or list. */
export function mapped(json: Json, replace: (json: Json) => Json | undefined): Json | undefined {
  if ("items" in json) return replace({ items: json.items.flatMap((item) => mapped(item, replace) ?? []) });
  if ("text" in json) return replace(json);
  const members = json.members.flatMap(({ name, value }) => {
    const its = mapped(value, replace);
    return its ? [{ name, value: its }] : [];
  });
  return replace({ members });
}

/** A tree with the members of every object in another order. */
export function reordered(json: Json, order: (members: readonly Member[]) => readonly Member[]): Json {
  return mapped(json, (its) => ("members" in its ? { members: order(its.members) } : its)) ?? json;
}

/** The name of a member without quotes and escapes. */
export const nameOf = ({ name }: Member) => JSON.parse(name) as string;

/** A tree with every string as JSON.stringify writes it, names included; numbers stay. */
export function withStrings(json: Json, make: (text: string) => string): Json {
  const again = (text: string) => (text.startsWith('"') ? make(JSON.parse(text) as string) : text);
  const strings = mapped(json, (its) => {
    if ("text" in its) return { text: again(its.text) };
    return "items" in its ? its : { members: its.members.map(({ name, value }) => ({ name: again(name), value })) };
  });
  return strings ?? json;
}
