// `snap-bi sign`: what it signs, and what it prints of it.
import { expect, test } from "vitest";
import { snapBiProcess } from "../../support/cli.ts";
import { file } from "../support.ts";
import {
  asymmetricText,
  BODY,
  ENV,
  hmac,
  keep,
  overBody,
  PATH,
  privateKey,
  RIGHT,
  rsa,
  SECRET,
  sha,
  snapBi,
  TIME,
  TOKEN,
  textOf,
} from "./support.ts";

const now = new Date("2020-12-23T00:50:11.999Z");

test("prints every step, the time of Jakarta by default, and the token masked", async () => {
  const { code, stdout, stderr } = await snapBi(["--path", "/v1.0/qr/qr-cpm-query", "--body", "-"], {
    env: ENV,
    stdin: '{ "a": 1.0 }',
    now,
  });
  const hash = sha('{"a":1.0}');
  const text = (token: string) => `POST:/v1.0/qr/qr-cpm-query:${token}:${hash}:2020-12-23T07:50:11+07:00`;
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toBe(`type            symmetric: HMAC-SHA512 with the client secret
minified body   {"a":1.0}
its SHA-256     ${hash}
string to sign  ${text("eyJh***")}
X-TIMESTAMP     2020-12-23T07:50:11+07:00
X-SIGNATURE     ${hmac(text(TOKEN))}
`);
});

test("a short token is masked whole, and --show-token shows it", async () => {
  const args = ["--path", "/x", "--client-secret", "env:SNAP_CLIENT_SECRET", "--access-token", "env:SHORT"];
  const env = { ...ENV, SHORT: "elevenchars" };
  expect((await snapBi(args, { env })).stdout).toContain("string to sign  POST:/x:***:");
  expect((await snapBi([...args, "--show-token"], { env })).stdout).toContain("POST:/x:elevenchars:");
});

test("tokens in the body are masked as well", async () => {
  const stdin = JSON.stringify({ userAccessToken: TOKEN, list: [{ Token: 'x\\"y', token: "" }], "a token": 1 });
  const args = ["--path", "/x", "--body", "-"];
  const { stdout } = await snapBi(args, { env: ENV, stdin });
  expect(stdout).toContain('{"userAccessToken":"eyJh***","list":[{"Token":"***","token":""}],"a token":1}');
  expect(stdout).toContain(sha(stdin));
  const cut = await snapBi(args, { env: ENV, stdin: `{"token":"${TOKEN}` });
  expect(cut.stdout).toContain('{"token":"eyJh***\n');
  expect((await snapBi([...args, "--show-token"], { env: ENV, stdin })).stdout).toContain(TOKEN);
});

test("a body of ten million bytes is signed", async () => {
  // a pattern for a whole string, with a group that repeats, overflows V8's stack from 4.2 million of these on
  const stdin = `{"a":"${"\\n".repeat(5_000_000)}"}`;
  const args = ["--path", "/x", "--body", "-", "--quiet", "--timestamp", "2020-12-23T07:50:11+07:00"];
  const { code, stderr } = await snapBi(args, { env: ENV, stdin });
  expect([code, stderr]).toEqual([0, ""]);
});

test("without --body the body is empty", async () => {
  const { stdout, stderr } = await snapBi(["--path", "/x", "--method", "get"], { env: ENV, now });
  expect(stderr).toBe("");
  expect(stdout).toContain(`minified body   (empty)\nits SHA-256     ${sha("")}\n`);
  expect(stdout).toContain("string to sign  GET:/x:");
});

test.each([
  ["", "the body is empty"],
  ["nothing", "the body is not JSON; it is signed all the same"],
  ['{"a":1,}', "the body is not JSON; it is signed all the same"],
  [Buffer.of(0x22, 0xff, 0x22), "the body is not JSON; it is signed all the same"],
])("a body that is empty or not JSON is signed with a warning: %j", async (stdin, warning) => {
  const args = ["--path", PATH, "--timestamp", TIME, "--body", "-", "--quiet"];
  const stdout = `${overBody(stdin)}\n`;
  expect(await snapBi(args, { env: ENV, stdin })).toEqual({ code: 0, stdout, stderr: `snap-bi: ${warning}\n` });
  const checked = await snapBi([...args, "--check", overBody(stdin)], { env: ENV, stdin });
  expect(checked).toEqual({ code: 0, stdout: "", stderr: "" });
});

test.each(["[]", "5", "\ufeff{}"])("%j is JSON, and signed without a warning", async (stdin) => {
  expect(await snapBi(["--path", "/x", "--body", "-"], { env: ENV, stdin })).toMatchObject({ code: 0, stderr: "" });
});

