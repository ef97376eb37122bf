import { describe, expect, test } from "vitest";
import { compile, headerSchema, operations } from "../support/contract.ts";
import { samples } from "../support/published.ts";
import { walkHeaders } from "../support/walk.ts";

/** Headers that OpenAPI describes elsewhere: the media type and the security scheme. */
const ELSEWHERE = ["content-type", "authorization"];

describe.each(operations)("$operationId", ({ service, parameters, responses }) => {
  test("asks for the headers of the standard's table", () => {
    expect(walkHeaders(service, parameters)).toEqual([]);
    expect(parameters.every((parameter) => parameter.in === "header")).toBe(true);
  });

  test("answers with X-TIMESTAMP whatever the status", () => {
    expect(Object.keys(responses)).toEqual([
      "200",
      "202",
      "400",
      "401",
      "403",
      "404",
      "405",
      "409",
      "429",
      "500",
      "504",
    ]);
    for (const { headers } of Object.values(responses)) {
      expect(headers["X-TIMESTAMP"]?.required).toBe(true);
      expect(headers["X-TIMESTAMP"]?.schema).toEqual(parameters.find(({ name }) => name === "X-TIMESTAMP")?.schema);
    }
  });
});

test.each(samples.filter(({ body, headers }) => body === "request" && Object.keys(headers).length > 0))(
  "the published headers of $id are valid, and each is described",
  ({ operationId, headers }) => {
    const operation = operations.find((candidate) => candidate.operationId === operationId);
    const validate = compile(headerSchema(operation?.parameters ?? []));
    validate(headers);
    expect(validate.errors ?? []).toEqual([]);
    const described = [...ELSEWHERE, ...(operation?.parameters ?? []).map(({ name }) => name.toLowerCase())];
    expect(Object.keys(headers).filter((name) => !described.includes(name.toLowerCase()))).toEqual([]);
    expect(Object.keys(headers)).toHaveLength(13);
  },
);

test.each(samples.filter(({ body }) => body === "response"))(
  "the published X-TIMESTAMP of $id is valid",
  ({ operationId, headers }) => {
    const operation = operations.find((candidate) => candidate.operationId === operationId);
    const validate = compile(operation?.responses["200"]?.headers["X-TIMESTAMP"]?.schema ?? {});
    expect(validate(headers["X-TIMESTAMP"])).toBe(true);
  },
);
