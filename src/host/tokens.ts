// The access tokens that a mock or sandbox gives out (service 73), and those that it accepts.
import { Successful } from "../../generated/cases.ts";
import { fixedValues } from "../../generated/operations.ts";
import { answerOf } from "../contract/answer.ts";
import type { Contract } from "../contract/contract.ts";
import type { SnapReply } from "../receiver/options.ts";
import { invalidOption } from "../util/errors.ts";
import { createDialect } from "./dialect.ts";

/** For how many seconds a token is good where nothing else is said. */
const TOKEN_LIFETIME = 900;
/** Tokens given out are forgotten beyond this many, the oldest first. */
const MAX_TOKENS = 10_000;

/** How tokens are given out and accepted. */
export interface TokenOptions {
  /** The access token that is accepted, beside those that service 73 gave out; without it and `tokenLifetime` any token is. */
  accessToken?: string;
  /**
   * For how many whole seconds a token of service 73 is good. Given, no token is accepted but those, until they expire, and
   * `accessToken`. Left out, they are good for 900 seconds, and without `accessToken` any other token is good as well.
   */
  tokenLifetime?: number;
}

/** The tokens of a server. */
export interface Tokens {
  /** Whether a token is good; `"unchecked"` where any is. */
  readonly verify: "unchecked" | ((token: string) => boolean);
  /** A new token, as service 73 answers it. */
  grant(): SnapReply<"accessTokenB2b">;
  /** Accepts the token of an answer from now on, for as long as its receiver is told. */
  keep(reply: SnapReply<"accessTokenB2b">): SnapReply<"accessTokenB2b">;
}

/**
 * Makes the tokens of a server.
 * @throws TypeError (`ERR_SNAP_INVALID_OPTION`) when an option cannot be right
 */
export function createTokens(
  { accessToken, tokenLifetime }: TokenOptions,
  { profile, clock, newToken }: { profile: Contract; clock: () => Date; newToken: () => string },
): Tokens {
  if (accessToken === "") throw invalidOption("accessToken must not be empty; leave it out to accept any.");
  const lifetime = lifetimeOf(tokenLifetime);
  const dialect = createDialect(profile);
  /** When each expires. */
  const granted = new Map<string, number>();
  const isGood = (token: string) => token === accessToken || (granted.get(token) ?? 0) > clock().getTime();
  return {
    verify: accessToken === undefined && tokenLifetime === undefined ? "unchecked" : isGood,
    grant() {
      const { tokenType } = fixedValues.accessTokenB2b;
      const token = { accessToken: newToken(), tokenType, expiresIn: String(lifetime) };
      const answer = { ...answerOf(profile, "accessTokenB2b", Successful), ...token };
      return dialect.toProfile("accessTokenB2b", answer, {}, {}) as typeof answer;
    },
    keep(reply) {
      if (!("accessToken" in reply)) return reply;
      granted.set(reply.accessToken, clock().getTime() + Number(reply.expiresIn) * 1000);
      for (const oldest of granted.keys()) {
        if (granted.size <= MAX_TOKENS) break;
        granted.delete(oldest);
      }
      return reply;
    },
  };
}

function lifetimeOf(tokenLifetime = TOKEN_LIFETIME): number {
  if (Number.isInteger(tokenLifetime) && tokenLifetime >= 1 && tokenLifetime <= 999_999_999) return tokenLifetime;
  throw invalidOption(`tokenLifetime must be a whole number of seconds from 1 to 999999999, but is ${tokenLifetime}.`);
}
