import { expect, test } from "vitest";
import { variable } from "../../../src/graph/ops/variable.ts";
import { sizeOf } from "../../../src/graph/tensor.ts";
import { histogramOf, sampled } from "../../../src/train/views/histogram.ts";
import { sharedGpu } from "../../plan/open.ts";
import { chain, small } from "../small-run.ts";
import { Reference, withRun } from "./looking.ts";

const gpu = sharedGpu();

const relus = small({
  model: chain({ id: "hidden", layer: "Dense", units: 8, activation: "relu" }, { id: "act", layer: "Activation" }),
});

test("every layer's weights, activations and gradients are counted, each number once", () =>
  withRun(gpu(), relus, async (run) => {
    const { layers } = await run.look({ kind: "histograms" });
    expect(layers.map(({ node }) => node)).toEqual(["hidden", "act", "output"]);
    const counted = (counts?: Uint32Array) => counts?.reduce((sum, count) => sum + count, 0);
    const [hidden, act] = layers as [(typeof layers)[number], (typeof layers)[number]];
    // A kernel of 2 × 8 and a bias of 8; 10 samples are a batch.
    expect(counted(hidden.weights?.counts)).toBe(24);
    expect(counted(hidden.gradients?.counts)).toBe(24);
    expect(counted(hidden.activations?.counts)).toBe(80);
    expect(hidden.weights?.counts).toHaveLength(40);
    expect(act.weights).toBeUndefined();
    const values = (await Reference.of(run, [...new Array(10).keys()])).node("hidden");
    expect(hidden.activations?.mean).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / 80, 5);
    expect(hidden.activations?.largest).toBeCloseTo(Math.max(...values), 5);
  }));

test("gradients of a softmax's logits add up to 0", () => {
  const linear = small({ model: chain(), batchSize: 10 });
  return withRun(gpu(), linear, async (run) => {
    const { layers } = await run.look({ kind: "histograms" });
    // Gradients of logits add up to 0 over the classes, and so do those of kernel and bias.
    expect(layers[0]?.gradients?.mean).toBeCloseTo(0, 6);
    expect(layers[0]?.gradients?.largest).toBeGreaterThan(0);
  });
});

test("units that give 0 for every sample are dead: all of them where the bias is far below 0", () =>
  withRun(gpu(), relus, async (run) => {
    const weights = new Map(await run.trainer.weights());
    const bias = { shape: [8], values: new Float32Array(8).fill(-1e3) };
    run.trainer.writeWeights(weights.set("hidden.bias", bias));
    const { layers } = await run.look({ kind: "histograms" });
    expect(layers.map(({ dead }) => dead)).toEqual([1, 1, undefined]);
    bias.values.fill(1e3, 0, 2);
    run.trainer.writeWeights(weights.set("hidden.bias", bias));
    const later = await run.look({ kind: "histograms" });
    expect(later.layers[0]?.dead).toBeCloseTo(6 / 8, 6);
  }));

test("frozen layers have no gradients", () => {
  const model = chain({ id: "hidden", layer: "Dense", units: 4, frozen: true });
  return withRun(gpu(), small({ model }), async (run) => {
    const { layers } = await run.look({ kind: "histograms" });
    expect(layers[0]?.gradients).toBeUndefined();
    expect(layers[0]?.weights).toBeDefined();
    expect(layers[1]?.gradients).toBeDefined();
  });
});

test("of a large tensor some numbers are taken, of every channel alike", () => {
  const { call, shape } = sampled(variable("large", [64, 32, 32, 16]));
  const [step] = (call.attrs as { step: [number] }).step;
  expect(sizeOf(shape)).toBeLessThanOrEqual(2 ** 14);
  expect(sizeOf(shape)).toBeGreaterThan(2 ** 13);
  expect(step % 2).toBe(1);
});

test("numbers that are not finite are left out, and equal numbers are in one bin", () => {
  const { counts, mean, deviation } = histogramOf([
    Float32Array.of(2, Number.NaN),
    Float32Array.of(2, Number.POSITIVE_INFINITY),
  ]) as NonNullable<ReturnType<typeof histogramOf>>;
  expect([counts[0], mean, deviation]).toEqual([2, 2, 0]);
  expect(histogramOf([Float32Array.of(Number.NaN)])).toBeUndefined();
});
