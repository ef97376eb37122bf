// `snap-bi sign` refuses options that are missing, wrong or contradict each other, in one line that repeats no secret.
import { expect, test } from "vitest";
import { file } from "../support.ts";
import { ENV, privateKey, SECRET, snapBi, TIME, TOKEN } from "./support.ts";

const LITERAL = (option: string) =>
  `--${option} must be env:NAME or @FILE, not the value itself: a command line stays in the shell's history and shows in the list of processes; export it as an environment variable, or write it to a file that only you can read`;
const UNSET = (option: string, found = "is not set") =>
  `the environment variable that --${option} names ${found}; write its name, as in env:NAME, not its value, and export it`;

test.each([
  [["--path", "/x", "--client-secret", SECRET], ENV, LITERAL("client-secret")],
  [["--path", "/x", "--access-token", TOKEN], ENV, LITERAL("access-token")],
  [["--path", "/x", "--access-token", `Bearer ${TOKEN}`], ENV, LITERAL("access-token")],
  [["--path", "/x", "--private-key", privateKey.replace(/^-+/, "")], {}, LITERAL("private-key")],
  [["--path", "/x", "--client-secret", `env:${SECRET}`], ENV, UNSET("client-secret")],
  [["--path", "/x", "--client-secret", "env:EMPTY"], { ...ENV, EMPTY: "" }, UNSET("client-secret", "is empty")],
  [["--path", "/x", "--client-secret", "env:toString"], ENV, UNSET("client-secret")],
  [
    ["--path", "/x", "--client-secret", `@${SECRET}`],
    ENV,
    "cannot read the file that --client-secret names: the file does not exist; write @ and its name",
  ],
  [["--path", "/x", "--client-secret", "@EMPTY"], ENV, "the file that --client-secret names is empty"],
  [
    ["--path", "/x", "--access-token", "env:A", TOKEN],
    ENV,
    "sign takes options only; quote values that hold spaces; try --help",
  ],
  [["--path", "/x", `--secret=${SECRET}`], ENV, "Unknown option '--secret'; try --help"],
  [[], ENV, "--path is missing, such as --path /v1.0/qr/qr-cpm-query; try --help"],
  [
    ["--path", "x"],
    ENV,
    'path must start with a slash; pass what follows the host, such as "/v1.0/qr/qr-cpm-payment", with its query.',
  ],
  [["--path", "/x", "--method", ""], ENV, 'method must not be empty; pass the HTTP method, such as "POST".'],
  [["--path", "/x", "--timestamp", ""], ENV, "timestamp must not be empty; pass the value of the X-TIMESTAMP header."],
  [["--path", "/x", "--body", "nowhere.json"], ENV, "cannot read nowhere.json: the file does not exist"],
  [["--path", "/x", "--encoding", "hexx"], ENV, '--encoding must be base64 or hex, not "hexx"'],
  [
    ["--path", "/x", "--quiet"],
    ENV,
    "--quiet does not print the X-TIMESTAMP, so say which one is signed with --timestamp",
  ],
  [["--path", "/x", "--quiet", "--json", "--timestamp", TIME], ENV, "--quiet and --json exclude each other"],
  [
    ["--path", "/x", "--check", "AAAA"],
    ENV,
    "--check needs --timestamp, the X-TIMESTAMP that was sent with the signature",
  ],
  [
    ["--path", "/x", "--timestamp", TIME, "--check="],
    ENV,
    "--check must be the signature, in Base64 or hex; this one is empty",
  ],
  [["--path", "/x", "--check", " "], ENV, "--check must be the signature, in Base64 or hex; this one is empty"],
  [["--path", "/x", "--public-key", "@k"], ENV, "--public-key is for --check; signing does not need it"],
  [["--path", "/x", "--base-url", "https://a"], ENV, "--base-url is for --check; signing does not need it"],
  [
    ["--path", "/x", "--client-secret", "env:A", "--private-key", "env:B"],
    ENV,
    "--client-secret makes a symmetric signature and --private-key an asymmetric one; give one of them",
  ],
  [
    ["--path", "/x"],
    { ...ENV, SNAP_PRIVATE_KEY: privateKey },
    "SNAP_CLIENT_SECRET and SNAP_PRIVATE_KEY are both set; choose with --client-secret env:SNAP_CLIENT_SECRET or --private-key env:SNAP_PRIVATE_KEY",
  ],
  [
    ["--path", "/x"],
    {},
    "a secret or a key is missing: give --client-secret or --private-key, as env:NAME or @FILE, or set SNAP_CLIENT_SECRET or SNAP_PRIVATE_KEY",
  ],
  [
    ["--path", "/x"],
    { SNAP_CLIENT_SECRET: SECRET },
    "the symmetric signature covers the access token: give it with --access-token env:NAME or @FILE, or set SNAP_ACCESS_TOKEN",
  ],
  [
    ["--path", "/x", "--private-key", "env:K", "--access-token", "env:SNAP_ACCESS_TOKEN"],
    { ...ENV, K: privateKey },
    "the asymmetric signature does not cover the access token; leave --access-token out, or use --client-secret",
  ],
  [
    ["--path", "/x", "--private-key", "env:SNAP_CLIENT_SECRET"],
    ENV,
    "privateKey must be an RSA private key in PEM form (PKCS#1 or PKCS#8), but has no BEGIN and END lines; pass the text of the file, not its name.",
  ],
  [
    ["--path", "/x", "--check", "AAAA", "--timestamp", TIME, "--public-key", "env:K"],
    { ...ENV, K: privateKey },
    "publicKey must be an RSA public key in PEM form (SPKI, PKCS#1 or X.509 certificate), but is a private key; pass the public key of the pair.",
  ],
  [
    ["--client-key", "me"],
    ENV,
    "a request for a token is signed with the private key: give it with --private-key @FILE or env:NAME, or set SNAP_PRIVATE_KEY",
  ],
  [
    ["--client-key", "me", "--client-secret", "env:SNAP_CLIENT_SECRET"],
    ENV,
    "a request for a token is signed with --private-key, not with --client-secret",
  ],
  [
    ["--client-key", "me", "--path", "/x"],
    ENV,
    "--client-key signs a request for a token, which does not cover --path; leave one of them out",
  ],
  [
    ["--client-key", "me", "--body", "-", "--check", "AAAA", "--timestamp", TIME],
    ENV,
    "--client-key signs a request for a token, which does not cover --body; leave one of them out",
  ],
  [
    ["--client-key", ""],
    { SNAP_PRIVATE_KEY: privateKey },
    "clientKey must not be empty; pass the value of the X-CLIENT-KEY header.",
  ],
  [
    ["--path", "/x"],
    { SNAP_CLIENT_SECRET: SECRET, SNAP_ACCESS_TOKEN: `Bearer ${TOKEN}` },
    'accessToken must be the bare token, without "Bearer "; the signature covers nothing else.',
  ],
] as [string[], Record<string, string>, string][])("is refused in one line, case %#", async (args, env, message) => {
  const given = args.map((arg) => arg.replace("@EMPTY", `@${file("empty", "\n")}`));
  expect(await snapBi(given, { env })).toEqual({ code: 2, stdout: "", stderr: `snap-bi: ${message}\n` });
});
