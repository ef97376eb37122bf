// Reads a run file: YAML or JSON, checked against its schema, with the credentials that it names.
import { dirname, resolve } from "node:path";
import { headers as names } from "../../generated/operations.ts";
import { type RunFileError, runFile } from "../../generated/run-file.js";
import { checkBaseUrl, checkHeader, isBareToken } from "../client/checks.ts";
import type { SnapSignature } from "../client/options.ts";
import type { Contract } from "../contract/contract.ts";
import { loadPrivateKey } from "../snap/keys.ts";
import { invalidOption, typeError } from "../util/errors.ts";
import { OPERATIONS } from "./sheet.ts";
import type { RunFile, Subject } from "./subject.ts";

/** Where credentials come from. */
export interface Credentials {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Reads a file; rejects when it cannot. */
  readonly readFile: (path: string) => Promise<string>;
}

/** A run file as it was found. */
export interface Source extends Credentials {
  /** Its path: files that it names lie relative to it. */
  readonly path: string;
  readonly text: string;
  /** Wins over its target. */
  readonly target?: string | undefined;
  /** The contract that a profile's name stands for; without a name, the published one. */
  readonly loadProfile: (name: string | undefined) => Promise<Contract>;
}

/**
 * Reads a run file.
 * @throws TypeError (`ERR_SNAP_INVALID_OPTION`) when it cannot be right, with everything that is wrong; it repeats no credential
 * @throws TypeError (`ERR_SNAP_MISSING_PEER`) when it is YAML and the package yaml is not installed
 */
export async function readRunFile(source: Source): Promise<Subject> {
  const run = checked(await parsed(source), source.path);
  const at = source.target ?? run.target;
  if (at === undefined) throw invalidOption(`${source.path}: target is missing; write it there, or give --target URL`);
  const read = (what: string, from: string) => credential(what, from, source);
  const { signature, token, headers = {}, timeout = 30, services, profile, ...others } = run;
  if (signature.type === "symmetric" && !token)
    throw invalidOption(`${source.path}: token is missing; only the asymmetric signature does without one`);
  const given: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers))
    given[name] = checkHeader(name, await read(`headers.${name}`, value));
  const contract = await source.loadProfile(profile);
  const offered = OPERATIONS[run.role].flatMap((id) => contract.operations[id]?.serviceCode ?? []);
  return {
    ...others,
    baseUrl: baseUrlOf(at, run, contract),
    contract,
    signature: await signatureOf(signature, read),
    token: token && (await tokenOf(token, read, source.path)),
    headers: given,
    services: new Set(services ?? offered),
    timeout: timeout * 1000,
  };
}

/** The base URL of a target; that of a merchant may be the whole URL of its endpoint. */
function baseUrlOf(target: string, { role }: RunFile, { basePath, operations }: Contract): string {
  const bare = target.replace(/\/+$/, "");
  const path = operations.qrCpmNotify?.path ?? "";
  const base = role === "merchant" && path && bare.endsWith(path) ? bare.slice(0, -path.length) : bare;
  try {
    return checkBaseUrl(base, role === "merchant", { basePath: role === "merchant" ? "" : basePath });
  } catch (error) {
    throw invalidOption(
      (error as Error).message
        .replace("baseUrl", "target")
        .replace(", or set allowHttp: true in a network that you trust", ""),
    );
  }
}

async function parsed({ path, text }: Source): Promise<unknown> {
  try {
    if (path.endsWith(".json")) return JSON.parse(text);
    const { parse } = await loadYaml();
    return parse(text);
  } catch (error) {
    if ((error as { code?: unknown }).code === "ERR_SNAP_MISSING_PEER") throw error;
    // the first line: what follows quotes the file, which may hold a secret that should not be there
    throw invalidOption(
      `${path} must be ${path.endsWith(".json") ? "JSON" : "YAML"}: ${(error as Error).message.split("\n")[0]}`,
    );
  }
}

