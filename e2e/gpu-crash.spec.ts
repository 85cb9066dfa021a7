import type { Browser } from "@playwright/test";
import { errorsOf, expect, test } from "./page.ts";
import { PlaygroundPage } from "./playground.ts";

/** Opens the page in a browser of its own: after a few crashes, those of other tests included, Chromium gives no GPU any more. */
async function openInFresh(browser: Browser) {
  const fresh = await browser.browserType().launch();
  const page = await fresh.newPage();
  const errors = errorsOf(page);
  const playground = new PlaygroundPage(page);
  await playground.open();
  const session = await fresh.newBrowserCDPSession();
  return { fresh, page, playground, errors, crash: () => session.send("Browser.crashGpuProcess") };
}

test("after a crash of the GPU training goes on by itself; after a second one it says how to go on", async ({
  browser,
}) => {
  const { fresh, page, playground, errors, crash } = await openInFresh(browser);
  await playground.trainTo(50);
  await crash();
  await expect(page.getByText("The GPU crashed and was opened anew")).toBeVisible();
  const step = await playground.step();
  await expect.poll(() => playground.step()).toBeGreaterThan(step);

  await crash();
  await expect(page.getByRole("alert")).toContainText("The GPU crashed, and is not opened once more by itself.");
  await expect(page.getByText("The GPU crashed and was opened anew")).toHaveCount(0);
  await expect(playground.status).toHaveText(/Stopped/);
  await expect(page.getByRole("list", { name: "Runs" }).getByRole("listitem")).toHaveCount(1);
  await playground.button("Reload the page").click();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await playground.ready();
  expect(await playground.step()).toBe(0);
  // The curve so far is kept.
  await expect(page.getByRole("list", { name: "Runs" }).getByRole("listitem")).toHaveCount(1);
  await playground.trainTo(1);
  expect(errors).toEqual([]);
  await fresh.close();
});

test("after a second crash of the GPU the run begins anew with Train", async ({ browser }) => {
  const { fresh, page, playground, errors, crash } = await openInFresh(browser);
  await playground.trainTo(20);
  await crash();
  await expect(page.getByText("The GPU crashed and was opened anew")).toBeVisible();
  await crash();
  await expect(playground.status).toHaveText(/Stopped/);
  await playground.trainTo(1);
  await expect(playground.button("Reload the page")).toHaveCount(0);
  await expect(page.getByRole("list", { name: "Runs" }).getByRole("listitem")).toHaveCount(2);
  expect(errors).toEqual([]);
  await fresh.close();
});
