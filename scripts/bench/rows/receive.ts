// The price of receiving, against a bare handler.
import { timingSafeEqual } from "node:crypto";
import { alternate, compare, median } from "../measure.ts";
import {
  accessToken,
  answering,
  bareSignature,
  type Extent,
  fixed,
  type Row,
  receiver,
  reply,
  say,
  text,
} from "../subject.ts";

/** Reads bytes, as the signature covers them, and looks at token and signature; the rest it takes on trust. */
async function bareReceiver(request: Request): Promise<Response> {
  const bytes = new Uint8Array(await request.arrayBuffer());
  const expected = bareSignature(bytes, request.headers.get("x-timestamp") ?? "");
  const received = Buffer.from(request.headers.get("x-signature") ?? "", "base64");
  if (request.headers.get("authorization") !== `Bearer ${accessToken}` || !timingSafeEqual(expected, received))
    return new Response(null, { status: 401 });
  const body = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString());
  if (!body) return new Response(null, { status: 400 });
  const headers = { "content-type": "application/json", "x-timestamp": jakartaTime() };
  return new Response(JSON.stringify(reply), { status: 200, headers });
}

const jakartaTime = () => `${new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 19)}+07:00`;

export async function receiving({ rounds }: Extent): Promise<Row[]> {
  const works = { ours: answering(receiver, text), bare: answering(bareReceiver, text) };
  say(`receiving, in ${rounds} rounds`);
  const taken = await alternate(works, { rounds, times: 40 });
  const ratio = compare(taken.ours, taken.bare);
  return [
    {
      what: `receiver: verify, parse, validate, answer (${fixed(median(taken.ours), 0)} us)`,
      against: "bare handler that parses and does the same crypto",
      measured: fixed(ratio),
      aim: "at most 1.25",
      met: ratio <= 1.25,
    },
  ];
}
