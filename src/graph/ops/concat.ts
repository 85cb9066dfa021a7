import { NdArray } from "../nd-array.ts";
import { apply, type Op, refuse } from "../op.ts";
import { type Call, formatShape, sizeOf, type Tensor, type TensorType } from "../tensor.ts";
import { axisOf, requireAxis } from "./axes.ts";
import { eachCoordinate } from "./broadcasting.ts";
import { requireSameDType } from "./elementwise.ts";
import { sliceAxis } from "./slice.ts";

interface ConcatAttrs {
  readonly axis: number;
}

/** Joins tensors along an axis; the other sizes must agree. Each dx is its part of dy. */
export function concat(tensors: readonly Tensor[], axis: number): Tensor {
  const [first] = tensors;
  return tensors.length === 1 && first
    ? first
    : apply(concatOp, tensors, { axis: first ? axisOf(first.shape, axis) : axis });
}

export const concatOp: Op<ConcatAttrs> = {
  name: "concat",
  infer: (inputs, { axis }) => {
    const [first] = inputs;
    if (first === undefined) return refuse("there is nothing to join; give at least one tensor");
    requireAxis(first.shape, axis);
    for (const other of inputs) checkFit(first, other, axis);
    const total = inputs.reduce((sum, { shape }) => sum + (shape[axis] as number), 0);
    return { shape: first.shape.map((size, k) => (k === axis ? total : size)), dtype: first.dtype };
  },
  reference: (inputs, { axis }) => {
    const [first] = inputs as [NdArray];
    const total = inputs.reduce((sum, { shape }) => sum + (shape[axis] as number), 0);
    const inner = sizeOf(first.shape.slice(axis + 1));
    const shape = first.shape.map((size, k) => (k === axis ? total : size));
    const result = NdArray.zeros(shape, first.dtype);
    let start = 0;
    for (const x of inputs) {
      const run = (x.shape[axis] as number) * inner;
      eachCoordinate(x.shape, (_, k) => {
        result.data[Math.floor(k / run) * total * inner + start + (k % run)] = x.at(k);
      });
      start += run;
    }
    return result;
  },
  kernel: {
    kind: "pointwise",
    lower: ({ inputs, attrs: { axis } }, { maxBindings }) => {
      // Single numbers share a binding, unless a shader makes them; the result needs one, too.
      const isBound = ({ shape, call }: Tensor) => sizeOf(shape) > 1 || call.op.kernel.kind === "shader";
      if (new Set(inputs.filter(isBound)).size < maxBindings - 1) return undefined;
      const size = maxBindings - 2;
      const starts = Array.from({ length: Math.ceil(inputs.length / size) }, (_, k) => k * size);
      return [
        concat(
          starts.map((start) => concat(inputs.slice(start, start + size), axis)),
          axis,
        ),
      ];
    },
    emit: ({ attrs: { axis }, at, call, input }) => {
      const parts = partsOf(call, axis);
      const c = at.coords[axis] as string;
      // From the first part on, each later one takes over where it begins. Places outside a part wrap round or run
      // over, and are moved onto its last element, which is then not taken.
      return parts
        .filter(({ size }) => size > 0)
        .map(({ k, start, size }) => {
          const offset = start === 0 ? c : `(${c} - ${start}u)`;
          return {
            start,
            value: input(
              k,
              at.coords.map((other, i) => (i === axis ? `min(${offset}, ${size - 1}u)` : other)),
            ),
          };
        })
        .reduce(
          (before, { start, value }) => (before === "" ? value : `select(${before}, ${value}, ${c} >= ${start}u)`),
          "",
        );
    },
  },
  gradient: ([dy], call) =>
    partsOf(call, call.attrs.axis).map(({ start, size }) => sliceAxis(dy as Tensor, call.attrs.axis, start, size)),
  flops: () => 0,
};

interface Part {
  readonly k: number;
  readonly start: number;
  readonly size: number;
}

/** Where each input lies along the axis. */
function partsOf({ inputs }: Call<ConcatAttrs>, axis: number): Part[] {
  let end = 0;
  return inputs.map(({ shape }, k) => {
    const size = shape[axis] as number;
    end += size;
    return { k, start: end - size, size };
  });
}

function checkFit(first: TensorType, other: TensorType, axis: number): void {
  requireSameDType(first, other);
  const fits =
    other.shape.length === first.shape.length && other.shape.every((n, k) => k === axis || n === first.shape[k]);
  if (fits) return;
  refuse(
    `${formatShape(other.shape)} does not join ${formatShape(first.shape)} along axis ${axis}; all other sizes must be equal`,
  );
}
