// The sandbox in a runtime. It is a server of Node's, so where none can listen this is not even bundled.
import { startSandbox } from "snap-bi-contract/sandbox";
import { calls } from "./checks.js";

/** @param {import("./checks.js").Settings} settings */
export async function runsSandbox(settings) {
  const { clientSecret, publicKey } = settings;
  const sandbox = await startSandbox({ clientSecret, publicKey, tokenLifetime: 900 });
  try {
    await calls({ ...settings, sandboxUrl: sandbox.url }, clientSecret, "2005900");
    await calls({ ...settings, sandboxUrl: sandbox.url }, "another-secret", "4015900");
  } finally {
    await sandbox.close();
  }
}
