// Runs the operation within its time, and settles what the request claimed as it ended.
import { GeneralError, Timeout } from "../../generated/cases.ts";
import type { OperationId } from "../../generated/operations.ts";
import { isPromise, whenReady } from "../util/callbacks.ts";
import { Call } from "./call.ts";
import { type Answer, type Exchange, refuse } from "./exchange.ts";
import type { SnapCall } from "./options.ts";
import { free, keepAlive, settle } from "./replay.ts";
import { answerWith } from "./reply.ts";
import { reportError } from "./report.ts";
import type { Settings } from "./settings.ts";

/** Runs the operation and answers with what it returns. */
export function runOperation(exchange: Exchange, settings: Settings): Answer | Promise<Answer> {
  const call = new Call(exchange);
  // the map's type says which body goes with which operation; here it may be any of them
  const operations = settings.operations as Record<OperationId, (call: SnapCall<OperationId>) => unknown>;
  let returned: unknown;
  try {
    returned = operations[exchange.operation](call as unknown as SnapCall<OperationId>);
  } catch (error) {
    return thrown(error, exchange, settings);
  }
  if (!isPromise(returned)) return ended(returned, exchange, settings);
  return within(settings.operationTimeout, call, awaited(returned, exchange, settings), exchange, settings);
}

/** Waits for the operation, and keeps what it claimed meanwhile. */
async function awaited(work: PromiseLike<unknown>, exchange: Exchange, settings: Settings): Promise<Answer> {
  const { held } = exchange;
  const stop = held && keepAlive(held, settings, (error) => reportError(error, exchange, settings));
  let returned: unknown;
  try {
    returned = await work;
  } catch (error) {
    return await thrown(error, exchange, settings);
  } finally {
    stop?.();
  }
  return ended(returned, exchange, settings);
}

/** It returned: what it claimed is used up, whatever the answer is. */
function ended(returned: unknown, exchange: Exchange, settings: Settings): Answer | Promise<Answer> {
  const answer = answerOrFailure(returned, exchange, settings);
  const { held } = exchange;
  if (!held) return answer;
  const settled = settle(held, settings, answer.text ?? JSON.stringify({ ...answer, error: undefined }));
  return whenReady(settled, () => answer);
}

function answerOrFailure(returned: unknown, exchange: Exchange, settings: Settings): Answer {
  try {
    return answerWith(returned, exchange, settings);
  } catch (error) {
    reportError(error, exchange, settings);
    return { ...refuse(GeneralError, exchange.operation, settings), error };
  }
}

/** It threw: nothing is used up, so that the caller can send the same again. */
async function thrown(error: unknown, exchange: Exchange, settings: Settings): Promise<Answer> {
  if (exchange.held) await free(exchange.held, settings, (other) => reportError(other, exchange, settings));
  throw error;
}

/** The answer of work, or 504 00 when it takes too long. The work runs on, and its claim is settled as it ends. */
async function within(
  limit: number,
  call: Call,
  work: Promise<Answer>,
  exchange: Exchange,
  settings: Settings,
): Promise<Answer> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isLate = false;
  const late = new Promise<Answer>((resolve) => {
    timer = setTimeout(() => {
      isLate = true;
      const reason = `the operation did not answer within ${limit} ms`;
      call.abort(new DOMException(reason, "TimeoutError"));
      resolve({ ...refuse(Timeout, exchange.operation, settings), reason });
    }, limit);
  });
  // nobody else hears of what it throws after that
  work.catch((error) => isLate && reportError(error, exchange, settings));
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
