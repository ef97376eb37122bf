// The body of a request: its size, its Content-Type, what is JSON, which fields it must have, and what is handed over.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Body } from "../support/random.ts";
import {
  ACCESS_TOKEN,
  answerTo,
  BAD_REQUEST,
  createReceiver,
  createWatched,
  exampleOf,
  GENERAL_ERROR,
  newExternalId,
  PARTNER,
  requestOf,
  SUCCESS,
  summary,
  TIMESTAMP,
  UNSUPPORTED,
} from "../support/receiver.ts";
import { bytes, createRecorder, payment } from "./support.ts";

const receiver = createReceiver();
const { path } = exampleOf.qrCpmPayment;

/** How onAnswer is told of a payment whose body cannot be had. */
const unreadable = (reason: string) => ({
  method: "POST",
  path,
  operation: "qrCpmPayment",
  status: 400,
  responseCode: "4006000",
  responseMessage: "Bad Request",
  step: "bodySize",
  reason,
});

describe("body size", () => {
  const pad = (length: number) => `${JSON.stringify(payment)}${" ".repeat(length - JSON.stringify(payment).length)}`;
  const chunked = (chunks: (Uint8Array | { error: unknown })[], cancel?: () => void) => {
    const { headers } = requestOf({ body: pad(65_536) });
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const next = chunks.shift();
        if (next instanceof Uint8Array) controller.enqueue(next);
        else if (next) controller.error(next.error);
        else controller.close();
      },
      ...(cancel && { cancel }),
    });
    return new Request(`http://receiver.example${path}`, { method: "POST", headers, body, duplex: "half" });
  };

  test("64 KiB pass, and one byte more does not", async () => {
    expect(await answerTo(receiver, { body: pad(65_536) })).toBe(SUCCESS);
    const { handler, answers, errors } = createWatched();
    expect(await answerTo(handler, { body: pad(65_537) })).toBe(BAD_REQUEST);
    expect(answers).toEqual([unreadable("the body is longer than 65536 bytes")]);
    expect(errors).toEqual([]);
  });

  test("the limit can be set", async () => {
    const { handler, answers } = createWatched({ maxBodyBytes: 1000 });
    expect(await answerTo(handler, { body: pad(1000) })).toBe(SUCCESS);
    expect(await answerTo(handler, { body: pad(1001) })).toBe(BAD_REQUEST);
    expect(answers[1]).toEqual(unreadable("the body is longer than 1000 bytes"));
  });

  test("a content-length over the limit is refused without a look at the body", async () => {
    const { handler, answers } = createWatched();
    const request = requestOf({ headers: { "content-length": "65537" } });
    expect(await summary(await handler(request))).toBe(BAD_REQUEST);
    expect(request.bodyUsed).toBe(false);
    expect(answers).toEqual([unreadable("the body is longer than 65536 bytes")]);
  });

  test("a body in chunks without a content-length is put together", async () => {
    const whole = bytes(pad(65_536));
    const chunks = [whole.subarray(0, 10), whole.subarray(10, 11), whole.subarray(11)];
    expect(await summary(await receiver(chunked(chunks)))).toBe(SUCCESS);
  });

  test("a body in chunks without a content-length is cut off as soon as it passes the limit", async () => {
    let sent = 0;
    let cancelled = false;
    const endless: Uint8Array[] = [];
    endless.shift = () => {
      sent += 1;
      return new Uint8Array(1000);
    };
    const request = chunked(endless, () => {
      cancelled = true;
    });
    const { handler, answers } = createWatched();
    expect(await summary(await handler(request))).toBe(BAD_REQUEST);
    expect(answers).toEqual([unreadable("the body is longer than 65536 bytes")]);
    expect(sent).toBeLessThan(70);
    expect(cancelled).toBe(true);
  });

  test.each([
    ["fails", () => Promise.reject(new Error("cannot stop"))],
    ["takes for ever", () => new Promise<never>(() => {})],
  ])("a sender whose stop %s changes nothing", async (_, cancel) => {
    const chunks = [new Uint8Array(70_000), new Uint8Array(1)];
    expect(await summary(await receiver(chunked(chunks, cancel)))).toBe(BAD_REQUEST);
  });

  test.each<[string, unknown]>([
    ["an Error", new Error("connection lost")],
    ["an Error with a code", Object.assign(new Error("reset"), { code: "ECONNRESET" })],
    ["a text", "connection lost"],
    ["null", null],
    ["nothing", undefined],
  ])("a body that breaks off with %s is 400 00; onAnswer is told why, and onError nothing", async (_, error) => {
    for (const before of [[], [new Uint8Array(10)]]) {
      const { handler, errors, answers } = createWatched();
      expect(await summary(await handler(chunked([...before, { error }])), "qrCpmPayment")).toBe(BAD_REQUEST);
      expect(answers).toEqual([unreadable("the body broke off")]);
      expect(errors).toEqual([]);
    }
  });

  test("a body that breaks off is not read for a method that is refused", async () => {
    const { handler, answers } = createWatched();
    const { headers } = requestOf();
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error("connection lost")) });
    const request = new Request(`http://receiver.example${path}`, { method: "PUT", headers, body, duplex: "half" });
    expect(await summary(await handler(request))).toBe(UNSUPPORTED);
    expect(answers).toMatchObject([{ step: "method" }]);
  });

  test.each<[string, (request: Request) => unknown]>([
    ["whole", (request) => request.text()],
    ["by one who still reads it", ({ body }) => body?.getReader()],
  ])("a body that was read before, %s, is a general error, and reported with a code", async (_, readBefore) => {
    const { handler, errors, answers } = createWatched();
    const request = requestOf();
    await readBefore(request);
    expect(await summary(await handler(request))).toBe(GENERAL_ERROR);
    expect(errors).toEqual([expect.any(TypeError)]);
    expect(errors).toMatchObject([{ code: "ERR_SNAP_BODY_CONSUMED" }]);
    expect(answers).toMatchObject([{ step: "bodySize", status: 500, error: errors[0] }]);
  });

  const readers: [string, (request: Request) => unknown][] = [
    [
      "for await",
      async ({ body }) => {
        for await (const _ of body ?? []);
      },
    ],
    [
      "getReader and releaseLock",
      async ({ body }) => {
        const reader = body?.getReader();
        await reader?.read();
        reader?.releaseLock();
      },
    ],
    ["cancel", ({ body }) => body?.cancel()],
  ];
  const lengths = [
    ["says its length", true],
    ["does not", false],
  ] as const;
  test.each(readers.flatMap((reader) => lengths.map((length) => [...reader, ...length] as const)))(
    "a body that was read by %s is told as such, whether it %s",
    async (_, read, __, says) => {
      const { handler, errors } = createWatched();
      const request = requestOf(says ? { headers: { "Content-Length": String(JSON.stringify(payment).length) } } : {});
      await read(request);
      expect(await summary(await handler(request), "qrCpmPayment")).toBe(GENERAL_ERROR);
      expect(errors).toEqual([expect.objectContaining({ code: "ERR_SNAP_BODY_CONSUMED" })]);
    },
  );

  test("a body that is empty, or shorter than it says because the caller hung up, is the caller's fault", async () => {
    for (const headers of [{}, { "Content-Length": "0" }]) {
      const { handler, errors } = createWatched({ key: "unchecked" });
      expect(await answerTo(handler, { body: "", headers })).toBe(BAD_REQUEST);
      expect(errors).toEqual([]);
    }
  });
});

