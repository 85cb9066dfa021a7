import { NdArray } from "../../../src/graph/nd-array.ts";
import { batchNorm, updatedStatistics, valuesPerChannel } from "../../../src/graph/ops/batch-norm.ts";
import { batchNormInference } from "../../../src/graph/ops/batch-norm-inference.ts";
import { groupNorm } from "../../../src/graph/ops/group-norm.ts";
import { instanceNorm } from "../../../src/graph/ops/instance-norm.ts";
import { layerNorm } from "../../../src/graph/ops/layer-norm.ts";
import { logSoftmax } from "../../../src/graph/ops/log-softmax.ts";
import { rmsNorm } from "../../../src/graph/ops/rms-norm.ts";
import { softmax } from "../../../src/graph/ops/softmax.ts";
import { formatShape, type Shape, type Tensor } from "../../../src/graph/tensor.ts";
import type { Case, OpRow, Random, Tolerance } from "../row.ts";

/**
 * Two values that happen to be close are pulled apart by up to 1 / √epsilon, and their rounding errors with them:
 * tenfold more with the default of 1e-5, which is more than gradients are allowed.
 */
const EPSILON = 1e-3;

/** A case along one axis, with the number of values there. */
interface LineCase extends Case {
  readonly n: number;
}

function lineCase(f: typeof softmax, x: NdArray, axis: number): LineCase {
  return {
    label: `${formatShape(x.shape)} axis ${axis}`,
    inputs: [x],
    build: ([tensor]) => f(tensor as Tensor, axis),
    n: x.shape.at(axis) as number,
  };
}

function softmaxRow(f: typeof softmax, tolerance: (n: number) => Tolerance): OpRow {
  const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
  return {
    name: f.name,
    ops: [f.name],
    draw: (random) => {
      const shape = random.shape(random.integer(1, 4), 2000, true);
      return lineCase(f, random.uniform(shape, -4, 4), random.integer(-shape.length, shape.length - 1));
    },
    always: (random) => [
      ...[[0], [1], [3, 0], [0, 3], [2, 257], [65, 3]].map((shape) => lineCase(f, random.uniform(shape), -1)),
      lineCase(f, random.uniform([65, 3]), 0),
      lineCase(f, new NdArray([3, 3], [44, -44, 0, 100, -100, 0, 1e4, -1e4, 0]), 1),
      lineCase(f, new NdArray([3, 3], [nan, 1, 2, -infinity, 0, 1, infinity, 0, 1]), 1),
    ],
    tolerance: (drawn) => tolerance((drawn as LineCase).n),
    gradient: [0],
  };
}

/** x of the shape, scale near 1 and shift near 0 of the shape `part`; `part` undefined: neither. */
function normCase(
  random: Random,
  shape: Shape,
  part: Shape | undefined,
  build: (x: Tensor, scale?: Tensor, shift?: Tensor) => Tensor | readonly Tensor[],
): Case {
  const affine = part === undefined ? [] : [random.uniform(part, 0.5, 1.5), random.uniform(part, -1, 1)];
  return {
    label: `${formatShape(shape)} affine ${part === undefined ? "none" : formatShape(part)}`,
    inputs: [random.uniform(shape, -1, 3), ...affine],
    build: ([x, scale, shift]) => build(x as Tensor, scale, shift),
  };
}

type MakeCase = (random: Random, shape: Shape) => Case;

/** The last size is the channels. Rows of a norm: with scale and shift, gradients for all three; and without. */
function normRow(
  name: string,
  make: MakeCase,
  fixed: readonly Shape[],
  rank: readonly [number, number],
  zero = true,
): OpRow {
  return {
    name,
    ops: [name.split(" ")[0] as string],
    draw: (random) => make(random, random.shape(random.integer(...rank), 1500, zero)),
    always: (random) => fixed.map((shape) => make(random, shape)),
    tolerance: { ulp: 32, absolute: 2e-5 },
    gradient: [0, 1, 2],
  };
}

const layerNormCase: MakeCase = (random, shape) =>
  normCase(random, shape, shape.slice(-1), (x, scale, shift) => layerNorm(x, { scale, shift, epsilon: EPSILON }));

const layerNormAxesCase: MakeCase = (random, shape) =>
  normCase(random, shape, shape.slice(-2), (x, scale, shift) =>
    layerNorm(x, { axes: [-2, -1], scale, shift, epsilon: EPSILON }),
  );

const instanceNormCase: MakeCase = (random, shape) =>
  normCase(random, shape, shape.slice(-1), (x, scale, shift) => instanceNorm(x, { scale, shift, epsilon: EPSILON }));

