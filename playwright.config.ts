import { defineConfig } from "@playwright/test";
import { freePort } from "./e2e/free-port.ts";
import { hardwareFlags, softwareFlags } from "./scripts/browser-flags.mjs";
import { findChromium } from "./scripts/find-chromium.mjs";

// `npm run test:browser` names the browser to use; `npx playwright test` by itself finds one here.
const chromium = await findChromium();
if (chromium === undefined) throw new Error("no Chromium found; `npm test` installs one");
process.env.CHROMIUM = chromium.path;

// The processes that run the tests read this file too, and must agree on the port.
process.env.SITE_PORT ??= String(await freePort());
const port = process.env.SITE_PORT;

const vite = `"${process.execPath}" node_modules/vite/bin/vite.js`;

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  reporter: "list",
  // A software adapter uses every core by itself.
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  // Rendered in software, a journey was seen to stall once in some forty runs; what then passes is told as flaky.
  retries: process.env.CI ? 1 : 0,
  timeout: 120_000,
  expect: { timeout: 60_000 },
  use: {
    actionTimeout: 60_000,
    baseURL: `http://localhost:${port}`,
    launchOptions: {
      executablePath: chromium.path,
      args: process.env.BROWSER_GPU ? hardwareFlags : softwareFlags,
    },
  },
  webServer: {
    command: `${vite} build --logLevel warn && ${vite} preview --port ${port} --strictPort`,
    url: `http://localhost:${port}`,
    timeout: 120_000,
  },
});
