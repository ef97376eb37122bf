// A profile of one's own, as `snap-bi generate` wrote it.
import type { Contract } from "../contract/contract.ts";
import { UsageError } from "./args.ts";

/** @throws UsageError when it is not a profile */
export async function loadProfileFile(path: string): Promise<Contract> {
  throw new UsageError(`--profile cannot read ${path} yet`);
}