const groupNormCase: MakeCase = (random, [n, ...rest]) => {
  const groups = random.integer(1, 4);
  const shape = [n as number, ...rest.slice(0, -1), groups * Math.min(rest.at(-1) as number, 5)];
  return normCase(random, shape, shape.slice(-1), (x, scale, shift) =>
    groupNorm(x, groups, { scale, shift, epsilon: EPSILON }),
  );
};

const batchNormCase: MakeCase = (random, shape) =>
  normCase(random, shape, shape.slice(-1), (x, scale, shift) => {
    const { y, mean, variance } = batchNorm(x, { scale, shift, epsilon: EPSILON });
    return [y, mean, variance];
  });

const options = { epsilon: EPSILON };

/** Without scale and shift. The inputs that have gradients are then one. */
const plainCase: MakeCase = (random, shape) =>
  normCase(random, shape, undefined, (x) => [
    layerNorm(x, options),
    rmsNorm(x, options),
    instanceNorm(x, options),
    batchNorm(x, options).y,
    groupNorm(x, 1, options),
  ]);

function inferenceCase(random: Random, shape: Shape): Case {
  const channels = shape.slice(-1);
  const plain = normCase(random, shape, channels, (x) => x);
  return {
    label: plain.label,
    inputs: [...plain.inputs, random.uniform(channels, -1, 1), random.uniform(channels, 0.5, 2)],
    build: (inputs) => {
      const [x, scale, shift, mean, variance] = inputs as [Tensor, Tensor, Tensor, Tensor, Tensor];
      return batchNormInference(x, { mean, variance }, { scale, shift });
    },
  };
}

function updateCase(random: Random, shape: Shape): Case {
  const channels = shape.slice(-1);
  return {
    label: formatShape(shape),
    inputs: [random.uniform(shape), random.uniform(channels), random.uniform(channels, 0.5, 2)],
    build: (inputs) => {
      const [x, mean, variance] = inputs as [Tensor, Tensor, Tensor];
      const updated = updatedStatistics({ mean, variance }, batchNorm(x), valuesPerChannel(x));
      return [updated.mean, updated.variance];
    },
  };
}

const IMAGES: readonly Shape[] = [
  [2, 5, 3],
  [1, 4, 4, 1],
  [3, 8, 8, 4],
  [0, 3, 2],
  [2, 3, 0],
];

export const rows: OpRow[] = [
  softmaxRow(softmax, (n) => ({ ulp: 3 * n + 3 })),
  softmaxRow(logSoftmax, (n) => ({ ulp: 3 * n + 3, absolute: 4e-6 })),
  normRow("layerNorm", layerNormCase, [[1], [3], [4, 1], [2, 257], [0, 3], [3, 0]], [1, 4]),
  normRow(
    "layerNorm two axes",
    layerNormAxesCase,
    [
      [2, 3],
      [4, 1, 1],
      [2, 9, 7],
    ],
    [2, 4],
  ),
  {
    ...normRow(
      "rmsNorm",
      (random, shape) => {
        const { label, inputs } = normCase(random, shape, shape.slice(-1), (x) => x);
        return {
          label,
          inputs: inputs.slice(0, 2),
          build: ([x, scale]) => rmsNorm(x as Tensor, { scale, epsilon: EPSILON }),
        };
      },
      [[1], [3], [4, 1], [2, 257], [0, 3], [3, 0]],
      [1, 4],
    ),
    gradient: [0, 1],
  },
  normRow("batchNorm", batchNormCase, [[4, 1], [65, 3], [1, 3], ...IMAGES], [2, 4], false), // an empty batch has NaN for statistics
  normRow("groupNorm", groupNormCase, IMAGES, [2, 4]),
  normRow("instanceNorm", instanceNormCase, IMAGES, [3, 4]),
  {
    ...normRow("norms without scale and shift", plainCase, IMAGES, [3, 4]),
    ops: ["layerNorm", "rmsNorm", "instanceNorm", "batchNorm", "groupNorm"],
    gradient: [0],
  },
  {
    name: "batchNormInference",
    ops: ["batchNormInference"],
    draw: (random) => inferenceCase(random, random.shape(random.integer(2, 4), 1500, true)),
    always: (random) => [[1], [3], ...IMAGES].map((shape) => inferenceCase(random, shape)),
    tolerance: { ulp: 32, absolute: 4e-6 },
    gradient: [0, 1, 2],
  },
  {
    name: "batchNorm running statistics",
    ops: ["batchNorm"],
    draw: (random) => updateCase(random, [random.integer(1, 65), ...random.shape(random.integer(1, 2), 30)]),
    tolerance: { ulp: 16, absolute: 4e-6 },
    gradient: { none: "statistics are kept, not trained" },
  },
];