test("a body is read as bytes", async () => {
  const stdin = Buffer.concat([Buffer.from('{"a": "'), Buffer.of(0xff, 0xfe), Buffer.from('"}')]);
  const { stdout } = await snapBi(["--path", "/x", "--body", "-"], { env: ENV, stdin });
  expect(stdout).toContain(sha(Buffer.concat([Buffer.from('{"a":"'), Buffer.of(0xff, 0xfe), Buffer.from('"}')])));
});

test("with a private key it makes the asymmetric signature, without a token", async () => {
  const pem = file("private.pem", privateKey);
  for (const [args, env] of [
    [["--private-key", `@${pem}`], ENV],
    [[], { SNAP_PRIVATE_KEY: privateKey.replaceAll("\n", "\\n"), SNAP_ACCESS_TOKEN: TOKEN }],
  ] as const) {
    const { code, stdout } = await snapBi(["--path", PATH, "--timestamp", TIME, "--json", ...args], { env });
    const text = asymmetricText(sha(""));
    expect([code, JSON.parse(stdout)]).toEqual([
      0,
      {
        ...{ type: "asymmetric", minifiedBody: "", bodyHash: sha(""), stringToSign: text, encoding: "base64" },
        ...{ headers: { "X-TIMESTAMP": TIME, "X-SIGNATURE": rsa(text) }, signature: rsa(text) },
      },
    ]);
  }
});

test("with --client-key it signs a request for a token", async () => {
  const { code, stdout } = await snapBi(["--client-key", "my-client", "--timestamp", TIME], {
    env: { ...ENV, SNAP_PRIVATE_KEY: privateKey },
  });
  expect([code, stdout]).toEqual([
    0,
    `type            request for a token: SHA256withRSA with the private key
string to sign  my-client|${TIME}
X-TIMESTAMP     ${TIME}
X-SIGNATURE     ${rsa(`my-client|${TIME}`)}
`,
  ]);
});

test("secrets come from variables and files; a line break at a file's end does not count", async () => {
  const args = ["--path", PATH, "--timestamp", TIME, "--body", file("b", BODY), "--quiet"];
  const ways = [
    [[], ENV],
    [["--client-secret", "env:A", "--access-token", "env:B"], { A: SECRET, B: TOKEN }],
    [["--client-secret", `@${file("s1", SECRET)}`], { SNAP_ACCESS_TOKEN: TOKEN }],
    [["--client-secret", `@${file("s2", `${SECRET}\n`)}`, "--access-token", `@${file("t", `${TOKEN}\r\n`)}`], {}],
  ] as const;
  for (const [more, env] of ways)
    expect(await snapBi([...args, ...more], { env })).toEqual({ code: 0, stdout: `${RIGHT}\n`, stderr: "" });
  const two = await snapBi([...args, "--client-secret", `@${file("s3", `${SECRET}\n\n`)}`], { env: ENV });
  expect(two.stdout).toBe(`${hmac(textOf(), `${SECRET}\n`)}\n`);
});

test.each(["2020-12-23T07:50:11.123Z", "2021-02-29T07:50:11+07:00"])(
  "a timestamp that the contract refuses is signed with a warning: %s",
  async (timestamp) => {
    expect(await snapBi(["--path", "/x", "--timestamp", timestamp], { env: ENV })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`X-TIMESTAMP     ${timestamp}\nX-SIGNATURE `),
      stderr:
        "snap-bi: the contract refuses this timestamp: X-TIMESTAMP must be a time such as 2020-12-23T07:50:11+07:00\n",
    });
  },
);

test("what steers the terminal is shown as an escape", async () => {
  const { stdout } = await snapBi(["--path", "/x", "--body", "-"], { env: ENV, stdin: '{"a":"\u001b[2J"}' });
  expect(stdout).toContain('{"a":"\\u001b[2J"}');
});

test("as a process it signs and checks, from variables, files and stdin", async () => {
  const args = ["sign", "--path", PATH, "--timestamp", TIME, "--body", "-"];
  const ran = [
    await snapBiProcess([...args, "--quiet"], { env: ENV, stdin: BODY }),
    await snapBiProcess([...args, "--check", RIGHT], { env: ENV, stdin: BODY }),
    await snapBiProcess([...args, "--check", overBody(BODY)], { env: ENV, stdin: BODY }),
    await snapBiProcess([...args, "--client-secret", SECRET], { env: ENV, stdin: BODY }),
  ];
  for (const each of ran) keep(args, each);
  expect(ran.map(({ code }) => code)).toEqual([0, 0, 1, 2]);
  expect(ran[0]).toMatchObject({ stdout: `${RIGHT}\n`, stderr: "" });
  expect(ran[2]?.stdout).toContain("- the body was hashed as it is, with its white space\n");
});
