// The documentation page beside a mock or sandbox.
import { existsSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { packageFile } from "../util/package-file.ts";

/** Where the page is. */
export const DOCS_PATH = "/docs";

/** Answers a request for the page; false for what calls ask for. */
export function serveDocs({ method = "", url = "" }: IncomingMessage, outgoing: ServerResponse): boolean {
  if (!/^(GET|HEAD)$/.test(method)) return false;
  const [path = ""] = url.split("?", 1);
  if (path.replace(/\/$/, "") !== DOCS_PATH) return false;
  const page = packageFile("dist/docs/index.html");
  const found = existsSync(page);
  outgoing.writeHead(found ? 200 : 404, { "content-type": `text/${found ? "html" : "plain"}; charset=utf-8` });
  outgoing.end(found ? readFileSync(page) : "The page has not been built yet: npm run docs\n");
  return true;
}
