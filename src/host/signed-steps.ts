// A refused signature, step by step: what came beside what it was verified against. It holds no secret and no token, and no
// signature that would pass: who may read the console may not sign.
import { hashBody, hashOf, stringToSign, type VerifyInput } from "../snap/signature.ts";
import { masked } from "./masking.ts";

/** A part of what is signed: as it came, and as the signature must have it. */
export interface SignedPart {
  readonly part: string;
  readonly sent: string;
  readonly expected: string;
}

/** The steps to one signature. */
export interface SignedSteps {
  readonly kind: VerifyInput["type"];
  readonly parts: readonly SignedPart[];
  /** The text that must be signed, with the token masked. */
  readonly stringToSign: string;
}

/** Longer than an HMAC-SHA512 gets in any encoding, shorter than an RSA signature. */
const BETWEEN_HMAC_AND_RSA = 250;
const ALGORITHMS = {
  symmetric: "HMAC-SHA512 with the client secret; in Base64 88 characters",
  asymmetric: "SHA256withRSA with your private key; in Base64 344 characters for 2048 bits",
  token: "SHA256withRSA with your private key; in Base64 344 characters for 2048 bits",
} as const;

/** The steps, from what was verified in vain with one key or another; undefined where nothing could be. */
export function stepsOf(inputs: readonly VerifyInput[]): SignedSteps | undefined {
  const isRsa = (inputs[0]?.signature.length ?? 0) > BETWEEN_HMAC_AND_RSA;
  const input = inputs.find(({ type }) => (type !== "symmetric") === isRsa) ?? inputs[0];
  if (!input) return undefined;
  const { type, signature } = input;
  const same = (part: string, value: string) => ({ part, sent: value, expected: value });
  const parts = type === "token" ? [same("client key", input.clientKey)] : partsOf(input, same);
  return {
    kind: type,
    parts: [
      ...parts,
      same("timestamp", input.timestamp),
      { part: "signature", sent: masked(signature), expected: ALGORITHMS[type] },
    ],
    stringToSign: textOf(input),
  };
}

function partsOf(
  input: Exclude<VerifyInput, { type: "token" }>,
  same: (part: string, value: string) => SignedPart,
): SignedPart[] {
  const { method, path, body } = input;
  return [
    same("method", method.toUpperCase()),
    same("path", path),
    ...(input.type === "symmetric" ? [same("access token", masked(input.accessToken))] : []),
    { part: "SHA-256 of the body", sent: `as it came: ${hashOf(body)}`, expected: `minified: ${hashBody(body)}` },
  ];
}

/** The string to sign; what it cannot be made of has no signature either. */
function textOf(input: VerifyInput): string {
  try {
    return stringToSign(input.type === "symmetric" ? { ...input, accessToken: masked(input.accessToken) } : input);
  } catch {
    return "";
  }
}
