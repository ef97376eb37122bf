// The console: a page for people beside a mock or sandbox, and what it reads. Page and data are loaded when somebody asks for them.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Changes } from "./changes.ts";
import type { Intercepted } from "./host.ts";
import type { Requests } from "./requests.ts";

/** Under which path the page reads what it shows. */
const DATA_PATH = "/console";

/** What a mock or sandbox shows in its console. */
export interface ConsoleParts {
  kind: "mock" | "sandbox";
  /** The paths at which a browser gets the page. */
  paths: readonly string[];
  requests: Requests;
  changes: Changes;
  /** Answers those who must not read it. The page itself holds nothing, and is for all. */
  access: (request: Request) => Intercepted | undefined;
  /** What is shown beside the requests: what never changes, which is sent once, and what does. */
  fixed?: () => object;
  state?: () => object;
  /** What is downloaded beside the requests. */
  all?: () => object;
}

/** What of the contract it names. */
export type OperationNames = Readonly<Record<string, { readonly serviceCode: string } | undefined>>;

/** Makes what answers for the console; it returns false for what is not about it. */
export function createConsole(
  parts: ConsoleParts,
  operations: OperationNames,
): (incoming: IncomingMessage, outgoing: ServerResponse) => boolean {
  return (incoming, outgoing) => {
    const { method = "", url = "", headers } = incoming;
    if (method !== "GET" && method !== "HEAD") return false;
    const [path = ""] = url.split("?", 1);
    const isPage = parts.paths.includes(path) && headers.accept?.includes("text/html");
    if (!isPage && !path.startsWith(`${DATA_PATH}/`)) return false;
    import("./console-server.ts")
      .then((server) =>
        isPage ? server.sendPage(outgoing) : server.sendData(path, parts, operations, incoming, outgoing),
      )
      .catch(() => outgoing.destroy());
    return true;
  };
}
