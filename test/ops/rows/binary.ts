import type { NdArray } from "../../../src/graph/nd-array.ts";
import { add } from "../../../src/graph/ops/add.ts";
import { cast } from "../../../src/graph/ops/cast.ts";
import { div } from "../../../src/graph/ops/div.ts";
import { arange, iota } from "../../../src/graph/ops/iota.ts";
import { maximum } from "../../../src/graph/ops/maximum.ts";
import { minimum } from "../../../src/graph/ops/minimum.ts";
import { mul } from "../../../src/graph/ops/mul.ts";
import { pow } from "../../../src/graph/ops/pow.ts";
import { remainder } from "../../../src/graph/ops/remainder.ts";
import { sub } from "../../../src/graph/ops/sub.ts";
import { type DType, formatShape, type Shape, type Tensor } from "../../../src/graph/tensor.ts";
import type { Case, OpRow, Random, Tolerance } from "../row.ts";

type Binary = (a: Tensor, b: Tensor) => Tensor;

/** Two shapes that broadcast: sizes of one become 1, and leading ones are left out. */
export function broadcastPair(random: Random): [Shape, Shape] {
  const shape = random.shape(random.integer(0, 4), 2000, true);
  const thinned = () => {
    const sizes = shape.map((size) => (random.next() < 0.25 ? 1 : size));
    return sizes.slice(random.next() < 0.3 ? random.integer(0, sizes.length) : 0);
  };
  return random.next() < 0.3 ? [shape, shape] : random.next() < 0.5 ? [thinned(), shape] : [shape, thinned()];
}

const FIXED: readonly (readonly [Shape, Shape])[] = [
  [[], []],
  [[0], [1]],
  [[1], [1]],
  [
    [4, 1],
    [1, 5],
  ],
  [[3], [2, 0, 3]],
  [[64], [65, 64]],
];

/** A row for a function of two tensors; `values` draws an operand. */
export function binaryRow(
  name: string,
  f: Binary,
  tolerance: Tolerance,
  values: (random: Random, shape: Shape, operand: number) => NdArray = (random, shape) => random.uniform(shape),
): OpRow {
  const build = ([a, b]: readonly Tensor[]) => f(a as Tensor, b as Tensor);
  const of = (random: Random, [a, b]: readonly [Shape, Shape]): Case => ({
    label: `${formatShape(a)} and ${formatShape(b)}`,
    inputs: [values(random, a, 0), values(random, b, 1)],
    build,
  });
  return {
    name,
    ops: [name.split(" ")[0] as string],
    draw: (random) => of(random, broadcastPair(random)),
    always: (random) => FIXED.map((shapes) => of(random, shapes)),
    tolerance,
    gradient: [0, 1],
    adversarial: true,
  };
}

/** Whole numbers, some of them so large that results wrap round. */
function wide(dtype: "i32" | "u32"): (random: Random, shape: Shape) => NdArray {
  const [low, high] = dtype === "i32" ? [-(2 ** 31), 2 ** 31 - 1] : [0, 2 ** 32 - 1];
  return (random, shape) =>
    random.pick([random.integers(shape, low, high, dtype), random.integers(shape, 0, 5, dtype)]);
}

function integerRows(name: string, f: Binary): OpRow[] {
  return (["i32", "u32"] as const).map((dtype) => ({
    ...binaryRow(`${name} ${dtype}`, f, { ulp: 0 }, wide(dtype)),
    gradient: { none: "integers have no gradient" },
    adversarial: false,
  }));
}

/** Few different values, so that operands tie. */
function tying(random: Random, shape: Shape): NdArray {
  return random.integers(shape, -2, 2).map((value) => value, "f32");
}

function awayFromZero(random: Random, shape: Shape): NdArray {
  return random.uniform(shape, 0.25, 2).map((value) => (random.next() < 0.5 ? -value : value));
}

/** One operand is a number in the call. */
const withNumber: OpRow = {
  name: "add with numbers",
  ops: ["add", "sub", "mul", "div"],
  draw: (random) => ({
    label: "numbers",
    inputs: [random.uniform(random.shape(2, 500, true), 0.5, 2)],
    build: ([x]) => add(div(1, mul(sub(3, x as Tensor), 0.5)), 0.25),
  }),
  tolerance: { ulp: 8 },
  gradient: [0],
};

export const rows: OpRow[] = [
  binaryRow("add", add, { ulp: 1 }),
  binaryRow("sub", sub, { ulp: 1 }),
  binaryRow("mul", mul, { ulp: 1 }),
  binaryRow("div", div, { ulp: 3 }, (random, shape, k) =>
    k === 0 ? random.uniform(shape) : awayFromZero(random, shape),
  ),
  ...[add, sub, mul, div, remainder].flatMap((f) => integerRows(f.name, f)),
  withNumber,
  binaryRow("maximum", maximum, { ulp: 0 }),
  binaryRow("minimum", minimum, { ulp: 0 }),
  { ...binaryRow("maximum ties", maximum, { ulp: 0 }, tying), adversarial: false },
  { ...binaryRow("minimum ties", minimum, { ulp: 0 }, tying), adversarial: false },
  ...integerRows("maximum", maximum),
  ...integerRows("minimum", minimum),
  {
    ...binaryRow("pow", pow, { ulp: 64 }, (random, shape, k) =>
      k === 0 ? random.uniform(shape, 0.1, 3) : random.uniform(shape, -3, 3),
    ),
    adversarial: "class",
  },
  {
    ...binaryRow("pow whole", pow, { ulp: 64 }, (random, shape, k) =>
      k === 0 ? awayFromZero(random, shape) : tying(random, shape),
    ),
    gradient: [0],
    adversarial: false,
  },
  ...castRows(),
  {
    name: "iota",
    ops: ["iota"],
    draw: (random) => {
      const shape = random.shape(random.integer(1, 3), 1000, true);
      const axis = random.integer(-shape.length, shape.length - 1);
      const dtype = random.pick(["f32", "i32", "u32"] as const);
      return {
        label: `${formatShape(shape)} axis ${axis} ${dtype}`,
        inputs: [],
        build: () => iota(shape, dtype, axis),
      };
    },
    always: () => [{ label: "arange", inputs: [], build: () => arange(5, 3, -2) }],
    tolerance: { ulp: 0 },
    gradient: { none: "it has no inputs" },
  },
];

function castRows(): OpRow[] {
  const pairs: readonly (readonly [DType, DType])[] = [
    ["f32", "i32"],
    ["f32", "u32"],
    ["i32", "f32"],
    ["u32", "f32"],
    ["i32", "u32"],
    ["u32", "i32"],
  ];
  return pairs.map(([from, to]) => ({
    name: `cast ${from} to ${to}`,
    ops: ["cast"],
    draw: (random) => {
      const shape = random.shape(random.integer(0, 3), 1000, true);
      const x = from === "f32" ? random.uniform(shape, -300, 300) : wide(from)(random, shape);
      return { label: formatShape(shape), inputs: [x], build: ([tensor]) => cast(tensor as Tensor, to) };
    },
    tolerance: { ulp: 1 },
    gradient: { none: "gradients pass through f32 only" },
    adversarial: from === "f32",
  }));
}
