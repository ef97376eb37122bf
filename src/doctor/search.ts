// What a wrong signature was probably made from: the usual mistakes, tried one by one, two by two, and over every order of the body.
import type { KeyObject } from "node:crypto";
import { minifyJson } from "../snap/signature.ts";
import { doubleForms, type Form, type Source, singleForms, sourceOf, writerForms } from "./body-forms.ts";
import { written } from "./json-tree.ts";
import { ordersOf } from "./key-orders.ts";
import { MUTATIONS } from "./mistakes.ts";
import { type Reading, readingsOf } from "./readings.ts";
import {
  type Change,
  type Check,
  digestWith,
  hmacWith,
  type Mistake,
  make,
  PARTS,
  type Recipe,
  SEPARATORS,
  sha256,
} from "./recipe.ts";
import { remarksOn } from "./remarks.ts";
import { type Opened, openAll, verifiesAsPss } from "./rsa.ts";

/** What could be told. */
export interface Diagnosis {
  /** Explanations, each of one mistake or a few at once; any of them gives exactly this signature. Empty when none was found. */
  explanations: Mistake[][];
  /** What the signature shows all the same. */
  remarks: string[];
  /** How many ways to make it were tried. */
  tried: number;
  /** Whether all was tried that is known, and not only what there was time for. */
  complete: boolean;
}

/** How many ways are tried at most, whatever time there is. */
export const MAX_TRIED = 500_000;
/** How many explanations are told. */
const MAX_EXPLANATIONS = 3;
/** How many orders of the body are tried before two mistakes are tried together. */
const FIRST_ORDERS = 6_000;
/** After so many attempts the search pauses, for those who have no time. */
const STRIDE = 16;

/** What the signature's bytes can be compared with. */
interface Target {
  recipe: Recipe;
  /** What a recipe may seal, and what else is wrong then. */
  readings: { sealed: Buffer; mistakes: Mistake[] }[];
}

/**
 * Looks for what a wrong signature was made from, and writes into the diagnosis what it finds. It pauses (yields) after every few
 * attempts. The explanations with the fewest mistakes come first, and end it.
 */
export function* search(check: Check, diagnosis: Diagnosis): Generator<void> {
  const readings = readingsOf(check.signature);
  const opened = check.publicKey ? openAll(readings, check.publicKey) : [];
  // what is found takes their place; the search may be ended before
  diagnosis.remarks = remarksOn(check, readings, opened.length > 0);
  yield;
  for (const target of targetsOf(check, readings, opened)) {
    yield* searchTarget(target, check, diagnosis);
    if (diagnosis.explanations.length) break;
  }
  const mayBePss = !diagnosis.explanations.length && opened.length === 0;
  if (mayBePss && check.publicKey) yield* searchPss(check, readings, check.publicKey, diagnosis);
  diagnosis.complete = diagnosis.tried < MAX_TRIED;
}

function targetsOf(check: Check, readings: Reading[], opened: Opened[]): Target[] {
  const plain = readings.map(({ bytes, mistake }) => ({ sealed: bytes, mistakes: mistake ? [mistake] : [] }));
  const { clientSecret: secret } = check;
  const base = recipeOf(check);
  if (check.type === "symmetric" && secret !== undefined)
    return [{ recipe: { ...base, secret, seal: hmacWith("sha512") }, readings: plain }];
  const rsa = opened.map(({ seal, digest, mistakes }) => ({
    recipe: { ...base, seal },
    readings: [{ sealed: digest, mistakes }],
  }));
  if (secret === undefined) return rsa;
  const hmac: Mistake = {
    name: "hmac-for-rsa",
    found: "it is an HMAC with the client secret, as in the symmetric signature",
    fix: "sign with the private key: SHA256withRSA",
  };
  const symmetric = plain.map(({ sealed, mistakes }) => ({ sealed, mistakes: [hmac, ...mistakes] }));
  return [...rsa, { recipe: { ...base, secret, seal: hmacWith("sha512") }, readings: symmetric }];
}

function recipeOf({ type, method, path, accessToken, clientKey, body, timestamp }: Check): Recipe {
  const query = path.indexOf("?");
  return {
    ...{ method: method.toUpperCase(), url: "", token: accessToken, clientKey, timestamp },
    ...(query < 0 ? { path, query: "" } : { path: path.slice(0, query), query: path.slice(query) }),
    ...{ body: minifyJson(body), hashOf: sha256, parts: PARTS[type], separator: SEPARATORS[type] },
    ...{ finish: (text) => text, secret: "", seal: digestWith("sha256") },
  };
}

// ---- one target

/** What a search has at hand. */
interface Search {
  recipe: Recipe;
  check: Check;
  source: Source;
  diagnosis: Diagnosis;
  /** What is wrong with the signature's text if these bytes are made; undefined if they are not the signature's. */
  fits(made: string): Mistake[] | undefined;
}

