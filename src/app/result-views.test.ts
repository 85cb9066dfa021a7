import { expect, test } from "vitest";
import type { ColumnDescription, DataDescription, NodeSpec } from "../train/protocol.ts";
import { resultViews, shownView } from "./result-views.ts";

const label: ColumnDescription = { name: "class", shape: [], dtype: "i32", categories: ["a", "b"] };
const numbers = (name: string, ...shape: number[]): ColumnDescription => ({ name, shape, dtype: "f32" });
const tokens = (name: string, length: number): ColumnDescription => ({ name, shape: [length], dtype: "i32" });
const nodes = (...layers: string[]): NodeSpec[] => layers.map((layer, k) => ({ id: `n${k}`, layer, frozen: false }));
const data = (task: DataDescription["task"], input: ColumnDescription, target: ColumnDescription): DataDescription => ({
  task,
  inputs: [input],
  target,
  trainingSamples: 100,
  validationSamples: 10,
});

test("points with classes begin with the decision map", () => {
  expect(resultViews(data("classification", numbers("point", 2), label), nodes("Input", "Dense"))).toEqual([
    "decisionMap",
    "predictions",
    "confusion",
    "layers",
  ]);
});

test("points with a number have a surface and predicted against true", () => {
  expect(resultViews(data("regression", numbers("point", 2), numbers("height", 1)), nodes("Dense"))).toEqual([
    "surface",
    "regression",
    "layers",
  ]);
});

test("images of digits have everything that is of images", () => {
  expect(resultViews(data("classification", numbers("image", 28, 28, 1), label), nodes("Conv2D"))).toEqual([
    "predictions",
    "confusion",
    "draw",
    "filters",
    "features",
    "layers",
  ]);
});

test("coloured images have no pad to draw on, and a model without convolutions no filters", () => {
  expect(resultViews(data("classification", numbers("image", 32, 32, 3), label), nodes("Dense"))).toEqual([
    "predictions",
    "confusion",
    "features",
    "layers",
  ]);
});

test("an autoencoder has pairs of images, whatever the task of its source", () => {
  const image = numbers("image", 28, 28, 1);
  const views = resultViews(data("classification", image, numbers("same image", 28, 28, 1)), nodes("Conv2D"));
  expect(views[0]).toBe("reconstructions");
  expect(views).not.toContain("regression");
  expect(views).not.toContain("draw");
});

test("series that go on have forecasts, and states where a layer is recurrent", () => {
  expect(resultViews(data("forecasting", numbers("window", 32, 1), numbers("next", 1)), nodes("LSTM"))).toEqual([
    "forecasts",
    "features",
    "states",
    "layers",
  ]);
});

test("text is written, questions are answered, and attention is shown where there is any", () => {
  const text = data("text", tokens("text", 64), tokens("next", 64));
  expect(resultViews(text, nodes("Embedding", "TransformerBlock"))).toEqual(["text", "attention", "layers"]);
  const sums = data("sequence", tokens("question", 12), tokens("answer", 12));
  expect(resultViews(sums, nodes("MultiHeadAttention"))).toEqual(["answers", "attention", "layers"]);
});

test("the chosen view stays while it fits, else the first one is shown", () => {
  expect(shownView(["predictions", "confusion", "layers"], "confusion")).toBe("confusion");
  expect(shownView(["surface", "regression", "layers"], "confusion")).toBe("surface");
  expect(shownView(["surface", "layers"], undefined)).toBe("surface");
});
