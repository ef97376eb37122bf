// The functional test sheet that a PJP or a partner fills to go live, over real HTTP.

import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import type { Scenario } from "../../generated/scenarios.ts";
import { createSnapClient } from "../../src/index.ts";
import { toNodeListener } from "../../src/node.ts";
import { type Mock, type Sandbox, type SandboxOptions, startMock, startSandbox } from "../../src/sandbox.ts";
import { createSnapHandler, type SnapCall } from "../../src/server.ts";
import {
  answerOf,
  CHECKS,
  callerOf,
  cancellation,
  checkAnswer,
  checked,
  commonRowsOf,
  type Group,
  generation,
  goThrough,
  groups,
  MERCHANT_ID,
  notification,
  type Outcome,
  ownRowsOf,
  type Pjp,
  paid,
  payment,
  repayment,
} from "../support/functional-sheet.ts";
import { listen } from "../support/http.ts";
import { others } from "../support/keys.ts";
import type { Body } from "../support/random.ts";
import { exampleOf, NOW, privateKey } from "../support/receiver.ts";

const PJP_AT_THE_MERCHANT = "pjp-at-the-merchant";
const LIMIT = "500000.00";
const SETTLE_AFTER = 60;

/** The scenarios that were gone through. */
const done = { sandbox: new Set<string>(), mock: new Set<string>() };

// ---- the sandbox and the mock

async function openSandbox(options: SandboxOptions = {}): Promise<Pjp & { sandbox: Sandbox }> {
  const sandbox = await startSandbox({
    ...CHECKS,
    time: NOW,
    seed: "functional sheet",
    limit: LIMIT,
    settleAfter: SETTLE_AFTER,
    ...options,
  });
  const success = (operation: keyof typeof exampleOf) => `200${exampleOf[operation].service}00 Successful`;
  return { ...callerOf({ url: sandbox.url, now: sandbox.now, success }), sandbox };
}

async function openMock(): Promise<Pjp & { mock: Mock }> {
  const mock = await startMock({ ...CHECKS, checkReplay: true });
  const success = (operation: keyof typeof exampleOf) => {
    const { responseCode, responseMessage } = exampleOf[operation].success;
    return `${responseCode} ${responseMessage}`;
  };
  return { ...callerOf({ url: mock.url, now: () => new Date(), success }), mock };
}

// ---- n.1 to n.5

/** A scenario's name: number, service, scenario and expected result, as the list has them. Each is unique. */
const titleOf = (group: Group, row: Scenario) =>
  `${row.number} ${group.name} (${group.service}): ${row.name.en} -> ${answerOf(group, row)}`;

const common = groups.flatMap((group) => commonRowsOf(group).map((row) => [titleOf(group, row), group, row] as const));

describe("the sandbox", () => {
  let pjp: Awaited<ReturnType<typeof openSandbox>>;
  beforeAll(async () => {
    pjp = await openSandbox();
  });
  afterAll(() => pjp.sandbox.close());

  test.each(common)("%s", async (title, group, row) => {
    await goThrough(pjp, group, row);
    done.sandbox.add(title);
  });
});

describe("the mock", () => {
  let pjp: Awaited<ReturnType<typeof openMock>>;
  beforeAll(async () => {
    // the mock has no clock of its own to stop, and at midnight an X-EXTERNAL-ID is new again
    vi.useFakeTimers({ toFake: ["Date"], now: NOW });
    pjp = await openMock();
  });
  afterAll(async () => {
    await pjp.mock.close();
    vi.useRealTimers();
  });

  test.each(common)("%s", async (title, group, row) => {
    await goThrough(pjp, group, row);
    done.mock.add(title);
  });
});

// ---- from n.6 on

/** A merchant that is notified: what it took, and how it answered. */
interface Merchant {
  url: string;
  taken: Pick<SnapCall<"qrCpmNotify">, "body" | "partnerId" | "accessToken">[];
  answered: { response: Response; body: Body }[];
}

