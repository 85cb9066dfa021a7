import type { NdArray } from "../nd-array.ts";
import { apply, type Op, refuse } from "../op.ts";
import { checkKey, keyExpression, type RandomKey, type StreamAttrs, threefry, unitInterval } from "../random.ts";
import { formatShape, sizeOf, type Tensor, type TensorType } from "../tensor.ts";
import { type Operand, operands } from "./elementwise.ts";

/**
 * Inverted dropout: each element is 0 with probability `rate`, else x / (1 − rate). The rate is a number or an f32
 * scalar, which may be a live value: at 0 (and below) the result is x itself, bit for bit; at 1 and above it is 0.
 *
 * The mask is not stored: dx = dropout(dy) with the same key draws it again. There is no gradient for the rate.
 */
export function dropout(x: Tensor, rate: Operand, { seed, step, stream }: RandomKey): Tensor {
  const [, rateTensor] = operands(x, rate);
  return apply(dropoutOp, [x, rateTensor, seed, step], { stream });
}

export const dropoutOp: Op<StreamAttrs> = {
  name: "dropout",
  infer: (inputs, { stream }) => {
    const [x, rate, seed, step] = inputs as [TensorType, TensorType, TensorType, TensorType];
    if (x.dtype !== "f32") refuse(`the input is ${x.dtype}; cast it to f32`);
    if (rate.dtype !== "f32" || rate.shape.length !== 0) {
      refuse(`the rate is ${rate.dtype} of shape ${formatShape(rate.shape)}; give a number or an f32 scalar`);
    }
    checkKey(seed, step, stream);
    return { shape: x.shape, dtype: "f32" };
  },
  reference: (inputs, { stream }) => {
    const [x, rateValue, seed, step] = inputs as [NdArray, NdArray, NdArray, NdArray];
    const rate = rateValue.at(0);
    if (rate <= 0) return x;
    return x.map((value, position) => {
      const [bits] = threefry(seed.at(0), stream, position, step.at(0));
      return unitInterval(bits) >= rate ? value / (1 - rate) : 0;
    });
  },
  kernel: {
    kind: "pointwise",
    costly: true,
    emit: ({ attrs: { stream }, at, input, bind }) => {
      const x = bind("f32", input(0));
      const rate = bind("f32", input(1));
      const bits = `threefry(${keyExpression(input(2), stream)}, vec2u(${at.flat}, ${input(3)})).x`;
      const kept = bind("f32", `select(0.0, ${x} / (1.0 - ${rate}), unit_interval(${bits}) >= ${rate})`);
      return `select(${kept}, ${x}, ${rate} <= 0.0)`;
    },
  },
  gradient: ([dy], { inputs, attrs }) => [dy && apply(dropoutOp, [dy, ...inputs.slice(1)], attrs)],
  flops: ({ outputs: [y] }) => 2 * sizeOf((y as Tensor).shape),
};
