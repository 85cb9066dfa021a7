import type { Call, Tensor } from "./tensor.ts";

/** Every call that the tensors depend on, each after its inputs' calls. Iterative: graphs may be thousands deep. */
export function callsOf(tensors: readonly Tensor[]): Call[] {
  const ordered: Call[] = [];
  const state = new Map<Call, "entered" | "done">();
  const stack: Call[] = tensors.map((tensor) => tensor.call).reverse();
  while (stack.length > 0) {
    const call = stack.at(-1) as Call;
    if (state.get(call) === undefined) {
      state.set(call, "entered");
      for (const input of [...call.inputs].reverse()) {
        if (state.get(input.call) === undefined) stack.push(input.call);
      }
    } else {
      stack.pop();
      if (state.get(call) === "entered") ordered.push(call);
      state.set(call, "done");
    }
  }
  return ordered;
}
