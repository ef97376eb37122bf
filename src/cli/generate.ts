// `snap-bi generate`: makes a profile of an overlay, as files in the user's own project.
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { installCommand, installedVersion, missingPeers } from "../util/peers.ts";
import { command, UsageError, type Values } from "./args.ts";
import { readInput, reasonOf } from "./files.ts";
import { refuseWords } from "./serve.ts";
import { fitted, printable, remark, type Terminal } from "./terminal.ts";

/** What makes files of an overlay, and from which version on each will do. */
const NEEDS = {
  "@redocly/openapi-core": "2.64",
  ajv: "8.17",
  esbuild: "0.18",
  "openapi-typescript": "7.4",
  typescript: "5.0",
};

const EXTENSIONS: Readonly<Record<string, string>> = { js: ".js", ts: ".ts", none: "" };

const OPTIONS = {
  overlay: { type: "string", value: "FILE", about: "the OpenAPI Overlay, in YAML: what the dialect does otherwise" },
  profile: {
    type: "string",
    value: "NAME",
    about: "the profile that it builds on, such as aspi-2025, or published; the overlay's extends says it by default",
  },
  name: {
    type: "string",
    value: "NAME",
    about: "what the profile is called; the overlay's file name says it by default",
  },
  out: { type: "string", value: "FOLDER", default: "src/snap", about: "where the profile's folder goes" },
  "import-extension": {
    type: "string",
    value: "EXT",
    default: "js",
    about: "what imports between the files end in: js, ts or none",
  },
  check: {
    type: "boolean",
    default: false,
    about: "write nothing, and say whether the files are up to date, for CI",
  },
} as const;

/** Makes files, or checks them. */
export const run = command(
  {
    usage: ["snap-bi generate --overlay FILE [OPTIONS]"],
    about: [
      "Makes a dialect of your own: types, client facts, validators and OpenAPI documents, from an OpenAPI Overlay that says what it does otherwise than the standard, an edition or a PJP. Client, receiver, validation, mock and sandbox take the result as their profile.",
      "The files go to a folder of the profile's name: profile.ts (for a client), contract.ts (with validators, for the rest), types.ts, validators.ts, openapi.yaml, openapi.json and openapi-3.0.json. Commit them, and leave them out of formatters and linters. openapi/profiles/README.md of this package says what an overlay may change; the overlays beside it are examples.",
    ],
    examples: [
      ["snap-bi generate --overlay my-pjp.overlay.yaml", "writes src/snap/my-pjp/"],
      ["snap-bi generate --overlay my-pjp.overlay.yaml --profile aspi-2025 --out lib"],
      ["snap-bi generate --overlay my-pjp.overlay.yaml --check"],
    ],
    options: OPTIONS,
    notes: [
      `It needs packages that nothing else here needs, and says how to install those that are missing: ${Object.keys(NEEDS).join(", ")}.`,
      "Exit codes: 0 success, 1 the overlay cannot be used, or files are not up to date, 2 usage error, a package is missing, or a file cannot be read or written.",
    ],
  },
  async (values, positionals, terminal) => {
    refuseWords("generate", positionals);
    const { overlay: file, profile: base, out, check } = values;
    if (file === undefined) throw new UsageError("--overlay is missing; it must be the file of an OpenAPI Overlay");
    const extension = EXTENSIONS[values["import-extension"]];
    if (extension === undefined)
      throw new UsageError(`--import-extension must be js, ts or none, not "${printable(values["import-extension"])}"`);
    const overlay = (await readInput(file, terminal)).toString();
    const { projectFiles, nameOfOverlay, identifierOf, OverlayError } = await load();
    const name = values.name ?? nameOfOverlay(file);
    const identifier = asName(name, identifierOf);
    const folder = join(out, name);
    try {
      const made = await projectFiles({ overlay, file, name, base, extension });
      if (check) return compare(made.files, folder, terminal);
      terminal.out(`${printable(file)} on ${made.base}`);
      for (const [member, text] of made.files) terminal.out(write(join(folder, member), text));
      terminal.out(nextSteps(values, identifier, extension, folder));
      return 0;
    } catch (error) {
      if (!(error instanceof OverlayError)) throw error;
      const [first = "", ...more] = error.message.split("\n").map(printable);
      remark(terminal, first);
      for (const line of more) terminal.err(fitted(line, terminal));
      return 1;
    }
  },
);

/** Loads what makes the files, if all of it is installed. */
async function load() {
  const missing = missingPeers(NEEDS);
  if (missing.length > 0) {
    const others = missing.flatMap((name) => (installedVersion(name) ? [`${name} ${installedVersion(name)}`] : []));
    const advice = others.length
      ? `; that replaces ${others.join(", ")}: to keep it, install this package and these in a folder of their own, and run generate there with --out`
      : "";
    const command = installCommand(missing, "--save-dev");
    throw new UsageError(`generate needs packages that are not installed, or in another version: ${command}${advice}`);
  }
  return import("../generate/project.ts");
}

function asName(name: string, identifierOf: (name: string) => string): string {
  try {
    return identifierOf(name);
  } catch (error) {
    throw new UsageError(`${printable((error as Error).message)}; say another with --name`);
  }
}

/** A file as it is there, whatever Git made of its line breaks. */
function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8").replaceAll("\r\n", "\n");
  } catch {
    return undefined;
  }
}

function compare(files: ReadonlyMap<string, string>, folder: string, terminal: Terminal): number {
  const { out } = terminal;
  const stale = [...files].flatMap(([name, text]) => {
    const found = textOf(join(folder, name));
    return found === text ? [] : [`${found === undefined ? "missing" : "differs"}  ${printable(join(folder, name))}`];
  });
  for (const line of stale) out(line);
  if (stale.length === 0) out(`${printable(folder)} is up to date (${files.size} files)`);
  else remark(terminal, `${printable(folder)} is not up to date: run the same command without --check`);
  return stale.length === 0 ? 0 : 1;
}

/** Writes a file if it has changed, and says so. */
function write(file: string, text: string): string {
  if (textOf(file) === text) return `unchanged  ${printable(file)}`;
  try {
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    const reason = /^(ENOTDIR|EEXIST)$/.test(code) ? "a file stands where a folder must be" : reasonOf(error);
    throw new UsageError(`cannot write ${printable(file)}: ${reason}`);
  }
  return `wrote      ${printable(file)} (${Math.ceil(statSync(file).size / 1024)} kB)`;
}

function nextSteps(values: Values<typeof OPTIONS>, identifier: string, extension: string, folder: string): string {
  const from = `./${join(basename(values.out), basename(folder)).replaceAll("\\", "/")}`;
  const again = Object.entries(OPTIONS).flatMap(([option, its]) => {
    const value = values[option as keyof typeof OPTIONS];
    return typeof value === "string" && !("default" in its && its.default === value) ? [`--${option} ${value}`] : [];
  });
  return `
Call with it:
  import { createSnapClient } from "snap-bi-contract";
  import { ${identifier} } from "${from}/profile${extension}";
  const snap = createSnapClient({ profile: ${identifier}, baseUrl, partnerId, channelId, accessToken, signature });
Receive, validate or serve with the contract of the same name, from "${from}/contract${extension}".

Serve it:    snap-bi mock --profile ${printable(folder)}
Check in CI: snap-bi generate ${printable(again.join(" "))} --check`;
}
