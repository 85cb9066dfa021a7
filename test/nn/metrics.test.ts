import { describe, expect, test } from "vitest";
import { interpret } from "../../src/graph/interpreter.ts";
import { NdArray } from "../../src/graph/nd-array.ts";
import { constant } from "../../src/graph/ops/constant.ts";
import { sigmoid } from "../../src/graph/ops/sigmoid.ts";
import { sum } from "../../src/graph/ops/sum.ts";
import { variable } from "../../src/graph/ops/variable.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { parseExperiment } from "../../src/nn/experiment.ts";
import type { Metric } from "../../src/nn/metric.ts";
import { metrics } from "../../src/nn/metrics.ts";
import { metricsOfExperiment } from "../../src/train/evaluated.ts";
import { createRandom } from "../ops/random.ts";
import { sharedGpu, withExecutor } from "../plan/open.ts";
import { smallExperiment } from "./experiment-json.ts";
import { lossValues } from "./loss-of.ts";

interface Batch {
  readonly output: NdArray;
  readonly target: NdArray;
  /** 1 for each sample that counts. */
  readonly samples?: readonly number[];
}

const metricOf = (kind: string) => metrics.find((entry) => entry.kind === kind) as Metric;

/** The metric's sums of some batches, added up, and their quotient. */
function measure(kind: string, batches: readonly Batch[], transform = (output: Tensor) => output): number {
  const totals: Record<string, number> = {};
  for (const { output, target, samples } of batches) {
    const [y, t] = [variable("output", output.shape), variable("target", target.shape, target.dtype)];
    const sums = metricOf(kind).sums({
      output: transform(y),
      target: t,
      gaps: true,
      samples: samples && constant(samples, [samples.length]),
      lossSum: constant(0),
      lossCount: constant(1),
    });
    const values = interpret(
      Object.values(sums),
      new Map([
        [y, output],
        [t, target],
      ]),
    );
    for (const [k, name] of Object.keys(sums).entries())
      totals[name] = (totals[name] ?? 0) + (values[k] as NdArray).at(0);
  }
  return metricOf(kind).value(totals);
}

const labels = (values: readonly number[], shape = [values.length]) => new NdArray(shape, values, "i32");

/** The share of the labels that count which are among the first `answers` when classes are sorted by score. */
function shareOf(answers: number, batches: readonly Batch[]): number {
  let [right, count] = [0, 0];
  for (const { output, target, samples } of batches) {
    const classes = output.shape.at(-1) as number;
    const perSample = target.data.length / (target.shape[0] as number);
    for (const [k, label] of target.data.entries()) {
      if (label === -1 || samples?.[Math.floor(k / perSample)] === 0) continue;
      const scores = Array.from(output.data.subarray(k * classes, (k + 1) * classes));
      const order = [...scores.keys()].sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
      count++;
      if (order.slice(0, answers).includes(label)) right++;
    }
  }
  return right / count;
}

const random = createRandom("metrics");
const batches: Batch[] = [
  { output: random.uniform([40, 7]), target: random.integers([40], -1, 6) },
  {
    output: random.uniform([8, 5, 7]).map(Math.round),
    target: random.integers([8, 5], -1, 6),
    samples: [1, 0, 1, 1, 0, 1, 1, 1],
  },
];

describe.each([
  ["accuracy", 1],
  ["top3", 3],
  ["top5", 5],
] as const)("%s", (kind, answers) => {
  test("is the share of labels among the first answers, over batches with ties, labels of -1 and filled-up samples", () => {
    const expected = shareOf(answers, batches);
    expect(measure(kind, batches)).toBeCloseTo(expected, 12);
    expect(expected).toBeGreaterThan(0.05);
    expect(expected).toBeLessThan(0.95);
  });
});

