// `npm run test:sheet`: the evidence, opened by a spreadsheet reader that is not ours. Apart from `npm test`, for it needs python3-openpyxl.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/sheet/*.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    allowOnly: false,
    disableConsoleIntercept: true,
  },
});