describe("content type", () => {
  test.each([
    "application/json",
    "Application/JSON",
    "application/json; charset=utf-8",
    'application/json;charset="UTF-8"',
    "application/json;charset=utf8",
    "application/json; profile=snap; charset=UTF8",
    "application/json; boundary=x",
    "application/json;",
  ])("%s passes", async (type) => {
    expect(await answerTo(receiver, { headers: { "Content-Type": type } })).toBe(SUCCESS);
  });

  test.each([
    "text/plain",
    "application/json; charset=iso-8859-1",
    "application/jsonp",
    "application/problem+json",
    "text/plain, application/json",
  ])("%j is a bad request", async (type) => {
    expect(await answerTo(receiver, { headers: { "Content-Type": type } })).toBe(BAD_REQUEST);
  });

  test.each([undefined, ""])("it is mandatory: %j", async (type) => {
    expect(await answerTo(receiver, { body: bytes("{}"), headers: { "Content-Type": type } })).toBe(
      "4006002 Invalid Mandatory Field Content-Type",
    );
  });
});

describe("parse", () => {
  const utf8 = (...units: number[]) => new Uint8Array([...bytes('{"title":"'), ...units, ...bytes('"}')]);

  test.each([
    ["nothing", ""],
    ["whitespace", " \n"],
    ["half an object", JSON.stringify(payment).slice(0, -1)],
    ["two objects", "{}{}"],
    ["a comma too many", '{"title":"a",}'],
    ["single quotes", "{'title':'a'}"],
    ["a comment", "{} // done"],
    ["a raw line feed in a string", '{"title":"a\nb"}'],
    ["a string that never ends", '{"title":"a\\"}'],
    ["a form", "title=a"],
    ["an array", `[${JSON.stringify(payment)}]`],
    ["an empty array", "[]"],
    ["a string", '"{}"'],
    ["null", "null"],
    ["a number", "1"],
    ["true", "true"],
    ["NaN", "NaN"],
    ["a byte that UTF-8 does not have", utf8(0xff)],
    ["a character cut in half", utf8(0xe2, 0x82)],
    ["an overlong slash", utf8(0xc0, 0xaf)],
    ["half a surrogate pair in UTF-8", utf8(0xed, 0xa0, 0x80)],
    ["UTF-16", new Uint8Array(Buffer.from(JSON.stringify(payment), "utf16le"))],
  ])("%s is a bad request", async (_, body) => {
    const { handler, answers } = createWatched();
    expect(await answerTo(handler, { body })).toBe(BAD_REQUEST);
    expect(answers).toMatchObject([{ step: "parse" }]);
  });

  describe("nesting", () => {
    const nested = (levels: number, open: string, close: string) =>
      `${JSON.stringify({ ...payment, additionalInfo: {} }).slice(0, -3)}{"deep":${open.repeat(levels)}1${close.repeat(levels)}}}`;
    const { handler: large, calls } = createRecorder({ maxBodyBytes: 10_000_000 });

    test.each([
      ["arrays", "[", "]"],
      ["objects", '{"a":', "}"],
    ])("of 98 %s in additionalInfo passes, and 99 and 100,000 are a bad request", async (_, open, close) => {
      expect(await answerTo(large, { body: nested(98, open, close) })).toBe("2006000 Successful");
      expect(await answerTo(large, { body: nested(99, open, close) })).toBe(BAD_REQUEST);
      expect(await answerTo(large, { body: nested(100_000, open, close) })).toBe(BAD_REQUEST);
      expect(await answerTo(large, { body: open.repeat(100_000) })).toBe(BAD_REQUEST);
    });

    test("is not counted in strings, nor side by side", async () => {
      calls.length = 0;
      const deviceId = `${'["{'.repeat(200)}\\`;
      const additionalInfo = { deviceId, channel: '\\"[', list: Array.from({ length: 300 }, () => [{}]) };
      expect(await answerTo(large, { body: { ...payment, additionalInfo } })).toBe("2006000 Successful");
      expect(calls[0]?.body.additionalInfo).toEqual(additionalInfo);
    });
  });

  test("any bytes: an object for JSON.parse is read, and anything else is a bad request", async () => {
    const handler = createReceiver({ key: "unchecked", replayStore: "off" });
    const isObject = (sent: Uint8Array) => {
      try {
        const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(sent));
        return typeof value === "object" && value !== null && !Array.isArray(value);
      } catch {
        return false;
      }
    };
    const json = fc.json().map(bytes);
    const cut = fc.tuple(json, fc.nat({ max: 40 })).map(([text, length]) => text.subarray(0, length));
    const object = fc.dictionary(fc.string(), fc.jsonValue()).map((value) => bytes(JSON.stringify(value)));
    const sent = fc.oneof(json, cut, object, fc.uint8Array({ maxLength: 40 }));
    await fc.assert(
      fc.asyncProperty(sent, async (body) => {
        const answer = await answerTo(handler, { body, headers: { "X-SIGNATURE": "x" } });
        expect(answer).toMatch(isObject(body) ? /^(400600[12]|2006000) / : BAD_REQUEST);
      }),
      { numRuns: 1000, seed: 20201223 },
    );
  });

  test("the time that a body takes grows no faster than its size", async () => {
    const handler = createReceiver({ key: "unchecked", maxBodyBytes: 100_000_000 });
    const kinds = ['"\\\\', '\\"', "[]", "[", '"a":', " ", '{"a":{},', "\\"];
    // of this process, for the machine may be busy with others
    const time = async (text: string) => {
      const body = bytes(`{"additionalInfo":{"a":"${text}`);
      const started = process.cpuUsage();
      expect(await answerTo(handler, { body, headers: { "X-SIGNATURE": "x" } })).toBe(BAD_REQUEST);
      const { user, system } = process.cpuUsage(started);
      return (user + system) / 1000;
    };
    // four megabytes of the worst; a quadratic step would take minutes
    for (const kind of kinds) expect(await time(kind.repeat(4_000_000 / kind.length)), kind).toBeLessThan(3000);
  });
});

