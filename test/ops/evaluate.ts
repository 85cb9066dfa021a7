import type { AdapterProfile, Gpu } from "../../src/gpu/device.ts";
import { compile } from "../../src/graph/compile.ts";
import { Executor } from "../../src/graph/executor.ts";
import { NdArray } from "../../src/graph/nd-array.ts";
import type { VariableAttrs } from "../../src/graph/ops/variable.ts";
import type { DType, Tensor } from "../../src/graph/tensor.ts";
import type { Values } from "../../src/graph/values.ts";

/** Values of tensors, given those of the variables they depend on. `profile` is the adapter to choose kernels for. */
export type Evaluate = (
  outputs: readonly Tensor[],
  feed: ReadonlyMap<Tensor, NdArray>,
  profile?: AdapterProfile,
) => Promise<NdArray[]>;

/** Evaluates on a GPU: one plan with all outputs, run for one step. The only place here that knows the executor. */
export function evaluateOn(gpu: Gpu): Evaluate {
  return async (outputs, feed, profile = gpu.profile) => {
    const plan = compile({ outputs }, profile);
    const executor = await Executor.create(gpu, plan);
    try {
      for (const [tensor, value] of feed) {
        // A gradient need not depend on every variable that is fed.
        if (plan.variables.has(nameOf(tensor))) executor.write(tensor, typedArrayOf(value));
      }
      await executor.run(1);
      const values = await Promise.all(outputs.map((output) => executor.read(output)));
      return outputs.map(({ shape, dtype }, k) => new NdArray(shape, Float64Array.from(values[k] as Values), dtype));
    } finally {
      executor.destroy();
    }
  };
}

const ARRAYS = { f32: Float32Array, i32: Int32Array, u32: Uint32Array } satisfies Record<DType, unknown>;

function typedArrayOf({ data, dtype }: NdArray): Values {
  return new ARRAYS[dtype](data);
}

function nameOf(variable: Tensor): string {
  return (variable.call.attrs as VariableAttrs).name;
}
