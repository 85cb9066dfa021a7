import { describe, expect, test } from "vitest";
import { gradient } from "../../src/graph/gradient.ts";
import { interpret } from "../../src/graph/interpreter.ts";
import { NdArray } from "../../src/graph/nd-array.ts";
import { sigmoid } from "../../src/graph/ops/sigmoid.ts";
import { softmax } from "../../src/graph/ops/softmax.ts";
import { variable } from "../../src/graph/ops/variable.ts";
import { type DType, formatShape, type Shape, type Tensor } from "../../src/graph/tensor.ts";
import { layers } from "../../src/nn/layers.ts";
import type { LossContext } from "../../src/nn/loss.ts";
import { losses } from "../../src/nn/losses.ts";
import { ModelError } from "../../src/nn/model-error.ts";
import { createRandom } from "../ops/random.ts";
import { sharedGpu, withExecutor } from "../plan/open.ts";
import fixture from "./fixtures/optimizers.json" with { type: "json" };
import { lossValues, meanLoss } from "./loss-of.ts";

const cases = fixture.losses.map((entry) => {
  const output = variable("output", entry.output.shape);
  const target = variable("target", entry.target.shape, entry.target.dtype as DType);
  const values = lossValues(entry.kind, output, target, entry.config);
  const loss = meanLoss(values);
  const [dy] = gradient(loss, [output]) as [Tensor];
  const feed = new Map([
    [output, new NdArray(output.shape, entry.output.values)],
    [target, new NdArray(target.shape, entry.target.values, target.dtype)],
  ]);
  const label = `${entry.kind} of ${formatShape(output.shape)} against ${target.dtype} ${formatShape(target.shape)}`;
  return { ...entry, expected: entry.loss, label, output, target, loss, dy, values, feed };
});

test("every loss has a case of PyTorch's", () => {
  expect(new Set(cases.map(({ kind }) => kind))).toEqual(new Set(losses.map(({ kind }) => kind)));
});

describe.each(cases)("$label", (entry) => {
  const { output, loss, dy, feed, values } = entry;

  test("has PyTorch's loss and gradient", () => {
    const [value, slope] = interpret([loss, dy], feed) as [NdArray, NdArray];
    expect(value.at(0)).toBeCloseTo(entry.expected, 10);
    expect(slope.data).toHaveLength(entry.gradient.length);
    for (const [k, expected] of entry.gradient.entries()) expect(slope.at(k)).toBeCloseTo(expected, 10);
  });

  test("has the gradient that finite differences show", () => {
    const [slope] = interpret([dy], feed) as [NdArray];
    const x = feed.get(output) as NdArray;
    const lossAt = (position: number, step: number) => {
      const moved = x.map((value, k) => (k === position ? value + step : value));
      return (interpret([loss], new Map(feed).set(output, moved))[0] as NdArray).at(0);
    };
    for (const position of x.data.keys()) {
      const difference = (lossAt(position, 1e-5) - lossAt(position, -1e-5)) / 2e-5;
      expect(slope.at(position)).toBeCloseTo(difference, 7);
    }
  });

  test("has values one by one, 0 where the weight is 0", () => {
    const [found, weights] = interpret([values.values, values.weights ?? values.values], feed) as [NdArray, NdArray];
    expect(found.shape[0]).toBe(output.shape[0]);
    if (values.weights === undefined) return;
    expect(weights.shape).toEqual(found.shape);
    const labels = feed.get(entry.target) as NdArray;
    expect(Array.from(weights.data)).toEqual(Array.from(labels.data, (label) => Number(label !== -1)));
    for (const [k, weight] of weights.data.entries()) if (weight === 0) expect(found.at(k)).toBe(0);
  });
});

