// The three kinds of signature, each worked out step by step with keys that are printed: who implements them compares each step.
import { createPublicKey } from "node:crypto";
import { hashBody, minifyJson, type SignInput, sign, stringToSign } from "../../../src/snap/signature.ts";
import { block } from "../code.ts";
import type { Contract } from "../contract.ts";
import { EXAMPLE_PRIVATE_KEY } from "../example-key.ts";
import { anchor, type Html, html, inline, place } from "../html.ts";

const TIMESTAMP = "2020-12-23T07:50:11+07:00";

/** White space outside strings goes; white space inside, escapes and numbers stay. */
const QUERY = String.raw`{
  "originalPartnerReferenceNo": "2020102900000000000001",
  "merchantId": "00007100010926",
  "additionalInfo": {
    "note": "two  blanks stay, and so does \/",
    "rate": 1.0
  }
}`;
const NOTIFICATION = `{
  "originalPartnerReferenceNo": "2020102900000000000001",
  "amount": { "value": "50000.00", "currency": "IDR" },
  "latestTransactionStatus": "00"
}`;

/** A worked example: what is signed, and who signs it. */
interface Worked {
  id: "symmetric" | "asymmetric" | "token";
  title: string;
  about: string;
  input: SignInput;
  keys: readonly (readonly [label: string, value: string])[];
}

/** The examples, from the paths of the contract. */
function examples({ operations, headers }: Contract): Worked[] {
  const pathOf = (id: string) => operations.find(({ operationId }) => operationId === id)?.path ?? "";
  const clientKey = headers.find(({ name }) => name === "X-CLIENT-KEY")?.example ?? "";
  const clientSecret = "example-client-secret-which-nobody-uses";
  const accessToken = "example-access-token";
  const publicKey = createPublicKey(EXAMPLE_PRIVATE_KEY).export({ type: "spki", format: "pem" }).toString();
  const pair = [
    ["private key (RSA, 2048 bits)", EXAMPLE_PRIVATE_KEY],
    ["public key, which the receiver checks with", publicKey],
  ] as const;
  return [
    {
      id: "symmetric",
      title: "Symmetric",
      about:
        "HMAC-SHA512 with the secret that both sides know; what most calls of a merchant are signed with. Here a query (61).",
      input: {
        type: "symmetric",
        method: "POST",
        path: pathOf("qrCpmQuery"),
        accessToken,
        body: QUERY,
        timestamp: TIMESTAMP,
        clientSecret,
      },
      keys: [
        ["client secret", clientSecret],
        ["access token", accessToken],
      ],
    },
    {
      id: "asymmetric",
      title: "Asymmetric",
      about: "SHA256withRSA with the caller's private key, without an access token; often that of a notification (79).",
      input: {
        type: "asymmetric",
        method: "POST",
        path: pathOf("qrCpmNotify"),
        body: NOTIFICATION,
        timestamp: TIMESTAMP,
        privateKey: EXAMPLE_PRIVATE_KEY,
      },
      keys: pair,
    },
    {
      id: "token",
      title: "Access token",
      about:
        "SHA256withRSA over client key and time: that of a request for an access token (73). The body is not signed.",
      input: { type: "token", clientKey, timestamp: TIMESTAMP, privateKey: EXAMPLE_PRIVATE_KEY },
      keys: [
        ["client key (X-CLIENT-KEY)", clientKey],
        ["private key", "the same as above"],
      ],
    },
  ];
}

/** The three worked examples. */
export function workedExamples(contract: Contract): Html {
  return html`<p>Each kind is worked out below. A wrong signature of your own is compared step by step: <code>snap-bi sign</code> prints the same steps, and <code>snap-bi sign --check</code> says what a wrong one was probably made from.</p>
<p class="note">The keys are printed here, so they protect nothing. Do not use them.</p>
${examples(contract).map(workedExample)}`;
}

function workedExample({ id, title, about, input, keys }: Worked): Html {
  const heading = `signature-${id}`;
  return html`<article class="worked" ${place({ id: heading, kind: "Signature", title: `${title} signature`, keys: [id] })}><h3>${title} signature ${anchor(heading, `${title} signature`)}</h3><p>${inline(about)}</p>
<dl class="steps">${[...givenOf(input, keys), ...stepsOf(input)].map(
    ([label, value, note]) =>
      html`<div><dt>${label}${note !== undefined && html` <span>${inline(note)}</span>`}</dt><dd>${block(value, "text", `${title} signature: ${label}`)}</dd></div>`,
  )}</dl></article>`;
}

type Step = readonly [label: string, value: string, note?: string];

function givenOf(input: SignInput, keys: Worked["keys"]): Step[] {
  if (input.type === "token") return [...keys, ["X-TIMESTAMP", input.timestamp]];
  return [
    ...keys,
    ["X-TIMESTAMP", input.timestamp],
    ["method and path", `${input.method} ${input.path}`],
    ["body", String(input.body), "the very bytes that are sent"],
  ];
}

function stepsOf(input: SignInput): Step[] {
  const hashed: Step[] =
    input.type === "token"
      ? []
      : [
          ["1. minified", minifyJson(String(input.body)), "white space outside strings removed, nothing else"],
          ["2. hash", hashBody(input.body), "SHA-256 of that, in lower-case hex"],
        ];
  const layout = {
    symmetric: "METHOD`:`path`:`accessToken`:`hash`:`X-TIMESTAMP",
    asymmetric: "METHOD`:`path`:`hash`:`X-TIMESTAMP",
    token: "X-CLIENT-KEY`|`X-TIMESTAMP",
  };
  const seal =
    input.type === "symmetric"
      ? "HMAC-SHA512 with the client secret, in Base64"
      : "SHA256withRSA with the private key, in Base64";
  const count = hashed.length;
  return [
    ...hashed,
    [`${count + 1}. string to sign`, stringToSign(input), layout[input.type]],
    [`${count + 2}. X-SIGNATURE`, sign(input), seal],
  ];
}
