// `snap-bi init`: writes a small project that runs against the sandbox at once.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { headers } from "../../generated/operations.ts";
import { profiles } from "../../generated/profiles/index.ts";
import { type Contract, published } from "../contract/contract.ts";
import { documentFile } from "../host/document.ts";
import { packageFile } from "../util/package-file.ts";
import { command, UsageError } from "./args.ts";
import { filesOf, type Project } from "./init/files.ts";
import { didYouMean } from "./nearest.ts";
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
  const answer = given ?? ((await ask?.(`${question} (${names.join(", ")})?${hint} `))?.trim() || usual);
  if (answer === undefined) throw new UsageError(`--${option} is missing; it must be one of ${names.join(", ")}`);
  if (names.includes(answer)) return answer;
  throw new UsageError(
    `--${option} must be one of ${names.join(", ")}, not "${printable(answer)}"${didYouMean(answer, names)}`,
  );
}

function projectOf(role: Project["role"], language: Project["language"], contract: Contract): Project {
  const { operations, name } = contract;
  const operation = operations.qrCpmPayment ? "qrCpmPayment" : "debitStatus";
  const facts = operations[operation];
  const transactions = Object.values(operations).filter(({ signature }) => signature !== "token");
  const { version } = JSON.parse(readFileSync(packageFile("package.json"), "utf8")) as { version: string };
  return {
    ...{ role, language, profile: name, version },
    call: { operation, body: bodyOf(operation, contract) },
    signature: facts?.signature === "asymmetric" ? "asymmetric" : "symmetric",
    hasChannel: transactions.some(
      ({ without = [], fixedHeaders }) => !without.includes(headers.channelId) && !fixedHeaders?.[headers.channelId],
    ),
    hasToken: operations.accessTokenB2b !== undefined,
  };
}

/** What the sandbox answers with a success, whatever QR code or debit is named. */
const SUCCESS = "2006000.00";
const DEBIT = "debit-00";

/** The profile's own example of the request, such that the sandbox says yes. */
function bodyOf(operation: Project["call"]["operation"], contract: Contract): object {
  const document = JSON.parse(readFileSync(documentFile(contract), "utf8")) as Documented;
  const facts = contract.operations[operation];
  const content = document.paths[facts?.path ?? ""]?.post.requestBody.content["application/json"];
  const [example] = Object.values(content?.examples ?? {});
  const name = example?.$ref?.split("/").at(-1) ?? "";
  const body = { ...document.components.examples[name]?.value };
  const mandatory = Object.fromEntries(
    Object.entries(body).filter(([field]) => facts?.mandatoryFields.includes(field)),
  );
  const currency = "IDR";
  // the example's has passed
  if (mandatory.expiryTime !== undefined) mandatory.expiryTime = "2030-12-31T23:59:59+07:00";
  if (operation === "qrCpmPayment") return { ...mandatory, amount: { value: SUCCESS, currency } };
  return { ...mandatory, originalPartnerReferenceNo: DEBIT };
}

/** The document, as far as an example is found in it. */
interface Documented {
  paths: Record<
    string,
    { post: { requestBody: { content: { "application/json": { examples: Record<string, { $ref?: string }> } } } } }
  >;
  components: { examples: Record<string, { value: Record<string, unknown> }> };
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
