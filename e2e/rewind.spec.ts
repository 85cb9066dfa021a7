import type { Page } from "@playwright/test";
import { expect, test } from "./page.ts";
import { PlaygroundPage } from "./playground.ts";

/** The losses of single steps, as the status line says them. */
async function losses(playground: PlaygroundPage, count: number): Promise<number[]> {
  const values: number[] = [];
  for (let step = 1; step <= count; step++) {
    await playground.button("Step").click();
    await expect.poll(() => playground.step()).toBe(step);
    values.push(await playground.loss());
  }
  return values;
}

test("rewind goes back to the same weights: the identical curve once more", async ({ page }: { page: Page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  const first = await losses(playground, 5);
  await playground.button("Rewind").click();
  await expect.poll(() => playground.step()).toBe(0);
  expect(await losses(playground, 5)).toEqual(first);
  expect(new Set(first).size).toBeGreaterThan(1);
});
