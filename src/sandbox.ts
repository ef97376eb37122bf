// What `import ... from "snap-bi-contract/sandbox"` gives: a PJP with a memory, the mock, and the signing proxy, for your tests.
export type { HostOptions, LogEntry, RunningServer } from "./host/host.ts";
export { MissingPrismError, type Mock, type MockOptions, startMock } from "./mock/mock.ts";
export type { ProxyLogEntry } from "./proxy/log.ts";
export type { ProxyOptions } from "./proxy/options.ts";
export { startProxy } from "./proxy/proxy.ts";
export type { SandboxControl } from "./sandbox/control.ts";
export type { DeveloperSite } from "./sandbox/developer-site.ts";
export type { Delivery, Notification, NotifyOptions } from "./sandbox/notifier.ts";
export type { NotifyFault } from "./sandbox/notify-faults.ts";
export type { LedgerTotals, PaymentRecord } from "./sandbox/records.ts";
export { type Sandbox, type SandboxOptions, startSandbox } from "./sandbox/sandbox.ts";
export type { DirectDebit } from "./sandbox/scenarios.ts";
