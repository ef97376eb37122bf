// A server of openapi-backend, which validates requests and answers with the contract's examples.
import { createServer } from "node:http";
import { json } from "node:stream/consumers";
import { OpenAPIBackend } from "openapi-backend";

const [, , definition, port] = process.argv;
const api = new OpenAPIBackend({ definition });
api.register({
  notImplemented({ operation }, { headers }) {
    const [, code, , example] = /^code=(\d+)(, example=(\w+))?$/.exec(headers.prefer) ?? [];
    const { status, mock } = api.mockResponseForOperation(operation.operationId, { code: Number(code), example });
    return { status, body: mock };
  },
  validationFail: ({ validation }) => ({ status: 400, body: { message: JSON.stringify(validation.errors) } }),
  notFound: () => ({ status: 404, body: {} }),
});
api.registerSecurityHandler("accessToken", ({ request }) => /^Bearer /.test(request.headers.authorization));
await api.init();

createServer(async (request, response) => {
  const { method, url: path, headers } = request;
  const body = method === "POST" ? await json(request) : undefined;
  const answer = await api.handleRequest({ method, path, headers, body }, { headers });
  response.writeHead(answer.status, { "content-type": "application/json" }).end(JSON.stringify(answer.body));
}).listen(Number(port), "127.0.0.1");
