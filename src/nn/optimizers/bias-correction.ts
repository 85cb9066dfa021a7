import { elu } from "../../graph/ops/elu.ts";
import { log1p } from "../../graph/ops/log1p.ts";
import { mul } from "../../graph/ops/mul.ts";
import { neg } from "../../graph/ops/neg.ts";
import { sub } from "../../graph/ops/sub.ts";
import type { Tensor } from "../../graph/tensor.ts";

/**
 * 1 - βᵗ, by which a running mean that started from 0 is too small after t steps. Scalars.
 *
 * As -(exp(t · log β) - 1), where neither step cancels: adapters may compute pow(0.999, 1) with an absolute error of
 * 5e-7, which is 5e-4 of the difference. elu is exp(x) - 1 below 0.
 */
export function biasCorrection(beta: Tensor, time: Tensor): Tensor {
  return neg(elu(mul(time, log1p(sub(beta, 1)))));
}
