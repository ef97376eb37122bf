// Makes the files of a profile: the contract of an edition or of a PJP, as documents and as code.
import { stringifyYaml } from "@redocly/openapi-core";
import { readBundle } from "./bundle.ts";
import { type Imports, profileContractModule } from "./contract-module.ts";
import { derive } from "./derive.ts";
import type { Facts } from "./facts.ts";
import { openApi30 } from "./openapi-3.0.ts";
import { type ProfileSource, profileModule } from "./profile-module.ts";
import { typesModule } from "./types-module.ts";
import { profileValidatorsModule } from "./validators-module.ts";

/** Which profile, and how its files import one another. */
export interface ProfileOptions extends Imports, Pick<ProfileSource, "name" | "info" | "published"> {
  facts: Facts;
  /** What the first line of every file says. */
  note: string;
}

/** The files by name, in the order in which they are best written. */
export async function profileFiles(options: ProfileOptions): Promise<Map<string, string>> {
  const { name, info, facts, published, note } = options;
  const document = derive(facts);
  const bundle = readBundle(document);
  const source: ProfileSource = { name, info, facts, document, bundle, published };
  document.info = {
    ...document.info,
    title: info.title,
    summary: `${info.title}, a dialect of the machine-readable contract of Bank Indonesia's SNAP standard.`,
    description: info.description ?? info.title,
  };
  const header = `// ${note}\n`;
  return new Map([
    ["openapi.yaml", `# ${note}\n${stringifyYaml(document)}`],
    ["openapi.json", `${JSON.stringify(document)}\n`],
    ["openapi-3.0.json", `${JSON.stringify(openApi30(structuredClone(document)))}\n`],
    // openapi-typescript writes into the document that it is given
    ["types.ts", header + (await typesModule(structuredClone(document)))],
    ["profile.ts", header + profileModule(source, options.extension)],
    ["contract.ts", header + profileContractModule(source, options)],
    ["validators.ts", `// @ts-nocheck ${note}\n${await profileValidatorsModule(bundle, options)}`],
  ]);
}
