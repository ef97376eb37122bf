// The profile that `--profile` names: whose dialect is spoken.
import { existsSync } from "node:fs";
import { profiles } from "../../generated/profiles/index.ts";
import { type Contract, published } from "../contract/contract.ts";
import { didYouMean } from "../util/nearest.ts";
import { UsageError } from "./args.ts";
import { printable } from "./terminal.ts";

/** The option. */
export const PROFILE_OPTION = {
  profile: {
    type: "string",
    value: "NAME",
    about: `whose dialect is spoken: ${Object.keys(profiles).join(", ")}, or a folder that snap-bi generate wrote; the published contract unless given`,
  },
} as const;

/** The profiles that come with the package. */
export const profileNames = Object.keys(profiles);

type ProfileName = keyof typeof profiles;
const isName = (name: string): name is ProfileName => Object.hasOwn(profiles, name);

/**
 * The contract that `--profile` names.
 * @throws UsageError when there is none, or it cannot be read
 */
export async function readProfile(value: string | undefined, option = "--profile"): Promise<Contract> {
  if (value === undefined || value === published.name) return published;
  if (isName(value)) return profiles[value]();
  if (existsSync(value)) return (await import("./profile-file.ts")).loadProfileFile(value);
  throw new UsageError(
    `${option} must be one of ${profileNames.join(", ")}, or a folder that snap-bi generate wrote, not "${printable(value)}"${didYouMean(value, profileNames)}`,
  );
}
