import { type ConvTranspose2dOptions, convTranspose2d } from "../../../src/graph/ops/conv-transpose2d.ts";
import { type Conv1dOptions, conv1d } from "../../../src/graph/ops/conv1d.ts";
import { type Conv2dOptions, conv2d, conv2dWeightGradient } from "../../../src/graph/ops/conv2d.ts";
import { edgesOf, extentOf, type Padding, type Pair, pairOf, windowCounts } from "../../../src/graph/ops/windows.ts";
import { sizeOf, type Tensor } from "../../../src/graph/tensor.ts";
import type { Case, OpRow, Random, Tolerance } from "../row.ts";

/** Multiplications of one case at most: the float64 reference runs a few dozen times for the finite differences. */
const MOST_PRODUCTS = 20_000;

/** What a convolution is made of; channels are counted in one group. */
interface Sizes {
  readonly batch: number;
  readonly image: Pair;
  readonly kernel: Pair;
  readonly inputs: number;
  readonly outputs: number;
  readonly options: Conv2dOptions & { readonly groups: number };
}

function inputShapeOf({ batch, image, inputs, options }: Sizes): number[] {
  return [batch, ...image, inputs * options.groups];
}

function kernelShapeOf({ kernel, inputs, outputs, options }: Sizes): number[] {
  return [...kernel, inputs, outputs * options.groups];
}

function outputOf({ image, kernel, options }: Sizes): Pair {
  const windows = { size: kernel, strides: pairOf(options.strides ?? 1), dilation: pairOf(options.dilation ?? 1) };
  return windowCounts(image, { ...windows, padding: edgesOf(options.padding ?? "valid", image, windows) });
}

/** Products of the forward convolution, of one x and one w each. */
function productsOf(sizes: Sizes): number {
  const [height, width] = outputOf(sizes);
  return sizes.batch * height * width * sizeOf(kernelShapeOf(sizes));
}

function labelOf(sizes: Sizes): string {
  const { strides, padding, dilation, groups } = sizes.options;
  const how = JSON.stringify({ strides, padding, dilation, groups });
  return `${inputShapeOf(sizes).join("×")} with ${kernelShapeOf(sizes).join("×")} ${how}`;
}

function drawPair(random: Random, from: number, to: number): Pair {
  return [random.integer(from, to), random.integer(from, to)];
}

function drawPadding(random: Random, least = 0): Padding {
  const explicit: Padding = [drawPair(random, least, 2), drawPair(random, least, 2)];
  return random.pick<Padding>(["same", "valid", explicit]);
}

/** Draws until the kernel fits and the case is small. */
function drawSizes(random: Random, draw: () => Sizes): Sizes {
  for (let k = 0; k < 1000; k++) {
    const sizes = draw();
    if (outputOf(sizes).every((count) => count > 0) && productsOf(sizes) <= MOST_PRODUCTS) return sizes;
  }
  throw new RangeError(`no convolution of at most ${MOST_PRODUCTS} products came up, last at ${random.next()}`);
}

function drawAny(random: Random): Sizes {
  const kernel = random.pick<() => Pair>([() => drawPair(random, 1, 4), () => [3, 3], () => [2, 2], () => [5, 5]])();
  return {
    batch: random.pick([0, 1, 1, 2, 3, 3]),
    image: drawPair(random, 1, 13),
    kernel,
    inputs: random.pick([1, 1, 2, 3, 5, 8, 9]),
    outputs: random.pick([1, 1, 2, 3, 4, 5, 8, 9, 17]),
    options: {
      strides: random.pick<number | Pair>([1, 1, 2, 3, [2, 1], [1, 3]]),
      padding: drawPadding(random),
      dilation: random.pick<number | Pair>([1, 1, 1, 2, [1, 2], [3, 1]]),
      groups: random.pick([1, 1, 1, 2, 3]),
    },
  };
}

function drawDepthwise(random: Random): Sizes {
  return {
    ...drawAny(random),
    inputs: 1,
    outputs: random.integer(1, 4),
    options: { ...drawAny(random).options, groups: random.integer(2, 9) },
  };
}

function convolutionCase(random: Random, sizes: Sizes): Case {
  return {
    label: labelOf(sizes),
    inputs: [random.uniform(inputShapeOf(sizes)), random.uniform(kernelShapeOf(sizes))],
    build: ([x, w]) => conv2d(x as Tensor, w as Tensor, sizes.options),
  };
}

/** engine.md: 2·K units in the last place, K being the products of one output; absolute where they cancel. */
function toleranceFor(products: (inputs: readonly (readonly number[])[]) => number): (drawn: Case) => Tolerance {
  return ({ inputs }) => {
    const count = Math.max(products(inputs.map(({ shape }) => shape)), 1);
    return { ulp: 2 * count, absolute: count * 4 * 2 ** -23 };
  };
}

