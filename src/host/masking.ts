// What the console does not show: tokens, secrets and keys. Of long ones the first characters are left, so that two can be told apart.
import { headers } from "../../generated/operations.ts";

/** Headers that hold a secret, sent by anybody. A signature is none, but who has it may send the request again. */
const SECRET_NAME = /authorization|cookie|secret|private|token|password|passwd|api-?key|credential|signature/i;
/** The same in a body: `"accessToken":"..."`, in any case and with any name around it. */
const SECRET_MEMBER =
  /("[^"\\]{0,60}(?:token|secret|private_?key|password|passwd|credential|authorization)[^"\\]{0,60}"\s*:\s*")((?:[^"\\]|\\.)*)/gi;

/** A secret as it is shown: the scheme, and four characters where there are many more. */
export function masked(value: string): string {
  const [, scheme = "", secret = ""] = /^((?:Bearer|Basic)\s+)?(.*)$/is.exec(value) ?? [];
  return `${scheme}${secret.length >= 24 ? secret.slice(0, 4) : ""}*** (${secret.length} characters)`;
}

/** The headers, by the names that the contract gives them, with secrets masked. */
export function maskedHeaders(given: Headers): [name: string, value: string][] {
  return [...given].map(([name, value]) => [NAMES.get(name) ?? name, SECRET_NAME.test(name) ? masked(value) : value]);
}

const NAMES: ReadonlyMap<string, string> = new Map(Object.values(headers).map((name) => [name.toLowerCase(), name]));

/** The secrets that headers hold, without their scheme. */
export function secretsIn(given: Headers): string[] {
  return [...given]
    .filter(([name]) => SECRET_NAME.test(name))
    .map(([, value]) => value.replace(/^(Bearer|Basic)\s+/i, ""))
    .filter((secret) => secret.length >= 4);
}

/** A text without the values of members that are named like secrets, and without these secrets. */
export function maskedText(text: string, secrets: readonly string[]): string {
  const bare = text.replace(SECRET_MEMBER, (_, name: string, value: string) => name + masked(value));
  return secrets.reduce((left, secret) => left.replaceAll(secret, masked(secret)), bare);
}
