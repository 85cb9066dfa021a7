import { describe, expect, test } from "vitest";
import type { Dataset } from "../../src/data/dataset.ts";
import { loadDataset } from "../../src/train/load-dataset.ts";
import type { Trainer } from "../../src/train/trainer.ts";
import { numbers } from "../nn/formula.ts";
import { sharedGpu } from "../plan/open.ts";
import { advanced, chain, small, withTrainer } from "./small-run.ts";

const gpu = sharedGpu();

type Weights = ReadonlyMap<string, { readonly values: Float32Array }>;

const normalized = {
  model: chain(
    { id: "hidden", layer: "Dense", units: 8, activation: "tanh" },
    { id: "norm", layer: "BatchNorm" },
    { id: "drop", layer: "Dropout", rate: 0.5 },
  ),
};

/** x · kernel + bias, in float64. */
function dense(x: readonly number[], weights: Weights, node: string): number[] {
  const kernel = valuesOf(weights, `${node}.kernel`);
  const bias = valuesOf(weights, `${node}.bias`);
  return bias.map((b, unit) => x.reduce((sum, value, k) => sum + value * at(kernel, k * bias.length + unit), b));
}

/** Loss and accuracy over some labels, in float64: one sample after another, as the textbook has it. */
function judged(all: readonly { readonly logits: readonly number[]; readonly label: number }[]) {
  const losses = all.map(({ logits, label }) => {
    const most = Math.max(...logits);
    return Math.log(logits.reduce((sum, v) => sum + Math.exp(v - most), 0)) + most - at(logits, label);
  });
  const right = all.filter(({ logits, label }) => at(logits, label) === Math.max(...logits));
  return { loss: losses.reduce((a, b) => a + b, 0) / all.length, accuracy: right.length / all.length };
}

/** The model of `normalized` on the validation points, without dropout and with the running statistics. */
function byHand({ inputs, target, validation: { count, columns } }: Dataset, weights: Weights) {
  const points = columns.get(inputs[0]?.name as string);
  const labels = columns.get(target.name);
  const moment = (name: string) => valuesOf(weights, `norm.${name}`);
  const [mean, variance, scale, shift] = ["runningMean", "runningVariance", "scale", "shift"].map(moment);
  const samples = Array.from({ length: count }, (_, k) => {
    const first = (points?.offset ?? 0) + 2 * k;
    const point = [...(points?.values.subarray(first, first + 2) ?? [])];
    const hidden = dense(point, weights, "hidden").map((h, unit) => {
      const [m, v, g, b] = [mean, variance, scale, shift].map((values) => at(values as number[], unit));
      return ((Math.tanh(h) - (m as number)) / Math.sqrt((v as number) + 1e-5)) * (g as number) + (b as number);
    });
    return {
      logits: dense(hidden, weights, "output"),
      label: at(labels?.values as Int32Array, (labels?.offset ?? 0) + k),
    };
  });
  return judged(samples);
}

