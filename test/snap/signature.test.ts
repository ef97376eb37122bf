// The body minified and hashed, the string to sign, and signatures of the three kinds made and verified.
import { generateKeyPairSync } from "node:crypto";
import { bytesToHex } from "@noble/hashes/utils.js";
import fc from "fast-check";
import forge from "node-forge";
import { describe, expect, expectTypeOf, test } from "vitest";
import {
  type AsymmetricInput,
  hashBody,
  minifyJson,
  type SnapSignatureInput,
  type SymmetricInput,
  sign,
  stringToSign,
  type TokenInput,
  verify,
} from "../../src/snap/signature.ts";
import { thrown } from "../support/errors.ts";
import {
  asymmetric,
  base64,
  invalidArgument,
  noble,
  pem,
  privateKey,
  publicKey,
  request,
  symmetric,
  text,
  token,
  utf8,
} from "./support.ts";

describe("minifyJson", () => {
  /** JSON text of a value, with the given whitespace wherever JSON allows some. */
  function spread(value: unknown, blank: () => string): string {
    const inner = Array.isArray(value)
      ? `[${blank()}${value.map((item) => spread(item, blank)).join(",")}]`
      : typeof value === "object" && value !== null
        ? `{${blank()}${Object.entries(value)
            .map(([key, member]) => `${blank()}${JSON.stringify(key)}${blank()}:${spread(member, blank)}`)
            .join(",")}}`
        : JSON.stringify(value);
    return blank() + inner + blank();
  }
  const blanks = fc.array(fc.string({ unit: fc.constantFrom(" ", "\t", "\n", "\r"), maxLength: 3 }), { minLength: 1 });
  /** A value with its compact text and a spread out one. */
  const json = fc.tuple(fc.jsonValue({ stringUnit: "binary", maxDepth: 4 }), blanks).map(([value, sequence]) => {
    let next = 0;
    return {
      value,
      compact: JSON.stringify(value),
      spread: spread(value, () => sequence[next++ % sequence.length] ?? ""),
    };
  });

  test("takes away exactly the whitespace that was put between the tokens", () => {
    fc.assert(
      fc.property(json, ({ compact, spread }) => {
        expect(minifyJson(spread)).toBe(compact);
      }),
      { numRuns: 1000 },
    );
  });

  test("does the same to indented text as to compact text", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(1, 2, 4, "\t"), (value, indent) => {
        expect(minifyJson(JSON.stringify(value, null, indent))).toBe(JSON.stringify(value));
      }),
    );
  });

  test("leaves the parsed value as it was", () => {
    fc.assert(
      fc.property(json, ({ spread }) => {
        expect(JSON.parse(minifyJson(spread))).toEqual(JSON.parse(spread));
      }),
    );
  });

  const anyText = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: fc.constantFrom('"', "\\", " ", "\n", "a", "é", "\u{1f600}", "\u00a0") }),
  );

  test("does to any text what a reader of one character at a time does, JSON or not", () => {
    const slow = (body: string) => {
      let kept = "";
      let inside = false;
      let escaped = false;
      for (const character of body) {
        if (inside || !" \t\n\r".includes(character)) kept += character;
        if (character === '"' && !escaped) inside = !inside;
        escaped = inside && character === "\\" && !escaped;
      }
      return kept;
    };
    fc.assert(
      fc.property(anyText, (body) => {
        expect(minifyJson(body)).toBe(slow(body));
      }),
      { numRuns: 2000 },
    );
  });

  test("finds nothing to remove the second time", () => {
    fc.assert(
      fc.property(anyText, (body) => {
        const once = minifyJson(body);
        expect(minifyJson(once)).toBe(once);
      }),
    );
  });

  test("does the same to bytes as to text", () => {
    fc.assert(
      fc.property(anyText, (body) => {
        const bytes = utf8(body);
        expect(minifyJson(bytes)).toStrictEqual(utf8(minifyJson(text(bytes))));
      }),
      { numRuns: 1000 },
    );
  });

  test("keeps bytes that are not UTF-8, and reads no further than its view", () => {
    const bytes = Uint8Array.of(0x20, 0xff, 0x20, 0x80, 0x22, 0x20, 0xa0, 0x22, 0x20);
    expect([...minifyJson(bytes)]).toEqual([0xff, 0x80, 0x22, 0x20, 0xa0, 0x22]);
    expect([...minifyJson(bytes.subarray(2, 4))]).toEqual([0x80]);
    expect([...minifyJson(Buffer.from('{ "a": 1 }'))]).toEqual([...utf8('{"a":1}')]);
    expect([...bytes]).toEqual([0x20, 0xff, 0x20, 0x80, 0x22, 0x20, 0xa0, 0x22, 0x20]);
  });

  test("returns the very bytes it was given when there is nothing to remove", () => {
    for (const body of ["", "{}", '{"name":"goods A"}']) {
      const bytes = utf8(body);
      expect(minifyJson(bytes)).toBe(bytes);
      expect(minifyJson(body)).toBe(body);
    }
  });

  test.each([
    ["numbers", "[ 1.0, 1e3, 1E+2, -0, 0.10, 12345678901234567890 ]", "[1.0,1e3,1E+2,-0,0.10,12345678901234567890]"],
    [
      "all escapes",
      String.raw`{ "\" \\ \/ \b \f \n \r \t \u0041 \u00e9" : 1 }`,
      String.raw`{"\" \\ \/ \b \f \n \r \t \u0041 \u00e9":1}`,
    ],
    [
      "a string that ends in backslashes",
      String.raw`[ "a \\" , "b \\\" ", "\\\\" , "" ]`,
      String.raw`["a \\","b \\\" ","\\\\",""]`,
    ],
    ["Unicode beyond the BMP", '{ "🛒 é" : "日本 😀" }', '{"🛒 é":"日本 😀"}'],
    ["lone surrogates", '[ "\ud800 \udc00 " , "\udfff" ]', '["\ud800 \udc00 ","\udfff"]'],
    ["the order and the doubling of members", '{ "b":1, "a":2, "b":3 }', '{"b":1,"a":2,"b":3}'],
    ["whitespace that JSON does not know", "[\u00a0\u2028\u3000\ufeff\v\f]", "[\u00a0\u2028\u3000\ufeff\v\f]"],
    ["whitespace in a string, line breaks too", '[ "a \t\r\n b" ]', '["a \t\r\n b"]'],
    ["a string that never ends", ' "a b ', '"a b '],
    ["a string that ends in the middle of an escape", ' "a b\\', '"a b\\'],
    ["backslashes outside strings", ' \\ " " \\ ', '\\" "\\'],
    ["an empty body", "", ""],
    ["a body of whitespace only", " \t\r\n ", ""],
  ])("keeps %s", (what, body, minified) => {
    expect(minifyJson(body)).toBe(minified);
    // a lone surrogate has no UTF-8
    if (what !== "lone surrogates") expect(text(minifyJson(utf8(body)))).toBe(minified);
  });

  test.each([
    ["whitespace only", " ".repeat(5e6), 0],
    ["one blank to each number", "1 ".repeat(2.5e6), 2.5e6],
    ["a string that never ends, of escaped quotes", ` "${'\\"'.repeat(2.5e6)} `, 5e6 + 2],
    ["a string that never ends, of backslashes", ` "${"\\".repeat(5e6)} `, 5e6 + 2],
    ["quotes only", ` ${'"'.repeat(5e6)}`, 5e6],
    ["short strings", '"a b" '.repeat(8e5), 4e6],
    ["one long string", ` "${"a ".repeat(2.5e6)}"`, 5e6 + 2],
  ])("comes to an end on five million characters: %s", (_, body, length) => {
    expect(minifyJson(body)).toHaveLength(length);
    expect(minifyJson(utf8(body))).toHaveLength(length);
  });

  test("a parsed object is refused", () => {
    const error = invalidArgument("body must be text or bytes; pass what goes over the wire, not the parsed object.");
    for (const body of [{ amount: 1 }, [], null, undefined, 5, new ArrayBuffer(2)] as never[]) {
      expect(thrown(() => minifyJson(body))).toStrictEqual(error);
      expect(thrown(() => hashBody(body))).toStrictEqual(error);
      expect(thrown(() => stringToSign({ ...symmetric, body }))).toStrictEqual(error);
      expect(thrown(() => stringToSign({ ...asymmetric, body }))).toStrictEqual(error);
    }
  });
});

