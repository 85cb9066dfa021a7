import { inNameOf, refuse } from "../op.ts";
import { type DType, formatShape, type Shape, sameShape, sizeOf, type Tensor, type TensorType } from "../tensor.ts";
import { add } from "./add.ts";
import { constant } from "./constant.ts";
import { matmul } from "./matmul.ts";
import { reshape } from "./reshape.ts";

/** What every recurrent layer may be told besides its weights. */
export interface RecurrentOptions {
  /** The state before the first step, (B, H); default: zeros. */
  readonly initial?: Tensor | undefined;
  /**
   * How many steps each sample has, (B), i32 or u32; default: all T. Past its length a sample's state is carried
   * unchanged and its output is 0 (as PyTorch's packed sequences, and Keras's masks with zero_output_for_mask).
   */
  readonly lengths?: Tensor | undefined;
  /** Runs from the last step of each sample to its first; the outputs stay where their inputs stand. */
  readonly reverse?: boolean | undefined;
}

/** What every recurrent layer gives. */
export interface RecurrentStates {
  /** The state after each step, (B, T, H); 0 past a sample's length. */
  readonly states: Tensor;
  /** The state after the last step that was run, (B, H): at the length, or at the first step where reversed. */
  readonly last: Tensor;
}

/** Weights as the recurrent layers take them; G is the number of gates, whose columns stand in blocks of H. */
export interface RecurrentWeights {
  /** (F, G·H) */
  readonly wx: Tensor;
  /** (H, G·H) */
  readonly wh: Tensor;
  /** (G·H) */
  readonly bias?: Tensor | undefined;
}

/** B, T, F and H of a layer. */
export interface RecurrentSizes {
  readonly batch: number;
  readonly steps: number;
  readonly features: number;
  readonly hidden: number;
}

/** A tensor, the name its errors call it by, what its shape means, and the shape it must have. */
export type Expected = readonly [name: string, tensor: Tensor | undefined, meaning: string, shape: Shape];

/**
 * The sizes of a layer whose tensors fit each other; throws a "shape" error in the layer's name where they do not.
 * `others` are further tensors of f32, given the sizes.
 */
export function requireLayer(
  name: string,
  gates: number,
  x: Tensor,
  weights: RecurrentWeights,
  options: RecurrentOptions,
  others: (sizes: RecurrentSizes) => readonly Expected[] = () => [],
): RecurrentSizes {
  const sizes = {
    batch: x.shape[0] ?? 0,
    steps: x.shape[1] ?? 0,
    features: x.shape[2] ?? 0,
    hidden: weights.wh.shape[0] ?? 0,
  };
  const { batch, features, hidden } = sizes;
  const wide = gates === 1 ? "H" : `${gates}H`;
  inNameOf(name, () => {
    if (x.shape.length !== 3) refuse(`x is of shape ${formatShape(x.shape)}; give batch×steps×features`);
    requireShape("x", x, "B×T×F", x.shape);
    requireShape("wh", weights.wh, `H×${wide}`, [hidden, gates * hidden]);
    requireShape("wx", weights.wx, `F×${wide}`, [features, gates * hidden]);
    if (weights.bias !== undefined) requireShape("bias", weights.bias, wide, [gates * hidden]);
    if (options.initial !== undefined) requireShape("initial", options.initial, "B×H", [batch, hidden]);
    if (options.lengths !== undefined) requireShape("lengths", options.lengths, "B", [batch], ["i32", "u32"]);
    for (const [what, tensor, meaning, shape] of others(sizes)) {
      if (tensor !== undefined) requireShape(what, tensor, meaning, shape);
    }
  });
  return sizes;
}

/** Refuses a tensor of another shape or dtype than the letters of `meaning` come to. */
export function requireShape(
  name: string,
  { shape, dtype }: TensorType,
  meaning: string,
  expected: Shape,
  dtypes: readonly DType[] = ["f32"],
): void {
  if (sameShape(shape, expected) && dtypes.includes(dtype)) return;
  const wanted = `${dtypes.join(" or ")} of shape ${meaning} = ${formatShape(expected)}`;
  refuse(`${name} is ${dtype} of shape ${formatShape(shape)}; give ${wanted}`);
}

/** X·Wx + bias over all time steps at once: (B, T, F) gives (B, T, G·H). */
export function project(x: Tensor, { wx, bias }: RecurrentWeights): Tensor {
  const [batch, steps, features] = x.shape as [number, number, number];
  const rows = matmul(reshape(x, [batch * steps, features]), wx);
  const [, columns] = wx.shape as [number, number];
  return reshape(bias === undefined ? rows : add(rows, bias), [batch, steps, columns]);
}

/** (B, T, C) as rows (B·T, C), for the products over all time steps. */
export function timeRows(x: Tensor): Tensor {
  const columns = x.shape[2] as number;
  return reshape(x, [sizeOf(x.shape.slice(0, 2)), columns]);
}

/** The lengths given, or T for every sample. */
export function lengthsOf({ batch, steps }: RecurrentSizes, { lengths }: RecurrentOptions): Tensor {
  return lengths ?? constant(steps, [batch], "i32");
}

/** The initial state given, or zeros. */
export function initialOf({ batch, hidden }: RecurrentSizes, initial: Tensor | undefined): Tensor {
  return initial ?? constant(0, [batch, hidden]);
}
