// What the source pages say, as transcribed in test/published/.
import { readdirSync, readFileSync } from "node:fs";
import { operations } from "./contract.ts";

/** One row of a published table. */
export interface Row {
  service: string;
  body: "request" | "response";
  /** The object that the row is a member of. */
  parent: string | null;
  name: string;
  type: string;
  presence: "M" | "O" | "C";
  length: string;
  minLength?: string;
  description: string;
}
/** One row of the published catalogue. */
export interface PublishedCode {
  category: string;
  status: string;
  service: string;
  case: string;
  message: string;
  description: string;
}
/** One published sample. */
export interface Sample {
  /** The file's name without its ending, such as `qr-cpm-payment-request`. */
  id: string;
  operationId: string;
  body: "request" | "response";
  headers: Record<string, string>;
  /** The body's text, verbatim. */
  text: string;
  /** Request line, headers and body, verbatim. */
  raw: string;
  value: Record<string, unknown>;
}

const folder = new URL("../published/", import.meta.url);
const read = (file: string) => readFileSync(new URL(file, folder), "utf8");

/** The 134 rows of the two pages. */
export const rows = JSON.parse(read("rows.json")) as Row[];
/** The rows of every operation: service 73 is on neither page, and comes from the standard's security pages. */
export const allRows = [...rows, ...(JSON.parse(read("rows-73.json")) as Row[])];
export const codes = JSON.parse(read("codes.json")) as PublishedCode[];
export const codes55 = JSON.parse(read("codes-55.json")) as { status: string; code: string; message: string }[];
type HeaderRow = Pick<Row, "name" | "presence" | "type" | "length">;
const transactionHeaders = JSON.parse(read("headers.json")) as HeaderRow[];
const tokenHeaders = JSON.parse(read("headers-73.json")) as HeaderRow[];
/** The header table of the standard for a service. */
export const headersOf = (service: string) => (service === "73" ? tokenHeaders : transactionHeaders);
export const pages = { "qr-cpm": read("pages/qr-cpm.txt"), "debit-status": read("pages/debit-status.txt") };

export const samples: Sample[] = readdirSync(new URL("samples/", folder)).map((file) => {
  const [id = ""] = file.split(".");
  const raw = read(`samples/${file}`);
  const start = raw.search(/^\{/m);
  const text = raw.slice(start).trimEnd();
  const apiName = id.replace(/-(request|response)$/, "");
  const operation = operations.find(({ path }) => path.replace("debit/status", "debit-status").endsWith(apiName));
  if (!operation) throw new Error(`${file} belongs to no operation`);
  return {
    id,
    operationId: operation.operationId,
    body: id.endsWith("request") ? "request" : "response",
    headers: Object.fromEntries(
      raw
        .slice(0, Math.max(start, 0))
        .split("\n")
        .map((line) => /^([A-Za-z-]+): (.*)$/.exec(line))
        .filter((match) => match !== null)
        .map(([, name = "", value = ""]) => [name, value]),
    ),
    text,
    raw: raw.trimEnd(),
    value: JSON.parse(text) as Record<string, unknown>,
  };
});
