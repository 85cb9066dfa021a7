import { describe, expect, test } from "vitest";
import type { LayerDescription } from "../../app/engine-types.ts";
import { bestLayer, foundLayers, groupedLayers } from "./search-layers.ts";

const layer = (kind: string, family: LayerDescription["family"], en: string, zh: string): LayerDescription => ({
  kind,
  family,
  help: { en, zh },
  fields: {},
});
const layers = [
  layer("Dense", "core", "A weighted sum of all channels.", "全部通道的加权和。"),
  layer("SpatialDropout", "regularization", "Leaves out whole channels.", "随机丢弃整个通道。"),
  layer("MaxPooling2D", "pooling", "The largest of each window.", "每个窗口取最大值。"),
  layer("Embedding", "core", "A vector for each token.", "每个词元一个向量。"),
  layer("Dropout", "regularization", "Leaves out values at random.", "随机丢弃一部分值。"),
];
const names: Partial<Record<LayerDescription["family"], string>> = { core: "Core", pooling: "池化" };
const found = (search: string) => foundLayers(layers, search, (family) => names[family] ?? family).map((l) => l.kind);

describe("a search", () => {
  test("for nothing finds all", () => {
    expect(found("  ")).toEqual(layers.map(({ kind }) => kind));
  });

  test("looks into kind, family and both languages of the help, whatever the case", () => {
    expect(found("DROPOUT")).toEqual(["SpatialDropout", "Dropout"]);
    expect(found("core")).toEqual(["Dense", "Embedding"]);
    expect(found("池化")).toEqual(["MaxPooling2D"]);
    expect(found("token")).toEqual(["Embedding"]);
    expect(found("通道")).toEqual(["Dense", "SpatialDropout"]);
  });

  test("wants every word to be found", () => {
    expect(found("max pool")).toEqual(["MaxPooling2D"]);
    expect(found("max token")).toEqual([]);
  });
});

describe("the best of what is found", () => {
  const best = (search: string) => bestLayer(foundLayers(layers, search, String), search)?.kind;
  test("is the one whose kind begins with the search, though another stands before it", () => {
    expect(best("drop")).toBe("Dropout");
    expect(best("max pool")).toBe("MaxPooling2D");
  });

  test("is the first where the words stand in the help alone, and none where nothing is found", () => {
    expect(best("channels")).toBe("Dense");
    expect(best("quantum")).toBeUndefined();
  });
});

test("families stand where their first layer does, and hold all of their layers in order", () => {
  expect(groupedLayers(layers).map((group) => [group.family, group.layers.map(({ kind }) => kind)])).toEqual([
    ["core", ["Dense", "Embedding"]],
    ["regularization", ["SpatialDropout", "Dropout"]],
    ["pooling", ["MaxPooling2D"]],
  ]);
});
