import { NdArray } from "../../../src/graph/nd-array.ts";
import { apply, applyAll } from "../../../src/graph/op.ts";
import { averagePool1d } from "../../../src/graph/ops/average-pool1d.ts";
import {
  type AveragePoolAttrs,
  type AveragePoolOptions,
  averagePool2d,
  averagePool2dGradientOp,
} from "../../../src/graph/ops/average-pool2d.ts";
import { globalAveragePool, globalMaxPool } from "../../../src/graph/ops/global-pool.ts";
import { maxPool1d } from "../../../src/graph/ops/max-pool1d.ts";
import { maxPool2d, maxPool2dGradientOp, maxPool2dOp, maxPool2dSelectOp } from "../../../src/graph/ops/max-pool2d.ts";
import { type PoolAttrs, poolCounts } from "../../../src/graph/ops/pooling.ts";
import type { Pool1dOptions } from "../../../src/graph/ops/pooling1d.ts";
import { edgesOf, type Padding, type Pair, pairOf } from "../../../src/graph/ops/windows.ts";
import type { Tensor } from "../../../src/graph/tensor.ts";
import type { Case, OpRow, Random } from "../row.ts";

interface Drawn {
  readonly shape: readonly [number, number, number, number];
  readonly options: AveragePoolOptions;
}

/** A pooling that the shape rule accepts: the window fits, and none lies in the padding alone. */
function drawPool(random: Random): Drawn {
  const size: Pair = [random.integer(1, 4), random.integer(1, 4)];
  const edge = (axis: 0 | 1): Pair => [random.integer(0, size[axis] - 1), random.integer(0, size[axis] - 1)];
  // A fifth are strips, long enough for more than a workgroup.
  const isStrip = random.next() < 0.2;
  const shape: Drawn["shape"] = isStrip
    ? [1, random.integer(1, 4), random.pick([63, 64, 65, 255, 256, 257]), random.size(3)]
    : [random.pick([0, 1, 2, 3]), random.integer(1, 13), random.integer(1, 13), random.size(9)];
  const drawn = {
    shape,
    options: {
      size,
      strides: random.pick<number | Pair>([1, 2, 3, [2, 1], size]),
      padding: random.pick<Padding>(["same", "valid", [edge(0), edge(1)]]),
      ceilMode: random.pick([false, true]),
      countPaddingIncluded: random.pick([false, true]),
    },
  } as const;
  return isFitting(drawn) ? drawn : drawPool(random);
}

function isFitting({ shape, options }: Drawn): boolean {
  const attrs = attrsOf({ shape, options });
  const counts = poolCounts([shape[1], shape[2]], attrs);
  return ([0, 1] as const).every((axis) => {
    const last = (counts[axis] - 1) * attrs.strides[axis] - attrs.padding[axis][0];
    return counts[axis] > 0 && last < (shape[axis + 1] as number) && attrs.padding[axis][0] < attrs.size[axis];
  });
}

function attrsOf({ shape, options }: Drawn): AveragePoolAttrs {
  const size = pairOf(options.size);
  const strides = pairOf(options.strides ?? size);
  const image: Pair = [shape[1], shape[2]];
  const padding = edgesOf(options.padding ?? "valid", image, { size, strides, dilation: [1, 1] });
  const { ceilMode = false, countPaddingIncluded = false } = options;
  return { size, strides, padding, ceilMode, countPaddingIncluded };
}

function maxAttrsOf(drawn: Drawn): PoolAttrs {
  const { size, strides, padding, ceilMode } = attrsOf(drawn);
  return { size, strides, padding, ceilMode };
}

function outputShapeOf(drawn: Drawn): number[] {
  const [batch, height, width, channels] = drawn.shape;
  return [batch, ...poolCounts([height, width], attrsOf(drawn)), channels];
}

function labelOf({ shape, options }: Drawn): string {
  return `${shape.join("×")} ${JSON.stringify(options)}`;
}

