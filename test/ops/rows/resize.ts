import { NdArray } from "../../../src/graph/nd-array.ts";
import { apply } from "../../../src/graph/op.ts";
import { resizeBilinear, resizeBilinearGradientOp } from "../../../src/graph/ops/resize-bilinear.ts";
import { resizeNearest, resizeNearestGradientOp } from "../../../src/graph/ops/resize-nearest.ts";
import type { Pair } from "../../../src/graph/ops/windows.ts";
import type { Tensor } from "../../../src/graph/tensor.ts";
import type { Case, OpRow, Random } from "../row.ts";

type Resize = (x: Tensor, size: Pair) => Tensor;

/** Any scale, up and down; now and then an axis keeps its size. */
function drawSize(random: Random, image: Pair): Pair {
  const along = (axis: 0 | 1) => random.pick([image[axis], 2 * image[axis], random.integer(1, 23)]);
  return [along(0), along(1)];
}

function resizeCase(resize: Resize, x: NdArray, size: Pair): Case {
  return {
    label: `${x.shape.join("×")} to ${size.join("×")}`,
    inputs: [x],
    build: ([input]) => resize(input as Tensor, size),
  };
}

function drawResize(random: Random, resize: Resize): Case {
  const image: Pair = [random.integer(1, 13), random.integer(1, 13)];
  const x = random.uniform([random.pick([0, 1, 2]), ...image, random.size(5)]);
  return resizeCase(resize, x, drawSize(random, image));
}

function alwaysResize(random: Random, resize: Resize): Case[] {
  const infinite = new NdArray([1, 1, 3, 1], [1, Infinity, Number.NaN]);
  return [
    resizeCase(resize, random.uniform([1, 1, 1, 1]), [1, 1]),
    resizeCase(resize, random.uniform([1, 1, 1, 3]), [5, 7]),
    resizeCase(resize, random.uniform([2, 64, 3, 1]), [65, 1]),
    resizeCase(resize, random.uniform([1, 3, 257, 1]), [2, 85]),
    // Pixels that take nothing from a neighbour do not see that it is not finite.
    resizeCase(resize, infinite, [1, 1]),
    resizeCase(resize, infinite, [1, 9]),
  ];
}

function drawGradient(random: Random, op: typeof resizeNearestGradientOp): Case {
  const image: Pair = [random.integer(1, 13), random.integer(1, 13)];
  const size = drawSize(random, image);
  const shape = [random.pick([0, 1, 2]), ...size, random.size(5)];
  return {
    label: `${shape.join("×")} from ${image.join("×")}`,
    inputs: [random.uniform(shape)],
    build: ([dy]) => apply(op, [dy as Tensor], { size, image }),
  };
}

const SUM = { ulp: 64, absolute: 2 ** -17 };

export const resizeRows: readonly OpRow[] = [
  {
    name: "resizeNearest",
    ops: ["resizeNearest", "resizeNearestGradient"],
    draw: (random) => drawResize(random, resizeNearest),
    always: (random) => alwaysResize(random, resizeNearest),
    tolerance: { ulp: 0 },
    gradient: [0],
  },
  {
    name: "resizeNearestGradient",
    ops: ["resizeNearestGradient"],
    draw: (random) => drawGradient(random, resizeNearestGradientOp),
    tolerance: SUM,
    gradient: [0],
  },
  {
    name: "resizeBilinear",
    ops: ["resizeBilinear", "resizeBilinearGradient"],
    draw: (random) => drawResize(random, resizeBilinear),
    always: (random) => alwaysResize(random, resizeBilinear),
    tolerance: { ulp: 16, absolute: 2 ** -20 },
    gradient: [0],
  },
  {
    name: "resizeBilinearGradient",
    ops: ["resizeBilinearGradient"],
    draw: (random) => drawGradient(random, resizeBilinearGradientOp),
    tolerance: SUM,
    gradient: [0],
  },
];
