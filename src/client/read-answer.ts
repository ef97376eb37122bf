// Reads an answer, which may be anything: a page of a gateway, a bomb, or SNAP's.
import { isObject, MAX_DEPTH, nestsTooDeep } from "../util/json-text.ts";
import { readUpTo } from "../util/read-up-to.ts";

/** What an answer may weigh unless an option says otherwise, after decompression. */
export const MAX_ANSWER_BYTES = 1_048_576;

/** Thrown for an answer that is beyond a limit; its message says which. */
export class TooLarge extends Error {}

const utf8 = new TextDecoder();

/**
 * The text of an answer.
 * @throws TooLarge beyond the limits of size and nesting
 */
export async function readAnswer(response: Response, limit: number, signal: AbortSignal): Promise<string> {
  const text = await textOf(response, limit, signal);
  if (text === undefined) throw new TooLarge(`is longer than ${limit} bytes (maxAnswerBytes)`);
  if (nestsTooDeep(text)) throw new TooLarge(`nests deeper than ${MAX_DEPTH} levels`);
  return text;
}

async function textOf(response: Response, limit: number, signal: AbortSignal): Promise<string | undefined> {
  const { body } = response;
  if (body === null) return "";
  if (typeof body?.getReader === "function") {
    const bytes = await readUpTo(body.getReader(), limit, signal);
    return bytes && utf8.decode(bytes);
  }
  // a fetch of one's own may give another body, such as a stream of Node's
  const text = await response.text();
  return text.length > limit ? undefined : text;
}

/** What a body says: JSON parsed, its responseCode as text; undefined when it is not JSON. */
export function parseAnswer(text: string): unknown {
  try {
    const answer: unknown = JSON.parse(text);
    // some PJPs write the code as a number
    if (isObject(answer) && typeof answer.responseCode === "number") answer.responseCode = String(answer.responseCode);
    return answer;
  } catch {
    return undefined;
  }
}
