// Bodies and headers that payment companies publish, judged as someone who must talk to that company needs it.
import { describe, expect, test } from "vitest";
import { profiles } from "../../generated/profiles/index.ts";
import { type Contract, published } from "../../src/contract/contract.ts";
import {
  type ValidationResult,
  validateHeaders,
  validateRequest,
  validateResponse,
} from "../../src/contract/validation.ts";
import { dialects, type FieldCase, fieldCases, profileFor } from "../support/dialects.ts";

/** Cases of companies without a profile that the edition judges otherwise than right, and why it must. */
const BEYOND_THE_EDITION: Record<string, string> = {
  "qoin-55-req": "Qoin leaves out serviceCode, which is mandatory in the edition: an overlay of one's own drops it",
  "mandiri-55-res-ok": "Mandiri's answer has no serviceCode, which is mandatory in the edition, and no paidTime",
  "mandiri-55-res-failed": "Mandiri's answer has no serviceCode, which is mandatory in the edition",
  "faspay-55-res": "Faspay's answer has no serviceCode, which is mandatory in the edition, and no paidTime",
  "uuid-61-req": "constructed: Midtrans publishes no 61, and originalExternalId has 32 characters in the edition",
};

const contracts = new Map<string, Contract>([["published", published]]);
for (const [name, load] of Object.entries(profiles)) contracts.set(name, await load());

function verdict(
  { service, direction, status = 200, body, headers = {} }: FieldCase,
  profile: string,
): ValidationResult {
  const contract = contracts.get(profile) as Contract;
  const [id] = Object.entries(contract.operations).find(([, operation]) => operation?.serviceCode === service) ?? [];
  if (!id) throw new Error(`${profile} has no service ${service}`);
  const operation = id as keyof Contract["operations"];
  if (direction === "headers") return validateHeaders(operation, headers, contract);
  if (direction === "request") return validateRequest(operation, body, contract);
  return validateResponse(operation, status, body, contract);
}

const wordOf = ({ valid }: ValidationResult) => (valid ? "valid" : "invalid");
const profileOrEdition = (each: FieldCase) => profileFor(each) ?? "aspi-2025";

test("40 cases are transcribed, some for every dialect that is", () => {
  expect(fieldCases.length).toBeGreaterThanOrEqual(40);
  const judged = new Set(fieldCases.map(profileFor));
  expect(Object.keys(dialects).filter((name) => !judged.has(name))).toEqual([]);
});

describe.each(fieldCases)("$id", (each) => {
  test("the published contract says what the list says of it", () => {
    expect(wordOf(verdict(each, "published"))).toBe(each.publishedSays);
  });

  test("is judged right by its company's profile, or by the edition", () => {
    const profile = profileOrEdition(each);
    const reason = BEYOND_THE_EDITION[each.id];
    const result = verdict(each, profile);
    if (reason) {
      expect(profile, reason).toBe("aspi-2025");
      expect(wordOf(result), reason).not.toBe(each.rightForThisPjp);
      return;
    }
    expect(result.valid ? [] : result.violations, profile).toEqual(
      each.rightForThisPjp === "valid" ? [] : expect.anything(),
    );
    expect(wordOf(result)).toBe(each.rightForThisPjp);
  });
});

test("the counts are told", () => {
  const right = (judge: (each: FieldCase) => string) =>
    fieldCases.filter((each) => wordOf(verdict(each, judge(each))) === each.rightForThisPjp).length;
  const own = fieldCases.filter(profileFor);
  const told = {
    cases: fieldCases.length,
    published: right(() => "published"),
    profiles: right(profileOrEdition),
    companies: own.length,
  };
  console.log(
    `${told.cases} field cases: ${told.published} judged right by the published contract, ${told.profiles} by the company's profile or the edition; ` +
      `${told.companies} are of a company with a profile, and all of these are right`,
  );
  expect(own.every((each) => wordOf(verdict(each, profileOrEdition(each))) === each.rightForThisPjp)).toBe(true);
  expect(told.profiles).toBe(told.cases - Object.keys(BEYOND_THE_EDITION).length);
});
