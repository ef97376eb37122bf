// The rules of this house that no linter knows: how long things may be, which room imports which, and which words are used.
import { dirname, join } from "node:path/posix";
import ts from "typescript";
import { patterns } from "../../generated/contract.ts";
import { headers } from "../../generated/operations.ts";

/** A file of the repository: its path from the root on, and its text. */
export interface File {
  path: string;
  text: string;
}

/** What breaks a rule, with its place: `src/a.ts:3 ...`. */
export type Problem = string;

/** How many lines a file and a function may have; a function counts with all that it nests. */
const MAX_FILE_LINES = 400;
const MAX_FUNCTION_LINES = 80;
/** Tables of data, which may be longer. */
const TABLES = new Set(["src/doctor/mistakes.ts"]);

/** What each room of src/ may import, beside itself and generated/. An arrow goes one way. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  util: [],
  snap: ["util"],
  // what makes and compares profiles, for the command line and scripts/ only: it stands on packages that no user of the rest installs
  generate: ["util"],
  contract: ["snap", "util"],
  doctor: ["snap", "util"],
  client: ["snap", "util"],
  receiver: ["contract", "snap", "util"],
  adapters: ["receiver", "client", "snap", "util"],
  host: ["adapters", "receiver", "contract", "snap", "util"],
  mock: ["host", "receiver", "contract", "snap", "util"],
  sandbox: ["host", "client", "receiver", "contract", "snap", "util"],
  proxy: ["host", "adapters", "receiver", "client", "contract", "snap", "util"],
  conform: ["host", "client", "contract", "snap", "util"],
  cli: ["proxy", "conform", "mock", "sandbox", "host", "client", "receiver", "contract", "doctor", "snap", "util"],
};

/** What a room may load on demand beside that, by `import()` in the middle of its work, and the types of it. */
const ON_DEMAND: Readonly<Record<string, readonly string[]>> = {
  // the validators weigh more than the client: they come with `validateRequests` alone
  client: ["contract"],
  // nobody needs the doctor until a signature is refused
  host: ["doctor"],
  // `snap-bi generate` and `snap-bi diff`
  cli: ["generate"],
};

/** Words of a private English, and what other code says. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:is|are|was) no\b(?! longer)/i, '"is not", "must be"'],
  [/\bmend(?:s|ed|ing)?\b/i, '"fix"'],
  [/\bought\b/i, '"must"'],
  [/\bwhoever\b/i, '"who", "those who"'],
  [/\banew\b/i, '"again"'],
];

/** Every rule, on the files that it is about. */
export function problemsOf(files: readonly File[]): Problem[] {
  return files.flatMap((file) => {
    const code = /^(src|scripts)\//.test(file.path) && /\.(ts|js)$/.test(file.path);
    return [
      ...(code ? [...tooLong(file), ...longFunctions(file)] : []),
      ...(/^(src|generated)\/.*\.(ts|js)$/.test(file.path) ? wrongImports(file) : []),
      ...(/^src\/[^/]+\.ts$/.test(file.path) ? moreThanDoors(file) : []),
      ...(file.path.startsWith("src/") ? [...hiddenState(file), ...factsByHand(file)] : []),
      // this file has them all
      ...(file.path === "scripts/house/rules.ts" ? [] : wrongWords(file)),
    ];
  });
}

function parse({ path, text }: File): ts.SourceFile {
  const kind = path.endsWith(".js") ? ts.ScriptKind.JS : ts.ScriptKind.TS;
  return ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true, kind);
}

/** The nodes of a file, each before what it holds. */
function nodesOf(root: ts.Node): ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node) => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return nodes;
}

function lineOf(node: ts.Node): number {
  return node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line + 1;
}

function tooLong({ path, text }: File): Problem[] {
  const lines = text.trimEnd().split("\n").length;
  if (lines <= MAX_FILE_LINES || TABLES.has(path)) return [];
  return [`${path} has ${lines} lines; a file must not have more than ${MAX_FILE_LINES}: split it by subject`];
}

function longFunctions(file: File): Problem[] {
  return nodesOf(parse(file))
    .filter((node) => ts.isFunctionLike(node) && "body" in node && node.body !== undefined)
    .flatMap((node) => {
      const { line: last } = node.getSourceFile().getLineAndCharacterOfPosition(node.getEnd());
      const lines = last + 2 - lineOf(node);
      if (lines <= MAX_FUNCTION_LINES) return [];
      return [
        `${file.path}:${lineOf(node)} a function has ${lines} lines; it must not have more than ${MAX_FUNCTION_LINES}, counted with what it nests`,
      ];
    });
}

