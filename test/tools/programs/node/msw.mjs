// msw in this process, its handlers made of the contract by @mswjs/source; makes every call and writes down what was answered.
import { readFileSync, writeFileSync } from "node:fs";
import { fromOpenApi } from "@mswjs/source/open-api";
import { setupServer } from "msw/node";

const [, , document, calls, out] = process.argv;
const contract = JSON.parse(readFileSync(document, "utf8"));
const given = JSON.parse(readFileSync(calls, "utf8"));
const server = setupServer(...(await fromOpenApi(contract)));
server.listen({ onUnhandledRequest: "error" });

const answers = [];
for (const { operationId, path, headers, body, status } of given.calls) {
  const init = {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  };
  const response = await fetch(`${contract.servers[0].url}${path}?response=${status}`, init);
  const read = await response.json();
  answers.push({ operationId, status: response.status, responseCode: read.responseCode, body: read });
}
writeFileSync(out, JSON.stringify(answers));
