// RSA keys for tests: to make a pair takes a tenth of a second.
import { generateKeyPairSync } from "node:crypto";

const createPair = () => generateKeyPairSync("rsa", { modulusLength: 2048 });

/** The pair of the one who signs. */
export const { privateKey, publicKey } = createPair();
/** The pair of somebody else. */
export const others = createPair();
