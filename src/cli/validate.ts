// `snap-bi validate`: whether bodies in files keep the contract, and what SNAP would answer to them.
import { BadRequest } from "../../generated/cases.ts";
import type { OperationId } from "../../generated/operations.ts";
import { answerOf } from "../contract/answer.ts";
import type { Contract } from "../contract/contract.ts";
import { type SnapAnswer, validateRequest, validateResponse } from "../contract/validation.ts";
import type { Violation } from "../contract/violation.ts";
import { command, UsageError } from "./args.ts";
import { readInput } from "./files.ts";
import { jsonBreakOf } from "./json-break.ts";
import { PROFILE_OPTION, readProfile } from "./profile.ts";
import { readService, SERVICE_OPTION, type Service, servicesInWords } from "./services.ts";
import { printable, type Terminal, table } from "./terminal.ts";

/** What is said of one file. */
interface Finding {
  file: string;
  valid: boolean;
  violations: Violation[];
  /** What SNAP answers; null for what is valid, and for responses. */
  answer: SnapAnswer | null;
}

/** What the files are to be. */
interface Wanted {
  service: Service;
  /** The status of responses; undefined for requests. */
  status: string | undefined;
  profile: Contract;
}

/** Validates files. */
export const run = command(
  {
    usage: ["snap-bi validate FILE... --service 60 [--response 200] [--profile NAME] [--json]"],
    about: [
      "Checks the bodies in JSON files against the contract, and says where each breaks it and what SNAP would answer. FILE may be - for stdin, as it is when none is given.",
    ],
    examples: [
      ["snap-bi validate payment.json --service 60"],
      ["snap-bi validate answers/*.json --service qrCpmQuery --response 200"],
      ["snap-bi validate payment.json --service 60 --profile bca"],
      ["curl -s ... | snap-bi validate --service 61 --response 200"],
    ],
    options: {
      ...SERVICE_OPTION,
      response: {
        type: "string",
        value: "STATUS",
        about: "the bodies are responses with this HTTP status; without it they are requests",
      },
      ...PROFILE_OPTION,
      json: {
        type: "boolean",
        about:
          "one JSON document a line for each file: file, valid, violations (path, rule, expected, message, pattern), answer; or file and error, where it cannot be read",
      },
    },
    notes: [
      "A path names a field, such as amount.value; it is empty for the body as a whole.",
      `Services: ${servicesInWords}.`,
      "Exit codes: 0 success, 1 problems found, 2 usage error, or a file cannot be read.",
    ],
  },
  async (values, positionals, terminal) => {
    if (values.service === undefined)
      throw new UsageError(`--service is missing; it must be one of ${servicesInWords}`);
    const profile = await readProfile(values.profile);
    const service = readService(values.service, profile);
    const wanted = { service, status: readStatus(service.id, values.response, profile), profile };
    const files = positionals.length ? positionals : ["-"];
    if (files.filter((file) => file === "-").length > 1)
      throw new UsageError("- stands for stdin, which is read once only");
    return validateAll(files, wanted, values.json ?? false, terminal);
  },
);

function readStatus(operation: OperationId, value: string | undefined, { operations }: Contract): string | undefined {
  const statuses = Object.keys(operations[operation]?.validateResponse ?? {});
  if (value !== undefined && !statuses.includes(value))
    throw new UsageError(`--response must be one of ${statuses.join(", ")}, not "${printable(value)}"`);
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

function findingOf(file: string, bytes: Buffer, { service, status, profile }: Wanted): Finding {
  const { body, problem } = parse(bytes);
  if (problem !== undefined) {
    const violations = [{ path: "", rule: "json", expected: "JSON", message: `the body must be JSON: ${problem}` }];
    const answer = status === undefined ? answerOf(profile, service.id, BadRequest) : null;
    return { file, valid: false, violations, answer };
  }
  return {
    ...{ file, valid: true, violations: [], answer: null },
    ...(status === undefined
      ? validateRequest(service.id, body, profile)
      : validateResponse(service.id, status, body, profile)),
  };
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

function inWords({ file, valid, violations, answer }: Finding): string[] {
  const name = file === "-" ? "stdin" : printable(file);
  if (valid) return [`ok      ${name}`];
  const rows = violations.map(({ rule, message }) => ["      ", rule, printable(message)]);
  const answered = answer ? `  ${answer.responseCode} ${answer.responseMessage}` : "";
  return [`broken  ${name}${answered}`, ...table(rows)];
}

function summary(fine: number, broken: number, unread: number, { service, status, profile }: Wanted): string {
  const what = status === undefined ? "requests" : `responses with status ${status}`;
  const counts = [`${fine} ok`, `${broken} broken`, ...(unread ? [`${unread} not read`] : [])];
  const whose = profile.name === "published" ? "" : `, profile ${profile.name}`;
  return `${counts.join(", ")} (${what} of service ${service.serviceCode}, ${service.id}${whose})`;
}
