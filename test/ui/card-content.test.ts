import { describe, expect, test } from "vitest";
import type { CardPicture } from "../../src/app/views.ts";
import { layers } from "../../src/nn/layers.ts";
import { newNode } from "../../src/nn/new-node.ts";
import { ofKind } from "../../src/nn/of-kind.ts";
import { expectedHeight, pictureHeight } from "../../src/ui/canvas/picture-size.ts";
import { settingsLine, shapeText } from "../../src/ui/canvas/settings-line.ts";

function line(kind: string, config: Record<string, unknown> = {}, shape?: readonly number[]): string {
  const layer = ofKind(layers, kind);
  return settingsLine(newNode(layer, [], config), layer, shape, ({ en }) => en);
}

describe("the settings on a card", () => {
  test.each([
    ["Conv2D", { activation: "relu" }, "32 · 3×3 · relu"],
    ["Conv2D", { kernelSize: [3, 5], padding: "same", strides: 2 }, "32 · 3×5 · 2×2"],
    ["MaxPooling2D", {}, "2×2"],
    ["Dense", { units: 12 }, "12"],
    ["Dropout", { rate: 0.25 }, "Rate 0.25"],
    ["LSTM", { units: 64, bidirectional: true }, "64 · Bidirectional"],
    ["LayerNorm", {}, ""],
    ["Embedding", {}, "64"],
    ["Reshape", { shape: [4, -1] }, "(4, -1)"],
    ["Activation", { activation: "tanh" }, "tanh"],
    ["Concatenate", {}, "Axis −1"],
    ["Flatten", {}, ""],
  ])("of %s with %o are %s", (kind, config, expected) => {
    expect(line(kind, config)).toBe(expected);
  });

  test("say what auto stands for, as soon as the output's shape is known", () => {
    expect(line("Dense", { units: "auto" })).toBe("");
    expect(line("Dense", { units: "auto" }, [10])).toBe("10");
  });

  test("are short for every layer", () => {
    for (const { kind } of layers) expect(line(kind).length).toBeLessThan(30);
  });

  test("come with a shape, 1 for a single number", () => {
    expect(shapeText([26, 26, 32])).toBe("26×26×32");
    expect(shapeText([])).toBe("1");
  });
});

describe("the room on a card", () => {
  const values = new Float32Array();
  const plain = { isInput: false, isOutput: false, isPlane: false };
  test.each<[string, Parameters<typeof expectedHeight>[0], CardPicture]>([
    [
      "an image",
      { ...plain, shape: [28, 28, 1], isInput: true },
      { kind: "image", rows: 28, columns: 28, channels: 1, values },
    ],
    [
      "a large image, thinned",
      { ...plain, shape: [200, 130, 3], isInput: true },
      { kind: "image", rows: 50, columns: 44, channels: 3, values },
    ],
    [
      "feature maps",
      { ...plain, shape: [26, 26, 32] },
      { kind: "maps", count: 8, of: 32, rows: 26, columns: 26, values },
    ],
    [
      "few wide maps",
      { ...plain, shape: [10, 40, 3] },
      { kind: "maps", count: 3, of: 3, rows: 10, columns: 40, values },
    ],
    [
      "maps over the plane",
      { ...plain, shape: [2], isPlane: true },
      { kind: "maps", count: 2, of: 2, rows: 24, columns: 24, values },
    ],
    ["classes", { ...plain, shape: [10], isOutput: true }, { kind: "bars", values: new Float32Array(10) }],
    ["many units", { ...plain, shape: [1600] }, { kind: "bars", values: new Float32Array(32) }],
    ["a sequence", { ...plain, shape: [64, 32] }, { kind: "heat", steps: 64, units: 32, values }],
  ])("is kept for %s before it comes", (_, pictured, picture) => {
    expect(Math.abs(expectedHeight(pictured) - pictureHeight(picture, pictured.isInput))).toBeLessThan(5);
  });

  test("is none for what no picture shows", () => {
    expect(expectedHeight({ ...plain, shape: [4, 4, 4, 4] })).toBe(0);
  });
});
