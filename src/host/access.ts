// Who may call the control endpoints and read the console: those who have the key, where there is one, and no page of another site.
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { headers } from "../../generated/operations.ts";
import { isJson } from "../receiver/body.ts";
import { invalidOption } from "../util/errors.ts";
import type { HostOptions, Intercepted } from "./host.ts";
import { isLocalOrigin, isLoopback } from "./local.ts";
import { problem, problemResponse } from "./problem.ts";

/** How the key is sent. */
export const KEY_HEADER = `${headers.authorization}: Bearer KEY`;

/**
 * The key that control asks for; undefined where it asks for none.
 * @throws TypeError (`ERR_SNAP_INVALID_OPTION`) when the one given cannot be sent
 */
export function newControlKey(options: HostOptions & { controlKey?: string }): string | undefined {
  const { controlKey, accessToken, tokenLifetime, clientSecret, publicKey, host = "127.0.0.1" } = options;
  if (controlKey !== undefined) {
    if (typeof controlKey === "string" && /^[!-~]{1,1000}$/.test(controlKey)) return controlKey;
    // not what was found, which may be the key with a line break
    throw invalidOption("controlKey must be 1 to 1000 visible ASCII characters, which a header can hold.");
  }
  const checks = [accessToken, tokenLifetime, clientSecret, publicKey].some((option) => option !== undefined);
  return checks || !isLoopback(host) ? randomBytes(18).toString("base64url") : undefined;
}

/** Makes the gate before the control endpoints: it answers what must not pass. */
export function createControlAccess(key: string | undefined): (request: Request) => Intercepted | undefined {
  return (request) => {
    const origin = request.headers.get("origin");
    if (origin !== null && !isLocalOrigin(origin) && !isOwnOrigin(origin, request.headers.get("host"))) {
      return refused(
        403,
        "No page of another site may do this",
        `The Origin must be of this machine, but is ${shown(origin)}.`,
      );
    }
    if (key !== undefined && !isKey(key, request.headers.get(headers.authorization))) {
      const detail = `Send the control key, which the sandbox printed at its start (--control-key sets it, controlKey in code), as ${KEY_HEADER}.`;
      return refused(401, "The sandbox asks for its control key", detail, { "www-authenticate": "Bearer" });
    }
    if (request.method !== "POST" || isJson(request.headers.get(headers.contentType) ?? "")) return undefined;
    // a form of any page can send what is not JSON
    return refused(415, "The sandbox reads JSON only", `A POST must have ${headers.contentType}: application/json.`);
  };
}

/** Whether a page is this server's own: the Host rule, or the key, has seen to the name. */
function isOwnOrigin(origin: string, host: string | null): boolean {
  return host !== null && URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}

/** In constant time, whatever the lengths. */
function isKey(key: string, header: string | null): boolean {
  const [, given = ""] = /^Bearer +(\S+)\s*$/i.exec(header ?? "") ?? [];
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(key));
}

const shown = (text: string) => JSON.stringify(text.slice(0, 200));

function refused(status: number, title: string, detail: string, more?: Record<string, string>): Intercepted {
  return { response: problemResponse(problem(status, title, detail), more), step: "control", why: detail };
}
