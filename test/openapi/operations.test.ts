import { expect, test } from "vitest";
import { bundle, operations } from "../support/contract.ts";

test("the seven operations of the pages and the one of the standard have their service codes and paths", () => {
  expect(operations.map(({ service, path, operationId }) => `${service} ${path} ${operationId}`)).toEqual([
    "59 /v1.0/qr/qr-cpm-generate qrCpmGenerate",
    "60 /v1.0/qr/qr-cpm-payment qrCpmPayment",
    "61 /v1.0/qr/qr-cpm-query qrCpmQuery",
    "62 /v1.0/qr/qr-cpm-cancel qrCpmCancel",
    "79 /v1.0/qr/qr-cpm-notify qrCpmNotify",
    "80 /v1.0/qr/qr-cpm-refund qrCpmRefund",
    "55 /v1.0/debit/status debitStatus",
    "73 /v1.0/access-token/b2b accessTokenB2b",
  ]);
});

test("the contract is OpenAPI 3.1 in the 2020-12 dialect, which Prism needs to be told", () => {
  expect(bundle.openapi).toBe("3.1.0");
  expect(bundle.jsonSchemaDialect).toBe("https://json-schema.org/draft/2020-12/schema");
});

test("the token is an HTTP bearer token", () => {
  expect(bundle.components.securitySchemes.accessToken).toMatchObject({ type: "http", scheme: "bearer" });
});

test("bodies are JSON and nothing else, and a request has one", () => {
  for (const { requestBody, responses } of operations) {
    expect(requestBody.required).toBe(true);
    for (const { content } of [requestBody, ...Object.values(responses)])
      expect(Object.keys(content)).toEqual(["application/json"]);
  }
});

test("the root tells what SNAP is, the header and signature rules, how codes are composed, and where the errata are", () => {
  const { description } = bundle.info;
  expect(description).toContain("Bank Indonesia's national standard for open payment APIs");
  expect([...description.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)).toEqual([
    "Presence and length",
    "Headers",
    "Signatures",
    "Response codes",
    "Errata",
  ]);
  for (const words of [
    "HMAC_SHA512(clientSecret, METHOD",
    "SHA256withRSA(privateKey, METHOD",
    "HTTP status (3 digits), the service code (2) and the case code (2)",
    "`openapi/errata.yaml`",
  ]) {
    expect(description).toContain(words);
  }
  expect(bundle.servers[0]?.url).toBe("http://127.0.0.1:4010");
});

test("the alias of externalStoreId is deprecated where it is", () => {
  for (const { service, requestBody } of operations) {
    const { dependentSchemas } = requestBody.content["application/json"].schema;
    expect(dependentSchemas?.externalStoreID?.properties?.externalStoreID?.deprecated, service).toBe(
      ["61", "62"].includes(service) ? true : undefined,
    );
  }
});

test("every operation asks for a bearer token, but the one that gives it out", () => {
  expect(bundle.security).toEqual([{ accessToken: [] }]);
  for (const { service, operationId, security } of operations) {
    expect(security, operationId).toEqual(service === "73" ? [] : undefined);
  }
});

test("the notification says that the PJP calls and the merchant hosts", () => {
  const notify = operations.find(({ operationId }) => operationId === "qrCpmNotify");
  expect(notify?.tags).toEqual(["QR CPM notification"]);
  expect(notify?.description).toContain("Called by the PJP and hosted by the merchant");
  expect(notify?.description.replace(/\s+/g, " ")).toContain(
    "the merchant verifies with the PJP's public key or with that secret",
  );
  expect(bundle.tags.find(({ name }) => name === "QR CPM notification")?.description).toContain(
    "Called by the PJP, hosted by the merchant",
  );
  expect(JSON.stringify(bundle.paths["/v1.0/qr/qr-cpm-notify"])).toContain("The merchant's own host");
});

test("no schema has an $id, which would make Prism stop validating", () => {
  expect(JSON.stringify(bundle)).not.toContain('"$id"');
});
