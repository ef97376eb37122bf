// The receiver under real HTTP: Node's own server through our adapter, and Hono.
import { createServer, type IncomingMessage, request, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { toNodeListener } from "../../src/server.ts";
import {
  createReceiver,
  createWatched,
  exampleOf,
  newExternalId,
  requestOf,
  type Sent,
  summary,
  type Wire,
  wireOf,
} from "../support/receiver.ts";

const SUCCESS = "2006000 Request has been processed successfully";
const BAD_REQUEST = "4006000 Bad Request";
const UNSUPPORTED = "4056000 Requested Function Is Not Supported";
const { path, request: payment } = exampleOf.qrCpmPayment;

const watched = createWatched({ verifyToken: (token) => token !== "expired", maxBodyBytes: 65_536 });
const { handler, errors, answers } = watched;
let server: Server;
let port: number;
let connections = 0;
const unhandled: unknown[] = [];
const keep = (reason: unknown) => unhandled.push(reason);

async function listen(listener: ReturnType<typeof toNodeListener>): Promise<Server> {
  const started = createServer(listener);
  await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", resolve));
  return started;
}
const portOf = (listening: Server) => (listening.address() as AddressInfo).port;
async function close(listening: Server): Promise<void> {
  listening.closeAllConnections();
  await new Promise((resolve) => listening.close(resolve));
}

beforeAll(async () => {
  process.on("unhandledRejection", keep);
  process.on("uncaughtException", keep);
  server = await listen(toNodeListener(handler));
  server.on("connection", () => {
    connections += 1;
  });
  port = portOf(server);
});
afterAll(async () => {
  await close(server);
  process.off("unhandledRejection", keep);
  process.off("uncaughtException", keep);
  expect(unhandled).toEqual([]);
});

const fetchOf = (sent: Sent = {}): Promise<Response> => {
  const { method, path: target, headers, body } = wireOf(sent);
  return fetch(`http://127.0.0.1:${port}${target}`, {
    method,
    headers,
    ...(method !== "GET" && method !== "HEAD" && { body }),
  });
};

/** A request as it goes over the wire. */
const rawOf = ({ method, path: target, headers, body }: Wire, version = "1.1", host = "receiver.example"): string =>
  [
    `${method} ${target} HTTP/${version}`,
    ...(host && [`Host: ${host}`]),
    ...Object.entries({ ...headers, "Content-Length": Buffer.byteLength(body) }).map(
      ([name, value]) => `${name}: ${value}`,
    ),
    "",
    String(body),
  ].join("\r\n");

/** Opens a connection, writes to it, and returns all that comes back until the server closes it. */
function exchange(text: string, afterwards = (_: Socket) => {}): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = "";
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(text);
      afterwards(socket);
    });
    socket.setTimeout(20_000, () => reject(new Error(`hangs after ${received}`)));
    socket.on("data", (chunk) => {
      received += String(chunk);
    });
    socket.on("error", reject);
    socket.on("close", () => resolve(received));
  });
}
const CLOSE = { Connection: "close" };
/** The answers in what came back, such as `404 4040002`. */
const answersIn = (received: string) =>
  [...received.matchAll(/HTTP\/1\.1 (\d{3})[\s\S]*?(?:"responseCode":"(\d{7})"|\r\n\r\n(?!\{))/g)].map(
    ([, status, code = ""]) => `${status} ${code}`.trim(),
  );

describe("Node's http", () => {
  test("a signed call is answered", async () => {
    expect(await summary(await fetchOf(), "qrCpmPayment")).toBe(SUCCESS);
    expect(await summary(await fetchOf({ token: "expired" }), "qrCpmPayment")).toBe("4016001 Invalid Token (B2B)");
    expect(await summary(await fetchOf({ path: `${path}?page=1&x=%C3%A9` }))).toBe(SUCCESS);
  });

  test("letters beyond ASCII arrive in the body and in headers", async () => {
    const body = { ...payment, title: "é漢😀" };
    expect(await summary(await fetchOf({ body, headers: { "X-DEVICE-ID": "caf\xe9" } }))).toBe(SUCCESS);
  });

  test("one connection carries many calls, refused ones among them", async () => {
    const before = connections;
    const all: string[] = [];
    await new Promise<void>((resolve) => {
      const socket = connect(port, "127.0.0.1");
      const calls = [{}, { token: "expired" }, { path: "/" }, { body: "{" }, {}] as Sent[];
      const next = () => {
        const call = calls.shift();
        if (call) socket.write(rawOf(wireOf(call)));
        else socket.end(resolve);
      };
      socket.on("data", (chunk) => {
        all.push(...answersIn(String(chunk)));
        next();
      });
      next();
    });
    expect(all).toEqual(["200 2006000", "401 4016001", "404 4040002", "400 4006000", "200 2006000"]);
    expect(connections).toBe(before + 1);
  });

  test("two requests written at once are answered in their order", async () => {
    const received = await exchange(rawOf(wireOf({ body: "{" })) + rawOf(wireOf({ headers: CLOSE })));
    expect(answersIn(received)).toEqual(["400 4006000", "200 2006000"]);
  });

  test("HTTP/1.0 without a Host header is answered", async () => {
    expect(answersIn(await exchange(rawOf(wireOf(), "1.0", "")))).toEqual(["200 2006000"]);
  });

  test("HTTP/1.1 without a Host header is refused by Node itself", async () => {
    expect(answersIn(await exchange(rawOf(wireOf({ headers: CLOSE }), "1.1", "")))).toEqual(["400"]);
  });

  test.each(["user:password@evil.example", "a/b", `evil.example${path}?`, "x#y", "[", "a b", ":99999", "é"])(
    "the Host header %s changes nothing",
    async (host) => {
      expect(answersIn(await exchange(rawOf(wireOf({ headers: CLOSE }), "1.1", host)))).toEqual(["200 2006000"]);
      const nowhere = wireOf({ path: "/anything", headers: CLOSE });
      expect(answersIn(await exchange(rawOf(nowhere, "1.1", host)))).toEqual(["404 4040002"]);
    },
  );

  test.each([
    "/",
    "*",
    "//",
    `//evil.example${path}`,
    "/%zz",
    "/%",
    "/..",
    "/?",
    "/\\",
    "http://",
    `ftp://receiver.example${path}`,
    // what a Request would make the path of
    `/x/..${path}`,
    `/%2e${path}`,
    `/${path.slice(1).replaceAll("/", "\\")}`,
    `http://receiver.example/x/..${path}`,
  ])("the target %s is no operation", async (target) => {
    const wire = { ...wireOf({ headers: CLOSE }), path: target };
    const method = target === "*" ? "OPTIONS" : "POST";
    expect(answersIn(await exchange(rawOf({ ...wire, method })))).toEqual(["404 4040002"]);
  });

  test.each(["http://receiver.example", "HTTP://other.example:8080", "http://user:password@receiver.example"])(
    "a whole URL for a target is taken for its path, as from a proxy: %s",
    async (origin) => {
      const { headers, ...wire } = wireOf({ path: `${path}?page=1`, headers: CLOSE });
      expect(answersIn(await exchange(rawOf({ ...wire, path: `${origin}${wire.path}`, headers })))).toEqual([
        "200 2006000",
      ]);
    },
  );

  test.each(["note=it's", 'a="b"', "a=<b>", "a=%27", "a={b}|c", "?"])(
    "the signature covers the query as it was sent: ?%s",
    async (query) => {
      const wire = wireOf({ path: `${path}?${query}`, headers: CLOSE });
      expect(answersIn(await exchange(rawOf(wire)))).toEqual(["200 2006000"]);
      expect(answersIn(await exchange(rawOf({ ...wire, path: `${path}?${query}x` })))).toEqual(["401 4016000"]);
    },
  );

  test.each(["GET", "PUT", "PATCH", "DELETE", "OPTIONS"])("the method %s is refused", async (method) => {
    expect(await summary(await fetchOf({ method }), "qrCpmPayment")).toBe(UNSUPPORTED);
  });

  test("TRACE, which no web-standard Request can carry, is refused", async () => {
    const received = await exchange(rawOf(wireOf({ method: "TRACE", headers: CLOSE })));
    expect(answersIn(received)).toEqual(["405 4056000"]);
  });

  test("GET with a body is refused, and the next request on the connection is answered", async () => {
    const received = await exchange(rawOf(wireOf({ method: "GET" })) + rawOf(wireOf({ headers: CLOSE })));
    expect(answersIn(received)).toEqual(["405 4056000", "200 2006000"]);
  });

  test("HEAD is answered with headers alone", async () => {
    const response = await fetchOf({ method: "HEAD" });
    expect(response.status).toBe(405);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(response.headers.get("x-timestamp")).not.toBeNull();
    expect(await response.text()).toBe("");
    const received = await exchange(rawOf(wireOf({ method: "HEAD" })) + rawOf(wireOf({ headers: CLOSE })));
    expect(answersIn(received)).toEqual(["405", "200 2006000"]);
  });

  test("an answer is written with its length", async () => {
    const response = await fetchOf();
    expect(response.headers.get("content-length")).toBe(String((await response.arrayBuffer()).byteLength));
  });

  describe("a body", () => {
    const pad = (length: number) => JSON.stringify(payment).padEnd(length);

    test("of the limit passes, and one byte more is a bad request", async () => {
      expect(await summary(await fetchOf({ body: pad(65_536) }))).toBe(SUCCESS);
      expect(await summary(await fetchOf({ body: pad(65_537) }))).toBe(BAD_REQUEST);
    });

    test.each([65_537, 200_000, 1_000_000])("of %d bytes is a bad request every time", async (length) => {
      const body = pad(length);
      for (let round = 0; round < 10; round += 1) {
        const response = await fetchOf({ body });
        expect(await summary(response)).toBe(BAD_REQUEST);
      }
    });

    test("of 50 MB is answered long before it is all sent, and the connection is closed", async () => {
      const { headers, ...wire } = wireOf();
      const total = 50_000_000;
      let written = 0;
      const received = await new Promise<string>((resolve) => {
        const outgoing = request({ port, ...wire, headers: { ...headers, "Content-Length": total } }, (incoming) => {
          let text = `${incoming.statusCode} ${incoming.headers.connection} `;
          incoming.on("data", (chunk) => {
            text += String(chunk);
          });
          incoming.on("end", () => resolve(text));
        });
        // that the server hangs up on what it does not want is as it ought to be
        outgoing.on("error", () => {});
        const more = () => {
          while (written < total && !outgoing.destroyed) {
            written += 10_000;
            if (!outgoing.write(Buffer.alloc(10_000, 32))) {
              outgoing.once("drain", more);
              return;
            }
          }
        };
        more();
      });
      expect(received).toBe(`400 close ${JSON.stringify({ responseCode: "4006000", responseMessage: "Bad Request" })}`);
      expect(written).toBeLessThan(total);
    });

    test("in endless chunks is cut off", async () => {
      const { headers } = wireOf();
      const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
      const start = ["POST ", path, " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n", head.join("\r\n")].join(
        "",
      );
      const received = await new Promise<string>((resolve) => {
        let text = "";
        const chunk = `3e8\r\n${" ".repeat(1000)}\r\n`;
        let timer: NodeJS.Timeout | undefined;
        const socket = connect(port, "127.0.0.1", () => {
          socket.write(`${start}\r\n\r\n`);
          timer = setInterval(() => socket.write(chunk.repeat(10)), 1);
        });
        socket.on("data", (data) => {
          text += String(data);
        });
        socket.on("error", () => {});
        socket.on("close", () => {
          clearInterval(timer);
          resolve(text);
        });
      });
      expect(answersIn(received)).toEqual(["400 4006000"]);
    });

    test("in chunks is put together", async () => {
      const { headers, body } = wireOf();
      const answered = await new Promise<IncomingMessage>((resolve, reject) => {
        const outgoing = request({ port, path, method: "POST", headers }, resolve).on("error", reject);
        for (const letter of String(body)) outgoing.write(letter);
        outgoing.end();
      });
      answered.resume();
      expect(answered.statusCode).toBe(200);
    });

    test("that is announced and not sent keeps nobody else waiting", async () => {
      const wire = wireOf();
      const silent = connect(port, "127.0.0.1", () => silent.write(rawOf(wire).slice(0, -10)));
      expect(await summary(await fetchOf())).toBe(SUCCESS);
      silent.destroy();
    });

    test("that breaks off is handed to nobody", async () => {
      const count = answers.length;
      const before = errors.length;
      await exchange(rawOf(wireOf()).slice(0, -10), (socket) => setTimeout(() => socket.destroy(), 20));
      expect(await summary(await fetchOf())).toBe(SUCCESS);
      expect(answers).toHaveLength(count + 1);
      expect(errors).toHaveLength(before);
    });
  });

  test("a length beyond the limit is refused before the body comes", async () => {
    const { headers, ...wire } = wireOf({ headers: CLOSE });
    const [head = ""] = rawOf({ ...wire, headers, body: "" }).split("Content-Length");
    expect(answersIn(await exchange(`${head}Content-Length: 65537\r\n\r\n`))).toEqual(["400 4006000"]);
  });

  test("who writes a body that is too long, and only then reads, gets the answer and keeps the connection", async () => {
    const tooLong = rawOf(wireOf({ body: `${JSON.stringify(payment)}${" ".repeat(500_000)}` }));
    const received = await exchange(tooLong + rawOf(wireOf({ headers: CLOSE })));
    expect(answersIn(received)).toEqual(["400 4006000", "200 2006000"]);
  });

  test("behind a body parser it is a mistake of ours, and onError says which", async () => {
    const { handler: behind, errors: told } = createWatched();
    const listener = toNodeListener(behind);
    const parsing = await listen(async (incoming, outgoing) => {
      for await (const _ of incoming);
      listener(incoming, outgoing);
    });
    const { method, headers, body } = wireOf();
    const response = await fetch(`http://127.0.0.1:${portOf(parsing)}${path}`, { method, headers, body });
    expect(await summary(response)).toBe("5006000 General Error");
    expect(told.map(String)).toEqual([
      "TypeError: The body was read before it came here: put toNodeListener before any body parser.",
    ]);
    await close(parsing);
  });

  test("mounted as Express mounts it, the signature still covers the whole path", async () => {
    const listener = toNodeListener(createReceiver({ basePath: "/snap" }));
    const mounted = await listen((incoming, outgoing) => {
      const { url = "" } = incoming;
      listener(Object.assign(incoming, { originalUrl: url, url: url.replace(/^\/snap/, "") }), outgoing);
    });
    const { method, headers, body } = wireOf({ path: `/snap${path}` });
    const response = await fetch(`http://127.0.0.1:${portOf(mounted)}/snap${path}`, { method, headers, body });
    expect(await summary(response)).toBe(SUCCESS);
    await close(mounted);
  });

  test("a caller that hangs up before the answer harms nothing", async () => {
    let finished = () => {};
    const done = new Promise<void>((resolve) => {
      finished = resolve;
    });
    const slow = createReceiver({
      operations: {
        qrCpmPayment: async () => {
          await new Promise((resolve) => setTimeout(resolve, 50));
          setTimeout(finished, 20);
          return { responseCode: "2006000", responseMessage: "Successful", referenceNo: "1" };
        },
      },
    });
    const listening = await listen(toNodeListener(slow));
    const socket = connect(portOf(listening), "127.0.0.1", () => socket.write(rawOf(wireOf())));
    setTimeout(() => socket.destroy(), 20);
    await done;
    await close(listening);
  });

  test("a handler of another's making that rejects has its connection closed", async () => {
    const failing = Object.assign(() => Promise.reject(new Error("no")), { maxBodyBytes: 10 });
    const listening = await listen(toNodeListener(failing));
    await expect(fetch(`http://127.0.0.1:${portOf(listening)}/`)).rejects.toThrow("fetch failed");
    await close(listening);
  });
});

describe("Hono", () => {
  const app = new Hono();
  app.all("*", (context) => handler(context.req.raw));

  test("passes requests on unchanged", async () => {
    expect(await summary(await app.request(requestOf()), "qrCpmPayment")).toBe(SUCCESS);
    expect(await summary(await app.request(requestOf({ token: null })))).toBe("4016003 Token Not Found (B2B)");
    expect(await summary(await app.request(requestOf({ method: "PUT" })))).toBe(UNSUPPORTED);
    expect(await summary(await app.request(requestOf({ path: "/" })))).toBe("4040002 Invalid Routing");
  });

  test("may mount it where it likes", async () => {
    const mounted = new Hono();
    const below = createReceiver({ basePath: "/snap" });
    mounted.get("/health", (context) => context.text("well"));
    mounted.post("/snap/*", (context) => below(context.req.raw));
    const sent = { path: `/snap${path}`, headers: { "X-EXTERNAL-ID": newExternalId() } };
    expect(await summary(await mounted.request(requestOf(sent)))).toBe(SUCCESS);
    expect(await summary(await mounted.request(requestOf(sent)))).toBe("4096000 Conflict");
    expect(await (await mounted.request("/health")).text()).toBe("well");
  });
});
