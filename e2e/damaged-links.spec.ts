import type { Page } from "@playwright/test";
import { DAMAGED } from "./damaged.ts";
import { forgedLink } from "./forged-link.ts";
import { expect, test } from "./page.ts";
import { PlaygroundPage } from "./playground.ts";

/** Goes to a hash, and gives the time in milliseconds until the page says something about it. */
function msUntilTold(page: Page, hash: string): Promise<number> {
  return page.evaluate(
    (to) =>
      new Promise<number>((resolve) => {
        const began = performance.now();
        const observer = new MutationObserver(() => {
          if (document.querySelector("[role=alert]") === null) return;
          observer.disconnect();
          resolve(performance.now() - began);
        });
        observer.observe(document.body, { childList: true, subtree: true });
        location.hash = to;
      }),
    hash,
  );
}

test(`${DAMAGED.length} damaged links are each refused in words, and what is open stays`, async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open(forgedLink({ name: "what was open", seed: 7 }));
  const standing = await playground.status.textContent();
  const times: number[] = [];
  for (const [what, hash, told] of DAMAGED) {
    await test.step(what, async () => {
      times.push(await msUntilTold(page, hash));
      const alert = page.getByRole("alert");
      await expect(alert).toHaveText(/^This link cannot be opened\. /);
      await expect(alert).toHaveText(told);
      await expect(playground.status).toHaveText(standing as string);
      await expect(page).toHaveTitle("what was open · Descent");
      await playground.button("Dismiss").click();
      await expect(alert).toHaveCount(0);
    });
  }
  expect(await page.evaluate(() => "polluted" in {})).toBe(false);
  times.sort((a, b) => a - b);
  const [median, longest] = [times[times.length >> 1] as number, times.at(-1) as number];
  const description = `${median.toFixed(0)} ms in the middle, ${longest.toFixed(0)} ms at most, with drawing`;
  test.info().annotations.push({ type: "refused after", description });
  // Decoding alone takes 50 ms at most; other work may share these cores.
  expect(median).toBeLessThan(500);
  await playground.trainTo(20);
  await playground.pause();
});

test("a link that is damaged when the page opens is told, and the page opens all the same", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open("#e=9.spiral-mlp");
  await expect(page.getByRole("alert")).toHaveText(/newer version of Descent/);
  await expect(page).toHaveTitle("spiral-mlp · Descent");
  await playground.trainTo(1);
});

test("a network in a circle is opened and told on the canvas, and cannot be trained", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await page.goto(`/${forgedLink({ edges: [3, 0, ["dense_3>dense_1"]] })}`);
  await expect(playground.status).toHaveText(/Not ready to train/);
  await expect(
    page
      .getByRole("main")
      .getByText(/circle/)
      .first(),
  ).toBeVisible();
  await expect(playground.button("Train")).toBeDisabled();
});

test("what a link says is text and nothing else", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  const html = '<img src=x onerror="window.injected = 1"><script>window.injected = 1</script>';
  const address = "javascript:window.injected = 1";
  await playground.open(`${forgedLink({ name: html })}&note=${encodeURIComponent(`${html}\n${address}`)}`);
  await expect(page.getByRole("textbox", { name: "Name", exact: true })).toHaveValue(html);
  await expect(page.getByText(address)).toBeVisible();
  await expect(page.getByRole("link", { name: /javascript/ })).toHaveCount(0);
  await expect(page).toHaveTitle(`${html} · Descent`);
  expect(await page.evaluate(() => "injected" in window)).toBe(false);
});
