// The documentation page beside a mock or sandbox.
import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { packageFile } from "../util/package-file.ts";

/** Where the page is. */
export const DOCS_PATH = "/docs";

/** Makes what answers requests for the page; it says false to what calls ask for. The page is kept until another is built. */
export function createDocs() {
  let page: Page | undefined;
  return ({ method = "", url = "", headers }: IncomingMessage, outgoing: ServerResponse): boolean => {
    if (!/^(GET|HEAD)$/.test(method)) return false;
    const [path = ""] = url.split("?", 1);
    if (path.replace(/\/$/, "") !== DOCS_PATH) return false;
    page = readPage(page);
    if (page) send(page, headers, outgoing);
    else {
      outgoing.writeHead(404, { "content-type": "text/plain; charset=utf-8" });
      outgoing.end("The page has not been built yet: npm run docs\n");
    }
    return true;
  };
}

function send(page: Page, headers: IncomingMessage["headers"], outgoing: ServerResponse): void {
  const isZipped = /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/i.test(String(headers["accept-encoding"] ?? ""));
  const etag = `"${page.hash}${isZipped ? "-gzip" : ""}"`;
  // another build is another page: it is asked for each time, and sent when it has changed
  const caching = { etag, vary: "accept-encoding", "cache-control": "no-cache" };
  if (isKnown(headers["if-none-match"], etag)) return void outgoing.writeHead(304, caching).end();
  outgoing.writeHead(200, {
    ...caching,
    "content-type": "text/html; charset=utf-8",
    ...(isZipped && { "content-encoding": "gzip" }),
  });
  outgoing.end(isZipped ? page.zipped : page.text);
}

/** Whether the caller has the page already (RFC 9110, 13.1.2: by weak comparison). */
function isKnown(tags: string | undefined, etag: string): boolean {
  return tags?.split(",").some((tag) => ["*", etag, `W/${etag}`].includes(tag.trim())) ?? false;
}

interface Page {
  readonly changed: number;
  readonly text: Buffer;
  readonly zipped: Buffer;
  readonly hash: string;
}

/** The page as it is built now; undefined where it is not. */
function readPage(known: Page | undefined): Page | undefined {
  const file = packageFile("dist/docs/index.html");
  const changed = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  if (changed === undefined) return undefined;
  if (known?.changed === changed) return known;
  const text = readFileSync(file);
  const hash = createHash("sha256").update(text).digest("base64url").slice(0, 22);
  return { changed, text, zipped: gzipSync(text), hash };
}