describe("validation is the float64 evaluation of all validation samples, one by one", () => {
  test.each([
    ["in batches of which the last is partly filled", 8],
    ["in full batches", 10],
    ["in one batch, where there are fewer samples than the batch size", 64],
    ["one by one in batches of 2, the last full", 2],
  ])("%s", async (_name, batchSize) => {
    const experiment = small({ ...normalized, batchSize });
    const dataset = await loadDataset(experiment);
    expect(dataset.validation.count).toBe(30);
    await withTrainer(gpu(), experiment, async (trainer) => {
      await trainer.advance(5);
      const expected = byHand(dataset, await trainer.weights());
      const got = await trainer.validate();
      expect(got.loss).toBeCloseTo(expected.loss, 5);
      expect(got.accuracy).toBeCloseTo(expected.accuracy, 12);
      expect(await trainer.validate()).toEqual(got);
      expect(trainer.steps).toBe(5);
    });
  });

  test("each label of a sequence by itself, those that are -1 left out", async () => {
    const [TRAINED, COUNT, LENGTH, TOKENS] = [8, 7, 4, 5];
    const tokens = (name: string) =>
      Int32Array.from(numbers(name, (TRAINED + COUNT) * LENGTH), (u) => Math.floor(u * TOKENS));
    // The first sample has no label at all, the others one to four.
    const labels = tokens("labels").map((label, k) => (k % LENGTH < Math.floor(k / LENGTH) % 5 ? label : -1));
    const part = (count: number, first: number) => ({
      count,
      columns: new Map([
        ["tokens", { values: tokens("tokens"), offset: first * LENGTH }],
        ["labels", { values: labels, offset: first * LENGTH }],
      ]),
    });
    const categories = Array.from({ length: TOKENS }, (_, k) => String(k));
    const dataset: Dataset = {
      inputs: [{ name: "tokens", shape: [LENGTH], dtype: "i32", categories }],
      target: { name: "labels", shape: [LENGTH], dtype: "i32", categories, gaps: true },
      training: part(TRAINED, COUNT),
      validation: part(COUNT, 0),
    };
    const experiment = small({ model: chain({ id: "table", layer: "Embedding", features: 3 }), batchSize: 3 });
    await withTrainer(
      gpu(),
      experiment,
      async (trainer) => {
        await trainer.advance(4);
        const weights = await trainer.weights();
        const table = valuesOf(
          weights,
          `table.${[...weights.keys()].find((name) => name.startsWith("table."))?.slice(6)}`,
        );
        const places = Array.from({ length: COUNT * LENGTH }, (_, k) => k).filter((k) => at(labels, k) >= 0);
        const expected = judged(
          places.map((k) => {
            const token = at(tokens("tokens"), k);
            return { logits: dense(table.slice(3 * token, 3 * token + 3), weights, "output"), label: at(labels, k) };
          }),
        );
        const got = await trainer.validate();
        expect(got.loss).toBeCloseTo(expected.loss, 5);
        expect(got.accuracy).toBeCloseTo(expected.accuracy, 12);
      },
      dataset,
    );
  });

  test("with statistics that no step moves as they are at first", async () => {
    const model = chain({ id: "norm", layer: "BatchNorm", momentum: 0 });
    await withTrainer(gpu(), small({ model }), async (trainer) => {
      const weights = await trainer.weights();
      expect(valuesOf(weights, "norm.runningVariance")).toEqual([1, 1]);
      const validation = await trainer.validate();
      trainer.writeWeights(new Map([["norm.runningVariance", { shape: [2], values: Float32Array.of(1, 1) }]]));
      expect(await trainer.validate()).toEqual(validation);
      // A variance of 0 would blow the outputs up by √100,000.
      expect(validation.loss).toBeLessThan(5);
    });
  });
});

describe("averaged weights", () => {
  const DECAY = 0.75;

  test("are what is validated and saved: the moving average from the first weights on, training being as without", async () => {
    const experiment = small(normalized);
    const dataset = await loadDataset(experiment);
    const steps: Weights[] = [];
    const rows = await withTrainer(gpu(), experiment, async (trainer) => {
      const all = [];
      for (let step = 0; step <= 4; step++) {
        steps.push(await trainer.weights());
        if (step < 4) all.push(...(await advanced(trainer, 1)));
      }
      return all;
    });
    const averaging = small({ ...normalized, optimizer: { ...experiment.optimizer, average: DECAY } });
    await withTrainer(gpu(), averaging, async (trainer: Trainer) => {
      expect(await trainer.weights()).toEqual(steps[0]);
      expect(await advanced(trainer, 4)).toEqual(rows);
      const weights = await trainer.weights();
      for (const [name, { values }] of weights) {
        const trained = !name.includes("running");
        const expected = steps
          .map((at) => valuesOf(at, name))
          .reduce((mean, next) =>
            mean.map((value, k) => (trained ? DECAY * value + (1 - DECAY) * at(next, k) : at(next, k))),
          );
        expect([...values], name).toEqual(expected.map((value) => expect.closeTo(value, 6)));
      }
      expect((await trainer.validate()).loss).toBeCloseTo(byHand(dataset, weights).loss, 5);
      expect(byHand(dataset, weights).loss).not.toBeCloseTo(byHand(dataset, steps[4] as Weights).loss, 4);
    });
  });
});

function valuesOf(weights: Weights, name: string): number[] {
  const entry = weights.get(name);
  if (entry === undefined) throw new Error(`no ${name} among ${[...weights.keys()].join(", ")}`);
  return [...entry.values];
}

function at(values: ArrayLike<number>, k: number): number {
  return values[k] as number;
}