const segment = fc.string({ unit: "grapheme", minLength: 1 });
const accessToken = segment.filter((value) => !/^\s*bearer\s/i.test(value));
const body = fc.jsonValue().map((value) => JSON.stringify(value));
const parts = {
  method: fc.constantFrom("GET", "post", "Put"),
  path: segment.map((rest) => `/${rest}`),
  timestamp: segment,
};

describe("hashBody", () => {
  test("hashes the empty string if the body is empty", () => {
    const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    for (const body of ["", " \n", new Uint8Array(), Buffer.alloc(0)]) expect(hashBody(body)).toBe(empty);
  });

  test("agrees with an independent SHA-256, for text and for bytes", () => {
    fc.assert(
      fc.property(body, (compact) => {
        expect(hashBody(compact)).toBe(noble.hash(compact));
        expect(hashBody(utf8(` ${compact}\n`))).toBe(noble.hash(compact));
      }),
    );
  });
});

describe("stringToSign", () => {
  test("joins the parts of each kind", () => {
    const hash = noble.hash(request.body);
    expect(stringToSign(symmetric)).toBe(`POST:${request.path}:token-1:${hash}:${request.timestamp}`);
    expect(stringToSign(asymmetric)).toBe(`POST:${request.path}:${hash}:${request.timestamp}`);
    expect(stringToSign(token)).toBe(`client-1|${request.timestamp}`);
  });

  test("writes the method in upper case", () => {
    expect(stringToSign({ ...symmetric, method: "post" })).toBe(stringToSign(symmetric));
    expect(stringToSign({ ...asymmetric, method: "pOst" })).toBe(stringToSign(asymmetric));
  });

  test.each([
    "/",
    "/v1.0/x?b=2&a=1&a=",
    "/v1.0/a%20b/%2F?x=%c3%a9+",
    "/v1.0/x/../y//",
    "/v1.0/x?callback=https://example.com/",
    "/é?q=😀",
  ])("keeps the path %s exactly as given", (path) => {
    expect(stringToSign({ ...asymmetric, path })).toContain(`POST:${path}:`);
  });

  const absoluteUrl =
    'path must start with a slash, but is an absolute URL; pass what follows the host, such as "/v1.0/qr/qr-cpm-payment", with its query.';
  const noSlash =
    'path must start with a slash; pass what follows the host, such as "/v1.0/qr/qr-cpm-payment", with its query.';
  test.each([
    ["https://example.com/v1.0/x", absoluteUrl],
    ["HTTP://example.com/v1.0/x", absoluteUrl],
    ["v1.0/x", noSlash],
    [" /v1.0/x", noSlash],
    ["example.com/v1.0/x", noSlash],
    ["?a=1", noSlash],
    ["", noSlash],
  ])("the path %j is refused: %s", (path, message) => {
    const error = invalidArgument(message);
    expect(thrown(() => stringToSign({ ...symmetric, path }))).toStrictEqual(error);
    expect(thrown(() => stringToSign({ ...asymmetric, path }))).toStrictEqual(error);
  });

  test.each(["Bearer token-1", "bearer token-1", "BEARER  token-1", " Bearer\ttoken-1"])(
    "the access token %j is refused, and not repeated in the message",
    (accessToken) => {
      expect(thrown(() => stringToSign({ ...symmetric, accessToken }))).toStrictEqual(
        invalidArgument('accessToken must be the bare token, without "Bearer "; the signature covers nothing else.'),
      );
    },
  );

  test("takes an access token that only begins with the letters of bearer", () => {
    expect(stringToSign({ ...symmetric, accessToken: "bearer-1" })).toContain(":bearer-1:");
  });

  const timestampEmpty = "timestamp must not be empty; pass the value of the X-TIMESTAMP header.";
  const methodEmpty = 'method must not be empty; pass the HTTP method, such as "POST".';
  test.each<[string, SnapSignatureInput, string]>([
    ["timestamp", { ...symmetric, timestamp: "" }, timestampEmpty],
    ["timestamp", { ...asymmetric, timestamp: "" }, timestampEmpty],
    ["timestamp", { ...token, timestamp: "" }, timestampEmpty],
    ["method", { ...symmetric, method: "" }, methodEmpty],
    ["method", { ...asymmetric, method: "" }, methodEmpty],
    [
      "clientKey",
      { ...token, clientKey: "" },
      "clientKey must not be empty; pass the value of the X-CLIENT-KEY header.",
    ],
    [
      "accessToken",
      { ...symmetric, accessToken: "" },
      "accessToken must not be empty; pass the token of the Authorization header.",
    ],
  ])("an empty %s is refused", (_, input, message) => {
    expect(thrown(() => stringToSign(input))).toStrictEqual(invalidArgument(message));
    const withKeys = { ...input, clientSecret: "secret-1", privateKey, publicKey, signature: "" };
    expect(thrown(() => sign(withKeys))).toStrictEqual(invalidArgument(message));
    expect(thrown(() => verify(withKeys))).toStrictEqual(invalidArgument(message));
  });
});

