// Dredd sends no bearer token, and must ask the mock for the status that it expects.
const hooks = require("hooks");

hooks.beforeEach((transaction, done) => {
  const { headers } = transaction.request;
  headers.Authorization = "Bearer any-token";
  headers.Prefer = `code=${transaction.expected.statusCode}`;
  done();
});
