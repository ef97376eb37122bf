// Judges an answer: what is wrong with it, in both languages of the sheet. A check is a function here, and a line in `judge`.

import { InvalidFieldFormat, InvalidMandatoryField, Successful } from "../../generated/cases.ts";
import { patterns } from "../../generated/contract.ts";
import { headers as names, type OperationId } from "../../generated/operations.ts";
import type { Case, ResponseCode } from "../../generated/response-codes.ts";
import type { Words } from "../../generated/scenarios.ts";
import { type Contract, operationIn, published } from "../contract/contract.ts";
import { validateResponse } from "../contract/validation.ts";
import { keyOf } from "../snap/code.ts";
import { responseMessageOf } from "../snap/response-codes.ts";
import { excerptOf } from "../util/foreign-text.ts";
import { isObject } from "../util/json-text.ts";
import { fieldAt } from "./fill.ts";
import { type Finding, found } from "./finding.ts";
import type { Exchange, Incoming } from "./wire.ts";

/** What an answer must be. */
export interface Expected {
  readonly operation: OperationId;
  /** Any of these rows of the catalogue. */
  readonly rows: readonly Case[];
  /** The field that 400 01 and 400 02 must name. */
  readonly field?: string | undefined;
  /** What is wrong where a 2xx came in place of an error. */
  readonly mistake?: Words | undefined;
  /** What the answer must repeat, by dotted names. */
  readonly echoes: Readonly<Record<string, unknown>>;
  /** What latestTransactionStatus must be. */
  readonly state?: readonly string[] | undefined;
}

/** What judging knows of the subject. */
export interface Judge {
  readonly contract: Contract;
  /** Whether another message than the catalogue's is a note only. */
  readonly anyMessage: boolean;
  /** What no message must repeat. */
  readonly secrets: readonly string[];
}

/** What was found: faults, and what is only noted. */
export interface Judgement {
  readonly findings: readonly Finding[];
  readonly notes: readonly Words[];
}

/** An answer that is SNAP's: its body, parsed. */
type Body = Record<string, unknown> & { responseCode: string };

/** Judges an answer. What cannot be read is not judged further. */
export function judge(exchange: Exchange, expected: Expected, by: Judge): Judgement {
  const { response } = exchange;
  if (!response) return only(noAnswer(exchange));
  const read = bodyOf(response, by);
  if (isFinding(read)) return only(read);
  const code = codeFindings(response, read, expected, by);
  if (code.length > 0) return { findings: [...code, ...timestamp(response)], notes: [] };
  const message = messageFinding(read, expected, by);
  return {
    findings: [
      ...(message && !by.anyMessage ? [message] : []),
      ...contentType(response),
      ...timestamp(response),
      ...contractFindings(response, read, expected, by),
      ...echoFindings(read, expected, by),
      ...stateFindings(read, expected, by),
    ],
    notes: message && by.anyMessage ? [message.words] : [],
  };
}

const isFinding = (read: Body | Finding): read is Finding => "rule" in read && "words" in read;
const only = (finding: Finding): Judgement => ({ findings: [finding], notes: [] });

function noAnswer({ failure = "no answer" }: Exchange): Finding {
  return found("answer", `an answer did not come: ${failure}`, `tidak ada jawaban: ${failure}`);
}

