// Numbers and tokens that look random and are the same for the same seed. No secrets: who knows the seed knows them all.
import { createHash } from "node:crypto";

/** A seeded source of what looks random: the same seed and the same calls give the same answers. */
export interface SandboxRandom {
  /** So many decimal digits. */
  digits(count: number): string;
  /** So many bytes. */
  bytes(count: number): Buffer;
  /** How far it has come: a source of the same seed that starts there goes on as this one does. */
  position(): number;
}

/**
 * Makes a seeded source.
 * @param seed any number or text; 1 and "1" are the same
 * @param start the `position` to go on from
 * @example createRandom("demo").digits(14) // the same on every machine
 */
export function createRandom(seed: number | string, start = 0): SandboxRandom {
  let blocks = start;

  /** SHA-256 of seed and counter: 32 bytes, none of which tells the next ones apart from chance. */
  function nextBlock(): Buffer {
    blocks += 1;
    return createHash("sha256").update(`${seed}\n${blocks}`).digest();
  }

  function bytes(count: number): Buffer {
    const taken: Buffer[] = [];
    for (let size = 0; size < count; size += 32) taken.push(nextBlock());
    return Buffer.concat(taken).subarray(0, count);
  }

  return {
    bytes,
    position: () => blocks,
    // as many bytes as digits, so that no digit is likelier than another by more than chance would show
    digits: (count) =>
      count === 0
        ? ""
        : String(BigInt(`0x${bytes(count).toString("hex")}`) % 10n ** BigInt(count)).padStart(count, "0"),
  };
}

/** An element of an EMV payload: tag, length in one byte, value. */
function element(tag: string, value: Buffer | string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from(tag, "hex"), Buffer.of(bytes.length), bytes]);
}

/**
 * The text of a customer's QR code as QRIS has it: Base64 of an EMV payload, format indicator and application template. The account
 * number and the data for the issuer are made up.
 * @example newQrContent(createRandom("demo")) // "hQVDUFYwMW..."
 */
export function newQrContent(random: SandboxRandom): string {
  const account = `9360${random.digits(15)}`;
  const application = [
    element("4f", Buffer.from("a0000006022020", "hex")),
    element("50", "QRISCPM"),
    // an odd number of digits is filled up with an F
    element("5a", Buffer.from(`${account}f`, "hex")),
    element("5f20", "SANDBOX"),
    element("5f2d", "iden"),
    element("9f25", Buffer.from(account.slice(-4), "hex")),
    element("63", element("9f74", random.digits(12))),
  ];
  return Buffer.concat([element("85", "CPV01"), element("61", Buffer.concat(application))]).toString("base64");
}
