import type { AdapterProfile, Gpu } from "../../src/gpu/device.ts";
import { compile } from "../../src/graph/compile.ts";
import { Executor } from "../../src/graph/executor.ts";
import { NdArray } from "../../src/graph/nd-array.ts";
import type { DType, Tensor } from "../../src/graph/tensor.ts";
import { callsOf } from "../../src/graph/traverse.ts";

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
      const used = new Set(callsOf(outputs));
      for (const [tensor, value] of feed) {
        if (used.has(tensor.call)) executor.write(tensor, typedArrayOf(value));
      }
      await executor.run(1);
      const results: NdArray[] = [];
      for (const output of outputs) {
        const data = await executor.read(output);
        results.push(new NdArray(output.shape, Float64Array.from(data), output.dtype));
      }
      return results;
    } finally {
      executor.destroy();
    }
  };
}

const ARRAYS = { f32: Float32Array, i32: Int32Array, u32: Uint32Array } satisfies Record<DType, unknown>;

function typedArrayOf({ data, dtype }: NdArray): Float32Array | Int32Array | Uint32Array {
  return new ARRAYS[dtype](data);
}