/** Whom a scenario deals with: a sandbox of its own, and the merchant that it notifies. */
interface World extends Pjp {
  sandbox: Sandbox;
  merchant: Merchant;
}

/** A scenario that one service has. */
interface OwnScenario {
  act: (world: World) => Promise<Outcome>;
  /** Makes sure of what has to be true then. */
  after?: (world: World, body: Body) => Promise<void> | void;
}

async function openWorld(): Promise<World> {
  const merchant: Merchant = { url: "", taken: [], answered: [] };
  let sandbox: Sandbox | undefined;
  const handler = createSnapHandler({
    // as it stands with a PJP: its public key, and no token
    key: ({ partnerId }) =>
      partnerId === PJP_AT_THE_MERCHANT ? { type: "asymmetric", publicKey: sandbox?.notifyPublicKey ?? "" } : undefined,
    verifyToken: () => false,
    withoutToken: ["qrCpmNotify"],
    clock: () => sandbox?.now() ?? NOW,
    operations: {
      qrCpmNotify({ body, partnerId, accessToken }) {
        merchant.taken.push({ body, partnerId, accessToken });
        return { responseCode: "2007900", responseMessage: "Successful" };
      },
    },
  });
  async function watched(request: Request): Promise<Response> {
    const response = await handler(request);
    merchant.answered.push({ response, body: (await response.clone().json()) as Body });
    return response;
  }
  merchant.url = (await listen(toNodeListener(watched))).url;
  const pjp = await openSandbox({
    notify: {
      url: merchant.url,
      partnerId: PJP_AT_THE_MERCHANT,
      signature: { type: "asymmetric", privateKey: others.privateKey },
    },
  });
  sandbox = pjp.sandbox;
  onTestFinished(() => pjp.sandbox.close());
  return { ...pjp, merchant };
}

/** What a query says of a payment: status and description. */
async function statusOf(pjp: Pjp, originalPartnerReferenceNo: unknown): Promise<string> {
  const asked = { originalPartnerReferenceNo: String(originalPartnerReferenceNo) };
  const body = checked(pjp, "qrCpmQuery", await pjp.snap.qrCpmQuery(asked));
  expect(body).toMatchObject(asked);
  return `${body.latestTransactionStatus} ${body.transactionStatusDesc}`;
}

/** Has what is in progress decided: a payment's status a second before that, and when it is. */
async function decided(world: World, { originalPartnerReferenceNo }: Body): Promise<[before: string, then: string]> {
  await world.sandbox.advance(SETTLE_AFTER - 1);
  const before = await statusOf(world, originalPartnerReferenceNo);
  await world.sandbox.advance(1);
  return [before, await statusOf(world, originalPartnerReferenceNo)];
}

/** Makes sure that the merchant was told this of one payment, once, signed, and that it said so. */
async function wasTold(world: World, told: object): Promise<void> {
  const { sandbox, merchant } = world;
  await sandbox.idle();
  const [call] = merchant.taken;
  expect(merchant.taken).toEqual([
    { body: expect.any(Object), partnerId: PJP_AT_THE_MERCHANT, accessToken: undefined },
  ]);
  expect(call?.body).toMatchObject({ ...told, merchantId: MERCHANT_ID });
  expect(merchant.answered).toHaveLength(1);
  for (const { response, body } of merchant.answered) {
    checkAnswer(world, "qrCpmNotify", response, body, "2007900 Successful");
  }
  const acknowledged = { attempt: 1, status: 200, responseCode: "2007900", responseMessage: "Successful" };
  expect(sandbox.deliveries()).toMatchObject([{ body: call?.body, ...acknowledged, retryIn: undefined }]);

  // the signature counts: under another key than the PJP's the same words are not believed
  const forger = createSnapClient({
    baseUrl: merchant.url,
    partnerId: PJP_AT_THE_MERCHANT,
    channelId: "95221",
    signature: { type: "asymmetric", privateKey },
    clock: sandbox.now,
  });
  const forged = await forger.qrCpmNotify(call?.body ?? expect.unreachable());
  checkAnswer(world, "qrCpmNotify", forged.response, { ...forged.error }, "4017900 Unauthorized. [Signature]");
  expect(merchant.taken).toHaveLength(1);
}

