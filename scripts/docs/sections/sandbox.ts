// The sandbox: its control, its moves, its direct debits, and what forces an answer.
import { statusNames } from "../../../generated/response-codes.ts";
import { forcePresets } from "../../../src/sandbox/forces.ts";
import { NOTIFY_FAULTS } from "../../../src/sandbox/notify-faults.ts";
import { type PaymentStatus, paymentMoves } from "../../../src/sandbox/payment-states.ts";
import { defaultDebits, scenarioRules, scenarios } from "../../../src/sandbox/scenarios.ts";
import { anchor, type Html, html, inline, markdown, place, table } from "../html.ts";

/** A status with its name. */
export const nameOf = (status: PaymentStatus): string => `${status} ${statusNames[status]}`;

const status = (of: PaymentStatus) => html`<a href="#status-${of}">${nameOf(of)}</a>`;
const subsection = (id: string, title: string) =>
  html`<h3 ${place({ id, kind: "Sandbox", title })}>${title} ${anchor(id, title)}</h3>`;

/** The section. */
export function sandboxSection(): Html {
  return html`${markdown(CONTROL)}
${subsection("sandbox-scenarios", "Scenarios")}
<p>Write the value into the field of a request, and the sandbox answers with the code and does what the row says. An amount counts in IDR, and of it what stands before the point, so that 4036014.50 is a scenario too. Neither the QR code nor expiryTime nor the limit is looked at then.</p>
${table(
  ["Service", "Field", "Value", "Answer", "Effect"],
  scenarios.map(({ service, field, value, answer, effect, description }) => ({
    cells: [
      service,
      html`<code>${field}</code>`,
      html`<code>${value}</code>`,
      html`<a href="#${answer}"><code>${answer}</code></a>`,
      html`<b>${effect}.</b> ${inline(description)}`,
    ],
  })),
  "Scenarios",
)}
<p>Other codes of the catalogue come by the same fields: the code that is written there is the answer.</p>
${table(
  ["Services", "Field", "Statuses", "Effect"],
  scenarioRules.map(({ services, field, statuses, effect, description }) => ({
    cells: [
      services.join(", "),
      html`<code>${field}</code>`,
      statuses.join(", "),
      html`<b>${effect}.</b> ${inline(description)}`,
    ],
  })),
  "Scenarios of all other codes",
)}
<p>Other test systems have other ways. <code>--force NAME</code> (<code>force</code> in code) lets the sandbox understand them, too.</p>
${table(
  ["Name", "What it reads"],
  forcePresets.map(({ name, description }) => ({ cells: [html`<code>${name}</code>`, inline(description)] })),
  "Ways to force an answer",
)}
${subsection("sandbox-faults", "Faults")}
<p>What hurts in production, on purpose. <code>--latency MS</code> holds back every answer; amount <code>${neverAnswered}</code> is never answered. <code>--notify-faults LIST</code> (<code>notify.faults</code> in code) has notifications go wrong:</p>
${table(
  ["Name", "What it does"],
  Object.entries(NOTIFY_FAULTS).map(([name, does]) => ({ cells: [html`<code>${name}</code>`, inline(does)] })),
  "Faults of notifications",
)}
${subsection("sandbox-developer-site", "Developer site")}
<p><code>--developer-site</code> has the sandbox do what the standard's developer site does: under any base path, such as <code>/api</code>, a POST to <code>/v1.0/utilities/signature-auth</code> or <code>/v1.0/utilities/signature-service</code> signs for the caller, with the headers of the site. The keys are made for the run and printed at its start.</p>
${subsection("sandbox-moves", "Moves of a payment")}
<p>What is not in this table does not happen. The <a href="#states">picture</a> says the same.</p>
${table(
  ["From", "To", "Move", "Cause"],
  paymentMoves.map(({ from, to, by, cause }) => ({
    cells: [status(from), status(to), html`<b>${by}</b>`, inline(cause)],
  })),
  "Moves of a payment",
)}
${subsection("sandbox-debits", "Direct debits")}
<p>What service 55 knows unless <code>startSandbox</code> is given other <code>directDebits</code>, for every partner. Any other is <a href="#4045501">404 01</a>.</p>
${table(
  ["originalPartnerReferenceNo", "Status"],
  defaultDebits.map(({ originalPartnerReferenceNo: name, latestTransactionStatus: of }) => ({
    cells: [html`<code>${name}</code>`, html`<a href="#status-${of}">${of} ${statusNames[of]}</a>`],
  })),
  "Direct debits",
)}`;
}

const neverAnswered = scenarios.find(({ effect }) => effect === "captured, never answered")?.value ?? "";

const CONTROL = `The sandbox answers like a PJP that remembers: it makes QR codes, takes payments, answers queries, cancels, gives back and
notifies. \`snap-bi sandbox\` starts it, and in tests \`startSandbox\` of \`snap-bi-contract/sandbox\`. What it knows is gone when
it stops, unless \`--state FILE\` keeps it. In a browser, \`/\` shows all of it as it happens: payments, requests, notifications and the clock.

| call | what |
|---|---|
| \`GET /sandbox\` | what it knows: the clock, the totals, and the newest 100 payments and tries to notify; \`?limit=\` asks for 1 to 1000, and \`next\` leads to the older ones |
| \`POST /sandbox\` | \`{"reset": true}\` empties the books; the clock, the direct debits and the tokens stay |
| \`POST /sandbox/next\` | \`{"code": "4036014"}\` has the next call of that service come out so |
| \`POST /sandbox/time\` | \`{"advance": 600}\` lets ten minutes pass, and stops the clock |
| \`POST /sandbox/time\` | \`{"time": "2020-12-23T07:50:11+07:00"}\` stops the clock at a time |
| \`POST /sandbox/time\` | \`{"resume": true}\` lets the clock go on from where it stands |

A POST needs \`Content-Type: application/json\`. Where the sandbox checks tokens or signatures, or listens on another address than
this machine's, these calls need the control key that it printed at its start, as \`Authorization: Bearer KEY\`.`;
