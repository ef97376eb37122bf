// @ts-nocheck The peers are installed when the benchmark runs, and only then.
// Service 60's request in the words of other validators. Each states what the contract does: what is mandatory, types, lengths
// and patterns, and that objects stay open. `differences` says in what else they differ.
import { Type } from "@sinclair/typebox";
import { TypeCompiler } from "@sinclair/typebox/compiler";
import { OpenAPIBackend } from "openapi-backend";
import { z } from "zod";

/**
 * @param document the contract
 * @param path the operation's path
 */
export async function peers(document, path) {
  const { schemas } = document.components;
  const timestamp = schemas.SnapTimestamp.pattern;
  const value = schemas.Amount.properties.value.pattern;
  const currency = schemas.Amount.properties.currency.pattern;
  return [
    {
      name: "TypeBox",
      check: typebox(timestamp, value, currency),
      differences: "counts UTF-16 units instead of characters",
    },
    { name: "Zod", check: zod(timestamp, value, currency), differences: "copies the object as well" },
    { name: "openapi-backend", check: await backend(document, path), differences: "" },
  ];
}

function zod(timestamp, value, currency) {
  const text = (max) => z.string().max(max);
  const filled = (max) => z.string().min(1).max(max);
  const free = z.record(z.string(), z.unknown()).optional();
  const amount = z.looseObject({
    value: z.string().regex(new RegExp(value)),
    currency: z.string().max(3).regex(new RegExp(currency)),
  });
  const schema = z.looseObject({
    partnerReferenceNo: filled(64),
    qrContent: filled(512),
    amount: amount.optional(),
    feeAmount: amount.optional(),
    merchantId: filled(64),
    subMerchantId: text(32).optional(),
    title: text(256).optional(),
    expiryTime: z.string().max(25).regex(new RegExp(timestamp)),
    items: free,
    externalStoreId: text(64).optional(),
    merchantName: text(64).optional(),
    merchantLocation: text(64).optional(),
    acquirerName: text(64).optional(),
    terminalId: text(32).optional(),
    scannerInfo: z
      .looseObject({
        deviceId: text(64).optional(),
        deviceVersion: text(128).optional(),
        deviceModel: text(128).optional(),
        deviceIp: text(64).optional(),
      })
      .optional(),
    additionalInfo: free,
  });
  return (body) => schema.safeParse(body).success;
}

function typebox(timestamp, value, currency) {
  const text = (maxLength) => Type.Optional(Type.String({ maxLength }));
  const filled = (maxLength) => Type.String({ minLength: 1, maxLength });
  const free = Type.Optional(Type.Record(Type.String(), Type.Unknown()));
  const amount = Type.Object({
    value: Type.String({ pattern: value }),
    currency: Type.String({ maxLength: 3, pattern: currency }),
  });
  const checker = TypeCompiler.Compile(
    Type.Object({
      partnerReferenceNo: filled(64),
      qrContent: filled(512),
      amount: Type.Optional(amount),
      feeAmount: Type.Optional(amount),
      merchantId: filled(64),
      subMerchantId: text(32),
      title: text(256),
      expiryTime: Type.String({ maxLength: 25, pattern: timestamp }),
      items: free,
      externalStoreId: text(64),
      merchantName: text(64),
      merchantLocation: text(64),
      acquirerName: text(64),
      terminalId: text(32),
      scannerInfo: Type.Optional(
        Type.Object({ deviceId: text(64), deviceVersion: text(128), deviceModel: text(128), deviceIp: text(64) }),
      ),
      additionalInfo: free,
    }),
  );
  return (body) => checker.Check(body);
}

/** The contract's own body schema; no headers and no other operation, so that there is nothing else to check. */
async function backend(document, path) {
  const { requestBody, operationId } = document.paths[path].post;
  const content = { "application/json": { schema: requestBody.content["application/json"].schema } };
  const post = { operationId, requestBody: { required: true, content }, responses: { 200: { description: "" } } };
  const definition = {
    openapi: document.openapi,
    info: document.info,
    paths: { [path]: { post } },
    components: { schemas: document.components.schemas },
  };
  const api = new OpenAPIBackend({ definition, quick: true, ajvOpts: { strict: false } });
  await api.init();
  const operation = api.router.getOperation(operationId);
  const headers = { "content-type": "application/json" };
  return (body) => api.validator.validateRequest({ method: "POST", path, headers, body }, operation).valid;
}
