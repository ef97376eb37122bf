// The types of the receiver: what an operation is given, and what it may return.
import { describe, expect, expectTypeOf, test } from "vitest";
import { createSnapHandler, type OperationId, type SnapCall, type SnapReply, snapError } from "../../src/server.ts";

describe("types", () => {
  const base = { key: "unchecked", verifyToken: "unchecked" } as const;
  const paid = { responseCode: "2006000", responseMessage: "Successful", referenceNo: "1" } as const;

  test("an operation is given the body of its own request", () => {
    createSnapHandler({
      ...base,
      operations: {
        qrCpmPayment: (call) => {
          expectTypeOf(call).not.toBeAny();
          expectTypeOf(call).toEqualTypeOf<SnapCall<"qrCpmPayment">>();
          expectTypeOf(call.body).not.toBeAny();
          expectTypeOf(call.body.partnerReferenceNo).toEqualTypeOf<string>();
          expectTypeOf(call.body.amount).toEqualTypeOf<{ value: string; currency: string } | undefined>();
          expectTypeOf(call.body.additionalInfo).toEqualTypeOf<{ [key: string]: unknown } | undefined>();
          expectTypeOf(call.accessToken).toEqualTypeOf<string | undefined>();
          // @ts-expect-error: a field of service 61
          call.body.originalReferenceNo;
          return paid;
        },
        qrCpmNotify: async ({ body }) => {
          expectTypeOf(body.latestTransactionStatus).toEqualTypeOf<
            "00" | "01" | "02" | "03" | "04" | "05" | "06" | "07"
          >();
          return { responseCode: "2007900", responseMessage: "Successful" };
        },
      },
    });
    expectTypeOf<SnapCall<"debitStatus">["body"]>().not.toBeAny();
    expectTypeOf<SnapCall<"debitStatus">["body"]["serviceCode"]>().toEqualTypeOf<"54">();
    expectTypeOf<SnapCall<OperationId>["operation"]>().toEqualTypeOf<OperationId>();
  });

  test("an operation may return its 200 or 202 body or an error of its own service", () => {
    createSnapHandler({ ...base, operations: { qrCpmPayment: () => paid } });
    createSnapHandler({ ...base, operations: { qrCpmPayment: async () => paid } });
    createSnapHandler({ ...base, operations: { qrCpmPayment: () => snapError("4036014") } });
    createSnapHandler({
      ...base,
      operations: { qrCpmPayment: () => ({ responseCode: "2026000", responseMessage: "Request In Progress" }) },
    });
    createSnapHandler({
      ...base,
      operations: { qrCpmPayment: async ({ body }) => (body.title ? paid : snapError("4046008")) },
    });
    expectTypeOf(snapError("4036014").responseCode).toEqualTypeOf<"4036014">();
    expectTypeOf<SnapReply<"qrCpmPayment">>().not.toBeAny();
  });

  test("anything else does not compile", () => {
    const notPaid = { responseCode: "2007900", responseMessage: "Successful" } as const;
    // @ts-expect-error: another operation's body
    createSnapHandler({ ...base, operations: { qrCpmPayment: () => notPaid } });
    // @ts-expect-error: the same, later
    createSnapHandler({ ...base, operations: { qrCpmPayment: async () => notPaid } });
    // @ts-expect-error: a code of no service's 200
    createSnapHandler({ ...base, operations: { qrCpmPayment: () => ({ ...paid, responseCode: "2006001" }) } });
    // @ts-expect-error: a mandatory field is missing
    createSnapHandler({ ...base, operations: { qrCpmPayment: () => ({ ...paid, referenceNo: undefined }) } });
    // @ts-expect-error: another service's error
    createSnapHandler({ ...base, operations: { qrCpmPayment: () => snapError("4036114") } });
    // @ts-expect-error: the same, later
    createSnapHandler({ ...base, operations: { qrCpmPayment: async () => snapError("4036114") } });
    // @ts-expect-error: nothing at all
    createSnapHandler({ ...base, operations: { qrCpmPayment: () => {} } });
    // @ts-expect-error: no operation of the contract
    expect(() => createSnapHandler({ ...base, operations: { qrMpmGenerate: () => paid } })).toThrow(TypeError);
    // @ts-expect-error: service 73 has no token to go without
    createSnapHandler({ ...base, operations: {}, withoutToken: ["accessTokenB2b"] });
    // @ts-expect-error: whether signatures are checked is not left open
    expect(() => createSnapHandler({ verifyToken: "unchecked", operations: {} })).toThrow(TypeError);
    // @ts-expect-error: whether tokens are verified is not left open
    expect(() => createSnapHandler({ key: "unchecked", operations: {} })).toThrow(TypeError);
    // @ts-expect-error: the catalogue has no such code
    expect(() => snapError("4036099")).toThrow(TypeError);
    // @ts-expect-error: a success is not an error
    expect(snapError("2006000").responseMessage).toBe("Successful");
  });
});
