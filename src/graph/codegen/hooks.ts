import type { AdapterProfile } from "../../gpu/device.ts";
import type { ShaderKernel, ShaderVariant } from "../op.ts";
import type { Call, Tensor } from "../tensor.ts";
import { definesFunction } from "./functions.ts";

export function variantOf(call: Call, adapter: AdapterProfile): ShaderVariant {
  return (call.op.kernel as ShaderKernel<unknown>).select(call, adapter);
}

/** Whether a shader writes this output through a `store_` function that an epilogue can take the place of. */
export function storeHookOf(call: Call, output: Tensor, adapter: AdapterProfile): boolean {
  const { source, tensors } = variantOf(call, adapter);
  return definesFunction(source, `store_${tensors[call.inputs.length + output.index]}`);
}
