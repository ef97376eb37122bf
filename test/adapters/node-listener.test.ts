// The receiver under real HTTP: Node's own server through toNodeListener, and Hono.

import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { connect } from "node:net";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { toNodeListener } from "../../src/node.ts";
import { typeError } from "../support/errors.ts";
import { listen, type Started, started } from "../support/http.ts";
import {
  BAD_REQUEST,
  createReceiver,
  createWatched,
  exampleOf,
  newExternalId,
  requestOf,
  type Sent,
  SUCCESS,
  summary,
  UNSUPPORTED,
  wireOf,
} from "../support/receiver.ts";
import { answersIn, exchange, type RawAnswer, rawOf } from "../support/wire.ts";

const { path, request: payment } = exampleOf.qrCpmPayment;

const watched = createWatched({ verifyToken: (token) => token !== "expired", maxBodyBytes: 65_536 });
const { handler, errors, answers } = watched;
let server: Started;
let connections = 0;
const unhandled: unknown[] = [];
const keep = (reason: unknown) => unhandled.push(reason);

beforeAll(async () => {
  process.on("unhandledRejection", keep);
  process.on("uncaughtException", keep);
  server = await started(toNodeListener(handler));
  server.server.on("connection", () => {
    connections += 1;
  });
});
afterAll(async () => {
  await server.close();
  process.off("unhandledRejection", keep);
  process.off("uncaughtException", keep);
  expect(unhandled).toEqual([]);
});

const fetchOf = (sent: Sent = {}, { url } = server): Promise<Response> => {
  const { method, path: target, headers, body } = wireOf(sent);
  return fetch(url + target, { method, headers, ...(method !== "GET" && method !== "HEAD" && { body }) });
};

/** An answer in short: its status and, if it has one, its response code. */
const brief = ({ status, text }: RawAnswer) =>
  `${status} ${/"responseCode":"(\d{7})"/.exec(text)?.[1] ?? ""}`.trimEnd();
/** The answers to what is written on a connection, in short. */
const answersTo = async (text: string, methods?: string[]) =>
  answersIn(await exchange(server.port, text), methods).map(brief);
