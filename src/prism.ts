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

/** Prism, loaded with a contract. */
export interface Prism {
  /** Answers a request from the examples. */
  answer(request: PrismRequest): Promise<PrismReply>;
  /** Answers with one example, without looking at the request. */
  answerWith(request: PrismRequest, code: number, example: string): Promise<PrismReply>;
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

const CONFIG: IHttpConfig = {
  isProxy: false,
  validateRequest: true,
  validateResponse: true,
  checkSecurity: true,
  errors: false,
  upstreamProxy: undefined,
  mock: { dynamic: false },
};

/**
 * Loads an OpenAPI file into Prism.
 * @param file path of `openapi.yaml` or `openapi.json`
 */
export async function createPrism(file: string): Promise<Prism> {
  const operations = await getHttpOperationsFromSpec(file);
  const prism = createInstance(CONFIG, { logger });

  async function run(request: PrismRequest, config: IHttpConfig): Promise<PrismReply> {
    const result = await prism.request(request, operations, config)();
    if (result._tag === "Left") return problemOf(result.left);
    const { output, validations } = result.right;
    return {
      status: output.statusCode,
      headers: output.headers ?? {},
      body: output.body,
      violations: [...describe("request", validations.input), ...describe("response", validations.output)],
    };
  }

  /** The examples of the operation that a request is for, by status; undefined when it is for none. */
  function examplesOf({ method, url }: PrismRequest): Map<number, string[]> | undefined {
    const operation = operations.find((candidate) => candidate.method === method && candidate.path === url.path);
    return (
      operation &&
      new Map(
        operation.responses.map(({ code, contents = [] }) => [
          Number(code),
          contents.flatMap(({ examples = [] }) => examples.map(({ key }) => key)),
        ]),
      )
    );
  }

  function answerWith(request: PrismRequest, code: number, exampleKey: string): Promise<PrismReply> {
    const mock = { dynamic: false, code, exampleKey };
    // headers too odd to read may be why nobody looks at the request
    return run({ ...request, headers: {} }, { ...CONFIG, validateRequest: false, checkSecurity: false, mock });
  }

  return {
    answerWith,
    async answer(request) {
      const preferred = getHttpConfigFromRequest(request);
      if (preferred._tag === "Left") return problemOf(preferred.left);
      const { code, exampleKey, ...others } = dropUndefined(preferred.right);
      const examples = examplesOf(request);
      let chosen = code;
      if (examples && (code !== undefined || exampleKey !== undefined)) {
        chosen ??= [...examples].find(([, names]) => exampleKey && names.includes(exampleKey))?.[0];
        const names = chosen === undefined ? undefined : examples.get(chosen);
        if (!names || (exampleKey && !names.includes(exampleKey))) return noSuchExample(examples, code, exampleKey);
      }
      const mock = { ...CONFIG.mock, ...others, ...dropUndefined({ code: chosen, exampleKey }) };
      try {
        return await run(request, { ...CONFIG, mock });
      } catch {
        // Prism throws on headers that it cannot parse, such as `Accept: ;;;`
        return answerWith(request, 400, "BadRequest");
      }
    },
  };
}

/** A problem that lists what Prefer may name. */
function noSuchExample(
  examples: Map<number, string[]>,
  code: number | undefined,
  example: string | undefined,
): PrismReply {
  const names = code === undefined ? undefined : examples.get(code);
  const detail = names
    ? `Status ${code} has no example ${example}. It has: ${names.join(", ")}.`
    : code === undefined
      ? `No status has an example ${example}. Name its status too, and see the documentation for the names.`
      : `There is no status ${code}. There are: ${[...examples.keys()].join(", ")}.`;
  const title = "Prefer names what the contract does not have";
  return problem({ type: "about:blank", title, status: 404, detail });
}

function describe(side: string, found: { path?: (string | number)[]; message: string }[]): string[] {
  return found.map(({ path = [], message }) => `${[side, ...path].join(".")}: ${message}`);
}

function dropUndefined<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T as never;
}

function problemOf(error: Error & Partial<Pick<ProblemJsonError, "status" | "additional">>): PrismReply {
  const known = error as ProblemJsonError & { additional: Record<string, unknown> };
  const headers = error.additional?.headers as Record<string, string> | undefined;
  return problem({ ...ProblemJsonError.toProblemJson(known), status: error.status ?? 500 }, headers);
}

function problem(body: { status: number; [member: string]: unknown }, headers?: Record<string, string>): PrismReply {
  return {
    status: body.status,
    headers: { ...headers, "content-type": "application/problem+json" },
    body,
    violations: [],
  };
}
