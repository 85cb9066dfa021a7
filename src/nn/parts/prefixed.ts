import type { LayerContext } from "../layer.ts";

/** The context of one of several parts: its "kernel" is the layer's "backwardKernel", and its random numbers its own. */
export function prefixed(context: LayerContext, prefix: string): LayerContext {
  const named = (name: string) => prefix + name.charAt(0).toUpperCase() + name.slice(1);
  return {
    training: context.training,
    frozen: context.frozen,
    data: context.data,
    parameter: (name, shape, initial) => context.parameter(named(name), shape, initial),
    statistic: (name, shape, initial) => context.statistic(named(name), shape, initial),
    live: (field) => context.live(field),
    key: (purpose = "") => context.key(named(purpose)),
    tokensOf: (input) => context.tokensOf(input),
    refuse: (problem, ...repairs) => context.refuse(problem, ...repairs),
  };
}
