// The project of a PJP: a server that takes payments, and a merchant's client that tests it.

const SERVER = `// A PJP: takes payments, and answers queries about them. What a merchant sent wrongly is answered before this code runs.
import { snapTimestamp } from "snap-bi-contract";
import { createSnapServer } from "snap-bi-contract/node";
import { createSnapHandler, snapError } from "snap-bi-contract/server";

/** What each merchant signs with, by its X-PARTNER-ID. */
export const secrets = new Map([["my-shop", "any-secret"]]);
/** The access tokens that are good. */
export const tokens = new Set(["any-token"]);

const payments = new Map«<string, { referenceNo: string; paidTime: string }>»();

export const handler = createSnapHandler({
  key: ({ partnerId }) => {
    const clientSecret = secrets.get(partnerId);
    return clientSecret === undefined ? undefined : { type: "symmetric", clientSecret };
  },
  verifyToken: (token) => tokens.has(token),
  operations: {
    qrCpmPayment: async ({ body }) => {
      const { partnerReferenceNo } = body;
      const referenceNo = String(payments.size + 1).padStart(12, "0");
      payments.set(partnerReferenceNo, { referenceNo, paidTime: snapTimestamp(new Date()) });
      return { responseCode: "2006000", responseMessage: "Successful", referenceNo, partnerReferenceNo };
    },
    qrCpmQuery: async ({ body }) => {
      const payment = payments.get(body.originalPartnerReferenceNo ?? "");
      if (!payment) return snapError("4046101");
      return {
        responseCode: "2006100",
        responseMessage: "Successful",
        originalReferenceNo: payment.referenceNo,
        serviceCode: "60",
        latestTransactionStatus: "00",
        paidTime: payment.paidTime,
      };
    },
  },
});

/** Listens for this machine; on a free port unless one is named. Behind a proxy, or in a container, it may be another host. */
export async function serve(port = 0, host = "127.0.0.1") {
  const server = createSnapServer(handler);
  const url = await server.listen(port, host);
  return { url, close: () => server.close() };
}
`;

const MAIN = `import { serve } from "./server.EXT";

const { PORT = "8080", HOST } = process.env;
try {
  const { url } = await serve(Number(PORT), HOST);
  console.log(\`listening on \${url}; README.md says how to call it; Ctrl-C stops it\`);
} catch (error) {
  console.error(\`cannot listen on port \${PORT}: \${error instanceof Error ? error.message : error}; set PORT to another\`);
  process.exitCode = 1;
}
`;

const TEST = `import assert from "node:assert/strict";
import { test } from "node:test";
import { createSnapClient } from "snap-bi-contract";
import { serve } from "../src/server.EXT";

const payment = {
  partnerReferenceNo: "order-1",
  qrContent: "any",
  amount: { value: "25000.00", currency: "IDR" },
  merchantId: "shop-1",
  expiryTime: "2030-12-31T23:59:59+07:00",
};
const clientOf = (baseUrl«: string», clientSecret«: string») =>
  createSnapClient({
    baseUrl,
    partnerId: "my-shop",
    channelId: "95221",
    accessToken: "any-token",
    signature: { type: "symmetric", clientSecret },
  });

test("a payment is taken and found again, and a wrong signature is refused", async () => {
  const server = await serve();
  try {
    const snap = clientOf(server.url, "any-secret");
    assert.equal((await snap.qrCpmPayment(payment)).data?.responseCode, "2006000");
    const { data } = await snap.qrCpmQuery({ originalPartnerReferenceNo: payment.partnerReferenceNo });
    assert.equal(data?.latestTransactionStatus, "00");
    const forged = await clientOf(server.url, "another-secret").qrCpmPayment(payment);
    assert.equal(forged.error?.responseCode, "4016000");
  } finally {
    await server.close();
  }
});
`;

const README = `# A PJP that speaks SNAP

    npm install
    npm start     # listens on 127.0.0.1:8080; PORT and HOST change that
    npm test      # a merchant's client against it

A call needs a signature, which \`snap-bi proxy\` makes:

    export SNAP_CLIENT_SECRET=any-secret SNAP_ACCESS_TOKEN=any-token
    npx snap-bi proxy --target http://127.0.0.1:8080 --partner my-shop --channel 95221

    curl -i -H 'Content-Type: application/json' -d '{"originalPartnerReferenceNo":"order-1"}' http://127.0.0.1:4012/v1.0/qr/qr-cpm-query

\`npx snap-bi conform --init\` writes a run file, with which \`npx snap-bi conform\` goes through the functional test against this server.
`;

/** Its files, those of code without their ending. */
export function pjpFiles(): Record<string, string> {
  return { "src/server": SERVER, "src/main": MAIN, "test/snap.test": TEST, "README.md": README };
}
