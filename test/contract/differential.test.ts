// The precompiled validators against two that share nothing with them at run time: Ajv on the bundle with its references
// followed, and another implementation of JSON Schema 2020-12 on the bundle as it stands.
import { validate as compileIndependent, registerSchema } from "@hyperjump/json-schema/draft-2020-12";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { OperationId } from "../../generated/operations.ts";
import type { Validator, ValidatorError } from "../../src/contract/contract.ts";
import { validateRequest } from "../../src/contract/validation.ts";
import { bundle, operations } from "../support/contract.ts";
import { type Body, fieldAt, seeded } from "../support/random.ts";
import { alias, nameOf, pathOf, randomInput, rowsOf, type Subject, subjects } from "../support/subjects.ts";

const SEED = 20201223;

/** What a validator said of the last value, in an order that does not depend on how it was compiled. */
const said = (errors: ValidatorError[] | null | undefined) =>
  (errors ?? [])
    .map(({ instancePath, keyword, params }) => `${instancePath} ${keyword} ${JSON.stringify(params)}`)
    .sort()
    .join("\n");

/** The errors without those of `format`, which the pattern beside it must have found as well: the precompiled validators have it alone. */
function withoutFormats(errors: ValidatorError[] | null | undefined): ValidatorError[] {
  const ofPatterns = new Set(errors?.filter(({ keyword }) => keyword === "pattern").map((error) => error.instancePath));
  return (errors ?? []).filter(({ keyword, instancePath }) => keyword !== "format" || !ofPatterns.has(instancePath));
}

interface Tally {
  inputs: number;
  distinct: number;
  valid: number;
  runtime: number;
  independent: number;
  disagreements: string[];
}

/** Puts a subject's random inputs to all three. */
function compare(subject: Subject, independent: (value: never) => { valid: boolean }, seed: number): Tally {
  const tally: Tally = { inputs: 0, distinct: 0, valid: 0, runtime: 0, independent: 0, disagreements: [] };
  const random = seeded(seed);
  const texts = new Set<string>();
  const { precompiled, runtime } = subject;
  while (tally.inputs < subject.inputs) {
    const value = randomInput(random, subject);
    const before = JSON.stringify(value);
    const verdict = precompiled(value);
    tally.inputs += 1;
    texts.add(before);
    if (verdict) tally.valid += 1;
    const differs = (what: string) =>
      tally.disagreements.push(`${subject.name}: ${what}, precompiled ${verdict}: ${before.slice(0, 500)}`);
    if (JSON.stringify(value) !== before) differs("changed its input");
    tally.runtime += 1;
    if (runtime(value) !== verdict) differs("Ajv says otherwise");
    else if (said(withoutFormats(runtime.errors)) !== said(verdict ? null : precompiled.errors))
      differs("Ajv says it for another reason");
    tally.independent += 1;
    if (independent(value as never).valid !== verdict) differs("the other implementation says otherwise");
  }
  tally.distinct = texts.size;
  return tally;
}

const independents = new Map<string, (value: never) => { valid: boolean }>();

beforeAll(async () => {
  const uri = "https://snap.example/bundle";
  const $defs = Object.fromEntries(subjects.map(({ name, schema }) => [name.replace(" ", "."), schema]));
  registerSchema(
    {
      $schema: bundle.jsonSchemaDialect,
      $defs,
      components: bundle.components,
    } as unknown as Parameters<typeof registerSchema>[0],
    uri,
  );
  for (const { name } of subjects)
    independents.set(name, await compileIndependent(`${uri}#/$defs/${name.replace(" ", ".")}`));
});

function independentOf({ name }: Subject): (value: never) => { valid: boolean } {
  const independent = independents.get(name);
  if (!independent) throw new Error(`${name} is not compiled`);
  return independent;
}

