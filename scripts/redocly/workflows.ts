// `npm run workflows`: runs the workflows of openapi/workflows/ through the signing proxy, against a sandbox that checks tokens and
// signatures. With `-S snap=URL` it starts nothing, and runs them against that URL.
import { spawn } from "node:child_process";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { startProxy, startSandbox } from "../../src/sandbox.ts";
import { redoclyBin, redoclyEnv, root } from "./run.ts";

const HELP = `npm run workflows [-- OPTIONS OF redocly respect]

Runs openapi/workflows/*.arazzo.yaml through the signing proxy, against a sandbox that checks tokens and signatures; both are started
for the run, with a secret and keys of their own. With -S snap=URL nothing is started: URL is that of a proxy of yours.

  -S snap=http://127.0.0.1:4012   against the target of your own proxy (snap-bi proxy)
  -i server=mock                  beside it, where that target is a mock
  -v                              every step with its checks`;

/** A sandbox that checks everything, and the proxy before it. */
async function startChecked() {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const clientSecret = randomBytes(32).toString("base64url");
  // without timestampTolerance, which refuses the same signature twice: steps repeat a request within a second
  const sandbox = await startSandbox({ clientSecret, publicKey, tokenLifetime: 900 });
  const proxy = await startProxy({
    target: sandbox.url,
    partnerId: "workflows",
    channelId: "95221",
    signature: { type: "symmetric", clientSecret },
    token: { clientKey: "workflows", privateKey },
  });
  const close = () => Promise.all([proxy.close(), sandbox.close()]);
  return { url: proxy.url, close };
}

async function respect(args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [redoclyBin, "respect", ...args], {
    cwd: root,
    env: redoclyEnv,
    stdio: "inherit",
  });
  const [code] = (await once(child, "exit")) as [number | null];
  return code ?? 1;
}

const given = process.argv.slice(2);
if (given.includes("--help") || given.includes("-h")) {
  console.log(HELP);
} else {
  const folder = join("openapi", "workflows");
  const files = readdirSync(join(root, folder)).map((file) => join(folder, file));
  const isElsewhere = given.some((arg) => /^(-S|--server)/.test(arg));
  const checked = isElsewhere ? undefined : await startChecked();
  const server = checked ? ["-S", `snap=${checked.url}`] : [];
  process.exitCode = await respect([...files, ...server, ...given]);
  await checked?.close();
}
