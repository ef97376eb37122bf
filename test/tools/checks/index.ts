import type { Check } from "../support/context.ts";
import * as collections from "./collections.ts";
import * as contractTests from "./contract-tests.ts";
import * as faults from "./faults.ts";
import * as generators from "./generators.ts";
import * as linters from "./linters.ts";
import * as nswag from "./nswag.ts";
import * as quicktype from "./quicktype.ts";
import * as servers from "./servers.ts";
import * as typescript from "./typescript.ts";

/** Every check, under the name that `--only` takes; the longest first, so that none runs alone at the end. */
export const checks: Readonly<Record<string, Check>> = {
  specmatic: contractTests.specmatic,
  portman: contractTests.portman,
  "collection-bruno": collections.bruno,
  "collection-newman": collections.newman,
  "openapi-generator-java": generators.java,
  dredd: contractTests.dredd,
  "quicktype-go": quicktype.go,
  kubb: typescript.kubb,
  "openapi-generator-php": generators.openapiGeneratorPhp,
  "openapi-generator-python": generators.openapiGeneratorPython,
  "swagger-codegen-php": generators.swaggerCodegenPhp,
  "swagger-codegen-python": generators.swaggerCodegenPython,
  spectral: linters.spectral,
  nswag: nswag.copy30,
  redocly: linters.redocly,
  "openapi-typescript": typescript.openapiTypescript,
  "hey-api": typescript.heyApi,
  "orval-fetch": typescript.orvalFetch,
  "orval-zod": typescript.orvalZod,
  "swagger-typescript-api": typescript.swaggerTypescriptApi,
  "express-openapi-validator": servers.expressOpenapiValidator,
  "openapi-backend": servers.openapiBackend,
  "prism-mock": servers.prismMock,
  "prism-proxy": servers.prismProxy,
  msw: servers.msw,
  "swagger-parser": linters.swaggerParser,
  "openapi-schema-validator": linters.seriousme,
  "readme-openapi-parser": linters.readme,
  "fault-kubb": faults.kubb,
  "fault-nswag": faults.nswag,
  "fault-openapi-generator": faults.openapiGenerator,
  "fault-swagger-codegen": faults.swaggerCodegen,
};
