import { describe, expect, test } from "vitest";
import { DescentError } from "../../src/errors.ts";
import { matmul } from "../../src/graph/ops/matmul.ts";
import { variable } from "../../src/graph/ops/variable.ts";
import type { StepMetrics } from "../../src/graph/run-options.ts";
import type { Experiment } from "../../src/nn/experiment.ts";
import { ModelError } from "../../src/nn/model-error.ts";
import type { Backend } from "../../src/train/backend.ts";
import { cpuBackend } from "../../src/train/cpu-backend.ts";
import { gpuBackend } from "../../src/train/gpu-backend.ts";
import { loadDataset } from "../../src/train/load-dataset.ts";
import { Trainer } from "../../src/train/trainer.ts";
import { sharedGpu } from "../plan/open.ts";
import { advanced, chain, images, rejection, small, weightBits } from "./small-run.ts";

const gpu = sharedGpu();

async function withTrainerOn<T>(
  backend: Backend,
  experiment: Experiment,
  use: (trainer: Trainer) => Promise<T>,
): Promise<T> {
  const dataset = experiment === convnet ? images() : await loadDataset(experiment);
  const trainer = await Trainer.create(backend, experiment, dataset);
  try {
    return await use(trainer);
  } finally {
    trainer.destroy();
  }
}

const mlp = small({
  model: chain(
    { id: "hidden", layer: "Dense", units: 8, activation: "tanh" },
    { id: "drop", layer: "Dropout", rate: 0.2 },
  ),
  optimizer: { kind: "adam", learningRate: 0.01, average: 0.9, clipNorm: 1 },
  schedule: { kind: "cosine", warmup: 3 },
});

/** Of `images`, whatever the experiment says. */
const convnet = small({
  model: chain(
    { id: "conv", layer: "Conv2D", filters: 3, kernelSize: 3, activation: "relu" },
    { id: "norm", layer: "BatchNorm" },
    { id: "pool", layer: "MaxPooling2D" },
    { id: "flat", layer: "Flatten" },
  ),
});

const lstm = small({
  data: { kind: "sineMixture", samples: 60, length: 12 },
  model: chain({ id: "memory", layer: "LSTM", units: 5 }),
  loss: { kind: "meanSquaredError" },
  metrics: ["meanAbsoluteError"],
});

/** Of a step far larger than the interpreter does in a second. */
const large = small({
  model: chain({ id: "a", layer: "Dense", units: 4096 }, { id: "b", layer: "Dense", units: 4096 }),
});

describe("without WebGPU", () => {
  test.each([
    ["a small multi-layer perceptron", mlp],
    ["a small convolutional net", convnet],
    ["a small LSTM", lstm],
  ])(
    "%s learns as on the GPU: the losses and metrics of 20 steps, and then of the validation",
    async (_, experiment) => {
      const run = (backend: Backend) =>
        withTrainerOn(backend, experiment, async (trainer) => ({
          rows: await advanced(trainer, 20),
          validation: await trainer.validate(),
        }));
      const expected = await run(gpuBackend(gpu()));
      const found = await run(cpuBackend());
      expect(found.rows.map(({ step }) => step)).toEqual(Array.from({ length: 20 }, (_, k) => k + 1));
      for (const [k, row] of [...expected.rows, expected.validation].entries()) {
        const other = [...found.rows, found.validation][k] as StepMetrics;
        expect(Object.keys(other)).toEqual(Object.keys(row));
        for (const [name, value] of Object.entries(row)) {
          const difference = Math.abs((other[name] as number) - value) / Math.max(Math.abs(value), 1e-9);
          expect(difference, `${name} of row ${k}: ${other[name]} for ${value}`).toBeLessThan(1e-5);
        }
      }
    },
  );

  test("a run is the same bits each time, after a rewind and after a pause", async () => {
    await withTrainerOn(cpuBackend(), mlp, async (trainer) => {
      const first = await advanced(trainer, 30);
      const weights = await weightBits(trainer);
      trainer.rewind();
      const parts = [...(await advanced(trainer, 11)), ...(await advanced(trainer, 19))];
      expect(parts).toEqual(first);
      expect(await weightBits(trainer)).toEqual(weights);
    });
  });

  test("training lets other things happen, and a pause takes effect within 100 ms", async () => {
    await withTrainerOn(cpuBackend(), mlp, async (trainer) => {
      const pause = new AbortController();
      let [paused, turns, last] = [0, 0, 0];
      const ticking = setInterval(() => turns++, 10);
      setTimeout(() => {
        pause.abort();
        paused = performance.now();
      }, 300);
      const end = await trainer.train({ signal: pause.signal, onMetrics: (rows) => (last = rows.at(-1)?.step ?? 0) });
      const took = performance.now() - paused;
      clearInterval(ticking);
      expect(end).toBe("stopped");
      expect(took).toBeLessThan(100);
      expect(turns).toBeGreaterThan(5);
      expect(trainer.steps).toBe(last);
    });
  });

  test("a live number is changed while it trains", async () => {
    await withTrainerOn(cpuBackend(), small(), async (trainer) => {
      const rows = await advanced(trainer, 40, {
        targetMs: 1e-6,
        onMetrics: ([row]) => {
          if (row?.step === 20) trainer.set("learningRate", 0.5);
        },
      });
      expect(rows.map(({ learningRate }) => learningRate)).toEqual(
        rows.map(({ step }) => (step <= 20 ? Math.fround(0.01) : 0.5)),
      );
    });
  });

  test("a divergence is found out and cured as on the GPU", async () => {
    const experiment = small({
      loss: { kind: "meanSquaredError" },
      data: { kind: "plane", samples: 100 },
      metrics: [],
      model: chain({ id: "hidden", layer: "Dense", units: 4 }),
      optimizer: { kind: "sgd", learningRate: 100 },
    });
    await withTrainerOn(cpuBackend(), experiment, async (trainer) => {
      const error = await rejection(trainer.advance(500));
      expect(error).toMatchObject({ kind: "diverged", node: expect.stringMatching(/^(hidden|output)$/) });
      expect(trainer.steps).toBe(0);
      trainer.set("learningRate", 0.05);
      const cured = await advanced(trainer, 40);
      expect(cured.at(-1)?.loss).toBeLessThan(cured[0]?.loss as number);
    });
  });

  test("a model too large for it is refused before it starts, with numbers and the cure in both languages", async () => {
    const error = await rejection(withTrainerOn(cpuBackend(), large, async () => undefined));
    expect(error).toBeInstanceOf(ModelError);
    expect(error).toMatchObject({
      kind: "limit",
      message: expect.stringMatching(
        /^a step of this model is about [\d.]+ GFLOP, and without WebGPU at most 100 MFLOP are done here; use a browser with WebGPU, or a smaller model or batch$/,
      ),
      text: { zh: expect.stringMatching(/约为 [\d.]+ GFLOP，.* 100 MFLOP；请使用支持 WebGPU 的浏览器/) },
    });
  });

  test("the CPU is named as what computes", async () => {
    await withTrainerOn(cpuBackend(), small(), async ({ summary }) => {
      expect(summary).toMatchObject({ adapter: "Reference interpreter", parameters: 8 * 3 + 2 * 9 });
      expect(summary.dispatchesPerStep).toBeGreaterThan(10);
      expect(summary.peakBytes).toBeGreaterThan(8 * 200);
    });
  });
});

