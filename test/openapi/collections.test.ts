// collections/: that it is what `npm run generate` writes, has every operation and every answer of the contract, and nothing that a
// proxy would have to keep. `npm run test:tools` runs it by Bruno's command line and by newman.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { headers, operations } from "../../generated/operations.ts";
import { root } from "../support/repository.ts";

const collections = join(root, "collections");
let out = "";
beforeAll(() => {
  out = mkdtempSync(join(tmpdir(), "snap-collections-"));
  execFileSync(process.execPath, ["--import", "tsx", "scripts/collections/write.ts", "--out", out], { cwd: root });
}, 120_000);
afterAll(() => rmSync(out, { recursive: true }));

/** Every file below a folder, by its path. */
function filesIn(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")] as const)
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}

test("collections/ is what npm run generate writes, file by file, byte by byte", () => {
  const committed = filesIn(collections);
  const written = filesIn(out);
  expect([...committed.keys()]).toEqual([...written.keys()]);
  const stale = [...written].filter(([path, text]) => committed.get(path) !== text).map(([path]) => path);
  expect(stale, "npm run generate").toEqual([]);
});

interface Item {
  name: string;
  item?: Item[];
  request?: { url: { raw: string }; header: { key: string; value: string }[]; body: { raw: string } };
  response?: { code: number; body: string }[];
}
interface Example {
  $ref?: string;
  value?: unknown;
}
interface Content {
  content: { "application/json": { examples: Record<string, Example> } };
}
interface Bundle {
  paths: Record<string, { post: { requestBody: Content; responses: Record<string, Content> } }>;
  components: { examples: Record<string, Example> };
}

const bundle = JSON.parse(readFileSync(join(root, "generated/openapi.json"), "utf8")) as Bundle;
const valuesIn = ({ content }: Content) =>
  Object.entries(content["application/json"].examples).map(
    ([name, { $ref, value }]) =>
      [name, $ref ? bundle.components.examples[$ref.split("/").at(-1) ?? ""]?.value : value] as const,
  );
const postman = JSON.parse(readFileSync(join(collections, "postman.json"), "utf8")) as Item & {
  variable: { key: string; value: string }[];
};
const requestsIn = (item: Item): Item[] => (item.item ? item.item.flatMap(requestsIn) : [item]);
const FOLDERS = 9;

test("Postman's has each operation with its published sample, and each answer of the contract beside its request", () => {
  const folders = postman.item ?? [];
  expect(folders).toHaveLength(FOLDERS);
  const all = Object.entries(bundle.paths).map(([path, { post }], at) => {
    // folders come first, as Bruno has them
    const inOrder = requestsIn(folders[at] as Item);
    const requests = [...inOrder.slice(-1), ...inOrder.slice(0, -1)];
    const [sample, ...others] = requests;
    const [[, body] = []] = valuesIn(post.requestBody);
    expect([sample?.name, JSON.parse(sample?.request?.body.raw ?? "")]).toEqual(["Published sample", body]);
    for (const { request } of requests) expect(request?.url.raw).toBe(`{{baseUrl}}${path}`);
    const answers = Object.entries(post.responses).flatMap(([status, response]) =>
      valuesIn(response).map(([name, value]) => ({ status: Number(status), name, value })),
    );
    expect(requests.map(({ response = [] }) => [response[0]?.code, JSON.parse(response[0]?.body ?? "")])).toEqual(
      answers.map(({ status, value }) => [status, value]),
    );
    // what the mock answers with
    const prefers = others.map(({ request }) => request?.header.find(({ key }) => key === "Prefer")?.value);
    expect(prefers).toEqual(answers.slice(1).map(({ status, name }) => `code=${status}, example=${name}`));
    return requests.length;
  });
  expect(all).toEqual(Object.keys(operations).map(() => 63));
  console.log(
    `collections: ${all.length} operations, ${all.reduce((sum, count) => sum + count)} requests with their answers`,
  );
});

test("neither has a header that the proxy fills in, and both go to where it listens", () => {
  const filled = Object.values(headers).filter((name) => name !== headers.contentType);
  const sent = requestsIn(postman).flatMap(({ request }) => request?.header.map(({ key }) => key) ?? []);
  expect(new Set(sent)).toEqual(new Set(["Content-Type", "Prefer"]));
  expect(postman.variable).toEqual([{ key: "baseUrl", value: "http://127.0.0.1:4012", type: "default" }]);

  const files = filesIn(join(collections, "bruno"));
  expect(files.get("collection.bru")).toContain("vars:pre-request {\n  baseUrl: http://127.0.0.1:4012\n}");
  const requests = [...files].filter(([, text]) => text.includes("\npost {"));
  expect(requests).toHaveLength(requestsIn(postman).length);
  for (const [path, text] of requests) {
    for (const name of filled) expect([path, text.includes(`\n  ${name}:`)]).toEqual([path, false]);
    expect([path, /\n {2}url: \{\{baseUrl\}\}\/v1\.0\//.test(text), text.includes("expect(res.getStatus())")]).toEqual([
      path,
      true,
      true,
    ]);
  }
});
