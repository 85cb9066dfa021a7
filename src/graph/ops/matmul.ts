import type { NdArray } from "../nd-array.ts";
import { apply, type Op } from "../op.ts";
import { type Call, type Shape, sizeOf, type Tensor, type TensorType } from "../tensor.ts";
import { broadcastTo } from "./broadcast.ts";
import { unbroadcast } from "./elementwise.ts";
import { matmulCandidates } from "./matmul-choice.ts";
import { matmulOfGathered } from "./matmul-gathered.ts";
import { matmulVariant } from "./matmul-kernels.ts";
import { matmulPartial } from "./matmul-partial.ts";
import {
  hasTooManyGroups,
  type MatmulAttrs,
  type MatmulProblem,
  matmulProblem,
  matrixSizes,
} from "./matmul-problem.ts";
import { batchOf, product, productType } from "./matmul-reference.ts";
import { reshape } from "./reshape.ts";
import { sum } from "./sum.ts";

/**
 * Products of matrices: y[…, m, n] = Σₖ a[…, m, k] · b[…, k, n], f32.
 *
 * a: (…, M, K), or (…, K, M) with `transposeA`; b: (…, K, N), or (…, N, K) with `transposeB`; y: (…, M, N).
 * The batch dimensions broadcast as in NumPy. A transposed operand is read in place. K = 0 gives zeros.
 * dA = dY·op(B)ᵀ and dB = op(A)ᵀ·dY, summed over the batch dimensions along which the operand was broadcast.
 * Throws a "shape" error for operands that are no matrices, are not f32 or do not fit each other.
 */
export function matmul(a: Tensor, b: Tensor, options: Partial<MatmulAttrs> = {}): Tensor {
  const { transposeA = false, transposeB = false } = options;
  const attrs = { transposeA, transposeB };
  return matmulOfGathered(a, b, attrs) ?? apply(matmulOp, [a, b], attrs);
}

export const matmulOp: Op<MatmulAttrs> = {
  name: "matmul",
  infer: ([a, b], attrs) => productType(a as TensorType, b as TensorType, attrs),
  reference: ([a, b], attrs) => product(a as NdArray, b as NdArray, attrs),
  kernel: {
    kind: "shader",
    select: (call, adapter) => {
      const problem = problemOf(call);
      const whole = matmulCandidates(problem, adapter).find(({ kPerSplit }) => kPerSplit === undefined);
      return matmulVariant(whole?.variant ?? "register", problem, adapter);
    },
    lower: (call, adapter) => {
      const [a, b] = call.inputs as [Tensor, Tensor];
      if (hasTooManyGroups(a.shape, b.shape, call.attrs)) return [withoutBroadcast(call)];
      const kPerSplit = matmulCandidates(problemOf(call), adapter)[0]?.kPerSplit;
      return kPerSplit === undefined ? undefined : [sum(matmulPartial(a, b, { ...call.attrs, kPerSplit }), 0)];
    },
  },
  gradient: ([dy], { inputs: [a, b], attrs }) => [
    gradientOfA(dy as Tensor, a as Tensor, b as Tensor, attrs),
    gradientOfB(dy as Tensor, a as Tensor, b as Tensor, attrs),
  ],
  flops: ({ inputs: [a, b], outputs: [y], attrs }) => {
    const { k } = matrixSizes((a as Tensor).shape, (b as Tensor).shape, attrs);
    return 2 * k * sizeOf((y as Tensor).shape);
  },
};

function problemOf({ inputs, attrs }: Call<MatmulAttrs>): MatmulProblem {
  const [a, b] = inputs as [Tensor, Tensor];
  return matmulProblem(a.shape, b.shape, attrs);
}

/** The same product with the operands repeated over the whole batch, which then is a single run of dimensions. */
function withoutBroadcast({ inputs, outputs, attrs }: Call<MatmulAttrs>): Tensor {
  const [a, b] = inputs as [Tensor, Tensor];
  const batch = batchOf((outputs[0] as Tensor).shape);
  const whole = (x: Tensor) => broadcastTo(x, [...batch, ...x.shape.slice(-2)]);
  return matmul(whole(a), whole(b), attrs);
}

function gradientOfA(dy: Tensor, a: Tensor, b: Tensor, { transposeA, transposeB }: MatmulAttrs): Tensor {
  const da = transposeA
    ? matmul(b, dy, { transposeA: transposeB, transposeB: true })
    : matmul(dy, b, { transposeB: !transposeB });
  return unbroadcast(da, a.shape);
}

/**
 * Where b is broadcast over the innermost batch dimensions and a is not transposed, those are more rows of a and dy:
 * one product with a longer sum, in place of a product for each matrix and their sum.
 */
function gradientOfB(dy: Tensor, a: Tensor, b: Tensor, { transposeA, transposeB }: MatmulAttrs): Tensor {
  const folded = transposeA ? 0 : broadcastAxes(a.shape, b.shape);
  const aRows = withRows(a, folded);
  const dyRows = withRows(dy, folded);
  const db = transposeB
    ? matmul(dyRows, aRows, { transposeA: true, transposeB: transposeA })
    : matmul(aRows, dyRows, { transposeA: !transposeA });
  const batch = batchOf(b.shape);
  const kept = batch.slice(0, Math.max(0, batch.length - folded));
  return reshape(unbroadcast(db, [...kept, ...b.shape.slice(-2)]), b.shape);
}

/** How many of a's innermost batch dimensions b is broadcast over. */
function broadcastAxes(a: Shape, b: Shape): number {
  const [batchA, batchB] = [batchOf(a), batchOf(b)];
  let axes = 0;
  while (axes < batchA.length && (batchB.at(-1 - axes) ?? 1) === 1) axes++;
  return axes;
}

/** x with its innermost batch dimensions folded into the rows. */
function withRows(x: Tensor, axes: number): Tensor {
  const kept = x.shape.length - 2 - axes;
  const rows = sizeOf(x.shape.slice(kept, -1));
  return reshape(x, [...x.shape.slice(0, kept), rows, x.shape.at(-1) as number]);
}
