import { describe, expect, test } from "vitest";
import { readSafetensors, writeSafetensors } from "../../src/data/formats/safetensors.ts";
import type { Weights } from "../../src/train/weights.ts";
import { sharedGpu } from "../plan/open.ts";
import { chain, small, weightBits, withTrainer } from "./small-run.ts";

const gpu = sharedGpu();

const normalized = {
  model: chain({ id: "hidden", layer: "Dense", units: 8, activation: "tanh" }, { id: "norm", layer: "BatchNorm" }),
};

const NAMES = [
  "hidden.kernel",
  "hidden.bias",
  "norm.scale",
  "norm.shift",
  "output.kernel",
  "output.bias",
  "norm.runningMean",
  "norm.runningVariance",
];

describe("weights", () => {
  test.each([null, 0.9])(
    "go into a safetensors file and back into another run, bit for bit (average: %s)",
    async (average) => {
      const experiment = small({ ...normalized, optimizer: { kind: "adam", learningRate: 0.01, average } });
      const { bytes, bits, validation } = await withTrainer(gpu(), experiment, async (trainer) => {
        await trainer.advance(6);
        const weights = await trainer.weights();
        expect([...weights.keys()]).toEqual(NAMES);
        return {
          bytes: writeSafetensors(weights, { experiment: JSON.stringify(experiment) }),
          bits: await weightBits(trainer),
          validation: await trainer.validate(),
        };
      });
      const { tensors } = readSafetensors({ name: "weights.safetensors", bytes });
      await withTrainer(gpu(), small({ ...normalized, seed: 99, data: experiment.data }), async (trainer) => {
        expect(await weightBits(trainer)).not.toEqual(bits);
        trainer.writeWeights(tensors as Weights);
        expect(await weightBits(trainer)).toEqual(bits);
      });
      await withTrainer(gpu(), experiment, async (trainer) => {
        await trainer.advance(1);
        trainer.writeWeights(tensors as Weights);
        expect(await weightBits(trainer)).toEqual(bits);
        expect(await trainer.validate()).toEqual(validation);
        expect(trainer.steps).toBe(1);
        await trainer.advance(1);
        expect(await weightBits(trainer)).not.toEqual(bits);
      });
    },
  );

  test("that are not all named leave the others as they are", async () => {
    await withTrainer(gpu(), small(), async (trainer) => {
      const before = await weightBits(trainer);
      trainer.writeWeights(new Map([["output.bias", { shape: [2], values: Float32Array.of(1, -0) }]]));
      const bias = [...new Uint32Array(Float32Array.of(1, -0).buffer)];
      expect(await weightBits(trainer)).toEqual({ ...before, "output.bias": bias });
    });
  });

  const ones = (...shape: number[]) => ({ shape, values: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(1) });

  test.each([
    [
      "a name that the model does not have",
      "hidden.weights",
      ones(2, 8),
      /"hidden\.weights"; the model has hidden\.kernel.*: take weights/,
    ],
    ["a moment of the optimizer", "hidden.kernel mean", ones(2, 8), /"hidden\.kernel mean"/],
    ["a live number", "learningRate", ones(), /"learningRate"/],
    ["a name of JavaScript's objects", "constructor", ones(), /"constructor"/],
    ["a shape turned round", "hidden.kernel", ones(8, 2), /"hidden\.kernel" is of shape .*8×2.*; the model's is .*2×8/],
    [
      "too few values for its shape",
      "hidden.kernel",
      { shape: [2, 8], values: new Float32Array(15) },
      /16 values; 15 are given/,
    ],
    [
      "NaN",
      "output.bias",
      { shape: [2], values: Float32Array.of(0, Number.NaN) },
      /"output\.bias" has NaN as value 1, .*not finite: take/,
    ],
    [
      "infinity",
      "output.bias",
      { shape: [2], values: Float32Array.of(Number.NEGATIVE_INFINITY, 0) },
      /"output\.bias" has -Infinity as value 0/,
    ],
  ])("with %s are refused, and change nothing", async (_name, name, weight, message) => {
    await withTrainer(gpu(), small(), async (trainer) => {
      const before = await weightBits(trainer);
      const weights = new Map([
        ["hidden.bias", ones(8)],
        [name, weight],
      ]);
      expect(() => trainer.writeWeights(weights)).toThrow(
        expect.objectContaining({ kind: "data", message: expect.stringMatching(message) }),
      );
      expect(await weightBits(trainer)).toEqual(before);
    });
  });
});
