import source from "../../../shaders/cum-sum.wgsl?raw";
import rowSource from "../../../shaders/cum-sum-row.wgsl?raw";
import type { AdapterProfile } from "../../gpu/device.ts";
import { linearGrid } from "../codegen/grid.ts";
import { NdArray } from "../nd-array.ts";
import { apply, type Op, type ShaderVariant } from "../op.ts";
import { type Call, sizeOf, type Tensor, type TensorType } from "../tensor.ts";
import { splitAtAxis } from "./arg-reduction.ts";
import { axisOf, requireAxis } from "./axes.ts";
import { wrap } from "./integers.ts";

interface CumSumAttrs {
  readonly axis: number;
  readonly exclusive: boolean;
  readonly reverse: boolean;
}

/**
 * Running sums along an axis; exclusive leaves the element itself out, reverse sums from the end. Integers wrap.
 * dx = the running sum of dy from the other end.
 */
export function cumSum(x: Tensor, axis: number, { exclusive = false, reverse = false } = {}): Tensor {
  return apply(cumSumOp, [x], { axis: axisOf(x.shape, axis), exclusive, reverse });
}

export const cumSumOp: Op<CumSumAttrs> = {
  name: "cumSum",
  infer: ([x], { axis }) => {
    const { shape, dtype } = x as TensorType;
    requireAxis(shape, axis);
    return { shape, dtype };
  },
  reference: ([x], { axis, exclusive, reverse }) => {
    const { shape, dtype } = x as NdArray;
    const { outer, n, inner } = splitAtAxis(shape, axis);
    const data = new Float64Array(sizeOf(shape));
    for (let row = 0; row < outer * inner; row++) {
      let total = 0;
      for (let step = 0; step < n; step++) {
        const k = reverse ? n - 1 - step : step;
        const place = (Math.floor(row / inner) * n + k) * inner + (row % inner);
        if (exclusive) data[place] = total;
        total = wrap(total + (x as NdArray).at(place), dtype);
        if (!exclusive) data[place] = total;
      }
    }
    return new NdArray(shape, data, dtype);
  },
  kernel: { kind: "shader", select },
  gradient: ([dy], { attrs }) => [dy && apply(cumSumOp, [dy], { ...attrs, reverse: !attrs.reverse })],
};

/**
 * One invocation a row, unless that leaves a GPU idle: fewer than 4096 rows of 256 or more take a workgroup each.
 * Software adapters always walk: barriers are slow there.
 */
function select({ inputs, attrs }: Call<CumSumAttrs>, adapter: AdapterProfile): ShaderVariant {
  const [{ shape, dtype }] = inputs as [Tensor];
  const { outer, n, inner } = splitAtAxis(shape, attrs.axis);
  const byRow = !adapter.software && n >= 256 && outer * inner < 4096;
  const text = byRow ? rowSource : source;
  return {
    variant: byRow ? "row" : "walk",
    source: dtype === "f32" ? text : text.replaceAll("f32", dtype),
    constants: {
      OUTER: outer,
      N: n,
      INNER: inner,
      EXCLUSIVE: attrs.exclusive ? 1 : 0,
      REVERSE: attrs.reverse ? 1 : 0,
    },
    tensors: ["x", "y"],
    workgroups: linearGrid(byRow ? outer * inner : Math.ceil((outer * inner) / 64), adapter),
  };
}
