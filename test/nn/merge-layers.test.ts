import { describe, expect, it } from "vitest";
import { interpret } from "../../src/graph/interpreter.ts";
import { NdArray } from "../../src/graph/nd-array.ts";
import { withNode } from "../../src/graph/op.ts";
import { variable } from "../../src/graph/ops/variable.ts";
import { type DType, type Shape, sizeOf, type Tensor } from "../../src/graph/tensor.ts";
import type { Layer } from "../../src/nn/layer.ts";
import { addLayer } from "../../src/nn/layers/add.ts";
import { averageLayer } from "../../src/nn/layers/average.ts";
import { concatenateLayer } from "../../src/nn/layers/concatenate.ts";
import { multiplyLayer } from "../../src/nn/layers/multiply.ts";
import { sharedGpu } from "../gpu/open.ts";
import { evaluateOn } from "../ops/evaluate.ts";
import { buildLayer, refusalOf } from "./layer-context.ts";

/** A tensor that a canvas node of this name makes. */
const made = (node: string, shape: Shape, dtype: DType = "f32") => withNode(node, () => variable(node, shape, dtype));
const filled = (shape: Shape, from: number) =>
  new NdArray(
    shape,
    Float64Array.from({ length: sizeOf(shape) }, (_, k) => from + k),
  );

type Inputs = readonly [Tensor, ...Tensor[]];

const elementwise: readonly [layer: Layer, of: (values: readonly number[]) => number][] = [
  [addLayer, (values) => values.reduce((a, b) => a + b)],
  [multiplyLayer, (values) => values.reduce((a, b) => a * b)],
  [averageLayer, (values) => values.reduce((a, b) => a + b) / values.length],
];

describe.each(elementwise)("$kind", (layer, of) => {
  const gpu = sharedGpu();
  const inputs: Inputs = [made("a", [2, 3, 4]), made("b", [2, 3, 4]), made("c", [2, 3, 4])];
  const arrays = [filled([2, 3, 4], 1), filled([2, 3, 4], 0.5), filled([2, 3, 4], -7)];
  const feed = new Map(inputs.map((tensor, k) => [tensor, arrays[k] as NdArray]));

  it("takes its inputs element by element, in the interpreter and on the GPU", async () => {
    const { output } = buildLayer(layer, {}, inputs);
    const [reference] = interpret([output], feed) as [NdArray];
    const [result] = (await evaluateOn(gpu())([output], feed)) as [NdArray];
    for (let k = 0; k < 24; k++) {
      const expected = of(arrays.map((array) => array.at(k)));
      expect(reference.at(k)).toBeCloseTo(expected, 9);
      expect(Math.abs(result.at(k) - expected)).toBeLessThanOrEqual(1e-6 * Math.abs(expected));
    }
  });

  it("repeats sizes of 1", () => {
    const [a, b] = [made("map", [2, 2, 2, 3]), made("gate", [2, 1, 1, 3])];
    const { output } = buildLayer(layer, {}, [a, b]);
    const [maps, gates] = [filled([2, 2, 2, 3], 1), filled([2, 1, 1, 3], 5)];
    const values = new Map([
      [a, maps],
      [b, gates],
    ]);
    const [y] = interpret([output], values) as [NdArray];
    for (let k = 0; k < 24; k++) {
      const gate = gates.at(Math.floor(k / 12) * 3 + (k % 3));
      expect(y.at(k)).toBeCloseTo(of([maps.at(k), gate]), 9);
    }
  });

  it("takes two inputs or more", () => {
    expect(layer.inputs).toEqual({ min: 2, max: Number.POSITIVE_INFINITY });
  });

  it("names both shapes and layers where channels differ, and says what to insert", () => {
    const images: Inputs = [made("conv_1", [8, 28, 28, 32]), made("conv_2", [8, 28, 28, 64])];
    const error = refusalOf(() => buildLayer(layer, {}, images));
    expect(error.message).toBe(
      `${layer.kind} "layer": input 1, from "conv_1", is 28×28×32, but input 2, from "conv_2", is 28×28×64; ` +
        "make the channels equal: put a Conv2D with 32 filters and kernel size 1 before input 2",
    );
    expect(error.text.zh).toContain("卷积核数为 32");
  });

  it("proposes a Dense layer where vectors or sequences differ in channels", () => {
    const vectors: Inputs = [made("dense_1", [8, 10]), made("dense_2", [8, 10]), made("dense_3", [8, 12])];
    const error = refusalOf(() => buildLayer(layer, {}, vectors));
    expect(error.message).toContain('input 1, from "dense_1", is 10, but input 3, from "dense_3", is 12');
    expect(error.message).toContain("put a Dense with 10 units before input 3");
  });

  it("says which input is tokens, and inserts nothing, as that would be before all of them", () => {
    const error = refusalOf(() => buildLayer(layer, {}, [made("dense", [8, 5]), made("words", [8, 5], "i32")]));
    expect(error.message).toBe(
      `${layer.kind} "layer": it takes numbers, but input 2, from "words", is 5 tokens; insert an Embedding before it`,
    );
    expect(error.text.zh).toContain("输入 2（来自“words”）是 5 的词元");
    expect(error.repairs).toEqual([]);
    // A column of the data is of no node.
    const column = refusalOf(() => buildLayer(layer, {}, [variable("column", [8], "i32"), made("dense", [8, 5])]));
    expect(column.message).toContain("but input 1 is a single token; insert an Embedding before it");
    expect(column.text.zh).toContain("但输入 1 是单个词元");
  });

  it("finds the pair that does not fit behind one that fits both", () => {
    const maps: Inputs = [made("gate", [8, 1, 1, 4]), made("large", [8, 28, 28, 4]), made("small", [8, 14, 14, 4])];
    const error = refusalOf(() => buildLayer(layer, {}, maps));
    expect(error.message).toContain('input 2, from "large", is 28×28×4, but input 3, from "small", is 14×14×4');
    expect(error.message).toContain('padding "same"');
  });

  it("says how to come to as many axes", () => {
    const mixed: Inputs = [made("conv", [8, 7, 7, 4]), made("dense", [8, 4])];
    expect(refusalOf(() => buildLayer(layer, {}, mixed)).message).toContain(
      "with Flatten, Reshape or a global pooling",
    );
  });
});

