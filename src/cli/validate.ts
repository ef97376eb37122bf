// `snap-bi validate`: whether bodies in files keep the contract, and what SNAP would answer to them.
import type { OperationId } from "../../generated/client.ts";
import { contract } from "../../generated/contract.ts";
import { type SnapAnswer, type Violation, validateRequest, validateResponse } from "../contract/validation.ts";
import { type ErrorCode, type ResponseCode, responseMessageOf } from "../snap/response-codes.ts";
import {
  type Command,
  printable,
  readArgs,
  readInput,
  readService,
  type Service,
  servicesInWords,
  type Terminal,
  table,
  terminal as thisTerminal,
  UsageError,
} from "./args.ts";
import { jsonBreakOf } from "./json-break.ts";

const HELP = `snap-bi validate FILE... --service 60 [--response 200] [--json]

Checks the bodies in JSON files against the contract, and says where each breaks it and what SNAP would answer. FILE may be -
for stdin, as it is when there is none.

  snap-bi validate payment.json --service 60
  snap-bi validate answers/*.json --service qrCpmQuery --response 200
  curl -s ... | snap-bi validate --service 61 --response 200

  --service CODE     the service, by its code or its operation
  --response STATUS  the bodies are responses with this HTTP status; without it they are requests
  --json             one JSON document a line for each file: file, valid, violations (path, rule, expected), answer; or file
                     and error, where it cannot be read
  --help             this text

A path names a field, such as amount.value; it is empty for the body as a whole.
Services:
  ${servicesInWords}
Exit codes: 0 all keep the contract, 1 one of them breaks it, 2 used wrongly or a file cannot be read.`;

/** What is said of one file. */
interface Finding {
  file: string;
  valid: boolean;
  violations: Violation[];
  /** What SNAP answers; null for what is fine, and for responses. */
  answer: SnapAnswer | null;
}

/** What the files are to be. */
interface Wanted {
  service: Service;
  /** The status of responses; undefined for requests. */
  status: string | undefined;
}

/** Validates files. */
export const run: Command = async (args, terminal = thisTerminal) => {
  const { values, positionals } = readArgs(args, {
    service: { type: "string" },
    response: { type: "string" },
    json: { type: "boolean" },
  });
  if (values.help) {
    terminal.out(HELP);
    return 0;
  }
  if (values.service === undefined) throw new UsageError(`--service is missing; it takes one of ${servicesInWords}`);
  const service = readService(values.service);
  const wanted = { service, status: readStatus(service.id, values.response) };
  const files = positionals.length ? positionals : ["-"];
  if (files.filter((file) => file === "-").length > 1)
    throw new UsageError("- stands for stdin, which is read once only");
  return validateAll(files, wanted, values.json ?? false, terminal);
};

function readStatus(operation: OperationId, value: string | undefined): string | undefined {
  const statuses = Object.keys(contract.operations[operation].validateResponse);
  if (value !== undefined && !statuses.includes(value))
    throw new UsageError(`--response takes one of ${statuses.join(", ")}, not "${printable(value)}"`);
  return value;
}

async function validateAll(files: string[], wanted: Wanted, json: boolean, terminal: Terminal): Promise<number> {
  const findings: Finding[] = [];
  for (const file of files) {
    try {
      const finding = findingOf(file, await readInput(file, terminal), wanted);
      findings.push(finding);
      for (const line of json ? [JSON.stringify(finding)] : inWords(finding)) terminal.out(line);
    } catch (error) {
      // the others are looked at all the same
      if (!(error instanceof UsageError)) throw error;
      if (json) terminal.out(JSON.stringify({ file, error: error.message }));
      terminal.err(`snap-bi: ${error.message}`);
    }
  }
  const broken = findings.filter(({ valid }) => !valid).length;
  const unread = files.length - findings.length;
  if (!json) terminal.out(summary(findings.length - broken, broken, unread, wanted));
  if (unread) return 2;
  return broken ? 1 : 0;
}

function findingOf(file: string, bytes: Buffer, { service, status }: Wanted): Finding {
  const { body, problem } = parse(bytes);
  if (problem !== undefined) {
    const violations = [{ path: "", rule: "json", expected: `JSON (${problem})` }];
    return { file, valid: false, violations, answer: status === undefined ? badRequest(service) : null };
  }
  const fine = { file, valid: true, violations: [], answer: null };
  return {
    ...fine,
    ...(status === undefined ? validateRequest(service.id, body) : validateResponse(service.id, status, body)),
  };
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** The parsed body, or what keeps it from being JSON. */
function parse(bytes: Buffer): { body: unknown; problem?: undefined } | { body?: undefined; problem: string } {
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return { problem: `byte ${firstBadByte(bytes)} is no UTF-8` };
  }
  if (!text.trim()) return { problem: "there is nothing" };
  try {
    return { body: JSON.parse(text) as unknown };
  } catch {
    const found = jsonBreakOf(text);
    return { problem: found ? `line ${found.line}, column ${found.column}: ${found.problem}` : "it cannot be parsed" };
  }
}

/** The byte, from 1 on, with which the first sequence begins that is no UTF-8: what decodes before it is searched for by halves. */
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

/** The whole characters of bytes that may end in the middle of one; undefined when they are no UTF-8. */
function charactersOf(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}

function badRequest({ serviceCode }: Service): SnapAnswer {
  const responseCode: ErrorCode & ResponseCode = `400${serviceCode}00`;
  return { responseCode, responseMessage: responseMessageOf(responseCode) };
}

function inWords({ file, valid, violations, answer }: Finding): string[] {
  const name = file === "-" ? "stdin" : printable(file);
  if (valid) return [`ok      ${name}`];
  const rows = violations.map(({ path, rule, expected }) => [
    "      ",
    printable(path) || "the body",
    rule,
    `ought ${expected.startsWith("to ") ? "" : "to be "}${printable(expected)}`,
  ]);
  const answered = answer ? `  ${answer.responseCode} ${answer.responseMessage}` : "";
  return [`broken  ${name}${answered}`, ...table(rows)];
}

function summary(fine: number, broken: number, unread: number, { service, status }: Wanted): string {
  const what = status === undefined ? "requests" : `responses with status ${status}`;
  const counts = [`${fine} ok`, `${broken} broken`, ...(unread ? [`${unread} not read`] : [])];
  return `${counts.join(", ")} (${what} of service ${service.serviceCode}, ${service.id})`;
}
