// The functional test in the dialect of a profile: paths, headers, kind of signature, and the services that it has.
import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { dana } from "../../generated/profiles/dana/contract.ts";
import { readRunFile } from "../../src/conform/run-file.ts";
import { conform } from "../../src/conform/runner.ts";
import { published } from "../../src/contract/contract.ts";
import { startSandbox } from "../../src/sandbox.ts";
import { jumping } from "./support.ts";

const profiles = { dana };

async function rowsOf(name: keyof typeof profiles, run: object, target: string, env: Record<string, string>) {
  const subject = await readRunFile({
    path: "run.json",
    text: JSON.stringify({ role: "pjp", partnerId: "p", channelId: "95221", profile: name, ...run }),
    target,
    env,
    readFile: async () => Promise.reject(new Error("no file")),
    loadProfile: async (wanted) => (wanted === undefined ? published : profiles[wanted as keyof typeof profiles]),
  });
  const { rows } = await conform(subject, jumping());
  return rows;
}

test("dana: service 55 at its own path, asymmetric, without a token", async () => {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const sandbox = await startSandbox({ profile: dana, publicKey, seed: 1 });
  const env = { KEY: String(privateKey.export({ type: "pkcs8", format: "pem" })) };
  const run = {
    signature: { type: "asymmetric", privateKey: "env:KEY" },
    services: ["55"],
    fields: { "55": { merchantId: "m", serviceCode: "60" } },
    data: { merchantId: "m", debit: "debit-00" },
  };
  const rows = await rowsOf("dana", run, sandbox.url, env);
  await sandbox.close();
  const passed = rows.filter(({ outcome }) => outcome === "passed").map(({ scenario }) => scenario.number);
  expect({
    passed,
    failed: rows.filter(({ outcome }) => outcome === "failed").map(({ findings }) => findings),
  }).toEqual({
    passed: expect.arrayContaining(["7.2", "7.3", "7.4", "7.5"]),
    failed: [],
  });
});
