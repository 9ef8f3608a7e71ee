import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "fast",
          include: ["test/**/*.test.ts"],
          exclude: ["test/theory/**", "test/e2e/**", "test/properties/**", "test/scenarios/**"],
        },
      },
      {
        test: {
          name: "slow",
          include: ["test/{theory,e2e,properties,scenarios}/**/*.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
