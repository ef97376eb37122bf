// The server before the listener: what Node would answer by itself or drop, and in which order it is answered.
import type { IncomingMessage, ServerResponse } from "node:http";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createHttpServer } from "../../src/adapters/http-server.ts";
import { listen } from "../support/http.ts";
import { createReceiver, TIMESTAMP } from "../support/receiver.ts";
import { answersIn, exchange } from "../support/wire.ts";

const PAY = "/v1.0/qr/qr-cpm-payment";
const QUERY = "/v1.0/qr/qr-cpm-query";
const post = (path: string, ...lines: string[]) =>
  [`POST ${path} HTTP/1.1`, "Host: localhost", ...lines, "", ""].join("\r\n");
const withBody = (path: string, body = "{}") => `${post(path, `Content-Length: ${body.length}`)}${body}`;
const CHUNKED = "Transfer-Encoding: chunked";
/** A body in two chunks. */
const inChunks = (text: string) =>
  `1\r\n${text[0]}\r\n${(text.length - 1).toString(16)}\r\n${text.slice(1)}\r\n0\r\n\r\n`;

const BAD_QUERY = '400 {"responseCode":"4006100","responseMessage":"Bad Request"}';
const NOT_SUPPORTED = '405 {"responseCode":"4056100","responseMessage":"Requested Function Is Not Supported"}';
/** A bare status, byte for byte. */
const BARE_400 = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n";
const BARE_431 = "HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\n\r\n";

/** Starts a server whose listener answers with the path when the body is all there, a little later. */
async function start() {
  const refused: object[] = [];
  let handled = 0;
  const listener = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    handled += 1;
    for await (const _ of incoming);
    setTimeout(() => outgoing.end(`<${incoming.url}>`), 30);
  };
  const { port, server } = await listen(
    createHttpServer(
      (...both) => void listener(...both).catch(() => {}),
      createReceiver({
        onAnswer: ({ step, reason, remoteAddress, ...about }) => {
          expect([step, remoteAddress]).toEqual(["http", "127.0.0.1"]);
          refused.push({ ...about, why: reason });
        },
      }),
    ),
  );
  return { port, server, refused, handled: () => handled };
}

/** Writes pieces, each a packet of its own, and returns what comes back: raw, and as statuses and bodies. */
async function answersTo(port: number, pieces: string | string[]) {
  const received = await exchange(port, pieces);
  return { received, answers: answersIn(received).map(({ status, text }) => `${status} ${text}`.trimEnd()) };
}

/** How a log is told of what is not HTTP. */
const notHttp = (status: number, responseMessage: string) => ({
  method: "-",
  path: "-",
  operation: undefined,
  status,
  responseCode: undefined,
  responseMessage,
  // Node's own words, which change from version to version
  why: expect.stringMatching(/^Parse Error/),
});

