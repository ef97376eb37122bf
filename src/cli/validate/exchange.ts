// A whole exchange in a file: HTTP as text, request or response or both, or a HAR as browsers and proxies save it.
import { UsageError } from "../args.ts";
import { printable } from "../terminal.ts";

/** A request or a response. */
export interface Message {
  /** What it is, for those who read of it: `request`, `2nd response`. */
  part: string;
  /** The path of the request, with its base path; undefined for a response that stands alone. */
  path: string | undefined;
  /** Undefined for a request. */
  status: string | undefined;
  headers: Record<string, string>;
  body: string;
  /** How many lines stand before the body in the file; undefined where it is not there as it is. */
  linesBefore: number | undefined;
}

const REQUEST_LINE = /^[A-Z]{3,8} (\S+)(?: HTTP\/\d(?:\.\d)?)?\s*$/;
const STATUS_LINE = /^HTTP\/\d(?:\.\d)? (\d{3})\b/;

/** The messages of a file; undefined where it is not an exchange, but perhaps a body. */
export function messagesIn(file: string, text: string): Message[] | undefined {
  const lines = text.replace(/^\ufeff/, "").split(/\r?\n/);
  const [first = ""] = lines;
  if (STATUS_LINE.test(first) || REQUEST_LINE.test(first)) return messagesOf(lines);
  return /"log"\s*:/.test(text) && /"entries"\s*:/.test(text) ? messagesOfHar(file, text) : undefined;
}

function messagesOf(lines: readonly string[]): Message[] {
  const answer = lines.findIndex((line) => STATUS_LINE.test(line));
  const path = REQUEST_LINE.exec(lines[0] ?? "")?.[1];
  const starts = [...(path === undefined ? [] : [0]), ...(answer < 0 ? [] : [answer])];
  return starts.map((start, at) => {
    const own = lines.slice(start, starts[at + 1]);
    const blank = own.indexOf("");
    const head = own.slice(1, blank < 0 ? undefined : blank);
    return {
      part: start === answer ? "response" : "request",
      path: path === undefined ? undefined : pathOf(path),
      status: start === answer ? STATUS_LINE.exec(own[0] ?? "")?.[1] : undefined,
      headers: headersIn(head),
      body:
        blank < 0
          ? ""
          : own
              .slice(blank + 1)
              .join("\n")
              .trimEnd(),
      linesBefore: start + blank + 1,
    };
  });
}

/** Headers as `Name: value`, a line each; a second one of a name is joined to the first, as HTTP does. */
export function headersIn(lines: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const [, name = "", value = ""] = /^([^\s:]+)\s*:\s*(.*?)\s*$/.exec(line) ?? [];
    if (name) headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  return headers;
}

/** What of a HAR is read. */
interface Har {
  log?: {
    entries?: {
      request?: { url?: string; headers?: HarHeader[]; postData?: { text?: string } };
      response?: { status?: number; headers?: HarHeader[]; content?: { text?: string; encoding?: string } };
    }[];
  };
}
interface HarHeader {
  name?: string;
  value?: string;
}

function messagesOfHar(file: string, text: string): Message[] | undefined {
  let har: Har;
  try {
    har = JSON.parse(text) as Har;
  } catch {
    throw new UsageError(`${printable(file)} looks like a HAR, and is not JSON`);
  }
  const entries = har.log?.entries;
  if (!Array.isArray(entries)) return undefined;
  return entries.flatMap(({ request = {}, response = {} }, at) => {
    const path = pathOf(request.url ?? "");
    const about = { path, linesBefore: undefined };
    const { text: content = "", encoding } = response.content ?? {};
    const body = encoding === "base64" ? Buffer.from(content, "base64").toString() : content;
    const number = entries.length > 1 ? ` ${at + 1}` : "";
    return [
      {
        ...about,
        part: `request${number}`,
        status: undefined,
        headers: ofHar(request.headers),
        body: request.postData?.text ?? "",
      },
      // 0 is what a browser writes where no answer came
      ...(response.status
        ? [
            {
              ...about,
              part: `response${number}`,
              status: String(response.status),
              headers: ofHar(response.headers),
              body,
            },
          ]
        : []),
    ];
  });
}

const ofHar = (headers: readonly HarHeader[] = []) =>
  headersIn(headers.map(({ name = "", value = "" }) => `${name}: ${value}`));

/** The path of a URL or of a target. */
function pathOf(target: string): string {
  return URL.canParse(target, "http://host") ? new URL(target, "http://host").pathname : target;
}
