// What is wrong with an overlay is told with its place, before anything is made of it.
import { describe, expect, test } from "vitest";
import { type Action, applyOverlay, type Overlay, OverlayError } from "../../src/generate/overlay.ts";
import { published } from "../support/profiles.ts";

const schemas = "$.components.schemas";
const payment = "$.paths['/v1.0/qr/qr-cpm-payment'].post";

/** Overlays of one action or more, and what is said of them. */
const BROKEN: { what: string; actions: Action[]; says: string }[] = [
  {
    what: "a target that matches nothing",
    actions: [{ target: `${schemas}.Nothing`, update: { title: "x" } }],
    says: `actions[0] (${schemas}.Nothing) matches nothing: fix the target, or remove the action`,
  },
  {
    what: "an action that changes nothing",
    actions: [{ target: `${schemas}.QrCpmPaymentRequest.properties.merchantId`, update: { maxLength: 64 } }],
    says: `actions[0] (${schemas}.QrCpmPaymentRequest.properties.merchantId) changes nothing: what it says is so already; remove the action`,
  },
  {
    what: "an invalid JSONPath",
    actions: [{ target: "$.paths[", update: {} }],
    says: "actions[0] ($.paths[): Invalid JSONPath expression",
  },
  {
    what: "an object for a value",
    actions: [{ target: `${schemas}.Amount`, update: { title: { a: 1 } } }],
    says: `actions[0] (${schemas}.Amount): Cannot apply object to`,
  },
  {
    what: "a mandatory field that is not there",
    actions: [{ target: `${schemas}.QrCpmPaymentRequest`, update: { required: ["nowhere"] } }],
    says: `actions[0] (${schemas}.QrCpmPaymentRequest): QrCpmPaymentRequest asks for nowhere, which it does not have`,
  },
  {
    what: "a field that is taken away and stays mandatory, told of the action that does it",
    actions: [
      { target: `${schemas}.Amount`, update: { title: "Sum" } },
      { target: `${schemas}.QrCpmPaymentRequest.properties.qrContent`, remove: true },
    ],
    says: `actions[1] (${schemas}.QrCpmPaymentRequest.properties.qrContent): QrCpmPaymentRequest asks for qrContent, which it does not have`,
  },
  {
    what: "a condition that nothing enforces",
    actions: [
      {
        target: `${schemas}.QrCpmPaymentRequest.properties.title`,
        update: { "x-snap-condition": "Mandatory on Mondays." },
      },
    ],
    says: `actions[0] (${schemas}.QrCpmPaymentRequest.properties.title): QrCpmPaymentRequest.title has an x-snap-condition that nothing enforces`,
  },
  {
    what: "an example of a request that does not fit any more",
    actions: [{ target: `${schemas}.QrCpmPaymentRequest.properties.merchantId`, update: { maxLength: 3 } }],
    says: "qrCpmPayment: the request example Published breaks maxLength at /merchantId",
  },
  {
    what: "an example of an answer that lacks what became mandatory",
    actions: [
      {
        target: `${schemas}.QrCpmPaymentResponse`,
        update: { required: ["approval"], properties: { approval: { type: "string", description: "A code." } } },
      },
    ],
    says: "qrCpmPayment: the response example Successful breaks required at / (approval is missing)",
  },
  {
    what: "an operation that is added",
    actions: [
      {
        target: "$.paths",
        update: {
          "/v1.0/new": {
            post: { ...structuredClone(published.paths["/v1.0/debit/status"]?.post), operationId: "new" },
          },
        },
      },
    ],
    says: "new is not an operation that this was made from: an overlay changes and removes operations, it does not add them",
  },
  {
    what: "a path that is none",
    actions: [{ target: payment, update: { "x-snap-path": "v1.1/qr" } }],
    says: `actions[0] (${payment}): qrCpmPayment: x-snap-path must be a path such as /v1.1/qr/qr-cpm-payment, but is v1.1/qr`,
  },
  {
    what: "two operations at one path",
    actions: [{ target: payment, update: { "x-snap-path": "/v1.0/debit/status" } }],
    says: "two operations have the path /v1.0/debit/status",
  },
  {
    what: "a base path that ends with a slash",
    actions: [{ target: "$", update: { "x-snap-base-path": "/openapi/" } }],
    says: "actions[0] ($): x-snap-base-path must begin with a slash and not end with one",
  },
  ...(
    [
      ["kind", "hmac", "symmetric, asymmetric"],
      ["token", "optional", "required, none"],
      ["signedPath", "absolute", "as-sent, without-base-path, url"],
    ] as const
  ).map(([word, value, words]) => ({
    what: `a signature whose ${word} is ${value}`,
    actions: [{ target: payment, update: { "x-snap-signature": { [word]: value } } }],
    says: `actions[0] (${payment}): qrCpmPayment: x-snap-signature.${word} must be one of ${words}`,
  })),
  {
    what: "a symmetric signature without a token",
    actions: [{ target: payment, update: { "x-snap-signature": { kind: "symmetric", token: "none" } } }],
    says: "qrCpmPayment: a symmetric signature covers the token; token must be required, or kind asymmetric",
  },
  {
    what: "null where it cannot be",
    actions: [{ target: payment, update: { "x-snap-null": "everywhere" } }],
    says: "qrCpmPayment: x-snap-null must be one of optional",
  },
  {
    what: "a status without a meaning",
    actions: [{ target: `${schemas}.TransactionStatus`, update: { enum: ["08"] } }],
    says: `actions[0] (${schemas}.TransactionStatus): TransactionStatus: x-snap-states must say what "08" means`,
  },
  {
    what: "a meaning without a status",
    actions: [{ target: `${schemas}.TransactionStatus.enum[?@ == '07']`, remove: true }],
    says: 'TransactionStatus: x-snap-states has "07", which enum does not have',
  },
  {
    what: "a state that nobody knows",
    actions: [
      {
        target: `${schemas}.TransactionStatus`,
        update: { enum: ["08"], "x-snap-states": { "08": { name: "expired", state: "gone", why: "Too late." } } },
      },
    ],
    says: 'TransactionStatus: the state of "08" must be one of success, pending, reversed, failed, notFound',
  },
  {
    what: "a reference that leads nowhere",
    actions: [
      { target: `${schemas}.QrCpmPaymentRequest.properties.amount`, update: { $ref: "#/components/schemas/Money" } },
    ],
    says: "#/components/schemas/Money leads nowhere",
  },
  {
    what: "a component that is in use and taken away",
    actions: [{ target: "$.components.parameters['CHANNEL-ID']", remove: true }],
    says: "actions[0] ($.components.parameters['CHANNEL-ID']): #/components/parameters/CHANNEL-ID leads nowhere",
  },
  {
    what: "members beside a reference",
    actions: [
      {
        target: `${schemas}.QrCpmPaymentRequest.properties.additionalInfo`,
        update: { properties: { channel: { type: "string" } } },
      },
    ],
    says: "QrCpmPaymentRequest.additionalInfo has properties beside its $ref: remove the $ref with an action before",
  },
  {
    what: "a field that the examples of errors name",
    actions: [{ target: `${schemas}.QrCpmPaymentRequest.properties.amount`, remove: true }],
    says: "qrCpmPayment: x-snap-example-fields names amount.value, which the request does not have",
  },
  {
    what: "no operation that is left",
    actions: [{ target: "$.paths.*", remove: true }],
    says: "actions[0] ($.paths.*): at least one operation must be left",
  },
  {
    what: "a path without its operation",
    actions: [{ target: payment, remove: true }],
    says: "/v1.0/qr/qr-cpm-payment must have a post operation",
  },
  {
    what: "an operation without an answer",
    actions: [{ target: `${payment}.responses['200']`, remove: true }],
    says: "qrCpmPayment must have a requestBody and a 200 response",
  },
  {
    what: "an answer without a code",
    actions: [
      { target: `${schemas}.QrCpmPaymentResponse.required[?@ == 'responseCode']`, remove: true },
      { target: `${schemas}.QrCpmPaymentResponse.properties.responseCode`, remove: true },
    ],
    says: `actions[1] (${schemas}.QrCpmPaymentResponse.properties.responseCode): qrCpmPayment: the answer must have responseCode and responseMessage`,
  },
  {
    what: "a header's example that does not fit any more",
    actions: [{ target: "$.components.parameters['CHANNEL-ID']", update: { schema: { maxLength: 3 } } }],
    says: "qrCpmPayment: the example of a header breaks maxLength at /CHANNEL-ID",
  },
  {
    what: "a pattern of a header that is no regular expression",
    actions: [{ target: "$.components.parameters['CHANNEL-ID']", update: { schema: { pattern: "[" } } }],
    says: "actions[0] ($.components.parameters['CHANNEL-ID']): CHANNEL-ID has a pattern that is not a regular expression: [",
  },
  {
    what: "a schema that is none",
    actions: [{ target: `${schemas}.QrCpmPaymentRequest.properties.title`, update: { maxLength: -1 } }],
    says: "no contract can be derived: schema is invalid",
  },
  {
    what: "a status without codes",
    actions: [{ target: "$['x-snap-response-codes'].codes[?@.status == 429]", remove: true }],
    says: "x-snap-response-codes must have status 429 and at least one code of it",
  },
  {
    what: "a pattern that is no regular expression",
    actions: [{ target: `${schemas}.QrCpmPaymentRequest.properties.title`, update: { pattern: "(" } }],
    says: `actions[0] (${schemas}.QrCpmPaymentRequest.properties.title): QrCpmPaymentRequest.title has a pattern that is not a regular expression: (`,
  },
];

