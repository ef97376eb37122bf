import { configDefaults, defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    globalSetup: "test/support/build.ts",
    include: ["test/**/*.test.ts"],
    // they need a browser: npm run test:browser
    exclude: [...configDefaults.exclude, "test/docs/browser/**"],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // a skipped or focused test reads as green
    allowOnly: false,
    // the only reporter output that matters beside failures is what the mutation test counts
    disableConsoleIntercept: true,
  },
});
