import type { PointwiseContext, PointwiseKernel } from "../op.ts";
import { type Call, sizeOf } from "../tensor.ts";

/**
 * How a pointwise call reads an input: "aligned" at the output's own row-major position; "broadcast" at the
 * output's coordinates, with axes of size 1 or missing; "indexed" at coordinates of its own making.
 */
export type Access = "aligned" | "broadcast" | "indexed";

export interface Accesses {
  readonly inputs: readonly Access[];
  /** True where the expression depends on where in the output it is (iota, say), not on inputs alone. */
  readonly positional: boolean;
}

const known = new WeakMap<Call, Accesses>();

/** Finds out by running the op's `emit` once with a context that only takes notes. */
export function accessesOf(call: Call): Accesses {
  let accesses = known.get(call);
  if (accesses === undefined) {
    accesses = observe(call);
    known.set(call, accesses);
  }
  return accesses;
}

function observe(call: Call): Accesses {
  const [output] = call.outputs;
  const inputs = call.inputs.map(
    (input): Access => (sizeOf(input.shape) === sizeOf(output?.shape ?? []) ? "aligned" : "broadcast"),
  );
  let positional = false;
  const context: PointwiseContext<unknown> = {
    call,
    attrs: call.attrs,
    at: {
      get coords() {
        positional = true;
        return (output?.shape ?? []).map((_, axis) => `c${axis}`);
      },
      get flat() {
        positional = true;
        return "i";
      },
    },
    input: (k, coords) => {
      if (coords !== undefined) inputs[k] = "indexed";
      return `x${k}`;
    },
    inputFlat: (k) => {
      inputs[k] = "indexed";
      return `x${k}`;
    },
    bind: (_, expression) => expression,
  };
  (call.op.kernel as PointwiseKernel<unknown>).emit(context);
  return { inputs, positional };
}
