import { describe, expect, it } from "vitest";
import { gradient } from "../../src/graph/gradient.ts";
import { interpret } from "../../src/graph/interpreter.ts";
import { NdArray } from "../../src/graph/nd-array.ts";
import { sum } from "../../src/graph/ops/sum.ts";
import { variable } from "../../src/graph/ops/variable.ts";
import type { Layer } from "../../src/nn/layer.ts";
import { dropoutLayer } from "../../src/nn/layers/dropout.ts";
import { gaussianNoiseLayer } from "../../src/nn/layers/gaussian-noise.ts";
import { spatialDropoutLayer } from "../../src/nn/layers/spatial-dropout.ts";
import { sharedGpu } from "../gpu/open.ts";
import { evaluateOn } from "../ops/evaluate.ts";
import { buildLayer, refusalOf } from "./layer-context.ts";

const SHAPE = [32, 5, 4, 16] as const;
const SIZE = 32 * 5 * 4 * 16;
const x = variable("x", SHAPE);
const values = new NdArray(
  SHAPE,
  Float64Array.from({ length: SIZE }, (_, k) => Math.fround(1 + Math.sin(k))),
);

// WGSL promises its cos to 1/2048 only, and the radius of a normal number reaches 5.8.
const layers: readonly [layer: Layer, field: string, strength: number, tolerance: number][] = [
  [dropoutLayer, "rate", 0.3, 1e-5],
  [spatialDropoutLayer, "rate", 0.3, 1e-5],
  [gaussianNoiseLayer, "deviation", 0.5, (0.5 * 5.8) / 2048],
];

/** The layer's output in training at a step. */
function trained(layer: Layer, config: Record<string, unknown>, step = 0): NdArray {
  const built = buildLayer(layer, config, [x]);
  built.feed.set(built.step, new NdArray([], [step], "u32"));
  return interpret([built.output], new Map([...built.feed, [x, values]]))[0] as NdArray;
}

describe.each(layers)("$kind", (layer, field, strength, tolerance) => {
  const gpu = sharedGpu();

  it("is the identity in evaluation", () => {
    expect(buildLayer(layer, { [field]: strength }, [x], { training: false }).output).toBe(x);
  });

  it("is the identity in training at strength 0", () => {
    expect(trained(layer, { [field]: 0 }).data).toEqual(values.data);
  });

  it("draws anew at every step, and the same at the same step", () => {
    const first = trained(layer, { [field]: strength }, 7);
    expect(trained(layer, { [field]: strength }, 7)).toEqual(first);
    expect(trained(layer, { [field]: strength }, 8)).not.toEqual(first);
  });

  it("gives on the GPU what it gives in the interpreter, with its gradient", async () => {
    const built = buildLayer(layer, { [field]: strength }, [x]);
    const feed = new Map([...built.feed, [x, values]]);
    const outputs = [built.output, ...gradient(sum(built.output), [x])];
    const results = await evaluateOn(gpu())(outputs, feed);
    for (const [j, reference] of interpret(outputs, feed).entries()) {
      const far = reference.data.findIndex((value, k) => Math.abs((results[j] as NdArray).at(k) - value) > tolerance);
      expect(far).toBe(-1);
    }
  });

  it("keeps its strength in a live value", () => {
    expect(layer.fields[field]).toMatchObject({ kind: "number", live: true });
  });

  it("refuses tokens", () => {
    const tokens = variable("tokens", [8, 5, 3], "i32");
    expect(refusalOf(() => buildLayer(layer, {}, [tokens])).repairs).toEqual([{ kind: "insert", layer: "Embedding" }]);
  });
});

describe("Dropout", () => {
  it("keeps the mean: it drops a part `rate` and scales the rest by 1 / (1 − rate)", () => {
    const rate = 0.3;
    const y = trained(dropoutLayer, { rate });
    const kept = y.data.filter((value, k) => value !== 0 || values.at(k) === 0).length;
    expect(Math.abs(kept / SIZE - (1 - rate))).toBeLessThan(5 * Math.sqrt((rate * (1 - rate)) / SIZE));
    for (const [k, value] of y.data.entries()) if (value !== 0) expect(value).toBeCloseTo(values.at(k) / (1 - rate), 9);
  });
});

describe("SpatialDropout", () => {
  it("drops a channel of a sample as a whole, each with the probability `rate`", () => {
    const rate = 0.3;
    const y = trained(spatialDropoutLayer, { rate });
    const [samples, , , channels] = SHAPE;
    const positions = SIZE / samples / channels;
    let dropped = 0;
    for (let sample = 0; sample < samples; sample++) {
      for (let channel = 0; channel < channels; channel++) {
        const factors = Array.from({ length: positions }, (_, p) => {
          const k = (sample * positions + p) * channels + channel;
          return y.at(k) / values.at(k);
        });
        for (const factor of factors) expect(factor).toBeCloseTo(factors[0] as number, 6);
        if (factors[0] === 0) dropped++;
        else expect(factors[0]).toBeCloseTo(1 / (1 - rate), 6);
      }
    }
    const n = samples * channels;
    expect(Math.abs(dropped / n - rate)).toBeLessThan(5 * Math.sqrt((rate * (1 - rate)) / n));
  });

  it("refuses samples without positions", () => {
    const error = refusalOf(() => buildLayer(spatialDropoutLayer, {}, [variable("flat", [8, 30])]));
    expect(error.message).toBe(
      'SpatialDropout "layer": its input of shape 30 has no positions that share a channel; use Dropout',
    );
  });
});

describe("GaussianNoise", () => {
  it("adds normal noise of mean 0 and the standard deviation that is set", () => {
    const deviation = 0.5;
    const noise = trained(gaussianNoiseLayer, { deviation }).data.map((value, k) => value - values.at(k));
    const mean = noise.reduce((total, value) => total + value, 0) / SIZE;
    const variance = noise.reduce((total, value) => total + value ** 2, 0) / SIZE;
    expect(Math.abs(mean)).toBeLessThan((5 * deviation) / Math.sqrt(SIZE));
    expect(Math.abs(variance - deviation ** 2)).toBeLessThan(5 * deviation ** 2 * Math.sqrt(2 / SIZE));
  });
});