describe("accuracy", () => {
  test("takes the first of several largest scores for the answer, as argmax does", () => {
    const output = new NdArray([3, 3], [1, 1, 0, 1, 1, 0, 0, 0, 0]);
    expect(measure("accuracy", [{ output, target: labels([0, 1, 2]) }])).toBeCloseTo(1 / 3, 12);
  });

  test("never calls an answer with a score of NaN right", () => {
    const lost = Number.NaN;
    const output = new NdArray([3, 2], [lost, lost, 1, lost, lost, 1]);
    expect(measure("accuracy", [{ output, target: labels([0, 0, 1]) }])).toBe(0);
  });

  test.each([[[5, 1]], [[5]]])("of a single logit of shape %j takes its side of 0, for the labels 0 and 1", (shape) => {
    const output = new NdArray(shape, [0.2, -0.2, 3, 0, -1]);
    // Right: 1 above, 0 below, 0 at 0; wrong: 0 above. The last has no label.
    expect(measure("accuracy", [{ output, target: labels([1, 0, 0, 0, -1]) }])).toBeCloseTo(3 / 4, 12);
  });

  test("of a single probability takes its side of a half", () => {
    const output = new NdArray([4, 1], [0.2, -0.2, 3, -1]);
    expect(measure("accuracy", [{ output, target: labels([1, 0, 1, 1]) }], sigmoid)).toBeCloseTo(3 / 4, 12);
  });
});

describe("sequenceAccuracy", () => {
  test("counts samples all of whose labels are right, and leaves out those without labels and those filled up", () => {
    // Scores of two classes at each of three positions; the answer is 1 where it is positive.
    const scores = (answers: readonly number[]) => answers.flatMap((answer) => [0, answer === 1 ? 1 : -1]);
    const answers = [1, 0, 1, 1, 0, 1, 1, 1, 1, 0, 0, 0, 1, 1, 1];
    const target = labels([1, 0, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, 1, 1, 1], [5, 3]);
    const output = new NdArray([5, 3, 2], scores(answers));
    expect(measure("sequenceAccuracy", [{ output, target }])).toBeCloseTo(3 / 4, 12);
    expect(measure("sequenceAccuracy", [{ output, target, samples: [1, 1, 1, 1, 0] }])).toBeCloseTo(2 / 3, 12);
  });

  test("is the accuracy where each sample has one label", () => {
    const [batch] = batches as [Batch];
    expect(measure("sequenceAccuracy", [batch])).toBeCloseTo(shareOf(1, [batch]), 12);
  });
});

describe("of numbers", () => {
  const numbers: Batch[] = [
    { output: random.uniform([6, 2]), target: random.uniform([6, 2]).map((value) => value + 3) },
    { output: random.uniform([4, 2]), target: random.uniform([4, 2]).map((value) => value + 3), samples: [1, 1, 0, 1] },
  ];
  const pairs = numbers
    .flatMap(({ output, target, samples }) =>
      Array.from(output.data, (y, k) => ({ y, t: target.at(k), counts: samples?.[Math.floor(k / 2)] ?? 1 })),
    )
    .filter(({ counts }) => counts === 1);
  const total = (f: (pair: { y: number; t: number }) => number) => pairs.reduce((sum, pair) => sum + f(pair), 0);

  test("meanAbsoluteError is the mean of |y - t|", () => {
    expect(pairs).toHaveLength(18);
    expect(measure("meanAbsoluteError", numbers)).toBeCloseTo(total(({ y, t }) => Math.abs(y - t)) / 18, 12);
  });

  test("r2 is 1 less the squared errors over the squared distances from the mean", () => {
    const mean = total(({ t }) => t) / 18;
    const expected = 1 - total(({ y, t }) => (t - y) ** 2) / total(({ t }) => (t - mean) ** 2);
    expect(measure("r2", numbers)).toBeCloseTo(expected, 9);
  });

  test("r2 is 1 for exact answers, 0 for the mean, and 0 where all targets are the same and missed", () => {
    const target = new NdArray([3], [1, 2, 6]);
    expect(measure("r2", [{ output: new NdArray([3, 1], [1, 2, 6]), target }])).toBe(1);
    expect(measure("r2", [{ output: new NdArray([3, 1], [3, 3, 3]), target }])).toBeCloseTo(0, 12);
    const same = new NdArray([2], [5, 5]);
    expect(measure("r2", [{ output: new NdArray([2], [5, 5]), target: same }])).toBe(1);
    expect(measure("r2", [{ output: new NdArray([2], [5, 6]), target: same }])).toBe(0);
  });
});

