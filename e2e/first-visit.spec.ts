import { expect, test } from "./page.ts";
import { PlaygroundPage } from "./playground.ts";

test("a first visit: a network and its loss stand there, one key trains, and the curve moves", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await expect(page).toHaveTitle("spiral-mlp · Descent");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(await playground.step()).toBe(0);
  const loss = await playground.loss();
  // Two classes told apart by chance: about ln 2.
  expect(loss).toBeGreaterThan(0.4);
  await page.keyboard.press(" ");
  await expect.poll(() => playground.step()).toBeGreaterThan(100);
  await expect.poll(() => playground.loss()).toBeLessThan(loss / 2);
  await expect(page.getByRole("figure", { name: "Loss", exact: true })).toBeVisible();
});

test("the button that trains stays under the pointer, and another preset is trained by the space bar at once", async ({
  page,
}) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  const place = () => page.getByRole("button", { name: /^(Train|Pause)$/ }).boundingBox();
  const before = await place();
  await playground.trainTo(100);
  await expect(page.getByText(/samples\/s/)).toBeVisible();
  expect(await place()).toEqual(before);
  await playground.pause();
  expect(await place()).toEqual(before);
  await playground.openPreset("Surface");
  await expect(page).toHaveTitle("regression-mlp · Descent");
  await playground.ready();
  await page.keyboard.press(" ");
  await playground.trains();
});

test("where no scripts run, the page says so", async ({ browser }) => {
  const page = await browser.newPage({ javaScriptEnabled: false });
  await page.goto("/");
  await expect(page.getByRole("status")).toContainText("Descent needs JavaScript");
  await page.close();
});
