// What can be said of a wrong signature that no known mistake explains.
import type { Reading } from "./readings.ts";
import type { Check } from "./recipe.ts";

const HMAC_BYTES: Readonly<Record<number, string>> = {
  16: "HMAC-MD5",
  20: "HMAC-SHA1",
  32: "HMAC-SHA256",
  48: "HMAC-SHA384",
  64: "HMAC-SHA512",
};

/** What length and key show. */
export function remarksOn({ type, publicKey }: Check, readings: Reading[], opened: boolean): string[] {
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
