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
}

/** One mistake that explains a wrong signature. */
export interface Mistake {
  name: string;
  /** What was done. */
  found: string;
  /** What to do instead. */
  fix: string;
}

/** How a signature is made, step by step. A mistake is another value for one of the steps. */
export interface Recipe {
  method: string;
  /** What stands before the path: nothing, if all is well. */
  url: string;
  path: string;
  token: string | undefined;
  clientKey: string | undefined;
  body: Uint8Array;
  hashOf(body: Uint8Array): string | undefined;
  timestamp: string;
  /** Puts the string to sign together. */
  layout(recipe: Recipe): string;
  /** What is done to the string to sign before it is signed: nothing, if all is well. */
  finish(text: string): string;
  secret: string | Buffer;
  seal(text: string, secret: string | Buffer): Buffer;
}
export type Change = Partial<Recipe>;

export interface Mutation {
  name: string;
  /** The step; two mistakes of one step cannot come together. */
  step: keyof Recipe;
  found: string | ((change: Change) => string);
  fix: string;
  /** What the mistake makes of its step, in its varieties. */
  changes(recipe: Recipe, check: Check): Change[];
  /** It has too many varieties to be tried together with another mistake. */
  alone?: true;
}

const SYMMETRIC = (r: Recipe) => joined(":", r.method, r.url + r.path, r.token, r.hashOf(r.body), r.timestamp);
const ASYMMETRIC = (r: Recipe) => joined(":", r.method, r.url + r.path, r.hashOf(r.body), r.timestamp);
const TOKEN = (r: Recipe) => joined("|", r.clientKey, r.timestamp);
export const LAYOUTS = { symmetric: SYMMETRIC, asymmetric: ASYMMETRIC, token: TOKEN };

// a step that is undefined is left out together with its separator
export function joined(separator: string, ...parts: (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(separator);
}

export const hmacWith = (algorithm: string) => (text: string, secret: string | Buffer) =>
  createHmac(algorithm, secret).update(text).digest();
export const digestWith = (algorithm: string) => (text: string) => createHash(algorithm).update(text).digest();

/** A way to hash bodies that hashes each of them once, however many recipes it is part of. */
export function hashing(make: (body: Uint8Array) => string | undefined): Recipe["hashOf"] {
  const known = new WeakMap<Uint8Array, string | undefined>();
  return (body) => {
    if (!known.has(body)) known.set(body, make(body));
    return known.get(body);
  };
}
export const sha256 = hashing((body) => hash("sha256", body, "hex"));
