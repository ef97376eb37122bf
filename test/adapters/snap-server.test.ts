// A receiver on a server of its own: its limits, what it tells, and how it ends.
import { once } from "node:events";
import http2 from "node:http2";
import { connect, type Socket } from "node:net";
import { afterEach, describe, expect, test, vi } from "vitest";
import { createSnapServer, type SnapServer, type SnapServerOptions, toNodeListener } from "../../src/node.ts";
import type { SnapAnswered, SnapHandlerOptions } from "../../src/server.ts";
import { thrown, typeError } from "../support/errors.ts";
import { createReceiver, exampleOf, SUCCESS, wireOf } from "../support/receiver.ts";
import { answersIn } from "../support/wire.ts";

const { path } = exampleOf.qrCpmPayment;
const running: SnapServer[] = [];
afterEach(() => Promise.all(running.splice(0).map((server) => server.close())));

async function start(options: SnapServerOptions = {}, receiver: Partial<SnapHandlerOptions> = {}) {
  const answers: SnapAnswered[] = [];
  const handler = createReceiver({ onAnswer: (answered) => answers.push(answered), onError: () => {}, ...receiver });
  const server = createSnapServer(handler, options);
  running.push(server);
  const url = await server.listen(0, "127.0.0.1");
  return { server, url, answers };
}