function* searchTarget({ recipe, readings }: Target, check: Check, diagnosis: Diagnosis): Generator<void> {
  const wanted = new Map<string, Mistake[]>();
  // the first reading of the same bytes has the fewest mistakes
  for (const { sealed, mistakes } of readings)
    if (!wanted.has(sealed.toString("latin1"))) wanted.set(sealed.toString("latin1"), mistakes);
  const fits = (made: string) => {
    diagnosis.tried += 1;
    return wanted.get(made);
  };
  const right = make(recipe);
  const only = fits(right) ?? cutOff(Buffer.from(right, "latin1"), readings, recipe);
  if (only) {
    // without any mistake it is right, and was refused for something else
    tell(diagnosis, only.length ? [only] : []);
    return;
  }
  const parts: Search = { recipe, check, source: sourceOf(check.body), diagnosis, fits };
  const steps = yield* trySteps(parts);
  const paired = steps.filter(({ change }) => !change.alone);
  const orders = ordersIn(parts.source);
  const phases = [
    () => tryForms(parts, taken(orders, FIRST_ORDERS)),
    () => tryForms(parts, doubleForms(parts.source)),
    () => tryForms(parts, writerForms(parts.source)),
    () => tryPairs(parts, paired),
    () => tryForms(parts, orders),
    () => tryFormsWith(parts, writerForms(parts.source), paired),
    () => tryFormsWith(parts, ordersIn(parts.source), paired),
  ];
  for (const phase of phases) {
    if (diagnosis.explanations.length) return;
    yield* phase();
  }
}

/** A single mistake that makes another signature. */
interface Step {
  change: Change;
  /** Which steps of the recipe it concerns, for two mistakes cannot concern the same one. */
  about: string[];
  /** Mistakes that make the same body: any of them may have been made. */
  alternatives: Mistake[][];
}

const NOT_STEPS = new Set(["said", "askedBy", "alone"]);

/** Tries every mistake by itself; those with thousands of varieties if none of the others explains the signature. */
function* trySteps(parts: Search): Generator<void, Step[]> {
  const { recipe, check, diagnosis } = parts;
  const isRsa = check.publicKey !== undefined && recipe.secret === "";
  const known = new Map<string, Step>();
  const right = make(recipe);
  for (const isAlone of [false, true]) {
    const found: Mistake[][] = [];
    for (const { change, mistakes } of isAlone ? stepsOutside(parts) : singleSteps(parts)) {
      if ((change.alone ?? false) !== isAlone || (isRsa && ("secret" in change || "seal" in change))) continue;
      const made = make({ ...recipe, ...change });
      const others = parts.fits(made);
      if (diagnosis.tried % STRIDE === 0 || change.body) yield;
      if (made === right || !isNew(change, mistakes, made, known)) continue;
      if (others) found.push([...mistakes, ...others]);
    }
    tell(diagnosis, found);
    if (diagnosis.explanations.length) break;
  }
  return [...known.values()];
}

/** Keeps a step, or adds it to those that do the same; whether it tells anything new. */
function isNew(change: Change, mistakes: Mistake[], made: string, known: Map<string, Step>): boolean {
  const about = Object.keys(change).filter((key) => !NOT_STEPS.has(key));
  const key = `${about} ${made}`;
  const step = known.get(key);
  if (!step) known.set(key, { change, about, alternatives: [mistakes] });
  // of the other steps the value itself is told, however it came about
  else if (change.body) step.alternatives.push(mistakes);
  return !step || change.body !== undefined;
}

/** A single mistake in one of its varieties. */
interface Single {
  change: Change;
  mistakes: Mistake[];
}

function* singleSteps(parts: Search): Generator<Single> {
  yield* stepsOutside(parts);
  yield* stepsInBody(parts);
}

/** Mistakes in anything but what of the body is hashed. */
function* stepsOutside({ recipe, check }: Search): Generator<Single> {
  for (const mutation of MUTATIONS) {
    for (const change of mutation.changes(recipe, check)) {
      const { name, found, fix } = mutation;
      const { askedBy } = change;
      const mistake = { name, found: typeof found === "string" ? found : found(change), fix };
      yield { change, mistakes: [askedBy === undefined ? mistake : { ...mistake, askedBy }] };
    }
  }
}

function* stepsInBody({ check, source }: Search): Generator<Single> {
  if (check.type === "token") return;
  const asItIs = Buffer.from(check.body);
  for (const { bytes, mistakes } of singleForms(source)) {
    const isAsItIs = asItIs.equals(bytes);
    // what is hashed as it came was not minified, whatever else would make the same of it
    if (isAsItIs && mistakes[0]?.name !== "body-not-minified") continue;
    yield { change: { body: bytes }, mistakes: [...mistakes] };
  }
}

function* tryForms({ recipe, check, diagnosis, fits }: Search, forms: Iterable<Form>): Generator<void> {
  if (check.type === "token") return;
  const found: Mistake[][] = [];
  for (const { bytes, mistakes } of forms) {
    if (diagnosis.tried >= MAX_TRIED) break;
    const others = fits(make({ ...recipe, body: bytes }));
    if (others) found.push([...mistakes, ...others]);
    yield;
  }
  tell(diagnosis, found);
}