describe("three validators", () => {
  const total: Tally = { inputs: 0, distinct: 0, valid: 0, runtime: 0, independent: 0, disagreements: [] };

  test.each(subjects.map((subject, place) => ({ ...subject, seed: SEED + place })))(
    "agree on $inputs random inputs of $name",
    ({ seed, ...subject }) => {
      const tally = compare(subject, independentOf(subject), seed);
      for (const key of ["inputs", "distinct", "valid", "runtime", "independent"] as const) total[key] += tally[key];
      total.disagreements.push(...tally.disagreements);
      expect(tally.disagreements).toEqual([]);
      const share = tally.valid / tally.inputs;
      expect(share).toBeGreaterThan(0.2);
      expect(share).toBeLessThan(0.8);
    },
  );

  test("the count of inputs is told, and nobody disagreed", () => {
    console.log(
      `differential: ${total.inputs} inputs (${total.distinct} distinct), ${total.valid} valid and ${total.inputs - total.valid} invalid (seed ${SEED}); ` +
        `${total.runtime} compared with Ajv, ${total.independent} with @hyperjump/json-schema; ${total.disagreements.length} disagreements`,
    );
    expect(total.disagreements).toEqual([]);
    expect(total.distinct).toBeGreaterThanOrEqual(100_000);
    expect(total.runtime).toBeGreaterThanOrEqual(100_000);
    expect(total.independent).toBeGreaterThanOrEqual(100_000);
  });

  test("the same seed gives the same inputs, another seed others", () => {
    const [subject] = subjects;
    if (!subject) throw new Error("no subjects");
    const inputs = (seed: number) => {
      const random = seeded(seed);
      return Array.from({ length: 50 }, () => JSON.stringify(randomInput(random, subject)));
    };
    expect(inputs(1)).toEqual(inputs(1));
    expect(inputs(1)).not.toEqual(inputs(2));
  });
});

/** A copy of a JSON value with every text in it changed. */
function withTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => withTexts(item, change));
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withTexts(member, change)]));
}
/** A copy of a JSON value with each value in it changed. */
const withMembers = (value: unknown, change: (member: unknown) => unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, member) => change(member));
/** A copy of a body without its properties of some value. */
const withoutMembers = (body: unknown, drop: (value: unknown) => boolean) =>
  typeof body === "object" && body !== null && !Array.isArray(body)
    ? Object.fromEntries(Object.entries(body).filter(([, value]) => !drop(value)))
    : body;

describe("a validator with a fault is found out", () => {
  const FAULTS: Record<string, (value: unknown) => unknown> = {
    "counts UTF-16 units": (value) => withTexts(value, (text) => text.replace(/[\u{10000}-\u{10ffff}]/gu, "xx")),
    "stops counting a character before the end": (value) => withTexts(value, (text) => text.slice(0, -1) || text),
    "lets a line end follow": (value) => withTexts(value, (text) => text.replace(/\n$/, "")),
    trims: (value) => withTexts(value, (text) => text.trim()),
    "takes null for absent": (value) => withoutMembers(value, (member) => member === null),
    "takes empty for absent": (value) => withoutMembers(value, (member) => member === ""),
    "takes a list for an object": (value) => withMembers(value, (member) => (Array.isArray(member) ? {} : member)),
    "takes a number for its text": (value) =>
      withMembers(value, (member) => (typeof member === "number" ? String(member) : member)),
  };
  const request = subjects.find(({ name }) => name === "qrCpmPayment request");
  if (!request) throw new Error("no subject");

  /** The subject, its validator seeing something else than what it is given. */
  function sabotaged(subject: Subject, see: (value: unknown) => unknown): Subject {
    const precompiled: Validator = (value) => {
      const verdict = subject.precompiled(see(value));
      precompiled.errors = subject.precompiled.errors ?? null;
      return verdict;
    };
    return { ...subject, precompiled, inputs: 3000 };
  }

  test.each(Object.entries(FAULTS))("one that %s", (_, see) => {
    const { disagreements } = compare(sabotaged(request, see), independentOf(request), SEED);
    expect(disagreements.filter((text) => text.includes("Ajv says otherwise")).length).toBeGreaterThan(0);
    expect(disagreements.filter((text) => text.includes("other implementation says")).length).toBeGreaterThan(0);
  });

  test("one that gives another reason", () => {
    const precompiled: Validator = (value) => {
      const verdict = request.precompiled(value);
      precompiled.errors = (request.precompiled.errors ?? []).slice(1);
      return verdict;
    };
    const { disagreements } = compare({ ...request, precompiled, inputs: 100 }, independentOf(request), SEED);
    expect(disagreements.length).toBeGreaterThan(20);
    expect(disagreements.every((text) => text.includes("Ajv says it for another reason"))).toBe(true);
  });

  test("one that writes into its input", () => {
    const precompiled: Validator = (value) => {
      const verdict = request.precompiled(value);
      precompiled.errors = request.precompiled.errors ?? null;
      if (typeof value === "object" && value !== null) Object.assign(value, { additionalInfo: { seen: true } });
      return verdict;
    };
    const { disagreements } = compare({ ...request, precompiled, inputs: 1 }, independentOf(request), SEED);
    expect(disagreements).toContainEqual(expect.stringContaining("changed its input"));
  });

  test("and one without a fault is not", () => {
    const { disagreements } = compare(
      sabotaged(request, (value) => value),
      independentOf(request),
      SEED,
    );
    expect(disagreements).toEqual([]);
  });
});

