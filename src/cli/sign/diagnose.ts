// What a wrong signature was probably made from: the usual mistakes, tried one by one and two by two.
import { constants, hash, type KeyObject, publicDecrypt, verify } from "node:crypto";
import { minifyJson } from "../../snap/signature.ts";
import { MUTATIONS } from "./mistakes.ts";
import {
  type Change,
  type Check,
  digestWith,
  hmacWith,
  LAYOUTS,
  type Mistake,
  type Mutation,
  type Recipe,
  sha256,
} from "./recipe.ts";
import { type Reading, readingsOf } from "./text-mistakes.ts";

/** What could be told. */
export interface Diagnosis {
  /** Explanations, each of one mistake or a few at once; any of them gives exactly this signature. Empty when none was found. */
  explanations: Mistake[][];
  /** What the signature shows all the same. */
  remarks: string[];
  /** How many ways to make it were tried. */
  tried: number;
}

// ---- the search

/** What the signature's bytes can be compared with. */
interface Target {
  recipe: Recipe;
  /** What a recipe may seal, and what else is wrong then. */
  readings: { sealed: Buffer; mistakes: Mistake[] }[];
}

/**
 * Tells what a wrong signature was probably made from. Call it for one that `verify` refused.
 * @returns the explanations with the fewest mistakes; none when it cannot be told
 */
export function diagnose(check: Check): Diagnosis {
  const readings = readingsOf(check.signature);
  const opened = check.publicKey ? openAll(readings, check.publicKey) : [];
  const diagnosis: Diagnosis = { explanations: [], remarks: [], tried: 0 };
  for (const target of targetsOf(check, readings, opened)) {
    const { explanations, tried } = search(target, check);
    diagnosis.tried += tried;
    diagnosis.explanations.push(...explanations);
    if (explanations.length) return diagnosis;
  }
  if (check.publicKey) diagnosis.explanations.push(...pssIn(check, readings, check.publicKey));
  if (!diagnosis.explanations.length) diagnosis.remarks.push(...remarksOn(check, readings, opened.length > 0));
  return diagnosis;
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
  return {
    ...{ method: method.toUpperCase(), url: "", path, token: accessToken, clientKey, timestamp },
    ...{ body: minifyJson(body), hashOf: sha256, layout: LAYOUTS[type], finish: (text) => text },
    ...{ secret: "", seal: digestWith("sha256") },
  };
}

function make(recipe: Recipe): Buffer {
  return recipe.seal(recipe.finish(recipe.layout(recipe)), recipe.secret);
}

const key = (bytes: Buffer) => bytes.toString("latin1");

function search({ recipe, readings }: Target, check: Check): { explanations: Mistake[][]; tried: number } {
  const wanted = new Map<string, Mistake[]>();
  // the first reading of the same bytes has the fewest mistakes
  for (const { sealed, mistakes } of readings) if (!wanted.has(key(sealed))) wanted.set(key(sealed), mistakes);
  const right = make(recipe);
  const others = wanted.get(key(right));
  if (others) return { explanations: [others], tried: 1 };
  const cut = cutOff(right, readings, recipe);
  if (cut) return { explanations: [[cut]], tried: 1 };

  const isRsa = check.publicKey !== undefined && recipe.secret === "";
  const steps = changesOf(recipe, check, isRsa, right);
  let tried = 1 + steps.length;
  const found = steps.flatMap(({ mistake, made }) => {
    const its = wanted.get(key(made));
    return its ? [[mistake, ...its]] : [];
  });
  if (found.length) return { explanations: distinct(found), tried };

  const paired = steps.filter(({ mutation }) => !mutation.alone);
  for (const [at, first] of paired.entries()) {
    for (const second of paired.slice(at + 1)) {
      if (first.mutation.step === second.mutation.step) continue;
      tried += 1;
      const its = wanted.get(key(make({ ...recipe, ...first.change, ...second.change })));
      if (its) found.push([first.mistake, second.mistake, ...its]);
    }
  }
  return { explanations: distinct(found), tried };
}

interface Step {
  mutation: Mutation;
  change: Change;
  mistake: Mistake;
  made: Buffer;
}

/** Every single mistake that makes another signature out of a recipe. */
function changesOf(recipe: Recipe, check: Check, isRsa: boolean, right: Buffer): Step[] {
  const known = new Set([key(right)]);
  const steps: Step[] = [];
  for (const mutation of MUTATIONS) {
    if (isRsa && (mutation.step === "secret" || mutation.step === "seal")) continue;
    for (const change of mutation.changes(recipe, check)) {
      const made = make({ ...recipe, ...change });
      if (known.has(key(made))) continue;
      known.add(key(made));
      const { name, found, fix } = mutation;
      const mistake = { name, found: typeof found === "string" ? found : found(change), fix };
      steps.push({ mutation, change, mistake, made });
    }
  }
  return steps;
}

/** The first three explanations that name different mistakes. */
function distinct(explanations: Mistake[][]): Mistake[][] {
  const byName = new Map(explanations.map((its) => [its.map(({ name }) => name).join(), its] as const).reverse());
  return [...byName.values()].reverse().slice(0, 3);
}

