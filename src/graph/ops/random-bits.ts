import { NdArray } from "../nd-array.ts";
import { apply, type Op } from "../op.ts";
import { checkKey, keyExpression, type RandomKey, threefry } from "../random.ts";
import type { DType, Shape, Tensor } from "../tensor.ts";

export interface RandomAttrs {
  readonly shape: Shape;
  readonly stream: number;
}

/**
 * 32 random bits an element, u32: the first word of Threefry-2x32 with key (seed, stream) and counter (row-major
 * position, step). The same bits on every adapter and in the interpreter.
 */
export function randomBits(shape: Shape, { seed, step, stream }: RandomKey): Tensor {
  return apply(randomBitsOp, [seed, step], { shape, stream });
}

/** A random distribution over a shape, said by what it makes of the two words of an element. */
export interface Distribution<A extends RandomAttrs> {
  readonly name: string;
  readonly dtype: DType;
  readonly reference: (bits: readonly [number, number], attrs: A) => number;
  /** WGSL of the element; `bits` is an expression of type vec2u. */
  readonly wgsl: (bits: string, attrs: A) => string;
}

export function distribution<A extends RandomAttrs>({ name, dtype, reference, wgsl }: Distribution<A>): Op<A> {
  return {
    name,
    infer: (inputs, { shape, stream }) => {
      const [seed, step] = inputs as [Tensor, Tensor];
      checkKey(seed, step, stream);
      return { shape, dtype };
    },
    reference: (inputs, attrs) => {
      const [seed, step] = inputs.map((input) => input.at(0)) as [number, number];
      return NdArray.zeros(attrs.shape, dtype).map((_, position) =>
        reference(threefry(seed, attrs.stream, position, step), attrs),
      );
    },
    kernel: {
      kind: "pointwise",
      costly: true,
      emit: ({ attrs, at, input }) =>
        wgsl(`threefry(${keyExpression(input(0), attrs.stream)}, vec2u(${at.flat}, ${input(1)}))`, attrs),
    },
    gradient: () => [],
  };
}

export const randomBitsOp = distribution<RandomAttrs>({
  name: "randomBits",
  dtype: "u32",
  reference: ([word]) => word,
  wgsl: (bits) => `${bits}.x`,
});
