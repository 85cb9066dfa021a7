import { describe, expect, test } from "vitest";
import { type CompileOptions, compile } from "../../src/graph/compile.ts";
import { gradient } from "../../src/graph/gradient.ts";
import { add } from "../../src/graph/ops/add.ts";
import { constant } from "../../src/graph/ops/constant.ts";
import { conv2d } from "../../src/graph/ops/conv2d.ts";
import { gelu } from "../../src/graph/ops/gelu.ts";
import { layerNorm } from "../../src/graph/ops/layer-norm.ts";
import { logSoftmax } from "../../src/graph/ops/log-softmax.ts";
import { matmul } from "../../src/graph/ops/matmul.ts";
import { mean } from "../../src/graph/ops/mean.ts";
import { mul } from "../../src/graph/ops/mul.ts";
import { relu } from "../../src/graph/ops/relu.ts";
import { rmsNorm } from "../../src/graph/ops/rms-norm.ts";
import { sigmoid } from "../../src/graph/ops/sigmoid.ts";
import { softmax } from "../../src/graph/ops/softmax.ts";
import { softmaxCrossEntropy } from "../../src/graph/ops/softmax-cross-entropy.ts";
import { sub } from "../../src/graph/ops/sub.ts";
import { sum } from "../../src/graph/ops/sum.ts";
import { tanh } from "../../src/graph/ops/tanh.ts";
import { transpose } from "../../src/graph/ops/transpose.ts";
import { variable } from "../../src/graph/ops/variable.ts";
import type { Program } from "../../src/graph/program.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { adamUpdates } from "../models/adam-updates.ts";
import { HARDWARE, SOFTWARE } from "../ops/profiles.ts";
import { NAIVE } from "./open.ts";

const x = variable("x", [64, 256]);
/** So many rows that no adapter splits the product's inner axis to fill itself. */
const wide = variable("wide", [4096, 256]);
const w = variable("w", [256, 128]);
const b = variable("b", [128]);
const scale = variable("scale", [256]);
const shift = variable("shift", [256]);
const labels = variable("labels", [64], "i32");
const images = variable("images", [8, 14, 14, 16]);
const kernel = variable("kernel", [3, 3, 16, 32]);
const channels = variable("channels", [32]);

describe.each([
  ["software", SOFTWARE],
  ["hardware", HARDWARE],
] as const)("on %s", (_, profile) => {
  const dispatches = (program: Program, options: CompileOptions = {}) =>
    compile(program, profile, options).dispatches.length;

  test.each([
    ["a chain of elementwise ops", tanh(mul(sigmoid(add(x, 1)), relu(x)))],
    ["a softmax", softmax(x)],
    ["a logSoftmax", logSoftmax(x)],
    ["a layer norm with scale and shift", layerNorm(x, { scale, shift })],
    ["an RMS norm", rmsNorm(x, { scale })],
    ["a softmax of something elementwise", softmax(add(x, 1))],
    ["bias and relu after a matmul", relu(add(matmul(wide, w), b))],
    ["bias, gelu and a residual after a matmul", add(gelu(add(matmul(wide, w), b)), variable("r", [4096, 128]))],
    ["bias and relu after a convolution", relu(add(conv2d(images, kernel), channels))],
    ["elementwise ops before a reduction", sum(mul(relu(x), x), 1)],
    ["elementwise ops after a reduction", tanh(mul(sum(x, 1), 0.5))],
    ["a transposed read", add(transpose(x), 1)],
  ] as const)("%s is one dispatch", (_, output) => {
    expect(dispatches({ outputs: [output] })).toBe(1);
    const naive = dispatches({ outputs: [output] }, NAIVE);
    expect(naive).toBeGreaterThan(1);
  });

  test("Adam of one parameter is one dispatch, and its schedule at most another", () => {
    const step = variable("step", [], "u32");
    const learningRate = variable("learning rate");
    const dw = variable("dw", [256, 128]);
    const { updates } = adamUpdates([w], [dw], { rate: learningRate, step });
    const program = { updates };
    const plan = compile(program, profile);
    expect(plan.dispatches.length).toBeLessThanOrEqual(2);
    expect(plan.dispatches.at(-1)?.outputs).toEqual([w.shape, w.shape, w.shape]);
    expect(dispatches(program, NAIVE)).toBeGreaterThan(10);
  });

  test("Adam joins the matmul that gives the gradient", () => {
    const step = variable("step", [], "u32");
    const dy = variable("dy", [64, 128]);
    const dw = matmul(transpose(x), dy);
    const { updates } = adamUpdates([w], [dw], { rate: constant(1e-3), step });
    const plan = compile({ updates }, profile);
    const matmuls = plan.dispatches.filter(({ ops }) => ops.includes("matmul"));
    if (matmuls.length > 0) expect(matmuls[0]?.ops).toContain("sqrt");
    expect(plan.dispatches.length).toBeLessThanOrEqual(3);
  });

  test("a dense layer's loss and logits gradient take no more than four dispatches", () => {
    const logits = add(matmul(x, variable("head", [256, 10])), variable("bias", [10]));
    const loss = softmaxCrossEntropy(logits, labels);
    const [dlogits] = gradient(loss, [logits]) as [Tensor];
    expect(dispatches({ outputs: [loss, dlogits] })).toBeLessThanOrEqual(4);
  });

  test("counters and rates of a step share a dispatch", () => {
    const counters = ["a", "b", "c"].map((name) => variable(name));
    expect(dispatches({ updates: counters.map((counter, k) => [counter, add(counter, k + 1)]) })).toBe(1);
  });

  test("what is kept for taps is not fused away", () => {
    const h = relu(add(matmul(x, w), b));
    const y = sum(h, 1);
    const plan = compile({ outputs: [y], keep: [h] }, profile);
    expect(plan.readable(h)).toMatchObject({ shape: [64, 128], dtype: "f32" });
    expect(plan.readable(add(h, 1))).toBeUndefined();
  });

  test("no dispatch binds more than the device can, however much could be fused", () => {
    const many = Array.from({ length: 24 }, (_, k) => variable(`m${k}`, [32]));
    const total = many.reduce((a, c) => add(a, c));
    const all = many.map((tensor): readonly [Tensor, Tensor] => [tensor, sub(tensor, mul(total, 0.1))]);
    for (const maxBindings of [8, 10]) {
      const plan = compile({ updates: all, metrics: { mean: mean(total) } }, { ...profile, maxBindings });
      for (const { bindings } of plan.dispatches) expect(bindings.length).toBeLessThanOrEqual(maxBindings);
    }
  });
});

test("a copy that keeps an old value's readers apart from its update is made once, and last", () => {
  const [v, m, x] = ["v", "m", "x"].map((name) => variable(name, [4, 4])) as [Tensor, Tensor, Tensor];
  const next = matmul(v, m);
  const outputs = [matmul(next, v), matmul(add(x, 1), v)];
  const ops = compile({ updates: [[v, next]], outputs }, SOFTWARE).dispatches.map(({ ops }) => ops.join());
  expect(ops.filter((list) => list.includes("copy"))).toEqual(["copy"]);
  expect(ops.at(-1)).toBe("copy");
});