const pay = async (url: string, headers: Record<string, string> = {}) => {
  const { body, headers: own } = wireOf();
  const response = await fetch(url + path, { method: "POST", headers: { ...own, ...headers }, body });
  const { responseCode, responseMessage } = (await response.json()) as Record<string, string>;
  return `${responseCode} ${responseMessage}`;
};
/** A payment as raw text. */
function rawPayment(): string {
  const { body, headers } = wireOf();
  const lines = Object.entries({ Host: "x", ...headers, "Content-Length": Buffer.byteLength(String(body)) });
  return `POST ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}`).join("\r\n")}\r\n\r\n${body}`;
}
async function open(url: string): Promise<{ socket: Socket; received: () => string; closed: Promise<unknown> }> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  let text = "";
  socket.on("data", (data) => {
    text += data;
  });
  socket.on("error", () => {});
  const closed = once(socket, "close");
  await once(socket, "connect");
  return { socket, received: () => text, closed };
}

test("serves, and knows the caller's address", async () => {
  const { url, answers } = await start();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(await pay(url)).toBe(SUCCESS);
  expect(answers).toMatchObject([{ responseCode: "2006000", remoteAddress: "127.0.0.1" }]);
});

test("a good call followed by garbage gets its answer before the refusal, and both are told of", async () => {
  const { url, answers } = await start();
  const { socket, received, closed } = await open(url);
  socket.write(`${rawPayment()}garbage\r\n\r\n`);
  await closed;
  expect(answersIn(received()).map(({ status }) => status)).toEqual([200, 400]);
  expect(answers).toMatchObject([
    { status: 200, step: "operation" },
    { status: 400, step: "http", remoteAddress: "127.0.0.1", reason: expect.stringContaining("Parse Error") },
  ]);
});

test.each<[string, SnapServerOptions, string, number]>([
  ["a head that does not end", { headersTimeout: 100 }, "POST / HTTP/1.1\r\nHost: x\r\n", 408],
  ["a head that is too large", { maxHeaderBytes: 1024 }, `POST / HTTP/1.1\r\nX: ${"x".repeat(2000)}\r\n`, 431],
])("%s is cut off and told of", async (_, options, text, status) => {
  const { url, answers } = await start(options);
  const { socket, received, closed } = await open(url);
  socket.write(text);
  await closed;
  expect(received()).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(answers).toMatchObject([{ status, step: "http", responseCode: undefined }]);
});

test("a caller that hangs up in its body is told of", async () => {
  const { url, answers } = await start();
  const { socket } = await open(url);
  socket.write(rawPayment().slice(0, -10));
  await new Promise((resolve) => setTimeout(resolve, 50));
  socket.destroy();
  await vi.waitFor(() => expect(answers).toMatchObject([{ responseCode: "4006000", reason: "the body broke off" }]));
});

describe("close", () => {
  test("answers what is under way, closes what is idle, and takes nothing new", async () => {
    let release: () => void = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { server, url } = await start(
      {},
      {
        operations: {
          qrCpmPayment: async () => {
            await released;
            return exampleOf.qrCpmPayment.success as never;
          },
        },
      },
    );
    const idle = await open(url);
    const answer = pay(url);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const closing = server.close();
    await idle.closed;
    await expect(pay(url)).rejects.toThrow("fetch failed");
    release();
    expect(await answer).toBe(SUCCESS);
    await closing;
  });

  test("waits no longer than closeTimeout", async () => {
    const { server, url } = await start(
      { closeTimeout: 100 },
      { operations: { qrCpmPayment: () => new Promise(() => {}) } },
    );
    const answer = pay(url).catch((error: Error) => error.message);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await server.close();
    expect(await answer).toBe("fetch failed");
  });

  test("while it begins to listen waits for that, and nothing listens then", async () => {
    const server = createSnapServer(createReceiver());
    const listening = server.listen(0, "127.0.0.1");
    await server.close();
    await expect(pay(await listening)).rejects.toThrow("fetch failed");
    await expect(server.listen(0)).rejects.toStrictEqual(
      typeError("ERR_SNAP_INVALID_ARGUMENT", "listen must not be called after close; make another server."),
    );
  });

  test("after it could not listen does nothing", async () => {
    const { url } = await start();
    const server = createSnapServer(createReceiver());
    await expect(server.listen(Number(new URL(url).port), "127.0.0.1")).rejects.toMatchObject({ code: "EADDRINUSE" });
    await server.close();
  });

  test("before it listened, and twice, does nothing", async () => {
    const server = createSnapServer(createReceiver());
    await server.close();
    const { server: other } = await start();
    await Promise.all([other.close(), other.close()]);
  });
});

describe("the caller's address", () => {
  const trustedProxies = ["127.0.0.1", "10.0.0.0/8", "2001:db8::/32"];
  const from = async (options: SnapServerOptions, forwarded: string) => {
    const { url, answers } = await start(options);
    await pay(url, { "X-Forwarded-For": forwarded });
    return answers[0]?.remoteAddress;
  };

  test("is the socket's, whatever a header says", async () => {
    expect(await from({}, "203.0.113.9")).toBe("127.0.0.1");
    expect(await from({ trustedProxies: ["10.0.0.0/8"] }, "203.0.113.9")).toBe("127.0.0.1");
  });

  test.each([
    ["203.0.113.9", "203.0.113.9"],
    ["6.6.6.6, 203.0.113.9, 10.1.2.3", "203.0.113.9"],
    ["203.0.113.9, 2001:db8::7", "203.0.113.9"],
    ["10.1.2.3", "127.0.0.1"],
    ["", "127.0.0.1"],
    ["203.0.113.9:50123", "203.0.113.9"],
    ["[2001:db9::7]:443, 10.1.2.3:80", "2001:db9::7"],
    ["[2001:db9::7]", "2001:db9::7"],
    ["::ffff:203.0.113.9", "203.0.113.9"],
    ["203.0.113.9, ::ffff:10.1.2.3", "203.0.113.9"],
    ["203.0.113.9, unknown", undefined],
    ["203.0.113.9, _hidden, 10.1.2.3", undefined],
  ])("is the last one of %s that is not a trusted proxy's", async (forwarded, address) => {
    expect(await from({ trustedProxies }, forwarded)).toBe(address);
  });

  test.each(["proxy.example", "10.0.0.0/33", "10.0.0.0/x", "10.0.0.0/8/8", ""])("refuses %j for a proxy", (proxy) => {
    expect(thrown(() => createSnapServer(createReceiver(), { trustedProxies: [proxy] }))).toStrictEqual(
      typeError(
        "ERR_SNAP_INVALID_OPTION",
        `trustedProxies must have addresses such as "10.0.0.7" or "10.0.0.0/8", not "${proxy}".`,
      ),
    );
  });
});

describe.each([
  ["headersTimeout", 10_000],
  ["requestTimeout", 30_000],
  ["keepAliveTimeout", 5000],
  ["maxHeaderBytes", 16_384],
  ["maxConnections", 10_000],
  ["closeTimeout", 30_000],
] as const)("a %s", (name, byDefault) => {
  test.each([0, 1.5, Number.POSITIVE_INFINITY, Number.NaN, 2 ** 31])("of %s is refused", (value) => {
    expect(thrown(() => createSnapServer(createReceiver(), { [name]: value }))).toStrictEqual(
      typeError(
        "ERR_SNAP_INVALID_OPTION",
        `${name} must be a whole number from 1 to 2147483647; leave it out for ${byDefault}.`,
      ),
    );
  });
});

test("a limit of the head and one of the request make room for each other, unless both are given", () => {
  for (const options of [{ requestTimeout: 5000 }, { headersTimeout: 60_000 }])
    createSnapServer(createReceiver(), options);
  expect(
    thrown(() => createSnapServer(createReceiver(), { headersTimeout: 6000, requestTimeout: 5000 })),
  ).toStrictEqual(typeError("ERR_SNAP_INVALID_OPTION", "headersTimeout must not be longer than requestTimeout."));
});

test.each(["TRACE", "trace", "connect", "Track", "PATCH"])("HTTP/2 with the method %s is 405 00", async (method) => {
  const server = http2.createServer(toNodeListener(createReceiver()) as never);
  server.listen(0);
  await once(server, "listening");
  const client = http2.connect(`http://127.0.0.1:${(server.address() as { port: number }).port}`);
  const stream = client.request({ ":method": method, ":path": path }, { endStream: true });
  let text = "";
  for await (const chunk of stream) text += chunk;
  client.close();
  server.close();
  expect(text).toContain("4056000");
});

test("a receiver serves HTTP/2 of Node as well", async () => {
  const server = http2.createServer(toNodeListener(createReceiver()) as never);
  server.listen(0);
  await once(server, "listening");
  const client = http2.connect(`http://127.0.0.1:${(server.address() as { port: number }).port}`);
  const { body, headers } = wireOf();
  const stream = client.request({ ":method": "POST", ":path": path, ...headers });
  stream.end(body);
  const [answered] = (await once(stream, "response")) as [http2.IncomingHttpHeaders & { ":status": number }];
  let text = "";
  for await (const chunk of stream) text += chunk;
  client.close();
  server.close();
  expect(answered[":status"]).toBe(200);
  expect(JSON.parse(text)).toMatchObject({ responseCode: "2006000" });
});
