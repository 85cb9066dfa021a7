import { NdArray } from "../../../src/graph/nd-array.ts";
import { abs } from "../../../src/graph/ops/abs.ts";
import { clamp } from "../../../src/graph/ops/clamp.ts";
import { copy } from "../../../src/graph/ops/copy.ts";
import { cos } from "../../../src/graph/ops/cos.ts";
import { elu } from "../../../src/graph/ops/elu.ts";
import { erf } from "../../../src/graph/ops/erf.ts";
import { exp } from "../../../src/graph/ops/exp.ts";
import { floor } from "../../../src/graph/ops/floor.ts";
import { gelu } from "../../../src/graph/ops/gelu.ts";
import { hardSigmoid } from "../../../src/graph/ops/hard-sigmoid.ts";
import { leakyRelu } from "../../../src/graph/ops/leaky-relu.ts";
import { log } from "../../../src/graph/ops/log.ts";
import { log1p } from "../../../src/graph/ops/log1p.ts";
import { mish } from "../../../src/graph/ops/mish.ts";
import { neg } from "../../../src/graph/ops/neg.ts";
import { reciprocal } from "../../../src/graph/ops/reciprocal.ts";
import { relu } from "../../../src/graph/ops/relu.ts";
import { round } from "../../../src/graph/ops/round.ts";
import { rsqrt } from "../../../src/graph/ops/rsqrt.ts";
import { selu } from "../../../src/graph/ops/selu.ts";
import { sigmoid } from "../../../src/graph/ops/sigmoid.ts";
import { sign } from "../../../src/graph/ops/sign.ts";
import { silu } from "../../../src/graph/ops/silu.ts";
import { sin } from "../../../src/graph/ops/sin.ts";
import { softplus } from "../../../src/graph/ops/softplus.ts";
import { softsign } from "../../../src/graph/ops/softsign.ts";
import { sqrt } from "../../../src/graph/ops/sqrt.ts";
import { square } from "../../../src/graph/ops/square.ts";
import { stopGradient } from "../../../src/graph/ops/stop-gradient.ts";
import { tanh } from "../../../src/graph/ops/tanh.ts";
import { formatShape, type Tensor } from "../../../src/graph/tensor.ts";
import type { Case, OpRow, Random, Tolerance } from "../row.ts";

interface UnaryRow {
  readonly from?: number;
  readonly to?: number;
  /** Where the function bends, jumps or changes its formula. */
  readonly kinks?: readonly number[];
  readonly adversarial?: boolean | "class";
}

/** A row for a function of one tensor. */
function row(name: string, f: (x: Tensor) => Tensor, tolerance: Tolerance, options: UnaryRow = {}): OpRow {
  const { from = -4, to = 4, kinks = [], adversarial = true } = options;
  const build = ([x]: readonly Tensor[]) => f(x as Tensor);
  const of = (x: NdArray): Case => ({ label: formatShape(x.shape), inputs: [x], build });
  return {
    name,
    ops: [name],
    draw: (random) => of(random.uniform(random.shape(random.integer(0, 4), 2000, true), from, to)),
    always: (random) => [
      { label: "kinks", inputs: [new NdArray([kinks.length], kinks.map(Math.fround))], build },
      ...[[0], [1], [], [3, 0], [255]].map((shape) => of(random.uniform(shape, from, to))),
    ],
    tolerance,
    gradient: [0],
    adversarial,
  };
}

const EXACT: Tolerance = { ulp: 0 };

/** Attributes are drawn with each case. */
function drawn(name: string, choose: (random: Random) => [string, (x: Tensor) => Tensor], tolerance: Tolerance): OpRow {
  const plain = row(name, (x) => x, tolerance);
  const wrap = (random: Random, { inputs }: Case): Case => {
    const [label, f] = choose(random);
    return { label: `${formatShape((inputs[0] as NdArray).shape)} ${label}`, inputs, build: ([x]) => f(x as Tensor) };
  };
  return {
    ...plain,
    draw: (random) => wrap(random, plain.draw(random)),
    always: (random) => [
      ...(plain.always?.(random) ?? []).slice(1).map((each) => wrap(random, each)),
      wrap(random, {
        label: "kinks",
        inputs: [new NdArray([5], [-1, -0.5, 0, 0.5, 1])],
        build: plain.draw(random).build,
      }),
    ],
  };
}

