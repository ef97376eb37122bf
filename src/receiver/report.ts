// What a receiver tells of: every answer, and every error, to the callbacks and on diagnostics channels.
import { channel } from "node:diagnostics_channel";
import { headers as names } from "../../generated/operations.ts";
import { ignoreErrors } from "../util/callbacks.ts";
import { without } from "../util/foreign-text.ts";
import type { Exchange } from "./exchange.ts";
import type { SnapAnswered, SnapContext } from "./options.ts";
import type { Settings } from "./settings.ts";

/** Gets every {@link SnapAnswered}; for tracing, by `node:diagnostics_channel`. */
const answers = channel("snap-bi-contract:answer");
/** Gets every error, as `{ error, context }`. */
const errors = channel("snap-bi-contract:error");

/** Who called what, as far as it is known by now. */
export function contextOf({ caller, externalId, operation, wire, begun }: Exchange): SnapContext {
  const context: SnapContext = {
    operation,
    partnerId: caller.partnerId,
    externalId,
    duration: Math.round((performance.now() - begun) * 1000) / 1000,
  };
  if (wire?.remoteAddress !== undefined) context.remoteAddress = wire.remoteAddress;
  return context;
}

/** Whether anybody is told of answers: to put together what they are told takes time. */
export const isHeard = ({ onAnswer }: Pick<Settings, "onAnswer">) => onAnswer !== undefined || answers.hasSubscribers;

/** Tells of an answer. */
export function reportAnswer(answered: SnapAnswered, { onAnswer }: Pick<Settings, "onAnswer">): void {
  if (onAnswer) ignoreErrors(() => onAnswer(answered));
  if (answers.hasSubscribers) ignoreErrors(() => answers.publish(answered));
}

/** Tells of an error; without `onError` it goes to stderr, without the request's secrets. */
export function reportError(
  error: unknown,
  exchange: Exchange | undefined,
  { onError }: Pick<Settings, "onError">,
): void {
  const context = exchange && contextOf(exchange);
  if (errors.hasSubscribers) ignoreErrors(() => errors.publish({ error, context }));
  if (onError) ignoreErrors(() => onError(error, context));
  else ignoreErrors(() => console.error(lineOf(error, context, exchange ? secretsOf(exchange) : [])));
}

/** As they were sent: an error may come before a check has looked at them. A token may be told without its scheme. */
const secretsOf = ({ request: { headers } }: Exchange): string[] =>
  [names.authorization, names.authorizationCustomer, names.signature]
    .map((name) => headers.get(name)?.replace(/^\S+\s+/, ""))
    .filter((secret) => !!secret) as string[];

/** How much of an error goes to stderr. */
const MAX_LINE = 2000;

function lineOf(error: unknown, context: SnapContext | undefined, secrets: string[]): string {
  const { operation, partnerId, externalId } = context ?? {};
  const about = operation
    ? `${operation} of ${partnerId || "?"}, ${names.externalId} ${externalId || "?"}`
    : "a request";
  // not the cause, and not what else an error carries: it may hold what nobody must read
  const what = error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : String(error);
  const bare = secrets.reduce(
    (text, secret) => without(secret, text, "[redacted]"),
    `SNAP receiver, ${about}: ${what}`,
  );
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what a log must not take from an error
  return bare.slice(0, MAX_LINE).replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, "?");
}