describe.each(operations)("the answer to random bodies of $operationId", (operation) => {
  const { service } = operation;
  const id = operation.operationId as OperationId;
  const rows = rowsOf(service, "request");
  const base = operation.requestBody.content["application/json"].examples.Published.value;

  /** A field's value: the example's, or something else. */
  const fieldOf = (path: string) => {
    const value = fieldAt(base, path);
    const right = fc.constant(value === undefined ? "x" : value);
    return fc.oneof(
      { weight: 12, arbitrary: right },
      { weight: 2, arbitrary: fc.constantFrom<unknown>(null, "", " ", 0, {}, [], "x".repeat(600)) },
      { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
    );
  };
  /** An object with some of the fields of the rows, in any order. */
  const objectOf = (parent: string | null): fc.Arbitrary<Body> =>
    fc
      .record(
        Object.fromEntries(
          rows
            .filter((row) => row.parent === parent)
            .map((row): [string, fc.Arbitrary<unknown>] => {
              const nested = rows.some((other) => other.parent === row.name);
              const value = fieldOf(pathOf(row));
              return [nameOf(row), nested ? fc.oneof({ weight: 4, arbitrary: objectOf(row.name) }, value) : value];
            }),
        ),
        { requiredKeys: [] },
      )
      .chain((body) =>
        fc
          .shuffledSubarray(Object.keys(body), { minLength: Math.max(0, Object.keys(body).length - 1) })
          .map((names) => Object.fromEntries(names.map((name) => [name, body[name]]))),
      );
  /** Mostly bodies that lack nothing, so that a breach of format is what decides. */
  const bodies = fc.oneof(
    { weight: 5, arbitrary: objectOf(null) },
    { weight: 5, arbitrary: objectOf(null).map((body): unknown => ({ ...base, ...body })) },
    { weight: 1, arbitrary: fc.jsonValue() },
  );

  /** The mandatory fields that a body lacks, by the published rows: a member counts where its object is there. */
  const lacking = (body: unknown) =>
    rows
      .filter((row) => {
        if (row.presence !== "M") return false;
        const parent = row.parent === null ? body : fieldAt(body, row.parent);
        if (typeof parent !== "object" || parent === null || Array.isArray(parent)) return false;
        const value = Object.hasOwn(parent, nameOf(row)) ? (parent as Body)[nameOf(row)] : undefined;
        return value === undefined || value === null || value === "";
      })
      .map(pathOf);

  test("names the first field that is missing, else the first that is wrong, in the order of the table", () => {
    const order = [...rows.map(pathOf).flatMap((path) => (path === "externalStoreId" ? [path, alias.path] : [path]))];
    const seen = { valid: 0, "00": 0, "01": 0, "02": 0 };
    fc.assert(
      fc.property(bodies, (body) => {
        const result = validateRequest(id, body);
        if (result.valid) {
          seen.valid += 1;
          expect(lacking(body)).toEqual([]);
          return;
        }
        const { violations, answer } = result;
        const caseCode = answer.responseCode.slice(5) as "00" | "01" | "02";
        seen[caseCode] += 1;
        expect(answer.responseCode.slice(0, 5)).toBe(`400${service}`);
        const root = typeof body !== "object" || body === null || Array.isArray(body);
        expect(caseCode === "00").toBe(root);
        if (root) {
          expect(answer.responseMessage).toBe("Bad Request");
          return;
        }
        const paths = new Set(violations.map(({ path }) => path));
        const field = answer.responseMessage.slice(answer.responseMessage.lastIndexOf(" ") + 1);
        expect(paths).toContain(field);
        const [first] = lacking(body);
        expect(caseCode).toBe(first === undefined ? "01" : "02");
        expect(field).toBe(first ?? order.find((path) => paths.has(path)));
      }),
      { seed: SEED, numRuns: 1500 },
    );
    // every kind of answer was met; where nothing is mandatory, nothing is missing
    expect(Math.min(seen.valid, seen["00"], seen["01"])).toBeGreaterThan(20);
    if (rows.some(({ presence }) => presence === "M")) expect(seen["02"]).toBeGreaterThan(20);
    else expect(seen["02"]).toBe(0);
  });
});
