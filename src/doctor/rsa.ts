// What an RSA signature shows to those who have the public key: the digest inside, and the algorithm that made it.
import { constants, hash, type KeyObject, publicDecrypt, verify } from "node:crypto";
import type { Reading } from "./readings.ts";
import { digestWith, type Mistake, type Recipe, textOf } from "./recipe.ts";

/** What the public key finds inside an RSA signature. */
export interface Opened {
  seal: Recipe["seal"];
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

/** Opens each reading of a signature that was made with the private key of the pair. */
export function openAll(readings: Reading[], publicKey: KeyObject): Opened[] {
  // a text may be read in several ways that come to the same bytes
  const different = readings.filter(({ bytes }, at) => readings.findIndex((other) => other.bytes.equals(bytes)) === at);
  return different.flatMap(({ bytes, mistake }) => {
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
    seal: (text) => (isHex ? hash("sha256", text, "hex") : Buffer.from(text).toString("latin1")),
    digest: inside,
    mistakes,
  };
}

function otherRsa(found: string): Mistake {
  return { name: "rsa-algorithm", found, fix: "use SHA256withRSA (RSASSA-PKCS1-v1_5 with SHA-256)" };
}

/** Whether what a recipe signs is signed with RSA-PSS; undefined where no reading has the length for it. */
export function verifiesAsPss(readings: Reading[], publicKey: KeyObject): ((recipe: Recipe) => boolean) | undefined {
  const { modulusLength = 0 } = publicKey.asymmetricKeyDetails ?? {};
  const long = readings.filter(({ bytes }) => bytes.length === Math.ceil(modulusLength / 8));
  if (long.length === 0) return undefined;
  const key = {
    key: publicKey,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_AUTO,
  };
  return (recipe) => {
    const text = Buffer.from(textOf(recipe));
    return long.some(({ bytes }) => verify("sha256", text, key, bytes));
  };
}
