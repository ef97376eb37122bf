// Turns openapi/scenarios.yaml into generated/scenarios.ts: the functional test as one list, numbered.

import type { Bundle } from "../../src/generate/bundle.ts";
import type { Catalogue } from "../../src/generate/facts.ts";

/** A text in the languages of the sheet. */
type Words = Record<"en" | "id", string>;

/** A scenario as it stands in the file. */
interface Written {
  name: Words;
  expect: string;
  own?: boolean;
  mistake?: Words;
  steps: ({ call?: string; expect?: string[]; payment?: { expect?: string[] } } & Record<string, unknown>)[];
}

/** openapi/scenarios.yaml. */
export interface Sheet {
  requests: Record<string, { body: object; echoes: Record<string, string>; unique?: string }>;
  common: Written[];
  groups: {
    service: string;
    operation: string;
    name: Words;
    missing: string;
    malformed: { field: string; value: unknown };
    developerSite: { positive: number; negative: number };
    without?: { number: number; why: Words }[];
    scenarios: Written[];
  }[];
}

/** The text of generated/scenarios.ts. */
export function scenariosModule(sheet: Sheet, catalogue: Catalogue, bundle: Bundle): string {
  check(sheet, catalogue, bundle);
  const scenarios = sheet.groups.flatMap(({ scenarios, without = [] }, at) =>
    [...sheet.common, ...scenarios].map((scenario, index) => {
      const why = without.find(({ number }) => number === index + 1)?.why;
      return { number: `${at + 1}.${index + 1}`, group: at, ...scenario, ...(why && { why }) };
    }),
  );
  const groups = sheet.groups.map(({ scenarios: _, without: __, ...group }) => group);
  return `${typesOf(forced(sheet))}/** The requests. */
export const requests: Readonly<Record<OperationId, RequestTemplate>> = ${JSON.stringify(sheet.requests, null, 2)};

/** The services in the order of the sheet. */
export const groups: readonly Group[] = [
${groups.map((group) => `  ${JSON.stringify(group)},`).join("\n")}
];

/** Every scenario, in the order of the sheet. */
export const scenarios: readonly Scenario[] = [
${scenarios.map((scenario) => `  ${JSON.stringify(scenario)},`).join("\n")}
];
`;
}

/** The declarations of the module. */
const typesOf = (forces: string[]) => `import type { OperationId } from "./operations.ts";
import type { Case, ServiceCode } from "./response-codes.ts";
import type { TransactionStatus } from "./types.ts";

/** A text in the languages of the sheet: English and Bahasa Indonesia. */
export interface Words {
  readonly en: string;
  readonly id: string;
}

/** What a request is changed by: another token; a signature with another secret, or of another body; the group's field; an earlier id or body. */
export type Break = "token" | "secret" | "body" | "missing" | "malformed" | "id" | "repeat";

/** What the run file says how to force. */
export type Force = ${union(forces)};

/** A call of a scenario; openapi/scenarios.yaml says what each field means. */
export interface Step {
  readonly call?: OperationId;
  readonly break?: Break;
  readonly force?: Force;
  readonly set?: Readonly<Record<string, unknown>>;
  readonly payment?: { readonly force?: Force; readonly expect?: readonly Case[] };
  readonly notified?: "payment" | "failedPayment";
  readonly same?: boolean;
  readonly expect?: readonly Case[];
  readonly state?: readonly TransactionStatus[];
  readonly ifOffered?: boolean;
}

/** A service of the sheet. */
export interface Group {
  readonly service: ServiceCode;
  readonly operation: OperationId;
  readonly name: Words;
  readonly missing: string;
  readonly malformed: { readonly field: string; readonly value: unknown };
  /** Which of its scenarios the developer site's test has, by their places in the group, from 1 on. */
  readonly developerSite: { readonly positive: number; readonly negative: number };
}

/** A row of the sheet. */
export interface Scenario {
  /** As the sheet numbers it: the place of the group, a point, the place in the group. */
  readonly number: string;
  /** Its place in {@link groups}. */
  readonly group: number;
  readonly name: Words;
  /** Whether it is ours, and not the sheet's. */
  readonly own?: boolean;
  /** The row of the catalogue that answers it. */
  readonly expect: Case;
  /** What is wrong where it is accepted. */
  readonly mistake?: Words;
  /** Why it does not apply to the service. */
  readonly why?: Words;
  readonly steps: readonly Step[];
}

/** A request that is accepted, with \`$names\` for what is filled in, and what its answer repeats. */
export interface RequestTemplate {
  readonly body: Readonly<Record<string, unknown>>;
  readonly echoes: Readonly<Record<string, string>>;
  /** A field of its answer that no two answers of a run may share. */
  readonly unique?: string;
}

`;

const union = (names: string[]) => names.map((name) => JSON.stringify(name)).join(" | ");

/** Every name under `force`. */
export function forced({ common, groups }: Sheet): string[] {
  const steps = [common, ...groups.map(({ scenarios }) => scenarios)].flat().flatMap(({ steps }) => steps);
  const names = steps.flatMap(({ force, payment }) => [force, (payment as { force?: string } | undefined)?.force]);
  return [...new Set(names.filter((name): name is string => typeof name === "string"))];
}

/** Makes sure that the file speaks of operations and codes that there are. */
function check({ requests, common, groups }: Sheet, { codes }: Catalogue, { operations }: Bundle): void {
  const rows = new Set(codes.map((row) => `${row.status}${row.case}`));
  const codeOf = new Map(operations.map(({ operationId, serviceCode }) => [operationId, serviceCode]));
  const missing = operations.filter(({ operationId }) => !groups.some(({ operation }) => operation === operationId));
  const problems = [
    ...missing.map(({ operationId }) => `${operationId} must have a group`),
    ...Object.keys(requests).flatMap((name) => (codeOf.has(name) ? [] : [`there is not an operation ${name}`])),
    ...groups.flatMap(({ operation, service }) =>
      codeOf.get(operation) === service && requests[operation] ? [] : [`${operation} must be service ${service}`],
    ),
    ...[common, ...groups.map(({ scenarios }) => scenarios)].flat().flatMap(({ name, expect, steps }) => {
      const expected = steps.flatMap((step) => step.expect ?? ["20000"]);
      const others = steps.flatMap(({ payment }) => payment?.expect ?? []);
      const unknown = [expect, ...expected, ...others].filter((row) => !rows.has(row));
      const calls = steps.flatMap(({ call }) => (call === undefined || codeOf.has(call) ? [] : [call]));
      return [
        ...[...unknown, ...calls].map((found) => `"${name.en}" names ${found}, which is not in the contract`),
        ...(expected.includes(expect) ? [] : [`"${name.en}" must have a step that expects ${expect}`]),
      ];
    }),
  ];
  if (problems.length > 0) throw new Error(`openapi/scenarios.yaml: ${problems.join("; ")}`);
}
