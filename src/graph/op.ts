import { DescentError, type Origin } from "../errors.ts";
import type { AdapterProfile } from "../gpu/device.ts";
import type { NdArray } from "./nd-array.ts";
import { type Call, formatShape, type Shape, sizeOf, type Tensor, type TensorType } from "./tensor.ts";

/**
 * An op is a value: its shape rule, float64 reference, kernel and gradient stand together in one object.
 * `A` is its attributes: plain JSON, so that equal calls can be recognised.
 */
export interface Op<A = unknown> {
  readonly name: string;
  /** The types of the outputs. Throws through `refuse` what the op does not accept; `applyAll` checks their sizes. */
  readonly infer: (inputs: readonly TensorType[], attrs: A) => TensorType | readonly TensorType[];
  /** The meaning, in float64, written plainly. The inputs have passed `infer`. */
  readonly reference: (inputs: readonly NdArray[], attrs: A) => NdArray | readonly NdArray[];
  /** How it runs on the GPU. */
  readonly kernel: Kernel<A>;
  /**
   * Gradients of the loss with respect to each input, as graph; undefined where there is none.
   * `dy[i]` belongs to output i and is undefined where the loss does not depend on it.
   */
  readonly gradient?: (dy: readonly (Tensor | undefined)[], call: Call<A>) => readonly (Tensor | undefined)[];
  /** An equal tensor that costs less (x for x + 0), or undefined; for ops with one output. */
  readonly simplify?: (call: Call<A>) => Tensor | undefined;
  /** Floating point operations of one call, for the plan's description; default: one an output element. */
  readonly flops?: (call: Call<A>) => number;
}

export type Kernel<A> =
  | SourceKernel
  | ViewKernel
  | PointwiseKernel<A>
  | ReduceKernel<A>
  | ShaderKernel<A>
  | CompositeKernel<A>;

/** A constant or variable: memory that no dispatch of its own fills. */
export interface SourceKernel {
  readonly kind: "source";
}

/** The same elements in the same order under another shape: no dispatch. */
export interface ViewKernel {
  readonly kind: "view";
}

/**
 * Every output element is an expression of input elements. Pointwise calls are fused: with each other, into the
 * loads of reductions and into the stores of shaders.
 */
export interface PointwiseKernel<A> {
  readonly kind: "pointwise";
  /** The WGSL expression of the output element at `context.at`. */
  readonly emit: (context: PointwiseContext<A>) => string;
  /** True where an element costs so much (random bits, say) that it must not be computed again per consumer. */
  readonly costly?: boolean;
  /** Other calls that do the same, where this one has more inputs than a dispatch can bind. */
  readonly lower?: (call: Call<A>, adapter: AdapterProfile) => readonly Tensor[] | undefined;
}

/** A position in a tensor, as WGSL expressions of type u32; each is made when first asked for. */
export interface Position {
  /** One a dimension, outermost first. */
  readonly coords: readonly string[];
  /** Row-major. */
  readonly flat: string;
}

export interface PointwiseContext<A> {
  readonly call: Call<A>;
  readonly attrs: A;
  /** Where in the output we are. */
  readonly at: Position;
  /** Element of input k there, broadcast as NumPy does; or at the given coordinates of that input. */
  readonly input: (k: number, coords?: readonly string[]) => string;
  /** Element of input k at a row-major position of that input. */
  readonly inputFlat: (k: number, flat: string) => string;
  /** Names an expression, so that it is computed once. */
  readonly bind: (type: "f32" | "i32" | "u32" | "bool" | "vec2u", expression: string) => string;
}

/** One input reduced over axes (kept as size 1) with an associative combination, in a fixed order. */
export interface ReduceKernel<A> {
  readonly kind: "reduce";
  readonly axes: (attrs: A) => readonly number[];
  /** WGSL of the neutral element and of combining two values of the output's dtype. */
  readonly initial: string;
  readonly combine: (accumulated: string, value: string) => string;
}

/** A hand-written shader. */
export interface ShaderKernel<A> {
  readonly kind: "shader";
  /** Picks the variant by shape and adapter; the rule is documented where it stands. */
  readonly select: (call: Call<A>, adapter: AdapterProfile) => ShaderVariant;
  /** A better graph for this shape and adapter (split-K, say), or undefined to use the shader as it is. */
  readonly lower?: (call: Call<A>, adapter: AdapterProfile) => readonly Tensor[] | undefined;
}

