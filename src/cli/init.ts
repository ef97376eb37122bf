// `snap-bi init`: writes a small project that runs against the sandbox at once.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { headers } from "../../generated/operations.ts";
import { profiles } from "../../generated/profiles/index.ts";
import { type Contract, published } from "../contract/contract.ts";
import { didYouMean } from "../util/nearest.ts";
import { packageFile } from "../util/package-file.ts";
import { command, UsageError } from "./args.ts";
import { acceptedBody, exampleCall } from "./example-call.ts";
import { filesOf, type Project } from "./init/files.ts";
import { readProfile } from "./profile.ts";
import { printable, type Terminal } from "./terminal.ts";

const NAMES = [published.name, ...Object.keys(profiles)];

/** Writes a project. */
export const run = command(
  {
    usage: ["snap-bi init [FOLDER] [--role merchant|pjp] [--profile NAME] [--language ts|js]"],
    about: [
      "Writes a small project into FOLDER, or here: for a merchant a client that calls, and starts a sandbox of the PJP while it knows no other; for a PJP a server that takes payments. Each has a test. What is not given is asked for; where nobody can be asked, --role must be given.",
    ],
    examples: [
      ["snap-bi init my-shop", "asks what you are, which PJP, and which language"],
      ["snap-bi init my-shop --role merchant --profile bca --language ts"],
    ],
    options: {
      role: { type: "string", value: "ROLE", about: "what you are: merchant or pjp" },
      profile: { type: "string", value: "NAME", about: `which PJP a merchant calls: ${NAMES.join(", ")}` },
      language: { type: "string", value: "LANG", about: "ts, unless given, or js" },
    },
    notes: ["No file is written over.", "Exit codes: 0 written, 2 usage error, or a file is there already."],
  },
  async (values, positionals, terminal) => {
    if (positionals.length > 1)
      throw new UsageError(`init takes one folder, and not "${printable(positionals.join(" "))}"; try --help`);
    const [folder = "."] = positionals;
    const role = await choose("role", values.role, ["merchant", "pjp"], { terminal, question: "What are you" });
    if (role === "pjp" && values.profile !== undefined)
      throw new UsageError("--profile is about whom a merchant calls; leave it out with --role pjp");
    const profile =
      role === "pjp"
        ? published.name
        : await choose("profile", values.profile, NAMES, { terminal, question: "Which PJP", usual: published.name });
    const language = await choose("language", values.language, ["ts", "js"], {
      ...{ terminal, question: "TypeScript or JavaScript", usual: "ts" },
    });
    const files = filesOf(
      projectOf(role as Project["role"], language as Project["language"], await readProfile(profile)),
    );
    write(folder, files);
    for (const name of files.keys()) terminal.out(`wrote ${printable(join(folder, name))}`);
    terminal.out(`\nNext: ${folder === "." ? "" : `cd ${printable(folder)} && `}npm install && npm start`);
    return 0;
  },
);

/** How a question is asked. */
interface Question {
  terminal: Terminal;
  question: string;
  /** What counts where nobody answers. */
  usual?: string;
}

async function choose(
  option: string,
  given: string | undefined,
  names: readonly string[],
  { terminal: { ask }, question, usual }: Question,
): Promise<string> {
  const hint = usual === undefined ? "" : ` [${usual}]`;
  const reply = async () => (await ask?.(`${question} (${names.join(", ")})?${hint} `))?.trim() || usual;
  let answer = given ?? (await reply());
  // a slip is asked about again; no answer at all is the end
  while (given === undefined && ask && answer !== undefined && !names.includes(answer)) answer = await reply();
  if (answer === undefined) throw new UsageError(`--${option} is missing; it must be one of ${names.join(", ")}`);
  if (names.includes(answer)) return answer;
  throw new UsageError(
    `--${option} must be one of ${names.join(", ")}, not "${printable(answer)}"${didYouMean(answer, names)}`,
  );
}

function projectOf(role: Project["role"], language: Project["language"], contract: Contract): Project {
  const { operations, name } = contract;
  const example = exampleCall(contract);
  const operation = example.operation === "qrCpmPayment" ? example.operation : "debitStatus";
  const facts = operations[operation];
  const transactions = Object.values(operations).filter(({ signature }) => signature !== "token");
  return {
    ...{ role, language, profile: name, version: whereFrom() },
    call: { operation, body: acceptedBody(example, contract) },
    signature: facts?.signature === "asymmetric" ? "asymmetric" : "symmetric",
    hasChannel: transactions.some(
      ({ without = [], fixedHeaders }) => !without.includes(headers.channelId) && !fixedHeaders?.[headers.channelId],
    ),
    hasToken: operations.accessTokenB2b !== undefined,
  };
}

/** Where this package was installed from: a file, which is on this machine alone, or its version in the registry. */
function whereFrom(): string {
  const { version } = JSON.parse(readFileSync(packageFile("package.json"), "utf8")) as { version: string };
  const modules = dirname(dirname(packageFile("package.json")));
  const lock = join(modules, ".package-lock.json");
  if (!existsSync(lock)) return version;
  const { packages } = JSON.parse(readFileSync(lock, "utf8")) as { packages?: Record<string, { resolved?: string }> };
  const resolved = packages?.["node_modules/snap-bi-contract"]?.resolved ?? "";
  return resolved.startsWith("file:") ? `file:${resolve(dirname(modules), resolved.slice("file:".length))}` : version;
}

function write(folder: string, files: ReadonlyMap<string, string>): void {
  const there = [...files.keys()].filter((name) => existsSync(join(folder, name)));
  if (there.length)
    throw new UsageError(
      `${printable(folder)} has ${there.join(", ")} already; name an empty folder, which may be new`,
    );
  try {
    for (const [name, text] of files) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text, { flag: "wx" });
    }
  } catch (error) {
    throw new UsageError(`cannot write into ${printable(folder)}: ${(error as Error).message}`);
  }
}
