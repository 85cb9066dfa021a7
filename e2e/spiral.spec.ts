import type { Page } from "@playwright/test";
import { expect, test } from "./page.ts";

/** The losses on the page, the newest first. */
async function losses(page: Page): Promise<number[]> {
  const cells = await page.locator("#losses td:nth-child(2)").allTextContents();
  return cells.map(Number);
}

test("the page trains the spiral in the browser, and the loss falls", async ({ page }) => {
  await page.goto("/");
  await expect(page).toHaveTitle("Descent");
  await page.getByRole("button", { name: "Train" }).click();
  await expect(page.getByRole("status")).toHaveText(/Training|Finished/);
  await expect.poll(async () => (await losses(page)).length).toBeGreaterThan(1);
  const [first] = (await losses(page)).slice(-1) as [number];
  await expect.poll(async () => (await losses(page))[0]).toBeLessThan(first / 2);
});

test("pausing holds the losses still, and training goes on from there", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Train" }).click();
  await expect.poll(async () => (await losses(page)).length).toBeGreaterThan(1);
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByRole("status")).toHaveText("Paused.");
  await page.waitForTimeout(1000);
  const steps = page.locator("#losses td:nth-child(1)");
  const before = Number(await steps.first().textContent());
  await page.waitForTimeout(1000);
  expect(Number(await steps.first().textContent())).toBe(before);
  await page.getByRole("button", { name: "Train" }).click();
  await expect.poll(async () => Number(await steps.first().textContent())).toBeGreaterThan(before);
});

for (const state of ["training", "paused"]) {
  test(`when the GPU crashes while ${state} the page says so and trains again from the beginning`, async ({
    browser,
  }) => {
    // Its own browser: after a few crashes, those of other tests included, Chromium gives no GPU any more.
    const fresh = await browser.browserType().launch();
    const page = await fresh.newPage();
    await page.goto("/");
    await expect(page.getByRole("table")).toBeHidden();
    await page.getByRole("button", { name: "Train" }).click();
    await expect.poll(async () => (await losses(page)).length).toBeGreaterThan(1);
    if (state === "paused") await page.getByRole("button", { name: "Pause" }).click();
    const session = await fresh.newBrowserCDPSession();
    await session.send("Browser.crashGpuProcess");
    await expect(page.getByRole("status")).toContainText("The GPU crashed or was reset");
    await page.getByRole("button", { name: "Train again" }).click();
    await expect(page.getByRole("status")).toHaveText(/Training|Finished/);
    await expect.poll(async () => (await losses(page)).length).toBeGreaterThan(1);
    await fresh.close();
  });
}

test("where no scripts run, the page says so", async ({ browser }) => {
  const page = await browser.newPage({ javaScriptEnabled: false });
  await page.goto("/");
  await expect(page.getByRole("status")).toContainText("Descent needs JavaScript");
  await expect(page.getByRole("button", { name: "Train" })).toBeDisabled();
  await page.close();
});

test("a browser without WebGPU is told which have it", async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(Navigator.prototype, "gpu", { get: () => undefined }));
  await page.goto("/");
  await expect(page.getByRole("status")).toContainText("This browser has no WebGPU");
  await expect(page.getByRole("status")).toContainText("Safari from version 26");
  await expect(page.getByRole("button", { name: "Train" })).toBeDisabled();
  await expect(page.getByRole("table")).toBeHidden();
});
