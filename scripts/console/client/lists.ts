// What the page shows of payments, requests and notifications.
import { badge, block, foreign, make, pairs, pretty, timeOf } from "./elements.ts";
import type { Delivery, Fixed, Payment, ShownRequest, Signed } from "./shapes.ts";

/** How a status of a payment looks. */
const toneOfStatus = (status: string) =>
  status === "00" ? "good" : /^0[123]$/.test(status) ? "wait" : status === "06" ? "bad" : "plain";
const toneOfHttp = (status: number) =>
  status === 202 ? "wait" : status >= 200 && status < 300 ? "good" : status === 0 || status >= 400 ? "bad" : "plain";

/** An entry that opens: its line, and what is in it, which is made when it is opened. */
function entry(id: string, line: HTMLElement[], content: () => HTMLElement[]): HTMLDetailsElement {
  const element = make("details", { id }, make("summary", {}, ...line));
  element.addEventListener("toggle", () => {
    if (element.open && element.childElementCount === 1) element.append(make("div.inside", {}, ...content()));
  });
  return element;
}

export function paymentEntry(payment: Payment, { statusNames }: Fixed): HTMLDetailsElement {
  const { referenceNo, partnerReferenceNo, status, amount, history, refunds } = payment;
  const named = (code: string) => `${code} ${statusNames[code] ?? ""}`.trim();
  const line = [
    badge(named(status), toneOfStatus(status)),
    foreign(partnerReferenceNo, "bdi.grow"),
    make("span.amount", {}, foreign(amount ? `${amount.currency} ${amount.value}` : "no amount")),
  ];
  return entry(`payment-${referenceNo}`, line, () => [
    pairs([
      ["referenceNo", foreign(referenceNo)],
      ["partnerReferenceNo", foreign(partnerReferenceNo)],
      ["partner", foreign(payment.partnerId)],
      ["merchantId", foreign(payment.merchantId)],
      ["X-EXTERNAL-ID", foreign(payment.externalId)],
      ["captured", payment.captured],
      ["refunded", payment.refunded],
      ["cancelled", payment.cancelled],
    ]),
    make("h3", {}, "History"),
    make(
      "ol.steps",
      {},
      ...history.map((step) =>
        make(
          `li.${toneOfStatus(step.status)}`,
          {},
          timeOf(step.time),
          make("b", {}, named(step.status)),
          make("span.muted", {}, step.by === undefined ? "the request came" : step.by),
        ),
      ),
    ),
    ...(refunds.length === 0 ? [] : [make("h3", {}, "Refunds"), refundList(refunds)]),
  ]);
}

function refundList(refunds: Payment["refunds"]): HTMLElement {
  const items = refunds.map(({ partnerRefundNo, refundNo, amount, status }) =>
    make(
      "li",
      {},
      foreign(partnerRefundNo),
      ` ${amount} `,
      make("span.muted", {}, status === "00" ? `done, ${refundNo}` : `in progress, ${refundNo}`),
    ),
  );
  return make("ul", {}, ...items);
}

export function requestEntry(request: ShownRequest): HTMLDetailsElement {
  const { number, time, method, path, service, operation, status, responseCode, step } = request;
  const called = operation === undefined ? foreign(`${method} ${path}`) : foreign(operation);
  const line = [
    badge(responseCode ?? String(status), toneOfHttp(status)),
    make("span.service", {}, service ?? ""),
    make("span.grow", {}, called, " ", foreign(referenceIn(request.body), "bdi.reference")),
    ...(step === "operation" ? [] : [make("span.muted.step", {}, step)]),
    timeOf(time),
  ];
  return entry(`request-${number}`, line, () => insideRequest(request));
}

/** The caller's number of what a request is about. */
function referenceIn(body: string): string {
  return /"(?:original)?[pP]artnerReferenceNo"\s*:\s*"([^"\\]{0,64})"/.exec(body)?.[1] ?? "";
}

function insideRequest(request: ShownRequest): HTMLElement[] {
  const { method, path, status, responseMessage, step, duration, hint, body, bodyBytes, answer, headers } = request;
  const cut = new TextEncoder().encode(body).length < bodyBytes ? `, of ${bodyBytes} bytes the first` : "";
  return [
    pairs([
      ["answered", foreign(`${status} ${responseMessage}`)],
      ["by", step === "operation" ? "the operation: every check let it through" : `the check "${step}"`],
      ["why", hint === undefined ? undefined : foreign(hint)],
      ["partner", request.partnerId ? foreign(request.partnerId) : undefined],
      ["X-EXTERNAL-ID", request.externalId ? foreign(request.externalId) : undefined],
      ["took", duration === undefined ? undefined : `${duration} ms`],
    ]),
    ...(request.signed ? signedSteps(request.signed, request.doctor) : []),
    make("h3", {}, "Request"),
    make("p.line", {}, foreign(`${method} ${path}`)),
    pairs(headers.map(([name, value]) => [name, foreign(value)] as const)),
    ...(body === "" ? [] : [make("p.muted", {}, `Body${cut}`), block(pretty(body), "Body of the request")]),
    ...(answer === "" ? [] : [make("h3", {}, "Answer"), block(pretty(answer), "Body of the answer")]),
  ];
}

/** What came beside what the signature must have been made of. */
function signedSteps({ kind, parts, stringToSign }: Signed, doctor: string | undefined): HTMLElement[] {
  const rows = parts.map(({ part, sent, expected }) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, part),
      make("td", { "data-of": "You sent" }, foreign(sent)),
      make("td", { "data-of": "We expected" }, foreign(expected)),
    ),
  );
  const head = ["Part", "You sent", "We expected"].map((name) => make("th", { scope: "col" }, name));
  return [
    make("h3", {}, `The signature was refused (${kind})`),
    ...(doctor === undefined ? [] : [make("p.doctor", {}, foreign(doctor))]),
    make("table", {}, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...rows)),
    ...(stringToSign === "" ? [] : [make("p.muted", {}, "We expected a signature over this text")]),
    ...(stringToSign === "" ? [] : [block(stringToSign, "String to sign")]),
  ];
}

export function deliveryEntry(delivery: Delivery, number: number, { statusNames }: Fixed): HTMLDetailsElement {
  const { body, attempt, time, status, responseCode, responseMessage, retryIn, fault } = delivery;
  const { latestTransactionStatus: told, originalPartnerReferenceNo = "" } = body;
  const next = retryIn === undefined ? "" : `again in ${retryIn} s`;
  const line = [
    badge(responseCode ?? (status === undefined ? "no answer" : String(status)), toneOfHttp(status ?? 0)),
    make("span.service", {}, told),
    foreign(originalPartnerReferenceNo, "bdi.grow"),
    make(
      "span.muted.step",
      {},
      [`try ${attempt}`, fault ? `${fault} on purpose` : "", next].filter(Boolean).join(", "),
    ),
    timeOf(time),
  ];
  return entry(`delivery-${number}`, line, () => [
    pairs([
      ["status told", `${told} ${statusNames[told] ?? ""}`],
      ["answered", foreign(`${status ?? ""} ${responseMessage}`)],
      ["then", next || "no further try"],
      ["X-EXTERNAL-ID", delivery.externalId ? foreign(delivery.externalId) : undefined],
    ]),
    block(JSON.stringify(body, null, 2), "Body of the notification"),
  ]);
}