describe("mandatory and format", () => {
  const without = (name: string) => ({ body: { ...payment, [name]: undefined } });

  test("names the missing field", async () => {
    expect(await answerTo(receiver, without("merchantId"))).toBe("4006002 Invalid Mandatory Field merchantId");
    expect(await answerTo(receiver, { body: "{}" })).toBe("4006002 Invalid Mandatory Field partnerReferenceNo");
    const body = { ...payment, amount: { currency: "IDR" } };
    expect(await answerTo(receiver, { body })).toBe("4006002 Invalid Mandatory Field amount.value");
  });

  test("null and the empty string count as missing", async () => {
    for (const merchantId of [null, ""]) {
      const answer = await answerTo(receiver, { body: { ...payment, merchantId } });
      expect(answer).toBe("4006002 Invalid Mandatory Field merchantId");
    }
  });

  test("names the field of a wrong format", async () => {
    const body = { ...payment, amount: { value: "10", currency: "IDR" } };
    expect(await answerTo(receiver, { body })).toBe("4006001 Invalid Field Format amount.value");
    expect(await answerTo(receiver, { body: { ...payment, title: 1 } })).toBe("4006001 Invalid Field Format title");
    const items = await answerTo(receiver, { body: { ...payment, items: [] } });
    expect(items).toBe("4006001 Invalid Field Format items");
  });

  test("a missing field is named before a wrong one, in whatever order they come", async () => {
    const body = { ...payment, partnerReferenceNo: 1, merchantId: undefined };
    expect(await answerTo(receiver, { body })).toBe("4006002 Invalid Mandatory Field merchantId");
  });
});

