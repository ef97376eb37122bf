// The price of a call, against bare fetch.
import { randomBytes } from "node:crypto";
import type { AddressInfo } from "node:net";
import { Worker } from "node:worker_threads";
import { alternate, compare, median } from "../measure.ts";
import {
  accessToken,
  clientSecret,
  createSnapClient,
  type Extent,
  fixed,
  path,
  type Row,
  reply,
  request,
  say,
  sign,
  snapTimestamp,
} from "../subject.ts";

export async function calling({ rounds }: Extent): Promise<Row[]> {
  const worker = new Worker(new URL("loopback.js", import.meta.url), { workerData: JSON.stringify(reply) });
  const { port } = await new Promise<AddressInfo>((resolve) => worker.once("message", resolve));
  const baseUrl = `http://127.0.0.1:${port}`;
  const signature = { type: "symmetric", clientSecret } as const;
  const snap = createSnapClient({
    baseUrl,
    partnerId: "82150823919040624621",
    channelId: "95221",
    accessToken,
    signature,
  });

  async function bareCall(): Promise<unknown> {
    const body = JSON.stringify(request);
    const timestamp = snapTimestamp(new Date());
    const headers = {
      "Content-Type": "application/json",
      Authorization: `Bearer ${accessToken}`,
      "X-TIMESTAMP": timestamp,
      "X-SIGNATURE": sign({
        type: "symmetric",
        method: "POST",
        path,
        accessToken,
        body,
        timestamp,
        clientSecret,
      }),
      "X-PARTNER-ID": "82150823919040624621",
      "X-EXTERNAL-ID": randomBytes(16).toString("hex"),
      "CHANNEL-ID": "95221",
    };
    const response = await fetch(baseUrl + path, { method: "POST", headers, body });
    return response.json();
  }
  const works = {
    ours: async (times: number) => {
      for (let at = 0; at < times; at++) await snap.qrCpmPayment(request);
    },
    bare: async (times: number) => {
      for (let at = 0; at < times; at++) await bareCall();
    },
  };
  say(`calling a server on loopback, in ${rounds} rounds`);
  const taken = await alternate(works, { rounds, times: 10 });
  await worker.terminate();
  const ratio = compare(taken.ours, taken.bare);
  return [
    {
      what: `client call on loopback (${fixed(median(taken.ours), 0)} us)`,
      against: "bare `fetch(url, init)` with the same signing",
      measured: fixed(ratio),
      aim: "at most 1.10",
      met: ratio <= 1.1,
    },
  ];
}