/** A direct debit that the sandbox knows in a status. */
function debitOf(status: "00 success" | "03 pending"): OwnScenario {
  return {
    act: ({ snap }) =>
      snap.debitStatus({ originalPartnerReferenceNo: `debit-${status.slice(0, 2)}`, serviceCode: "54" }),
    after: (_, body) => expect(`${body.latestTransactionStatus} ${body.transactionStatusDesc}`).toBe(status),
  };
}

/** How each service's own scenarios are gone through, in the order of the list. */
const ownScenarios: Record<string, OwnScenario[]> = {
  "59": [
    {
      act: ({ snap }) => snap.qrCpmGenerate(generation()),
      async after(world, { qrContent, expiryTime }) {
        expect(expiryTime).toBe("2020-12-23T07:55:11+07:00");
        const body = { ...(await payment(world)), qrContent: String(qrContent) };
        checked(world, "qrCpmPayment", await world.snap.qrCpmPayment(body));
      },
    },
    {
      act: ({ snap }) => snap.qrCpmGenerate(generation("4045908")),
      after: async (world) =>
        void checked(world, "qrCpmGenerate", await world.snap.qrCpmGenerate(generation(MERCHANT_ID))),
    },
  ],
  "60": [
    {
      act: async (world) => world.snap.qrCpmPayment(await payment(world)),
      async after(world, { partnerReferenceNo }) {
        expect(await statusOf(world, partnerReferenceNo)).toBe("00 success");
        expect(world.sandbox.totals()).toMatchObject({ payments: 1, held: "10000.00" });
      },
    },
    {
      act: async (world) => world.snap.qrCpmPayment(await payment(world, "500000.01")),
      async after(world) {
        const [refused] = world.sandbox.payments();
        expect(await statusOf(world, refused?.partnerReferenceNo)).toBe("06 failed");
        expect(await statusOf(world, await paid(world, LIMIT))).toBe("00 success");
        expect(world.sandbox.totals()).toMatchObject({ payments: 2, held: LIMIT });
      },
    },
    {
      async act(world) {
        const body = await payment(world);
        checked(world, "qrCpmPayment", await world.snap.qrCpmPayment(body));
        return world.snap.qrCpmPayment(body);
      },
      after: ({ sandbox }) => expect(sandbox.totals()).toMatchObject({ payments: 1, held: "10000.00" }),
    },
  ],
  "61": [
    {
      act: async (world) =>
        world.snap.qrCpmQuery({
          originalPartnerReferenceNo: await paid(world, "2026000.00", "2026000 Request In Progress"),
        }),
      async after(world, body) {
        expect(body).toMatchObject({ latestTransactionStatus: "03", transactionStatusDesc: "pending" });
        expect(await decided(world, body)).toEqual(["03 pending", "00 success"]);
      },
    },
    {
      act: async (world) => world.snap.qrCpmQuery({ originalPartnerReferenceNo: await paid(world) }),
      after(_, body) {
        expect(body).toMatchObject({ latestTransactionStatus: "00", transactionStatusDesc: "success" });
        expect(body).toMatchObject({ paidTime: "2020-12-23T07:50:11+07:00" });
      },
    },
    {
      act: ({ snap }) => snap.qrCpmQuery({ originalPartnerReferenceNo: "nobody-knows" }),
      after: ({ sandbox }) => expect(sandbox.payments()).toEqual([]),
    },
  ],
  "62": [
    {
      act: async (world) => world.snap.qrCpmCancel(await cancellation(world)),
      async after(world, body) {
        expect(await statusOf(world, body.originalPartnerReferenceNo)).toBe("05 cancelled");
        expect(world.sandbox.totals()).toMatchObject({ cancelled: "10000.00", held: "0.00" });
      },
    },
    {
      act: async (world) => world.snap.qrCpmCancel(await cancellation(world, "2026200")),
      async after(world, body) {
        expect(await decided(world, body)).toEqual(["00 success", "05 cancelled"]);
        expect(world.sandbox.totals()).toMatchObject({ cancelled: "10000.00", held: "0.00" });
      },
    },
  ],
  "80": [
    {
      act: async (world) => world.snap.qrCpmRefund(await repayment(world)),
      async after(world, body) {
        expect(await statusOf(world, body.originalPartnerReferenceNo)).toBe("04 refunded");
        expect(world.sandbox.totals()).toMatchObject({ refunded: "10000.00", held: "0.00" });
      },
    },
    {
      act: async (world) => world.snap.qrCpmRefund(await repayment(world, "2028000")),
      async after(world, body) {
        expect(await decided(world, body)).toEqual(["00 success", "04 refunded"]);
        expect(world.sandbox.totals()).toMatchObject({ refunded: "10000.00", held: "0.00" });
      },
    },
  ],
  // each notification goes two ways: to the sandbox, as a PJP posts it, and from the sandbox to the merchant
  "79": [
    {
      act: async (world) => world.snap.qrCpmNotify(notification(await paid(world), "00")),
      after: (world) =>
        wasTold(world, {
          originalPartnerReferenceNo: world.sandbox.payments()[0]?.partnerReferenceNo,
          originalReferenceNo: world.sandbox.payments()[0]?.referenceNo,
          amount: { value: "10000.00", currency: "IDR" },
          latestTransactionStatus: "00",
          transactionStatusDesc: "success",
        }),
    },
    {
      async act(world) {
        const reference = await paid(world, "4036014.00", "4036014 Insufficient Funds");
        return world.snap.qrCpmNotify(notification(reference, "06", "4036014.00"));
      },
      after: (world) =>
        wasTold(world, {
          originalPartnerReferenceNo: world.sandbox.payments()[0]?.partnerReferenceNo,
          originalReferenceNo: world.sandbox.payments()[0]?.referenceNo,
          amount: { value: "4036014.00", currency: "IDR" },
          latestTransactionStatus: "06",
          transactionStatusDesc: "failed",
        }),
    },
    {
      async act(world) {
        const body = notification(await paid(world), "00");
        checked(world, "qrCpmNotify", await world.snap.qrCpmNotify(body));
        return world.snap.qrCpmNotify(body);
      },
    },
  ],
  "55": [
    debitOf("00 success"),
    { act: ({ snap }) => snap.debitStatus({ originalPartnerReferenceNo: "nobody-knows", serviceCode: "54" }) },
    debitOf("03 pending"),
  ],
};

const own = groups.flatMap((group) =>
  ownRowsOf(group).map((row, at) => {
    const scenario = ownScenarios[group.service]?.[at] ?? expect.unreachable(`nothing goes through ${row.number}`);
    return [titleOf(group, row), group, { ...scenario, answer: answerOf(group, row) }] as const;
  }),
);

describe("a new sandbox", () => {
  test.each(own)("%s", async (title, { operation }, scenario) => {
    const world = await openWorld();
    const body = checked(world, operation, await scenario.act(world), scenario.answer);
    await scenario.after?.(world, body);
    done.sandbox.add(title);
  });
});

test("every scenario of the sheet was gone through", () => {
  expect([common.length, own.length]).toEqual([35, 18]);
  expect(done.sandbox).toEqual(new Set([...common, ...own].map(([title]) => title)));
  expect(done.mock).toEqual(new Set(common.map(([title]) => title)));
  console.log(
    `functional sheet: ${common.length} + ${own.length} scenarios on the sandbox, ${done.mock.size} on the mock`,
  );
});
