// How the price grows with the body.
import { alternate, median } from "../measure.ts";
import { answering, type Extent, type Row, receiver, request, say, validateRequest } from "../subject.ts";

/** Bodies with an additionalInfo of 1 kB to 1 MB. */
export async function growth({ rounds }: Extent): Promise<Row[]> {
  const sizes = [1, 10, 100, 1000];
  const bodies = sizes.map((kilobytes) => {
    const item = { name: "some goods", price: "10000.00", note: "white, large" };
    const items = Array.from(
      { length: Math.round((kilobytes * 1000) / (JSON.stringify(item).length + 1)) },
      () => item,
    );
    return JSON.stringify({ ...request, additionalInfo: { items } });
  });
  say("validating and receiving an additionalInfo of 1, 10, 100 and 1000 kB");
  const perKilobyte = { validate: [] as number[], receive: [] as number[] };
  for (const [at, body] of bodies.entries()) {
    const times = Math.max(1, 40 / (sizes[at] ?? 1));
    const validate = () => {
      // parsed before the clock starts: what JSON.parse does with a megabyte is not ours
      const parsed = Array.from({ length: times }, () => JSON.parse(body));
      const start = performance.now();
      for (const one of parsed) if (!validateRequest("qrCpmPayment", one).valid) throw new Error("refused");
      return performance.now() - start;
    };
    const taken = await alternate(
      { validate, receive: answering(receiver, body) },
      { rounds: Math.ceil(rounds / 10), times },
    );
    perKilobyte.validate.push(median(taken.validate) / (body.length / 1000));
    perKilobyte.receive.push(median(taken.receive) / (body.length / 1000));
  }
  // linear or better: a kilobyte of the largest body costs no more than one of the smallest
  return Object.entries(perKilobyte).map(([what, each]) => ({
    what: `${what} with additionalInfo of 1, 10, 100, 1000 kB: us a kB of body`,
    against: "itself",
    measured: each.map((time) => Number(time.toPrecision(2))).join(", "),
    aim: "linear",
    met: (each.at(-1) ?? Number.NaN) <= (each[0] ?? Number.NaN),
  }));
}
