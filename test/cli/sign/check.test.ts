// `snap-bi sign --check`: right signatures, and wrong ones that no known mistake explains.
import { expect, test } from "vitest";
import { main } from "../../../src/cli/main.ts";
import { file } from "../support.ts";
import {
  asymmetricCheck,
  asymmetricText,
  BODY,
  checked,
  ENV,
  hmac,
  MINIFIED,
  overBody,
  PATH,
  pair,
  privateKey,
  RIGHT,
  rsa,
  SECRET,
  sha,
  snapBi,
  symmetricCheck,
  TIME,
  TOKEN,
  textOf,
} from "./support.ts";

const strangers = pair();

test.each([
  ["Base64", RIGHT, ""],
  ["hex", Buffer.from(RIGHT, "base64").toString("hex"), "; a receiver may take Base64 with its padding only"],
  [
    "hex",
    Buffer.from(RIGHT, "base64").toString("hex").toUpperCase(),
    "; a receiver may take Base64 with its padding only",
  ],
  ["Base64 without padding", RIGHT.replace(/=+$/, ""), "; a receiver may take Base64 with its padding only"],
  [
    "Base64 with the URL's alphabet",
    Buffer.from(RIGHT, "base64").toString("base64url"),
    "; a receiver may take Base64 with its padding only",
  ],
])("a right signature is said to be right, and in %s", async (encoding, signature, note) => {
  const { right, words } = await symmetricCheck(signature);
  expect([right, words]).toEqual([true, `right: it is the signature over this request, in ${encoding}${note}\n`]);
});

test("with --encoding, the right bytes in the other encoding are wrong", async () => {
  const hex = Buffer.from(RIGHT, "base64").toString("hex");
  expect((await symmetricCheck(hex, { more: ["--encoding", "hex"] })).right).toBe(true);
  expect((await symmetricCheck(RIGHT, { more: ["--encoding", "base64"] })).right).toBe(true);
  for (const [signature, encoding] of [
    [hex, "base64"],
    [RIGHT, "hex"],
    [Buffer.from(RIGHT, "base64").toString("base64url"), "base64"],
  ] as const) {
    const { right, names } = await symmetricCheck(signature, { more: ["--encoding", encoding] });
    expect([right, names]).toEqual([false, [["signature-encoding"]]]);
  }
});

test("a private key checks an asymmetric signature, and that of a token request", async () => {
  const env = { SNAP_PRIVATE_KEY: privateKey };
  const args = ["--path", PATH, "--timestamp", TIME, "--body", file("b", BODY)];
  expect((await checked(args, rsa(asymmetricText()), env)).right).toBe(true);
  expect((await checked(args, rsa(asymmetricText(sha(BODY))), env)).names).toEqual([["body-not-minified"]]);
  expect((await checked(["--client-key", "me", "--timestamp", TIME], rsa(`me|${TIME}`), env)).right).toBe(true);
});

test.each([
  ["other", hmac("something else"), "It has the length of an HMAC-SHA512, as it must."],
  [
    "sha256",
    hmac("something else", SECRET, "sha256"),
    "The symmetric signature has 64 bytes; this one has 32, as HMAC-SHA256 has.",
  ],
  [
    "rsa",
    rsa("something else"),
    "The symmetric signature has 64 bytes; this one has 256, as an RSA signature has: check it with --public-key.",
  ],
  ["short", "AAAz", "The symmetric signature has 64 bytes; this one has 3: it was changed or cut off on its way."],
  ["no encoding", "§§§", "It is neither Base64 nor hex, so it was changed or cut off on its way."],
])("what no known mistake explains is said to be so, with what to compare: %s", async (_, signature, remark) => {
  const { right, names, remarks, words, tried } = await symmetricCheck(signature);
  expect([right, names, remarks]).toEqual([false, [], [remark]]);
  expect(tried).toBeGreaterThan(3000);
  expect(words.split("\n")[0]).toBe(`wrong: no known mistake explains it (${tried} combinations tried).`);
  expect(words).toContain(
    `Compare with the other side: method, path with its query, body (${Buffer.byteLength(BODY)} bytes, white space included), access token (${TOKEN.length} characters), timestamp, client secret; then the string to sign below`,
  );
  expect(words).toContain("Give --base-url, to try signed URLs of other receivers than the mock; and --client-key");
});

