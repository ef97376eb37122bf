// Seeded random inputs: the same seed gives the same bodies on every machine.

/** A source of random numbers. */
export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** An integer from 0 up to, not including, the limit. */
  below(limit: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
}
export type Body = Record<string, unknown>;

/** The generator known as mulberry32. */
export function seeded(seed: number): Random {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    chance: (probability) => next() < probability,
    pick: (list) => list[below(list.length)] as never,
  };
}

/** A copy of a list in random order. */
export function shuffled<T>(random: Random, list: readonly T[]): T[] {
  const keyed = list.map((item) => ({ item, key: random.next() }));
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}

const isObject = (value: unknown): value is Body =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A copy with a field set, its parents made where they lack, or taken out where the value is undefined. */
export function withField(body: Body, path: string, value: unknown): Body {
  const [head = "", ...rest] = path.split(".");
  const copy = { ...body };
  const inner = isObject(body[head]) ? body[head] : {};
  const next = rest.length > 0 ? withField(inner, rest.join("."), value) : value;
  if (next === undefined) delete copy[head];
  // an assignment to __proto__ would not make a property
  else Object.defineProperty(copy, head, { value: next, enumerable: true, configurable: true, writable: true });
  return copy;
}

/** The value of a dotted path; undefined where there is none. */
export function fieldAt(body: unknown, path: string): unknown {
  let at = body;
  for (const name of path.split(".")) {
    if (!isObject(at) || !Object.hasOwn(at, name)) return undefined;
    at = at[name];
  }
  return at;
}

/** The same body with its properties, and those of the objects in it, in another order. */
export function reordered(body: unknown, order: (names: string[]) => string[]): unknown {
  if (!isObject(body)) return body;
  let copy: Body = {};
  for (const name of order(Object.keys(body))) copy = withField(copy, name, reordered(body[name], order));
  return copy;
}

const ODD_KEYS = [
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "length",
  "",
  "a.b",
  "a/b~c",
  "😀",
  "\ud800",
];
const CHARACTERS = [
  "a",
  "Z",
  "0",
  " ",
  ".",
  "\n",
  "\u0000",
  "é",
  "٣",
  "漢",
  "😀",
  "\u{10ffff}",
  "\ud800",
  "\udc00",
  "\u2028",
];

/** A text of so many characters, some of them beyond the first plane, some of them half a character. */
export function randomText(random: Random, length: number): string {
  const one = random.pick(CHARACTERS);
  if (random.chance(0.5)) return one.repeat(length);
  // a high surrogate before a low one would be one character
  return Array.from({ length }, () => random.pick(CHARACTERS.slice(0, -3))).join("");
}

/** Any JSON value. */
export function randomJson(random: Random, depth = 3): unknown {
  const kind = random.below(depth > 0 ? 8 : 6);
  if (kind === 0) return null;
  if (kind === 1) return random.chance(0.5);
  if (kind === 2) return random.pick([0, -0, 1, -1, 1.5, 54, 1e21, Number.MAX_SAFE_INTEGER, random.next() * 1e6]);
  if (kind < 6) return randomText(random, random.below(9));
  const size = random.below(4);
  if (kind === 6) return Array.from({ length: size }, () => randomJson(random, depth - 1));
  let object: Body = {};
  for (let count = 0; count < size; count += 1) {
    const key = random.chance(0.3) ? random.pick(ODD_KEYS) : randomText(random, 1 + random.below(3));
    // withField takes a dotted key apart, which is as good
    object = withField(object, key, randomJson(random, depth - 1));
  }
  return object;
}

/** A time, right more often than not: a number out of its range, or another form, now and then. */
export function randomTime(random: Random): string {
  const two = (limit: number) => String(random.below(limit)).padStart(2, "0");
  const form = random.below(8);
  const slack = random.chance(0.3) ? 40 : 0;
  const anyDay = `${slack ? two(14) : `0${1 + random.below(9)}`}-${slack ? two(33) : `1${random.below(10)}`}`;
  const lastDay = random.pick(["02-28", "02-29", "02-30", "04-30", "04-31", "11-30", "11-31", "12-31"]);
  const date = `${1900 + random.below(300)}-${random.chance(0.2) ? lastDay : anyDay}`;
  const time = `${two(24 + (slack && 1))}:${two(60 + (slack && 3))}:${two(60 + (slack && 3))}`;
  const offset = random.pick(["Z", `+${two(24)}:${two(60)}`, `-${two(24)}:00`, slack ? "+24:00" : "+07:00"]);
  if (form === 0) return `${date} ${time}${offset}`;
  if (form === 1) return `${date}T${time}${random.pick(["", ".5Z", "+0700", "z", "Z\n", " Z"])}`;
  return `${date}T${time}${offset}`;
}

/** What `mutated` draws from. */
export interface Material {
  /** The fields that the body may have, dotted, and their published lengths. */
  fields: readonly { path: string; length: number | undefined }[];
  /** Other bodies, to take values from. */
  donors: readonly unknown[];
}

/** The body with one thing about it changed, for better or worse. */
export function mutated(random: Random, body: unknown, { fields, donors }: Material): unknown {
  if (!isObject(body) || fields.length === 0) return random.pick(donors);
  const { path, length } = random.pick(fields);
  const other = random.pick(fields).path;
  const bounded = length ?? random.pick([1, 2, 3, 7, 19, 25, 32, 64]);
  switch (random.below(16)) {
    case 0:
      return withField(body, path, undefined);
    case 1:
      return withField(body, path, null);
    case 2:
      return withField(body, path, "");
    case 3:
      return withField(body, path, random.pick([0, 54, 2006000, true, false, [], {}, [""], { value: "1.00" }]));
    case 4:
    case 5:
      return withField(body, path, randomText(random, Math.max(0, bounded - random.below(2))));
    case 6:
      return withField(body, path, randomText(random, bounded + 1));
    case 7:
      return withField(body, path, randomTime(random));
    case 8:
      return withField(body, random.pick([...ODD_KEYS, "somethingElse"]), randomJson(random));
    case 9:
      return withField(body, random.pick(["additionalInfo", "items", "additionalInfo.deep"]), randomJson(random, 5));
    case 10:
      return withField(withField(body, path, fieldAt(body, other)), other, fieldAt(body, path));
    case 11:
    case 12:
    case 13:
      return withField(body, path, fieldAt(random.pick(donors), path));
    case 14:
      return withField(body, path, fieldAt(random.pick(donors), other));
    default: {
      const text = fieldAt(body, path);
      if (typeof text !== "string") return reordered(body, (names) => names.reverse());
      return withField(
        body,
        path,
        random.pick([`${text} `, `${text}\n`, text.slice(1), text.toLowerCase(), `${text}\ud83d`]),
      );
    }
  }
}