describe("r2 of sums that are rounded to f32", () => {
  const ofOne = (target: number, output: number) => {
    const t = Math.fround(target);
    const residual = (t - output) ** 2;
    return metricOf("r2").value({ sum: t, squares: Math.fround(t * t), residual, count: 1 });
  };

  test("is 0 for a single number that is missed, though its square less its square is not 0", () => {
    const targets = Array.from({ length: 50 }, (_, k) => Math.fround(0.37 + 1.7 * k));
    expect(targets.some((t) => Math.fround(t * t) > t * t)).toBe(true);
    for (const t of targets) expect(ofOne(t, t + 1)).toBe(0);
    expect(ofOne(1.1, Math.fround(1.1))).toBe(1);
  });

  test("tells apart what varies by a hundredth of its size", () => {
    const sums = { sum: 2 * 100 + 2, squares: 100 ** 2 + 102 ** 2, residual: 0.5, count: 2 };
    expect(metricOf("r2").value(sums)).toBeCloseTo(1 - 0.5 / 2, 12);
  });
});

describe("perplexity is asked for", () => {
  const asked = (loss: object) => {
    const experiment = parseExperiment({ ...smallExperiment, loss, metrics: ["perplexity"] });
    const target = { name: "class", shape: [], dtype: "i32", categories: ["a", "b"] } as const;
    const none = { count: 0, columns: new Map() };
    return () => metricsOfExperiment(experiment, { inputs: [], target, training: none, validation: none });
  };

  test.each([{ kind: "categoricalCrossentropy" }, { kind: "binaryCrossentropy" }, { kind: "klDivergence" }])(
    "of %j, which is a cross-entropy of labels",
    (loss) => {
      expect(asked(loss)().map(({ kind }) => kind)).toEqual(["perplexity"]);
    },
  );

  test.each([
    [{ kind: "hinge" }, /metrics has "perplexity", .*the loss is hinge; remove it, or choose categoricalCrossentropy$/],
    [
      { kind: "categoricalCrossentropy", smoothing: 0.1 },
      /metrics has "perplexity", .*smoothing 0\.1; remove it, or set smoothing to 0$/,
    ],
  ])("in vain of %j", (loss, message) => {
    expect(asked(loss)).toThrow(
      expect.objectContaining({ kind: "experiment", message: expect.stringMatching(message) }),
    );
  });
});

test("perplexity of the cross-entropy of equal scores is the number of classes", () => {
  const [output, target] = [variable("output", [4, 9]), variable("target", [4], "i32")];
  const { values, weights } = lossValues("categoricalCrossentropy", output, target);
  const [lossSum, lossCount] = [sum(values), sum(weights as Tensor)];
  const sums = metricOf("perplexity").sums({ output, target, gaps: true, samples: undefined, lossSum, lossCount });
  const feed = new Map([
    [output, NdArray.zeros([4, 9])],
    [target, labels([0, 8, -1, 3])],
  ]);
  const found = interpret(Object.values(sums), feed).map((value) => value.at(0));
  const named = Object.fromEntries(Object.keys(sums).map((name, k) => [name, found[k] as number]));
  expect(metricOf("perplexity").value(named)).toBeCloseTo(9, 9);
});

test.each(metrics)("$kind has its words in two languages", ({ label, help }) => {
  expect(label.en.length).toBeGreaterThan(0);
  expect(label.zh.length).toBeGreaterThan(0);
  expect(help.zh).toMatch(/[\u4e00-\u9fff]/);
});

const gpu = sharedGpu();

test("the sums of all metrics on the GPU are those of the interpreter", async () => {
  const output = variable("output", [8, 5, 7]);
  const target = variable("target", [8, 5], "i32");
  const numbers = variable("numbers", [8, 35]);
  const samples = constant([1, 0, 1, 1, 0, 1, 1, 1], [8]);
  const { values, weights } = lossValues("categoricalCrossentropy", output, target);
  const shared = { output, gaps: true, samples, lossSum: sum(values), lossCount: sum(weights as Tensor) };
  const outputs = metrics.flatMap((metric) =>
    Object.values(metric.sums({ ...shared, target: metric.of === "numbers" ? numbers : target })),
  );
  const feed = new Map([
    [output, (batches[1] as Batch).output],
    [target, (batches[1] as Batch).target],
    [numbers, createRandom("numbers").uniform([8, 35])],
  ]);
  const expected = interpret(outputs, feed);
  const initial = [...feed].map(([tensor, { data }]) => [tensor, data] as const);
  await withExecutor(gpu(), { outputs }, initial, async (executor) => {
    await executor.run(1);
    for (const [k, tensor] of outputs.entries()) {
      const [value] = await executor.read(tensor);
      const wanted = (expected[k] as NdArray).at(0);
      expect(Math.abs((value as number) - wanted)).toBeLessThanOrEqual(1e-5 * Math.max(1, Math.abs(wanted)));
    }
  });
});
