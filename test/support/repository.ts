// Where this repository is.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** The text of one of its files. */
export const read = (file: string) => readFileSync(join(root, file), "utf8");
