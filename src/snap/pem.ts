// RSA keys as Node has them: read from PEM text as it comes out of files, environment variables, forms and Windows.
import { createPrivateKey, createPublicKey, KeyObject } from "node:crypto";
import { typeError } from "../util/errors.ts";
import type { RsaKeyObject } from "./keys.ts";

/** Node's own key for a private key that is given as text or as a KeyObject. */
export function privateKeyOf(key: string | RsaKeyObject): KeyObject {
  if (typeof key !== "string") return checkKey(key, "private");
  const { label, text } = readPem(key, "private");
  if (label.endsWith("PUBLIC KEY")) throw keyError("private", "is a public key; pass the private key of the pair");
  if (label === "CERTIFICATE") throw keyError("private", "is a certificate; pass the private key that belongs to it");
  if (label.startsWith("ENCRYPTED") || text.includes("Proc-Type"))
    throw keyError("private", "is encrypted; pass crypto.createPrivateKey({ key, passphrase }) instead");
  return checkKey(
    parsed("private", () => createPrivateKey(text)),
    "private",
  );
}

/** Node's own key for a public key that is given as text or as a KeyObject. */
export function publicKeyOf(key: string | RsaKeyObject): KeyObject {
  if (typeof key !== "string") return checkKey(key, "public");
  const { label, text } = readPem(key, "public");
  // node:crypto would derive the public key from it, and nobody would notice that a private key went astray
  if (label.endsWith("PRIVATE KEY")) throw keyError("public", "is a private key; pass the public key of the pair");
  return checkKey(
    parsed("public", () => createPublicKey(text)),
    "public",
  );
}

type Half = "private" | "public";

const EXPECTED: Readonly<Record<Half, string>> = {
  private: "privateKey must be an RSA private key in PEM form (PKCS#1 or PKCS#8)",
  public: "publicKey must be an RSA public key in PEM form (SPKI, PKCS#1 or X.509 certificate)",
};

/** OpenSSL's own error is left out on purpose: this one may be logged. */
function keyError(half: Half, found: string): TypeError {
  return typeError("ERR_SNAP_INVALID_KEY", `${EXPECTED[half]}, but ${found}.`);
}

function parsed(half: Half, parse: () => KeyObject): KeyObject {
  try {
    return parse();
  } catch {
    throw keyError(half, "what stands between its BEGIN and END lines cannot be read; copy the whole file");
  }
}

/** Finds the first PEM block and writes it out again. */
function readPem(pem: string, half: Half): { label: string; text: string } {
  const [, label = "", content = ""] = /-----BEGIN ([A-Z\d ]+)-----([\s\S]*?)-----END \1-----/.exec(pem) ?? [];
  if (!label) throw keyError(half, "has no BEGIN and END lines; pass the text of the file, not its name");
  const base64 = content.replace(/\\[rn]|\s/g, "");
  return { label, text: `-----BEGIN ${label}-----\n${base64}\n-----END ${label}-----\n` };
}

function checkKey(key: unknown, half: Half): KeyObject {
  if (!(key instanceof KeyObject)) throw keyError(half, "is neither text nor a KeyObject");
  if (key.type !== half) throw keyError(half, `is a ${key.type} key`);
  if (key.asymmetricKeyType !== "rsa") throw keyError(half, `is a key of the kind ${key.asymmetricKeyType}`);
  return key;
}