/** KH·KW·Cin, from x and w. */
const forwardTolerance = toleranceFor(([, w]) => sizeOf((w as readonly number[]).slice(0, -1)));

const ALL = ["conv2d", "conv2dInputGradient", "conv2dWeightGradient", "conv2dWeightGradientPartial"];

const always: Sizes[] = [
  // "same" with even kernels and strides: the extra pixel stands at the end.
  { batch: 2, image: [5, 6], kernel: [2, 4], inputs: 2, outputs: 3, options: { padding: "same", groups: 1 } },
  {
    batch: 1,
    image: [6, 5],
    kernel: [4, 2],
    inputs: 1,
    outputs: 5,
    options: { padding: "same", strides: 2, groups: 1 },
  },
  // A stride past the kernel leaves pixels that no window reads; a dilation that shares a factor with the stride leaves
  // phases that no tap meets.
  { batch: 1, image: [9, 10], kernel: [2, 1], inputs: 3, outputs: 4, options: { strides: 3, groups: 1 } },
  { batch: 1, image: [11, 11], kernel: [3, 3], inputs: 2, outputs: 6, options: { strides: 2, dilation: 2, groups: 1 } },
  { batch: 1, image: [13, 9], kernel: [3, 2], inputs: 2, outputs: 2, options: { strides: 4, dilation: 6, groups: 1 } },
  // Padding beyond the kernel: windows of zeros alone.
  {
    batch: 1,
    image: [2, 3],
    kernel: [2, 2],
    inputs: 2,
    outputs: 3,
    options: {
      padding: [
        [3, 4],
        [0, 5],
      ],
      groups: 1,
    },
  },
  // Sizes 0 and 1.
  { batch: 0, image: [4, 4], kernel: [3, 3], inputs: 2, outputs: 3, options: { groups: 1 } },
  { batch: 1, image: [1, 1], kernel: [1, 1], inputs: 1, outputs: 1, options: { groups: 1 } },
  { batch: 3, image: [3, 5], kernel: [3, 5], inputs: 1, outputs: 1, options: { groups: 1 } },
  // More than one tile of pixels, of channels and of products, none of them whole.
  { batch: 3, image: [7, 9], kernel: [3, 3], inputs: 3, outputs: 37, options: { padding: "same", groups: 1 } },
  { batch: 2, image: [9, 9], kernel: [2, 2], inputs: 17, outputs: 11, options: { padding: "same", groups: 1 } },
  // Round 64 and 256: pixels, input channels, output channels.
  { batch: 1, image: [1, 257], kernel: [1, 2], inputs: 1, outputs: 1, options: { groups: 1 } },
  { batch: 1, image: [64, 2], kernel: [3, 1], inputs: 1, outputs: 2, options: { strides: 2, groups: 1 } },
  { batch: 1, image: [3, 3], kernel: [2, 2], inputs: 64, outputs: 3, options: { groups: 1 } },
  { batch: 1, image: [3, 3], kernel: [2, 2], inputs: 3, outputs: 65, options: { groups: 1 } },
  { batch: 1, image: [2, 2], kernel: [1, 1], inputs: 255, outputs: 1, options: { groups: 1 } },
  { batch: 1, image: [2, 2], kernel: [1, 1], inputs: 1, outputs: 256, options: { groups: 1 } },
  { batch: 1, image: [2, 3], kernel: [2, 2], inputs: 1, outputs: 1, options: { groups: 65 } },
  // So many pixels that the weight gradient is split, the last part being shorter.
  { batch: 5, image: [17, 13], kernel: [2, 3], inputs: 1, outputs: 5, options: { padding: "same", groups: 1 } },
];

