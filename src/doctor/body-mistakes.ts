// The usual mistakes in what of the body is hashed, as a table, by what each of them changes.
import {
  COMPACT,
  type Json,
  mapped,
  nameOf,
  reordered,
  type Style,
  treeOf,
  withStrings,
  written,
} from "./json-tree.ts";
import type { Mistake } from "./recipe.ts";

/** What can be changed about a body, in the order in which it is done; two mistakes change two of them. */
export const STAGES = ["order", "values", "fields", "space", "escapes", "wrap"] as const;
export type Stage = (typeof STAGES)[number];

/** How a body becomes the text that is hashed. */
export interface Writing {
  order?: (json: Json) => Json;
  /** Undefined where it cannot be done. */
  values?: (json: Json) => Json | undefined;
  fields?: (json: Json) => Json | undefined;
  /** From the tree, or from the text as it came. */
  space?: Style | ((raw: string) => string);
  escapes?: (text: string) => string;
  wrap?: (text: string) => string | Buffer;
}

/** One way to go wrong at one stage. */
export interface BodyMistake extends Mistake {
  writing: Writing;
}

/** The mistakes of one kind: a fix, and varieties with what is found of each. */
function kind<Its extends Stage>(
  stage: Its,
  name: string,
  fix: string,
  varieties: readonly [found: string, write: NonNullable<Writing[Its]>, askedBy?: string][],
): BodyMistake[] {
  return varieties.map(([found, write, askedBy]) => ({
    name,
    found,
    fix,
    writing: { [stage]: write },
    ...(askedBy !== undefined && { askedBy }),
  }));
}

const ORDERS: readonly [string, (json: Json) => Json][] = [
  ["with sorted names", (json) => sorted(json, (name) => name)],
  ["with its names sorted without regard to case", (json) => sorted(json, (name) => name.toLowerCase())],
  ["with its names in reverse order", (json) => reordered(json, (members) => [...members].reverse())],
];

function sorted(json: Json, by: (name: string) => string): Json {
  return reordered(json, (members) => {
    const keyed = members.map((member) => ({ member, key: by(nameOf(member)) }));
    return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ member }) => member);
  });
}

const isText = (json: Json, test: (text: string) => boolean) => "text" in json && test(json.text);
/** A tree without its members of some value; in lists nothing is left out. */
const without = (test: (text: string) => boolean) => (json: Json) =>
  mapped(json, (its) =>
    "members" in its ? { members: its.members.filter(({ value }) => !isText(value, test)) } : its,
  );
const replaced = (replace: (text: string) => string) => (json: Json) =>
  mapped(json, (its) => ("text" in its ? { text: replace(its.text) } : its));
const isEmpty = (json: Json) => ("members" in json ? json.members : "items" in json ? json.items : [0]).length === 0;

const PHP_PYTHON = "as PHP's json_encode and Python's json.dumps do";
const INDENTS: readonly [string, string][] = [
  ["1 blank", " "],
  ["2 blanks", "  "],
  ["3 blanks", "   "],
  ["4 blanks", "    "],
  ["8 blanks", "        "],
  ["a tab", "\t"],
];

