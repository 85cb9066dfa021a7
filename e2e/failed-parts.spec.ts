import { test } from "@playwright/test";
import { expect } from "./page.ts";
import { PlaygroundPage } from "./playground.ts";

test.use({ viewport: { width: 1440, height: 900 } });

test("a part of the page that cannot be fetched says so, and the rest of the page goes on", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  const missing = ["data-panel", "gallery", "canvas-menu"].map((name) => new RegExp(`/${name}-[\\w-]+\\.js$`));
  for (const address of missing) await page.route(address, (route) => route.abort());
  const told = page.getByRole("alert").filter({ hasText: "This part of the page could not be fetched" });
  await playground.open();
  await expect(told).toHaveCount(0);

  await playground.libraryTab("Data").click();
  await expect(page.getByRole("tabpanel", { name: "Data" }).getByRole("alert")).toContainText("there is no connection");
  await expect(told.getByRole("button", { name: "Dismiss" })).toHaveCount(0);
  await playground.libraryTab("Layers").click();
  await expect(told).toHaveCount(0);
  await playground.layer("Dropout").click();
  await expect(playground.node("Dropout dropout")).toBeVisible();

  // What would have been over the page can be sent away, and is asked for again.
  for (const _ of [1, 2]) {
    await playground.button("Presets").click();
    await told.getByRole("button", { name: "Dismiss" }).click();
    await expect(told).toHaveCount(0);
  }
  await playground.node("Dropout dropout").click({ button: "right" });
  await told.getByRole("button", { name: "Dismiss" }).click();
  await expect(told).toHaveCount(0);
  await playground.button("Train").click();
  await playground.trains();

  for (const address of missing) await page.unroute(address);
  await playground.libraryTab("Data").click();
  await told.getByRole("button", { name: "Reload the page" }).click();
  await playground.ready();
  await expect(playground.node("Dropout dropout")).toBeVisible();
  await playground.libraryTab("Data").click();
  await expect(page.getByRole("combobox", { name: "Data source" })).toBeVisible();
});

test("a part of the page that throws as it is drawn says so, and can be tried again", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  const body = `export function DataPanel() {
    if (!globalThis.isMended) throw new Error("planted");
    return "mended";
  }`;
  await page.route(/\/data-panel-[\w-]+\.js$/, (route) => route.fulfill({ contentType: "text/javascript", body }));
  await playground.open();
  await playground.libraryTab("Data").click();
  const panel = page.getByRole("tabpanel", { name: "Data" });
  await expect(panel.getByRole("alert")).toContainText("This part of the page has failed: Error: planted");
  await page.evaluate(() => Object.assign(globalThis, { isMended: true }));
  await panel.getByRole("button", { name: "Try again" }).click();
  await expect(panel).toHaveText("mended");
  await playground.button("Train").click();
  await playground.trains();
});
