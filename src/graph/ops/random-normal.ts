import { apply } from "../op.ts";
import { type RandomKey, standardNormal } from "../random.ts";
import type { Shape, Tensor } from "../tensor.ts";
import { floatLiteral } from "./literal.ts";
import { distribution, type RandomAttrs } from "./random-bits.ts";

export interface RandomNormalAttrs extends RandomAttrs {
  readonly mean: number;
  readonly deviation: number;
}

/**
 * mean + deviation · √(−2 log u₀) · cos 2π(u₁ − ½): f32, normal, by Box and Muller from both words of Threefry.
 * With 24 bits a word it reaches 5.77 standard deviations.
 */
export function randomNormal(shape: Shape, { seed, step, stream }: RandomKey, mean = 0, deviation = 1): Tensor {
  return apply(randomNormalOp, [seed, step], {
    shape,
    stream,
    mean: Math.fround(mean),
    deviation: Math.fround(deviation),
  });
}

export const randomNormalOp = distribution<RandomNormalAttrs>({
  name: "randomNormal",
  dtype: "f32",
  reference: ([first, second], { mean, deviation }) => mean + deviation * standardNormal(first, second),
  wgsl: (bits, { mean, deviation }) =>
    `(${floatLiteral(mean)} + ${floatLiteral(deviation)} * standard_normal(${bits}))`,
});
