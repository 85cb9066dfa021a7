import { describe, expect, it } from "vitest";
import { NdArray } from "../../src/graph/nd-array.ts";
import { constant } from "../../src/graph/ops/constant.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { batchNormLayer } from "../../src/nn/layers/batch-norm.ts";
import { groupNormLayer } from "../../src/nn/layers/group-norm.ts";
import { layerNormLayer } from "../../src/nn/layers/layer-norm.ts";
import { rmsNormLayer } from "../../src/nn/layers/rms-norm.ts";
import { nearestDivisor } from "../../src/nn/parts/nearest-divisor.ts";
import { curedRefusal } from "./cured.ts";
import { buildLayer } from "./layer-context.ts";
import { drawParameters, inputOf, matricesOf, matrixOf, normalizedRows, valuesOf } from "./plain-matrix.ts";

const x = inputOf("features", [2, 3, 4]);
const [numbers] = valuesOf({ feed: new Map() }, x) as [number[]];

function expectValues(actual: readonly number[] | undefined, expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  for (const [k, value] of expected.entries()) expect(actual?.[k]).toBeCloseTo(value, 12);
}

const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
const variance = (list: readonly number[]) => mean(list.map((value) => (value - mean(list)) ** 2));

describe("LayerNorm", () => {
  it("normalizes the features of each position", () => {
    const built = buildLayer(layerNormLayer, {}, [x]);
    drawParameters(built);
    const rows = matricesOf({ shape: x.shape, data: numbers }).flat();
    expectValues(
      valuesOf(built, built.output)[0],
      normalizedRows(rows, matrixOf(built, "scale"), matrixOf(built, "shift")).flat(),
    );
  });

  it("starts with scale 1 and shift 0, and heeds its epsilon", () => {
    const built = buildLayer(layerNormLayer, { epsilon: 0.5 }, [constant([1, 3], [1, 2])]);
    expectValues(valuesOf(built, built.output)[0], [-1 / Math.sqrt(1.5), 1 / Math.sqrt(1.5)]);
  });
});

describe("RMSNorm", () => {
  it("divides the features of each position by their root mean square", () => {
    const built = buildLayer(rmsNormLayer, { epsilon: 0.25 }, [x]);
    drawParameters(built);
    expect([...built.parameters.keys()]).toEqual(["scale"]);
    const [scale] = matrixOf(built, "scale") as [number[]];
    const expected = matricesOf({ shape: x.shape, data: numbers })
      .flat()
      .flatMap((row) => {
        const root = Math.sqrt(mean(row.map((value) => value ** 2)) + 0.25);
        return row.map((value, j) => (value / root) * (scale[j] as number));
      });
    expectValues(valuesOf(built, built.output)[0], expected);
  });
});

describe("GroupNorm", () => {
  const images = inputOf("images", [2, 2, 3, 6]);
  const [pixels] = valuesOf({ feed: new Map() }, images) as [number[]];

  it("normalizes each sample's groups of channels over all pixels", () => {
    const built = buildLayer(groupNormLayer, { groups: 3 }, [images]);
    drawParameters(built);
    const [[scale], [shift]] = [matrixOf(built, "scale"), matrixOf(built, "shift")] as [[number[]], [number[]]];
    const groupOf = (k: number) => `${Math.floor(k / 36)} ${Math.floor((k % 6) / 2)}`;
    const expected = pixels.map((value, k) => {
      const group = pixels.filter((_, other) => groupOf(other) === groupOf(k));
      const normalized = (value - mean(group)) / Math.sqrt(variance(group) + 1e-5);
      return normalized * (scale[k % 6] as number) + (shift[k % 6] as number);
    });
    expectValues(valuesOf(built, built.output)[0], expected);
  });

  it("refuses groups that do not divide the channels, and offers the nearest that do", () => {
    const refusal = curedRefusal(groupNormLayer, { groups: 4 }, [images]);
    expect(refusal.text.en).toContain("6 channels of the input (2×3×6) do not make 4 groups");
    expect(refusal.repairs).toEqual([{ kind: "set", field: "groups", value: 3 }]);
  });
});