describe("labels of -1", () => {
  test.each([
    { kind: "categoricalCrossentropy", output: [3, 4] },
    { kind: "binaryCrossentropy", output: [3, 1] },
    { kind: "hinge", output: [3, 4] },
    { kind: "hinge", output: [3] },
  ])("do not count in $kind of $output, in value and gradient", ({ kind, output: shape }) => {
    const [output, labels] = [variable("output", shape), variable("labels", [3], "i32")];
    const { values, weights } = lossValues(kind, output, labels);
    const [dy] = gradient(meanLoss({ values, weights: weights as Tensor }), [output]) as [Tensor];
    const results = interpret(
      [values, weights as Tensor, dy],
      new Map([
        [output, NdArray.zeros(shape).map((_, k) => 0.3 * k - 0.5)],
        [labels, new NdArray([3], [1, -1, 0], "i32")],
      ]),
    ) as [NdArray, NdArray, NdArray];
    expect(results[0].at(1)).toBe(0);
    expect(results[0].at(0)).not.toBe(0);
    expect(Array.from(results[1].data)).toEqual([1, 0, 1]);
    const width = results[2].data.length / 3;
    expect(Math.hypot(...results[2].data.subarray(width, 2 * width))).toBe(0);
    expect(Math.hypot(...results[2].data.subarray(0, width))).toBeGreaterThan(0);
  });
});

describe("an activation at the end", () => {
  const logits = variable("logits", [2, 3]);
  const feedOf = (values: readonly number[], target: Tensor, targets: readonly number[]) =>
    new Map([
      [logits, new NdArray([2, 3], values)],
      [target, new NdArray(target.shape, targets, target.dtype)],
    ]);

  test.each(["categoricalCrossentropy", "klDivergence"])(
    "softmax before %s is as if it were not there, also for logits whose probabilities are 0",
    (kind) => {
      const isLabels = kind === "categoricalCrossentropy";
      const target = isLabels ? variable("labels", [2], "i32") : variable("shares", [2, 3]);
      const feed = feedOf([2000, 0, -2000, 1, 2, 3], target, isLabels ? [2, 0] : [0, 0, 1, 1, 0, 0]);
      const probabilities = softmax(logits);
      const loss = meanLoss(lossValues(kind, probabilities, target));
      const [value] = interpret([loss], feed) as [NdArray];
      // -log of e^-2000 / (e^2000 + …) is 4000; that of e / (e + e² + e³) is log(1 + e + e²).
      expect(value.at(0)).toBeCloseTo((4000 + Math.log(1 + Math.E + Math.E ** 2)) / 2, 9);
      const [dy] = interpret(gradient(loss, [logits]), feed) as [NdArray];
      expect(dy.at(2)).toBeCloseTo(-0.5, 12);
    },
  );

  test("a sigmoid before binaryCrossentropy is as if it were not there, also for logits whose probabilities are 0 or 1", () => {
    const target = variable("shares", [2, 3]);
    const feed = feedOf([2000, -2000, 2000, -2000, 0, 0], target, [0, 1, 1, 0, 0.5, 0.25]);
    const [value] = interpret([meanLoss(lossValues("binaryCrossentropy", sigmoid(logits), target))], feed) as [NdArray];
    expect(value.at(0)).toBeCloseTo((4000 + 2 * Math.log(2)) / 6, 9);
  });

  test("a softmax over another axis than the last is left as it is", () => {
    const labels = variable("labels", [2], "i32");
    const feed = feedOf([1, 2, 3, 4, 5, 6], labels, [0, 1]);
    const columns = softmax(logits, 0);
    const [found, taken] = interpret([lossValues("categoricalCrossentropy", columns, labels).values, columns], feed);
    const [first, second, third] = (taken as NdArray).data as unknown as [number, number, number];
    const sum = Math.exp(first) + Math.exp(second) + Math.exp(third);
    expect((found as NdArray).at(0)).toBeCloseTo(Math.log(sum) - first, 12);
  });
});

test.each([
  ["categoricalCrossentropy", [6, 4]],
  ["binaryCrossentropy", [6, 1]],
  ["hinge", [6, 4]],
] as const)("%s of labels without gaps weighs nothing, and gives what it gives with them", (kind, shape) => {
  const [output, target] = [variable("output", shape), variable("target", [6], "i32")];
  const plain = lossValues(kind, output, target, {}, { gaps: false });
  expect(plain.weights).toBeUndefined();
  const feed = new Map([
    [output, createRandom(kind).uniform(shape)],
    [target, new NdArray([6], [0, 1, 1, 0, 1, 0], "i32")],
  ]);
  const [without, withGaps] = interpret([plain.values, lossValues(kind, output, target).values], feed);
  expect([...(without as NdArray).data]).toEqual([...(withGaps as NdArray).data]);
});