export const convolutionRows: readonly OpRow[] = [
  {
    name: "conv2d",
    ops: ALL,
    draw: (random) =>
      convolutionCase(
        random,
        drawSizes(random, () => drawAny(random)),
      ),
    cases: 60,
    always: (random) => always.map((sizes) => convolutionCase(random, sizes)),
    tolerance: forwardTolerance,
    gradient: [0, 1],
  },
  {
    name: "conv2d depthwise",
    ops: ["conv2d"],
    draw: (random) =>
      convolutionCase(
        random,
        drawSizes(random, () => drawDepthwise(random)),
      ),
    cases: 20,
    tolerance: forwardTolerance,
    gradient: [0, 1],
  },
  {
    name: "conv2d pointwise",
    ops: ["conv2d"],
    draw: (random) => {
      const draw = () => ({ ...drawAny(random), kernel: [1, 1] as const, options: { groups: 1 } });
      return convolutionCase(random, drawSizes(random, draw));
    },
    cases: 10,
    tolerance: forwardTolerance,
    gradient: [0, 1],
  },
  {
    name: "conv1d",
    ops: ["conv2d"],
    draw: (random) => {
      const sizes = drawSizes(random, () => {
        const drawn = drawAny(random);
        const flat = { image: [1, random.integer(1, 33)], kernel: [1, random.integer(1, 5)] } as const;
        return { ...drawn, ...flat, options: { ...drawn.options, padding: "valid" as const } };
      });
      const [, dilation] = pairOf(sizes.options.dilation ?? 1);
      const options: Conv1dOptions = {
        strides: pairOf(sizes.options.strides ?? 1)[1],
        padding: random.pick<NonNullable<Conv1dOptions["padding"]>>(["same", "valid", drawPair(random, 0, 3)]),
        dilation,
        groups: sizes.options.groups,
      };
      return {
        label: `${labelOf(sizes)} ${JSON.stringify(options)}`,
        inputs: [
          random.uniform(inputShapeOf(sizes).filter((_, axis) => axis !== 1)),
          random.uniform(kernelShapeOf(sizes).slice(1)),
        ],
        build: ([x, w]) => conv1d(x as Tensor, w as Tensor, options),
      };
    },
    tolerance: forwardTolerance,
    gradient: [0, 1],
  },
  {
    name: "convTranspose2d",
    ops: ["conv2dInputGradient"],
    draw: (random) => {
      const draw = () => {
        const drawn = drawAny(random);
        const strides = pairOf(drawn.options.strides ?? 1);
        // An output padding is less than the stride; explicit padding must leave an output.
        const padding = drawPadding(random);
        const outputPadding: Pair = [random.integer(0, strides[0] - 1), random.integer(0, strides[1] - 1)];
        return { ...drawn, padding, outputPadding, strides };
      };
      const isFitting = ({
        image,
        kernel,
        padding,
        strides,
        options,
        batch,
        inputs,
        outputs,
      }: ReturnType<typeof draw>) => {
        const dilation = pairOf(options.dilation ?? 1);
        const cut = typeof padding === "string" ? [0, 0] : padding.map(([before, after]) => before + after);
        const products = batch * image[0] * image[1] * kernel[0] * kernel[1] * inputs * outputs * options.groups;
        const remains = ([0, 1] as const).every(
          (axis) => (image[axis] - 1) * strides[axis] + extentOf(kernel[axis], dilation[axis]) > (cut[axis] as number),
        );
        return remains && products <= MOST_PRODUCTS;
      };
      let drawn = draw();
      while (!isFitting(drawn)) drawn = draw();
      const { padding, outputPadding, options: base } = drawn;
      const options: ConvTranspose2dOptions = { ...base, padding, ...(padding !== "same" && { outputPadding }) };
      // The convolution in the other direction: its outputs are the channels of x here.
      const { batch, image, outputs } = drawn;
      return {
        label: `${labelOf(drawn)} ${JSON.stringify(options)}`,
        inputs: [random.uniform([batch, ...image, outputs * base.groups]), random.uniform(kernelShapeOf(drawn))],
        build: ([x, w]) => convTranspose2d(x as Tensor, w as Tensor, options),
      };
    },
    always: (random) => [
      {
        label: "2×3 with 3×3 at stride 2 and output padding 1",
        inputs: [random.uniform([1, 2, 3, 4]), random.uniform([3, 3, 5, 4])],
        build: ([x, w]) =>
          convTranspose2d(x as Tensor, w as Tensor, {
            strides: 2,
            padding: [
              [1, 1],
              [1, 1],
            ],
            outputPadding: 1,
          }),
      },
      {
        label: "kernel smaller than the stride, same",
        inputs: [random.uniform([2, 3, 2, 2]), random.uniform([2, 1, 3, 2])],
        build: ([x, w]) => convTranspose2d(x as Tensor, w as Tensor, { strides: 3, padding: "same" }),
      },
    ],
    tolerance: toleranceFor(([, w]) => sizeOf((w as readonly number[]).filter((_, axis) => axis !== 2))),
    gradient: [0, 1],
  },
  {
    name: "conv2dWeightGradient",
    ops: ["conv2dWeightGradient"],
    draw: (random) => {
      const sizes = drawSizes(random, () => drawAny(random));
      const { kernel, options } = sizes;
      const strides = pairOf(options.strides ?? 1);
      const dilation = pairOf(options.dilation ?? 1);
      const padding = edgesOf(options.padding ?? "valid", sizes.image, { size: kernel, strides, dilation });
      const dyShape = [sizes.batch, ...outputOf(sizes), sizes.outputs * options.groups];
      return {
        label: labelOf(sizes),
        inputs: [random.uniform(inputShapeOf(sizes)), random.uniform(dyShape)],
        build: ([x, dy]) => {
          const attrs = { strides, dilation, padding, groups: options.groups };
          return conv2dWeightGradient(x as Tensor, dy as Tensor, attrs, kernel);
        },
      };
    },
    cases: 50,
    tolerance: toleranceFor(([, dy]) => sizeOf((dy as readonly number[]).slice(0, -1))),
    gradient: [0, 1],
  },
];
