// CORS of mock and sandbox over real HTTP: which pages may call, what a browser is told, and what is for no page.
import { request } from "node:http";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { type HostOptions, type LogEntry, type RunningServer, startMock, startSandbox } from "../../src/sandbox.ts";
import { requestOf } from "../mock/support.ts";
import { typeError } from "../support/errors.ts";

const PAGE = "http://localhost:5173";
const OTHER = "https://app.example";
const GENERATE = requestOf("59");
const METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";

const servers = { mock: startMock, sandbox: startSandbox } as Record<
  "mock" | "sandbox",
  (options: HostOptions) => Promise<RunningServer>
>;
const names = Object.keys(servers) as (keyof typeof servers)[];

/** Starts a server for one test. */
async function start(name: keyof typeof servers, options: HostOptions = {}): Promise<string> {
  const server = await servers[name](options);
  onTestFinished(() => server.close());
  return server.url;
}

/** The headers of an answer that only CORS has. */
function corsOf({ headers }: Response): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => /^access-control-|^vary$/.test(name)));
}

const codeOf = async (response: Response) => ((await response.json()) as { responseCode: string }).responseCode;

const preflight = (url: string, origin: string, more: Record<string, string> = {}) =>
  fetch(url, { method: "OPTIONS", headers: { origin, "access-control-request-method": "POST", ...more } });

let counted = 0;
/** Makes a QR code, as a page of an origin would. */
const generate = (url: string, more: Record<string, string>) => {
  counted += 1;
  const reference = String(counted);
  const headers = { ...GENERATE.headers, "x-external-id": reference, ...more };
  const body = JSON.stringify({ ...(GENERATE.body as object), partnerReferenceNo: reference });
  return fetch(url + GENERATE.path, { method: "POST", headers, body });
};

/** What an answer says to a page that may read it. */
const readable = (origin: string) => ({
  "access-control-allow-origin": origin,
  "access-control-expose-headers": "*",
  vary: "Origin",
});

