// `npm run test:redis`: the shared stores on a real Redis. Apart from `npm test`, for it needs redis-server.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/redis/*.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    allowOnly: false,
    disableConsoleIntercept: true,
  },
});