describe("a symmetric signature", () => {
  const input = fc.record({ ...parts, accessToken, body, clientSecret: segment });

  test("agrees with an independent HMAC-SHA512, in Base64 and in hex", () => {
    fc.assert(
      fc.property(input, (drawn) => {
        const { method, path, timestamp } = drawn;
        const expected = noble.hmac(
          drawn.clientSecret,
          [method.toUpperCase(), path, drawn.accessToken, noble.hash(drawn.body), timestamp].join(":"),
        );
        expect(sign({ ...drawn, type: "symmetric" })).toBe(base64(expected));
        expect(sign({ ...drawn, type: "symmetric", encoding: "base64" })).toBe(base64(expected));
        expect(sign({ ...drawn, type: "symmetric", encoding: "hex" })).toBe(bytesToHex(expected));
        expect(verify({ ...drawn, type: "symmetric", signature: base64(expected) })).toBe(true);
      }),
    );
  });

  test("is the same for the body as text, as bytes and with whitespace between its tokens", () => {
    const signature = sign(symmetric);
    expect(sign({ ...symmetric, body: utf8(request.body) })).toBe(signature);
    expect(sign({ ...symmetric, body: '{\r\n\t"title": "goods A"\n}' })).toBe(signature);
  });

  test("is another one if any part differs", () => {
    const signature = sign(symmetric);
    for (const change of [
      { method: "PUT" },
      { path: "/v1.0/qr/qr-cpm-payment?" },
      { accessToken: "token-2" },
      { body: '{"title":"goodsA"}' },
      { body: "" },
      { timestamp: "2020-12-23T07:44:12+07:00" },
      { clientSecret: "secret-2" },
    ])
      expect(verify({ ...symmetric, ...change, signature }), JSON.stringify(change)).toBe(false);
  });

  test("needs a client secret, to be made and to be verified", () => {
    const error = invalidArgument("clientSecret must not be empty; pass the secret that the PJP issued.");
    expect(thrown(() => sign({ ...symmetric, clientSecret: "" }))).toStrictEqual(error);
    expect(thrown(() => verify({ ...symmetric, clientSecret: "", signature: "" }))).toStrictEqual(error);
  });
});

