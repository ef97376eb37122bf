// What `snap-bi mock`, `sandbox` and `proxy` log of a request.
import type { LogEntry } from "../host/host.ts";
import type { ProxyLogEntry } from "../proxy/log.ts";
import { fitted, printable, type Terminal, toned, widthOf } from "./terminal.ts";

type Watched = Pick<Terminal, "columns" | "colours">;

/** A log entry as a line: when, what, the service, the code, and why; then who asked, under which X-EXTERNAL-ID, and how long it took. */
export function lineOf(entry: LogEntry, terminal: Watched = {}): string {
  const { method, path, status, responseCode, responseMessage, step, hint, partnerId, externalId, duration } = entry;
  const said = [responseCode ?? (status || "-"), responseMessage].join(" ");
  const why = [step === "operation" ? undefined : step, hint].filter(Boolean).join(": ");
  const about = [
    partnerId && `partner ${partnerId}`,
    externalId && `id ${externalId}`,
    // what the doctor says is about a request that is told of already
    step !== "doctor" && duration !== undefined && `${duration < 10 ? duration.toFixed(1) : Math.round(duration)} ms`,
  ].filter(Boolean);
  const to = step === "notify" ? `-> ${path}` : path;
  const line = `${method} ${to} [${entry.service ?? "--"}] ${said}${why ? ` (${why})` : ""}`;
  return laidOut(entry, line, about.join("  "), terminal);
}

/** A log entry of the proxy as lines: when, what, the service, the code and how long it took; then what breaks the contract, a line each. */
export function linesOf(entry: ProxyLogEntry, terminal: Watched = {}): string[] {
  const { method, path, service, status, responseCode, responseMessage, by, tries, duration, findings, hint } = entry;
  const said = [responseCode ?? (status || "-"), responseMessage].join(" ");
  const again = tries > 1 ? ", sent again with a new token" : "";
  const head = `${method} ${path} [${service ?? "--"}] ${said} (${by}, ${duration} ms${again})`;
  const more = [...findings.map((finding) => `breaks the contract: ${finding}`), ...(hint ? [hint] : [])];
  return [
    laidOut(entry, head, "", terminal),
    ...more.map((line) => MARGIN + fitted(printable(line), terminal, INDENT)),
  ];
}

/** Behind the time. */
const INDENT = "07:50:11 ".length;
const MARGIN = " ".repeat(INDENT);

/** A line behind its time, with its code in the colour of what it says; where it is wider than the terminal it goes on below. */
function laidOut(
  { time, status }: Pick<LogEntry, "time" | "status">,
  line: string,
  about: string,
  terminal: Watched,
): string {
  const whole = about ? `${line}  ${about}` : line;
  const fits = INDENT + printable(whole).length <= (widthOf(terminal) ?? Number.POSITIVE_INFINITY);
  const parts = fits || !about ? [whole] : [line, about];
  const text = parts.map((part) => fitted(printable(part), terminal, INDENT)).join(`\n${MARGIN}`);
  const tone = status >= 500 ? "bad" : status >= 300 ? "careful" : status >= 200 ? "good" : "quiet";
  const coloured = text.replace(/(?<=\s\[(?:\d\d|--)\]\s+)\S+/, (code) => toned(terminal, tone, code));
  return `${time.slice(11, 19)} ${coloured}`;
}
