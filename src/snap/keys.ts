// RSA keys as users have them.
import { privateKeyOf, publicKeyOf } from "./pem.ts";

/**
 * A `KeyObject` of `node:crypto`, as far as this package asks for one. Stated here, so that these declarations do not need
 * `@types/node`.
 */
export interface RsaKeyObject {
  readonly type: "private" | "public" | "secret";
  readonly asymmetricKeyType?: string | undefined;
  /** When the certificate is valid that {@link loadPublicKey} read the key from. */
  readonly certificate?: { readonly validFrom: Date; readonly validTo: Date } | undefined;
  export(...options: never[]): unknown;
}

/** Which keys are taken. */
export interface KeyOptions {
  /** Takes RSA keys of fewer than 2048 bits, which can be broken: for tests, and for a PJP that has no other yet. */
  allowWeakKeys?: boolean | undefined;
}

/**
 * Loads an RSA private key from text, so that {@link sign} need not do it on every call. The key is proven: what it signs here, its
 * public half must verify.
 * @param text PEM, PKCS#1 or PKCS#8, whatever its BEGIN line calls it, or the Base64 alone; a certificate beside it, CRLF, a literal
 *   `\n` for each line break, quotes and spaces around it do no harm
 * @returns a `KeyObject` of `node:crypto`
 * @throws TypeError (`ERR_SNAP_INVALID_KEY`) for any other text: a public key, an encrypted one, one of another kind or of fewer than
 *   2048 bits, damaged text
 * @example const privateKey = loadPrivateKey(process.env.SNAP_PRIVATE_KEY ?? "");
 * @see the standard's security page, asymmetric signature: the private key of the service user
 */
export function loadPrivateKey(text: string, options?: KeyOptions): RsaKeyObject {
  return privateKeyOf(text, options);
}

/**
 * Loads an RSA public key from text, so that {@link verify} need not do it on every call.
 * @param text PEM, SPKI or PKCS#1, or an X.509 certificate (the first of several), or the Base64 alone; CRLF, a literal `\n` for each
 *   line break, quotes and spaces around it do no harm
 * @returns a `KeyObject` of `node:crypto`; read from a certificate it has `certificate`, for {@link certificateProblem}
 * @throws TypeError (`ERR_SNAP_INVALID_KEY`) for any other text: a private key, one of another kind or of fewer than 2048 bits,
 *   damaged text
 * @example const publicKey = loadPublicKey(readFileSync("partner.pem", "utf8"));
 * @see the standard's security page, asymmetric signature: the public key handed to the service provider
 */
export function loadPublicKey(text: string, options?: KeyOptions): RsaKeyObject {
  return publicKeyOf(text, options);
}

/**
 * Says in words that a key's certificate is not valid yet, or no longer; undefined for one that is valid, and for a key that was read
 * from none. The key verifies all the same.
 * @example certificateProblem(loadPublicKey(pem), new Date()) // "the certificate expired on 2021-01-01T00:00:00.000Z"
 */
export function certificateProblem({ certificate }: RsaKeyObject, now: Date): string | undefined {
  if (certificate && now < certificate.validFrom)
    return `the certificate is not valid before ${certificate.validFrom.toISOString()}`;
  if (certificate && now > certificate.validTo)
    return `the certificate expired on ${certificate.validTo.toISOString()}`;
  return undefined;
}
