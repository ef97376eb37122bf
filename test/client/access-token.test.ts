// Where the client gets its access token, and what happens when there is none.
import { describe, expect, test } from "vitest";
import { createSnapClient, SnapCallError } from "../../src/index.ts";
import {
  abortable,
  asymmetric,
  bearer,
  failure,
  isSigned,
  notSent,
  startPjp,
  symmetric,
  TOKEN,
} from "../support/client.ts";

describe("access token", () => {
  test.each([
    ["a string", TOKEN],
    ["a function", () => TOKEN],
    ["an async function", async () => TOKEN],
  ])("as %s is sent and signed", async (_, accessToken) => {
    const { url, received } = await startPjp();
    await createSnapClient({ ...symmetric(url), accessToken }).qrCpmQuery({});
    await createSnapClient({ ...asymmetric(url), accessToken }).qrCpmQuery({});
    expect(received.map(bearer)).toEqual([TOKEN, TOKEN]);
    expect([isSigned(received[0]), isSigned(received[1], "asymmetric")]).toEqual([true, true]);
  });

  test("a function is asked on each call", async () => {
    const { url, received } = await startPjp();
    let asked = 0;
    const snap = createSnapClient({ ...symmetric(url), accessToken: () => `token-${++asked}` });
    for (let call = 0; call < 3; call += 1) await snap.qrCpmQuery({});
    expect(received.map(bearer)).toEqual(["token-1", "token-2", "token-3"]);
  });

  const noToken = (why: string) => notSent("ERR_SNAP_NO_TOKEN", `without an access token: ${why}`);
  const notBare = 'the access token must be the bare token: not empty, no spaces, without "Bearer ".';
  const id = { externalId: () => "0815" };
  const down = new Error("the vault is sealed");
  test.each<[string, () => string | Promise<string>, string]>([
    ["rejects", () => Promise.reject(down), "the vault is sealed"],
    [
      "throws",
      () => {
        throw down;
      },
      "the vault is sealed",
    ],
    ["rejects with undefined", () => Promise.reject(undefined), "undefined"],
    ["gives an empty token", () => "", notBare],
    ["gives undefined", () => undefined as unknown as string, notBare],
    ["gives a token with Bearer", () => `Bearer ${TOKEN}`, notBare],
    ["gives a token with a line break", () => `${TOKEN}\n`, notBare],
  ])("if a function %s, nothing is sent, and the error says so", async (_, accessToken, why) => {
    const { url, received } = await startPjp();
    const snap = createSnapClient({ ...symmetric(url), accessToken, ...id });
    const error = await snap.qrCpmQuery({}).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SnapCallError);
    expect(error).toMatchObject(noToken(why));
    expect((error as SnapCallError).message).not.toContain(TOKEN);
    // a copy: an error of somebody else's may hold more than it says
    if (why === down.message) expect((error as SnapCallError).cause).toStrictEqual(down);
    expect(received).toHaveLength(0);
  });

  test("a function that does not answer is waited for until the time limit of the call, or until it is aborted", async () => {
    const { url, received } = await startPjp();
    const snap = createSnapClient({ ...symmetric(url), accessToken: () => new Promise(() => {}), ...id });
    const byTime = await failure(snap.qrCpmQuery({}, { timeout: 50 }));
    expect(byTime).toMatchObject(notSent("ERR_SNAP_TIMEOUT", "no answer within 50 ms"));
    const { signal, abort } = abortable();
    const call = failure(snap.qrCpmQuery({}, { signal }));
    abort();
    expect(await call).toMatchObject(notSent("ERR_SNAP_ABORTED", "given up by the caller"));
    expect(received).toHaveLength(0);
  });

  test("a call that is aborted after the token was asked for is not sent", async () => {
    const { signal, abort } = abortable();
    const fetch = () => expect.unreachable("sent");
    const clock = () => {
      abort();
      return new Date();
    };
    const snap = createSnapClient({ ...symmetric("http://127.0.0.1:9"), fetch, clock, ...id });
    expect(await failure(snap.qrCpmQuery({}, { signal }))).toMatchObject(
      notSent("ERR_SNAP_ABORTED", "given up by the caller"),
    );
  });

  test("a function that aborts the call and throws is one failure, not two", async () => {
    const { signal, abort } = abortable();
    const accessToken = () => {
      abort();
      throw new Error("no token today");
    };
    const snap = createSnapClient({ ...symmetric("http://127.0.0.1:9"), accessToken, ...id });
    // a second one, that nobody waits for, would end the process
    expect(await failure(snap.qrCpmQuery({}, { signal }))).toMatchObject(
      notSent("ERR_SNAP_ABORTED", "given up by the caller"),
    );
  });

  test.each([
    ["an object without a prototype", Object.create(null), "not an Error"],
    ["a text", "no luck", "no luck"],
    ["undefined", undefined, "undefined"],
  ])("the error says what the function rejected with: %s", async (_, thrown, said) => {
    const accessToken = () => Promise.reject(thrown);
    const snap = createSnapClient({ ...symmetric("http://127.0.0.1:9"), accessToken, ...id });
    expect(await failure(snap.qrCpmQuery({}))).toMatchObject(noToken(said));
  });
});
