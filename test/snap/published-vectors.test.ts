// The published signatures with every step towards them, and what was made of them by one mistake each.
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import {
  type AsymmetricInput,
  hashBody,
  minifyJson,
  type SignatureEncoding,
  type SymmetricInput,
  sign,
  stringToSign,
  type TokenInput,
  verify,
} from "../../src/snap/signature.ts";
import { thrown } from "../support/errors.ts";
import { base64, invalidArgument, noble, text, utf8 } from "./support.ts";

type Vector = {
  id: string;
  flags?: string[];
  minified?: string;
  bodyHash?: string;
  /** What was signed; in a valid vector, what the standard signs. */
  stringToSign: string;
  signature: string;
  encoding: SignatureEncoding;
  standardStringToSign?: string;
  standardSignature?: string;
  error?: string;
  result: "valid" | "invalid";
} & ((SymmetricInput & { clientSecret: string }) | ((AsymmetricInput | TokenInput) & { publicKey: string }));

const file = JSON.parse(readFileSync(new URL("../published/signatures.json", import.meta.url), "utf8"));
const vectors = file.vectors as Vector[];
const refused = vectors.filter(({ error }) => error !== undefined);
const computed = vectors.filter(({ error }) => error === undefined);
const invalid = computed.filter(({ result }) => result === "invalid");
const transactions = computed.filter((vector) => vector.type !== "token" && vector.minified !== undefined);

test("the file has its shape, and no two vectors share an id", () => {
  const string = { type: "string" };
  const parts = ["method", "path", "body"];
  const needs = (type: string, ...names: string[]) => ({
    if: { properties: { type: { const: type } } },
    // biome-ignore lint/suspicious/noThenProperty: JSON Schema calls it so
    then: { required: names },
  });
  const own = ["derivedFrom", "error", "note", "flags", "standardStringToSign", "standardSignature"];
  const validate = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false }).compile({
    type: "object",
    required: ["about", "vectors"],
    properties: {
      about: string,
      vectors: {
        type: "array",
        items: {
          type: "object",
          properties: {
            ...Object.fromEntries(
              [...parts, ...own, "id", "accessToken", "clientKey", "timestamp", "clientSecret", "publicKey"]
                .concat("minified", "stringToSign", "source")
                .map((name) => [name, string]),
            ),
            type: { enum: ["symmetric", "asymmetric", "token"] },
            flags: { type: "array", minItems: 1, items: { type: "string", pattern: "^[A-Z][A-Za-z0-9]+$" } },
            bodyHash: { type: "string", pattern: "^[0-9a-f]{64}$" },
            signature: { type: "string", pattern: "^[A-Za-z0-9+/]+={0,2}$" },
            encoding: { enum: ["base64", "hex"] },
            result: { enum: ["valid", "invalid"] },
          },
          additionalProperties: false,
          required: ["id", "type", "timestamp", "source", "result"],
          allOf: [
            needs("symmetric", ...parts, "accessToken", "clientSecret"),
            needs("asymmetric", ...parts, "publicKey"),
            needs("token", "clientKey", "publicKey"),
            {
              if: { properties: { result: { const: "valid" } } },
              // biome-ignore lint/suspicious/noThenProperty: JSON Schema calls it so
              then: { properties: Object.fromEntries(own.map((name) => [name, false])) },
              else: { required: ["flags", "note"] },
            },
            {
              if: { required: ["error"] },
              // biome-ignore lint/suspicious/noThenProperty: JSON Schema calls it so
              then: { properties: { stringToSign: false, signature: false } },
              else: { required: ["stringToSign", "signature", "encoding"] },
            },
          ],
        },
      },
    },
  });
  validate(file);
  expect(validate.errors).toBeNull();
  const ids = vectors.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect([vectors.length, invalid.length, refused.length]).toEqual([29, 20, 5]);
});

test.each(transactions)("$id: the body is minified and hashed as published", (vector) => {
  if (vector.type === "token") throw new Error("a token request has no body");
  expect(minifyJson(vector.body)).toBe(vector.minified);
  expect(text(minifyJson(utf8(vector.body as string)))).toBe(vector.minified);
  expect(hashBody(vector.body)).toBe(vector.bodyHash);
  expect(hashBody(utf8(vector.body as string))).toBe(vector.bodyHash);
});

test.each(computed)("$id: the string to sign is the standard's", (vector) => {
  expect(stringToSign(vector)).toBe(vector.standardStringToSign ?? vector.stringToSign);
});

test.each(computed)("$id: the signature is $result", (vector) => {
  expect(verify(vector)).toBe(vector.result === "valid");
});

test.each(computed.filter(({ type }) => type === "symmetric"))("$id: signs as the standard does", (vector) => {
  if (vector.type !== "symmetric") throw new Error("not symmetric");
  const signature = vector.standardSignature ?? vector.signature;
  expect(sign(vector)).toBe(signature);
  expect(sign({ ...vector, encoding: "hex" })).toBe(Buffer.from(signature, "base64").toString("hex"));
  expect(verify({ ...vector, signature })).toBe(true);
  expect(base64(noble.hmac(vector.clientSecret, vector.standardStringToSign ?? vector.stringToSign))).toBe(signature);
});

// An invalid vector that nobody could have signed, or that is invalid for another reason, would prove nothing.
test.each(
  invalid.filter(({ type, stringToSign, standardStringToSign }) => {
    return type === "symmetric" && stringToSign !== standardStringToSign;
  }),
)("$id: the wrong signature is the one over the wrong string", (vector) => {
  if (vector.type !== "symmetric") throw new Error("not symmetric");
  expect(base64(noble.hmac(vector.clientSecret, vector.stringToSign))).toBe(vector.signature);
});

test.each(refused)("$id: the input is refused, when signing and when verifying", (vector) => {
  const error = invalidArgument(`${vector.error}`);
  expect(thrown(() => stringToSign(vector))).toStrictEqual(error);
  expect(thrown(() => verify({ ...vector, signature: "" }))).toStrictEqual(error);
  if (vector.type === "symmetric") expect(thrown(() => sign(vector))).toStrictEqual(error);
});
