// Makes the files of a profile in a project that has this package installed: `snap-bi generate`.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageFile } from "../util/package-file.ts";
import type { Facts } from "./facts.ts";
import { applyOverlay, OverlayError } from "./overlay.ts";
import { baseOf, nameOfOverlay, type Overlays, profileFacts, readOverlay } from "./overlays.ts";
import { profileFiles } from "./profile-files.ts";

export { OverlayError } from "./overlay.ts";
export { nameOfOverlay } from "./overlays.ts";
export { identifierOf } from "./profile-module.ts";

/** What to make files of. */
export interface ProjectProfile {
  /** The text of the overlay. */
  overlay: string;
  /** What errors and the first lines of the files call the overlay. */
  file: string;
  name: string;
  /** The profile that it builds on, or `published`; the overlay's `extends` says it by default. */
  base?: string | undefined;
  /** What relative imports end in: `.js`, `.ts`, or nothing. */
  extension: string;
}

/** The overlays in a folder, by the names of their profiles. */
export function overlaysIn(folder: string, nameOf: (file: string) => string): Overlays {
  const files = readdirSync(folder).filter((file) => file.endsWith(".overlay.yaml"));
  return new Map(
    files.map((entry) => {
      const file = nameOf(entry);
      return [nameOfOverlay(entry), { file, overlay: readOverlay(readFileSync(join(folder, entry), "utf8"), file) }];
    }),
  );
}

/**
 * The files of a profile by name, against the facts that this package brings, and what it builds on.
 * @throws OverlayError (`ERR_SNAP_INVALID_OVERLAY`) when the overlay cannot be read or applied, or builds on what there is not
 */
export async function projectFiles({ overlay: text, file, name, base, extension }: ProjectProfile) {
  const published = JSON.parse(readFileSync(packageFile("generated/facts.json"), "utf8")) as Facts;
  const overlays = overlaysIn(packageFile("openapi/profiles"), (entry) => `snap-bi-contract/openapi/profiles/${entry}`);
  const overlay = readOverlay(text, file);
  const on = base ?? baseOf(overlay, file) ?? "published";
  if (on !== "published" && !overlays.has(on)) {
    const known = ["published", ...overlays.keys()].join(", ");
    throw new OverlayError(file, [`it must build on one of ${known}, not "${on}"`]);
  }
  const before = on === "published" ? published : await profileFacts(published, overlays)(on);
  const facts = await applyOverlay(before, overlay, file);
  const files = await profileFiles({
    name,
    info: overlay.info,
    facts,
    published,
    note: `Generated from ${file.replace(/^.*[\\/]/s, "")} by \`snap-bi generate\`. Do not edit.`,
    extension,
    validator: "snap-bi-contract/validation",
    document: 'new URL("./openapi.json", import.meta.url)',
  });
  return { files, base: on };
}
