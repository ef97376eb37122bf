// `npm run test:runtimes`: the packed package in Node 22 and 24, Deno, Bun and workerd. Apart from `npm test`, for it installs them.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    globalSetup: "test/support/build.ts",
    include: ["test/runtimes/**/*.test.ts"],
    // a line a check, as it ends
    reporters: ["verbose"],
    testTimeout: 60_000,
    hookTimeout: 180_000,
    allowOnly: false,
    disableConsoleIntercept: true,
  },
});
