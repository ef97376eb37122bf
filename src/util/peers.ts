// Packages that one feature needs and no other, so that who uses it installs them: which are missing, and the command for that.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { packageFile } from "./package-file.ts";

/** What a feature needs, and the least version of each that will do, up to the next major one: `{ ajv: "8.17" }`. */
export type Needs = Readonly<Record<string, string>>;

/** The packages that are missing, or installed in a version that will not do. */
export function missingPeers(needs: Needs): string[] {
  return Object.entries(needs)
    .filter(([name, least]) => !isEnough(installedVersion(name), least))
    .map(([name]) => name);
}

/** The command that installs packages, in the versions that this package is tested with: `npm install ajv@8.20.0`. */
export function installCommand(names: readonly string[], ...options: string[]): string {
  const { devDependencies: tested = {} } = JSON.parse(readFileSync(packageFile("package.json"), "utf8")) as {
    devDependencies?: Record<string, string>;
  };
  const wanted = names.map((name) => (tested[name] ? `${name}@${tested[name]}` : name));
  return ["npm install", ...options, ...wanted].join(" ");
}

/** The version of a package as this one would import it; undefined when it is not installed. */
export function installedVersion(name: string): string | undefined {
  const { resolve } = createRequire(import.meta.url);
  const file = `${name}/package.json`;
  // a package may keep its package.json to itself, which then lies where Node would look for it
  const candidates = [() => resolve(file), ...(resolve.paths(name) ?? []).map((folder) => () => join(folder, file))];
  for (const candidate of candidates) {
    try {
      return (JSON.parse(readFileSync(candidate(), "utf8")) as { version: string }).version;
    } catch {
      // the next one
    }
  }
  return undefined;
}

function isEnough(version: string | undefined, least: string): boolean {
  const [major, minor = 0] = (version ?? "").split(".").map(Number);
  const [leastMajor, leastMinor = 0] = least.split(".").map(Number);
  return major === leastMajor && minor >= leastMinor;
}
