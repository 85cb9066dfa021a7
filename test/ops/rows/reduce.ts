import { NdArray } from "../../../src/graph/nd-array.ts";
import { argmax } from "../../../src/graph/ops/argmax.ts";
import { argmin } from "../../../src/graph/ops/argmin.ts";
import { cumSum } from "../../../src/graph/ops/cum-sum.ts";
import { logSumExp } from "../../../src/graph/ops/log-sum-exp.ts";
import { max } from "../../../src/graph/ops/max.ts";
import { mean } from "../../../src/graph/ops/mean.ts";
import { min } from "../../../src/graph/ops/min.ts";
import { prod } from "../../../src/graph/ops/prod.ts";
import { sum } from "../../../src/graph/ops/sum.ts";
import { variance } from "../../../src/graph/ops/variance.ts";
import { type DType, formatShape, type Shape, sizeOf, type Tensor } from "../../../src/graph/tensor.ts";
import type { Case, OpRow, Random, Tolerance } from "../row.ts";

type Reduction = (x: Tensor, axes: readonly number[] | undefined, keepDims: boolean) => Tensor;
type Values = (random: Random, shape: Shape) => NdArray;

interface ReduceRow {
  readonly values?: Values;
  readonly elements?: number;
  readonly gradient?: OpRow["gradient"];
  readonly zero?: boolean;
  readonly always?: (random: Random) => readonly Case[];
}

/** Any set of axes, all of them as undefined, some counted from the end. */
function drawAxes(random: Random, rank: number): number[] | undefined {
  if (random.next() < 0.2) return undefined;
  const axes = [...Array(rank).keys()].filter(() => random.next() < 0.5);
  return axes.map((axis) => (random.next() < 0.5 ? axis - rank : axis));
}

function row(name: string, f: Reduction, tolerance: (n: number) => Tolerance, options: ReduceRow = {}): OpRow {
  const { values = (random, shape) => random.uniform(shape), elements = 3000, zero = true } = options;
  const of = (random: Random, shape: Shape, axes: readonly number[] | undefined, keepDims: boolean): Case => ({
    label: `${formatShape(shape)} axes ${axes?.join(", ") ?? "all"}`,
    inputs: [values(random, shape)],
    build: ([x]) => f(x as Tensor, axes, keepDims),
  });
  return {
    name,
    ops: [name.split(" ")[0] as string],
    draw: (random) => {
      const shape = random.shape(random.integer(0, 4), elements, zero);
      return of(random, shape, drawAxes(random, shape.length), random.next() < 0.5);
    },
    always: (random) => [
      of(random, [], undefined, false),
      of(random, [1], [0], false),
      of(random, [65, 3], [0], true),
      of(random, [3, 257], [-1], false),
      of(random, [2, 3, 2], [0, 2], false),
      ...(zero
        ? [of(random, [0], undefined, false), of(random, [3, 0], [1], true), of(random, [0, 3], [1], false)]
        : []),
      ...(options.always?.(random) ?? []),
    ],
    tolerance: ({ inputs }) => tolerance(Math.max(sizeOf((inputs[0] as NdArray).shape), 1)),
    gradient: options.gradient ?? [0],
  };
}

function integers(f: (x: Tensor, axes?: readonly number[], keepDims?: boolean) => Tensor, dtype: "i32" | "u32"): OpRow {
  return row(`${f.name} ${dtype}`, f, () => ({ ulp: 0 }), {
    values: (random, shape) => random.integers(shape, dtype === "i32" ? -9 : 0, 9, dtype),
    gradient: { none: "integers have no gradient" },
  });
}

/** Few different values: the extremes tie. */
const tying: Values = (random, shape) => random.integers(shape, -3, 3).map((value) => value, "f32");

/** Near 1, and now and then 0. */
const factors: Values = (random, shape) =>
  random.uniform(shape, 0.5, 1.5).map((value) => (random.next() < 0.04 ? 0 : value));

function extremeRows(f: typeof max): OpRow[] {
  const exact = () => ({ ulp: 0 });
  return [
    row(f.name, f, exact, { values: (random, shape) => random.distinct(shape), always: () => special(f) }),
    row(`${f.name} ties`, f, exact, { values: tying }),
    integers(f, "i32"),
    integers(f, "u32"),
  ];
}

/** NaN wins over everything, infinities over numbers. */
function special(f: (x: Tensor, axes: number) => Tensor): Case[] {
  const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
  const x = new NdArray(
    [5, 3],
    [1, nan, 2, -infinity, 3, infinity, nan, nan, nan, -infinity, -infinity, -infinity, infinity, 0, infinity],
  );
  return [{ label: "NaN and infinities", inputs: [x], build: ([tensor]) => f(tensor as Tensor, -1) }];
}

