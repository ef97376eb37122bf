// Every constraint earns its keep: each one, weakened or dropped alone, must change the verdict on a case
// or, where another constraint implies it, be missed by the walk of the published rows.
import { describe, expect, test } from "vitest";
import { type Case, errorCases, headerCases, inProgressCases, tableCases } from "../support/cases.ts";
import {
  ajv,
  bodySchema,
  bundle,
  headerSchema,
  type Operation,
  operations,
  type Parameter,
  type Schema,
} from "../support/contract.ts";
import { samples } from "../support/published.ts";
import { walkError, walkHeaders, walkInProgress, walkTable } from "../support/walk.ts";

/** Something with constraints: what to mutate, how to judge it, and how to walk it. */
interface Subject {
  name: string;
  schema: Schema;
  cases: Case[];
  walk(schema: Schema): string[];
}
interface Mutant {
  what: string;
  schema: Schema;
}

const wide = bundle["x-snap-errata"];
/** Headers of every service: the sample's, and of service 73 the client key that no sample has. */
const publishedHeaders = {
  ...samples.find(({ id }) => id === "qr-cpm-payment-request")?.headers,
  "X-CLIENT-KEY": "G1234325-SNAP",
};

function subjectsOf(operation: Operation): Subject[] {
  const success = bodySchema(operation, "200");
  const parameters = operation.parameters;
  return [
    {
      name: "request",
      schema: bodySchema(operation, "request"),
      cases: tableCases(operation, "request"),
      walk: (schema) => walkTable(operation, "request", schema, wide),
    },
    {
      name: "200",
      schema: success,
      cases: tableCases(operation, "200"),
      walk: (schema) => walkTable(operation, "response", schema, wide),
    },
    {
      name: "202",
      schema: bodySchema(operation, "202"),
      cases: inProgressCases(operation),
      walk: (schema) => walkInProgress(operation, schema, success),
    },
    ...Object.keys(operation.responses)
      .filter((status) => status >= "400")
      .map((status) => ({
        name: status,
        schema: bodySchema(operation, status),
        cases: errorCases(operation, status),
        walk: (schema: Schema) => walkError(operation, status, schema),
      })),
    {
      name: "headers",
      schema: headerSchema(parameters),
      cases: headerCases(operation.service, parameters, publishedHeaders),
      walk: (schema) =>
        walkHeaders(
          operation.service,
          parameters.map(
            (parameter): Parameter => ({
              ...parameter,
              required: schema.required?.includes(parameter.name) ?? false,
              schema: schema.properties?.[parameter.name] ?? {},
            }),
          ),
        ),
    },
  ];
}

/** Every schema with one constraint weakened or dropped. */
function mutantsOf(root: Schema): Mutant[] {
  const mutants: Mutant[] = [];
  const visit = (at: (copy: Schema) => Schema, path: string) => {
    const schema = at(root);
    const mutate = (what: string, change: (target: Schema) => void) => {
      const copy = structuredClone(root);
      change(at(copy));
      mutants.push({ what: `${path || "/"} ${what}`, schema: copy });
    };
    const drop = (keyword: string) => mutate(`without ${keyword}`, (target) => delete target[keyword]);
    const { required = [], minLength, maxLength, pattern, type } = schema;
    for (const name of required) {
      mutate(`not requiring ${name}`, (target) => {
        target.required = required.filter((other) => other !== name);
      });
    }
    if (minLength !== undefined) drop("minLength");
    if (maxLength !== undefined) {
      drop("maxLength");
      mutate("with maxLength one more", (target) => {
        target.maxLength = maxLength + 1;
      });
    }
    if (pattern !== undefined) {
      drop("pattern");
      mutate("with pattern open at its start", (target) => {
        target.pattern = pattern.slice(1);
      });
      mutate("with pattern open at its end", (target) => {
        target.pattern = pattern.slice(0, -1);
      });
    }
    if (schema.format !== undefined) drop("format");
    if (type !== undefined) drop("type");
    if (Array.isArray(type)) {
      for (const one of type) {
        mutate(`without type ${one}`, (target) => {
          target.type = type.filter((other) => other !== one);
        });
      }
    }
    if (schema.const !== undefined) drop("const");
    const values = schema.enum;
    if (values !== undefined) {
      drop("enum");
      for (const value of values) {
        if (values.length > 1) {
          mutate(`without ${JSON.stringify(value)} in enum`, (target) => {
            target.enum = values.filter((other) => other !== value);
          });
        }
        mutate(`with ${JSON.stringify(value)} in enum misspelt`, (target) => {
          target.enum = values.map((other) => (other === value ? `${String(value)}x` : other));
        });
      }
    }
    for (const keyword of ["if", "then"] as const) {
      if (!schema[keyword]) continue;
      drop(keyword);
      visit((copy) => at(copy)[keyword] as Schema, `${path}/${keyword}`);
    }
    for (const name of Object.keys(schema.dependentSchemas ?? {})) {
      drop("dependentSchemas");
      visit((copy) => at(copy).dependentSchemas?.[name] as Schema, `${path}/${name}?`);
    }
    for (const name of Object.keys(schema.properties ?? {})) {
      visit((copy) => at(copy).properties?.[name] as Schema, `${path}/${name}`);
    }
  };
  visit((copy) => copy, "");
  return mutants;
}

/** The cases on which a schema's verdict is not the expected one. A mutant may be odd (`then` without `if`), so Ajv is lenient. */
const verdicts = (schema: Schema, cases: Case[]) => {
  const validate = ajv({ strict: false, validateSchema: false }).compile(schema);
  return cases
    .filter(({ value, valid }) => validate(value) !== valid)
    .map(({ name, valid }) => `${name}: ${valid ? "refused" : "accepted"}`);
};

const count = { mutants: 0, flipped: 0, walked: 0 };

describe.each(operations)("$operationId", (operation) => {
  describe.each(subjectsOf(operation))("$name", ({ name, schema, cases, walk }) => {
    test("gives every case its verdict", () => {
      expect(verdicts(schema, cases)).toEqual([]);
      expect(walk(schema)).toEqual([]);
    });

    test("misses no mutant", () => {
      const survivors: string[] = [];
      for (const mutant of mutantsOf(schema)) {
        count.mutants += 1;
        if (verdicts(mutant.schema, cases).length > 0) count.flipped += 1;
        else if (walk(mutant.schema).length > 0) count.walked += 1;
        else survivors.push(`${operation.operationId} ${name} ${mutant.what}`);
      }
      expect(survivors).toEqual([]);
    });
  });
});

test("the count of mutants is told, and none survived", () => {
  console.log(
    `mutants ${count.mutants}: ${count.flipped} flipped a case's verdict, ${count.walked} were noticed by the row walk only`,
  );
  expect(count.mutants).toBeGreaterThan(1000);
  expect(count.flipped + count.walked).toBe(count.mutants);
});