describe("a loss of two classes", () => {
  test.each([[[8]], [[8, 1]], [[8, 2]], [[8, 10]], [[8, 7, 7, 3]]])(
    "refuses more, whatever the output is (%j), and does not advise another number of outputs first",
    (shape) => {
      const problem = refusal("binaryCrossentropy", shape, [8], "i32", { classes: 10 });
      expect(problem.text.en).toMatch(/two classes.* 10; take categoricalCrossentropy, with 10 outputs$/);
      expect(problem.text.zh).toMatch(/categoricalCrossentropy.*10/);
      expect(problem.repairs).toEqual([]);
    },
  );

  test.each([[[8]], [[8, 1]]])("hinge refuses a single score (%j) for more", (shape) => {
    expect(refusal("hinge", shape, [8], "i32", { classes: 3 }).text.en).toMatch(
      shape.length === 1 ? /a score for each class is wanted/ : /one output for 3 classes.*set units to 3/,
    );
  });

  test.each(["binaryCrossentropy", "hinge"])("%s takes a single score for two", (kind) => {
    const [output, target] = [variable("output", [8, 1]), variable("target", [8], "i32")];
    expect(lossValues(kind, output, target, {}, { classes: 2 }).values.shape).toEqual([8]);
  });
});

describe.each(["binaryCrossentropy", "klDivergence"])("%s of numbers", (kind) => {
  test.each([
    [-0.5, 1],
    [0, 1.25],
    [-1.75, 2.5],
  ])("refuses those from %d to %d, whose loss has no least value", (least, greatest) => {
    const problem = refusal(kind, [8, 3], [8, 3], "f32", { targetRange: () => [least, greatest] });
    expect(problem.text.en).toContain(`from ${least} to ${greatest}`);
    expect(problem.text.en).toMatch(/from 0 to 1, .*; choose meanSquaredError$/);
    expect(problem.text.zh).toContain(`${least}`);
    expect(problem.repairs).toEqual([]);
  });
});

test("klDivergence of labels is the cross-entropy, in values, weights and gradient", () => {
  const [output, labels] = [variable("output", [2, 3, 4]), variable("labels", [2, 3], "i32")];
  const feed = new Map([
    [output, createRandom("labels").uniform([2, 3, 4])],
    [labels, new NdArray([2, 3], [0, 3, -1, 2, -1, 1], "i32")],
  ]);
  const [divergence, entropy] = ["klDivergence", "categoricalCrossentropy"].map((kind) => {
    const { values, weights } = lossValues(kind, output, labels);
    const loss = meanLoss({ values, weights: weights as Tensor });
    return interpret([values, weights as Tensor, ...gradient(loss, [output])], feed).map(({ data }) => [...data]);
  });
  expect(divergence).toEqual(entropy);
  expect(refusal("klDivergence", [8, 3], [8], "i32", { classes: 10 }).text.en).toMatch(/3 outputs for 10 classes/);
});

describe("the prediction", () => {
  const output = variable("output", [2, 3]);
  const feed = new Map([[output, new NdArray([2, 3], [0, Math.log(3), -Math.log(3), 0, Math.log(2), 0])]]);
  const predictionOf = (wanted: string) => losses.find(({ kind }) => kind === wanted)?.prediction;

  test.each([
    ["binaryCrossentropy", sigmoid, [1 / 2, 3 / 4, 1 / 4, 1 / 2, 2 / 3, 1 / 2]],
    ["klDivergence", softmax, [3 / 13, 9 / 13, 1 / 13, 1 / 4, 1 / 2, 1 / 4]],
  ] as const)("of %s is probabilities, whether or not the model ends with them", (kind, end, expected) => {
    for (const last of [output, end(output)]) {
      const [found] = interpret([predictionOf(kind)?.(last) as Tensor], feed) as [NdArray];
      for (const [k, value] of expected.entries()) expect(found.at(k)).toBeCloseTo(value, 12);
    }
  });

  test.each(["meanSquaredError", "huber"])("of %s is the output itself", (kind) => {
    expect(predictionOf(kind)).toBeUndefined();
  });
});

