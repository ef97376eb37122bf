// The moves of a payment in the sandbox as a picture.
import { INITIAL_STATUS, isFinal, type PaymentStatus, paymentMoves } from "../../src/sandbox/payment-states.ts";

/** An SVG image in the text, for the page drops what SVG of its own needs. */
export async function statePicture(nameOf: (status: PaymentStatus) => string): Promise<string> {
  const { Graphviz } = await import("@hpcc-js/wasm-graphviz");
  const drawn = [...new Set(paymentMoves.flatMap(({ from, to }) => [from, to]))];
  const svg = (await Graphviz.load()).dot(`digraph {
    bgcolor=transparent nodesep=0.5 ranksep=0.45
    node [shape=box style=rounded fontname=Arial fontsize=15]
    edge [fontname=Arial fontsize=13 arrowsize=0.8]
    start [shape=point width=0.12]
    start -> "${INITIAL_STATUS}"
    ${drawn.map((status) => `"${status}" [label="${nameOf(status)}" peripheries=${isFinal(status) ? 2 : 1}]`).join("\n")}
    ${paymentMoves.map(({ from, to, by }) => `"${from}" -> "${to}" [label=" ${by} "]`).join("\n")}
  }`);
  Graphviz.unload();
  const picture = svg.replaceAll('"Arial"', '"Arial, Helvetica, sans-serif"');
  return `<img alt="The moves of a payment as arrows between its statuses" src="data:image/svg+xml;base64,${Buffer.from(picture).toString("base64")}">`;
}
