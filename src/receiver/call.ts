// What an operation is given.
import type { OperationId, OperationTypes } from "../../generated/operations.ts";
import type { Exchange } from "./checks.ts";

/** A call that passed every check. Secrets, and what is large, are not shown by `inspect` and not copied by `{ ...call }`. */
export interface SnapCall<Id extends OperationId> {
  readonly operation: Id;
  /**
   * The parsed body. What is beyond the contract, `additionalInfo` above all, is as JSON.parse reads it: a number beyond 2^53 is
   * rounded, and of two equal keys the last one counts. `rawBody` has what was sent.
   */
  readonly body: OperationTypes[Id]["request"];
  /** X-PARTNER-ID; the X-CLIENT-KEY of a request for a token. */
  readonly partnerId: string;
  /** X-EXTERNAL-ID; empty for a request for a token. */
  readonly externalId: string;
  /** X-TIMESTAMP. */
  readonly timestamp: string;
  /** Path and query as they came. */
  readonly path: string;
  /** The bytes that were signed, as they came: evidence, together with path, timestamp and X-SIGNATURE. */
  readonly rawBody: Uint8Array;
  readonly headers: Headers;
  /** The access token without `Bearer `, where one was sent. */
  readonly accessToken: string | undefined;
  /** The customer's token without `Bearer `, where one was sent; verified if `verifyCustomerToken` is given. */
  readonly customerToken: string | undefined;
  /** Aborted when the caller is gone, or when `operationTimeout` has run out: nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/** The call that an exchange became. What is on the prototype is not shown by `inspect`. */
export class Call {
  readonly operation: OperationId;
  readonly body: unknown;
  readonly partnerId: string;
  readonly externalId: string;
  readonly timestamp: string;
  readonly path: string;
  readonly #exchange: Exchange;
  #controller: AbortController | undefined;
  #aborted: unknown;

  constructor(exchange: Exchange) {
    this.operation = exchange.operation;
    this.body = exchange.body;
    this.partnerId = exchange.caller.partnerId;
    this.externalId = exchange.externalId;
    this.timestamp = exchange.timestamp;
    this.path = exchange.target;
    this.#exchange = exchange;
  }
  get rawBody(): Uint8Array {
    return this.#exchange.bytes;
  }
  get headers(): Headers {
    return this.#exchange.request.headers;
  }
  get accessToken(): string | undefined {
    return this.#exchange.accessToken;
  }
  get customerToken(): string | undefined {
    return this.#exchange.customerToken;
  }
  /** Made when it is asked for, which most operations do not. */
  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      if (this.#aborted !== undefined) this.#controller.abort(this.#aborted);
      const { wire, request } = this.#exchange;
      if (wire) wire.whenGone?.((reason) => this.abort(reason));
      else if (request.signal.aborted) this.abort(request.signal.reason);
      else request.signal.addEventListener("abort", () => this.abort(request.signal.reason), { once: true });
    }
    return this.#controller.signal;
  }
  abort(reason: unknown): void {
    this.#aborted = reason;
    this.#controller?.abort(reason);
  }
}
