// The server before the listener: what Node would refuse or drop is answered as the contract has it, and in its turn.
import type { IncomingMessage, ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { contract } from "../generated/contract.ts";
import { createHttpServer, type Refused } from "../src/http-server.ts";
import { NOW, TIMESTAMP } from "./support/receiver.ts";

const PAY = "/v1.0/qr/qr-cpm-payment";
const QUERY = "/v1.0/qr/qr-cpm-query";
const post = (path: string, ...lines: string[]) => [`POST ${path} HTTP/1.1`, "Host: x", ...lines, "", ""].join("\r\n");
const whole = (path: string) => `${post(path, "Content-Length: 2")}{}`;

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
    socket.write(piece);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await closed;
  const answers = [...received.matchAll(/HTTP\/1\.1 (\d+)[\s\S]*?\r\n\r\n(<[^>]*>|\{[^}]*\})?/g)];
  return { answers: answers.map(([, status, body = ""]) => `${status} ${body}`.trim()), received };
}

const BAD_QUERY = '400 {"responseCode":"4006100","responseMessage":"Bad Request"}';
const BAD_PAYMENT = '400 {"responseCode":"4006000","responseMessage":"Bad Request"}';
const LONG = "x".repeat(9000);

test.each<[string, string[]]>([
  ["a broken header", [post(QUERY, ": : :")]],
  ["a broken header in a later packet", [`POST ${QUERY} HTTP/1.1\r\nHost: x\r\n`, ": : :\r\n\r\n"]],
  ["a chunk that is none, in a later packet", [post(QUERY, "Transfer-Encoding: chunked"), "zz\r\n"]],
  ["headers beyond 16 kB, in two packets", [`POST ${QUERY} HTTP/1.1\r\nHost: x\r\nX-A: ${LONG}`, `${LONG}\r\n\r\n`]],
  ["a method that is none", [`post ${QUERY}?a=b HTTP/1.1\r\nHost: x\r\n\r\n`]],
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
])("%j asks for no path of the contract and gets a bare status", async (sent, status) => {
  const { port, refused } = await start();
  expect((await exchange(port, sent)).answers).toEqual([status]);
  expect(refused).toMatchObject([{ operation: undefined, responseCode: undefined, status: Number(status) }]);
});

test.each<[string, string, string]>([
  ["rubbish", "hello\r\n\r\n", BAD_PAYMENT],
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