/** The parsed body of an answer, or why it is not SNAP's. */
function bodyOf({ status, headers, body }: Incoming, { secrets }: Judge): Body | Finding {
  const begin = excerptOf(body, secrets);
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    const type = headers[names.contentType.toLowerCase()] ?? "-";
    const what = body === "" ? "" : `: ${begin}`;
    return body === ""
      ? found(
          "json",
          `the answer, status ${status}, must be JSON, but is empty`,
          `jawaban, status ${status}, harus JSON, tetapi kosong`,
        )
      : found(
          "json",
          `the answer, status ${status} and ${names.contentType} ${type}, must be JSON, but is not${what}`,
          `jawaban, status ${status} dan ${names.contentType} ${type}, harus JSON, tetapi bukan${what}`,
        );
  }
  const code = isObject(parsed) ? parsed.responseCode : undefined;
  if (typeof code === "string" && /^\d{7}$/.test(code)) return parsed as Body;
  const is = code === undefined ? ["is missing", "tidak ada"] : [`is ${shown(code)}`, `adalah ${shown(code)}`];
  return found(
    "snap",
    `responseCode must be a text of 7 digits, but ${is[0]} (status ${status})`,
    `responseCode harus teks 7 digit, tetapi ${is[1]} (status ${status})`,
  );
}

const shown = (value: unknown) => excerptOf(JSON.stringify(value) ?? "nothing");

/** The response code of a row in an operation. */
export function codeOf(contract: Contract, operation: OperationId, row: Case): ResponseCode {
  // the sheet has rows of services that the profile does not have, and their codes are the same
  const { serviceCode } = contract.operations[operation] ?? published.operations[operation];
  return (row.slice(0, 3) + serviceCode + row.slice(3)) as ResponseCode;
}

/** Whether it is the code that was asked for, of this service, with its HTTP status. */
function codeFindings({ status }: Incoming, body: Body, { operation, rows, mistake }: Expected, by: Judge): Finding[] {
  const { responseCode } = body;
  const { serviceCode } = operationIn(by.contract, operation);
  const wanted = rows.map((row) => codeOf(by.contract, operation, row));
  const findings: Finding[] = [];
  if (!wanted.includes(responseCode as ResponseCode)) {
    const row = keyOf(responseCode) as Case;
    const other = responseCode.slice(3, 5);
    const message = `${responseCode} ${excerptOf(String(body.responseMessage ?? ""), by.secrets)}`.trim();
    if (other !== serviceCode && rows.includes(row))
      findings.push(
        found(
          "service",
          `responseCode must be ${wanted.join(" or ")}, but is ${responseCode}: that is a code of service ${other}, and service ${serviceCode} was called`,
          `responseCode harus ${wanted.join(" atau ")}, tetapi ${responseCode}: itu kode layanan ${other}, sedangkan yang dipanggil layanan ${serviceCode}`,
        ),
      );
    else {
      const accepted = mistake && /^20/.test(responseCode);
      findings.push(
        found(
          "code",
          `responseCode must be ${wanted.join(" or ")}, but is ${message}${accepted ? `: ${mistake.en}` : ""}`,
          `responseCode harus ${wanted.join(" atau ")}, tetapi ${message}${accepted ? `: ${mistake.id}` : ""}`,
        ),
      );
    }
  }
  if (String(status) !== responseCode.slice(0, 3))
    findings.push(
      found(
        "status",
        `the HTTP status must be ${responseCode.slice(0, 3)}, the first digits of responseCode ${responseCode}, but is ${status}`,
        `status HTTP harus ${responseCode.slice(0, 3)}, digit awal responseCode ${responseCode}, tetapi ${status}`,
      ),
    );
  return findings;
}

/** Whether the message is the catalogue's, to the letter. */
function messageFinding(
  body: Body,
  { operation, rows, field }: Expected,
  { contract, secrets }: Judge,
): Finding | undefined {
  const row = rows.find((each) => codeOf(contract, operation, each) === body.responseCode) ?? Successful;
  const { responseMessage } = body;
  const named = (row === InvalidFieldFormat || row === InvalidMandatoryField) && field !== undefined;
  const code = codeOf(contract, operation, row);
  const template = contract.messages[row] ?? "";
  if (named ? responseMessage === responseMessageOf(code, field, contract) : fits(responseMessage, template))
    return undefined;
  const wanted = JSON.stringify(named ? responseMessageOf(code, field, contract) : template);
  const is = responseMessage === undefined ? undefined : excerptOf(JSON.stringify(responseMessage), secrets);
  return found(
    "message",
    `responseMessage must be ${wanted}, as the catalogue has it, but ${is === undefined ? "is missing" : `is ${is}`}`,
    `responseMessage harus ${wanted}, seperti di katalog, tetapi ${is === undefined ? "tidak ada" : is}`,
  );
}