/** Loads the parser of YAML, which only run files need. */
async function loadYaml(): Promise<Pick<typeof import("yaml"), "parse">> {
  try {
    return await import("yaml");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw typeError(
      "ERR_SNAP_MISSING_PEER",
      "a run file in YAML needs the package yaml, which is not installed: npm install yaml (or write the file as JSON, named .json)",
    );
  }
}

/** The file's content, which keeps the schema. */
function checked(content: unknown, path: string): RunFile {
  if (runFile(content)) return content as RunFile;
  const said = new Set((runFile.errors ?? []).map(inWords).filter((text) => text !== undefined));
  throw invalidOption(`${path}: ${[...said].join("; ")}`);
}

/** What breaks the schema, without the value: it may be a secret. */
function inWords({ instancePath, schemaPath, keyword, params, message }: RunFileError): string | undefined {
  const at = instancePath.slice(1).replaceAll("/", ".") || "the run file";
  const inside = instancePath === "" ? "" : `${at}.`;
  if (keyword === "if") return undefined;
  if (keyword === "required") return `${inside}${params.missingProperty} is missing`;
  if (keyword === "additionalProperties")
    return `${inside}${params.additionalProperty} is not a property that there is`;
  if (schemaPath.includes("/secret/"))
    return `${at} must be env:NAME or file:PATH, not the value itself: a run file is kept and shared`;
  if (keyword === "enum") return `${at} must be one of ${(params.allowedValues as unknown[]).join(", ")}`;
  if (schemaPath.includes("/amount/")) return `${at} must be an amount in quotes with two decimals, such as "10000.00"`;
  if (keyword === "type" && params.type === "string") return `${at} must be a text; put quotes around it`;
  return `${at} ${message ?? "is not right"}`;
}

/** The value that `env:NAME` or `file:PATH` names; any other text is the value itself. The schema says where that may be. */
async function credential(what: string, from: string, { path, env, readFile }: Source): Promise<string> {
  if (from.startsWith("env:")) {
    const value = env[from.slice(4)];
    if (value) return value;
    throw invalidOption(
      `${path}: ${what} names an environment variable that ${value === "" ? "is empty" : "is not set"}: ${from.slice(4, 104)}`,
    );
  }
  if (!from.startsWith("file:")) return from;
  const file = resolve(dirname(path), from.slice(5));
  const text = await readFile(file).catch(() => {
    throw invalidOption(`${path}: ${what} names a file that cannot be read: ${file}`);
  });
  const value = text.replace(/\r?\n$/, "");
  if (value !== "") return value;
  throw invalidOption(`${path}: ${what} names a file that is empty: ${file}`);
}

type Read = (what: string, from: string) => Promise<string>;

async function keyOf(what: string, from: string, read: Read) {
  const text = await read(what, from);
  try {
    return loadPrivateKey(text);
  } catch (error) {
    throw typeError("ERR_SNAP_INVALID_KEY", `${what}: ${(error as Error).message}`);
  }
}

async function signatureOf(
  { type, clientSecret = "", privateKey = "" }: RunFile["signature"],
  read: Read,
): Promise<SnapSignature> {
  if (type === "symmetric") return { type, clientSecret: await read("signature.clientSecret", clientSecret) };
  return { type, privateKey: await keyOf("signature.privateKey", privateKey, read) };
}

async function tokenOf(
  { accessToken, clientKey, privateKey }: NonNullable<RunFile["token"]>,
  read: Read,
  path: string,
): Promise<Subject["token"]> {
  if (accessToken !== undefined) {
    const token = await read("token.accessToken", accessToken);
    if (isBareToken(token)) return { accessToken: token };
    throw invalidOption(`${path}: token.accessToken must be the bare token: no spaces, without "Bearer "`);
  }
  if (clientKey === undefined || privateKey === undefined)
    throw invalidOption(`${path}: token must have accessToken, or clientKey and privateKey`);
  return {
    clientKey: checkHeader(names.clientKey, await read("token.clientKey", clientKey)),
    privateKey: await keyOf("token.privateKey", privateKey, read),
  };
}
