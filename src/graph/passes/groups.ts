import type { ReduceKernel } from "../op.ts";
import { type Call, type Shape, sizeOf, type Tensor } from "../tensor.ts";
import { baseOf } from "../views.ts";

/** A reduction's loop: for every row (the kept axes) over its columns (the reduced axes). */
export interface Rows {
  /** Shape of what is reduced. */
  readonly shape: Shape;
  readonly axes: readonly number[];
  readonly rows: number;
  readonly columns: number;
  /** Whether a row's elements lie side by side in memory. */
  readonly trailing: boolean;
}

/**
 * Calls that become one dispatch. "pointwise": one thread an element; "rows": reductions over the same rows and what
 * is fused around them; "shader": one hand-written shader and what is fused into its stores.
 */
export interface Group {
  readonly kind: "pointwise" | "rows" | "shader";
  readonly members: Set<Call>;
  /** Elements of the domain: of the pointwise outputs, of what is reduced, of the shader output that is fused into. */
  readonly size: number;
  readonly rows: Rows | undefined;
  readonly shader: Call | undefined;
  /** Tensors of the members with one element per element of the domain, in its order. */
  readonly element: Set<Tensor>;
  /** Tensors of the members with one element a row. */
  readonly row: Set<Tensor>;
}

export function groupOf(call: Call): Group {
  const [output] = call.outputs as [Tensor];
  const members = new Set([call]);
  const { kernel } = call.op;
  if (kernel.kind === "reduce") {
    const [input] = call.inputs as [Tensor];
    const rows = rowsOf(input.shape, (kernel as ReduceKernel<unknown>).axes(call.attrs));
    const size = sizeOf(input.shape);
    return { kind: "rows", members, size, rows, shader: undefined, element: new Set(), row: new Set([output]) };
  }
  const kind = kernel.kind === "shader" ? "shader" : "pointwise";
  const shader = kind === "shader" ? call : undefined;
  const element = new Set(call.outputs);
  return { kind, members, size: sizeOf(output.shape), rows: undefined, shader, element, row: new Set() };
}

/** The loop of a reduction over some axes of a shape. */
export function rowsOf(shape: Shape, axes: readonly number[]): Rows {
  const columns = sizeOf(axes.map((axis) => shape[axis] as number));
  const rows = sizeOf(shape.filter((_, axis) => !axes.includes(axis)));
  const lastKept = shape.findLastIndex((size, axis) => size !== 1 && !axes.includes(axis));
  const trailing = axes.every((axis) => axis > lastKept || shape[axis] === 1);
  return { shape, axes, rows, columns, trailing };
}

/** The shader output whose stores carry an epilogue, if there is one. */
export function fusedOutput(group: Group): Tensor | undefined {
  const read = [...group.members].flatMap(({ inputs }) => inputs.map(baseOf));
  return group.shader?.outputs.find((output) => read.includes(output));
}

export function sameRows(a: Rows, b: Rows): boolean {
  return a.rows === b.rows && a.columns === b.columns && a.trailing && b.trailing;
}
