// Receivers that record the payments they are given, or whose payment does what its type would not let it.
import type { SnapCall, SnapHandlerOptions, SnapReply } from "../../src/server.ts";
import { createReceiver, exampleOf } from "../support/receiver.ts";

/** The body of a payment. */
export const payment = exampleOf.qrCpmPayment.request;
export const bytes = (text: string) => new TextEncoder().encode(text);

/** A receiver, and the payments that it was given. */
export function createRecorder(options: Partial<SnapHandlerOptions> = {}) {
  const calls: SnapCall<"qrCpmPayment">[] = [];
  const handler = createReceiver({
    operations: {
      qrCpmPayment: (call) => {
        calls.push(call);
        return { responseCode: "2006000", responseMessage: "Successful", referenceNo: "1" };
      },
    },
    ...options,
  });
  return { handler, calls };
}

/** A payment that returns anything. */
export const returning = (reply: unknown): Partial<SnapHandlerOptions> => ({
  operations: { qrCpmPayment: () => reply as SnapReply<"qrCpmPayment"> },
});

/** A payment that throws. */
export const throwing = (error: unknown): Partial<SnapHandlerOptions> => ({
  operations: {
    qrCpmPayment: () => {
      throw error;
    },
  },
});
