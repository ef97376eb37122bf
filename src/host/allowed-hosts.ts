// Which names a server on loopback may be called by. A page elsewhere can have a name of its own lead to this machine (DNS rebinding):
// then the browser takes the server for part of that page, and CORS asks nobody. The Host header still has the page's name.
import { BadRequest } from "../../generated/cases.ts";
import { headers, type OperationId } from "../../generated/operations.ts";
import { answerOf } from "../contract/answer.ts";
import type { Contract } from "../contract/contract.ts";
import { snapTimestamp } from "../snap/time.ts";
import { invalidOption } from "../util/errors.ts";
import type { Refused } from "./http-server.ts";
import { isLocalName, isLoopback } from "./local.ts";
import { problem, problemResponse } from "./problem.ts";

/** A refusal, and what the log is told of it. */
export interface HostRefusal {
  response: Response;
  refused: Refused;
}

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

/** Answers a request with a wrong Host: 400, as HTTP has it for a Host that is wrong or missing (RFC 9112, 3.2), so 400 00 of a service. */
export function refuseHost(
  { method, path }: { method: string; path: string },
  why: string,
  { contract, clock }: { contract: Contract; clock: () => Date },
): HostRefusal {
  const operation = (Object.keys(contract.operations) as OperationId[]).find(
    (id) => contract.operations[id].path === path,
  );
  if (operation === undefined) {
    const response = problemResponse(problem(400, "The Host header is refused", `${sentence(why)}.`));
    const about = { method, path, operation, status: 400, responseCode: undefined, responseMessage: "Bad Request" };
    return { response, refused: { ...about, why } };
  }
  const answer = answerOf(contract, operation, BadRequest);
  const init = { [headers.contentType]: "application/json", [headers.timestamp]: snapTimestamp(clock()) };
  return {
    response: new Response(JSON.stringify(answer), { status: 400, headers: init }),
    refused: { method, path, operation, status: 400, ...answer, why },
  };
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