export const rows: OpRow[] = [
  row("neg", neg, EXACT, { kinks: [0, -0] }),
  row("abs", abs, EXACT, { kinks: [0, -0] }),
  row("sign", sign, EXACT, { kinks: [0, -0] }),
  row("exp", exp, { ulp: 32 }, { from: -10, to: 10, kinks: [88, -87, -104, 0.35, -0.35] }),
  row("log", log, { ulp: 8, absolute: 6e-7 }, { from: 0.01, kinks: [1, 0.999999, 1.000001, 0.66, 1.34, 1e30] }),
  row("log1p", log1p, { ulp: 8, absolute: 6e-7 }, { from: -0.9, kinks: [0, 1e-7, -1e-7, 1e-20, 0.34, -0.34, 1e30] }),
  row("sqrt", sqrt, { ulp: 4 }, { from: 0.01, kinks: [0, 1, 1e-30, 1e30] }),
  row("rsqrt", rsqrt, { ulp: 4 }, { from: 0.05, kinks: [1, 1e-30, 1e30] }),
  row("square", square, { ulp: 1 }, { kinks: [0] }),
  row("reciprocal", reciprocal, { ulp: 3 }, { from: 0.1, kinks: [-0.5, 1e30, -1e30] }),
  row(
    "sin",
    sin,
    { ulp: 4, absolute: 1e-6 },
    { from: -20, to: 20, kinks: [0, 1e-6, 0.7854, 1.5708], adversarial: "class" },
  ),
  row(
    "cos",
    cos,
    { ulp: 4, absolute: 1e-6 },
    { from: -20, to: 20, kinks: [0, 1e-6, 0.7854, 1.5708], adversarial: "class" },
  ),
  row("tanh", tanh, { ulp: 16 }, { kinks: [0, 1e-6, -1e-6, 0.25, 9, 11] }),
  row("sigmoid", sigmoid, { ulp: 34, absolute: 1e-12 }, { from: -10, to: 10, kinks: [0, 30, -30] }),
  row("relu", relu, EXACT, { kinks: [0, -0, 1e-30, -1e-30] }),
  drawn("leakyRelu", pickSlope, { ulp: 1 }),
  drawn("elu", pickAlpha, { ulp: 16 }),
  row("selu", selu, { ulp: 16 }, { kinks: [0, -0, 1e-6, -1e-6, -0.5] }),
  row("gelu", (x) => gelu(x), { ulp: 64, absolute: 1e-6 }, { kinks: [0, 0.7, -0.7, -4, -6, 6] }),
  { ...row("geluTanh", (x) => gelu(x, "tanh"), { ulp: 64, absolute: 1e-6 }, { kinks: [0, -4, -6, 6] }) },
  row("silu", silu, { ulp: 40, absolute: 1e-12 }, { from: -10, to: 10, kinks: [0, -30, 30] }),
  row("softplus", softplus, { ulp: 40, absolute: 1e-12 }, { from: -10, to: 10, kinks: [0, -30, 30] }),
  row("softsign", softsign, { ulp: 4 }, { kinks: [0, -0] }),
  row("hardSigmoid", hardSigmoid, { ulp: 4, absolute: 1e-6 }, { kinks: [0, 3, -3] }),
  row("mish", mish, { ulp: 40, absolute: 1e-12 }, { from: -10, to: 10, kinks: [0, -0.6, 20, -20] }),
  row("erf", erf, { ulp: 8, absolute: 1e-6 }, { kinks: [0, 1, -1, 0.5, 1e-6, 3.9] }),
  row("floor", floor, EXACT, { kinks: [0, 1, -1, 0.999999, -1e-6] }),
  row("round", round, EXACT, { kinks: [0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 0.49999997] }),
  drawn("clamp", pickBounds, EXACT),
  row("copy", copy, EXACT),
  { ...row("stopGradient", (x) => stopGradient(x), EXACT), gradient: { none: "it stops the gradient" } },
];

function pickSlope(random: Random): [string, (x: Tensor) => Tensor] {
  const slope = random.pick([0.01, 0.3, 0, 1.5]);
  return [`slope ${slope}`, (x) => leakyRelu(x, slope)];
}

function pickAlpha(random: Random): [string, (x: Tensor) => Tensor] {
  const alpha = random.pick([1, 0.5, 2]);
  return [`alpha ${alpha}`, (x) => elu(x, alpha)];
}

function pickBounds(random: Random): [string, (x: Tensor) => Tensor] {
  const [low, high] = random.pick([
    [-1, 1],
    [0, Number.POSITIVE_INFINITY],
    [Number.NEGATIVE_INFINITY, 0.5],
    [0.5, 0.5],
  ] as const);
  return [`from ${low} to ${high}`, (x) => clamp(x, low, high)];
}
