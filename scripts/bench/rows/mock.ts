// Our mock and the Prism command line, side by side under the same load.
import { type ChildProcess, spawn } from "node:child_process";
import { Agent, request } from "node:http";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import freePort from "get-port";
import { root } from "../../redocly/run.ts";
import { alternate, compare, median } from "../measure.ts";
import { accessToken, type Extent, fixed, path, type Row, say, snapTimestamp, text } from "../subject.ts";

/** Requests at a time, as a test suite that runs in parallel makes them. */
const CONNECTIONS = 16;

export async function mocking({ rounds }: Extent): Promise<Row[]> {
  const mockRounds = Math.ceil(rounds / 8);
  say(`putting 200 requests, 16 at a time, to our mock and to the Prism command line, in ${mockRounds} rounds`);
  const headers = {
    "content-type": "application/json",
    authorization: `Bearer ${accessToken}`,
    "x-signature": "85be817c55b2c135157c7e89f52499bf0c25ad6eeebe04a986e8c862561b19a5",
    "x-timestamp": snapTimestamp(new Date()),
    "x-partner-id": "82150823919040624621823174737537",
    "x-external-id": "41807553358950093184162180797837",
    "channel-id": "95221",
  };
  const { ours, prism, ratio } = await compareMocks({ path, headers, body: text }, mockRounds);
  return [
    {
      what: `mock: requests a second (${ours.toFixed(0)})`,
      against: `the Prism command line at log level error (${prism.toFixed(0)})`,
      measured: fixed(ratio),
      aim: "at least 1.50",
      met: ratio >= 1.5,
    },
  ];
}

interface Load {
  path: string;
  headers: Record<string, string>;
  body: string;
}

/**
 * Puts the same valid request to both.
 * @returns requests a second of each, and how many times as many ours answers
 */
async function compareMocks(load: Load, rounds: number): Promise<{ ours: number; prism: number; ratio: number }> {
  const prismBin = join(
    dirname(createRequire(join(root, "package.json")).resolve("@stoplight/prism-cli/package.json")),
    "dist/index.js",
  );
  const document = join(root, "generated/openapi.yaml");
  const prism = await start((port) => [prismBin, "mock", "--port", port, "--verboseLevel", "error", document]);
  const ours = await start((port) => [join(root, "dist/cli.js"), "mock", "--port", port]);
  try {
    const taken = await alternate(
      { ours: (times) => put(load, ours.url, times), prism: (times) => put(load, prism.url, times) },
      { rounds, times: 200 },
    );
    const perSecond = (microseconds: number[]) => 1_000_000 / median(microseconds);
    return { ours: perSecond(taken.ours), prism: perSecond(taken.prism), ratio: compare(taken.prism, taken.ours) };
  } finally {
    prism.child.kill();
    ours.child.kill();
  }
}

async function start(args: (port: string) => string[]): Promise<{ child: ChildProcess; url: string }> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, args(String(port)), { stdio: "ignore" });
  for (let tries = 0; ; tries += 1) {
    try {
      await fetch(url);
      return { child, url };
    } catch (error) {
      if (tries > 150) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

/** Sends the request a number of times over kept-alive connections. */
async function put({ path, headers, body }: Load, url: string, times: number): Promise<void> {
  const agent = agents.get(url) ?? new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  agents.set(url, agent);
  const one = () =>
    new Promise<void>((resolve, reject) => {
      const length = { "content-length": Buffer.byteLength(body) };
      const outgoing = request(
        url + path,
        { method: "POST", agent, headers: { ...headers, ...length } },
        (incoming) => {
          incoming.resume().on("end", resolve).on("error", reject);
          if (incoming.statusCode !== 200) reject(new Error(`${url} answered ${incoming.statusCode}`));
        },
      );
      outgoing.on("error", reject).end(body);
    });
  let left = times;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await one();
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
}

const agents = new Map<string, Agent>();
