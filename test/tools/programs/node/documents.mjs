// Three libraries that read OpenAPI: each must take the document, and resolve its references.
import { readFileSync } from "node:fs";

const [, , library, file] = process.argv;
const document = () => JSON.parse(readFileSync(file, "utf8"));

if (library === "swagger-parser") {
  const { default: SwaggerParser } = await import("@apidevtools/swagger-parser");
  await SwaggerParser.validate(document());
  const { paths } = await SwaggerParser.dereference(document());
  const { schema } = paths["/v1.0/qr/qr-cpm-payment"].post.requestBody.content["application/json"];
  if (schema.properties.amount.properties.value.type !== "string") throw new Error("amount.value must be resolved");
} else if (library === "seriousme") {
  const { Validator } = await import("@seriousme/openapi-schema-validator");
  const { valid, errors } = await new Validator().validate(document());
  if (!valid) throw new Error(JSON.stringify(errors, null, 2));
} else {
  const { validate } = await import("@readme/openapi-parser");
  const result = await validate(document());
  if (!result.valid || result.warnings.length > 0) throw new Error(JSON.stringify(result, null, 2));
}
