import { NdArray } from "../nd-array.ts";
import { type Op, refuse } from "../op.ts";
import { type Call, type DType, type Shape, sameShape, type Tensor, type TensorType } from "../tensor.ts";
import { broadcastShapes, broadcastValues } from "./broadcasting.ts";
import { type ConstantAttrs, constant } from "./constant.ts";
import { reshape } from "./reshape.ts";
import { sum } from "./sum.ts";

/** What elementwise functions take: a number stands for a scalar constant of the other operand's dtype. */
export type Operand = Tensor | number;

/** An op of one input, said by its formula. */
export interface Unary<A> {
  readonly name: string;
  /** The dtypes it accepts; default: f32. The output has the input's. */
  readonly dtypes?: readonly DType[];
  readonly reference: (x: number, attrs: A, dtype: DType) => number;
  /** WGSL of the output; `x` is a name, so that it may stand more than once. */
  readonly wgsl: (x: string, attrs: A, dtype: DType) => string;
  /** dx, from dy, the input and the output; undefined where it is zero everywhere. */
  readonly gradient?: (dy: Tensor, x: Tensor, y: Tensor, attrs: A) => Tensor | undefined;
}

/** Makes the op of a function of one number. */
export function unary<A = null>(definition: Unary<A>): Op<A> {
  const { name, dtypes = ["f32"], reference, wgsl, gradient } = definition;
  return {
    name,
    infer: ([x]) => {
      const { shape, dtype } = x as TensorType;
      requireDType(dtype, dtypes);
      return { shape, dtype };
    },
    reference: ([x], attrs) => (x as NdArray).map((value) => reference(value, attrs, (x as NdArray).dtype)),
    kernel: {
      kind: "pointwise",
      emit: ({ attrs, call, input, bind }) => {
        const dtype = (call.outputs[0] as Tensor).dtype;
        return `(${wgsl(bind(dtype, input(0)), attrs, dtype)})`;
      },
    },
    ...(gradient && {
      gradient: ([dy], { inputs: [x], outputs: [y], attrs }) => [
        gradient(dy as Tensor, x as Tensor, y as Tensor, attrs),
      ],
    }),
  };
}

/** An op of two inputs that broadcast, said by its formula. */
export interface Binary {
  readonly name: string;
  /** The dtypes it accepts; default: all. Both operands have the same. */
  readonly dtypes?: readonly DType[];
  /** The dtype of the output; default: that of the operands. */
  readonly output?: DType;
  readonly reference: (a: number, b: number, dtype: DType) => number;
  /** WGSL of the output; `a` and `b` are names; the dtype is the operands'. */
  readonly wgsl: (a: string, b: string, dtype: DType) => string;
  /** da and db in the shape of dy; they are summed back to the operands' shapes here. */
  readonly gradient?: (dy: Tensor, a: Tensor, b: Tensor, y: Tensor) => readonly (Tensor | undefined)[];
  /** The number that changes nothing on either side, or on the right alone: 0 for a + b, 1 for a / b. */
  readonly neutral?: { readonly value: number; readonly left: boolean };
}

/** Makes the op of a function of two numbers. */
export function binary(definition: Binary): Op<null> {
  const { name, dtypes = ["f32", "i32", "u32"], output, reference, wgsl, gradient, neutral } = definition;
  return {
    name,
    infer: (inputs) => {
      const [a, b] = inputs as [TensorType, TensorType];
      requireSameDType(a, b);
      requireDType(a.dtype, dtypes);
      return { shape: broadcastShapes(a.shape, b.shape), dtype: output ?? a.dtype };
    },
    reference: (inputs) => {
      const [a, b] = inputs as [NdArray, NdArray];
      const shape = broadcastShapes(a.shape, b.shape);
      const right = broadcastValues(b, shape);
      const values = broadcastValues(a, shape).map((value, k) => reference(value, right[k] as number, a.dtype));
      return new NdArray(shape, values, output ?? a.dtype);
    },
    kernel: {
      kind: "pointwise",
      emit: ({ call, input, bind }) => {
        const dtype = (call.inputs[0] as Tensor).dtype;
        return `(${wgsl(bind(dtype, input(0)), bind(dtype, input(1)), dtype)})`;
      },
    },
    ...(gradient && {
      gradient: ([dy], { inputs, outputs: [y] }) => {
        const [a, b] = inputs as [Tensor, Tensor];
        const gradients = gradient(dy as Tensor, a, b, y as Tensor);
        return inputs.map((x, k) => gradients[k] && unbroadcast(gradients[k], x.shape));
      },
    }),
    ...(neutral && { simplify: (call: Call<null>) => withoutNeutral(call, neutral.value, neutral.left) }),
  };
}

/** The other operand, where one is the neutral element and the result has the other's shape. */
function withoutNeutral({ inputs, outputs }: Call<null>, value: number, left: boolean): Tensor | undefined {
  const [[a, b], [y]] = [inputs, outputs] as unknown as [[Tensor, Tensor], [Tensor]];
  const isNeutral = (x: Tensor) => x.call.op.name === "constant" && (x.call.attrs as ConstantAttrs).values === value;
  if (isNeutral(b) && sameShape(a.shape, y.shape)) return a;
  return left && isNeutral(a) && sameShape(b.shape, y.shape) ? b : undefined;
}

/** Two operands as tensors: a number becomes a scalar of the other's dtype. */
export function operands(a: Operand, b: Operand): [Tensor, Tensor] {
  if (typeof a !== "number") return [a, typeof b === "number" ? constant(b, [], a.dtype) : b];
  return [constant(a, [], typeof b === "number" ? "f32" : b.dtype), typeof b === "number" ? constant(b) : b];
}

/** Sums a gradient over the axes along which a tensor of this shape was broadcast. */
export function unbroadcast(dy: Tensor, shape: Shape): Tensor {
  if (sameShape(dy.shape, shape)) return dy;
  const lead = dy.shape.length - shape.length;
  const axes = [...dy.shape.keys()].filter((axis) => axis < lead || (shape[axis - lead] === 1 && dy.shape[axis] !== 1));
  return reshape(sum(dy, axes, true), shape);
}

export function requireSameDType(a: TensorType, b: TensorType): void {
  if (a.dtype !== b.dtype) refuse(`the operands are ${a.dtype} and ${b.dtype}; cast one of them`);
}

export function requireDType(dtype: DType, dtypes: readonly DType[]): void {
  if (!dtypes.includes(dtype)) refuse(`the input is ${dtype}, not ${dtypes.join(" or ")}; cast it`);
}
