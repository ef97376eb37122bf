// How the text of a signature may be read: as Base64 or hex, and as what is left of either after the usual accidents.

import { SIGNATURE_ENCODINGS, signatureBytes } from "../snap/signature.ts";
import { trimmed } from "../util/foreign-text.ts";
import type { Mistake } from "./recipe.ts";

/** Bytes that a signature's text may stand for. */
export interface Reading {
  bytes: Buffer;
  /** What is wrong with the text, if these are the right bytes. */
  mistake: Mistake | undefined;
}

/** What may have happened to the text of a signature, and how to undo it. */
export const TEXT_MISTAKES: readonly (Mistake & { undo(text: string): string[] })[] = [
  {
    name: "signature-white-space",
    found: "white space stands in the signature, such as the line breaks of openssl base64",
    fix: "send it on one line (openssl base64 -A)",
    undo: (text) => [text.replace(/\s+/g, "")],
  },
  {
    name: "signature-plus",
    found: "each + of the signature became a blank, as in a form",
    fix: "do not send it through a form",
    undo: (text) => [text.replace(/ /g, "+")],
  },
  {
    name: "signature-url-encoded",
    found: "the signature is URL-encoded",
    fix: "send the header's value as it is",
    undo: (text) => [decoded(text), decoded(text.replace(/\+/g, " "))],
  },
  {
    name: "signature-label",
    found: "a label, quotes or other signs stand around the signature",
    fix: "send the signature alone, without quotes and without what openssl writes before it",
    undo: (text) => {
      const last =
        text
          .trim()
          .split(/(?<=[^=]=)\s+|:\s+|\s+/)
          .at(-1) ?? "";
      return [last, last.replace(/^0x/i, ""), last.replace(/[:-]/g, "")].flatMap((each) => [
        each,
        trimmed(each, "\"'`<", "\"'`>,;"),
      ]);
    },
  },
  {
    name: "signature-padding",
    found: "the signature's Base64 is padded wrongly, or mixes the two alphabets",
    fix: "write Base64 with + and /, padded with = to a multiple of 4 characters",
    undo: (text) => {
      const bare = trimmed(text, "", "=").replace(/-/g, "+").replace(/_/g, "/");
      return [bare.padEnd(Math.ceil(bare.length / 4) * 4, "=")];
    },
  },
  {
    name: "signature-encoded-twice",
    found: "the signature is encoded twice: Base64 or hex of its hex or Base64 text, in place of its bytes",
    fix: "encode the bytes, once",
    undo: (text) => strictly(text).map((bytes) => bytes.toString("latin1")),
  },
  {
    name: "signature-last-character",
    found: "the last character of the signature's Base64 carries bits that no byte has",
    fix: "copy the signature to its last character",
    undo: (text) => {
      const again = Buffer.from(text, "base64").toString("base64");
      const differing = [...text].filter((character, at) => character !== again[at]).length;
      return again.length === text.length && differing === 1 ? [again] : [];
    },
  },
];

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The bytes of a text in Base64 (either alphabet) or hex (either case), as `verify` reads it; it may be both. */
function strictly(text: string): Buffer[] {
  return SIGNATURE_ENCODINGS.flatMap((encoding) => {
    const bytes = signatureBytes(text, encoding);
    return bytes?.length ? [bytes] : [];
  });
}

/** Every reading of a text, the plain ones first. */
export function readingsOf(signature: string): Reading[] {
  const plain = strictly(signature).map((bytes) => ({ bytes, mistake: undefined }));
  const repaired = TEXT_MISTAKES.flatMap(({ undo, ...mistake }) =>
    undo(signature).flatMap((text) => strictly(text).map((bytes) => ({ bytes, mistake }))),
  );
  return [...plain, ...repaired];
}