describe("verify", () => {
  const both: [string, string, (signature: string) => boolean][] = [
    ["symmetric", sign({ ...symmetric, encoding: "hex" }), (signature) => verify({ ...symmetric, signature })],
    [
      "asymmetric",
      sign({ ...asymmetric, privateKey, encoding: "hex" }),
      (signature) => verify({ ...asymmetric, publicKey, signature }),
    ],
    [
      "token",
      sign({ ...token, privateKey, encoding: "hex" }),
      (signature) => verify({ ...token, publicKey, signature }),
    ],
  ];
  describe.each(both)("%s", (_, hex, accepts) => {
    const bytes = Buffer.from(hex, "hex");
    const base64 = bytes.toString("base64");

    test.each([
      ["Base64", base64],
      ["Base64 without padding", base64.replace(/=+$/, "")],
      ["Base64 of the URL alphabet, without padding", bytes.toString("base64url")],
      ["Base64 of the URL alphabet, with padding", bytes.toString("base64url").padEnd(88, "=")],
      ["hex", hex],
      ["hex in upper case", hex.toUpperCase()],
    ])("accepts %s", (_, signature) => {
      expect(accepts(signature)).toBe(true);
    });

    test.each([
      ["an empty text", ""],
      ["Base64 cut off by one character", base64.slice(0, -1)],
      ["Base64 cut off by a group", base64.slice(0, -4)],
      ["Base64 without its padding", base64.replace(/=+$/, "").slice(0, -1)],
      ["Base64 with a character of neither alphabet inside", `${base64.slice(0, 9)}!${base64.slice(9)}`],
      ["Base64 with a line break inside", `${base64.slice(0, 64)}\n${base64.slice(64)}`],
      ["Base64 with a byte more", Buffer.concat([bytes, Buffer.of(0)]).toString("base64")],
      ["Base64 with its case changed", base64.toLowerCase()],
      ["Base64 of the hex digits", Buffer.from(hex).toString("base64")],
      ["hex cut off by one digit", hex.slice(0, -1)],
      ["hex cut off by a byte", hex.slice(0, -2)],
      ["hex with a byte more", `${hex}00`],
      ["hex with a letter that is not a digit", `${hex.slice(0, -1)}g`],
      ["hex with 0x before it", `0x${hex}`],
      ["hex with one bit flipped", hex.replace(/.$/, (digit) => (Number.parseInt(digit, 16) ^ 1).toString(16))],
      ["zero bytes of the right length", Buffer.alloc(bytes.length).toString("base64")],
      ["garbage", "no signature at all"],
      ["garbage beyond ASCII", "é😀\ud800\0".repeat(40)],
      ["a very long text", "A".repeat(1e6)],
    ])("returns false for %s", (_, signature) => {
      expect(accepts(signature)).toBe(false);
    });

    test("returns false for any other text", () => {
      const other = fc.oneof(
        fc.string({ unit: "binary" }),
        fc
          .uint8Array({ minLength: bytes.length, maxLength: bytes.length })
          .map((any) => Buffer.from(any).toString("hex")),
        fc.base64String({ minLength: base64.length, maxLength: base64.length }),
      );
      fc.assert(fc.property(other, (signature) => accepts(signature) === false));
    });
  });
});

