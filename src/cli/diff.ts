// `snap-bi diff`: what differs between two dialects.
import { readFileSync, statSync } from "node:fs";
import { type Contract, published } from "../contract/contract.ts";
import type { Dialect, Difference } from "../generate/differences.ts";
import { documentFile } from "../host/document.ts";
import { outcomeOf } from "../snap/response-codes.ts";
import { command, UsageError } from "./args.ts";
import { profileNames, readProfile } from "./profile.ts";
import { refuseWords } from "./serve.ts";
import { columns, printable, type Terminal } from "./terminal.ts";

/** A dialect, and what it is called. */
type Side = Dialect & { name: string };

/** Compares. */
export const run = command(
  {
    usage: ["snap-bi diff [--profile A] [--profile B] [--json]"],
    about: [
      "Says what differs between two dialects: paths, signatures, headers, the fields of requests and of 200 responses, statuses of payments, and response codes with their messages and outcomes. Of one profile it says what differs from the published contract.",
    ],
    examples: [
      ["snap-bi diff --profile aspi-2025", "the 2025 edition against the published contract"],
      ["snap-bi diff --profile aspi-2025 --profile bca", "BCA against the edition"],
      ["snap-bi diff --profile bca --profile src/snap/my-pjp", "a dialect of your own against BCA"],
    ],
    options: {
      profile: {
        type: "string",
        value: "NAME",
        multiple: true,
        about: `one of published, ${profileNames.join(", ")}, a folder that snap-bi generate wrote, or an openapi.json; may be given twice`,
      },
      json: { type: "boolean", default: false, about: "one JSON document a line: services, where, field, a, b" },
    },
    notes: [
      "A field of an object has a dot before it, a field of a list's entries []. A cell that is - is not there in that dialect.",
      "Exit codes: 0 success, whether there are differences or not, 2 usage error, or a profile cannot be read.",
    ],
  },
  async ({ profile: given = [], json }, positionals, terminal) => {
    refuseWords("diff", positionals);
    if (given.length === 0 || given.length > 2)
      throw new UsageError(
        `diff takes one --profile, to compare it with the published contract, or two, not ${given.length || "none"}`,
      );
    const [first, second] = given.length === 1 ? [published.name, ...given] : given;
    const [a, b] = [await readSide(first ?? ""), await readSide(second ?? "")];
    const { differences } = await import("../generate/differences.ts");
    const found = differences(a, b);
    if (json) for (const difference of found) terminal.out(JSON.stringify(difference));
    else for (const line of inWords(found, a, b, terminal)) terminal.out(line);
    return 0;
  },
);

/** The dialect that `--profile` names. Its codes have outcomes where it is more than a document. */
async function readSide(value: string): Promise<Side> {
  const file = bareDocument(value);
  if (file !== undefined) return { name: value, document: read(file) };
  const profile: Contract = await readProfile(value);
  return { name: profile.name, document: read(documentFile(profile)), outcomeOf: (code) => outcomeOf(code, profile) };
}

/** The document that is named itself, if it is not one that lies beside its contract. */
function bareDocument(value: string): string | undefined {
  if (!/\.json$/.test(value)) return undefined;
  if (statSync(value, { throwIfNoEntry: false })?.isFile()) return value;
  throw new UsageError(`cannot read ${printable(value)}: the file does not exist`);
}

function read(file: string): Dialect["document"] {
  try {
    const document = JSON.parse(readFileSync(file, "utf8")) as Dialect["document"];
    const operations = Object.values(document.paths).map(({ post }) => post["x-snap-service-code"]);
    if (operations.every((service) => typeof service === "string")) return document;
  } catch {
    // said below
  }
  throw new UsageError(
    `${printable(file)} must be the OpenAPI document of a contract, such as the openapi.json that snap-bi generate writes`,
  );
}

function inWords(found: readonly Difference[], a: Side, b: Side, terminal: Terminal): string[] {
  const names = [a, b].map(({ name }) => printable(name));
  const count = `${found.length} ${found.length === 1 ? "difference" : "differences"} between ${names.join(" and ")}`;
  if (found.length === 0) return [count];
  const rows = found.map(({ services, where, field, a: before, b: after }) => {
    const none = where === "path" ? "not offered" : "-";
    return [services.join(" "), where, field, before ?? none, after ?? none];
  });
  return [
    ...columns([["service", "where", "field", ...names], ...rows.map((row) => row.map(printable))], terminal),
    "",
    count,
  ];
}
