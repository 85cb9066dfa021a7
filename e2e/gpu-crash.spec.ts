import { expect, test } from "./page.ts";
import { PlaygroundPage } from "./playground.ts";

test("after a crash of the GPU training goes on by itself from a moment before, and says so", async ({ browser }) => {
  // Its own browser: after a few crashes, those of other tests included, Chromium gives no GPU any more.
  const fresh = await browser.browserType().launch();
  const playground = new PlaygroundPage(await fresh.newPage());
  await playground.open();
  await playground.button("Train").click();
  await expect.poll(() => playground.step()).toBeGreaterThan(50);
  const session = await fresh.newBrowserCDPSession();
  await session.send("Browser.crashGpuProcess");
  await expect(playground.page.getByText("The GPU crashed and was opened anew")).toBeVisible();
  const step = await playground.step();
  await expect.poll(() => playground.step()).toBeGreaterThan(step);
  await fresh.close();
});
