// By which names mock and sandbox may be called: a page elsewhere can have a name of its own lead to this machine.
import { request } from "node:http";
import { describe, expect, onTestFinished, test } from "vitest";
import { type HostOptions, type LogEntry, type RunningServer, startMock, startSandbox } from "../../src/sandbox.ts";
import { requestOf } from "../mock/support.ts";
import { exchange } from "../support/wire.ts";

const QUERY = requestOf("61");
const servers = { mock: startMock, sandbox: startSandbox } as Record<
  "mock" | "sandbox",
  (options: HostOptions) => Promise<RunningServer>
>;

/** Starts a server for one test, and keeps its log. */
async function start(name: keyof typeof servers, options: HostOptions = {}) {
  const entries: LogEntry[] = [];
  const server = await servers[name]({ ...options, log: (entry) => entries.push(entry) });
  onTestFinished(() => server.close());
  return { port: Number(new URL(server.url).port), entries };
}

/** An answer to a request with a Host header of our own. */
function call(port: number, host: string, method: string, path: string, address = "127.0.0.1") {
  return new Promise<{ status: number; type: string; text: string }>((resolve, reject) => {
    const headers = { ...QUERY.headers, host, connection: "close" };
    const outgoing = request({ host: address, port, method, path, headers }, (incoming) => {
      let text = "";
      incoming.setEncoding("utf8").on("data", (chunk) => {
        text += chunk;
      });
      incoming.on("end", () =>
        resolve({ status: incoming.statusCode ?? 0, type: incoming.headers["content-type"] ?? "", text }),
      );
    });
    outgoing.on("error", reject).end(method === "POST" ? JSON.stringify(QUERY.body) : undefined);
  });
}

const LOCAL = [
  "localhost",
  "localhost:1",
  "LocalHost:4010",
  "a.b.localhost",
  "127.0.0.1",
  "127.8.9.1:80",
  "[::1]:4010",
];
const FOREIGN = [
  "attacker.example",
  "attacker.example:4010",
  "localhost.attacker.example",
  "127.0.0.1.attacker.example",
  "xlocalhost",
  "localhost:4010@attacker.example",
  "10.0.0.1",
  "0.0.0.0",
  "[::2]",
  "a b",
];

describe.each(["mock", "sandbox"] as const)("the %s", (name) => {
  test("on loopback takes every name of this machine", async () => {
    const { port } = await start(name);
    for (const host of LOCAL) {
      expect((await call(port, host, "POST", QUERY.path)).text, host).toMatch(/"(2006100|404610[01]|4096100)"/);
      expect((await call(port, host, "GET", "/docs")).status, host).toBe(200);
    }
  });

  test("on loopback refuses every other name, for operations, the documentation and the rest alike", async () => {
    const { port, entries } = await start(name);
    for (const host of FOREIGN) {
      entries.length = 0;
      const refused = { responseCode: "4006100", responseMessage: "Bad Request" };
      expect(await call(port, host, "POST", QUERY.path), host).toEqual({
        status: 400,
        type: "application/json",
        text: JSON.stringify(refused),
      });
      for (const [method, path] of [
        ["GET", "/docs"],
        ["GET", "/"],
        ["GET", "/sandbox"],
        ["POST", "/sandbox/time"],
        ["OPTIONS", "/nowhere"],
      ] as const) {
        const { status, type, text } = await call(port, host, method, path);
        expect([status, type], `${host} ${path}`).toEqual([400, "application/problem+json"]);
        expect(JSON.parse(text)).toEqual({
          type: "about:blank",
          title: "The Host header is refused",
          status: 400,
          detail: `The Host header must be of this machine, such as localhost, but is ${JSON.stringify(host)}: call it by that name, or start it with --allow-host NAME (option allowHosts).`,
        });
      }
      expect(entries).toHaveLength(6);
      expect(entries[0]).toMatchObject({
        operation: "qrCpmQuery",
        service: "61",
        ...refused,
        step: "http",
        status: 400,
      });
      for (const { step, hint } of entries)
        expect([step, hint]).toEqual(["http", expect.stringMatching(/^the Host header must be/)]);
    }
  });

  test("takes the names of allowHosts too, whatever their case and port", async () => {
    const { port } = await start(name, { allowHosts: ["pjp.test", "[fd00::1]"] });
    for (const host of ["pjp.test", "PJP.test:80", "[fd00::1]:4010", "localhost"])
      expect((await call(port, host, "GET", "/docs")).status, host).toBe(200);
    for (const host of ["www.pjp.test", "pjp.test.example"])
      expect((await call(port, host, "GET", "/docs")).status, host).toBe(400);
  });

  test("on another address takes any name", async () => {
    const { port } = await start(name, { host: "0.0.0.0" });
    for (const host of [...LOCAL, ...FOREIGN]) expect((await call(port, host, "GET", "/docs")).status, host).toBe(200);
  });

  test("takes HTTP/1.0 without a Host, which no browser sends, and refuses HTTP/1.1 without one", async () => {
    const { port } = await start(name);
    const send = async (version: string) =>
      (await exchange(port, `GET /docs HTTP/${version}\r\nConnection: close\r\n\r\n`)).slice(9, 12);
    expect(await send("1.0")).toBe("200");
    for (const version of ["1.1", "1.1\r\nHost: ", "1.0\r\nHost: attacker.example"])
      expect(await send(version)).toBe("400");
  });

  test.each<[unknown, string]>([
    ["pjp.test", "allowHosts must be a list of host names."],
    [["https://pjp.test"], 'but one is "https://pjp.test": write the name alone.'],
    [["pjp.test:80"], 'but one is "pjp.test:80": write the name alone.'],
    [["*"], 'but one is "*": write the name alone.'],
    [[1], "but one is not text: write the name alone."],
  ])("refuses allowHosts %j", async (allowHosts, message) => {
    await expect(servers[name]({ allowHosts } as never)).rejects.toThrow(
      expect.objectContaining({ code: "ERR_SNAP_INVALID_OPTION", message: expect.stringContaining(message) }),
    );
  });
});
