// Shapes the code that Ajv writes: through Ajv's own keywords as far as they reach, and for the errors, which no keyword writes, in
// its text.
import { _, Ajv, type Code, type CodeKeywordDefinition, type KeywordCxt } from "ajv";
import { or, stringify } from "ajv/dist/compile/codegen/index.js";

/**
 * Ajv, with the keywords that strings are checked by written for speed.
 * Not Ajv2020: its code keeps track of what unevaluatedProperties and $dynamicRef would ask for, which the contract does not use.
 */
export function createCompiler(): Ajv {
  const ajv = new Ajv({
    strict: true,
    strictRequired: false,
    strictTypes: false,
    allErrors: true,
    messages: false,
    inlineRefs: false,
    code: { source: true, esm: true },
  });
  // the pattern beside it knows every day that there is: the differential test holds it against ajv-formats
  ajv.addFormat("date-time", true);
  for (const keyword of KEYWORDS) ajv.removeKeyword(String(keyword.keyword)).addKeyword(keyword);
  return ajv;
}

const KEYWORDS: CodeKeywordDefinition[] = [
  {
    keyword: "maxLength",
    type: "string",
    schemaType: "number",
    error: { message: "", params: ({ schemaCode }) => _`{limit: ${schemaCode}}` },
    // a length counts code points, which takes a pass over the text; a text has no more of them than UTF-16 units
    code: (cxt) => cxt.fail(_`${cxt.data}.length > ${cxt.schema} && ${counting(cxt)}(${cxt.data}) > ${cxt.schema}`),
  },
  {
    keyword: "minLength",
    type: "string",
    schemaType: "number",
    error: { message: "", params: ({ schemaCode }) => _`{limit: ${schemaCode}}` },
    // one unit is at least one code point
    code: (cxt) =>
      cxt.fail(cxt.schema === 1 ? _`${cxt.data}.length < 1` : _`${counting(cxt)}(${cxt.data}) < ${cxt.schema}`),
  },
  {
    keyword: "pattern",
    type: "string",
    schemaType: "string",
    error: { message: "", params: ({ schemaCode }) => _`{pattern: ${schemaCode}}` },
    code(cxt) {
      const matches = _`${matching(cxt)}.test(${cxt.data})`;
      // nearly every currency is rupiah, and to compare costs a tenth of what it costs to match
      const isRupiah = new RegExp(cxt.schema).test("IDR") ? _`${cxt.data} !== "IDR" && ` : _``;
      cxt.fail(_`${isRupiah}!${matches}`);
    },
  },
  {
    keyword: "enum",
    schemaType: "array",
    error: { message: "", params: ({ schema }) => _`{allowedValues: ${stringify(schema)}}` },
    code: (cxt) => cxt.fail(_`!(${or(...cxt.schema.map((value: unknown) => _`${cxt.data} === ${value as string}`))})`),
  },
  {
    keyword: "const",
    error: { message: "", params: ({ schema }) => _`{allowedValue: ${schema}}` },
    code: (cxt) => cxt.fail(_`${cxt.data} !== ${cxt.schema}`),
  },
];

/** The function that counts code points, in place of the helper that Ajv's code requires. */
function counting({ gen }: KeywordCxt): Code {
  const code = _`(text) => { let count = 0; for (const _ of text) count++; return count; }`;
  return gen.scopeValue("func", { key: "count", ref: "count", code });
}

/** The expression of a pattern. Nobody reads what a group caught; and every pattern is ASCII, for which the flag u only costs time. */
function matching({ gen, schema }: KeywordCxt): Code {
  const uncaught = String(schema).replace(/\\.|\((?!\?)/g, (part) => (part === "(" ? "(?:" : part));
  return gen.scopeValue("pattern", { key: uncaught, ref: uncaught, code: _`new RegExp(${uncaught})` });
}

/** Adds an error, in place of the statements that Ajv writes each time. */
const FAIL = `function fail(errors, instancePath, keyword, params) {
  const error = { instancePath, keyword, params };
  if (errors === null) return [error];
  errors.push(error);
  return errors;
}`;

/** What is taken out of the text: where in the schema an error arose, and in which parent, for nobody reads it here. */
const SHORTER: [what: string, pattern: RegExp, by: string][] = [
  ["schemaPath", /schemaPath:"[^"]*",/g, ""],
  ["what a reference passes on", /,parentData(:data\d*)?,parentDataProperty(:[^,]+)?,rootData/g, ""],
  ["what a validator takes", /, parentData, parentDataProperty, rootData=data/g, ""],
  // the path goes as it is, not in an object
  ["the path that a validator takes", /\{instancePath=""\}=\{\}/g, 'instancePath=""'],
  ["a path that is passed on", /, ?\{instancePath:([^{}]*?)\}\)/g, ", $1)"],
  ["an error at the path", error(""), "vErrors = fail(vErrors, instancePath, $2, $3);"],
  ["an error below the path", error(":([^,]+)"), "vErrors = fail(vErrors, $2, $3, $4);"],
];

/** The statements that add an error, with its place (where it has one of its own), keyword and params caught. */
function error(place: string): RegExp {
  const own = String.raw`const (err\d+) = \{instancePath${place},keyword:("[^"]*"),params:(\{.*?\})\};`;
  return new RegExp(String.raw`${own}if\(vErrors === null\)\{vErrors = \[\1\];\}else \{vErrors\.push\(\1\);\}`, "g");
}

/**
 * Ajv's code with shorter errors.
 * @throws Error when a replacement finds nothing, for then Ajv writes otherwise than it did
 */
export function shortenErrors(code: string): string {
  let shorter = code;
  for (const [what, pattern, by] of SHORTER) {
    const next = shorter.replace(pattern, by);
    if (next === shorter) throw new Error(`Ajv's code has changed: ${what} is not written as ${pattern.source}`);
    shorter = next;
  }
  if (/\{instancePath|\bparentData\b/.test(shorter))
    throw new Error("Ajv's code has changed: an error was left as it was");
  return `${FAIL}\n${shorter}`;
}