describe("an RSA signature", () => {
  const forgePrivate = forge.pki.privateKeyFromPem(pem(privateKey, "pkcs1"));
  const forgePublic = forge.pki.publicKeyFromPem(pem(publicKey, "spki"));
  const digest = (text: string) => forge.md.sha256.create().update(text, "utf8");
  const input: fc.Arbitrary<{ input: AsymmetricInput | TokenInput; signed: string }> = fc.oneof(
    fc.record({ ...parts, body }).map((drawn) => ({
      input: { ...drawn, type: "asymmetric" as const },
      signed: [drawn.method.toUpperCase(), drawn.path, noble.hash(drawn.body), drawn.timestamp].join(":"),
    })),
    fc.record({ clientKey: segment, timestamp: segment }).map((drawn) => ({
      input: { ...drawn, type: "token" as const },
      signed: `${drawn.clientKey}|${drawn.timestamp}`,
    })),
  );

  test("that we make is verified by an independent implementation, and is the one that it makes itself", () => {
    fc.assert(
      fc.property(input, ({ input, signed }) => {
        const signature = sign({ ...input, privateKey });
        expect(forgePublic.verify(digest(signed).digest().bytes(), forge.util.decode64(signature))).toBe(true);
        // PKCS#1 v1.5 has no random part
        expect(forge.util.encode64(forgePrivate.sign(digest(signed)))).toBe(signature);
      }),
      { numRuns: 10 },
    );
  });

  test("that an independent implementation makes is verified by us", () => {
    fc.assert(
      fc.property(input, ({ input, signed }) => {
        const signature = forge.util.encode64(forgePrivate.sign(digest(signed)));
        expect(verify({ ...input, publicKey, signature })).toBe(true);
        expect(verify({ ...input, publicKey, signature: forge.util.bytesToHex(forge.util.decode64(signature)) })).toBe(
          true,
        );
        expect(verify({ ...input, timestamp: `${input.timestamp} `, publicKey, signature })).toBe(false);
      }),
      { numRuns: 10 },
    );
  });

  test("is Base64 unless hex is asked for", () => {
    const signature = sign({ ...token, privateKey });
    expect(sign({ ...token, privateKey, encoding: "base64" })).toBe(signature);
    expect(sign({ ...token, privateKey, encoding: "hex" })).toBe(Buffer.from(signature, "base64").toString("hex"));
    expect(Buffer.from(signature, "base64")).toHaveLength(256);
  });

  test("is verified for a key whose length is not a whole number of bytes", () => {
    const odd = generateKeyPairSync("rsa", { modulusLength: 1028 });
    const allowWeakKeys = true;
    const signature = sign({ ...token, privateKey: odd.privateKey, allowWeakKeys });
    expect(verify({ ...token, publicKey: odd.publicKey, signature, allowWeakKeys })).toBe(true);
  });

  test("is refused under another key, and under a key of another length", () => {
    const signature = sign({ ...token, privateKey });
    for (const modulusLength of [2048, 1024]) {
      const other = generateKeyPairSync("rsa", { modulusLength });
      expect(verify({ ...token, publicKey: other.publicKey, signature, allowWeakKeys: true })).toBe(false);
    }
  });

  test("with PSS padding is refused", () => {
    const md = forge.md.sha256.create();
    const pss = forge.pss.create({ md, mgf: forge.mgf.mgf1.create(forge.md.sha256.create()), saltLength: 32 });
    const signature = forge.util.encode64(forgePrivate.sign(digest(stringToSign(token)), pss));
    expect(verify({ ...token, publicKey, signature })).toBe(false);
  });
});