function drawPool1d(random: Random): { shape: number[]; options: Pool1dOptions & { countPaddingIncluded: boolean } } {
  const size = random.integer(1, 5);
  const steps = random.pick([random.integer(size, 40), random.integer(size, 40), random.pick([64, 65, 255, 257])]);
  const shape = [random.pick([0, 1, 3]), steps, random.size(9)];
  const options = {
    size,
    strides: random.integer(1, 4),
    padding: random.pick<NonNullable<Pool1dOptions["padding"]>>(["same", "valid", [size - 1, Math.floor(size / 2)]]),
    ceilMode: random.pick([false, true]),
    countPaddingIncluded: random.pick([false, true]),
  };
  // A stride past the window may leave the last window wholly in the padding behind.
  return options.strides > size
    ? { shape, options: { ...options, padding: "valid", ceilMode: false } }
    : { shape, options };
}

/** Places as max pooling gives them: each inside the image. */
function drawPlaces(random: Random, drawn: Drawn): NdArray {
  const { size, strides, padding } = attrsOf(drawn);
  const shape = outputShapeOf(drawn);
  const [, rows, columns, channels] = shape as [number, number, number, number];
  const inside = (axis: 0 | 1, index: number) => {
    const start = index * strides[axis] - padding[axis][0];
    const from = Math.max(-start, 0);
    return random.integer(from, Math.min(size[axis], (drawn.shape[axis + 1] as number) - start) - 1);
  };
  return NdArray.zeros(shape, "u32").map((_, position) => {
    const window = Math.floor(position / channels);
    return inside(0, Math.floor(window / columns) % rows) * size[1] + inside(1, window % columns);
  });
}

function maxCase(label: string, x: NdArray, options: AveragePoolOptions): Case {
  return { label, inputs: [x], build: ([input]) => maxPool2d(input as Tensor, options) };
}

const FEW = { ulp: 32, absolute: 2 ** -20 };

