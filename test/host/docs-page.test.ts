// The documentation page as mock and sandbox serve it: once, and in short.
import { request } from "node:http";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startMock } from "../../src/sandbox.ts";

let mock: Awaited<ReturnType<typeof startMock>>;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

/** What comes over the wire: fetch would unzip it. */
function get(headers: Record<string, string> = {}, method = "GET", path = "/docs") {
  return new Promise<{ status: number | undefined; headers: Record<string, unknown>; body: Buffer }>(
    (resolve, reject) => {
      const outgoing = request(mock.url + path, { method, headers }, async (incoming) => {
        const body = Buffer.concat(await incoming.toArray());
        resolve({ status: incoming.statusCode, headers: incoming.headers, body });
      });
      outgoing.on("error", reject).end();
    },
  );
}

test("is zipped for who can read that, with a tag of its own, and a quarter as long at most", async () => {
  const plain = await get();
  expect([plain.status, plain.headers["content-encoding"], plain.headers.vary]).toEqual([
    200,
    undefined,
    "accept-encoding",
  ]);
  expect(plain.headers["content-type"]).toBe("text/html; charset=utf-8");
  const zipped = await get({ "accept-encoding": "br, gzip;q=0.8" });
  expect([zipped.status, zipped.headers["content-encoding"]]).toEqual([200, "gzip"]);
  expect(gunzipSync(zipped.body).equals(plain.body)).toBe(true);
  expect(zipped.body.length).toBeLessThan(plain.body.length / 4);
  expect(zipped.headers.etag).not.toBe(plain.headers.etag);
  for (const accepted of ["gzip;q=0", "br, gzip; q=0.000, *;q=0.1", "identity", "xgzip"])
    expect((await get({ "accept-encoding": accepted })).headers["content-encoding"], accepted).toBeUndefined();
});

test("is not sent again to who has it", async () => {
  const etag = String((await get()).headers.etag);
  expect(etag).toMatch(/^"[\w-]{22}"$/);
  for (const tags of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
    const again = await get({ "if-none-match": tags });
    expect([again.status, again.headers.etag, again.body.length], tags).toEqual([304, etag, 0]);
  }
  for (const headers of [{ "if-none-match": '"other"' }, { "if-none-match": etag, "accept-encoding": "gzip" }])
    expect((await get(headers)).status).toBe(200);
});

test("HEAD tells of it without it", async () => {
  const { status, headers, body } = await get({}, "HEAD", "/docs/");
  expect([status, headers.etag, body.length]).toEqual([200, (await get()).headers.etag, 0]);
});
