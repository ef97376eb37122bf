// Takes tokens and secrets out of what is shown, however JSON escapes them.
import { headers as names } from "../../../generated/operations.ts";

/** Shows a text without what must not be shown. */
export type Mask = (text: string) => string;

/** Shows everything. */
export const unmasked: Mask = (text) => text;

/** Headers whose value is a token, whatever it is. */
const BEARERS = new RegExp(`^(${names.authorization}|${names.authorizationCustomer}): (?:Bearer +)?(.*)$`, "gim");
/** A token that somebody else's answer gives out. */
const GIVEN_OUT = /("accessToken"\s*:\s*")((?:[^"\\]|\\.)*)(?=")/g;

/** Makes a mask for secrets: what is left of one is its first four characters, and how long it was. */
export function maskOf(secrets: readonly string[]): Mask {
  const forms = new Map<string, string>();
  for (const secret of secrets) for (const form of formsOf(secret)) if (form !== "") forms.set(form, hidden(secret));
  const longestFirst = [...forms].sort(([one], [other]) => other.length - one.length);
  return (text) => {
    const bare = text
      .replace(BEARERS, (_, name: string, token: string) => `${name}: Bearer ${hidden(token)}`)
      .replace(GIVEN_OUT, (_, before: string, token: string) => before + hidden(token));
    return longestFirst.reduce((rest, [form, instead]) => rest.replaceAll(form, instead), bare);
  };
}

/** A secret as it is, in JSON, in JSON with escaped slashes, and in a URL. */
function formsOf(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  return [secret, json, json.replaceAll("/", "\\/"), encodeURIComponent(secret)];
}

function hidden(secret: string): string {
  return `${secret.length < 16 ? "" : secret.slice(0, 4)}*** (${secret.length})`;
}
