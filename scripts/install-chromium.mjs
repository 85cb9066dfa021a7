import { existsSync } from "node:fs";
import { run, runNode } from "./child-process.mjs";
import { findChromium, playwrightChromium } from "./find-chromium.mjs";
import { SetupError } from "./stop.mjs";

/** The Chromium of this machine; where there is none, one is installed first. */
export async function provideChromium() {
  return (await findChromium()) ?? (await installWithPlaywright()) ?? (await installWithApt()) ?? (await explain());
}

async function installWithPlaywright() {
  console.log("No Chromium on this machine: installing Playwright's…");
  const playwright = "node_modules/@playwright/test/cli.js";
  const code = await runNode(playwright, ["install", "--no-shell", "chromium"], playwrightWaits);
  if (code !== 0) return undefined;
  const chromium = await findChromium();
  if (chromium !== undefined || !isRoot() || !hasApt()) return chromium;
  console.log("It needs some of the system's libraries: installing those…");
  await runNode(playwright, ["install-deps", "chromium"]);
  return findChromium();
}

/** A network that drops packets silently should not hold up the next way of getting a browser for long. */
const playwrightWaits = { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: "20000" };

async function installWithApt() {
  if (!isRoot() || !hasApt()) return undefined;
  console.log("Playwright's Chromium could not be installed: trying the system's (apt-get install chromium)…");
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await run("apt-get", ["update", "-qq"], { env });
  await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], { env });
  return findChromium();
}

/** @returns {Promise<never>} */
async function explain() {
  const downloaded = await playwrightChromium();
  if (downloaded !== undefined && existsSync(downloaded)) {
    throw new SetupError(
      `Playwright's Chromium is installed but does not start; most often system libraries are missing.
Install them with "sudo npx playwright install-deps chromium", then run this again. To see what it says:
${downloaded} --version`,
    );
  }
  throw new SetupError(
    `The tests need a Chromium, and none could be found or installed (see above). Do one of these, then run this again:
- install Chrome or Chromium the way your system does (on Debian: sudo apt-get install chromium);
- npx playwright install chromium, with a network that reaches cdn.playwright.dev;
- set the environment variable CHROMIUM to the path of one.`,
  );
}

function isRoot() {
  return process.getuid?.() === 0;
}

function hasApt() {
  return existsSync("/usr/bin/apt-get");
}
