// Prism in this process: answers an operation from the contract's examples. It validates nothing; the receiver before it has.
import { createInstance, getHttpOperationsFromSpec, type IHttpConfig, type IHttpRequest } from "@stoplight/prism-http";
// The index does not export it, and Prefer must be read exactly as the Prism CLI reads it.
import { getHttpConfigFromRequest } from "@stoplight/prism-http-server/dist/getHttpConfigFromRequest.js";
import { type Problem, problem } from "../host/problem.ts";

/** Which of the contract's answers to give. */
export type Choice = IHttpConfig["mock"];

/** Prism, loaded with a contract. */
export interface Prism {
  /**
   * Reads a `Prefer` header.
   * @param path the path of one of the contract's operations
   * @returns the choice, or the problem where it cannot be read or names what the contract does not have
   */
  choose(path: string, prefer: string): { choice: Choice } | { problem: Problem };
  /** The body that the contract gives for a choice; of one that is not dynamic the same object each time. */
  answer(path: string, choice: Choice): Promise<unknown>;
}

const silent = () => {};
// Prism asks for a pino logger; ours is quiet, for the mock writes a log of its own.
const logger = Object.assign(
  Object.fromEntries(
    ["trace", "debug", "info", "warn", "error", "fatal", "success", "start", "note", "watch"].map((level) => [
      level,
      silent,
    ]),
  ),
  { child: () => logger },
) as never;

const CONFIG = {
  isProxy: false,
  validateRequest: false,
  validateResponse: false,
  checkSecurity: false,
  errors: false,
  upstreamProxy: undefined,
} as const satisfies Omit<IHttpConfig, "mock">;

/**
 * Loads an OpenAPI file into Prism.
 * @param file path of `openapi.yaml` or `openapi.json`
 */
export async function createPrism(file: string): Promise<Prism> {
  const operations = await getHttpOperationsFromSpec(file);
  const prism = createInstance({ ...CONFIG, mock: { dynamic: false } }, { logger });
  const examples = new Map(
    operations.map(({ path, responses }) => [
      path,
      new Map(
        responses.map(({ code, contents = [] }) => [
          Number(code),
          contents.flatMap(({ examples = [] }) => examples.map(({ key }) => key)),
        ]),
      ),
    ]),
  );
  /** The example of each full response code, by path. */
  const named = new Map(
    operations.map(({ path, responses }) => [
      path,
      // of several with one code the first counts
      new Map(
        responses.flatMap(({ contents = [] }) => contents.flatMap(({ examples = [] }) => codesIn(examples))).reverse(),
      ),
    ]),
  );

  async function ask(path: string, choice: Choice): Promise<unknown> {
    // of the request Prism needs to know no more than this; headers such as Accept would only make it refuse
    const request: IHttpRequest = { method: "post", url: { path }, headers: {} };
    const result = await prism.request(request, operations, { ...CONFIG, mock: choice })();
    if (result._tag === "Left") throw result.left;
    return result.right.output.body;
  }
  /** The answers that were given. They depend on nothing but their key, and there are as many as the document has examples. */
  const given = new Map<string, unknown>();

  return {
    choose(path, preferring) {
      const full = fullCodeIn(preferring);
      const example = full === undefined ? undefined : named.get(path)?.get(full);
      if (full !== undefined && example === undefined) return { problem: noSuchCode(full, named.get(path)) };
      // Prism knows statuses and examples
      const prefer = example
        ? preferring.replace(FULL_CODE, `$1code=${full?.slice(0, 3)}, example=${example}`)
        : preferring;
      const misread = preferencesOf(prefer).map(misreadIn).find(Boolean);
      const preferred = getHttpConfigFromRequest({ url: { path }, headers: { prefer } });
      if (misread !== undefined || preferred._tag === "Left")
        return { problem: notUnderstood(misread ?? `"${prefer}" cannot be read`) };
      const { code, exampleKey, ...others } = dropUndefined(preferred.right);
      const choice = { dynamic: false, ...others };
      if (code === undefined && exampleKey === undefined) return { choice };

      const known = examples.get(path) ?? new Map<number, string[]>();
      const status = code ?? [...known].find(([, names]) => exampleKey && names.includes(exampleKey))?.[0];
      const names = status === undefined ? undefined : known.get(status);
      if (!names || (exampleKey && !names.includes(exampleKey))) {
        return { problem: noSuchExample(known, code, exampleKey) };
      }
      return { choice: { ...choice, ...dropUndefined({ code: status, exampleKey }) } };
    },

    async answer(path, choice) {
      if (choice.dynamic) return ask(path, choice);
      const key = JSON.stringify([path, choice.code, choice.exampleKey]);
      if (!given.has(key)) given.set(key, await ask(path, choice));
      return given.get(key);
    },
  };
}

