// What comes before the operations: what this is, the flow, and the first call.
import { headers } from "../../../generated/operations.ts";
import { block } from "../code.ts";
import type { Contract } from "../contract.ts";
import { type Html, html, inline, markdown } from "../html.ts";
import { flowPicture } from "../pictures/flow.ts";
import { directionOf } from "./operations.ts";

/** What this is: the lead of the contract's own description, its operations, and who calls whom. */
export function introduction({ about, operations, errata }: Contract): Html {
  const [lead = ""] = (about[""] ?? "").trim().split("\n\n");
  return html`<div class="lead">${markdown(lead)}</div>
<div class="cards">${operations.map(
    (operation) =>
      html`<a href="#${operation.operationId}"><span class="service">${operation.service}</span><code>${operation.operationId}</code><span>${operation.summary}</span><small>${directionOf(operation)}</small></a>`,
  )}</div>
<h3 id="flow">Who calls whom</h3>
<div class="beside"><figure class="picture">${flowPicture()}</figure>
<ol>
<li>The merchant gets an access token (<a href="#accessTokenB2b">73</a>) and uses it until it expires.</li>
<li>The customer's code comes from the PJP (<a href="#qrCpmGenerate">59</a>). The customer shows it, and the merchant scans it.</li>
<li>The merchant pays with it (<a href="#qrCpmPayment">60</a>). The answer says that the call was processed, not that money moved.</li>
<li>The PJP tells the outcome (<a href="#qrCpmNotify">79</a>). Whatever is unclear, the merchant asks (<a href="#qrCpmQuery">61</a>): after a 202, a time-out, a 500 or a 504.</li>
<li>A payment can be cancelled (<a href="#qrCpmCancel">62</a>), or given back in whole or in part (<a href="#qrCpmRefund">80</a>).</li>
</ol></div>
<p>${inline(`A link such as E001 leads to the register of errata: ${errata.length} places where the published standard contradicts itself or is silent, and what this contract decided there.`)}</p>`;
}

/** From nothing to a signed call. */
export function firstCall({ operations }: Contract): Html {
  const query = operations.find(({ operationId }) => operationId === "qrCpmQuery");
  const path = query?.path ?? "";
  const mandatory = (query?.parameters ?? [])
    .filter(({ required }) => required)
    .map(({ name, example }) => `  -H '${name}: ${example}' \\\n`)
    .join("");
  return html`<ol class="walk">
<li><h3>Start the mock</h3><p>It checks requests as a PJP does, and answers with the examples of this page. In a clone of the repository it is <code>npm start</code>.</p>
${block("npx snap-bi mock", "sh", "Start the mock")}</li>
<li><h3>Ask what became of a payment</h3><p>The mock takes any token and any signature, unless it is started with <code>--token</code> and <code>--client-secret</code>.</p>
${block(
  `curl http://127.0.0.1:4010${path} \\
  -H '${headers.contentType}: application/json' \\
  -H '${headers.authorization}: Bearer any-token' \\
${mandatory}  -d '{"originalPartnerReferenceNo":"2020102900000000000001"}'`,
  "sh",
  "The first call",
)}
<p>Leave <code>CHANNEL-ID</code> out, and the answer is <a href="#4006102"><code>4006102</code></a> <i>Invalid Mandatory Field CHANNEL-ID</i>. Add <code>-H 'Prefer: code=404, example=TransactionNotFound'</code> for <a href="#4046101"><code>4046101</code></a>; each of the codes comes so.</p></li>
<li><h3>Sign it</h3><p>The sandbox is a PJP with a memory. This one checks tokens and signatures; the samples beside each operation pass its checks.</p>
${block(
  `export SNAP_ACCESS_TOKEN=an-access-token SNAP_CLIENT_SECRET=a-client-secret
npx snap-bi sandbox --token env:SNAP_ACCESS_TOKEN --client-secret env:SNAP_CLIENT_SECRET`,
  "sh",
  "Start the sandbox",
)}</li>
<li><h3>Call from TypeScript</h3><p>The client fills in the headers and signs the very bytes that it sends. The samples beside each operation import this file.</p>
${block(SNAP, "ts", "The client", "snap.ts")}</li>
</ol>`;
}

/** The client that the samples import. */
export const SNAP = `import { createSnapClient } from "snap-bi-contract";

export const snap = createSnapClient({
  baseUrl: "http://127.0.0.1:4010", // a PJP's own: https, without /v1.0
  partnerId: "82150823919040624621823174737537",
  channelId: "95221",
  // or createTokenProvider({ ... }), which asks service 73 for it
  accessToken: process.env.SNAP_ACCESS_TOKEN ?? "",
  signature: {
    type: "symmetric",
    clientSecret: process.env.SNAP_CLIENT_SECRET ?? "",
  },
});`;
