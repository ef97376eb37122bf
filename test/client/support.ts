// What the tests of access tokens share: a PJP that gives tokens, and a provider that asks it.
import { createTokenProvider, type TokenProviderOptions } from "../../src/index.ts";
import { privateKey } from "../support/client.ts";
import { type Answer, json } from "../support/http.ts";

/** The body that grants a token. */
export const granted = (accessToken: string, expiresIn: unknown = "900") => ({
  responseCode: "2007300",
  responseMessage: "Successful",
  accessToken,
  tokenType: "Bearer",
  expiresIn,
});

/** Gives token-1, token-2 and so on. */
export const grant: Answer = (response, _, number) => json(200, granted(`token-${number}`))(response);

export const provide = (baseUrl: string, more: Partial<TokenProviderOptions> = {}) =>
  createTokenProvider({ baseUrl, clientKey: "the-client", privateKey, ...more });