const LONG = "x".repeat(9000);
test.each<[string, string | string[]]>([
  ["a broken header", post(QUERY, ": : :")],
  ["a broken header in a later packet", [`POST ${QUERY} HTTP/1.1\r\nHost: localhost\r\n`, ": : :\r\n\r\n"]],
  ["a broken header that comes byte by byte", [...post(QUERY, ": : :")]],
  ["a folded header", post(QUERY, "X-Note: a", " b")],
  ["a header without a colon", post(QUERY, "no colon")],
  [
    "a broken header behind a path in two packets",
    [`POST ${QUERY.slice(0, -3)}`, `${QUERY.slice(-3)} HTTP/1.1\r\n: : :\r\n\r\n`],
  ],
  ["a broken header behind a whole URL", post(`http://h${QUERY}?a=b`, ": : :")],
  ["a broken header of GET", `GET ${QUERY} HTTP/1.1\r\nHost: localhost\r\n: : :\r\n\r\n`],
  ["a broken header behind blanks before the path", `POST   ${QUERY}  HTTP/1.1\r\n: : :\r\n\r\n`],
  ["another path in a header", post(QUERY, `X-Note: POST ${PAY} HTTP/1.1`, ` ${PAY} `, ": : :")],
  ["another request behind a broken header", post(QUERY, ": : :") + withBody(PAY)],
  ["a version that does not exist yet", `POST ${QUERY} HTTP/1.2\r\nHost: localhost\r\n\r\n`],
  ["no version", `POST ${QUERY} HTP/1.1\r\nHost: localhost\r\n\r\n`],
  ["a query that is not ASCII", `POST ${QUERY}?\xe9 HTTP/1.1\r\nHost: localhost\r\n\r\n`],
  ["a path that is not ASCII", `POST ${QUERY}\xe9 HTTP/1.1\r\nHost: localhost\r\n\r\n`],
  ["tabs around the path", `POST\t${QUERY}\tHTTP/1.1\r\nHost: localhost\r\n\r\n`],
  ["a path without its slash", `POST x${QUERY} HTTP/1.1\r\n\r\n`],
  ["two lengths", post(QUERY, "Content-Length: 1", "Content-Length: 2")],
  ["a length and chunks", post(QUERY, "Content-Length: 1", CHUNKED)],
  ["a broken header and no Host", `POST ${QUERY} HTTP/1.1\r\n: : :\r\n\r\n`],
  ["a method that does not exist, byte by byte", [...`post ${QUERY} HTTP/1.1\r\nHost: localhost\r\n\r\n`]],
  [
    "a method that does not exist, in three packets",
    ["POSTS", ` http://h${QUERY.slice(0, 9)}`, `${QUERY.slice(9)}\r\n`],
  ],
  ["a method that does not exist, without a version", `FOO ${QUERY}\r\n\r\n`],
  ["a method that does not exist, with another path", `foo /nowhere?${QUERY} HTTP/1.1\r\nX: ${QUERY} \r\n\r\n`],
  ["two words", "hello\r\n\r\n"],
  ["JSON", '{"a":1}'],
  ["the beginning of TLS", "\x16\x03\x01"],
  ["the beginning of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
  ["a broken header of another path", post("/nowhere", `X-Note: see ${QUERY} now`, ": : :")],
  ["a broken header of a path that goes on", post(`${QUERY}x`, ": : :")],
])(
  "%s is not HTTP: it gets a bare 400 at once, and is logged",
  async (_, pieces) => {
    const { port, refused, handled } = await start();
    expect(await exchange(port, pieces)).toBe(BARE_400);
    expect(refused).toStrictEqual([notHttp(400, "Bad Request")]);
    expect(handled()).toBe(0);
  },
  5000,
);

test.each<[string, string[]]>([
  ["in two packets", [`POST ${QUERY} HTTP/1.1\r\nHost: localhost\r\nX-A: ${LONG}`, `${LONG}\r\n\r\n`]],
  ["in one", [post(QUERY, `X-A: ${LONG}`, `X-B: ${LONG}`)]],
  ["in a request line that does not end", [`POST /${LONG}${LONG}`]],
])("headers beyond 16 kB, %s, get a bare 431, and are logged", async (_, pieces) => {
  const { port, refused } = await start();
  expect(await exchange(port, pieces)).toBe(BARE_431);
  expect(refused).toStrictEqual([notHttp(431, "Request Header Fields Too Large")]);
});

test("a request that does not come in time gets a bare 408, and is logged", async () => {
  const { port, server, refused } = await start();
  // Node looks for such connections every 30 seconds
  const late = Object.assign(new Error("Request timeout"), { code: "ERR_HTTP_REQUEST_TIMEOUT" });
  server.once("connection", (socket) => setTimeout(() => server.emit("clientError", late, socket), 20));
  expect(await exchange(port, `POST ${QUERY}`)).toBe("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n");
  expect(refused).toStrictEqual([{ ...notHttp(408, "Request Timeout"), why: "Request timeout" }]);
});

test("a request line without its end gets a bare 400 if the caller closes its half", async () => {
  const { port, refused } = await start();
  expect(await exchange(port, `POST ${QUERY}`, (socket) => socket.end())).toBe(BARE_400);
  expect(refused).toStrictEqual([notHttp(400, "Bad Request")]);
});

test.each<[string, string | string[]]>([
  ["a chunk that is not one, in a later packet", [post(QUERY, CHUNKED), "zz\r\n"]],
  ["a broken trailer", `${post(QUERY, CHUNKED)}0\r\nX-Trailer: x\r\n: : :\r\n\r\n`],
  [
    "a chunk with an extension of 20 kB, which Node answers with 413",
    `${post(QUERY, CHUNKED)}1;${"x".repeat(20_000)}\r\n`,
  ],
  ["another path in a chunk, and then what is not one", [`${post(QUERY, CHUNKED)}30\r\n\r\n${post(PAY)}`, "zz\r\n"]],
  ["an encoding that does not end a body", post(QUERY, "Transfer-Encoding: gzip") + withBody(PAY)],
])("%s gets a bare 400, and the listener has its request, so that only it is told", async (_, pieces) => {
  const { port, refused, handled } = await start();
  expect(await exchange(port, pieces)).toBe(BARE_400);
  expect(refused).toEqual([]);
  expect(handled()).toBe(1);
});

test.each<[string, string]>([
  ["POST", `POST ${QUERY} HTTP/1.1\r\nContent-Length: 0\r\n\r\n`],
  ["a whole URL", `POST HTTP://h${QUERY}?a=b HTTP/1.1\r\n\r\n`],
  ["an expectation", `POST ${QUERY} HTTP/1.1\r\nExpect: tea\r\nContent-Length: 0\r\n\r\n`],
  ["an upgrade", `POST ${QUERY} HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n`],
])("%s without Host is answered with 400 00 of the service, once, and logged", async (_, sent) => {
  const { port, refused, handled } = await start();
  const { answers, received } = await answersTo(port, sent);
  expect(answers).toEqual([BAD_QUERY]);
  expect(received).toContain("Content-Type: application/json\r\n");
  expect(received).toContain(`X-TIMESTAMP: ${TIMESTAMP}\r\n`);
  expect(received).toContain("Connection: close\r\n");
  expect(refused).toStrictEqual([
    {
      method: "POST",
      path: QUERY,
      operation: "qrCpmQuery",
      status: 400,
      responseCode: "4006100",
      responseMessage: "Bad Request",
      why: "HTTP/1.1 asks for a Host header",
    },
  ]);
  expect(handled()).toBe(0);
});

test.each<[string, string]>([
  ["FOO", `FOO ${QUERY}?a=b HTTP/1.1\r\nHost: localhost\r\n\r\n`],
  ["post", `post ${QUERY} HTTP/1.1\r\nHost: localhost\r\n\r\n`],
  ["POSTS", `POSTS http://h${QUERY} HTTP/1.1\r\n`],
  ["!", `\r\n\r\n! ${QUERY} HTTP/1.1\r\n`],
  ["FOO", `FOO ${QUERY} HTTP/1.1\r\n: : :\r\n\r\n`],
  ["FOO", `FOO ${QUERY} HTTP/1.0\r\n\r\n`],
  // a method of RTSP, which Node's parser knows
  ["DESCRIBE", `DESCRIBE ${QUERY} HTTP/1.1\r\nHost: localhost\r\n\r\n`],
  ["CONNECT", `CONNECT ${QUERY} HTTP/1.1\r\nHost: localhost\r\n\r\n`],
])("the method %s is answered with 405 00 of the service, once, and logged: %j", async (method, sent) => {
  const { port, refused } = await start();
  const { answers, received } = await answersTo(port, sent);
  expect(answers).toEqual([NOT_SUPPORTED]);
  expect(received).toContain("Allow: POST\r\n");
  expect(received).toContain("Content-Type: application/json\r\n");
  expect(received).toContain(`X-TIMESTAMP: ${TIMESTAMP}\r\n`);
  expect(received).toContain("Connection: close\r\n");
  expect(refused).toStrictEqual([
    {
      method,
      path: QUERY,
      operation: "qrCpmQuery",
      status: 405,
      responseCode: "4056100",
      responseMessage: "Requested Function Is Not Supported",
      why: method === "CONNECT" ? "this server is not a proxy" : expect.stringMatching(/^Parse Error: /),
    },
  ]);
});

test.each<[string, string, object]>([
  [
    "POST /nowhere HTTP/1.1\r\n\r\n",
    "400",
    { method: "POST", path: "/nowhere", why: "HTTP/1.1 asks for a Host header" },
  ],
  [
    `POST /x/..${QUERY} HTTP/1.1\r\n\r\n`,
    "400",
    { method: "POST", path: `/x/..${QUERY}`, why: "HTTP/1.1 asks for a Host header" },
  ],
  [
    "CONNECT x:443 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "405",
    { method: "CONNECT", path: "/", why: "this server is not a proxy" },
  ],
])("%j does not ask for an operation and gets a bare %s", async (sent, status, about) => {
  const { port, refused } = await start();
  const { answers, received } = await answersTo(port, sent);
  expect(answers).toEqual([status]);
  expect(received).not.toMatch(/Content-Type/i);
  expect(refused).toMatchObject([{ ...about, operation: undefined, responseCode: undefined, status: Number(status) }]);
});

/** What is refused before the listener has it, and how it is answered. */
const REFUSED: [string, string, string][] = [
  ["two words", "hello\r\n\r\n", "400"],
  ["one byte", "\0", "400"],
  ["a broken header of another path", post("/nowhere", `X-Note: ${QUERY} `, ": : :"), "400"],
  ["a broken header", post(QUERY, ": : :"), "400"],
  ["a request without Host", `POST ${QUERY} HTTP/1.1\r\n\r\n`, BAD_QUERY],
  ["CONNECT", `CONNECT ${QUERY} HTTP/1.1\r\nHost: localhost\r\n\r\n`, NOT_SUPPORTED],
  ["a method that does not exist", `FOO ${QUERY} HTTP/1.1\r\nHost: localhost\r\n\r\n`, NOT_SUPPORTED],
];

test.each(REFUSED)("what came before %s, in the same packet, is answered first", async (_, sent, answer) => {
  const { port, handled } = await start();
  const { answers } = await answersTo(port, withBody(PAY) + withBody(PAY) + sent);
  expect(answers).toEqual([`200 <${PAY}>`, `200 <${PAY}>`, answer]);
  expect(handled()).toBe(2);
});

test.each(["{}", '{"title":"a body of words"}', '{"pin":"secret"}', '{"pin":"secret', "secret"])(
  "behind the body %s, a method that does not exist is answered in its turn, and nothing of the body is logged",
  async (body) => {
    const { port, refused } = await start();
    const sent = `${withBody(PAY, body)}FOO ${QUERY} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
    expect((await answersTo(port, sent)).answers).toEqual([`200 <${PAY}>`, NOT_SUPPORTED]);
    // where the body ends only the parser knows
    const method = expect.stringMatching(/^(FOO|-)$/);
    expect(refused).toMatchObject([{ method, path: QUERY, operation: "qrCpmQuery", responseCode: "4056100" }]);
  },
);

/** Requests that are HTTP, with something in them that looks like another one, and how many they are. */
const MISLEADING: [string, number, string][] = [
  ["a body that ends where the next begins", 1, withBody(PAY)],
  ["a body with a request in it", 1, `${post(PAY, `content-length:${post(PAY).length}`)}${post(PAY)}`],
  ["an empty line before it", 1, `\r\n${withBody(PAY)}`],
  ["an empty line behind it", 1, `${withBody(PAY)}\r\n`],
  ["no body", 1, post(PAY)],
  ["a body, and one without", 2, withBody(PAY) + post(PAY)],
  ["chunks, and one without", 2, post(PAY, CHUNKED) + inChunks("{}") + post(PAY)],
  [
    "chunks with a request in them",
    1,
    post(PAY, "transfer-encoding: x, CHUNKED") + inChunks(`\r\n\r\n${post(PAY, "Content-Length: 99")}`),
  ],
  ["a chunk with lengths in it", 1, post(PAY, CHUNKED) + inChunks("\r\nContent-Length: 99\r\n\r\n0\r\n\r\n")],
  ["a trailer", 1, `${post(PAY, CHUNKED)}2;a=b\r\n{}\r\n0\r\nX-Trailer: x\r\n\r\n`],
  ["a header that only ends like a length", 1, post(PAY, "X-Content-Length: 9")],
];
/** What is refused however it is cut into packets. */
const CUTTABLE = REFUSED.filter(([name]) => !name.startsWith("a method"));

test.each(MISLEADING)("behind %s, what is refused is answered in its turn", async (_, count, first) => {
  const { port } = await start();
  for (const [, sent, answer] of CUTTABLE) {
    for (const pieces of [[first + first + sent], [first, first, sent]])
      expect((await answersTo(port, pieces)).answers).toEqual([
        ...Array<string>(2 * count).fill(`200 <${PAY}>`),
        answer,
      ]);
  }
});

test("the answers do not depend on the packets that requests come in", async () => {
  const { port } = await start();
  const requests = fc.array(fc.constantFrom(...MISLEADING), { minLength: 1, maxLength: 3 });
  const cuts = fc.uniqueArray(fc.nat({ max: 600 }), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(requests, fc.constantFrom(...CUTTABLE), cuts, async (before, [, sent, answer], chosen) => {
      const all = before.map(([, , text]) => text).join("") + sent;
      const places = [0, ...chosen.filter((at) => at < all.length).sort((a, b) => a - b)];
      const pieces = places.map((at, index) => all.slice(at, places[index + 1])).filter(Boolean);
      const count = before.reduce((sum, [, each]) => sum + each, 0);
      const { answers } = await answersTo(port, pieces);
      expect(answers).toEqual([...Array<string>(count).fill(`200 <${PAY}>`), answer]);
    }),
    { numRuns: 40, seed: 20201223 },
  );
});

test.each([
  "POST /nowhere?secret HTTP/1.1\r\n: : :\r\n\r\n",
  "Bearer secret\r\n: : :\r\n\r\n",
  post(`${QUERY}?secret`, ": : :"),
  post(QUERY, "Authorization: Bearer secret", ": : :"),
  `FOO ${QUERY}?secret HTTP/1.1\r\nAuthorization: Bearer secret\r\n\r\n`,
  `POST ${QUERY}?secret HTTP/1.1\r\nAuthorization: Bearer secret\r\n\r\n`,
  `CONNECT ${QUERY}?secret HTTP/1.1\r\nHost: localhost\r\n\r\n`,
])("the log is told no query, no header and nothing of what is not HTTP: %j", async (sent) => {
  const { port, refused } = await start();
  await exchange(port, sent);
  expect(refused).toHaveLength(1);
  expect(JSON.stringify(refused)).not.toContain("secret");
});

test("an unknown expectation and an upgrade are ignored; behind an upgrade the connection ends", async () => {
  const { port } = await start();
  const expecting = `${post(PAY, "Expect: tea", "Content-Length: 2")}{}`;
  const upgrading = `${post(QUERY, "Connection: Upgrade", "Upgrade: h2c", "Content-Length: 2")}{}`;
  const { answers, received } = await answersTo(port, expecting + upgrading);
  expect(answers).toEqual([`200 <${PAY}>`, `200 <${QUERY}>`]);
  expect(received.split("HTTP/1.1")[2]).toContain("Connection: close");
});

test("a caller that is gone gets no answer, and harms nothing", async () => {
  const { port, refused } = await start();
  const gone = await exchange(port, `${withBody(PAY)}hello`, (socket) => {
    setTimeout(() => socket.resetAndDestroy(), 10);
  });
  expect(gone).toBe("");
  expect((await answersTo(port, post(QUERY, ": : :"))).answers).toEqual(["400"]);
  expect(refused).toHaveLength(1);
});
