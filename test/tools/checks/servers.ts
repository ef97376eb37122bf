// Servers and mocks that others make of the contract: what they answer to the samples, and what they refuse.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import freePort from "get-port";
import type { Answer, Call } from "../support/calls.ts";
import { checkAnswers } from "../support/calls.ts";
import { binOf, type Check, type Context, home } from "../support/context.ts";

async function send(url: string, { path, headers, prefer, body }: Pick<Call, "path" | "headers" | "prefer" | "body">) {
  const response = await fetch(url + path, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: "Bearer any-token", prefer, ...headers },
    body: JSON.stringify(body),
  });
  return { response, body: (await response.json()) as Record<string, unknown> };
}

/** Makes every call of the contract, and checks that the server answers as the contract does. */
async function answersAll(context: Context, url: string): Promise<void> {
  const answers: Answer[] = [];
  for (const call of context.calls) {
    const { response, body } = await send(url, call);
    assert.equal(response.headers.get("sl-violations"), null, `${call.operationId} ${call.status}`);
    answers.push({
      operationId: call.operationId,
      status: response.status,
      responseCode: String(body.responseCode),
      body,
    });
  }
  checkAnswers(context.calls, answers);
}

/** A sample whose first field is a number, and one without a header that must be there: both must be refused. */
async function refusesFaults(context: Context, url: string, expected: string): Promise<void> {
  for (const call of context.calls.filter(({ status }) => status === 200)) {
    const [field = ""] = Object.keys(call.body);
    const wrong = await send(url, { ...call, body: { ...call.body, [field]: 1 } });
    assert.equal(wrong.response.status, 400, `${call.operationId} with a number as ${field}`);
    assert.ok(JSON.stringify(wrong.body).includes(expected.replace("FIELD", field)), JSON.stringify(wrong.body));
    const { "X-SIGNATURE": _, ...headers } = call.headers;
    const without = await send(url, { ...call, headers });
    assert.equal(without.response.status, 400, `${call.operationId} without X-SIGNATURE`);
  }
}

const program = (name: string) => join(home, "programs/node", name);

export const expressOpenapiValidator: Check = async (context) => {
  const port = await freePort();
  context.writeCalls();
  const args = [program("express.mjs"), context.contract.yaml, context.path("calls.json"), String(port)];
  const url = await context.serve(args, port);
  await answersAll(context, url);
  await refusesFaults(context, url, "/body/FIELD must be string");
  const [first] = context.calls;
  assert.ok(first);
  const broken = await send(url, { ...first, prefer: "broken" });
  assert.equal(broken.response.status, 500, "a response that breaks the contract must be caught");
  assert.match(String(broken.body.message), /must have required property 'responseMessage'/);
};

export const openapiBackend: Check = async (context) => {
  const port = await freePort();
  const url = await context.serve([program("backend.mjs"), context.contract.openapi30, String(port)], port);
  await answersAll(context, url);
  await refusesFaults(context, url, "/requestBody/FIELD");
};

async function prism(context: Context, ...args: string[]): Promise<string> {
  const port = await freePort();
  const [mode = "", ...more] = args;
  const options = ["--port", String(port), "--verboseLevel", "silent", context.contract.yaml];
  return context.serve([binOf("@stoplight/prism-cli", "prism"), mode, ...options, ...more], port);
}

export const prismMock: Check = async (context) => {
  const url = await prism(context, "mock");
  await answersAll(context, url);
  await refusesFaults(context, url, "Bad Request");
};

/** It answers with a 500 what breaks the contract in either direction. */
export const prismProxy: Check = async (context) => {
  const url = await prism(context, "proxy", context.mock, "--errors");
  await answersAll(context, url);
  const [first] = context.calls;
  assert.ok(first);
  const wrong = await send(url, { ...first, body: { partnerReferenceNo: 1 } });
  assert.match(String(wrong.body.type), /UNPROCESSABLE_ENTITY/);
};

/** It answers with the first example of a status. */
export const msw: Check = async (context) => {
  context.writeCalls();
  const args = [program("msw.mjs"), context.contract.json, context.path("calls.json"), context.path("answers.json")];
  await context.run(process.execPath, args);
  const { paths } = JSON.parse(readFileSync(context.contract.json, "utf8")) as Paths;
  const calls = context.calls.map((call) => {
    const examples = paths[call.path]?.post.responses[call.status]?.content["application/json"].examples;
    const [first] = Object.values(examples ?? {});
    return { ...call, answer: first?.value ?? call.answer };
  });
  checkAnswers(calls, JSON.parse(context.read("answers.json")) as Answer[]);
};

interface Paths {
  paths: Record<
    string,
    {
      post: {
        responses: Record<
          string,
          { content: { "application/json": { examples: Record<string, { value?: Call["answer"] }> } } }
        >;
      };
    }
  >;
}
