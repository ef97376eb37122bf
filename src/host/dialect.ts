// Speaks the dialect of a profile for a backend that knows the standard's: what the profile's answer has beside it is taken from the
// request, from what is known, or from the profile's own example.
import { readFileSync } from "node:fs";
import type { OperationId } from "../../generated/operations.ts";
import { type Contract, published } from "../contract/contract.ts";
import { validateResponse } from "../contract/validation.ts";
import type { Violation } from "../contract/violation.ts";
import { isObject } from "../util/json-text.ts";
import { documentFile } from "./document.ts";

type Body = Record<string, unknown>;

/** A profile's own words. */
export interface Dialect {
  /** A request as the standard would have it: without nulls, and names in the standard's spelling. */
  toStandard(body: object): object;
  /**
   * A success as the profile would have it.
   * @param asked the request's body, whose fields the answer repeats where the profile has them
   * @param known what else is known, by the name of its field: it is told wherever the profile's example tells it
   */
  toProfile(operation: OperationId, answer: object, asked: object, known: object): object;
}

/** How often an answer is looked at again after something of it was set right. */
const ROUNDS = 4;

/** Makes the dialect of a profile; that of the published contract changes nothing. */
export function createDialect(profile: Contract): Dialect {
  if (profile === published) return { toStandard: (body) => body, toProfile: (_, answer) => answer };
  let examples: ReadonlyMap<string, Body> | undefined;
  return {
    toStandard: (body) => standardised(body) as object,
    toProfile(operation, answer, asked, known) {
      examples ??= successExamples(profile);
      const example = examples.get(operation) ?? {};
      const told = { ...asked, ...known } as Body;
      let fitted = { ...structuredClone(answer), ...repeated(answer, asked) } as Body;
      tell(fitted, known as Body, example);
      for (let round = 0; round < ROUNDS; round += 1) {
        const checked = validateResponse(operation, 200, fitted, profile);
        if (checked.valid) break;
        fitted = checked.violations.reduce((body, violation) => repaired(body, violation, told, example), fitted);
      }
      return fitted;
    },
  };
}

/** Names that profiles spell otherwise than the standard does. */
const SPELLINGS: ReadonlyMap<string, string> = new Map(
  Object.values(published.operations)
    .flatMap(({ fields }) => fields.flatMap((path) => path.split(".")))
    .map((name) => [name.toLowerCase(), name]),
);

function standardised(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(standardised);
  if (!isObject(value)) return value;
  const members = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(
    members.map(([name, member]) => [SPELLINGS.get(name.toLowerCase()) ?? name, standardised(member)]),
  );
}

/** The service that was asked about, which profiles have several of. */
function repeated(answer: object, asked: object): Body {
  return "serviceCode" in answer && "serviceCode" in asked ? { serviceCode: asked.serviceCode } : {};
}

/** Tells what is known wherever the profile's example tells it. */
function tell(body: Body, known: Body, example: Body): void {
  for (const [name, sample] of Object.entries(example)) {
    if (known[name] !== undefined) body[name] = known[name];
    else if (isObject(sample) && Object.keys(sample).some((inner) => known[inner] !== undefined))
      tell(ensureObject(body, name), known, sample);
  }
}

/** A body with one thing set right, if it is known how. */
function repaired(body: Body, { path, rule }: Violation, known: Body, example: Body): Body {
  const names = path.split(".");
  const last = names.pop() ?? "";
  let at: Body = body;
  let sample: unknown = example;
  for (const name of names) {
    at = ensureObject(at, name);
    sample = isObject(sample) ? sample[name] : undefined;
  }
  const found = isObject(sample) ? sample[last] : undefined;
  const told = known[last];
  // what was told and did not fit is not tried again
  if (told !== undefined && at[last] !== told) at[last] = told;
  else if (rule === "type" && typeof found === "number" && !Number.isNaN(Number(at[last]))) at[last] = Number(at[last]);
  else if (found !== undefined) at[last] = structuredClone(found);
  else delete at[last];
  return body;
}

function ensureObject(parent: Body, name: string): Body {
  const member = parent[name];
  if (isObject(member)) return member;
  const made: Body = {};
  parent[name] = made;
  return made;
}

interface Documented {
  paths: Record<string, { post: { operationId: string; responses: Record<string, { content: Content }> } }>;
  components: { examples?: Record<string, { value?: unknown }> };
}
type Content = Record<string, { examples?: Record<string, { $ref?: string; value?: unknown }> }>;

/** The first example of each operation's success. */
function successExamples(profile: Contract): ReadonlyMap<string, Body> {
  const { paths, components } = JSON.parse(readFileSync(documentFile(profile), "utf8")) as Documented;
  const examples = Object.values(paths).flatMap(({ post: { operationId, responses } }) => {
    const [example] = Object.values(responses["200"]?.content["application/json"]?.examples ?? {});
    const value = example?.$ref ? components.examples?.[example.$ref.split("/").at(-1) ?? ""]?.value : example?.value;
    return isObject(value) ? [[operationId, value] as const] : [];
  });
  return new Map(examples);
}
