// RSA keys as Node has them: read from text as it comes out of files, environment variables, forms, portals and Windows.
import {
  createPrivateKey,
  createPublicKey,
  KeyObject,
  sign as signRsa,
  verify as verifyRsa,
  X509Certificate,
} from "node:crypto";
import { typeError } from "../util/errors.ts";
import type { KeyOptions, RsaKeyObject } from "./keys.ts";

/** Node's own key for a private key that is given as text or as a KeyObject. A text is proven to be a key that signs. */
export function privateKeyOf(key: string | RsaKeyObject, options: KeyOptions = {}): KeyObject {
  if (typeof key !== "string") return checkKey(key, "private", options);
  const blocks = blocksOf(key, "private");
  const block = blocks.find(({ label }) => label === "" || label.endsWith("PRIVATE KEY"));
  if (!block) throw keyError("private", whatStandsIn(blocks, "private"));
  if (block.isEncrypted)
    throw keyError("private", "is encrypted; pass crypto.createPrivateKey({ key, passphrase }) instead");
  const read = readPrivate(block.der);
  if (read) return proven(checkKey(read, "private", options));
  if (block.label === "" && readPublic(block)) throw keyError("private", IS_OTHER.private);
  throw keyError("private", unreadable(block));
}

/** Node's own key for a public key that is given as text or as a KeyObject; it knows the certificate that it was read from. */
export function publicKeyOf(key: string | RsaKeyObject, options: KeyOptions = {}): KeyObject & RsaKeyObject {
  if (typeof key !== "string") return checkKey(key, "public", options);
  const blocks = blocksOf(key, "public");
  const block = blocks.find(({ label }) => label === "" || /(PUBLIC KEY|CERTIFICATE)$/.test(label));
  // node:crypto would derive the public key from it, and nobody would notice that a private key went astray
  if (blocks.some(({ label }) => label.endsWith("PRIVATE KEY"))) {
    const beside = "holds a private key beside it; pass the certificate or the public key alone";
    throw keyError("public", block ? beside : IS_OTHER.public);
  }
  if (!block) throw keyError("public", whatStandsIn(blocks, "public"));
  const read = readPublic(block);
  if (read) return checkKey(read, "public", options);
  if (readPrivate(block.der)) throw keyError("public", IS_OTHER.public);
  throw keyError("public", unreadable(block));
}

/** A private key that was shown to sign: one changed character may leave a key that loads and signs wrongly. */
export function proven(key: KeyObject): KeyObject {
  const text = Buffer.from("snap-bi-contract");
  const works = attempt(() => verifyRsa("sha256", text, createPublicKey(key), signRsa("sha256", text, key)));
  if (works) return key;
  throw keyError("private", "is damaged: its public half does not verify what it signs; copy the whole file again");
}

type Half = "private" | "public";

/** A key or a certificate in a text: what its BEGIN line calls it (empty for bare Base64), and its bytes. */
interface Block {
  label: string;
  der: Buffer;
  isEncrypted: boolean;
}

const EXPECTED: Readonly<Record<Half, string>> = {
  private: "privateKey must be an RSA private key in PEM form (PKCS#1 or PKCS#8)",
  public: "publicKey must be an RSA public key in PEM form (SPKI, PKCS#1 or X.509 certificate)",
};
const IS_OTHER: Readonly<Record<Half, string>> = {
  private: "is a public key; pass the private key of the pair",
  public: "is a private key; pass the public key of the pair",
};
const NO_LINES = "has no BEGIN and END lines; pass the text of the file, not its name";

/** How many bits an RSA key must have: NIST SP 800-57 and the browsers ask for as many. */
const MIN_BITS = 2048;

/** OpenSSL's own error is left out on purpose: this one may be logged. */
function keyError(half: Half, found: string): TypeError {
  return typeError("ERR_SNAP_INVALID_KEY", `${EXPECTED[half]}, but ${found}.`);
}

const unreadable = ({ label }: Block) =>
  label === ""
    ? "the Base64 text cannot be read as one; copy the whole text, or pass the file with its BEGIN and END lines"
    : "what stands between its BEGIN and END lines cannot be read; copy the whole file";

