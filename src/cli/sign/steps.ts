// How a signature is made, step by step, as it is printed.
import { headers } from "../../../generated/operations.ts";
import { validateHeaders } from "../../contract/validation.ts";
import {
  hashBody,
  minifyJson,
  type SignatureEncoding,
  type SnapSignatureInput,
  signAs,
  stringToSignAs,
} from "../../snap/signature.ts";
import { endOfString } from "../../util/json-text.ts";
import { printable, remark, type Terminal, toned, widthOf } from "../terminal.ts";
import { inputOf, type Material } from "./material.ts";

/** What is printed of a signature's making; no secret and, unless asked for, no token. */
export interface Steps {
  type: SnapSignatureInput["type"];
  minifiedBody?: string;
  bodyHash?: string;
  stringToSign: string;
  /** X-TIMESTAMP, and X-SIGNATURE where there is one. */
  headers: Record<string, string>;
  /** Undefined where only the public key is at hand. */
  signature: string | undefined;
  encoding: SignatureEncoding;
}

/** The steps of a signature. */
export function stepsOf(material: Material, encoding: SignatureEncoding, showToken: boolean): Steps {
  const { type, body, timestamp, accessToken = "" } = material;
  // first as it is, for the library has a look at the token
  const signature = signatureOf(material, encoding);
  const text = stringToSignAs(inputOf(material, showToken ? accessToken : masked(accessToken)), { url: material.url });
  const minified = Buffer.from(minifyJson(body)).toString();
  return {
    type,
    ...(type !== "token" && {
      minifiedBody: showToken ? minified : withoutTokens(minified),
      bodyHash: hashBody(body),
    }),
    stringToSign: text,
    headers: {
      [headers.timestamp]: timestamp,
      ...(signature !== undefined && { [headers.signature]: signature }),
    },
    signature,
    encoding,
  };
}

function signatureOf(material: Material, encoding: SignatureEncoding): string | undefined {
  const input = inputOf(material);
  const { clientSecret = "", privateKey } = material;
  const { url } = material;
  if (input.type === "symmetric") return signAs({ ...input, clientSecret, encoding }, { url });
  stringToSignAs(input, { url });
  return privateKey && signAs({ ...input, privateKey, encoding }, { url });
}

/** A token as it may be shown: enough to tell two apart, if it is long. */
function masked(token: string): string {
  return token.length < 12 ? "***" : `${token.slice(0, 4)}***`;
}

/** A minified body with the values of its tokens masked, such as userAccessToken. */
function withoutTokens(json: string): string {
  let shown = "";
  let from = 0;
  for (const { index, 0: name } of json.matchAll(/token":"/gi)) {
    const open = index + name.length;
    // a string that is never closed is masked to its end
    const close = endOfString(json, open - 1);
    shown += json.slice(from, open) + (close > open ? masked(json.slice(open, close)) : "");
    from = close;
  }
  return shown + json.slice(from);
}

const KINDS: Readonly<Record<SnapSignatureInput["type"], string>> = {
  symmetric: "symmetric: HMAC-SHA512 with the client secret",
  asymmetric: "asymmetric: SHA256withRSA with the private key",
  token: "request for a token: SHA256withRSA with the private key",
};

/** The steps as lines. What is wider than the terminal stands below its label and whole, for it is there to be copied. */
export function stepsInWords(
  { type, minifiedBody, bodyHash, stringToSign, headers }: Steps,
  terminal: Pick<Terminal, "columns" | "colours">,
): string[] {
  const body =
    minifiedBody === undefined
      ? []
      : [
          ["minified body", minifiedBody || "(empty)"],
          ["its SHA-256", bodyHash ?? ""],
        ];
  const rows = [["type", KINDS[type]], ...body, ["string to sign", stringToSign], ...Object.entries(headers)];
  const width = widthOf(terminal) ?? Number.POSITIVE_INFINITY;
  const labels = Math.max(...rows.map(([label = ""]) => label.length)) + 2;
  return rows.flatMap(([label = "", value = ""]) => {
    const name = toned(terminal, "quiet", label);
    const text = printable(value);
    return labels + text.length > width ? [name, text] : [name + " ".repeat(labels - label.length) + text];
  });
}

/** A signature may be right over a timestamp that the contract does not accept. */
export function warnOfTimestamp({ timestamp }: Material, terminal: Terminal): void {
  const result = validateHeaders("qrCpmQuery", { [headers.timestamp]: timestamp });
  const violation = result.valid ? undefined : result.violations.find(({ path }) => path === headers.timestamp);
  if (violation) remark(terminal, `the contract refuses this timestamp: ${violation.message}`);
}

/** The wrong file, or the output of a command that failed, can be signed as well. */
export function warnOfBody({ body }: Material, terminal: Terminal): void {
  if (body.length === 0) remark(terminal, "the body is empty");
  else if (!isJson(body)) remark(terminal, "the body is not JSON; it is signed all the same");
}

function isJson(bytes: Uint8Array): boolean {
  try {
    JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return true;
  } catch {
    return false;
  }
}
