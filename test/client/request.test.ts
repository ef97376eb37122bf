// What the client sends over real HTTP: path, headers, and a signature over the very bytes.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createSnapClient, type SnapClient } from "../../src/index.ts";
import {
  abortable,
  asymmetric,
  bearer,
  isSigned,
  JAKARTA,
  NOW,
  SUCCESS,
  sentHeaders,
  startPjp,
  symmetric,
  TOKEN,
} from "../support/client.ts";
import { operations } from "../support/contract.ts";
import { header, json, type Received } from "../support/http.ts";

const payment = {
  partnerReferenceNo: "2020102900000000000001",
  qrContent: "00020101021226",
  amount: { value: "1.00", currency: "IDR" },
  merchantId: "00007100010926",
  expiryTime: "2020-12-23T07:59:11+07:00",
};

describe("what is sent", () => {
  const bodies = {
    "plain text": payment,
    Unicode: { ...payment, title: "Kopi “tubruk” – é 😀 日本 \u2028 \u0000 \ud800" },
    "numbers in strings": {
      ...payment,
      additionalInfo: { a: "1.0", b: "1e3", c: 1.0, d: 1e21, e: -0, f: "0010", g: 0.1 + 0.2 },
    },
    "slashes and percent signs": {
      ...payment,
      additionalInfo: { "a/b": "c\\/d", "%2F": "100 %25", url: "https://x.example/?a=%20&b=+#c" },
    },
    "quotes and white space": { ...payment, title: 'say "goods A" \\ \\" \n\t', additionalInfo: { " a  b ": "  " } },
    "empty objects": { ...payment, additionalInfo: {}, items: {} },
    "100 kB": { ...payment, additionalInfo: { text: "é".repeat(50_000) } },
  };
  const bases = ["", "/", "/snap", "/snap/", "/a/b%20c//", "/é/d", "//x"];

  test.each(Object.entries(bodies))(
    "the signature fits the bytes received, symmetric and asymmetric: %s",
    async (_, body) => {
      const { url, received } = await startPjp();
      for (const base of bases) {
        await createSnapClient(symmetric(url + base)).qrCpmPayment(body);
        expect(isSigned(received.at(-1)), base).toBe(true);
        await createSnapClient(asymmetric(url + base)).qrCpmPayment(body);
        expect(isSigned(received.at(-1), "asymmetric"), base).toBe(true);
        expect(JSON.parse(received.at(-1)?.body.toString() ?? "")).toEqual(JSON.parse(JSON.stringify(body)));
      }
    },
  );

  test("the signature fits the bytes received for any additionalInfo", async () => {
    const { url, received } = await startPjp();
    const snap = createSnapClient(symmetric(url));
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue()), async (additionalInfo) => {
        await snap.qrCpmQuery({ additionalInfo });
        return isSigned(received.at(-1)) && received.at(-1)?.body.toString() === JSON.stringify({ additionalInfo });
      }),
      { numRuns: 500, seed: 59 },
    );
  });

  test("the path of the operation follows the base path, with or without a slash at its end", async () => {
    const { url, received } = await startPjp();
    const paths: string[] = [];
    for (const base of bases) {
      await createSnapClient(symmetric(url + base)).qrCpmQuery({});
      paths.push(received.at(-1)?.path ?? "");
    }
    expect(paths).toEqual(
      ["", "", "/snap", "/snap", "/a/b%20c", "/%C3%A9/d", "//x"].map((base) => `${base}/v1.0/qr/qr-cpm-query`),
    );
  });

  test("each method sends its body, signed, to its own path", async () => {
    const { url, received } = await startPjp();
    const snap = createSnapClient({ ...symmetric(url), clock: () => NOW, externalId: () => "1" });
    const transactions = operations.filter(({ service }) => service !== "73");
    expect(transactions).toHaveLength(7);
    for (const { operationId, path, requestBody } of transactions) {
      const body = requestBody.content["application/json"].examples.Published.value;
      await (snap[operationId as keyof SnapClient] as (body: unknown) => Promise<unknown>)(body);
      const [sent] = received.splice(0);
      expect(sent).toMatchObject({ method: "POST", path, headers: { "content-type": "application/json" } });
      expect(JSON.parse(sent?.body.toString() ?? "")).toEqual(body);
      expect(isSigned(sent)).toBe(true);
    }
  });

  test("only the mandatory and the configured headers are sent", async () => {
    const { url, received } = await startPjp();
    await createSnapClient({ ...symmetric(url), clock: () => NOW, externalId: () => "0815" }).qrCpmQuery({});
    expect(sentHeaders(received[0])).toEqual({
      Authorization: `Bearer ${TOKEN}`,
      "X-TIMESTAMP": JAKARTA,
      "X-SIGNATURE": expect.stringMatching(/^[A-Za-z0-9+/]{86}==$/),
      "X-PARTNER-ID": "the-partner",
      "X-EXTERNAL-ID": "0815",
      "CHANNEL-ID": "95221",
    });
    await createSnapClient(asymmetric(url)).qrCpmQuery({});
    expect(Object.keys(sentHeaders(received[1]))).toEqual(
      ["X-TIMESTAMP", "X-SIGNATURE", "X-PARTNER-ID", "X-EXTERNAL-ID", "CHANNEL-ID"], // no Authorization
    );
  });

  test("every option is sent as its header", async () => {
    const { url, received } = await startPjp();
    const snap = createSnapClient({
      ...symmetric(url),
      clock: () => NOW,
      externalId: () => "0815",
      customerToken: "customer-token",
      origin: "www.merchant.example",
      deviceId: "device é 09864ADCASA",
      ipAddress: "172.31.255.255",
      latitude: "-6.108841",
      longitude: "106.7782137",
    });
    await snap.qrCpmQuery({});
    expect(sentHeaders(received[0])).toEqual({
      Authorization: `Bearer ${TOKEN}`,
      "Authorization-Customer": "Bearer customer-token",
      "X-TIMESTAMP": JAKARTA,
      "X-SIGNATURE": expect.any(String),
      "X-PARTNER-ID": "the-partner",
      "X-EXTERNAL-ID": "0815",
      "X-IP-ADDRESS": "172.31.255.255",
      "X-DEVICE-ID": "device é 09864ADCASA",
      "X-LATITUDE": "-6.108841",
      "X-LONGITUDE": "106.7782137",
      "CHANNEL-ID": "95221",
      ORIGIN: "www.merchant.example",
    });
    expect(isSigned(received[0])).toBe(true);
  });

  test("the clock is read once, for header and signature", async () => {
    const { url, received } = await startPjp();
    let read = 0;
    const clock = () => new Date(NOW.getTime() + 1000 * read++);
    await createSnapClient({ ...symmetric(url), clock }).qrCpmQuery({});
    expect([read, header(received[0] as Received, "X-TIMESTAMP"), isSigned(received[0])]).toEqual([1, JAKARTA, true]);
  });

  test("X-EXTERNAL-ID is unique and at most 32 characters long, over 10,000 calls", async () => {
    const ids = new Set<string>();
    const snap = createSnapClient({
      ...symmetric("https://snap.bank.example"),
      fetch: async (_, { headers }) => {
        ids.add((headers as Record<string, string>)["X-EXTERNAL-ID"] ?? "");
        return Response.json(SUCCESS);
      },
    });
    for (let call = 0; call < 10_000; call += 1) await snap.qrCpmQuery({});
    expect(ids.size).toBe(10_000);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
  });

  test("the fetch option sends the requests; it gets the URL and a plain object of headers", async () => {
    const calls: [string, RequestInit][] = [];
    const snap = createSnapClient({
      ...symmetric("https://snap.bank.example/snap/"),
      fetch: async (...call) => {
        calls.push(call);
        return Response.json(SUCCESS);
      },
    });
    expect(await snap.qrCpmQuery({})).toMatchObject({ data: SUCCESS });
    expect(calls).toEqual([
      [
        "https://snap.bank.example/snap/v1.0/qr/qr-cpm-query",
        {
          method: "POST",
          headers: expect.objectContaining({ "Content-Type": "application/json", "X-PARTNER-ID": "the-partner" }),
          body: "{}",
          redirect: "manual",
          signal: expect.any(AbortSignal),
        },
      ],
    ]);
  });

  test("1,000 parallel calls do not mix their headers", async () => {
    const { url, received } = await startPjp((response, { body }) => {
      const { originalReferenceNo } = JSON.parse(body.toString());
      json(200, { ...SUCCESS, originalReferenceNo })(response);
    });
    let calls = 0;
    const snap = createSnapClient({
      ...symmetric(url),
      accessToken: async () => {
        const token = `token-${calls++}`;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
        return token;
      },
    });
    const { signal } = abortable();
    const warnings: Error[] = [];
    const warned = (warning: Error) => warnings.push(warning);
    process.on("warning", warned);
    const results = await Promise.all(
      Array.from({ length: 1_000 }, (_, n) =>
        snap.qrCpmQuery({ originalReferenceNo: `${n}` }, { signal, headers: { "X-DEVICE-ID": `device-${n}` } }),
      ),
    );
    process.off("warning", warned);
    expect(warnings).toEqual([]);
    expect(results.map(({ data }) => data?.originalReferenceNo)).toEqual(results.map((_, n) => `${n}`));
    for (const one of received) {
      const n = JSON.parse(one.body.toString()).originalReferenceNo;
      expect([header(one, "X-DEVICE-ID"), bearer(one), isSigned(one)]).toEqual([`device-${n}`, `token-${n}`, true]);
    }
    expect(new Set(received.map((one) => header(one, "X-EXTERNAL-ID"))).size).toBe(1_000);
  });
});
