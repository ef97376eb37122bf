// What `import ... from "snap-bi-contract/openapi-fetch"` gives: openapi-fetch's client over our signing fetch.
export { createSnapApi, type SnapApi } from "./adapters/openapi-fetch.ts";
