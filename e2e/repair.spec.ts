import type { Locator } from "@playwright/test";
import { forgedLink } from "./forged-link.ts";
import { expect, test } from "./page.ts";
import { PlaygroundPage } from "./playground.ts";
import { FROZEN, smallConvolutional } from "./small-experiments.ts";

test.use({ viewport: { width: 1440, height: 900 } });

test("a shape that is broken while it trains is explained on its node, and one click mends it and trains on", async ({
  page,
}) => {
  const playground = new PlaygroundPage(page);
  const canvas = playground.network;
  const dense = playground.node("Dense dense$");
  const conv2d = playground.node("Conv2D conv2d");
  await playground.open();
  await playground.openFile(smallConvolutional);
  await expect(dense).toContainText("1,010");
  await playground.ready();
  await playground.trainTo(10);

  await playground.node("Flatten flatten").click();
  await page.keyboard.press("Delete");
  await isBroken(dense, /^the output is 5×5×10 a sample, but there is one label a sample; insert a Flatten/);
  await dense.getByRole("button", { name: "Insert Flatten" }).click();
  await isMended(dense);
  await expect(playground.edge("flatten", "dense")).toHaveText("100");

  await conv2d.click();
  await playground.write(playground.settings.getByRole("textbox", { name: "Kernel size" }), "9");
  await isBroken(conv2d, /9×9.*7×7/);
  await conv2d.getByRole("button", { name: "Use padding same" }).click();
  await isMended(conv2d);
  await expect(conv2d).toContainText("7×7×4");

  await dense.click();
  await playground.write(playground.settings.getByRole("textbox", { name: "Units" }), "7");
  await isBroken(dense, /^there are 7 outputs for 10 classes, and each class needs its own; set units to 10$/);
  await dense.getByRole("button", { name: "Set units to 10" }).click();
  await isMended(dense);

  async function isBroken(node: Locator, sentence: RegExp): Promise<void> {
    const problem = node.getByText(sentence);
    await expect(problem).toBeVisible();
    await expect(playground.status).toContainText("Not ready to train");
    await expectWhole(problem, node);
    await playground.stands();
  }

  async function isMended(node: Locator): Promise<void> {
    await expect(node.getByRole("button")).toHaveCount(0);
    await expect(playground.status).not.toContainText("Not ready to train");
    // Nobody had paused it.
    await expect(playground.button("Pause")).toBeVisible();
    await playground.trains();
  }

  /** All of a text can be read: it is on its card, on the canvas, and nothing lies over it. */
  async function expectWhole(text: Locator, card: Locator): Promise<void> {
    const [words, outside, around] = [await text.boundingBox(), await card.boundingBox(), await canvas.boundingBox()];
    if (words === null || outside === null || around === null) throw new Error("it is not drawn");
    for (const box of [outside, around]) {
      expect(words.x).toBeGreaterThanOrEqual(box.x);
      expect(words.y).toBeGreaterThanOrEqual(box.y);
      expect(words.x + words.width).toBeLessThanOrEqual(box.x + box.width);
      expect(words.y + words.height).toBeLessThanOrEqual(box.y + box.height);
    }
    const { isCut, isCovered } = await text.evaluate((element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      const corners = [left + 2, right - 2].flatMap((x) => [top + 2, bottom - 2].map((y) => [x, y] as const));
      return {
        isCut: element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight,
        isCovered: corners.some(([x, y]) => !element.contains(document.elementFromPoint(x, y))),
      };
    });
    expect({ isCut, isCovered }).toEqual({ isCut: false, isCovered: false });
  }
});

test("a batch larger than the data is told once, above the page, and one click mends it and trains on", async ({
  page,
}) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.trainTo(10);
  await playground.write(playground.field("Batch size", playground.settings), "5000");
  const problem = page.getByText("The batch size is 5000, and there are 700 training samples");
  await expect(problem).toHaveCount(1);
  await expect(playground.status).toContainText("Not ready to train");
  await playground.button("Set batch size to 700").click();
  await expect(problem).toHaveCount(0);
  await expect(playground.field("Batch size", playground.settings)).toHaveValue("700");
  await playground.trains();
});

test("a metric that the loss does not fit, and a network that is frozen throughout, are mended by one click", async ({
  page,
}) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await page.evaluate(
    (hash) => {
      location.hash = hash;
    },
    forgedLink({ loss: { kind: "hinge" }, metrics: ["perplexity"] }),
  );
  await expect(page.getByRole("alert")).toContainText("which is of a cross-entropy, but the loss is hinge");
  await playground.button("Do not measure perplexity").click();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await playground.ready();

  await page.evaluate(
    (hash) => {
      location.hash = hash;
    },
    forgedLink({ set: FROZEN }),
  );
  const last = playground.node("Dense dense_3");
  await expect(last).toContainText("every layer that has parameters is frozen");
  await last.getByRole("button", { name: "Thaw this layer" }).click();
  await expect(last.getByRole("button")).toHaveCount(0);
  await playground.ready();
  await playground.trainTo(1);
});
