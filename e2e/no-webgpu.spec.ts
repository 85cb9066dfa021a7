import { softwareFlags } from "../scripts/browser-flags.mjs";
import { errorsOf, expect, test } from "./page.ts";
import { PlaygroundPage } from "./playground.ts";

test("without WebGPU the page says which browsers have it, trains a small network on the CPU, and refuses a large one", async ({
  browser,
}) => {
  const switchedOff = softwareFlags.filter((flag) => flag !== "--enable-unsafe-webgpu");
  const fresh = await browser.browserType().launch({ args: [...switchedOff, "--disable-features=WebGPU"] });
  const page = await fresh.newPage({ viewport: { width: 1440, height: 900 } });
  const errors = errorsOf(page);
  const playground = new PlaygroundPage(page);
  const alert = page.getByRole("alert");
  await playground.open();
  expect(await page.evaluate(() => "gpu" in navigator)).toBe(false);
  await expect(alert).toHaveText(/no WebGPU.*on the CPU, by the reference interpreter/);
  for (const name of ["Chrome and Edge", "113", "Safari from 26", "Firefox from 141 on Windows and 145 on macOS"]) {
    await expect(alert).toContainText(name);
  }
  await expect(page.getByRole("banner")).toContainText("CPU · Reference interpreter");
  await expect(page.getByText(/GPU · /)).toHaveCount(0);
  await expect(page.getByText(/on the GPU/)).toHaveCount(0);

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
  // The page still works: what can be trained is.
  await playground.openPreset("Surface");
  await playground.ready();
  await expect(refusal).toHaveCount(0);
  await playground.trainTo(2);
  expect(errors).toEqual([]);
  await fresh.close();
});