const KEEP_FIX = "write the body once, and hash and send the same text";
const MINIFY_FIX = "minify it first: remove the white space outside of strings, and nothing else";
const HTML = /[<>&\u2028\u2029]/g;
const BEYOND_ASCII = /[\u0080-\uffff]/g;
const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
const escapedLoud = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
const withSlashes = (text: string) => text.replace(/(?<!\\)\//g, "\\/");
const withoutSlashes = (text: string) => text.replace(/\\\//g, "/");
const inAscii = (text: string) => text.replace(BEYOND_ASCII, escaped);
const outOfAscii = (text: string) =>
  text.replace(/\\u(?!00[0-7])([\da-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** What may be wrong with the body that is hashed. */
export const BODY_MISTAKES: readonly BodyMistake[] = [
  ...kind(
    "order",
    "body-order",
    KEEP_FIX,
    ORDERS.map(([how, write]) => [`the body was hashed ${how}`, write] as const).map((it) => [...it]),
  ),
  ...kind("values", "body-numbers", KEEP_FIX, [
    ["the body was hashed with its numbers as strings", replaced((text) => (/^[-\d]/.test(text) ? `"${text}"` : text))],
    [
      "the body was hashed with strings of digits as numbers",
      replaced((text) => text.replace(/^"(-?(?:0|[1-9]\d{0,19})(?:\.\d{1,20})?)"$/, "$1")),
    ],
  ]),
  ...kind("fields", "body-empties", "keep what is empty as it is sent: in PHP, json_decode without true", [
    [
      "{} was hashed as [], as PHP writes an empty array",
      (json) => mapped(json, (its) => ("members" in its && isEmpty(its) ? { items: [] } : its)),
    ],
    ["[] was hashed as {}", (json) => mapped(json, (its) => ("items" in its && isEmpty(its) ? { members: [] } : its))],
    [
      "empty objects and lists were left out of the body that was hashed",
      (json) =>
        mapped(json, (its) =>
          "members" in its ? { members: its.members.filter(({ value }) => !isEmpty(value)) } : its,
        ),
    ],
  ]),
  ...kind("fields", "body-nulls", KEEP_FIX, [
    ["fields that are null were left out of the body that was hashed", without((text) => text === "null")],
    ["fields that are empty were left out of the body that was hashed", without((text) => text === '""')],
    [
      "fields that are null or empty were left out of the body that was hashed",
      without((text) => text === "null" || text === '""'),
    ],
    ["null was hashed as an empty string", replaced((text) => (text === "null" ? '""' : text))],
    ["empty strings were hashed as null", replaced((text) => (text === '""' ? "null" : text))],
  ]),
  ...kind("space", "body-not-minified", MINIFY_FIX, [
    ["the body was hashed as it is, with its white space", (raw) => raw],
    ["the body was hashed with its white space, but for that at its ends", (raw) => raw.trim()],
    ["the body was hashed with its white space, but for that at its end", (raw) => raw.trimEnd()],
    ["the body was hashed with its white space, and a line break after it", (raw) => `${raw}\n`],
    ["the body was hashed with its white space, and a line break (CRLF) after it", (raw) => `${raw}\r\n`],
    ["the body was hashed with its white space, and LF in place of CRLF", (raw) => raw.replace(/\r\n/g, "\n")],
    ["the body was hashed with its white space, and CRLF in place of LF", (raw) => raw.replace(/\r?\n/g, "\r\n")],
    ["only the line breaks of the body were removed before it was hashed", (raw) => raw.replace(/[\r\n]/g, "")],
    ["only line breaks and tabs of the body were removed before it was hashed", (raw) => raw.replace(/[\r\n\t]/g, "")],
    ["the body's white space was only shortened to blanks before it was hashed", (raw) => raw.replace(/\s+/g, " ")],
    ["each line of the body was trimmed, but not joined, before it was hashed", (raw) => raw.replace(/\n\s+/g, "\n")],
    ...INDENTS.map(([name, indent]): [string, Style] => [
      `the body was hashed pretty-printed, indented by ${name}`,
      { comma: ",", colon: ": ", indent },
    ]),
  ]),
  ...kind("space", "body-separators", "hash it without a blank: in Python, separators=(',', ':')", [
    ["the body was hashed with a blank after commas and colons, as Python writes it", { comma: ", ", colon: ": " }],
    ["the body was hashed with a blank after colons", { comma: ",", colon: ": " }],
    ["the body was hashed with a blank after commas", { comma: ", ", colon: ":" }],
    ["the body was hashed with line breaks after commas", { comma: ",\n", colon: ":" }],
  ]),
  ...kind("space", "body-stripped", "remove the white space outside of strings only", [
    [
      "all white space was removed before the body was hashed, inside of strings as well",
      (raw) => raw.replace(/\s+/g, ""),
      "PakaiLink's page asks for it, with / written as \\/",
    ],
    ["all blanks were removed before the body was hashed, inside of strings as well", (raw) => raw.replace(/ /g, "")],
  ]),
  ...kind("escapes", "body-escapes", KEEP_FIX, [
    ["the body was hashed with / written as \\/, as PHP's json_encode does", withSlashes],
    [`the body was hashed with letters beyond ASCII written as \\uXXXX, ${PHP_PYTHON}`, inAscii],
    [
      "the body was hashed with / written as \\/ and letters beyond ASCII as \\uXXXX, as PHP's json_encode does",
      (text) => withSlashes(inAscii(text)),
    ],
    [
      "the body was hashed with < > & written as \\u003c, as Go's encoding/json does",
      (text) => text.replace(HTML, escaped),
    ],
    [
      "the body was hashed with < > & and letters beyond ASCII written as \\uXXXX",
      (text) => inAscii(text.replace(HTML, escaped)),
    ],
    [
      "the body was hashed with < > & = ' written as \\u003c, as Gson does",
      (text) => text.replace(/[<>&='\u2028\u2029]/g, escaped),
    ],
    [
      "the body was hashed with < > & ' + and letters beyond ASCII written as \\u003C, as .NET's System.Text.Json does",
      (text) => text.replace(/\\"/g, "\\u0022").replace(/[<>&'+`\u0080-\uffff]/g, escapedLoud),
    ],
    [
      "the body was hashed with / where it is sent with \\/",
      withoutSlashes,
      "the PHP clients of Midtrans and DOKU do it, though the text sent is another",
    ],
    ["the body was hashed with letters where it is sent with \\uXXXX", outOfAscii],
    [
      "the body was hashed with / and letters where it is sent with \\/ and \\uXXXX",
      (text) => withoutSlashes(outOfAscii(text)),
      "the PHP clients of Midtrans and DOKU do it, though the text sent is another",
    ],
  ]),
  ...kind("wrap", "body-stringified-twice", "stringify it once, or not at all if it is text already", [
    ["the body was turned into JSON twice before it was hashed", (text) => JSON.stringify(text)],
  ]),
  ...kind("wrap", "body-line-break", "hash no line break, which echo adds unless told otherwise (echo -n)", [
    ["a line break after the body was hashed with it", (text) => `${text}\n`],
    ["a line break (CRLF) after the body was hashed with it", (text) => `${text}\r\n`],
  ]),
  ...kind("wrap", "body-encoding", "hash the bytes that are sent; only the hash is written in lower case", [
    ["the body was hashed in lower case", (text) => text.toLowerCase()],
    ["the body was hashed in upper case", (text) => text.toUpperCase()],
    ["the body was hashed with a byte order mark", (text) => `\ufeff${text}`],
    ["the body was hashed without its byte order mark", (text) => text.replace(/^\ufeff/, "")],
    ["the body was hashed in Latin-1, not UTF-8", (text) => Buffer.from(text, "latin1")],
    ["the body was hashed in UTF-16, not UTF-8", (text) => Buffer.from(text, "utf16le")],
    ["the body was hashed URL-encoded", (text) => encodeURIComponent(text)],
    ["the body was hashed in Base64", (text) => Buffer.from(text).toString("base64")],
  ]),
  ...kind("wrap", "body-wrapped", "hash the object that is sent, without anything around it", [
    ["the body was hashed as the only item of a list", (text) => `[${text}]`],
    ["the body was hashed in quotes", (text) => `"${text}"`],
    ["the body was hashed with a blank after it", (text) => `${text} `],
  ]),
  ...kind("space", "body-as-printed", "hash the JSON that is sent", [
    ["the body was hashed as Python prints a dict, not as JSON", (raw) => asPython(raw)],
    ["the body was hashed as Java prints a Map, not as JSON", (raw) => asJava(raw)],
    ["the body was hashed as a form, not as JSON", (raw) => asForm(raw)],
  ]),
  ...kind("values", "body-reserialised", "hash the text that is sent, and send that very text", [
    [
      "the body was parsed and written again before it was hashed, which changed numbers, escapes or order",
      (json) => treeOf(JSON.stringify(JSON.parse(written(json)))),
    ],
    [
      "the body was parsed and written again before it was hashed, which changed escapes but not numbers",
      (json) => withStrings(json, (text) => JSON.stringify(text)),
    ],
  ]),
];

/** What is hashed in place of a body. */
export const REPLACED_BODIES = ["{}", "[]", "null", '""', "undefined", "[object Object]"];

/** `str(dict)`; a text that is not JSON stays. */
function asPython(raw: string): string {
  const words: Record<string, string> = { true: "True", false: "False", null: "None" };
  const quoted = (text: string) => {
    const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
    return quote + (quote === "'" ? text.replace(/'/g, "\\'") : text) + quote;
  };
  const tree = treeOf(raw);
  if (!tree) return raw;
  const strings = withStrings(tree, quoted);
  return written(replaced((text) => words[text] ?? text)(strings) ?? strings, { comma: ", ", colon: ": " });
}

/** `Map.toString()`. */
function asJava(raw: string): string {
  const tree = treeOf(raw);
  return tree
    ? written(
        withStrings(tree, (text) => text),
        { comma: ", ", colon: "=" },
      )
    : raw;
}

/** `a=1&b=2`, with the names of inner objects in brackets, as PHP's http_build_query has them. */
function asForm(raw: string): string {
  const tree = treeOf(raw);
  if (!tree) return raw;
  const pairs: string[] = [];
  const walk = (json: Json, path: string): void => {
    if ("members" in json)
      for (const member of json.members) walk(member.value, path ? `${path}[${nameOf(member)}]` : nameOf(member));
    else if ("items" in json) for (const [at, item] of json.items.entries()) walk(item, `${path}[${at}]`);
    else pairs.push(new URLSearchParams([[path, String(JSON.parse(json.text) ?? "")]]).toString());
  };
  walk(tree, "");
  return pairs.join("&");
}

/** How a tree is written if nothing is said. */
export const MINIFIED = COMPACT;
