// What the doctor says beside a cause, how long it may take, and which orders of a body it tries.
import { createHash, createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { type Check, diagnose } from "../../src/doctor/doctor.ts";
import { treeOf, written } from "../../src/doctor/json-tree.ts";
import { MAX_ORDERS, ordersOf } from "../../src/doctor/key-orders.ts";
import { lineOf } from "../../src/doctor/line.ts";
import { type Diagnosis, MAX_TRIED, search } from "../../src/doctor/search.ts";

const SECRET = "9Qk-secret-Zt7+mN0/x4Y=";
const TOKEN = "eyJhbGciOiJIUzI1NiJ9.token";
const TIME = "2020-12-23T07:50:11+07:00";
const PATH = "/nicepay/api/v1.0/debit/status";

const sha = (text: string) => createHash("sha256").update(text).digest("hex");
function checkOf(made: { body?: string; path?: string; hashed?: string; signed?: string }): Check {
  const { body = '{"a":"x/y z"}', path = PATH } = made;
  const { hashed = body, signed = path } = made;
  const text = `POST:${signed}:${TOKEN}:${sha(hashed)}:${TIME}`;
  return {
    ...{ type: "symmetric", method: "POST", path, body: Buffer.from(body), timestamp: TIME, accessToken: TOKEN },
    ...{ clientKey: "me", baseUrl: undefined, clientSecret: SECRET, publicKey: undefined },
    signature: createHmac("sha512", SECRET).update(text).digest("base64"),
  };
}
const unexplained = (body: string) => checkOf({ body, hashed: "something else" });
/** A body with one object of so many names. */
const named = (count: number) =>
  JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, at])));

describe("who asks for what the standard does not is said beside the advice", () => {
  test.each<[string, Parameters<typeof checkOf>[0], string]>([
    [
      "a sorted query",
      { path: `${PATH}?b=2&a=1`, signed: `${PATH}?a=1&b=2` },
      "sign the query exactly as it is sent (BCA asks for a sorted query)",
    ],
    [
      "no base path",
      { signed: "/api/v1.0/debit/status" },
      "sign the whole path that is sent, from the first slash after the host on (Midtrans (in its notifications) and NICEPAY leave the base path out)",
    ],
    [
      "no white space at all, and slashes escaped",
      { hashed: '{"a":"x\\/yz"}' },
      "remove the white space outside of strings only (PakaiLink's page asks for it, with / written as \\/)",
    ],
    [
      "the whole URL",
      { signed: `http://localhost:8080${PATH}` },
      "sign the path alone, from the slash on (ShopeePay's notifications sign the whole callback URL)",
    ],
  ])("%s", async (_, made, advice) => {
    const check = checkOf(made);
    expect(lineOf(await diagnose(check), check)).toContain(advice);
  });

  test("a query that was only encoded again is nobody's wish", async () => {
    const check = checkOf({ path: `${PATH}?a=1%20x`, signed: `${PATH}?a=1+x` });
    const { explanations } = await diagnose(check);
    expect(explanations).toEqual([
      [
        {
          name: "query-changed",
          found: "the query was encoded again: ?a=1+x was signed",
          fix: "sign the query exactly as it is sent",
        },
      ],
    ]);
  });
});

describe("the orders of a body", () => {
  const ordersIn = (text: string) => {
    const tree = treeOf(text);
    return tree ? new Set([...ordersOf(tree)].map((order) => written(order))) : new Set();
  };

  test.each([
    ['{"a":1,"b":2,"c":3}', 6],
    ['{"a":1,"b":{"c":1,"d":2,"e":3}}', 12],
    // objects with the same names are put in the same order
    ['{"l":[{"a":1,"b":2},{"a":3,"b":4}]}', 2],
    [named(7), 5040],
    ["[1,2]", 0],
  ])("of %s are %i", (text, count) => expect(ordersIn(text).size).toBe(count));

  test("of seven names with seven inside are not tried together, which would be 25 million", () => {
    const text = named(7)
      .replace("0}", `${named(7)}}`)
      .replace('"k6":6', `"k6":${named(7).replaceAll("k", "n")}`);
    const orders = ordersIn(text);
    expect(orders.size).toBe(2 * 5040 - 1);
  });

  test("of many names are those with one moved, or two swapped", () => {
    const orders = ordersIn(named(12));
    expect(orders.size).toBeGreaterThan(12 * 11);
    expect(orders.size).toBeLessThan(2 * 12 * 12);
    expect(orders).toContain(`{${named(12).slice(1, -1).split(",").slice(1).join()},"k0":0}`);
  });

  test("are bounded, whatever the body is", () => {
    const shapes = Array.from({ length: 12 }, (_, at) => named(7).replaceAll("k", `k${at}`));
    let count = 0;
    for (const _ of ordersOf(treeOf(`[${shapes.join()}]`) as never)) count += 1;
    expect(count).toBe(MAX_ORDERS);
  });

  test("seven names and an inner object, each in another order, are found", async () => {
    const body = '{"a":{"x":1,"y":2},"b":2,"c":3,"d":4,"e":5,"f":6,"g":7}';
    const check = checkOf({ body, hashed: '{"d":4,"a":{"y":2,"x":1},"g":7,"b":2,"f":6,"e":5,"c":3}' });
    expect((await diagnose(check)).explanations.map((its) => its.map(({ name }) => name))).toEqual([["body-order"]]);
  });
});