describe("the body handed over", () => {
  test("has the last of duplicate keys, as JSON.parse has it", async () => {
    const { handler, calls } = createRecorder();
    const body = `{"title":"first",${JSON.stringify(payment).slice(1, -1)},"title":"last"}`;
    expect(await answerTo(handler, { body })).toBe("2006000 Successful");
    expect(calls[0]?.body.title).toBe("last");
    const broken = `${JSON.stringify(payment).slice(0, -1)},"merchantId":""}`;
    expect(await answerTo(handler, { body: broken })).toBe("4006002 Invalid Mandatory Field merchantId");
  });

  test("is the one received, with all that is beyond the contract", async () => {
    const { handler, calls } = createRecorder();
    const free = '{"deviceId":"x","list":[1,1.0,1e3,null,{"a":"\\u00e9\\ud83d\\ude00"}],"":{"":[]}}';
    const body = `${JSON.stringify(payment).slice(0, -1)},"additionalInfo":${free},"items":${free},"beyond":[${free}]}`;
    expect(await answerTo(handler, { body })).toBe("2006000 Successful");
    expect(calls[0]?.body).toEqual(JSON.parse(body));
  });

  test("may hold __proto__ and constructor, which change no object", async () => {
    const { handler, calls } = createRecorder();
    const evil = '"__proto__":{"polluted":1,"title":5},"constructor":{"prototype":{"polluted":1}},"toString":"x"';
    const own = JSON.stringify({ ...payment, items: undefined, additionalInfo: undefined }).slice(0, -1);
    const body = `${own},${evil},"additionalInfo":{${evil}},"items":{${evil}}}`;
    expect(await answerTo(handler, { body })).toBe("2006000 Successful");
    expect(JSON.stringify(calls[0]?.body)).toBe(body);
    const { additionalInfo } = calls[0]?.body ?? {};
    for (const object of [calls[0]?.body, additionalInfo]) {
      expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
      expect(Object.hasOwn(object as Body, "__proto__")).toBe(true);
    }
    expect(({} as Body).polluted).toBeUndefined();
  });

  test("gets no mandatory field from its __proto__", async () => {
    const { merchantId, ...others } = payment;
    const body = `{"__proto__":{"merchantId":"${String(merchantId)}"},${JSON.stringify(others).slice(1)}`;
    expect(await answerTo(receiver, { body })).toBe("4006002 Invalid Mandatory Field merchantId");
  });

  test("comes with who called, when, and with what", async () => {
    const { handler, calls } = createRecorder();
    const externalId = newExternalId();
    await answerTo(handler, { headers: { "X-EXTERNAL-ID": externalId, ORIGIN: "www.hostname.com" } });
    expect(calls).toMatchObject([
      {
        operation: "qrCpmPayment",
        body: payment,
        partnerId: PARTNER,
        externalId,
        timestamp: TIMESTAMP,
        accessToken: ACCESS_TOKEN,
        customerToken: undefined,
      },
    ]);
    expect(calls[0]?.headers.get("origin")).toBe("www.hostname.com");
  });
});
