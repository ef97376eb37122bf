// Every example of every profile is valid, by the profile's own validators and by an Ajv over its OpenAPI document.
import { describe, expect, test } from "vitest";
import { profiles } from "../../generated/profiles/index.ts";
import type { Contract } from "../../src/contract/contract.ts";
import { strictAjv } from "../support/contract.ts";
import { followed } from "../support/profile-bodies.ts";
import { documentOf, names } from "../support/profiles.ts";

interface Example {
  name: string;
  operationId: keyof Contract["operations"];
  status: string | undefined;
  ref: string;
  value: unknown;
}

function examplesOf(name: string): Example[] {
  const document = documentOf(name);
  return Object.values(document.paths).flatMap(({ post }) =>
    Object.entries({ request: post.requestBody, ...post.responses }).flatMap(([status, { content }]) => {
      const { schema, examples = {} } = content["application/json"];
      return Object.entries(examples).map(([example, its]) => ({
        name: `${post.operationId} ${status} ${example}`,
        operationId: post.operationId as Example["operationId"],
        status: status === "request" ? undefined : status,
        ref: String(schema.$ref),
        value: (followed(document, its as never) as { value?: unknown }).value,
      }));
    }),
  );
}

describe.each(names)("%s", (name) => {
  const document = documentOf(name);
  const examples = examplesOf(name);
  const operations = Object.keys(document.paths).length;

  test("has a request and 63 answers for each of its operations", () => {
    expect(examples).toHaveLength(operations * 64);
  });

  test("all are valid by its own validators", async () => {
    const contract: Contract = await profiles[name as keyof typeof profiles]();
    const invalid = examples.filter(({ operationId, status, value }) => {
      const operation = contract.operations[operationId];
      const validate = status ? operation?.validateResponse[status] : operation?.validateRequest;
      return validate?.(value) !== true;
    });
    expect(invalid.map((each) => each.name)).toEqual([]);
  });

  test("all are valid by a strict Ajv over its document, which compiles every schema", () => {
    const ajv = strictAjv()
      .addVocabulary(["components"])
      .addSchema({ components: { schemas: document.components.schemas } }, "document");
    for (const schema of Object.keys(document.components.schemas))
      expect(ajv.getSchema(`document#/components/schemas/${schema}`), schema).toBeTypeOf("function");
    const invalid = examples.filter(({ ref, value }) => ajv.getSchema(`document${ref}`)?.(value) !== true);
    expect(invalid.map((each) => each.name)).toEqual([]);
  });

  test("the examples of 400 02 name a field that is mandatory, or a header", () => {
    for (const { name: example, value } of examples.filter(({ name: each }) =>
      each.endsWith("400 InvalidMandatoryField"),
    )) {
      const { responseMessage } = value as { responseMessage: string };
      const field = responseMessage.replace("Invalid Mandatory Field ", "");
      const [id = ""] = example.split(" ");
      const operation = Object.values(document.paths).find(({ post }) => post.operationId === id)?.post;
      const {
        required = [],
        if: condition,
        then,
      } = followed(document, operation?.requestBody.content["application/json"].schema as never);
      const mandatory = [...required, ...((condition && then?.required) ?? [])];
      const headers = operation?.parameters.map(({ $ref }) => $ref?.split("/").at(-1));
      expect([...mandatory, ...(headers ?? [])], example).toContain(field);
    }
  });
});