/** A full response code where a status may stand. */
const FULL_CODE = /(^\s*|,\s*)code\s*=\s*"?(\d{7})"?(?=\s*(?:,|$))/i;

/** The response code that a `Prefer` header asks for, such as 4036014; undefined where an example or a status is named. */
const fullCodeIn = (prefer: string): string | undefined => FULL_CODE.exec(prefer)?.[2];

/** The response codes of examples, each with the example's name. */
function codesIn(examples: readonly { key: string }[]): [code: string, name: string][] {
  return examples.flatMap((example) => {
    const { responseCode } = ("value" in example ? (example.value as { responseCode?: string } | null) : null) ?? {};
    return responseCode === undefined ? [] : [[responseCode, example.key]];
  });
}

/** A problem that says which response codes there are: the nearest, for they are many. */
function noSuchCode(code: string, known: ReadonlyMap<string, string> = new Map()): Problem {
  const [service = ""] = [...known.keys()].map((its) => its.slice(3, 5));
  const codes = [...known.keys()].sort();
  const own = code.slice(0, 3) + service + code.slice(5);
  const detail =
    code.slice(3, 5) !== service && known.has(own)
      ? `${code} is of service ${code.slice(3, 5)}, and this is service ${service}: write ${own}.`
      : `This operation does not answer ${code}. It answers: ${codes.join(", ")}.`;
  return problem(404, "Prefer names what the contract does not have", detail);
}

/** What a `Prefer` header lists. A comma within quotes separates nothing. */
function preferencesOf(prefer: string): string[] {
  return (prefer.match(/(?:"[^"]*"?|[^",])+/g) ?? []).map((preference) => preference.trim());
}

/** What a preference of ours takes. */
const TAKES: Readonly<Record<string, { form: RegExp; takes: string }>> = {
  code: { form: /^\d{3}$/, takes: "three digits, or the seven of a response code" },
  example: { form: /./, takes: "the name of an example" },
  dynamic: { form: /^(true|false)$/, takes: "true or false" },
  seed: { form: /./, takes: "any text" },
};
const OURS = Object.keys(TAKES).join("|");
const ASSIGNMENT = new RegExp(`^(${OURS})\\s*=\\s*("[^"]*"|[^\\s;"]*)$`, "i");
const MENTION = new RegExp(`(^|[\\s;])(${OURS})\\s*(=|$)`, "i");

/**
 * What of a preference would be taken for something else than it says, such as one of ours behind a semicolon; undefined where all
 * is well, and for preferences that are not ours, which are ignored (RFC 7240).
 */
function misreadIn(preference: string): string | undefined {
  const [, name = "", quoted = ""] = ASSIGNMENT.exec(preference) ?? [];
  const { form, takes } = TAKES[name.toLowerCase()] ?? {};
  // what is quoted mentions nothing
  const mentions = MENTION.test(preference.replace(/"[^"]*"/g, '""'));
  if (!form) return mentions ? `"${preference}" cannot be read as one preference` : undefined;
  const value = quoted.replaceAll('"', "");
  return form.test(value) ? undefined : `${name} must be ${takes}, not "${value}"`;
}

/** A problem that says how to write what was not understood. */
function notUnderstood(why: string): Problem {
  const detail = `${why}. Write it with commas, such as Prefer: code=403, example=InsufficientFunds or Prefer: dynamic=true.`;
  return problem(422, "Prefer is not understood", detail);
}

/** A problem that lists what Prefer may name. */
function noSuchExample(
  examples: Map<number, string[]>,
  code: number | undefined,
  example: string | undefined,
): Problem {
  const names = code === undefined ? undefined : examples.get(code);
  const detail = names
    ? `Status ${code} has no example ${example}. It has: ${names.join(", ")}.`
    : code === undefined
      ? `No status has an example ${example}. There are: ${[...examples].map(([status, all]) => `${status} ${all.join(", ")}`).join("; ")}.`
      : `Status ${code} does not exist. There are: ${[...examples.keys()].join(", ")}.`;
  return problem(404, "Prefer names what the contract does not have", detail);
}

function dropUndefined<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T as never;
}
