import { expect, test } from "./page.ts";
import { PlaygroundPage } from "./playground.ts";
import { smallSpiral } from "./small-experiments.ts";

test.use({ viewport: { width: 1440, height: 900 } });

interface Row {
  readonly step: number;
  readonly value: number;
}

test("rate, dropout and schedule change while it trains without a reset; another model keeps the weights that fit", async ({
  page,
}) => {
  const playground = new PlaygroundPage(page);
  const runs = page.getByRole("region", { name: "Runs" }).getByRole("listitem");
  const training = page.getByRole("tabpanel", { name: "Training" });
  await playground.open();
  await playground.openFile(smallSpiral);
  await expect(playground.node("Dropout dropout")).toBeVisible();
  await playground.ready();
  await playground.libraryTab("Training").click();
  await playground.trainTo(60);
  await expect(runs).toHaveCount(1);
  // Slow enough to look at, and the same on every machine.
  await page.getByRole("combobox", { name: "Speed" }).selectOption("30 steps/s");

  await goesOn(() => playground.write(playground.field("Learning rate", training), "0.002"));
  await goesOn(async () => {
    await playground.node("Dropout dropout").click();
    await playground.write(playground.field("Rate", playground.settings), "0.3");
  });
  await expect(playground.node("Dropout dropout")).toContainText("0.3");
  await goesOn(async () => {
    await training.getByRole("combobox", { name: "Learning rate schedule" }).selectOption("Linear");
  });
  await expect.poll(async () => (await rows("Learning rate")).at(-1)?.value).toBeLessThan(0.002);
  await expect(runs).toHaveCount(1);

  const losses = await rows("Loss");
  const rates = await rows("Learning rate");
  expect(losses[0]?.step).toBe(1);
  expect(losses.length).toBeGreaterThan(60);
  const gaps = losses.slice(1).map(({ step }, k) => step - (losses[k] as Row).step);
  // The table has 200 rows at most, evenly chosen.
  expect(Math.max(...gaps)).toBeLessThanOrEqual(Math.ceil((losses.at(-1) as Row).step / 150));
  expect(Math.min(...gaps)).toBeGreaterThan(0);
  expect(losses.every(({ value }) => value > 0)).toBe(true);
  const [first, ...others] = rates.map(({ value }) => value);
  expect(first).toBe(0.01);
  expect(others).toEqual(others.toSorted((a, b) => b - a));
  expect(others).toContain(0.002);

  // Its neighbours' weights have other shapes; what leads to them fits.
  await playground.node("Dense second").click();
  await playground.write(playground.field("Units", playground.settings), "24");
  const notice = page.getByRole("status").filter({ hasText: "Kept the weights" });
  await expect(notice).toContainText("Kept the weights of 2 tensors; 4 start anew.");
  await notice.getByText("Kept the weights").click();
  await expect(notice).toContainText("Kept: first.kernel, first.bias.");
  await expect(notice).toContainText("New: second.kernel, second.bias, last.kernel, last.bias.");
  await expect(runs).toHaveCount(2);
  await playground.trains();
  await notice.getByRole("button", { name: "Dismiss" }).click();
  await expect(notice).toHaveCount(0);
  await playground.pause();

  /** While this is done the steps go on, from where they stand. */
  async function goesOn(act: () => Promise<void>): Promise<void> {
    const before = await playground.step();
    await act();
    await expect.poll(() => playground.step()).toBeGreaterThan(before + 15);
    expect(await playground.step()).toBeLessThan(before + 3000);
    await expect(playground.button("Pause")).toBeVisible();
    await expect(runs).toHaveCount(1);
  }

  /** The points of a chart, as its table has them. */
  async function rows(metric: string): Promise<Row[]> {
    await page.getByRole("tablist", { name: "Metrics" }).getByRole("tab", { name: metric }).click();
    const show = playground.button("Show as table");
    if (await show.isVisible()) await show.click();
    const table = page.getByRole("table", { name: new RegExp(`^${metric} of `) });
    const texts = await table
      .getByRole("row")
      .evaluateAll((all) => all.map((row) => [...row.children].slice(0, 2).map((cell) => cell.textContent ?? "")));
    return texts
      .map(([step = "", value = ""]) => ({ step: Number(step.replaceAll(",", "")), value: Number(value) }))
      .filter(({ step, value }) => step > 0 && !Number.isNaN(value));
  }
});
