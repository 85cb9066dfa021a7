import type { Page } from "@playwright/test";
import { serve } from "./dev-server.ts";
import type { Rounds } from "./gpu/rounds.ts";
import { expect, test } from "./page.ts";

const address = serve("e2e/gpu/");

declare global {
  interface Window {
    rounds: Rounds;
  }
}

/** Opens a device in the page, as `window.rounds`. */
async function openInPage(page: Page): Promise<void> {
  await page.goto(address());
  await open(page);
}

function open(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const file = "./rounds.ts"; // served by Vite, which the type checker does not know
    const { Rounds } = (await import(new URL(file, document.URL).href)) as typeof import("./gpu/rounds.ts");
    window.rounds = await Rounds.open();
  });
}

const FIVE_ROUNDS = [2, 4, 8, 16, 32].map((factor) => [1, 2, 3, 4].map((value) => value * factor));

test("a page computes and reads back", async ({ page }) => {
  await openInPage(page);
  expect(await page.evaluate(() => window.rounds.run(5))).toEqual(FIVE_ROUNDS);
});

test("a worker computes and reads back", async ({ page }) => {
  await page.goto(address());
  const values = await page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const worker = new Worker("./worker.ts", { type: "module" });
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message }) => reject(new Error(message));
      }),
  );
  expect(values).toEqual(FIVE_ROUNDS);
});

test("a shader that does not compile names op, node, line and column in the browser too", async ({ page }) => {
  await openInPage(page);
  const error = await page.evaluate(() => window.rounds.compileBroken());
  expect(error.kind).toBe("wgsl");
  expect(error.message).toMatch(/^double "act_2": the shader does not compile at line 7:10: .*two/);
  expect(await page.evaluate(() => window.rounds.run(1))).toEqual([FIVE_ROUNDS[0]]);
});

test("results of refused commands are never read as done", async ({ page }) => {
  await openInPage(page);
  const error = await page.evaluate(() => window.rounds.readRefused());
  expect(error.kind).toBe("validation");
  expect(error.message).toMatch(/^adam "dense_1": WebGPU says: /);
});

test("a crash of the GPU process ends the rounds with a typed error, and a fresh device works", async ({ page }) => {
  await openInPage(page);
  const ending = page.evaluate(() => window.rounds.runUntilError());
  await page.waitForTimeout(500);
  const session = await page.context().browser()?.newBrowserCDPSession();
  await session?.send("Browser.crashGpuProcess");
  const { kind, message, counted } = await ending;
  expect(kind).toBe("device-lost");
  expect(message).toContain("the GPU crashed or was reset");
  expect(counted).toBeGreaterThan(0);
  expect(await page.evaluate(() => window.rounds.gpu.destroyed)).toBe(false);
  await open(page);
  expect(await page.evaluate(() => window.rounds.run(5))).toEqual(FIVE_ROUNDS);
});

test("a device destroyed on purpose is told as such", async ({ page }) => {
  await openInPage(page);
  const error = await page.evaluate(() => {
    const ending = window.rounds.runUntilError();
    window.rounds.gpu.destroy();
    return ending;
  });
  expect(error).toMatchObject({ kind: "device-lost", message: expect.stringContaining("on purpose") });
});
