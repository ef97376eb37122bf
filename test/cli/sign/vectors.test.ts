// `snap-bi sign` against the published signatures: every step of the right ones, and what is wrong with the wrong ones.
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { file } from "../support.ts";
import { checked, snapBi, type Vector, vectors } from "./support.ts";

/** The options that say what a vector is about; secrets go through the environment. */
function argsOf(vector: Vector): { args: string[]; env: Record<string, string> } {
  const { type, method, path, body, timestamp, clientKey, clientSecret, accessToken, publicKey: pem } = vector;
  const args = ["--timestamp", timestamp];
  if (type === "token") args.push("--client-key", clientKey ?? "");
  else args.push("--method", method ?? "", "--path", path ?? "", "--body", file(`${vector.id}.body`, body ?? ""));
  if (pem) args.push("--public-key", "env:PUBLIC");
  const env = { S: clientSecret, SNAP_ACCESS_TOKEN: accessToken, PUBLIC: pem };
  if (clientSecret) args.push("--client-secret", "env:S");
  return {
    args,
    env: Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => !!entry[1])),
  };
}

const computed = vectors.filter(({ error }) => error === undefined);
const symmetric = computed.filter(({ type }) => type === "symmetric");

test.each(symmetric)("$id: every step is the published one", async (vector) => {
  const { args, env } = argsOf(vector);
  const { code, stdout } = await snapBi([...args, "--json", "--show-token"], { env });
  expect(code).toBe(0);
  const signature = vector.standardSignature ?? vector.signature;
  expect(JSON.parse(stdout)).toEqual({
    type: "symmetric",
    minifiedBody: vector.minified ?? "",
    bodyHash: vector.bodyHash ?? createHash("sha256").update("").digest("hex"),
    stringToSign: vector.standardStringToSign ?? vector.stringToSign,
    headers: { "X-TIMESTAMP": vector.timestamp, "X-SIGNATURE": signature },
    signature,
    encoding: "base64",
  });
  const quiet = await snapBi([...args, "--quiet"], { env });
  expect([quiet.code, quiet.stdout]).toEqual([0, `${signature}\n`]);
  const hex = await snapBi([...args, "--quiet", "--encoding", "hex"], { env });
  expect(hex.stdout.trim()).toBe(Buffer.from(signature ?? "", "base64").toString("hex"));
});

test.each(vectors.filter(({ error }) => error !== undefined))(
  "$id is refused in the words of the library",
  async (vector) => {
    const { args, env } = argsOf(vector);
    const { code, stdout, stderr } = await snapBi([...args, "--check", "AAAA"], { env });
    expect([code, stdout, stderr]).toEqual([2, "", `snap-bi: ${vector.error}\n`]);
  },
);

test.each(computed.filter(({ result }) => result === "valid"))("$id: --check says right", async (vector) => {
  const { args, env } = argsOf(vector);
  const { code, stdout } = await snapBi([...args, "--check", vector.signature ?? ""], { env });
  expect([code, stdout]).toEqual([0, "right: it is the signature over this request, in Base64\n"]);
});

/** What --check finds in the vectors that were made wrong; a text is a remark, for what cannot be told. */
const FLAGS: Record<string, string | RegExp> = {
  EmptyBodyHashDropped: "hash-dropped",
  BearerLeftIn: "bearer",
  AbsoluteUrl: "absolute-url",
  QueryStringDropped: "query-dropped",
  MethodCase: "method-case",
  BodyHashCase: "hash-case",
  NotMinified: "body-not-minified",
  WhitespaceStrippedInStrings: "body-stripped",
  Reserialised: "body-reserialised",
  EncodedTwice: "signature-encoded-twice",
  WrongAlgorithm: "hmac-algorithm",
  WrongSecret: "secret-blanks",
  CutOff: "signature-cut-off",
  NonCanonicalBase64: "signature-last-character",
  BodyChanged: /^It was made with the right private key, over another string to sign\.$/,
  WrongClientKey: /^It was made with the right private key, over another string to sign\.$/,
  WrongKey: /^It was not made with the private key that belongs to this public key, or was changed on its way\.$/,
};
const TIMESTAMPS: Record<string, string> = {
  "wrong-timestamp-symmetric": "timestamp-milliseconds",
  "wrong-timestamp-asymmetric": "timestamp-zone",
  "wrong-timestamp-token": "timestamp-seconds",
};

test.each(computed.filter(({ result }) => result === "invalid"))("$id: --check says what is wrong", async (vector) => {
  const { args, env } = argsOf(vector);
  const wanted = TIMESTAMPS[vector.id] ?? FLAGS[vector.flags?.[0] ?? ""];
  const { right, names, remarks } = await checked(
    [...args, "--base-url", "https://example.com"],
    vector.signature ?? "",
    env,
  );
  expect(right).toBe(false);
  if (typeof wanted === "string") expect([names, remarks]).toEqual([[[wanted]], []]);
  else expect([names, remarks]).toEqual([[], [expect.stringMatching(wanted ?? /never/)]]);
});