function argRow(f: typeof argmax): OpRow {
  const of = (x: NdArray, axis: number | undefined, keepDims: boolean): Case => ({
    label: `${formatShape(x.shape)} ${x.dtype} axis ${axis ?? "all"}`,
    inputs: [x],
    build: ([tensor]) => f(tensor as Tensor, axis, keepDims),
  });
  return {
    name: f.name,
    ops: [f.name],
    draw: (random) => {
      const shape = random.shape(random.integer(1, 3), 3000);
      const dtype = random.pick<DType>(["f32", "f32", "i32", "u32"]);
      const x = random.next() < 0.5 ? tying(random, shape) : random.distinct(shape, 1);
      const axis = random.next() < 0.2 ? undefined : random.integer(-shape.length, shape.length - 1);
      return of(
        x.map((value) => (dtype === "u32" ? Math.abs(value) : value), dtype),
        axis,
        random.next() < 0.5,
      );
    },
    always: (random) => [
      of(new NdArray([], [3]), undefined, false),
      of(new NdArray([0, 3], []), 1, false),
      of(random.distinct([2, 1000]), 1, false),
      of(random.distinct([700, 3]), 0, true),
      of(random.uniform([5000], 0, 0), 0, false),
      ...special(f),
    ],
    tolerance: { ulp: 0 },
    gradient: { none: "positions do not change with small changes of the values" },
  };
}

function cumSumCase(random: Random, shape: Shape, dtype: DType = "f32"): Case {
  const axis = random.integer(-shape.length, shape.length - 1);
  const options = { exclusive: random.next() < 0.5, reverse: random.next() < 0.5 };
  return {
    label: `${formatShape(shape)} ${dtype} axis ${axis} ${JSON.stringify(options)}`,
    inputs: [dtype === "f32" ? random.uniform(shape) : random.integers(shape, 0, 2 ** 31 - 1, dtype)],
    build: ([x]) => cumSum(x as Tensor, axis, options),
  };
}

function sampleVarianceCase(random: Random, shape: Shape): Case {
  const axes = random.pick([[0], undefined]);
  return {
    label: `${formatShape(shape)} axes ${axes ?? "all"}`,
    inputs: [random.uniform(shape)],
    build: ([x]) => variance(x as Tensor, axes, { ddof: 1 }),
  };
}

/** Adding n numbers of up to 2 in size, in any order. */
function ofSum(n: number): Tolerance {
  return { ulp: 4, absolute: n * 2 ** -21 };
}

export const rows: OpRow[] = [
  row("sum", sum, ofSum),
  integers(sum, "i32"),
  integers(sum, "u32"),
  row("mean", mean, () => ({ ulp: 4, absolute: 2 ** -19 })),
  ...extremeRows(max),
  ...extremeRows(min),
  row("prod", prod, (n) => ({ ulp: n + 4 }), { values: factors, elements: 60 }),
  integers(prod, "i32"),
  integers(prod, "u32"),
  row("logSumExp", logSumExp, () => ({ ulp: 16, absolute: 4e-6 }), {
    always: () => [
      ...special(logSumExp),
      {
        label: "far apart",
        inputs: [new NdArray([2, 2], [100, -100, -1e30, -1e30])],
        build: ([x]) => logSumExp(x as Tensor, 1),
      },
    ],
  }),
  row(
    "variance",
    (x, axes, keepDims) => variance(x, axes, { keepDims }),
    () => ({ ulp: 16, absolute: 4e-6 }),
  ),
  {
    // At least two values to a variance: one leaves no degree of freedom, and 0 / 0.
    name: "variance of samples",
    ops: ["variance"],
    draw: (random) => sampleVarianceCase(random, [random.integer(2, 65), ...random.shape(random.integer(0, 2), 50)]),
    always: (random) => [sampleVarianceCase(random, [1]), sampleVarianceCase(random, [0])],
    tolerance: { ulp: 16, absolute: 8e-6 },
    gradient: [0],
  },
  argRow(argmax),
  argRow(argmin),
  {
    name: "cumSum",
    ops: ["cumSum"],
    draw: (random) => cumSumCase(random, random.shape(random.integer(1, 3), 3000, true)),
    always: (random) => [[0], [1], [3, 0, 2], [2, 1000], [1000, 2], [5, 513]].map((shape) => cumSumCase(random, shape)),
    tolerance: ({ inputs }) => ofSum((inputs[0] as NdArray).data.length),
    gradient: [0],
  },
  {
    name: "cumSum integers",
    ops: ["cumSum"],
    draw: (random) => cumSumCase(random, random.shape(2, 500, true), random.pick(["i32", "u32"])),
    tolerance: { ulp: 0 },
    gradient: { none: "integers have no gradient" },
  },
];
