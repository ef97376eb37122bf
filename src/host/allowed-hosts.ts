// Which names a server on loopback may be called by. A page elsewhere can have a name of its own lead to this machine (DNS rebinding):
// then the browser takes the server for part of that page, and CORS asks nobody. The Host header still has the page's name.
import { invalidOption } from "../util/errors.ts";
import { isLocalName, isLoopback } from "./local.ts";

/**
 * Makes the rule for one server.
 * @param host where it listens; anything but loopback is called by names that nobody here knows, so that any passes
 * @param allowed the names that pass beside those of this machine
 * @returns why a Host header is refused; undefined if it passes
 * @throws TypeError (`ERR_SNAP_INVALID_OPTION`) when one of the names is not a host name
 */
export function createHostRule(
  host: string,
  allowed: readonly string[] = [],
): (header: string | undefined) => string | undefined {
  const names = new Set(checkAllowedHosts(allowed).map((name) => name.toLowerCase()));
  if (!isLoopback(host)) return () => undefined;
  return (header) => {
    // HTTP/1.0 does without, and no browser speaks it; the http server asks HTTP/1.1 for it
    if (header === undefined) return undefined;
    const name = header.toLowerCase().replace(/:\d*$/, "");
    if (isLocalName(name) || names.has(name)) return undefined;
    const shown = JSON.stringify(header.slice(0, 200));
    return `the Host header must be of this machine, such as localhost, but is ${shown}: call it by that name, or start it with --allow-host NAME (option allowHosts)`;
  };
}

/**
 * The option, checked.
 * @throws TypeError (`ERR_SNAP_INVALID_OPTION`) when one of the names is not a host name
 */
export function checkAllowedHosts(names: readonly string[]): readonly string[] {
  if (!Array.isArray(names)) throw invalidOption("allowHosts must be a list of host names.");
  for (const name of names as unknown[]) {
    if (typeof name === "string" && /^([\w-]+(\.[\w-]+)*\.?|\[[\da-f:.]+\])$/i.test(name)) continue;
    const found = typeof name === "string" ? `one is ${JSON.stringify(name.slice(0, 200))}` : "one is not text";
    throw invalidOption(
      `allowHosts must have host names such as "pjp.test", without scheme and port, but ${found}: write the name alone.`,
    );
  }
  return names;
}