test.each([
  [rsa("something else"), "It was made with the right private key, over another string to sign."],
  [
    rsa(asymmetricText(), "sha256", strangers.privateKey),
    "It was not made with the private key that belongs to this public key, or was changed on its way.",
  ],
  [
    hmac("something else"),
    "The asymmetric signature has 256 bytes with this key; this one has 64, as HMAC-SHA512 has.",
  ],
  [
    rsa(asymmetricText()).slice(0, 128),
    "The asymmetric signature has 256 bytes with this key; this one has 96: it was changed or cut off on its way.",
  ],
])("of an RSA signature, a wrong key and a wrong text are told apart", async (signature, remark) => {
  const { right, names, remarks } = await asymmetricCheck(signature);
  expect([right, names, remarks]).toEqual([false, [], [remark]]);
});

test("a mistake is printed with its fix and the steps of the right signature, and in JSON with a name", async () => {
  const args = ["--path", PATH, "--timestamp", TIME, "--body", file("b", BODY), "--check", overBody(BODY)];
  const found = "the body was hashed as it is, with its white space";
  const fix = "minify it first: remove the white space outside of strings, and nothing else";
  const stringToSign = textOf({ token: "eyJh***" });
  expect(await snapBi(args, { env: ENV })).toEqual({
    code: 1,
    stdout: `wrong. Exactly this signature comes out when:
- ${found}
  Fix: ${fix}.

What it must be made from:
type            symmetric: HMAC-SHA512 with the client secret
minified body   ${MINIFIED}
its SHA-256     ${sha(MINIFIED)}
string to sign  ${stringToSign}
X-TIMESTAMP     ${TIME}
X-SIGNATURE     ${RIGHT}
`,
    stderr: "",
  });
  const json = await snapBi([...args, "--json"], { env: ENV });
  expect([json.code, json.stderr, JSON.parse(json.stdout)]).toEqual([
    1,
    "",
    {
      right: false,
      diagnosis: {
        explanations: [[{ name: "body-not-minified", found, fix }]],
        remarks: [],
        tried: expect.any(Number),
        complete: true,
      },
      steps: {
        ...{ type: "symmetric", minifiedBody: MINIFIED, bodyHash: sha(MINIFIED), stringToSign, encoding: "base64" },
        ...{ headers: { "X-TIMESTAMP": TIME, "X-SIGNATURE": RIGHT }, signature: RIGHT },
      },
    },
  ]);
});

test("with --quiet only the exit code tells", async () => {
  const args = ["--path", PATH, "--timestamp", TIME, "--body", file("b", BODY), "--quiet"];
  expect(await snapBi([...args, "--check", RIGHT], { env: ENV })).toEqual({ code: 0, stdout: "", stderr: "" });
  expect(await snapBi([...args, "--check", "AAAA"], { env: ENV })).toEqual({ code: 1, stdout: "", stderr: "" });
});

test("the user name of a base URL is not repeated", async () => {
  const signature = hmac(textOf({ path: `https://host.example${PATH}` }));
  const { names, words } = await symmetricCheck(signature, {
    more: ["--base-url", "https://me:pw12345@host.example"],
  });
  expect(names).toEqual([["absolute-url"]]);
  expect(words).not.toContain("pw12345");
});

test("a search that takes long says on a terminal how far it is, and clears that", async () => {
  const body = JSON.stringify(Object.fromEntries([..."abcdefg"].map((name) => [name, `${name} é/`])));
  const shown: string[] = [];
  const args = ["sign", "--path", PATH, "--timestamp", TIME, "--body", file("b", body), "--quiet"];
  const terminal = { out() {}, err() {}, stdin: async () => Buffer.alloc(0), env: ENV, now: () => new Date() };
  const progress = (text: string) => void shown.push(text);
  expect(await main([...args, "--check", hmac("something else")], { ...terminal, progress })).toBe(1);
  expect(shown.length).toBeGreaterThan(1);
  expect(shown.pop()).toBe("");
  for (const text of shown) expect(text).toMatch(/^snap-bi: \d+ combinations tried, in \d s of at most 8 s$/);
});

test("a large body takes seconds, not minutes", async () => {
  const body = JSON.stringify({ note: "é/ <x> ".repeat(20_000) }, null, 2);
  const start = process.cpuUsage();
  const { names } = await symmetricCheck(hmac("something else"), { body });
  expect(names).toEqual([]);
  // of the processor, twice: in words and as JSON
  expect(process.cpuUsage(start).user).toBeLessThan(20_000_000);
});
