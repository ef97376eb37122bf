// The OpenAPI document of a contract, which mock and sandbox take their examples from.
import { fileURLToPath } from "node:url";
import type { Contract } from "../contract/contract.ts";
import { packageFile } from "../util/package-file.ts";

/** The path of the file that a contract's document is in. */
export function documentFile({ document }: Pick<Contract, "document">): string {
  return typeof document === "string" ? packageFile(document) : fileURLToPath(document);
}
