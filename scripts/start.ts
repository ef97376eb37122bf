// `npm start` (with exec): the documentation page where it is stale, then the mock, in one process. A shell between npm and the server
// would keep the signals that npm passes on to itself.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "./redocly/run.ts";

const build = ["--import", "tsx", join(root, "scripts/docs/build.ts"), "--if-stale"];
const { status } = spawnSync(process.execPath, build, { cwd: root, stdio: "inherit" });
if (status !== 0) process.exit(status ?? 1);
process.argv.splice(2, 0, "mock");
await import("../src/cli/bin.ts");
