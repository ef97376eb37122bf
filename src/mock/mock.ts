// The mock: Prism behind our receiver. It answers with the contract's examples and remembers nothing.
import type { OperationId } from "../../generated/operations.ts";
import { contractOf, published } from "../contract/contract.ts";
import { createControlAccess } from "../host/access.ts";
import { Changes } from "../host/changes.ts";
import { documentFile } from "../host/document.ts";
import { type HostOptions, type Intercepted, type RunningServer, startHost } from "../host/host.ts";
import { isLoopback } from "../host/local.ts";
import { problem, problemResponse } from "../host/problem.ts";
import { Requests } from "../host/requests.ts";
import type { SnapCall, SnapOperations, SnapReply } from "../receiver/options.ts";
import { createMemoryReplayStore } from "../receiver/replay-store.ts";
import { installCommand, missingPeers } from "../util/peers.ts";
import type { Choice, Prism } from "./prism.ts";

/** What Prism consists of, and from which version on each will do. */
const PRISM = { "@stoplight/prism-http": "5.12", "@stoplight/prism-http-server": "5.12" };
const FIRST_EXAMPLE: Choice = { dynamic: false };

/** How to start the mock. */
export interface MockOptions extends HostOptions {
  /** Whether an X-EXTERNAL-ID is accepted once a day only. Off by default, so that a pasted call works twice. */
  checkReplay?: boolean;
  /** The OpenAPI document that the answers are taken from; that of the profile by default. */
  openapi?: string;
}

/** A running mock. */
export type Mock = RunningServer;

/** Thrown when Prism, which only the mock needs, is not installed. */
export class MissingPrismError extends Error {
  override readonly name = "MissingPrismError";
  readonly code = "ERR_SNAP_MISSING_PEER";
}

/**
 * Starts the mock: every check of the receiver, then the answer that Prism takes from the contract, as `Prefer` asks for it.
 * @throws MissingPrismError (`ERR_SNAP_MISSING_PEER`) when Prism is not installed; it says how to install it
 * @throws TypeError (`ERR_SNAP_INVALID_OPTION`, `ERR_SNAP_INVALID_KEY`) when an option cannot be right: an empty secret, a key that
 *   is not an RSA public key
 * @throws Error with `code` `EADDRINUSE`, `EACCES` or `EADDRNOTAVAIL` when it cannot listen
 * @example
 * const mock = await startMock({ clientSecret });
 * const snap = createSnapClient({ baseUrl: mock.url, ... });
 * await mock.close();
 */
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  const { checkReplay = false } = options;
  const profile = contractOf(options.profile ?? published);
  const { basePath = profile.basePath } = options;
  const prism = await loadPrism(options.openapi ?? documentFile(profile));
  const { accessTokenB2b: _token, ...transactions } = profile.operations;
  const pathOf = new Map(Object.entries(profile.operations).map(([id, { path }]) => [id, path]));

  function choiceOf(path: string, headers: Headers): Choice {
    const prefer = headers.get("prefer");
    const found = prefer === null ? undefined : prism.choose(path, prefer);
    return found && "choice" in found ? found.choice : FIRST_EXAMPLE;
  }

  async function answer<Id extends OperationId>({ operation, headers }: SnapCall<Id>): Promise<SnapReply<Id>> {
    const path = pathOf.get(operation) ?? "";
    const validateResponse = profile.operations[operation]?.validateResponse ?? {};
    const choice = choiceOf(path, headers);
    // what is generated breaks a condition once in a while; a seed makes it break it every time
    for (let tries = choice.dynamic ? 10 : 0; tries > 0; tries -= 1) {
      const body = (await prism.answer(path, choice)) as SnapReply<Id>;
      if (validateResponse[String(body?.responseCode).slice(0, 3)]?.(body)) return body;
    }
    return (await prism.answer(path, { ...choice, dynamic: false })) as SnapReply<Id>;
  }

  const clock = () => new Date();
  const changes = new Changes();
  const backend = {
    operations: Object.fromEntries(Object.keys(transactions).map((id) => [id, answer])) as unknown as SnapOperations,
    answerToken(call: SnapCall<"accessTokenB2b">) {
      const { dynamic, code } = choiceOf(pathOf.get(call.operation) ?? "", call.headers);
      return dynamic || code !== undefined ? answer(call) : undefined;
    },
    replayStore: checkReplay ? createMemoryReplayStore() : "off",
    clock,
    console: { kind: "mock", paths: ["/"], requests: new Requests(clock, changes), changes, access: accessOf(options) },
    intercept: (request: Request) => refusePreference(request, prism, { basePath, paths: new Set(pathOf.values()) }),
  } as const;
  return startHost(backend, options);
}

/** Who may read the console: those on this machine. The mock has no key that others could be asked for. */
function accessOf({ host = "127.0.0.1" }: MockOptions): ReturnType<typeof createControlAccess> {
  if (isLoopback(host)) return createControlAccess(undefined);
  const detail = "The mock shows its requests on this machine only: start it without --host (host in code).";
  return () => ({
    response: problemResponse(problem(403, "The console is not for others", detail)),
    step: "control",
    why: detail,
  });
}

/** Answers a `Prefer` that cannot be read, or that names what the contract does not have. */
function refusePreference(
  { url, headers }: Request,
  prism: Prism,
  { basePath, paths }: { basePath: string; paths: ReadonlySet<string> },
): Intercepted | undefined {
  const prefer = headers.get("prefer");
  if (prefer === null) return undefined;
  const { pathname } = new URL(url);
  const path = pathname.startsWith(basePath) ? pathname.slice(basePath.length) : "";
  const found = paths.has(path) ? prism.choose(path, prefer) : undefined;
  if (!found || "choice" in found) return undefined;
  return { response: problemResponse(found.problem), step: "prefer", why: found.problem.detail };
}

/** Loads Prism, which is a peer dependency: only the mock needs it. */
async function loadPrism(openapi: string): Promise<Prism> {
  try {
    const { createPrism } = await import("./prism.ts");
    return await createPrism(openapi);
  } catch (error) {
    const missing = missingPeers(PRISM);
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND" || missing.length === 0) throw error;
    throw new MissingPrismError(`The mock needs Prism, which is not installed: ${installCommand(missing)}`);
  }
}
