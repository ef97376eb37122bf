// `snap-bi validate`: whether bodies, headers and exchanges in files keep the contract, and what SNAP would answer to them.
import { BadRequest } from "../../generated/cases.ts";
import type { OperationId } from "../../generated/operations.ts";
import { answerOf } from "../contract/answer.ts";
import { type Contract, operationIn } from "../contract/contract.ts";
import {
  type RequestValidationResult,
  validateHeaders,
  validateRequest,
  validateResponse,
} from "../contract/validation.ts";
import { command, UsageError } from "./args.ts";
import { readInput } from "./files.ts";
import { jsonBreakOf } from "./json-break.ts";
import { PROFILE_OPTION, readProfile } from "./profile.ts";
import { readService, SERVICE_OPTION, type Service, servicesInWords, servicesOf } from "./services.ts";
import { fitted, printable, remark, type Terminal } from "./terminal.ts";
import { headersIn, type Message, messagesIn } from "./validate/exchange.ts";
import { filesOf } from "./validate/inputs.ts";
import { type Finding, type Format, linesOf, type Place } from "./validate/report.ts";
import { headerTypos, responseFields, typosIn } from "./validate/typos.ts";

/** What the files are to be. */
interface Wanted {
  /** Undefined where each exchange says it by its path. */
  service: Service | undefined;
  /** The status of responses; undefined for requests. */
  status: string | undefined;
  profile: Contract;
  /** A file of headers that every request is sent with. */
  headers: string | undefined;
  format: Format;
}

/** A finding, and where what it is about stands in its file. */
interface Found {
  finding: Finding;
  place?: Place;
}

/** Validates files. */
export const run = command(
  {
    usage: [
      "snap-bi validate FILE... --service 60 [--response 200] [--headers FILE] [OPTIONS]",
      "snap-bi validate EXCHANGE... [OPTIONS]",
    ],
    about: [
      "Checks the bodies in JSON files against the contract, and says where each breaks it and what SNAP would answer. FILE may be - for stdin, as it is when none is given, a folder, or a pattern in quotes.",
      "A whole exchange says by itself which service it is of: HTTP as text (request line, headers, an empty line, body; the response after it, or alone with its service), or a HAR. Its headers are checked too. A field that no table has is allowed, but one that looks like a field that is missing is warned of.",
    ],
    examples: [
      ["snap-bi validate payment.json --service 60"],
      ["snap-bi validate payment.json --service 60 --headers headers.txt"],
      ["snap-bi validate answers/*.json --service qrCpmQuery --response 200"],
      ["snap-bi validate payment.json --service 60 --profile bca"],
      ["snap-bi validate recorded.har 'exchanges/**/*.http' --format github"],
      ["curl -s ... | snap-bi validate --service 61 --response 200"],
    ],
    options: {
      ...SERVICE_OPTION,
      response: {
        type: "string",
        value: "STATUS",
        about: "the bodies are responses with this HTTP status; without it they are requests",
      },
      headers: {
        type: "string",
        value: "FILE",
        about: "check the request headers in this file, one Name: value a line or a JSON object",
      },
      ...PROFILE_OPTION,
      format: {
        type: "string",
        value: "FORMAT",
        about: "text, unless given; json; or github, annotations in a workflow of GitHub Actions",
      },
      json: {
        type: "boolean",
        about:
          "one JSON document a line for each body: file, part (of an exchange), valid, violations (path, rule, expected, message, pattern), answer, warnings (path, message; where there are any); or file and error, where it cannot be read",
      },
    },
    notes: [
      "A path names a field, such as amount.value; it is empty for the body as a whole. Of a folder .json, .http and .har are read.",
      `Services: ${servicesInWords}.`,
      "Exit codes: 0 success, warnings or none, 1 problems found, 2 usage error, or a file cannot be read.",
    ],
  },
  async (values, positionals, terminal) => {
    const profile = await readProfile(values.profile);
    const service = values.service === undefined ? undefined : readService(values.service, profile);
    if (!service && (values.response !== undefined || values.headers !== undefined || positionals.length === 0))
      throw missingService();
    const status = service && readStatus(service.id, values.response, profile);
    if (status !== undefined && values.headers !== undefined)
      throw new UsageError("--headers is about requests, and --response about responses; leave one of them out");
    const wanted = { service, status, profile, headers: values.headers, format: readFormat(values) };
    // headers alone are worth a look
    const files = filesOf(positionals.length ? positionals : values.headers === undefined ? ["-"] : []);
    return validateAll(files, wanted, terminal);
  },
);