/** Tries mistakes two by two, up to the first that fit. */
function* tryPairs({ recipe, diagnosis, fits }: Search, steps: readonly Step[]): Generator<void> {
  for (const [at, first] of steps.entries()) {
    const begun = { ...recipe, ...first.change };
    for (const second of steps.slice(at + 1)) {
      if (second.about.some((step) => first.about.includes(step))) continue;
      const others = fits(make({ ...begun, ...second.change }));
      if (others) tell(diagnosis, bothOf(first, second, others));
      if (diagnosis.explanations.length) return;
      if (diagnosis.tried % STRIDE === 0) yield;
    }
    yield;
  }
}

function bothOf(first: Step, second: Step, others: Mistake[]): Mistake[][] {
  return first.alternatives.flatMap((one) => second.alternatives.map((two) => [...one, ...two, ...others]));
}

/** Tries forms of the body together with a mistake elsewhere, up to the first that fits. */
function* tryFormsWith(
  { recipe, check, diagnosis, fits }: Search,
  forms: Iterable<Form>,
  steps: readonly Step[],
): Generator<void> {
  if (check.type === "token") return;
  const elsewhere = steps.filter(({ about }) => !about.includes("body"));
  for (const { bytes, mistakes } of forms) {
    const begun = { ...recipe, body: bytes };
    for (const step of elsewhere) {
      if (diagnosis.explanations.length || diagnosis.tried >= MAX_TRIED) return;
      const others = fits(make({ ...begun, ...step.change }));
      if (others) tell(diagnosis, bothOf({ ...step, alternatives: [[...mistakes]] }, step, others));
      if (diagnosis.tried % STRIDE === 0) yield;
    }
    yield;
  }
}

/** The body with its names in other orders. */
function* ordersIn({ tree }: Source): Generator<Form> {
  if (!tree) return;
  const mistake: Mistake = {
    name: "body-order",
    found: "the body was hashed with its names in another order than they are sent in",
    fix: "write the body once, and hash and send the same text",
  };
  for (const order of ordersOf(tree)) yield { mistakes: [mistake], bytes: Buffer.from(written(order)) };
}

/** So many of what a generator gives, which goes on behind them for the next who asks. */
function* taken<Item>(items: Generator<Item>, count: number): Generator<Item> {
  for (let left = count; left > 0; left -= 1) {
    const { done, value } = items.next();
    if (done) return;
    yield value;
  }
}

/** Adds explanations that name other mistakes than those that are told already, up to three. */
function tell(diagnosis: Diagnosis, explanations: Mistake[][]): void {
  const namesOf = (mistakes: Mistake[]) => mistakes.map(({ name }) => name).join();
  for (const mistakes of explanations) {
    if (diagnosis.explanations.length === MAX_EXPLANATIONS) return;
    const names = namesOf(mistakes);
    if (!diagnosis.explanations.some((its) => namesOf(its) === names)) diagnosis.explanations.push(mistakes);
    diagnosis.remarks = [];
  }
}

/** Whether a reading is the beginning of what it must be, or goes on after it. Six equal bytes are not chance. */
function cutOff(right: Buffer, readings: Target["readings"], { secret }: Recipe): Mistake[] | undefined {
  if (secret === "") return undefined;
  for (const { sealed } of readings) {
    const common = Math.min(sealed.length, right.length);
    if (sealed.length === right.length || common < 6 || !sealed.subarray(0, common).equals(right.subarray(0, common)))
      continue;
    return sealed.length < right.length
      ? [{ name: "signature-cut-off", found: "the end of the signature is missing", fix: "send all of it" }]
      : [{ name: "signature-too-long", found: "something follows the signature", fix: "send the signature alone" }];
  }
  return undefined;
}

/** PSS cannot be opened, only verified; so single mistakes are tried, and not all of them. */
function* searchPss(check: Check, readings: Reading[], publicKey: KeyObject, diagnosis: Diagnosis): Generator<void> {
  const recipe = recipeOf(check);
  const fits = verifiesAsPss(readings, publicKey);
  if (!fits) return;
  const pss: Mistake = {
    name: "rsa-algorithm",
    found: "it was made with RSA-PSS (SHA-256)",
    fix: "use SHA256withRSA (RSASSA-PKCS1-v1_5 with SHA-256)",
  };
  if (fits(recipe)) {
    tell(diagnosis, [[pss]]);
    return;
  }
  for (const { change, mistakes } of singleSteps({
    recipe,
    check,
    source: sourceOf(check.body),
    diagnosis,
    fits: () => undefined,
  })) {
    if (change.alone || "secret" in change || "seal" in change) continue;
    diagnosis.tried += 1;
    if (fits({ ...recipe, ...change })) {
      tell(diagnosis, [[pss, ...mistakes]]);
      return;
    }
    yield;
  }
}
