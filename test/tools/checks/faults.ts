// Faults of tools that our users meet, each shown by the smallest document, without our contract. A check that fails says that a new
// version is better: take what is said of the fault out of tools.ts, and what was done about it out of the contract.
import assert from "node:assert/strict";
import { join } from "node:path";
import { type Check, type Context, packageFolder } from "../support/context.ts";
import { generate } from "./generators.ts";

type Json = Record<string, unknown>;
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: Json) => ({ content: { "application/json": { schema } } });

/** A document with one operation, which answers with these schemas. */
const documentOf = (schemas: Json, responses: Json, openapi = "3.0.3") => ({
  openapi,
  info: { title: "Smallest", version: "1" },
  paths: { "/pay": { post: { operationId: "pay", security: [{ token: [] }], responses } } },
  components: { schemas, securitySchemes: { token: { type: "http", scheme: "bearer" } } },
});

const state = (value: string) => ({
  type: "object",
  properties: { code: { type: "string", enum: [value], "x-enumNames": ["Named"] } },
});

/** Named values of two inline enums get one name, that of their property: hence `enumType: "literal"`. */
export const kubb: Check = async (context) => {
  const responses = { 200: { description: "ok", ...json(ref("A")) }, 202: { description: "later", ...json(ref("B")) } };
  context.write("openapi.json", documentOf({ A: state("1"), B: state("2") }, responses, "3.1.0"));
  context.write(
    "kubb.config.js",
    `import { pluginOas } from "@kubb/plugin-oas";
import { pluginTs } from "@kubb/plugin-ts";
export default {
  root: ".", input: { path: "./openapi.json" }, output: { path: "./api", format: false, lint: false },
  plugins: [pluginOas({ validate: false, generators: [] }), pluginTs({})],
};
`,
  );
  await context.tool("@kubb/cli", "kubb", ["generate", "--config", "kubb.config.js"]);
  const tsc = join(packageFolder("typescript"), "bin/tsc");
  const options = ["--noEmit", "--allowImportingTsExtensions", "--module", "esnext", "--moduleResolution", "bundler"];
  const said = await context.run(process.execPath, [tsc, ...options, "api/index.ts"], { code: 2 });
  assert.match(said, /api\/index\.ts\(\d+,\d+\): error TS2300: Duplicate identifier 'code'\./);
};

/** A status that is left out becomes the first of its values, and a time gets a length: hence the option, and the 3.0 copy. */
export const nswag: Check = async (context) => {
  const time = { type: "string", format: "date-time", maxLength: 25 };
  const schemas = {
    Status: { type: "string", enum: ["00", "03"] },
    Paid: { type: "object", properties: { status: ref("Status"), time } },
  };
  const input = context.write(
    "openapi.json",
    documentOf(schemas, { 200: { description: "ok", ...json(ref("Paid")) } }),
  );
  const exe = join(packageFolder("nswag"), "bin/binaries/Win/NSwag.exe");
  await context.run("mono", [exe, "openapi2csclient", `/input:${input}`, "/output:Client.cs", "/namespace:Snap"]);
  const code = context.read("Client.cs");
  assert.match(code, /public Status Status \{ get; set; \}/);
  assert.match(code, /StringLength\(25\)\]\s+public System\.DateTimeOffset Time/);
};

const bodies = {
  Now: { type: "object", properties: { code: { type: "string", enum: ["200"] } } },
  Later: { type: "object", properties: { code: { type: "string", enum: ["202"] } } },
};
const twoAnswers = (context: Context) =>
  context.write(
    "openapi.json",
    documentOf(bodies, {
      200: { description: "ok", ...json(ref("Now")) },
      202: { description: "later", ...json(ref("Later")) },
    }),
  );

/** Java reads each 2xx with the class of 200; PHP calls what guzzle 7 does not have; Python forgets its access token. */
export const openapiGenerator: Check = async (context) => {
  const input = twoAnswers(context);
  await generate(context, "openapi-generator", "java", input, "--library", "native");
  const java = context.read("client/src/main/java/org/openapitools/client/api/DefaultApi.java");
  assert.match(java, /new TypeReference<Now>/);
  assert.doesNotMatch(java, /TypeReference<Later>/);
  await generate(context, "openapi-generator", "php", input);
  assert.match(context.read("client/lib/Api/DefaultApi.php"), /\\GuzzleHttp\\Psr7\\build_query\(\$queryParams\)/);
  await generate(context, "openapi-generator", "python", input);
  const python = context.read("client/openapi_client/configuration.py");
  assert.match(python, /if self\.access_token is not None/);
  assert.doesNotMatch(python, /self\.access_token = /);
};

/** A free-form object with a name is a class without a parent that calls it: hence none has a name in the 3.0 copy. */
export const swaggerCodegen: Check = async (context) => {
  const schemas = { Free: { type: "object", additionalProperties: true } };
  const input = context.write(
    "openapi.json",
    documentOf(schemas, { 200: { description: "ok", ...json(ref("Free")) } }),
  );
  await generate(context, "swagger-codegen", "php", input);
  const file = "client/SwaggerClient-php/lib/Model/Free.php";
  const said = await context.run("php", ["-l", file], { code: 255 });
  assert.match(said, /PHP Fatal error: {2}Cannot use "parent" when current class scope has no parent/);
};
