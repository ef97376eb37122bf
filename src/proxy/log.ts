// What the proxy tells of a request.
import type { OperationId } from "../../generated/operations.ts";

/** How one request was answered. It holds no secret, token or signature; of an answer that is not SNAP's at most 200 characters. */
export interface ProxyLogEntry {
  /** When the request came, in Jakarta. */
  time: string;
  method: string;
  path: string;
  /** Undefined when the path is not an operation's. */
  operation: OperationId | undefined;
  /** Two digits; undefined when the path is not an operation's. */
  service: string | undefined;
  /** The status that the caller got; 0 when the caller hung up. */
  status: number;
  /** The target's; undefined where it did not send one. */
  responseCode: string | undefined;
  /** The target's, or what kept the proxy from having an answer. */
  responseMessage: string;
  /** Who answered. */
  by: "target" | "proxy";
  /** The X-EXTERNAL-ID that was sent; undefined where nothing was, and of a request for a token. */
  externalId: string | undefined;
  /** How often it was sent: twice where the first answer said that the token had run out. */
  tries: number;
  /** Milliseconds from the request to the answer. */
  duration: number;
  /** What breaks the contract in the target's answer. */
  findings: readonly string[];
  /** What may help. */
  hint?: string;
}
