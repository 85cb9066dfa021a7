import type { Page } from "@playwright/test";
import { chartRows, savedChart } from "./chart-files.ts";
import { forgedLink } from "./forged-link.ts";
import { expect, test } from "./page.ts";
import { PlaygroundPage } from "./playground.ts";

/** A spiral whose runs end after 60 steps. */
const SHORT = forgedLink({ stop: { steps: 60 } });

/** The runs in the list, the newest first: what their rows say. */
function runs(page: Page) {
  return page.getByRole("list", { name: "Runs" }).getByRole("listitem");
}

/** Two runs of the same experiment, but for the learning rate. Gives their names, the first run's first. */
async function trainTwice(playground: PlaygroundPage): Promise<readonly [string, string]> {
  const { page } = playground;
  await playground.open(SHORT);
  await playground.trainToEnd();
  await playground.button("Rewind").click();
  await expect.poll(() => playground.step()).toBe(0);
  await playground.libraryTab("Training").click();
  await playground.write(playground.field("Learning rate"), "0.05");
  await playground.ready();
  await playground.trainToEnd();
  await expect(runs(page)).toHaveCount(2);
  return [await nameOf(page, 1), await nameOf(page, 0)];
}

async function nameOf(page: Page, place: number): Promise<string> {
  const show = runs(page)
    .nth(place)
    .getByRole("button", { name: /^Show .* on the chart$/ });
  return ((await show.getAttribute("aria-label")) as string).slice("Show ".length, -" on the chart".length);
}

test("two runs lie over each other, each with its name and what was changed, and the crosshair reads both", async ({
  context,
  page,
}) => {
  const playground = new PlaygroundPage(page);
  const [first, second] = await trainTwice(playground);
  expect(first).not.toBe(second);
  await expect(runs(page).nth(0)).toContainText("learning rate 0.05");
  await expect(runs(page).nth(1)).toContainText("as the preset");

  const chart = page.getByRole("figure", { name: "Loss" });
  const crosshair = chart.getByRole("slider", { name: /^Loss/ });
  await crosshair.press("Home");
  for (let k = 0; k < 5; k++) await crosshair.press("PageDown");
  for (let k = 0; k < 10; k++) await crosshair.press("PageUp");
  const text = (await crosshair.getAttribute("aria-valuetext")) as string;
  const rows = await chartRows(page);
  const lossAt = (run: string, step: string) =>
    Number(rows.find((row) => row.run === run && row.samples === "training" && row.step === step)?.loss);
  const [, step, own, other] =
    new RegExp(`^Step (\\d+); train ([\\d.]+)[^;]*; ${first}: train ([\\d.]+)`).exec(text) ?? [];
  expect(text).toContain(`; ${first}: train`);
  expect(Number(own)).toBeCloseTo(lossAt(second, step as string), 3);
  expect(Number(other)).toBeCloseTo(lossAt(first, step as string), 3);
  expect(own).not.toBe(other);

  // Of each run every step.
  for (const run of [first, second]) {
    const steps = rows.filter((row) => row.run === run && row.samples === "training").map((row) => Number(row.step));
    expect(steps).toEqual(Array.from({ length: 60 }, (_, k) => k + 1));
  }
  // The table lists them too.
  await playground.button("Show as table").click();
  const table = page.getByRole("region", { name: `Loss of ${second}` }).getByRole("table");
  const last = table.getByRole("row", { name: /^60 / });
  const shown = Number(await last.getByRole("cell").first().textContent());
  expect(shown).toBeCloseTo(lossAt(second, "60"), 3);

  const svg = await savedChart(page, "SVG");
  expect(svg.name).toBe("loss.svg");
  const blank = await context.newPage();
  const drawn = await drawnIn(blank, svg.bytes.toString());
  expect(drawn.texts).toEqual(expect.arrayContaining(["Loss", first, second]));
  // A curve of the batches' losses, and one of the smoothed, for each of the two.
  expect(drawn.colours).toBeGreaterThanOrEqual(2);
  const png = await savedChart(page, "PNG");
  expect(png.name).toBe("loss.png");
  const pixels = await pixelsOf(blank, png.bytes);
  expect([pixels.width, pixels.height]).toEqual([2 * drawn.width, 2 * drawn.height]);
  // Text and curves with soft edges.
  expect(pixels.colours).toBeGreaterThan(100);
});

/** What an SVG file holds, as a page reads it that knows nothing of ours. */
function drawnIn(page: Page, text: string) {
  return page.evaluate((source) => {
    const svg = new DOMParser().parseFromString(source, "image/svg+xml").documentElement;
    const paths = [...svg.querySelectorAll("path")].filter((path) => (path.getAttribute("d") ?? "").length > 200);
    return {
      texts: [...svg.querySelectorAll("text")].map(({ textContent }) => textContent),
      colours: new Set(paths.map((path) => path.getAttribute("stroke"))).size,
      width: Number(svg.getAttribute("width")),
      height: Number(svg.getAttribute("height")),
    };
  }, text);
}

/** Size and colours of a PNG file. */
function pixelsOf(page: Page, bytes: Buffer) {
  return page.evaluate(async (base64) => {
    const response = await fetch(`data:image/png;base64,${base64}`);
    const bitmap = await createImageBitmap(await response.blob());
    const { width, height } = bitmap;
    const context = new OffscreenCanvas(width, height).getContext("2d");
    context?.drawImage(bitmap, 0, 0);
    const data = context?.getImageData(0, 0, width, height).data;
    return { width, height, colours: new Set(data && new Uint32Array(data.buffer)).size };
  }, bytes.toString("base64"));
}

test("runs are renamed, deleted and put back, and all of it is kept across a reload", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  const [first, second] = await trainTwice(playground);
  await runs(page).nth(1).getByRole("button", { name: first }).last().click();
  await playground.button(`Rename ${first}`).click();
  await page.keyboard.type("slow and steady");
  await page.keyboard.press("Enter");
  await expect(runs(page).nth(1)).toContainText("slow and steady");

  await playground.button("Delete slow and steady").click();
  await expect(runs(page)).toHaveCount(1);
  await expect(page.getByText("1 run deleted.")).toBeVisible();
  await playground.button("Put back").click();
  await expect(runs(page)).toHaveCount(2);
  await expect(runs(page).nth(1)).toContainText("slow and steady");

  await page.reload();
  await playground.ready();
  await expect(runs(page)).toHaveCount(2);
  await expect(runs(page).nth(0)).toContainText(second);
  await expect(runs(page).nth(0)).toContainText("learning rate 0.05");
  await expect(runs(page).nth(1)).toContainText("slow and steady");
  const rows = await chartRows(page);
  const kept = rows.filter(({ run, samples }) => run === "slow and steady" && samples === "training");
  expect(kept).toHaveLength(60);

  await playground.button("Delete all runs").click();
  await expect(runs(page)).toHaveCount(0);
  await page.reload();
  await playground.ready();
  await expect(page.getByText("Every training run is listed here")).toBeVisible();
});

test("where the browser's storage is full a quiet notice says so, and training goes on", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 1 });
  await playground.trainTo(20);
  await expect(page.getByText(/The browser's storage is full: the newest runs are gone after a reload/)).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  const step = await playground.step();
  await expect.poll(() => playground.step()).toBeGreaterThan(step);
});
