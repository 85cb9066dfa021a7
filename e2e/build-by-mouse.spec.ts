import type { Locator } from "@playwright/test";
import { expect, test } from "./page.ts";
import { PlaygroundPage } from "./playground.ts";

test.use({ viewport: { width: 1440, height: 900 } });

test("a convolutional network is built by mouse from an empty canvas, and its loss falls", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  const canvas = playground.network;
  const { mouse } = page;
  await playground.open();
  await playground.openPreset("New empty network");
  await expect(playground.status).toHaveText("Step 0 · loss – · Not ready to train");
  await expect(playground.button("Train")).toBeDisabled();

  await playground.libraryTab("Data").click();
  await expect(page.getByRole("combobox", { name: "Data source" })).toHaveValue("glyphDigits");
  await playground.write(page.getByRole("textbox", { name: "Samples" }), "500");
  await expect(page.getByText("samples to train on")).toHaveText("450 samples to train on, 50 to validate");
  await playground.libraryTab("Layers").click();

  // The Input goes to the left, to make room.
  await drag(playground.node("Input input").getByText("Input"), await at(0.12, 0.25));
  await drop("Conv2D", 0.37);
  await connect("Input input", "Conv2D conv2d");
  await expect(playground.edge("input", "conv2d")).toHaveText("28×28×1");
  await drop("MaxPooling2D", 0.62);
  await connect("Conv2D conv2d", "MaxPooling2D maxpooling2d");
  await drop("Dense", 0.87);
  await connect("MaxPooling2D maxpooling2d", "Dense dense");
  await expect(playground.node("Dense dense")).toContainText("insert a Flatten before the last layer");

  // Onto an edge: it inserts itself.
  const edge = await playground.edge("maxpooling2d", "dense").boundingBox();
  if (edge === null) throw new Error("the edge is not drawn");
  await dragLayer("Flatten", edge.x + edge.width / 2, edge.y + edge.height / 2);
  await expect(playground.edge("maxpooling2d", "flatten")).toHaveText("13×13×32");
  await expect(playground.edge("flatten", "dense")).toHaveText("5408");
  await expect(playground.edge("maxpooling2d", "dense")).toHaveCount(0);

  await playground.node("Conv2D conv2d").click();
  await playground.write(playground.settings.getByRole("textbox", { name: "Filters" }), "8");
  await expect(playground.node("Conv2D conv2d")).toContainText("26×26×8");
  await playground.node("Dense dense").click();
  await playground.write(playground.settings.getByRole("textbox", { name: "Units" }), "10");
  await expect(playground.node("Dense dense")).toContainText("13,530");

  await playground.ready();
  const loss = await playground.loss();
  // Ten classes told apart by chance: about ln 10.
  expect(loss).toBeGreaterThan(2);
  await playground.button("Train").click();
  await expect.poll(() => playground.loss()).toBeLessThan(loss / 2);
  await playground.pause();

  /** A point of the canvas, by its share of width and height. */
  async function at(x: number, y: number): Promise<{ x: number; y: number }> {
    const box = await canvas.boundingBox();
    if (box === null) throw new Error("there is no canvas");
    return { x: box.x + x * box.width, y: box.y + y * box.height };
  }

  async function drop(kind: string, x: number): Promise<void> {
    const point = await at(x, 0.3);
    await dragLayer(kind, point.x, point.y);
    await expect(playground.node(`${kind} ${kind.toLowerCase()}`)).toBeFocused();
  }

  async function dragLayer(kind: string, x: number, y: number): Promise<void> {
    await drag(playground.layer(kind), { x, y });
  }

  async function connect(from: string, to: string): Promise<void> {
    const target = playground.node(to).getByTitle("Input: drag or tap to connect");
    const box = await target.boundingBox();
    if (box === null) throw new Error(`${to} has no input`);
    const end = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    await drag(playground.node(from).getByTitle("Output: drag or tap to connect"), end);
  }

  async function drag(what: Locator, { x, y }: { x: number; y: number }): Promise<void> {
    await what.scrollIntoViewIfNeeded();
    const box = await what.boundingBox();
    if (box === null) throw new Error("nothing to drag");
    const from = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    await mouse.move(from.x, from.y);
    await mouse.down();
    await mouse.move(from.x + 4, from.y + 4, { steps: 2 });
    await mouse.move(x, y, { steps: 8 });
    await mouse.up();
  }
});
