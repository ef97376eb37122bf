// Prism in this process: answers a request from the contract's examples.
import {
  createInstance,
  getHttpOperationsFromSpec,
  type IHttpConfig,
  type IHttpRequest,
  ProblemJsonError,
} from "@stoplight/prism-http";
// The index does not export it, and Prefer ought to be read exactly as the Prism CLI reads it.
import { getHttpConfigFromRequest } from "@stoplight/prism-http-server/dist/getHttpConfigFromRequest.js";

/** A request as Prism takes it: method in lower case, header names in lower case, the body parsed. */
export type PrismRequest = IHttpRequest;

/** What Prism answers. */
export interface PrismReply {
  status: number;
  headers: Record<string, string>;
  body: unknown;
  /** What breaks the contract, in the request (`request.…`) or in Prism's own answer (`response.…`). */
  violations: string[];
}

/** How one request departs from the standing configuration. */
export interface PrismOptions {
  /** Answer with this status and example, without looking at the request. */
  force?: { code: number; exampleKey: string };
}

const silent = () => {};
// Prism asks for a pino logger; ours is quiet, for the mock writes a log of its own.
const logger = Object.assign(
  Object.fromEntries(
    ["trace", "debug", "info", "warn", "error", "fatal", "success", "start", "note", "watch"].map((level) => [
      level,
      silent,
    ]),
  ),
  { child: () => logger },
) as never;

/**
 * Loads an OpenAPI file and returns the function that answers requests from its examples.
 * @param file path of `openapi.yaml` or `openapi.json`
 */
export async function createPrism(
  file: string,
): Promise<(request: PrismRequest, options?: PrismOptions) => Promise<PrismReply>> {
  const operations = await getHttpOperationsFromSpec(file);
  const config: IHttpConfig = {
    isProxy: false,
    validateRequest: true,
    validateResponse: true,
    checkSecurity: true,
    errors: false,
    upstreamProxy: undefined,
    mock: { dynamic: false },
  };
  const prism = createInstance(config, { logger });

  return async (request, { force } = {}) => {
    const preferred = getHttpConfigFromRequest(request);
    if (preferred._tag === "Left") return problem(preferred.left);
    const chosen: IHttpConfig = force
      ? { ...config, validateRequest: false, checkSecurity: false, mock: { ...config.mock, ...force } }
      : { ...config, mock: { ...config.mock, ...dropUndefined(preferred.right) } };
    const result = await prism.request(request, operations, chosen)();
    if (result._tag === "Left") return problem(result.left);
    const { output, validations } = result.right;
    return {
      status: output.statusCode,
      headers: output.headers ?? {},
      body: output.body,
      violations: [...describe("request", validations.input), ...describe("response", validations.output)],
    };
  };
}

function describe(side: string, found: { path?: (string | number)[]; message: string }[]): string[] {
  return found.map(({ path = [], message }) => `${[side, ...path].join(".")}: ${message}`);
}

function dropUndefined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Partial<T>;
}

function problem(error: Error & Partial<Pick<ProblemJsonError, "status" | "additional">>): PrismReply {
  return {
    status: error.status ?? 500,
    headers: {
      ...(error.additional?.headers as Record<string, string> | undefined),
      "content-type": "application/problem+json",
    },
    body: ProblemJsonError.toProblemJson(error as ProblemJsonError & { additional: Record<string, unknown> }),
    violations: [],
  };
}
