// The price of a signature, against bare crypto.
import { alternate, compare, median } from "../measure.ts";
import {
  accessToken,
  bareSignature,
  clientSecret,
  type Extent,
  fixed,
  path,
  type Row,
  say,
  sign,
  snapTimestamp,
  text,
} from "../subject.ts";

export async function signing({ rounds }: Extent): Promise<Row[]> {
  const timestamp = snapTimestamp(new Date());
  const method = "POST";
  const type = "symmetric";
  const works = {
    ours: (times: number) => {
      for (let at = 0; at < times; at++) sign({ type, method, path, accessToken, body: text, timestamp, clientSecret });
    },
    bare: (times: number) => {
      for (let at = 0; at < times; at++) bareSignature(text, timestamp).toString("base64");
    },
  };
  if (
    sign({ type, method, path, accessToken, body: text, timestamp, clientSecret }) !==
    bareSignature(text, timestamp).toString("base64")
  )
    throw new Error("the two signatures differ");
  say(`signing, in ${rounds} rounds`);
  const taken = await alternate(works, { rounds, times: 200 });
  const ratio = compare(taken.ours, taken.bare);
  return [
    {
      what: `sign (${fixed(median(taken.ours), 1)} us)`,
      against: "bare `node:crypto` SHA-256 and HMAC-SHA512",
      measured: fixed(ratio),
      aim: "at most 1.15",
      met: ratio <= 1.15,
    },
  ];
}
