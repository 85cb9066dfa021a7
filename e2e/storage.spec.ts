import { expect, test } from "./page.ts";
import { PlaygroundPage } from "./playground.ts";

test.use({ viewport: { width: 1440, height: 900 } });

test("where the browser forbids its storage, the page is whole all the same", async ({ page }) => {
  await page.addInitScript(() => {
    for (const kind of ["localStorage", "sessionStorage"]) {
      Object.defineProperty(window, kind, {
        get() {
          throw new DOMException("The operation is insecure.", "SecurityError");
        },
      });
    }
  });
  const playground = new PlaygroundPage(page);
  await playground.open();
  await expect(playground.settings.getByRole("heading", { name: "Experiment" })).toBeVisible();
});

test("panels come back in their sizes, which no lesson spoils", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  const divider = page.getByRole("separator", { name: "Resize: Library" });
  const width = async () => (await page.getByRole("complementary", { name: "Library" }).boundingBox())?.width ?? 0;
  await playground.open();
  const usual = await width();
  await divider.focus();
  await divider.press("ArrowRight");
  await expect.poll(width).toBeGreaterThan(usual + 20);
  const chosen = await width();
  await playground.open("?1#hide=inspector");
  await expect(playground.settings).toHaveCount(0);
  await divider.focus();
  await divider.press("Home");
  await expect.poll(width).toBeLessThan(usual);
  await playground.open("?2");
  await expect(playground.settings).toBeVisible();
  await expect.poll(async () => Math.abs((await width()) - chosen)).toBeLessThan(3);
});