test.each(["categoricalCrossentropy", "hinge"])("%s refuses fewer outputs than there are classes", (kind) => {
  const problem = refusal(kind, [2, 7], [2], "i32", { classes: 10 });
  expect(problem.text.en).toMatch(/there are 7 outputs for 10 classes.*set units to 10/);
  expect(problem.repairs).toEqual([{ kind: "set", field: "units", value: 10 }]);
});

describe("another number of outputs is advised as the last layer can have it:", () => {
  const set = (field: string, value: unknown) => ({ kind: "set", field, value });
  const lastOf = (kind: string, config: object = {}) => ({
    layer: layers.find((layer) => layer.kind === kind) as (typeof layers)[number],
    config: { ...config },
  });

  test.each([
    ["Dense", {}, 10, /set units to 10$/, [set("units", 10)]],
    ["GRU", {}, 10, /set units to 10$/, [set("units", 10)]],
    ["LSTM", { bidirectional: true }, 10, /set units to 5, which makes 10 both ways$/, [set("units", 5)]],
    ["LSTM", { bidirectional: true }, 11, /end the model with a Dense with units 11$/, []],
    ["GRU", {}, 4000, /end the model with a Dense with units 4000$/, []],
    ["Conv2D", {}, 10, /set filters to 10$/, [set("filters", 10)]],
    ["Softmax", {}, 10, /no field for .*layer before.*a Dense with units 10$/, []],
    ["Activation", {}, 10, /no field for .*a Dense with units 10$/, []],
    ["GlobalAveragePooling", {}, 10, /no field for .*a Dense with units 10$/, []],
  ])("%s %j, %d outputs", (kind, config, classes, message, repairs) => {
    const problem = refusal("categoricalCrossentropy", [8, 3], [8], "i32", { classes, last: lastOf(kind, config) });
    expect(problem.text.en).toMatch(message);
    expect(problem.text.zh).toMatch(/；请/);
    expect(problem.repairs).toEqual(repairs);
  });

  test.each([
    ["Dense", 10, /insert a Flatten before the last layer$/, [{ kind: "insert", layer: "Flatten" }]],
    [
      "Dense",
      3,
      /insert a Flatten before the last layer, then set units to 10$/,
      [{ kind: "insert", layer: "Flatten" }],
    ],
    ["SimpleRNN", 10, /set returns to last$/, [set("returns", "last")]],
    ["SimpleRNN", 3, /set returns to last, then set units to 10$/, [set("returns", "last")]],
    ["Conv2D", 3, /end the model with a Flatten and a Dense with units 10$/, []],
    ["Softmax", 10, /end the model with a Flatten and a Dense with units 10$/, []],
  ])("%s with %d outputs at each place, and 10 wanted in all", (kind, outputs, message, repairs) => {
    for (const [loss, target, dtype] of [
      ["categoricalCrossentropy", [8], "i32"],
      ["meanSquaredError", [8, 10], "f32"],
    ] as const) {
      const problem = refusal(loss, [8, 5, outputs], target, dtype, { classes: 10, last: lastOf(kind) });
      expect(problem.text.en).toMatch(message);
      expect(problem.repairs).toEqual(repairs);
    }
  });
});

/** What a loss refuses an output for. */
function refusal(
  kind: string,
  output: Shape,
  target: Shape,
  dtype: DType,
  about: Partial<LossContext> = {},
): ModelError {
  try {
    lossValues(kind, variable("output", output), variable("target", target, dtype), {}, about);
  } catch (error) {
    if (error instanceof ModelError) return error;
    throw error;
  }
  throw new Error(`${kind} refuses nothing`);
}

