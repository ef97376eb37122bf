import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The files in a folder and in those that it has, profiles among them. */
const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();

test("generated/ is what npm run generate writes, file by file, byte by byte", () => {
  const out = mkdtempSync(join(tmpdir(), "snap-generate-"));
  try {
    const printed = execFileSync(process.execPath, ["--import", "tsx", "scripts/generate/generate.ts", "--out", out], {
      cwd: root,
      encoding: "utf8",
    });
    const files = filesIn(join(root, "generated"));
    expect(files.length).toBeGreaterThan(11 + 7 * 7);
    expect(filesIn(out)).toEqual(files);
    for (const file of files) {
      expect(
        readFileSync(join(out, file), "utf8") === readFileSync(join(root, "generated", file), "utf8"),
        `${file} is stale: npm run generate`,
      ).toBe(true);
      expect(printed).toContain(`wrote ${join(out, file)}`);
    }
  } finally {
    rmSync(out, { recursive: true });
  }
});
