// Turns the bundle of a profile into its light half: what a client needs, and the types.
import ts from "typescript";
import type { Bundle } from "./bundle.ts";
import type { CatalogueRow, Facts } from "./facts.ts";
import { operationFacts, operationTypes } from "./operations-module.ts";

/** A profile as its files are made from. */
export interface ProfileSource {
  /** The name of its overlay: `aspi-2025`. */
  name: string;
  /** What the overlay's `info` says of it. */
  info: { title: string; description?: string };
  /** The facts that the overlay made. */
  facts: Facts;
  /** The contract that they are derived to. */
  document: Facts;
  bundle: Bundle;
  /** The published facts. */
  published: Facts;
}

/** Names that the files of a profile use for something else, beside the words of the language. */
const TAKEN = /^(facts|profile|validators|operations|paths|v|published|undefined|eval|arguments)$/;

/**
 * The name of a profile in code: `aspi-2025` is `aspi2025`.
 * @throws Error when the name cannot be one
 */
export function identifierOf(name: string): string {
  const identifier = name.replace(/-([a-z\d])/g, (_, letter: string) => letter.toUpperCase());
  if (!/^[a-z][A-Za-z\d]*$/.test(identifier))
    throw new Error(
      `the name of a profile must be small letters, digits and hyphens and begin with a letter, but is "${name}"`,
    );
  const isWord = ts.identifierToKeywordKind(ts.factory.createIdentifier(identifier)) !== undefined;
  if (isWord || TAKEN.test(identifier))
    throw new Error(`the name of a profile must not be "${name}", which its files use for something else`);
  return identifier;
}

/** The text of profile.ts. */
export function profileModule(source: ProfileSource, extension: string): string {
  const { name, bundle, published, facts } = source;
  const { names, text } = operationTypes(bundle);
  const identifier = identifierOf(name);
  const standard = standardHeaders(published);
  const value = {
    outcomes: changedOutcomes(source),
    states: changedStates(facts, published),
  };
  return `import type { ${names.join(", ")}, paths } from "./types${extension}";

export type * from "./types${extension}";

${text}

const facts = {
  name: ${JSON.stringify(name)},
  basePath: ${JSON.stringify(bundle.basePath)},
  operations: ${operationFacts(bundle, standard)},
  /** What response codes say of the call where they say something else than in the standard: by HTTP status and case, and service. */
  outcomes: ${JSON.stringify(value.outcomes)},
  /** Statuses of a payment that the standard does not have, or has with another meaning. */
  states: ${JSON.stringify(value.states)},
} as const;

${titleOf(source)}
export const ${identifier}: typeof facts & { readonly "~types"?: { operations: OperationTypes; paths: paths } } = facts;
`;
}

function titleOf({ info: { title, description = "" } }: ProfileSource): string {
  const lines = [title, "", ...description.trim().split("\n")].map((line) => ` * ${line}`.trimEnd());
  return `/**\n${lines.join("\n").replaceAll("*/", "*\\/")}\n */`;
}

/** The headers that the standard has for a transaction. */
function standardHeaders({ paths }: Facts): string[] {
  const names = Object.values(paths)
    .filter(({ post }) => post.security === undefined)
    .flatMap(({ post }) => post.parameters.map(({ $ref = "" }) => $ref.split("/").at(-1) ?? ""));
  return [...new Set(names)];
}

/** The outcomes of codes that are not those of the published catalogue, by row and service. */
function changedOutcomes({ facts, published, bundle }: ProfileSource): Record<string, Record<string, string>> {
  const outcomesIn = ({ "x-snap-response-codes": { codes } }: Facts) =>
    new Map(codes.map((row) => [`${row.status}${row.case}`, row.outcome]));
  const before = outcomesIn(published);
  const of = (outcome: CatalogueRow["outcome"] | undefined, service: string) =>
    typeof outcome === "object" ? (outcome[service] ?? outcome.other) : outcome;
  const services = bundle.operations.map(({ serviceCode }) => serviceCode);
  const changed = [...outcomesIn(facts)].map(([row, outcome]) => {
    const differing = services.filter((service) => of(outcome, service) !== of(before.get(row), service));
    return [row, Object.fromEntries(differing.map((service) => [service, of(outcome, service) ?? ""]))] as const;
  });
  return Object.fromEntries(changed.filter(([, outcomes]) => Object.keys(outcomes).length > 0));
}

/** Statuses that are not as the published list has them. */
function changedStates(facts: Facts, published: Facts): Record<string, { name: string; state: string }> {
  const statesOf = ({ components }: Facts) => components.schemas.TransactionStatus?.["x-snap-states"] ?? {};
  const before = statesOf(published);
  const changed = Object.entries(statesOf(facts)).filter(
    ([status, { name, state }]) => before[status]?.name !== name || before[status]?.state !== state,
  );
  return Object.fromEntries(changed.map(([status, { name, state }]) => [status, { name, state }]));
}