/** Whether a message is a template's, whatever stands in its placeholder. */
function fits(message: unknown, template: string): boolean {
  const [before = "", after = ""] = template.split(/ ?(?:\{.*\}|\[.*\])/);
  if (typeof message !== "string") return false;
  if (before === template) return message === template;
  const rest = message.slice(before.length, message.length - after.length);
  return message.startsWith(before) && message.endsWith(after) && (rest === "" || /^ ?(\[.+\]|[^[\s].*)$/.test(rest));
}

function contentType({ headers }: Incoming): Finding[] {
  const type = headers[names.contentType.toLowerCase()];
  if (/^application\/json\s*(;|$)/i.test(type ?? "")) return [];
  return [
    found(
      "content-type",
      `${names.contentType} must be application/json, but is ${type ?? "missing"}`,
      `${names.contentType} harus application/json, tetapi ${type ?? "tidak ada"}`,
    ),
  ];
}

const TIME = new RegExp(patterns.SnapTimestamp);

function timestamp({ headers }: Incoming): Finding[] {
  const time = headers[names.timestamp.toLowerCase()];
  if (time !== undefined && TIME.test(time)) return [];
  return time === undefined
    ? [
        found(
          "timestamp",
          `the answer's header ${names.timestamp} is missing`,
          `header ${names.timestamp} tidak ada di jawaban`,
        ),
      ]
    : [
        found(
          "timestamp",
          `the answer's ${names.timestamp} must be a time such as 2020-12-23T07:50:11+07:00, but is ${shown(time)}`,
          `${names.timestamp} di jawaban harus waktu seperti 2020-12-23T07:50:11+07:00, tetapi ${shown(time)}`,
        ),
      ];
}

/** Whether the body keeps the contract. Code and message are looked at elsewhere. */
function contractFindings({ status }: Incoming, body: Body, { operation }: Expected, { contract }: Judge): Finding[] {
  const result = validateResponse(operation, status, body, contract);
  if (result.valid) return [];
  return result.violations
    .filter(({ path }) => path !== "responseMessage")
    .map(({ path, rule, message, expected }) =>
      rule === "required"
        ? found("contract", `${path} is missing in the body`, `${path} tidak ada di body`)
        : found("contract", `in the body, ${message}`, `di body, ${path || "body"} tidak sesuai kontrak: ${expected}`),
    );
}

/** Whether what was sent comes back as it was: an answer that says yes must not speak of another payment. */
function echoFindings(body: Body, { echoes }: Expected, { secrets }: Judge): Finding[] {
  if (!body.responseCode.startsWith("20")) return [];
  return Object.entries(echoes).flatMap(([path, sent]) => {
    const is = fieldAt(body, path);
    if (sent === undefined || is === undefined || is === sent) return [];
    const value = excerptOf(JSON.stringify(is), secrets);
    return [
      found(
        "echo",
        `${path} must be ${shown(sent)}, as in the request, but is ${value}`,
        `${path} harus ${shown(sent)}, seperti di request, tetapi ${value}`,
      ),
    ];
  });
}

function stateFindings(body: Body, { state }: Expected, { secrets }: Judge): Finding[] {
  const { latestTransactionStatus: is } = body;
  if (!state || state.includes(String(is))) return [];
  const value = is === undefined ? undefined : excerptOf(JSON.stringify(is), secrets);
  return [
    found(
      "state",
      `latestTransactionStatus must be ${state.join(" or ")}, but ${value === undefined ? "is missing" : `is ${value}`}`,
      `latestTransactionStatus harus ${state.join(" atau ")}, tetapi ${value ?? "tidak ada"}`,
    ),
  ];
}
