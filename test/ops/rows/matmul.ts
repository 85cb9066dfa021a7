import { apply, type Op } from "../../../src/graph/op.ts";
import { matmul, matmulOp } from "../../../src/graph/ops/matmul.ts";
import { fitsVariant, type MatmulVariantName, matmulVariant } from "../../../src/graph/ops/matmul-kernels.ts";
import { matmulPartial } from "../../../src/graph/ops/matmul-partial.ts";
import { type MatmulAttrs, matmulProblem } from "../../../src/graph/ops/matmul-problem.ts";
import type { Tensor } from "../../../src/graph/tensor.ts";
import type { Case, OpRow, Random, Tolerance } from "../row.ts";

/** Multiplications of one case at most: the float64 reference runs a few dozen times for the finite differences. */
const MOST_PRODUCTS = 20_000;

const FORMS: readonly MatmulAttrs[] = [
  { transposeA: false, transposeB: false },
  { transposeA: false, transposeB: true },
  { transposeA: true, transposeB: false },
  { transposeA: true, transposeB: true },
];

/** M, N, K, the batch dimensions of either operand, and the form. */
interface Sizes {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly batchA?: readonly number[];
  readonly batchB?: readonly number[];
  readonly form: MatmulAttrs;
}

function shapesOf({ m, n, k, batchA = [], batchB = [], form }: Sizes): [number[], number[]] {
  const a = form.transposeA ? [k, m] : [m, k];
  const b = form.transposeB ? [n, k] : [k, n];
  return [
    [...batchA, ...a],
    [...batchB, ...b],
  ];
}

type Build = (a: Tensor, b: Tensor, form: MatmulAttrs) => Tensor;

function matmulCase(random: Random, sizes: Sizes, build: Build = matmul): Case {
  const { form } = sizes;
  const [a, b] = shapesOf(sizes);
  const name = `${form.transposeA ? "T" : "N"}${form.transposeB ? "T" : "N"}`;
  return {
    label: `${a.join("×")} by ${b.join("×")} ${name}`,
    inputs: [random.uniform(a), random.uniform(b)],
    build: ([x, y]) => build(x as Tensor, y as Tensor, form),
  };
}

function drawMatrix(random: Random, zero = true): Sizes {
  const [m, n, k] = random.shape(3, MOST_PRODUCTS, zero) as [number, number, number];
  return { m, n, k, form: random.pick(FORMS) };
}

/** Batch dimensions of which either operand may lack some, or have 1 in their place. */
function drawBatched(random: Random): Sizes {
  const batch = Array.from({ length: random.integer(1, 4) }, () => random.pick([1, 2, 2, 3]));
  const drop = () => batch.map((size) => (random.next() < 0.4 ? 1 : size)).slice(random.pick([0, 0, 1]));
  const [m, n, k] = random.shape(3, 300) as [number, number, number];
  return { m, n, k, batchA: drop(), batchB: drop(), form: random.pick(FORMS) };
}

/** 2·K units in the last place; absolute where the products cancel, each of them being at most 4. */
function tolerance({ inputs, label }: Case): Tolerance {
  const shape = (inputs[0] as Case["inputs"][number]).shape;
  const k = Math.max(1, shape.at(label.endsWith("TN") || label.endsWith("TT") ? -2 : -1) as number);
  return { ulp: 2 * k, absolute: k * 4 * 2 ** -23 };
}

const [NN, NT, TN, TT] = FORMS as [MatmulAttrs, MatmulAttrs, MatmulAttrs, MatmulAttrs];