const missingService = () => new UsageError(`--service is missing; it must be one of ${servicesInWords}`);

function readStatus(operation: OperationId, value: string | undefined, { operations }: Contract): string | undefined {
  const statuses = Object.keys(operations[operation]?.validateResponse ?? {});
  if (value !== undefined && !statuses.includes(value))
    throw new UsageError(`--response must be one of ${statuses.join(", ")}, not "${printable(value)}"`);
  return value;
}

function readFormat({ format, json }: { format?: string; json?: boolean }): Format {
  if (json && format !== undefined) throw new UsageError("--json is --format json; leave one of them out");
  if (format === undefined) return json ? "json" : "text";
  if (format === "text" || format === "json" || format === "github") return format;
  throw new UsageError(`--format must be text, json or github, not "${printable(format)}"`);
}

/** With so many files it is told how far it is. */
const MANY = 20;

async function validateAll(files: string[], wanted: Wanted, terminal: Terminal): Promise<number> {
  const { format, headers, service } = wanted;
  const all: Finding[] = [];
  let unread = 0;
  const tell = (lines: string[]) => {
    // what is shown of the progress makes room
    if (looks.length > MANY) terminal.progress?.("");
    for (const line of lines) terminal.out(line);
  };
  const looks = files.map((file) => async () => foundIn(file, await readInput(file, terminal), wanted));
  if (headers !== undefined && service)
    looks.unshift(async () => [
      headersFound(headers, (await readInput(headers, terminal)).toString(), service, wanted),
    ]);
  for (const [at, look] of looks.entries()) {
    try {
      for (const { finding, place } of await look()) {
        all.push(finding);
        tell(linesOf(finding, format, place, terminal));
      }
    } catch (error) {
      // the others are looked at all the same
      if (!(error instanceof UsageError)) throw error;
      unread += 1;
      const file = looks.length > files.length ? [headers, ...files][at] : files[at];
      if (format === "json") tell([JSON.stringify({ file, error: error.message })]);
      remark(terminal, error.message);
    }
    if (looks.length > MANY) terminal.progress?.(`snap-bi: ${at + 1} of ${looks.length} files`);
  }
  const broken = all.filter(({ valid }) => !valid).length;
  if (format !== "json") tell([fitted(summary(all, unread, wanted), terminal)]);
  else tell([]);
  if (unread) return 2;
  return broken ? 1 : 0;
}

/** What is found in one file: of an exchange there is more than one message. */
function foundIn(file: string, bytes: Buffer, wanted: Wanted): Found[] {
  const { service, status, profile } = wanted;
  const text = bytes.toString();
  const messages = messagesIn(file, text);
  if (messages) return foundInExchange(file, messages, wanted);
  if (!service)
    throw new UsageError(
      `${printable(file)} is a body, and does not say of which service: --service is missing; it must be one of ${servicesInWords}`,
    );
  return [{ finding: { file, ...bodyFinding(bytes, service.id, status, profile) }, place: { text, linesBefore: 0 } }];
}

function foundInExchange(file: string, messages: readonly Message[], { service: given, profile }: Wanted): Found[] {
  const found = messages.flatMap((message): Found[] => {
    const { part, path, status, headers, body, linesBefore } = message;
    const service = servicesOf(profile).find((its) => path?.endsWith(its.path.slice(profile.basePath.length))) ?? given;
    // a page and its pictures are in a HAR too
    if (!service || (given && service.id !== given.id)) return [];
    const checked = bodyFinding(Buffer.from(body), service.id, status, profile);
    const place = linesBefore === undefined ? {} : { place: { text: body, linesBefore } };
    if (status !== undefined) return [{ finding: { file, part, ...checked }, ...place }];
    const first = checkHeaders(headers, service.id, profile);
    const violations = [...first.violations, ...checked.violations];
    const warnings = [...(first.warnings ?? []), ...(checked.warnings ?? [])];
    const answer = first.answer ?? checked.answer;
    const valid = violations.length === 0;
    return [{ finding: { file, part, valid, violations, answer, ...(warnings.length > 0 && { warnings }) }, ...place }];
  });
  if (found.length === 0) {
    const whose = given ? `service ${given.serviceCode}` : `the profile ${profile.name}`;
    throw new UsageError(
      `${printable(file)} has no exchange of ${whose}; a response that stands alone needs --service`,
    );
  }
  return found;
}

