// What breaks the contract, in words and for programs.
import type { ValidatorError } from "./contract.ts";

/** One thing that breaks the contract. */
export interface Violation {
  /** Where: a field's dotted path (`amount.value`) or a header's name; empty for the body as a whole. */
  path: string;
  /** Which rule: a JSON Schema keyword, such as `required` or `maxLength`. */
  rule: string;
  /** What it must be: `present`, `at most 64 characters`, `a time such as 2020-12-23T07:50:11+07:00`. */
  expected: string;
  /** The same as a sentence: `amount.value is missing`, `currency must be three capital letters such as IDR`. */
  message: string;
  /** The regular expression of rule `pattern`. */
  pattern?: string;
}

/**
 * What a validator found, in words.
 * @param formats what each pattern asks for, in words
 */
export function violationsOf(
  errors: readonly ValidatorError[],
  formats: Readonly<Record<string, string>>,
): Violation[] {
  return errors.filter(({ keyword }) => keyword !== "if").map((error) => violationOf(error, formats));
}

function violationOf({ instancePath, keyword, params }: ValidatorError, formats: Readonly<Record<string, string>>) {
  const at = instancePath
    .split("/")
    .slice(1)
    .map((name) => name.replaceAll("~1", "/").replaceAll("~0", "~"));
  const path = (keyword === "required" ? [...at, String(params.missingProperty)] : at).join(".");
  const expected = expectedOf(keyword, params, formats);
  const message = keyword === "required" ? `${path} is missing` : `${path || "the body"} must ${sayBe(expected)}`;
  const pattern = keyword === "pattern" ? { pattern: String(params.pattern) } : undefined;
  return { path, rule: keyword, expected, message, ...pattern };
}

const sayBe = (expected: string) =>
  expected.startsWith("not ") ? expected.replace("not", "not be") : `be ${expected}`;

const TYPES: Readonly<Record<string, string>> = {
  string: "a string",
  integer: "an integer",
  array: "an array",
  object: "an object",
  null: "null",
};

function expectedOf(
  keyword: string,
  params: Record<string, unknown>,
  formats: Readonly<Record<string, string>>,
): string {
  switch (keyword) {
    case "required":
      return "present";
    case "type":
      return [params.type]
        .flat()
        .map((type) => TYPES[String(type)] ?? String(type))
        .join(" or ");
    case "maxLength":
      return `at most ${params.limit} characters`;
    case "minLength":
      return "not empty";
    case "pattern":
      return formats[String(params.pattern)] ?? `text that matches ${params.pattern}`;
    case "const":
      return JSON.stringify(params.allowedValue);
    case "enum":
      return `one of ${(params.allowedValues as unknown[]).join(", ")}`;
    default:
      return keyword;
  }
}