/** Other ops: its gradient and reference are its own, its kernels are theirs, fused. */
export interface CompositeKernel<A> {
  readonly kind: "composite";
  readonly lower: (call: Call<A>, adapter: AdapterProfile) => readonly Tensor[];
}

/**
 * One launch of a WGSL file. In the file, each tensor is one module-scope line
 * `@group(0) @binding(n) var<storage, read> name: array<f32>;` (`read_write` for outputs; the numbers are given anew).
 * Inputs come first in `tensors`, then outputs, each in the order of the call.
 *
 * Fusion hook: where the file writes a tensor `y` only through `fn store_y(i: u32, value: f32) { y[i] = value; }`,
 * pointwise consumers may be fused into it; it takes the flat row-major position. Nothing is fused into loads: a file's
 * `load_x` functions are its own.
 */
export interface ShaderVariant {
  readonly variant: string;
  readonly source: string;
  /** Values of the file's `override` constants. */
  readonly constants: Readonly<Record<string, number>>;
  /** WGSL names of the inputs, then of the outputs. */
  readonly tensors: readonly string[];
  readonly workgroups: readonly [number, number, number];
}

let nextId = 0;
/** What the calls being made belong to. */
let current: Partial<Pick<Call, "node" | "placed">> = {};

/** Runs `build` with every call it makes belonging to a canvas node. */
export function withNode<T>(node: string | undefined, build: () => T): T {
  return belongingTo({ ...current, node }, build);
}

/** Runs `build` with every call it makes standing for a call, or for a part of it. */
export function inPlaceOf<T>({ node, placed }: Call, build: () => T): T {
  return belongingTo({ node, placed }, build);
}

function belongingTo<T>(owner: typeof current, build: () => T): T {
  const outer = current;
  current = owner;
  try {
    return build();
  } finally {
    current = outer;
  }
}

/** Adds a call to the graph and gives its outputs. Throws a "shape" error where the op refuses the inputs. */
export function applyAll<A>(op: Op<A>, inputs: readonly Tensor[], attrs: A): readonly Tensor[] {
  const types = inNameOf(op.name, () => {
    const inferred = op.infer(inputs, attrs);
    const list = Array.isArray(inferred) ? (inferred as readonly TensorType[]) : [inferred as TensorType];
    for (const { shape } of list) requireSizes(shape);
    return list;
  });
  const outputs: Tensor[] = [];
  const { node, placed = op.name } = current;
  const call = { id: nextId++, op: op as Op, inputs, attrs, outputs, node, placed };
  for (const [index, { shape, dtype }] of types.entries()) outputs.push({ call, index, shape, dtype });
  return outputs;
}

/** `applyAll` for ops with a single output. */
export function apply<A>(op: Op<A>, inputs: readonly Tensor[], attrs: A): Tensor {
  return applyAll(op, inputs, attrs)[0] as Tensor;
}

class Refusal extends Error {}

/** Ends a shape rule: what does not fit, with the values, and the cure. `inNameOf` adds op and node. */
export function refuse(message: string): never {
  throw new Refusal(message);
}

/**
 * Runs a shape rule; what it refuses becomes a "shape" error that names the op and the canvas node. For `applyAll`, and
 * for functions that are compositions and have no op of their own.
 */
export function inNameOf<T>(name: string, rule: () => T): T {
  try {
    return rule();
  } catch (error) {
    throw error instanceof Refusal ? new DescentError("shape", error.message, { op: name, node: current.node }) : error;
  }
}

/** The shaders count elements in u32. */
const MAX_ELEMENTS = 2 ** 32 - 1;

/** Refuses a result whose dimensions are no sizes, or whose elements are too many to be counted on the GPU. */
function requireSizes(shape: Shape): void {
  const odd = shape.find((size) => !Number.isInteger(size) || size < 0);
  if (odd !== undefined) {
    refuse(`the result would be of shape [${shape.join(", ")}]; in place of ${odd} give a whole number of at least 0`);
  }
  if (Math.max(sizeOf(shape), ...shape) <= MAX_ELEMENTS) return;
  refuse(
    `the result of shape ${formatShape(shape)} would have ${sizeOf(shape)} elements; ` +
      `at most ${MAX_ELEMENTS} can be counted, along a dimension and in all: make it smaller or work in parts`,
  );
}

export function originOf(call: Call): Origin {
  return { op: call.placed, node: call.node };
}
