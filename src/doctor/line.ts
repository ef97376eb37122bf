// A diagnosis as a line for the log of a server. It is all that a server loads, when the first signature is refused.
import { printable, without } from "../util/foreign-text.ts";
import { type Diagnosis, diagnose, type Patience } from "./doctor.ts";
import type { Check, Mistake } from "./recipe.ts";

/** How long a line of a log may get. */
const MAX_LINE = 500;

/**
 * Looks at a signature that was refused, and says in a line what it was probably made from, as {@link lineOf} does.
 */
export async function lineFor(check: Check, patience: Patience): Promise<string | undefined> {
  return lineOf(await diagnose(check, patience), check);
}

/**
 * A diagnosis as a line for a log: what the signature was probably made from, and how to see more. It holds no secret and no token,
 * whatever the request was.
 * @returns undefined where nothing can be told
 */
export function lineOf({ explanations, remarks, complete }: Diagnosis, check: Check): string | undefined {
  const more = "snap-bi sign --check shows every step";
  const told = explanations.map((mistakes) => mistakes.map(({ found }) => found).join("; and "));
  const [first] = explanations;
  if (first) {
    const advice = [...new Set(first.map(adviceOf))].join("; ");
    const cause = `the signature was probably wrong because ${told.join(", or because ")}. Fix: ${advice}`;
    return fitting(cause, `. More: ${more}`, check);
  }
  if (remarks.length)
    return fitting(`no known mistake explains the signature. ${remarks.join(" ")}`, ` More: ${more}`, check);
  return complete
    ? undefined
    : fitting("no usual mistake explains the signature", `; snap-bi sign --check looks further`, check);
}

/** What to do, and who asks for something else. */
export function adviceOf({ fix, askedBy }: Mistake): string {
  return askedBy === undefined ? fix : `${fix} (${askedBy})`;
}

function fitting(text: string, end: string, check: Check): string {
  const bare = withoutSecrets(printable(text), check);
  const room = MAX_LINE - end.length;
  return (bare.length > room ? `${bare.slice(0, room - 3)}...` : bare) + end;
}

/** A text without secret and token, in any case and as they are often encoded. */
function withoutSecrets(text: string, { clientSecret, accessToken }: Check): string {
  let bare = text;
  for (const secret of [clientSecret, accessToken]) {
    if (!secret) continue;
    const bytes = Buffer.from(secret);
    const forms = [
      secret,
      encodeURIComponent(secret),
      ...(["base64", "base64url", "hex"] as const).map((it) => bytes.toString(it)),
    ];
    for (const form of forms) bare = without(form, bare, "***");
  }
  return bare;
}
