// An Express server behind express-openapi-validator, which answers each sample as the contract does, and one call wrongly.
import { readFileSync } from "node:fs";
import express from "express";
import validator from "express-openapi-validator";

const [, , apiSpec, calls, port] = process.argv;
const given = JSON.parse(readFileSync(calls, "utf8")).calls;

const app = express();
app.use(express.json());
app.use(validator.middleware({ apiSpec, validateRequests: true, validateResponses: true }));
app.post("/*path", (request, response) => {
  const prefer = request.get("prefer");
  if (prefer === "broken") return response.json({ responseCode: "2005900" });
  const found = given.find((call) => call.path === request.path && call.prefer === prefer);
  response.status(found.status).json(found.answer);
});
app.use((error, _request, response, _next) => {
  response.status(error.status ?? 500).json({ message: error.message });
});
app.listen(Number(port), "127.0.0.1");
