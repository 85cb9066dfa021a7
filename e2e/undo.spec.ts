import { readFile } from "node:fs/promises";
import { expect, test } from "./page.ts";
import { PlaygroundPage } from "./playground.ts";

test.use({ viewport: { width: 1440, height: 900 } });

/** So many edits lie between the states that are saved. */
const STRIDE = 10;

test("thirty edits of every kind are undone one by one, and redone, each to the very same experiment", async ({
  page,
}) => {
  const playground = new PlaygroundPage(page);
  const { keyboard } = page;
  const { settings } = playground;
  const [data, training] = ["Data", "Training"].map((name) => page.getByRole("tabpanel", { name }));
  if (data === undefined || training === undefined) throw new Error("there are two tabs");
  const network = page.getByRole("application", { name: /^Network/ });
  const write = (label: string, text: string, within = training) =>
    playground.write(playground.field(label, within), text);
  const choose = (label: string, option: string, within = training) =>
    within.getByRole("combobox", { name: label, exact: true }).selectOption(option);
  const select = (node: string) => playground.node(`${node}$`).click();

  const edits: readonly (readonly [name: string, edit: () => Promise<unknown>])[] = [
    ["a field", () => select("Dense dense_1").then(() => write("Units", "24", settings))],
    ["a choice", () => choose("Activation", "tanh", settings)],
    ["a flag", () => settings.getByRole("switch", { name: "Bias" }).click()],
    ["freezing", () => settings.getByRole("radio", { name: "frozen" }).click()],
    ["a layer from the palette", () => playground.layer("Dropout").click()],
    [
      "a layer on an edge",
      () => select("Edge from dense_2 to dense_3").then(() => playground.button("Insert here").click()),
    ],
    ["a name", () => select("Dropout dropout").then(() => write("Id", "drop", settings))],
    ["moving", () => select("Dropout drop").then(() => press("ArrowDown"))],
    ["duplicating", () => press("Control+d")],
    [
      "deleting a layer",
      () =>
        expect(playground.node("Dropout drop_2$"))
          .toBeFocused()
          .then(() => press("Delete")),
    ],

    ["connecting", () => select("Dense dense_1").then(() => press("c", "Enter"))],
    ["deleting an edge", () => select("Dense dense_1").then(() => press("]", "Alt+ArrowDown", "Delete"))],
    ["pasting", () => select("Dense dense_1").then(() => press("Control+c", "Control+v"))],
    ["grouping", () => group("Dense dense_1", "Dropout drop")],
    [
      "naming a block",
      () =>
        expect(playground.field("Name of the block"))
          .toBeFocused()
          .then(() => type("encoder")),
    ],
    ["opening a block", () => playground.node("Block encoder$").getByRole("button", { name: "Expand" }).click()],
    ["taking a block apart", () => settings.getByRole("button", { name: "Ungroup" }).click()],
    ["arranging", () => playground.button("Arrange").click()],
    [
      "the optimizer",
      () =>
        playground
          .libraryTab("Training")
          .click()
          .then(() => choose("Optimizer", "SGD")),
    ],
    ["the learning rate", () => write("Learning rate", "0.05")],

    ["weight decay", () => write("Weight decay", "0.001")],
    ["the schedule", () => choose("Learning rate schedule", "Cosine")],
    ["its warm-up", () => write("Warm-up", "20")],
    ["the loss", () => choose("Loss", "Hinge")],
    ["a metric", () => training.getByRole("checkbox", { name: "Top-3 accuracy" }).click()],
    ["the batch size", () => write("Batch size", "32")],
    ["a stop condition", () => training.getByRole("switch", { name: "Patience" }).click()],
    ["the seed", () => playground.button("New seed").first().click()],
    [
      "a field of the data",
      () =>
        playground
          .libraryTab("Data")
          .click()
          .then(() => write("Noise", "0.1", data)),
    ],
    ["the data", () => choose("Data source", "circle", data)],
  ];
  expect(edits.length).toBe(30);

  await playground.open();
  const states = [await saved()];
  for (const [k, [name, edit]] of edits.entries()) {
    await test.step(name, edit);
    await expect(playground.button("Undo")).toBeEnabled();
    if ((k + 1) % STRIDE === 0) states.push(await saved());
  }
  // All of them have been edits.
  expect(new Set(states).size).toBe(4);

  for (let count = edits.length - 1; count >= 0; count--) {
    await playground.button("Undo").click();
    if (count % STRIDE === 0) expect(await saved()).toBe(states[count / STRIDE]);
  }
  await expect(playground.button("Undo")).toBeDisabled();

  await network.focus();
  for (let count = 1; count <= edits.length; count++) {
    await keyboard.press("Control+Shift+z");
    if (count % STRIDE === 0) expect(await saved()).toBe(states[count / STRIDE]);
  }
  await expect(playground.button("Redo")).toBeDisabled();

  async function press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await keyboard.press(key);
  }

  async function group(...nodes: readonly string[]): Promise<void> {
    await network.click({ position: { x: 20, y: 200 } });
    for (const node of nodes) await playground.node(`${node}$`).click({ modifiers: ["Shift"] });
    await keyboard.press("Control+g");
  }

  async function type(text: string): Promise<void> {
    await keyboard.type(text);
    await keyboard.press("Enter");
  }

  /** The experiment, as it is saved. */
  async function saved(): Promise<string> {
    await playground.button("Share").click();
    const downloading = page.waitForEvent("download");
    await playground.button("Save as file").click();
    const text = await readFile(await (await downloading).path(), "utf8");
    await keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    return text;
  }
});