/** What a text holds that has no key of the half asked for. */
function whatStandsIn(blocks: readonly Block[], half: Half): string {
  const labels = blocks.map(({ label }) => label);
  if (half === "private" && labels.some((label) => label.endsWith("CERTIFICATE")))
    return "is a certificate; pass the private key that belongs to it";
  if (half === "private" && labels.some((label) => label.endsWith("PUBLIC KEY"))) return IS_OTHER.private;
  return labels.length > 0 ? `is ${labels.join(" and ")}; pass the file of the key` : NO_LINES;
}

/** Every PEM block of a text, or the one that bare Base64 is. */
function blocksOf(text: string, half: Half): Block[] {
  const markers = [...text.matchAll(/-----(BEGIN|END) ([A-Z\d ]{1,40})-----/g)];
  const blocks = markers.flatMap((marker, at) => {
    const next = markers[at + 1];
    const [line, kind, label = ""] = marker;
    if (kind !== "BEGIN" || next?.[1] !== "END" || next[2] !== label) return [];
    const content = text.slice(marker.index + line.length, next.index);
    return [{ label, der: bytesOf(content), isEncrypted: /^ENCRYPTED/.test(label) || content.includes("Proc-Type") }];
  });
  if (markers.length === 0) {
    const der = bytesOf(text);
    // a sequence of ASN.1: what else has no BEGIN line is a file's name or a secret
    if (der[0] === 0x30 && der.length > 30) return [{ label: "", der, isEncrypted: false }];
  }
  if (blocks.length === 0) throw keyError(half, NO_LINES);
  return blocks;
}

/** The bytes of Base64 in either alphabet, broken into lines or not; none for what is not Base64. */
function bytesOf(text: string): Buffer {
  const base64 = text.replace(/\\[rn]|["'\s]/g, "");
  return Buffer.from(/^[\w+/-]*={0,2}$/.test(base64) ? base64 : "", "base64");
}

/** A private key by what it is, whatever its BEGIN line says. */
function readPrivate(key: Buffer): KeyObject | undefined {
  const types = ["pkcs8", "pkcs1", "sec1"] as const;
  return first(types.map((type) => () => createPrivateKey({ key, format: "der", type })));
}

/** A public key by what it is, with the certificate that it stands in. */
function readPublic({ label, der: key }: Block): KeyObject | undefined {
  const certificate = () => {
    const { validFrom, validTo } = new X509Certificate(key);
    // not every runtime knows the key of an X509Certificate
    const pem = `-----BEGIN CERTIFICATE-----\n${key.toString("base64")}\n-----END CERTIFICATE-----\n`;
    const dates = { validFrom: new Date(validFrom), validTo: new Date(validTo) };
    return Object.assign(createPublicKey(pem), { certificate: dates });
  };
  if (label.endsWith("CERTIFICATE")) return attempt(certificate);
  const spki = attempt(() => createPublicKey({ key, format: "der", type: "spki" }));
  // what it takes for PKCS#1 may be a private key
  if (spki || readPrivate(key)) return spki;
  return first([() => createPublicKey({ key, format: "der", type: "pkcs1" }), certificate]);
}

function first(readers: (() => KeyObject)[]): KeyObject | undefined {
  for (const read of readers) {
    const key = attempt(read);
    if (key) return key;
  }
  return undefined;
}

/** What a function of node:crypto returns; its error would quote the key. */
function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}

function checkKey(key: unknown, half: Half, { allowWeakKeys = false }: KeyOptions): KeyObject {
  if (!(key instanceof KeyObject)) throw keyError(half, "is neither text nor a KeyObject");
  if (key.type !== half) throw keyError(half, `is a ${key.type} key`);
  if (key.asymmetricKeyType !== "rsa") throw keyError(half, `is a key of the kind ${key.asymmetricKeyType}`);
  const bits = key.asymmetricKeyDetails?.modulusLength ?? MIN_BITS;
  if (bits < MIN_BITS && !allowWeakKeys)
    throw keyError(
      half,
      `has ${bits} bits, and fewer than ${MIN_BITS} can be broken; use a longer key, or set allowWeakKeys: true`,
    );
  return key;
}
