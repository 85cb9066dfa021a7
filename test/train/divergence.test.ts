import { afterEach, describe, expect, test, vi } from "vitest";
import type { Dataset } from "../../src/data/dataset.ts";
import type { StepMetrics } from "../../src/graph/run-options.ts";
import { ModelError } from "../../src/nn/model-error.ts";
import type { Trainer, TrainOptions } from "../../src/train/trainer.ts";
import { spread } from "../nn/formula.ts";
import { sharedGpu } from "../plan/open.ts";
import { advanced, chain, rejection, small, weightBits, withTrainer } from "./small-run.ts";

const gpu = sharedGpu();

afterEach(() => {
  vi.restoreAllMocks();
});

/** A straight line has no bounds: with a rate past 2 / its curvature each step doubles the error and more. */
const linear = {
  data: { kind: "plane", samples: 100, validation: 0.3 },
  model: chain({ id: "hidden", layer: "Dense", units: 4 }),
  loss: { kind: "meanSquaredError" },
  metrics: [],
};

const sgd = (learningRate: number, more: object = {}) => ({ optimizer: { kind: "sgd", learningRate, ...more } });

/** At a rate of 3e38 its first step makes all kernels infinite: decay adds 100 times their values to their gradients. */
const spoiling = { ...linear, ...sgd(0, { weightDecay: 100 }) };

const clock = performance.now.bind(performance);
let minutes = 0;

/** Makes it a minute later: all would be copied out once more. */
function later(): void {
  minutes += 1;
  vi.spyOn(performance, "now").mockImplementation(() => clock() + 60_000 * minutes);
}

/** Trains until it diverges: the error, and the steps that were told before. */
async function divergence(trainer: Trainer, options: TrainOptions = {}) {
  const rows: StepMetrics[] = [];
  const onMetrics = (more: readonly StepMetrics[]) => {
    expect(more.length).toBeGreaterThan(0);
    rows.push(...more);
    options.onMetrics?.(more);
  };
  const error = await rejection(trainer.advance(500, { ...options, onMetrics }));
  expect(error).toBeInstanceOf(ModelError);
  return { error: error as ModelError, rows, step: rows.length + 1 };
}

async function allFinite(trainer: Trainer): Promise<boolean> {
  const weights = await trainer.weights();
  return [...weights.values()].every(({ values }) => values.every(Number.isFinite));
}

/** The samples (x, t) one by one in batches of 1: a model of one number sees each at its step. */
function line(targets: readonly number[], inputs = targets.map(() => 1)): Dataset {
  const samples = {
    count: targets.length,
    columns: new Map([
      ["x", { values: Float32Array.from(inputs) }],
      ["t", { values: Float32Array.from(targets) }],
    ]),
  };
  return {
    inputs: [{ name: "x", shape: [1], dtype: "f32" }],
    target: { name: "t", shape: [1], dtype: "f32" },
    training: samples,
    validation: { ...samples, count: 1 },
  };
}

const oneByOne = { ...linear, model: chain(), batchSize: 1, shuffle: false };

