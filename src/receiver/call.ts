// What an operation is given.
import type { OperationId } from "../../generated/operations.ts";
import type { Exchange } from "./exchange.ts";

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