const always: readonly Sizes[] = [
  ...FORMS.flatMap((form) => [
    { m: 1, n: 1, k: 1, form },
    { m: 3, n: 5, k: 0, form },
    { m: 0, n: 5, k: 3, form },
    { m: 5, n: 0, k: 3, form },
    { m: 65, n: 63, k: 3, form },
    { m: 2, n: 3, k: 4, batchA: [2, 3], batchB: [3], form },
    // Four runs of batch dimensions: the operands are broadcast first.
    { m: 2, n: 1, k: 3, batchA: [2, 1, 3, 1, 2], batchB: [1, 2, 1, 2, 2], form },
  ]),
  // A dense layer over (B, T, C), grouped attention heads, an empty batch.
  { m: 7, n: 9, k: 5, batchA: [3, 2], form: NN },
  { m: 5, n: 4, k: 6, batchA: [2, 3, 2], batchB: [2, 3, 1], form: NT },
  { m: 5, n: 4, k: 6, batchA: [0], form: TN },
  // So large a K beside y that it is split.
  { m: 5, n: 3, k: 2051, form: NN },
  { m: 9, n: 5, k: 1040, form: TN },
  // One row, one column.
  { m: 1, n: 257, k: 64, form: NN },
  { m: 257, n: 1, k: 65, form: NT },
  { m: 2, n: 255, k: 3, form: TT },
];

function forced(variant: MatmulVariantName): OpRow {
  const op: Op<MatmulAttrs> = {
    ...matmulOp,
    kernel: {
      kind: "shader",
      select: ({ inputs, attrs }, adapter) => {
        const [a, b] = inputs as [Tensor, Tensor];
        return matmulVariant(variant, matmulProblem(a.shape, b.shape, attrs), adapter);
      },
    },
  };
  const fitting = (random: Random, sizes: Sizes): Case => {
    const [a, b] = shapesOf(sizes);
    const isFitting = fitsVariant(variant, matmulProblem(a, b, sizes.form));
    const whole = (size: number) => Math.max(4, 4 * Math.round(size / 4));
    const rounded = { ...sizes, m: whole(sizes.m), n: whole(sizes.n), k: whole(sizes.k) };
    return matmulCase(random, isFitting ? sizes : rounded, (x, y, form) => apply(op, [x, y], form));
  };
  return {
    name: `matmul ${variant}`,
    ops: ["matmul"],
    draw: (random) => {
      const sizes = drawMatrix(random);
      const isBatched = sizes.m * sizes.n < 1000 && random.next() < 0.7;
      const batch = { batchA: [2, 3], batchB: random.pick([[], [3], [2, 1]]) };
      return fitting(random, isBatched ? { ...sizes, ...batch } : sizes);
    },
    cases: 6,
    always: (random) =>
      [
        { m: 3, n: 1, k: 0, form: NN },
        { m: 64, n: 65, k: 1, form: NT },
        { m: 63, n: 64, k: 65, form: TN },
        { m: 255, n: 3, k: 17, form: TT },
        { m: 129, n: 257, k: 3, form: NN },
        { m: 3, n: 5, k: 300, form: NT },
        { m: 4, n: 3, k: 8, batchA: [2, 3], batchB: [2, 1], form: NN },
        { m: 4, n: 8, k: 8, batchA: [2, 1, 2], batchB: [3, 2], form: TN },
      ].map((sizes) => fitting(random, sizes)),
    tolerance,
    gradient: { none: "it is that of matmul, whose row checks it; here one kernel is forced" },
  };
}

export const matmulRows: readonly OpRow[] = [
  {
    name: "matmul",
    ops: ["matmul"],
    draw: (random) => matmulCase(random, random.next() < 0.6 ? drawMatrix(random) : drawBatched(random)),
    cases: 60,
    always: (random) => always.map((sizes) => matmulCase(random, sizes)),
    tolerance,
    gradient: [0, 1],
  },
  {
    name: "matmulPartial",
    ops: ["matmulPartial"],
    draw: (random) => {
      const sizes = random.next() < 0.6 ? drawMatrix(random) : drawBatched(random);
      const kPerSplit = 16 * random.integer(1, 5);
      return matmulCase(random, sizes, (a, b, form) => matmulPartial(a, b, { ...form, kPerSplit }));
    },
    tolerance,
    gradient: { none: "it stands in place of a matmul only after the gradients have been made" },
  },
  ...(["register", "register-vec4", "register-wide", "tile-32", "tile-64", "tile-128", "dot"] as const).map(forced),
];