describe("a learning rate that is far too high", () => {
  test.each([
    ["one step a submit", 1e-6],
    ["many steps a submit", 1e6],
  ])("ends the run with the step, a layer and the cure, %s", async (_name, targetMs) => {
    await withTrainer(gpu(), small({ ...linear, ...sgd(100) }), async (trainer) => {
      const before = await weightBits(trainer);
      const { error, rows, step } = await divergence(trainer, { targetMs });
      expect(error).toMatchObject({ kind: "diverged", op: "Dense", node: expect.stringMatching(/^(hidden|output)$/) });
      expect(error.message).toMatch(
        new RegExp(`the loss is (NaN|infinite) at step ${step}; .*at step (${step}|${step - 1});`),
      );
      expect(error.message).toMatch(/lower the learning rate from 100 to 10 or less, or set clipNorm to 1$/);
      expect(error.text.en).toContain(`step ${step}`);
      expect(error.text.zh).toContain(`第 ${step} 步`);
      expect(error.repairs).toEqual([
        { kind: "setOptimizer", field: "learningRate", value: 10 },
        { kind: "setOptimizer", field: "clipNorm", value: 1 },
      ]);
      expect(rows.map((row) => row.step)).toEqual(Array.from({ length: step - 1 }, (_, k) => k + 1));
      expect(rows.every(({ loss }) => Number.isFinite(loss))).toBe(true);
      // Nothing had been copied out in so short a time: back to the start.
      expect(trainer.steps).toBe(0);
      expect(await weightBits(trainer)).toEqual(before);
      trainer.set("learningRate", 0.05);
      const cured = await advanced(trainer, 40);
      expect(cured.map((row) => row.step)).toEqual(Array.from({ length: 40 }, (_, k) => k + 1));
      expect(cured.at(-1)?.loss).toBeLessThan(cured[0]?.loss as number);
      expect(gpu().failure).toBeUndefined();
    });
  });

  test("diverges at the same step each time, with the same words", async () => {
    await withTrainer(gpu(), small({ ...linear, ...sgd(100) }), async (trainer) => {
      const first = await divergence(trainer, { targetMs: 1e-6 });
      const second = await divergence(trainer);
      expect(second.rows).toEqual(first.rows);
      expect(second.error.message).toBe(first.error.message);
    });
  });

  test("is named as the experiment has it, whatever the schedule has made of it", async () => {
    const schedule = { kind: "constant", warmup: 1000 };
    await withTrainer(gpu(), small({ ...linear, ...sgd(3e6), schedule }), async (trainer) => {
      const { error } = await divergence(trainer);
      expect(error.message).toContain("from 3000000 to 300000 or less");
      expect(error.repairs).toContainEqual({ kind: "setOptimizer", field: "learningRate", value: 3e5 });
    });
  });

  test("is named as it was last set, and found out from where it was set", async () => {
    await withTrainer(gpu(), small({ ...linear, ...sgd(0.01) }), async (trainer) => {
      const { error, rows, step } = await divergence(trainer, {
        targetMs: 1e-6,
        onMetrics: ([row]) => {
          if (row?.step === 20) trainer.set("learningRate", 1e30);
        },
      });
      const changed = rows.findIndex(({ learningRate }) => learningRate !== Math.fround(0.01));
      expect(changed).toBeGreaterThanOrEqual(20);
      // The first step at that rate gives weights of about 1e30, and no f32 holds the product of two layers' weights.
      expect(step).toBe(changed + 2);
      expect(error.message).toMatch(new RegExp(`^Dense "output": .* at step ${step}; its output .* at step ${step};`));
      expect(error.message).toContain("from 1e+30 to 1e+29 or less");
      expect({ steps: trainer.steps, finite: await allFinite(trainer) }).toEqual({ steps: 0, finite: true });
      expect((await advanced(trainer, 1))[0]?.learningRate).toBe(Math.fround(1e30));
    });
  });

  test("is not to be clipped once more where it is clipped already", async () => {
    // Clipping by norm would have cured it: weights that grow by decay are what it cannot help.
    const experiment = small({ ...linear, ...sgd(100, { clipNorm: 1, weightDecay: 50 }) });
    await withTrainer(gpu(), experiment, async (trainer) => {
      const { error } = await divergence(trainer);
      expect(error.message).not.toContain("clipNorm");
      expect(error.repairs.map((repair) => "field" in repair && repair.field)).toEqual(["learningRate"]);
    });
  });
});

describe("the place where numbers go wrong", () => {
  test("is the last layer where only the loss of its output is too large", async () => {
    const experiment = small({ ...oneByOne, ...sgd(1e-3, { clipValue: 1 }) });
    await withTrainer(
      gpu(),
      experiment,
      async (trainer) => {
        const { error, step } = await divergence(trainer);
        expect(step).toBe(3);
        expect(error.message).toMatch(
          /^Dense "output": the loss is infinite at step 3; the loss of its output .* at step 3;/,
        );
      },
      // The square of 1e25 is past f32, its gradient is not.
      line([1, 2, 1e25, 3, 1, 2, 3, 1]),
    );
  });

  test("is where NaN comes into the model", async () => {
    await withTrainer(
      gpu(),
      small({ ...oneByOne, ...sgd(1e-3) }),
      async (trainer) => {
        const { error, step } = await divergence(trainer);
        expect(step).toBe(2);
        expect(error).toMatchObject({ op: "Input", node: "input" });
      },
      line([1, 2, 3, 4], [1, Number.NaN, 1, 1]),
    );
  });

  test("is the gradient of the step before, though the run was paused in between", async () => {
    await withTrainer(
      gpu(),
      small({ ...oneByOne, ...sgd(1e-3) }),
      async (trainer) => {
        trainer.writeWeights(new Map([["output.kernel", { shape: [1, 1], values: Float32Array.of(0.1) }]]));
        // The second error is about 0.1 · 1e20, whose square f32 holds, but its gradient of 2 · 1e19 · 1e20 it does not.
        expect(await advanced(trainer, 2)).toMatchObject([{ step: 1 }, { loss: expect.toSatisfy(Number.isFinite) }]);
        expect(await allFinite(trainer)).toBe(false);
        later();
        const error = await rejection(trainer.advance(1));
        expect(error).toMatchObject({
          kind: "diverged",
          node: "output",
          message: expect.stringMatching(/at step 3; its gradient .* at step 2;/),
        });
        expect(await allFinite(trainer)).toBe(true);
      },
      line([1, 2, 3, 4], [1, 1e20, 1, 1]),
    );
  });
});

