import { fileURLToPath } from "node:url";
import { configDefaults, defineConfig } from "vitest/config";

/** What starts processes or takes long; `npm run check` does without it. */
const SLOW = [
  "test/cli/{generate,init,process,profile-file,proxy,serve}.test.ts",
  "test/cli/sign/{check,mistakes,vectors}.test.ts",
  "test/conform/broken.test.ts",
  "test/contract/differential.test.ts",
  "test/{docs,doctor,examples,house,package,release}/**",
  "test/host/doctor.test.ts",
  "test/mock/**",
  "test/openapi/{collections,drift,lint,mutation,workflows}.test.ts",
  "test/profiles/{mutation,overlay-properties,shapes}.test.ts",
  "test/sandbox/{properties,state}.test.ts",
  "test/**/fuzz.test.ts",
];

const source = (entry: string) => fileURLToPath(new URL(`src/${entry}.ts`, import.meta.url));

export default defineConfig(({ mode }) => ({
  // the examples import the package by its name
  resolve: {
    alias: [
      { find: /^snap-bi-contract$/, replacement: source("index") },
      { find: /^snap-bi-contract\/([a-z-]+)$/, replacement: source("$1") },
      {
        find: /^snap-bi-contract\/profiles\/([\w-]+)$/,
        replacement: `${import.meta.dirname}/generated/profiles/$1/profile.ts`,
      },
    ],
  },
  test: {
    globalSetup: "test/support/build.ts",
    include: ["test/**/*.test.ts", "examples/*.test.ts"],
    // they need a browser, other runtimes, a Redis, openpyxl: npm run test:browser, test:runtimes, test:redis, test:sheet
    exclude: [
      ...configDefaults.exclude,
      "test/**/browser/**",
      "test/{redis,runtimes,sheet}/**",
      ...(mode === "check" ? SLOW : []),
    ],
    // by default it would leave one core idle
    maxWorkers: "100%",
    // test files share what they import, which carries no state (scripts/house/rules.ts): that saves a fifth of the time
    isolate: false,
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // a skipped or focused test reads as green
    allowOnly: false,
    // the only reporter output that matters beside failures is what the mutation test counts
    disableConsoleIntercept: true,
  },
}));
