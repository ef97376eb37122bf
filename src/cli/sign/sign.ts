// `snap-bi sign`: signs a request and shows every step, or checks a signature and says what it was probably made from.
import type { SignatureEncoding } from "../../snap/signature.ts";
import { command, UsageError } from "../args.ts";
import { SECRETS_HELP } from "../files.ts";
import { asUsageError } from "../serve.ts";
import { printable } from "../terminal.ts";
import { checkCombinations, OPTIONS, readMaterial } from "./material.ts";
import { stepsInWords, stepsOf, warnOfBody, warnOfTimestamp } from "./steps.ts";
import { verdictInWords, verdictOf } from "./verdict.ts";

/** Signs, or checks. */
export const run = command(
  {
    usage: [
      "snap-bi sign --path PATH [--body FILE] [--client-secret SECRET | --private-key KEY] [OPTIONS]",
      "snap-bi sign --client-key ID [--private-key KEY] [OPTIONS]",
      "snap-bi sign ... --timestamp TIME --check SIGNATURE",
    ],
    about: [
      "Signs a request as SNAP asks and prints every step: the minified body, its hash, the string to sign, the signature, and the X-TIMESTAMP to send with it. With a client secret it makes the symmetric signature, with a private key the asymmetric one, with --client-key that of a request for a token (service 73). With --check it says whether a signature is right, and if not, what it was probably made from.",
    ],
    examples: [
      ["export SNAP_CLIENT_SECRET SNAP_ACCESS_TOKEN"],
      ["snap-bi sign --path /v1.0/qr/qr-cpm-query --body query.json"],
      [
        "snap-bi sign --path /shop/v1.0/qr/qr-cpm-notify --body notification.json --profile midtrans",
        "as Midtrans signs: the path without /shop",
      ],
      ["snap-bi sign --client-key my-client --private-key @private.pem --quiet"],
      [
        "snap-bi sign --path /v1.0/qr/qr-cpm-query --body query.json \\\n    --timestamp 2020-12-23T07:50:11+07:00 --check 85be817c...",
      ],
    ],
    options: OPTIONS,
    notes: [SECRETS_HELP, "Exit codes: 0 signed, or the signature is right; 1 it is wrong; 2 usage error."],
  },
  async (values, positionals, terminal) => {
    // none is repeated: it may be part of a token that was not quoted
    if (positionals.length) throw new UsageError("sign takes options only; quote values that hold spaces; try --help");
    const encoding = readEncoding(values.encoding);
    checkCombinations(values);
    const material = await readMaterial(values, terminal);
    // the library refuses what cannot be signed, in words that hold no value
    const steps = asUsageError("", () => stepsOf(material, encoding, values["show-token"] ?? false));
    warnOfTimestamp(material, terminal);
    if (values.check !== undefined) {
      const verdict = await verdictOf(values.check, material, steps, values, terminal);
      if (values.json) terminal.out(JSON.stringify(verdict));
      else if (!values.quiet)
        for (const line of verdictInWords(verdict, material, values, terminal)) terminal.out(line);
      return verdict.right ? 0 : 1;
    }
    if (values.body !== undefined) warnOfBody(material, terminal);
    if (values.quiet) terminal.out(steps.signature ?? "");
    else if (values.json) terminal.out(JSON.stringify(steps));
    else for (const line of stepsInWords(steps, terminal)) terminal.out(line);
    return 0;
  },
);

function readEncoding(value = "base64"): SignatureEncoding {
  if (value !== "base64" && value !== "hex")
    throw new UsageError(`--encoding must be base64 or hex, not "${printable(value)}"`);
  return value;
}
