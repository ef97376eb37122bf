// Calls a PJP in its own dialect, and answers it: here BCA.
// #region profile
import { createSnapClient, type SnapClientOptions } from "snap-bi-contract";
import { bca } from "snap-bi-contract/profiles/bca";

/** A client with BCA's operations alone, and with BCA's fields. Where baseUrl has no path, BCA's /openapi is added. */
export const callBca = (options: SnapClientOptions<typeof bca>) => createSnapClient({ ...options, profile: bca });
// #endregion
