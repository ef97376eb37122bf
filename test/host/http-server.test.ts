// The server before the listener: what Node would refuse or drop is answered as the contract has it, and in its turn.
import type { IncomingMessage, ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { contract } from "../../generated/contract.ts";
import { createHttpServer, type Refused } from "../../src/host/http-server.ts";
import { NOW, TIMESTAMP } from "../support/receiver.ts";

const PAY = "/v1.0/qr/qr-cpm-payment";
const QUERY = "/v1.0/qr/qr-cpm-query";
const post = (path: string, ...lines: string[]) => [`POST ${path} HTTP/1.1`, "Host: x", ...lines, "", ""].join("\r\n");
const whole = (path: string) => `${post(path, "Content-Length: 2")}{}`;
/** A body in two chunks. */
const chunked = (text: string) =>
  `1\r\n${text[0]}\r\n${(text.length - 1).toString(16)}\r\n${text.slice(1)}\r\n0\r\n\r\n`;

/** Starts a server whose listener answers with the path when the body is all there, a little later. */
async function start() {
  const refused: Refused[] = [];
  let handled = 0;
  const listener = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    handled += 1;
    for await (const _ of incoming);
    setTimeout(() => outgoing.end(`<${incoming.url}>`), 30);
  };
  const server = createHttpServer((...both) => void listener(...both).catch(() => {}), {
    contract,
    clock: () => NOW,
    onRefused: (about) => refused.push(about),
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { port, refused, handled: () => handled };
}

/** Writes pieces, each a packet of its own, and returns the statuses and bodies that come back before the connection ends. */
async function exchange(port: number, ...pieces: string[]): Promise<{ answers: string[]; received: string }> {
  let received = "";
  const socket = connect(port, "127.0.0.1");
  socket.setNoDelay().on("error", () => {});
  const closed = new Promise((resolve) => socket.on("close", resolve));
  socket.on("data", (chunk) => {
    received += chunk;
  });
  for (const piece of pieces) {
    socket.write(Buffer.from(piece, "latin1"));
    // one a turn is enough to have each read on its own
    await new Promise((resolve) => setTimeout(resolve, piece.length > 1 ? 10 : 1));
  }
  await closed;
  return { answers: answersIn(received), received };
}

function answersIn(received: string): string[] {
  const answers = received.matchAll(/HTTP\/1\.1 (\d+)[\s\S]*?\r\n\r\n(<[^>]*>|\{[^}]*\})?/g);
  return [...answers].map(([, status, body = ""]) => `${status} ${body}`.trim());
}

const BAD_QUERY = '400 {"responseCode":"4006100","responseMessage":"Bad Request"}';
const LONG = "x".repeat(9000);

test.each<[string, string[]]>([
  ["a broken header", [post(QUERY, ": : :")]],
  ["a broken header in a later packet", [`POST ${QUERY} HTTP/1.1\r\nHost: x\r\n`, ": : :\r\n\r\n"]],
  ["a chunk that is none, in a later packet", [post(QUERY, "Transfer-Encoding: chunked"), "zz\r\n"]],
  ["a broken trailer", [`${post(QUERY, "Transfer-Encoding: chunked")}0\r\nX-Trailer: x\r\n: : :\r\n\r\n`]],
  ["headers beyond 16 kB, in two packets", [`POST ${QUERY} HTTP/1.1\r\nHost: x\r\nX-A: ${LONG}`, `${LONG}\r\n\r\n`]],
  [
    "a broken line behind a path in two packets",
    [`POST ${QUERY.slice(0, -3)}`, `${QUERY.slice(-3)} HTTP/1.1\r\n: : :\r\n\r\n`],
  ],
  ["a broken header that comes byte by byte", [...post(QUERY, ": : :")]],
  ["a whole URL, and a broken header", [post(`http://h${QUERY}?a=b`, ": : :")]],
  ["a whole URL, and no Host", [`POST HTTP://h${QUERY} HTTP/1.1\r\n\r\n`]],
  ["another path in a header", [post(QUERY, `X-Note: POST ${PAY} HTTP/1.1`, ` ${PAY} `, ": : :")]],
  ["another path in a chunk", [`${post(QUERY, "Transfer-Encoding: chunked")}30\r\n\r\n${post(PAY)}`, "zz\r\n"]],
  ["another path behind what is broken", [post(QUERY, ": : :") + whole(PAY)]],
  ["another path behind an encoding that is none", [post(QUERY, "Transfer-Encoding: gzip") + whole(PAY)]],
  ["blanks before the path", [`POST   ${QUERY}  HTTP/1.1\r\n: : :\r\n\r\n`]],
  ["a version to come", [`POST ${QUERY} HTTP/1.2\r\nHost: x\r\n\r\n`]],
  ["a version that is none", [`POST ${QUERY} HTP/1.1\r\nHost: x\r\n\r\n`]],
  ["a query of other letters than ASCII", [`POST ${QUERY}?\xe9 HTTP/1.1\r\nHost: x\r\n\r\n`]],
  ["two lengths", [post(QUERY, "Content-Length: 1", "Content-Length: 2")]],
  ["a length and chunks", [post(QUERY, "Content-Length: 1", "Transfer-Encoding: chunked")]],
  ["no Host", [`POST ${QUERY} HTTP/1.1\r\nContent-Length: 0\r\n\r\n`]],
  ["no Host, and an expectation", [`POST ${QUERY} HTTP/1.1\r\nExpect: tea\r\nContent-Length: 0\r\n\r\n`]],
])("%s is answered with 400 00, once, and logged", async (_, pieces) => {
  const { port, refused } = await start();
  const { answers, received } = await exchange(port, ...pieces);
  expect(answers).toEqual([BAD_QUERY]);
  expect(received).toContain("Content-Type: application/json\r\n");
  expect(received).toContain(`X-TIMESTAMP: ${TIMESTAMP}\r\n`);
  expect(received).toContain("Connection: close\r\n");
  expect(refused).toEqual([
    {
      method: expect.stringMatching(/^(-|POST)$/),
      path: QUERY,
      operation: "qrCpmQuery",
      status: 400,
      responseCode: "4006100",
      responseMessage: "Bad Request",
      why: expect.any(String),
    },
  ]);
});

test.each<[string, string[]]>([
  ["FOO", [`FOO ${QUERY}?a=b HTTP/1.1\r\nHost: x\r\n\r\n`]],
  ["post", [...`post ${QUERY} HTTP/1.1\r\nHost: x\r\n\r\n`]],
  ["POSTS", ["POSTS", ` http://h${QUERY.slice(0, 9)}`, `${QUERY.slice(9)}\r\n`]],
  ["!", [`\r\n\r\n! ${QUERY} HTTP/1.1\r\n`]],
  ["DESCRIBE", [`DESCRIBE ${QUERY} HTTP/1.1\r\nHost: x\r\n\r\n`]],
  ["GET", [`GET ${QUERY} HTTP/1.1\r\nHost: x\r\n: : :\r\n\r\n`]],
])("the method %s, if no HTTP comes with it, is answered with 405 00, once, and logged", async (method, pieces) => {
  const { port, refused } = await start();
  const { answers, received } = await exchange(port, ...pieces);
  expect(answers).toEqual(['405 {"responseCode":"4056100","responseMessage":"Requested Function Is Not Supported"}']);
  expect(received).toContain("Allow: POST\r\n");
  expect(refused).toMatchObject([{ method, path: QUERY, operation: "qrCpmQuery", responseCode: "4056100" }]);
});

test.each([
  ["the connection's half is closed", `POST ${QUERY}`, [BAD_QUERY]],
  ["more has come than a line may have", `FOO ${"x".repeat(16_384)}`, ["400"]],
  ["it cannot be a request line", "\x16\x03\x01", ["400"]],
])("a request line without its end is answered when %s", async (why, sent, expected) => {
  const { port } = await start();
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
  let received = "";
  socket.on("data", (chunk) => {
    received += chunk;
  });
  socket.write(Buffer.from(sent, "latin1"));
  if (why.includes("half")) socket.end();
  await new Promise((resolve) => socket.on("end", resolve));
  socket.destroy();
  expect(answersIn(received)).toEqual(expected);
});

test("CONNECT to a path of the contract is answered with 405 00", async () => {
  const { port, refused } = await start();
  const { answers, received } = await exchange(port, `CONNECT ${QUERY} HTTP/1.1\r\nHost: x\r\n\r\n`);
  expect(answers).toEqual(['405 {"responseCode":"4056100","responseMessage":"Requested Function Is Not Supported"}']);
  expect(received).toContain("Allow: POST\r\n");
  expect(refused).toMatchObject([{ method: "CONNECT", path: QUERY, operation: "qrCpmQuery", responseCode: "4056100" }]);
});

test.each([
  ["hello\r\n\r\n", "400"],
  ["POST /nowhere HTTP/1.1\r\nHost: x\r\n: : :\r\n\r\n", "400"],
  ["POST /nowhere HTTP/1.1\r\n\r\n", "400"],
  ["CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n", "405"],
  [`POST ${QUERY}x HTTP/1.1\r\nHost: x\r\n: : :\r\n\r\n`, "400"],
  [`POST ${QUERY}\xe9 HTTP/1.1\r\nHost: x\r\n\r\n`, "400"],
  [`POST\t${QUERY}\tHTTP/1.1\r\nHost: x\r\n\r\n`, "400"],
  [`POST ${QUERY}#a HTTP/1.1\r\nHost: x\r\n: : :\r\n\r\n`, "400"],
  [`POST /x/..${QUERY} HTTP/1.1\r\n\r\n`, "400"],
  [`POST x${QUERY} HTTP/1.1\r\n\r\n`, "400"],
  [`foo /nowhere?${QUERY} HTTP/1.1\r\nX: ${QUERY} \r\n\r\n`, "400"],
  [post("/nowhere", `X-Note: see ${QUERY} now`, ": : :"), "400"],
])("%j asks for no path of the contract and gets a bare status", async (sent, status) => {
  const { port, refused } = await start();
  expect((await exchange(port, sent)).answers).toEqual([status]);
  expect(refused).toMatchObject([{ operation: undefined, responseCode: undefined, status: Number(status) }]);
});

test.each<[string, string, string]>([
  ["rubbish", "hello\r\n\r\n", "400"],
  ["rubbish of one byte", "\0", "400"],
  ["what is broken and asks for no path of the contract", post("/nowhere", `X-Note: ${QUERY} `, ": : :"), "400"],
  ["a broken request", post(QUERY, ": : :"), BAD_QUERY],
  ["one without Host", `POST ${QUERY} HTTP/1.1\r\n\r\n`, BAD_QUERY],
  [
    "CONNECT",
    `CONNECT ${QUERY} HTTP/1.1\r\nHost: x\r\n\r\n`,
    '405 {"responseCode":"4056100","responseMessage":"Requested Function Is Not Supported"}',
  ],
])("what came before %s, in the same packet, is answered first and as it ought to be", async (_, second, answer) => {
  const { port, handled } = await start();
  const { answers } = await exchange(port, whole(PAY) + whole(PAY) + second);
  expect(answers).toEqual([`200 <${PAY}>`, `200 <${PAY}>`, answer]);
  expect(handled()).toBe(2);
});

const TE = "Transfer-Encoding: chunked";
/** Requests that are HTTP, with something in them that looks like another one, and how many they are. */
const MISLEADING: [string, number, string][] = [
  ["a body that ends where the next begins", 1, whole(PAY)],
  ["a body with a request in it", 1, `${post(PAY, `content-length:${post(PAY).length}`)}${post(PAY)}`],
  ["an empty line before it", 1, `\r\n${whole(PAY)}`],
  ["an empty line behind it", 1, `${whole(PAY)}\r\n`],
  ["no body", 1, post(PAY)],
  ["a body, and one without", 2, whole(PAY) + post(PAY)],
  ["chunks, and one without", 2, post(PAY, TE) + chunked("{}") + post(PAY)],
  [
    "chunks with a request in them",
    1,
    post(PAY, "transfer-encoding: x, CHUNKED") + chunked(`\r\n\r\n${post(PAY, "Content-Length: 99")}`),
  ],
  ["a chunk with lengths in it", 1, post(PAY, TE) + chunked("\r\nContent-Length: 99\r\n\r\n0\r\n\r\n")],
  ["a trailer", 1, `${post(PAY, TE)}2;a=b\r\n{}\r\n0\r\nX-Trailer: x\r\n\r\n`],
  ["a header that only ends like a length", 1, post(PAY, "X-Content-Length: 9")],
];

test.each(MISLEADING)(
  "behind %s, a broken request is known by its own path, in whatever packets",
  async (_, count, first) => {
    const { port } = await start();
    const broken = post(QUERY, ": : :");
    const all = first + first + broken;
    const cuts = [[all], [first, first, broken], [first + first + broken.slice(0, 30), broken.slice(30)], [...all]];
    for (const at of [first.length - 3, first.length - 1, first.length + 7])
      cuts.push([all.slice(0, at), all.slice(at)]);
    for (const pieces of cuts) {
      const { answers } = await exchange(port, ...pieces);
      expect(answers).toEqual([...Array<string>(2 * count).fill(`200 <${PAY}>`), BAD_QUERY]);
    }
  },
);

test("of what is broken and asks for no path of the contract nothing is told", async () => {
  const { port, refused } = await start();
  for (const line of ["POST /nowhere?secret HTTP/1.1", "Bearer secret"])
    await exchange(port, `${line}\r\n: : :\r\n\r\n`);
  expect(refused).toMatchObject([
    { method: "-", path: "-", why: expect.any(String) },
    { method: "-", path: "-" },
  ]);
  expect(JSON.stringify(refused)).not.toContain("secret");
});

test("an unknown expectation and an upgrade are ignored; behind an upgrade the connection ends", async () => {
  const { port } = await start();
  const expecting = `${post(PAY, "Expect: tea", "Content-Length: 2")}{}`;
  const upgrading = `${post(QUERY, "Connection: Upgrade", "Upgrade: h2c", "Content-Length: 2")}{}`;
  const { answers, received } = await exchange(port, expecting + upgrading);
  expect(answers).toEqual([`200 <${PAY}>`, `200 <${QUERY}>`]);
  expect(received.split("HTTP/1.1")[2]).toContain("Connection: close");
});

test("a caller that is gone gets no answer, and harms nothing", async () => {
  const { port, refused } = await start();
  const socket = connect(port, "127.0.0.1", () => {
    socket.write(`${whole(PAY)}hello`);
    setTimeout(() => socket.resetAndDestroy(), 10);
  });
  socket.on("error", () => {});
  await new Promise((resolve) => socket.on("close", resolve));
  expect((await exchange(port, post(QUERY, ": : :"))).answers).toEqual([BAD_QUERY]);
  expect(refused).toHaveLength(1);
});

test.each(["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", '{"a":1}', "\x16\x03\x01"])(
  "%j, which no request line begins with, is answered at once",
  async (rubbish) => {
    const { port } = await start();
    expect((await exchange(port, rubbish)).answers).toEqual(["400"]);
  },
  5000,
);
