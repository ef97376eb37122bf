// What the caller's own signature was probably made from, where the target refuses it and the secret is in the proxy's hands.
import { createPublicKey } from "node:crypto";
import { Unauthorized } from "../../generated/cases.ts";
import { headers } from "../../generated/operations.ts";
import type { Diagnoses } from "../host/diagnosis.ts";
import { isCase } from "../snap/code.ts";
import { privateKeyOf } from "../snap/pem.ts";
import type { ForwardRequest, Sent } from "./forward.ts";
import type { Settings } from "./options.ts";

/**
 * Has a refused signature looked at, if the caller brought it.
 * @param tell gets one line, without a secret or a token; where nothing can be told it is not called
 */
export function lookAtRefusal(
  { target, profile, signature }: Settings,
  request: Pick<ForwardRequest, "operation" | "headers" | "body" | "search">,
  { headers: sent }: Sent,
  responseCode: string | undefined,
  diagnoses: Diagnoses,
  tell: (line: string) => void,
): void {
  const brought = request.headers.get(headers.signature);
  const { path, signature: kind } = profile.operations[request.operation] ?? {};
  if (brought === null || kind === "token" || !isCase(responseCode ?? "", Unauthorized)) return;
  // a header that the proxy replaced is not the caller's
  if (sent.get(headers.signature) !== brought) return;
  const basePath = new URL(target).pathname.replace(/\/$/, "");
  const isSymmetric = signature.type === "symmetric";
  const check = {
    type: signature.type,
    method: "POST",
    path: `${basePath}${path}${request.search}`,
    body: request.body,
    timestamp: sent.get(headers.timestamp) ?? "",
    accessToken: sent.get(headers.authorization)?.replace(/^Bearer +/i, ""),
    clientKey: sent.get(headers.partnerId) ?? undefined,
    baseUrl: target,
    signature: brought,
    clientSecret: isSymmetric ? signature.clientSecret : undefined,
    publicKey: isSymmetric ? undefined : createPublicKey(privateKeyOf(signature.privateKey, { allowWeakKeys: true })),
    paths: Object.values(profile.operations).map((its) => basePath + its.path),
  };
  diagnoses.ask(check, tell);
}
