import { describe, expect, it } from "vitest";
import { DescentError } from "../../src/errors.ts";
import type { AdapterProfile } from "../../src/gpu/device.ts";
import { interpret } from "../../src/graph/interpreter.ts";
import { NdArray } from "../../src/graph/nd-array.ts";
import { apply, type Op } from "../../src/graph/op.ts";
import { hiddenOps, opsOf, rowsOf } from "./collect.ts";
import { checkCoverage, missingPromises, missingSizes } from "./coverage.ts";
import type { Evaluate } from "./evaluate.ts";
import { HARDWARE, SOFTWARE } from "./profiles.ts";
import { createRandom } from "./random.ts";
import type { OpRow } from "./row.ts";
import { createTrial, hasVariants } from "./trial.ts";

/** softsign(x) = x / (1 + |x|), smooth but for its second derivative; its parts can be planted wrong. */
function softsignOp(planted: Partial<Op<null>> = {}): Op<null> {
  return {
    name: "softsign",
    infer: ([x]) => x as NonNullable<typeof x>,
    reference: ([x]) => (x as NdArray).map((v) => v / (1 + Math.abs(v))),
    kernel: { kind: "pointwise", emit: ({ input }) => input(0) },
    gradient: ([dy], { inputs: [x] }) => [dy && x && apply(softsignGradientOp, [dy, x], null)],
    ...planted,
  };
}

/** dy / (1 + |x|)² · scale */
const softsignGradientOp: Op<null | number> = {
  name: "softsignGradient",
  infer: ([dy]) => dy as NonNullable<typeof dy>,
  reference: ([dy, x], scale) =>
    (dy as NdArray).map((v, k) => ((scale ?? 1) * v) / (1 + Math.abs((x as NdArray).at(k))) ** 2),
  kernel: { kind: "pointwise", emit: ({ input }) => input(0) },
};

function rowOf(op: Op<null>, more: Partial<OpRow> = {}): OpRow {
  return {
    name: op.name,
    ops: [op.name],
    draw: (random) => {
      const shape = random.shape(2, 300, true);
      return { label: shape.join("×"), inputs: [random.uniform(shape)], build: ([x]) => apply(op, [x as never], null) };
    },
    tolerance: { ulp: 1 },
    gradient: [0],
    adversarial: true,
    ...more,
  };
}

/** A GPU that computes as the reference does and rounds to float32; `plant` makes one mistake. */
function evaluateWith(plant: (value: number, position: number) => number = (value) => value): Evaluate {
  return async (outputs, feed) =>
    interpret(outputs, feed).map((value) => (value.dtype === "f32" ? value.map(plant).map(Math.fround) : value));
}

const softsign = rowOf(softsignOp());

