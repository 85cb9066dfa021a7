import { Keyboard } from "./keyboard.ts";
import { expect, test } from "./page.ts";
import { PlaygroundPage } from "./playground.ts";

test.use({ viewport: { width: 1440, height: 900 } });

test("a convolutional network is built, wired, set up and trained with the keyboard alone", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  const keys = new Keyboard(page);
  await playground.open();

  await keys.tabTo(playground.button("Presets"));
  await keys.press("Enter");
  await expect(page.getByRole("dialog", { name: "Presets" })).toBeVisible();
  await keys.tabTo(playground.button("Open New empty network"));
  await keys.press("Enter");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(playground.status).toHaveText("Step 0 · loss – · Not ready to train");
  await expect(page.getByRole("application", { name: /^Network/ })).toBeFocused();

  await keys.tabTo(playground.libraryTab("Layers"), "Shift+Tab");
  await keys.press("ArrowRight", "Enter");
  await keys.tabTo(page.getByRole("textbox", { name: "Samples" }));
  await keys.write("500");
  await expect(page.getByText("samples to train on")).toHaveText("450 samples to train on, 50 to validate");
  await keys.tabTo(playground.libraryTab("Data"), "Shift+Tab");
  await keys.press("ArrowLeft", "Enter");

  // By searching, and by moving along the list; each follows the one before.
  await keys.tabTo(page.getByRole("searchbox", { name: "Find a layer" }));
  await keys.type("conv2d");
  await keys.press("Enter");
  await keys.write("maxpooling2d");
  await expect(playground.edge("conv2d", "maxpooling2d")).toHaveText("26×26×32");
  await keys.press("Escape", "ArrowDown");
  await expect(playground.layer("Input")).toBeFocused();
  await keys.type("fl");
  await expect(playground.layer("Flatten")).toBeFocused();
  await keys.press("Enter");
  await keys.type("dr");
  await keys.press("Enter");
  await expect(playground.edge("flatten", "dropout")).toHaveText("5408");
  await keys.type("de");
  await keys.press("Enter");
  await expect(playground.edge("dropout", "dense")).toHaveText("5408");

  // Along the graph, by edges; a layer and an edge are deleted, and an edge is drawn anew.
  await keys.tabTo(playground.node("Input input"));
  await keys.press("]");
  await expect(playground.edge("input", "conv2d")).toBeFocused();
  await keys.press("]", "]", "]", "]", "]", "]", "]");
  await expect(playground.node("Dropout dropout")).toBeFocused();
  await keys.press("Delete");
  await expect(playground.node("Dropout dropout")).toHaveCount(0);
  await expect(playground.node("Flatten flatten")).toBeFocused();
  await keys.press("]");
  await expect(playground.edge("flatten", "dense")).toBeFocused();
  await keys.press("Delete");
  await expect(playground.edge("flatten", "dense")).toHaveCount(0);
  await expect(playground.node("Dense dense")).toContainText("connect it to a layer");
  await expect(playground.node("Flatten flatten")).toBeFocused();
  await keys.press("c", "Enter");
  await expect(playground.edge("flatten", "dense")).toHaveText("5408");
  await expect(playground.node("Dense dense")).toBeFocused();

  const before = await playground.placeOf(playground.node("Dense dense"));
  await keys.press("ArrowDown", "ArrowDown", "Shift+ArrowRight");
  await expect
    .poll(async () => {
      const after = await playground.node("Dense dense").boundingBox();
      return [Math.round((after?.x ?? 0) - (before?.x ?? 0)), Math.round((after?.y ?? 0) - (before?.y ?? 0))];
    })
    .toEqual([40, 20]);

  await keys.press("Enter");
  await keys.tabTo(playground.settings.getByRole("textbox", { name: "Units" }));
  await keys.write("10");
  await expect(playground.node("Dense dense")).toContainText("54,090");
  await keys.tabTo(playground.node("Conv2D conv2d"), "Shift+Tab");
  await keys.press("Enter");
  await keys.tabTo(playground.settings.getByRole("textbox", { name: "Filters" }));
  await keys.write("8");
  await expect(playground.node("Conv2D conv2d")).toContainText("26×26×8");
  await keys.tabTo(playground.node("Dense dense"), "Shift+Tab");

  await playground.ready();
  const loss = await playground.loss();
  expect(loss).toBeGreaterThan(2);
  await keys.press(" ");
  await expect.poll(() => playground.loss()).toBeLessThan(loss / 2);
  await keys.press(" ");
  await expect(playground.button("Train")).toBeVisible();
});

