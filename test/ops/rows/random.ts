import { NdArray } from "../../../src/graph/nd-array.ts";
import { dropout } from "../../../src/graph/ops/dropout.ts";
import { permutation, permutationAt } from "../../../src/graph/ops/permutation.ts";
import { randomBits } from "../../../src/graph/ops/random-bits.ts";
import { randomNormal } from "../../../src/graph/ops/random-normal.ts";
import { randomUniform } from "../../../src/graph/ops/random-uniform.ts";
import type { RandomKey } from "../../../src/graph/random.ts";
import type { Tensor } from "../../../src/graph/tensor.ts";
import type { Case, OpRow, Random } from "../row.ts";

const EXACT = { ulp: 0 } as const;

/** A case of an op with a random key. Seed and step are its first two inputs, the other values follow. */
function keyedCase(
  random: Random,
  label: string,
  build: (key: RandomKey, others: readonly Tensor[]) => Tensor,
  others: readonly NdArray[] = [],
): Case {
  const word = () => random.pick([0, 1, 2 ** 32 - 1, random.integer(0, 2 ** 32 - 1)]);
  const [seed, step, stream] = [word(), word(), word()];
  return {
    label: `${label}, seed ${seed} step ${step} stream ${stream}`,
    inputs: [new NdArray([], [seed], "u32"), new NdArray([], [step], "u32"), ...others],
    build: ([seedTensor, stepTensor, ...rest]) =>
      build({ seed: seedTensor as Tensor, step: stepTensor as Tensor, stream }, rest),
  };
}

/** A random shape, or one of the fixed ones. */
type ShapeOf = (random: Random) => readonly number[];
const anyShape: ShapeOf = (random) => random.shape(random.integer(0, 3), 1024, true);
const fixedShapes: readonly (readonly number[])[] = [[], [0], [1], [3, 0], [257]];

function bitsCase(random: Random, shape: readonly number[]): Case {
  return keyedCase(random, `[${shape.join("×")}]`, (key) => randomBits(shape, key));
}

function uniformCase(random: Random, shape: readonly number[]): Case {
  const [low, high] = random.pick([
    [0, 1],
    [-1, 1],
    [-0.3, 0],
    [5, 5.001],
    [-8, 7],
  ] as const);
  return keyedCase(random, `[${shape.join("×")}] in [${low}, ${high})`, (key) => randomUniform(shape, key, low, high));
}

function normalCase(random: Random, shape: readonly number[]): Case {
  const [mean, deviation] = random.pick([
    [0, 1],
    [2, 0.5],
    [-1, 0.02],
    [3, 0],
  ] as const);
  return keyedCase(random, `[${shape.join("×")}], ${mean} ± ${deviation}`, (key) =>
    randomNormal(shape, key, mean, deviation),
  );
}

function permutationCase(random: Random, n: number): Case {
  return keyedCase(random, `of ${n}`, (key) => permutation(n, key));
}

function permutationAtCase(random: Random, n: number, shape: readonly number[]): Case {
  const positions = random.integers(shape, 0, Math.min(2 * n, 2 ** 32 - 1), "u32");
  return keyedCase(random, `of ${n} at [${shape.join("×")}]`, (key, [at]) => permutationAt(at as Tensor, n, key), [
    positions,
  ]);
}

function dropoutCase(random: Random, shape: readonly number[], rate: number): Case {
  return keyedCase(
    random,
    `[${shape.join("×")}] at rate ${rate}`,
    (key, [x, live]) => dropout(x as Tensor, live as Tensor, key),
    [random.uniform(shape), new NdArray([], [Math.fround(rate)])],
  );
}

const WHOLE_NUMBERS = { none: "gives whole numbers, and takes none but a seed and a step" } as const;
const NO_FLOATS = { none: "takes no f32 input: only a seed and a step" } as const;

export const rows: readonly OpRow[] = [
  {
    name: "randomBits",
    ops: ["randomBits"],
    draw: (random) => bitsCase(random, anyShape(random)),
    always: (random) => fixedShapes.map((shape) => bitsCase(random, shape)),
    tolerance: EXACT,
    gradient: WHOLE_NUMBERS,
  },
  {
    name: "randomUniform",
    ops: ["randomUniform"],
    draw: (random) => uniformCase(random, anyShape(random)),
    always: (random) => fixedShapes.map((shape) => uniformCase(random, shape)),
    tolerance: { ulp: 2, absolute: 1e-6 },
    gradient: NO_FLOATS,
  },
  {
    name: "randomNormal",
    ops: ["randomNormal"],
    draw: (random) => normalCase(random, anyShape(random)),
    always: (random) => fixedShapes.map((shape) => normalCase(random, shape)),
    // cos is promised to 1/2048 only, and the radius reaches 5.8.
    tolerance: { ulp: 4, absolute: 5.8 / 2048 },
    gradient: NO_FLOATS,
  },
  {
    name: "randomPermutation",
    ops: ["permutation"],
    draw: (random) => permutationCase(random, random.pick([random.size(257, true), random.integer(2, 3000)])),
    always: (random) => [0, 1, 2, 3, 7, 64, 1000, 60_000].map((n) => permutationCase(random, n)),
    tolerance: EXACT,
    gradient: WHOLE_NUMBERS,
  },
  {
    name: "randomPermutation at positions",
    ops: ["permutationAt"],
    draw: (random) => permutationAtCase(random, random.integer(1, 100_000), anyShape(random)),
    always: (random) => [
      permutationAtCase(random, 0, [0]),
      permutationAtCase(random, 1, [3]),
      permutationAtCase(random, 2, [5]),
      permutationAtCase(random, 2 ** 32 - 1, [5]),
      permutationAtCase(random, 60_000, [64]),
    ],
    tolerance: EXACT,
    gradient: WHOLE_NUMBERS,
  },
  {
    name: "dropout",
    ops: ["dropout"],
    draw: (random) => dropoutCase(random, anyShape(random), random.pick([0, 0.1, 0.5, 0.75, 0.999, 1])),
    always: (random) => [
      dropoutCase(random, [], 0.5),
      dropoutCase(random, [0], 0.5),
      dropoutCase(random, [64], 0),
      dropoutCase(random, [64], 1),
    ],
    tolerance: { ulp: 4 },
    gradient: [2],
  },
];