test.each([1e-6, 1e6])(
  "no step after the first infinite loss is told, though finite ones follow (target %d ms)",
  async (targetMs) => {
    const experiment = small({ ...oneByOne, ...sgd(1e-3, { clipValue: 1 }) });
    const targets = Array.from({ length: 64 }, (_, k) => (k === 9 ? 1e25 : 1));
    await withTrainer(
      gpu(),
      experiment,
      async (trainer) => {
        const { rows } = await divergence(trainer, { targetMs });
        expect(rows.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
      },
      line(targets),
    );
  },
);

describe("after a divergence the run stands", () => {
  test("at the weights that it was given", async () => {
    await withTrainer(gpu(), small({ ...linear, ...sgd(100) }), async (trainer) => {
      await trainer.advance(2);
      trainer.writeWeights(new Map([["hidden.kernel", { shape: [2, 4], values: spread("given", 8, 0.1) }]]));
      const given = await weightBits(trainer);
      await divergence(trainer);
      expect({ steps: trainer.steps, weights: await weightBits(trainer) }).toEqual({ steps: 2, weights: given });
    });
  });

  test("at finite weights, though they were not any more when it was paused", async () => {
    await withTrainer(gpu(), small(spoiling), async (trainer) => {
      trainer.set("learningRate", 3e38);
      expect(await advanced(trainer, 1)).toMatchObject([{ loss: expect.closeTo(0, 0) }]);
      expect(await allFinite(trainer)).toBe(false);
      later();
      const error = await rejection(trainer.advance(5));
      expect(error).toMatchObject({ kind: "diverged", message: expect.stringMatching(/at step 2; .* at step [12];/) });
      expect({ steps: trainer.steps, finite: await allFinite(trainer) }).toEqual({ steps: 0, finite: true });
    });
  });

  test("well before it, and learns on at a lower rate, though what was copied out last was on its way", async () => {
    await withTrainer(gpu(), small({ ...linear, ...sgd(0.05) }), async (trainer) => {
      await trainer.advance(10);
      const good = await weightBits(trainer);
      later();
      await trainer.advance(1);
      trainer.set("learningRate", 100);
      await trainer.advance(3);
      later();
      await divergence(trainer);
      expect({ steps: trainer.steps, weights: await weightBits(trainer) }).toEqual({ steps: 10, weights: good });
      trainer.set("learningRate", 0.05);
      const cured = await advanced(trainer, 40);
      expect(cured.at(-1)?.loss).toBeLessThan(cured[0]?.loss as number);
    });
  });

  test("before the validations that it takes back", async () => {
    const experiment = small({ ...linear, ...sgd(0.01), validateEvery: 3, stop: { patience: 2, steps: 60 } });
    await withTrainer(gpu(), experiment, async (trainer) => {
      const error = await rejection(
        trainer.train({
          targetMs: 1e-6,
          onValidation: ({ step }) => {
            if (step === 6) trainer.set("learningRate", 100);
          },
        }),
      );
      expect(error).toMatchObject({ kind: "diverged" });
      expect({ steps: trainer.steps, validated: trainer.validated }).toEqual({ steps: 0, validated: undefined });
      trainer.set("learningRate", 0.01);
      const validated: number[] = [];
      expect(await trainer.train({ onValidation: ({ step }) => validated.push(step) })).toBe("finished");
      // What it had been at its best before it was taken back would have ended it at the second.
      expect(validated.slice(0, 3)).toEqual([3, 6, 9]);
    });
  });
});

test("a last step that spoils the weights is no end, but a divergence", async () => {
  await withTrainer(gpu(), small({ ...spoiling, stop: { steps: 1 } }), async (trainer) => {
    trainer.set("learningRate", 3e38);
    const validated: unknown[] = [];
    const error = await rejection(trainer.train({ onValidation: (metrics) => validated.push(metrics) }));
    expect(error).toMatchObject({ kind: "diverged", op: "Dense" });
    expect({ validated, steps: trainer.steps, finite: await allFinite(trainer) }).toEqual({
      validated: [],
      steps: 0,
      finite: true,
    });
  });
});

test("a divergence that there is no memory to look into is told without its place, and the run put back", async () => {
  const { device } = gpu();
  await withTrainer(gpu(), small({ ...linear, ...sgd(100) }), async (trainer) => {
    const before = await weightBits(trainer);
    const create = device.createBuffer.bind(device);
    // More than any device has, so that the GPU itself refuses.
    vi.spyOn(device, "createBuffer").mockImplementation((descriptor) =>
      create(descriptor.label?.startsWith("readback") ? { ...descriptor, size: 2 ** 52 } : descriptor),
    );
    const error = await rejection(trainer.advance(500));
    vi.restoreAllMocks();
    expect(error).toMatchObject({
      kind: "diverged",
      node: undefined,
      message: expect.stringMatching(/lower the learning rate/),
    });
    expect(await weightBits(trainer)).toEqual(before);
  });
  expect(gpu().failure).toBeUndefined();
});
