// Whether a request's body keeps the contract, as it is sent. The validators come with this file, for those who ask for them.
import type { TransactionId } from "../../generated/operations.ts";
import type { Profile } from "../snap/profile.ts";
import { excerptOf } from "../util/foreign-text.ts";
import { parseAnswer } from "./read-answer.ts";

/** What of a body breaks the contract; undefined where it keeps it. */
export async function whatBreaks(
  profile: Profile,
  { operation, body }: { operation: TransactionId; body: string | Uint8Array },
) {
  const { contractOf, validateRequest } = await import("../contract/validation.ts");
  const text = typeof body === "object" ? new TextDecoder().decode(body) : String(body);
  const result = validateRequest(operation, parseAnswer(text), contractOf(profile));
  if (result.valid) return undefined;
  const { violations } = result;
  const said = violations.map(({ message }) => message).join("; ");
  return { violations, why: excerptOf(`the body breaks the contract: ${said}`) };
}
