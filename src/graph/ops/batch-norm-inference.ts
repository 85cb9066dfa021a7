import { NdArray } from "../nd-array.ts";
import { apply, type Op, refuse } from "../op.ts";
import { formatShape, sameShape, sizeOf, type Tensor, type TensorType } from "../tensor.ts";
import { add } from "./add.ts";
import { type Affine, affineTensors } from "./affine.ts";
import type { RunningStatistics } from "./batch-norm.ts";
import { broadcastShapes } from "./broadcasting.ts";
import { requireDType, unbroadcast } from "./elementwise.ts";
import { mul } from "./mul.ts";
import { rsqrt } from "./rsqrt.ts";
import { sub } from "./sub.ts";

/**
 * Inference: (x - mean) / √(variance + epsilon) · scale + shift with running statistics; x is (…, C), all others (C).
 * dx = dy · scale / √(variance + epsilon); the statistics have no gradient.
 */
export function batchNormInference(
  x: Tensor,
  { mean, variance }: RunningStatistics,
  { epsilon = 1e-5, ...affine }: Affine & { epsilon?: number } = {},
): Tensor {
  return apply(batchNormInferenceOp, [x, ...affineTensors(affine), mean, variance], { epsilon });
}

export const batchNormInferenceOp: Op<{ readonly epsilon: number }> = {
  name: "batchNormInference",
  infer: (inputs) => {
    const [x, ...others] = inputs as [TensorType, ...TensorType[]];
    for (const { dtype } of inputs) requireDType(dtype, ["f32"]);
    for (const { shape } of others) {
      if (shape.length < 2 && sameShape(broadcastShapes(shape, x.shape), x.shape)) continue;
      refuse(`${formatShape(shape)} does not fit ${formatShape(x.shape)}; give one value a channel: ${x.shape.at(-1)}`);
    }
    return { shape: x.shape, dtype: "f32" };
  },
  reference: (inputs, { epsilon }) => {
    const [x, scale, shift, mean, variance] = inputs as [NdArray, NdArray, NdArray, NdArray, NdArray];
    const channels = x.shape.at(-1) ?? 1;
    const of = (part: NdArray, position: number) => part.at(part.data.length === 1 ? 0 : position % channels);
    const data = x.data.map((value, k) => {
      const normalized = (value - of(mean, k)) / Math.sqrt(of(variance, k) + epsilon);
      return normalized * of(scale, k) + of(shift, k);
    });
    return new NdArray(x.shape, data);
  },
  kernel: {
    kind: "composite",
    lower: ({ inputs, attrs: { epsilon } }) => {
      const [x, scale, shift, mean, variance] = inputs as [Tensor, Tensor, Tensor, Tensor, Tensor];
      return [add(mul(sub(x, mean), mul(rsqrt(add(variance, epsilon)), scale)), shift)];
    },
  },
  gradient: ([dy], { inputs, attrs: { epsilon } }) => {
    const [x, scale, shift, mean, variance] = inputs as [Tensor, Tensor, Tensor, Tensor, Tensor];
    const inverse = rsqrt(add(variance, epsilon));
    const normalized = mul(sub(x, mean), inverse);
    return [
      mul(dy as Tensor, mul(inverse, scale)),
      unbroadcast(mul(dy as Tensor, normalized), scale.shape),
      unbroadcast(dy as Tensor, shift.shape),
      undefined,
      undefined,
    ];
  },
  flops: ({ inputs: [x] }) => 3 * sizeOf((x as Tensor).shape),
};
