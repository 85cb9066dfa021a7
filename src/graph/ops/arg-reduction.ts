import source from "../../../shaders/arg-reduce.wgsl?raw";
import rowSource from "../../../shaders/arg-reduce-row.wgsl?raw";
import type { AdapterProfile } from "../../gpu/device.ts";
import { linearGrid } from "../codegen/grid.ts";
import { NdArray } from "../nd-array.ts";
import { apply, type Op, refuse, type ShaderVariant } from "../op.ts";
import { type Call, formatShape, type Shape, sizeOf, type Tensor, type TensorType } from "../tensor.ts";
import { axisOf, droppedShape, keptShape, requireAxis } from "./axes.ts";
import { eachCoordinate } from "./broadcasting.ts";
import { reshape } from "./reshape.ts";

interface ArgAttrs {
  readonly axis: number;
}

/** Makes the op of argmax or argmin; the axis stays as size 1. */
export function argReduction(name: string, smallest: boolean): Op<ArgAttrs> {
  return {
    name,
    infer: ([x], { axis }) => {
      const { shape } = x as TensorType;
      requireAxis(shape, axis);
      if (shape[axis] === 0)
        refuse(`axis ${axis} of ${formatShape(shape)} is empty and has no winner; give at least one value`);
      return { shape: keptShape(shape, [axis]), dtype: "i32" };
    },
    reference: ([x], { axis }) => winners(x as NdArray, axis, smallest),
    kernel: { kind: "shader", select: (call, adapter) => select(call, adapter, smallest) },
    gradient: () => [undefined],
    flops: ({ inputs: [x] }) => sizeOf((x as Tensor).shape),
  };
}

/** Applies it along one axis, or to all elements in row-major order where none is given. */
export function argReduce(op: Op<ArgAttrs>, x: Tensor, axis: number | undefined, keepDims: boolean): Tensor {
  if (axis === undefined) {
    const y = apply(op, [reshape(x, [sizeOf(x.shape)])], { axis: 0 });
    return reshape(y, keepDims ? x.shape.map(() => 1) : []);
  }
  const y = apply(op, [x], { axis: axisOf(x.shape, axis) });
  return keepDims ? y : reshape(y, droppedShape(x.shape, [axisOf(x.shape, axis)]));
}

/** A shape as the three sizes before, at and after an axis. */
export function splitAtAxis(shape: Shape, axis: number): { outer: number; n: number; inner: number } {
  return { outer: sizeOf(shape.slice(0, axis)), n: shape[axis] as number, inner: sizeOf(shape.slice(axis + 1)) };
}

function winners(x: NdArray, axis: number, smallest: boolean): NdArray {
  const shape = keptShape(x.shape, [axis]);
  const { n, inner } = splitAtAxis(x.shape, axis);
  const data = new Float64Array(sizeOf(shape));
  eachCoordinate(shape, (_, position) => {
    const start = Math.floor(position / inner) * n * inner + (position % inner);
    const values = Array.from({ length: n }, (_, k) => x.at(start + k * inner));
    const lost = values.findIndex(Number.isNaN);
    const best = values.reduce((a, b) => (smallest ? Math.min(a, b) : Math.max(a, b)));
    data[position] = lost >= 0 ? lost : values.indexOf(best);
  });
  return new NdArray(shape, data, "i32");
}

/**
 * One invocation an output, unless that leaves a GPU idle: fewer than 8192 outputs with an axis of 256 or more take a
 * workgroup each. Software adapters always walk: barriers are slow there.
 */
function select({ inputs, attrs }: Call<ArgAttrs>, adapter: AdapterProfile, smallest: boolean): ShaderVariant {
  const [{ shape, dtype }] = inputs as [Tensor];
  const { outer, n, inner } = splitAtAxis(shape, attrs.axis);
  const byRow = !adapter.software && n >= 256 && outer * inner < 8192;
  const text = byRow ? rowSource : source;
  return {
    variant: byRow ? "row" : "walk",
    source: dtype === "f32" ? text : text.replaceAll("f32", dtype),
    constants: { OUTER: outer, N: n, INNER: inner, SMALLEST: smallest ? 1 : 0 },
    tensors: ["x", "y"],
    workgroups: linearGrid(byRow ? outer * inner : Math.ceil((outer * inner) / 64), adapter),
  };
}
