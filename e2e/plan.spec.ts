import type { Page } from "@playwright/test";
import { serve } from "./dev-server.ts";
import { expect, test } from "./page.ts";
import type { Training } from "./plan/training.ts";

const address = serve("e2e/plan/");

declare global {
  interface Window {
    training: Training;
  }
}

async function openInPage(page: Page): Promise<void> {
  await page.goto(address());
  await open(page);
}

/** Builds and compiles the model in the page, as `window.training`. */
function open(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const file = "./training.ts"; // served by Vite, which the type checker does not know
    const { Training } = (await import(new URL(file, document.URL).href)) as typeof import("./plan/training.ts");
    window.training = await Training.open();
  });
}

test("a replayed training step takes less than a microsecond of JavaScript a dispatch", async ({ page }) => {
  await openInPage(page);
  const times = await page.evaluate(() => window.training.encodingTimes(20));
  expect(times.length).toBe(20);
  // Others compute on these cores, too; what is measured is the shortest.
  const shortest = Math.min(...times);
  test.info().annotations.push({ type: "JavaScript a dispatch", description: `${shortest.toFixed(3)} µs` });
  expect(shortest).toBeGreaterThan(0);
  expect(shortest).toBeLessThan(1);
});

test("a page trains, and its losses fall", async ({ page }) => {
  await openInPage(page);
  const losses = await page.evaluate(() => window.training.losses(600));
  expect(losses.length).toBe(600);
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(mean(losses.slice(-64))).toBeLessThan(mean(losses.slice(0, 64)));
});

test("a crash of the GPU process ends a run with a typed error, and no later step is counted", async ({ page }) => {
  await openInPage(page);
  const ending = page.evaluate(() => window.training.runUntilError());
  await page.waitForTimeout(1000);
  const session = await page.context().browser()?.newBrowserCDPSession();
  await session?.send("Browser.crashGpuProcess");
  const { kind, message, counted } = await ending;
  expect(kind).toBe("device-lost");
  expect(message).toContain("the GPU crashed or was reset");
  expect(counted).toBeGreaterThan(0);
  await page.waitForTimeout(200);
  expect(await page.evaluate(() => window.training.executor.steps)).toBe(counted);
  await open(page);
  expect((await page.evaluate(() => window.training.losses(5))).length).toBe(5);
});
