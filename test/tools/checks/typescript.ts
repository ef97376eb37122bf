// TypeScript: each generator's client must compile under tsc --strict, take the published samples as literals, and read the answers.
import { type Call, largeLetter } from "../support/calls.ts";
import { type Check, type Context, packageFolder } from "../support/context.ts";

/** How the code of a generator is made and called. */
interface Generator {
  generate(context: Context): Promise<unknown>;
  /** The lines that load it. */
  imports: string;
  /**
   * An expression that makes one call: a promise of `{ status, body }`. `headers` is a literal of what the contract names, `init` an
   * expression with the headers that OpenAPI keeps out of it.
   */
  call(call: Call, headers: string, body: string, init: string): string;
}

function programOf(generator: Generator, context: Context): string {
  const { calls } = context;
  const codes = calls.map(({ answer }) => JSON.stringify(answer.responseCode)).join(" | ");
  const lines = calls.map((call) => {
    const init = `extra(${JSON.stringify(call.prefer)})`;
    const expression = generator.call(call, JSON.stringify(call.headers), JSON.stringify(call.body), init);
    return `await tell(${JSON.stringify(call.operationId)}, ${expression});`;
  });
  return `import { writeFileSync } from "node:fs";
${generator.imports}
const url: string = ${JSON.stringify(context.gateway.url)};
const answers: object[] = [];
const extra = (prefer: string): Record<string, string> => ({ authorization: "Bearer any-token", prefer });
// a type that is only string, or any, does not pass: the codes of the contract must be in the generated types
type Known = ${codes};
type Knows<T> = unknown extends T ? never : string extends T ? never : Extract<T, Known> extends never ? never : T;
async function tell<Code extends string>(
  operationId: string,
  told: Promise<{ status: number; body: { responseCode: Knows<Code> & Code } | undefined }>,
): Promise<void> {
  const { status, body } = await told;
  answers.push({ operationId, status, responseCode: body?.responseCode, body });
}
${lines.join("\n")}
writeFileSync("answers.json", JSON.stringify(answers));
`;
}

const TSCONFIG = {
  compilerOptions: {
    strict: true,
    noEmit: true,
    target: "es2022",
    module: "esnext",
    moduleResolution: "bundler",
    allowImportingTsExtensions: true,
    lib: ["es2022", "dom", "dom.iterable"],
    types: ["node"],
    skipLibCheck: true,
  },
  include: ["**/*.ts"],
};

/** The check of a generator. */
function proves(generator: Generator): Check {
  return async (context) => {
    await generator.generate(context);
    context.write("main.ts", programOf(generator, context));
    context.write("package.json", { type: "module" });
    context.write("tsconfig.json", TSCONFIG);
    await context.run(process.execPath, [`${packageFolder("typescript")}/bin/tsc`, "-p", "tsconfig.json"]);
    await context.run(process.execPath, ["--import", "tsx", "main.ts"]);
    context.checkExchange();
  };
}

const byFetch = ".then(({ data, error, response }) => ({ status: response?.status ?? 0, body: data ?? error }))";

export const openapiTypescript = proves({
  generate: (context) =>
    context.tool("openapi-typescript", "openapi-typescript", [context.contract.json, "-o", "api.ts"]),
  imports: `import createClient from "openapi-fetch";
import type { paths } from "./api.ts";
const client = () => createClient<paths>({ baseUrl: url });`,
  call: ({ path }, headers, body, init) =>
    `client().POST("${path}", { params: { header: ${headers} }, headers: ${init}, body: ${body} })${byFetch}`,
});

export const heyApi = proves({
  generate: (context) =>
    context.tool("@hey-api/openapi-ts", "openapi-ts", [
      ...["-i", context.contract.json, "-o", "api"],
      ...["-p", "@hey-api/typescript", "@hey-api/sdk", "@hey-api/client-fetch"],
    ]),
  imports: `import * as api from "./api/index.ts";
import { client } from "./api/client.gen.ts";`,
  call: ({ operationId }, headers, body, init) =>
    `(client.setConfig({ baseUrl: url, headers: ${init} }), api.${largeLetter(operationId)}({ headers: ${headers}, body: ${body} }))${byFetch}`,
});

