// The flow of a payment as a picture: who calls whom, from the token to the refund.
import { type Html, html } from "../html.ts";

const LANES = { customer: 46, merchant: 186, pjp: 394 } as const;
type Lane = keyof typeof LANES;

interface Step {
  from: Lane;
  to: Lane;
  /** The operation, where the step is a call. */
  call?: string;
  /** What it does, in a few words. */
  does: string;
  /** It need not happen. */
  optional?: true;
}

const STEPS: readonly Step[] = [
  { from: "merchant", to: "pjp", call: "73 accessTokenB2b", does: "a token for the other calls" },
  { from: "merchant", to: "pjp", call: "59 qrCpmGenerate", does: "makes the customer's code" },
  { from: "customer", to: "merchant", does: "shows the code" },
  { from: "merchant", to: "pjp", call: "60 qrCpmPayment", does: "pays with the code" },
  { from: "pjp", to: "merchant", call: "79 qrCpmNotify", does: "tells the outcome" },
  { from: "merchant", to: "pjp", call: "61 qrCpmQuery", does: "asks whenever it is unclear", optional: true },
  { from: "merchant", to: "pjp", call: "62 qrCpmCancel", does: "cancels as a whole", optional: true },
  { from: "merchant", to: "pjp", call: "80 qrCpmRefund", does: "gives back, bit by bit", optional: true },
];

const TOP = 58;
const GAP = 52;
const WIDTH = 440;

/** The picture, as SVG that takes its colours from the page. */
export function flowPicture(): Html {
  const height = TOP + STEPS.length * GAP + 6;
  const names: Readonly<Record<Lane, string>> = { customer: "Customer", merchant: "Merchant", pjp: "PJP" };
  return html`<svg class="flow" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="flow-title"><title id="flow-title">Calls between customer, merchant and PJP, in their order</title>
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path d="M0 0 8 4 0 8z"></path></marker></defs>
${Object.entries(LANES).map(
  ([lane, x]) =>
    html`<line class="lane" x1="${x}" x2="${x}" y1="34" y2="${height}"></line><rect class="head" x="${x - 42}" y="2" width="84" height="30" rx="8"></rect><text class="who" x="${x}" y="22">${names[lane as Lane]}</text>`,
)}${STEPS.map(({ from, to, call, does, optional }, index) => {
  const y = TOP + index * GAP + 26;
  const middle = (LANES[from] + LANES[to]) / 2;
  const inset = LANES[from] < LANES[to] ? 3 : -3;
  return html`<g>${call !== undefined && html`<text class="call" x="${middle}" y="${y - 24}">${call}</text>`}<text class="does" x="${middle}" y="${y - 8}">${does}</text><line class="arrow${optional === true && " maybe"}" x1="${LANES[from] + inset}" x2="${LANES[to] - inset}" y1="${y}" y2="${y}" marker-end="url(#tip)"></line></g>`;
})}</svg>`;
}
