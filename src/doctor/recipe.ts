// How a signature is made, step by step, so that a mistake is another value for one of the steps.
import { createHash, createHmac, hash, type KeyObject } from "node:crypto";

/** A request, and the signature that was found wrong for it. */
export interface Check {
  type: "symmetric" | "asymmetric" | "token";
  method: string;
  path: string;
  body: Uint8Array;
  timestamp: string;
  accessToken: string | undefined;
  clientKey: string | undefined;
  /** Scheme and host of the receiver, and its base path where it has one. */
  baseUrl: string | undefined;
  signature: string;
  /** What symmetric signatures are made with; for the other types, to see whether one was sent in their place. */
  clientSecret: string | undefined;
  /** What the other types are checked with. */
  publicKey: KeyObject | undefined;
  /** The paths of all operations, to see whether another one's was signed; those of the published contract by default. */
  paths?: readonly string[];
}

/** One mistake that explains a wrong signature. */
export interface Mistake {
  name: string;
  /** What was done. */
  found: string;
  /** What to do instead. */
  fix: string;
  /** Which companies ask for it all the same, beside the standard. */
  askedBy?: string;
}

/** What a string to sign is put together from. */
export type Part = "method" | "target" | "token" | "hash" | "timestamp" | "clientKey";

/** How a signature is made, step by step. A mistake is another value for one of the steps. */
export interface Recipe {
  method: string;
  /** What stands before the path: nothing, if all is well. */
  url: string;
  /** Without its query. */
  path: string;
  /** With its question mark; empty where there is none. */
  query: string;
  token: string | undefined;
  clientKey: string | undefined;
  body: Uint8Array;
  hashOf(body: Uint8Array): string | undefined;
  timestamp: string;
  /** The parts of the string to sign, in their order. One that is undefined is left out together with its separator. */
  parts: readonly Part[];
  separator: string;
  /** What is done to the string to sign before it is signed: nothing, if all is well. */
  finish(text: string): string;
  secret: string | Buffer;
  /** The signature's bytes, a character each, for they are compared with many others. */
  seal(text: string, secret: string | Buffer): string;
}

/** What a mistake makes of a recipe, in one of its varieties. */
export interface Change extends Partial<Recipe> {
  /** What its description says of this variety. */
  said?: string;
  /** Who asks for this variety. */
  askedBy?: string;
  /** It is one of too many to be tried together with another mistake. */
  alone?: boolean;
}

/** A mistake, as a table has it. */
export interface Mutation {
  name: string;
  found: string | ((change: Change) => string);
  fix: string;
  /** What the mistake makes of its step, in its varieties. */
  changes(recipe: Recipe, check: Check): Change[];
}

/** The parts that each kind of signature is made over. */
export const PARTS: Readonly<Record<Check["type"], readonly Part[]>> = {
  symmetric: ["method", "target", "token", "hash", "timestamp"],
  asymmetric: ["method", "target", "hash", "timestamp"],
  token: ["clientKey", "timestamp"],
};
export const SEPARATORS: Readonly<Record<Check["type"], string>> = { symmetric: ":", asymmetric: ":", token: "|" };

/** The text that a recipe signs. */
export function textOf(recipe: Recipe): string {
  let text = "";
  let isFirst = true;
  for (const part of recipe.parts) {
    const value = partOf(part, recipe);
    if (value === undefined) continue;
    text += isFirst ? value : recipe.separator + value;
    isFirst = false;
  }
  return recipe.finish(text);
}

function partOf(part: Part, recipe: Recipe): string | undefined {
  if (part === "target") return recipe.url + recipe.path + recipe.query;
  return part === "hash" ? recipe.hashOf(recipe.body) : recipe[part];
}

/** The bytes of the signature that a recipe makes, a character each. */
export const make = (recipe: Recipe): string => recipe.seal(textOf(recipe), recipe.secret);

/** An HMAC, as a step of a recipe. */
export const hmacWith =
  (algorithm: string): Recipe["seal"] =>
  (text, secret) =>
    createHmac(algorithm, secret).update(text).digest("binary");

/** A hash without a key, as a step of a recipe. */
export const digestWith =
  (algorithm: string): Recipe["seal"] =>
  (text) =>
    createHash(algorithm).update(text).digest("binary");

/** A way to hash bodies that hashes each of them once, however many recipes it is part of. */
export function hashing(make: (body: Uint8Array) => string | undefined): Recipe["hashOf"] {
  const known = new WeakMap<Uint8Array, string | undefined>();
  return (body) => {
    if (!known.has(body)) known.set(body, make(body));
    return known.get(body);
  };
}
export const sha256 = hashing((body) => hash("sha256", body, "hex"));
