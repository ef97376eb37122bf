// What the tests of the mock and of the Prism command line share: a request of every operation, and how it is sent.
import { expect, test } from "vitest";
import { operations, type Parameter } from "../support/contract.ts";

const exampleHeaders = (parameters: Parameter[]) =>
  Object.fromEntries(
    parameters
      .filter(({ required }) => required)
      .map(({ name, ...rest }) => [name, (rest as unknown as { example: string }).example]),
  );

/** A request of every operation, made from the contract's examples. */
export const requests = operations.map(({ operationId, path, parameters, requestBody, responses, service }) => ({
  operationId,
  path,
  service,
  responses,
  bearer: service !== "73",
  headers: {
    "content-type": "application/json",
    authorization: "Bearer any-token",
    ...exampleHeaders(parameters),
  } as Record<string, string>,
  body: requestBody.content["application/json"].examples.Published.value,
}));

/** The request of one service. */
export function requestOf(service: string) {
  const found = requests.find((request) => request.service === service);
  if (!found) throw new Error(`no service ${service}`);
  return found;
}

export async function post(url: string, path: string, headers: Record<string, string>, body: unknown) {
  const response = await fetch(url + path, {
    method: "POST",
    headers,
    body: typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text && (JSON.parse(text) as Record<string, unknown>),
  };
}

/** Tests that a server gives every example of the contract when it is asked for it by `Prefer`. */
export function testServesEveryExample(url: () => string): void {
  test.each(requests)(
    "$operationId: every example of every status is served unchanged and without a violation",
    async ({ path, headers, body, responses }) => {
      let served = 0;
      for (const [status, { content }] of Object.entries(responses)) {
        const examples = Object.entries(content["application/json"].examples);
        await Promise.all(
          examples.map(async ([example, { value }]) => {
            const prefer = `code=${status}, example=${example}`;
            const answer = await post(url(), path, { ...headers, prefer }, body);
            expect(answer.headers.get("sl-violations"), `${status} ${example}`).toBeNull();
            expect({ status: answer.status, body: answer.body }).toEqual({ status: Number(status), body: value });
            served += 1;
          }),
        );
      }
      expect(served).toBe(63);
    },
  );
}
