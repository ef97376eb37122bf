// Whether a request's body keeps the contract, as it is sent. A client loads it, and the validators with it, when it is asked to.
import type { TransactionId } from "../../generated/operations.ts";
import type { Profile } from "../snap/profile.ts";
import { excerptOf } from "../util/foreign-text.ts";
import { contractOf, validateRequest } from "./validation.ts";

/** What of a body breaks the contract; undefined where it keeps it. */
export function whatBreaks(
  profile: Profile,
  { operation, body }: { operation: TransactionId; body: string | Uint8Array },
) {
  const result = validateRequest(operation, jsonIn(body), contractOf(profile));
  if (result.valid) return undefined;
  const { violations } = result;
  const said = violations.map(({ message }) => message).join("; ");
  return { violations, why: excerptOf(`the body breaks the contract: ${said}`) };
}

/** Undefined, which no body may be, where it is not JSON. */
function jsonIn(body: string | Uint8Array): unknown {
  try {
    return JSON.parse(typeof body === "object" ? new TextDecoder().decode(body) : body);
  } catch {
    return undefined;
  }
}
