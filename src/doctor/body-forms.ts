// What of a body may have been hashed: each mistake of the table by itself, two together, and what other JSON writers write.
import { minifyJson } from "../snap/signature.ts";
import { BODY_MISTAKES, type BodyMistake, MINIFIED, REPLACED_BODIES, STAGES, type Writing } from "./body-mistakes.ts";
import { type Json, treeOf, written } from "./json-tree.ts";
import type { Mistake } from "./recipe.ts";

/** A form of the body, and what is wrong if it was hashed. */
export interface Form {
  mistakes: readonly Mistake[];
  bytes: Uint8Array;
}

/** A body as it came, and as it must be hashed. */
export interface Source {
  raw: string;
  minified: string;
  /** Undefined where it is not JSON. */
  tree: Json | undefined;
}

/** Reads a body. */
export function sourceOf(body: Uint8Array): Source {
  const raw = Buffer.from(body).toString();
  const minified = minifyJson(raw);
  return { raw, minified, tree: treeOf(minified) };
}

/** The bytes that a way of writing makes of a body; undefined where it cannot be written so. */
export function bytesOf({ raw, minified, tree }: Source, writing: Writing): Uint8Array | undefined {
  const { order, values, fields, space = MINIFIED, escapes, wrap } = writing;
  try {
    const text = textOf();
    if (text === undefined) return undefined;
    const whole = escapes ? escapes(text) : text;
    const wrapped = wrap ? wrap(whole) : whole;
    return typeof wrapped === "string" ? Buffer.from(wrapped) : wrapped;
  } catch {
    // a number that no JSON has, half a surrogate pair in a URL
    return undefined;
  }

  function textOf(): string | undefined {
    const changed = [values, fields, order].reduce(
      (json, change) => (json && change ? change(json) : json),
      tree as Json | undefined,
    );
    const isSame = !order && !values && !fields;
    if (typeof space === "function") {
      if (isSame) return space(raw);
      return changed && space(written(changed));
    }
    if (isSame && space === MINIFIED) return minified;
    return changed && written(changed, space);
  }
}

/** Each mistake by itself, and what is hashed in place of the body. */
export function* singleForms(source: Source): Generator<Form> {
  for (const mistake of BODY_MISTAKES) {
    const bytes = bytesOf(source, mistake.writing);
    if (bytes) yield { mistakes: [plain(mistake)], bytes };
  }
  if (source.raw !== "") yield { mistakes: [LEFT_OUT], bytes: new Uint8Array() };
  for (const text of REPLACED_BODIES) yield { mistakes: [replacedBy(text)], bytes: Buffer.from(text) };
}

const LEFT_OUT: Mistake = { name: "body-left-out", found: "no body was hashed", fix: "hash the body that is sent" };
const replacedBy = (text: string): Mistake => ({
  name: "empty-body-as-json",
  found: `"${text}" was hashed in place of the body`,
  fix: "hash the body that is sent; without one, hash the empty string",
});

const plain = ({ writing, ...mistake }: BodyMistake): Mistake => mistake;
const stageOf = ({ writing }: BodyMistake) => STAGES.findIndex((stage) => writing[stage] !== undefined);

/** Two mistakes of different stages together. */
export function* doubleForms(source: Source): Generator<Form> {
  for (const first of BODY_MISTAKES) {
    for (const second of BODY_MISTAKES) {
      if (stageOf(first) >= stageOf(second)) continue;
      const bytes = bytesOf(source, { ...first.writing, ...second.writing });
      if (bytes) yield { mistakes: [plain(first), plain(second)], bytes };
    }
  }
}

/** What the usual JSON writers do, in every combination of three or more. */
const WRITERS: readonly (readonly (BodyMistake | undefined)[])[] = [
  [undefined, find("body-order", 0)],
  [undefined, find("body-reserialised", 0), find("body-reserialised", 1)],
  [undefined, find("body-empties", 0)],
  [undefined, find("body-separators", 0), find("body-not-minified", "2 blanks"), find("body-not-minified", "4 blanks")],
  [undefined, ...BODY_MISTAKES.filter(({ name }) => name === "body-escapes").slice(0, 7)],
];

function find(name: string, which: number | string): BodyMistake | undefined {
  const its = BODY_MISTAKES.filter((mistake) => mistake.name === name);
  return typeof which === "number" ? its[which] : its.find(({ found }) => found.includes(which));
}

/** The body as another JSON writer writes it: three habits or more at once, told as one mistake. */
export function* writerForms(source: Source): Generator<Form> {
  for (const habits of combinations(WRITERS)) {
    if (habits.length < 3) continue;
    const bytes = bytesOf(source, Object.assign({}, ...habits.map(({ writing }) => writing)));
    if (bytes) yield { mistakes: [asOne(habits)], bytes };
  }
}

function* combinations(groups: readonly (readonly (BodyMistake | undefined)[])[]): Generator<BodyMistake[]> {
  const [first, ...rest] = groups;
  if (!first) {
    yield [];
    return;
  }
  for (const others of combinations(rest)) for (const one of first) yield one ? [one, ...others] : others;
}

function asOne(habits: readonly BodyMistake[]): Mistake {
  return {
    name: "body-sent-otherwise",
    found: `the body was hashed as another JSON writer writes it: ${habits.map(({ found }) => found).join("; ")}`,
    fix: "write the body once, and hash and send the same text",
  };
}
