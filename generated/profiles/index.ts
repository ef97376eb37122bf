// Generated from openapi/ by `npm run generate`. Do not edit.
/** The profiles that come with the package, each loaded when it is asked for. */
export const profiles = {
  "aspi-2025": async () => (await import("./aspi-2025/contract.ts")).aspi2025,
  "bca": async () => (await import("./bca/contract.ts")).bca,
  "dana": async () => (await import("./dana/contract.ts")).dana,
  "doku": async () => (await import("./doku/contract.ts")).doku,
  "finpay": async () => (await import("./finpay/contract.ts")).finpay,
  "midtrans": async () => (await import("./midtrans/contract.ts")).midtrans,
  "shopeepay": async () => (await import("./shopeepay/contract.ts")).shopeepay,
};