test("a call that lacks what its kind needs is refused by the types", () => {
  // never called: what counts is that each line below is an error
  const wrong = () => {
    const { clientSecret: _, ...bare } = symmetric;
    // @ts-expect-error a symmetric signature needs the client secret
    sign(bare);
    // @ts-expect-error a private key is not a client secret
    sign({ ...bare, privateKey });
    // @ts-expect-error an asymmetric signature needs the private key
    sign(asymmetric);
    // @ts-expect-error a token signature needs the private key
    sign(token);
    // @ts-expect-error a client secret is not a private key
    sign({ ...token, clientSecret: "secret-1" });
    // @ts-expect-error what is verified needs a signature
    verify(symmetric);
    // @ts-expect-error the private key verifies nothing
    verify({ ...token, privateKey, signature: "" });
    // @ts-expect-error an unknown kind
    sign({ ...symmetric, type: "hmac" });
    // @ts-expect-error an unknown encoding
    sign({ ...symmetric, encoding: "base64url" });
    // @ts-expect-error an encoding that is there but undefined
    sign({ ...symmetric, encoding: undefined });
    // @ts-expect-error a symmetric input needs the access token
    stringToSign({ ...request, type: "symmetric" });
    // @ts-expect-error a token request has no body
    stringToSign({ ...token, body: "" });
    // @ts-expect-error a body is text or bytes, not an object
    hashBody({ amount: 1 });
    // @ts-expect-error a secret that may be missing
    sign({ ...symmetric, clientSecret: process.env.SNAP_CLIENT_SECRET });
  };
  expectTypeOf(wrong).toBeFunction();

  for (const value of [sign, verify, stringToSign, hashBody, minifyJson]) expectTypeOf(value).not.toBeAny();
  expectTypeOf(sign).parameter(0).not.toBeAny();
  expectTypeOf(verify).parameter(0).not.toBeAny();
  expectTypeOf(sign).returns.toEqualTypeOf<string>();
  expectTypeOf(verify).returns.toEqualTypeOf<boolean>();
  expectTypeOf(minifyJson("")).toEqualTypeOf<string>();
  expectTypeOf(minifyJson(new Uint8Array())).toEqualTypeOf<Uint8Array>();
  expectTypeOf<SnapSignatureInput>().toEqualTypeOf<SymmetricInput | AsymmetricInput | TokenInput>();
  expectTypeOf<SnapSignatureInput["type"]>().toEqualTypeOf<"symmetric" | "asymmetric" | "token">();
});
