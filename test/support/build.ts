// Builds what tests look at and nobody commits: the documentation page, when the contract is newer than it.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export function setup(): void {
  execFileSync(process.execPath, ["--import", "tsx", "scripts/docs/build.ts", "--if-stale"], {
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    stdio: "inherit",
  });
}
