// Which pages may call the mock and the sandbox from a browser: CORS. Pages of this machine may, so that "Try it out" of documentation
// viewers works; others where an option says so.
import { headers } from "../../generated/operations.ts";
import { invalidOption } from "../util/errors.ts";
import { isLocalOrigin } from "./local.ts";

/** The pages that may call: none (`false`), or those of this machine and of these origins. */
type CorsOption = false | readonly string[];

/** The rules of CORS for one server. */
export interface Cors {
  /** The answer to a preflight of a page that may call; undefined for every other request. */
  preflight(request: Request): Response | undefined;
  /** An answer, with the headers that let the page read it if it may call. */
  allow(request: Request, response: Response): Response;
}

/** So that a page can read the 405 of a wrong method. */
const METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";
/** What a page may send if it does not say what it wants to send. */
const HEADERS = [...Object.values(headers), "Prefer"].join(", ");
/** For how many seconds a browser need not ask again. */
const MAX_AGE = "600";
const MAX_REQUESTED_LENGTH = 4096;

/**
 * Makes the rules.
 * @throws TypeError (`ERR_SNAP_INVALID_OPTION`) when one of the origins is not an origin
 */
export function createCors(option: CorsOption = []): Cors {
  const origins = checkCors(option);
  if (!origins) return { preflight: () => undefined, allow: (_, response) => response };

  /** The origin of the page that calls, if it may. SNAP has a header of this name too, with a host name, so it is never refused. */
  const allowedOrigin = (request: Request) => {
    const origin = request.headers.get("origin");
    if (origin === null || !isOrigin(origin)) return undefined;
    return isLocalOrigin(origin) || origins.includes("*") || origins.includes(origin) ? origin : undefined;
  };
  const allow = (request: Request, response: Response) => {
    const origin = allowedOrigin(request);
    if (origin === undefined) return response;
    response.headers.set("Access-Control-Allow-Origin", origin);
    response.headers.set("Access-Control-Expose-Headers", "*");
    response.headers.append("Vary", "Origin");
    return response;
  };
  const preflight = (request: Request) => {
    const isAsking = request.method === "OPTIONS" && request.headers.has("access-control-request-method");
    const origin = isAsking ? allowedOrigin(request) : undefined;
    if (origin === undefined) return undefined;
    const isPrivate = request.headers.get("access-control-request-private-network") === "true";
    return new Response(null, {
      status: 204,
      headers: {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Allow-Methods": METHODS,
        "Access-Control-Allow-Headers": requestedHeaders(request) ?? HEADERS,
        "Access-Control-Max-Age": MAX_AGE,
        ...(isPrivate && { "Access-Control-Allow-Private-Network": "true" }),
        Vary: "Origin",
      },
    });
  };
  return { preflight, allow };
}

/**
 * The option, checked.
 * @throws TypeError (`ERR_SNAP_INVALID_OPTION`) when one of the origins is not an origin
 */
export function checkCors(option: CorsOption): CorsOption {
  if (option === false) return option;
  if (!Array.isArray(option)) throw invalidOption("cors must be false or a list of origins.");
  for (const origin of option as unknown[]) {
    if (origin !== "*" && !(typeof origin === "string" && isOrigin(origin))) throw invalidOption(whyNot(origin));
  }
  return option;
}

function whyNot(value: unknown): string {
  const rule = 'cors must have origins such as "https://app.example", "null" or "*"';
  if (typeof value !== "string") return `${rule}, and one is not text.`;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const remedy =
    url && isOrigin(url.origin) && url.origin !== "null" ? `write "${url.origin}"` : "write scheme and host";
  // what is before an @ may be a password
  const found = value.includes("@") ? "one has credentials" : `not ${JSON.stringify(value.slice(0, 200))}`;
  return `${rule}, ${found}: ${remedy}.`;
}

/** Whether a text is an origin as browsers send it. */
function isOrigin(text: string): boolean {
  if (text === "null") return true;
  // URL takes it for a letter of a host; no page has such an origin
  if (text.includes("*")) return false;
  if (/^https?:/.test(text)) return URL.canParse(text) && new URL(text).origin === text;
  // those of apps and extensions, such as capacitor://localhost, which URL does not read
  return /^[a-z][a-z\d+.-]*:\/\/[a-z\d.-]+(:\d+)?$/.test(text);
}

/** The names of the headers that a page wants to send; undefined if they are none, or not names. */
function requestedHeaders(request: Request): string | undefined {
  const requested = request.headers.get("access-control-request-headers") ?? "";
  if (requested.length > MAX_REQUESTED_LENGTH) return undefined;
  const names = requested.split(",").map((name) => name.trim());
  return names.every((name) => /^[\w!#$%&'*+.^`|~-]+$/.test(name)) ? names.join(", ") : undefined;
}