/** What is said of a body or of headers. */
type Checked = Omit<Finding, "file" | "part">;

function checkHeaders(headers: Record<string, string>, operation: OperationId, profile: Contract): Checked {
  const warnings = headerTypos(headers, operation, profile);
  return checkedAs(validateHeaders(operation, headers, profile), warnings);
}

function headersFound(file: string, text: string, { id }: Service, { profile }: Wanted): Found {
  return {
    finding: { file, part: "headers", ...checkHeaders(namedIn(text), id, profile) },
    place: { text, linesBefore: 0 },
  };
}

/** Headers from JSON, or from lines, of which one may be a request's first. */
function namedIn(text: string): Record<string, string> {
  if (!text.trim().startsWith("{")) return headersIn(text.split(/\r?\n/));
  try {
    return Object.fromEntries(Object.entries(JSON.parse(text) as object).map(([name, value]) => [name, String(value)]));
  } catch {
    throw new UsageError("--headers names a file that begins as JSON does, and is not JSON");
  }
}

function checkedAs(result: RequestValidationResult, warnings: Checked["warnings"] = []): Checked {
  const { violations, answer } = result.valid ? { violations: [], answer: null } : result;
  return { valid: result.valid, violations, answer, ...(warnings.length > 0 && { warnings }) };
}

function bodyFinding(bytes: Buffer, operation: OperationId, status: string | undefined, profile: Contract): Checked {
  const { body, problem } = parse(bytes);
  if (problem !== undefined) {
    const violations = [{ path: "", rule: "json", expected: "JSON", message: `the body must be JSON: ${problem}` }];
    return { valid: false, violations, answer: status === undefined ? answerOf(profile, operation, BadRequest) : null };
  }
  if (status === undefined) {
    const warnings = typosIn(body, operationIn(profile, operation).fields);
    return checkedAs(validateRequest(operation, body, profile), warnings);
  }
  const result = validateResponse(operation, status, body, profile);
  const warnings = typosIn(body, responseFields(operation, status, profile));
  const violations = result.valid ? [] : result.violations;
  return { valid: result.valid, violations, answer: null, ...(warnings.length > 0 && { warnings }) };
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** The parsed body, or what keeps it from being JSON. */
function parse(bytes: Buffer): { body: unknown; problem?: undefined } | { body?: undefined; problem: string } {
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return { problem: `byte ${firstBadByte(bytes)} is not UTF-8` };
  }
  if (!text.trim()) return { problem: "the file is empty" };
  try {
    return { body: JSON.parse(text) as unknown };
  } catch {
    const found = jsonBreakOf(text);
    return { problem: found ? `line ${found.line}, column ${found.column}: ${found.problem}` : "it cannot be parsed" };
  }
}

/** The byte, from 1 on, with which the first sequence begins that is not UTF-8: what decodes before it is searched for by halves. */
function firstBadByte(bytes: Buffer): number {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (charactersOf(bytes.subarray(0, middle)) === undefined) bad = middle;
    else good = middle;
  }
  return Buffer.byteLength(charactersOf(bytes.subarray(0, good)) ?? "") + 1;
}

/** The whole characters of bytes that may end in the middle of one; undefined when they are not UTF-8. */
function charactersOf(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}

function summary(all: readonly Finding[], unread: number, { service, status, profile }: Wanted): string {
  const broken = all.filter(({ valid }) => !valid).length;
  const warned = all.flatMap(({ warnings = [] }) => warnings).length;
  const isExchange = all.some(({ part }) => part !== undefined && part !== "headers");
  const kind = status === undefined ? "requests" : `responses with status ${status}`;
  const counts = [
    `${all.length - broken} ok`,
    `${broken} broken`,
    ...(warned ? [warned === 1 ? "1 warning" : `${warned} warnings`] : []),
    ...(unread ? [`${unread} not read`] : []),
  ];
  const what = `${isExchange ? "exchanges" : kind}${service ? ` of service ${service.serviceCode}, ${service.id}` : ""}`;
  const whose = profile.name === "published" ? "" : `, profile ${profile.name}`;
  return `${counts.join(", ")} (${what}${whose})`;
}