describe("the nearest divisor", () => {
  it("is a divisor that no other is nearer than", () => {
    expect(nearestDivisor(64, 6)).toBe(4);
    expect(nearestDivisor(64, 7)).toBe(8);
    expect(nearestDivisor(7, 3)).toBe(1);
    expect(nearestDivisor(7, 5)).toBe(7);
    expect(nearestDivisor(12, 100)).toBe(12);
  });
});

describe("BatchNorm", () => {
  const channel = (c: number) => numbers.filter((_, k) => k % 4 === c);

  it("normalizes by the batch in training, and takes it into the running statistics as PyTorch does", () => {
    const built = buildLayer(batchNormLayer, { momentum: 0.2 }, [x]);
    drawParameters(built);
    const [[scale], [shift]] = [matrixOf(built, "scale"), matrixOf(built, "shift")] as [[number[]], [number[]]];
    const [runningMean, runningVariance] = ["runningMean", "runningVariance"].map((name) =>
      built.statistics.get(name),
    ) as { value: Tensor; next: Tensor }[];
    built.feed.set(runningMean?.value as Tensor, new NdArray([4], [1, 2, 3, 4]));
    const [output, nextMean, nextVariance] = valuesOf(
      built,
      built.output,
      runningMean?.next as Tensor,
      runningVariance?.next as Tensor,
    );
    expectValues(
      output,
      numbers.map((value, k) => {
        const c = k % 4;
        const normalized = (value - mean(channel(c))) / Math.sqrt(variance(channel(c)) + 1e-5);
        return normalized * (scale[c] as number) + (shift[c] as number);
      }),
    );
    expectValues(
      nextMean,
      [0, 1, 2, 3].map((c) => 0.8 * (c + 1) + 0.2 * mean(channel(c))),
    );
    // Of six values, one degree of freedom taken off.
    expectValues(
      nextVariance,
      [0, 1, 2, 3].map((c) => 0.8 + (0.2 * variance(channel(c)) * 6) / 5),
    );
  });

  it("normalizes by the running statistics where it does not train, and leaves them as they are", () => {
    const built = buildLayer(batchNormLayer, {}, [x], { training: false });
    drawParameters(built);
    const [[scale], [shift]] = [matrixOf(built, "scale"), matrixOf(built, "shift")] as [[number[]], [number[]]];
    built.feed.set(built.statistics.get("runningMean")?.value as Tensor, new NdArray([4], [1, 2, 3, 4]));
    built.feed.set(built.statistics.get("runningVariance")?.value as Tensor, new NdArray([4], [4, 3, 2, 1]));
    expectValues(
      valuesOf(built, built.output)[0],
      numbers.map((value, k) => {
        const c = k % 4;
        return ((value - (c + 1)) / Math.sqrt(4 - c + 1e-5)) * (scale[c] as number) + (shift[c] as number);
      }),
    );
    expect([...built.statistics.values()].map(({ next }) => next)).toEqual([undefined, undefined]);
  });

  it("refuses to train on one value a channel, and evaluates it", () => {
    const single = constant(0, [1, 4]);
    expect(curedRefusal(batchNormLayer, {}, [single]).text.en).toContain("set the batch size to at least 2");
    expect(buildLayer(batchNormLayer, {}, [single], { training: false }).output.shape).toEqual([1, 4]);
    expect(buildLayer(batchNormLayer, {}, [constant(0, [1, 2, 4])]).output.shape).toEqual([1, 2, 4]);
  });
});

describe.each([layerNormLayer, rmsNormLayer, batchNormLayer, groupNormLayer])("$kind", (layer) => {
  const config = layer === groupNormLayer ? { groups: 1 } : {};

  it("refuses tokens and single numbers, with repairs that cure it", () => {
    const tokens = curedRefusal(layer, config, [constant(0, [2, 12], "i32")]);
    expect(tokens.text.en).toContain("12 tokens");
    expect(tokens.repairs).toEqual([{ kind: "insert", layer: "Embedding" }]);
    expect(curedRefusal(layer, config, [constant(0, [2])]).repairs).toEqual([{ kind: "insert", layer: "Flatten" }]);
  });
});
