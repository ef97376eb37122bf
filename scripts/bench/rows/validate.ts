// The price of validation, against that of other validators.
import { alternate, compare, median } from "../measure.ts";
import { document, type Extent, fixed, path, type Row, request, say, text, validateRequest } from "../subject.ts";

/** The price of validation, as a share of the price of parsing what is validated. */
export async function validation({ rounds }: Extent): Promise<Row[]> {
  type Peer = { name: string; check(body: unknown): boolean; differences: string };
  const { peers } = (await import(String("./peers.ts"))) as { peers(of: unknown, at: string): Promise<Peer[]> };
  const ours = { name: "ours", check: (body: unknown) => validateRequest("qrCpmPayment", body).valid, differences: "" };
  const all = [ours, ...(await peers(document, path))];
  say(`validating ${text.length} bytes, freshly parsed, in ${rounds} rounds`);
  const parse = (times: number) => {
    let seen = 0;
    for (let at = 0; at < times; at++) if (JSON.parse(text) !== null) seen++;
    return void seen;
  };
  const works = { parse, ...Object.fromEntries(all.map(({ name, check }) => [name, validating(check)])) };
  const taken = await alternate<string>(works, { rounds, times: 500 });
  // not before, for the faulty bodies' other shapes would slow whom they meet
  for (const { name, check } of all) refuseIdle(name, check);
  const share = (name: string) =>
    compare(taken[name] ?? [], taken.parse ?? [], (both, alone) => (both - alone) / alone);
  const own = share("ours");
  say(`JSON.parse takes ${fixed(median(taken.parse ?? []))} us`);
  return [
    {
      what: "validate the full request, freshly parsed: (parse + validate - parse) / parse",
      against: "`JSON.parse` of it",
      measured: fixed(own),
      aim: "at most 0.12",
      met: own <= 0.12,
    },
    ...all.slice(1).map(({ name, differences }) => ({
      what: "the same",
      against: name + (differences && ` (${differences})`),
      measured: `${fixed(own)} against ${fixed(share(name))}`,
      aim: "less",
      met: own < share(name),
    })),
  ];
}

/** A function of its own for each validator, so that none is slowed by the others' types. */
function validating(check: (body: unknown) => boolean): (times: number) => void {
  return new Function(
    "check",
    "text",
    "return (times) => { let valid = 0; for (let at = 0; at < times; at++) if (check(JSON.parse(text))) valid++; if (valid !== times) throw new Error('refused'); };",
  )(check, text);
}

/** A validator that accepts too much would be fast and prove nothing. */
function refuseIdle(name: string, check: (body: unknown) => boolean): void {
  const faulty: Record<string, unknown>[] = [
    ...["partnerReferenceNo", "qrContent", "merchantId", "expiryTime"].map((field) => ({ [field]: undefined })),
    ...["partnerReferenceNo", "qrContent", "merchantId"].map((field) => ({ [field]: "" })),
    ...Object.entries({ partnerReferenceNo: 64, qrContent: 512, subMerchantId: 32, title: 256, terminalId: 32 }).map(
      ([field, max]) => ({ [field]: "x".repeat(max + 1) }),
    ),
    { title: 1 },
    { expiryTime: "2020-12-23T07:59:11" },
    { amount: { value: "1", currency: "IDR" } },
    { amount: { value: "1.00" } },
    { feeAmount: { value: "1.00", currency: "idr" } },
    { scannerInfo: { deviceModel: "x".repeat(129) } },
    { items: [] },
    { additionalInfo: "none" },
  ];
  const fresh = (change: object) => JSON.parse(JSON.stringify({ ...request, ...change }));
  if (!check(fresh({}))) throw new Error(`${name} refuses the full request`);
  for (const change of faulty) {
    if (check(fresh(change))) throw new Error(`${name} accepts ${JSON.stringify(change)}`);
  }
}
