// What `snap-bi init` writes: a small project, in TypeScript or JavaScript, that runs against the sandbox at once.

import { pjpFiles } from "./pjp.ts";

/** What a project is made for. */
export interface Project {
  role: "merchant" | "pjp";
  language: "ts" | "js";
  /** The PJP's name in the package: `bca`, or `published` for the standard itself. */
  profile: string;
  /** The version of this package. */
  version: string;
  /** What a merchant calls first. */
  call: { operation: "qrCpmPayment" | "debitStatus"; body: object };
  /** How calls are signed. */
  signature: "symmetric" | "asymmetric";
  /** Whether CHANNEL-ID is the caller's to set. */
  hasChannel: boolean;
  /** Where tokens are given out, the PJP has service 73. */
  hasToken: boolean;
}

/** The files of a project: path and text. */
export function filesOf(project: Project): Map<string, string> {
  const { language } = project;
  const own = project.role === "merchant" ? merchantFiles(project) : pjpFiles();
  const files = new Map<string, string>([
    ["package.json", packageOf(project)],
    [".gitignore", "node_modules/\n.env\n*.pem\n"],
  ]);
  if (language === "ts") files.set("tsconfig.json", TSCONFIG);
  for (const [name, text] of Object.entries(own)) {
    const isCode = /^(src|test)\//.test(name);
    files.set(isCode ? `${name}.${language}` : name, withTypes(text, language));
  }
  return files;
}

/** What stands in «» is for TypeScript only; a file imports the other by its own ending. */
const withTypes = (text: string, language: Project["language"]) =>
  text.replace(/«([^»]*)»/g, language === "ts" ? "$1" : "").replaceAll(".EXT", `.${language}`);