const overlayOf = (actions: Action[]): Overlay => ({
  overlay: "1.0.0",
  info: { title: "My PJP", version: "1" },
  actions,
});

async function errorOf(overlay: unknown): Promise<OverlayError> {
  const error = await applyOverlay(published, overlay as Overlay, "my-pjp.overlay.yaml").catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(OverlayError);
  return error as OverlayError;
}

describe("refuses", () => {
  test.each(BROKEN)("$what", async ({ actions, says }) => {
    const before = JSON.stringify(published);
    const { code, message, problems } = await errorOf(overlayOf(actions));
    expect(code).toBe("ERR_SNAP_INVALID_OVERLAY");
    expect(message).toMatch(/^my-pjp\.overlay\.yaml cannot be used:\n- actions\[\d\] /);
    expect(
      problems.find((problem) => problem.includes(says)),
      problems.join("\n"),
    ).toBeDefined();
    expect(JSON.stringify(published)).toBe(before);
  });

  test.each([
    ["nothing at all", null, 'overlay must be "1.0.0" or "1.1.0": the file must be an OpenAPI Overlay'],
    ["an OpenAPI document", { openapi: "3.1.0", info: { title: "x" }, paths: {} }, "actions must be a list"],
    ["another version", { ...overlayOf([]), overlay: "2.0.0" }, 'overlay must be "1.0.0" or "1.1.0"'],
    ["no title", { ...overlayOf([]), info: {} }, "info.title must say whose dialect it is"],
    ["no actions", overlayOf([]), "actions must be a list"],
    ["an action without a target", overlayOf([{} as Action]), "actions[0].target must be a JSONPath (RFC 9535)"],
  ])("%s", async (_what, overlay, says) => {
    const { code, problems } = await errorOf(overlay);
    expect(code).toBe("ERR_SNAP_INVALID_OVERLAY");
    expect(problems.join("\n")).toContain(says);
  });
});

test("an overlay without a fault passes", async () => {
  const fine = overlayOf([{ target: `${schemas}.QrCpmPaymentRequest`, update: { required: ["amount"] } }]);
  const facts = await applyOverlay(published, fine, "my-pjp.overlay.yaml");
  expect(facts.components.schemas.QrCpmPaymentRequest?.required).toContain("amount");
});