describe("a trial of a row", () => {
  it("finds nothing wrong with a right kernel and gradient", async () => {
    const trial = createTrial(softsign, evaluateWith());
    expect(await trial.forward()).toEqual([]);
    expect(await trial.adversarial()).toEqual([]);
    expect(trial.finiteDifferences()).toEqual([]);
    expect(await trial.gradients()).toEqual([]);
  });

  it("catches a kernel that is wrong by little, at one element", async () => {
    const plant = (value: number, position: number) => (position === 17 ? value * (1 + 4e-7) : value);
    const failures = await createTrial(softsign, evaluateWith(plant)).forward();
    expect(failures.length).toBeGreaterThan(10);
    expect(failures[0]).toMatch(/^\d+×\d+: at \[\d+, \d+\] \S+ on the GPU, \S+ in the reference, [2-4] ULP apart$/);
  });

  it("catches a kernel that launders NaN or overflows to the wrong class", async () => {
    const launder = createTrial(
      softsign,
      evaluateWith((value) => (Number.isNaN(value) ? 0 : value)),
    );
    expect((await launder.adversarial()).join()).toContain("0 on the GPU, NaN in the reference");
    const overflow = createTrial(
      rowOf(softsignOp({ reference: ([x]) => (x as NdArray).map((v) => v * v) }), { adversarial: "class" }),
      evaluateWith((value) => Math.min(value, 3e38)),
    );
    expect((await overflow.adversarial()).join()).toContain("on the GPU, Infinity in the reference");
  });

  it("catches a wrong gradient by finite differences", () => {
    const planted = softsignOp({
      gradient: ([dy], { inputs: [x] }) => [dy && x && apply(softsignGradientOp, [dy, x], 1.0001)],
    });
    const failures = createTrial(rowOf(planted), evaluateWith()).finiteDifferences();
    expect(failures.length).toBeGreaterThan(100);
    expect(failures[0]).toMatch(/^\d+×\d+: input 0 at position \d+: gradient \S+, finite difference \S+$/);
  });

  it("catches a gradient that the GPU computes otherwise", async () => {
    const evaluate: Evaluate = async (outputs, feed) =>
      interpret(outputs, feed).map((value, k) =>
        outputs[k]?.call.op === softsignGradientOp ? value.map((v) => v * 1.01) : value.map(Math.fround),
      );
    const trial = createTrial(softsign, evaluate);
    expect(await trial.forward()).toEqual([]);
    expect((await trial.gradients())[0]).toMatch(/^\d+×\d+: gradient of input 0 at \[\d+, \d+\]/);
  });

  it("takes any subgradient at a kink, and nothing else", () => {
    const bent = (slope: number, formula: (x: number) => number): Op<null> => ({
      ...softsignOp({ reference: ([x]) => (x as NdArray).map((v) => formula(v)) }),
      gradient: ([dy]) => [dy && apply(scaleOp, [dy], slope)],
    });
    const scaleOp: Op<number> = {
      name: "scale",
      infer: ([x]) => x as NonNullable<typeof x>,
      reference: ([x], factor) => (x as NdArray).map((v) => v * factor),
      kernel: { kind: "pointwise", emit: ({ input }) => input(0) },
    };
    const atZero = (slope: number, formula = (x: number) => Math.max(x, 0)) =>
      createTrial(
        rowOf(bent(slope, formula), {
          draw: () => ({
            label: "0",
            inputs: [NdArray.zeros([3])],
            build: ([x]) => apply(bent(slope, formula), [x as never], null),
          }),
        }),
        evaluateWith(),
      ).finiteDifferences();
    expect(atZero(0)).toEqual([]);
    expect(atZero(0.5)).toEqual([]);
    expect(atZero(1)).toEqual([]);
    expect(atZero(1.001)).not.toEqual([]);
    expect(atZero(-0.001)).not.toEqual([]);
    expect(atZero(0, Math.sign)).toEqual([]);
    expect(atZero(0.001, Math.sign)).not.toEqual([]);
  });

  it("catches random cases that are drawn where the op is not finite", () => {
    const log = softsignOp({ reference: ([x]) => (x as NdArray).map((v) => Math.log(v)) });
    const failures = createTrial(rowOf(log), evaluateWith()).finiteDifferences();
    expect(failures.join()).toContain("draw where the op is defined and finite");
  });

  it("names the case that does not run, and tries the others", async () => {
    const evaluate: Evaluate = async (outputs, feed) => {
      if (outputs.some(({ shape }) => shape[0] === 7)) throw new DescentError("wgsl", "no such function");
      return evaluateWith()(outputs, feed);
    };
    const failures = await createTrial(softsign, evaluate).forward();
    expect(failures.length).toBeGreaterThan(0);
    for (const failure of failures) expect(failure).toMatch(/^7×\d+: does not run: no such function$/);
  });

  it("tries the kernel variants that only another adapter would choose", async () => {
    const select = (_: unknown, { software }: AdapterProfile) => {
      return { ...shader, variant: software ? "register tile" : "shared tile" };
    };
    const shader = { source: "", constants: {}, tensors: [], workgroups: [1, 1, 1] as const };
    const row = rowOf(softsignOp({ kernel: { kind: "shader", select } }));
    expect(hasVariants(row)).toBe(true);
    expect(hasVariants(softsign)).toBe(false);
    const evaluate: Evaluate = (outputs, feed, profile) =>
      evaluateWith((value) => (profile?.software === false ? value * 2 : value))(outputs, feed);
    const trial = createTrial(row, evaluate);
    expect(await trial.forward()).toEqual([]);
    expect(await trial.otherVariants(SOFTWARE, HARDWARE)).not.toEqual([]);
    expect(await trial.otherVariants(HARDWARE, HARDWARE)).toEqual([]);
  });

  it("ends at once when the device is lost", async () => {
    const evaluate: Evaluate = () => Promise.reject(new DescentError("device-lost", "gone"));
    await expect(createTrial(softsign, evaluate).forward()).rejects.toThrow("gone");
  });
});

describe("the coverage of the table", () => {
  const ops = [softsignOp(), softsignGradientOp as Op<null>] as readonly Op[];

  it("catches an op without a row", () => {
    expect(checkCoverage(ops, [softsign], {})).toEqual(['op "softsignGradient" has neither a row nor an exclusion']);
    expect(checkCoverage(ops, [softsign], { softsignGradient: "tried by softsign's gradient" })).toEqual([]);
  });

  it("catches stale and unfounded exclusions, and rows for ops that do not exist", () => {
    const exclusions = { softsign: "tried elsewhere", gone: "removed long ago", softsignGradient: "" };
    const rows = [softsign, rowOf(softsignOp({ name: "swish" }))];
    expect(checkCoverage(ops, rows, exclusions)).toEqual([
      'row "swish" stands for "swish", which is no op',
      'the exclusion of "softsign" is stale: a row stands for it',
      'the exclusion of "gone" is stale: there is no such op',
      'the exclusion of "softsignGradient" gives no reason',
    ]);
  });

  it("catches a promised op that no row answers", () => {
    const strided = { ...softsign, name: "conv2d strided" };
    expect(missingPromises(["softsign", "conv2d", "conv"], [strided])).toEqual(["conv"]);
  });

  it("catches an op that never meets a kind of size", () => {
    const always = () => [0, 63, 257].map((size) => ({ ...softsign.draw(random), inputs: [NdArray.zeros([size])] }));
    const random = createRandom(1);
    const draw = () => ({ ...softsign.draw(random), inputs: [NdArray.zeros([2, 2])] });
    expect(missingSizes([{ ...softsign, draw, always }])).toEqual(["softsign: 1"]);
  });

  it("catches ops that are not exported, files without rows and rows of the same name", () => {
    const source = "const reluOp: Op = {\nexport const expOp = unary({\nconst sumOps = {\nconst opener = 1;";
    expect(hiddenOps({ "a.ts": source })).toEqual(["a.ts: reluOp", "a.ts: sumOps"]);
    expect(opsOf({ "a.ts": { one: ops[0], many: { f32: ops[1] }, other: 3 } })).toEqual(ops);
    expect(() => rowsOf({ "a.ts": { helper: () => 1 } })).toThrow("a.ts exports no rows");
    expect(() => rowsOf({ "a.ts": { rows: [softsign] }, "b.ts": { row: { ...softsign } } })).toThrow("two rows named");
  });
});
