// What the console shows of a request: text alone, cut and with secrets masked. The page has the same shapes in scripts/console/client/shapes.ts.
import type { OperationFacts } from "../snap/profile.ts";
import { snapTimestamp } from "../snap/time.ts";
import { maskedHeaders, maskedText, secretsIn } from "./masking.ts";
import type { Recorded } from "./requests.ts";
import type { SignedSteps } from "./signed-steps.ts";

/** A request as the console shows it. */
export interface ConsoleRequest {
  /** Counted from 1. */
  number: number;
  /** When it was answered, in Jakarta. */
  time: string;
  method: string;
  path: string;
  operation: string | undefined;
  service: string | undefined;
  status: number;
  responseCode: string | undefined;
  responseMessage: string;
  /** The check that answered, or `operation`. */
  step: string;
  partnerId: string | undefined;
  externalId: string | undefined;
  /** Milliseconds. */
  duration: number | undefined;
  /** Why it was answered so, where there is more to say. */
  hint: string | undefined;
  headers: [name: string, value: string][];
  /** As it came, as far as it is kept. */
  body: string;
  /** How many bytes came. */
  bodyBytes: number;
  answer: string;
  /** Of a refused signature. */
  signed: SignedSteps | undefined;
  /** What a refused signature was probably made from. */
  doctor: string | undefined;
}

/** A request as it is shown. */
export function viewOf(
  recorded: Recorded,
  operations: Readonly<Record<string, Pick<OperationFacts, "serviceCode"> | undefined>>,
): ConsoleRequest {
  const { number, time, answered, headers = new Headers(), body, bodyBytes, answer, signed, doctor } = recorded;
  const { method, path, operation, status, responseCode, responseMessage, step } = answered;
  const { partnerId, externalId, duration, reason, error } = answered;
  const secrets = secretsIn(headers);
  const why = error === undefined ? reason : error instanceof Error ? error.message : String(error);
  const bare = (text: string) => maskedText(text, secrets);
  return {
    number,
    time: snapTimestamp(new Date(time)),
    ...{ method, path: bare(path), operation, service: operation && operations[operation]?.serviceCode },
    ...{ status, responseCode, responseMessage: bare(responseMessage), step, partnerId, externalId, duration },
    hint: why === undefined ? undefined : bare(why),
    headers: maskedHeaders(headers),
    body: bare(new TextDecoder().decode(body)),
    bodyBytes,
    answer: bare(answer),
    signed,
    doctor,
  };
}
