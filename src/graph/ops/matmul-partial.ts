import type { AdapterProfile } from "../../gpu/device.ts";
import { NdArray } from "../nd-array.ts";
import { apply, type Op, type ShaderVariant } from "../op.ts";
import { type Call, sizeOf, type Tensor, type TensorType } from "../tensor.ts";
import { matmulCandidates } from "./matmul-choice.ts";
import { matmulVariant } from "./matmul-kernels.ts";
import { type MatmulAttrs, matmulProblem, matrixSizes } from "./matmul-problem.ts";
import { product, productType } from "./matmul-reference.ts";

export interface MatmulPartialAttrs extends MatmulAttrs {
  readonly kPerSplit: number;
}

/**
 * A matmul cut along K, for a y too small to fill the device: (splits, …, M, N), where split s sums over k in
 * [s · kPerSplit, (s + 1) · kPerSplit). Its sum over the first axis, in that fixed order, is the matmul.
 */
export function matmulPartial(a: Tensor, b: Tensor, attrs: MatmulPartialAttrs): Tensor {
  return apply(matmulPartialOp, [a, b], attrs);
}

/** Without a gradient: it stands in place of a matmul only after the gradients have been made. */
export const matmulPartialOp: Op<MatmulPartialAttrs> = {
  name: "matmulPartial",
  infer: (inputs, attrs) => {
    const [a, b] = inputs as [TensorType, TensorType];
    const { shape, dtype } = productType(a, b, attrs);
    return { shape: [splitsOf(a, b, attrs), ...shape], dtype };
  },
  reference: (inputs, attrs) => {
    const [a, b] = inputs as [NdArray, NdArray];
    const { kPerSplit } = attrs;
    const y = NdArray.zeros([splitsOf(a, b, attrs), ...productType(a, b, attrs).shape]);
    for (let split = 0; split < (y.shape[0] as number); split++) {
      const part = product(a, b, attrs, split * kPerSplit, (split + 1) * kPerSplit);
      y.data.set(part.data, split * part.data.length);
    }
    return y;
  },
  kernel: { kind: "shader", select },
  flops: ({ inputs, outputs, attrs }) => {
    const [a, b] = inputs as [Tensor, Tensor];
    const { k } = matrixSizes(a.shape, b.shape, attrs);
    return (2 * k * sizeOf((outputs[0] as Tensor).shape)) / splitsOf(a, b, attrs);
  },
};

function select({ inputs, attrs }: Call<MatmulPartialAttrs>, adapter: AdapterProfile): ShaderVariant {
  const [a, b] = inputs as [Tensor, Tensor];
  const problem = matmulProblem(a.shape, b.shape, attrs, attrs.kPerSplit);
  return matmulVariant(matmulCandidates(problem, adapter)[0]?.variant ?? "register", problem, adapter);
}

function splitsOf(a: TensorType, b: TensorType, attrs: MatmulPartialAttrs): number {
  return Math.max(1, Math.ceil(matrixSizes(a.shape, b.shape, attrs).k / attrs.kPerSplit));
}