describe.each(names)("the %s", (name) => {
  test("answers a preflight of a page of this machine, and lets it read the answer", async () => {
    const entries: LogEntry[] = [];
    const url = await start(name, { log: (entry) => entries.push(entry) });
    const asked = { "access-control-request-headers": "authorization,content-type,x-timestamp" };
    const allowed = await preflight(url + GENERATE.path, PAGE, asked);
    expect([allowed.status, await allowed.text(), allowed.headers.get("content-type")]).toEqual([204, "", null]);
    expect(corsOf(allowed)).toEqual({
      "access-control-allow-origin": PAGE,
      "access-control-allow-methods": METHODS,
      "access-control-allow-headers": "authorization, content-type, x-timestamp",
      "access-control-max-age": "600",
      vary: "Origin",
    });
    const answer = await generate(url, { origin: PAGE });
    expect([answer.status, corsOf(answer)]).toEqual([200, readable(PAGE)]);
    // the preflight is not a call
    expect(entries.map(({ method, status }) => [method, status])).toEqual([["POST", 200]]);
  });

  test("lets the page read a refusal too", async () => {
    const url = await start(name);
    const wrong = await generate(url, { origin: PAGE, "x-timestamp": "yesterday" });
    expect([wrong.status, corsOf(wrong)]).toEqual([400, readable(PAGE)]);
    const get = await fetch(url + GENERATE.path, { headers: { origin: PAGE } });
    expect([get.status, get.headers.get("allow"), corsOf(get)]).toEqual([405, "POST", readable(PAGE)]);
    const nowhere = await fetch(`${url}/nowhere`, { method: "POST", headers: { origin: PAGE } });
    expect([nowhere.status, corsOf(nowhere)]).toEqual([404, readable(PAGE)]);
  });

  test("works for another origin, or none, as ever, and tells nothing of CORS", async () => {
    const url = await start(name);
    for (const headers of [{}, { origin: OTHER }, { origin: "www.hostname.com" }, { origin: "null" }]) {
      const answer = await generate(url, headers);
      expect([answer.status, corsOf(answer)]).toEqual([200, {}]);
    }
    const refused = await preflight(url + GENERATE.path, OTHER);
    expect([refused.status, await codeOf(refused), corsOf(refused)]).toEqual([405, "4055900", {}]);
  });

  test("keeps its answer to an OPTIONS that is not a preflight", async () => {
    const url = await start(name);
    for (const headers of [{}, { origin: PAGE }, { "access-control-request-method": "POST" }] as object[]) {
      const answer = await fetch(url + GENERATE.path, {
        method: "OPTIONS",
        headers: headers as Record<string, string>,
      });
      expect([answer.status, await codeOf(answer)]).toEqual([405, "4055900"]);
    }
  });

  test("with cors false lets no page call", async () => {
    const url = await start(name, { cors: false });
    const refused = await preflight(url + GENERATE.path, PAGE);
    expect([refused.status, corsOf(refused)]).toEqual([405, {}]);
    const answer = await generate(url, { origin: PAGE });
    expect([answer.status, corsOf(answer)]).toEqual([200, {}]);
  });

  test.each<[object, string]>([
    [{ cors: OTHER }, "cors must be false or a list of origins."],
    [{ cors: true }, "cors must be false or a list of origins."],
    ...(
      [
        [7, ", and one is not text."],
        ["app.example", ', not "app.example": write scheme and host.'],
        ["", ', not "": write scheme and host.'],
        ["https://app.example/", ', not "https://app.example/": write "https://app.example".'],
        ["https://App.example", ', not "https://App.example": write "https://app.example".'],
        ["https://app.example:443", ', not "https://app.example:443": write "https://app.example".'],
        ["https://app.example/a?b", ', not "https://app.example/a?b": write "https://app.example".'],
        ["https://*.app.example", ', not "https://*.app.example": write scheme and host.'],
        ["http://a.example\r\nX: y", ', not "http://a.example\\r\\nX: y": write scheme and host.'],
        ["https://me:secret@app.example", ', one has credentials: write "https://app.example".'],
        ["file:///a.html", ', not "file:///a.html": write scheme and host.'],
      ] as const
    ).map(([origin, found]): [object, string] => [
      { cors: ["https://good.example", origin] },
      `cors must have origins such as "https://app.example", "null" or "*"${found}`,
    ]),
  ])("refuses %j", async (options, message) => {
    await expect(servers[name](options as HostOptions)).rejects.toThrow(typeError("ERR_SNAP_INVALID_OPTION", message));
  });
});

describe("a page may call", () => {
  /** The origin that is allowed, for a preflight and for an answer. */
  async function allowed(url: string, origin: string): Promise<[string | null, string | null]> {
    const asked = await preflight(url + GENERATE.path, origin);
    const answer = await generate(url, { origin });
    expect(answer.status).toBe(200);
    return [asked, answer].map(({ headers }) => headers.get("access-control-allow-origin")) as [string, string];
  }

  test.each<[boolean, string[]]>([
    [
      true,
      [
        "http://localhost",
        "http://localhost:3000",
        "https://localhost:8443",
        "http://shop.localhost:3000",
        "http://a.b.localhost",
        "http://127.0.0.1",
        "http://127.0.0.1:8080",
        "https://127.255.1.2:1",
        "http://[::1]",
        "http://[::1]:5173",
      ],
    ],
    [
      false,
      [
        "null",
        "https://app.example",
        "http://localhost.example",
        "http://notlocalhost",
        "http://127.0.0.1.example",
        "http://128.0.0.1",
        "http://0.0.0.0",
        "http://192.168.0.1",
        "http://[::2]",
        "http://localhost:80",
        "http://localhost/",
        "http://localhost/.example",
        "http://app.example#localhost",
        "http://localhost@app.example",
        "http://LOCALHOST",
        "http://localhost, http://localhost",
        "capacitor://localhost",
        "file://localhost",
        "localhost",
        "*",
        "",
      ],
    ],
  ])("by default: %s for these origins", async (isAllowed, origins) => {
    const url = await start("sandbox");
    for (const origin of origins) {
      const expected = isAllowed ? origin : null;
      expect(await allowed(url, origin), origin).toEqual([expected, expected]);
    }
  });

  test.each<[string[], string[], string[]]>([
    [[], [PAGE], [OTHER, "null"]],
    [[OTHER], [PAGE, OTHER], ["https://app.example:444", "http://app.example", "https://b.app.example", "null"]],
    [["null"], [PAGE, "null"], [OTHER]],
    [["capacitor://localhost"], [PAGE, "capacitor://localhost"], ["ionic://localhost"]],
    [["*"], [PAGE, OTHER, "null", "chrome-extension://abc"], ["www.hostname.com", "*", "https://a.example/"]],
    [[OTHER, "https://b.example:8443"], [PAGE, OTHER, "https://b.example:8443"], ["https://c.example"]],
  ])("with cors %j: %j, but not %j", async (cors, those, others) => {
    const url = await start("sandbox", { cors });
    for (const origin of those) expect(await allowed(url, origin), origin).toEqual([origin, origin]);
    for (const origin of others) expect(await allowed(url, origin), origin).toEqual([null, null]);
  });
});

