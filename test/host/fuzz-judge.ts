// Whether an answer is right, for the fuzz test: the contract's of the path's service, 404 02 elsewhere, a bare status if it is not HTTP.
import { validateResponse } from "../../src/contract/validation.ts";
import type { Body } from "../support/random.ts";
import type { RawAnswer } from "../support/wire.ts";
import type { Sent } from "./fuzz-requests.ts";

const PROBLEM = "application/problem+json";
const contentTypeOf = ({ headers }: RawAnswer) => headers["content-type"];
/** An answer that is a status and nothing more. */
const isBare = (answer: RawAnswer) => answer.text === "" && contentTypeOf(answer) === undefined;

/** Which kind of answer it is, for the counts. */
export function kindOf(answer: RawAnswer, method: string): string {
  if (isBare(answer)) return `${answer.status} bare`;
  if (method === "HEAD") return "HEAD";
  if (contentTypeOf(answer) === PROBLEM) return "problem";
  const code = /"responseCode":"(\d{7})"/.exec(answer.text)?.[1];
  return code ? code.slice(0, 3) + code.slice(5) : `${answer.status} with something else`;
}

/** What is wrong with an answer: nothing, as a rule. */
export function complaintsOf(sent: Sent, answer: RawAnswer, isMock: boolean): string[] {
  const { due, toOperation } = sent;
  const { status, headers, text } = answer;
  const found = `${status} ${contentTypeOf(answer) ?? "bare"} ${text.slice(0, 200)}`;
  const notDue = `the answer must be ${due.join(" or ")}, but is ${found}`;
  if (isBare(answer)) {
    const isDue = due.some((one) => one === status) && headers.connection === "close";
    return isDue ? [] : [notDue];
  }
  if (!due.includes("snap")) return [notDue];
  if (contentTypeOf(answer) === PROBLEM)
    return problemComplaints(sent, answer, isMock).map((why) => `${why}: ${found}`);
  const complaints = toOperation ? snapComplaints(sent, answer, isMock) : routingComplaints(sent, answer);
  return complaints.map((why) => `${why}: ${found}`);
}

/** The two exceptions: a Host that is refused, and Prefer that names what the mock does not have. */
function problemComplaints(
  { method, prefer, foreign, toOperation }: Sent,
  { status, text }: RawAnswer,
  isMock: boolean,
): string[] {
  if (foreign) return status === 400 && !toOperation ? [] : ["a problem, which the Host does not explain"];
  if (!isMock || !(prefer === "bad" || prefer === "odd")) return ["a problem, which Prefer does not explain"];
  if (!/^4(04|22)$/.test(String(status))) return ["a problem with another status than 404 or 422"];
  const problem = (method === "HEAD" ? { title: "", status, detail: "" } : JSON.parse(text)) as Body;
  const fine = problem.status === status && typeof problem.title === "string" && typeof problem.detail === "string";
  return fine ? [] : ["not a problem of RFC 9457"];
}

/** What asks for another path is not answered by an operation. */
function routingComplaints({ method, foreign }: Sent, { status, text }: RawAnswer): string[] {
  if (foreign) return ["an answer although the Host is another's"];
  const routed = status === 404 && (method === "HEAD" || text.includes('"responseCode":"4040002"'));
  return routed ? [] : ["an operation's answer for a path that is not its own"];
}

function snapComplaints(
  { operation, method, prefer, foreign }: Sent,
  { status, headers, text }: RawAnswer,
  isMock: boolean,
) {
  const wrong: string[] = [];
  if (headers["content-type"] !== "application/json") wrong.push("Content-Type is wrong");
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00$/.test(headers["x-timestamp"] ?? "")) wrong.push("X-TIMESTAMP is wrong");
  // what Node refuses is answered before Prefer is read
  if (foreign && status !== 400 && status !== 405) wrong.push("an answer although the Host is another's");
  if (isMock && prefer === "bad" && !foreign && headers.connection !== "close")
    wrong.push("Prefer names what there is not, and no problem");
  if (method === "HEAD") return wrong;
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return [...wrong, "not JSON"];
  }
  const checked = validateResponse(operation, status, body);
  if (!checked.valid) wrong.push(checked.violations.map(({ message }) => message).join("; "));
  return wrong;
}
