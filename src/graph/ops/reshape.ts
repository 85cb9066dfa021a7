import { NdArray } from "../nd-array.ts";
import { apply, type Op, refuse } from "../op.ts";
import { formatShape, type Shape, sameShape, sizeOf, type Tensor, type TensorType } from "../tensor.ts";

/** The same elements in the same order under another shape; one size may be -1 and is then found. */
export function reshape(x: Tensor, shape: Shape): Tensor {
  const known = shape.filter((size) => size !== -1);
  const rest = sizeOf(x.shape) / sizeOf(known);
  const isFound = known.length === shape.length - 1 && Number.isInteger(rest);
  const resolved = isFound ? shape.map((size) => (size === -1 ? rest : size)) : shape;
  return sameShape(resolved, x.shape) ? x : apply(reshapeOp, [x], { shape: resolved });
}

export const reshapeOp: Op<{ readonly shape: Shape }> = {
  name: "reshape",
  infer: ([x], { shape }) => {
    const { shape: from, dtype } = x as TensorType;
    const unfit = `${formatShape(from)} (${sizeOf(from)} elements) does not reshape to [${shape.join(", ")}]`;
    if (shape.filter((size) => size === -1).length > 1) refuse(`${unfit}; at most one size may be -1`);
    if (shape.some((size) => !Number.isInteger(size) || size < 0)) {
      refuse(`${unfit}; give whole sizes, and where one is -1 others that divide the elements`);
    }
    if (sizeOf(shape) !== sizeOf(from)) {
      refuse(
        `${formatShape(from)} has ${sizeOf(from)} elements, ${formatShape(shape)} has ${sizeOf(shape)}; the sizes must multiply to the same`,
      );
    }
    return { shape, dtype };
  },
  reference: ([x], { shape }) => new NdArray(shape, (x as NdArray).data, (x as NdArray).dtype),
  kernel: { kind: "view" },
  // Of reshapes of reshapes only the last counts.
  simplify: ({ inputs: [x], attrs: { shape } }) => {
    const { call } = x as Tensor;
    return call.op.name === "reshape" ? reshape(call.inputs[0] as Tensor, shape) : undefined;
  },
  gradient: ([dy], { inputs: [x] }) => [reshape(dy as Tensor, (x as Tensor).shape)],
};
