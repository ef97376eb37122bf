// What bundles weigh.
import { root } from "../../redocly/run.ts";
import { bundle, parts } from "../size.ts";
import { fixed, type Row } from "../subject.ts";

export async function weighing(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { what, source, aim } of parts) {
    const { gzipped } = await bundle(source, root);
    rows.push({
      what: `bundled size of ${what}, minified and gzipped`,
      against: "-",
      measured: `${fixed(gzipped / 1000)} kB`,
      aim: `at most ${aim / 1000} kB`,
      met: gzipped <= aim,
    });
  }
  return rows;
}
