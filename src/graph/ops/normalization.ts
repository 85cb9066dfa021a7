import { NdArray } from "../nd-array.ts";
import { type Op, refuse } from "../op.ts";
import { formatShape, type Shape, sameShape, sizeOf, type Tensor, type TensorType } from "../tensor.ts";
import { add } from "./add.ts";
import { keptShape, requireAxes } from "./axes.ts";
import { broadcastTo } from "./broadcast.ts";
import { broadcastPositions, broadcastShapes } from "./broadcasting.ts";
import { div } from "./div.ts";
import { requireDType, unbroadcast } from "./elementwise.ts";
import { countOf, mean } from "./mean.ts";
import { mul } from "./mul.ts";
import { rsqrt } from "./rsqrt.ts";
import { sub } from "./sub.ts";
import { sum } from "./sum.ts";
import { variance } from "./variance.ts";

export interface NormalizationAttrs {
  readonly axes: readonly number[];
  readonly epsilon: number;
}

/**
 * Makes an op of inputs x, scale and shift with outputs y = x̂ · scale + shift, mean and variance, where
 * x̂ = (x - mean) / √(variance + epsilon) over the axes, which stay as size 1 in the statistics; scale and shift
 * broadcast to x. The variance is that of these values (no degree of freedom taken off).
 *
 * With dx̂ = dy · scale: dx = (dx̂ - mean(dx̂) - x̂ · mean(dx̂ · x̂)) / √(variance + epsilon); dscale = Σ dy · x̂;
 * dshift = Σ dy.
 */
export function normalization(name: string): Op<NormalizationAttrs> {
  return {
    name,
    infer: (inputs, { axes }) => {
      const [x, scale, shift] = inputs as [TensorType, TensorType, TensorType];
      checkNormalization(x, [scale, shift], axes);
      const statistics: TensorType = { shape: keptShape(x.shape, axes), dtype: "f32" };
      return [{ shape: x.shape, dtype: "f32" }, statistics, statistics];
    },
    reference: (inputs, attrs) => normalizedValues(inputs as [NdArray, NdArray, NdArray], attrs),
    kernel: {
      kind: "composite",
      lower: ({ inputs, attrs: { axes, epsilon } }) => {
        const [x, scale, shift] = inputs as [Tensor, Tensor, Tensor];
        const means = mean(x, axes, true);
        const variances = variance(x, axes, { keepDims: true });
        const normalized = mul(sub(x, means), rsqrt(add(variances, epsilon)));
        return [add(mul(normalized, scale), shift), means, variances];
      },
    },
    gradient: ([dy, dMean, dVariance], { inputs, outputs, attrs: { axes, epsilon } }) => {
      const [x, scale, shift] = inputs as [Tensor, Tensor, Tensor];
      const [, means, variances] = outputs as [Tensor, Tensor, Tensor];
      const centred = sub(x, means);
      const inverse = rsqrt(add(variances, epsilon));
      const n = countOf(x.shape, axes);
      let dx: Tensor | undefined;
      const collect = (part: Tensor) => {
        dx = dx === undefined ? part : add(dx, part);
      };
      if (dMean !== undefined) collect(broadcastTo(div(dMean, n), x.shape));
      if (dVariance !== undefined) collect(mul(centred, mul(dVariance, 2 / n)));
      if (dy === undefined) return [dx, undefined, undefined];

      const normalized = mul(centred, inverse);
      const product = mul(dy, normalized);
      // Where the scale is the same along the axes, it may stand before the sums, which then also give dscale and
      // dshift: one reading of dy fewer.
      const outside = isConstantAlong(scale.shape, x.shape, axes);
      const inner = outside ? dy : mul(dy, scale);
      const along = outside ? product : mul(inner, normalized);
      const totals = [sum(inner, axes, true), sum(along, axes, true)] as const;
      const difference = sub(sub(inner, div(totals[0], n)), mul(normalized, div(totals[1], n)));
      collect(mul(difference, outside ? mul(inverse, scale) : inverse));
      const sums = outside ? totals : ([dy, product] as const);
      return [dx, unbroadcast(sums[1], scale.shape), unbroadcast(sums[0], shift.shape)];
    },
    flops: ({ inputs: [x] }) => 8 * sizeOf((x as Tensor).shape),
  };
}

function checkNormalization(x: TensorType, affine: readonly TensorType[], axes: readonly number[]): void {
  for (const { dtype } of [x, ...affine]) requireDType(dtype, ["f32"]);
  requireAxes(x.shape, axes);
  for (const { shape } of affine) {
    if (sameShape(broadcastShapes(shape, x.shape), x.shape)) continue;
    refuse(
      `scale or shift of shape ${formatShape(shape)} does not broadcast to ${formatShape(x.shape)}; give one value a channel`,
    );
  }
}

/** Whether a tensor that broadcasts to `shape` is the same along the axes. */
function isConstantAlong(part: Shape, shape: Shape, axes: readonly number[]): boolean {
  const lead = shape.length - part.length;
  return axes.every((axis) => axis < lead || part[axis - lead] === 1);
}

function normalizedValues([x, scale, shift]: [NdArray, NdArray, NdArray], attrs: NormalizationAttrs): NdArray[] {
  const { axes, epsilon } = attrs;
  const count = countOf(x.shape, axes);
  const group = broadcastPositions(keptShape(x.shape, axes), x.shape);
  const averaged = (valueAt: (k: number) => number) => {
    const totals = NdArray.zeros(keptShape(x.shape, axes));
    for (const [k, place] of group.entries()) totals.data[place] = totals.at(place) + valueAt(k);
    return totals.map((total) => total / count);
  };
  const means = averaged((k) => x.at(k));
  const variances = averaged((k) => (x.at(k) - means.at(group[k] as number)) ** 2);
  const scales = broadcastPositions(scale.shape, x.shape);
  const shifts = broadcastPositions(shift.shape, x.shape);
  const y = x.map((value, k) => {
    const place = group[k] as number;
    const normalized = (value - means.at(place)) / Math.sqrt(variances.at(place) + epsilon);
    return normalized * scale.at(scales[k] as number) + shift.at(shifts[k] as number);
  });
  return [y, means, variances];
}
