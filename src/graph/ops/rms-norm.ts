import { NdArray } from "../nd-array.ts";
import { apply, type Op, refuse } from "../op.ts";
import { formatShape, sameShape, sizeOf, type Tensor, type TensorType } from "../tensor.ts";
import { add } from "./add.ts";
import { constant } from "./constant.ts";
import { requireDType, unbroadcast } from "./elementwise.ts";
import { mean } from "./mean.ts";
import { mul } from "./mul.ts";
import { rsqrt } from "./rsqrt.ts";
import { square } from "./square.ts";
import { sub } from "./sub.ts";

interface RmsNormOptions {
  readonly scale?: Tensor | undefined;
  readonly epsilon?: number;
}

/**
 * x / √(mean(x²) + epsilon) · scale over the last axis; scale is of its size. With x̂ = x / √… and dx̂ = dy · scale:
 * dx = (dx̂ - x̂ · mean(dx̂ · x̂)) / √…; dscale = Σ dy · x̂. Source: Zhang and Sennrich (2019).
 */
export function rmsNorm(x: Tensor, { scale, epsilon = 1e-5 }: RmsNormOptions = {}): Tensor {
  return apply(rmsNormOp, [x, scale ?? constant(1)], { epsilon });
}

export const rmsNormOp: Op<{ readonly epsilon: number }> = {
  name: "rmsNorm",
  infer: (inputs) => {
    const [x, scale] = inputs as [TensorType, TensorType];
    for (const { dtype } of inputs) requireDType(dtype, ["f32"]);
    if (x.shape.length === 0) refuse("the input is a scalar; give it an axis to be normalized over");
    if (scale.shape.length > 0 && !sameShape(scale.shape, x.shape.slice(-1))) {
      refuse(
        `a scale of shape ${formatShape(scale.shape)} does not fit ${formatShape(x.shape)}; give ${x.shape.at(-1)} values`,
      );
    }
    return { shape: x.shape, dtype: "f32" };
  },
  reference: (inputs, { epsilon }) => {
    const [x, scale] = inputs as [NdArray, NdArray];
    const n = x.shape.at(-1) as number;
    const y = NdArray.zeros(x.shape);
    for (let start = 0; start < x.data.length; start += n) {
      const line = x.data.subarray(start, start + n);
      const root = Math.sqrt(line.reduce((total, value) => total + value * value, 0) / n + epsilon);
      for (const [k, value] of line.entries()) {
        y.data[start + k] = (value / root) * scale.at(scale.data.length === 1 ? 0 : k);
      }
    }
    return y;
  },
  kernel: {
    kind: "composite",
    lower: ({ inputs, attrs: { epsilon } }) => {
      const [x, scale] = inputs as [Tensor, Tensor];
      return [mul(mul(x, inverseRoot(x, epsilon)), scale)];
    },
  },
  gradient: ([dy], { inputs, attrs: { epsilon } }) => {
    const [x, scale] = inputs as [Tensor, Tensor];
    const inverse = inverseRoot(x, epsilon);
    const normalized = mul(x, inverse);
    const inner = mul(dy as Tensor, scale);
    const along = mean(mul(inner, normalized), -1, true);
    return [mul(sub(inner, mul(normalized, along)), inverse), unbroadcast(mul(dy as Tensor, normalized), scale.shape)];
  },
  flops: ({ inputs: [x] }) => 4 * sizeOf((x as Tensor).shape),
};

function inverseRoot(x: Tensor, epsilon: number): Tensor {
  return rsqrt(add(mean(square(x), -1, true), epsilon));
}