/** Whether a reading is the beginning of what it must be, or goes on after it. Six equal bytes are not chance. */
function cutOff(right: Buffer, readings: Target["readings"], { secret }: Recipe): Mistake | undefined {
  if (secret === "") return undefined;
  for (const { sealed } of readings) {
    const common = Math.min(sealed.length, right.length);
    if (sealed.length === right.length || common < 6 || !sealed.subarray(0, common).equals(right.subarray(0, common)))
      continue;
    return sealed.length < right.length
      ? { name: "signature-cut-off", found: "the end of the signature is missing", fix: "send all of it" }
      : { name: "signature-too-long", found: "something follows the signature", fix: "send the signature alone" };
  }
  return undefined;
}

// ---- RSA

/** What the public key finds inside an RSA signature. */
interface Opened {
  seal(text: string): Buffer;
  digest: Buffer;
  mistakes: Mistake[];
}

/** How PKCS#1 v1.5 names the algorithm before the digest. */
const DIGEST_INFOS = Object.entries({
  sha256: "3031300d060960864801650304020105000420",
  sha512: "3051300d060960864801650304020305000440",
  sha384: "3041300d060960864801650304020205000430",
  sha224: "302d300d06096086480165030402040500041c",
  sha1: "3021300906052b0e03021a05000414",
  md5: "3020300c06082a864886f70d020505000410",
}).map(([algorithm, prefix]) => ({ algorithm, prefix: Buffer.from(prefix, "hex") }));

function openAll(readings: Reading[], publicKey: KeyObject): Opened[] {
  return readings.flatMap(({ bytes, mistake }) => {
    try {
      const inside = publicDecrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, bytes);
      const opened = openedFrom(inside);
      return [{ ...opened, mistakes: [...opened.mistakes, ...(mistake ? [mistake] : [])] }];
    } catch {
      // not made with the private key of the pair
      return [];
    }
  });
}

function openedFrom(inside: Buffer): Opened {
  const known = DIGEST_INFOS.find(({ prefix }) => inside.subarray(0, prefix.length).equals(prefix));
  if (known) {
    const { algorithm, prefix } = known;
    const mistakes = algorithm === "sha256" ? [] : [otherRsa(`it was made with ${algorithm.toUpperCase()}withRSA`)];
    return { seal: digestWith(algorithm), digest: inside.subarray(prefix.length), mistakes };
  }
  const mistakes = [
    otherRsa("the private key was used on the bare hash, or on the text itself, without PKCS#1's signature format"),
  ];
  if (inside.length === 32) return { seal: digestWith("sha256"), digest: inside, mistakes };
  const isHex = /^[\da-f]{64}$/.test(inside.toString("latin1"));
  return {
    seal: (text) => (isHex ? Buffer.from(hash("sha256", text, "hex")) : Buffer.from(text)),
    digest: inside,
    mistakes,
  };
}

function otherRsa(found: string): Mistake {
  return { name: "rsa-algorithm", found, fix: "use SHA256withRSA (RSASSA-PKCS1-v1_5 with SHA-256)" };
}

/** PSS cannot be opened, only verified; so single mistakes are tried, and not all of them. */
function pssIn(check: Check, readings: Reading[], publicKey: KeyObject): Mistake[][] {
  const recipe = recipeOf(check);
  const padding = {
    key: publicKey,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_AUTO,
  };
  const fits = (text: string) => readings.some(({ bytes }) => verify("sha256", Buffer.from(text), padding, bytes));
  const pss = otherRsa("it was made with RSA-PSS");
  if (fits(recipe.layout(recipe))) return [[pss]];
  const steps = changesOf(recipe, check, true, make(recipe)).filter(({ mutation }) => !mutation.alone);
  const step = steps.find(({ change }) => {
    const changed = { ...recipe, ...change };
    return fits(changed.finish(changed.layout(changed)));
  });
  return step ? [[pss, step.mistake]] : [];
}

// ---- what can be said without an explanation

const HMAC_BYTES: Readonly<Record<number, string>> = {
  16: "HMAC-MD5",
  20: "HMAC-SHA1",
  32: "HMAC-SHA256",
  48: "HMAC-SHA384",
  64: "HMAC-SHA512",
};

function remarksOn({ type, publicKey }: Check, readings: Reading[], opened: boolean): string[] {
  if (opened) return ["It was made with the right private key, over another string to sign."];
  const lengths = [...new Set(readings.filter(({ mistake }) => !mistake).map(({ bytes }) => bytes.length))];
  const [length] = lengths;
  if (length === undefined) return ["It is neither Base64 nor hex, so it was changed or cut off on its way."];
  const expected = publicKey ? Math.ceil((publicKey.asymmetricKeyDetails?.modulusLength ?? 0) / 8) : 64;
  if (lengths.includes(expected))
    return publicKey
      ? ["It was not made with the private key that belongs to this public key, or was changed on its way."]
      : ["It has the length of an HMAC-SHA512, as it must."];
  const needed = `The ${type === "token" ? "token request's" : type} signature has ${expected} bytes${publicKey ? " with this key" : ""}; this one has ${lengths.join(" or ")}`;
  const hmac = lengths.map((its) => HMAC_BYTES[its]).find(Boolean);
  if (hmac) return [`${needed}, as ${hmac} has.`];
  if (lengths.some((its) => [128, 256, 384, 512].includes(its)))
    return [
      `${needed}, as an RSA signature has: ${publicKey ? "of a key of another length" : "check it with --public-key"}.`,
    ];
  return [`${needed}: it was changed or cut off on its way.`];
}
