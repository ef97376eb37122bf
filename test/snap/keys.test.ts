// RSA keys as users have them: which texts and key objects are taken, and which are refused in which words.
import { createPrivateKey, createSecretKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { describe, expect, expectTypeOf, test } from "vitest";
import { type KeyOptions, loadPrivateKey, loadPublicKey, type RsaKeyObject } from "../../src/snap/keys.ts";
import { sign, verify } from "../../src/snap/signature.ts";
import { thrown, typeError } from "../support/errors.ts";
import { asymmetric, certificate, pem, privateKey, publicKey, token } from "./support.ts";

const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
const pssPair = generateKeyPairSync("rsa-pss", { modulusLength: 1024 });
const passphrase = "secret-2";
const encrypted = { cipher: "aes-256-cbc", passphrase, format: "pem" } as const;

const disguises: [string, (pem: string) => string][] = [
  ["as it is", (pem) => pem],
  ["without its last line break", (pem) => pem.trimEnd()],
  ["with CRLF", (pem) => pem.replaceAll("\n", "\r\n")],
  ["with CR only", (pem) => pem.replaceAll("\n", "\r")],
  ["with a literal \\n for each line break", (pem) => pem.replaceAll("\n", "\\n")],
  ["with a literal \\r\\n for each line break", (pem) => pem.replaceAll("\n", "\\r\\n")],
  ["with blanks for line breaks", (pem) => pem.replaceAll("\n", " ")],
  ["on one line", (pem) => pem.replaceAll(/(?<!-)\n(?!-)/g, "")],
  ["indented", (pem) => pem.replace(/^/gm, "    ")],
  ["in quotes", (pem) => `"${pem}"`],
  ["in quotes, with a literal \\n", (pem) => `'${pem.replaceAll("\n", "\\n")}'`],
  ["in blank lines, with a byte order mark", (pem) => `\ufeff\n\n ${pem}\n\n `],
  ["after the lines that OpenSSL writes above", (pem) => `Bag Attributes\n    friendlyName: snap\n${pem}`],
];

describe.each([
  ["PKCS#1", pem(privateKey, "pkcs1"), pem(publicKey, "pkcs1")],
  ["PKCS#8 and SPKI", pem(privateKey, "pkcs8"), pem(publicKey, "spki")],
  ["PKCS#8 and a certificate", pem(privateKey, "pkcs8"), certificate()],
])("%s", (_, privatePem, publicPem) => {
  test.each(disguises)("loads %s", (_, disguise) => {
    expect(privateKey.equals(loadPrivateKey(disguise(privatePem)) as KeyObject)).toBe(true);
    expect(publicKey.equals(loadPublicKey(disguise(publicPem)) as KeyObject)).toBe(true);
  });

  test("signs and verifies as text, and as the key loaded once", () => {
    const signature = sign({ ...token, privateKey: privatePem });
    expect(sign({ ...token, privateKey: loadPrivateKey(privatePem) })).toBe(signature);
    expect(verify({ ...token, publicKey: publicPem, signature })).toBe(true);
    expect(verify({ ...token, publicKey: loadPublicKey(publicPem), signature })).toBe(true);
  });
});

const privateRule = "privateKey must be an RSA private key in PEM form (PKCS#1 or PKCS#8)";
const publicRule = "publicKey must be an RSA public key in PEM form (SPKI, PKCS#1 or X.509 certificate)";
const noLines = "has no BEGIN and END lines; pass the text of the file, not its name";
const unreadable = "what stands between its BEGIN and END lines cannot be read; copy the whole file";
const isEncrypted = "is encrypted; pass crypto.createPrivateKey({ key, passphrase }) instead";
const isPublic = "is a public key; pass the private key of the pair";
const isPrivate = "is a private key; pass the public key of the pair";
const good = pem(privateKey, "pkcs8");
const bare = good.replace(/-----.*-----/g, "");

test.each<[string, string | KeyObject, string]>([
  ["an empty text", "", noLines],
  ["a file name", "./private.pem", noLines],
  ["a text without its END line", good.replace(/-----END.*/, ""), noLines],
  ["BEGIN and END of two kinds", good.replace("BEGIN PRIVATE", "BEGIN RSA PRIVATE"), noLines],
  ["nothing between BEGIN and END", "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----", unreadable],
  ["a key cut off", good.replace(/[^-]{200}-----END/, "\n-----END"), unreadable],
  ["a public key", pem(publicKey, "spki"), isPublic],
  ["a PKCS#1 public key", pem(publicKey, "pkcs1"), isPublic],
  ["a certificate", certificate(), "is a certificate; pass the private key that belongs to it"],
  ["an encrypted PKCS#8 key", privateKey.export({ type: "pkcs8", ...encrypted }) as string, isEncrypted],
  ["an encrypted PKCS#1 key", privateKey.export({ type: "pkcs1", ...encrypted }) as string, isEncrypted],
  ["an EC key", pem(ec.privateKey, "pkcs8"), "is a key of the kind ec"],
  [
    "an EC key in its own form",
    ec.privateKey.export({ type: "sec1", format: "pem" }) as string,
    "is a key of the kind ec",
  ],
  ["an RSA key for PSS only", pem(pssPair.privateKey, "pkcs8"), "is a key of the kind rsa-pss"],
  ["a public KeyObject", publicKey, "is a public key"],
  ["an EC KeyObject", ec.privateKey, "is a key of the kind ec"],
  ["a secret KeyObject", createSecretKey(Buffer.from("secret-1")), "is a secret key"],
  ["bytes", Buffer.from(good) as never, "is neither text nor a KeyObject"],
  ["nothing", undefined as never, "is neither text nor a KeyObject"],
])("%s is refused as a private key", (_, key, found) => {
  const error = typeError("ERR_SNAP_INVALID_KEY", `${privateRule}, but ${found}.`);
  expect(thrown(() => sign({ ...token, privateKey: key }))).toStrictEqual(error);
  expect(thrown(() => sign({ ...asymmetric, privateKey: key }))).toStrictEqual(error);
  if (typeof key === "string") expect(thrown(() => loadPrivateKey(key))).toStrictEqual(error);
});

test.each<[string, string | KeyObject, string]>([
  ["an empty text", "", noLines],
  ["a damaged key", pem(publicKey, "spki").replace(/[^-]{200}-----END/, "\n-----END"), unreadable],
  ["a damaged certificate", certificate().replace(/[^-]{200}-----END/, "\n-----END"), unreadable],
  ["a private key", good, isPrivate],
  ["a PKCS#1 private key", pem(privateKey, "pkcs1"), isPrivate],
  ["an encrypted private key", privateKey.export({ type: "pkcs8", ...encrypted }) as string, isPrivate],
  ["an EC key", pem(ec.publicKey, "spki"), "is a key of the kind ec"],
  ["a private KeyObject", privateKey, "is a private key"],
  ["an EC KeyObject", ec.publicKey, "is a key of the kind ec"],
  ["a secret KeyObject", createSecretKey(Buffer.from("secret-1")), "is a secret key"],
  ["nothing", undefined as never, "is neither text nor a KeyObject"],
  ["bytes", Buffer.from(pem(publicKey, "spki")) as never, "is neither text nor a KeyObject"],
])("%s is refused as a public key", (_, key, found) => {
  const error = typeError("ERR_SNAP_INVALID_KEY", `${publicRule}, but ${found}.`);
  expect(thrown(() => verify({ ...token, publicKey: key, signature: "" }))).toStrictEqual(error);
  expect(thrown(() => verify({ ...asymmetric, publicKey: key, signature: "" }))).toStrictEqual(error);
  if (typeof key === "string") expect(thrown(() => loadPublicKey(key))).toStrictEqual(error);
});

test("an encrypted key signs when it is opened the way the error says", () => {
  const key = privateKey.export({ type: "pkcs8", ...encrypted });
  const opened = createPrivateKey({ key, passphrase });
  expect(sign({ ...token, privateKey: opened })).toBe(sign({ ...token, privateKey }));
});

test("no error repeats the key, or carries another error along", () => {
  for (const key of [bare.slice(0, -40), good.slice(0, 900), good.replace(/[^-]{200}-----END/, "\n-----END")]) {
    const error = thrown(() => loadPrivateKey(key)) as Error;
    for (const line of bare.split("\n").filter(Boolean)) expect(`${error.stack}`).not.toContain(line);
    expect(error.cause).toBeUndefined();
  }
});

test("the functions are typed", () => {
  for (const value of [loadPrivateKey, loadPublicKey]) {
    expectTypeOf(value).not.toBeAny();
    expectTypeOf(value).toEqualTypeOf<(text: string, options?: KeyOptions) => RsaKeyObject>();
  }
  expectTypeOf<RsaKeyObject>().not.toBeAny();
  expectTypeOf(privateKey).toExtend<RsaKeyObject>();
});
