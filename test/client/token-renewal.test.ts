// The client with a provider of access tokens: when a token is renewed, and what happens without one.
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { createSnapClient, SnapCallError, type SnapCallOptions } from "../../src/index.ts";
import { bearer, failure, isSigned, NOW, notSent, symmetric, unknownOutcome } from "../support/client.ts";
import { header, json, type Received, record } from "../support/http.ts";
import { granted, provide } from "./support.ts";

describe("the client with a token provider", () => {
  const SUCCESS = { responseCode: "2006100", responseMessage: "Successful" };
  const invalidToken = { responseCode: "4016101", responseMessage: "Invalid Token (B2B)" };
  const TOKENS = "/v1.0/access-token/b2b";

  /** A PJP that gives tokens and answers queries, and a client whose clock moves on by a second at each reading. */
  async function setUp(query: (token: string) => [number, object]) {
    let tokens = 0;
    const { url, received } = await record((response, { path, headers }) => {
      if (path === TOKENS) json(200, granted(`token-${++tokens}`))(response);
      else json(...query(String(headers.authorization).replace("Bearer ", "")))(response);
    });
    const queries = () => received.filter(({ path }) => path !== TOKENS);
    let now = NOW.getTime();
    const clock = () => {
      now += 1000;
      return new Date(now);
    };
    const snap = createSnapClient({ ...symmetric(url), clock, accessToken: provide(url) });
    return { url, snap, queries, asked: () => received.length - queries().length };
  }
  test("many calls share a token", async () => {
    const { snap, queries, asked } = await setUp(() => [200, SUCCESS]);
    await Promise.all(Array.from({ length: 20 }, () => snap.qrCpmQuery({})));
    expect([asked(), queries().map(bearer)]).toEqual([1, Array(20).fill("token-1")]);
    expect(queries().every((one) => isSigned(one))).toBe(true);
  });

  test("a refused token is renewed once, and the call sent once more with a new id and a new time", async () => {
    const { snap, queries, asked } = await setUp((token) =>
      token === "token-1" ? [401, invalidToken] : [200, SUCCESS],
    );
    const options: SnapCallOptions = { headers: { "X-DEVICE-ID": "mine" } };
    const result = await snap.qrCpmQuery({ originalReferenceNo: "1" }, options);
    const [first, second, ...more] = queries() as [Received, Received];
    const externalId = header(second, "X-EXTERNAL-ID");
    expect(result).toEqual({
      ...{ data: SUCCESS, responseCode: SUCCESS.responseCode },
      ...{ response: expect.any(Response), externalId },
    });
    expect([asked(), more]).toEqual([2, []]);
    expect([bearer(first), bearer(second)]).toEqual(["token-1", "token-2"]);
    expect([isSigned(first), isSigned(second)]).toEqual([true, true]);
    expect(second.body).toEqual(first.body);
    for (const name of ["X-EXTERNAL-ID", "X-TIMESTAMP"]) expect(header(second, name)).not.toBe(header(first, name));
    expect([header(first, "X-DEVICE-ID"), header(second, "X-DEVICE-ID")]).toEqual(["mine", "mine"]);
    await snap.qrCpmQuery({});
    expect([asked(), bearer(queries()[2] as Received)]).toEqual([2, "token-2"]);
  });

  test("a refused token is renewed if a PJP answers everything with status 200", async () => {
    const { snap, queries, asked } = await setUp((token) => [200, token === "token-1" ? invalidToken : SUCCESS]);
    expect(await snap.qrCpmQuery({})).toMatchObject({ data: SUCCESS });
    expect([asked(), queries().length]).toEqual([2, 2]);
  });

  test("the error says why there is no token, and quotes nothing of the answer", async () => {
    const { url } = await record((response) => response.writeHead(502).end("a-token-as-plain-text"));
    const call = (baseUrl: string) =>
      createSnapClient({
        ...symmetric(baseUrl),
        accessToken: provide(baseUrl),
        externalId: () => "0815",
      }).qrCpmQuery({});
    const refusalOf = (baseUrl: string) => failure(call(baseUrl));
    const why = "without an access token: accessTokenB2b: no token,";
    const garbled = await refusalOf(url);
    expect(garbled).toMatchObject({
      ...notSent("ERR_SNAP_NO_TOKEN", `${why} the answer, status 502, is not JSON.`),
      cause: { code: "ERR_SNAP_NOT_SNAP" },
    });
    expect(inspect(garbled, { depth: 9, showHidden: true })).not.toContain("a-token");
    expect(await refusalOf("http://127.0.0.1:9")).toMatchObject({
      ...notSent("ERR_SNAP_NO_TOKEN", `${why} no connection was made (bad port).`),
      cause: { code: "ERR_SNAP_NETWORK" },
    });
  });

  test("if the new token is refused too, the refusal is returned", async () => {
    const { snap, queries, asked } = await setUp(() => [401, invalidToken]);
    const { error, response } = await snap.qrCpmQuery({});
    expect([error, response.status]).toEqual([invalidToken, 401]);
    expect([asked(), queries().length]).toEqual([2, 2]);
  });

  test("50 parallel refusals renew the token once", async () => {
    const { snap, queries, asked } = await setUp((token) =>
      token === "token-1" ? [401, invalidToken] : [200, SUCCESS],
    );
    const results = await Promise.all(Array.from({ length: 50 }, () => snap.qrCpmQuery({})));
    expect(results.every(({ data }) => data !== undefined)).toBe(true);
    expect([asked(), queries().length]).toEqual([2, 100]);
    expect(new Set(queries().map((one) => header(one, "X-EXTERNAL-ID"))).size).toBe(100);
  });

  test.each([
    [401, "4016100"],
    [401, "4016102"],
    [401, "4016103"],
    [401, "40161010"],
    [400, "4016101"],
    [403, "4036101"],
    [500, "4016101"],
    [500, "5006101"],
  ])("status %i with %s is returned, and no token renewed", async (status, responseCode) => {
    const { snap, queries, asked } = await setUp(() => [status, { responseCode, responseMessage: "x" }]);
    const { data, error } = await snap.qrCpmQuery({});
    expect([(data ?? error)?.responseCode, asked(), queries().length]).toEqual([responseCode, 1, 1]);
  });

  test.each([
    ["a string", "token-0"],
    ["a function", () => "token-0"],
  ])("a token from %s is not renewed", async (_, accessToken) => {
    const { url, queries, asked } = await setUp(() => [401, invalidToken]);
    const snap = createSnapClient({ ...symmetric(url), accessToken });
    expect((await snap.qrCpmQuery({})).error).toEqual(invalidToken);
    expect([asked(), queries().map(bearer)]).toEqual([0, ["token-0"]]);
  });

  test("a call with its own Authorization is not sent again, and the provider keeps its token", async () => {
    const { snap, queries, asked } = await setUp((token) => (token === "mine" ? [401, invalidToken] : [200, SUCCESS]));
    await snap.qrCpmQuery({});
    expect((await snap.qrCpmQuery({}, { headers: { Authorization: "Bearer mine" } })).error).toEqual(invalidToken);
    await snap.qrCpmQuery({});
    expect([asked(), queries().map(bearer)]).toEqual([1, ["token-1", "mine", "token-1"]]);
  });

  test.each([["X-EXTERNAL-ID"], ["X-TIMESTAMP"], ["X-SIGNATURE"]])(
    "a call that sets %s is not sent again; the next call has a new token",
    async (name) => {
      const { snap, queries, asked } = await setUp((token) =>
        token === "token-1" ? [401, invalidToken] : [200, SUCCESS],
      );
      expect((await snap.qrCpmQuery({}, { headers: { [name]: "mine" } })).error).toEqual(invalidToken);
      expect([asked(), queries().length]).toEqual([1, 1]);
      expect((await snap.qrCpmQuery({})).data).toEqual(SUCCESS);
      expect(queries().map(bearer)).toEqual(["token-1", "token-2"]);
    },
  );

  test("the time limit is for both attempts together", async () => {
    const { url } = await record((response, { path }, number) => {
      if (path === TOKENS) json(200, granted(`token-${number}`))(response);
      else setTimeout(() => json(401, invalidToken)(response), 80);
    });
    const snap = createSnapClient({ ...symmetric(url), accessToken: provide(url), externalId: () => "0815" });
    await snap.qrCpmQuery({});
    expect(await failure(snap.qrCpmQuery({}, { timeout: 120 }))).toMatchObject(
      unknownOutcome("ERR_SNAP_TIMEOUT", "no answer within 120 ms"),
    );
  });

  test("without a token the call is not sent, and the error says why", async () => {
    const refusal = { responseCode: "4017300", responseMessage: "Unauthorized. [Signature]" };
    const { url, received } = await record(json(401, refusal));
    const snap = createSnapClient({ ...symmetric(url), accessToken: provide(url), externalId: () => "0815" });
    const why = "accessTokenB2b: no token, status 401, 4017300 Unauthorized. [Signature].";
    const error = await failure(snap.qrCpmQuery({}));
    expect(error).toMatchObject(notSent("ERR_SNAP_NO_TOKEN", `without an access token: ${why}`));
    expect(error.cause).toBeInstanceOf(SnapCallError);
    expect(error.cause).toMatchObject({ code: "ERR_SNAP_NO_TOKEN", operation: "accessTokenB2b", message: why });
    expect(received.map(({ path }) => path)).toEqual([TOKENS]);
  });
});
