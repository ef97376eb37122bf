// Redirects: none is followed, each is an error that says where it leads to, and no secret.
import { describe, expect, test } from "vitest";
import { createSnapClient, type SnapCallError, type SnapClientOptions } from "../../src/index.ts";
import { createSnapApi } from "../../src/openapi-fetch.ts";
import { failure, startPjp, symmetric, TOKEN, unknownOutcome } from "../support/client.ts";
import { type Answer, header, record } from "../support/http.ts";
import { provide } from "./support.ts";

const QUERY = "/v1.0/qr/qr-cpm-query";
const STATUSES = [301, 302, 303, 307, 308];
const id = { externalId: () => "0815" };

const leadsTo = (status: number, location?: string, body = "<p>Found</p>"): Answer => {
  return (response) => response.writeHead(status, { ...(location !== undefined && { location }) }).end(body);
};
const isRedirect = (status: number, target: string) =>
  `the answer, status ${status}, is a redirect${target}, which is not followed: check the base URL`;

/** Each way to call, with the options of the client. */
const ways: Record<string, (options: SnapClientOptions) => Promise<unknown>> = {
  "a method": (options) => createSnapClient(options).qrCpmQuery({}),
  "the client's fetch": (options) =>
    createSnapClient(options).fetch(new Request(options.baseUrl + QUERY, { method: "POST", body: "{}" })),
  "openapi-fetch": (options) =>
    createSnapApi(options, { redirect: "follow", requestInitExt: { redirect: "follow" } }).POST(QUERY, { body: {} }),
};

describe.each(Object.entries(ways))("a call by %s", (_, call) => {
  test.each(STATUSES)("is not sent on after a redirect, status %i, and its outcome is unknown", async (status) => {
    const elsewhere = await startPjp();
    const { url, received } = await startPjp(leadsTo(status, `${elsewhere.url}/moved?token=1#there`));
    expect(await failure(call({ ...symmetric(url), ...id }))).toMatchObject({
      ...unknownOutcome("ERR_SNAP_NOT_SNAP", isRedirect(status, ` to ${elsewhere.url}/moved`)),
      status,
    });
    expect([received.length, elsewhere.received.length]).toEqual([1, 0]);
  });

  test("asks fetch not to follow, in the one word that Cloudflare Workers have for it", async () => {
    const asked: unknown[] = [];
    const fetch = async (_: string, { redirect }: RequestInit) => {
      asked.push(redirect);
      return Response.json({ responseCode: "2006100", responseMessage: "Successful" });
    };
    await call({ ...symmetric("http://127.0.0.1:9"), fetch });
    expect(asked).toEqual(["manual"]);
  });

  test("is told of a redirect as a browser tells of it, without status and target", async () => {
    // the constructor does not make one
    const hidden = Object.defineProperties(new Response(), {
      type: { value: "opaqueredirect" },
      status: { value: 0 },
      ok: { value: false },
    });
    const error = await failure(call({ ...symmetric("http://127.0.0.1:9"), ...id, fetch: async () => hidden }));
    expect(error).toMatchObject({
      ...unknownOutcome("ERR_SNAP_NOT_SNAP", "the answer is a redirect, which is not followed: check the base URL"),
      status: undefined,
    });
  });

  test("is told of a redirect without a target too", async () => {
    const { url } = await startPjp(leadsTo(302));
    const error = await failure(call({ ...symmetric(url), ...id }));
    expect(error).toMatchObject({ ...unknownOutcome("ERR_SNAP_NOT_SNAP", isRedirect(302, "")), status: 302 });
  });
});

describe("a request for a token", () => {
  /** The error of a provider. */
  const refusal = (call: Promise<unknown>) =>
    call.then(
      () => expect.unreachable("there is a token"),
      (error: SnapCallError) => error,
    );
  const noToken = (why: string) => ({
    name: "SnapCallError",
    code: "ERR_SNAP_NOT_SNAP",
    operation: "accessTokenB2b",
    externalId: "",
    outcome: "rejected",
    message: `accessTokenB2b: no token, ${why}.`,
  });

  test.each(STATUSES)("is not sent on after a redirect, status %i, and there is no token", async (status) => {
    const elsewhere = await startPjp();
    const { url, received } = await record(leadsTo(status, `${elsewhere.url}/token`));
    expect(await refusal(provide(url)())).toMatchObject({
      ...noToken(isRedirect(status, ` to ${elsewhere.url}/token`)),
      status,
    });
    expect([received.length, elsewhere.received.length]).toEqual([1, 0]);
  });

  test("that is redirected leaves the call unsent", async () => {
    const { url, received } = await record(leadsTo(302, "/login"));
    const snap = createSnapClient({ ...symmetric(url), ...id, accessToken: provide(url) });
    expect(await failure(snap.qrCpmQuery({}))).toMatchObject({
      code: "ERR_SNAP_NO_TOKEN",
      outcome: "rejected",
      message: `qrCpmQuery 0815: not sent, without an access token: accessTokenB2b: no token, ${isRedirect(302, ` to ${url}/login`)}.`,
    });
    expect(received).toHaveLength(1);
  });

  test("does not show the client key that comes back in the target", async () => {
    const { url } = await record((response, request, number) =>
      leadsTo(302, `/for/${header(request, "X-CLIENT-KEY")}`)(response, request, number),
    );
    expect(await refusal(provide(url)())).toMatchObject(noToken(isRedirect(302, ` to ${url}`)));
  });
});

describe("the error tells of the target", () => {
  /** What the error says of it. */
  async function told(location: string): Promise<string> {
    const { url } = await startPjp(leadsTo(307, location));
    const { message } = await failure(createSnapClient({ ...symmetric(url), ...id }).qrCpmQuery({}));
    const [, target = ""] =
      /^qrCpmQuery 0815: the answer, status 307, is a redirect(.*), which is not/.exec(message) ?? [];
    return target.replace(url, "SELF");
  }

  test.each([
    ["a path, against the URL of the request", "/login", " to SELF/login"],
    ["a name, against the URL of the request", "next", " to SELF/v1.0/qr/next"],
    ["another host", "https://other.example/a", " to https://other.example/a"],
    ["no credentials", "https://user:secret@other.example/a", " to https://other.example/a"],
    ["no query and no fragment", "https://other.example/a?code=secret#secret", " to https://other.example/a"],
    ["200 characters", `https://other.example/${"a".repeat(300)}`, ` to https://other.example/${"a".repeat(178)}...`],
    ["printable characters only", "https://other.example/a b\xe9", " to https://other.example/a%20b%C3%A9"],
    ["nothing if it is not a web address", "javascript:alert(1)", ""],
    ["nothing if it cannot be read", "https://[", ""],
    ["nothing if the host holds the token", `https://${TOKEN.toUpperCase()}.other.example/a`, ""],
    ["the origin alone if the path holds the token", `https://other.example/in/${TOKEN}`, " to https://other.example"],
    [
      "the origin alone if the path holds the token in another spelling",
      `https://other.example/%74${TOKEN.slice(1)}`,
      " to https://other.example",
    ],
  ])("%s", async (_, location, expected) => {
    expect(await told(location)).toBe(expected);
  });

  test("the origin alone if the path holds the signature", async () => {
    const { url } = await startPjp((response, request, number) =>
      leadsTo(307, `/${encodeURIComponent(header(request, "X-SIGNATURE"))}`)(response, request, number),
    );
    const { message } = await failure(createSnapClient({ ...symmetric(url), ...id }).qrCpmQuery({}));
    expect(message).toContain(`${isRedirect(307, ` to ${url}`)}.`);
  });
});
