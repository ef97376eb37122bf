// `Prefer`, which chooses the mock's answers and none of the sandbox's: who sends it here is told so in the log.
import type { LogEntry } from "../host/host.ts";

/** What the mock takes. Others, such as respond-async, are nobody's business here. */
const MOCKS = /(?:^|[\s,;])(?:code|example|dynamic)\s*=\s*"?(\d{7})?/i;

/** A log entry for a request with a `Prefer` of the mock's; undefined for any other. */
export function ignoredPreference({ method, url, headers }: Request, time: string): LogEntry | undefined {
  const [found, code = "CODE"] = MOCKS.exec(headers.get("prefer") ?? "") ?? [];
  if (found === undefined) return undefined;
  const service = /\d/.test(code) ? code.slice(3, 5) : "60";
  const hint = `fields of the request choose the answer here; snap-bi codes ${code} --service ${service} says which, and snap-bi mock takes Prefer`;
  const about = { time, method, path: new URL(url).pathname, status: 0, service: undefined, operation: undefined };
  return { ...about, responseCode: undefined, responseMessage: "Prefer is ignored", step: "prefer", hint };
}
