// What `import ... from "snap-bi-contract/node"` gives: a receiver on Node's http server.
export { type Handler, type NodeRequest, type NodeResponse, toNodeListener } from "./adapters/node-listener.ts";
export type { AddressOptions } from "./adapters/remote-address.ts";
export { createSnapServer, type SnapServer, type SnapServerOptions } from "./adapters/snap-server.ts";
