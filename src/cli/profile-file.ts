// Loads a profile from files that `snap-bi generate` wrote.
import { existsSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Contract } from "../contract/contract.ts";
import { installCommand, missingPeers } from "../util/peers.ts";
import { UsageError } from "./args.ts";
import { printable } from "./terminal.ts";

/** What a contract in TypeScript is read with. */
const NEEDS = { esbuild: "0.18" };

/** What the whole contract of a profile is in. */
const CONTRACT_FILES = ["contract.ts", "contract.js", "contract.mjs"];

/**
 * The contract in a folder that `snap-bi generate` wrote, or in its contract.ts, or in what a compiler made of that.
 * @throws UsageError when there is none, or esbuild, which reads TypeScript, is not installed
 */
export async function loadProfileFile(path: string): Promise<Contract> {
  const file = contractFile(path);
  const exports = await load(file);
  const contracts = Object.values(exports).filter(isWhole);
  const [contract] = contracts;
  if (contract) return withDocument(contract, path);
  const light = Object.values(exports).some((value) => isObject(value) && isObject(value.operations));
  throw new UsageError(
    light
      ? `${printable(path)} has the light half of a profile, which is for a client; name the contract.ts beside it`
      : `${printable(path)} must export the contract of a profile, with its operations and their validators, formats and document; snap-bi generate makes such a file`,
  );
}

/** The same contract, if its document is where it says: a compiler leaves JSON behind. */
function withDocument(contract: Contract, path: string): Contract {
  const { document } = contract;
  const isThere = typeof document === "string" || document.protocol !== "file:" || existsSync(document);
  if (isThere) return contract;
  throw new UsageError(
    `${printable(path)} needs ${printable(fileURLToPath(document))}, which does not exist; copy the openapi.json that snap-bi generate wrote`,
  );
}

/** The file that a path means. */
function contractFile(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new UsageError(`cannot read ${printable(path)}: the file does not exist`);
  if (found.isDirectory()) {
    const file = CONTRACT_FILES.map((name) => join(path, name)).find((name) => existsSync(name));
    if (file) return file;
    throw new UsageError(
      `${printable(path)} must have a contract.ts or contract.js; snap-bi generate makes such a folder`,
    );
  }
  if (/\.([cm]?js|[cm]?ts)$/.test(path)) return path;
  if (/\.(ya?ml|json)$/.test(path) && !/^openapi/.test(basename(path)))
    throw new UsageError(
      `${printable(path)} must be a contract in TypeScript or JavaScript; of an overlay, make one first: snap-bi generate --overlay ${printable(path)}`,
    );
  throw new UsageError(`${printable(path)} must be a folder that snap-bi generate wrote, or the contract.ts in it`);
}

async function load(file: string): Promise<Record<string, unknown>> {
  const url = pathToFileURL(file).href;
  try {
    return (await import(/\.[cm]?ts$/.test(file) ? await compiled(file, url) : url)) as Record<string, unknown>;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { message } = error as Error;
    throw new UsageError(`cannot load ${printable(file)}: ${printable(message.split("\n")[0] ?? "")}`);
  }
}

/** A module in TypeScript, with those that it imports, as one that Node can import: the address of its text. */
async function compiled(file: string, url: string): Promise<string> {
  const missing = missingPeers(NEEDS);
  if (missing.length > 0)
    throw new UsageError(
      `${printable(file)} is TypeScript, and esbuild, which reads it, is not installed: ${installCommand(missing, "--save-dev")}`,
    );
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [file],
    bundle: true,
    packages: "external",
    format: "esm",
    platform: "node",
    target: "node20.19",
    // a text has no place of its own, and the document lies beside the file
    define: { "import.meta.url": JSON.stringify(url) },
    logLevel: "silent",
    write: false,
  });
  return `data:text/javascript;base64,${Buffer.from(outputFiles[0]?.contents ?? "").toString("base64")}`;
}

type Members = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Members => typeof value === "object" && value !== null;

/** Whether a value is a whole contract: what client, receiver, mock and sandbox would look for. */
function isWhole(value: unknown): value is Contract & Members {
  if (!isObject(value) || !isObject(value.operations) || !isObject(value.formats)) return false;
  const operations = Object.values(value.operations);
  const hasValidators = operations.every((each) => isObject(each) && typeof each.validateRequest === "function");
  const hasDocument = typeof value.document === "string" || value.document instanceof URL;
  return typeof value.name === "string" && operations.length > 0 && hasValidators && hasDocument;
}