describe("a program on the CPU", () => {
  const x = variable("x", [2, 3]);
  const w = variable("w", [3, 1]);
  const y = matmul(x, w);
  const replay = () =>
    cpuBackend().create({ outputs: [y], updates: [[variable("count", [], "u32"), variable("next", [], "u32")]] });

  test("gives its outputs and variables once it was run", async () => {
    const executor = await replay();
    expect([...(await executor.read(y))]).toEqual([0, 0]);
    executor.write(x, [1, 2, 3, 4, 5, 6]);
    executor.writeState(new Map([["w", Float32Array.of(1, 0, -1)]]));
    await executor.run(1);
    expect([...(await executor.read(y))]).toEqual([-2, -2]);
    expect(await executor.read(w)).toEqual(Float32Array.of(1, 0, -1));
    expect(executor).toMatchObject({ steps: 1, submitted: 1 });
  });

  test("keeps values as their dtype does", async () => {
    const executor = await replay();
    executor.write(w, [0.1, 1e-50, 1]);
    executor.write(variable("next", [], "u32"), [2 ** 32 + 5]);
    await executor.run(1);
    const state = await executor.readState((name) => name !== "x");
    expect(state).toEqual(
      new Map<string, unknown>([
        ["count", Uint32Array.of(5)],
        ["next", Uint32Array.of(5)],
        ["w", Float32Array.of(0.1, 0, 1)],
      ]),
    );
  });

  test("takes over another's variables by name", async () => {
    const [one, other] = [await replay(), await replay()];
    other.write(w, [1, 2, 3]);
    other.write(x, [1, 1, 1, 1, 1, 1]);
    one.copyFrom(other, (name) => (name === "w" ? "w" : undefined));
    expect([...(await one.read(w)), ...(await one.read(x))]).toEqual([1, 2, 3, 0, 0, 0, 0, 0, 0]);
  });

  test("refuses values that do not fit and tensors that are not kept, in the words of the GPU's", async () => {
    const executor = await replay();
    expect(() => executor.write(w, [1])).toThrow('variable "w" holds 3×1, 3 values; 1 were given');
    expect(() => executor.write(variable("z"), [1])).toThrow('the plan has no variable "z"; it has ');
    expect(() => executor.writeState(new Map([["w", Int32Array.of(1, 2, 3)]]))).toThrow(
      'the state has a Int32Array for "w", which is f32; give a Float32Array',
    );
    await expect(executor.read(matmul(x, w))).rejects.toMatchObject({ kind: "graph", op: "matmul" });
  });

  test("runs once at a time; what is destroyed rejects a run that is under way and all that follows", async () => {
    const executor = await replay();
    const run = rejection(executor.run(Number.POSITIVE_INFINITY));
    await expect(executor.run(1)).rejects.toThrow("a run is under way");
    executor.destroy();
    const error = await run;
    expect(error).toBeInstanceOf(DescentError);
    expect((error as Error).message).toContain("the executor was destroyed");
    expect(() => executor.write(w, [1, 2, 3])).toThrow("the executor was destroyed");
    await expect(executor.run(1)).rejects.toThrow("the executor was destroyed");
  });
});
