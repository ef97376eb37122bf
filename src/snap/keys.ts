// RSA keys as users have them.
import { privateKeyOf, publicKeyOf } from "./pem.ts";

/**
 * A `KeyObject` of `node:crypto`, as far as this package asks for one. Stated here, so that these declarations do not need
 * `@types/node`.
 */
export interface RsaKeyObject {
  readonly type: "private" | "public" | "secret";
  readonly asymmetricKeyType?: string | undefined;
  export(...options: never[]): unknown;
}

/**
 * Loads an RSA private key from PEM text, so that {@link sign} need not do it on every call.
 * @param pem PKCS#1 or PKCS#8; CRLF, a literal `\n` for each line break, quotes and spaces around it do no harm
 * @returns a `KeyObject` of `node:crypto`
 * @throws TypeError (`ERR_SNAP_INVALID_KEY`) for any other text: a public key, an encrypted one, one of another kind, damaged text
 * @example const privateKey = loadPrivateKey(process.env.SNAP_PRIVATE_KEY ?? "");
 * @see the standard's security page, asymmetric signature: the private key of the service user
 */
export function loadPrivateKey(pem: string): RsaKeyObject {
  return privateKeyOf(pem);
}

/**
 * Loads an RSA public key from PEM text, so that {@link verify} need not do it on every call.
 * @param pem SPKI or PKCS#1, or an X.509 certificate; CRLF, a literal `\n` for each line break, quotes and spaces around it do no
 *   harm
 * @returns a `KeyObject` of `node:crypto`
 * @throws TypeError (`ERR_SNAP_INVALID_KEY`) for any other text: a private key, one of another kind, damaged text
 * @example const publicKey = loadPublicKey(readFileSync("partner.pem", "utf8"));
 * @see the standard's security page, asymmetric signature: the public key handed to the service provider
 */
export function loadPublicKey(pem: string): RsaKeyObject {
  return publicKeyOf(pem);
}
