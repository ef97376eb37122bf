// Fields and headers that no table has and that look like one that a table has: `amout`. The contract lets them through.
import { readFileSync } from "node:fs";
import type { OperationId } from "../../../generated/operations.ts";
import { headers as names } from "../../../generated/operations.ts";
import { type Contract, operationIn } from "../../contract/contract.ts";
import { documentFile } from "../../host/document.ts";
import { closestTo } from "../../util/nearest.ts";

/** What is right by the contract, and probably not what was meant. */
export interface Warning {
  /** A field's dotted path or a header's name. */
  path: string;
  message: string;
}

/** Warns of the fields of a body; what is below a field that is free, such as additionalInfo, is nobody's. */
export function typosIn(body: unknown, known: readonly string[], parent = ""): Warning[] {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return [];
  const prefix = parent && `${parent}.`;
  const siblings = known.flatMap((path) =>
    path.startsWith(prefix) && !path.slice(prefix.length).includes(".") ? [path.slice(prefix.length)] : [],
  );
  if (siblings.length === 0) return [];
  return Object.entries(body).flatMap(([name, value]) => {
    const path = prefix + name;
    if (siblings.includes(name)) return typosIn(value, known, path);
    // one that is there beside it is not what was meant
    const meant = closestTo(
      name,
      siblings.filter((sibling) => !Object.hasOwn(body, sibling)),
    );
    if (meant === undefined) return [];
    return [{ path, message: `${path} is not a field of this service; did you mean ${prefix}${meant}?` }];
  });
}

/** Warns of headers. */
export function headerTypos(
  given: Readonly<Record<string, string>>,
  operation: OperationId,
  contract: Contract,
): Warning[] {
  const known = [...operationIn(contract, operation).headers, names.contentType, names.authorization];
  const there = new Set(Object.keys(given).map((name) => name.toLowerCase()));
  const missing = known.filter((name) => !there.has(name.toLowerCase()));
  return Object.keys(given).flatMap((name) => {
    if (known.some((its) => its.toLowerCase() === name.toLowerCase())) return [];
    const meant = closestTo(name, missing);
    return meant === undefined
      ? []
      : [{ path: name, message: `${name} is not a header of SNAP; did you mean ${meant}?` }];
  });
}

/** A schema of the document, as far as names stand in it. */
interface Schema {
  $ref?: string;
  properties?: Record<string, Schema>;
  allOf?: Schema[];
}

/** The fields of a response, nested ones dotted: the contract as a value has those of requests only. */
export function responseFields(operation: OperationId, status: string, contract: Contract): string[] {
  const document = JSON.parse(readFileSync(documentFile(contract), "utf8")) as {
    paths: Record<
      string,
      { post: { responses: Record<string, { $ref?: string; content?: Record<string, { schema: Schema }> }> } }
    >;
  };
  const at = <T extends { $ref?: string }>(value: T): T =>
    value.$ref === undefined
      ? value
      : (value.$ref
          .slice(2)
          .split("/")
          .reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], document) as T);
  const fieldsOf = (schema: Schema, prefix: string, depth: number): string[] => {
    const { properties = {}, allOf = [] } = at(schema);
    if (depth > 5) return [];
    const own = Object.entries(properties).flatMap(([name, its]) => [
      prefix + name,
      ...fieldsOf(its, `${prefix}${name}.`, depth + 1),
    ]);
    return [...own, ...allOf.flatMap((part) => fieldsOf(part, prefix, depth + 1))];
  };
  const response = document.paths[operationIn(contract, operation).path]?.post.responses[status];
  const schema = response && at(response).content?.["application/json"]?.schema;
  return schema ? fieldsOf(schema, "", 0) : [];
}
