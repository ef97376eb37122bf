// The functional test, run against servers of the tests: quickly, for the clock jumps where a run would wait for the next second.

import { onTestFinished } from "vitest";
import type { Report, Row } from "../../src/conform/row.ts";
import { readRunFile } from "../../src/conform/run-file.ts";
import { conform, type RunOptions } from "../../src/conform/runner.ts";
import type { RunFile, Subject } from "../../src/conform/subject.ts";
import { published } from "../../src/contract/contract.ts";
import { toNodeListener } from "../../src/node.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../src/sandbox.ts";
import { createSnapHandler } from "../../src/server.ts";
import { listen } from "../support/http.ts";
import { privateKey, publicKey } from "../support/keys.ts";
import { ACCESS_TOKEN, CLIENT_SECRET, PARTNER, RSA_PARTNER } from "../support/receiver.ts";

export const PRIVATE_PEM = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
export const ENV = { SNAP_CLIENT_SECRET: CLIENT_SECRET, SNAP_PRIVATE_KEY: PRIVATE_PEM, SNAP_CLIENT_KEY: RSA_PARTNER };

/** When the test begins, by the clocks of both sides. */
export const START = new Date("2026-11-26T00:00:00Z");

/** A run file that a sandbox passes as it is. */
export const PJP: RunFile = {
  role: "pjp",
  provider: "PT Contoh PJP",
  user: "PT Contoh Toko",
  partnerId: PARTNER,
  channelId: "95221",
  signature: { type: "symmetric", clientSecret: "env:SNAP_CLIENT_SECRET" },
  token: { clientKey: "env:SNAP_CLIENT_KEY", privateKey: "env:SNAP_PRIVATE_KEY" },
  data: { merchantId: "00007100010926", debit: "debit-00" },
  force: {
    invalidMerchant: { merchantId: "4045908" },
    amountAboveLimit: { "amount.value": "10000000.01" },
    pendingPayment: { "amount.value": "2026000.00" },
    cancelInProgress: { merchantId: "2026200" },
    refundInProgress: { merchantId: "2028000" },
    pendingDebit: { originalPartnerReferenceNo: "debit-03" },
  },
};

/** The same for a merchant. */
export const MERCHANT: RunFile = {
  role: "merchant",
  partnerId: PARTNER,
  channelId: "95221",
  signature: PJP.signature,
  token: PJP.token as NonNullable<RunFile["token"]>,
  data: { merchantId: "00007100010926" },
};

/** A sandbox that checks tokens and signatures. */
export async function checkingSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({
    time: START,
    tokenLifetime: 900,
    clientSecret: CLIENT_SECRET,
    publicKey,
    ...options,
  });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** A merchant that takes notifications, and gives out the tokens that come with them. */
export async function goodMerchant(): Promise<string> {
  const handler = createSnapHandler({
    key: ({ operation }) =>
      operation === "accessTokenB2b"
        ? { type: "asymmetric", publicKey }
        : { type: "symmetric", clientSecret: CLIENT_SECRET },
    verifyToken: (token) => token === ACCESS_TOKEN,
    clock: () => START,
    timestampTolerance: 900,
    operations: {
      qrCpmNotify: () => ({ responseCode: "2007900", responseMessage: "Successful" }),
      accessTokenB2b: () => ({
        responseCode: "2007300",
        responseMessage: "Successful",
        accessToken: ACCESS_TOKEN,
        tokenType: "Bearer",
        expiresIn: "900",
      }),
    },
  });
  return (await listen(toNodeListener(handler))).url;
}

/** A run file, read as the command reads it. */
export function subjectOf(run: RunFile, target: string, env: Record<string, string> = ENV): Promise<Subject> {
  const readFile = async () => Promise.reject(new Error("no file"));
  const loadProfile = async () => published;
  return readRunFile({ path: "run.json", text: JSON.stringify(run), target, env, readFile, loadProfile });
}

/** A clock that jumps to the next second where a run would wait for it. */
export function jumping(): Pick<RunOptions, "clock" | "pause"> & { clock: () => Date } {
  let now = START.getTime();
  return {
    clock: () => new Date(now),
    pause: async (milliseconds) => {
      now += milliseconds;
    },
  };
}

/** Runs the test by a clock that jumps. */
export function conformTo(subject: Subject, options: RunOptions = {}): Promise<Report> {
  return conform(subject, { ...jumping(), ...options });
}

/** A row in a line: number, outcome, and what was found or noted. */
export function inShort({ scenario, outcome, findings, notes }: Row): string {
  const said = [...findings.map(({ words }) => words.en), ...notes.map(({ en }) => en)];
  return [`${scenario.number} ${outcome}`, ...said].join(": ");
}