describe("a search ends", () => {
  test("when the attempts are used up", async () => {
    const diagnosis = await diagnose(unexplained(named(7)), { milliseconds: Number.POSITIVE_INFINITY });
    expect(diagnosis).toMatchObject({ explanations: [], complete: false });
    expect(diagnosis.tried).toBeGreaterThanOrEqual(MAX_TRIED);
    expect(diagnosis.tried).toBeLessThan(MAX_TRIED * 1.2);
  });

  test("when its time is up, with what the signature shows, and where to find more", async () => {
    const check = unexplained(named(7));
    const cpu = process.cpuUsage();
    const diagnosis = await diagnose(check, { milliseconds: 100, slice: 5, share: 0.5 });
    expect(process.cpuUsage(cpu).user / 1000).toBeLessThan(400);
    expect(diagnosis).toMatchObject({ explanations: [], complete: false });
    expect(lineOf(diagnosis, check)).toBe(
      "no known mistake explains the signature. It has the length of an HMAC-SHA512, as it must. More: snap-bi sign --check shows every step",
    );
  });

  test("when it is told to", async () => {
    const end = new AbortController();
    const pauses: number[] = [];
    const onProgress = (tried: number) => {
      pauses.push(tried);
      if (pauses.length === 2) end.abort();
    };
    expect(await diagnose(unexplained(named(7)), { slice: 1, onProgress, signal: end.signal })).toMatchObject({
      complete: false,
    });
    expect(pauses.length).toBe(2);
  });

  const DEEP = `${"[".repeat(90)}${"]".repeat(90)}`;
  /** Bodies that make some work slow, each of nearly 64 KiB. */
  test.each([
    ["many names", named(2200)],
    ["more names", named(4400)],
    [
      "many objects of seven names",
      `[${Array.from({ length: 1000 }, (_, at) => named(7).replaceAll("k", `k${at}`)).join()}]`.slice(0, 65_000),
    ],
    ["many levels", `[${Array.from({ length: 340 }, () => DEEP).join()}]`],
    ["twenty levels", `[${Array.from({ length: 260 }, () => `${"[".repeat(19)}${"]".repeat(19)}`).join()}]`],
    ["white space alone", `{"a":1}${" ".repeat(65_000)}`],
    ["quotes that are escaped", `{"a":"${'\\"'.repeat(32_000)}"}`],
    ["a string that never ends", `{"a":"${'\\"'.repeat(32_000)}`],
    ["slashes and escapes", `{"a":"${"\\/\\u00e9<".repeat(6000)}"}`],
    ["digits", `{"a":${"9".repeat(65_000)}}`],
    ["empty objects", `[${"{},".repeat(21_000)}{}]`],
  ])("and lets others have their turn, whatever the body is: %s", (_, body) => {
    const check = {
      ...unexplained(body),
      path: `/${"a/".repeat(4000)}?${"b=%20&".repeat(1500)}`,
      baseUrl: "h".repeat(8000),
    };
    const diagnosis: Diagnosis = { explanations: [], remarks: [], tried: 0, complete: false };
    let longest = 0;
    const cpu = () => process.cpuUsage().user / 1000;
    const begun = cpu();
    let before = begun;
    for (const _step of search(check, diagnosis)) {
      const now = cpu();
      longest = Math.max(longest, now - before);
      before = now;
      if (now - begun > 1000) break;
    }
    console.log(`doctor: ${_}: longest step ${longest.toFixed(1)} ms of work`);
    expect(longest).toBeLessThan(150);
  });
});
