import { add } from "../../graph/ops/add.ts";
import { mul } from "../../graph/ops/mul.ts";
import { sub } from "../../graph/ops/sub.ts";
import type { Tensor } from "../../graph/tensor.ts";
import type { OptimizerState } from "../optimizer.ts";

/** Moves a state to decay · state + (1 - decay) · x, and gives that. decay: scalar; x: the state's shape. */
export function runningMean(state: OptimizerState, x: Tensor, decay: Tensor): Tensor {
  const next = mixed(state.value, x, decay);
  state.update(next);
  return next;
}

/** share · a + (1 - share) · b. */
export function mixed(a: Tensor, b: Tensor, share: Tensor): Tensor {
  return add(mul(a, share), mul(b, sub(1, share)));
}
