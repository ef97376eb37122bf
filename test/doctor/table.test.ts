// How well the doctor does: more than a hundred mistakes, one by one and two by two, over seeded random requests.
import { expect, test } from "vitest";
import { operations } from "../../generated/operations.ts";
import { type Check, diagnose } from "../../src/doctor/doctor.ts";
import { seeded } from "../support/random.ts";
import { RIGHT, randomSent, type Sent, type Signer, signed as written } from "./careless.ts";
import { type Careless, carelessMistakes, stagesOf } from "./careless-mistakes.ts";

const SEED = Number(process.env.SNAP_DOCTOR_SEED ?? 20_261_124);
const REQUESTS = 5;
const PAIRS = 120;

const random = seeded(SEED);
const mistakes = carelessMistakes(random);
const paths = Object.values(operations).map(({ path }) => path);
const requests = Array.from({ length: REQUESTS }, (_, at) => randomSent(random, paths.slice(0, 7), at));

/** A signature as a careless client sends it; one in the URL's alphabet without padding is as good as Base64, so it is written so. */
function signed(sent: Sent, signer: Signer): string {
  const signature = written(sent, signer);
  const bytes = Buffer.from(signature, "base64url");
  return bytes.toString("base64url") === signature ? bytes.toString("base64") : signature;
}

/** What the doctor says of a signature: the names of each explanation's mistakes. */
async function told(sent: Sent, signature: string): Promise<string[]> {
  const check: Check = {
    ...{ type: "symmetric", method: sent.method, path: sent.base + sent.operation + sent.query },
    ...{ body: Buffer.from(sent.body), timestamp: sent.time, accessToken: sent.token, clientKey: undefined },
    ...{ baseUrl: `https://${sent.host}`, signature, clientSecret: sent.secret, publicKey: undefined },
  };
  // bounded by attempts alone, so that a busy machine finds as much
  const { explanations } = await diagnose(check, { milliseconds: Number.POSITIVE_INFINITY });
  return explanations.map((its) =>
    its
      .map(({ name }) => name)
      .sort()
      .join(" + "),
  );
}

/** What was done, what the doctor may call it, and what it says. */
interface Case {
  what: string;
  /** Under these names the very same signature comes out, so that nobody can tell them apart. */
  right: Set<string>;
  said: string[];
}

/** Every signature that one mistake makes, and the names of the mistakes that make it. */
function singlesOf(sent: Sent): Map<string, Set<string>> {
  const made = new Map<string, Set<string>>();
  for (const { name, does } of mistakes) {
    const signature = signed(sent, { ...RIGHT, ...does });
    made.set(signature, (made.get(signature) ?? new Set()).add(name));
  }
  return made;
}

function judged(kind: string, cases: Case[], most: number): void {
  const found = cases.filter(({ right, said }) => said.some((names) => right.has(names)));
  const wrong = cases.filter(({ right, said }) => said.length === 1 && !right.has(said[0] as string));
  const share = found.length / cases.length;
  console.log(
    `doctor: ${kind}: the right cause named in ${found.length} of ${cases.length} (${(share * 100).toFixed(1)} %), a wrong one with certainty in ${wrong.length}, none in ${cases.filter(({ said }) => !said.length).length}`,
  );
  if (process.env.SNAP_DOCTOR_SHOW)
    for (const { what, right, said } of cases.filter((one) => !found.includes(one)))
      console.log(`  ${what}: must be ${[...right].join(" or ")}, is ${said.join(" or ") || "nothing"}`);
  expect(wrong.map(({ what, said }) => [what, said])).toEqual([]);
  expect(share).toBeGreaterThanOrEqual(most);
}

test("there are at least 80 mistakes, and each changes the signature of some request", () => {
  expect(mistakes.length).toBeGreaterThanOrEqual(80);
  expect(new Set(mistakes.map(({ what }) => what)).size).toBeGreaterThanOrEqual(80);
  const rights = requests.map((sent) => signed(sent, RIGHT));
  const idle = mistakes.filter(({ does }) =>
    requests.every((sent, at) => signed(sent, { ...RIGHT, ...does }) === rights[at]),
  );
  expect(idle.map(({ what }) => what)).toEqual([]);
  console.log(`doctor: ${mistakes.length} mistakes, seed ${SEED}`);
});

test("names the right cause of a single mistake in at least 95 %", async () => {
  const cases: Case[] = [];
  for (const sent of requests) {
    const right = signed(sent, RIGHT);
    for (const [signature, names] of singlesOf(sent)) {
      // a mistake that changes nothing is not one
      if (signature === right) continue;
      const what = [...names].join(" or ");
      cases.push({ what, right: names, said: await told(sent, signature) });
    }
  }
  judged("single mistakes", cases, 0.95);
}, 600_000);

test("names the right cause of two mistakes at once in at least 80 %", async () => {
  const singles = requests.map(singlesOf);
  const cases: Case[] = [];
  while (cases.length < PAIRS) {
    const at = random.below(REQUESTS);
    const sent = requests[at] as Sent;
    const [one, two] = [random.pick(mistakes), random.pick(mistakes)] as [Careless, Careless];
    if (stagesOf(one).some((stage) => stagesOf(two).includes(stage))) continue;
    const signature = signed(sent, { ...RIGHT, ...one.does, ...two.does });
    const alone = [one, two].map(({ does }) => signed(sent, { ...RIGHT, ...does }));
    // one of them changes nothing beside the other
    if (signature === signed(sent, RIGHT) || alone.includes(signature)) continue;
    // each of them may be another that does the very same to this request
    const [first = [], second = []] = alone.map((its) => [...(singles[at]?.get(its) ?? [])]);
    const pairs = first.flatMap((its) => second.map((other) => [its, other].sort().join(" + ")));
    const right = new Set([...pairs, ...(singles[at]?.get(signature) ?? [])]);
    cases.push({ what: `${one.what}; ${two.what}`, right, said: await told(sent, signature) });
  }
  judged("pairs", cases, 0.8);
}, 900_000);
