// `npm run test:browser`: the documentation page, the console, and pages that call the mock, in a real browser. Apart from `npm test`,
// for it needs a Chromium.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    globalSetup: "test/support/build.ts",
    include: ["test/{conform,docs,host,sandbox}/browser/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    allowOnly: false,
    disableConsoleIntercept: true,
  },
});
