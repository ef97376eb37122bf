// What the tests of signatures and keys share: inputs, keys, and another implementation of the hashes.
import type { KeyObject } from "node:crypto";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import forge from "node-forge";
import { typeError } from "../support/errors.ts";
import { privateKey, publicKey } from "../support/keys.ts";

/** Everything that is not taken from the module under test is computed with another implementation. */
export const noble = {
  hash: (text: string) => bytesToHex(sha256(utf8ToBytes(text))),
  hmac: (secret: string, text: string) => hmac(sha512, utf8ToBytes(secret), utf8ToBytes(text)),
};
export const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
export const utf8 = (text: string) => new TextEncoder().encode(text);
export const text = (bytes: Uint8Array) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);

/** A request, and what is signed of it in each of the three kinds. */
export const request = {
  method: "POST",
  path: "/v1.0/qr/qr-cpm-payment",
  body: '{"title":"goods A"}',
  timestamp: "2020-12-23T07:44:11+07:00",
};
export const symmetric = { ...request, type: "symmetric", accessToken: "token-1", clientSecret: "secret-1" } as const;
export const asymmetric = { ...request, type: "asymmetric" } as const;
export const token = { type: "token", clientKey: "client-1", timestamp: request.timestamp } as const;

export { privateKey, publicKey };
/** A key as PEM text. */
export const pem = (key: KeyObject, type: "pkcs1" | "pkcs8" | "spki") =>
  key.export({ type, format: "pem" } as never) as string;

/** The refusal of an argument. */
export const invalidArgument = (message: string) => typeError("ERR_SNAP_INVALID_ARGUMENT", message);

/** A certificate of `publicKey`, as PEM, valid in 2020. */
export function certificate(): string {
  const made = forge.pki.createCertificate();
  made.publicKey = forge.pki.publicKeyFromPem(pem(publicKey, "spki"));
  made.validity.notBefore = new Date("2020-01-01");
  made.validity.notAfter = new Date("2021-01-01");
  made.setSubject([{ name: "commonName", value: "SNAP partner" }]);
  made.setIssuer([{ name: "commonName", value: "SNAP partner" }]);
  made.sign(forge.pki.privateKeyFromPem(pem(privateKey, "pkcs8")), forge.md.sha256.create());
  return forge.pki.certificateToPem(made);
}
