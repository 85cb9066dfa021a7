import { DescentError } from "../../errors.ts";
import type { NdArray } from "../nd-array.ts";
import { apply, type Op, originOf } from "../op.ts";
import type { DType, Shape, Tensor } from "../tensor.ts";

export interface VariableAttrs {
  readonly name: string;
  readonly shape: Shape;
  readonly dtype: DType;
}

/**
 * A tensor that outlives the step: a parameter, moment, running statistic, data set, counter or live value.
 * Its name is unique within a plan; its value is written from outside or by the step's updates.
 */
export function variable(name: string, shape: Shape = [], dtype: DType = "f32"): Tensor {
  return apply(variableOp, [], { name, shape, dtype });
}

/** The name of a variable. Throws "graph" for any other tensor. */
export function nameOfVariable({ call }: Tensor): string {
  if (call.op.name === variableOp.name) return (call.attrs as VariableAttrs).name;
  throw new DescentError("graph", "only variables can be written; this is a result", originOf(call));
}

export const variableOp: Op<VariableAttrs> = {
  name: "variable",
  infer: (_, { shape, dtype }) => ({ shape, dtype }),
  reference: (_, { name }): NdArray => {
    throw new RangeError(`variable "${name}" has no value; put one into the feed`);
  },
  kernel: { kind: "source" },
};