describe("a shape that does not fit is refused with the cure", () => {
  const units = (value: unknown) => ({ kind: "set", field: "units", value });
  const flatten = { kind: "insert", layer: "Flatten" };
  test.each([
    ["meanSquaredError", [8, 3], [8, 10], "f32", /output is 3 a sample, the target 10; set units to 10/, [units(10)]],
    ["meanSquaredError", [8, 3], [8], "f32", /output is 3 a sample, the target 1; set units to 1/, [units(1)]],
    ["huber", [8, 7, 7, 2], [8, 10], "f32", /insert a Flatten .* units to 10/, [flatten]],
    [
      "meanAbsoluteError",
      [8, 5, 3],
      [8, 5, 2],
      "f32",
      /output is 5×3 a sample, the target 5×2; set units to 2/,
      [units(2)],
    ],
    ["meanAbsoluteError", [8, 5, 3], [8, 6, 3], "f32", /change the model until both/, []],
    ["halfMeanSquaredError", [8, 3], [8], "i32", /targets are labels; choose .* categoricalCrossentropy/, []],
    ["klDivergence", [8, 3], [8, 4], "f32", /set units to 4/, [units(4)]],
    ["klDivergence", [8, 1], [8], "f32", /target is 1 a sample.* no distribution/, []],
    ["klDivergence", [8, 10], [8], "f32", /target is 1 a sample.* no distribution/, []],
    ["klDivergence", [8, 784], [8, 28, 28, 1], "f32", /target is 28×28×1 a sample.* no distribution/, []],
    ["categoricalCrossentropy", [8, 7, 7, 16], [8], "i32", /output is 7×7×16 a sample, .* insert a Flatten/, [flatten]],
    ["categoricalCrossentropy", [8], [8], "i32", /end it with a Dense/, []],
    ["categoricalCrossentropy", [8, 1], [8], "i32", /single output/, []],
    ["categoricalCrossentropy", [8, 4], [8, 5], "i32", /each sample has 5 labels; it must be 5×classes/, []],
    ["categoricalCrossentropy", [8, 6, 4], [8, 5], "i32", /output is 6×4 a sample, but each sample has 5 labels/, []],
    ["categoricalCrossentropy", [8, 4], [8, 4], "f32", /targets are numbers; choose .* meanSquaredError/, []],
    ["binaryCrossentropy", [8, 10], [8], "i32", /10 outputs, but .* one for each label.*; set units to 1/, [units(1)]],
    ["binaryCrossentropy", [8, 4, 4, 3], [8], "i32", /insert a Flatten/, [flatten]],
    ["binaryCrossentropy", [8, 3], [8, 2], "f32", /set units to 2/, [units(2)]],
    ["hinge", [8, 4, 4, 3], [8], "i32", /insert a Flatten/, [flatten]],
    ["hinge", [8, 4], [8, 4], "f32", /targets are numbers/, []],
  ] as const)("%s: output %j, target %j %s", (kind, output, target, dtype, message, repairs) => {
    const problem = refusal(kind, output, target, dtype);
    expect(problem).toMatchObject({ name: "ModelError", kind: "shape", node: "last", repairs });
    expect(problem.text.en).toMatch(message);
    expect(problem.text.zh).toMatch(/[\u4e00-\u9fff].*；/);
  });

  test.each(losses)("$kind refuses tokens as an output", ({ kind }) => {
    const isOfLabels = ["categoricalCrossentropy", "hinge"].includes(kind);
    const target = variable("target", isOfLabels ? [4] : [4, 3], isOfLabels ? "i32" : "f32");
    expect(() => lossValues(kind, variable("tokens", [4, 3], "i32"), target)).toThrow(/tokens/);
  });

  test.each([
    [[8, 1], [8]],
    [[8], [8, 1]],
    [
      [8, 784],
      [8, 28, 28, 1],
    ],
  ] as const)("but an output %j fits a target %j: as many numbers a sample", (output: Shape, target: Shape) => {
    const { values } = lossValues("meanSquaredError", variable("output", output), variable("target", target));
    expect(values.shape).toEqual(output);
  });
});

const gpu = sharedGpu();

test.each(cases)("$label on the GPU is that of the interpreter", async ({ loss, dy, feed }) => {
  const expected = interpret([loss, dy], feed);
  const initial = [...feed].map(([tensor, { data }]) => [tensor, data] as const);
  await withExecutor(gpu(), { outputs: [loss, dy] }, initial, async (executor) => {
    await executor.run(1);
    for (const [k, tensor] of [loss, dy].entries()) {
      const found = await executor.read(tensor);
      for (const [place, value] of found.entries()) {
        expect(Math.abs(value - (expected[k] as NdArray).at(place))).toBeLessThan(1e-5);
      }
    }
  });
});
