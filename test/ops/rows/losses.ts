import { NdArray } from "../../../src/graph/nd-array.ts";
import {
  binaryCrossEntropyWithLogits,
  binaryCrossEntropyWithLogitsEach,
} from "../../../src/graph/ops/binary-cross-entropy.ts";
import {
  type CrossEntropyOptions,
  softmaxCrossEntropy,
  softmaxCrossEntropyEach,
} from "../../../src/graph/ops/softmax-cross-entropy.ts";
import { formatShape, type Shape, type Tensor } from "../../../src/graph/tensor.ts";
import type { Case, OpRow, Random } from "../row.ts";
import { binaryRow } from "./binary.ts";

type CrossEntropy = typeof softmaxCrossEntropy;

function labelled(f: CrossEntropy, logits: NdArray, labels: NdArray, options: CrossEntropyOptions): Case {
  return {
    label: `${formatShape(logits.shape)} ${labels.dtype} ${JSON.stringify(options)}`,
    inputs: [logits, labels],
    build: ([x, t]) => f(x as Tensor, t as Tensor, options),
  };
}

function drawCrossEntropy(f: CrossEntropy, random: Random, shape: Shape): Case {
  const logits = random.uniform(shape, -4, 4);
  const classes = shape.at(-1) as number;
  const labels = random.integers(shape.slice(0, -1), 0, classes - 1, random.pick(["i32", "u32"]));
  const ignored = random.pick([undefined, 0, classes - 1]);
  return labelled(f, logits, labels, {
    smoothing: random.pick([0, 0, 0.1, 0.5]),
    ...(ignored === undefined ? {} : { ignored }),
  });
}

function crossEntropyRow(name: string, f: CrossEntropy): OpRow {
  const infinity = Number.POSITIVE_INFINITY;
  return {
    name,
    ops: [name],
    draw: (random) => drawCrossEntropy(f, random, [...random.shape(random.integer(0, 2), 200, true), random.size(129)]),
    always: (random) => [
      ...[[1], [3], [1, 1], [64, 10], [0, 4], [5, 257]].map((shape) => drawCrossEntropy(f, random, shape)),
      labelled(f, new NdArray([2, 3], [100, -100, 0, -1e4, 1e4, 0]), new NdArray([2], [1, 0], "i32"), {}),
      labelled(f, new NdArray([2, 3], [-infinity, 1, 2, 0, -infinity, 1]), new NdArray([2], [1, 0], "u32"), {}),
      labelled(f, random.uniform([3, 4]), new NdArray([3], [-1, -1, -1], "i32"), { ignored: -1 }),
      labelled(f, random.uniform([3, 4]), new NdArray([3], [-1, 2, -1], "i32"), { ignored: -1, smoothing: 0.1 }),
    ],
    tolerance: { ulp: 32, absolute: 1e-5 },
    gradient: [0],
  };
}

export const rows: OpRow[] = [
  crossEntropyRow("softmaxCrossEntropy", softmaxCrossEntropy),
  crossEntropyRow("softmaxCrossEntropyEach", softmaxCrossEntropyEach),
  binaryRow("binaryCrossEntropy", binaryCrossEntropyWithLogitsEach, { ulp: 40, absolute: 2e-6 }, (random, shape, k) =>
    k === 0 ? random.uniform(shape, -8, 8) : random.uniform(shape, 0, 1),
  ),
  {
    // Of nothing there is no mean.
    name: "binaryCrossEntropy mean",
    ops: ["binaryCrossEntropy"],
    draw: (random) => meanCase(random, random.shape(random.integer(0, 3), 1000)),
    always: (random) => [meanCase(random, [1]), meanCase(random, [0, 2])],
    tolerance: { ulp: 40, absolute: 1e-5 },
    gradient: [0, 1],
  },
];

function meanCase(random: Random, shape: Shape): Case {
  return {
    label: formatShape(shape),
    inputs: [random.uniform(shape, -8, 8), random.uniform(shape, 0, 1)],
    build: ([x, t]) => binaryCrossEntropyWithLogits(x as Tensor, t as Tensor),
  };
}