/** Orval reads a configuration, and writes the server into what it generates. */
async function orval(context: Context, output: object): Promise<void> {
  context.write("orval.config.json", {
    api: { input: context.contract.json, output: { target: "api.ts", mode: "single", ...output } },
  });
  await context.tool("orval", "orval", ["--config", "orval.config.json"]);
}

export const orvalFetch = proves({
  generate: (context) => orval(context, { client: "fetch", headers: true, baseUrl: context.gateway.url }),
  imports: `import * as api from "./api.ts";`,
  call: ({ operationId }, headers, body, init) =>
    `api.${operationId}(${body}, ${headers}, { headers: ${init} }).then(({ status, data }) => ({ status, body: data }))`,
});

export const orvalZod = proves({
  generate: (context) =>
    orval(context, {
      client: "zod",
      // without it zod refuses every time that has an offset
      override: { zod: { generateEachHttpStatus: true, dateTimeOptions: { offset: true } } },
    }),
  imports: `import * as api from "./api.ts";
interface Schema<Out> { parse(value: unknown): Out; }
async function post<Out>(path: string, headers: Record<string, string>, body: object, schema: Schema<Out>) {
  const init = { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) };
  const response = await fetch(url + path, init);
  return { status: response.status, body: schema.parse(await response.json()) };
}`,
  call: ({ operationId, path, status }, headers, body, init) =>
    `post("${path}", { ...${headers}, ...${init} }, api.${operationId}Body.parse(${body}), api.${operationId}${status}Response)`,
});

export const swaggerTypescriptApi = proves({
  generate: (context) =>
    context.tool("swagger-typescript-api", "swagger-typescript-api", [
      ...["generate", "--path", context.contract.json, "--output", ".", "--name", "api.ts", "--generate-union-enums"],
    ]),
  imports: `import { Api, type HttpResponse } from "./api.ts";
const client = () => new Api({ baseUrl: url });
type Refused = HttpResponse<never, { responseCode: Known }>;`,
  call: ({ operationId }, headers, body, init) =>
    `client().v10.${largeLetter(operationId)}(${body}, { headers: { ...${headers}, ...${init} } }).then(
    ({ status, data }) => ({ status, body: data as { responseCode: typeof data.responseCode | Known } }),
    ({ status, error }: Refused) => ({ status, body: error }),
  )`,
});

export const kubb = proves({
  async generate(context) {
    const plugin = (package_: string, exported: string, options: object) =>
      `(await import(${JSON.stringify(`${package_}`)})).${exported}(${JSON.stringify(options)})`;
    context.write(
      "kubb.config.js",
      `export default {
  root: ".",
  input: { path: ${JSON.stringify(context.contract.json)} },
  output: { path: "./api", clean: true, format: false, lint: false },
  plugins: [
    ${plugin("@kubb/plugin-oas", "pluginOas", { validate: false, generators: [] })},
    ${plugin("@kubb/plugin-ts", "pluginTs", { enumType: "literal" })},
    ${plugin("@kubb/plugin-zod", "pluginZod", { dateType: "stringOffset" })},
    ${plugin("@kubb/plugin-client", "pluginClient", { client: "fetch", bundle: true, dataReturnType: "full", baseURL: context.gateway.url })},
  ],
};
`,
    );
    await context.tool("@kubb/cli", "kubb", ["generate", "--config", "kubb.config.js"]);
  },
  imports: `import * as api from "./api/clients/index.ts";
import * as zod from "./api/zod/index.ts";`,
  call: ({ operationId }, headers, body, init) => {
    const id = largeLetter(operationId);
    const parsed = `zod.${id}MutationRequestSchema.parse(${body})`;
    // its fetch does not say what the body is
    const all = `{ "content-type": "application/json", ...${headers}, ...${init} }`;
    return `api.${id}(${parsed}, ${headers}, { headers: ${all} }).then(({ status, data }) => ({ status, body: data }))`;
  },
});
