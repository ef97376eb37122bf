// Fills the requests of the list: `$names` become values, fields are set and taken out by their dotted names.

/** A JSON object. */
export type Fields = Record<string, unknown>;

/** Finds the value of a name without its `$`; undefined where there is none. */
export type Lookup = (name: string) => unknown;

/** Every `$name` in a value. */
export function namesIn(value: unknown): string[] {
  if (typeof value === "string") return value.startsWith("$") ? [value.slice(1)] : [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(namesIn) : [];
}

/** A request with its names filled in. A field whose value is not there is left out, and so is an object that lacks one. */
export function filled(template: Readonly<Fields>, lookup: Lookup): Fields {
  const entries = Object.entries(template).map(([name, value]) => [name, valueIn(value, lookup)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function valueIn(value: unknown, lookup: Lookup): unknown {
  if (typeof value === "string") return value.startsWith("$") ? lookup(value.slice(1)) : value;
  if (!isFields(value)) return value;
  const members = filled(value, lookup);
  return Object.keys(members).length < Object.keys(value).length ? undefined : members;
}

/** The value at a dotted name. */
export function fieldAt(body: unknown, path: string): unknown {
  let at = body;
  for (const name of path.split(".")) at = isFields(at) && Object.hasOwn(at, name) ? at[name] : undefined;
  return at;
}

/** A body with another value at a dotted name; undefined takes the field out. */
export function withField(body: Readonly<Fields>, path: string, value: unknown): Fields {
  const [name = "", ...rest] = path.split(".");
  const inner = body[name];
  const next = rest.length > 0 ? withField(isFields(inner) ? inner : {}, rest.join("."), value) : value;
  const { [name]: _, ...others } = body;
  // in its old place, so that a message names what comes first
  return next === undefined ? others : { ...body, [name]: next };
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
