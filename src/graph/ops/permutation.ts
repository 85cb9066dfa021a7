import { NdArray } from "../nd-array.ts";
import { apply, type Op, refuse } from "../op.ts";
import { checkKey, keyExpression, permuted, type RandomKey, type StreamAttrs, threefry } from "../random.ts";
import type { Tensor, TensorType } from "../tensor.ts";

export interface PermutationAttrs extends StreamAttrs {
  readonly n: number;
}

/**
 * A random order of 0…n − 1: (n) u32. Keyed by seed, stream and step; with the epoch as the step, every epoch has an
 * order of its own.
 */
export function permutation(n: number, { seed, step, stream }: RandomKey): Tensor {
  return apply(permutationOp, [seed, step], { n, stream });
}

/**
 * `permutation(n, key)` at the given positions (u32, any shape; taken modulo n), each found alone, without making the
 * others. The elements of a batch, for instance: at cursor … cursor + batch − 1.
 */
export function permutationAt(positions: Tensor, n: number, { seed, step, stream }: RandomKey): Tensor {
  return apply(permutationAtOp, [seed, step, positions], { n, stream });
}

/** One key of the Feistel network for each (seed, stream, step). */
function feistelKey(seed: number, stream: number, step: number): [number, number] {
  return threefry(seed, stream, 0, step);
}

function feistelKeyExpression(seed: string, stream: number, step: string): string {
  return `threefry(${keyExpression(seed, stream)}, vec2u(0u, ${step}))`;
}

function check(inputs: readonly TensorType[], { n, stream }: PermutationAttrs): void {
  const [seed, step] = inputs as [TensorType, TensorType];
  checkKey(seed, step, stream);
  if (!Number.isInteger(n) || n < 0 || n >= 2 ** 32) {
    refuse(`a permutation of ${n} elements; give a whole number of at least 0 and below 2³²`);
  }
}

export const permutationOp: Op<PermutationAttrs> = {
  name: "permutation",
  infer: (inputs, attrs) => {
    check(inputs, attrs);
    return { shape: [attrs.n], dtype: "u32" };
  },
  reference: (inputs, { n, stream }) => {
    const [seed, step] = inputs as [NdArray, NdArray];
    const key = feistelKey(seed.at(0), stream, step.at(0));
    return NdArray.zeros([n], "u32").map((_, position) => permuted(position, n, ...key));
  },
  kernel: {
    kind: "pointwise",
    costly: true,
    emit: ({ attrs: { n, stream }, at, input, bind }) => {
      const key = bind("vec2u", feistelKeyExpression(input(0), stream, input(1)));
      return `permuted(${at.flat}, ${n}u, ${key})`;
    },
  },
  gradient: () => [],
};

export const permutationAtOp: Op<PermutationAttrs> = {
  name: "permutationAt",
  infer: (inputs, attrs) => {
    check(inputs, attrs);
    const { dtype, shape } = inputs[2] as TensorType;
    if (dtype !== "u32") refuse(`the positions are ${dtype}; cast them to u32`);
    if (attrs.n === 0 && !shape.includes(0))
      refuse("a permutation of 0 elements has no positions; give n of at least 1");
    return { shape, dtype };
  },
  reference: (inputs, { n, stream }) => {
    const [seed, step, positions] = inputs as [NdArray, NdArray, NdArray];
    const key = feistelKey(seed.at(0), stream, step.at(0));
    return positions.map((position) => permuted(position, n, ...key));
  },
  kernel: {
    kind: "pointwise",
    costly: true,
    emit: ({ attrs: { n, stream }, input, bind }) => {
      const key = bind("vec2u", feistelKeyExpression(input(0), stream, input(1)));
      return `permuted(${input(2)}, ${n}u, ${key})`;
    },
  },
  gradient: () => [],
};