/** What a file imports: paths from the root on, or names of packages, and whether that is left to run time or to the types. */
function importsOf(file: File): { line: number; target: string; onDemand: boolean }[] {
  return nodesOf(parse(file)).flatMap((node) => {
    const specifier =
      ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
        ? node.moduleSpecifier
        : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
          ? node.arguments[0]
          : undefined;
    if (!specifier || !ts.isStringLiteral(specifier)) return [];
    const { text } = specifier;
    const target = text.startsWith(".") ? join(dirname(file.path), text) : text;
    const onDemand = ts.isCallExpression(node) || isTypeOnly(node);
    return [{ line: lineOf(node), target, onDemand }];
  });
}

function isTypeOnly(node: ts.Node): boolean {
  return ts.isExportDeclaration(node)
    ? node.isTypeOnly
    : ts.isImportDeclaration(node) && !!node.importClause?.isTypeOnly;
}

const roomOf = (path: string) => /^src\/([a-z]+)\//.exec(path)?.[1];

function wrongImports(file: File): Problem[] {
  const isGenerated = file.path.startsWith("generated/");
  const room = roomOf(file.path);
  return importsOf(file).flatMap(({ line, target, onDemand }) => {
    const at = `${file.path}:${line}`;
    if (isGenerated && target.startsWith("src/"))
      return [`${at} generated/ must not import ${target}: it exports data, and src/ types it`];
    const other = roomOf(target);
    if (room === undefined || other === undefined || other === room) return [];
    const allowed = ROOMS[room];
    if (!allowed) return [`${at} room ${room} is not known; add it to ROOMS with what it may import`];
    return allowed.includes(other) || (onDemand && ON_DEMAND[room]?.includes(other))
      ? []
      : [`${at} ${room} must not import ${target}: it may import ${allowed.join(", ") || "generated/ only"}`];
  });
}

/** A file loose in src/ is an entry of the package: it exports what lies in the rooms. */
function moreThanDoors(file: File): Problem[] {
  return parse(file)
    .statements.filter((statement) => !ts.isExportDeclaration(statement) && !ts.isImportDeclaration(statement))
    .map(
      (statement) =>
        `${file.path}:${lineOf(statement)} a file loose in src/ must have export lines only: move it to a room`,
    );
}

function hiddenState(file: File): Problem[] {
  return parse(file)
    .statements.filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) =>
      declarationList.declarations
        .filter(({ initializer }) => {
          const isVariable = !(declarationList.flags & ts.NodeFlags.Const);
          const isStore =
            initializer &&
            ts.isNewExpression(initializer) &&
            /^new (Weak)?(Map|Set)\b.*\(\)$/.test(initializer.getText());
          return isVariable || isStore;
        })
        .map(
          (declaration) =>
            `${file.path}:${lineOf(declaration)} ${declaration.name.getText()} must not keep state for the whole module: pass it on`,
        ),
    );
}

/** Headers that SNAP alone has, in any case; ORIGIN as SNAP writes it, for "origin" is a word. */
const isHeader = (text: string) =>
  Object.values(headers).some((name) =>
    name.includes("-") && !/^(content-type|authorization)$/i.test(name)
      ? name.toLowerCase() === text.toLowerCase()
      : name === text && name === name.toUpperCase(),
  );
const PATTERNS = new Set<string>(Object.values(patterns));

/** Facts of the contract in a string or an expression: they stand in openapi/, and generated/ has them. */
function factsByHand(file: File): Problem[] {
  return nodesOf(parse(file)).flatMap((node) => {
    if (file.path.startsWith("src/cli/") && isPlaceholder(node)) return [];
    const what = textsOf(node).map(factIn).find(Boolean);
    return what ? [`${file.path}:${lineOf(node)} ${what} must come from generated/`] : [];
  });
}

/** What stands for an option's value in its help, as in `--cors ORIGIN`: not the header of that name. */
function isPlaceholder(node: ts.Node): boolean {
  const { parent } = node;
  return parent && ts.isPropertyAssignment(parent) && parent.name.getText() === "value" && parent.initializer === node;
}

/** What a literal says: its text, and as it is written where that differs. */
function textsOf(node: ts.Node): string[] {
  if (ts.isRegularExpressionLiteral(node)) return [node.text.replace(/^\/|\/[a-z]*$/g, "")];
  if (ts.isNoSubstitutionTemplateLiteral(node)) return [node.text, node.rawText ?? ""];
  return ts.isStringLiteral(node) ? [node.text] : [];
}

function factIn(text: string): string | undefined {
  if (isHeader(text)) return `header ${text}`;
  if (/^[2-5]\d\d(55|59|6[0-2]|73|79|80)\d\d$/.test(text)) return `response code ${text}`;
  return PATTERNS.has(text) ? `pattern ${text}` : undefined;
}

function wrongWords({ path, text }: File): Problem[] {
  return text.split("\n").flatMap((line, index) =>
    WORDS.flatMap(([word, better]) => {
      const [found] = word.exec(line) ?? [];
      return found ? [`${path}:${index + 1} "${found}" is a word that nobody searches for; write ${better}`] : [];
    }),
  );
}
