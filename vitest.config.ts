import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { chromiumAdapter, ownAdapter } from "./scripts/find-adapter.mjs";
import { findChromium } from "./scripts/find-chromium.mjs";

// `npm test` has chosen the WebGPU adapter already; `npx vitest` by itself does it here. The processes that run the
// test files start with this environment.
if (process.env.NODE_WEBGPU === undefined && ownAdapter() === undefined) {
  const chromium = await findChromium();
  Object.assign(process.env, chromium && chromiumAdapter(chromium)?.environment);
}

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    environment: "node",
    // A process for each file: Dawn lives in it alone, and ends with it.
    pool: "forks",
    // A software adapter uses every core by itself; two files at once fill the gaps between its submits, and more than
    // a few only wait for each other.
    maxWorkers: Math.min(4, Math.max(2, Math.floor(availableParallelism() / 2))),
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
