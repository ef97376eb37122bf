// Client and receiver of each profile talk to each other over HTTP: path, headers, kind of signature, what of the URL is signed.

import { expect, onTestFinished, test } from "vitest";
import type { Contract } from "../../src/contract/contract.ts";
import { createSnapClient, createTokenProvider, type Profile, type SnapSignature, verify } from "../../src/index.ts";
import { createSnapServer } from "../../src/node.ts";
import { createSnapHandler, type SnapAnswered } from "../../src/server.ts";
import { privateKey, publicKey } from "../support/keys.ts";
import { contracts, examplesOf, transactionsOf } from "../support/profile-contracts.ts";

const SECRET = "secret-that-the-pjp-issued";
const TOKEN = "token-that-the-pjp-gave-out";

type Methods = Record<
  string,
  (body: object, options?: { headers: object }) => Promise<{ data?: object; error?: object; externalId: string }>
>;

/** The kind of signature that a client of a profile makes: both where it is free. */
function kindsOf({ operations }: Contract): SnapSignature["type"][] {
  const kinds = Object.values(operations).flatMap(({ signature }) => (signature === "token" ? [] : [signature]));
  return (["symmetric", "asymmetric"] as const).filter(
    (kind) => !kinds.some((other) => other !== undefined && other !== kind),
  );
}

/** The receiver of a profile, with its own examples as answers. */
async function receiver(profile: Contract, basePath: string) {
  const answered: SnapAnswered[] = [];
  const received: { headers: Headers; path: string; body: Uint8Array }[] = [];
  const ids = transactionsOf(profile);
  const operations = Object.fromEntries(
    ids.map((id) => [
      id,
      ({ headers, path, rawBody }: { headers: Headers; path: string; rawBody: Uint8Array }) => {
        received.push({ headers, path, body: rawBody });
        return examplesOf(profile, id).byStatus.get("200")?.[0]?.body;
      },
    ]),
  );
  const errors: unknown[] = [];
  const handler = createSnapHandler<Contract>({
    profile,
    basePath,
    key: ({ operation }) => {
      const key = { type: "asymmetric", publicKey } as const;
      return operation === "accessTokenB2b" ? key : [{ type: "symmetric", clientSecret: SECRET }, key];
    },
    verifyToken: (token) => token === TOKEN,
    withoutToken: ids.filter((id) => id !== "accessTokenB2b"),
    operations: {
      ...operations,
      ...(profile.operations.accessTokenB2b && {
        accessTokenB2b: () => ({
          ...examplesOf(profile, "accessTokenB2b").byStatus.get("200")?.[0]?.body,
          accessToken: TOKEN,
        }),
      }),
    } as never,
    onAnswer: (answer) => answered.push(answer),
    onError: (error) => errors.push(error),
  });
  const server = createSnapServer(handler);
  onTestFinished(() => server.close());
  return { url: await server.listen(0, "127.0.0.1"), answered, received, errors };
}

const rows = contracts.flatMap((profile) => kindsOf(profile).map((kind) => ({ profile, kind, name: profile.name })));

test("every profile is here, with each kind of signature that it takes", () => {
  const kinds = [
    "aspi-2025 symmetric",
    "aspi-2025 asymmetric",
    "bca symmetric",
    "dana asymmetric",
    "doku symmetric",
    "finpay symmetric",
    "midtrans symmetric",
    "shopeepay symmetric",
  ];
  expect(rows.map(({ name, kind }) => `${name} ${kind}`)).toEqual(expect.arrayContaining(kinds));
});

test.each(rows)("$name, $kind: every operation is called and answered in the dialect", async ({ profile, kind }) => {
  const { url, answered, received, errors } = await receiver(profile, profile.basePath);
  const provider = profile.operations.accessTokenB2b
    ? createTokenProvider({ baseUrl: url, clientKey: "client", privateKey, profile })
    : TOKEN;
  const signature: SnapSignature =
    kind === "symmetric" ? { type: kind, clientSecret: SECRET } : { type: kind, privateKey };
  const options = { profile: profile as Profile, baseUrl: url, partnerId: "partner", channelId: "95221", signature };
  const snap = createSnapClient({ ...options, accessToken: provider } as never) as unknown as Methods;
  for (const id of transactionsOf(profile)) {
    const { request, byStatus } = examplesOf(profile, id);
    const { data, error, externalId } = (await snap[id]?.(request[0]?.body ?? {})) ?? {};
    expect({ id, errors, error, data }).toEqual({ id, errors: [], data: byStatus.get("200")?.[0]?.body });
    const { headers, path } = received.at(-1) ?? {};
    const { path: own, bearer, without = [] } = profile.operations[id] ?? {};
    expect(path).toBe(`${profile.basePath}${own}`);
    expect(answered.at(-1)).toMatchObject({ operation: id, step: "operation", verified: { type: kind } });
    expect(headers?.has("authorization")).toBe(bearer);
    for (const name of without) expect(headers?.has(name)).toBe(false);
    // an id counts once a day, with a token or without
    const again = await snap[id]?.(request[0]?.body ?? {}, { headers: { "X-EXTERNAL-ID": externalId } });
    expect(again?.error).toMatchObject({ responseCode: `409${profile.operations[id]?.serviceCode}00` });
  }
});

test("a base path that the profile leaves out of the signature is sent and not signed", async () => {
  const midtrans = contracts.find(({ name }) => name === "midtrans") as Contract;
  const { url, received } = await receiver(midtrans, "/callbacks");
  const client = createSnapClient({
    profile: midtrans as Profile,
    baseUrl: `${url}/callbacks`,
    partnerId: "midtrans",
    channelId: "95221",
    signature: { type: "symmetric", clientSecret: SECRET },
    accessToken: TOKEN,
  } as never) as unknown as Methods;
  const body = examplesOf(midtrans, "qrCpmNotify").request[0]?.body ?? {};
  expect(await client.qrCpmNotify?.(body)).toMatchObject({ data: { responseCode: "2007900" } });
  const [{ headers, path, body: sent } = { headers: new Headers(), path: "", body: new Uint8Array() }] = received;
  expect(path).toBe("/callbacks/v1.0/qr/qr-cpm-notify");
  const about = { type: "symmetric", method: "POST", accessToken: TOKEN, body: sent, clientSecret: SECRET } as const;
  const its = { timestamp: headers.get("x-timestamp") ?? "", signature: headers.get("x-signature") ?? "" };
  expect(verify({ ...about, ...its, path: "/v1.0/qr/qr-cpm-notify" })).toBe(true);
  expect(verify({ ...about, ...its, path })).toBe(false);
});
