// Samples of a call: with curl and `snap-bi sign`, in TypeScript, and through the proxy, which signs by itself.
import { headers } from "../../generated/operations.ts";
import { json } from "./code.ts";
import type { Operation } from "./contract.ts";

/** Where the samples find the mock or the sandbox. */
const MOCK = "http://127.0.0.1:4010";
/** Where `snap-bi proxy` listens. */
const PROXY = "http://127.0.0.1:4012";

/** The optional fields that name or size what a call is about; the samples leave out the others. */
const TELLING = new Set(["amount", "refundAmount", "originalPartnerReferenceNo", "originalReferenceNo"]);

/** The published sample without most of what is optional. */
function shortBody({ request, sample }: Operation): Record<string, unknown> {
  const isKept = (name: string) => request.required?.includes(name) || TELLING.has(name);
  return Object.fromEntries(Object.entries(sample).filter(([name]) => isKept(name)));
}

/** A call in three ways. */
export interface Samples {
  curl: string;
  typescript: string;
  proxy: string;
}

/** The samples of an operation, made from its path, its headers and its published sample. */
export function samplesOf(operation: Operation): Samples {
  const { operationId, path } = operation;
  const body = json(shortBody(operation));
  return {
    curl: operationId === "accessTokenB2b" ? tokenCall(operation, body) : signedCall(operation, body),
    typescript: TYPESCRIPT[operationId] ?? methodCall(operation),
    proxy:
      operationId === "accessTokenB2b"
        ? `# snap-bi proxy gets the token by itself:\n# call any other operation through it`
        : `# snap-bi proxy adds token, headers and signature\ncurl ${PROXY}${path} \\\n  -H '${headers.contentType}: application/json' \\\n  -d '${body}'`,
  };
}

/** The other mandatory headers, with the examples of the contract. */
const fixedHeaders = ({ parameters }: Operation) =>
  parameters
    .filter(({ name, required }) => required && !SIGNED.has(name))
    .map(({ name, example }) => `  -H '${name}: ${example}' \\\n`)
    .join("");
const SIGNED = new Set<string>([headers.timestamp, headers.signature, headers.externalId]);

const TIME = "time=$(TZ=UTC-7 date +%Y-%m-%dT%H:%M:%S+07:00)";

const signedCall = (operation: Operation, body: string) => `${TIME}
body='${body}'

# the token is that of SNAP_ACCESS_TOKEN
signature=$(printf %s "$body" | npx snap-bi sign \\
  --client-secret env:SNAP_CLIENT_SECRET \\
  --path ${operation.path} \\
  --timestamp "$time" --body - --quiet)

curl ${MOCK}${operation.path} \\
  -H '${headers.contentType}: application/json' \\
  -H "${headers.authorization}: Bearer $SNAP_ACCESS_TOKEN" \\
  -H "${headers.timestamp}: $time" \\
  -H "${headers.signature}: $signature" \\
  -H "${headers.externalId}: $(date +%s)$RANDOM" \\
${fixedHeaders(operation)}  -d "$body"`;

const tokenCall = ({ path, parameters }: Operation, body: string) => {
  const client = parameters.find(({ name }) => name === headers.clientKey)?.example ?? "";
  return `${TIME}
client=${client}

signature=$(npx snap-bi sign \\
  --client-key "$client" --timestamp "$time" \\
  --private-key env:SNAP_PRIVATE_KEY --quiet)

curl ${MOCK}${path} \\
  -H '${headers.contentType}: application/json' \\
  -H "${headers.clientKey}: $client" \\
  -H "${headers.timestamp}: $time" \\
  -H "${headers.signature}: $signature" \\
  -d '${body}'`;
};

/** The value as an object literal: names need no quotes. */
const literal = (value: unknown) => json(value).replace(/^(\s*)"(\w+)":/gm, "$1$2:");

const methodCall = (operation: Operation) => {
  const { operationId, responses } = operation;
  const tells = responses["200"]?.schema.properties?.latestTransactionStatus !== undefined;
  const used = tells ? "outcomeOf, transactionStateOf" : "outcomeOf";
  return `import { ${used} } from "snap-bi-contract";
import { snap } from "./snap.ts"; // see First call

const { data, responseCode } = await snap.${operationId}(${literal(shortBody(operation))});

if (data) {
  console.log(${tells ? "transactionStateOf(data.latestTransactionStatus)" : "data.responseMessage"});
} else {
  // declined, rejected or unknown
  console.log(outcomeOf(responseCode));
}`;
};

/** Operations that a program does not call by a method of the client. */
const TYPESCRIPT: Readonly<Record<string, string>> = {
  qrCpmNotify: `// the merchant receives it
import { createSnapHandler } from "snap-bi-contract/server";
import { createSnapServer } from "snap-bi-contract/node";

const publicKey = process.env.PJP_PUBLIC_KEY ?? "";
const handler = createSnapHandler({
  // what each caller signs with; no other is let in
  key: ({ partnerId }) =>
    partnerId === "my-pjp"
      ? { type: "asymmetric", publicKey }
      : undefined,
  verifyToken: () => false,
  withoutToken: ["qrCpmNotify"],
  operations: {
    qrCpmNotify: async ({ body }) => {
      // it may come again: book it under its reference
      console.log(
        body.originalPartnerReferenceNo,
        body.latestTransactionStatus,
      );
      return {
        responseCode: "2007900",
        responseMessage: "Successful",
      };
    },
  },
});
await createSnapServer(handler).listen(8080);`,
  accessTokenB2b: `import { createTokenProvider } from "snap-bi-contract";

export const provider = createTokenProvider({
  baseUrl: "${MOCK}",
  clientKey: process.env.SNAP_CLIENT_KEY ?? "",
  privateKey: process.env.SNAP_PRIVATE_KEY ?? "",
});
// asked for once, and renewed before it expires
console.log((await provider()).length);`,
};
