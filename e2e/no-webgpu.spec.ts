import type { Page } from "@playwright/test";
import { softwareFlags } from "../scripts/browser-flags.mjs";
import { foundByAxe } from "./axe.ts";
import { errorsOf, expect, test } from "./page.ts";
import { PlaygroundPage } from "./playground.ts";

const BROWSERS = /Chrome and Edge.* from version 113, Safari from 26, Firefox from 141 on Windows and 145 on macOS/;

test("where WebGPU is switched off the page says which browsers have it, trains a small network on the CPU, and refuses a large one", async ({
  browser,
}) => {
  const without = softwareFlags.filter((flag) => !flag.includes("webgpu"));
  const fresh = await browser
    .browserType()
    .launch({ args: [...without, "--disable-gpu", "--disable-features=WebGPU"] });
  const page = await fresh.newPage({ viewport: { width: 1440, height: 900 } });
  const errors = errorsOf(page);
  const playground = new PlaygroundPage(page);
  const alert = page.getByRole("alert");
  await playground.open();
  await expect(alert).toHaveText(/^WebGPU finds no GPU here: .*on the CPU, by the reference interpreter/);
  await expect(alert).toHaveText(BROWSERS);
  expect(await foundByAxe(page, "[role=alert]")).toEqual([]);
  await expect(page.getByRole("banner")).toContainText("CPU · Reference interpreter");
  await expect(page.getByText(/on the GPU|GPU · /)).toHaveCount(0);

  const before = await playground.loss();
  await playground.trainTo(150);
  await expect.poll(() => playground.loss()).toBeLessThan(0.8 * before);
  await playground.pause();
  await expect(page.getByRole("img", { name: /^Decision map/ })).toBeVisible();

  await playground.openPreset("Digits: CNN");
  const refusal = alert.filter({ hasText: "a step of this model" });
  await expect(refusal).toContainText(/is about [\d.]+ [MG]FLOP, and without WebGPU at most 100 MFLOP are done here/);
  await expect(refusal).toContainText("use a browser with WebGPU, or a smaller model or batch");
  await expect(playground.button("Train")).toBeDisabled();
  // What is small trains all the same.
  await playground.openPreset("Surface");
  await playground.ready();
  await expect(refusal).toHaveCount(0);
  await playground.trainTo(2);
  expect(errors).toEqual([]);
  await fresh.close();
});

test("a browser that has no WebGPU is told so", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await page.addInitScript("delete Navigator.prototype.gpu");
  await page.route("**/worker-*.js", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `delete WorkerNavigator.prototype.gpu;${await response.text()}` });
  });
  await playground.open();
  await expect(page.getByRole("alert")).toHaveText(/^This browser has no WebGPU, so the network trains on the CPU/);
  await expect(page.getByRole("alert")).toHaveText(BROWSERS);
  await playground.trainTo(2);
});

test("a page that did not come securely, which has no WebGPU, says so and works", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await answerFor(page, "http://classroom.test");
  await page.goto("http://classroom.test/#run=1");
  await playground.ready();
  await expect(page.getByRole("alert")).toHaveText(/^Browsers give WebGPU only to pages from https or from localhost/);
  await expect.poll(() => playground.step()).toBeGreaterThan(0);
  // Parts of the page may be on their way still.
  await page.unrouteAll({ behavior: "wait" });
});

/** The built site as another host gives it. */
function answerFor(page: Page, host: string): Promise<unknown> {
  return page.route(`${host}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    await route.fulfill({ response: await page.request.get(pathname) });
  });
}
