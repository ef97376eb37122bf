// Keys in the forms in which portals, tools and people hand them out: read, or told exactly; weak, expired and damaged ones.
import { createPrivateKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { certificateProblem, type KeyOptions, loadPrivateKey, loadPublicKey } from "../../src/snap/keys.ts";
import { proven } from "../../src/snap/pem.ts";
import { sign, verify } from "../../src/snap/signature.ts";
import { thrown, typeError } from "../support/errors.ts";
import { others } from "../support/keys.ts";
import { certificate, pem, privateKey, publicKey, token } from "./support.ts";

const bare = (text: string) => text.replace(/-----.*-----|\n/g, "");
const wrapped = (text: string, width: number) => text.replace(new RegExp(`.{${width}}`, "g"), "$&\n");
const url = (text: string) => text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
const labelled = (label: string, text: string) => `-----BEGIN ${label}-----\n${text}\n-----END ${label}-----\n`;

const pkcs1 = pem(privateKey, "pkcs1");
const pkcs8 = pem(privateKey, "pkcs8");
const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });

const privateRule = "privateKey must be an RSA private key in PEM form (PKCS#1 or PKCS#8)";
const publicRule = "publicKey must be an RSA public key in PEM form (SPKI, PKCS#1 or X.509 certificate)";
const isPrivate = (found: string) => typeError("ERR_SNAP_INVALID_KEY", `${privateRule}, but ${found}.`);
const isPublic = (found: string) => typeError("ERR_SNAP_INVALID_KEY", `${publicRule}, but ${found}.`);

const forms: [string, (base64: string) => string][] = [
  ["on one line", (base64) => base64],
  ["wrapped at 64", (base64) => wrapped(base64, 64)],
  ["wrapped at 76, with CRLF", (base64) => wrapped(base64, 76).replaceAll("\n", "\r\n")],
  ["without its padding", (base64) => base64.replace(/=+$/, "")],
  ["in the alphabet of URLs", url],
  ["in the alphabet of URLs, wrapped", (base64) => wrapped(url(base64), 64)],
  ["in quotes, with a literal \\n", (base64) => `"${wrapped(base64, 64).replaceAll("\n", "\\n")}"`],
];

describe.each(forms)("bare Base64 %s", (_, form) => {
  test.each([
    ["PKCS#1", pkcs1],
    ["PKCS#8", pkcs8],
  ])("is read as a private key: %s", (_, text) => {
    expect(privateKey.equals(loadPrivateKey(form(bare(text))) as KeyObject)).toBe(true);
    expect(thrown(() => loadPublicKey(form(bare(text))))).toStrictEqual(
      isPublic("is a private key; pass the public key of the pair"),
    );
  });

  test.each([
    ["SPKI", pem(publicKey, "spki")],
    ["PKCS#1", pem(publicKey, "pkcs1")],
    ["a certificate", certificate()],
  ])("is read as a public key: %s", (_, text) => {
    expect(publicKey.equals(loadPublicKey(form(bare(text))) as KeyObject)).toBe(true);
    expect(thrown(() => loadPrivateKey(form(bare(text))))).toStrictEqual(
      isPrivate("is a public key; pass the private key of the pair"),
    );
  });
});

test("bare Base64 that is cut off is told as such, and so is a key of another kind", () => {
  const cut =
    "the Base64 text cannot be read as one; copy the whole text, or pass the file with its BEGIN and END lines";
  expect(thrown(() => loadPrivateKey(bare(pkcs8).slice(0, 800)))).toStrictEqual(isPrivate(cut));
  expect(thrown(() => loadPublicKey(bare(pem(publicKey, "spki")).slice(0, 200)))).toStrictEqual(isPublic(cut));
  expect(thrown(() => loadPrivateKey(bare(pem(ec.privateKey, "pkcs8"))))).toStrictEqual(
    isPrivate("is a key of the kind ec"),
  );
});

test("what is between the lines counts, not what they call it", () => {
  const named: [string, string][] = [
    ["PRIVATE KEY", pkcs1],
    ["RSA PRIVATE KEY", pkcs8],
    ["EC PRIVATE KEY", pkcs1],
  ];
  for (const [label, text] of named)
    expect(privateKey.equals(loadPrivateKey(labelled(label, bare(text))) as KeyObject)).toBe(true);
  const publicNamed: [string, string][] = [
    ["PUBLIC KEY", pem(publicKey, "pkcs1")],
    ["RSA PUBLIC KEY", pem(publicKey, "spki")],
    ["PUBLIC KEY", certificate()],
  ];
  for (const [label, text] of publicNamed)
    expect(publicKey.equals(loadPublicKey(labelled(label, bare(text))) as KeyObject)).toBe(true);
});

