// The moves of a payment in the sandbox as a picture.
import { transactionStates } from "../../../generated/response-codes.ts";
import { INITIAL_STATUS, isFinal, type PaymentStatus, paymentMoves } from "../../../src/sandbox/payment-states.ts";
import { Html } from "../html.ts";

/** SVG that takes its colours from the page: a node has the class of its state. */
export async function statePicture(nameOf: (status: PaymentStatus) => string): Promise<Html> {
  const { Graphviz } = await import("@hpcc-js/wasm-graphviz");
  const drawn = [...new Set(paymentMoves.flatMap(({ from, to }) => [from, to]))];
  const svg = (await Graphviz.load()).dot(`digraph {
    bgcolor=transparent nodesep=0.45 ranksep=0.42
    node [shape=box style=rounded fontname=Arial fontsize=15 margin="0.16,0.07"]
    edge [fontname=Arial fontsize=13 arrowsize=0.8]
    start [shape=point width=0.12]
    start -> "${INITIAL_STATUS}"
    ${drawn.map((status) => `"${status}" [class="${transactionStates[status]}" label="${nameOf(status)}" peripheries=${isFinal(status) ? 2 : 1}]`).join("\n")}
    ${paymentMoves.map(({ from, to, by }) => `"${from}" -> "${to}" [label=" ${by} "]`).join("\n")}
  }`);
  Graphviz.unload();
  return new Html(
    svg
      .slice(svg.indexOf("<svg"))
      .replace(/<!--.*?-->\n?/gs, "")
      .replace(
        /<svg width="\d+pt" height="\d+pt"/,
        '<svg class="states" role="img" aria-label="The moves of a payment as arrows between its statuses"',
      )
      .replace(/ xmlns(:xlink)?="[^"]*"/g, "")
      // the stylesheet has the colours and the font
      .replace(/ (?:fill|stroke|font-family|font-size|id|stroke-width)="[^"]*"/g, ""),
  );
}