/** For what comes some time after the connection has ended. */
const PATIENCE = { timeout: 10_000 };
const CLOSE = { Connection: "close" };
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
      const socket = connect(server.port, "127.0.0.1");
      const calls = [{}, { token: "expired" }, { path: "/" }, { body: "{" }, {}] as Sent[];
      const next = () => {
        const call = calls.shift();
        if (call) socket.write(rawOf(wireOf(call)));
        else socket.end(resolve);
      };
      socket.on("data", (chunk) => {
        all.push(...answersIn(String(chunk)).map(brief));
        next();
      });
      next();
    });
    expect(all).toEqual(["200 2006000", "401 4016001", "404 4040002", "400 4006000", "200 2006000"]);
    expect(connections).toBe(before + 1);
  });

  test("two requests written at once are answered in their order", async () => {
    const both = rawOf(wireOf({ body: "{" })) + rawOf(wireOf({ headers: CLOSE }));
    expect(await answersTo(both)).toEqual(["400 4006000", "200 2006000"]);
  });

  test("HTTP/1.0 without a Host header is answered", async () => {
    expect(await answersTo(rawOf(wireOf(), { version: "1.0", host: "" }))).toEqual(["200 2006000"]);
  });

  test("HTTP/1.1 without a Host header is refused by Node itself", async () => {
    expect(await answersTo(rawOf(wireOf({ headers: CLOSE }), { host: "" }))).toEqual(["400"]);
  });

  test.each(["user:password@evil.example", "a/b", `evil.example${path}?`, "x#y", "[", "a b", ":99999", "\xe9", "Ã©"])(
    "the Host header %s changes nothing",
    async (host) => {
      expect(await answersTo(rawOf(wireOf({ headers: CLOSE }), { host }))).toEqual(["200 2006000"]);
      const nowhere = wireOf({ path: "/anything", headers: CLOSE });
      expect(await answersTo(rawOf(nowhere, { host }))).toEqual(["404 4040002"]);
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
  ])("the target %s is not an operation's", async (target) => {
    const wire = { ...wireOf({ headers: CLOSE }), path: target };
    const method = target === "*" ? "OPTIONS" : "POST";
    expect(await answersTo(rawOf({ ...wire, method }))).toEqual(["404 4040002"]);
  });

  test.each(["http://receiver.example", "HTTP://other.example:8080", "http://user:password@receiver.example"])(
    "a whole URL as the target counts as its path, as a proxy sends it: %s",
    async (origin) => {
      const { headers, ...wire } = wireOf({ path: `${path}?page=1`, headers: CLOSE });
      expect(await answersTo(rawOf({ ...wire, path: `${origin}${wire.path}`, headers }))).toEqual(["200 2006000"]);
    },
  );

  test.each(["note=it's", 'a="b"', "a=<b>", "a=%27", "a={b}|c", "?"])(
    "the signature covers the query as it was sent: ?%s",
    async (query) => {
      const wire = wireOf({ path: `${path}?${query}`, headers: CLOSE });
      expect(await answersTo(rawOf(wire))).toEqual(["200 2006000"]);
      expect(await answersTo(rawOf({ ...wire, path: `${path}?${query}x` }))).toEqual(["401 4016000"]);
    },
  );

  test.each(["GET", "PUT", "PATCH", "DELETE", "OPTIONS"])("the method %s is refused", async (method) => {
    expect(await summary(await fetchOf({ method }), "qrCpmPayment")).toBe(UNSUPPORTED);
  });

  test("TRACE, which a web-standard Request cannot carry, is refused", async () => {
    expect(await answersTo(rawOf(wireOf({ method: "TRACE", headers: CLOSE })))).toEqual(["405 4056000"]);
  });

  test("GET with a body is refused, and the next request on the connection is answered", async () => {
    const both = rawOf(wireOf({ method: "GET" })) + rawOf(wireOf({ headers: CLOSE }));
    expect(await answersTo(both)).toEqual(["405 4056000", "200 2006000"]);
  });

  test("HEAD is answered with headers alone", async () => {
    const response = await fetchOf({ method: "HEAD" });
    expect(response.status).toBe(405);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(response.headers.get("x-timestamp")).not.toBeNull();
    expect(await response.text()).toBe("");
    const both = rawOf(wireOf({ method: "HEAD" })) + rawOf(wireOf({ headers: CLOSE }));
    expect(await answersTo(both, ["HEAD", "POST"])).toEqual(["405", "200 2006000"]);
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
        const outgoing = request(
          { port: server.port, ...wire, headers: { ...headers, "Content-Length": total } },
          (incoming) => {
            let text = `${incoming.statusCode} ${incoming.headers.connection} `;
            incoming.on("data", (chunk) => {
              text += String(chunk);
            });
            incoming.on("end", () => resolve(text));
          },
        );
        // the server hangs up on what it does not want
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
        const socket = connect(server.port, "127.0.0.1", () => {
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
      expect(answersIn(received).map(brief)).toEqual(["400 4006000"]);
    });

    test("in chunks is put together", async () => {
      const { headers, body } = wireOf();
      const answered = await new Promise<IncomingMessage>((resolve, reject) => {
        const outgoing = request({ port: server.port, path, method: "POST", headers }, resolve).on("error", reject);
        for (const letter of String(body)) outgoing.write(letter);
        outgoing.end();
      });
      answered.resume();
      expect(answered.statusCode).toBe(200);
    });

    test("that is announced and not sent does not keep others waiting", async () => {
      const count = answers.length;
      const arrived = once(server.server, "request");
      const silent = connect(server.port, "127.0.0.1", () => silent.write(rawOf(wireOf()).slice(0, -10)));
      await arrived;
      expect(await summary(await fetchOf())).toBe(SUCCESS);
      expect(answers).toHaveLength(count + 1);
      silent.destroy();
      await expect.poll(() => answers.length, PATIENCE).toBe(count + 2);
    });

    test("that breaks off is 400 00 with the reason in the log; the operation is not called, and onError not told", async () => {
      const count = answers.length;
      const before = errors.length;
      const announced = rawOf(wireOf()).slice(0, -10);
      expect(await exchange(server.port, announced, (socket) => setTimeout(() => socket.destroy(), 20))).toBe("");
      await expect.poll(() => answers.length, PATIENCE).toBe(count + 1);
      expect(answers.slice(count)).toStrictEqual([
        {
          method: "POST",
          path,
          operation: "qrCpmPayment",
          status: 400,
          responseCode: "4006000",
          responseMessage: "Bad Request",
          step: "bodySize",
          reason: "the body broke off",
        },
      ]);
      expect(errors).toHaveLength(before);
      expect(await summary(await fetchOf())).toBe(SUCCESS);
    });

    test("that goes on with what is not a chunk is 400 00 with the reason in the log", async () => {
      const count = answers.length;
      const before = errors.length;
      const { headers } = wireOf();
      const lines = Object.entries({ Host: "x", ...headers, "Transfer-Encoding": "chunked" });
      const head = [`POST ${path} HTTP/1.1`, ...lines.map(([name, value]) => `${name}: ${value}`), "", ""].join("\r\n");
      // Node answers by itself
      expect(await answersTo(`${head}2\r\n{}\r\nzz\r\n`)).toEqual(["400"]);
      await expect.poll(() => answers.length, PATIENCE).toBe(count + 1);
      expect(answers.at(-1)).toMatchObject({ responseCode: "4006000", step: "bodySize", reason: "the body broke off" });
      expect(errors).toHaveLength(before);
    });
  });

  test("a length beyond the limit is refused before the body comes", async () => {
    const { headers, ...wire } = wireOf({ headers: CLOSE });
    const [head = ""] = rawOf({ ...wire, headers, body: "" }).split("Content-Length");
    expect(await answersTo(`${head}Content-Length: 65537\r\n\r\n`)).toEqual(["400 4006000"]);
  });

  test("a caller that writes a body that is too long, and only then reads, gets the answer and keeps the connection", async () => {
    const tooLong = rawOf(wireOf({ body: `${JSON.stringify(payment)}${" ".repeat(500_000)}` }));
    expect(await answersTo(tooLong + rawOf(wireOf({ headers: CLOSE })))).toEqual(["400 4006000", "200 2006000"]);
  });

  test("behind a body parser the answer is a general error, and onError is told what to do", async () => {
    const { handler: behind, errors: told, answers: seen } = createWatched();
    const listener = toNodeListener(behind);
    const parsing = await listen(async (incoming, outgoing) => {
      for await (const _ of incoming);
      listener(incoming, outgoing);
    });
    expect(await summary(await fetchOf({}, parsing))).toBe("5006000 General Error");
    expect(told).toStrictEqual([
      typeError(
        "ERR_SNAP_BODY_CONSUMED",
        "The body was read before it came here; put toNodeListener before any body parser.",
      ),
    ]);
    expect(seen).toMatchObject([{ step: "bodySize", status: 500, error: told[0] }]);
  });

  test("mounted as Express mounts it, the signature still covers the whole path", async () => {
    const listener = toNodeListener(createReceiver({ basePath: "/snap" }));
    const mounted = await listen((incoming, outgoing) => {
      const { url = "" } = incoming;
      listener(Object.assign(incoming, { originalUrl: url, url: url.replace(/^\/snap/, "") }), outgoing);
    });
    expect(await summary(await fetchOf({ path: `/snap${path}` }, mounted))).toBe(SUCCESS);
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
    const { port } = await listen(toNodeListener(slow));
    const socket = connect(port, "127.0.0.1", () => socket.write(rawOf(wireOf())));
    setTimeout(() => socket.destroy(), 20);
    await done;
  });

  test("any function from Request to Response will do, and is given the target as it came", async () => {
    const { url } = await listen(
      toNodeListener(async ({ url }, wire) => new Response(JSON.stringify([url, wire.target]), { status: 201 })),
    );
    const response = await fetch(`${url}/x?a='b'`);
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual(["http://localhost/x?a=%27b%27", "/x?a=%27b%27"]);
  });

  test("a function that rejects has its connection closed", async () => {
    const { url } = await listen(toNodeListener(() => Promise.reject(new Error("no"))));
    await expect(fetch(url)).rejects.toThrow("fetch failed");
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

  test("may mount it below a path", async () => {
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
