// The register of errata, as the tests see it.
import { parse } from "yaml";
import { read } from "./repository.ts";

export interface Erratum {
  id: string;
  title: string;
  source: "qr-cpm" | "debit-status";
  place: string;
  quote: string | string[];
  kind: string;
  decision: string;
  wire: string;
  tests: string[];
  covers?: Record<string, string[]>;
  corrections?: { sample: string; pointer: string; corrected?: unknown; renamed?: string; fails?: boolean }[];
}

export const errata = (parse(read("openapi/errata.yaml")) as { errata: Erratum[] }).errata;
