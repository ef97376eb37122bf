// Reads overlays, and applies each to what it builds on: the published contract, or another profile.
import { parseYaml } from "@redocly/openapi-core";
import type { Facts } from "./facts.ts";
import { applyOverlay, type Overlay, OverlayError } from "./overlay.ts";

/** Overlays by the name of their profile. */
export type Overlays = ReadonlyMap<string, { file: string; overlay: Overlay }>;

/** What a profile is called by the file of its overlay: `openapi/profiles/bca.overlay.yaml` is `bca`. */
export const nameOfOverlay = (file: string): string =>
  file.replace(/^.*[\\/]/s, "").replace(/(\.overlay)?\.(ya?ml|json)$/, "");

/**
 * Reads an overlay in YAML or JSON.
 * @param file what errors call it
 * @throws OverlayError (`ERR_SNAP_INVALID_OVERLAY`) when it cannot be parsed; it names the line
 */
export function readOverlay(text: string, file: string): Overlay {
  try {
    return parseYaml(text) as Overlay;
  } catch (error) {
    const { reason, mark } = error as { reason?: string; mark?: { line: number; column: number } };
    if (reason === undefined) throw error;
    const place = mark ? `line ${mark.line + 1}, column ${mark.column + 1}: ` : "";
    throw new OverlayError(file, [`${place}it must be YAML: ${reason}`]);
  }
}

/** The published contract, wherever it is read: `generated/openapi.yaml`, `snap-bi-contract/openapi.json`. */
const PUBLISHED = /(^|\/)(generated|snap-bi-contract(@[^/]*)?)\/openapi(-3\.0)?\.(yaml|json)$/;

/**
 * The profile that an overlay builds on, by its `extends`; undefined for the published contract.
 * @throws OverlayError (`ERR_SNAP_INVALID_OVERLAY`) when `extends` names neither
 */
export function baseOf(overlay: Overlay | null | undefined, file: string): string | undefined {
  const base = overlay?.extends;
  if (base === undefined || base === null || PUBLISHED.test(String(base))) return undefined;
  const [, name] = /(?:^|\/)profiles\/([\w-]+)\//.exec(String(base)) ?? [];
  if (name !== undefined) return name;
  throw new OverlayError(file, [
    `extends must be snap-bi-contract/openapi.yaml or snap-bi-contract/profiles/NAME/openapi.yaml, not ${JSON.stringify(base)}`,
  ]);
}

/**
 * What gives the facts of a profile by its name, each made once.
 * @returns a function that throws OverlayError (`ERR_SNAP_INVALID_OVERLAY`) when an overlay cannot be applied, and Error when there is none
 */
export function profileFacts(published: Facts, overlays: Overlays): (name: string) => Promise<Facts> {
  const made = new Map<string, Promise<Facts>>();
  const make = async (name: string): Promise<Facts> => {
    const found = overlays.get(name);
    if (!found) throw new Error(`no profile is called ${name}`);
    const base = baseOf(found.overlay, found.file);
    return applyOverlay(base === undefined ? published : await factsOf(base), found.overlay, found.file);
  };
  const factsOf = (name: string): Promise<Facts> => {
    const facts = made.get(name) ?? make(name);
    made.set(name, facts);
    return facts;
  };
  return factsOf;
}