export const poolingRows: readonly OpRow[] = [
  {
    name: "maxPool2d",
    ops: ["maxPool2d", "maxPool2dGradient"],
    draw: (random) => {
      const drawn = drawPool(random);
      return maxCase(labelOf(drawn), random.distinct(drawn.shape), drawn.options);
    },
    always: (random) => [
      // Only the first of equal values has the gradient.
      maxCase("all equal", NdArray.zeros([2, 5, 5, 3]), { size: 2 }),
      maxCase("all equal, overlapping", NdArray.zeros([1, 6, 5, 2]), { size: 3, strides: 1, padding: "same" }),
      maxCase("negative beside padding", random.uniform([1, 4, 4, 2], -3, -1), {
        size: 3,
        strides: 2,
        padding: "same",
      }),
      maxCase(
        "infinities",
        new NdArray([1, 2, 4, 1], [-Infinity, -Infinity, Infinity, 1, -Infinity, -Infinity, 2, Infinity]),
        { size: 2 },
      ),
      maxCase("1×1", random.uniform([1, 1, 1, 1]), { size: 1 }),
      maxCase("even window, same", random.distinct([2, 5, 7, 3]), { size: [2, 4], strides: [1, 2], padding: "same" }),
    ],
    tolerance: { ulp: 0 },
    gradient: [0],
  },
  {
    name: "maxPool2d with its places",
    ops: ["maxPool2d"],
    draw: (random) => {
      const drawn = drawPool(random);
      // Few different values, so that many are equal; and NaN now and then.
      const x = random.integers(drawn.shape, -2, 2).map((value) => (random.next() < 0.03 ? Number.NaN : value), "f32");
      return { label: labelOf(drawn), inputs: [x], build: ([input]) => placesOf(input as Tensor, drawn) };
    },
    cases: 10,
    tolerance: { ulp: 0 },
    gradient: { none: "the places are whole numbers, and the values have their gradient in the row above" },
  },
  {
    name: "maxPool2dGradient",
    ops: ["maxPool2dGradient", "maxPool2dSelect"],
    draw: (random) => {
      const drawn = drawPool(random);
      const attrs = { ...maxAttrsOf(drawn), image: [drawn.shape[1], drawn.shape[2]] as const };
      return {
        label: labelOf(drawn),
        inputs: [random.uniform(outputShapeOf(drawn)), drawPlaces(random, drawn)],
        build: ([dy, places]) => apply(maxPool2dGradientOp, [dy as Tensor, places as Tensor], attrs),
      };
    },
    tolerance: FEW,
    gradient: [0],
  },
  {
    name: "maxPool2dSelect",
    ops: ["maxPool2dSelect"],
    draw: (random) => {
      const drawn = drawPool(random);
      return {
        label: labelOf(drawn),
        inputs: [random.uniform(drawn.shape), drawPlaces(random, drawn)],
        build: ([x, places]) => apply(maxPool2dSelectOp, [x as Tensor, places as Tensor], maxAttrsOf(drawn)),
      };
    },
    tolerance: { ulp: 0 },
    gradient: [0],
  },
  {
    name: "maxPool1d",
    ops: ["maxPool2d"],
    draw: (random) => {
      const { shape, options } = drawPool1d(random);
      return {
        label: `${shape.join("×")} ${JSON.stringify(options)}`,
        inputs: [random.distinct(shape)],
        build: ([x]) => maxPool1d(x as Tensor, options),
      };
    },
    tolerance: { ulp: 0 },
    gradient: [0],
  },
  {
    name: "averagePool2d",
    ops: ["averagePool2d", "averagePool2dGradient"],
    draw: (random) => {
      const drawn = drawPool(random);
      return {
        label: labelOf(drawn),
        inputs: [random.uniform(drawn.shape)],
        build: ([x]) => averagePool2d(x as Tensor, drawn.options),
      };
    },
    tolerance: FEW,
    gradient: [0],
  },
  {
    name: "averagePool2dGradient",
    ops: ["averagePool2dGradient"],
    draw: (random) => {
      const drawn = drawPool(random);
      const attrs = { ...attrsOf(drawn), image: [drawn.shape[1], drawn.shape[2]] as const };
      return {
        label: labelOf(drawn),
        inputs: [random.uniform(outputShapeOf(drawn))],
        build: ([dy]) => apply(averagePool2dGradientOp, [dy as Tensor], attrs),
      };
    },
    tolerance: FEW,
    gradient: [0],
  },
  {
    name: "averagePool1d",
    ops: ["averagePool2d"],
    draw: (random) => {
      const { shape, options } = drawPool1d(random);
      return {
        label: `${shape.join("×")} ${JSON.stringify(options)}`,
        inputs: [random.uniform(shape)],
        build: ([x]) => averagePool1d(x as Tensor, options),
      };
    },
    tolerance: FEW,
    gradient: [0],
  },
  {
    name: "globalAveragePool",
    ops: ["mean"],
    draw: (random) => globalCase(random, random.uniform, globalAveragePool),
    tolerance: { ulp: 512, absolute: 2 ** -18 },
    gradient: [0],
  },
  {
    name: "globalMaxPool",
    ops: ["max"],
    draw: (random) => globalCase(random, random.distinct, globalMaxPool),
    tolerance: { ulp: 0 },
    gradient: [0],
  },
];

function placesOf(x: Tensor, drawn: Drawn): readonly Tensor[] {
  return applyAll(maxPool2dOp, [x], maxAttrsOf(drawn));
}

function globalCase(random: Random, values: (shape: readonly number[]) => NdArray, pool: (x: Tensor) => Tensor): Case {
  const height = random.pick([random.integer(1, 17), random.integer(1, 17), 64, 257]);
  const images = [random.pick([0, 1, 3]), height, random.integer(1, 17), random.size(9)];
  const shape = random.pick([images, images.slice(1)]);
  return { label: shape.join("×"), inputs: [values(shape)], build: ([x]) => pool(x as Tensor) };
}