describe("Concatenate", () => {
  const gpu = sharedGpu();
  const [a, b] = [made("a", [2, 3, 2]), made("b", [2, 3, 1])];
  const [first, second] = [filled([2, 3, 2], 0), filled([2, 3, 1], 100)];
  const feed = new Map([
    [a, first],
    [b, second],
  ]);

  it("joins the channels by default, in the interpreter and on the GPU", async () => {
    const { output } = buildLayer(concatenateLayer, {}, [a, b]);
    const expected = [0, 1, 2, 3, 4, 5].flatMap((k) => [first.at(2 * k), first.at(2 * k + 1), second.at(k)]);
    expect(output.shape).toEqual([2, 3, 3]);
    for (const [y] of [interpret([output], feed), await evaluateOn(gpu())([output], feed)]) {
      expect([...(y as NdArray).data]).toEqual(expected);
    }
  });

  it("counts the axes of a sample, from the front and from the end", () => {
    const inputs: Inputs = [made("left", [4, 5, 6, 7]), made("right", [4, 2, 6, 7]), made("third", [4, 1, 6, 7])];
    expect(buildLayer(concatenateLayer, { axis: 0 }, inputs).output.shape).toEqual([4, 8, 6, 7]);
    expect(buildLayer(concatenateLayer, { axis: -3 }, inputs).output.shape).toEqual([4, 8, 6, 7]);
  });

  it("names both shapes where they do not fit, and proposes an axis along which they do", () => {
    const inputs: Inputs = [made("up_1", [8, 14, 28, 16]), made("conv_1", [8, 28, 28, 16])];
    const error = refusalOf(() => buildLayer(concatenateLayer, {}, inputs));
    expect(error.message).toContain('input 1, from "up_1", is 14×28×16, but input 2, from "conv_1", is 28×28×16');
    expect(error.message).toContain("along axis 2 of a sample");
    expect(error.repairs).toEqual([{ kind: "set", field: "axis", value: 0 }]);
    const cured = buildLayer(concatenateLayer, { axis: 0 }, inputs).output;
    expect(cured.shape).toEqual([8, 42, 28, 16]);
  });

  it("refuses an axis that samples do not have", () => {
    const error = refusalOf(() => buildLayer(concatenateLayer, { axis: 2 }, [a, b]));
    expect(error.message).toContain('there is no axis 2: input 1, from "a", is 3×2; use an axis from -2 to 1');
    expect(error.repairs).toEqual([{ kind: "set", field: "axis", value: -1 }]);
    expect(refusalOf(() => buildLayer(concatenateLayer, { axis: -3 }, [a, b])).message).toContain("no axis -3");
  });

  it("refuses single numbers, which have no axis", () => {
    const numbers: Inputs = [made("age", [8]), made("height", [8])];
    expect(refusalOf(() => buildLayer(concatenateLayer, {}, numbers)).message).toContain("has no axis to join along");
  });
});