describe("several things in one file", () => {
  const attributes = (name: string) => `Bag Attributes\n    localKeyID: 01 00 00 00 \n    friendlyName: ${name}\n`;
  const pkcs12 = `${attributes("cert")}subject=CN = SNAP partner\n${certificate()}${attributes("key")}Key Attributes: <No Attributes>\n${pkcs8}`;

  test.each([
    ["a certificate before the key", certificate() + pkcs8],
    ["a certificate after the key", pkcs8 + certificate()],
    ["what openssl pkcs12 -nodes writes", pkcs12],
    ["a public key before the key", pem(publicKey, "spki") + pkcs1],
  ])("%s: the private key is found", (_, text) => {
    expect(privateKey.equals(loadPrivateKey(text) as KeyObject)).toBe(true);
    expect(thrown(() => loadPublicKey(text))).toStrictEqual(
      isPublic("holds a private key beside it; pass the certificate or the public key alone"),
    );
  });

  test("of a chain of certificates the first counts", () => {
    const chain = certificate() + labelled("CERTIFICATE", "AAAA");
    expect(publicKey.equals(loadPublicKey(chain) as KeyObject)).toBe(true);
  });

  test("what openssl ecparam -genkey writes is a key of the kind ec", () => {
    const parameters = labelled("EC PARAMETERS", "BggqhkjOPQMBBw==");
    const sec1 = ec.privateKey.export({ type: "sec1", format: "pem" }) as string;
    expect(thrown(() => loadPrivateKey(parameters + sec1))).toStrictEqual(isPrivate("is a key of the kind ec"));
    expect(thrown(() => loadPrivateKey(parameters))).toStrictEqual(
      isPrivate("is EC PARAMETERS; pass the file of the key"),
    );
  });

  test("an encrypted key beside a certificate is told", () => {
    const options = { type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "secret-2" } as const;
    const encrypted = privateKey.export(options) as string;
    expect(thrown(() => loadPrivateKey(certificate() + encrypted))).toStrictEqual(
      isPrivate("is encrypted; pass crypto.createPrivateKey({ key, passphrase }) instead"),
    );
  });
});

describe("a key of fewer than 2048 bits", () => {
  const weak = generateKeyPairSync("rsa", { modulusLength: 1024 });
  const found = "has 1024 bits, and fewer than 2048 can be broken; use a longer key, or set allowWeakKeys: true";

  test("is refused for signing and for verifying", () => {
    for (const key of [weak.privateKey, pem(weak.privateKey, "pkcs8")])
      expect(thrown(() => sign({ ...token, privateKey: key }))).toStrictEqual(isPrivate(found));
    for (const key of [weak.publicKey, pem(weak.publicKey, "spki")])
      expect(thrown(() => verify({ ...token, publicKey: key, signature: "" }))).toStrictEqual(isPublic(found));
    expect(thrown(() => loadPrivateKey(pem(weak.privateKey, "pkcs1")))).toStrictEqual(isPrivate(found));
    expect(thrown(() => loadPublicKey(pem(weak.publicKey, "pkcs1")))).toStrictEqual(isPublic(found));
  });

  test("is taken where it is asked for", () => {
    const allow: KeyOptions = { allowWeakKeys: true };
    const key = loadPrivateKey(pem(weak.privateKey, "pkcs8"), allow);
    const signature = sign({ ...token, privateKey: key, ...allow });
    const publicKey = loadPublicKey(pem(weak.publicKey, "spki"), allow);
    expect(verify({ ...token, publicKey, signature, ...allow })).toBe(true);
  });
});

describe("a certificate knows its time", () => {
  const loaded = loadPublicKey(certificate());

  test("and verifies all the same", () => {
    expect(loaded.certificate).toEqual({ validFrom: new Date("2020-01-01"), validTo: new Date("2021-01-01") });
    expect(verify({ ...token, publicKey: loaded, signature: sign({ ...token, privateKey }) })).toBe(true);
  });

  test.each([
    ["2019-12-31T23:59:59Z", "the certificate is not valid before 2020-01-01T00:00:00.000Z"],
    ["2020-01-01T00:00:00Z", undefined],
    ["2021-01-01T00:00:00Z", undefined],
    ["2021-01-01T00:00:01Z", "the certificate expired on 2021-01-01T00:00:00.000Z"],
  ])("at %s: %s", (now, problem) => {
    expect(certificateProblem(loaded, new Date(now))).toBe(problem);
  });

  test("a key without a certificate has no such problem", () => {
    const plain = loadPublicKey(pem(publicKey, "spki"));
    expect([plain.certificate, certificateProblem(plain, new Date(0))]).toEqual([undefined, undefined]);
  });
});

describe("a damaged private key", () => {
  test("with one character changed is refused, or signs rightly: 228 of them", () => {
    const base64 = bare(pkcs1);
    let refused = 0;
    for (let at = 0; at < 228; at += 1) {
      const place = Math.floor((at * base64.length) / 228);
      const other = base64[place] === "A" ? "B" : "A";
      const damaged = labelled("RSA PRIVATE KEY", base64.slice(0, place) + other + base64.slice(place + 1));
      try {
        const signature = sign({ ...token, privateKey: loadPrivateKey(damaged) });
        expect(verify({ ...token, publicKey, signature })).toBe(true);
      } catch (error) {
        refused += 1;
        expect(error).toMatchObject({ code: "ERR_SNAP_INVALID_KEY" });
        expect(error).not.toHaveProperty("cause");
        expect(inspect(error)).not.toContain(damaged.slice(100, 140));
      }
    }
    expect(refused).toBeGreaterThan(30);
  });

  test("as a KeyObject is told by what it signs", () => {
    const jwk = privateKey.export({ format: "jwk" });
    const wrong = { ...jwk, n: String(others.publicKey.export({ format: "jwk" }).n) };
    const found = "is damaged: its public half does not verify what it signs; copy the whole file again";
    expect(proven(privateKey)).toBe(privateKey);
    const error = thrown(() => proven(createPrivateKey({ key: wrong, format: "jwk" })));
    expect(error).toStrictEqual(isPrivate(found));
  });
});

test("64,000 BEGIN lines without an END are refused without a search from each to the end", () => {
  const text = "-----BEGIN PRIVATE KEY-----\n".repeat(64_000);
  const started = performance.now();
  thrown(() => loadPrivateKey(text));
  // linear it takes a tenth of a second; a search from each line would take minutes
  expect(performance.now() - started).toBeLessThan(5000);
});
