import { apply, type Op, refuse } from "../op.ts";
import { type RandomKey, unitInterval } from "../random.ts";
import type { Shape, Tensor } from "../tensor.ts";
import { floatLiteral } from "./literal.ts";
import { distribution, type RandomAttrs } from "./random-bits.ts";

export interface RandomUniformAttrs extends RandomAttrs {
  readonly low: number;
  readonly high: number;
}

/** low + (high − low) · u with u of 24 random bits: f32, uniform in [low, high); high itself never occurs. */
export function randomUniform(shape: Shape, { seed, step, stream }: RandomKey, low = 0, high = 1): Tensor {
  return apply(randomUniformOp, [seed, step], { shape, stream, low: Math.fround(low), high: Math.fround(high) });
}

const uniform = distribution<RandomUniformAttrs>({
  name: "randomUniform",
  dtype: "f32",
  reference: ([word], { low, high }) => Math.min(low + (high - low) * unitInterval(word), below(high)),
  // Rounding may reach `high`; the bound keeps it out.
  wgsl: (bits, { low, high }) =>
    `min(${floatLiteral(low)} + ${floatLiteral(high - low)} * unit_interval(${bits}.x), ${floatLiteral(below(high))})`,
});

export const randomUniformOp: Op<RandomUniformAttrs> = {
  ...uniform,
  infer: (inputs, attrs) => {
    const { low, high } = attrs;
    if (!(low < high) || !Number.isFinite(Math.fround(high - low))) {
      refuse(`the range ${low} to ${high} is empty or not finite; give low < high`);
    }
    return uniform.infer(inputs, attrs);
  },
};

/** The largest float32 below a float32. */
function below(value: number): number {
  const float = new Float32Array([value]);
  const bits = new Uint32Array(float.buffer);
  if (value === 0) return -(2 ** -126); // of the normal numbers: adapters may flush the others to 0
  bits[0] = (bits[0] as number) + (value > 0 ? -1 : 1);
  return float[0] as number;
}
