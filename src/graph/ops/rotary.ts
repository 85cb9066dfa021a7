import { NdArray } from "../nd-array.ts";
import { apply, type Op, refuse } from "../op.ts";
import { formatShape, sizeOf, type Tensor, type TensorType } from "../tensor.ts";
import { constant } from "./constant.ts";

export interface RotaryOptions {
  /** Pair i of D / 2 turns by position · base^(−2i / D) radians; default 10000. */
  readonly base?: number;
  /** Position of the first row; default 0. */
  readonly offset?: number;
  /**
   * Which features make pair i. False (default): i and i + D / 2, the halves, as in Llama and GPT-NeoX.
   * True: the neighbours 2i and 2i + 1, as in the paper and GPT-J.
   */
  readonly interleaved?: boolean;
}

interface RotaryAttrs {
  readonly interleaved: boolean;
  /** True turns back: the gradient. */
  readonly inverse: boolean;
}

/**
 * Rotary positions: turns each pair of features by an angle proportional to the row's position, so that the product of
 * a query and a key depends on their distance alone. x: (…, T, D) with D even → (…, T, D).
 *
 * Cosines and sines come from a table made in float64, because f32 loses the angle of large positions.
 * Source: Su et al., "RoFormer: enhanced transformer with rotary position embedding" (2021).
 */
export function rotary(x: Tensor, options: RotaryOptions = {}): Tensor {
  const { base = 10000, offset = 0, interleaved = false } = options;
  const [positions = 0, features = 0] = x.shape.slice(-2);
  const pairs = Math.floor(features / 2);
  const angles = Array.from({ length: positions * pairs }, (_, k) => {
    const position = offset + Math.floor(k / pairs);
    return position * base ** ((-2 * (k % pairs)) / features);
  });
  const values = [...angles.map(Math.cos), ...angles.map(Math.sin)].map(Math.fround);
  return apply(rotaryOp, [x, constant(values, [2, positions, pairs])], { interleaved, inverse: false });
}

/** Inputs: x, and the table (2, T, D / 2) of the cosines and sines. */
export const rotaryOp: Op<RotaryAttrs> = {
  name: "rotary",
  infer: (inputs) => {
    const { dtype, shape } = inputs[0] as TensorType;
    if (dtype !== "f32") refuse(`the input is ${dtype}; cast it to f32`);
    if (shape.length < 2) refuse(`the input has the shape ${formatShape(shape)}; give (…, positions, features)`);
    const features = shape.at(-1) as number;
    if (features % 2 !== 0) refuse(`${features} features do not make pairs; give an even number of features a head`);
    return { shape, dtype };
  },
  reference: (inputs, { interleaved, inverse }) => {
    const [x, table] = inputs as [NdArray, NdArray];
    const [positions, features] = x.shape.slice(-2) as [number, number];
    const half = features / 2;
    const y = NdArray.zeros(x.shape);
    for (let row = 0; row < x.data.length / Math.max(features, 1); row++) {
      for (let pair = 0; pair < half; pair++) {
        const angle = (row % positions) * half + pair;
        const cos = table.at(angle);
        const sin = inverse ? -table.at(positions * half + angle) : table.at(positions * half + angle);
        const first = row * features + (interleaved ? 2 * pair : pair);
        const second = first + (interleaved ? 1 : half);
        y.data[first] = x.at(first) * cos - x.at(second) * sin;
        y.data[second] = x.at(first) * sin + x.at(second) * cos;
      }
    }
    return y;
  },
  kernel: {
    kind: "pointwise",
    emit: ({ attrs: { interleaved, inverse }, at, call, input, bind }) => {
      const half = ((call.outputs[0] as Tensor).shape.at(-1) as number) / 2;
      const rows = at.coords.slice(0, -1);
      const position = rows.at(-1) as string;
      const feature = at.coords.at(-1) as string;
      const isSecond = bind("bool", interleaved ? `${feature} % 2u == 1u` : `${feature} >= ${half}u`);
      const pair = bind("u32", interleaved ? `${feature} / 2u` : `${feature} % ${half}u`);
      const other = bind("u32", interleaved ? `${feature} ^ 1u` : `(${feature} + ${half}u) % ${2 * half}u`);
      const cos = input(1, ["0u", position, pair]);
      const sin = bind("f32", input(1, ["1u", position, pair]));
      const signed = inverse ? `select(${sin}, -${sin}, ${isSecond})` : `select(-${sin}, ${sin}, ${isSecond})`;
      return `(${input(0)} * ${cos} + ${input(0, [...rows, other])} * ${signed})`;
    },
  },
  gradient: ([dy], { inputs, attrs }) => [
    dy && apply(rotaryOp, [dy, inputs[1] as Tensor], { ...attrs, inverse: !attrs.inverse }),
  ],
  flops: ({ outputs: [y] }) => 3 * sizeOf((y as Tensor).shape),
};