test("the first thing that Tab comes to leads past the bar and the library to the network", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  const keys = new Keyboard(page);
  await playground.open();
  const skip = page.getByRole("link", { name: "Skip to the network" });
  await expect(skip).not.toBeInViewport();
  await keys.press("Tab");
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport({ ratio: 1 });
  await keys.press("Enter");
  await expect(page.getByLabel(/^Network\. Tab walks through/)).toBeFocused();
  await keys.press("Tab");
  await expect(playground.node("Input input")).toBeFocused();
});

test("keys pressed while the focus is nowhere are the canvas's, and mark no words of the page", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await page.keyboard.press("Control+a");
  await expect(playground.settings.getByRole("button", { name: "Group" })).toBeVisible();
  expect(await page.evaluate(() => getSelection()?.toString())).toBe("");
  await page.keyboard.press("Escape");
  await expect(playground.settings.getByRole("heading", { name: "Experiment" })).toBeVisible();
});

test("what the settings do with a layer keeps the keyboard in the settings, and says what cannot be done", async ({
  page,
}) => {
  const playground = new PlaygroundPage(page);
  const { settings } = playground;
  const press = (name: string) => settings.getByRole("button", { name, exact: true }).press("Enter");
  const isFocusInside = () => settings.evaluate((element) => element.contains(document.activeElement));
  await playground.open();
  await playground.openPreset("New empty network");
  await playground.node("Input input").click();
  await press("Delete");
  await expect(settings.getByRole("alert").filter({ hasText: "A network keeps its Input." })).toBeVisible();
  await playground.layer("Dense").click();
  await press("Duplicate");
  await expect(playground.node("Dense dense_2")).toBeVisible();
  expect(await isFocusInside()).toBe(true);
  await press("Delete");
  await expect(playground.node("Dense dense_2")).toHaveCount(0);
  await expect(settings.getByRole("heading", { name: "Dense" })).toBeVisible();
  expect(await isFocusInside()).toBe(true);
  await page.keyboard.press("Control+z");
  await expect(playground.node("Dense dense_2")).toBeVisible();
});

test("keys of an input method, which composes Chinese words, take nothing over and give nothing up", async ({
  page,
}) => {
  const playground = new PlaygroundPage(page);
  const composed = (key: string) => ({ key, isComposing: true });
  await playground.open();
  const search = page.getByRole("searchbox", { name: "Find a layer" });
  await search.fill("dropout");
  for (const key of ["Enter", "Escape"]) await search.dispatchEvent("keydown", composed(key));
  await expect(search).toHaveValue("dropout");
  await expect(playground.node("Dropout")).toHaveCount(0);

  await playground.node("Dense dense_1").click();
  const id = playground.field("Id", playground.settings);
  await id.fill("words");
  for (const key of ["Enter", "Escape"]) await id.dispatchEvent("keydown", composed(key));
  await expect(id).toHaveValue("words");
  await expect(playground.node("Dense dense_1")).toBeVisible();
  await id.press("Enter");

  await playground.node("Dense words").press("F2");
  const name = page.getByRole("textbox", { name: "Name of the layer" });
  await name.fill("first");
  for (const key of ["Enter", "Escape"]) await name.dispatchEvent("keydown", composed(key));
  await expect(name).toBeFocused();
  await name.press("Enter");
  await expect(playground.node("Dense first")).toBeFocused();
});
