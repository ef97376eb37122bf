// The contracts of all profiles, and the examples of their documents.
import { profiles } from "../../generated/profiles/index.ts";
import type { Contract } from "../../src/contract/contract.ts";
import type { OperationId } from "../../src/index.ts";
import { documentOf } from "./profiles.ts";

export const contracts: readonly Contract[] = await Promise.all(Object.values(profiles).map((load) => load()));

/** An example of an operation: its name, and the body. */
export interface NamedExample {
  name: string;
  body: Record<string, unknown>;
}

/** The examples of an operation: of its request, and of each status. */
export function examplesOf(
  { name }: Contract,
  id: OperationId,
): { request: NamedExample[]; byStatus: Map<string, NamedExample[]> } {
  const { paths, components } = documentOf(name);
  const operation = Object.values(paths).find(({ post }) => post.operationId === id)?.post;
  if (!operation) throw new Error(`${name} does not have ${id}`);
  const listed = (examples: Record<string, { $ref?: string; value?: unknown }> = {}) =>
    Object.entries(examples).map(([example, { $ref, value }]) => ({
      name: example,
      body: ($ref ? components.examples[$ref.split("/").at(-1) ?? ""]?.value : value) as Record<string, unknown>,
    }));
  return {
    request: listed(operation.requestBody.content["application/json"].examples),
    byStatus: new Map(
      Object.entries(operation.responses).map(([status, { content }]) => [
        status,
        listed(content["application/json"].examples),
      ]),
    ),
  };
}

/** The ids of the operations that move or ask about money. */
export const transactionsOf = ({ operations }: Contract) =>
  (Object.keys(operations) as OperationId[]).filter((id) => operations[id]?.signature !== "token");