function packageOf({ language, version, role }: Project): string {
  const run = language === "ts" ? "node --import tsx" : "node";
  const document = {
    name: `my-snap-${role}`,
    private: true,
    type: "module",
    scripts: {
      start: `${run} src/main.${language}`,
      test: `${run} --test test/snap.test.${language}`,
      ...(language === "ts" && { types: "tsc" }),
    },
    dependencies: { "snap-bi-contract": version },
    ...(language === "ts" && { devDependencies: { "@types/node": "^20.19.0", tsx: "^4.20.0", typescript: "^5.9.0" } }),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

const TSCONFIG = `${JSON.stringify(
  {
    compilerOptions: {
      ...{ target: "es2023", module: "nodenext", strict: true, noEmit: true, types: ["node"] },
      allowImportingTsExtensions: true,
    },
    include: ["src", "test"],
  },
  null,
  2,
)}\n`;

function merchantFiles(project: Project): Record<string, string> {
  const { profile, call } = project;
  const isOwn = profile !== "published";
  const name = profile.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()).replace(/[^\w$]/g, "_");
  const whole = isOwn ? `import { ${name} } from "snap-bi-contract/profiles/${profile}/contract";\n` : "";
  const given = isOwn ? `{ profile: ${name} }` : "";
  return {
    "src/snap": clientOf(project, name),
    "src/main": `// Runs against the sandbox, which is started here, until SNAP_BASE_URL names a PJP.
${whole}import { startSandbox } from "snap-bi-contract/sandbox";
import { connect, run } from "./snap.EXT";

const { SNAP_BASE_URL } = process.env;
const sandbox = SNAP_BASE_URL ? undefined : await startSandbox(${given});
const url = SNAP_BASE_URL || (sandbox?.url ?? "");
console.log(\`calls \${url}\`);
const { responseCode, outcome } = await run(connect(url));
console.log(\`${call.operation}: \${responseCode}, \${outcome}\`);
await sandbox?.close();
`,
    "test/snap.test": `import assert from "node:assert/strict";
import { test } from "node:test";
${whole}import { startSandbox } from "snap-bi-contract/sandbox";
import { connect, run } from "../src/snap.EXT";

test("${call.operation} is a success", async () => {
  const sandbox = await startSandbox(${given});
  try {
    assert.equal((await run(connect(sandbox.url))).outcome, "success");
  } finally {
    await sandbox.close();
  }
});
`,
    ".env.example": environmentOf(project),
    "README.md": `# A merchant that speaks SNAP

    npm install
    npm start     # starts a sandbox of ${isOwn ? profile : "the standard"}, and calls it
    npm test

For the PJP's own test system, copy .env.example to .env and fill it in: \`npm start\` reads it.
\`npx snap-bi --help\` says what else there is: codes, signatures, validation, the functional test.
`,
  };
}

function clientOf({ profile, call, signature, hasChannel, hasToken }: Project, name: string): string {
  const isOwn = profile !== "published";
  const option = isOwn ? `\n    profile: ${name},` : "";
  const tokens = hasToken
    ? `
    // a token of the sandbox is any text; a PJP gives one out for your key (service 73)
    accessToken: SNAP_CLIENT_KEY
      ? createTokenProvider({${isOwn ? ` profile: ${name},` : ""} baseUrl, clientKey: SNAP_CLIENT_KEY, privateKey: SNAP_PRIVATE_KEY })
      : "any-token",`
    : "";
  const signing =
    signature === "symmetric"
      ? `{ type: "symmetric", clientSecret: SNAP_CLIENT_SECRET }`
      : `{ type: "asymmetric", privateKey: SNAP_PRIVATE_KEY || newKey() }`;
  return `// Calls a PJP, and says what became of the call.
${signature === "asymmetric" ? `import { generateKeyPairSync } from "node:crypto";\n` : ""}import { existsSync } from "node:fs";
import { createSnapClient, ${hasToken ? "createTokenProvider, " : ""}outcomeOf } from "snap-bi-contract";
${isOwn ? `import { ${name} } from "snap-bi-contract/profiles/${profile}";\n` : ""}
if (existsSync(".env")) process.loadEnvFile();
const {
  SNAP_PARTNER_ID = "my-shop",${hasChannel ? '\n  SNAP_CHANNEL_ID = "95221",' : ""}${
    signature === "symmetric" ? '\n  SNAP_CLIENT_SECRET = "any-secret",' : ""
  }${hasToken ? "\n  SNAP_CLIENT_KEY," : ""}${hasToken || signature === "asymmetric" ? '\n  SNAP_PRIVATE_KEY = "",' : ""}
} = process.env;
${
  signature === "asymmetric"
    ? `
/** The sandbox takes any key; the PJP knows the public half of yours. */
const newKey = () => generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs8", format: "pem" }).toString();
`
    : ""
}
/** A client of the PJP at a base URL. */
export const connect = (baseUrl«: string») =>
  createSnapClient({${option}
    baseUrl,
    partnerId: SNAP_PARTNER_ID,${hasChannel ? "\n    channelId: SNAP_CHANNEL_ID," : ""}${tokens}
    signature: ${signing},
  });

/** Calls, and says what became of it. A success of the call is not yet one of the payment, and a failed connection says nothing of the payment. */
export async function run(snap«: ReturnType<typeof connect>») {
  const { responseCode } = await snap.${call.operation}(${literalOf(call.body)});
  return { responseCode, outcome: outcomeOf(responseCode${isOwn ? `, ${name}` : ""}) };
}
`;
}

/** A body as code has it, within a function. A partnerReferenceNo names one payment. */
const literalOf = (body: object) =>
  JSON.stringify(body, null, 2)
    .replace(/^(\s*)"(\w+)":/gm, "$1$2:")
    .replace(/(?<=^\s*partnerReferenceNo: )"[^"]*"/m, () => `\`order-\${Date.now()}\``)
    .replaceAll("\n", "\n  ");

function environmentOf({ signature, hasChannel, hasToken }: Project): string {
  const names = [
    "SNAP_BASE_URL=https://sandbox.pjp.example",
    "SNAP_PARTNER_ID=",
    ...(hasChannel ? ["SNAP_CHANNEL_ID="] : []),
    ...(signature === "symmetric" ? ["SNAP_CLIENT_SECRET="] : []),
    ...(hasToken ? ["SNAP_CLIENT_KEY="] : []),
    ...(hasToken || signature === "asymmetric"
      ? ["# the Base64 of your private key in one line, or its PEM text in quotes", "SNAP_PRIVATE_KEY="]
      : []),
  ];
  return `${names.join("\n")}\n`;
}