describe("a preflight", () => {
  let url: string;
  beforeAll(async () => {
    const server = await startSandbox();
    url = server.url;
    return () => server.close();
  });
  const headersFor = async (asked?: string) => {
    const more = asked === undefined ? undefined : { "access-control-request-headers": asked };
    const { headers, status } = await preflight(url + GENERATE.path, PAGE, more);
    expect(status).toBe(204);
    return headers.get("access-control-allow-headers");
  };

  test.each([
    ["x-a", "x-a"],
    ["x-a ,X-B,\tx_c", "x-a, X-B, x_c"],
    [`x-${"a".repeat(4094)}`, `x-${"a".repeat(4094)}`],
  ])("allows the headers that are asked for: %j", async (asked, expected) => {
    expect(await headersFor(asked)).toBe(expected);
  });

  test.each([[undefined], [""], ["a,,b"], ["a b"], ["a;b"], ['"a"'], ["a\u00e9"], [`x-${"a".repeat(4095)}`]])(
    "allows those of the contract if what is asked for is not a list of names: %j",
    async (asked) => {
      const names = (await headersFor(asked))?.split(", ");
      expect(names).toEqual(
        expect.arrayContaining(["Content-Type", "Authorization", "X-TIMESTAMP", "CHANNEL-ID", "Prefer"]),
      );
      expect(names).not.toContain("a");
    },
  );

  test.each([
    [{}, null],
    [{ "access-control-request-private-network": "true" }, "true"],
    [{ "access-control-request-private-network": "1" }, null],
  ])("for a private network with %j is told %j", async (more, expected) => {
    const { headers } = await preflight(url + GENERATE.path, PAGE, more as Record<string, string>);
    expect(headers.get("access-control-allow-private-network")).toBe(expected);
    // nor for a page that may not call
    const other = await preflight(url + GENERATE.path, OTHER, more as Record<string, string>);
    expect(corsOf(other)).toEqual({});
  });
});

describe("what is under /sandbox is for no page", () => {
  /** Sends a path as it is; fetch would shorten it. */
  const asIs = (url: string, path: string, method: string, origin: string) =>
    new Promise<Record<string, unknown>>((resolve, reject) => {
      const { hostname, port } = new URL(url);
      const headers = { origin, "access-control-request-method": "POST" };
      const sent = request({ hostname, port, path, method, headers }, (response) => {
        response.resume().on("end", () => resolve({ status: response.statusCode, ...response.headers }));
      });
      sent.on("error", reject).end();
    });

  test.each<[HostOptions["cors"]]>([[undefined], [["*"]], [[OTHER]], [false]])(
    "whatever the option: %j",
    async (cors) => {
      const url = await start("sandbox", cors === undefined ? {} : { cors });
      const paths = [
        "/sandbox",
        "/sandbox/",
        "/sandbox?a",
        "/sandbox/time",
        "/sandbox/x",
        "/v1.0/../sandbox",
        "/./sandbox",
      ];
      for (const path of [...paths, "/v1.0/%2e%2e/sandbox"]) {
        for (const method of ["GET", "POST", "OPTIONS"]) {
          for (const origin of [PAGE, OTHER, url]) {
            const answer = await asIs(url, path, method, origin);
            expect(
              Object.keys(answer).filter((name) => /^access-control/.test(name)),
              `${method} ${path}`,
            ).toEqual([]);
            expect(answer.status, `${method} ${path}`).not.toBe(204);
          }
        }
      }
    },
  );
});
