import { describe, expect, test } from "vitest";
import type { ColumnValues, Dataset } from "../../src/data/dataset.ts";
import { interpret } from "../../src/graph/interpreter.ts";
import { NdArray } from "../../src/graph/nd-array.ts";
import { variable } from "../../src/graph/ops/variable.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { ModelError } from "../../src/nn/model-error.ts";
import { type Evaluated, evaluateOn } from "../../src/train/evaluated.ts";
import { loadDataset } from "../../src/train/load-dataset.ts";
import { targetRange } from "../../src/train/target-range.ts";
import { small } from "./small-run.ts";

/** Model, loss and metrics of an experiment on a batch of two, and the batch. */
function evaluated(changes: object, dataset: Dataset): Evaluated & { readonly columns: ReadonlyMap<string, Tensor> } {
  const columns = new Map(
    [...dataset.inputs, dataset.target].map(({ name, shape, dtype }) => [name, variable(name, [2, ...shape], dtype)]),
  );
  const random = { seed: variable("seed", [], "u32"), step: variable("step", [], "u32") };
  return { ...evaluateOn(small(changes), dataset, columns, { training: true, random }), columns };
}

/** An Input, and layers one after another. */
function chain(...layers: readonly object[]) {
  const nodes = [{ id: "input", layer: "Input" }, ...layers.map((layer, k) => ({ id: `layer_${k + 1}`, ...layer }))];
  return { nodes, edges: nodes.slice(1).map(({ id }, k) => ({ from: nodes[k]?.id, to: id })) };
}

/** Two numbers in, two numbers from 0 to 1 out. */
const shares: Dataset = {
  inputs: [{ name: "x", shape: [2], dtype: "f32" }],
  target: { name: "y", shape: [2], dtype: "f32" },
  training: {
    count: 2,
    columns: new Map([
      ["x", { values: Float32Array.of(-2, 0, 1, 3) }],
      ["y", { values: Float32Array.of(0, 0.25, 0.5, 1) }],
    ]),
  },
  validation: { count: 0, columns: new Map() },
};

const binary = { kind: "binaryCrossentropy" };

describe("the loss is told of the data", () => {
  test("so that binaryCrossentropy refuses numbers that are no probabilities", async () => {
    const data = { kind: "plane", samples: 50 };
    const metrics: string[] = [];
    const dataset = await loadDataset(small({ data, metrics }));
    const [least, largest] = targetRange(dataset);
    expect(least).toBeLessThan(0);
    const build = () => evaluated({ data, metrics, loss: binary }, dataset);
    expect(build).toThrow(ModelError);
    expect(build).toThrow(`from ${Number(least.toPrecision(7))} to ${Number(largest.toPrecision(7))}`);
    expect(() => evaluated({ metrics, loss: binary }, shares)).not.toThrow();
  });

  test("so that binaryCrossentropy refuses ten digits", async () => {
    const data = { kind: "glyphDigits", samples: 20 };
    const dataset = await loadDataset(small({ data }));
    for (const units of [1, 10, "auto"]) {
      const model = chain({ layer: "Flatten" }, { layer: "Dense", units });
      const build = () => evaluated({ data, model, loss: binary }, dataset);
      expect(build).toThrow(/two classes, and the data has 10; take categoricalCrossentropy/);
      expect(build).toThrow(expect.objectContaining({ repairs: [] }));
    }
  });
});

describe("the loss is told of the last layer", () => {
  test.each([
    [[{ layer: "Dense", units: 1 }], [{ kind: "set", field: "units", value: 2 }]],
    [[{ layer: "Dense", units: 1 }, { layer: "Activation" }], []],
  ])("so that it offers what can be set there: %j", async (layers, repairs) => {
    const dataset = await loadDataset(small());
    const build = () => evaluated({ model: chain(...layers) }, dataset);
    expect(build).toThrow(/one output for 2 classes/);
    expect(build).toThrow(expect.objectContaining({ node: `layer_${layers.length}`, repairs }));
  });
});

test.each(["linear", "sigmoid"])(
  "metrics of numbers compare probabilities with the target, where the loss is of logits and the model ends with %s",
  (activation) => {
    const model = chain({ layer: "Activation", activation });
    const { sums, columns } = evaluated({ model, loss: binary, metrics: ["meanAbsoluteError"] }, shares);
    const feed = [...columns].map(([name, tensor]) => {
      const { values } = shares.training.columns.get(name) as ColumnValues;
      return [tensor, new NdArray(tensor.shape, [...values])] as const;
    });
    const [total] = interpret([sums["meanAbsoluteError total"] as Tensor], new Map(feed)) as [NdArray];
    const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
    const expected = sigmoid(-2) + (sigmoid(0) - 0.25) + (sigmoid(1) - 0.5) + (1 - sigmoid(3));
    expect(total.at(0)).toBeCloseTo(expected, 12);
  },
);

describe("the range of a target", () => {
  const of = (values: ColumnValues["values"], shape: readonly number[], count: number, layout: object = {}) =>
    targetRange({
      ...shares,
      target: { name: "y", shape, dtype: "f32" },
      training: { count, columns: new Map([["y", { values, ...layout }]]) },
    });

  test("is of all its numbers", () => {
    expect(of(Float32Array.of(3, -1, 2, 0.5), [2], 2)).toEqual([-1, 3]);
  });

  test("is of the samples alone, where they begin late, end early, overlap, or leave gaps", () => {
    const values = Float32Array.of(99, 1, 2, -99, 3, 4, 99);
    expect(of(values, [2], 2, { offset: 1, stride: 3 })).toEqual([1, 4]);
    expect(of(values, [3], 2, { offset: 1, stride: 1 })).toEqual([-99, 3]);
  });

  test("of pixels is from 0 to 1", () => {
    expect(of(Uint8Array.of(7, 200), [], 2)).toEqual([0, 1]);
  });
});
