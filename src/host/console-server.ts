// Sends the console's page, its stream of updates and its download.
import { existsSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { packageFile } from "../util/package-file.ts";
import type { ConsoleParts, OperationNames } from "./console.ts";
import { type ConsoleRequest, viewOf } from "./console-view.ts";
import { problem, problemResponse } from "./problem.ts";

/** What is said of every answer. The page's own policy, with the hashes of its script and style, stands in the page. */
const HEADERS = {
  "cache-control": "no-store",
  "content-security-policy": "frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** Sends the page. */
export function sendPage(outgoing: ServerResponse): void {
  const page = packageFile("dist/docs/console.html");
  const found = existsSync(page);
  const type = `text/${found ? "html" : "plain"}; charset=utf-8`;
  outgoing.writeHead(found ? 200 : 404, { ...HEADERS, "content-type": type });
  outgoing.end(found ? readFileSync(page) : "The page has not been built yet: npm run docs\n");
}

/** Sends what the page reads, to those who may. */
export async function sendData(
  path: string,
  parts: ConsoleParts,
  operations: OperationNames,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)] as [string, string]);
  const refused = parts.access(new Request(`http://localhost${path}`, { headers }))?.response;
  const has = /\/(events|all)$/.exec(path)?.[1];
  if (refused || has === undefined || `/console/${has}` !== path) {
    const there = "There are GET /console/events and GET /console/all.";
    const answer = refused ?? problemResponse(problem(404, "The console does not have this", there));
    outgoing.writeHead(answer.status, { ...HEADERS, ...Object.fromEntries(answer.headers) });
    outgoing.end(await answer.text());
  } else if (has === "all") {
    outgoing.writeHead(200, { ...HEADERS, "content-type": "application/json" });
    outgoing.end(JSON.stringify({ ...parts.all?.(), requests: viewsSince(0, parts, operations) }, null, 2));
  } else stream(parts, operations, incoming, outgoing);
}

function viewsSince(version: number, { requests }: ConsoleParts, operations: OperationNames): ConsoleRequest[] {
  return requests.since(version).map((each) => viewOf(each, operations));
}

/** How long changes are gathered, and after which silence a watcher is told that all is well, in milliseconds. */
const GATHER_MS = 50;
const HEARTBEAT_MS = 15_000;

/**
 * Server-sent events: what there is, then after each change what is new. A watcher that reads slowly gets fewer of them, each with all
 * that is new, so that nothing heaps up.
 */
function stream(
  parts: ConsoleParts,
  operations: OperationNames,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): void {
  outgoing.writeHead(200, { ...HEADERS, "content-type": "text/event-stream" });
  if (incoming.method === "HEAD") return void outgoing.end();
  let version = 0;
  let fixed = parts.fixed?.();
  let timer: NodeJS.Timeout | undefined;
  const send = () => {
    timer = undefined;
    if (outgoing.writableNeedDrain) return void outgoing.once("drain", later);
    const { version: latest, first } = parts.requests.place;
    const requests = viewsSince(version, parts, operations);
    version = latest;
    const update = { kind: parts.kind, first, requests, state: parts.state?.(), fixed };
    outgoing.write(`data: ${JSON.stringify(update)}\n\n`);
    fixed = undefined;
  };
  const later = () => {
    timer ??= setTimeout(send, GATHER_MS).unref();
  };
  const unwatch = parts.changes.watch(later);
  const heartbeat = setInterval(() => outgoing.write(": here\n\n"), HEARTBEAT_MS).unref();
  outgoing.once("close", () => {
    unwatch();
    clearInterval(heartbeat);
    clearTimeout(timer);
  });
  send();
}
