import { describe, expect, test } from "vitest";
import type { Dataset, Samples } from "../../src/data/dataset.ts";
import { interpret } from "../../src/graph/interpreter.ts";
import { NdArray } from "../../src/graph/nd-array.ts";
import { constant } from "../../src/graph/ops/constant.ts";
import { sizeOf } from "../../src/graph/tensor.ts";
import { gatherBatch } from "../../src/train/batches.ts";

/** The values of every column at the given samples. */
function gathered(dataset: Pick<Dataset, "inputs" | "target">, samples: Samples, indices: readonly number[]) {
  const whole = { ...dataset, training: samples, validation: samples };
  const { columns, uploads } = gatherBatch(whole, samples, constant(indices, [indices.length], "u32"));
  const feed = new Map(
    [...uploads].map(([tensor, values]) => [
      tensor,
      new NdArray(tensor.shape, Float64Array.from(values), tensor.dtype),
    ]),
  );
  const results = interpret([...columns.values()], feed);
  const byName = new Map([...columns.keys()].map((name, k) => [name, [...(results[k] as NdArray).data]]));
  return { byName, bytes: [...uploads.keys()].reduce((sum, { shape }) => sum + 4 * sizeOf(shape), 0) };
}

const label = { name: "label", shape: [], dtype: "i32" as const, categories: ["a", "b"] };

describe("a batch is gathered", () => {
  test.each([
    ["of samples that fill whole words", [2, 2, 1]],
    ["of samples that end within a word", [3, 1, 1]],
    ["of samples larger than a word", [1, 2, 3]],
  ])("from bytes %s, 255 being 1, from where the samples begin", (_name, shape) => {
    const size = sizeOf(shape);
    const values = Uint8Array.from({ length: 7 * size }, (_, k) => (k * 37) % 256);
    const samples = {
      count: 4,
      columns: new Map([
        ["image", { values, offset: 3 * size }],
        ["label", { values: Int32Array.of(9, 9, 9, 0, 1, 0, 1), offset: 3 }],
      ]),
    };
    const { byName } = gathered({ inputs: [{ name: "image", shape, dtype: "f32" }], target: label }, samples, [2, 0]);
    const expected = [5, 3].flatMap((row) => [...values.subarray(row * size, (row + 1) * size)].map((v) => v / 255));
    expect(byName.get("image")).toEqual(expected.map((value) => expect.closeTo(value, 12)));
    expect(byName.get("label")).toEqual([0, 0]);
  });

  test("from windows that overlap, and what comes next in them, out of one text that lies on the GPU once", () => {
    const values = Int32Array.from({ length: 20 }, (_, k) => 100 + k);
    const text = { shape: [4], dtype: "i32" as const };
    const samples = {
      count: 5,
      columns: new Map([
        ["text", { values, offset: 6, stride: 2 }],
        ["next", { values, offset: 7, stride: 2 }],
      ]),
    };
    const dataset = { inputs: [{ name: "text", ...text }], target: { name: "next", ...text } };
    const { byName, bytes } = gathered(dataset, samples, [0, 4]);
    expect(byName.get("text")).toEqual([106, 107, 108, 109, 114, 115, 116, 117]);
    expect(byName.get("next")).toEqual([107, 108, 109, 110, 115, 116, 117, 118]);
    // From 106 to 118, and no more.
    expect(bytes).toBe(4 * 13);
  });

  test("with only the samples asked for on the GPU, where others lie in the same array", () => {
    const values = new Float32Array(1000);
    const samples = {
      count: 10,
      columns: new Map([
        ["x", { values, offset: 500 }],
        ["label", { values: new Int32Array(10) }],
      ]),
    };
    const { bytes } = gathered({ inputs: [{ name: "x", shape: [2], dtype: "f32" }], target: label }, samples, [9]);
    expect(bytes).toBe(4 * (20 + 10));
  });
});
