// The mock under each profile: every status and every example is served as the profile's document has it, and is valid under it.
import { expect, test } from "vitest";
import type { Contract } from "../../src/contract/contract.ts";
import type { OperationId } from "../../src/index.ts";
import { startMock } from "../../src/sandbox.ts";
import { validateResponse } from "../../src/validation.ts";
import { contracts, examplesOf } from "../support/profile-contracts.ts";
import { documentOf } from "../support/profiles.ts";

/** Headers with the parameters' own examples. */
function headersOf(profile: Contract, id: OperationId): Record<string, string> {
  const { paths, components } = documentOf(profile.name);
  const operation = Object.values(paths).find(({ post }) => post.operationId === id)?.post;
  const parameters = (operation?.parameters ?? []).map(
    ({ $ref = "" }) =>
      components.parameters[$ref.split("/").at(-1) ?? ""] as unknown as { name: string; example: string },
  );
  const own = Object.fromEntries(parameters.map(({ name, example }) => [name, example]));
  const { Authorization: _, ...others } = own;
  return {
    ...others,
    "content-type": "application/json",
    ...(profile.operations[id]?.bearer && { authorization: "Bearer any" }),
  };
}

test.each(contracts.map((profile) => ({ profile, name: profile.name })))("$name", async ({ profile }) => {
  const mock = await startMock({ profile });
  try {
    let count = 0;
    for (const [key, { path }] of Object.entries(profile.operations)) {
      const id = key as OperationId;
      const { request, byStatus } = examplesOf(profile, id);
      const url = mock.url + profile.basePath + path;
      const headers = headersOf(profile, id);
      const body = JSON.stringify(request[0]?.body);
      const ask = (prefer: Record<string, string>) =>
        fetch(url, { method: "POST", headers: { ...headers, ...prefer }, body });
      for (const [status, examples] of byStatus) {
        const answers = await Promise.all(
          examples.map(({ name }) => ask({ prefer: `code=${status}, example=${name}` })),
        );
        for (const [at, answer] of answers.entries()) {
          const said: unknown = await answer.json();
          expect({ id, status: answer.status, said }).toEqual({ id, status: Number(status), said: examples[at]?.body });
          expect(validateResponse(id, status, said, profile)).toEqual({ valid: true });
          count += 1;
        }
      }
      const dynamic = await ask({ prefer: "dynamic=true" });
      expect(validateResponse(id, dynamic.status, await dynamic.json(), profile)).toEqual({ valid: true });
    }
    expect(count).toBe(Object.keys(profile.operations).length * 63);
  } finally {
    await mock.close();
  }
});
